/* test_session.c: the state of a conversation is a fold over its events, so rewinding and replaying
 * change nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "engine/session.h"

static const char pack[] =
        "move open_question\n  title Open\n  about A.\n  answers request\n  room\n"
        "  effect trust +1, ownership +1\n  match ^(what|how|why)\\b\n"
        "move judgement\n  title Judgement\n  about J.\n  answers feedback\n  effect tension +1\n"
        "  match \\blazy\\b\n"
        "move minimal_encourager\n  title Mm\n  about M.\n  room\n  effect trust +1\n  match "
        "^mm\\b\n"
        "move proposal\n  title P\n  about P.\n  quiet\n  answers proposal\n"
        "  match \\byou could (?<said>.*)\n"
        "move pause\n  title Pause\n  about P.\n  room\n  match ^\\W*$\n    whole\n";

static const char play[] =
        "scenario Test\n  about A\n  minutes 9\n  level 1\n  focus open_question\n  phase test\n"
        "persona Sam\n  who Sam\n  start trust 5, tension 3, clarity 2, ownership 5\n"
        "  reacts judgement trust -1\n  shows tension >= 5: folds arms | looks down\n"
        "brief\n  B\nevidence\n  about rows\n    E\ngoal\n  G\ntopic rows \\brows\\b\n"
        "beat opening\n  Sam: Hello.\n"
        "  on open_question about rows\n    Sam: The rows. Well.\n    go later\n"
        "  on open_question\n    Sam: One.\n    or\n    Sam: Two.\n    or\n    Sam: Three.\n"
        "    effect clarity +1\n"
        "  on judgement\n    Sam: I'm “{said judgement}”?\n    or\n    Sam: Right.\n    cue\n"
        "  otherwise\n    Sam: Mm.\n    or\n    Sam: Okay.\n    or\n    Sam: Hm.\n"
        "beat later\n  on open_question\n    Sam: Later.\n    or\n    Sam: Later still.\n"
        "  on accept, own_version\n    Sam: All right, {step}.\n"
        "  on resist, obstacle, yes_but\n    Sam: I don't know.\n"
        "  otherwise\n    Sam: Later, mm.\n    or\n    Sam: Later, okay.\n"
        "tells\n  about rows when trust >= 6\n    Sam: I hate the rows.\n"
        "ending plan when agreed and turn >= 8\n  Sam: {step}.\n  verdict V.\n"
        "ending bell\n  Sam: The bell.\n";

static const char *const utterances[] = {"how was it",          "mm",          "",
                                         "what about the rows", "you're lazy", "lazy!",
                                         "you could ask her",   "why though",  "it's cold",
                                         "you could go slower", "mm",          "..."};
#define UTTERANCES (sizeof(utterances) / sizeof(*utterances))

struct world {
	struct ruleset_builder *builder;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct scenario_file *file;
	struct diags diags;
};

static int set_up(void **state)
{
	struct world *world = mem_alloc(sizeof(*world));
	struct strbuf out = {0};

	world->builder = ruleset_builder_new();
	ruleset_add(world->builder, SLICE("p.rules"), slice_of(pack), 0, &world->diags);
	world->ruleset = ruleset_link(world->builder, &world->diags);
	world->detector = detector_new(world->ruleset, &world->diags);
	world->file = scenario_load(SLICE("test"), SLICE("test.scenario"), slice_of(play),
	                            SLICE(""), SLICE(""), world->ruleset, &world->diags);
	diags_print(&world->diags, &out);
	if (world->diags.errors)
		fail_msg("%s", out.at);
	strbuf_release(&out);
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	scenario_free(world->file);
	detector_free(world->detector);
	ruleset_builder_free(world->builder);
	diags_release(&world->diags);
	free(world);
	return 0;
}

static struct session *start(const struct world *world, uint64_t seed)
{
	return session_new(scenario_of(world->file), world->ruleset, world->detector, seed);
}

/* All that shows of a conversation, as text. */
static void picture(const struct session *session, struct strbuf *out)
{
	size_t i;
	int meter;

	for (i = 1; i <= session_turns(session); i++) {
		const struct turn *turn = session_turn(session, i);

		strbuf_addf(out, "%u %.*s > %.*s |", turn->number, SLICE_ARGS(turn->utterance),
		            SLICE_ARGS(turn->line));
		for (meter = 0; meter < METERS; meter++)
			strbuf_addf(out, " %d", turn->after[meter]);
		strbuf_addf(out, " beat %d cue %d%d%d min %.2f end %.*s\n", turn->beat, turn->cue,
		            turn->cue_before, turn->cue_met, turn->minutes,
		            SLICE_ARGS(turn->ending_line));
	}
}

static void assert_alike(const struct session *a, const struct session *b)
{
	struct strbuf left = {0};
	struct strbuf right = {0};

	picture(a, &left);
	picture(b, &right);
	strbuf_addz(&left, "");
	strbuf_addz(&right, "");
	assert_string_equal(left.at, right.at);
	strbuf_release(&left);
	strbuf_release(&right);
}

static void session_rewound_equals_played_straight(void **state)
{
	const struct world *world = *state;
	uint64_t chance = 1;
	int run;

	for (run = 0; run < 60; run++) {
		struct session *wandering = start(world, 5);
		struct session *straight = start(world, 5);
		const char *said[64];
		size_t count = 0;
		size_t i;

		for (i = 0; i < 30; i++) {
			chance = chance * 6364136223846793005u + 1442695040888963407u;
			if (count && (chance >> 40) % 4 == 0) {
				count = (chance >> 50) % count;
				session_rewind(wandering, (uint32_t)count + 1);
			} else {
				const char *one = utterances[(chance >> 33) % UTTERANCES];

				if (session_hear(wandering, slice_of(one), 0))
					said[count++] = one;
			}
			assert_int_equal(session_turns(wandering), count);
		}
		for (i = 0; i < count; i++)
			session_hear(straight, slice_of(said[i]), 0);
		assert_alike(wandering, straight);
		session_free(wandering);
		session_free(straight);
	}
}

static void session_replayed_from_its_events_is_the_same(void **state)
{
	const struct world *world = *state;
	struct session *first = start(world, 9);
	struct session *second = start(world, 9);
	const struct event *events;
	struct err err;
	size_t count;
	size_t i;

	for (i = 0; i < 6; i++) {
		session_hear(first, slice_of(utterances[i]), 100 + (double)i);
		if (i == 2)
			session_reply(first, SLICE("Other words than the script's, about rows."));
	}
	assert_true(session_strike(first, 5, SLICE("judgement")));
	session_hint_given(first, SLICE("try"));
	session_end(first);
	events = session_events(first, &count);
	assert_true(session_replay(second, events, count, &err));
	assert_alike(first, second);
	assert_true(session_struck(second, 5, ruleset_move(world->ruleset, SLICE("judgement"))));
	assert_int_equal(session_hints(second), 1);
	assert_true(session_ended(second));
	session_free(first);
	session_free(second);
}

static void session_refuses_a_record_that_makes_no_sense(void **state)
{
	const struct world *world = *state;
	struct session *session = start(world, 1);
	const struct event reply = {EVENT_REPLY, SLICE("x"), 0, 0};
	const struct event strike = {EVENT_STRIKE, SLICE("judgement"), 3, 0};
	struct err err;

	assert_false(session_replay(session, &reply, 1, &err));
	assert_string_equal(err.text, "event 1 of the record does not fit what came before it");
	assert_false(session_replay(session, &strike, 1, &err));
	session_free(session);
}

static void session_begins_in_the_middle(void **state)
{
	const struct world *world = *state;
	struct session *session = start(world, 1);
	struct session *again = start(world, 1);
	const struct event *events;
	struct err err;
	size_t count;

	assert_false(session_begin_at(session, SLICE("latter")));
	assert_false(session_set_meter(session, SLICE("trusst"), 8));
	assert_false(session_set_meter(session, SLICE("trust"), 11));
	assert_true(session_begin_at(session, SLICE("later")));
	assert_true(session_set_meter(session, SLICE("trust"), 8));
	assert_int_equal(session_opening(session).len, 0);
	session_hear(session, SLICE("how was it"), 0);
	assert_true(slice_starts(session_turn(session, 1)->line, SLICE("Later")));
	assert_int_equal(session_turn(session, 1)->before[METER_TRUST], 8);
	assert_false(session_begin_at(session, SLICE("opening")));
	session_rewind(session, 1);
	session_hear(session, SLICE("how was it"), 0);
	assert_true(slice_starts(session_turn(session, 1)->line, SLICE("Later")));
	events = session_events(session, &count);
	assert_true(session_replay(again, events, count, &err));
	assert_alike(session, again);
	session_free(session);
	session_free(again);
}

static void session_farms_no_trust_with_encouragers(void **state)
{
	const struct world *world = *state;
	struct session *session = start(world, 1);
	int i;

	for (i = 0; i < 8; i++)
		session_hear(session, SLICE("mm"), 0);
	assert_int_equal(session_meter(session, METER_TRUST), 7);
	session_free(session);
}

static void session_applies_a_replys_effect_once_ever(void **state)
{
	const struct world *world = *state;
	struct session *session = start(world, 1);

	session_hear(session, SLICE("how was it"), 0);
	assert_int_equal(session_meter(session, METER_CLARITY), 3);
	session_hear(session, SLICE("why was that"), 0);
	assert_int_equal(session_meter(session, METER_CLARITY), 3);
	session_free(session);
}

static void session_ends_with_the_bell_by_words_not_by_the_clock(void **state)
{
	const struct world *world = *state;
	struct session *session = start(world, 1);
	const struct turn *turn = NULL;
	int turns = 0;

	while (!session_ended(session)) {
		turn = session_hear(session, SLICE("mm"), 1e12 * turns);
		turns++;
	}
	assert_true(slice_is(turn->ending->id, "bell"));
	assert_int_equal(turns, 34);
	assert_null(session_hear(session, SLICE("mm"), 0));
	session_free(session);
}

static void session_stays_within_its_turns(void **state)
{
	const struct world *world = *state;
	struct session *session = start(world, 1);
	struct strbuf text = {0};
	size_t i;

	for (i = 0; i < LIMIT_UTTERANCE_BYTES + 10; i++)
		strbuf_addz(&text, "é");
	assert_true(session_hear(session, strbuf_slice(&text), 0)->utterance.len <=
	            LIMIT_UTTERANCE_BYTES);
	strbuf_release(&text);
	session_free(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(session_rewound_equals_played_straight),
	        cmocka_unit_test(session_replayed_from_its_events_is_the_same),
	        cmocka_unit_test(session_refuses_a_record_that_makes_no_sense),
	        cmocka_unit_test(session_begins_in_the_middle),
	        cmocka_unit_test(session_farms_no_trust_with_encouragers),
	        cmocka_unit_test(session_applies_a_replys_effect_once_ever),
	        cmocka_unit_test(session_ends_with_the_bell_by_words_not_by_the_clock),
	        cmocka_unit_test(session_stays_within_its_turns),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
