/* report_why.h: why was that heard, why that answer, and why not that move: in plain words. */
#ifndef EDGE_REPORT_WHY_H
#define EDGE_REPORT_WHY_H

#include "edge/page.h"
#include "engine/session.h"

/* What was heard in a turn, numbered as for `/wrong`, each with quote and rule; then in a sentence
 * why the line that answered it was said, and what else might have been. `all`: with ids, acts, and
 * the replies weighed as they are written. */
void report_why(struct page *page, const struct session *session, const struct turn *turn,
                bool all);

/* Of all that, what was heard. */
void report_why_heard(struct page *page, const struct session *session, const struct turn *turn);

/* What came nearest to a move in a turn, and what stopped it, with rule and pattern. */
void report_near_miss(struct page *page, const struct turn *turn, const struct move *move,
                      const struct near_miss *miss);
/* The same for the words of a turn of the session, and what the move means; in plain words unless
 * `all`. */
void report_why_not(struct page *page, const struct session *session, const struct turn *turn,
                    const struct move *move, bool all);

/* What a reply answers: "on open question, pause about participation when trust >= 5". */
void report_trigger(struct page *page, const struct reply *reply, const struct scenario *scenario);
/* " when trust >= 5 and (agreed or done(goodbye))"; nothing for NULL. */
void report_condition(struct page *page, const struct expr *when);

/* Within: report_why_rules.c for report_why.c. */
void report_add_place(struct page *page, struct place place);
void report_acts(struct page *page, const struct detections *found);
void report_why_rules(struct page *page, const struct scenario *scenario, const struct turn *turn);

#endif
