/* drilling.h: what a round of drill needs, brought together: rules, decks, what the practice log
 * knows, and the round itself. */
#ifndef EDGE_DRILLING_H
#define EDGE_DRILLING_H

#include "edge/decks.h"
#include "edge/store.h"
#include "engine/drill.h"

struct drilling_request {
	const struct slice *words; /* moves and frameworks, as typed */
	size_t word_count;
	struct slice deck; /* id or path of the only one; or empty */
	size_t count;
	bool blocks;
	double limit; /* seconds; 0: untimed */
	uint64_t seed;
	bool log; /* use the practice log */
	bool hurried; /* as in struct library */
};

struct drilling {
	struct drilling_request request;
	struct library *library;
	struct decks decks;
	struct store *store; /* or NULL */
	struct drill *drill;
};

/* What is wrong is said on standard error; STATUS_FINE when the round can begin. drilling_release
 * in any case. `arena` must outlive it. */
enum status drilling_open(struct drilling *drilling, const struct options *options,
                          const struct drilling_request *request, struct arena *arena);
void drilling_release(struct drilling *drilling);

#endif
