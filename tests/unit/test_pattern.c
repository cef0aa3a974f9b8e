/* test_pattern.c: what can never match, or matches everywhere, is told under the very place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "load/pattern.h"

/* Diagnostics of one pattern; `lists` (if not NULL) collects what it names. */
static char *check(const char *text, struct arena *arena, struct pattern_lists *lists)
{
	struct source source = {SLICE("p"), slice_of(text)};
	struct diags diags = {0};
	struct strbuf out = {0};
	struct place place = {.source = &source, .line = 1, .len = (uint32_t)source.text.len};
	bool good = pattern_check(source.text, place, arena, lists, &diags);
	char *said;

	assert_true(good == (diags.errors == 0));
	diags_print(&diags, &out);
	said = (char *)slice_copy(arena, strbuf_slice(&out)).at;
	strbuf_release(&out);
	diags_release(&diags);
	return said;
}

static void refuses(const char *text, size_t column, const char *words)
{
	struct pattern_lists lists = {0};
	struct arena arena;
	char begin[40];
	char *said;

	arena_init(&arena);
	said = check(text, &arena, &lists);
	snprintf(begin, sizeof(begin), "p:1:%zu: ", column);
	if (!strstr(said, begin) || !strstr(said, words))
		fail_msg("%s\nnot said at column %zu: %s\nbut: %s", text, column, words, said);
	arena_release(&arena);
}

static void takes(const char *text)
{
	struct pattern_lists lists = {0};
	struct arena arena;
	char *said;

	arena_init(&arena);
	said = check(text, &arena, &lists);
	if (said[0])
		fail_msg("%s\nrefused: %s", text, said);
	arena_release(&arena);
}

static void upper_case_is_told_where_it_stands_for_itself(void **state)
{
	(void)state;
	refuses("on Monday", 4,
	        "‘Monday’ never matches: patterns see text in lower case; write "
	        "‘monday’");
	refuses("[A-Z]", 2, "‘A-Z’ never matches: patterns see text in lower case; write ‘a-z’");
	refuses("\\QNo\\E", 3, "‘No’ never matches");
	refuses("\\bÉ", 3,
	        "‘É’ never matches: text is made plain before patterns see it; write "
	        "‘é’");
	takes("\\W\\B\\S\\A\\Z\\bx\\R\\K");
	takes("(?<Name>a)\\k<Name>(?P=Name)(?P>Name)(?&Name)");
	takes("[[:alpha:]]\\p{Lu}\\pL\\P{^Lu}\\xE9\\x{1F600}\\cA\\N{U+41}");
	takes("(?R)?(?:(?J)a)(?<!a)(?<=b)(*SKIP)?a");
}

static void what_folding_changes_is_told(void **state)
{
	(void)state;
	refuses("don’t", 4, "write ‘'’");
	refuses("“so”", 1, "write ‘\"’");
	refuses("well – so", 6, "write ‘-’");
	refuses("so…", 3, "write ‘...’");
	refuses("a\tb", 2, "never matches");
	takes("café");
}

static void blanks_in_a_row_never_match(void **state)
{
	(void)state;
	refuses("a   b", 2, "blanks in a row never match");
	takes("(a )? b");
	takes("a  ?b");
	takes("a  {0,2}b");
	takes("a \\s+b");
}

static void alternative_without_anything_is_told_at_its_bar(void **state)
{
	(void)state;
	refuses("a|", 2, "an empty alternative matches everywhere");
	refuses("|a", 1, "an empty alternative matches everywhere");
	refuses("a||b", 2, "an empty alternative matches everywhere");
	refuses("x(a|b|)", 6,
	        "empty alternative beside this ‘|’; for what may be missing write (…)?");
	refuses("(?:|a)", 4,
	        "empty alternative beside this ‘|’; for what may be missing write (…)?");
	takes("(a|b)?|c");
	takes("(?=a|b)|^|$|\\b");
	takes("()a[|]\\|");
	takes("(?#or |)a");
}

static void brackets_must_close(void **state)
{
	(void)state;
	refuses("a(b(c)", 2, "‘(’ is never closed");
	refuses("a)b", 2, "‘)’ closes nothing");
	refuses("a[b", 2, "‘[’ is never closed");
	refuses("a{b", 2, "‘{’ is never closed");
	refuses("a\\", 2, "stands before nothing");
	takes("[]a][^]b][(]\\(\\[[\\]]");
	refuses("((((((((((((((((((((((((((a))))))))))))))))))))))))))", 25,
	        "brackets nest deeper than 24 levels");
}

static void repeats_need_something_before_them(void **state)
{
	(void)state;
	refuses("*a", 1, "nothing stands before ‘*’ to repeat");
	refuses("a|+b", 3, "nothing stands before ‘+’ to repeat");
	refuses("(?:?a)", 4, "nothing stands before ‘?’ to repeat");
	refuses("{2}a", 1, "nothing stands before ‘{2}’ to repeat");
	refuses("a{,3}", 2, "write ‘{0,3}’");
	takes("a*?b++c{2}?d{2,}+e{2,3}");
}

static void names_of_lists_are_found(void **state)
{
	struct pattern_lists lists = {0};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_string_equal(check("\\b{feeling} or {so_2-x}?", &arena, &lists), "");
	assert_int_equal(lists.count, 2);
	assert_true(slice_is(lists.items[0].id, "feeling"));
	assert_int_equal(lists.items[0].at, 2);
	assert_int_equal(lists.items[0].len, 9);
	assert_true(slice_is(lists.items[1].id, "so_2-x"));
	refuses("{Feeling}", 1, "‘{Feeling}’ names no list");
	assert_non_null(strstr(check("a {feeling}", &arena, NULL), "p:1:3: error: ‘{feeling}’: "
	                                                           "lists are known in rule packs "
	                                                           "only"));
	arena_release(&arena);
}

static void group_name_that_means_nothing_is_a_warning(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_non_null(strstr(check("(?<sed>a)", &arena, NULL),
	                       "p:1:4: warning: a group named ‘sed’ means nothing"));
	assert_non_null(strstr(check("(?<heer>a)", &arena, NULL), "did you mean ‘here’?"));
	arena_release(&arena);
	takes("(?<said>a)(?<here>b)(?'said'c)");
	takes("(?<w>a)\\k<w>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(upper_case_is_told_where_it_stands_for_itself),
	        cmocka_unit_test(what_folding_changes_is_told),
	        cmocka_unit_test(blanks_in_a_row_never_match),
	        cmocka_unit_test(alternative_without_anything_is_told_at_its_bar),
	        cmocka_unit_test(brackets_must_close),
	        cmocka_unit_test(repeats_need_something_before_them),
	        cmocka_unit_test(names_of_lists_are_found),
	        cmocka_unit_test(group_name_that_means_nothing_is_a_warning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
