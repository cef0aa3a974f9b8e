/* needle.h: what a text must hold for a pattern to match it, so that most patterns need not be
 * tried.
 *
 * Exact in one direction: a pattern whose needles are absent cannot match; one whose needles seem
 * present still may not. */
#ifndef LOAD_NEEDLE_H
#define LOAD_NEEDLE_H

#include "base/str.h"

/* Any of some literals. */
struct needles;

/* NULL when the pattern needs nothing that could be told beforehand. Lives in `arena`. */
const struct needles *needles_of(struct slice pattern, struct arena *arena);

/* The pairs and triples of bytes in a text, hashed: a set. */
#define GRAM_BITS 14u
struct grams {
	uint64_t bits[(1u << GRAM_BITS) / 64];
};

/* Adds those of `text` to a set that was zeroed before. */
void grams_add(struct grams *grams, struct slice text);
/* False only if none of the needles is in the text. NULL needles are always there. */
bool needles_seem_present(const struct needles *needles, const struct grams *grams);

#endif
