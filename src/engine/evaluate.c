/* evaluate.c: see evaluate.h. */
#include "engine/evaluate.h"

#define RESAMPLES 2000u
#define RESAMPLES_OUTSIDE 50u /* 2.5% on either side */

void evaluate_init(struct evaluate *evaluate, size_t moves)
{
	*evaluate = (struct evaluate){.moves = moves};
	evaluate->counts = mem_alloc(moves * sizeof(*evaluate->counts));
	evaluate->confused = mem_alloc(moves * moves * sizeof(*evaluate->confused));
}

void evaluate_release(struct evaluate *evaluate)
{
	free(evaluate->counts);
	free(evaluate->confused);
	*evaluate = (struct evaluate){0};
}

void evaluate_turn(struct evaluate *evaluate, const bool *wanted, const bool *found)
{
	size_t i;
	size_t j;

	evaluate->turns++;
	for (i = 0; i < evaluate->moves; i++) {
		struct evaluate_count *count = &evaluate->counts[i];

		count->hits += wanted[i] && found[i];
		count->misses += wanted[i] && !found[i];
		count->alarms += !wanted[i] && found[i];
		if (!wanted[i] || found[i])
			continue;
		for (j = 0; j < evaluate->moves; j++)
			evaluate->confused[i * evaluate->moves + j] += found[j] && !wanted[j];
	}
}

static double share(double part, double whole)
{
	return whole > 0 ? part / whole : 0;
}

static double f1_of(double hits, double misses, double alarms)
{
	return share(2 * hits, 2 * hits + misses + alarms);
}

struct evaluate_figures evaluate_tally(const struct evaluate_tally *tally)
{
	double support = tally->hits + tally->misses;
	double found = tally->hits + tally->alarms;
	double all = tally->all;
	double agreed = share(all - tally->misses - tally->alarms, all);
	double both = share(support, all) * share(found, all);
	double neither = share(all - support, all) * share(all - found, all);
	double chance = both + neither;

	return (struct evaluate_figures){
	        .precision = share(tally->hits, found),
	        .recall = share(tally->hits, support),
	        .f1 = f1_of(tally->hits, tally->misses, tally->alarms),
	        .kappa = chance < 1 ? (agreed - chance) / (1 - chance) : 1,
	        .support = (uint32_t)(support + 0.5),
	        .found = (uint32_t)(found + 0.5),
	        .defined = support > 0 || found > 0,
	};
}

struct evaluate_figures evaluate_move(const struct evaluate *evaluate, size_t move)
{
	const struct evaluate_count *count = &evaluate->counts[move];

	return evaluate_tally(&(struct evaluate_tally){count->hits, count->misses, count->alarms,
	                                               evaluate->turns});
}

double evaluate_macro(const struct evaluate *evaluate, const size_t *moves, size_t count,
                      uint32_t support, size_t *used)
{
	double sum = 0;
	size_t i;

	*used = 0;
	for (i = 0; i < count; i++) {
		struct evaluate_figures figures = evaluate_move(evaluate, moves[i]);

		if (!figures.defined || figures.support < support)
			continue;
		sum += figures.f1;
		++*used;
	}
	return share(sum, (double)*used);
}

double evaluate_micro(const struct evaluate *evaluate)
{
	double hits = 0;
	double misses = 0;
	double alarms = 0;
	size_t i;

	for (i = 0; i < evaluate->moves; i++) {
		hits += evaluate->counts[i].hits;
		misses += evaluate->counts[i].misses;
		alarms += evaluate->counts[i].alarms;
	}
	return f1_of(hits, misses, alarms);
}

double evaluate_pooled(const struct evaluate *evaluate, const size_t *moves, size_t count)
{
	struct evaluate_count sum = {0};

	for (size_t i = 0; i < count; i++) {
		const struct evaluate_count *one = &evaluate->counts[moves[i]];

		sum.hits += one->hits;
		sum.misses += one->misses;
		sum.alarms += one->alarms;
	}
	return f1_of(sum.hits, sum.misses, sum.alarms);
}

/* splitmix64: the same everywhere. */
static uint64_t next_number(uint64_t *state)
{
	uint64_t mixed = *state += UINT64_C(0x9E3779B97F4A7C15);

	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
	return mixed ^ (mixed >> 31);
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a;
	double right = *(const double *)b;

	return left < right ? -1 : left > right;
}

void evaluate_interval(const struct evaluate_count *groups, size_t count, double *low, double *high)
{
	double *figures = mem_alloc(RESAMPLES * sizeof(*figures));
	uint64_t state = SLICE_HASH_SEED;

	for (size_t i = 0; i < RESAMPLES; i++) {
		double hits = 0;
		double misses = 0;
		double alarms = 0;

		for (size_t j = 0; j < count; j++) {
			const struct evaluate_count *group = &groups[next_number(&state) % count];

			hits += group->hits;
			misses += group->misses;
			alarms += group->alarms;
		}
		figures[i] = f1_of(hits, misses, alarms);
	}
	qsort(figures, RESAMPLES, sizeof(*figures), by_size);
	*low = figures[RESAMPLES_OUTSIDE];
	*high = figures[RESAMPLES - 1 - RESAMPLES_OUTSIDE];
	free(figures);
}

struct evaluate_agreement evaluate_verdicts(const uint32_t *counts, size_t classes)
{
	struct evaluate_agreement out = {0};
	double chance = 0;
	size_t coded_classes = 0;

	for (size_t i = 0; i < classes * classes; i++)
		out.all += counts[i];
	for (size_t i = 0; i < classes; i++) {
		uint32_t coded = 0;
		uint32_t found = 0;

		for (size_t j = 0; j < classes; j++) {
			coded += counts[i * classes + j];
			found += counts[j * classes + i];
		}
		out.agreed += counts[i * classes + i];
		out.majority = coded > out.majority ? coded : out.majority;
		chance += share(coded, out.all) * share(found, out.all);
		out.balanced += share(counts[i * classes + i], coded);
		coded_classes += coded > 0;
	}
	out.balanced = share(out.balanced, (double)coded_classes);
	out.constant = share(1, (double)coded_classes);
	out.kappa = chance < 1 ? (share(out.agreed, out.all) - chance) / (1 - chance) : 0;
	return out;
}

static int by_turns(const void *a, const void *b)
{
	const struct evaluate_confusion *left = a;
	const struct evaluate_confusion *right = b;

	if (left->turns != right->turns)
		return left->turns > right->turns ? -1 : 1;
	if (left->missed != right->missed)
		return left->missed < right->missed ? -1 : 1;
	return left->found < right->found ? -1 : left->found > right->found;
}

size_t evaluate_confusions(const struct evaluate *evaluate, size_t max, struct arena *arena,
                           struct evaluate_confusion **out)
{
	struct evaluate_confusion *all = NULL;
	size_t cap = 0;
	size_t count = 0;
	size_t i;

	for (i = 0; i < evaluate->moves * evaluate->moves; i++) {
		if (evaluate->confused[i] == 0)
			continue;
		all = arena_grow(arena, all, &cap, count + 1, sizeof(*all));
		all[count++] = (struct evaluate_confusion){i / evaluate->moves, i % evaluate->moves,
		                                           evaluate->confused[i]};
	}
	if (count > 1)
		qsort(all, count, sizeof(*all), by_turns);
	*out = all;
	return count < max ? count : max;
}
