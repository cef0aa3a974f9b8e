/* inspect_parts.h: what the files of inspect share; nobody else includes it. */
#ifndef ENGINE_INSPECT_PARTS_H
#define ENGINE_INSPECT_PARTS_H

#include "engine/inspect.h"
#include "load/gate.h"

struct inspecting {
	const struct scenario *scenario;
	const struct ruleset *ruleset;
	struct diags *diags;
	struct arena arena;
	int low[METERS], high[METERS]; /* how far each meter can come */
	bool steps; /* some reply takes a step */
	uint64_t told; /* topics with a tell about them */
	uint64_t closed; /* … none of which can be told by itself: told(topic) asks for itself */
};

/* inspect_gate.c */
/* Fills in what conditions may be. */
void inspect_ranges(struct inspecting *inspecting);
/* False when the condition can never hold; `why` receives the term that cannot. */
bool inspect_opens(struct inspecting *inspecting, const struct expr *when, struct slice *why);
/* True if `wider` surely holds whenever `when` does. */
bool inspect_within(struct inspecting *inspecting, const struct expr *when,
                    const struct expr *wider);
/* The turns a condition leaves open, at most. */
void inspect_turns(struct inspecting *inspecting, const struct expr *when, double *low,
                   double *high);

/* inspect_reach.c: beats, endings, tells, replies */
void inspect_reach(struct inspecting *inspecting);
/* inspect_words.c: topics, names, lines that repeat */
void inspect_words(struct inspecting *inspecting);

#endif
