/* test_store_drill.c: drilled lines in the log, and what it says of how moves went. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "edge/store_drill.h"
#include "edge/store_parts.h"

struct world {
	struct store *store;
	struct arena arena;
};

static int set_up(void **state)
{
	struct world *world = mem_alloc(sizeof(*world));
	struct err err;

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

static int64_t add(struct world *world, const char *prompt, const char *move, bool hit,
                   uint32_t tries)
{
	struct store_drill row = {.round = 1,
	                          .at = 1700000000,
	                          .deck = SLICE("deck"),
	                          .prompt = slice_of(prompt),
	                          .move = slice_of(move),
	                          .utterance = SLICE("It's ‘quiet’; drop table drill"),
	                          .hit = hit,
	                          .tries = tries,
	                          .seconds = 2.5};
	struct err err;

	must(store_add_drill(world->store, &row, &err), &err);
	return row.id;
}

static struct store_skill skill(struct world *world, const char *move)
{
	struct store_skill *skills;
	struct err err;
	size_t count;

	must(store_skills(world->store, &world->arena, &skills, &count, &err), &err);
	for (size_t i = 0; i < count; i++)
		if (slice_is(skills[i].move, move))
			return skills[i];
	return (struct store_skill){0};
}

static void rounds_are_counted(void **state)
{
	struct world *world = *state;
	struct err err;
	int64_t round;

	must(store_drill_round(world->store, &round, &err), &err);
	assert_int_equal(round, 1);
	add(world, "one", "pause", true, 1);
	must(store_drill_round(world->store, &round, &err), &err);
	assert_int_equal(round, 2);
}

static void only_first_tries_and_the_latest_make_a_skill(void **state)
{
	struct world *world = *state;
	int i;

	add(world, "one", "pause", false, 1);
	add(world, "one", "pause", true, 2);
	assert_int_equal(skill(world, "pause").tries, 1);
	assert_int_equal(skill(world, "pause").hits, 0);
	assert_int_equal(skill(world, "label").tries, 0);
	for (i = 0; i < STORE_DRILL_RECENT; i++)
		add(world, "two", "pause", true, 1);
	assert_int_equal(skill(world, "pause").tries, STORE_DRILL_RECENT);
	assert_int_equal(skill(world, "pause").hits, STORE_DRILL_RECENT);
}

static void conversations_that_called_for_a_move_count_too(void **state)
{
	struct world *world = *state;
	struct err err;

	must(store_run(world->store,
	               "insert into session (id, scenario, title, name, started)"
	               " values (1, 's', 's', 'Sam', 1);"
	               "insert into attempt (id, session, number, seed, scenario_hash, rules_hash,"
	               " program, started) values (1, 1, 1, 1, '', '', '', 1), (2, 1, 2, 1, '', '',"
	               " '', 2), (3, 1, 3, 1, '', '', '', 3);"
	               "insert into tally (attempt, kind, id, value, of) values"
	               " (1, 'move', 'label', 0, 1), (2, 'move', 'label', 3, 1),"
	               " (3, 'move', 'label', 2, 0), (3, 'meter', 'label', 0, 1)",
	               &err),
	     &err);
	assert_int_equal(skill(world, "label").tries, 2);
	assert_int_equal(skill(world, "label").hits, 1);
}

static void an_accepted_answer_is_a_hit(void **state)
{
	struct world *world = *state;
	int64_t id = add(world, "one", "pause", false, 1);
	struct err err;

	add(world, "two", "pause", false, 1);
	must(store_accept_drill(world->store, id, &err), &err);
	assert_int_equal(skill(world, "pause").hits, 1);
}

static void the_last_answer_to_a_prompt_orders_it(void **state)
{
	struct world *world = *state;
	struct store_practised *rows;
	struct err err;
	size_t count;

	add(world, "one", "pause", true, 1);
	add(world, "two", "pause", true, 1);
	add(world, "one", "pause", true, 1);
	must(store_practised(world->store, &world->arena, &rows, &count, &err), &err);
	assert_int_equal(count, 2);
	assert_true(slice_is(rows[0].prompt, "one"));
	assert_true(rows[0].order > rows[1].order);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	        TEST(rounds_are_counted),
	        TEST(only_first_tries_and_the_latest_make_a_skill),
	        TEST(conversations_that_called_for_a_move_count_too),
	        TEST(an_accepted_answer_is_a_hit),
	        TEST(the_last_answer_to_a_prompt_orders_it),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
