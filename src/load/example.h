/* example.h: words that a pattern finds: how somebody might put what an author's pattern means.
 *
 * Reads as much of PCRE2's syntax as authors use and takes one way through it by chance; what must
 * not stand there (look-around) it passes over. So an example is a guess: match it before use. */
#ifndef LOAD_EXAMPLE_H
#define LOAD_EXAMPLE_H

#include "base/str.h"

/* The next number of a sequence (splitmix64), and the same below `bound` (not 0). */
uint64_t chance_next(uint64_t *chance);
uint32_t chance_below(uint64_t *chance, uint32_t bound);

/* Appends one way of matching `pattern`; moves `*chance` on. */
void example_of(struct slice pattern, uint64_t *chance, struct strbuf *out);

#endif
