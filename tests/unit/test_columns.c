/* test_columns.c: two texts side by side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "edge/columns.h"

static void gives(const char *left, const char *right, size_t width, const char *expected)
{
	struct strbuf out = {0};

	columns_join(slice_of(left), slice_of(right), width, " | ", &out);
	assert_string_equal(out.at ? out.at : "", expected);
	strbuf_release(&out);
}

static void lines_stand_beside_each_other(void **state)
{
	(void)state;
	gives("one\ntwo\n", "three\nfour\n", 5, "one   | three\ntwo   | four\n");
}

static void the_shorter_side_goes_on_empty(void **state)
{
	(void)state;
	gives("one\n", "a\nb\n", 3, "one | a\n    | b\n");
	gives("one\ntwo\n", "a\n", 3, "one | a\ntwo |\n");
	gives("", "a\n", 3, "    | a\n");
	gives("", "", 3, "");
}

static void an_empty_line_within_a_side_is_kept(void **state)
{
	(void)state;
	gives("one\n\ntwo\n", "a\n", 3, "one | a\n    |\ntwo |\n");
}

static void width_is_counted_in_columns(void **state)
{
	(void)state;
	gives("漢字\ncafe\u0301\n", "a\nb\n", 5, "漢字  | a\ncafe\u0301  | b\n");
}

static void a_line_wider_than_its_column_is_not_cut(void **state)
{
	(void)state;
	gives("abcdef\n", "a\n", 3, "abcdef | a\n");
}

static void a_style_stays_in_its_column(void **state)
{
	(void)state;
	gives("\033[2mdim\ndim too\033[0m\n", "a\nb\n", 7,
	      "\033[2mdim\033[0m     | a\n\033[2mdim too\033[0m | b\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(lines_stand_beside_each_other),
	        cmocka_unit_test(the_shorter_side_goes_on_empty),
	        cmocka_unit_test(an_empty_line_within_a_side_is_kept),
	        cmocka_unit_test(width_is_counted_in_columns),
	        cmocka_unit_test(a_line_wider_than_its_column_is_not_cut),
	        cmocka_unit_test(a_style_stays_in_its_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
