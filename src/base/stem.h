/* stem.h: English word stems by libstemmer (Snowball "english", Porter 2). */
#ifndef BASE_STEM_H
#define BASE_STEM_H

#include "base/str.h"

struct stemmer; /* holds scratch; one user at a time */

struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *stemmer);
/* The stem of a folded word without apostrophe endings ('s, n't are cut first). Valid until the
 * next call. */
struct slice stemmer_stem(struct stemmer *stemmer, struct slice word);

#endif
