/* sse.c: see sse.h. */
#include "llm/sse.h"

void sse_release(struct sse *sse)
{
	strbuf_release(&sse->line);
	strbuf_release(&sse->data);
}

static void field(struct sse *sse, struct slice line)
{
	struct slice name = SLICE("");
	struct slice value;

	if (!sse->begun)
		line = slice_unmarked(line);
	sse->begun = true;
	if (slice_starts(line, SLICE(":")))
		return;
	value = line;
	slice_cut(&value, ':', &name);
	if (!slice_is(name, "data"))
		return;
	if (slice_starts(value, SLICE(" ")))
		value = slice_sub(value, 1, value.len);
	if (sse->has_data)
		strbuf_addc(&sse->data, '\n');
	strbuf_add(&sse->data, value);
	sse->has_data = true;
}

static bool end_line(struct sse *sse, sse_event *event, void *context)
{
	bool more = true;

	if (sse->line.len) {
		field(sse, strbuf_slice(&sse->line));
		strbuf_clear(&sse->line);
		return true;
	}
	sse->begun = true;
	if (sse->has_data)
		more = event(context, strbuf_slice(&sse->data));
	strbuf_clear(&sse->data);
	sse->has_data = false;
	return more;
}

bool sse_feed(struct sse *sse, struct slice bytes, sse_event *event, void *context)
{
	size_t i;

	for (i = 0; i < bytes.len && !sse->too_long; i++) {
		char byte = bytes.at[i];
		bool second = byte == '\n' && sse->after_cr;

		sse->after_cr = byte == '\r';
		if (second)
			continue;
		if (byte == '\n' || byte == '\r') {
			if (!end_line(sse, event, context))
				return false;
		} else {
			strbuf_addc(&sse->line, byte);
		}
		sse->too_long = sse->line.len + sse->data.len > SSE_EVENT_BYTES;
	}
	return !sse->too_long;
}

bool sse_cut(const struct sse *sse)
{
	return sse->has_data || sse->line.len > 0;
}
