/* test_page.c: setting a page: wrapping, indentation, styles, and what a terminal must never be
 * sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "edge/page.h"

static void is(struct page *page, const char *expected)
{
	assert_string_equal(page->out.at ? page->out.at : "", expected);
	page_release(page);
}

static void words_wrap_before_the_edge(void **state)
{
	struct page page = {.width = 20};

	(void)state;
	page_textz(&page, 2, STYLE_PLAIN, "one two three four five six");
	is(&page, "  one two three four\n  five six\n");
}

static void width_is_counted_in_columns(void **state)
{
	struct page page = {.width = 20};

	(void)state;
	/* Each of these is two columns wide; the combining accent has none. */
	page_textz(&page, 0, STYLE_PLAIN, "漢字漢字漢字 cafe\u0301 abcdef");
	is(&page, "漢字漢字漢字 cafe\u0301\nabcdef\n");
}

static void a_word_wider_than_the_page_is_broken(void **state)
{
	struct page page = {.width = 20};

	(void)state;
	page_textz(&page, 4, STYLE_PLAIN, "abcdefghijklmnopqrstuvwxyz");
	is(&page, "    abcdefghijklmnop\n    qrstuvwxyz\n");
}

static void lines_after_the_first_hang(void **state)
{
	struct page page = {.width = 20};

	(void)state;
	page_begin(&page, 2, 7);
	page_addz(&page, STYLE_PLAIN, "Sam");
	page_tab(&page, 7);
	page_addz(&page, STYLE_PLAIN, "It was fine. They were quiet.\nMostly.");
	page_end(&page);
	is(&page, "  Sam  It was fine.\n       They were\n       quiet.\n       Mostly.\n");
}

static void runs_without_a_blank_stay_together(void **state)
{
	struct page page = {.width = 20};

	(void)state;
	page_begin(&page, 0, 0);
	page_addz(&page, STYLE_PLAIN, "one two three four “");
	page_addz(&page, STYLE_DIM, "quiet");
	page_addz(&page, STYLE_PLAIN, "”.");
	page_end(&page);
	is(&page, "one two three four\n“quiet”.\n");
}

static void styles_are_attributes_only_in_colour(void **state)
{
	struct page page = {.width = 80, .colour = true};

	(void)state;
	page_begin(&page, 0, 0);
	page_addz(&page, STYLE_DIM, "open question");
	page_addz(&page, STYLE_PLAIN, " then ");
	page_addz(&page, STYLE_BOLD, "this");
	page_end(&page);
	is(&page, "\033[2mopen question\033[0m then \033[1mthis\033[0m\n");
}

static void control_sequences_never_pass(void **state)
{
	struct page page = {.width = 80, .colour = true};

	(void)state;
	page_textz(&page, 0, STYLE_PLAIN,
	           "a\033[31mred\a\001\002b\xc2\x9b"
	           "2Jc\u202ed");
	assert_null(strchr(page.out.at, '\033'));
	assert_null(strchr(page.out.at, '\a'));
	assert_null(strchr(page.out.at, '\001'));
	assert_null(strstr(page.out.at, "\xc2\x9b"));
	assert_null(strstr(page.out.at, "\u202e"));
	page_release(&page);
}

static void plain_pages_have_no_columns(void **state)
{
	struct page page = {.width = 80, .plain = true};

	(void)state;
	page_begin(&page, 2, 7);
	page_addz(&page, STYLE_PLAIN, "one");
	page_tab(&page, 30);
	page_addz(&page, STYLE_PLAIN, "two");
	page_end(&page);
	is(&page, "one, two\n");
}

static void text_ends_at_the_right_edge(void **state)
{
	struct page page = {.width = 20};

	(void)state;
	page_begin(&page, 2, 2);
	page_addz(&page, STYLE_PLAIN, "Good.");
	page_tab_right(&page, 7);
	page_addz(&page, STYLE_PLAIN, "trust 7");
	page_end(&page);
	is(&page, "  Good.      trust 7\n");
}

static void text_without_room_at_the_right_takes_its_own_line(void **state)
{
	struct page page = {.width = 20};

	(void)state;
	page_begin(&page, 2, 2);
	page_addz(&page, STYLE_PLAIN, "A plan Sam owns.");
	page_tab_right(&page, 7);
	page_addz(&page, STYLE_PLAIN, "trust 7");
	page_end(&page);
	is(&page, "  A plan Sam owns.\n  trust 7\n");
}

static void paragraphs_are_parted_by_one_line(void **state)
{
	struct page page = {.width = 40};

	(void)state;
	page_prose(&page, 2, SLICE("One.\n\nTwo.\n\n\n\nThree."));
	is(&page, "  One.\n\n  Two.\n\n  Three.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(words_wrap_before_the_edge),
	        cmocka_unit_test(width_is_counted_in_columns),
	        cmocka_unit_test(a_word_wider_than_the_page_is_broken),
	        cmocka_unit_test(lines_after_the_first_hang),
	        cmocka_unit_test(runs_without_a_blank_stay_together),
	        cmocka_unit_test(styles_are_attributes_only_in_colour),
	        cmocka_unit_test(control_sequences_never_pass),
	        cmocka_unit_test(plain_pages_have_no_columns),
	        cmocka_unit_test(text_ends_at_the_right_edge),
	        cmocka_unit_test(text_without_room_at_the_right_takes_its_own_line),
	        cmocka_unit_test(paragraphs_are_parted_by_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
