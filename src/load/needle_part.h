/* needle_part.h: what needle.c knows of the part of a pattern it has read; nobody else includes it.
 */
#ifndef LOAD_NEEDLE_PART_H
#define LOAD_NEEDLE_PART_H

#include "load/needle.h"

/* Alternatives that are kept as strings. */
#define STRINGS 2000u
/* Strings that two parts are multiplied out to. */
#define PRODUCT 32u

/* Within a string: a word boundary; and, first or last, no word character (but perhaps an end of
 * the text) just before or behind. */
#define EDGE '\1'
#define GAP '\2'

/* All that a part of the pattern can be. */
struct strings {
	struct slice *items;
	size_t count;
	size_t cap;
};

struct ways {
	struct needle_way *items;
	size_t count;
	size_t cap;
	bool known; /* else nothing is needed */
};

/* A part of a pattern. */
struct part {
	bool exact; /* it is one of `strings`; else it needs one of `ways` */
	bool looks; /* a lookaround: takes no place */
	bool repeats; /* one of `strings` once or more often */
	bool gap; /* holds no word character; not exact */
	bool soft; /* does not end in a word character, unless it is nothing; not exact */
	bool must; /* is not nothing; not exact */
	struct strings strings;
	struct ways ways;
};

struct reading {
	struct slice text;
	struct arena *arena;
	size_t at;
	size_t depth;
	bool lost; /* met something it does not know: nothing can be told */
};

static inline char peek(const struct reading *reading, size_t ahead)
{
	size_t at = reading->at + ahead;

	return at < reading->text.len ? reading->text.at[at] : '\0';
}

/* Exactly this string. */
struct part part_of_string(struct reading *reading, struct slice string);
void part_add_string(struct reading *reading, struct strings *strings, struct slice string);
/* EDGE or GAP alone, or with 0 nothing. */
struct strings part_just(struct reading *reading, char mark);
/* What must be there for the part; for one of the strings. */
struct ways part_ways(struct reading *reading, const struct part *part);
struct ways part_needs_string(struct reading *reading, const struct strings *strings);
struct ways part_both_ways(struct reading *reading, struct ways a, struct ways b);
/* Does it never end in a word character? */
bool part_is_soft(const struct part *part);
bool part_strings_soft(const struct strings *strings);
/* `atom` follows upon `branch`, which is exact until something in it is not; `strings` is the end
 * of it as far as it is. */
void part_append(struct reading *reading, struct part *branch, const struct part *atom);
/* What stood at the end of the branch must be there, with `mark` behind it. */
void part_flush(struct reading *reading, struct part *branch, char mark);
/* `either` or `branch`. */
void part_alternate(struct reading *reading, struct part *either, struct part *branch);

#endif
