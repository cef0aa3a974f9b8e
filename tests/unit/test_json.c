/* test_json.c: what json.c takes, refuses and prints. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/json.h"

static void refused_text(struct slice text, const char *words)
{
	struct err err = {{0}};
	struct json *value = json_parse(text, &err);

	assert_null(value);
	assert_string_equal(err.text, words);
}

static void refused(const char *text, const char *words)
{
	refused_text(slice_of(text), words);
}

static void same(const char *text, const char *printed)
{
	struct err err = {{0}};
	struct strbuf out = {0};
	struct json *value = json_parse(slice_of(text), &err);

	assert_string_equal(err.text, "");
	json_print(value, &out);
	assert_string_equal(out.at, printed);
	strbuf_release(&out);
	json_free(value);
}

static void json_reads_every_kind_of_value(void **state)
{
	struct err err = {{0}};
	const char *text =
	        "{\"a\": [null, true, false, -1.5e1, \"x\\u00e9\\ud83d\\ude00\"], \"b\": {}}";
	struct json *value = json_parse(slice_of(text), &err);
	const struct json *item = json_first(json_get(value, "a"));

	(void)state;
	assert_int_equal(json_type(value), JSON_OBJECT);
	assert_int_equal(json_type(item), JSON_NULL);
	item = json_next(item);
	assert_true(json_true(item));
	item = json_next(item);
	assert_false(json_true(item));
	assert_int_equal(json_type(item), JSON_BOOL);
	item = json_next(item);
	assert_true(json_number(item) == -15);
	item = json_next(item);
	assert_true(slice_is(json_string(item), "x\xC3\xA9\xF0\x9F\x98\x80"));
	assert_null(json_next(item));
	assert_null(json_first(json_get(value, "b")));
	assert_true(slice_is(json_name(json_first(value)), "a"));
	json_free(value);
}

static void json_of_repeated_names_takes_the_last(void **state)
{
	struct err err = {{0}};
	struct json *value = json_parse(SLICE("{\"a\":1,\"A\":2,\"a\":3}"), &err);

	(void)state;
	assert_true(json_number(json_get(value, "a")) == 3);
	assert_null(json_get(value, "b"));
	assert_null(json_get(json_get(value, "a"), "b"));
	assert_null(json_string(json_get(value, "b")).at);
	json_free(value);
}

static void json_refuses_what_cuts_or_hides_text(void **state)
{
	(void)state;
	refused("{\"a\":\"x\\u0000y\"}", "not JSON at byte 8: \\u0000 is not accepted in text");
	refused("{\"\\u0000\":1}", "not JSON at byte 3: \\u0000 is not accepted in text");
	refused_text((struct slice){"[1\0]", 4},
	             "not JSON at byte 3: ‘,’ or ‘]’ should stand here");
	refused_text((struct slice){"\"a\0b\"", 5},
	             "not JSON at byte 3: a control character in a string; write it as an escape");
	refused("\"a\x1b[31m\"",
	        "not JSON at byte 3: a control character in a string; write it as an escape");
	refused("\"\xff\"", "not JSON at byte 2: invalid UTF-8");
	refused("\"\xed\xa0\x80\"", "not JSON at byte 2: invalid UTF-8");
	refused("\"\\ud83d\"", "not JSON at byte 2: half of a surrogate pair");
	refused("\"\\ude00\"", "not JSON at byte 2: half of a surrogate pair");
	refused("\"\\ud83d\\u0041\"", "not JSON at byte 2: half of a surrogate pair");
}

static void json_refuses_trailing_text(void **state)
{
	(void)state;
	refused("{} {}", "not JSON at byte 4: text after the value");
	refused("1,", "not JSON at byte 2: text after the value");
	refused_text((struct slice){"1\0", 2}, "not JSON at byte 2: text after the value");
}

static void json_refuses_deep_nesting(void **state)
{
	struct strbuf text = {0};
	struct err err;
	struct json *value;
	size_t i;

	(void)state;
	for (i = 0; i < 16; i++)
		strbuf_addc(&text, '[');
	for (i = 0; i < 16; i++)
		strbuf_addc(&text, ']');
	value = json_parse(strbuf_slice(&text), &err);
	assert_non_null(value);
	json_free(value);
	strbuf_clear(&text);
	for (i = 0; i < 100000; i++)
		strbuf_addz(&text, "{\"a\":");
	refused_text(strbuf_slice(&text),
	             "not JSON at byte 81: nested too deeply, at most 16 levels");
	strbuf_release(&text);
}

static void json_refuses_broken_grammar(void **state)
{
	(void)state;
	refused("", "not JSON: nothing here");
	refused(" \t", "not JSON: nothing here");
	refused("{\"a\" 1}", "not JSON at byte 6: ‘:’ should follow the name");
	refused("{\"a\":}", "not JSON at byte 6: a value should stand here");
	refused("{\"a\":", "not JSON at byte 6: a value is missing at the end");
	refused("{\"a\":1,}", "not JSON at byte 8: a name in double quotes should stand here");
	refused("{a:1}", "not JSON at byte 2: a name in double quotes should stand here");
	refused("{\"a\":1", "not JSON at byte 7: ‘,’ or ‘}’ should stand here");
	refused("[1 2]", "not JSON at byte 4: ‘,’ or ‘]’ should stand here");
	refused("\"abc", "not JSON at byte 1: a string without its closing quote");
	refused("\"a\\", "not JSON at byte 3: an unknown escape after ‘\\’");
	refused("\"\\x41\"", "not JSON at byte 2: an unknown escape after ‘\\’");
	refused("\"\\u12\"", "not JSON at byte 2: \\u needs four hexadecimal digits");
	refused("\x01"
	        "1",
	        "not JSON at byte 1: a value should stand here");
	refused("\xEF\xBB\xBF{}", "not JSON at byte 1: a value should stand here");
}

static void json_refuses_numbers_that_are_none(void **state)
{
	(void)state;
	refused("01", "not JSON at byte 1: a number that is none");
	refused("1.", "not JSON at byte 1: a number that is none");
	refused("-", "not JSON at byte 1: a number that is none");
	refused("1e", "not JSON at byte 1: a number that is none");
	refused("+1", "not JSON at byte 1: a value should stand here");
	refused("1e999", "not JSON at byte 1: a number too large");
	refused("11111111111111111111111111111111111111111",
	        "not JSON at byte 1: a number of more than 40 characters");
}

static void json_prints_members_in_the_order_added(void **state)
{
	struct strbuf out = {0};
	struct json *object = json_object();
	struct json *array = json_array();

	(void)state;
	json_add_text(object, "z", SLICE("a “b”"));
	json_add_int(object, "a", -3);
	json_add_real(object, "r", 2.0 / 3);
	json_add_real(object, "nil", -0.00001);
	json_add_bool(object, "t", true);
	json_add_null(object, "n");
	json_push_text(array, SLICE("x"));
	json_push_int(array, 7);
	json_push(array, json_object());
	json_add(object, "l", array);
	json_print(object, &out);
	assert_string_equal(out.at, "{\"z\":\"a “b”\",\"a\":-3,\"r\":0.6667,\"nil\":0,\"t\":true,"
	                            "\"n\":null,\"l\":[\"x\",7,{}]}");
	strbuf_release(&out);
	json_free(object);
}

static void json_writes_no_byte_a_terminal_would_obey(void **state)
{
	struct strbuf out = {0};
	struct json *array = json_array();

	(void)state;
	json_push_text(array, (struct slice){"a\0b", 3});
	json_push_text(array, SLICE("\x1b[2J"));
	json_push_text(array, SLICE("\xC2\x9B\x7f"));
	json_push_text(array, SLICE("\xE2\x80\xAE"));
	json_push_text(array, SLICE("\xff"));
	json_push_text(array, (struct slice){NULL, 0});
	json_print(array, &out);
	assert_string_equal(out.at,
	                    "[\"a�b\",\"\\u001b[2J\",\"\\u009b\\u007f\",\"\\u202e\",\"�\",\"\"]");
	strbuf_release(&out);
	json_free(array);
}

static void json_prints_what_it_read(void **state)
{
	(void)state;
	same(" [1 , 2.5,\"\\/\\n\\u00e9\" , {\"a\":null} ] ", "[1,2.5,\"/\\né\",{\"a\":null}]");
	same("\"x\"", "\"x\"");
	same("-0.5", "-0.5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(json_reads_every_kind_of_value),
	        cmocka_unit_test(json_of_repeated_names_takes_the_last),
	        cmocka_unit_test(json_refuses_what_cuts_or_hides_text),
	        cmocka_unit_test(json_refuses_trailing_text),
	        cmocka_unit_test(json_refuses_deep_nesting),
	        cmocka_unit_test(json_refuses_broken_grammar),
	        cmocka_unit_test(json_refuses_numbers_that_are_none),
	        cmocka_unit_test(json_prints_members_in_the_order_added),
	        cmocka_unit_test(json_writes_no_byte_a_terminal_would_obey),
	        cmocka_unit_test(json_prints_what_it_read),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
