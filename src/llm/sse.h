/* sse.h: server-sent events (WHATWG HTML, 9.2.6): the data of each event, from bytes as they come.
 *
 * Only `data` fields are kept; lines end in CR, LF or both; a BOM and comments are passed over. */
#ifndef LLM_SSE_H
#define LLM_SSE_H

#include "base/str.h"

/* One event: a chat chunk has some hundred bytes. */
#define SSE_EVENT_BYTES (256u * 1024)

struct sse {
	struct strbuf line;
	struct strbuf data;
	bool has_data;
	bool after_cr; /* a LF now belongs to the CR before it */
	bool begun; /* the first line was read */
	bool too_long; /* an event was longer than SSE_EVENT_BYTES: nothing more is read */
};

/* Called for each event; false stops. */
typedef bool sse_event(void *context, struct slice data);

void sse_release(struct sse *sse);
/* False when stopped, or too long. */
bool sse_feed(struct sse *sse, struct slice bytes, sse_event *event, void *context);
/* The stream ended: an event without its blank line is incomplete, and dropped. True when there was
 * one. */
bool sse_cut(const struct sse *sse);

#endif
