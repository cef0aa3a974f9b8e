/* test_simulate.c: made-up mentors: the same seed gives the same conversation, they see what a
 * person in the room sees, and tallies of parts add up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/simulate.h"
#include "engine/tally.h"
#include "load/example.h"

static const char pack[] =
        "move open_question\n  title Open\n  about A.\n  answers request\n  room\n"
        "  effect trust +1, ownership +1\n  say What of {topic}?\n  say What happened?\n"
        "  match ^(what|how|why)\\b\n  yes why was that\n"
        "move judgement\n  title Judgement\n  about J.\n  answers feedback\n  effect tension +3\n"
        "  match \\blazy\\b\n  yes You are lazy.\n"
        "move action\n  title Action\n  about A.\n  answers feedback\n  say I saw this: "
        "{evidence}\n"
        "  match \\bsaw this\\b\n"
        "move proposal\n  title P\n  about P.\n  quiet\n  answers proposal\n"
        "  match \\byou could (?<said>.*)\n  yes you could ask her\n"
        "move pause\n  title Pause\n  about P.\n  room\n  match ^\\W*$\n    whole\n";

static const char play[] =
        "scenario Test\n  about A\n  minutes 9\n  level 1\n  focus open_question\n  phase test\n"
        "persona Sam\n  who Sam\n  start trust 5, tension 3, clarity 2, ownership 5\n"
        "brief\n  B\nevidence\n  about rows\n    The rows.\ngoal\n  G\n"
        "topic rows \\b(rows|seating plan)\\b\n"
        "beat opening\n  Sam: Hello?\n"
        "  on open_question about rows\n    Sam: The rows. Well.\n    cue\n"
        "  on open_question\n    Sam: One.\n    or\n    Sam: Two.\n    or\n    Sam: Three.\n"
        "  on accept, own_version\n    Sam: All right, {step}.\n"
        "  on resist, obstacle, yes_but\n    Sam: No.\n"
        "  otherwise\n    Sam: Mm.\n    or\n    Sam: Okay.\n    or\n    Sam: Hm.\n"
        "knows\n  about rows\n    Sam: Rows.\n    agrees \\bfour\\b\n    denies \\bfive\\b\n"
        "ending plan when agreed\n  Sam: So: {step}.\n  verdict V.\n  good\n"
        "ending cold when tension >= 9\n  Sam: I'm off.\n  verdict V.\n"
        "ending bell\n  Sam: The bell.\n";

struct world {
	struct ruleset_builder *builder;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct scenario_file *file;
	struct stage *stage;
	struct diags diags;
};

static void assert_sound(const struct diags *diags)
{
	struct strbuf out = {0};

	diags_print(diags, &out);
	if (diags->errors)
		fail_msg("%s", out.at);
	strbuf_release(&out);
}

static int set_up(void **state)
{
	struct world *world = mem_alloc(sizeof(*world));

	world->builder = ruleset_builder_new();
	ruleset_add(world->builder, SLICE("p.rules"), slice_of(pack), 0, &world->diags);
	world->ruleset = ruleset_link(world->builder, &world->diags);
	world->detector = detector_new(world->ruleset, &world->diags);
	world->file = scenario_load(SLICE("test"), SLICE("test.scenario"), slice_of(play),
	                            SLICE(""), SLICE(""), world->ruleset, &world->diags);
	assert_sound(&world->diags);
	world->stage = stage_new(scenario_of(world->file), world->ruleset, world->detector);
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	stage_free(world->stage);
	scenario_free(world->file);
	detector_free(world->detector);
	ruleset_builder_free(world->builder);
	diags_release(&world->diags);
	free(world);
	return 0;
}

static struct mentor_file *style(struct world *world, const char *text)
{
	struct diags diags = {0};
	struct mentor_file *file =
	        mentor_load(SLICE("a"), SLICE("a.mentor"), slice_of(text), world->ruleset, &diags);

	assert_sound(&diags);
	diags_release(&diags);
	return file;
}

/* What the mentor said in `turn`, of a conversation of at most `turns`. */
static const char *says(struct world *world, const char *text, uint64_t seed, uint32_t turn)
{
	static char said[200];
	struct mentor_file *file = style(world, text);
	struct session *session = simulate_talk(world->stage, mentor_of(file), seed, turn);

	assert_true(session_turns(session) >= turn);
	snprintf(said, sizeof(said), "%.*s", SLICE_ARGS(session_turn(session, turn)->utterance));
	session_free(session);
	mentor_free(file);
	return said;
}

static const char mixed[] = "mentor a\n  strays 50\nwhen turn = 1\n  say Hi {name}.\notherwise\n"
                            "  say {open_question}\n  say {judgement}\n  say {theme}\n"
                            "  say {proposal}\n  say ...\n";

static uint64_t hash_of(struct world *world, const struct mentor *mentor, uint64_t seed)
{
	struct session *session = simulate_talk(world->stage, mentor, seed, 12);
	uint64_t hash = SLICE_HASH_SEED;
	size_t i;

	for (i = 1; i <= session_turns(session); i++) {
		hash = slice_hash(hash, session_turn(session, i)->utterance);
		hash = slice_hash(hash, session_turn(session, i)->line);
	}
	session_free(session);
	return hash;
}

static void the_same_seed_gives_the_same_conversation(void **state)
{
	struct world *world = *state;
	struct mentor_file *file = style(world, mixed);
	size_t others = 0;
	uint64_t seed;

	for (seed = 0; seed < 20; seed++) {
		uint64_t hash = hash_of(world, mentor_of(file), seed);

		assert_true(hash == hash_of(world, mentor_of(file), seed));
		others += hash != hash_of(world, mentor_of(file), seed + 1);
	}
	assert_true(others > 10);
	mentor_free(file);
}

static void seeds_are_those_that_play_takes(void **state)
{
	uint64_t number;

	(void)state;
	for (number = 0; number < 1000; number++)
		assert_true(simulate_seed(UINT64_MAX, SLICE("blunt"), number) <=
		            SIMULATE_SEED_MOST);
	assert_true(simulate_seed(1, SLICE("a"), 0) != simulate_seed(1, SLICE("b"), 0));
	assert_true(simulate_seed(1, SLICE("a"), 0) != simulate_seed(1, SLICE("a"), 1));
	assert_true(simulate_seed(1, SLICE("a"), 0) != simulate_seed(2, SLICE("a"), 0));
}

static void the_first_part_that_fits_is_taken(void **state)
{
	struct world *world = *state;
	static const char text[] = "mentor a\nwhen turn = 1\n  say Hi {name}.\n"
	                           "when done(judgement) and last(judgement)\n  say What?\n"
	                           "when count(judgement) = 0\n  say You are lazy.\n"
	                           "otherwise\n  say ...\n";

	assert_string_equal(says(world, text, 1, 1), "Hi Sam.");
	assert_string_equal(says(world, text, 1, 2), "You are lazy.");
	assert_string_equal(says(world, text, 1, 3), "What?");
	assert_string_equal(says(world, text, 1, 4), "");
}

static void a_mentor_sees_what_is_shown_and_said(void **state)
{
	struct world *world = *state;
	static const char text[] = "mentor a\nwhen cue\n  say I saw that.\n"
	                           "when asks and words = 1\n  say What of the rows?\n"
	                           "when wavers or refuses\n  say Why not?\n"
	                           "when agreed\n  say Good.\n"
	                           "otherwise\n  say you could ask her\n";

	/* “Hello?” is one word and asks; the rows are a cue; what comes of a proposal is heard. */
	assert_string_equal(says(world, text, 1, 1), "What of the rows?");
	assert_string_equal(says(world, text, 1, 2), "I saw that.");
	assert_string_equal(says(world, text, 1, 3), "you could ask her");
}

static void slots_are_filled_or_the_line_is_left_out(void **state)
{
	struct world *world = *state;

	assert_string_equal(says(world, "mentor a\notherwise\n  say {action}\n", 1, 1),
	                    "I saw this: The rows.");
	/* Nobody can say what the ECT never said; the next part has a turn. */
	assert_string_equal(says(world,
	                         "mentor a\nwhen turn = 1\n  say {claim}\n"
	                         "otherwise\n  say No claim.\n",
	                         1, 1),
	                    "four");
	assert_string_equal(says(world, "mentor a\notherwise\n  say Is it {untruth}?\n", 1, 1),
	                    "Is it five?");
	assert_string_equal(
	        says(world, "mentor a\n  strays 100\notherwise\n  say {open_question}\n", 1, 1),
	        "why was that");
}

static void nothing_is_said_twice_while_there_is_else(void **state)
{
	struct world *world = *state;
	struct mentor_file *file =
	        style(world, "mentor a\notherwise\n  often You are.\n  seldom I am.\n");
	struct session *session = simulate_talk(world->stage, mentor_of(file), 1, 2);

	assert_false(
	        slice_eq(session_turn(session, 1)->utterance, session_turn(session, 2)->utterance));
	session_free(session);
	mentor_free(file);
}

static void hidden_meters_stay_hidden(void **state)
{
	struct world *world = *state;
	struct diags diags = {0};
	struct strbuf out = {0};
	struct mentor_file *file =
	        mentor_load(SLICE("a"), SLICE("a.mentor"),
	                    SLICE("mentor a\nwhen trust >= 6\n  say Hm.\notherwise\n  say Hm.\n"),
	                    world->ruleset, &diags);

	diags_print(&diags, &out);
	assert_non_null(strstr(out.at, "a.mentor:2:6: error: unknown name ‘trust’"));
	strbuf_release(&out);
	mentor_free(file);
	diags_release(&diags);
}

static void hold(struct world *world, struct tally *tally, const struct mentor *mentor,
                 uint64_t from, uint64_t to)
{
	uint64_t i;

	for (i = from; i < to; i++) {
		struct session *session =
		        simulate_talk(world->stage, mentor, simulate_seed(1, mentor->id, i), 12);

		tally_add(tally, session, 0, i);
		session_free(session);
	}
}

static void tallies_of_parts_add_up(void **state)
{
	struct world *world = *state;
	const struct scenario *scenario = scenario_of(world->file);
	struct mentor_file *file = style(world, mixed);
	struct tally *all = tally_new(scenario, world->ruleset, 1);
	struct tally *sum = tally_new(scenario, world->ruleset, 1);
	struct tally *part = tally_new(scenario, world->ruleset, 1);
	size_t i;

	hold(world, all, mentor_of(file), 0, 60);
	hold(world, part, mentor_of(file), 25, 60);
	hold(world, sum, mentor_of(file), 0, 25);
	tally_merge(sum, part);
	assert_memory_equal(sum->styles, all->styles, sizeof(*all->styles));
	assert_memory_equal(sum->said, all->said, sizeof(*all->said) * scenario->alternative_total);
	assert_memory_equal(sum->heard, all->heard,
	                    sizeof(*all->heard) * world->ruleset->rule_count);
	for (i = 0; i <= scenario->ending_count; i++) {
		assert_int_equal(sum->endings[i], all->endings[i]);
		assert_int_equal(sum->first_ending[i], all->first_ending[i]);
	}
	assert_int_equal(sum->first_fallback, all->first_fallback);
	assert_int_equal(all->styles[0].runs, 60);
	tally_free(all);
	tally_free(sum);
	tally_free(part);
	mentor_free(file);
}

static void what_was_said_is_counted_once_a_conversation(void **state)
{
	struct world *world = *state;
	const struct scenario *scenario = scenario_of(world->file);
	struct mentor_file *file = style(world, "mentor a\notherwise\n  say What of the rows?\n");
	struct tally *tally = tally_new(scenario, world->ruleset, 1);

	hold(world, tally, mentor_of(file), 0, 5);
	assert_int_equal(tally->said[scenario->opening->alternatives[0].index], 5);
	assert_int_equal(tally->said[scenario->beats[0].replies[0]->alternatives[0].index], 5);
	assert_int_equal(tally->first_said[scenario->beats[0].replies[0]->alternatives[0].index],
	                 0);
	assert_int_equal(tally->named[0], tally->styles[0].turns);
	assert_int_equal(tally_quantile(&tally->styles[0], 1, METER_TRUST, 0.5), 6);
	/* The bell does not ring within twelve turns of it. */
	assert_int_equal(tally->endings[scenario->ending_count], 5);
	tally_free(tally);
	mentor_free(file);
}

static void examples_are_found_by_their_pattern(void **state)
{
	static const char *const patterns[] = {
	        "\\b(same|those) (two |three )?(pupils?|kids)\\b",
	        "\\bcold.?call\\w*|\\bno.?hands?.?up\\b",
	        "^(got|have) (a|\\d+) min(ute)?s?\\b",
	        "\\bwait(ed|ing)? (longer|[a-e]|\\d{2})\\b",
	        "\\bhow long\\b.{0,24}\\bwait\\b",
	        "(?:a(?=b)b|c(?<name>d)+)",
	        "\\brows\\b",
	        "caf\xc3\xa9",
	        "[(]x[)]|\\(y\\)",
	};
	struct regex_scratch *scratch = regex_scratch_new();
	uint64_t chance = 1;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		struct regex_error error;
		struct regex *regex = regex_new(slice_of(patterns[i]), &error);
		struct strbuf out = {0};
		size_t found = 0;
		int tries;

		for (tries = 0; tries < 40; tries++) {
			struct span where;

			strbuf_clear(&out);
			example_of(slice_of(patterns[i]), &chance, &out);
			found += regex_find(regex, scratch, slice_trim(strbuf_slice(&out)), 0,
			                    &where) == REGEX_YES;
		}
		if (found < 20)
			fail_msg("%zu of 40 found by %s; last: %s", found, patterns[i], out.at);
		strbuf_release(&out);
		regex_free(regex);
	}
	regex_scratch_free(scratch);
}

static void examples_of_broken_patterns_do_no_harm(void **state)
{
	static const char *const patterns[] = {
	        "",      "\\",   "(",   "[",      "[^",
	        "[\\",   "(?",   "a{",  "a{9",    "a{99999999999999}",
	        "\\p{",  "*",    "|||", "((((((", ")",
	        "a)b|c", "(?<n", "[]",  "x{2,",   "\\p"};
	uint64_t chance = 1;
	struct strbuf out = {0};
	size_t i;
	int tries;

	(void)state;
	for (i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		for (tries = 0; tries < 20; tries++) {
			strbuf_clear(&out);
			example_of(slice_of(patterns[i]), &chance, &out);
			assert_true(out.len < 200);
		}
	}
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test_setup_teardown(the_same_seed_gives_the_same_conversation, set_up,
	                                        tear_down),
	        cmocka_unit_test(seeds_are_those_that_play_takes),
	        cmocka_unit_test_setup_teardown(the_first_part_that_fits_is_taken, set_up,
	                                        tear_down),
	        cmocka_unit_test_setup_teardown(a_mentor_sees_what_is_shown_and_said, set_up,
	                                        tear_down),
	        cmocka_unit_test_setup_teardown(slots_are_filled_or_the_line_is_left_out, set_up,
	                                        tear_down),
	        cmocka_unit_test_setup_teardown(nothing_is_said_twice_while_there_is_else, set_up,
	                                        tear_down),
	        cmocka_unit_test_setup_teardown(hidden_meters_stay_hidden, set_up, tear_down),
	        cmocka_unit_test_setup_teardown(tallies_of_parts_add_up, set_up, tear_down),
	        cmocka_unit_test_setup_teardown(what_was_said_is_counted_once_a_conversation,
	                                        set_up, tear_down),
	        cmocka_unit_test(examples_are_found_by_their_pattern),
	        cmocka_unit_test(examples_of_broken_patterns_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
