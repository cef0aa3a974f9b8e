/* report_drill.h: a round of drill for people, on a page, and for programs, as JSON. */
#ifndef EDGE_REPORT_DRILL_H
#define EDGE_REPORT_DRILL_H

#include "base/json.h"
#include "edge/page.h"
#include "engine/drill.h"

/* Who it is, what was seen, what was said before, the line, and last what is asked for. `number`
 * from 1 `of` so many; `limit` in seconds, 0: untimed. */
void report_drill_prompt(struct page *page, const struct drill_item *item, size_t number, size_t of,
                         double limit);
/* What is asked for, again. */
void report_drill_task(struct page *page, const struct drill_item *item, double limit);
/* Yes, with the words that carry it; or what it was, and after the last try a better version. */
void report_drill_verdict(struct page *page, const struct drill_item *item,
                          const struct drill_verdict *verdict, double seconds, double limit);
/* The version shown when somebody goes on without an answer. */
void report_drill_better(struct page *page, const struct deck_say *say);
/* What was heard in the last answer, and what kept the move from being heard. `miss` NULL: it was a
 * hit. */
void report_drill_why(struct page *page, const struct drill_item *item, struct slice said,
                      const struct detections *heard, const struct near_miss *miss);
/* What came at once, what did not, one thing to take along, what to type next. */
void report_drill_summary(struct page *page, const struct drill_summary *summary, double limit);
/* Decks, and the moves that can be drilled with how many prompts. */
void report_drill_list(struct page *page, const struct deck *const *decks, size_t count,
                       const struct ruleset *ruleset);

/* The events of `drill --format jsonl`; json_free each. */
struct json *report_drill_json_prompt(const struct drill_item *item, size_t number, size_t of);
struct json *report_drill_json_answer(const struct drill_item *item, size_t number,
                                      struct slice said, const struct drill_verdict *verdict,
                                      double seconds);
struct json *report_drill_json_summary(const struct drill_summary *summary);

#endif
