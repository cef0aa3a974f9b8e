/* test_expr.c: conditions hold as they read, and mistakes are told under the word that is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "load/expr.h"

enum { TRUST, QUESTION, COUNT, AGREED, DONE, ECHO };

static const struct expr_name names[] = {{"trust", EXPR_NUMBER, EXPR_ARG_NONE, TRUST},
                                         {"question", EXPR_TRUTH, EXPR_ARG_NONE, QUESTION},
                                         {"count", EXPR_NUMBER, EXPR_ARG_MOVE, COUNT},
                                         {"agreed", EXPR_TRUTH, EXPR_ARG_OPTIONAL, AGREED},
                                         {"done", EXPR_TRUTH, EXPR_ARG_DONE, DONE},
                                         {"echo", EXPR_NUMBER, EXPR_ARG_NONE, ECHO},
                                         {NULL, EXPR_TRUTH, EXPR_ARG_NONE, 0}};

static int resolve(void *context, enum expr_arg arg, struct slice id, struct nearest *nearest)
{
	(void)context;
	(void)arg;
	nearest_offer(nearest, SLICE("pause"));
	return slice_is(id, "pause") ? 3 : -1;
}

static double value(void *context, int id, int arg)
{
	(void)context;
	switch (id) {
	case TRUST:
		return 6;
	case QUESTION:
		return 1;
	case COUNT:
		return arg;
	case AGREED:
		return arg == 3;
	case ECHO:
		return 0.5;
	}
	return 0;
}

static const struct expr_scope scope = {names, resolve, NULL};

/* 1 holds, 0 does not, -1 refused; `said` (if not NULL) must then be among the diagnostics. */
static int ask(const char *text, const char *said)
{
	struct source source = {SLICE("f"), slice_of(text)};
	struct diags diags = {0};
	struct strbuf out = {0};
	struct arena arena;
	const struct expr *expr;
	int answer = -1;

	arena_init(&arena);
	expr = expr_parse(source.text, place_of(&source, source.text), &scope, &arena, &diags);
	if (expr)
		answer = expr_holds(expr, value, NULL);
	diags_print(&diags, &out);
	strbuf_addz(&out, "");
	if (said && !strstr(out.at, said))
		fail_msg("‘%s’ said: %s", text, out.at);
	assert_true(expr ? diags.errors == 0 : diags.errors > 0);
	strbuf_release(&out);
	diags_release(&diags);
	arena_release(&arena);
	return answer;
}

static void expr_holds_as_it_reads(void **state)
{
	(void)state;
	assert_int_equal(ask("trust >= 6", NULL), 1);
	assert_int_equal(ask("trust>6", NULL), 0);
	assert_int_equal(ask("trust != 5 and question", NULL), 1);
	assert_int_equal(ask("not question or trust = 6", NULL), 1);
	assert_int_equal(ask("not (question or trust = 6)", NULL), 0);
	assert_int_equal(ask("echo >= 0.5 and echo < 0.51", NULL), 1);
	assert_int_equal(ask("count(pause) >= 3 and agreed(pause) and not agreed", NULL), 1);
	assert_int_equal(ask("question or question and trust < 1", NULL), 1);
	assert_int_equal(ask("5 < trust", NULL), 1);
}

static void expr_mistakes_are_told_under_the_word(void **state)
{
	(void)state;
	assert_int_equal(ask("trst >= 6",
	                     "f:1:1: error: unknown name ‘trst’ in a condition; did you mean "
	                     "‘trust’?\n  trst >= 6\n  ^~~~\n"),
	                 -1);
	assert_int_equal(ask("trust", "is a number, no condition; compare it, as in ‘trust >= 1’"),
	                 -1);
	assert_int_equal(ask("question >= 1", "‘question’ is true or false and cannot be compared"),
	                 -1);
	assert_int_equal(ask("count(puase) > 1",
	                     "f:1:7: error: unknown move ‘puase’; did you mean ‘pause’?"),
	                 -1);
	assert_int_equal(ask("count > 1", "‘count’ needs a move: write count(…)"), -1);
	assert_int_equal(ask("trust(pause) > 1", "‘trust’ takes nothing in brackets"), -1);
	assert_int_equal(ask("(question", "‘)’ is missing"), -1);
	assert_int_equal(ask("question question", "f:1:10: error: ‘question’ is not expected here"),
	                 -1);
	assert_int_equal(ask("", "condition ends too soon"), -1);
	assert_int_equal(ask("trust >= 1.2.3", "‘1.2.3’ is no number"), -1);
	assert_int_equal(ask("trust + 1 > 2", "is a number, no condition"), -1);
	assert_int_equal(
	        ask("trust => 6", "f:1:7: error: ‘=>’ compares nothing; did you mean ‘>=’?"), -1);
	assert_int_equal(ask("trust > = 6", "‘> =’ compares nothing; did you mean ‘>=’?"), -1);
	assert_int_equal(ask("trust == 6", "‘==’ compares nothing; did you mean ‘=’?"), -1);
}

static void expr_nesting_and_terms_are_limited(void **state)
{
	struct strbuf text = {0};
	size_t i;

	(void)state;
	for (i = 0; i < LIMIT_EXPR_DEPTH + 5; i++)
		strbuf_addc(&text, '(');
	strbuf_addz(&text, "question");
	assert_int_equal(ask(text.at, "condition nests deeper than 32 levels"), -1);
	strbuf_clear(&text);
	strbuf_addz(&text, "question");
	for (i = 0; i < LIMIT_EXPR_NODES; i++)
		strbuf_addz(&text, " and question");
	assert_int_equal(ask(text.at, "condition has more than 128 terms"), -1);
	strbuf_release(&text);
}

static void expr_counts_and_names_its_terms(void **state)
{
	struct source source = {SLICE("f"),
	                        SLICE("trust >= 7 and (question or trust = 1) and not agreed")};
	struct diags diags = {0};
	struct arena arena;
	const struct expr *expr;
	bool holds;

	(void)state;
	arena_init(&arena);
	expr = expr_parse(source.text, place_of(&source, source.text), &scope, &arena, &diags);
	assert_int_equal(expr_terms(expr), 3);
	assert_true(slice_is(expr_term(expr, 0, value, NULL, &holds), "trust >= 7") && !holds);
	expr_term(expr, 1, value, NULL, &holds);
	assert_true(holds);
	assert_true(slice_is(expr_term(expr, 2, value, NULL, &holds), "not agreed") && holds);
	assert_int_equal(expr_terms(NULL), 0);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(expr_holds_as_it_reads),
	        cmocka_unit_test(expr_mistakes_are_told_under_the_word),
	        cmocka_unit_test(expr_nesting_and_terms_are_limited),
	        cmocka_unit_test(expr_counts_and_names_its_terms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
