/* outline.h: the one syntax of all our files, as a tree of lines.
 *
 * By line and indentation: see rehearse-rules(5). Knows nothing of what the keywords mean, but
 * which of them hold prose. */
#ifndef LOAD_OUTLINE_H
#define LOAD_OUTLINE_H

#include "base/diag.h"

struct line {
	struct slice keyword; /* the first word; `title:` is `title` */
	struct slice rest; /* what follows it, without surrounding blanks */
	struct slice text; /* the whole line without indentation and trailing blanks */
	struct place place; /* of `text` */
	bool after_blank; /* a blank line stands before it: a new paragraph */
	const struct line *parent;
	const struct line *child; /* first */
	const struct line *next; /* sibling */
};

/* Which lines hold prose: below these indentation may be uneven, words are no keywords. NULL ends
 * the list. */
struct outline_grammar {
	const char *const *prose;
};

/* Parses a whole text into a tree under a root without words. Lines and their text live in `arena`
 * and point into `source->text`. Never fails: what is wrong goes to `diags` (tabs, uneven siblings,
 * invalid UTF-8, NUL and other control bytes, limits), the rest is kept, so that one run shows all
 * mistakes. CRLF and a BOM are accepted, comments
 * (`#` alone or `# `) left out. */
const struct line *outline_parse(const struct source *source, const struct outline_grammar *grammar,
                                 struct arena *arena, struct diags *diags);

/* The first word of a line as a keyword: without a colon at its end. */
struct slice outline_keyword(struct slice word);

/* The place of the line's `rest`, or of the line when there is none. */
struct place outline_rest_place(const struct line *line);

/* The place of a part of the line. */
struct place outline_place(const struct line *line, struct slice part);

/* The next of the parts between commas, trimmed; an empty one is an error and is skipped. Begin
 * with {text, text.len > 0}. */
struct outline_parts {
	struct slice rest;
	bool more;
};
bool outline_part(const struct line *line, struct outline_parts *parts, struct slice *part,
                  struct diags *diags);

/* The rest of the line and the prose below it as one text. */
struct slice outline_text(const struct line *line, struct arena *arena);
/* All prose below `line` as one text: lines joined by a space, paragraphs by a blank line. */
struct slice outline_prose(const struct line *line, struct arena *arena);

#endif
