/* pattern.h: patterns as authors write them, read before PCRE2 does.
 *
 * Finds the lists a pattern names and the mistakes PCRE2 lets through, because they are none to it:
 * letters that folded text never has, alternatives that match nothing. */
#ifndef LOAD_PATTERN_H
#define LOAD_PATTERN_H

#include "base/diag.h"

/* A `{list}` in a pattern. */
struct pattern_list {
	struct slice id;
	uint32_t at; /* of its `{` */
	uint32_t len; /* with both brackets */
};

struct pattern_lists {
	struct pattern_list *items;
	size_t count;
	size_t cap;
};

/* Reads `text`, which stands at `place`; false when something is wrong, said to `diags`. `lists`
 * may be NULL where there are none to name: then `{list}` is an error. What is found lives in
 * `arena`. */
bool pattern_check(struct slice text, struct place place, struct arena *arena,
                   struct pattern_lists *lists, struct diags *diags);

#endif
