/* report_why.h: why was that heard, why that answer, and why not that move: in plain words. */
#ifndef EDGE_REPORT_WHY_H
#define EDGE_REPORT_WHY_H

#include "edge/page.h"
#include "engine/session.h"

/* What was heard in a turn, numbered as for `/wrong`, each with quote and rule; then which line she
 * answered with and what else she might have. */
void report_why(struct page *page, const struct session *session, const struct turn *turn);

/* Of it, what was heard. */
void report_why_heard(struct page *page, const struct session *session, const struct turn *turn);

/* What came nearest to a move in a turn, and what stopped it. */
void report_near_miss(struct page *page, const struct turn *turn, const struct move *move,
                      const struct near_miss *miss);
/* The same for the words of a turn of the session, and what the move means. */
void report_why_not(struct page *page, const struct session *session, const struct turn *turn,
                    const struct move *move);

#endif
