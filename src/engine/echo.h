/* echo.h: how much of what the mentor says is the ECT's own, by word stems.
 *
 * Remembers the ECT's lines (stage directions left out). Content words only (clause_is_content),
 * but for the run. */
#ifndef ENGINE_ECHO_H
#define ENGINE_ECHO_H

#include "base/stem.h"
#include "load/clause.h"

struct echo_memory; /* the ECT's lines so far */

struct echo_memory *echo_new(void);
void echo_free(struct echo_memory *memory);
void echo_clear(struct echo_memory *memory);
/* Another line of hers. */
void echo_add(struct echo_memory *memory, struct stemmer *stemmer, struct slice ect_line);

struct echo {
	double last; /* share of the content words that she used in her last line; 0 when there are
	                none */
	double all; /* … in any line */
	uint32_t run; /* longest run of words (content or not, at least one content) that stand so
	                 in her last line */
	double words; /* share of all its words, content or not, that stand in her last line; “I”
	                 and “you”, “my” and “your” count as the same, noises like “ok” and “hmm”
	                 not at all; 0 when there are none */
	bool asked; /* her last line ends with a question */
	uint32_t turns; /* how many of her lines are echoed: each echoed stem counts for the latest
	                   line that has it */
};

/* `folded` is a clause or an utterance, folded. */
struct echo echo_measure(struct echo_memory *memory, struct stemmer *stemmer, struct slice folded);

#endif
