/* compare.c: see compare.h. */
#include "engine/compare.h"

const struct turn *compare_turn(const struct debrief *debrief, uint32_t number)
{
	if (number < 1 || number > session_turns(debrief->session))
		return NULL;
	return session_turn(debrief->session, number);
}

bool compare_names(const struct debrief *debrief, const struct turn *turn, size_t index)
{
	const struct move *move = turn->heard.items[index].move;
	size_t i;

	if (move->quiet || session_struck(debrief->session, turn->number, move))
		return false;
	for (i = 0; i < index; i++) {
		if (turn->heard.items[i].move == move)
			return false;
	}
	return true;
}

static uint32_t where_they_part(const struct comparison *comparison)
{
	uint32_t turn = 1;

	for (;; turn++) {
		const struct turn *first = compare_turn(comparison->first, turn);
		const struct turn *second = compare_turn(comparison->second, turn);

		if (!first || !second || !slice_eq(first->utterance, second->utterance))
			return turn;
	}
}

/* Whether the second attempt came as far as the first quote of an item. */
static bool came_as_far(const struct item_score *item, const struct session *second)
{
	uint32_t turn = UINT32_MAX;
	size_t i;

	for (i = 0; i < item->quote_count; i++) {
		if (item->quotes[i].turn < turn)
			turn = item->quotes[i].turn;
	}
	return session_ending(second) || turn <= session_turns(second);
}

static void compare_items(const struct framework_score *first, const struct framework_score *second,
                          const struct session *session, struct arena *arena,
                          struct compare_change *change)
{
	size_t i;

	change->gained = ARENA_ARRAY(arena, const struct framework_item *, first->item_count);
	change->lost = ARENA_ARRAY(arena, const struct framework_item *, first->item_count);
	for (i = 0; i < first->item_count; i++) {
		bool before = first->items[i].quote_count > 0;
		bool after = second->items[i].quote_count > 0;

		if (after && !before)
			change->gained[change->gained_count++] = first->items[i].item;
		if (before && !after && came_as_far(&first->items[i], session))
			change->lost[change->lost_count++] = first->items[i].item;
	}
}

/* True when there is a change. */
static bool compare_framework(const struct framework_score *first,
                              const struct framework_score *second, const struct session *session,
                              struct arena *arena, struct compare_change *change)
{
	*change = (struct compare_change){.framework = first->framework};
	switch (first->framework->kind) {
	case FRAMEWORK_CHECKLIST:
	case FRAMEWORK_SEQUENCE:
		compare_items(first, second, session, arena, change);
		return change->gained_count || change->lost_count;
	case FRAMEWORK_GRID:
		if (first->cell)
			change->before = first->cell->title;
		if (second->cell)
			change->after = second->cell->title;
		return first->cell != second->cell;
	case FRAMEWORK_LADDER:
		if (first->peak)
			change->before = first->peak->title;
		if (second->peak)
			change->after = second->peak->title;
		return first->peak != second->peak;
	}
	return false;
}

void compare_make(const struct debrief *first, const struct debrief *second, struct arena *arena,
                  struct comparison *out)
{
	const struct score *before = &first->score;
	size_t turns = session_turns(first->session);
	size_t i;

	*out = (struct comparison){.first = first, .second = second};
	out->turns = (uint32_t)turns;
	if (session_turns(second->session) > turns)
		out->turns = (uint32_t)session_turns(second->session);
	out->parts = where_they_part(out);
	out->same = out->parts > out->turns;
	out->changes = ARENA_ARRAY(arena, struct compare_change, before->framework_count);
	for (i = 0; i < before->framework_count; i++) {
		if (compare_framework(&before->frameworks[i], &second->score.frameworks[i],
		                      second->session, arena, &out->changes[out->change_count]))
			out->change_count++;
	}
}

static void add_moves(const struct debrief *debrief, const struct turn *turn, struct strbuf *out)
{
	struct arena arena;
	bool any = false;
	size_t i;

	arena_init(&arena);
	for (i = 0; i < turn->heard.count; i++) {
		if (!compare_names(debrief, turn, i))
			continue;
		if (any)
			strbuf_addz(out, ", ");
		strbuf_add(out, slice_id_words(&arena, turn->heard.items[i].move->id));
		any = true;
	}
	if (!any)
		strbuf_addz(out, slice_trim(turn->utterance).len ? "no move heard" : "a pause");
	arena_release(&arena);
}

static void add_side(const struct debrief *debrief, const struct turn *turn, struct strbuf *out)
{
	if (turn)
		add_moves(debrief, turn, out);
	else if (session_ending(debrief->session))
		strbuf_addz(out, "it had come to an end");
	else
		strbuf_addz(out, "you had left off");
	strbuf_addc(out, '.');
}

void compare_sentence(const struct comparison *comparison, struct strbuf *out)
{
	uint32_t turn = comparison->parts;

	if (comparison->same) {
		strbuf_addz(out, "You said the same as last time, word for word.");
		return;
	}
	strbuf_addf(out, "Last time turn %u: ", turn);
	add_side(comparison->first, compare_turn(comparison->first, turn), out);
	strbuf_addz(out, " This time: ");
	add_side(comparison->second, compare_turn(comparison->second, turn), out);
}
