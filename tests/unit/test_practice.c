/* test_practice.c: how figures run, and what comes next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/practice.h"

#define NOW 1700000000.0
#define ID(text) .id = {text, sizeof(text) - 1}

static void figures_rise_fall_or_stay(void **state)
{
	(void)state;
#define TREND(...)                                                                                 \
	practice_trend((const double[]){__VA_ARGS__},                                              \
	               sizeof((const double[]){__VA_ARGS__}) / sizeof(double))
	assert_int_equal(TREND(1, 9), TREND_SHORT);
	assert_int_equal(TREND(1, 1, 3, 4), TREND_RISING);
	assert_int_equal(TREND(0, 0, 1), TREND_RISING);
	assert_int_equal(TREND(4, 3, 1), TREND_FALLING);
	assert_int_equal(TREND(2, 2, 2, 2), TREND_STEADY);
	assert_int_equal(TREND(60, 58, 62, 57), TREND_STEADY);
	assert_int_equal(TREND(70, 62, 51, 44), TREND_FALLING);
}

/* Practised `days` ago, remembered by nine in ten after `stability` days. */
static struct schedule_item practised(double days, double stability)
{
	return (struct schedule_item){stability, 5, NOW - days * SCHEDULE_DAY};
}

static void the_most_faded_of_what_is_due_comes_first(void **state)
{
	const struct practice_item items[] = {
	        {PRACTICE_MOVE, ID("early"), .state = practised(1, 10)},
	        {PRACTICE_MOVE, ID("missed"), .missed = 5},
	        {PRACTICE_MOVE, ID("due"), .state = practised(5, 4)},
	        {PRACTICE_SCENARIO, ID("overdue"), .state = practised(40, 10)},
	        {PRACTICE_SCENARIO, ID("new")},
	};
	enum practice_reason why;

	(void)state;
	assert_ptr_equal(practice_next(items, 5, NOW, &why), &items[3]);
	assert_int_equal(why, PRACTICE_DUE);
	assert_ptr_equal(practice_next(items, 3, NOW, &why), &items[2]);
}

static void what_was_missed_comes_before_what_is_new(void **state)
{
	const struct practice_item items[] = {
	        {PRACTICE_SCENARIO, ID("new")},
	        {PRACTICE_SCENARIO, ID("newer")},
	        {PRACTICE_MOVE, ID("missed"), .missed = 1},
	        {PRACTICE_MOVE, ID("more"), .missed = 2},
	        {PRACTICE_MOVE, ID("early"), .state = practised(1, 10)},
	};
	enum practice_reason why;

	(void)state;
	assert_ptr_equal(practice_next(items, 5, NOW, &why), &items[3]);
	assert_int_equal(why, PRACTICE_MISSED);
	assert_ptr_equal(practice_next(items, 2, NOW, &why), &items[0]);
	assert_int_equal(why, PRACTICE_NEW);
}

static void where_nothing_is_due_the_first_to_be_comes_first(void **state)
{
	const struct practice_item items[] = {
	        {PRACTICE_MOVE, ID("later"), .state = practised(1, 10)},
	        {PRACTICE_MOVE, ID("sooner"), .state = practised(1, 3)},
	};
	enum practice_reason why;

	(void)state;
	assert_ptr_equal(practice_next(items, 2, NOW, &why), &items[1]);
	assert_int_equal(why, PRACTICE_EARLY);
	assert_null(practice_next(NULL, 0, NOW, &why));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(figures_rise_fall_or_stay),
	        cmocka_unit_test(the_most_faded_of_what_is_due_comes_first),
	        cmocka_unit_test(what_was_missed_comes_before_what_is_new),
	        cmocka_unit_test(where_nothing_is_due_the_first_to_be_comes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
