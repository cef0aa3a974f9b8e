/* reflecting.h: looking back on an attempt in one's own words: what helped, what got in the way,
 * what was missing, and one intention for the real conversation. All optional, all kept with the
 * attempt.
 *
 * At a terminal it asks; from a pipe each line is an answer, in that order, and nothing is asked.
 */
#ifndef EDGE_REFLECTING_H
#define EDGE_REFLECTING_H

#include "edge/page.h"
#include "edge/store_plan.h"

struct term;

struct reflecting {
	struct store *store;
	struct term *term;
	int64_t session, attempt; /* rows */
};

/* Asks, and keeps each answer as it is given. What is said in the end is put on `page`, which is
 * written meanwhile. False with words when the log fails; what was kept before is kept. */
bool reflecting_run(const struct reflecting *reflecting, struct page *page, struct err *err);

#endif
