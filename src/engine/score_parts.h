/* score_parts.h: what the files of score share; nobody else includes it. */
#ifndef ENGINE_SCORE_PARTS_H
#define ENGINE_SCORE_PARTS_H

#include "engine/score.h"

struct scoring {
	const struct ruleset *ruleset;
	const struct score_turn *turns;
	size_t count;
	struct slice name; /* hers, as far as known: a name in common makes no common issue */
	struct arena *arena;
	struct issue_talk *talk; /* made when first asked for */
};

/* Whether detection `index` of a turn counts: neither an act nor struck by the mentor. */
bool score_counts(const struct score_turn *turn, size_t index);
/* The mentor's words that carry a detection. */
struct slice score_words(const struct score_turn *turn, const struct detection *detection);

/* score_issue.c: finds which quotes of a sequence are about one issue, sets `complete` and
 * `in_order`, and brings the quotes of the best issue to the front of their items. */
void score_issue(struct scoring *scoring, struct framework_score *score);

/* What a move adds to an axis, and whether a detection is the most confident of its move in the
 * turn, the earlier of equals. */
int score_axis(const struct move *move, struct slice axis);
bool score_is_best(const struct score_turn *turn, size_t index);

/* score_turned.c: sets `turned`, for a grid that asks for it. */
void score_turned(const struct scoring *scoring, struct framework_score *score);

/* score_grid.c */
void score_grid(const struct scoring *scoring, struct framework_score *score);
/* score_ladder.c */
void score_ladder(const struct scoring *scoring, struct framework_score *score);

#endif
