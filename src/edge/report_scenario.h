/* report_scenario.h: a scenario as a mentor or trainer reads it before playing: `rehearse show`. */
#ifndef EDGE_REPORT_SCENARIO_H
#define EDGE_REPORT_SCENARIO_H

#include "edge/page.h"
#include "load/scenario.h"

/* Whom it is with, what it practises, the brief, and how it may end. Nothing the ECT holds back. */
void report_scenario(struct page *page, const struct scenario *scenario);
/* The model exchange, with the moves of the mentor's lines. */
void report_model(struct page *page, const struct scenario *scenario);

#endif
