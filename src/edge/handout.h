/* handout.h: a scenario on paper, for pairs who practise without a computer.
 *
 * Markdown that prints on two sides: the brief and the observer's sheet, then (to be folded away
 * from the mentor) who the ECT is, what the ECT says when asked and what stays untold until it is
 * asked for well. */
#ifndef EDGE_HANDOUT_H
#define EDGE_HANDOUT_H

#include "load/scenario.h"

/* Appends the handout. Text of the files is cleaned, and its Markdown signs are made harmless. */
void handout_write(const struct scenario *scenario, const struct ruleset *ruleset,
                   struct strbuf *out);

#endif
