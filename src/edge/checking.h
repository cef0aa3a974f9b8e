/* checking.h: `rehearse check`: everything that is wrong with packs, scenarios and temperaments,
 * and whether they keep what they promise. */
#ifndef EDGE_CHECKING_H
#define EDGE_CHECKING_H

#include "edge/library.h"

struct checking_request {
	const struct slice *paths; /* files and folders; none: all that the library found */
	size_t path_count;
	bool balance; /* let made-up mentors play the scenarios, too */
	bool cost; /* where nothing is wrong, list the dearest patterns */
	bool json; /* findings on standard output, an object a line, and no count */
};

/* Checks them, linked with what the library found. Diagnostics go to standard error, the count to
 * standard output. STATUS_FINDINGS when there are errors, STATUS_TROUBLE when something cannot be
 * read. */
enum status checking_run(struct library *library, const struct checking_request *request);

#endif
