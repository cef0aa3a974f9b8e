/* session_hint.c: see session_hint.h. */
#include "engine/session_hint.h"

#define TENSE 6 /* from here on, feelings come first */
#define RANKS 8 /* hints to choose from */

static bool usable(const struct mind *mind, const struct move *move, bool unused)
{
	return move->advice.len && !move->quiet && !move->instead &&
	       (!unused || mind->move_uses[move->index] == 0);
}

/* Of the moves a framework teaches, the one that answers a feeling, makes room, and calms her most;
 * unused ones first. */
static const struct move *for_feeling(const struct mind *mind)
{
	const struct ruleset *ruleset = mind->ruleset;
	const struct move *best = NULL;
	size_t i;
	size_t j;

	for (i = 0; i < ruleset->framework_count; i++) {
		const struct framework *framework = ruleset->frameworks[i];

		for (j = 0; j < framework->item_count; j++) {
			const struct move *move = framework->items[j].moves[0];
			bool used = mind->move_uses[move->index] > 0;
			bool best_used = best && mind->move_uses[best->index] > 0;

			if (!move->room || move->answers != ANSWERS_FEELING ||
			    !usable(mind, move, false))
				continue;
			if (!best || (best_used && !used) ||
			    (best_used == used && move->effects.change[METER_TENSION] <
			                                  best->effects.change[METER_TENSION]))
				best = move;
		}
	}
	return best;
}

/* What the scenario practises and the mentor has not done yet, in order; `skip` of it left out. */
static const struct move *for_focus(const struct mind *mind, size_t skip)
{
	const struct scenario *scenario = mind->scenario;
	size_t i;
	size_t j;
	size_t k;

	for (i = 0; i < scenario->focus_move_count; i++) {
		if (usable(mind, scenario->focus_moves[i], true) && skip-- == 0)
			return scenario->focus_moves[i];
	}
	for (i = 0; i < scenario->focus_framework_count; i++) {
		const struct framework *framework = scenario->focus_frameworks[i];

		for (j = 0; j < framework->item_count; j++) {
			const struct framework_item *item = &framework->items[j];
			const struct move *open = NULL;
			bool used = false;

			for (k = 0; k < item->move_count; k++) {
				used = used || mind->move_uses[item->moves[k]->index] > 0;
				if (!open && usable(mind, item->moves[k], true))
					open = item->moves[k];
			}
			if (open && !used && skip-- == 0)
				return open;
		}
	}
	return NULL;
}

/* The advice with her name in it. */
static struct slice advice(const struct mind *mind, const struct move *move, struct arena *arena)
{
	const struct turn none = {0};
	struct strbuf words = {0};
	struct slice filled;

	persona_fill(mind, &none, move->advice, &words);
	filled = slice_copy(arena, strbuf_slice(&words));
	strbuf_release(&words);
	return filled;
}

/* Somebody who has the move knows how; the question is where. */
static struct slice nudge(const struct mind *mind, const struct mastery *mastery,
                          const struct move *move, struct arena *arena)
{
	const struct mastery *own = mastery ? &mastery[move->index] : NULL;

	if (!mastery_firm(own))
		return advice(mind, move, arena);
	return slice_format(arena,
	                    "You used “%.*s” in the last %u conversations that called for it, so "
	                    "only a question: where would it fit with %.*s?",
	                    SLICE_ARGS(move->title.len ? move->title : move->id),
	                    (unsigned)own->streak, SLICE_ARGS(mind->scenario->name));
}

/* The hint of a rank, the best being 0; empty after the last, which always fits. */
static struct slice ranked(const struct mind *mind, const struct mastery *mastery, size_t rank,
                           struct arena *arena)
{
	const struct slice name = mind->scenario->name;
	const bool tense = mind->meters[METER_TENSION] >= TENSE;
	const struct move *feeling = mind->cue || tense ? for_feeling(mind) : NULL;
	const struct move *move;

	if (feeling && rank == 0)
		return slice_format(arena, "%.*s %s %.*s", SLICE_ARGS(name),
		                    mind->cue ? "showed you something just then." : "is on edge.",
		                    SLICE_ARGS(nudge(mind, mastery, feeling, arena)));
	rank -= feeling != NULL;
	move = for_focus(mind, rank);
	if (move)
		return slice_format(arena, "Not tried yet. %.*s",
		                    SLICE_ARGS(nudge(mind, mastery, move, arena)));
	if (rank > 0 && !for_focus(mind, rank - 1))
		return SLICE("");
	return slice_format(arena, "Think of your goal: what would %.*s have to say first?",
	                    SLICE_ARGS(name));
}

/* How long ago it was given: 1 for the last one, 0 for never. */
static size_t given_ago(struct slice hint, const struct slice *given, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (slice_eq(hint, given[i]))
			return i + 1;
	}
	return 0;
}

struct slice hint_for(const struct mind *mind, const struct mastery *mastery,
                      const struct slice *given, size_t count, struct arena *arena)
{
	struct slice best = SLICE("");
	size_t longest = 0;
	size_t rank;

	for (rank = 0; rank < RANKS; rank++) {
		struct slice hint = ranked(mind, mastery, rank, arena);
		size_t ago;

		if (hint.len == 0)
			break;
		ago = given_ago(hint, given, count);
		if (ago == 0)
			return hint;
		if (ago > longest) {
			longest = ago;
			best = hint;
		}
	}
	return best;
}
