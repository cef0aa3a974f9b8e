/* score_grid.c: grids, two axes fed by moves. */
#include "engine/score_parts.h"

#include <stdlib.h>

/* Where a value, in axis points a mentor turn, counts as low, middle or high. A conversation with
 * one confident +2 move in eight turns stands at 0.2: nothing said of the axis is low, a habit is
 * high. Without a middle cell on the axis there is one border. With one, low is where as much was
 * done against the axis as for it, and the middle reaches as far above the border as below: in the
 * coded conversations the avoiding and the competing mentors stand under 0, the others above. */
#define GRID_BORDER 0.15
#define GRID_MIDDLE_FROM 0.0
#define GRID_HIGH_FROM 0.30

enum band { BAND_ANY = -1, BAND_LOW, BAND_MIDDLE, BAND_HIGH };

/* How far `value` lies outside a band; 0 inside. */
static double outside(double value, int band, bool has_middle)
{
	double high = has_middle ? GRID_HIGH_FROM : GRID_BORDER;
	double low = has_middle ? GRID_MIDDLE_FROM : GRID_BORDER;

	if (band == BAND_LOW)
		return value < low ? 0 : value - low + 1e-9;
	if (band == BAND_MIDDLE)
		return value < low ? low - value : value < high ? 0 : value - high + 1e-9;
	if (band == BAND_HIGH)
		return value >= high ? 0 : high - value;
	return 0;
}

/* The cell that holds (x, y), or the nearest: a grid need not name all its squares. */
static const struct grid_cell *cell_at(const struct framework *framework, double x, double y)
{
	const struct grid_cell *best = NULL;
	double best_gap = 0;
	bool middle_x = false;
	bool middle_y = false;

	for (size_t i = 0; i < framework->cell_count; i++) {
		middle_x |= framework->cells[i].x == BAND_MIDDLE;
		middle_y |= framework->cells[i].y == BAND_MIDDLE;
	}
	for (size_t i = 0; i < framework->cell_count; i++) {
		const struct grid_cell *cell = &framework->cells[i];
		double gap = outside(x, cell->x, middle_x) + outside(y, cell->y, middle_y);

		if (!best || gap < best_gap) {
			best = cell;
			best_gap = gap;
		}
	}
	return best;
}

int score_axis(const struct move *move, struct slice axis)
{
	int change = 0;

	for (size_t i = 0; i < move->axis_count; i++)
		if (slice_eq(move->axes[i].name, axis))
			change += move->axes[i].change;
	return change;
}

bool score_is_best(const struct score_turn *turn, size_t index)
{
	const struct detection *found = &turn->heard->items[index];

	for (size_t i = 0; i < turn->heard->count; i++) {
		const struct detection *other = &turn->heard->items[i];

		if (i == index || other->move != found->move || !score_counts(turn, i))
			continue;
		if (other->confidence > found->confidence ||
		    (other->confidence >= found->confidence && i < index))
			return false;
	}
	return true;
}

/* A quote and what it weighs, to sort. */
struct pull {
	struct quote quote;
	double strength;
	size_t order; /* in the talk */
};

static int stronger(const void *left, const void *right)
{
	const struct pull *a = left;
	const struct pull *b = right;

	if (a->strength > b->strength)
		return -1;
	if (a->strength < b->strength)
		return 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

/* Strongest first; equals stay in the order of the talk. */
static void sort_quotes(const struct framework *framework, struct quote *quotes, size_t count,
                        struct arena *arena)
{
	struct pull *pulls = ARENA_ARRAY(arena, struct pull, count);

	for (size_t i = 0; i < count; i++) {
		const struct move *move = quotes[i].detection->move;
		int points = abs(score_axis(move, framework->axis_x)) +
		             abs(score_axis(move, framework->axis_y));

		pulls[i] = (struct pull){quotes[i], points * quotes[i].detection->confidence, i};
	}
	qsort(pulls, count, sizeof(*pulls), stronger);
	for (size_t i = 0; i < count; i++)
		quotes[i] = pulls[i].quote;
}

void score_grid(const struct scoring *scoring, struct framework_score *score)
{
	const struct framework *framework = score->framework;
	size_t cap = 0;

	for (size_t i = 0; i < scoring->count; i++) {
		const struct score_turn *turn = &scoring->turns[i];

		for (size_t j = 0; turn->heard && j < turn->heard->count; j++) {
			const struct detection *found = &turn->heard->items[j];
			int x = score_axis(found->move, framework->axis_x);
			int y = score_axis(found->move, framework->axis_y);

			if ((!x && !y) || !score_counts(turn, j) || !score_is_best(turn, j))
				continue;
			score->x += x * found->confidence;
			score->y += y * found->confidence;
			score->quotes = arena_grow(scoring->arena, score->quotes, &cap,
			                           score->quote_count + 1, sizeof(*score->quotes));
			score->quotes[score->quote_count++] =
			        (struct quote){turn->number, score_words(turn, found), found};
		}
	}
	if (!score->quote_count)
		return; /* nothing heard, nothing claimed */
	score->x /= (double)scoring->count;
	score->y /= (double)scoring->count;
	score->cell = cell_at(framework, score->x, score->y);
	sort_quotes(framework, score->quotes, score->quote_count, scoring->arena);
	if (framework->turns)
		score_turned(scoring, score);
}
