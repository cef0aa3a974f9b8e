/* factor.h: a pattern rewritten so that PCRE2 tries fewer alternatives.
 *
 * `(?:tired|sad|torn)` becomes `(?:t(?:ired|orn)|sad)`: of alternatives that begin with different
 * characters at most one kind can match at a place, so gathering those of a kind changes nothing
 * but the time it takes. What is tried, and in what order, stays the same where it matters. */
#ifndef LOAD_FACTOR_H
#define LOAD_FACTOR_H

#include "base/str.h"

/* Appends the rewritten pattern. False when there is something in it that is not
 * known here, or nothing to gain. */
bool factor(struct slice pattern, struct strbuf *out);

#endif
