/* progressing.h: what `rehearse progress` and `rehearse next` do. */
#ifndef EDGE_PROGRESSING_H
#define EDGE_PROGRESSING_H

#include "edge/progress.h"

struct progressing_request {
	struct slice move, framework; /* of one only; empty */
	bool rebuild; /* count everything again */
	bool json, plain;
};
enum status progressing_run(struct library *library, const struct progressing_request *request);

/* Says what comes next and why, and finds out how to practise it; what it names lives in `arena`.
 * STATUS_FINE with `*can` false when there is nothing. */
enum status progressing_next(struct library *library, bool plain, struct arena *arena,
                             struct progress_step *step, bool *can);

#endif
