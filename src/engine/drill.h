/* drill.h: a round of drill: which prompt comes next, and whether what was said is the move asked
 * for.
 *
 * Pure: no I/O, no clock; seconds and seed are handed in. The same set-up and the same answers give
 * the same round. */
#ifndef ENGINE_DRILL_H
#define ENGINE_DRILL_H

#include "engine/detect.h"
#include "load/deck.h"

/* After so many misses at one prompt a better version is shown, and the round goes on. */
#define DRILL_TRIES 2u

/* Something that can be asked. */
struct drill_item {
	const struct deck *deck;
	const struct deck_prompt *prompt;
	const struct deck_ask *ask;
	const struct deck_coach *coach; /* how it is asked for; or NULL */
	int64_t practised; /* later is higher; for the caller to set; 0: never */
	uint64_t rank; /* by the seed */
	bool used; /* in this round */
};

struct drill_setup {
	struct detector *detector;
	const struct deck *const *decks; /* in the order of authority: the last `coach` of a move
	                                  * counts */
	size_t deck_count;
	const struct deck *only; /* prompts of this one alone; or NULL */
	const bool *wanted; /* by move index; NULL: every move that a prompt asks for */
	const double *weakness; /* by move index, 0..1 (drill_weakness); NULL: nothing is known */
	size_t count; /* prompts in the round, at least 1 */
	bool blocks; /* one move after another, instead of mixed */
	double limit; /* seconds for an answer; 0: untimed */
	uint64_t seed;
};

struct drill;

/* What `setup` points to must outlive it. */
struct drill *drill_new(const struct drill_setup *setup);
void drill_free(struct drill *drill); /* NULL is fine */

/* All that can be asked, in the order of the decks; the caller may set `practised` before the first
 * drill_next. */
struct drill_item *drill_items(struct drill *drill, size_t *count);
/* How many prompts there will be: the count, or fewer when there is not so much to ask. */
size_t drill_length(const struct drill *drill);
/* Moves on to the next prompt: the weakest moves first and more often, the same move twice running
 * only when nothing else is left; of a move's prompts the one practised longest ago. A move missed
 * in this round comes sooner again. NULL when the round is over. */
const struct drill_item *drill_next(struct drill *drill);
/* What was said before at this prompt: the context in which an answer is heard. */
void drill_context(struct detector *detector, const struct deck_prompt *prompt, struct arena *arena,
                   struct history *history);

/* Hears what was said as `move`, which was asked for: as the detector does, but that a move asked
 * for does not give way to another one that helps. The detection of it lives in `arena`; NULL with
 * `miss` (may be NULL) when it is none. */
const struct detection *drill_hears(struct detector *detector, struct slice said,
                                    const struct history *before, const struct move *move,
                                    struct arena *arena, struct detections *heard,
                                    struct near_miss *miss);

/* One answer judged. Text lives in the arena handed in, or in the deck. */
struct drill_verdict {
	bool hit;
	bool late; /* a hit after the limit */
	struct slice quote; /* hit: the words that carry it, as typed; may be empty for a silence */
	const struct detection *found; /* hit */
	const struct detection *beside; /* hit: something unhelpful that was said too; or NULL */
	const struct detection *instead; /* miss: what was heard instead, where that is what
	                                  * `words` speak of; or NULL */
	struct slice words; /* miss: what it was, and what to do, for people */
	bool close; /* miss: it has the form; only whether it gives back what was said is in doubt
	             */
	bool same; /* miss: the miss before at this prompt was told the same */
	const struct deck_say *better; /* set after the last try: a good version */
	bool over; /* the next prompt comes now */
	uint32_t tries; /* this one counted */
	struct detections heard;
};

/* Judges what was said to the prompt at hand. */
void drill_answer(struct drill *drill, struct slice said, double seconds, struct arena *arena,
                  struct drill_verdict *out);
/* The answer judged last was the move after all, says the mentor. False when there was none, or it
 * was a hit. `*over` becomes true when the prompt at hand is done by it. */
bool drill_accept(struct drill *drill, bool *over);
/* Leaves the prompt at hand, as not hit; a good version of it. */
const struct deck_say *drill_skip(struct drill *drill);
/* Why was the move not heard in it? After drill_answer and before drill_next. */
void drill_why_not(struct drill *drill, struct slice said, struct arena *arena,
                   struct near_miss *out);

/* How one move went in the round. */
struct drill_tally {
	const struct move *move;
	uint32_t asked;
	uint32_t at_once; /* hit at the first try, in time */
	uint32_t hit; /* in the end, those at once counted in */
	const struct drill_item *missed; /* the last one that was not hit at once; or NULL */
};

struct drill_summary {
	const struct drill_tally *tallies; /* of moves that were asked; those that came at once
	                                    * first, the weakest last */
	size_t count;
	uint32_t asked, at_once, hit;
	double seconds; /* of all answers together */
	const struct drill_tally *carry; /* the one to carry into the next conversation; NULL when
	                                  * nothing was asked */
};
/* Of all prompts that were answered or left so far. Lives in `arena`. */
void drill_sum(const struct drill *drill, struct arena *arena, struct drill_summary *out);

/* The share of misses to expect, by Laplace's rule of succession: (misses + 1) / (tries + 2). */
double drill_weakness(uint32_t tries, uint32_t hits);

/* How the item's move is asked for: the coach's task, or the move's title and advice. */
struct slice drill_task(const struct drill_item *item, struct arena *arena);
/* The hint of the deck; else how a good version begins, or for a short one the move's advice. May
 * be empty. */
struct slice drill_hint(const struct drill_item *item, struct arena *arena);

#endif
