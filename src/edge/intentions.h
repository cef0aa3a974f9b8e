/* intentions.h: what mentors mean to do in real conversations: what is to come, and how it went.
 *
 * An intention is noted when looking back on an attempt (reflecting.h), with the day of the real
 * conversation; from that day on it is asked about until it is answered. */
#ifndef EDGE_INTENTIONS_H
#define EDGE_INTENTIONS_H

#include "edge/out.h"
#include "edge/page.h"
#include "edge/store_plan.h"

struct term;

/* Lists all intentions; at a terminal asks of each that is due how it went, and keeps the answers.
 * What is said in the end is on `page`, which is written meanwhile. False with words when the log
 * fails. */
bool intentions_run(struct store *store, struct term *term, struct page *page, double now,
                    struct err *err);
/* The same as a command, on a terminal and a log of its own; `json`: one object with all of them,
 * for programs. */
enum status intentions_command(bool plain, bool json);
/* One line for the start of the program; empty when nothing is due. Lives in `arena`. */
struct slice intentions_due(struct store *store, double now, struct arena *arena);

#endif
