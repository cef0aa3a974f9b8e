/* report_plan.h: a plan (engine/plan.h) on the page, as Markdown and as JSON: its questions, what
 * was answered, what the script contains, and what came of it.
 *
 * Cells, items and what they mean are in the words of the rule packs. */
#ifndef EDGE_REPORT_PLAN_H
#define EDGE_REPORT_PLAN_H

#include "edge/page.h"
#include "engine/plan.h"

/* What a plan is shown with; borrowed. `script` and `outcome` may be NULL. */
struct plan_view {
	const struct plan *plan;
	const struct scenario *scenario;
	const struct ruleset *ruleset;
	const struct plan_script *script; /* of this plan */
	const struct plan_outcome *outcome; /* of the conversation so far: ticks the lines said */
};

/* One question with what may be chosen and what was answered so far. */
void report_plan_question(struct page *page, const struct plan_view *view, enum plan_part part);
/* One line of the script and the moves in it; `index` from 0. */
void report_plan_line(struct page *page, const struct plan_view *view, size_t index);
/* What the script contains and what is missing. */
void report_plan_script(struct page *page, const struct plan_view *view);
/* All of it, numbered as the questions are; what is not answered only with `whole`. */
void report_plan(struct page *page, const struct plan_view *view, bool whole);

/* For the debrief: at most two sentences, nothing when there is nothing to say; and all behind
 * them. */
void report_plan_told(struct page *page, const struct plan_outcome *outcome);
void report_plan_outcome(struct page *page, const struct plan_view *view);

void report_plan_markdown(struct strbuf *out, const struct plan_view *view);
/* Answers, script and what it contains. `id` and `at` (seconds since the epoch) as in the log; 0:
 * none. json_free it. */
struct json *report_plan_json(const struct plan_view *view, long id, double at);
/* Member `plan` of a debrief. json_free it. */
struct json *report_plan_outcome_json(const struct plan_outcome *outcome, long id);

#endif
