/* focus.h: moves that a mentor chose to practise, by id, title or framework. Pure; how they went in
 * a conversation is debrief_focus.h's. */
#ifndef ENGINE_FOCUS_H
#define ENGINE_FOCUS_H

#include "load/ruleset.h"

struct focus {
	const struct move *const *moves; /* in the order chosen, each once */
	size_t count;
	struct slice titles; /* for people, as chosen: "Open question, AID feedback" */
	struct slice ids; /* of the moves, comma between: for the practice log */
};

/* Reads "open_question", "Open questions" or "aid, paraphrase". A framework stands for the moves of
 * its items that help and are no acts. False with words, and the nearest, when one is unknown or
 * has no moves. The result lives in `arena`. */
bool focus_read(const struct ruleset *ruleset, struct slice text, struct arena *arena,
                struct focus *out, struct err *err);
/* The same of move ids alone, where those that are unknown are left out. */
void focus_known(const struct ruleset *ruleset, struct slice ids, struct arena *arena,
                 struct focus *out);
bool focus_has(const struct focus *focus, const struct move *move);

#endif
