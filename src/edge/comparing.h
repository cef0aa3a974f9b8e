/* comparing.h: `rehearse compare`: two attempts of the practice log, folded again over the scenario
 * and the rules as they are now, beside each other. */
#ifndef EDGE_COMPARING_H
#define EDGE_COMPARING_H

#include "edge/library.h"

struct comparing_request {
	struct slice first, second; /* "12.1", "12"; the first empty: what the second branched off;
	                               both empty: the last attempts there are to compare */
	bool json;
	bool plain;
};

/* Reads the practice log; what is wrong is said on standard error. */
enum status comparing_run(struct library *library, const struct comparing_request *request);

#endif
