/* sieve.h: which of many patterns a text may match, found in one pass over it.
 *
 * An Aho-Corasick automaton over all the needles (needle.h) of all the patterns. Exact in one
 * direction: a pattern that does not pass cannot match; one that passes still may not. */
#ifndef LOAD_SIEVE_H
#define LOAD_SIEVE_H

#include "base/str.h"

struct sieve; /* read-only; lives in an arena */

/* Of `count` patterns, which need not outlive the call; one with at == NULL never passes. */
const struct sieve *sieve_new(const struct slice *patterns, size_t count, struct arena *arena);
/* True when nothing can be told of that pattern: it always passes. */
bool sieve_always(const struct sieve *sieve, size_t index);
/* Words of 64 bits, a bit a pattern. */
size_t sieve_words(const struct sieve *sieve);

/* What one user at a time needs; lives in `arena`. */
struct sieve_scratch;
struct sieve_scratch *sieve_scratch_new(const struct sieve *sieve, struct arena *arena);

/* Sets `pass`, sieve_words long, to the patterns that folded `text` may match. */
void sieve_pass(const struct sieve *sieve, struct sieve_scratch *scratch, struct slice text,
                uint64_t *pass);

#endif
