/* transcript.h: a conversation as people write it down: `Mentor: …`, `Sam: …`.
 *
 * A line that begins with a name and a colon begins a turn; others go on with it, blank lines
 * between are passed over. The mentor is Mentor, M, Me or You, or whoever was named; everybody else
 * is the ECT. A name is up to three words with capitals, or one without; in front of it a time may
 * stand ([10:42]), after it a role or a stage direction in brackets. Where others speak more than
 * once, a word with a colon that comes once, and under the line it belongs to, is no speaker
 * ("Thursday: ask first"). Several of the mentor's lines are one turn, but for an empty one: a
 * pause. A line in brackets that begins with her name is hers.
 *
 * What /save and export write (record.h) is read as well: the words of that attempt. */
#ifndef EDGE_TRANSCRIPT_H
#define EDGE_TRANSCRIPT_H

#include "base/diag.h"

struct transcript_turn {
	bool mentor;
	struct slice words; /* paragraphs parted by newlines; empty: silence */
	struct place place; /* where it begins */
};

struct transcript {
	struct arena arena;
	struct source source;
	struct transcript_turn *turns; /* never two of the ECT's in a row */
	size_t count, cap;
	size_t utterances; /* of the mentor's */
	struct slice
	        name; /* hers: the first that is not the mentor's; “ECT” when she says nothing */
};

/* Reads a file, or standard input for "-". `mentor` is the mentor's name in it, or empty. What is
 * wrong inside goes to `diags`; with errors there the turns mean nothing. False with words when it
 * cannot be read. transcript_release it in any case. */
bool transcript_read(struct slice path, struct slice mentor, struct transcript *out,
                     struct diags *diags, struct err *err);
/* The same from text that was read. */
void transcript_parse(struct slice path, struct slice text, struct slice mentor,
                      struct transcript *out, struct diags *diags);
void transcript_release(struct transcript *transcript);

#endif
