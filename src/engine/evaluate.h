/* evaluate.h: how well moves are found: counts against what people coded, and the usual figures.
 *
 * Pure arithmetic over sets of moves a turn. */
#ifndef ENGINE_EVALUATE_H
#define ENGINE_EVALUATE_H

#include "base/str.h"

struct evaluate_count {
	uint32_t hits, misses, alarms; /* turns: wanted and found, only wanted, only found */
};

struct evaluate {
	size_t moves;
	uint32_t turns;
	struct evaluate_count *counts; /* by move */
	uint32_t *confused; /* moves × moves: turns in which the row was missed and the column was
	                       a false alarm */
};

void evaluate_init(struct evaluate *evaluate, size_t moves);
void evaluate_release(struct evaluate *evaluate);
/* One turn: what people coded, what was found; `moves` truths each. */
void evaluate_turn(struct evaluate *evaluate, const bool *wanted, const bool *found);

/* A figure without a denominator is 0; `defined` tells whether F1 means anything (the move was
 * wanted or found at all). */
struct evaluate_figures {
	double precision, recall, f1;
	double kappa; /* Cohen's, over turns; 1 when both never say it */
	uint32_t support, found; /* rounded, if weighted */
	bool defined;
};
/* The same of any counts, which may be weighted: hits, misses, false alarms, all. */
struct evaluate_tally {
	double hits, misses, alarms, all;
};
struct evaluate_figures evaluate_tally(const struct evaluate_tally *tally);
struct evaluate_figures evaluate_move(const struct evaluate *evaluate, size_t move);
/* Mean F1 of those of the `count` moves that are defined and have at least `support` positives;
 * `*used` counts them. */
double evaluate_macro(const struct evaluate *evaluate, const size_t *moves, size_t count,
                      uint32_t support, size_t *used);
/* F1 of all decisions pooled. */
double evaluate_micro(const struct evaluate *evaluate);

/* F1 of `count` moves pooled. */
double evaluate_pooled(const struct evaluate *evaluate, const size_t *moves, size_t count);

/* The 95% interval of a pooled F1, bootstrapped over groups that hang together (conversations),
 * each with its counts. The same groups give the same interval. */
void evaluate_interval(const struct evaluate_count *groups, size_t count, double *low,
                       double *high);

/* Verdicts out of several classes against people's: `counts[coded * classes + found]`. */
struct evaluate_agreement {
	uint32_t all, agreed;
	uint32_t majority; /* that the commonest of people's verdicts agrees with */
	double kappa; /* Cohen's; 0 when chance alone would agree */
	double balanced; /* mean over the classes people used of the share that was found */
	double constant; /* the same for any constant verdict */
};
struct evaluate_agreement evaluate_verdicts(const uint32_t *counts, size_t classes);

struct evaluate_confusion {
	size_t missed, found; /* moves */
	uint32_t turns;
};
/* The worst at most `max` confusions, worst first, ties in the order of moves; in `arena`. */
size_t evaluate_confusions(const struct evaluate *evaluate, size_t max, struct arena *arena,
                           struct evaluate_confusion **out);

#endif
