/* clause.h: folded text cut into clauses and words. English; what a tired person types.
 *
 * A clause ends at . ! ? … ; a newline, a colon or spaced dash, not after abbreviations (yr. e.g.
 * mr. p. 3.30) or within numbers. A stage action in round brackets ("(nods)": up to six words, not
 * beginning with I, you, we, it, they) is a clause of its own kind. A text without words is one
 * clause. A run-on past LIMIT_CLAUSE_BYTES is cut. */
#ifndef LOAD_CLAUSE_H
#define LOAD_CLAUSE_H

#include "load/fold.h"

enum clause_kind { CLAUSE_SPEECH, CLAUSE_ACTION };

struct clause {
	struct span where; /* folded bytes, blanks trimmed, closing punctuation included */
	enum clause_kind kind;
	bool question; /* by form: "?" or question word or inversion at its start, after openers
	                  like "so" or "ok sam" */
	bool marked; /* ends in "?" */
	uint32_t words;
};

struct clauses {
	struct clause *items;
	size_t count; /* at least 1, at most LIMIT_CLAUSES */
	uint32_t words; /* of speech, over all */
	uint32_t questions; /* clauses of speech that are questions */
};

/* Lives in `arena`. */
void clause_split(struct slice folded, struct arena *arena, struct clauses *out);

/* The text with its stage actions blanked: what is said in it. In `arena`. */
struct slice clause_speech(struct slice folded, const struct clauses *clauses, struct arena *arena);

/* The next word (letters, digits, inner apostrophes and hyphens) at or after `*at`; moves `*at`
 * behind it. */
bool clause_word(struct slice folded, size_t *at, struct span *word);
/* False for words that carry no content of their own (the, you, was, really, ok …). */
bool clause_is_content(struct slice word);

#endif
