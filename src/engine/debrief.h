/* debrief.h: one strength, one question, one precise step. No I/O; report.c puts it into words on a
 * page.
 *
 * Findings rank by meter change × confidence, ties to the earlier turn. No evidence, no praise. The
 * step's words are detected at that turn as the move they recommend, or another step is taken. */
#ifndef ENGINE_DEBRIEF_H
#define ENGINE_DEBRIEF_H

#include "engine/score.h"

struct finding {
	bool present;
	uint32_t turn; /* 1-based; 0 when about the whole */
	const struct move *move; /* what it is about; may be NULL */
	struct slice quote; /* the mentor's words, or hers for a missed cue */
	bool quote_is_ect;
	struct slice text; /* one or two sentences for people, the turn named; the step's ends
	                      before its words (“Turn 4: ask before you advise.”) */
	struct slice instead; /* step: words that would have worked there */
	const struct move *instead_move;
	struct slice asks; /* step, in place of the words, for a mentor who has the move: why there
	                      are none, and a question */
};

/* One move, this time and before. */
struct compared {
	const struct move *move; /* NULL: there is no past to compare with */
	uint32_t now; /* utterances it was heard in */
	uint32_t past[MASTERY_PAST]; /* oldest first */
	uint32_t past_count;
};

/* A move that the mentor chose to practise (session_practise). */
struct focus_use {
	uint32_t turn;
	struct slice quote; /* the mentor's words; empty for a silence */
};
struct focus_count {
	const struct move *move;
	const struct focus_use
	        *uses; /* the turns in which it was heard; struck ones do not count */
	uint32_t count;
	uint32_t could; /* a turn without it where it would have fitted; 0: none is known. Of a move
	                 * that was heard, only where something else was needed */
	struct slice after; /* there: the last of her words before it */
	struct slice words; /* there: words that are heard as it */
};

struct debrief {
	const struct focus_count *focus; /* what the mentor chose, in order; or none */
	size_t focus_count;
	struct finding strength, question, step;
	struct compared compared;
	struct score score;
	const struct session *session;
	struct slice verdict; /* of the ending */
	const struct ending *ending;
	/* What she thought and showed, for `more`: the session's turns have it. */
};

/* The result lives in `arena`; `session` must outlive it. The same words, and the same past
 * (session_recall), give the same debrief, byte for byte. */
void debrief_make(struct session *session, struct arena *arena, struct debrief *out);

#endif
