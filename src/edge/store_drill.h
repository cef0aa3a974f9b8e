/* store_drill.h: drilled lines in the practice log.
 *
 * One row an answer: which try at its prompt it was, and whether it was the move asked for. Every
 * `false` fills `err`. What is read lives in `arena`. */
#ifndef EDGE_STORE_DRILL_H
#define EDGE_STORE_DRILL_H

#include "edge/store.h"

struct store_drill {
	int64_t id; /* set when added */
	int64_t round; /* one sitting, from 1 */
	double at;
	struct slice deck, prompt, move; /* ids */
	struct slice utterance;
	bool hit;
	uint32_t tries; /* 1 for the first answer to the prompt */
	double seconds;
};

/* The number of a new round. */
bool store_drill_round(struct store *store, int64_t *round, struct err *err);
bool store_add_drill(struct store *store, struct store_drill *drill, struct err *err);
/* The mentor says that it was the move after all. */
bool store_accept_drill(struct store *store, int64_t id, struct err *err);

/* How a move went lately: the last STORE_DRILL_RECENT first tries, and the last so many
 * conversations that called for it. */
#define STORE_DRILL_RECENT 20
struct store_skill {
	struct slice move;
	uint32_t tries, hits;
};
bool store_skills(struct store *store, struct arena *arena, struct store_skill **out, size_t *count,
                  struct err *err);

/* Which prompt was last answered for a move, and in which order. */
struct store_practised {
	struct slice deck, prompt, move;
	int64_t order; /* later is higher */
};
bool store_practised(struct store *store, struct arena *arena, struct store_practised **out,
                     size_t *count, struct err *err);

#endif
