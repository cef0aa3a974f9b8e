/* simulate_parts.h: what the files of simulate share; nobody else includes it. */
#ifndef ENGINE_SIMULATE_PARTS_H
#define ENGINE_SIMULATE_PARTS_H

#include "engine/simulate.h"
#include "load/example.h"

/* Something that was written to make a move. */
struct saying {
	struct slice words; /* may hold the slots of packs */
	uint64_t topics; /* it is about */
	bool stray; /* a test line of a pack: said to somebody else, about another lesson */
};

struct pool {
	struct saying *items;
	size_t count, cap;
	size_t strays; /* of them */
};

struct words {
	struct slice *items;
	size_t count, cap;
};

struct stage {
	const struct scenario *scenario;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct regex_scratch *scratch;
	struct arena arena;
	struct pool *pools; /* by move */
	size_t saying_count; /* in all pools */
	struct words *themes; /* by topic: words that name it */
	struct words *claims; /* by fact */
	struct words *untruths;
	struct arena talk; /* of the conversation at hand */
};

/* Topics in a text as said. */
uint64_t stage_topics(struct stage *stage, struct slice text);

#endif
