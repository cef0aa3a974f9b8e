/* report_compare.h: two attempts on a page, side by side, or one below the other where the page is
 * narrow or plain. */
#ifndef EDGE_REPORT_COMPARE_H
#define EDGE_REPORT_COMPARE_H

#include "base/json.h"
#include "edge/page.h"
#include "engine/compare.h"

/* Narrower than this two columns are no help. */
#define REPORT_COMPARE_WIDTH 70

struct report_labels {
	struct slice first, second; /* "Last time" and "This time", or "12.1" and "12.2" */
};

/* From the turn where they part: words, moves, how the ECT's state moved, the reply; then how each
 * ended, and what changed in the frameworks. */
void report_compare(struct page *page, const struct comparison *comparison,
                    const struct report_labels *labels);
/* The same for programs. json_free it. */
struct json *report_compare_json(const struct comparison *comparison,
                                 const struct report_labels *labels);

#endif
