/* ruleset.c: see ruleset.h. Packs are read into drafts by ruleset_move.c, ruleset_frame.c and
 * ruleset_list.c, and put together by ruleset_order.c and ruleset_link.c. */
#include "load/language.h"
#include "load/ruleset_build.h"

#include "base/limits.h"

struct ruleset_builder *ruleset_builder_new(void)
{
	struct ruleset_builder *builder = mem_alloc(sizeof(*builder));

	arena_init(&builder->arena);
	builder->ruleset.hash = SLICE_HASH_SEED;
	builder->ruleset.language = LANGUAGE_ENGLISH;
	return builder;
}

void ruleset_builder_free(struct ruleset_builder *builder)
{
	if (!builder)
		return;
	arena_release(&builder->arena);
	free(builder);
}

static struct pack_thing **bucket_of(struct ruleset_builder *builder, enum pack_kind kind,
                                     struct slice id)
{
	uint64_t hash = slice_hash(SLICE_HASH_SEED + (uint64_t)kind, id);

	return &builder->buckets[hash % PACK_BUCKETS];
}

struct pack_thing *pack_find(struct ruleset_builder *builder, enum pack_kind kind, struct slice id,
                             struct nearest *nearest)
{
	struct table *table = &builder->things[kind];
	struct pack_thing *const *things = table->items;
	struct pack_thing *thing;
	size_t i;

	for (thing = *bucket_of(builder, kind, id); thing; thing = thing->bucket) {
		if (thing->kind == kind && !thing->replaced && slice_eq(thing->id, id))
			return thing;
	}
	for (i = 0; nearest && i < table->count; i++) {
		if (!things[i]->replaced)
			nearest_offer(nearest, things[i]->id);
	}
	return NULL;
}

static const struct {
	const char *name;
	size_t limit;
} kinds[PACK_KINDS] = {
        [PACK_LISTS] = {"list", LIMIT_LISTS},
        [PACK_MOVES] = {"move", LIMIT_MOVES},
        [PACK_FRAMEWORKS] = {"framework", LIMIT_FRAMEWORKS},
        [PACK_METERS] = {"meter", METERS},
};

bool pack_declare(struct pack *pack, struct pack_thing *thing)
{
	struct ruleset_builder *builder = pack->builder;
	struct pack_thing *before = pack_find(builder, thing->kind, thing->id, NULL);
	struct pack_thing **bucket = bucket_of(builder, thing->kind, thing->id);

	if (before && before->root == thing->root) {
		diag_error(pack->diags, thing->place,
		           "%s ‘%.*s’ is here already: %.*s:%u; rename one or take it out",
		           kinds[thing->kind].name, SLICE_ARGS(thing->id),
		           SLICE_ARGS(before->place.source->path), before->place.line);
		return false;
	}
	if (before && before->root > thing->root) {
		thing->replaced = true;
	} else if (before) {
		before->replaced = true;
		thing->replaces = before;
	} else if (builder->live[thing->kind] == kinds[thing->kind].limit) {
		if (!builder->full[thing->kind])
			diag_error(pack->diags, thing->place,
			           "more than %zu %ss in all packs together; ‘%.*s’ and those "
			           "after it are left out",
			           kinds[thing->kind].limit, kinds[thing->kind].name,
			           SLICE_ARGS(thing->id));
		builder->full[thing->kind] = true;
		return false;
	} else {
		builder->live[thing->kind]++;
	}
	*(struct pack_thing **)table_add(&builder->arena, &builder->things[thing->kind],
	                                 sizeof(thing)) = thing;
	thing->bucket = *bucket;
	*bucket = thing;
	return true;
}

static void read_language(struct pack *pack, const struct line *line)
{
	if (language_is_id(line->rest))
		pack->builder->ruleset.language = line->rest;
	else
		diag_error(pack->diags, outline_rest_place(line), LANGUAGE_WANTED);
}

static void read_line(struct pack *pack, const struct line *line)
{
	struct pack_once once = {0};

	switch (pack_word(pack, line, PACK_ROOM_FILE, &once)) {
	case PACK_MOVE:
		pack_read_move(pack, line);
		break;
	case PACK_LIST:
		pack_read_list(pack, line);
		break;
	case PACK_FRAMEWORK:
		pack_read_framework(pack, line);
		break;
	case PACK_METER:
		pack_read_meter(pack, line);
		break;
	case PACK_LANGUAGE:
		read_language(pack, line);
		break;
	default: /* about, source, licence: for readers of the file */
		break;
	}
}

void ruleset_add(struct ruleset_builder *builder, struct slice path, struct slice text, int root,
                 struct diags *diags)
{
	static const char *const prose[] = {"about",  "source", "licence", "list", "say",
	                                    "helped", "wonder", "advice",  NULL};
	static const struct outline_grammar grammar = {.prose = prose};
	struct source *source = ARENA_NEW(&builder->arena, struct source);
	struct pack pack = {.builder = builder,
	                    .arena = &builder->arena,
	                    .diags = diags,
	                    .source = source,
	                    .root = root};
	const struct line *line;

	if (builder->linked)
		BUG("a pack is added to a linked ruleset");
	source->path = slice_copy(&builder->arena, path);
	if (++builder->packs > LIMIT_PACKS) {
		source->text = SLICE("");
		if (builder->packs == LIMIT_PACKS + 1)
			diag_error(diags, (struct place){.source = source},
			           "more than %u packs; this one and those after it are left out",
			           LIMIT_PACKS);
		return;
	}
	source->text = slice_copy(&builder->arena, text);
	builder->ruleset.hash = slice_hash(builder->ruleset.hash, text);
	line = outline_parse(source, &grammar, &builder->arena, diags)->child;
	for (; line; line = line->next)
		read_line(&pack, line);
}

const struct ruleset *ruleset_link(struct ruleset_builder *builder, struct diags *diags)
{
	if (builder->linked)
		return &builder->ruleset;
	builder->linked = true;
	pack_link_lists(builder, diags);
	pack_link_moves(builder, diags);
	pack_link_rules(builder, diags);
	pack_link_frameworks(builder, diags);
	pack_link_meters(builder);
	return &builder->ruleset;
}

size_t ruleset_replacements(const struct ruleset_builder *builder, struct arena *arena,
                            const struct replacement **out)
{
	struct replacement *found = NULL;
	size_t count = 0;
	size_t cap = 0;
	size_t i;
	int kind;

	for (kind = 0; kind < PACK_KINDS; kind++) {
		struct pack_thing *const *things = builder->things[kind].items;

		for (i = 0; i < builder->things[kind].count; i++) {
			const struct pack_thing *thing = things[i];

			if (thing->replaced || !thing->replaces)
				continue;
			found = arena_grow(arena, found, &cap, count + 1, sizeof(*found));
			found[count++] = (struct replacement){.kind = kinds[kind].name,
			                                      .id = thing->id,
			                                      .place = thing->place,
			                                      .replaced = thing->replaces->place};
		}
	}
	*out = found;
	return count;
}

const struct move *ruleset_move(const struct ruleset *ruleset, struct slice id)
{
	size_t low = 0;
	size_t high = ruleset->move_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct move *move = ruleset->moves_by_id[middle];
		int order = slice_compare(id, move->id);

		if (order == 0)
			return move;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct framework *ruleset_framework(const struct ruleset *ruleset, struct slice id)
{
	size_t i;

	for (i = 0; i < ruleset->framework_count; i++) {
		if (slice_eq(ruleset->frameworks[i]->id, id))
			return ruleset->frameworks[i];
	}
	return NULL;
}

/* Can all of its items be made, so that it is done? */
static bool has_items(const struct framework *framework)
{
	return framework->kind == FRAMEWORK_CHECKLIST || framework->kind == FRAMEWORK_SEQUENCE;
}

int ruleset_resolve(const struct ruleset *ruleset, enum expr_arg arg, struct slice id,
                    struct nearest *nearest)
{
	bool moves = arg == EXPR_ARG_MOVE || arg == EXPR_ARG_DONE;
	const struct move *move = moves ? ruleset_move(ruleset, id) : NULL;
	size_t i;

	if (move)
		return (int)move->index;
	for (i = 0; moves && nearest && i < ruleset->move_count; i++)
		nearest_offer(nearest, ruleset->moves[i]->id);
	if (arg != EXPR_ARG_DONE && arg != EXPR_ARG_SEQUENCE)
		return -1;
	for (i = 0; i < ruleset->framework_count; i++) {
		const struct framework *framework = ruleset->frameworks[i];

		if (arg == EXPR_ARG_SEQUENCE ? framework->kind != FRAMEWORK_SEQUENCE
		                             : !has_items(framework))
			continue;
		if (slice_eq(framework->id, id))
			return (int)(arg == EXPR_ARG_DONE ? ruleset->move_count + i : i);
		if (nearest)
			nearest_offer(nearest, framework->id);
	}
	return -1;
}

struct slice meter_reads(const struct meter_words *words, int height)
{
	if (height >= 7)
		return words->high;
	return height >= 4 ? words->middle : words->low;
}
