/* test_regex.c: searches under limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "load/regex.h"

static struct regex *compile(const char *pattern)
{
	struct regex_error error;
	struct regex *regex = regex_new(slice_of(pattern), &error);

	if (!regex)
		fail_msg("%s: %s", pattern, error.text);
	return regex;
}

static enum regex_result find(const char *pattern, const char *text, struct span *where)
{
	struct regex *regex = compile(pattern);
	struct regex_scratch *scratch = regex_scratch_new();
	enum regex_result result = regex_find(regex, scratch, slice_of(text), 0, where);

	regex_scratch_free(scratch);
	regex_free(regex);
	return result;
}

static void regex_finds_where_a_pattern_matches(void **state)
{
	struct span where;

	(void)state;
	assert_int_equal(find("b+", "aabbc", &where), REGEX_YES);
	assert_int_equal(where.start, 2);
	assert_int_equal(where.end, 4);
	assert_int_equal(find("\\bcaf\\w\\b", "le caf\xc3\xa9", &where), REGEX_YES);
	assert_int_equal(where.end, 8);
	assert_int_equal(find("x", "abc", &where), REGEX_NO);
	assert_int_equal(find("^\\W*$", "", &where), REGEX_YES);
}

static void regex_says_where_a_pattern_is_wrong(void **state)
{
	struct regex_error error;

	(void)state;
	assert_null(regex_new(SLICE("ab(c"), &error));
	assert_int_equal(error.at, 4);
	assert_string_equal(error.text, "missing closing parenthesis");
	assert_null(regex_new(SLICE("a\xff"), &error));
	assert_true(error.at <= 2);
	assert_null(regex_new(SLICE("a\\Cb"), &error));
	assert_null(regex_new(SLICE("(((a{1000}){1000}){1000})"), &error));
}

static void regex_refuses_a_pattern_past_its_limit(void **state)
{
	struct regex_error error;
	struct strbuf pattern = {0};

	(void)state;
	while (pattern.len <= LIMIT_PATTERN_BYTES)
		strbuf_addz(&pattern, "abcdefgh");
	assert_null(regex_new(strbuf_slice(&pattern), &error));
	assert_non_null(strstr(error.text, "65544 bytes"));
	strbuf_release(&pattern);
}

static void regex_group_is_known_by_name_in_any_branch(void **state)
{
	struct regex *regex = compile("x(?<said>a)|y(?<said>b+)|z(?<here>c)?");
	struct regex_scratch *scratch = regex_scratch_new();
	struct span span;

	(void)state;
	assert_int_equal(regex_find(regex, scratch, SLICE("1ybb"), 0, &span), REGEX_YES);
	assert_true(regex_group(regex, scratch, "said", &span));
	assert_int_equal(span.start, 2);
	assert_int_equal(span.end, 4);
	assert_false(regex_group(regex, scratch, "here", &span));
	assert_false(regex_group(regex, scratch, "nobody", &span));
	regex_scratch_free(scratch);
	regex_free(regex);
}

static void regex_finds_groups_however_many_there_are(void **state)
{
	struct strbuf pattern = {0};
	struct regex_scratch *scratch = regex_scratch_new();
	struct regex *regex;
	struct span span;
	size_t i;

	(void)state;
	for (i = 0; i < 80; i++)
		strbuf_addz(&pattern, "(a)");
	strbuf_addz(&pattern, "(?<said>b)\\1");
	regex = compile(pattern.at);
	strbuf_clear(&pattern);
	for (i = 0; i < 80; i++)
		strbuf_addc(&pattern, 'a');
	strbuf_addz(&pattern, "ba");
	assert_int_equal(regex_find(regex, scratch, strbuf_slice(&pattern), 0, &span), REGEX_YES);
	assert_true(regex_group(regex, scratch, "said", &span));
	assert_int_equal(span.start, 80);
	regex_free(regex);
	regex_scratch_free(scratch);
	strbuf_release(&pattern);
}

static void regex_gives_up_on_what_explodes(void **state)
{
	struct strbuf text = {0};
	struct span where;
	size_t i;

	(void)state;
	for (i = 0; i < 30; i++)
		strbuf_addz(&text, "word ");
	strbuf_addc(&text, '!');
	assert_int_equal(find("^(\\w+\\s?)*$", text.at, &where), REGEX_GAVE_UP);
	for (i = 0; i < 1500; i++)
		strbuf_addz(&text, "aaaaa");
	strbuf_addc(&text, '!');
	assert_int_equal(find("(?:(a+)|b)+$", text.at, &where), REGEX_GAVE_UP);
	strbuf_release(&text);
}

static void regex_bounds_a_long_text_as_a_whole(void **state)
{
	struct regex *slow = compile("so.*\\b(?:sad|flat)\\b");
	struct regex *group = compile("^x|(?<!a)(?<said>b+)c");
	struct regex *calls = compile("(?:a(?R)?b)x");
	struct regex_scratch *scratch = regex_scratch_new();
	struct strbuf text = {0};
	struct span where;

	(void)state;
	while (text.len < LIMIT_UTTERANCE_BYTES)
		strbuf_addz(&text, "so ");
	assert_int_equal(regex_find(slow, scratch, strbuf_slice(&text), 0, &where), REGEX_GAVE_UP);
	strbuf_addz(&text, "abbbbc");
	assert_int_equal(regex_find(group, scratch, strbuf_slice(&text), 0, &where), REGEX_YES);
	assert_int_equal(where.start, text.len - 4);
	assert_int_equal(where.end, text.len);
	assert_true(regex_group(group, scratch, "said", &where));
	assert_int_equal(where.start, text.len - 4);
	assert_int_equal(where.end, text.len - 1);
	strbuf_addz(&text, "abx");
	assert_int_equal(regex_find(calls, scratch, strbuf_slice(&text), 0, &where), REGEX_YES);
	assert_int_equal(where.end, text.len);
	strbuf_release(&text);
	regex_scratch_free(scratch);
	regex_free(slow);
	regex_free(group);
	regex_free(calls);
}

static void regex_works_again_after_giving_up(void **state)
{
	struct regex *bad = compile("^(\\w+\\s?)*$");
	struct regex *good = compile("word");
	struct regex_scratch *scratch = regex_scratch_new();
	struct slice text = SLICE("wordwordwordwordwordwordwordwordwordword!");
	struct span where;

	(void)state;
	assert_int_equal(regex_find(bad, scratch, text, 0, &where), REGEX_GAVE_UP);
	assert_int_equal(regex_find(good, scratch, text, 1, &where), REGEX_YES);
	assert_int_equal(where.start, 4);
	assert_int_equal(regex_find(good, scratch, text, 99, &where), REGEX_NO);
	regex_scratch_steps(scratch, 1);
	assert_int_equal(regex_find(bad, scratch, text, 0, &where), REGEX_GAVE_UP);
	regex_scratch_free(scratch);
	regex_free(bad);
	regex_free(good);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(regex_finds_where_a_pattern_matches),
	        cmocka_unit_test(regex_says_where_a_pattern_is_wrong),
	        cmocka_unit_test(regex_refuses_a_pattern_past_its_limit),
	        cmocka_unit_test(regex_group_is_known_by_name_in_any_branch),
	        cmocka_unit_test(regex_finds_groups_however_many_there_are),
	        cmocka_unit_test(regex_gives_up_on_what_explodes),
	        cmocka_unit_test(regex_bounds_a_long_text_as_a_whole),
	        cmocka_unit_test(regex_works_again_after_giving_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
