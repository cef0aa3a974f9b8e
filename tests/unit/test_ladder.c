/* test_ladder.c: the level of a conflict over time, by turns made by hand: a letter and the tension
 * after it. t threatens, l labels a feeling, d dismisses, o says a way forward, - does nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/score.h"

#define TURNS_MOST 16

enum { THREAT, LABEL, DISMISSAL, OUTCOME, MOVES };

static const struct move moves[MOVES] = {
        [THREAT] = {.index = THREAT, .id = {"threat", 6}},
        [LABEL] = {.index = LABEL, .id = {"label", 5}},
        [DISMISSAL] = {.index = DISMISSAL, .id = {"dismissal", 9}},
        [OUTCOME] = {.index = OUTCOME, .id = {"outcome", 7}},
};
static const struct move *const threats[] = {&moves[THREAT]};
static const struct move *const aside[] = {&moves[DISMISSAL]};
static const struct move *const forward[] = {&moves[OUTCOME]};
static const struct ladder_level levels[] = {
        {.id = {"calm", 4}, .from = 0},
        {.id = {"hot", 3}, .from = 4},
        {.id = {"lost", 4},
         .from = 7,
         .needs = threats,
         .need_count = 1,
         .also = aside,
         .also_count = 1,
         .without = forward,
         .without_count = 1},
};
static const struct framework ladder = {.kind = FRAMEWORK_LADDER,
                                        .id = {"glasl", 5},
                                        .meter = METER_TENSION,
                                        .levels = levels,
                                        .level_count = 3};

struct talk {
	struct arena arena;
	struct score_turn turns[TURNS_MOST];
	int meters[TURNS_MOST][METERS];
	struct score score;
};

static int move_of(char letter)
{
	switch (letter) {
	case 't':
		return THREAT;
	case 'l':
		return LABEL;
	case 'd':
		return DISMISSAL;
	case 'o':
		return OUTCOME;
	default:
		return -1;
	}
}

/* "t8 l3": a threat after which tension was 8, then a label after which it was 3. */
static const struct framework_score *score_of(struct talk *talk, const char *said)
{
	static const struct framework *const frameworks[] = {&ladder};
	static struct move label;
	struct ruleset ruleset = {.frameworks = frameworks, .framework_count = 1};
	struct slice rest = slice_of(said);
	struct slice word;
	size_t count = 0;

	arena_init(&talk->arena);
	label = moves[LABEL];
	label.effects.change[METER_TENSION] = -1;
	while (slice_word(&rest, &word)) {
		struct score_turn *turn = &talk->turns[count];
		struct detections *heard = ARENA_NEW(&talk->arena, struct detections);
		int move = move_of(word.at[0]);
		long tension = 0;

		slice_int(slice_sub(word, 1, word.len), 0, 10, &tension);
		talk->meters[count][METER_TENSION] = (int)tension;
		heard->items = ARENA_ARRAY(&talk->arena, struct detection, 1);
		if (move >= 0)
			heard->items[heard->count++] =
			        (struct detection){.move = move == LABEL ? &label : &moves[move],
			                           .where = {0, (uint32_t)word.len},
			                           .confidence = 0.8};
		*turn = (struct score_turn){.number = (uint32_t)count + 1,
		                            .mentor = word,
		                            .heard = heard,
		                            .meters = talk->meters[count]};
		count++;
	}
	score_turns(&ruleset, talk->turns, count, 0, &talk->arena, &talk->score);
	return &talk->score.frameworks[0];
}

static void assert_levels(const char *said, const char *peak, uint32_t peak_turn, const char *end)
{
	struct talk talk = {0};
	const struct framework_score *score = score_of(&talk, said);

	if (!slice_is(score->end->id, end))
		fail_msg("%s: ended at %.*s, not %s", said, SLICE_ARGS(score->end->id), end);
	if (!slice_is(score->peak->id, peak) || score->peak_turn != peak_turn)
		fail_msg("%s: peak %.*s at %u, not %s at %u", said, SLICE_ARGS(score->peak->id),
		         (unsigned)score->peak_turn, peak, (unsigned)peak_turn);
	arena_release(&talk.arena);
}

static void assert_quotes(const char *said, bool put_aside, const char *wanted)
{
	struct talk talk = {0};
	const struct framework_score *score = score_of(&talk, said);
	struct slice rest = slice_of(wanted);
	struct slice word;
	size_t count = 0;

	assert_true(score->put_aside == put_aside);
	while (slice_word(&rest, &word)) {
		if (count >= score->quote_count || !slice_eq(score->quotes[count].text, word))
			fail_msg("%s: no quote %.*s", said, SLICE_ARGS(word));
		count++;
	}
	assert_int_equal(score->quote_count, count);
	arena_release(&talk.arena);
}

static void the_meter_says_where_it_stands(void **state)
{
	(void)state;
	assert_levels("-3 -2", "calm", 1, "calm");
	assert_levels("-3 -5 -4", "hot", 2, "hot");
	assert_levels("-5 -2", "hot", 1, "calm");
}

static void heat_alone_does_not_reach_a_level_that_needs_more(void **state)
{
	(void)state;
	assert_levels("-5 -8 -10", "hot", 3, "hot");
	assert_levels("-8 t10", "lost", 2, "lost");
	assert_levels("t8 -9 l3", "lost", 2, "calm");
	assert_levels("t5 -6", "hot", 2, "hot");
}

static void a_threat_still_to_come_has_not_been_made(void **state)
{
	(void)state;
	assert_levels("-9 -8 t3", "hot", 1, "calm");
}

static void a_calm_talk_that_puts_the_point_aside_is_lost(void **state)
{
	(void)state;
	assert_levels("d1 -1 d2", "lost", 3, "lost");
	assert_quotes("d1 -1 d2", true, "d1 d2");
}

static void once_is_comfort_and_a_way_forward_mends_it(void **state)
{
	(void)state;
	assert_levels("d1 -1", "calm", 1, "calm");
	assert_levels("d1 d1 o1", "calm", 1, "calm");
}

static void a_hot_talk_is_not_lost_by_putting_aside(void **state)
{
	(void)state;
	assert_levels("d4 d5", "hot", 2, "hot");
}

static void it_says_what_brought_it_down_after_the_peak(void **state)
{
	(void)state;
	assert_quotes("l2 -6 l5 -5 l3", false, "l5 l3");
	assert_quotes("-6 -4", false, "");
	assert_quotes("-3 l2", false, "");
	assert_quotes("l6 l6", false, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(the_meter_says_where_it_stands),
	        cmocka_unit_test(heat_alone_does_not_reach_a_level_that_needs_more),
	        cmocka_unit_test(a_threat_still_to_come_has_not_been_made),
	        cmocka_unit_test(a_calm_talk_that_puts_the_point_aside_is_lost),
	        cmocka_unit_test(once_is_comfort_and_a_way_forward_mends_it),
	        cmocka_unit_test(a_hot_talk_is_not_lost_by_putting_aside),
	        cmocka_unit_test(it_says_what_brought_it_down_after_the_peak),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
