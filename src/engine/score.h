/* score.h: what a conversation adds up to: frameworks with quotes, measures. Every number traces to
 * quotes. */
#ifndef ENGINE_SCORE_H
#define ENGINE_SCORE_H

#include "engine/session.h"

/* The mentor's side of one turn, from a session or from a written exchange. */
struct score_turn {
	uint32_t number;
	struct slice mentor;
	struct slice ect_before; /* her line before; empty when the mentor began */
	struct slice ect_after; /* empty when she did not answer */
	const struct detections *heard;
	const bool *struck; /* by index in heard->items; or NULL */
	const int *meters; /* after the turn, METERS of them; or NULL */
	uint64_t topics; /* of the scenario, named in it; 0 in a written exchange */
	bool cue_before, cue_met;
	bool told; /* a tell was told in the answer */
};

struct quote {
	uint32_t turn;
	struct slice text; /* of the mentor's words */
	const struct detection *detection;
};

/* Where a conversation turned from one axis of a grid to the other, as from telling to asking.
 *
 * A mentor turn leans to the axis that its moves add more to (a move's change times its
 * confidence, each move once a turn); one that adds as much to both leans to neither and is left
 * out. The turns that lean are parted in two where that leaves the least Gini impurity (Breiman and
 * others 1984), as a decision tree of one node does: at least 2 of them on each side; more than
 * half of those before lean one way and more than half of those after the other; the two shares
 * differ by at least 0.5; the second side begins with a turn that leans its way; the earliest of
 * equals. Nothing turned where no place is like that. */
struct turned {
	struct slice from, to; /* axes; empty when it did not turn */
	struct quote quote; /* the first turn of the second side, and what leant most in it */
};

struct item_score {
	const struct framework_item *item;
	struct quote *quotes;
	size_t quote_count;
};

struct framework_score {
	const struct framework *framework;
	struct item_score *items; /* checklist, sequence */
	size_t item_count;
	size_t filled; /* items with a quote */
	bool complete; /* every item; for a sequence about one issue (score_issue.c) */
	bool in_order; /* sequence: complete, and the items' first quotes stand in the order of the
	                  items */
	double x, y; /* grid: sum of confidence-weighted axis changes a mentor turn */
	const struct grid_cell *cell;
	struct turned turned; /* grid: only where the framework asks for it */
	const struct ladder_level *peak, *end; /* ladder */
	uint32_t peak_turn;
	int peak_value, end_value; /* of the meter */
	/* Ladder: it ended calm, but the point was lost: in two turns or more the mentor made one
	 * of the level's `also` moves, and never one of `without`. (Neither side is angry and
	 * neither got what they needed: Thomas and Kilmann's avoiding.) */
	bool put_aside;
	/* Grid: what moved it, strongest first. Ladder: what put the point aside; or else what
	 * brought the meter down after a peak above the lowest level, a turn each. */
	struct quote *quotes;
	size_t quote_count;
};

struct measures {
	double talk_share; /* mentor's words of all words, 0..1 */
	uint32_t mentor_words, ect_words;
	uint32_t turns;
	uint32_t open_questions, closed_questions; /* questions found, by move */
	uint32_t pauses;
	uint32_t cues_shown, cues_met;
	uint32_t tells_told, tells_held;
	uint32_t hints;
	double minutes;
};

struct score {
	struct framework_score *frameworks; /* in the ruleset's order */
	size_t framework_count;
	struct measures measures;
};

/* The result lives in `arena`. `tells`: how many the scenario has (0 for a written exchange). */
void score_turns(const struct ruleset *ruleset, const struct score_turn *turns, size_t count,
                 size_t tells, struct arena *arena, struct score *out);
/* The same from a session. `*turns`/`*count` receive the turns scored; may be NULL. */
void score_session(const struct session *session, struct arena *arena, struct score *out,
                   const struct score_turn **turns, size_t *count);

#endif
