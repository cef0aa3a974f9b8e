/* report_opinion.h: a second opinion beside the rules' labels, on a page and as JSON. */
#ifndef EDGE_REPORT_OPINION_H
#define EDGE_REPORT_OPINION_H

#include "base/json.h"
#include "edge/page.h"
#include "engine/opinion.h"

/* Turn by turn: who says what; then how far they agree. `host` is where it came from. */
void report_opinion(struct page *page, const struct opinion *opinion, struct slice host);
/* {"host", "turns": [{"turn", "both", "rules_only", "model_only"}], "unlabelled", "refused",
 * "kappa", "moves": [{"move", "rules", "model", "both", "kappa"}]} */
struct json *report_json_opinion(const struct opinion *opinion, struct slice host);

#endif
