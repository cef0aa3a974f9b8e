/* listing.h: the scenarios, numbered: for `rehearse list` and for the question which one. */
#ifndef EDGE_LISTING_H
#define EDGE_LISTING_H

#include "edge/library.h"
#include "edge/page.h"

/* One line each: number, title, persona · phase, level, minutes, focus; or that it is broken. After
 * library_try. */
void listing_set(struct page *page, const struct library *library);
/* One JSON object a line. */
void listing_json(const struct library *library, struct strbuf *out);

struct listing_request {
	bool json;
	bool plain;
};
/* What `rehearse list` does. */
enum status listing_run(const struct library *library, const struct listing_request *request);

#endif
