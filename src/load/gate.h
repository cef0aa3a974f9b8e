/* gate.h: what a condition asks for, as bounds and truths: can it ever hold, does one hold whenever
 * another does? */
#ifndef LOAD_GATE_H
#define LOAD_GATE_H

#include "load/expr.h"

/* One name or function with what is asked of it. */
struct gate_term {
	int id, arg; /* as expr_value is asked */
	bool truth; /* else a number */
	bool wanted; /* a truth: to be so, or not to be so */
	double low, high; /* a number: within, ends included */
	struct slice text; /* as written */
};

/* All of these together: one way in which the condition holds. */
struct gate_way {
	const struct gate_term *terms;
	size_t count;
};

/* Any of these. A condition with more than GATE_WAYS ways, or one that compares two names, is not
 * `known`: nothing can be told of it. */
#define GATE_WAYS 64u
struct gate {
	const struct gate_way *ways;
	size_t count;
	bool known;
};

/* Of a condition; NULL holds always. Lives in `arena`. */
struct gate gate_of(const struct expr *expr, struct arena *arena);

/* What each name may be: narrows `low` and `high`, or for a truth whether it may be so and may be
 * not so. */
struct gate_range {
	double low, high;
	bool may, may_not;
};
typedef struct gate_range (*gate_ask)(void *context, int id, int arg);

/* False when no way can come true: a bound cannot be reached, or two terms contradict each other.
 * `why` receives the term (the second of two) that fails in the first way; may be NULL. */
bool gate_opens(const struct gate *gate, gate_ask ask, void *context, struct slice *why);
/* True only if `wider` surely holds whenever `gate` does. */
bool gate_within(const struct gate *gate, const struct gate *wider);

#endif
