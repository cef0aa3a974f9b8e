/* listing.h: the scenarios, numbered: for `rehearse list` and for the question which one. */
#ifndef EDGE_LISTING_H
#define EDGE_LISTING_H

#include "edge/library.h"
#include "edge/page.h"

/* Which scenarios to show; an empty one fits all. Text is found anywhere, in any case. */
struct listing_filter {
	struct slice words; /* each anywhere: in the title, what it is about, whom and where, what
	                       it practises */
	struct slice focus; /* a move or framework: ‘aid’, ‘open question’ */
	struct slice phase; /* ‘primary’, ‘maths’ */
	struct slice
	        cycle; /* the theme, or which conversation of a cycle: ‘talk’, ‘step_not_met’ */
	long level; /* 0: any */
	long minutes; /* at most; 0: any */
};

/* One line each: number, title, persona · phase, level, minutes, focus; or that it is broken. A
 * long list is parted by level, and shows the focus only where that has room beside the rest. After
 * library_try. Only those in the library's language; numbers are those of the whole list. `filter`
 * may be NULL. Returns how many. */
size_t listing_set(struct page *page, const struct library *library,
                   const struct listing_filter *filter);
/* One JSON object a line. */
size_t listing_json(const struct library *library, const struct listing_filter *filter,
                    struct strbuf *out);
/* Where a newcomer does best to begin: the gentlest, of those the shortest. 0 when none can be
 * played, else its number. */
size_t listing_first(const struct library *library);

/* The number of the one that fits and can be played; 0 when there are more, or none. */
size_t listing_only(const struct library *library, const struct listing_filter *filter);

struct listing_request {
	struct listing_filter filter;
	bool json;
	bool plain;
};
/* What `rehearse list` does. */
enum status listing_run(const struct library *library, const struct listing_request *request);

#endif
