/* score_ladder.c: ladders, named heights of a meter. See struct ladder_score in score.h. */
#include "engine/score_parts.h"

/* So often the point is put aside before a calm talk ends where it is lost. Once may be comfort. */
#define ASIDE_LEAST 2

static bool is_one_of(const struct move *const *moves, size_t count, const struct move *move)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (moves[i] == move)
			return true;
	}
	return false;
}

/* The first detection of a turn whose move is one of these, or NULL. */
static const struct detection *first_of(const struct score_turn *turn,
                                        const struct move *const *moves, size_t count)
{
	size_t i;

	for (i = 0; turn->heard && i < turn->heard->count; i++) {
		const struct detection *found = &turn->heard->items[i];

		if (score_counts(turn, i) && is_one_of(moves, count, found->move))
			return found;
	}
	return NULL;
}

/* In how many of the first `turns` turns one of these was made. */
static size_t turns_with(const struct scoring *scoring, size_t turns,
                         const struct move *const *moves, size_t count)
{
	size_t with = 0;
	size_t i;

	for (i = 0; i < turns; i++)
		with += first_of(&scoring->turns[i], moves, count) != NULL;
	return with;
}

/* The highest level that holds at `value` after so many turns; under all of them the lowest. */
static const struct ladder_level *
level_at(const struct scoring *scoring, const struct framework *framework, int value, size_t turns)
{
	const struct ladder_level *best = &framework->levels[0];
	size_t i;

	for (i = 1; i < framework->level_count; i++) {
		const struct ladder_level *level = &framework->levels[i];

		if (level->from > value)
			break;
		if (level->need_count &&
		    !turns_with(scoring, turns, level->needs, level->need_count))
			continue;
		best = level;
	}
	return best;
}

static void add_quote(const struct scoring *scoring, struct framework_score *score, size_t *cap,
                      const struct score_turn *turn, const struct detection *found)
{
	score->quotes = arena_grow(scoring->arena, score->quotes, cap, score->quote_count + 1,
	                           sizeof(*score->quotes));
	score->quotes[score->quote_count++] =
	        (struct quote){turn->number, score_words(turn, found), found};
}

/* The level at which a calm talk ends because its point was put aside, or NULL. */
static const struct ladder_level *put_aside(const struct scoring *scoring,
                                            const struct framework *framework)
{
	size_t turns = scoring->count;
	size_t i;

	for (i = framework->level_count; i-- > 1;) {
		const struct ladder_level *level = &framework->levels[i];

		if (turns_with(scoring, turns, level->also, level->also_count) >= ASIDE_LEAST &&
		    !turns_with(scoring, turns, level->without, level->without_count))
			return level;
	}
	return NULL;
}

static void quote_aside(const struct scoring *scoring, struct framework_score *score)
{
	size_t cap = 0;
	size_t i;

	for (i = 0; i < scoring->count; i++) {
		const struct score_turn *turn = &scoring->turns[i];
		const struct detection *found =
		        first_of(turn, score->end->also, score->end->also_count);

		if (found)
			add_quote(scoring, score, &cap, turn, found);
	}
}

/* What lowered the meter most in a turn, or NULL. */
static const struct detection *lowered_by(const struct score_turn *turn, enum meter meter)
{
	const struct detection *best = NULL;
	int most = 0;
	size_t i;

	for (i = 0; turn->heard && i < turn->heard->count; i++) {
		const struct detection *found = &turn->heard->items[i];

		if (!score_counts(turn, i) || found->move->effects.change[meter] >= most)
			continue;
		most = found->move->effects.change[meter];
		best = found;
	}
	return best;
}

/* After its peak, the turns in which the meter fell. */
static void quote_down(const struct scoring *scoring, struct framework_score *score)
{
	enum meter meter = score->framework->meter;
	size_t cap = 0;
	size_t i;

	if (score->peak == &score->framework->levels[0])
		return; /* there was nothing to bring down */
	for (i = score->peak_turn; i < scoring->count; i++) {
		const struct score_turn *turn = &scoring->turns[i];
		const struct detection *found;

		if (turn->meters[meter] >= scoring->turns[i - 1].meters[meter])
			continue;
		found = lowered_by(turn, meter);
		if (found)
			add_quote(scoring, score, &cap, turn, found);
	}
}

void score_ladder(const struct scoring *scoring, struct framework_score *score)
{
	const struct framework *framework = score->framework;
	const struct ladder_level *aside;
	size_t i;

	for (i = 0; i < scoring->count; i++) {
		const struct score_turn *turn = &scoring->turns[i];
		const struct ladder_level *level;

		if (!turn->meters)
			return;
		score->end_value = turn->meters[framework->meter];
		level = level_at(scoring, framework, score->end_value, i + 1);
		score->end = level;
		if (score->peak && (level < score->peak || (level == score->peak &&
		                                            score->end_value <= score->peak_value)))
			continue;
		score->peak = level;
		score->peak_value = score->end_value;
		score->peak_turn = turn->number;
	}
	if (!score->end)
		return;
	aside = score->end == &framework->levels[0] ? put_aside(scoring, framework) : NULL;
	if (!aside) {
		quote_down(scoring, score);
		return;
	}
	score->put_aside = true;
	score->end = aside;
	if (aside > score->peak) {
		score->peak = aside;
		score->peak_turn = (uint32_t)scoring->count;
	}
	quote_aside(scoring, score);
}
