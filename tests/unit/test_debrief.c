/* test_debrief.c: one strength, one question, one step, on conversations played through a session
 * with a small pack of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/debrief.h"

static const char pack[] =
        "move open_question\n  title Open question\n  about A.\n  answers request\n  room\n"
        "  say What did you notice about {topic}?\n"
        "  helped “{quote}” let {name} think.\n  advice Ask what or how.\n"
        "  effect trust +1\n  match ^(what|how)\\b\n"
        "move repetition\n  title Repetition\n  about R.\n  room\n  say {last}?\n"
        "  helped You gave back {quote}.\n  advice Give back a few words.\n"
        "  effect trust +1\n  match .*\n    when echo >= 0.5 and words <= 6\n"
        "move emotional_label\n  title Emotional label\n  about L.\n  room\n"
        "  say That sounds hard.\n  helped “{quote}” named it.\n  advice Name the feeling.\n"
        "  effect tension -1, trust +1\n  match \\bsounds (hard|draining)\\b\n"
        "move pause\n  title Pause\n  about P.\n  room\n  say Take your time.\n"
        "  helped You waited.\n  advice Wait.\n  match ^\\W*$|\\btake your time\\b\n    whole\n"
        "move action\n  title Action\n  about A.\n  say {evidence}\n  advice Say what you saw.\n"
        "  effect clarity +1\n  match \\bgave \\d+|\\bhands up\\b\n"
        "move impact\n  title Impact\n  about I.\n  say That meant the others stopped thinking.\n"
        "  advice Say what came of it.\n  effect clarity +1\n  match \\bmeant\\b\n"
        "move desired_outcome\n  title Outcome\n  about O.\n"
        "  say On Thursday, ask everybody to write an answer first.\n  advice Say the change.\n"
        "  effect clarity +1\n  match \\bon thursday\\b\n"
        "move unsolicited_solution\n  title Solution\n  about S.\n  instead open_question\n"
        "  advice Ask before you advise.\n"
        "  wonder At turn {turn} you had the answer ready. What did you know then of {topic}?\n"
        "  effect tension +1, ownership -1\n  match \\byou need to\\b\n"
        "move judgement\n  title Judgement\n  about J.\n  instead emotional_label\n"
        "  advice Drop the verdict.\n  effect trust -2, tension +2\n"
        "  match \\byou're (lazy|slow)\\b\n"
        "move closed_question\n  title Closed question\n  about C.\n  instead open_question\n"
        "  match ^(did|was|were)\\b\n"
        "move repair\n  title Repair\n  about R.\n  answers feeling\n  room\n  mends\n"
        "  say Sorry, that came out wrong.\n  advice Say so when you trod on a toe.\n"
        "  effect tension -2\n  match \\bcame out wrong\\b\n"
        "move greeting\n  title Hello\n  about G.\n  quiet\n  effect trust +3\n  match ^hi\\b\n"
        "framework morepies checklist\n  title MOREPIES\n  item open_question\n  item repetition\n"
        "  item emotional_label\n  item pause\n"
        "framework pitfalls checklist\n  title Pitfalls\n  item judgement\n"
        "framework aid sequence\n  title AID\n  item action\n  item impact\n  item "
        "desired_outcome\n";

static const char play[] =
        "scenario Test\n  about A\n  minutes 9\n  level 1\n  focus open_question, aid\n"
        "  phase test\n"
        "persona Sam\n  who Sam\n  start trust 5, tension 4, clarity 2, ownership 5\n"
        "brief\n  B\n"
        "evidence\n  about hands\n    Three pupils gave 11 of the 14 answers. Nobody minded.\n"
        "goal\n  G\ntopic hands \\bhands?\\b|\\banswers\\b\n  title the same hands\n"
        "beat opening\n  Sam: (sits) It was the same three hands all lesson.\n"
        "  on open_question about hands\n    Sam: Ruby, mostly. And Dev.\n"
        "  on open_question\n    Sam: It went fine, I suppose.\n    or\n    Sam: Fine again.\n"
        "  on repetition\n    Sam: The same three hands, every time.\n"
        "  on unsolicited_solution\n    Sam: Right. Okay then.\n    or\n    Sam: Sure.\n"
        "  on judgement\n    Sam: (looks away) Lovely.\n    cue\n"
        "    or\n    Sam: (looks at the door)\n"
        "  on closed_question\n    Sam: I don't know any more.\n    cue\n"
        "    instead open_question How do you choose who answers?\n"
        "  otherwise\n    Sam: Mm.\n    or\n    Sam: Okay.\n    or\n    Sam: Hm.\n"
        "instead repair: Sorry, my question came out wrong.\n"
        "tells\n  about hands when trust >= 6\n    Sam: One of the quiet ones cried.\n"
        "ending stop when count(judgement) >= 9\n  Sam: Stop.\n  verdict It stopped.\n"
        "ending bell\n  Sam: The bell.\n  verdict The bell.\n";

struct world {
	struct ruleset_builder *builder;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct scenario_file *file;
	struct diags diags;
	struct session *session;
	struct arena arena;
	struct debrief debrief;
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
	arena_init(&world->arena);
	world->session = session_new(scenario_of(world->file), world->ruleset, world->detector, 1);
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	session_free(world->session);
	arena_release(&world->arena);
	scenario_free(world->file);
	detector_free(world->detector);
	ruleset_builder_free(world->builder);
	diags_release(&world->diags);
	free(world);
	return 0;
}

static const struct debrief *after(struct world *world, const char *const *said)
{
	for (; *said; said++)
		assert_non_null(session_hear(world->session, slice_of(*said), 0));
	debrief_make(world->session, &world->arena, &world->debrief);
	return &world->debrief;
}
#define AFTER(world, ...) after(world, (const char *const[]){__VA_ARGS__, NULL})

static void assert_text(struct slice text, const char *wanted)
{
	char got[1024];

	snprintf(got, sizeof(got), "%.*s", SLICE_ARGS(text));
	assert_string_equal(got, wanted);
}

/* The promise on every step, whatever the conversation. */
static void assert_step_works(struct world *world)
{
	const struct finding *step = &world->debrief.step;
	struct detections heard;
	struct history *history;

	assert_true(step->present);
	assert_true(step->turn >= 1 && step->turn <= session_turns(world->session));
	history = session_history(world->session, step->turn);
	detect(world->detector, step->instead, history, &world->arena, &heard);
	history_free(history);
	assert_true(detections_have(&heard, step->instead_move));
	for (size_t i = 0; i < heard.count; i++)
		assert_null(heard.items[i].move->instead);
}

static void nothing_said_nothing_claimed(void **state)
{
	struct world *world = *state;

	debrief_make(world->session, &world->arena, &world->debrief);
	assert_false(world->debrief.strength.present);
	assert_false(world->debrief.question.present);
	assert_false(world->debrief.step.present);
}

static void strength_quotes_what_drew_the_tell(void **state)
{
	struct world *world = *state;
	const struct debrief *debrief = AFTER(world, "hi sam", "What about those hands?");

	assert_true(debrief->strength.present);
	assert_int_equal(debrief->strength.turn, 2);
	assert_text(debrief->strength.quote, "What about those hands?");
	assert_text(debrief->strength.text, "Turn 2. “What about those hands?” let Sam think. Sam "
	                                    "then told you something held back until then.");
}

static void acts_are_never_praised(void **state)
{
	struct world *world = *state;

	assert_false(AFTER(world, "hi sam")->strength.present);
}

static void what_stands_beside_harm_is_never_praised(void **state)
{
	struct world *world = *state;
	const struct debrief *debrief = AFTER(world, "What happened? You're lazy.");

	assert_false(debrief->strength.present);
	assert_text(debrief->step.quote, "You're lazy.");
}

static void a_struck_move_is_neither_praised_nor_blamed(void **state)
{
	struct world *world = *state;

	AFTER(world, "What happened then?", "You're slow.");
	assert_true(session_strike(world->session, 1, SLICE("open_question")));
	assert_true(session_strike(world->session, 2, SLICE("judgement")));
	debrief_make(world->session, &world->arena, &world->debrief);
	assert_false(world->debrief.strength.present);
	assert_true(world->debrief.step.move != ruleset_move(world->ruleset, SLICE("judgement")));
}

static void step_is_where_it_hurt_most_with_words_that_work(void **state)
{
	struct world *world = *state;
	const struct debrief *debrief =
	        AFTER(world, "hi sam", "You need to use names for the hands.", "Mm.");

	assert_int_equal(debrief->step.turn, 2);
	assert_text(debrief->step.text, "Turn 2: ask before you advise.");
	assert_text(debrief->step.instead, "What did you notice about the same hands?");
	assert_true(slice_is(debrief->step.instead_move->id, "open_question"));
	assert_step_works(world);
	assert_text(
	        debrief->question.text,
	        "At turn 2 you had the answer ready. What did you know then of the same hands?");
}

static void the_reply_s_own_better_words_come_first(void **state)
{
	struct world *world = *state;
	const struct debrief *debrief = AFTER(world, "Did they like it?");

	assert_text(debrief->step.instead, "How do you choose who answers?");
	assert_step_works(world);
}

static void a_cue_passed_over_is_asked_about(void **state)
{
	struct world *world = *state;
	const struct debrief *debrief =
	        AFTER(world, "You're lazy. You're slow.", "Anyway. Lunch.", "You need to hurry.");

	assert_int_equal(debrief->step.turn, 1);
	assert_int_equal(debrief->question.turn, 2);
	assert_true(debrief->question.quote_is_ect);
	assert_true(slice_ends(debrief->question.text, SLICE("?")));
	assert_text(debrief->question.text, "At turn 1 Sam answered you with “Lovely”. What might "
	                                    "it have been like to hear what "
	                                    "you had just said?");
	assert_step_works(world);
}

static void a_cue_is_met_in_her_own_words(void **state)
{
	struct world *world = *state;
	const struct debrief *debrief;

	AFTER(world, "You're lazy.", "Anyway. Lunch.");
	session_strike(world->session, 1, SLICE("judgement"));
	debrief_make(world->session, &world->arena, &world->debrief);
	debrief = &world->debrief;
	assert_int_equal(debrief->step.turn, 2);
	assert_text(debrief->step.instead, "Lovely?");
	assert_true(slice_is(debrief->step.instead_move->id, "repetition"));
	assert_text(debrief->step.text, "Turn 2: give back a few words.");
}

static void what_mends_is_offered_only_where_something_hurt(void **state)
{
	struct world *world = *state;
	const struct move *repair = ruleset_move(world->ruleset, SLICE("repair"));

	/* A cue of hers that went by, and no harm done. */
	AFTER(world, "Did they like it?", "Anyway. Lunch.", "Lunch then.");
	session_strike(world->session, 1, SLICE("closed_question"));
	debrief_make(world->session, &world->arena, &world->debrief);
	assert_int_equal(world->debrief.step.turn, 2);
	assert_true(world->debrief.step.instead_move != repair);
	assert_step_works(world);
	/* Nor did a closed question hurt, though another would have been better. */
	session_rewind(world->session, 1);
	AFTER(world, "Did they like it?", "Anyway. Lunch.", "Lunch then.");
	assert_true(world->debrief.step.instead_move != repair);
}

static void what_was_praised_is_not_what_to_do_otherwise(void **state)
{
	struct world *world = *state;

	/* A cue goes by, at the turn that helped. */
	AFTER(world, "Did they like it?", "Three pupils gave 11 answers.", "Lunch.");
	session_strike(world->session, 1, SLICE("closed_question"));
	debrief_make(world->session, &world->arena, &world->debrief);
	assert_true(world->debrief.strength.present);
	assert_int_equal(world->debrief.strength.turn, 2);
	assert_true(world->debrief.step.turn != 2);
	assert_step_works(world);
}

static void a_missing_part_of_feedback_is_the_step_after_the_part_before(void **state)
{
	struct world *world = *state;
	const struct debrief *debrief = AFTER(world, "What about those hands?",
	                                      "Three pupils gave 11 answers, the same hands up.",
	                                      "Mm, go on.", "Well, let us stop there.");

	assert_int_equal(debrief->step.turn, 3);
	assert_true(slice_is(debrief->step.instead_move->id, "impact"));
	assert_text(debrief->step.text, "Turn 3: say what came of it.");
	assert_step_works(world);
	assert_text(debrief->question.text,
	            "I did not hear “Outcome” (AID). Where would it have helped Sam most?");
}

static void a_perfect_conversation_gets_a_stretch(void **state)
{
	struct world *world = *state;
	const struct debrief *debrief = AFTER(world, "What about those hands?", "That sounds hard.",
	                                      "Three pupils gave 11 answers, hands up.",
	                                      "That meant the hands stayed down.",
	                                      "On Thursday, what if the hands stay down?");

	assert_true(debrief->score.frameworks[2].complete);
	assert_true(debrief->strength.present);
	assert_step_works(world);
	assert_true(slice_ends(debrief->question.text, SLICE("?")));
}

static void words_given_back_are_hers(void **state)
{
	struct world *world = *state;
	const struct debrief *debrief = AFTER(world, "The same three hands?", "");

	assert_true(debrief->strength.present);
	assert_text(debrief->strength.text,
	            "Turn 1. You gave back “The same three hands?”. Sam then told you something "
	            "held back until then.");
}

static void the_same_words_give_the_same_debrief(void **state)
{
	struct world *world = *state;
	struct debrief again;

	AFTER(world, "What about those hands?", "You need to stop.", "You're lazy.", "");
	debrief_make(world->session, &world->arena, &again);
	assert_true(slice_eq(again.strength.text, world->debrief.strength.text));
	assert_true(slice_eq(again.question.text, world->debrief.question.text));
	assert_true(slice_eq(again.step.text, world->debrief.step.text));
	assert_true(slice_eq(again.step.instead, world->debrief.step.instead));
}

static void every_debrief_keeps_its_promises(void **state)
{
	static const char *const lines[] = {"hi",
	                                    "What happened?",
	                                    "You need to stop.",
	                                    "You're lazy.",
	                                    "",
	                                    "Mm.",
	                                    "That sounds hard.",
	                                    "Did it work?",
	                                    "the same three hands",
	                                    "Three pupils gave 11 answers.",
	                                    "That meant noise.",
	                                    "On Thursday, wait."};
	const size_t count = sizeof(lines) / sizeof(*lines);
	struct world *world = *state;
	uint32_t chance = 7;

	for (int round = 0; round < 60; round++) {
		session_rewind(world->session, 1);
		for (int turn = 0; turn < 1 + round % 9; turn++) {
			chance = chance * 1664525u + 1013904223u;
			if (!session_hear(world->session, slice_of(lines[(chance >> 16) % count]),
			                  0))
				break;
		}
		debrief_make(world->session, &world->arena, &world->debrief);
		assert_step_works(world);
		assert_true(world->debrief.question.present);
		assert_true(slice_ends(world->debrief.question.text, SLICE("?")));
		if (world->debrief.strength.present)
			assert_null(world->debrief.strength.move->instead);
	}
}

/* What the log knows of one move. */
static struct mastery *known(struct world *world, const char *move, struct mastery known)
{
	struct mastery *all =
	        ARENA_ARRAY(&world->arena, struct mastery, world->ruleset->move_count);

	all[ruleset_move(world->ruleset, slice_of(move))->index] = known;
	session_recall(world->session, all);
	return all;
}

static void whoever_has_the_move_is_asked_and_told_why(void **state)
{
	struct world *world = *state;
	const struct debrief *debrief;

	known(world, "open_question", (struct mastery){.streak = 4, .recall = 0.95});
	debrief = AFTER(world, "Hi Sam.", "You need to use cold call.");
	assert_int_equal(debrief->step.turn, 2);
	assert_text(debrief->step.text, "Turn 2: ask before you advise.");
	assert_text(debrief->step.instead, "");
	assert_text(debrief->step.asks,
	            "You have used “Open question” in the last 4 conversations that called for it, "
	            "so here is a question instead of words: in place of “You need to use cold "
	            "call”, how would you put it?");
	assert_null(debrief->compared.move);
}

static void a_novice_gets_words(void **state)
{
	static const struct mastery novices[] = {
	        {.streak = 2, .recall = 1}, /* not yet a habit */
	        {.streak = 9, .recall = 0.79}, /* rested too long */
	};
	struct world *world = *state;

	session_hear(world->session, SLICE("You need to use cold call."), 0);
	for (size_t i = 0; i < 2; i++) {
		known(world, "open_question", novices[i]);
		debrief_make(world->session, &world->arena, &world->debrief);
		assert_true(world->debrief.step.instead.len > 0);
		assert_text(world->debrief.step.asks, "");
	}
}

static void the_step_is_compared_with_conversations_before(void **state)
{
	struct world *world = *state;
	const struct debrief *debrief;

	known(world, "open_question",
	      (struct mastery){.past = {0, 2, 3}, .past_count = 3, .streak = 2, .recall = 1});
	debrief = AFTER(world, "What happened? What did you see?", "How was it?",
	                "You need to use cold call.");
	assert_text(debrief->compared.move->id, "open_question");
	assert_int_equal(debrief->compared.now, 2);
	assert_int_equal(debrief->compared.past_count, 3);
	assert_int_equal(debrief->compared.past[2], 3);
}

static void nothing_is_compared_that_never_was(void **state)
{
	struct world *world = *state;

	known(world, "open_question", (struct mastery){.past = {0, 0}, .past_count = 2});
	assert_null(AFTER(world, "You need to use cold call.")->compared.move);
}

static void a_hint_asks_whoever_has_the_move(void **state)
{
	struct world *world = *state;

	assert_text(session_hint(world->session), "Not tried yet. Ask what or how.");
	known(world, "open_question", (struct mastery){.streak = 3, .recall = 0.9});
	assert_text(session_hint(world->session),
	            "Not tried yet. You used “Open question” in the last 3 conversations that "
	            "called for "
	            "it, so only a question: where would it fit with Sam?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	        TEST(nothing_said_nothing_claimed),
	        TEST(strength_quotes_what_drew_the_tell),
	        TEST(acts_are_never_praised),
	        TEST(what_stands_beside_harm_is_never_praised),
	        TEST(a_struck_move_is_neither_praised_nor_blamed),
	        TEST(step_is_where_it_hurt_most_with_words_that_work),
	        TEST(the_reply_s_own_better_words_come_first),
	        TEST(a_cue_passed_over_is_asked_about),
	        TEST(a_cue_is_met_in_her_own_words),
	        TEST(what_mends_is_offered_only_where_something_hurt),
	        TEST(what_was_praised_is_not_what_to_do_otherwise),
	        TEST(a_missing_part_of_feedback_is_the_step_after_the_part_before),
	        TEST(a_perfect_conversation_gets_a_stretch),
	        TEST(words_given_back_are_hers),
	        TEST(the_same_words_give_the_same_debrief),
	        TEST(every_debrief_keeps_its_promises),
	        TEST(whoever_has_the_move_is_asked_and_told_why),
	        TEST(a_novice_gets_words),
	        TEST(the_step_is_compared_with_conversations_before),
	        TEST(nothing_is_compared_that_never_was),
	        TEST(a_hint_asks_whoever_has_the_move),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
