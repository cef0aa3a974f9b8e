/* inspect.c: see inspect.h. */
#include "engine/inspect_parts.h"

void inspect_scenario(const struct scenario *scenario, const struct ruleset *ruleset,
                      struct diags *diags)
{
	struct inspecting inspecting = {.scenario = scenario, .ruleset = ruleset, .diags = diags};

	inspect_ranges(&inspecting);
	inspect_reach(&inspecting);
	inspect_words(&inspecting);
	arena_release(&inspecting.arena);
}
