/* translating.h: what `rehearse strings` does: a scenario's or temperament's texts as a PO file,
 * and a PO file's translations as a scenario. */
#ifndef EDGE_TRANSLATING_H
#define EDGE_TRANSLATING_H

#include "edge/library.h"

struct translating {
	struct library *library;
	struct slice name; /* a scenario's id, number or path, or a temperament's path */
	struct slice put; /* a PO file to put in; or empty */
	struct slice to; /* the other language; or empty: as the PO file says */
};

/* Writes a PO file, or the file in the other language, to standard output; how much of it is not
 * translated yet to standard error. */
enum status translating_run(const struct translating *request, struct arena *arena);

#endif
