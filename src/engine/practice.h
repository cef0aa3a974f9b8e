/* practice.h: what one conversation leaves for the practice log, how figures run, and what to
 * practise next.
 *
 * Pure: no log, no clock. What is due is schedule.h's to say. */
#ifndef ENGINE_PRACTICE_H
#define ENGINE_PRACTICE_H

#include "engine/debrief.h"
#include "engine/schedule.h"

/* One figure of a conversation. */
enum tally_kind {
	TALLY_MOVE, /* value: utterances that made it; of: 1 when it was called for */
	TALLY_FRAMEWORK, /* value of `of`: items heard; or the number of the cell or highest level,
	                    from 1, of all there are (0: none) */
	TALLY_METER, /* at the end, of METER_MAX */
	TALLY_MEASURE, /* value of `of`: words of all words, cues met of those shown … */
	TALLY_SCENARIO, /* value: 1 when it ended well; of: 1 when it ended and could have */
	TALLY_KINDS
};
const char *tally_kind_name(enum tally_kind kind);
bool tally_kind_of(struct slice name, enum tally_kind *kind);

struct tally {
	enum tally_kind kind;
	struct slice id;
	double value;
	double of;
};

/* Those of a conversation that was looked back on, in `arena`. A move is called for when the
 * scenario practises it by name or as part of a sequence, when the mentor `chose` it, or when the
 * debrief's step names a place for it; and when it was heard, as part of a checklist that the
 * scenario practises. Moves neither heard nor called for have no tally. */
struct tally *practice_tallies(const struct debrief *debrief, const struct move *const *chose,
                               size_t chosen, struct arena *arena, size_t *count);

/* Whether fewer is better: a move that hurts, a checklist of such moves, a ladder of conflict. */
bool practice_is_unhelpful(const struct move *move);
bool practice_less_is_better(const struct framework *framework);

/* How figures run, oldest first: the later half against the earlier one. */
enum trend { TREND_SHORT /* fewer than three */, TREND_RISING, TREND_FALLING, TREND_STEADY };
enum trend practice_trend(const double *values, size_t count);

enum practice_kind { PRACTICE_MOVE, PRACTICE_SCENARIO };

/* Something that may come next. */
struct practice_item {
	enum practice_kind kind;
	struct slice id;
	struct schedule_item state;
	uint32_t missed; /* of the last conversations, those that called for it and did not hear it;
	                    1 for what was practised before and missed last */
	bool drilled_last; /* a drill was the last time it was practised */
};

/* Why. */
enum practice_reason {
	PRACTICE_DUE, /* it fades */
	PRACTICE_MISSED, /* it was called for, and never practised */
	PRACTICE_NEW, /* never played */
	PRACTICE_EARLY, /* nothing is due: what will be first */
};

/* What comes next: what is due, the most faded first; then a move that was called for and never
 * heard; then a scenario never played; then what is due soonest. Equals in the order given. NULL
 * when there are no items. */
const struct practice_item *practice_next(const struct practice_item *items, size_t count,
                                          double now, enum practice_reason *why);

#endif
