/* test_schedule.c: FSRS-5 against its published reference values, and how grades are derived.
 *
 * The values are those of FSRS-5.test.ts in ts-fsrs (Open Spaced Repetition, MIT), default weights.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "engine/schedule.h"

#define START 1669725000.0 /* 29 November 2022, 12:30 UTC */

static void near(double value, double wanted, double within)
{
	if (!(fabs(value - wanted) <= within))
		fail_msg("%.10f is not %.10f", value, wanted);
}

/* "first repeat": stability and difficulty after one grade. */
static void first_grades_are_the_published_ones(void **state)
{
	static const double stability[] = {0.40255, 1.18385, 3.173, 15.69105};
	static const double difficulty[] = {7.1949, 6.48830527, 5.28243442, 3.22450159};

	(void)state;
	for (int grade = GRADE_AGAIN; grade <= GRADE_EASY; grade++) {
		struct schedule_item item = {0};

		schedule_review(&item, (enum schedule_grade)grade, START);
		near(item.stability, stability[grade - 1], 1e-8);
		near(item.difficulty, difficulty[grade - 1], 1e-8);
		near(item.last, START, 0);
	}
}

/* "ivl_history": good six times, again twice, good five times, each when it is due; the published
 * zeros are learning steps of minutes, where nothing is scheduled in days. */
static void intervals_are_the_published_ones(void **state)
{
	static const int wanted[] = {0, 4, 14, 44, 125, 328, 0, 0, 7, 16, 34, 71, 142};
	struct schedule_item item = {0};
	double now = START;

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		schedule_review(&item, i == 6 || i == 7 ? GRADE_AGAIN : GRADE_GOOD, now);
		if (!wanted[i])
			continue;
		near(schedule_days(&item), wanted[i], 0);
		near(schedule_due(&item), now + wanted[i] * SCHEDULE_DAY, 0.001);
		now = schedule_due(&item);
	}
}

/* "memory state": again, then good after 0, 0, 1, 3, 8 and 21 days. Its third grade comes as the
 * card leaves the learning steps, when R is 1 and stability stays: the state after it is put in. */
static void a_history_ends_in_the_published_state(void **state)
{
	static const int gaps[] = {1, 3, 8, 21};
	struct schedule_item item = {0};
	double now = START;
	double stability;

	(void)state;
	schedule_review(&item, GRADE_AGAIN, now);
	schedule_review(&item, GRADE_GOOD, now);
	stability = item.stability;
	schedule_review(&item, GRADE_GOOD, now);
	item.stability = stability;
	for (size_t i = 0; i < 4; i++) {
		now += gaps[i] * SCHEDULE_DAY;
		schedule_review(&item, GRADE_GOOD, now);
	}
	near(item.stability, 48.4848, 0.00005);
	near(item.difficulty, 7.0866, 0.00005);
}

static void it_is_remembered_by_nine_in_ten_after_its_stability(void **state)
{
	struct schedule_item item = {.stability = 10, .difficulty = 5, .last = START};

	(void)state;
	near(schedule_recall(&item, START), 1, 0);
	near(schedule_recall(&item, START + 10 * SCHEDULE_DAY), 0.9, 1e-12);
	/* (1 + 19/81 * 2)^-0.5 */
	near(schedule_recall(&item, START + 20 * SCHEDULE_DAY), 0.8250286473, 1e-9);
	near(schedule_recall(&(struct schedule_item){0}, START), 0, 0);
}

static void hard_grows_less_than_good_and_good_less_than_easy(void **state)
{
	double before = 10;

	(void)state;
	for (int grade = GRADE_HARD; grade <= GRADE_EASY; grade++) {
		struct schedule_item item = {.stability = 10, .difficulty = 5, .last = START};

		schedule_review(&item, (enum schedule_grade)grade, START + 10 * SCHEDULE_DAY);
		assert_true(item.stability > before);
		before = item.stability;
	}
}

static void a_clock_put_back_stands_still(void **state)
{
	struct schedule_item item = {.stability = 10, .difficulty = 5, .last = START};
	struct schedule_item twin = item;

	(void)state;
	near(schedule_recall(&item, START - 1e9), 1, 0);
	schedule_review(&item, GRADE_GOOD, START - 100 * SCHEDULE_DAY);
	schedule_review(&twin, GRADE_GOOD, START);
	near(item.stability, twin.stability, 0);
	near(item.last, START - 100 * SCHEDULE_DAY, 0);
}

static void it_stays_within_bounds_whatever_happens(void **state)
{
	struct schedule_item item = {0};
	double now = START;

	(void)state;
	for (int i = 0; i < 200; i++) {
		schedule_review(&item, GRADE_EASY, now);
		now = schedule_due(&item);
		assert_true(item.stability <= SCHEDULE_DAYS_MAX);
		assert_true(item.difficulty >= 1 && item.difficulty <= 10);
	}
	for (int i = 0; i < 200; i++) {
		schedule_review(&item, GRADE_AGAIN, now);
		assert_true(item.stability >= 0.01);
		assert_true(item.difficulty >= 1 && item.difficulty <= 10);
		near(schedule_days(&item), fmax(1, schedule_days(&item)), 0);
	}
	item.last = NAN;
	schedule_review(&item, GRADE_GOOD, now);
	assert_true(isfinite(item.stability));
}

static void a_drilled_line_is_graded_by_its_tries(void **state)
{
	(void)state;
	assert_int_equal(schedule_drilled(true, 1), GRADE_GOOD);
	assert_int_equal(schedule_drilled(true, 2), GRADE_HARD);
	assert_int_equal(schedule_drilled(false, 2), GRADE_AGAIN);
}

static void one_silence_in_a_conversation_proves_nothing(void **state)
{
	(void)state;
	assert_int_equal(schedule_used(true, false, false), GRADE_GOOD);
	assert_int_equal(schedule_used(true, true, true), GRADE_GOOD);
	assert_int_equal(schedule_used(false, true, false), GRADE_NONE);
	assert_int_equal(schedule_used(false, false, true), GRADE_NONE);
	assert_int_equal(schedule_used(false, true, true), GRADE_AGAIN);
}

static void a_scenario_is_graded_by_its_ending(void **state)
{
	(void)state;
	assert_int_equal(schedule_ended(true, true, true, 1), GRADE_GOOD);
	assert_int_equal(schedule_ended(true, true, true, 2), GRADE_HARD);
	assert_int_equal(schedule_ended(true, false, true, 1), GRADE_AGAIN);
	assert_int_equal(schedule_ended(false, false, true, 1), GRADE_NONE);
	assert_int_equal(schedule_ended(true, false, false, 1), GRADE_NONE);
}

static void a_sitting_is_one_grade_halves_down(void **state)
{
	(void)state;
	assert_int_equal(schedule_mean(0, 0), GRADE_NONE);
	assert_int_equal(schedule_mean(3, 1), GRADE_GOOD);
	assert_int_equal(schedule_mean(5, 2), GRADE_HARD); /* good, hard */
	assert_int_equal(schedule_mean(8, 3), GRADE_GOOD); /* good, good, hard */
	assert_int_equal(schedule_mean(7, 3), GRADE_HARD); /* good, good, again */
	assert_int_equal(schedule_mean(3, 2), GRADE_AGAIN); /* again, hard */
	assert_true(schedule_same_sitting(START, START + 7.9 * 3600));
	assert_false(schedule_same_sitting(START, START + 8 * 3600));
	assert_true(schedule_same_sitting(START, START - 3600));
}

/* Ten lines in five minutes are one review, and the next day's are the second. */
static void massed_practice_counts_once(void **state)
{
	struct schedule_course course = {0};
	struct schedule_item spaced = {0};

	(void)state;
	for (int i = 0; i < 10; i++)
		schedule_mark(&course, GRADE_GOOD, START + i * 30);
	schedule_mark(&course, GRADE_NONE, START + 400);
	schedule_review(&spaced, GRADE_GOOD, START);
	near(course.now.stability, spaced.stability, 0);
	near(course.now.last, START + 270, 0);
	assert_int_equal(course.sittings, 1);
	schedule_mark(&course, GRADE_AGAIN, START + 4 * SCHEDULE_DAY);
	schedule_mark(&course, GRADE_GOOD, START + 4 * SCHEDULE_DAY + 60);
	assert_int_equal(course.sittings, 2);
	spaced.last = START + 270;
	schedule_review(&spaced, GRADE_HARD, START + 4 * SCHEDULE_DAY);
	near(course.now.stability, spaced.stability, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(first_grades_are_the_published_ones),
	        cmocka_unit_test(intervals_are_the_published_ones),
	        cmocka_unit_test(a_history_ends_in_the_published_state),
	        cmocka_unit_test(it_is_remembered_by_nine_in_ten_after_its_stability),
	        cmocka_unit_test(hard_grows_less_than_good_and_good_less_than_easy),
	        cmocka_unit_test(a_clock_put_back_stands_still),
	        cmocka_unit_test(it_stays_within_bounds_whatever_happens),
	        cmocka_unit_test(a_drilled_line_is_graded_by_its_tries),
	        cmocka_unit_test(one_silence_in_a_conversation_proves_nothing),
	        cmocka_unit_test(a_scenario_is_graded_by_its_ending),
	        cmocka_unit_test(a_sitting_is_one_grade_halves_down),
	        cmocka_unit_test(massed_practice_counts_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
