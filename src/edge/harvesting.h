/* harvesting.h: what `rehearse harvest` does: reads the mentor's own log, if they say so, for what
 * they said that met nothing, and writes it as skeletons of rules and replies. */
#ifndef EDGE_HARVESTING_H
#define EDGE_HARVESTING_H

#include "edge/library.h"

struct harvesting {
	struct library *library;
	struct slice scenario; /* only conversations with this one; or empty */
	long least; /* leave out groups of fewer */
	bool sure; /* do not ask */
};

/* Writes to standard output; nothing leaves the computer. */
enum status harvesting_run(const struct harvesting *request);

#endif
