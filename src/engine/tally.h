/* tally.h: what many conversations with one scenario came to: endings, lines said, rules heard,
 * meters by turn. Every number is a count, or the first conversation in which something happened;
 * so the tallies of parts add up to the same whatever the parts were. */
#ifndef ENGINE_TALLY_H
#define ENGINE_TALLY_H

#include "engine/session.h"

#define TALLY_TURNS 30u /* meters are kept so far; what comes after counts as the last */
#define TALLY_VALUES (METER_MAX - METER_MIN + 1)
#define TALLY_NEVER UINT64_MAX
/* A line said again within so many turns is a repeat. */
#define TALLY_REPEAT_TURNS 12u

/* Sums of one style. */
struct tally_style {
	uint64_t runs;
	uint64_t turns;
	uint64_t fallbacks; /* turns answered by nothing more than “a question”, “a statement” */
	uint64_t repeats; /* turns in which a line came again, nothing else being left to say */
	uint64_t spurned; /* … although something else fitted */
	uint64_t tells; /* told */
	uint64_t agreed; /* runs in which a step was taken */
	uint64_t good; /* runs that ended well */
	uint64_t words; /* of the mentor's */
	/* [turn - 1][meter][value]: conversations in which the meter stood there after the turn; a
	 * conversation that has ended keeps its last values. */
	uint64_t meters[TALLY_TURNS][METERS][TALLY_VALUES];
};

/* Conversations are numbered from 0; first_… is the lowest number, or TALLY_NEVER. */
struct tally {
	const struct scenario *scenario;
	const struct ruleset *ruleset;
	size_t style_count;
	struct tally_style *styles;
	uint64_t *endings; /* [style * (ending_count + 1) + ending]; the last: none was reached */
	uint64_t *first_ending; /* [ending], the last: none */
	uint64_t *said; /* [alternative]: conversations it was said in */
	uint64_t *first_said;
	uint64_t *fallen; /* [reply]: turns in which it was the fallback */
	uint64_t *again; /* [reply]: turns in which it was a repeat */
	uint64_t *heard; /* [rule]: turns in which it found something */
	uint64_t *named; /* [topic]: utterances that name it */
	uint64_t ups[METERS], downs[METERS]; /* turns in which the meter rose, fell */
	uint64_t first_fallback, first_repeat, first_spurned;
	struct arena arena;
};

struct tally *tally_new(const struct scenario *scenario, const struct ruleset *ruleset,
                        size_t styles);
void tally_free(struct tally *tally);
/* Counts a conversation that has ended: the `number`th of all, held by style `style`. */
void tally_add(struct tally *tally, const struct session *session, size_t style, uint64_t number);
/* Adds another tally, of the same scenario (perhaps loaded twice) and rules. */
void tally_merge(struct tally *tally, const struct tally *part);

/* Of all styles together. */
struct tally_style tally_sum(const struct tally *tally);
/* Below which value (0..10) `share` of the conversations stood after a turn (from 1). */
int tally_quantile(const struct tally_style *style, uint32_t turn, enum meter meter, double share);

/* What she says, with where it stands: every reply of the scenario and its temperament, `then`
 * replies, facts, tells and endings included. Calls `visit` for each, in no order. */
void tally_replies(const struct scenario *scenario,
                   void (*visit)(void *context, const struct reply *reply), void *context);

#endif
