/* test_sse.c: events out of a stream, however its bytes come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "llm/sse.h"

/* Each event with a | behind it. */
static bool gather(void *context, struct slice data)
{
	struct strbuf *out = context;

	strbuf_add(out, data);
	strbuf_addc(out, '|');
	return true;
}

static void gives_in(struct slice stream, size_t cut, const char *events, bool rest)
{
	struct sse sse = {0};
	struct strbuf out = {0};

	strbuf_addz(&out, "");
	assert_true(sse_feed(&sse, slice_sub(stream, 0, cut), gather, &out));
	assert_true(sse_feed(&sse, slice_sub(stream, cut, stream.len), gather, &out));
	assert_string_equal(out.at, events);
	assert_int_equal(sse_cut(&sse), rest);
	strbuf_release(&out);
	sse_release(&sse);
}

/* Cut in two at every byte, and byte by byte. */
static void gives(const char *text, const char *events, bool rest)
{
	struct slice stream = slice_of(text);
	struct sse sse = {0};
	struct strbuf out = {0};
	size_t i;

	for (i = 0; i <= stream.len; i++)
		gives_in(stream, i, events, rest);
	strbuf_addz(&out, "");
	for (i = 0; i < stream.len; i++)
		assert_true(sse_feed(&sse, slice_sub(stream, i, i + 1), gather, &out));
	assert_string_equal(out.at, events);
	strbuf_release(&out);
	sse_release(&sse);
}

static void an_event_ends_at_a_blank_line(void **state)
{
	(void)state;
	gives("data: one\n\ndata: two\n\n", "one|two|", false);
	gives("data: one\n\n\n\n\ndata: two\n\n", "one|two|", false);
	gives("\n\n", "", false);
	gives("", "", false);
}

static void lines_end_in_any_of_three_ways(void **state)
{
	(void)state;
	gives("data: one\r\n\r\ndata: two\r\n\r\n", "one|two|", false);
	gives("data: one\r\rdata: two\r\r", "one|two|", false);
	gives("data: one\r\n\ndata: two\n\r\n", "one|two|", false);
	gives("data: one\n\rdata: two\r\n\r", "one|two|", false);
}

static void lines_of_one_event_are_joined(void **state)
{
	(void)state;
	gives("data: one\ndata: two\n\n", "one\ntwo|", false);
	gives("data: one\ndata\ndata:\n\n", "one\n\n|", false);
}

static void one_blank_after_the_colon_goes(void **state)
{
	(void)state;
	gives("data:one\n\ndata:  two\n\ndata: a: b\n\n", "one| two|a: b|", false);
	gives("data\n\ndata:\n\n", "||", false);
}

static void comments_and_other_fields_are_passed_over(void **state)
{
	(void)state;
	gives(": keep alive\n\nevent: x\nid: 7\nretry: 10\ndata: one\n\n", "one|", false);
	gives("dat: no\ndatax: no\n data: no\nDATA: no\n\n", "", false);
}

static void a_mark_of_byte_order_may_stand_first_alone(void **state)
{
	(void)state;
	gives("\xEF\xBB\xBF"
	      "data: one\n\n",
	      "one|", false);
	gives("data: one\n\n\xEF\xBB\xBF"
	      "data: two\n\n",
	      "one|", false);
	gives("\n\xEF\xBB\xBF"
	      "data: two\n\n",
	      "", false);
}

static void an_event_cut_off_is_none(void **state)
{
	(void)state;
	gives("data: one\n\ndata: tw", "one|", true);
	gives("data: one\n\ndata: two\n", "one|", true);
	gives("data: one\n", "", true);
}

static bool enough(void *context, struct slice data)
{
	gather(context, data);
	return false;
}

static void a_reader_may_have_enough(void **state)
{
	struct sse sse = {0};
	struct strbuf out = {0};

	(void)state;
	assert_false(sse_feed(&sse, SLICE("data: one\n\ndata: two\n\n"), enough, &out));
	assert_string_equal(out.at, "one|");
	assert_false(sse.too_long);
	strbuf_release(&out);
	sse_release(&sse);
}

/* Of `lines` lines of `len` bytes each: how many of the bytes were taken before it was too much. */
static bool fits(size_t lines, size_t len)
{
	struct sse sse = {0};
	struct strbuf line = {0};
	struct strbuf out = {0};
	bool fine = true;
	size_t i;

	strbuf_addz(&line, "data:");
	while (line.len < len)
		strbuf_addc(&line, 'x');
	strbuf_addc(&line, '\n');
	for (i = 0; i < lines && fine; i++)
		fine = sse_feed(&sse, strbuf_slice(&line), gather, &out);
	assert_int_equal(sse.too_long, !fine);
	/* From then on nothing is read. */
	if (!fine)
		assert_false(sse_feed(&sse, SLICE("\n\ndata: x\n\n"), gather, &out));
	assert_int_equal(out.len, 0);
	strbuf_release(&out);
	strbuf_release(&line);
	sse_release(&sse);
	return fine;
}

static void an_event_has_a_longest_length(void **state)
{
	(void)state;
	assert_true(fits(1, SSE_EVENT_BYTES));
	assert_false(fits(1, SSE_EVENT_BYTES + 1));
	assert_true(fits(200, 1000));
	assert_false(fits(300, 1000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(an_event_ends_at_a_blank_line),
	        cmocka_unit_test(lines_end_in_any_of_three_ways),
	        cmocka_unit_test(lines_of_one_event_are_joined),
	        cmocka_unit_test(one_blank_after_the_colon_goes),
	        cmocka_unit_test(comments_and_other_fields_are_passed_over),
	        cmocka_unit_test(a_mark_of_byte_order_may_stand_first_alone),
	        cmocka_unit_test(an_event_cut_off_is_none),
	        cmocka_unit_test(a_reader_may_have_enough),
	        cmocka_unit_test(an_event_has_a_longest_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
