/* filter.h: `rehearse detect`: one JSON object a line in, one a line out, in order.
 *
 * Shapes as in rehearse(1), "Output for programs". A line that cannot be read gives an error in
 * its place, so that answers stay beside their questions. */
#ifndef EDGE_FILTER_H
#define EDGE_FILTER_H

#include "base/json.h"
#include "edge/out.h"
#include "engine/detect.h"

/* Hears what one line asks about. */
struct filter {
	struct detector *detector;
	struct history *history;
	struct arena arena;
	bool acts; /* quiet acts as well, as "acts" */
};

void filter_init(struct filter *filter, struct detector *detector, bool acts);
void filter_release(struct filter *filter);

/* Appends the answer to one line, with its newline. False when it is an error. */
bool filter_line(struct filter *filter, struct slice line, struct strbuf *out);

/* Answers each line of `in` on standard output at once. STATUS_FINDINGS when any was an error. */
enum status filter_run(struct filter *filter, FILE *in);

#endif
