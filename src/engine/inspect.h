/* inspect.h: what a careful reader would say about a scenario that loads: what can never be said or
 * reached, topics that find too much or nothing, names and lines that are not as they should be.
 *
 * Each is a warning with its place, and named for programs (diags_name). */
#ifndef ENGINE_INSPECT_H
#define ENGINE_INSPECT_H

#include "engine/detect.h"
#include "load/scenario.h"

/* The scenario must be without errors; the ruleset is the detector's. */
void inspect_scenario(const struct scenario *scenario, const struct ruleset *ruleset,
                      struct diags *diags);

#endif
