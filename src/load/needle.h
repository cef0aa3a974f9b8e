/* needle.h: what a text must hold for a pattern to match it, so that most patterns need not be
 * tried.
 *
 * Exact in one direction: a pattern none of whose ways is open cannot match; one of whose ways
 * seems open still may not. */
#ifndef LOAD_NEEDLE_H
#define LOAD_NEEDLE_H

#include "base/str.h"

/* Bytes that follow upon each other in the text. */
struct needle {
	struct slice bytes; /* at most NEEDLE_BYTES; or NEEDLE_DIGIT */
	bool edge_before; /* there is a word boundary (\b) just before them */
	bool edge_behind;
};

#define NEEDLE_BYTES 10u
/* Stands for any digit, of any script; no folded text holds the byte itself. */
#define NEEDLE_DIGIT '\0'

/* Any one of them. */
struct needle_set {
	const struct needle *items;
	size_t count;
	double chance; /* that a clause of ordinary talk holds one; roughly */
};

/* All of these together. */
#define NEEDLE_SETS 5u
struct needle_way {
	const struct needle_set *sets[NEEDLE_SETS]; /* the rarest first */
	size_t count; /* at least 1 */
};

/* Each match of the pattern goes one of these ways; none where that cannot be told: such a pattern
 * is always to be tried. */
struct needles {
	struct needle_way *ways;
	size_t count;
};

/* Reads a pattern. All of it, and what was needed meanwhile, lives in `arena`; bytes may be those
 * of `pattern`. */
struct needles needles_of(struct slice pattern, struct arena *arena);

#endif
