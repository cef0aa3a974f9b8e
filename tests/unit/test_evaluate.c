/* test_evaluate.c: the figures of `rehearse eval`, against a table worked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine/evaluate.h"

static bool near(double a, double b)
{
	return a - b < 1e-9 && b - a < 1e-9;
}

/* Ten turns. Move 0: 3 hits, 1 miss, 2 false alarms. Move 1: 1 hit, 2 misses. Move 2: never. */
static void fill(struct evaluate *evaluate)
{
	static const bool wanted[10][3] = {{1, 1, 0}, {1, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}};
	static const bool found[10][3] = {{1, 1, 0}, {1, 0, 0}, {1, 0, 0},
	                                  {0, 0, 0}, {1, 0, 0}, {1, 0, 0}};
	size_t i;

	evaluate_init(evaluate, 3);
	for (i = 0; i < 10; i++)
		evaluate_turn(evaluate, wanted[i], found[i]);
}

static void evaluate_figures_are_those_worked_by_hand(void **state)
{
	struct evaluate evaluate;
	struct evaluate_figures figures;

	(void)state;
	fill(&evaluate);
	figures = evaluate_move(&evaluate, 0);
	assert_true(near(figures.precision, 0.6));
	assert_true(near(figures.recall, 0.75));
	assert_true(near(figures.f1, 2.0 / 3));
	/* agreed 7/10; by chance 4/10 × 5/10 + 6/10 × 5/10 = 1/2 */
	assert_true(near(figures.kappa, 0.4));
	assert_int_equal(figures.support, 4);
	assert_int_equal(figures.found, 5);
	evaluate_release(&evaluate);
}

static void evaluate_move_never_met_is_undefined(void **state)
{
	struct evaluate evaluate;
	struct evaluate_figures figures;

	(void)state;
	fill(&evaluate);
	figures = evaluate_move(&evaluate, 2);
	assert_false(figures.defined);
	assert_true(near(figures.f1, 0));
	assert_true(near(figures.kappa, 1));
	evaluate_release(&evaluate);
}

static void evaluate_means_leave_out_what_is_rare_or_undefined(void **state)
{
	static const size_t moves[] = {0, 1, 2};
	struct evaluate evaluate;
	size_t used;

	(void)state;
	fill(&evaluate);
	assert_true(near(evaluate_macro(&evaluate, moves, 3, 0, &used), (2.0 / 3 + 0.5) / 2));
	assert_int_equal(used, 2);
	assert_true(near(evaluate_macro(&evaluate, moves, 3, 4, &used), 2.0 / 3));
	assert_int_equal(used, 1);
	assert_true(near(evaluate_macro(&evaluate, moves, 3, 5, &used), 0));
	assert_int_equal(used, 0);
	/* 4 hits, 3 misses, 2 false alarms */
	assert_true(near(evaluate_micro(&evaluate), 8.0 / 13));
	evaluate_release(&evaluate);
}

static void evaluate_confusion_is_a_miss_beside_a_false_alarm(void **state)
{
	struct evaluate evaluate;
	struct evaluate_confusion *confusions;
	struct arena arena = {0};

	(void)state;
	fill(&evaluate);
	assert_int_equal(evaluate_confusions(&evaluate, 9, &arena, &confusions), 1);
	assert_int_equal(confusions[0].missed, 1);
	assert_int_equal(confusions[0].found, 0);
	assert_int_equal(confusions[0].turns, 1);
	assert_int_equal(evaluate_confusions(&evaluate, 0, &arena, &confusions), 0);
	arena_release(&arena);
	evaluate_release(&evaluate);
}

static void evaluate_pools_only_the_moves_asked_for(void **state)
{
	static const size_t moves[] = {1, 2};
	struct evaluate evaluate;

	(void)state;
	fill(&evaluate);
	/* 1 hit, 2 misses */
	assert_true(near(evaluate_pooled(&evaluate, moves, 2), 0.5));
	assert_true(near(evaluate_pooled(&evaluate, moves, 0), 0));
	evaluate_release(&evaluate);
}

static void evaluate_weighs_a_tally(void **state)
{
	const struct evaluate_tally tally = {.hits = 1.5, .misses = 0.5, .alarms = 1.5, .all = 10};
	struct evaluate_figures figures = evaluate_tally(&tally);

	(void)state;
	assert_true(near(figures.precision, 0.5));
	assert_true(near(figures.recall, 0.75));
	assert_true(near(figures.f1, 0.6));
	assert_int_equal(figures.support, 2);
	assert_int_equal(figures.found, 3);
}

static void evaluate_interval_is_the_same_each_time_and_holds_the_figure(void **state)
{
	static const struct evaluate_count groups[] = {{9, 1, 1}, {4, 2, 3}, {8, 0, 1}, {2, 4, 4}};
	static const struct evaluate_count alike[] = {{3, 1, 1}, {3, 1, 1}, {3, 1, 1}};
	double low, high, again_low, again_high;
	double pooled = 2.0 * 23 / (2.0 * 23 + 7 + 9);

	(void)state;
	evaluate_interval(groups, 4, &low, &high);
	evaluate_interval(groups, 4, &again_low, &again_high);
	assert_true(near(low, again_low) && near(high, again_high));
	assert_true(low < pooled && pooled < high);
	assert_true(low > 1.0 / 3 && high < 0.95);
	/* Conversations that are all alike leave nothing open. */
	evaluate_interval(alike, 3, &low, &high);
	assert_true(near(low, 0.75) && near(high, 0.75));
}

/* Coded by row, found by column. */
static void evaluate_verdicts_are_those_worked_by_hand(void **state)
{
	static const uint32_t counts[9] = {6, 1, 1, 1, 1, 0, 0, 0, 0};
	static const uint32_t constant[9] = {8, 0, 0, 2, 0, 0, 0, 0, 0};
	static const uint32_t none[9] = {0};
	struct evaluate_agreement figures = evaluate_verdicts(counts, 3);

	(void)state;
	assert_int_equal(figures.all, 10);
	assert_int_equal(figures.agreed, 7);
	assert_int_equal(figures.majority, 8);
	/* By chance 8/10 × 7/10 + 2/10 × 2/10 = 0.6. */
	assert_true(near(figures.kappa, 0.25));
	assert_true(near(figures.balanced, (0.75 + 0.5) / 2));
	assert_true(near(figures.constant, 0.5));
	figures = evaluate_verdicts(constant, 3);
	assert_true(near(figures.kappa, 0));
	assert_true(near(figures.balanced, figures.constant));
	assert_int_equal(figures.agreed, figures.majority);
	figures = evaluate_verdicts(none, 3);
	assert_int_equal(figures.all, 0);
	assert_true(near(figures.kappa, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(evaluate_figures_are_those_worked_by_hand),
	        cmocka_unit_test(evaluate_move_never_met_is_undefined),
	        cmocka_unit_test(evaluate_means_leave_out_what_is_rare_or_undefined),
	        cmocka_unit_test(evaluate_confusion_is_a_miss_beside_a_false_alarm),
	        cmocka_unit_test(evaluate_pools_only_the_moves_asked_for),
	        cmocka_unit_test(evaluate_weighs_a_tally),
	        cmocka_unit_test(evaluate_interval_is_the_same_each_time_and_holds_the_figure),
	        cmocka_unit_test(evaluate_verdicts_are_those_worked_by_hand),
	};

	return cmocka_run_group_tests_name("evaluate", tests, NULL, NULL);
}
