/* keyword.h: what a line is by its keyword: one table for each kind of file.
 *
 * A table knows every keyword: in which rooms it may stand, what must stand behind it, and what to
 * tell somebody who wrote it elsewhere. Rooms are small numbers, a set of them a bit set. */
#ifndef LOAD_KEYWORD_H
#define LOAD_KEYWORD_H

#include "load/outline.h"

enum keyword_below {
	BELOW_NOTHING,
	BELOW_TEXT, /* may stand behind the keyword or below it */
	BELOW_ITEMS, /* text, beside what must stand behind the keyword */
	BELOW_LINES
};

struct keyword {
	const char *name;
	int word; /* an enum of the table's owner; 0 is none */
	uint32_t rooms;
	const char *home; /* where it belongs, for whoever wrote it elsewhere */
	const char *needs; /* what must stand behind it; "" any or nothing; NULL nothing may */
	enum keyword_below below;
};

struct keywords {
	const struct keyword *items;
	size_t count;
};

bool keyword_stands(const struct keyword *keyword, unsigned room);
/* The keyword of that name in the room, else one of another room, or NULL. */
const struct keyword *keyword_find(const struct keywords *table, struct slice name, unsigned room);
/* Offers those of the room. */
void keyword_offer(const struct keywords *table, unsigned room, struct nearest *nearest);
/* Those of the room, in quotes, a comma between. */
void keyword_names(const struct keywords *table, unsigned room, struct strbuf *out);
/* Errors for what stands behind and below the line and may not, or is missing; false when the line
 * is of no use then. */
bool keyword_shape(const struct keyword *keyword, const struct line *line, struct diags *diags);
/* Notes the line in `*first`; false, and an error that names it, when one is there. */
bool keyword_once(const struct line **first, const struct line *line, struct diags *diags);

#endif
