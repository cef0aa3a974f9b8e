/* ruleset_order.c: which move waits for which, and the order of moves that follows.
 *
 * A move comes after those it yields to or needs, since detection asks whether they were found;
 * else moves stand as in the files. */
#include "load/ruleset_build.h"

#include "base/limits.h"

/* So many errors are never shown, and looking for the nearest name takes a while. */
#define HINTS_MAX (LIMIT_PACKS * LIMIT_DIAGS_A_FILE)

struct pack_move *pack_move_named(struct ruleset_builder *builder, const struct pack_name *name,
                                  struct diags *diags)
{
	struct pack_thing *thing = pack_find(builder, PACK_MOVES, name->id, NULL);
	struct nearest nearest;

	if (thing)
		return (struct pack_move *)thing;
	nearest_init(&nearest, name->id);
	if (diags->errors < HINTS_MAX)
		pack_find(builder, PACK_MOVES, name->id, &nearest);
	diag_error(diags, name->place, "unknown move ‘%.*s’%s", SLICE_ARGS(name->id),
	           nearest.best.len ? nearest_hint(&nearest, &diags->arena)
	                            : "; no pack has it: add it, or take it out here");
	return NULL;
}

static void add_links(struct ruleset_builder *builder, struct pack_move *move, bool needs,
                      struct diags *diags)
{
	const struct table *table = needs ? &move->needs : &move->yields;
	const struct pack_name *names = table->items;
	size_t i;

	for (i = 0; i < table->count; i++) {
		struct pack_link *link = table_add(&builder->arena, &move->links, sizeof(*link));

		link->to = pack_move_named(builder, &names[i], diags);
		link->place = names[i].place;
		link->kind = needs ? PACK_NEEDS_IT : PACK_YIELDS_TO;
		if (link->to != move)
			continue;
		diag_error(diags, names[i].place, "‘%.*s’ cannot wait for itself; take this out",
		           SLICE_ARGS(names[i].id));
		link->to = NULL;
	}
}

/* The moves that conditions ask for as `makes(move)`; unknown ones are told where conditions are
 * read. */
static void add_asked(struct ruleset_builder *builder, struct pack_move *move,
                      const struct table *when)
{
	const struct line *const *lines = when->items;
	static const char asks[] = "makes(";
	size_t i;

	for (i = 0; i < when->count; i++) {
		struct slice rest = lines[i]->rest;

		for (;;) {
			size_t at = slice_find(rest, SLICE(asks));
			struct pack_thing *thing;
			struct slice id;

			if (at >= rest.len)
				break;
			rest = slice_sub(rest, at + sizeof(asks) - 1, rest.len);
			id = slice_trim(slice_sub(rest, 0, slice_find(rest, SLICE(")"))));
			thing = pack_find(builder, PACK_MOVES, id, NULL);
			if (!thing)
				continue;
			*(struct pack_link *)table_add(&builder->arena, &move->links,
			                               sizeof(struct pack_link)) =
			        (struct pack_link){.to = (struct pack_move *)thing,
			                           .place = outline_rest_place(lines[i]),
			                           .kind = PACK_ASKS_FOR};
		}
	}
}

/* Moves being ordered, each waiting for the next. */
struct chain {
	const struct chain *before;
	struct pack_move *move;
	const struct pack_link *link; /* to the next */
};

struct order {
	struct ruleset_builder *builder;
	struct diags *diags;
	const struct move **moves;
	size_t count;
};

/* By kind of link. */
static const char *const waits[] = {"yields", "needs", "asks for"};

static void name_chain(const struct chain *chain, const struct pack_move *first, struct strbuf *out)
{
	if (chain->move != first)
		name_chain(chain->before, first, out);
	strbuf_addf(out, "%s‘%.*s’ %s ", chain->move == first ? "" : ", ",
	            SLICE_ARGS(chain->move->move.id), waits[chain->link->kind]);
	strbuf_addf(out, "‘%.*s’", SLICE_ARGS(chain->link->to->move.id));
}

static void tell_ring(struct order *order, const struct chain *chain)
{
	struct strbuf names = {0};

	name_chain(chain, chain->link->to, &names);
	diag_error(order->diags, chain->link->place,
	           "moves wait for each other in a ring: %.*s; take one out",
	           SLICE_ARGS(strbuf_slice(&names)));
	strbuf_release(&names);
}

/* Puts what the move waits for before it. No deeper than LIMIT_MOVES. */
static void place_move(struct order *order, struct pack_move *move, const struct chain *before)
{
	struct pack_link *links = move->links.items;
	size_t i;

	move->mark = PACK_OPEN;
	for (i = 0; i < move->links.count; i++) {
		struct chain chain = {.before = before, .move = move, .link = &links[i]};

		if (!links[i].to || links[i].to->mark == PACK_DONE)
			continue;
		if (links[i].to->mark == PACK_NEW) {
			place_move(order, links[i].to, &chain);
			continue;
		}
		tell_ring(order, &chain);
		links[i].to = NULL;
	}
	move->mark = PACK_DONE;
	move->move.index = (uint32_t)order->count;
	order->moves[order->count++] = &move->move;
}

/* The moves that `yields` or `needs` named, now that rings are broken. */
static const struct move *const *linked(struct arena *arena, const struct pack_move *move,
                                        bool needs, size_t *count)
{
	const struct pack_link *links = move->links.items;
	const struct move **moves = ARENA_ARRAY(arena, const struct move *, move->links.count);
	size_t i;

	*count = 0;
	for (i = 0; i < move->links.count; i++) {
		if (links[i].to && links[i].kind == (needs ? PACK_NEEDS_IT : PACK_YIELDS_TO))
			moves[(*count)++] = &links[i].to->move;
	}
	return moves;
}

static void link_instead(struct ruleset_builder *builder, struct pack_move *move,
                         struct diags *diags)
{
	struct pack_move *other;

	if (move->instead.id.len == 0)
		return;
	other = pack_move_named(builder, &move->instead, diags);
	if (!other)
		return;
	if (other == move)
		diag_error(diags, move->instead.place,
		           "‘%.*s’ cannot stand in its own place; name another move",
		           SLICE_ARGS(move->instead.id));
	else if (other->move.quiet)
		diag_error(diags, move->instead.place,
		           "‘%.*s’ is quiet, so nobody can be told to make it; name another move",
		           SLICE_ARGS(move->instead.id));
	else
		move->move.instead = &other->move;
}

static int by_id(const void *left, const void *right)
{
	const struct move *a = *(const struct move *const *)left;
	const struct move *b = *(const struct move *const *)right;

	return slice_compare(a->id, b->id);
}

void pack_link_moves(struct ruleset_builder *builder, struct diags *diags)
{
	struct table *table = &builder->things[PACK_MOVES];
	struct pack_thing *const *things = table->items;
	struct arena *arena = &builder->arena;
	struct order order = {
	        .builder = builder,
	        .diags = diags,
	        .moves = ARENA_ARRAY(arena, const struct move *, builder->live[PACK_MOVES])};
	const struct move **sorted;
	size_t i;

	for (i = 0; i < table->count; i++) {
		struct pack_move *move = (struct pack_move *)things[i];

		if (things[i]->replaced)
			continue;
		add_links(builder, move, false, diags);
		add_links(builder, move, true, diags);
		add_asked(builder, move, &move->when);
		for (size_t k = 0; k < move->rules.count; k++)
			add_asked(builder, move, &((struct pack_rule *)move->rules.items)[k].when);
		link_instead(builder, move, diags);
	}
	for (i = 0; i < table->count; i++) {
		struct pack_move *move = (struct pack_move *)things[i];

		if (!things[i]->replaced && move->mark == PACK_NEW)
			place_move(&order, move, NULL);
	}
	for (i = 0; i < table->count; i++) {
		struct pack_move *move = (struct pack_move *)things[i];

		if (things[i]->replaced)
			continue;
		move->move.yields = linked(arena, move, false, &move->move.yield_count);
		move->move.needs = linked(arena, move, true, &move->move.need_count);
	}
	sorted = ARENA_ARRAY(arena, const struct move *, order.count);
	if (order.count) {
		memcpy(sorted, order.moves, order.count * sizeof(const struct move *));
		qsort(sorted, order.count, sizeof(const struct move *), by_id);
	}
	builder->ruleset.moves = order.moves;
	builder->ruleset.moves_by_id = sorted;
	builder->ruleset.move_count = order.count;
}
