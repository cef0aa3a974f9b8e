/* persona_parts.h: what persona_weigh.c and persona_choose.c share. */
#ifndef ENGINE_PERSONA_PARTS_H
#define ENGINE_PERSONA_PARTS_H

#include "base/limits.h"
#include "engine/persona.h"

enum level { LEVEL_SPECIFIC, LEVEL_QUESTION, LEVEL_COURTESY, LEVEL_STATEMENT, LEVEL_OTHERWISE };

/* A clause of the utterance with what was heard in it: one thing she may answer. */
struct thing {
	const struct detection *first; /* the highest ranked in it */
	enum answers rank;
	uint32_t clause;
};

struct choice {
	const struct reply *reply;
	const struct detection *answers; /* what in the utterance, or NULL */
	enum tier tier;
	enum level level;
	bool aimed; /* asked for by a move, about a topic named in the very clause it answers */
	bool mere; /* to a question or a statement as such, even if about a topic */
	size_t thing; /* place in the order of things */
	size_t conditions;
	size_t order; /* of finding: file order within a tier */
	bool stance; /* chosen by a stance */
};

struct choosing {
	struct mind *mind;
	struct turn *turn;
	struct persona_context context;
	struct stance_taken stance;
	struct thing things[LIMIT_CLAUSES];
	size_t thing_count;
	struct choice *choices;
	size_t count, cap;
};

/* Things in the order in which she would answer them. */
void persona_things(struct choosing *choosing);
/* All that fits, best first, into choosing->choices. */
void persona_gather(struct choosing *choosing, enum reply_kind kind);
/* The first that was never said in these words; else, if `again`, the one said longest ago; `words`
 * receives which. */
const struct choice *persona_pick_choice(const struct choosing *choosing, bool again,
                                         const struct alternative **words);
/* `on any`: whatever was said. */
bool persona_is_any(const struct reply *reply);

#endif
