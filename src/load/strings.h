/* strings.h: what there is to translate in a scenario or temperament, and the file with it put in.
 *
 * Works on the text by its outline, so that everything else in the file (structure, comments, what
 * is not translated) stays as its author wrote it. */
#ifndef LOAD_STRINGS_H
#define LOAD_STRINGS_H

#include "base/diag.h"

/* One text to translate: a paragraph, a line of speech, a pattern. */
struct string {
	struct slice context; /* with the text it is one of its kind: "opening/on greeting/Sam" */
	struct slice text;
	const char *note; /* for the translator; or NULL */
	uint32_t line; /* in the file */
	struct span where; /* bytes of the file that it stands in */
};

struct strings {
	struct string *items;
	size_t count, cap;
};

/* All of a well-formed file, in its order; in `arena`, pointing into `source->text` where it stands
 * in one piece. What is wrong with the outline goes to `diags`. */
void strings_find(const struct source *source, struct arena *arena, struct strings *out,
                  struct diags *diags);

/* Appends the file with `translations` (one for each of `strings`, empty to leave it) in place, and
 * with `language` in its head. Line ends in a translation become blanks. */
void strings_put(const struct source *source, const struct strings *strings,
                 const struct slice *translations, struct slice language, struct strbuf *out);

#endif
