/* corpus.h: utterances of other people's corpora with the labels these gave them: tab separated.
 *
 * The header line names the columns: `text` and `labels` must be there; `prev_other` (what the
 * other said before), `dialogue_id`, `turn`, `unsure` and `weight` may be. Labels are parted by
 * commas; “none” is none of those the corpus annotates. A row says nothing about the labels in
 * `unsure`, and stands for `weight` rows of the source (1 if not given). Nothing is quoted. */
#ifndef EDGE_CORPUS_H
#define EDGE_CORPUS_H

#include "base/diag.h"

struct corpus_row {
	struct slice dialogue, turn, before, text, labels, unsure; /* as in the file */
	double weight;
	uint32_t line;
};

struct corpus {
	struct arena arena;
	struct source source;
	struct corpus_row *rows;
	size_t count, cap;
};

/* Does the first line name `text` and `labels`? */
bool corpus_is(struct slice text);
/* What is wrong with a line goes to `diags` and leaves it out. corpus_release it. */
void corpus_parse(struct slice path, struct slice text, struct corpus *corpus, struct diags *diags);
void corpus_release(struct corpus *corpus);
/* Whether a comma-separated cell has the label. */
bool corpus_has(struct slice cell, struct slice label);

#endif
