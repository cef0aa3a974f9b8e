/* planning.h: `rehearse plan` without questions: a plan from a file into the log, and a plan shown.
 */
#ifndef EDGE_PLANNING_H
#define EDGE_PLANNING_H

#include "edge/out.h"
#include "edge/store_plan.h"

enum planning_format { PLANNING_TEXT, PLANNING_JSON, PLANNING_MARKDOWN };

/* What a plan is about. */
struct planning {
	const struct scenario *scenario;
	const struct ruleset *ruleset;
	struct detector *detector;
	bool plain;
};

/* Reads the answers in `path` (“-”: standard input) as the whole plan; into `arena`. What is wrong
 * is said on standard error. */
enum status planning_read(const struct planning *planning, struct slice path, struct arena *arena,
                          struct plan *out);
/* Puts it into the log as a new plan, unless it is what the latest one says. False with words. */
bool planning_keep(struct store *store, struct store_plan *plan, struct arena *arena,
                   struct err *err);
/* The plan on standard output. */
void planning_show(const struct planning *planning, const struct store_plan *plan,
                   enum planning_format format);

#endif
