/* drill_parts.h: what drill.c and drill_judge.c share; nobody else includes it. */
#ifndef ENGINE_DRILL_PARTS_H
#define ENGINE_DRILL_PARTS_H

#include "engine/drill.h"

/* What there is to ask of one move. */
struct queue {
	size_t left; /* items not used in this round */
	double pass; /* the lowest is next */
	uint64_t rank; /* among equals */
	double misses; /* in this round */
	bool offered; /* some prompt asks for it */
	bool done; /* in blocks: had its turn */
};

/* A prompt of this round. */
struct drill_result {
	const struct drill_item *item;
	uint32_t tries;
	bool hit;
	bool at_once; /* at the first try, in time */
	bool left; /* skipped */
	uint64_t told; /* hash of what was said to the last miss */
	bool slow; /* the last answer came after the limit */
	double seconds; /* of all its answers */
};

struct drill {
	struct drill_setup setup;
	struct arena arena;
	struct arena before; /* of the prompt at hand */
	struct table items; /* struct drill_item */
	struct table results; /* struct drill_result; the last is at hand */
	struct queue *queues; /* by move index */
	size_t queue_count;
	size_t judged; /* the result answered last, from 1; or 0 */
	size_t last; /* the move asked for last, or SIZE_MAX */
	size_t block_left; /* in blocks: more of the same */
	struct history *history; /* before the answer to the prompt at hand */
};

static inline const struct drill_result *drill_results(const struct drill *drill)
{
	return drill->results.items;
}

/* The prompt at hand. */
struct drill_result *drill_current(struct drill *drill);

#endif
