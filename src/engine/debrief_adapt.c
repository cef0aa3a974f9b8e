/* debrief_adapt.c: a debrief for this mentor: a question in place of words where the move is theirs
 * already, and one comparison with conversations before. */
#include "engine/debrief_parts.h"

static struct slice title_of(const struct move *move)
{
	return move->title.len ? move->title : move->id;
}

static void ask(const struct making *making, const struct mastery *mastery, struct finding *step)
{
	bool instead = step->quote.len && !step->quote_is_ect && step->move != step->instead_move;
	struct slice title = title_of(step->instead_move);
	struct slice quote = debrief_short(step->quote, making->arena);

	step->asks = slice_format(
	        making->arena,
	        instead ? "You have used “%.*s” in the last %u conversations that called for it, "
	                  "so "
	                  "here is a question instead of words: in place of “%.*s”, how would you "
	                  "put it?"
	                : "You have used “%.*s” in the last %u conversations that called for it, "
	                  "so "
	                  "here is a question instead of words: how would you put it there%.*s?",
	        SLICE_ARGS(title), (unsigned)mastery->streak,
	        SLICE_ARGS(instead ? quote : SLICE("")));
	step->instead = SLICE("");
}

static uint32_t times_heard(const struct making *making, const struct move *move)
{
	uint32_t times = 0;

	for (uint32_t i = 0; i < making->count; i++) {
		const struct score_turn *turn = &making->turns[i];

		for (size_t j = 0; j < turn->heard->count; j++) {
			if (turn->heard->items[j].move == move && !turn->struck[j]) {
				times++;
				break;
			}
		}
	}
	return times;
}

/* True when the move has a past worth a line. */
static bool compare(const struct making *making, const struct move *move, struct compared *out)
{
	const struct mastery *mastery = session_mastery(making->session, move);
	uint32_t any = 0;

	if (!mastery || mastery->past_count == 0)
		return false;
	*out = (struct compared){
	        .move = move, .now = times_heard(making, move), .past_count = mastery->past_count};
	for (uint32_t i = 0; i < mastery->past_count; i++)
		any |= out->past[i] = mastery->past[i];
	if (any || out->now)
		return true;
	*out = (struct compared){0};
	return false;
}

void debrief_adapt(const struct making *making, struct debrief *out)
{
	const struct scenario *scenario = making->scenario;
	const struct focus *focus = session_focus(making->session);
	struct finding *step = &out->step;
	const struct mastery *mastery = session_mastery(making->session, step->instead_move);

	if (step->instead.len && mastery_firm(mastery))
		ask(making, mastery, step);
	/* What the mentor chose, what is recommended, what helped, what the scenario practises. */
	for (size_t i = 0; focus && i < focus->count; i++)
		if (compare(making, focus->moves[i], &out->compared))
			return;
	if (compare(making, step->instead_move, &out->compared) ||
	    compare(making, out->strength.move, &out->compared))
		return;
	for (size_t i = 0; i < scenario->focus_move_count; i++)
		if (compare(making, scenario->focus_moves[i], &out->compared))
			return;
}
