/* compare.h: two attempts at one conversation: where they part, and what it changed. No I/O;
 * report_compare.c sets it on a page. */
#ifndef ENGINE_COMPARE_H
#define ENGINE_COMPARE_H

#include "engine/debrief.h"

/* What became of one framework. */
struct compare_change {
	const struct framework *framework;
	/* Checklist, sequence: items with a quote in one attempt only. What was said in turns that
	 * the other attempt was left off before is not lost. */
	const struct framework_item **gained, **lost;
	size_t gained_count, lost_count;
	/* Grid, ladder: titles of the cell, or the highest level; empty for none. */
	struct slice before, after;
};

struct comparison {
	const struct debrief *first, *second;
	/* The first turn in which the mentor did not say the same, or one of them had ended; one
	 * past the last turn when they are the same word for word. */
	uint32_t parts;
	uint32_t turns; /* of the longer one */
	bool same; /* word for word */
	struct compare_change *changes; /* frameworks that changed, in the ruleset's order */
	size_t change_count;
};

/* The result lives in `arena`; both debriefs, of one scenario and ruleset, must outlive it. */
void compare_make(const struct debrief *first, const struct debrief *second, struct arena *arena,
                  struct comparison *out);
/* The turn of an attempt, or NULL when it has none so late. */
const struct turn *compare_turn(const struct debrief *debrief, uint32_t number);
/* Whether the detection is to be named: the first of its move in the turn, no act, not struck. */
bool compare_names(const struct debrief *debrief, const struct turn *turn, size_t index);
/* "Last time turn 4: unsolicited solution. This time: open question." For people, one sentence or
 * two, appended. */
void compare_sentence(const struct comparison *comparison, struct strbuf *out);

#endif
