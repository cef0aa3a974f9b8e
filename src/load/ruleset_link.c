/* ruleset_link.c: rules, frameworks and meters of all packs put together. */
#include "load/ruleset_build.h"

#include "base/limits.h"

static const struct expr_name names[] = {
        {"words", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_WORDS},
        {"questions", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_QUESTIONS},
        {"question", EXPR_TRUTH, EXPR_ARG_NONE, FEATURE_QUESTION},
        {"echo", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_ECHO},
        {"echo_all", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_ECHO_ALL},
        {"echo_run", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_ECHO_RUN},
        {"echo_turns", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_ECHO_TURNS},
        {"echo_words", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_ECHO_WORDS},
        {"after_question", EXPR_TRUTH, EXPR_ARG_NONE, FEATURE_AFTER_QUESTION},
        {"place", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_PLACE},
        {"turn", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_TURN},
        {"count", EXPR_NUMBER, EXPR_ARG_MOVE, FEATURE_COUNT},
        {"makes", EXPR_TRUTH, EXPR_ARG_MOVE, FEATURE_MAKES},
        {NULL, EXPR_NUMBER, EXPR_ARG_NONE, 0}};

struct link {
	struct ruleset_builder *builder;
	struct arena *arena;
	struct diags *diags;
	struct table rules; /* const struct rule * */
	bool full; /* that there are too many rules was said */
};

static int resolve(void *context, enum expr_arg arg, struct slice id, struct nearest *nearest)
{
	const struct ruleset *ruleset = context;

	return ruleset_resolve(ruleset, arg, id, nearest);
}

/* Those that are right; a wrong one takes its rule out, since a rule with a condition less would
 * find too much. */
static bool link_when(struct link *link, const struct table *lines, struct table *out)
{
	const struct line *const *items = lines->items;
	struct expr_scope scope = {
	        .names = names, .resolve = resolve, .context = &link->builder->ruleset};
	bool good = true;
	size_t i;

	for (i = 0; i < lines->count; i++) {
		const struct expr *expr = expr_parse(items[i]->rest, outline_rest_place(items[i]),
		                                     &scope, link->arena, link->diags);

		if (expr)
			*(const struct expr **)table_add(link->arena, out, sizeof(expr)) = expr;
		good &= expr != NULL;
	}
	return good;
}

/* As with conditions: a rule whose veto is wrong is left out. */
static bool link_unless(struct link *link, struct table *table, bool whole)
{
	struct pattern *items = table->items;
	bool good = true;
	size_t i;

	for (i = 0; i < table->count; i++) {
		items[i].whole |= whole;
		good &= pack_expand(link->builder, &items[i], link->diags);
	}
	return good;
}

/* False when something is wrong with it and it is left out. */
static bool add_rule(struct link *link, struct pack_move *move, struct pack_rule *draft,
                     struct table *rules)
{
	struct rule *rule = ARENA_NEW(link->arena, struct rule);
	struct table when = {0};
	bool good;

	draft->match.whole |= move->whole;
	good = pack_expand(link->builder, &draft->match, link->diags);
	/* a veto under a match that sees the utterance sees it too */
	good &= link_unless(link, &draft->unless, draft->match.whole);
	good &= link_when(link, &draft->when, &when);
	if (good && link->rules.count == LIMIT_RULES) {
		if (!link->full)
			diag_error(link->diags, draft->match.place,
			           "more than %u match lines in all packs together; this one and "
			           "those after it are left out",
			           LIMIT_RULES);
		link->full = true;
		return false;
	}
	if (!good)
		return false;
	*rule = (struct rule){.index = (uint32_t)link->rules.count,
	                      .move = &move->move,
	                      .match = draft->match,
	                      .unless = draft->unless.items,
	                      .unless_count = draft->unless.count,
	                      .when = when.items,
	                      .when_count = when.count,
	                      .confidence = 0.8};
	if (draft->confidence > 0)
		rule->confidence = draft->confidence;
	else if (move->confidence > 0)
		rule->confidence = move->confidence;
	*(const struct rule **)table_add(link->arena, rules, sizeof(rule)) = rule;
	*(const struct rule **)table_add(link->arena, &link->rules, sizeof(rule)) = rule;
	return true;
}

static void link_move(struct link *link, struct pack_move *draft)
{
	struct move *move = &draft->move;
	struct pack_rule *items = draft->rules.items;
	struct table rules = {0};
	struct table when = {0};
	bool good = link_unless(link, &draft->unless, draft->whole);
	bool complete = draft->rules.count > 0;
	size_t i;

	good &= link_when(link, &draft->when, &when);
	for (i = 0; i < draft->rules.count; i++)
		complete &= add_rule(link, draft, &items[i], &rules);
	if (good) {
		move->rules = rules.items;
		move->rule_count = rules.count;
	}
	move->unless = draft->unless.items;
	move->unless_count = good ? draft->unless.count : 0;
	move->when = when.items;
	move->when_count = when.count;
	move->says = draft->says.items;
	move->say_count = draft->says.count;
	move->axes = draft->axes.items;
	move->axis_count = draft->axes.count;
	move->tests = draft->tests.items;
	/* of a move with parts left out, tests would only say that again */
	move->test_count = good && complete ? draft->tests.count : 0;
}

void pack_link_rules(struct ruleset_builder *builder, struct diags *diags)
{
	struct link link = {.builder = builder, .arena = &builder->arena, .diags = diags};
	size_t i;

	/* by place in the order of moves; the drafts are ours to change */
	for (i = 0; i < builder->ruleset.move_count; i++) {
		const struct move *move = builder->ruleset.moves[i];

		link_move(&link,
		          (struct pack_move *)pack_find(builder, PACK_MOVES, move->id, NULL));
	}
	builder->ruleset.rules = link.rules.items;
	builder->ruleset.rule_count = link.rules.count;
}

/* The moves of these names that there are; of the others says that there are none. */
static void find_moves(struct ruleset_builder *builder, const struct table *wanted,
                       struct table *found, struct diags *diags)
{
	const struct pack_name *items = wanted->items;
	size_t i;

	for (i = 0; i < wanted->count; i++) {
		const struct pack_move *move = pack_move_named(builder, &items[i], diags);

		if (move)
			*(const struct move **)table_add(&builder->arena, found,
			                                 sizeof(const struct move *)) = &move->move;
	}
}

static void link_items(struct ruleset_builder *builder, struct pack_framework *draft,
                       struct diags *diags)
{
	const struct pack_framework_item *items = draft->items.items;
	struct table linked = {0};
	size_t i;

	for (i = 0; i < draft->items.count; i++) {
		const struct pack_name *moves = items[i].moves.items;
		struct table found = {0};
		struct framework_item *item;

		find_moves(builder, &items[i].moves, &found, diags);
		if (found.count == 0)
			continue;
		item = table_add(&builder->arena, &linked, sizeof(*item));
		item->id = moves[0].id;
		item->moves = found.items;
		item->move_count = found.count;
		item->optional = items[i].optional;
		item->title = items[i].title.len ? items[i].title : item->moves[0]->title;
	}
	draft->framework.items = linked.items;
	draft->framework.item_count = linked.count;
}

static void link_levels(struct ruleset_builder *builder, struct pack_framework *draft,
                        struct diags *diags)
{
	const struct pack_level *levels = draft->levels.items;
	struct table linked = {0};
	size_t i;

	for (i = 0; i < draft->levels.count; i++) {
		struct ladder_level *level = table_add(&builder->arena, &linked, sizeof(*level));
		struct table needs = {0};
		struct table also = {0};
		struct table without = {0};

		find_moves(builder, &levels[i].needs, &needs, diags);
		find_moves(builder, &levels[i].also, &also, diags);
		find_moves(builder, &levels[i].without, &without, diags);
		*level = levels[i].level;
		level->needs = needs.items;
		level->need_count = needs.count;
		level->also = also.items;
		level->also_count = also.count;
		level->without = without.items;
		level->without_count = without.count;
	}
	draft->framework.levels = linked.items;
	draft->framework.level_count = linked.count;
}

/* `done(x)` and `focus x` could mean either. */
static void tell_clash(struct ruleset_builder *builder, const struct pack_framework *draft,
                       struct diags *diags)
{
	const struct pack_thing *move = pack_find(builder, PACK_MOVES, draft->thing.id, NULL);

	if (move)
		diag_error(diags, draft->thing.place,
		           "‘%.*s’ is a move too (%.*s:%u); give the framework another id",
		           SLICE_ARGS(move->id), SLICE_ARGS(move->place.source->path),
		           move->place.line);
}

/* A mistyped axis feeds nothing. Only told when a like one exists: the grid may be in a pack that
 * is not loaded. */
static void check_axes(struct ruleset_builder *builder, const struct pack_move *move,
                       struct diags *diags)
{
	const struct axis *axes = move->axes.items;
	const struct place *places = move->axis_places.items;
	const struct ruleset *ruleset = &builder->ruleset;
	size_t i;
	size_t j;

	for (i = 0; i < move->axes.count; i++) {
		struct nearest nearest;

		nearest_init(&nearest, axes[i].name);
		for (j = 0; j < ruleset->framework_count; j++) {
			nearest_offer(&nearest, ruleset->frameworks[j]->axis_x);
			nearest_offer(&nearest, ruleset->frameworks[j]->axis_y);
		}
		if (nearest.best.len && !slice_eq(nearest.best, axes[i].name))
			diag_warn(diags, places[i], "no grid has an axis ‘%.*s’%s",
			          SLICE_ARGS(axes[i].name), nearest_hint(&nearest, &diags->arena));
	}
}

void pack_link_frameworks(struct ruleset_builder *builder, struct diags *diags)
{
	struct table *table = &builder->things[PACK_FRAMEWORKS];
	struct pack_thing *const *things = table->items;
	struct table *moves = &builder->things[PACK_MOVES];
	struct table linked = {0};
	size_t i;

	for (i = 0; i < table->count; i++) {
		struct pack_framework *draft = (struct pack_framework *)things[i];

		if (things[i]->replaced)
			continue;
		tell_clash(builder, draft, diags);
		link_items(builder, draft, diags);
		draft->framework.cells = draft->cells.items;
		draft->framework.cell_count = draft->cells.count;
		link_levels(builder, draft, diags);
		draft->framework.index = (uint32_t)linked.count;
		*(const struct framework **)table_add(&builder->arena, &linked,
		                                      sizeof(const struct framework *)) =
		        &draft->framework;
	}
	builder->ruleset.frameworks = linked.items;
	builder->ruleset.framework_count = linked.count;
	things = moves->items;
	for (i = 0; i < moves->count; i++) {
		if (!things[i]->replaced)
			check_axes(builder, (const struct pack_move *)things[i], diags);
	}
}

void pack_link_meters(struct ruleset_builder *builder)
{
	struct table *table = &builder->things[PACK_METERS];
	struct pack_thing *const *things = table->items;
	size_t i;

	for (i = 0; i < METERS; i++)
		builder->ruleset.meters[i] =
		        (struct meter_words){.title = slice_of(meter_name((enum meter)i)),
		                             .low = SLICE("low"),
		                             .middle = SLICE("middle"),
		                             .high = SLICE("high")};
	for (i = 0; i < table->count; i++) {
		const struct pack_meter *meter = (const struct pack_meter *)things[i];
		struct meter_words *words = &builder->ruleset.meters[meter->meter];
		struct meter_words plain = *words;

		if (things[i]->replaced)
			continue;
		*words = meter->words;
		if (words->title.len == 0)
			words->title = plain.title;
		if (words->low.len == 0)
			words->low = plain.low;
		if (words->middle.len == 0)
			words->middle = plain.middle;
		if (words->high.len == 0)
			words->high = plain.high;
	}
}
