/* repl_plan.h: the design task at a terminal: one question a screen, every answer optional. */
#ifndef REPL_PLAN_H
#define REPL_PLAN_H

#include "edge/planning.h"

struct term;

/* Asks, and keeps each answer in `store` as it is given (NULL: nothing is kept). `plan` is what to
 * begin with: the latest of the scenario, or one with nothing but the scenario's id; in the end it
 * is what was answered. Answers live in `arena`. False when nobody reads any more. */
bool repl_plan(const struct planning *planning, struct store *store, struct term *term,
               struct arena *arena, struct store_plan *plan);

#endif
