/* stem.h: word stems by libstemmer (Snowball; for English "english", Porter 2). */
#ifndef BASE_STEM_H
#define BASE_STEM_H

#include "base/str.h"

struct stemmer; /* holds scratch; one user at a time */

/* For a language as ISO 639 has it, "en"; one that libstemmer does not know leaves words whole. */
struct stemmer *stemmer_new(struct slice language);
void stemmer_free(struct stemmer *stemmer);
/* The stem of a folded word without apostrophe endings ('s, n't are cut first). Valid until the
 * next call. */
struct slice stemmer_stem(struct stemmer *stemmer, struct slice word);

#endif
