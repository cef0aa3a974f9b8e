/* reviewing.h: `rehearse review`: the judgement of a debrief on conversations that were held and
 * written down. */
#ifndef EDGE_REVIEWING_H
#define EDGE_REVIEWING_H

#include "edge/out.h"
#include "engine/detect.h"

struct reviewing_request {
	const struct slice *paths; /* "-": standard input */
	size_t path_count;
	struct slice mentor; /* the mentor's name in them, or empty */
	bool json; /* one object a file, a line each */
	bool full; /* the frameworks with all their quotes */
	bool plain;
	bool explain; /* turn by turn, which rule heard what … */
	struct slice move; /* … or why this move was or was not heard; empty: all that were. A path
	                      that is no file but the id of a move stands for it too */
	struct opining_host *opining; /* opining.h: a second opinion is asked there; or NULL */
	bool opinion; /* one was asked for: the JSON says null where there is none */
};

/* Reviews each file in turn, on standard output; what is wrong with one is said on standard error,
 * and the others are still reviewed. */
enum status reviewing_run(struct detector *detector, const struct reviewing_request *request);

#endif
