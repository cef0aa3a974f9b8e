/* fuzz_answer.c: whatever a server sends, cut wherever it is, gives the same events; each of them,
 * and the whole, is an answer, an error or refused. The first byte says where it is cut. */
#include "base/utf8.h"
#include "llm/answer.h"
#include "llm/sse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_answer(struct slice text)
{
	struct answer_part part;
	struct err err;
	char words[40];

	if (answer_read(text, SLICE("sk-1"), &part, &err) &&
	    (slice_find(slice_of(part.message), SLICE("sk-1")) < strlen(part.message) ||
	     utf8_invalid(slice_of(part.message)) < strlen(part.message) ||
	     utf8_invalid(strbuf_slice(&part.text)) < part.text.len))
		abort();
	answer_release(&part);
	answer_complaint(text, SLICE("sk-1"), words, sizeof(words));
	if (utf8_invalid(slice_of(words)) < strlen(words))
		abort();
}

static bool gather(void *context, struct slice data)
{
	struct strbuf *out = context;

	strbuf_add(out, data);
	strbuf_addc(out, '\n');
	read_answer(data);
	return true;
}

static void feed(struct slice stream, size_t step, struct strbuf *out)
{
	struct sse sse = {0};
	size_t at;

	for (at = 0; at < stream.len; at += step)
		if (!sse_feed(&sse, slice_sub(stream, at, at + step), gather, out))
			break;
	sse_release(&sse);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice stream;
	struct strbuf whole = {0};
	struct strbuf cut = {0};

	if (size == 0)
		return 0;
	stream = (struct slice){(const char *)data + 1, size - 1};
	feed(stream, stream.len + 1, &whole);
	feed(stream, data[0] + 1u, &cut);
	if (!slice_eq(strbuf_slice(&whole), strbuf_slice(&cut)))
		abort();
	read_answer(stream);
	strbuf_release(&whole);
	strbuf_release(&cut);
	return 0;
}
