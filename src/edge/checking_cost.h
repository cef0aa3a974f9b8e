/* checking_cost.h: `rehearse check --cost`: which patterns cost the most. */
#ifndef EDGE_CHECKING_COST_H
#define EDGE_CHECKING_COST_H

#include "engine/detect.h"

/* Hears the test lines of all packs of the ruleset and prints the dearest patterns among those that
 * `shown` says yes to, and how many are always tried. */
void checking_cost(const struct ruleset *ruleset,
                   bool (*shown)(const void *context, struct slice path), const void *context);

#endif
