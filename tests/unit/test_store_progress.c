/* test_store_progress.c: tallies and grades in the log, from attempts and drills made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "edge/store_parts.h"
#include "edge/store_progress.h"

#define DAY SCHEDULE_DAY
#define START 1700000000.0

struct world {
	struct store *store;
	struct arena arena;
};

static int set_up(void **state)
{
	struct world *world = mem_alloc(sizeof(*world));
	struct err err;

	arena_init(&world->arena);
	world->store = store_open_memory(&err);
	if (!world->store)
		fail_msg("%s", err.text);
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	store_close(world->store);
	arena_release(&world->arena);
	free(world);
	return 0;
}

static void must(bool good, const struct err *err)
{
	if (!good)
		fail_msg("%s", err->text);
}

static struct store_attempt played(struct world *world, double at)
{
	struct store_session session = {.scenario = SLICE("hands"),
	                                .title = SLICE("Hands"),
	                                .name = SLICE("Sam"),
	                                .started = at};
	struct store_attempt attempt = {.program = SLICE("test"), .started = at};
	struct err err;

	must(store_begin_session(world->store, &session, &attempt, NULL, 0, &err), &err);
	attempt.ended = at + 600;
	attempt.ending = SLICE("plan");
	must(store_end_attempt(world->store, &attempt, &err), &err);
	return attempt;
}

static struct store_attempt again(struct world *world, int64_t session, double at)
{
	struct store_attempt attempt = {
	        .session = session, .program = SLICE("test"), .started = at};
	struct err err;

	must(store_begin_attempt(world->store, &attempt, NULL, 0, &err), &err);
	return attempt;
}

static void tally(struct world *world, const struct store_attempt *attempt, double heard,
                  double called_for)
{
	const struct tally tallies[] = {
	        {TALLY_MOVE, SLICE("label"), heard, called_for},
	        {TALLY_MEASURE, SLICE("turns"), 9, 0},
	};
	struct err err;

	must(store_put_tallies(world->store, attempt, attempt->started + 600, tallies, 2, &err),
	     &err);
}

static void play(struct world *world, double at, double heard, double called_for)
{
	struct store_attempt attempt = played(world, at);

	tally(world, &attempt, heard, called_for);
}

static void drill(struct world *world, double at, bool hit, uint32_t tries)
{
	struct query query;
	struct err err;

	query_open(&query, world->store,
	           "insert into drill (at, deck, prompt, move, utterance, hit, tries)"
	           " values (?1, 'deck', 'one', 'label', 'words', ?2, ?3)");
	query_put_real(&query, 1, at);
	query_put_int(&query, 2, hit);
	query_put_int(&query, 3, tries);
	query_row(&query);
	must(query_close(&query, &err), &err);
}

/* The item, or NULL. */
static const struct store_item *item(struct world *world, const char *id)
{
	struct store_item *items;
	struct err err;
	size_t count;

	must(store_items(world->store, &world->arena, &items, &count, &err), &err);
	for (size_t i = 0; i < count; i++)
		if (slice_is(items[i].id, id))
			return &items[i];
	return NULL;
}

static void a_move_is_graded_once_it_is_called_for(void **state)
{
	struct world *world = *state;

	play(world, START, 2, 0);
	assert_null(item(world, "label"));
	play(world, START + DAY, 0, 1);
	assert_null(item(world, "label"));
	play(world, START + 2 * DAY, 1, 1);
	assert_true(item(world, "label")->course.now.stability == 3.173);
	play(world, START + 6 * DAY, 3, 0);
	assert_int_equal(item(world, "label")->course.sittings, 2);
}

static void two_conversations_without_it_are_a_lapse(void **state)
{
	struct world *world = *state;
	struct store_attempt attempt;
	double before;

	play(world, START, 1, 1);
	play(world, START + 9 * DAY, 0, 1);
	before = item(world, "label")->course.now.stability;
	assert_true(before == 3.173);
	attempt = played(world, START + 10 * DAY);
	tally(world, &attempt, 0, 1);
	assert_true(item(world, "label")->course.now.stability < before);
	assert_int_equal(item(world, "label")->source, STORE_MISSED);
}

static void trying_again_is_no_second_conversation(void **state)
{
	struct world *world = *state;
	struct store_attempt first;
	struct store_attempt second;
	struct err err;
	uint32_t streak;

	play(world, START, 1, 1);
	first = played(world, START + DAY);
	tally(world, &first, 0, 1);
	second = again(world, first.session, START + DAY + 900);
	tally(world, &second, 0, 1);
	assert_int_equal(item(world, "label")->course.sittings, 1);
	tally(world, &second, 4, 1);
	must(store_streak(world->store, SLICE("label"), 20, 0, &streak, &err), &err);
	assert_int_equal(streak, 2);
}

static void drills_are_graded_once_when_they_are_over(void **state)
{
	struct world *world = *state;
	struct err err;

	drill(world, START, false, 1); /* and given up */
	must(store_grade_drills(world->store, &err), &err);
	assert_null(item(world, "label"));
	drill(world, START + 70, false, 1);
	drill(world, START + 80, true, 2);
	drill(world, START + 90, true, 1);
	drill(world, START + 99, true, 1);
	for (int i = 0; i < 3; i++)
		must(store_grade_drills(world->store, &err), &err);
	assert_int_equal(item(world, "label")->course.count, 3);
	assert_int_equal(item(world, "label")->course.sum, GRADE_HARD + 2 * GRADE_GOOD);
	assert_int_equal(item(world, "label")->source, STORE_DRILL);
	play(world, START + DAY, 1, 0);
	assert_int_equal(item(world, "label")->source, STORE_ATTEMPT);
	assert_int_equal(item(world, "label")->course.sittings, 2);
}

static void an_attempt_looked_at_again_counts_once(void **state)
{
	struct world *world = *state;
	struct store_attempt attempt = played(world, START);
	struct store_item once;

	tally(world, &attempt, 2, 1);
	once = *item(world, "label");
	tally(world, &attempt, 2, 1);
	assert_memory_equal(&item(world, "label")->course, &once.course, sizeof(once.course));
	tally(world, &attempt, 0, 1);
	assert_null(item(world, "label"));
}

/* What was removed is gone from what follows from it too. */
static void a_session_forgotten_is_unlearnt(void **state)
{
	struct world *world = *state;
	struct store_attempt attempt;
	double before;
	struct err err;
	int64_t left;

	play(world, START, 1, 1);
	before = item(world, "label")->course.now.stability;
	attempt = played(world, START + 4 * DAY);
	tally(world, &attempt, 1, 1);
	assert_true(item(world, "label")->course.now.stability > before);
	must(store_run(world->store, "delete from session where id = 2", &err), &err);
	assert_true(item(world, "label")->course.now.stability == before);
	must(store_run(world->store, "delete from session", &err), &err);
	assert_null(item(world, "label"));
	must(store_number(world->store, "select count(*) from item", 9, &left, &err), &err);
	assert_int_equal(left, 0);
}

/* Kept up row by row or folded from all grades: the same. */
static void items_are_what_the_grades_come_to(void **state)
{
	struct world *world = *state;
	struct store_item kept;
	struct err err;

	for (int i = 0; i < 40; i++) {
		double at = START + i * 0.7 * DAY;

		if (i % 3 == 0)
			drill(world, at, i % 2, 1 + (uint32_t)(i % 5 == 0));
		play(world, at + 3600, i % 4 < 2, i % 5 != 0);
	}
	kept = *item(world, "label");
	assert_true(kept.course.sittings > 10);
	must(store_set(world->store, SLICE("progress.grades"), SLICE("behind"), &err), &err);
	assert_memory_equal(&item(world, "label")->course, &kept.course, sizeof(kept.course));
}

static void a_clock_put_back_puts_nothing_out_of_order(void **state)
{
	struct world *world = *state;
	struct store_conversation *all;
	struct err err;
	size_t count;

	play(world, START, 1, 1);
	play(world, START - 30 * DAY, 2, 1);
	play(world, START - 60 * DAY, 3, 1);
	must(store_conversations(world->store, 2, 0, &world->arena, &all, &count, &err), &err);
	assert_int_equal(count, 2);
	assert_int_equal(all[0].attempt, 2);
	assert_int_equal(all[1].attempt, 3);
	assert_true(item(world, "label")->course.now.last == START - 60 * DAY + 600);
}

static void the_best_of_a_figure_is_found(void **state)
{
	struct world *world = *state;
	struct tally best;
	struct err err;
	bool any;

	must(store_best(world->store, TALLY_MOVE, SLICE("label"), false, &best, &any, &err), &err);
	assert_false(any);
	play(world, START, 2, 0);
	play(world, START, 5, 0);
	play(world, START, 3, 0);
	must(store_best(world->store, TALLY_MOVE, SLICE("label"), false, &best, &any, &err), &err);
	assert_true(any && best.value == 5);
	must(store_best(world->store, TALLY_MOVE, SLICE("label"), true, &best, &any, &err), &err);
	assert_true(any && best.value == 2);
}

static void a_scenario_is_graded_and_counted(void **state)
{
	struct world *world = *state;
	struct store_attempt attempt = played(world, START);
	const struct tally badly = {TALLY_SCENARIO, SLICE("hands"), 0, 1};
	const struct tally well = {TALLY_SCENARIO, SLICE("hands"), 1, 1};
	struct store_played *all;
	struct err err;
	size_t count;

	must(store_put_tallies(world->store, &attempt, START, &badly, 1, &err), &err);
	assert_true(item(world, "hands")->course.now.stability == 0.40255);
	attempt = again(world, attempt.session, START + 3 * DAY);
	must(store_put_tallies(world->store, &attempt, START + 3 * DAY, &well, 1, &err), &err);
	assert_int_equal(item(world, "hands")->course.sum, GRADE_HARD);
	must(store_played(world->store, &world->arena, &all, &count, &err), &err);
	assert_int_equal(count, 1);
	assert_int_equal(all[0].times, 2);
	assert_int_equal(all[0].well, 1);
	assert_true(all[0].last == START + 3 * DAY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	        TEST(a_move_is_graded_once_it_is_called_for),
	        TEST(two_conversations_without_it_are_a_lapse),
	        TEST(trying_again_is_no_second_conversation),
	        TEST(drills_are_graded_once_when_they_are_over),
	        TEST(an_attempt_looked_at_again_counts_once),
	        TEST(a_session_forgotten_is_unlearnt),
	        TEST(items_are_what_the_grades_come_to),
	        TEST(a_clock_put_back_puts_nothing_out_of_order),
	        TEST(the_best_of_a_figure_is_found),
	        TEST(a_scenario_is_graded_and_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
