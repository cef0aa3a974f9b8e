/* options.h: what stands on the command line: long options, their values, and the rest.
 *
 * `--name value`, `--name=value`, `--flag`, `-h`, `-V`; `--` ends the options, which may otherwise
 * stand anywhere. */
#ifndef EDGE_OPTIONS_H
#define EDGE_OPTIONS_H

#include "base/diag.h"

struct option {
	const char *name; /* without dashes; NULL ends a table */
	const char *value; /* what its value is called in the help; NULL for a flag; in square
	                      brackets ("[MOVE]") it may be left out, and stands after a = only */
	const char *help; /* one line */
	char letter; /* its short form, or 0 */
};

/* Every command's: rules, scenarios, shipped-only, plain, help. */
extern const struct option options_common[];

struct option_use {
	const struct option *option;
	struct slice value; /* empty for a flag, and where it was left out */
};

struct options {
	struct option_use *uses; /* in the order given */
	size_t use_count, use_cap;
	struct slice *words; /* what is no option */
	size_t word_count, word_cap;
};

/* Reads `count` arguments against both tables (`own` may be NULL). The result lives in `arena`,
 * its text in `args`. False with words when one is unknown or lacks its value. */
bool options_read(const struct option *own, const char *const *args, size_t count,
                  struct arena *arena, struct options *out, struct err *err);

bool options_have(const struct options *options, const char *name);
/* The value of the last use, or the empty slice with at == NULL. */
struct slice options_value(const struct options *options, const char *name);
/* All values of a repeated option, in the order given. */
size_t options_values(const struct options *options, const char *name, struct arena *arena,
                      struct slice **values);
/* The value as one of `choices` (NULL ends them), the first when it was not given; -1 with words
 * when it is none of them. */
int options_choice(const struct options *options, const char *name, const char *const *choices,
                   struct err *err);

/* The value as a whole number from `min` to `max` in `*number`, which stays as it is when the
 * option or its value was left out. False with words when it is none. */
bool options_number(const struct options *options, const char *name, long min, long max,
                    long *number, struct err *err);
#define OPTIONS_SEED_MOST 2147483647L /* what --seed takes */

/* The options of a table as lines of help, aligned. */
void options_help(const struct option *table, struct strbuf *out);

#endif
