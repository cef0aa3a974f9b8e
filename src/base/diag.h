/* diag.h: what is wrong with a file, and where; and what is wrong with the environment.
 *
 * A bad file fills a `struct diags`; a bad environment (no such file, no permission) fills a
 * `struct err`. Printing goes into a buffer: this layer touches no terminal. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/str.h"

/* One loaded text with its name, alive as long as anything that points into it. */
struct source {
	struct slice path; /* as shown to people */
	struct slice text;
};

/* A range of bytes within a source. `line` counts from 1; 0 means the file as a whole. */
struct place {
	const struct source *source;
	uint32_t line;
	uint32_t at; /* byte offset into source->text */
	uint32_t len;
};

enum diag_kind { DIAG_ERROR, DIAG_WARNING };

struct diag {
	enum diag_kind kind;
	struct place place;
	struct slice message; /* lower case, no full stop: what is wrong, and what to do */
	const char *id; /* what kind of finding, for programs; or NULL */
};

/* Zero-initialise, then diags_release. */
struct diags {
	struct arena arena;
	struct diag *items;
	size_t count;
	size_t cap;
	size_t errors; /* all that were said, also those past the limit a file */
	size_t warnings;
};

struct err {
	char text[512]; /* one sentence without full stop: what, where, what to do */
};

void err_set(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* At most LIMIT_DIAGS_A_FILE of each source are kept; all are counted. */
void diag_error(struct diags *diags, struct place place, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
void diag_warn(struct diags *diags, struct place place, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
/* Names those that have no name yet: “unreachable-beat”. `id` is kept as a pointer. */
void diags_name(struct diags *diags, const char *id);
void diags_release(struct diags *diags);

/* `file:line:col: error: message`, the source line and a caret under the place for each, in the
 * order of file and line; columns count characters, carets display width, control characters are
 * shown as U+FFFD. Ends with a line that counts those of a file beyond the limit. */
void diags_print(const struct diags *diags, struct strbuf *out);

/* Where a place is, for people: the line (1-based), the column in characters (1-based). */
uint32_t place_column(struct place place);
/* A place `offset` bytes further on in the same line, `len` bytes long. */
struct place place_within(struct place place, size_t offset, size_t len);
/* The place of `part`, which must point into `source->text`. */
struct place place_of(const struct source *source, struct slice part);

/* The known word nearest to a mistyped one. Offer every candidate, then ask: the best within a
 * third of its letters (at least one edit, transpositions count one), or the empty slice. */
struct nearest {
	struct slice word;
	struct slice best;
	size_t distance;
};
void nearest_init(struct nearest *nearest, struct slice word);
void nearest_offer(struct nearest *nearest, struct slice candidate);
/* "; did you mean ‘best’?" or "". The text lives in the arena. */
const char *nearest_hint(const struct nearest *nearest, struct arena *arena);

#endif
