/* test_clock.c: the time that is handed in, and how it is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "edge/clock.h"

static void rehearse_now_stops_the_clock(void **state)
{
	(void)state;
	setenv("REHEARSE_NOW", "1795339800.5", 1);
	assert_true(clock_now() == 1795339800.5);
	assert_true(clock_now() == 1795339800.5);
}

static void what_is_no_time_in_it_counts_for_nothing(void **state)
{
	static const char *const none[] = {"", "soon", "12x", "nan", "inf", "1e99"};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		setenv("REHEARSE_NOW", none[i], 1);
		assert_true(clock_now() > 1.7e9);
		assert_true(clock_now() < 1e11);
	}
}

static void times_are_written_to_the_minute_or_the_day(void **state)
{
	struct strbuf out = {0};

	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	clock_minute(1795339859, &out);
	strbuf_addc(&out, '|');
	clock_day(1795339859, &out);
	strbuf_addc(&out, '|');
	clock_minute(-1e300, &out);
	assert_string_equal(out.at, "2026-11-22 09:30|2026-11-22|?");
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(rehearse_now_stops_the_clock),
	        cmocka_unit_test(what_is_no_time_in_it_counts_for_nothing),
	        cmocka_unit_test(times_are_written_to_the_minute_or_the_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
