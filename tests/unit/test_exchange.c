/* test_exchange.c: a conversation written down is heard like one that is played. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "engine/debrief.h"
#include "engine/exchange.h"

static const char pack[] = "move open_question\n  title Open question\n  room\n  effect trust +1\n"
                           "  say How was it?\n  match ^how\\b\n"
                           "move repetition\n  title Repetition\n  room\n  effect trust +1\n"
                           "  match .\n    when echo >= 0.9 and words <= 2\n"
                           "move judgement\n  title Judgement\n  instead open_question\n"
                           "  effect trust -2, tension +2\n  match \\blazy\\b\n"
                           "framework morepies checklist\n  title MOREPIES\n"
                           "  item open_question\n  item repetition\n";

struct world {
	struct ruleset_builder *builder;
	struct detector *detector;
	struct exchange *exchange;
	struct diags diags;
	struct arena arena;
};

static int set_up(void **state)
{
	struct world *world = mem_alloc(sizeof(*world));

	world->builder = ruleset_builder_new();
	ruleset_add(world->builder, SLICE("p.rules"), slice_of(pack), 0, &world->diags);
	world->detector = detector_new(ruleset_link(world->builder, &world->diags), &world->diags);
	assert_int_equal(world->diags.errors, 0);
	world->exchange = exchange_new(world->detector, SLICE("Sam"));
	arena_init(&world->arena);
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	exchange_free(world->exchange);
	detector_free(world->detector);
	ruleset_builder_free(world->builder);
	diags_release(&world->diags);
	arena_release(&world->arena);
	free(world);
	return 0;
}

static const struct move *move(const struct world *world, const char *id)
{
	return ruleset_move(detector_ruleset(world->detector), slice_of(id));
}

static void exchange_hears_her_first_words(void **state)
{
	const struct world *world = *state;
	struct session *session = exchange_session(world->exchange);

	exchange_ect(world->exchange, SLICE("It was flat."));
	assert_true(exchange_mentor(world->exchange, SLICE("Flat?")));
	assert_true(slice_is(session_opening(session), "It was flat."));
	assert_true(slice_is(session_line_before(session, 1), "It was flat."));
	assert_true(detections_have(&session_turn(session, 1)->heard, move(world, "repetition")));
}

static void exchange_takes_her_words_as_they_are(void **state)
{
	const struct world *world = *state;
	struct session *session = exchange_session(world->exchange);

	exchange_mentor(world->exchange, SLICE("How?"));
	exchange_ect(world->exchange, SLICE("{topic} {said x} (and) so on"));
	exchange_mentor(world->exchange, SLICE(""));
	assert_true(slice_is(session_turn(session, 1)->said, "{topic} {said x} (and) so on"));
	assert_true(slice_is(session_line_before(session, 2), "{topic} {said x} (and) so on"));
	assert_int_equal(session_line_before(session, 1).len, 0);
}

static void exchange_counts_time_by_both_sides_words(void **state)
{
	struct world *world = *state;
	struct session *session = exchange_session(world->exchange);
	struct score score;

	exchange_ect(world->exchange, SLICE("one two three"));
	exchange_mentor(world->exchange, SLICE("how was it now"));
	exchange_ect(world->exchange, SLICE("(sits) one two three"));
	score_session(session, &world->arena, &score, NULL, NULL);
	assert_int_equal(score.measures.mentor_words, 4);
	assert_int_equal(score.measures.ect_words, 6);
	assert_true(score.measures.minutes > 10 / 130.0 + 0.24 &&
	            score.measures.minutes < 10 / 130.0 + 0.26);
}

static void exchange_state_follows_the_mentors_moves_alone(void **state)
{
	const struct world *world = *state;
	struct session *session = exchange_session(world->exchange);

	exchange_mentor(world->exchange, SLICE("How?"));
	exchange_ect(world->exchange, SLICE("I am furious with you."));
	exchange_mentor(world->exchange, SLICE("You are lazy."));
	assert_int_equal(session_turn(session, 1)->after[METER_TRUST], 6);
	assert_int_equal(session_meter(session, METER_TRUST), 4);
	assert_int_equal(session_meter(session, METER_TENSION), 5);
	assert_null(session_turn(session, 2)->reply);
	assert_false(session_ended(session));
}

static void exchange_debrief_praises_no_question_that_got_no_answer(void **state)
{
	struct world *world = *state;
	struct session *session = exchange_session(world->exchange);
	struct debrief debrief;

	exchange_mentor(world->exchange, SLICE("How was it?"));
	exchange_ect(world->exchange, SLICE("Fine."));
	debrief_make(session, &world->arena, &debrief);
	assert_false(debrief.strength.present);
	exchange_mentor(world->exchange, SLICE("How did they do?"));
	exchange_ect(world->exchange, SLICE("Half of them never started."));
	exchange_mentor(world->exchange, SLICE("You are lazy."));
	debrief_make(session, &world->arena, &debrief);
	assert_int_equal(debrief.strength.turn, 2);
	assert_int_equal(debrief.step.turn, 3);
	assert_ptr_equal(debrief.step.instead_move, move(world, "open_question"));
}

static void exchange_debrief_of_nothing_claims_nothing(void **state)
{
	struct world *world = *state;
	struct debrief debrief;

	exchange_ect(world->exchange, SLICE("Hello?"));
	debrief_make(exchange_session(world->exchange), &world->arena, &debrief);
	assert_false(debrief.strength.present || debrief.question.present || debrief.step.present);
}

static void exchange_can_be_folded_again(void **state)
{
	const struct world *world = *state;
	struct session *session = exchange_session(world->exchange);

	exchange_ect(world->exchange, SLICE("It was flat."));
	exchange_mentor(world->exchange, SLICE("How?"));
	exchange_ect(world->exchange, SLICE("Flat, flat."));
	exchange_mentor(world->exchange, SLICE("You are lazy."));
	session_rewind(session, 2);
	assert_int_equal(session_turns(session), 1);
	assert_true(slice_is(session_opening(session), "It was flat."));
	assert_true(slice_is(session_turn(session, 1)->said, "Flat, flat."));
	assert_int_equal(session_meter(session, METER_TRUST), 6);
}

static void exchange_stops_at_the_most_turns(void **state)
{
	const struct world *world = *state;

	for (size_t i = 0; i < LIMIT_TURNS; i++)
		assert_true(exchange_mentor(world->exchange, SLICE("So.")));
	assert_false(exchange_mentor(world->exchange, SLICE("So.")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        TEST(exchange_hears_her_first_words),
	        TEST(exchange_takes_her_words_as_they_are),
	        TEST(exchange_counts_time_by_both_sides_words),
	        TEST(exchange_state_follows_the_mentors_moves_alone),
	        TEST(exchange_debrief_praises_no_question_that_got_no_answer),
	        TEST(exchange_debrief_of_nothing_claims_nothing),
	        TEST(exchange_can_be_folded_again),
	        TEST(exchange_stops_at_the_most_turns),
	};

	return cmocka_run_group_tests_name("exchange", tests, NULL, NULL);
}
