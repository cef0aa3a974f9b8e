/* test_gate.c: what a condition asks for: it can or cannot hold, one holds whenever another does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "load/gate.h"

enum { TRUST, TURN, AGREED, ASKED, NEVER };

static const struct expr_name names[] = {
        {"trust", EXPR_NUMBER, EXPR_ARG_NONE, TRUST},  {"turn", EXPR_NUMBER, EXPR_ARG_NONE, TURN},
        {"agreed", EXPR_TRUTH, EXPR_ARG_NONE, AGREED}, {"asked", EXPR_TRUTH, EXPR_ARG_TOPIC, ASKED},
        {"never", EXPR_TRUTH, EXPR_ARG_NONE, NEVER},   {NULL, EXPR_NUMBER, EXPR_ARG_NONE, 0},
};

static int resolve(void *context, enum expr_arg arg, struct slice id, struct nearest *nearest)
{
	(void)context;
	(void)arg;
	(void)nearest;
	return id.at[0];
}

static struct gate_range ask(void *context, int id, int arg)
{
	struct gate_range range = {0, HUGE_VAL, id != NEVER, true};

	(void)context;
	(void)arg;
	if (id == TRUST)
		range.high = 10;
	return range;
}

static const struct expr *parse(const char *text, struct arena *arena)
{
	static const struct expr_scope scope = {names, resolve, NULL};
	struct diags diags = {0};
	const struct expr *expr =
	        expr_parse(slice_of(text), (struct place){0}, &scope, arena, &diags);

	if (!expr)
		fail_msg("no condition: %s", text);
	diags_release(&diags);
	return expr;
}

/* "" when it opens, else the term that fails. */
static void assert_opens(const char *text, const char *why)
{
	struct arena arena = {0};
	struct gate gate = gate_of(parse(text, &arena), &arena);
	struct slice term = SLICE("");
	bool opens = gate_opens(&gate, ask, NULL, &term);

	if (opens != (*why == '\0') || !slice_is(term, why))
		fail_msg("%s: %s at ‘%.*s’", text, opens ? "opens" : "closed", SLICE_ARGS(term));
	arena_release(&arena);
}

static void assert_within(const char *text, const char *wider, bool within)
{
	struct arena arena = {0};
	struct gate inner = gate_of(parse(text, &arena), &arena);
	struct gate outer = gate_of(parse(wider, &arena), &arena);

	if (gate_within(&inner, &outer) != within)
		fail_msg("‘%s’ within ‘%s’: not %d", text, wider, within);
	arena_release(&arena);
}

static void what_can_hold_opens(void **state)
{
	(void)state;
	assert_opens("trust >= 6", "");
	assert_opens("trust >= 10", "");
	assert_opens("trust > 9", "");
	assert_opens("trust != 5 and trust >= 5", "");
	assert_opens("6 <= trust and trust < 7", "");
	assert_opens("agreed and not never", "");
	assert_opens("trust >= 11 or agreed", "");
	assert_opens("not (trust >= 11 and agreed)", "");
	assert_opens("asked(a) and not asked(b)", "");
	assert_opens("trust = turn", "");
}

static void what_cannot_hold_is_named(void **state)
{
	(void)state;
	assert_opens("trust >= 11", "trust >= 11");
	assert_opens("trust > 10", "trust > 10");
	assert_opens("11 < trust", "11 < trust");
	assert_opens("trust >= 6 and trust <= 5", "trust <= 5");
	assert_opens("trust > 5 and trust < 5", "trust < 5");
	assert_opens("trust = 5 and trust != 5", "trust != 5");
	assert_opens("agreed and not agreed", "agreed");
	assert_opens("never", "never");
	assert_opens("not (trust <= 10)", "trust <= 10");
	assert_opens("agreed and (never or trust >= 12)", "never");
	assert_opens("asked(a) and not (asked(a) or agreed)", "asked(a)");
}

static void a_narrower_condition_is_within_a_wider_one(void **state)
{
	(void)state;
	assert_within("trust >= 7", "trust >= 6", true);
	assert_within("trust >= 6", "trust >= 7", false);
	assert_within("trust = 7", "trust >= 6 and trust <= 8", true);
	assert_within("trust >= 7 and agreed", "agreed", true);
	assert_within("agreed", "agreed or trust >= 7", true);
	assert_within("agreed or trust >= 7", "agreed", false);
	assert_within("agreed or trust >= 7", "trust >= 6 or agreed", true);
	assert_within("not agreed", "agreed", false);
	assert_within("asked(a)", "asked(b)", false);
	assert_within("trust >= 6", "trust > 5", true);
	assert_within("trust > 5", "trust >= 6", false); /* numbers need not be whole */
	assert_within("trust > 5", "trust >= 5", true);
}

static void nothing_is_told_of_what_is_not_known(void **state)
{
	struct strbuf text = {0};
	int i;

	(void)state;
	assert_within("trust = turn", "trust = turn", false);
	/* Two to the seventh ways. */
	for (i = 0; i < 7; i++)
		strbuf_addf(&text, "%s(trust = %d or turn = %d)", i ? " and " : "", i + 11, i);
	assert_opens(text.at, "");
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_can_hold_opens),
	        cmocka_unit_test(what_cannot_hold_is_named),
	        cmocka_unit_test(a_narrower_condition_is_within_a_wider_one),
	        cmocka_unit_test(nothing_is_told_of_what_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
