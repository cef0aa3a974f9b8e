/* fold.h: text as patterns see it, with the way back.
 *
 * Folded: lower case by full Unicode case folding (ſ → s, K → k, ß → ss), compatibility forms
 * composed (NFKC, so … becomes three dots), curly quotes and primes to ' and ", dashes of all kinds
 * to - (an em dash with blanks around it), every kind of blank to one space (runs collapse;
 * newlines stay), invisible characters dropped, controls to spaces. `*nods*` becomes `(nods)` where
 * it is a stage action; stars around a word for emphasis are dropped. Invalid UTF-8 becomes U+FFFD.
 */
#ifndef LOAD_FOLD_H
#define LOAD_FOLD_H

#include "base/str.h"

struct folded {
	struct slice said; /* as typed */
	struct slice text; /* folded, NUL-terminated */
	const uint32_t
	        *from; /* text.len + 1 offsets into `said`: where each folded byte came from */
};

/* The result lives in `arena`. */
void fold(struct slice said, struct arena *arena, struct folded *out);
/* The bytes of `said` behind a span of folded bytes: whole characters with their marks, from the
 * first one's origin to the end of the last one's, less trailing blanks. */
struct span fold_back(const struct folded *folded, struct span span);
/* Only the text. */
struct slice fold_text(struct slice said, struct arena *arena);

#endif
