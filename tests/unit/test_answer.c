/* test_answer.c: what of a server's JSON is an answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "llm/answer.h"

static void says(const char *json, const char *text, const char *reason)
{
	struct answer_part part;
	struct err err = {{0}};

	assert_true(answer_read(slice_of(json), SLICE(""), &part, &err));
	assert_false(part.failed);
	assert_true(slice_is(strbuf_slice(&part.text), text));
	assert_string_equal(part.reason, reason);
	assert_int_equal(part.finished, reason[0] != '\0');
	answer_release(&part);
}

static void refuses(const char *json, const char *words)
{
	struct answer_part part;
	struct err err = {{0}};

	assert_false(answer_read(slice_of(json), SLICE(""), &part, &err));
	assert_string_equal(err.text, words);
	answer_release(&part);
}

static void fails(const char *json, const char *secret, const char *message)
{
	struct answer_part part;
	struct err err = {{0}};

	assert_true(answer_read(slice_of(json), slice_of(secret), &part, &err));
	assert_true(part.failed);
	assert_string_equal(part.message, message);
	answer_release(&part);
}

static void complains(const char *body, const char *secret, const char *words)
{
	char out[24];

	answer_complaint(slice_of(body), slice_of(secret), out, sizeof(out));
	assert_string_equal(out, words);
}

static void a_chunk_and_a_whole_answer_have_words(void **state)
{
	(void)state;
	says("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Yes\"},\"finish_reason\":null}]}",
	     "Yes", "");
	says("{\"choices\":[{\"message\":{\"content\":\"Yes\"},\"finish_reason\":\"length\"}]}",
	     "Yes", "length");
	says("{\"choices\":[{\"delta\":null,\"message\":{\"content\":\"Yes\"}}]}", "Yes", "");
	says("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}", "", "stop");
}

static void what_is_no_text_is_no_words(void **state)
{
	(void)state;
	says("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}", "", "");
	says("{\"choices\":[{\"delta\":{\"content\":7}}]}", "", "");
	says("{\"choices\":[{\"delta\":\"x\"}]}", "", "");
	says("{\"choices\":[7]}", "", "");
	says("{\"choices\":[]}", "", "");
	says("{\"object\":\"ping\"}", "", "");
	says("{\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}],\"error\":null}", "", "");
}

static void only_the_first_choice_counts(void **state)
{
	(void)state;
	says("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"No\"}},"
	     "{\"index\":0,\"delta\":{\"content\":\"Yes\"}}]}",
	     "Yes", "");
	says("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"No\"},\"finish_reason\":\"stop\"}"
	     "]}",
	     "", "");
}

static void what_is_no_answer_is_refused(void **state)
{
	(void)state;
	refuses("[]", "no answer in it");
	refuses("{}", "no answer in it");
	refuses("7", "no answer in it");
	refuses("{\"detail\":\"x\"}", "no answer in it");
}

static void an_error_within_a_stream_is_told(void **state)
{
	(void)state;
	fails("{\"error\":{\"message\":\"out of\\u0007\\nmemory\",\"code\":500}}", "",
	      "out of\xEF\xBF\xBD memory");
	fails("{\"error\":\"overloaded\"}", "", "overloaded");
	fails("{\"error\":{}}", "", "");
	fails("{\"error\":true}", "", "");
}

static void an_error_is_cut_between_characters(void **state)
{
	struct answer_part part;
	struct strbuf json = {0};
	struct err err;
	size_t i;

	(void)state;
	strbuf_addz(&json, "{\"error\":\"");
	for (i = 0; i < 200; i++)
		strbuf_addz(&json, "\xE2\x82\xAC");
	strbuf_addz(&json, "\"}");
	assert_true(answer_read(strbuf_slice(&json), SLICE(""), &part, &err));
	assert_int_equal(strlen(part.message), (sizeof(part.message) - 1) / 3 * 3);
	answer_release(&part);
	strbuf_release(&json);
	complains("{\"error\":\"a very long complaint\"}", "", "a very long complaint");
	complains("{\"error\":\"a very very long complaint\"}", "", "a very very long compla");
}

static void an_error_that_holds_the_key_is_not_told(void **state)
{
	(void)state;
	fails("{\"error\":\"wrong key sk-12345\"}", "sk-12345", "");
	fails("{\"error\":\"wrong key \\u0073k-12345\"}", "sk-12345", "");
	/* Not even the part that would be left of it. */
	complains("{\"error\":\"a wrong key is sk-12345\"}", "sk-1234567",
	          "a wrong key is sk-12345");
	complains("{\"error\":\"a wrong key is sk-1234567\"}", "sk-1234567", "");
}

static void a_body_may_say_what_is_wrong_or_not(void **state)
{
	(void)state;
	complains(" {\"error\":{\"message\":\"no\"}}\r\n", "", "no");
	complains("{\"message\":\"no\"}", "", "no");
	complains("<html>no</html>", "", "");
	complains("", "", "");
	complains("[\"no\"]", "", "");
	complains("{\"error\":{\"message\":7}}", "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_chunk_and_a_whole_answer_have_words),
	        cmocka_unit_test(what_is_no_text_is_no_words),
	        cmocka_unit_test(only_the_first_choice_counts),
	        cmocka_unit_test(what_is_no_answer_is_refused),
	        cmocka_unit_test(an_error_within_a_stream_is_told),
	        cmocka_unit_test(an_error_is_cut_between_characters),
	        cmocka_unit_test(an_error_that_holds_the_key_is_not_told),
	        cmocka_unit_test(a_body_may_say_what_is_wrong_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
