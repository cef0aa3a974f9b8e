/* Plans, notes and intentions in the practice log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "edge/store_parts.h"
#include "edge/store_plan.h"

static struct arena arena;
static struct err err;
static struct store *store;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	store = store_open_memory(&err);
	assert_non_null(store);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	store_close(store);
	arena_release(&arena);
	return 0;
}

static struct store_plan a_plan(const char *goal)
{
	struct store_plan plan = {.at = 100, .plan = {.scenario = SLICE("hands")}};

	plan.plan.answers[PLAN_GOAL] = slice_of(goal);
	plan.plan.answers[PLAN_INFLUENCE] = SLICE("liking, unity");
	plan.plan.answers[PLAN_SCRIPT] = SLICE("Hi.\nHow was it?");
	return plan;
}

static void the_latest_plan_of_a_scenario_is_read(void **state)
{
	struct store_plan first = a_plan("one");
	struct store_plan second = a_plan("two “\n”");
	struct store_plan other = a_plan("other");
	struct store_plan found;

	(void)state;
	other.plan.scenario = SLICE("rows");
	assert_true(store_latest_plan(store, SLICE("hands"), &arena, &found, &err));
	assert_int_equal(found.id, 0);
	assert_true(store_add_plan(store, &first, &err));
	assert_true(store_add_plan(store, &second, &err));
	assert_true(store_add_plan(store, &other, &err));
	assert_true(store_latest_plan(store, SLICE("hands"), &arena, &found, &err));
	assert_int_equal(found.id, second.id);
	assert_true(plan_eq(&found.plan, &second.plan));
	assert_true(store_find_plan(store, first.id, &arena, &found, &err));
	assert_true(plan_eq(&found.plan, &first.plan));
	assert_true(store_find_plan(store, 99, &arena, &found, &err));
	assert_int_equal(found.id, 0);
}

static void a_plan_changes_while_it_is_made(void **state)
{
	struct store_plan plan = a_plan("one");
	struct store_plan found;

	(void)state;
	assert_true(store_add_plan(store, &plan, &err));
	plan.plan.answers[PLAN_GOAL] = SLICE("another");
	plan.at = 200;
	assert_true(store_change_plan(store, &plan, &err));
	assert_true(store_latest_plan(store, SLICE("hands"), &arena, &found, &err));
	assert_int_equal(found.id, plan.id);
	assert_true(found.at > 199);
	assert_true(plan_eq(&found.plan, &plan.plan));
}

static void a_plan_nobody_wrote_is_told(void **state)
{
	struct store_plan found;

	(void)state;
	assert_true(store_run(
	        store, "insert into plan (scenario, at, answers) values ('hands', 1, '[')", &err));
	assert_false(store_latest_plan(store, SLICE("hands"), &arena, &found, &err));
	assert_non_null(strstr(err.text, "has a plan that no rehearse wrote"));
	assert_int_equal(found.id, 0);
}

static struct store_attempt begin(void)
{
	struct store_session session = {
	        .scenario = SLICE("hands"), .title = SLICE("The hands"), .name = SLICE("Sam")};
	struct store_attempt attempt = {.program = SLICE("0")};

	assert_true(store_begin_session(store, &session, &attempt, NULL, 0, &err));
	return attempt;
}

static struct store_note note(const struct store_attempt *attempt, struct slice kind, double due)
{
	struct store_note one = {.session = attempt->session,
	                         .attempt = attempt->id,
	                         .kind = kind,
	                         .text = SLICE("Ask first."),
	                         .at = 1,
	                         .due = due};

	assert_true(store_add_note(store, &one, &err));
	return one;
}

static void notes_are_read_in_the_order_they_were_written(void **state)
{
	struct store_attempt attempt = begin();
	struct store_note *notes;
	size_t count;

	(void)state;
	note(&attempt, NOTE_HINDERED, 0);
	note(&attempt, NOTE_HELPED, 0);
	assert_true(store_notes(store, attempt.id, &arena, &notes, &count, &err));
	assert_int_equal(count, 2);
	assert_true(slice_eq(notes[0].kind, NOTE_HINDERED));
	assert_true(slice_eq(notes[1].kind, NOTE_HELPED));
	assert_int_equal(notes[0].session, attempt.session);
	assert_true(slice_is(notes[0].text, "Ask first."));
}

static void a_note_is_changed_and_taken_away_with_what_is_about_it(void **state)
{
	struct store_attempt attempt = begin();
	struct store_note one = note(&attempt, NOTE_INTENTION, 500);
	struct store_note outcome = {.kind = NOTE_OUTCOME, .text = SLICE("Well."), .about = one.id};
	struct store_note *notes;
	int64_t count;
	size_t read;

	(void)state;
	assert_true(store_add_note(store, &outcome, &err));
	one.text = SLICE("Wait first.");
	one.due = 600;
	assert_true(store_change_note(store, &one, &err));
	assert_true(store_notes(store, attempt.id, &arena, &notes, &read, &err));
	assert_true(slice_is(notes[0].text, "Wait first."));
	assert_true(notes[0].due > 599);
	assert_true(store_drop_note(store, one.id, &err));
	assert_true(store_number(store, "select count(*) from note", -1, &count, &err));
	assert_int_equal(count, 0);
}

static void an_intention_is_due_until_it_is_answered(void **state)
{
	struct store_attempt attempt = begin();
	struct store_note late = note(&attempt, NOTE_INTENTION, 500);
	struct store_note early = note(&attempt, NOTE_INTENTION, 400);
	struct store_note outcome = {.kind = NOTE_OUTCOME, .text = SLICE("Well."), .at = 450};
	struct store_intention *found;
	struct slice first;
	size_t count;

	(void)state;
	assert_int_equal(store_due_intentions(store, 399, &arena, NULL), 0);
	assert_int_equal(store_due_intentions(store, 400, &arena, NULL), 1);
	assert_int_equal(store_due_intentions(store, 501, &arena, NULL), 2);
	assert_int_equal(store_due_intentions(store, 501, &arena, &first), 2);
	assert_true(slice_is(first, "Ask first."));
	outcome.about = early.id;
	assert_true(store_add_note(store, &outcome, &err));
	assert_int_equal(store_due_intentions(store, 501, &arena, NULL), 1);
	assert_true(store_intentions(store, &arena, &found, &count, &err));
	assert_int_equal(count, 2);
	assert_int_equal(found[0].note.id, early.id);
	assert_true(slice_is(found[0].outcome, "Well."));
	assert_true(slice_is(found[0].name, "Sam"));
	assert_int_equal(found[0].attempt, 1);
	assert_int_equal(found[1].note.id, late.id);
	assert_int_equal(found[1].outcome.len, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        TEST(the_latest_plan_of_a_scenario_is_read),
	        TEST(a_plan_changes_while_it_is_made),
	        TEST(a_plan_nobody_wrote_is_told),
	        TEST(notes_are_read_in_the_order_they_were_written),
	        TEST(a_note_is_changed_and_taken_away_with_what_is_about_it),
	        TEST(an_intention_is_due_until_it_is_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
