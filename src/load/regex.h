/* regex.h: PCRE2 behind limits. The only module that includes pcre2.h.
 *
 * Patterns see folded text (fold.h), so they are compiled with UTF and UCP and without case
 * folding. Matching is under limits on steps and heap; depth is left unlimited, since steps and
 * heap bound it and PCRE2's JIT would not honour it. A pattern that was searched often is turned
 * into machine code (JIT), whose verdict counts only where the interpreter's must be the same;
 * elsewhere the interpreter is asked. In a clause the steps are granted anew at each place where a
 * match might begin, in an utterance's length once for all of it. */
#ifndef LOAD_REGEX_H
#define LOAD_REGEX_H

#include "base/str.h"

struct regex; /* compiled; read-only */
struct regex_scratch; /* match data and limits; one user at a time */

struct regex_error {
	size_t at; /* byte offset into the pattern */
	char text[200];
};

/* NULL and `*error` when the pattern does not compile. `text` is not kept. regex_free it. */
struct regex *regex_new(struct slice pattern, struct regex_error *error);
void regex_free(struct regex *regex);

struct regex_scratch *regex_scratch_new(void);
void regex_scratch_free(struct regex_scratch *scratch);
/* Fewer steps (or LIMIT_MATCH_STEPS again) for the searches to come. */
void regex_scratch_steps(struct regex_scratch *scratch, uint32_t steps);
/* From now on, once `searches` have given up, all do so at once. */
void regex_scratch_patience(struct regex_scratch *scratch, uint32_t searches);
/* A pattern gets machine code after so many searches; 0: with the first, UINT32_MAX: none is made
 * nor used. */
void regex_scratch_jit(struct regex_scratch *scratch, uint32_t searches);
/* From now on adds to `*steps` the parts of patterns that are looked at, and makes no machine code:
 * slow, for telling what is dear. NULL ends it. */
void regex_scratch_count(struct regex_scratch *scratch, uint64_t *steps);

enum regex_result { REGEX_NO, REGEX_YES, REGEX_GAVE_UP };

/* Searches `text` (valid UTF-8) from byte `from`. On REGEX_YES `*where` is the match. */
enum regex_result regex_find(const struct regex *regex, struct regex_scratch *scratch,
                             struct slice text, size_t from, struct span *where);
/* A named group of the last REGEX_YES with this very regex and scratch; false if it is unknown or
 * took no part. */
bool regex_group(const struct regex *regex, const struct regex_scratch *scratch, const char *name,
                 struct span *where);

#endif
