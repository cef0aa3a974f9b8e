/* test_turned.c: where a conversation turned from one axis of a grid to the other, by turns made by
 * hand: t tells, a asks, b does both alike, - neither. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/score.h"

#define TURNS_MOST 16

static const struct axis tells[] = {{{"telling", 7}, 1}};
static const struct axis asks[] = {{{"asking", 6}, 1}};
static const struct axis leads[] = {{{"telling", 7}, 2}, {{"asking", 6}, -1}};
static const struct move telling = {
        .index = 0, .id = {"advises", 7}, .axes = tells, .axis_count = 1};
static const struct move asking = {.index = 1, .id = {"asks", 4}, .axes = asks, .axis_count = 1};
static const struct move leading = {.index = 2, .id = {"leads", 5}, .axes = leads, .axis_count = 2};
static const struct grid_cell cells[] = {{.id = {"any", 3}, .x = -1, .y = -1}};

struct talk {
	struct arena arena;
	struct score_turn turns[TURNS_MOST];
	bool struck[TURNS_MOST][2];
	size_t count;
	struct framework framework;
	struct score score;
};

static void hear(struct detections *heard, const struct move *move, struct slice words)
{
	size_t from = move == &asking ? 0 : 5;

	heard->items[heard->count++] =
	        (struct detection){.move = move,
	                           .where = {(uint32_t)from, (uint32_t)(from ? words.len : 4)},
	                           .confidence = 0.8};
}

static const struct turned *turned(struct talk *talk, const char *pattern)
{
	const struct move **moves;
	const struct framework **frameworks;
	struct ruleset ruleset;

	arena_init(&talk->arena);
	moves = ARENA_ARRAY(&talk->arena, const struct move *, 3);
	frameworks = ARENA_ARRAY(&talk->arena, const struct framework *, 1);
	moves[0] = &telling;
	moves[1] = &asking;
	moves[2] = &leading;
	frameworks[0] = &talk->framework;
	talk->framework = (struct framework){.kind = FRAMEWORK_GRID,
	                                     .id = {"balance", 7},
	                                     .axis_x = {"telling", 7},
	                                     .axis_y = {"asking", 6},
	                                     .cells = cells,
	                                     .cell_count = 1,
	                                     .turns = true};
	for (talk->count = 0; pattern[talk->count]; talk->count++) {
		struct score_turn *turn = &talk->turns[talk->count];
		struct detections *heard = ARENA_NEW(&talk->arena, struct detections);
		char kind = pattern[talk->count];

		heard->items = ARENA_ARRAY(&talk->arena, struct detection, 2);
		*turn = (struct score_turn){.number = (uint32_t)talk->count + 1,
		                            .mentor = SLICE("Why? Do it."),
		                            .heard = heard,
		                            .struck = talk->struck[talk->count]};
		if (kind == 'a' || kind == 'b')
			hear(heard, &asking, turn->mentor);
		if (kind == 't' || kind == 'b')
			hear(heard, &telling, turn->mentor);
		if (kind == 'l')
			hear(heard, &leading, turn->mentor);
	}
	ruleset = (struct ruleset){.moves = moves,
	                           .moves_by_id = moves,
	                           .move_count = 3,
	                           .frameworks = frameworks,
	                           .framework_count = 1};
	score_turns(&ruleset, talk->turns, talk->count, 0, &talk->arena, &talk->score);
	return &talk->score.frameworks[0].turned;
}

static void assert_turned(const char *pattern, uint32_t turn)
{
	struct talk talk = {0};
	const struct turned *found = turned(&talk, pattern);

	if (found->quote.turn != turn)
		fail_msg("%s: turned at %u, not %u", pattern, (unsigned)found->quote.turn,
		         (unsigned)turn);
	assert_true((found->to.len > 0) == (turn > 0));
	arena_release(&talk.arena);
}

static void it_turns_where_telling_and_asking_part_best(void **state)
{
	(void)state;
	assert_turned("aaatt", 4);
	assert_turned("ttaaa", 3);
	assert_turned("aataatttt", 6);
	assert_turned("tatttaaaa", 6);
	assert_turned("aaalll", 4);
}

static void turns_that_lean_to_neither_are_passed_over(void **state)
{
	(void)state;
	assert_turned("a-a--t-t", 6);
	assert_turned("babatbt", 5);
	assert_turned("----", 0);
	assert_turned("", 0);
}

static void it_does_not_turn_without_two_on_each_side(void **state)
{
	(void)state;
	assert_turned("aaat", 0);
	assert_turned("taaa", 0);
	assert_turned("at", 0);
	assert_turned("aatt", 3);
}

static void a_talk_that_keeps_changing_does_not_turn(void **state)
{
	(void)state;
	assert_turned("aaaa", 0);
	assert_turned("atatatat", 0);
	assert_turned("ttattatt", 0);
}

static void a_second_side_begins_with_a_turn_that_leans_its_way(void **state)
{
	(void)state;
	assert_turned("ttttaataa", 5);
	assert_turned("aattat", 3);
}

static void it_says_from_what_to_what_in_whose_words(void **state)
{
	struct talk talk = {0};
	const struct turned *found = turned(&talk, "aatt");

	(void)state;
	assert_true(slice_is(found->from, "asking"));
	assert_true(slice_is(found->to, "telling"));
	assert_true(slice_is(found->quote.text, "Do it."));
	assert_ptr_equal(found->quote.detection->move, &telling);
	arena_release(&talk.arena);
	found = turned(&talk, "tttaa");
	assert_true(slice_is(found->from, "telling"));
	assert_true(slice_is(found->to, "asking"));
	assert_true(slice_is(found->quote.text, "Why?"));
	arena_release(&talk.arena);
}

static void what_the_mentor_struck_turns_nothing(void **state)
{
	struct talk talk = {.struck = {{false}, {false}, {true}, {false}}};

	(void)state;
	assert_int_equal(turned(&talk, "aatt")->to.len, 0);
	arena_release(&talk.arena);
}

static void a_grid_that_does_not_ask_is_not_told(void **state)
{
	struct talk talk = {0};
	const struct framework *framework;

	(void)state;
	turned(&talk, "aatt");
	framework = &talk.framework;
	assert_true(framework->turns);
	talk.framework.turns = false;
	score_turns(&(struct ruleset){.frameworks = &framework, .framework_count = 1}, talk.turns,
	            talk.count, 0, &talk.arena, &talk.score);
	assert_int_equal(talk.score.frameworks[0].turned.to.len, 0);
	assert_int_equal(talk.score.frameworks[0].quote_count, 4);
	arena_release(&talk.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(it_turns_where_telling_and_asking_part_best),
	        cmocka_unit_test(turns_that_lean_to_neither_are_passed_over),
	        cmocka_unit_test(it_does_not_turn_without_two_on_each_side),
	        cmocka_unit_test(a_talk_that_keeps_changing_does_not_turn),
	        cmocka_unit_test(a_second_side_begins_with_a_turn_that_leans_its_way),
	        cmocka_unit_test(it_says_from_what_to_what_in_whose_words),
	        cmocka_unit_test(what_the_mentor_struck_turns_nothing),
	        cmocka_unit_test(a_grid_that_does_not_ask_is_not_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
