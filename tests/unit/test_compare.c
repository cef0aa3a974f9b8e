/* test_compare.c: where two attempts part, and what changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "edge/page.h"
#include "edge/report_compare.h"
#include "small_world.h"

static struct world world;

/* Two attempts and what they come to; lines end with NULL, a last "/end" is the mentor's end. */
struct pair {
	struct arena arena;
	struct session *sessions[2];
	struct debrief debriefs[2];
	struct comparison comparison;
};

static void attempt(struct session **session, const char *const *lines)
{
	*session = world_session(&world, 1);
	for (; *lines; lines++) {
		const struct turn *turn = session_hear(*session, slice_of(*lines), 0);

		assert_non_null(turn);
		session_reply(*session, turn->line);
	}
}

static void pair_init(struct pair *pair, const char *const *first, const char *const *second)
{
	int i;

	*pair = (struct pair){0};
	attempt(&pair->sessions[0], first);
	attempt(&pair->sessions[1], second);
	for (i = 0; i < 2; i++)
		debrief_make(pair->sessions[i], &pair->arena, &pair->debriefs[i]);
	compare_make(&pair->debriefs[0], &pair->debriefs[1], &pair->arena, &pair->comparison);
}

static void pair_release(struct pair *pair)
{
	session_free(pair->sessions[0]);
	session_free(pair->sessions[1]);
	arena_release(&pair->arena);
}

#define LINES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void sentence_is(const struct pair *pair, const char *expected)
{
	struct strbuf out = {0};

	compare_sentence(&pair->comparison, &out);
	assert_string_equal(out.at, expected);
	strbuf_release(&out);
}

static void they_part_at_the_first_turn_that_differs(void **state)
{
	struct pair pair;

	(void)state;
	pair_init(&pair, LINES("mm", "you're lazy"), LINES("mm", "how was it", "mm"));
	assert_int_equal(pair.comparison.parts, 2);
	assert_int_equal(pair.comparison.turns, 3);
	assert_false(pair.comparison.same);
	sentence_is(&pair, "Last time turn 2: judgement. This time: open question.");
	pair_release(&pair);
}

static void the_same_words_do_not_part(void **state)
{
	struct pair pair;

	(void)state;
	pair_init(&pair, LINES("mm", "how was it"), LINES("mm", "how was it"));
	assert_true(pair.comparison.same);
	assert_int_equal(pair.comparison.change_count, 0);
	sentence_is(&pair, "You said the same as last time, word for word.");
	pair_release(&pair);
}

static void where_one_had_stopped_is_said(void **state)
{
	struct pair pair;

	(void)state;
	pair_init(&pair, LINES("mm"), LINES("mm", "", "it's cold"));
	assert_int_equal(pair.comparison.parts, 2);
	sentence_is(&pair, "Last time turn 2: you had left off. This time: a pause.");
	pair_release(&pair);
	pair_init(&pair, LINES("lazy", "lazy", "lazy"), LINES("lazy", "lazy", "it's cold"));
	sentence_is(&pair, "Last time turn 3: judgement. This time: no move heard.");
	pair_release(&pair);
}

static void items_gained_and_lost_are_named(void **state)
{
	const struct compare_change *change;
	struct pair pair;

	(void)state;
	pair_init(&pair, LINES("how was it", "you're lazy"), LINES("how was it", "mm"));
	assert_true(pair.comparison.change_count >= 1);
	change = &pair.comparison.changes[0];
	assert_true(slice_is(change->framework->id, "three"));
	assert_int_equal(change->gained_count, 1);
	assert_true(slice_is(change->gained[0]->id, "minimal_encourager"));
	assert_int_equal(change->lost_count, 1);
	assert_true(slice_is(change->lost[0]->id, "judgement"));
	pair_release(&pair);
}

static void what_the_second_never_came_to_is_not_lost(void **state)
{
	struct pair pair;
	size_t i;

	(void)state;
	pair_init(&pair, LINES("mm", "it's cold", "how was it"), LINES("mm", "it's late"));
	for (i = 0; i < pair.comparison.change_count; i++)
		assert_int_equal(pair.comparison.changes[i].lost_count, 0);
	pair_release(&pair);
}

static void a_level_reached_before_and_not_now_is_told(void **state)
{
	const struct compare_change *change;
	struct pair pair;

	(void)state;
	pair_init(&pair, LINES("mm", "lazy", "lazy"), LINES("mm", "mm", "mm"));
	change = &pair.comparison.changes[pair.comparison.change_count - 1];
	assert_true(slice_is(change->framework->id, "strain"));
	assert_true(change->before.len > 0);
	assert_false(slice_eq(change->before, change->after));
	pair_release(&pair);
}

static void a_move_struck_is_not_named(void **state)
{
	struct pair pair;

	(void)state;
	pair_init(&pair, LINES("mm", "you're lazy"), LINES("mm", "how was it"));
	assert_true(session_strike(pair.sessions[0], 2, SLICE("judgement")));
	sentence_is(&pair, "Last time turn 2: no move heard. This time: open question.");
	pair_release(&pair);
}

/* No line of the page is wider than it, whatever the width. */
static void a_page_keeps_its_width(void **state)
{
	const struct report_labels labels = {SLICE("Last time"), SLICE("This time")};
	struct pair pair;
	size_t width;

	(void)state;
	pair_init(
	        &pair,
	        LINES("mm", "you're lazy and I say so at some length, over more than a line",
	              "extraordinarilylongwordsthatnobodyeversaysbutsomebodymighttypeonceinawhile"),
	        LINES("mm", "how was it for you, after all, when they had gone and it was quiet"));
	for (width = 24; width <= 140; width++) {
		struct page page = {.width = width};
		struct slice rest;
		struct slice line;

		report_compare(&page, &pair.comparison, &labels);
		rest = strbuf_slice(&page.out);
		while (slice_cut(&rest, '\n', &line)) {
			if (utf8_width(line) > width)
				fail_msg("%zu columns: %.*s", width, SLICE_ARGS(line));
		}
		page_release(&page);
	}
	pair_release(&pair);
}

static void a_plain_page_has_neither_columns_nor_dots(void **state)
{
	const struct report_labels labels = {SLICE("1.1"), SLICE("1.2")};
	struct page page = {.width = 120, .plain = true};
	struct pair pair;

	(void)state;
	pair_init(&pair, LINES("mm", "you're lazy"), LINES("mm", "how was it"));
	report_compare(&page, &pair.comparison, &labels);
	assert_null(strstr(page.out.at, "│"));
	assert_null(strstr(page.out.at, "·"));
	assert_null(strstr(page.out.at, "→"));
	page_release(&page);
	pair_release(&pair);
}

static int set_up(void **state)
{
	(void)state;
	world_init(&world);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	world_release(&world);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(they_part_at_the_first_turn_that_differs),
	        cmocka_unit_test(the_same_words_do_not_part),
	        cmocka_unit_test(where_one_had_stopped_is_said),
	        cmocka_unit_test(items_gained_and_lost_are_named),
	        cmocka_unit_test(what_the_second_never_came_to_is_not_lost),
	        cmocka_unit_test(a_level_reached_before_and_not_now_is_told),
	        cmocka_unit_test(a_move_struck_is_not_named),
	        cmocka_unit_test(a_page_keeps_its_width),
	        cmocka_unit_test(a_plain_page_has_neither_columns_nor_dots),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
