/* score_turned.c: where a grid's talk turned from one axis to the other. See struct turned in
 * score.h for what that means. */
#include "engine/score_parts.h"

/* A side has at least so many turns, or a single question would be a turning point. */
#define SIDE_LEAST 2
/* So much must the share of turns that lean one way change. */
#define GAP_LEAST 0.5

/* A mentor turn that leans to one axis. */
struct lean {
	const struct score_turn *turn;
	const struct detection *strongest; /* of the moves that lean its way */
	bool to_x;
};

/* Where the leaning turns part: the first of the second side. */
struct split {
	size_t at;
	double impurity;
};

/* False when the turn leans to neither. */
static bool lean_of(const struct framework *framework, const struct score_turn *turn,
                    struct lean *out)
{
	const struct detection *best[2] = {NULL, NULL};
	double most[2] = {0, 0};
	double sum = 0;
	size_t i;

	for (i = 0; turn->heard && i < turn->heard->count; i++) {
		const struct detection *found = &turn->heard->items[i];
		double pull = (score_axis(found->move, framework->axis_x) -
		               score_axis(found->move, framework->axis_y)) *
		              found->confidence;
		double strength = pull < 0 ? -pull : pull;
		bool x = pull > 0;

		if (strength <= 0 || !score_counts(turn, i) || !score_is_best(turn, i))
			continue;
		sum += pull;
		if (strength <= most[x])
			continue;
		most[x] = strength;
		best[x] = found;
	}
	*out = (struct lean){turn, best[sum > 0], sum > 0};
	return out->strongest && (sum > 1e-9 || sum < -1e-9);
}

/* The share of turns from `from` to before `to` that lean to x. */
static double share(const struct lean *leans, size_t from, size_t to)
{
	size_t count = 0;
	size_t i;

	for (i = from; i < to; i++)
		count += leans[i].to_x;
	return (double)count / (double)(to - from);
}

static bool parts(const struct lean *leans, size_t count, size_t at, struct split *out)
{
	double before = share(leans, 0, at);
	double after = share(leans, at, count);
	double gap = after > before ? after - before : before - after;
	bool rises = after > before;

	if (gap < GAP_LEAST ||
	    (rises ? before >= 0.5 || after <= 0.5 : before <= 0.5 || after >= 0.5))
		return false;
	*out = (struct split){at, (double)at * before * (1 - before) +
	                                  (double)(count - at) * after * (1 - after)};
	return leans[at].to_x == rises;
}

void score_turned(const struct scoring *scoring, struct framework_score *score)
{
	const struct framework *framework = score->framework;
	struct lean *leans = ARENA_ARRAY(scoring->arena, struct lean, scoring->count + 1);
	struct split best = {0};
	struct lean *first;
	size_t count = 0;
	size_t i;

	for (i = 0; i < scoring->count; i++)
		count += lean_of(framework, &scoring->turns[i], &leans[count]);
	for (i = SIDE_LEAST; i + SIDE_LEAST <= count; i++) {
		struct split split;

		if (parts(leans, count, i, &split) &&
		    (!best.at || split.impurity < best.impurity - 1e-9))
			best = split;
	}
	if (!best.at)
		return;
	first = &leans[best.at];
	score->turned = (struct turned){.from = first->to_x ? framework->axis_y : framework->axis_x,
	                                .to = first->to_x ? framework->axis_x : framework->axis_y,
	                                .quote = {first->turn->number,
	                                          score_words(first->turn, first->strongest),
	                                          first->strongest}};
}
