/* Days as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/due.h"

/* A Sunday. */
static const struct due_day today = {2026, 11, 22};

static void expect_from(struct due_day from, const char *text, const char *wanted)
{
	struct due_day day;
	struct strbuf out = {0};

	strbuf_addz(&out, "");
	if (due_read(slice_of(text), from, &day))
		due_write(day, &out);
	else
		strbuf_addz(&out, "none");
	if (strcmp(out.at, wanted) != 0)
		fail_msg("“%s” was read as %s, not %s", text, out.at, wanted);
	strbuf_release(&out);
}

static void expect(const char *text, const char *wanted)
{
	expect_from(today, text, wanted);
}

static void days_of_the_week_are_the_next_ones(void **state)
{
	(void)state;
	expect("thursday", "Thursday 26 November 2026");
	expect("On Thurs, period 3", "Thursday 26 November 2026");
	expect("mon", "Monday 23 November 2026");
	expect("sunday", "Sunday 29 November 2026");
	expect("thursday at 3 10", "Thursday 26 November 2026");
	expect_from((struct due_day){2026, 11, 24}, "next thursday", "Thursday 3 December 2026");
	expect_from((struct due_day){2026, 11, 24}, "this thursday", "Thursday 26 November 2026");
	expect("thursday 3 december", "Thursday 3 December 2026");
}

static void days_ahead_are_counted(void **state)
{
	(void)state;
	expect("today", "Sunday 22 November 2026");
	expect("Tomorrow!", "Monday 23 November 2026");
	expect("in 5 days", "Friday 27 November 2026");
	expect("in one day", "Monday 23 November 2026");
	expect("in a week", "Sunday 29 November 2026");
	expect("two weeks", "Sunday 6 December 2026");
	expect("in a fortnight", "Sunday 6 December 2026");
	expect("next week", "Sunday 29 November 2026");
	expect("40 days", "Friday 1 January 2027");
}

static void dates_are_british(void **state)
{
	(void)state;
	expect("3 dec", "Thursday 3 December 2026");
	expect("3rd of December", "Thursday 3 December 2026");
	expect("dec 3", "Thursday 3 December 2026");
	expect("December 3rd, 2027", "Friday 3 December 2027");
	expect("3/12", "Thursday 3 December 2026");
	expect("3.12.26", "Thursday 3 December 2026");
	expect("2026-12-03", "Thursday 3 December 2026");
	expect("1 march", "Monday 1 March 2027");
	expect("22 nov", "Sunday 22 November 2026");
	expect("29 feb 2028", "Tuesday 29 February 2028");
}

static void what_is_no_day_to_come_is_refused(void **state)
{
	(void)state;
	expect("", "none");
	expect("soon", "none");
	expect("One day", "none");
	expect("5", "none");
	expect("period 3", "none");
	expect("31 feb", "none");
	expect("0 dec", "none");
	expect("32/12", "none");
	expect("3/13", "none");
	expect("2026-11-21", "none");
	expect("1 jan 2020", "none");
	expect("1 jan 2030", "none");
	expect("9999 days", "none");
	expect("99999999999999999999 days", "none");
	expect("\x1b[31m\xff\xff", "none");
}

static void counting_crosses_years_and_leap_days(void **state)
{
	struct due_day first = {1, 1, 1};
	struct due_day day = {2027, 12, 31};

	(void)state;
	assert_int_equal(due_between(today, due_after(today, 800)), 800);
	assert_int_equal(due_between(today, due_after(today, -400)), -400);
	day = due_after(day, 60);
	assert_int_equal(day.month, 2);
	assert_int_equal(day.day, 29);
	assert_int_equal(due_between(first, first), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(days_of_the_week_are_the_next_ones),
	        cmocka_unit_test(days_ahead_are_counted),
	        cmocka_unit_test(dates_are_british),
	        cmocka_unit_test(what_is_no_day_to_come_is_refused),
	        cmocka_unit_test(counting_crosses_years_and_leap_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
