/* checking.h: `rehearse check`: everything that is wrong with packs, scenarios and temperaments,
 * and whether they keep what they promise. */
#ifndef EDGE_CHECKING_H
#define EDGE_CHECKING_H

#include "edge/library.h"

/* Checks the files and folders named, linked with what the library found; without any, all that it
 * found. Diagnostics go to standard error, the count to standard output. STATUS_FINDINGS when
 * there are errors, STATUS_TROUBLE when something cannot be read. */
enum status checking_run(struct library *library, const struct slice *paths, size_t count);

#endif
