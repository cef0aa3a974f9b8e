/* focus.c: see focus.h. */
#include "engine/focus.h"

struct reading {
	const struct ruleset *ruleset;
	struct arena *arena;
	struct table moves; /* const struct move * */
	struct strbuf titles;
	struct err *err;
};

static bool is_called(struct slice id, struct slice title, struct slice typed, struct arena *arena)
{
	return slice_eq(id, typed) || slice_eq(slice_words_id(arena, title), typed);
}

/* False when it is there. */
static bool add_move(struct reading *reading, const struct move *move)
{
	const struct move **moves = reading->moves.items;
	size_t i;

	for (i = 0; i < reading->moves.count; i++) {
		if (moves[i] == move)
			return false;
	}
	*(const struct move **)table_add(reading->arena, &reading->moves, sizeof(move)) = move;
	return true;
}

static void add_title(struct reading *reading, struct slice title)
{
	if (reading->titles.len)
		strbuf_addz(&reading->titles, ", ");
	strbuf_add(&reading->titles, title);
}

static bool add_framework(struct reading *reading, const struct framework *framework)
{
	size_t i;
	size_t j;

	for (i = 0; i < framework->item_count; i++) {
		for (j = 0; j < framework->items[i].move_count; j++) {
			const struct move *move = framework->items[i].moves[j];

			if (!move->quiet && !move->instead)
				add_move(reading, move);
		}
	}
	if (framework->item_count == 0) {
		err_set(reading->err, "‘%.*s’ has no moves of its own to practise; name a move",
		        SLICE_ARGS(framework->id));
		return false;
	}
	add_title(reading, framework->title.len ? framework->title : framework->id);
	return true;
}

/* True when `id` is a move or a framework; then `*good` is whether it could be taken. */
static bool take(struct reading *reading, struct slice id, struct nearest *nearest, bool *good)
{
	const struct ruleset *ruleset = reading->ruleset;
	size_t i;

	*good = true;
	for (i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves[i];

		if (move->quiet)
			continue;
		if (is_called(move->id, move->title, id, reading->arena)) {
			if (add_move(reading, move))
				add_title(reading, move->title.len ? move->title : move->id);
			return true;
		}
		nearest_offer(nearest, move->id);
	}
	for (i = 0; i < ruleset->framework_count; i++) {
		const struct framework *framework = ruleset->frameworks[i];

		if (is_called(framework->id, framework->title, id, reading->arena)) {
			*good = add_framework(reading, framework);
			return true;
		}
		nearest_offer(nearest, framework->id);
	}
	return false;
}

static bool read_one(struct reading *reading, struct slice typed)
{
	struct slice id = slice_words_id(reading->arena, typed);
	struct nearest nearest;
	bool good;

	nearest_init(&nearest, id);
	if (take(reading, id, &nearest, &good))
		return good;
	/* "open questions" */
	if (slice_ends(id, SLICE("s")) &&
	    take(reading, slice_sub(id, 0, id.len - 1), &nearest, &good))
		return good;
	typed = slice_sub(typed, 0, 60);
	err_set(reading->err, "no move or framework ‘%.*s’%s", SLICE_ARGS(typed),
	        nearest.best.len ? nearest_hint(&nearest, reading->arena)
	                         : "; ‘rehearse drill --list’ names those there are");
	return false;
}

static struct slice join_ids(const struct reading *reading)
{
	const struct move *const *moves = reading->moves.items;
	struct strbuf ids = {0};
	struct slice copy;
	size_t i;

	for (i = 0; i < reading->moves.count; i++)
		strbuf_addf(&ids, "%s%.*s", i ? "," : "", SLICE_ARGS(moves[i]->id));
	copy = slice_copy(reading->arena, strbuf_slice(&ids));
	strbuf_release(&ids);
	return copy;
}

static void finish(struct reading *reading, struct focus *out)
{
	out->moves = reading->moves.items;
	out->count = reading->moves.count;
	out->titles = slice_copy(reading->arena, strbuf_slice(&reading->titles));
	out->ids = join_ids(reading);
	strbuf_release(&reading->titles);
}

bool focus_read(const struct ruleset *ruleset, struct slice text, struct arena *arena,
                struct focus *out, struct err *err)
{
	struct reading reading = {.ruleset = ruleset, .arena = arena, .err = err};
	struct slice part;
	bool good = true;

	*out = (struct focus){0};
	while (good && slice_cut(&text, ',', &part)) {
		part = slice_trim(part);
		if (part.len)
			good = read_one(&reading, part);
	}
	if (good && reading.moves.count == 0) {
		err_set(err, "no move is named; for instance ‘open_question’ or ‘aid’");
		good = false;
	}
	finish(&reading, out);
	return good;
}

void focus_known(const struct ruleset *ruleset, struct slice ids, struct arena *arena,
                 struct focus *out)
{
	struct reading reading = {.ruleset = ruleset, .arena = arena};
	struct slice id;

	*out = (struct focus){0};
	while (slice_cut(&ids, ',', &id)) {
		const struct move *move = ruleset_move(ruleset, slice_trim(id));

		if (move && add_move(&reading, move))
			add_title(&reading, move->title.len ? move->title : move->id);
	}
	finish(&reading, out);
}

bool focus_has(const struct focus *focus, const struct move *move)
{
	size_t i;

	for (i = 0; i < focus->count; i++) {
		if (focus->moves[i] == move)
			return true;
	}
	return false;
}
