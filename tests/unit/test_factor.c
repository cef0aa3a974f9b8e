/* test_factor.c: a rewritten pattern finds what the original finds. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "load/factor.h"

static void becomes(const char *pattern, const char *expected)
{
	struct strbuf out = {0};
	bool gained = factor(slice_of(pattern), &out);

	if (expected) {
		assert_true(gained);
		assert_string_equal(out.at, expected);
	} else {
		assert_false(gained);
		assert_int_equal(out.len, 0);
	}
	strbuf_release(&out);
}

static void factor_gathers_alternatives_that_begin_alike(void **state)
{
	(void)state;
	becomes("(?:tired|sad|torn|glad)", "(?:t(?:ired|orn)|sad|glad)");
	becomes("how are|how do|hi|oh", "h(?:ow are|ow do|i)|oh");
	becomes("(?:ten|tent|t|a|b)", "(?:t(?:en|ent|)|a|b)");
	becomes("(?:abcd|abce|abcf|abcg)", "(?:a(?:b(?:c(?:d|e|f|g))))");
	becomes("x(?:a|b(?:c1|c2|d|e))", "x(?:a|b(?:c(?:1|2)|d|e))");
}

static void factor_keeps_the_order_of_what_may_match_in_one_place(void **state)
{
	(void)state;
	/* What begins with a class, a group, an assertion or an optional letter is not crossed. */
	becomes("(?:ta|\\w+|tb|tc)", "(?:ta|\\w+|t(?:b|c))");
	becomes("(?:ta|t?b|tb|u)", NULL);
	becomes("(?:ta|(?:t)b|tb|u)", NULL);
	becomes("(?:ta|[t]b|tb|u)", NULL);
	becomes("(?:ta|^tb|u|tc)", NULL);
	becomes("(?:ta||u|tc)", NULL);
	becomes("(?:t*|u|t+|tc)", NULL);
	becomes("(?:ta|tb|u)", NULL);
}

static void factor_does_not_move_numbered_groups(void **state)
{
	(void)state;
	becomes("(?:t(a)|u|v|tb)", NULL);
	becomes("(?:t(?<said>a)|u|v|tb)", NULL);
	becomes("(?<said>ta|u|v|tb)", "(?<said>t(?:a|b)|u|v)");
	becomes("(ta|u|v|tb)\\1", "(t(?:a|b)|u|v)\\1");
}

static void factor_leaves_alone_what_it_does_not_know(void **state)
{
	static const char *const unknown[] = {
	        "(?i)(?:ta|u|v|tb)",  "(?:ta|u|v|tb)(?R)",
	        "(?|ta|u|v|tb)",      "(*COMMIT)ta|u|v|tb",
	        "\\Qta|u|v|tb\\E",    "[[:alpha:]]ta|u|tb",
	        "(?:ta|u|v|tb",       "ta|u|v|tb)",
	        "\\c(ta|u|v|tb",      "(?(1)ta|u|v|tb)",
	        "(?#note)ta|u|v|tb",  "ta|u|v|tb\\",
	        "[ta|u|v|tb",         "(?P<x>ta|u|v|tb)",
	        "(?:ta|u|v|tb)(?&x)", "",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		becomes(unknown[i], NULL);
	becomes("(?<=ta|u|v|tb)x", NULL);
	becomes("(?<!ta|(?:u)|v|tb)x", NULL);
	becomes("[(|]|[]ta|u]|[^]a|b]", NULL);
	becomes("\\(ta|u|v|tb", NULL);
}

/* The first match of a pattern, with its group 1; "-" for none. */
static void match(const char *pattern, size_t len, const char *text, char *out, size_t size)
{
	PCRE2_SIZE at;
	int code;
	pcre2_code *compiled =
	        pcre2_compile((PCRE2_SPTR)pattern, len, PCRE2_UTF | PCRE2_UCP, &code, &at, NULL);
	pcre2_match_data *data;
	const PCRE2_SIZE *ends;
	int found;

	assert_non_null(compiled);
	data = pcre2_match_data_create_from_pattern(compiled, NULL);
	found = pcre2_match(compiled, (PCRE2_SPTR)text, strlen(text), 0, 0, data, NULL);
	ends = pcre2_get_ovector_pointer(data);
	if (found < 0)
		snprintf(out, size, "-");
	else if (found == 1)
		snprintf(out, size, "%zu-%zu", ends[0], ends[1]);
	else
		snprintf(out, size, "%zu-%zu %zu-%zu", ends[0], ends[1], ends[2], ends[3]);
	pcre2_match_data_free(data);
	pcre2_code_free(compiled);
}

/* A pattern of random pieces, the same in each run. */
static void make_pattern(uint32_t *seed, unsigned depth, bool *numbered, struct strbuf *out)
{
	static const char *const pieces[] = {"a",  "b",   "ab",   "ba", "aab", "a?", "b*",
	                                     "c+", "\\b", "[ab]", ".",  "",    "c",  "bc"};
	unsigned count = 1 + (*seed >> 16) % 6;

	while (count--) {
		unsigned parts = 1 + (*seed >> 20) % 3;

		while (parts--) {
			*seed = *seed * 1103515245u + 12345u;
			if ((*seed >> 16) % 5 == 0 && depth < 3) {
				bool capture = (*seed >> 12) % 4 == 0 && !*numbered;

				*numbered = *numbered || capture;
				strbuf_addz(out, capture ? "(" : "(?:");
				make_pattern(seed, depth + 1, numbered, out);
				strbuf_addz(out, (*seed >> 9) % 4 == 0 ? ")?" : ")");
			} else {
				strbuf_addz(out, pieces[(*seed >> 16) %
				                        (sizeof(pieces) / sizeof(pieces[0]))]);
			}
		}
		if (count)
			strbuf_addc(out, '|');
	}
}

static void a_rewritten_pattern_finds_the_same(void **state)
{
	static const char *const texts[] = {"",     "a",       "abc",       "b a b",   "cab bac",
	                                    "aabb", "ccba ab", "bcbcaabab", "a bc aab"};
	struct strbuf pattern = {0};
	struct strbuf out = {0};
	uint32_t seed = 1;
	unsigned gained = 0;
	unsigned run;
	size_t i;

	(void)state;
	for (run = 0; run < 3000; run++) {
		bool numbered = false;

		strbuf_clear(&pattern);
		strbuf_clear(&out);
		make_pattern(&seed, 0, &numbered, &pattern);
		if (!factor(strbuf_slice(&pattern), &out))
			continue;
		gained++;
		for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
			char before[100];
			char after[100];

			match(pattern.at, pattern.len, texts[i], before, sizeof(before));
			match(out.at, out.len, texts[i], after, sizeof(after));
			if (strcmp(before, after) != 0)
				fail_msg("‘%s’ finds %s in ‘%s’, ‘%s’ %s", pattern.at, before,
				         texts[i], out.at, after);
		}
	}
	assert_true(gained > 500);
	strbuf_release(&pattern);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(factor_gathers_alternatives_that_begin_alike),
	        cmocka_unit_test(factor_keeps_the_order_of_what_may_match_in_one_place),
	        cmocka_unit_test(factor_does_not_move_numbered_groups),
	        cmocka_unit_test(factor_leaves_alone_what_it_does_not_know),
	        cmocka_unit_test(a_rewritten_pattern_finds_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
