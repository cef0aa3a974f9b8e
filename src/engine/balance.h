/* balance.h: does a scenario reward what it should? Findings from many simulated conversations,
 * with their numbers. */
#ifndef ENGINE_BALANCE_H
#define ENGINE_BALANCE_H

#include "engine/tally.h"
#include "load/mentor.h"

/* Of 100 turns, so many may be answered by nothing that was written for them … */
#define BALANCE_FALLBACK 12.0
/* … and so many by a line said a few turns before. */
#define BALANCE_REPEAT 1.0

/* Judges a tally of conversations held by these styles; each finding is an error at its place,
 * named balance-… (diags_name). */
void balance_judge(const struct tally *tally, const struct mentor *const *styles,
                   struct diags *diags);

#endif
