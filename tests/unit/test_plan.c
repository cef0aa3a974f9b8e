/* Plans: what may be answered, what a script contains, and what came of it in a conversation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "engine/plan.h"

static const char pack[] =
        "move open_question\n  title Open question\n  about A.\n  answers request\n"
        "  axis cooperative +1, care +1\n  match ^(what|how)\\b\n"
        "move demand\n  title Demand\n  about D.\n  axis assertive +2, cooperative -1\n"
        "  axis challenge +1\n  match \\byou need to\\b\n"
        "move action\n  title Action\n  about A.\n  axis assertive +1\n  match \\bgave \\d+\n"
        "move impact\n  title Impact\n  about I.\n  match \\bmeant\\b\n"
        "move desired_outcome\n  title Desired outcome\n  about O.\n  match \\bon thursday\\b\n"
        "move invite_reflection\n  title Invite reflection\n  about I.\n"
        "  match \\bmake of (that|it)\\b\n"
        "move asks_feedback\n  title Asks for feedback\n  about F.\n  match \\bdid i help\\b\n"
        "move follow_up\n  title Follow-up\n  about F.\n  match \\bpop in\\b\n"
        "move liking\n  title Liking\n  about Care.\n  match \\bglad you\\b\n"
        "move greeting\n  title Hello\n  about G.\n  quiet\n  match ^hi\\b\n"
        "framework morepies checklist\n  title MOREPIES\n  item open_question\n"
        "framework aid sequence\n  title AID\n  item action\n  item impact\n"
        "  item desired_outcome\n"
        "framework cialdini checklist\n  title Influence\n  item liking\n  item commit, follow_up\n"
        "    title Commitment: stand by it\n"
        "framework candour grid\n  title Candour\n  x challenge\n  y care\n"
        "  cell radical_candour high high\n    title Radical Candor: both\n"
        "  cell ruinous_empathy low high\n    title Ruinous Empathy: care alone\n"
        "framework tki grid\n  title Conflict\n  x assertive\n  y cooperative\n"
        "  cell competing high low\n    title Competing: your point\n"
        "  cell collaborating high high\n    title Collaborating: both points\n"
        "  cell accommodating low high\n    title Accommodating: their point\n"
        "move commit\n  title Commit\n  about C.\n  match \\byou said\\b\n";

static const char play[] =
        "scenario Test\n  about A\n  minutes 9\n  level 1\n  focus aid\n  fits competing\n"
        "persona Sam\n  who Sam\n  start trust 5, tension 4, clarity 2, ownership 5\n"
        "brief\n  B\ngoal\n  G\nbeat opening\n  Sam: Hi.\n  otherwise\n    Sam: Mm.\n"
        "ending bell\n  Sam: The bell.\n  verdict The bell.\n";

struct world {
	struct ruleset_builder *builder;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct scenario_file *file;
	struct diags diags;
	struct session *session;
	struct arena arena;
	struct plan plan;
	struct err err;
	struct plan_outcome outcome;
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
	world->plan.scenario = SLICE("test");
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

#define assert_slice(slice, text) assert_string_equal(zero_ended(world, slice), text)

static const char *zero_ended(struct world *world, struct slice text)
{
	return slice_copy(&world->arena, text).at;
}

static bool answer(struct world *world, enum plan_part part, const char *typed)
{
	return plan_answer(&world->plan, part, slice_of(typed), world->ruleset, &world->arena,
	                   &world->err);
}

static void fill(struct world *world, enum plan_part part, const char *typed)
{
	if (!answer(world, part, typed))
		fail_msg("%s", world->err.text);
}

static const struct plan_outcome *after(struct world *world, const char *const *said)
{
	for (; *said; said++)
		assert_non_null(session_hear(world->session, slice_of(*said), 0));
	plan_compare(&world->plan, world->session, &world->arena, &world->outcome);
	return &world->outcome;
}
#define AFTER(...) after(world, (const char *const[]){__VA_ARGS__, NULL})

static const struct plan_finding *about(struct world *world, enum plan_part part, const char *id)
{
	for (size_t i = 0; i < world->outcome.count; i++)
		if (world->outcome.findings[i].part == part &&
		    slice_is(world->outcome.findings[i].id, id))
			return &world->outcome.findings[i];
	fail_msg("nothing is said of %s", id);
	return NULL;
}

static void a_choice_is_taken_by_number_id_or_name(void **state)
{
	struct world *world = *state;

	fill(world, PLAN_MODE, "2");
	assert_slice(world->plan.answers[PLAN_MODE], "collaborating");
	fill(world, PLAN_MODE, "COMPETING");
	assert_slice(world->plan.answers[PLAN_MODE], "competing");
	fill(world, PLAN_CANDOUR, "Radical Candor");
	assert_slice(world->plan.answers[PLAN_CANDOUR], "radical_candour");
	fill(world, PLAN_CANDOUR, "ruinous-empathy");
	assert_slice(world->plan.answers[PLAN_CANDOUR], "ruinous_empathy");
	fill(world, PLAN_INFLUENCE, "2 1");
	assert_slice(world->plan.answers[PLAN_INFLUENCE], "commit, liking");
	fill(world, PLAN_INFLUENCE, "liking, Commitment, 1");
	assert_slice(world->plan.answers[PLAN_INFLUENCE], "liking, commit");
	fill(world, PLAN_INFLUENCE, "  ");
	assert_int_equal(world->plan.answers[PLAN_INFLUENCE].len, 0);
}

static void an_unknown_choice_leaves_the_plan_as_it_was(void **state)
{
	struct world *world = *state;

	fill(world, PLAN_MODE, "collaborating");
	assert_false(answer(world, PLAN_MODE, "colaborating"));
	assert_string_equal(world->err.text, "‘colaborating’ is none of these; did you mean "
	                                     "‘collaborating’? A number from 1 to 3 is enough");
	assert_false(answer(world, PLAN_MODE, "4"));
	assert_false(answer(world, PLAN_MODE, "0"));
	assert_false(answer(world, PLAN_INFLUENCE, "1, 9"));
	assert_slice(world->plan.answers[PLAN_MODE], "collaborating");
	assert_int_equal(world->plan.answers[PLAN_INFLUENCE].len, 0);
}

static void names_and_meanings_are_the_packs(void **state)
{
	struct world *world = *state;
	const struct framework *influence = plan_framework(world->ruleset, PLAN_INFLUENCE);
	struct plan_choice choice;

	assert_true(plan_choice(influence, 0, &choice));
	assert_slice(choice.name, "Liking");
	assert_slice(choice.about, "Care.");
	assert_true(plan_choice(influence, 1, &choice));
	assert_slice(choice.name, "Commitment");
	assert_slice(choice.about, "stand by it");
	assert_false(plan_choice(influence, 2, &choice));
}

static void limits_of_an_answer_are_told(void **state)
{
	struct world *world = *state;
	struct strbuf long_one = {0};

	while (long_one.len < LIMIT_PLAN_BYTES)
		strbuf_addc(&long_one, 'x');
	fill(world, PLAN_GOAL, long_one.at);
	strbuf_addc(&long_one, 'x');
	assert_false(answer(world, PLAN_GOAL, long_one.at));
	assert_string_equal(world->err.text, "an answer of over 8192 bytes is too long; a few "
	                                     "sentences are enough");
	assert_int_equal(world->plan.answers[PLAN_GOAL].len, LIMIT_PLAN_BYTES);
	strbuf_clear(&long_one);
	for (unsigned i = 0; i < LIMIT_PLAN_LINES; i++)
		strbuf_addz(&long_one, "a line\n\n");
	fill(world, PLAN_SCRIPT, long_one.at);
	assert_int_equal(plan_line_count(&world->plan), LIMIT_PLAN_LINES);
	strbuf_addz(&long_one, "a line");
	assert_false(answer(world, PLAN_SCRIPT, long_one.at));
	assert_false(answer(world, PLAN_GOAL, "\xff\xfe"));
	strbuf_release(&long_one);
}

static void a_script_shows_its_moves_and_what_is_missing(void **state)
{
	struct world *world = *state;
	struct plan_script script;

	fill(world, PLAN_SCRIPT,
	     "How did Monday feel?\nRuby gave 11 of the answers\n\n  What do you make of that?  ");
	plan_script(&world->plan, world->ruleset, world->detector, &world->arena, &script);
	assert_int_equal(script.count, 3);
	assert_slice(script.lines[2].mentor, "What do you make of that?");
	assert_int_equal(script.listening->filled, 1);
	assert_int_equal(script.listening->items[0].quote_count, 2);
	assert_int_equal(script.listening->items[0].quotes[1].turn, 3);
	assert_int_equal(script.feedback->filled, 1);
	assert_int_equal(script.feedback->items[0].quotes[0].turn, 2);
	assert_int_equal(script.feedback->items[1].quote_count, 0);
	assert_true(script.invites_reflection);
	assert_non_null(script.mode);
	assert_slice(script.mode->id, "collaborating");
}

static void an_empty_script_shows_nothing(void **state)
{
	struct world *world = *state;
	struct plan_script script;

	plan_script(&world->plan, world->ruleset, world->detector, &world->arena, &script);
	assert_int_equal(script.count, 0);
	assert_null(script.mode);
	assert_false(script.invites_reflection);
	assert_int_equal(script.feedback->filled, 0);
}

static void another_mode_is_told_with_its_turns_and_quote(void **state)
{
	struct world *world = *state;
	const struct plan_finding *finding;

	fill(world, PLAN_MODE, "collaborating");
	AFTER("How was it?", "Well then.", "You need to ask everyone.",
	      "No, you need to do it now.", "You need to start.");
	finding = about(world, PLAN_MODE, "collaborating");
	assert_false(finding->as_planned);
	assert_slice(finding->read_as, "competing");
	assert_int_equal(finding->turn, 3);
	assert_int_equal(finding->last, 5);
	assert_slice(finding->quote, "You need to ask everyone.");
	assert_slice(finding->text, "You planned for collaborating; turns 3 to 5 read as "
	                            "competing: “You need to ask everyone”.");
	assert_ptr_equal(world->outcome.told[0], finding);
}

static void the_mode_that_was_meant_is_told_with_its_quote(void **state)
{
	struct world *world = *state;
	const struct plan_finding *finding;

	fill(world, PLAN_MODE, "competing");
	AFTER("You need to ask everyone.", "Mm.", "Well.");
	finding = about(world, PLAN_MODE, "competing");
	assert_true(finding->as_planned);
	assert_slice(finding->text, "You planned for competing, and it read so: turn 1, “You need "
	                            "to ask everyone”.");
}

static void names_of_several_words_stay_as_they_are(void **state)
{
	struct world *world = *state;

	fill(world, PLAN_CANDOUR, "radical_candour");
	AFTER("How was it?", "Mm.", "Well.");
	assert_slice(about(world, PLAN_CANDOUR, "radical_candour")->text,
	             "You planned for Radical Candor; turn 1 read as Ruinous Empathy: “How was "
	             "it?”.");
}

static void nothing_is_said_of_a_mode_without_evidence(void **state)
{
	struct world *world = *state;

	fill(world, PLAN_MODE, "collaborating");
	AFTER("Mm.", "Well.", "So.");
	assert_int_equal(world->outcome.count, 0);
	assert_null(world->outcome.told[0]);
}

static void one_question_is_no_mode(void **state)
{
	struct world *world = *state;

	fill(world, PLAN_MODE, "collaborating");
	AFTER("How was it?", "Mm.");
	assert_int_equal(world->outcome.count, 0);
}

static void an_id_nobody_knows_is_compared_with_nothing(void **state)
{
	struct world *world = *state;

	world->plan.answers[PLAN_MODE] = SLICE("haggling");
	world->plan.answers[PLAN_INFLUENCE] = SLICE("magic");
	AFTER("You need to ask everyone.");
	assert_int_equal(world->outcome.count, 0);
}

static void what_the_script_had_and_was_not_heard_is_told(void **state)
{
	struct world *world = *state;
	const struct plan_finding *finding;

	fill(world, PLAN_SCRIPT, "Ruby gave 11 of the answers\nIt meant the rest sat still.");
	AFTER("Ruby and Dev gave 11 answers", "What now?");
	finding = about(world, PLAN_SCRIPT, "impact");
	assert_false(finding->as_planned);
	assert_int_equal(finding->turn, 0);
	assert_slice(finding->text,
	             "Impact stood in your script (“It meant the rest sat still”); I "
	             "did not hear it.");
	finding = about(world, PLAN_SCRIPT, "action");
	assert_true(finding->as_planned);
	assert_int_equal(finding->turn, 1);
	assert_int_equal(world->outcome.told[0]->part, PLAN_SCRIPT);
	assert_true(world->outcome.told[1]->as_planned);
}

static void planned_feedback_check_in_and_influence_are_looked_for(void **state)
{
	struct world *world = *state;
	const struct plan_finding *finding;

	fill(world, PLAN_FEEDBACK, "Ask at the end.");
	fill(world, PLAN_CHECK_IN, "Pop in on Thursday.");
	fill(world, PLAN_INFLUENCE, "liking, commit");
	AFTER("I'm glad you came.", "Did I help?");
	finding = about(world, PLAN_FEEDBACK, "asks_feedback");
	assert_slice(finding->text, "You planned to ask for feedback on your mentoring: heard at "
	                            "turn 2, “Did I help?”.");
	finding = about(world, PLAN_CHECK_IN, "follow_up");
	assert_slice(finding->text, "You planned how to look at it again; I did not hear it.");
	assert_slice(finding->quote, "Pop in on Thursday.");
	assert_true(about(world, PLAN_INFLUENCE, "liking")->as_planned);
	assert_slice(about(world, PLAN_INFLUENCE, "commit")->text,
	             "You planned to use commitment; I did not hear it.");
}

static void what_the_mentor_disputes_does_not_count(void **state)
{
	struct world *world = *state;

	fill(world, PLAN_FEEDBACK, "Ask at the end.");
	AFTER("Did I help?");
	assert_true(world->outcome.findings[0].as_planned);
	assert_true(session_strike(world->session, 1, SLICE("asks_feedback")));
	plan_compare(&world->plan, world->session, &world->arena, &world->outcome);
	assert_false(world->outcome.findings[0].as_planned);
}

static void lines_are_ticked_when_said_in_substance(void **state)
{
	struct world *world = *state;

	fill(world, PLAN_SCRIPT,
	     "How did Monday feel from the front?\nWhat would you change?\n"
	     "Three pupils answered everything.\nLet us begin.");
	AFTER("Hi Sam. How was the Monday lesson at the front for you, how did that feel?",
	      "three pupils answered nearly everything", "Mm.");
	assert_int_equal(world->outcome.said[0], 1);
	assert_int_equal(world->outcome.said[1], 0); /* one question ticks one line */
	assert_int_equal(world->outcome.said[2], 2);
	assert_int_equal(world->outcome.said[3], 0);
	assert_int_equal(world->outcome.lines_said, 2);
}

static void a_turn_stands_for_one_line_by_its_moves(void **state)
{
	struct world *world = *state;

	fill(world, PLAN_SCRIPT, "What would you change?\nHow would you know?");
	AFTER("How are things?");
	assert_int_equal(world->outcome.lines_said, 1);
	assert_int_equal(world->outcome.said[0], 1);
}

static void before_anything_is_said_nothing_is_claimed(void **state)
{
	struct world *world = *state;

	fill(world, PLAN_SCRIPT, "How would you know?");
	fill(world, PLAN_FEEDBACK, "Ask.");
	plan_compare(&world->plan, world->session, &world->arena, &world->outcome);
	assert_int_equal(world->outcome.count, 0);
	assert_int_equal(world->outcome.line_count, 1);
	assert_int_equal(world->outcome.said[0], 0);
}

static void read(struct world *world, const char *text, struct strbuf *said)
{
	struct source *source = ARENA_NEW(&world->arena, struct source);
	struct diags diags = {0};

	*source = (struct source){SLICE("my.plan"), slice_of(text)};
	plan_read(source, world->ruleset, &world->arena, &world->plan, &diags);
	diags_print(&diags, said);
	diags_release(&diags);
}

static void a_plan_is_read_from_a_file(void **state)
{
	struct world *world = *state;
	struct strbuf said = {0};

	read(world,
	     "plan test\n# a remark\nmoment  Tuesday\ngoal\n  One change,\n  and how we know.\n"
	     "mode  2\ninfluence liking\nscript\n  Hi.\n  How was it?\n",
	     &said);
	assert_int_equal(said.len, 0);
	assert_slice(world->plan.answers[PLAN_MOMENT], "Tuesday");
	assert_slice(world->plan.answers[PLAN_GOAL], "One change, and how we know.");
	assert_slice(world->plan.answers[PLAN_MODE], "collaborating");
	assert_slice(world->plan.answers[PLAN_INFLUENCE], "liking");
	assert_slice(world->plan.answers[PLAN_SCRIPT], "Hi.\nHow was it?");
	assert_int_equal(world->plan.answers[PLAN_PLACE].len, 0);
}

static void every_mistake_of_a_file_is_told(void **state)
{
	struct world *world = *state;
	struct strbuf said = {0};

	read(world, "plan other\nmod 2\ngoal a\ngoal b\nmode haggling\n", &said);
	assert_string_equal(said.at,
	                    "my.plan:1:6: error: this plan is for ‘other’, not for ‘test’; leave "
	                    "the line out to use it here\n  plan other\n       ^~~~~\n"
	                    "my.plan:2:1: error: unknown keyword ‘mod’; did you mean ‘mode’?\n"
	                    "  mod 2\n  ^~~\n"
	                    "my.plan:4:1: error: ‘goal’ stands twice (first in line 3); write one "
	                    "answer\n  goal b\n  ^~~~\n"
	                    "my.plan:5:6: error: ‘haggling’ is none of these; a number from 1 to "
	                    "3 is enough\n  mode haggling\n       ^~~~~~~~\n");
	strbuf_release(&said);
}

static void a_plan_comes_back_from_json_as_it_was(void **state)
{
	struct world *world = *state;
	struct plan back = {.scenario = SLICE("test")};
	struct strbuf text = {0};
	struct json *json;

	fill(world, PLAN_GOAL, "“One” change\nand \x1b[31m another");
	fill(world, PLAN_INFLUENCE, "1, 2");
	fill(world, PLAN_MODE, "1");
	fill(world, PLAN_SCRIPT, "Hi, Sam.\nHow was it?");
	json = plan_json(&world->plan);
	json_print(json, &text);
	json_free(json);
	assert_true(plan_parse(strbuf_slice(&text), &world->arena, &back, &world->err));
	assert_true(plan_eq(&world->plan, &back));
	assert_false(plan_parse(SLICE("[1]"), &world->arena, &back, &world->err));
	assert_false(plan_parse(SLICE("{"), &world->arena, &back, &world->err));
	assert_true(plan_parse(SLICE("{\"goal\": 3, \"script\": [1, \"a\"], \"x\": {}}"),
	                       &world->arena, &back, &world->err));
	assert_int_equal(back.answers[PLAN_GOAL].len, 0);
	strbuf_release(&text);
}

static void the_scenario_says_what_fits(void **state)
{
	struct world *world = *state;
	const struct scenario *scenario = scenario_of(world->file);

	assert_int_equal(scenario->fit_count, 1);
	assert_slice(scenario->fits[0]->id, "competing");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        TEST(a_choice_is_taken_by_number_id_or_name),
	        TEST(an_unknown_choice_leaves_the_plan_as_it_was),
	        TEST(names_and_meanings_are_the_packs),
	        TEST(limits_of_an_answer_are_told),
	        TEST(a_script_shows_its_moves_and_what_is_missing),
	        TEST(an_empty_script_shows_nothing),
	        TEST(another_mode_is_told_with_its_turns_and_quote),
	        TEST(the_mode_that_was_meant_is_told_with_its_quote),
	        TEST(names_of_several_words_stay_as_they_are),
	        TEST(nothing_is_said_of_a_mode_without_evidence),
	        TEST(one_question_is_no_mode),
	        TEST(an_id_nobody_knows_is_compared_with_nothing),
	        TEST(what_the_script_had_and_was_not_heard_is_told),
	        TEST(planned_feedback_check_in_and_influence_are_looked_for),
	        TEST(what_the_mentor_disputes_does_not_count),
	        TEST(lines_are_ticked_when_said_in_substance),
	        TEST(a_turn_stands_for_one_line_by_its_moves),
	        TEST(before_anything_is_said_nothing_is_claimed),
	        TEST(a_plan_is_read_from_a_file),
	        TEST(every_mistake_of_a_file_is_told),
	        TEST(a_plan_comes_back_from_json_as_it_was),
	        TEST(the_scenario_says_what_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
