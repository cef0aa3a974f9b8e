/* mastery.h: what the mentor did with each move before this conversation, as hints and debrief may
 * know it: words for a novice, a question for somebody who has the move.
 *
 * Pure: whoever keeps a log hands it in. Without it everybody is a novice, and every conversation
 * the first. */
#ifndef ENGINE_MASTERY_H
#define ENGINE_MASTERY_H

#include <stdbool.h>
#include <stdint.h>

/* So many earlier conversations stand beside this one. */
#define MASTERY_PAST 3
/* So many conversations in a row make a habit of it; below this chance of recall (0..1) it has
 * rested too long to be one. */
#define MASTERY_STREAK 3
#define MASTERY_RECALL 0.8

/* Of one move. Zero is a novice. */
struct mastery {
	uint32_t streak; /* in so many conversations running, up to the last, it was heard */
	double recall; /* schedule_recall now */
	uint32_t past[MASTERY_PAST]; /* how often it was heard in the last ones, oldest first */
	uint32_t past_count;
};

/* Has the mentor got the move? NULL: no. */
static inline bool mastery_firm(const struct mastery *mastery)
{
	return mastery && mastery->streak >= MASTERY_STREAK && mastery->recall >= MASTERY_RECALL;
}

#endif
