/* repl_choose.h: which scenario? The list, and the question. */
#ifndef REPL_CHOOSE_H
#define REPL_CHOOSE_H

#include "edge/library.h"
#include "edge/page.h"

struct term;

/* Greets, lists, asks until there is an answer. NULL when nobody wants any. */
const struct library_scenario *repl_choose(struct library *library, struct term *term, bool plain);

#endif
