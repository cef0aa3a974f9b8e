/* repl_choose.h: which scenario? The list, and the question. */
#ifndef REPL_CHOOSE_H
#define REPL_CHOOSE_H

#include "edge/library.h"
#include "edge/page.h"

struct term;

struct store;

/* Greets, lists, tells whoever was here before what comes next, asks until there is an answer. NULL
 * when nobody wants any. `store`: the practice log, or NULL. */
const struct library_scenario *repl_choose(struct library *library, struct store *store,
                                           struct term *term, bool plain);

#endif
