/* test_options.c: command lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "edge/options.h"

static const struct option own[] = {
        {"format", "FORMAT", "how", 0},
        {"full", NULL, "all of it", 'f'},
        {0},
};

#define READ(...)                                                                                  \
	options_read(own, (const char *const[]){__VA_ARGS__},                                      \
	             sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), &arena,          \
	             &options, &err)

static void options_stand_anywhere_and_end_at_two_dashes(void **state)
{
	struct arena arena = {0};
	struct options options;
	struct err err;
	struct slice *values;

	(void)state;
	assert_true(READ("a", "--rules", "x", "b", "--rules=y", "-f", "-", "--", "--full"));
	assert_int_equal(options.word_count, 4);
	assert_true(slice_is(options.words[1], "b"));
	assert_true(slice_is(options.words[2], "-"));
	assert_true(slice_is(options.words[3], "--full"));
	assert_true(options_have(&options, "full"));
	assert_false(options_have(&options, "plain"));
	assert_int_equal(options_values(&options, "rules", &arena, &values), 2);
	assert_true(slice_is(values[0], "x"));
	assert_true(slice_is(values[1], "y"));
	assert_true(slice_is(options_value(&options, "rules"), "y"));
	assert_null(options_value(&options, "format").at);
	arena_release(&arena);
}

static void option_value_may_look_like_an_option(void **state)
{
	struct arena arena = {0};
	struct options options;
	struct err err;

	(void)state;
	assert_true(READ("--format", "--full", "--format=a=b"));
	assert_true(slice_is(options.uses[0].value, "--full"));
	assert_true(slice_is(options.uses[1].value, "a=b"));
	assert_int_equal(options.use_count, 2);
	arena_release(&arena);
}

static void option_unknown_suggests_the_nearest(void **state)
{
	struct arena arena = {0};
	struct options options;
	struct err err;

	(void)state;
	assert_false(READ("--fromat"));
	assert_string_equal(err.text, "unknown option ‘--fromat’; did you mean ‘--format’?");
	assert_false(READ("--fulll=1"));
	assert_string_equal(err.text, "unknown option ‘--fulll’; did you mean ‘--full’?");
	assert_false(READ("-fx"));
	assert_string_equal(err.text, "unknown option ‘-fx’");
	assert_false(READ("--"
	                  "=x"));
	assert_string_equal(err.text, "unknown option ‘--’");
	arena_release(&arena);
}

static void option_choice_is_one_of_those_named(void **state)
{
	static const char *const choices[] = {"text", "json", "html", NULL};
	struct arena arena = {0};
	struct options options;
	struct err err;

	(void)state;
	assert_true(READ("a"));
	assert_int_equal(options_choice(&options, "format", choices, &err), 0);
	assert_true(READ("--format", "html"));
	assert_int_equal(options_choice(&options, "format", choices, &err), 2);
	assert_true(READ("--format", "tex"));
	assert_int_equal(options_choice(&options, "format", choices, &err), -1);
	assert_string_equal(err.text, "‘--format tex’ is not known; choose text, json or html");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(options_stand_anywhere_and_end_at_two_dashes),
	        cmocka_unit_test(option_value_may_look_like_an_option),
	        cmocka_unit_test(option_unknown_suggests_the_nearest),
	        cmocka_unit_test(option_choice_is_one_of_those_named),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
