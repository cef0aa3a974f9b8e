/* test_scenario.c: what a scenario becomes when it is loaded, and what is said of a broken one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "load/scenario.h"

static const char pack[] = "move open_question\n"
                           "  title Open question\n"
                           "  match ^how\n"
                           "move pause\n"
                           "  title Pause\n"
                           "  match ^$\n"
                           "move judgement\n"
                           "  title Judgement\n"
                           "  instead open_question\n"
                           "  match you are (?<said>.*)\n"
                           "move question\n"
                           "  quiet\n"
                           "  generic\n"
                           "  match \\?$\n"
                           "move yes\n"
                           "  quiet\n"
                           "  match ^yes\n"
                           "framework aid sequence\n"
                           "  title AID feedback\n"
                           "  item open_question\n"
                           "  item pause\n";

#define HEAD "scenario A short talk\n  focus open_question, aid\n"
#define WHO "persona Sam\n  start trust 6, tension 3, clarity 3, ownership 3\n"
#define BRIEF "brief\n  You watched.\n\n  It was Monday.\ngoal\n  One change.\n"
#define TOPICS "topic seating  seats?|rows?\ntopic pupil_talk  talk\n  title who talks\n"
#define OPENING "beat opening\n  Sam: (looks up) Hi.\n"
#define REST                                                                                       \
	"  otherwise\n    Sam: Mm.\n"                                                              \
	"ending bell\n  Sam: I have a class.\n  verdict The bell.\n"                               \
	"model\n  Mentor: How was it?\n    moves open_question\n  Sam: Fine.\n  ending bell\n"

struct loaded {
	struct ruleset_builder *builder;
	struct diags diags;
	struct scenario_file *file;
	const struct scenario *scenario;
	struct strbuf said;
};

static void load_with(struct loaded *loaded, const char *text, const char *stock)
{
	const struct ruleset *ruleset;

	*loaded = (struct loaded){.builder = ruleset_builder_new()};
	ruleset_add(loaded->builder, SLICE("test.rules"), slice_of(pack), 0, &loaded->diags);
	ruleset = ruleset_link(loaded->builder, &loaded->diags);
	assert_int_equal(loaded->diags.errors, 0);
	loaded->file =
	        scenario_load(SLICE("short"), SLICE("short.scenario"), slice_of(text),
	                      SLICE("calm.temperament"), slice_of(stock), ruleset, &loaded->diags);
	loaded->scenario = scenario_of(loaded->file);
	diags_print(&loaded->diags, &loaded->said);
}

static void load(struct loaded *loaded, const char *text)
{
	load_with(loaded, text, "");
}

static void drop(struct loaded *loaded)
{
	strbuf_release(&loaded->said);
	scenario_free(loaded->file);
	diags_release(&loaded->diags);
	ruleset_builder_free(loaded->builder);
}

static void assert_slice(struct slice slice, const char *text)
{
	char buffer[400];

	assert_true(slice.len < sizeof(buffer));
	memcpy(buffer, slice.at, slice.len);
	buffer[slice.len] = '\0';
	assert_string_equal(buffer, text);
}

static void assert_sound(const struct loaded *loaded)
{
	if (loaded->said.len)
		assert_string_equal(loaded->said.at, "");
}

static void assert_says(const struct loaded *loaded, const char *text)
{
	if (slice_find(strbuf_slice(&loaded->said), slice_of(text)) == loaded->said.len)
		assert_string_equal(loaded->said.at, text);
}

static void head_and_names_are_read(void **state)
{
	struct loaded loaded;
	const struct scenario *scenario;

	(void)state;
	load(&loaded, "scenario A short talk\n"
	              "  about    Somebody talks\n  minutes  12\n  level 3\n"
	              "  focus    open_question, aid\n  phase primary\n"
	              "  cycle structured talk\n  interaction step_not_met\n" WHO
	              "  who Sam Okafor\n  voice quick\n" BRIEF TOPICS OPENING REST);
	assert_sound(&loaded);
	scenario = loaded.scenario;
	assert_slice(scenario->id, "short");
	assert_slice(scenario->title, "A short talk");
	assert_slice(scenario->about, "Somebody talks");
	assert_slice(scenario->focus, "Open question, AID feedback");
	assert_slice(scenario->cycle, "structured talk");
	assert_slice(scenario->interaction, "step_not_met");
	assert_int_equal(scenario->minutes, 12);
	assert_int_equal(scenario->level, 3);
	assert_slice(scenario->name, "Sam");
	assert_slice(scenario->who, "Sam Okafor");
	assert_slice(scenario->brief, "You watched.\n\nIt was Monday.");
	assert_slice(scenario->goal, "One change.");
	assert_int_equal(scenario->start[METER_TRUST], 6);
	assert_int_equal(scenario->start[METER_TENSION], 3);
	assert_int_equal(scenario->topic_count, 2);
	assert_slice(scenario->topics[0].title, "seating");
	assert_slice(scenario->topics[1].title, "who talks");
	drop(&loaded);
}

static void header_is_read_without_the_rest(void **state)
{
	struct scenario_header header;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	scenario_read_header(SLICE("x"),
	                     SLICE("\xEF\xBB\xBF# a remark\r\n"
	                           "scenario A short talk\r\n  focus open_question, aid\r\n"
	                           "  minutes 9\r\n  level 2\r\n  about  What it is\r\n"
	                           "persona Mr Okafor\r\n  who ECT\r\n  use calm\r\n"
	                           "brief\r\nscenario Not this\r\n"),
	                     &arena, &header);
	assert_slice(header.title, "A short talk");
	assert_slice(header.focus, "open question, aid");
	assert_slice(header.name, "Mr Okafor");
	assert_slice(header.who, "ECT");
	assert_slice(header.temperament, "calm");
	assert_slice(header.about, "What it is");
	assert_int_equal(header.minutes, 9);
	assert_int_equal(header.level, 2);
	arena_release(&arena);
}

static void opening_is_speech_under_the_first_beat(void **state)
{
	struct loaded loaded;
	const struct reply *opening;

	(void)state;
	load(&loaded, HEAD WHO BRIEF OPENING "    then on yes\n      Sam: Go on.\n"
	                                     "  Sam: Is this about Monday?\n" REST);
	assert_says(&loaded, "speech goes on after something else");
	drop(&loaded);
	load(&loaded, HEAD WHO BRIEF OPENING
	     "  Sam: Is this about Monday?\n    then on yes\n      Sam: Go on.\n" REST);
	assert_sound(&loaded);
	opening = loaded.scenario->opening;
	assert_int_equal(opening->alternative_count, 1);
	assert_int_equal(opening->alternatives[0].line_count, 2);
	assert_slice(opening->alternatives[0].lines[0].direction, "looks up");
	assert_slice(opening->alternatives[0].lines[0].words, "Hi.");
	assert_int_equal(opening->then_count, 1);
	assert_int_equal(opening->then[0]->tier, TIER_THEN);
	drop(&loaded);
}

static void replies_know_their_conditions(void **state)
{
	struct loaded loaded;
	const struct beat *beat;

	(void)state;
	load(&loaded, HEAD WHO BRIEF TOPICS OPENING
	     "  on open_question about seating when trust >= 3 and turn > 1\n    Sam: A.\n"
	     "  on question\n    Sam: B.\n"
	     "  on question, pause\n    Sam: C.\n"
	     "  on accept, own_version\n    Sam: D.\n"
	     "  on any about pupil_talk\n    Sam: E.\n"
	     "  aside on judgement\n    Sam: F.\n" REST);
	assert_sound(&loaded);
	beat = &loaded.scenario->beats[0];
	assert_int_equal(beat->reply_count, 7);
	assert_int_equal(beat->replies[0]->conditions, 4);
	assert_int_equal(beat->replies[0]->about, 0);
	assert_int_equal(beat->replies[1]->conditions, 0);
	assert_int_equal(beat->replies[2]->conditions, 1);
	assert_int_equal(beat->replies[2]->on_count, 2);
	assert_int_equal(beat->replies[3]->conditions, 1);
	assert_int_equal(beat->replies[3]->stances, 1u << STANCE_ACCEPT | 1u << STANCE_OWN_VERSION);
	assert_int_equal(beat->replies[4]->conditions, 1);
	assert_int_equal(beat->replies[4]->on_count, 0);
	assert_false(beat->replies[4]->otherwise);
	assert_int_equal(beat->replies[5]->kind, REPLY_ASIDE);
	assert_true(beat->replies[6]->otherwise);
	drop(&loaded);
}

static void every_stance_is_a_trigger(void **state)
{
	struct loaded loaded;
	struct strbuf text = {0};
	uint32_t i;

	(void)state;
	strbuf_addz(&text, HEAD WHO BRIEF OPENING);
	for (i = 0; i < STANCES; i++)
		strbuf_addf(&text, "  on %s\n    Sam: %u.\n", stance_name((enum stance)i), i);
	strbuf_addz(&text, REST);
	load(&loaded, text.at);
	assert_sound(&loaded);
	for (i = 0; i < STANCES; i++)
		assert_int_equal(loaded.scenario->beats[0].replies[i]->stances, 1u << i);
	drop(&loaded);
	strbuf_release(&text);
}

static void details_hang_on_the_reply(void **state)
{
	struct loaded loaded;
	const struct reply *reply;

	(void)state;
	load(&loaded, HEAD WHO BRIEF OPENING "  on judgement\n"
	                                     "    Sam: So I'm “{said judgement}”.\n"
	                                     "    or\n"
	                                     "    Sam: (nods)\n"
	                                     "    thinks: I knew\n      you thought that.\n"
	                                     "    effect trust -1, tension +2\n"
	                                     "    go later\n"
	                                     "    cue\n"
	                                     "    step I'll wait.\n"
	                                     "    instead open_question What happened?\n"
	                                     "    then otherwise\n      Sam: So.\n" REST
	                                     "beat later\n  otherwise\n    Sam: Well.\n");
	assert_sound(&loaded);
	reply = loaded.scenario->beats[0].replies[0];
	assert_int_equal(reply->alternative_count, 2);
	assert_slice(reply->alternatives[1].lines[0].direction, "nods");
	assert_slice(reply->alternatives[1].lines[0].words, "");
	assert_slice(reply->thinks, "I knew you thought that.");
	assert_int_equal(reply->effects.change[METER_TRUST], -1);
	assert_int_equal(reply->effects.change[METER_TENSION], 2);
	assert_int_equal(reply->go, 1);
	assert_true(reply->cue);
	assert_slice(reply->step, "I'll wait.");
	assert_slice(reply->instead->id, "open_question");
	assert_slice(reply->instead_words, "What happened?");
	assert_int_equal(reply->then_count, 1);
	assert_true(reply->then[0]->otherwise);
	drop(&loaded);
}

static void line_ids_are_given_or_made_of_place_trigger_and_words(void **state)
{
	struct loaded loaded;
	const struct beat *beat;
	const struct alternative *alternatives;

	(void)state;
	load(&loaded, HEAD WHO BRIEF TOPICS OPENING
	     "  on open_question,  pause  about seating when turn >= 2\n"
	     "    Sam: One.\n    id first\n    or\n    Sam: Two.\n    or third\n    Sam: Three.\n"
	     "  on pause\n    Sam: Same.\n"
	     "  on pause\n    Sam: Same.\n" REST);
	assert_sound(&loaded);
	beat = &loaded.scenario->beats[0];
	alternatives = beat->replies[0]->alternatives;
	assert_slice(alternatives[0].id, "first");
	assert_slice(slice_sub(alternatives[1].id, 0, alternatives[1].id.len - 8),
	             "opening/open_question,pause.about.seating.when.turn>=2/");
	assert_slice(alternatives[2].id, "third");
	assert_true(slice_ends(beat->replies[2]->alternatives[0].id, SLICE("~2")));
	assert_false(slice_ends(beat->replies[1]->alternatives[0].id, SLICE("~2")));
	drop(&loaded);
}

static void line_ids_do_not_depend_on_other_lines(void **state)
{
	struct loaded one;
	struct loaded two;

	(void)state;
	load(&one, HEAD WHO BRIEF OPENING "  on pause\n    Sam: Same.\n" REST);
	load(&two, HEAD WHO BRIEF OPENING
	     "  on judgement\n    Sam: New.\n  on pause\n    Sam: Same.\n" REST);
	assert_true(slice_eq(one.scenario->beats[0].replies[0]->alternatives[0].id,
	                     two.scenario->beats[0].replies[1]->alternatives[0].id));
	drop(&one);
	drop(&two);
}

static void facts_tells_and_endings_are_read(void **state)
{
	struct loaded loaded;
	const struct scenario *scenario;

	(void)state;
	load(&loaded, HEAD WHO BRIEF
	     "evidence\n  About half wrote nothing.\n  about seating\n"
	     "    Rows of five.\n" TOPICS OPENING REST "knows\n  about seating\n    Sam: In rows.\n"
	     "    agrees  rows\n      Sam: Yes, rows.\n    denies  groups\n"
	     "tells\n  about seating when trust >= 6\n    Sam: I moved one.\n"
	     "  when trust >= 8\n    Sam: I was sick.\n    cue\n"
	     "ending plan when agreed and not told(seating)\n"
	     "  Sam: So: {step}.\n  verdict Good.\n  good\n"
	     "instead open_question about seating: Who sits where?\n");
	assert_sound(&loaded);
	scenario = loaded.scenario;
	assert_int_equal(scenario->evidence_count, 2);
	assert_int_equal(scenario->evidence[0].about, -1);
	assert_slice(scenario->evidence[0].text, "About half wrote nothing.");
	assert_int_equal(scenario->evidence[1].about, 0);
	assert_int_equal(scenario->fact_count, 1);
	assert_int_equal(scenario->facts[0].reply->tier, TIER_KNOWS);
	assert_non_null(scenario->facts[0].agrees);
	assert_non_null(scenario->facts[0].denies);
	assert_non_null(scenario->facts[0].agree);
	assert_null(scenario->facts[0].deny);
	assert_int_equal(scenario->tell_count, 2);
	assert_int_equal(scenario->tells[0].about, 0);
	assert_int_equal(scenario->tells[1].about, -1);
	assert_int_equal(scenario->tells[1].index, 1);
	assert_true(scenario->tells[1].reply->cue);
	assert_int_equal(scenario->ending_count, 2);
	assert_null(scenario->endings[0].when);
	assert_true(scenario->endings[1].good);
	assert_int_equal(scenario->better_count, 1);
	assert_int_equal(scenario->better_count ? scenario->betters[0].about : -1, 0);
	assert_int_equal(scenario->model_count, 2);
	assert_int_equal(scenario->model_ending, 0);
	drop(&loaded);
}

static void persona_reacts_and_shows(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded,
	     HEAD WHO "  reacts judgement tension +2, trust -1\n"
	              "  shows tension >= 7: folds arms | looks away\n" BRIEF OPENING REST);
	assert_sound(&loaded);
	assert_int_equal(loaded.scenario->reaction_count, 1);
	assert_int_equal(loaded.scenario->reactions[0].effects.change[METER_TENSION], 2);
	assert_int_equal(loaded.scenario->show_count, 1);
	assert_true(loaded.scenario->shows[0].at_least);
	assert_int_equal(loaded.scenario->shows[0].value, 7);
	assert_int_equal(loaded.scenario->shows[0].direction_count, 2);
	assert_slice(loaded.scenario->shows[0].directions[1], "looks away");
	drop(&loaded);
}

static void names_may_have_blanks(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded, HEAD "persona Mr Okafor\n" BRIEF
	                   "beat opening\n  Mr Okafor: Hi.\n  otherwise\n    Mr Okafor: Mm.\n"
	                   "    or\n    Mr Okafr: Hm.\n"
	                   "ending bell\n  verdict The bell.\n"
	                   "model\n  Mentor: How?\n  Mr Okafor: Fine.\n  ending bell\n");
	assert_int_equal(loaded.diags.errors, 1);
	assert_says(&loaded, "unknown speaker ‘Mr Okafr’; write ‘Mr Okafor:’");
	drop(&loaded);
}

static void temperament_follows_the_scenario(void **state)
{
	struct loaded loaded;
	const struct scenario *scenario;

	(void)state;
	load_with(&loaded, HEAD WHO "  use calm\n" BRIEF OPENING REST,
	          "temperament calm\n  about Nothing stirs it\n"
	          "on judgement\n  ECT: Perhaps.\naside on pause\n  ECT: Mm.\n"
	          "otherwise when tension >= 7\n  ECT: No.\n");
	assert_sound(&loaded);
	scenario = loaded.scenario;
	assert_int_equal(scenario->stock_count, 3);
	assert_int_equal(scenario->stock[0]->tier, TIER_TEMPERAMENT);
	assert_true(slice_starts(scenario->stock[0]->alternatives[0].id, SLICE("calm/judgement/")));
	assert_int_equal(scenario->stock[2]->index, scenario->reply_total - 1);
	assert_int_equal(scenario->stock[2]->alternatives[0].index,
	                 scenario->alternative_total - 1);
	drop(&loaded);
	load_with(&loaded, HEAD WHO "  use calm\n" BRIEF TOPICS OPENING REST,
	          "temperament clam\non judgement about seating\n  Sam: Perhaps.\n  go opening\n"
	          "on pause when asked(seating)\n  ECT: Mm.\n");
	assert_int_equal(loaded.diags.errors, 5);
	assert_says(&loaded, "calm.temperament:1:13: error: temperament ‘clam’ stands in the file "
	                     "of ‘calm’");
	assert_says(&loaded, "calm.temperament:3:3: error: unknown speaker ‘Sam’; in a temperament "
	                     "write ‘ECT:’");
	drop(&loaded);
}

static void temperament_alone_needs_no_scenario(void **state)
{
	struct loaded loaded;
	struct scenario_file *file;

	(void)state;
	load(&loaded, HEAD WHO BRIEF OPENING REST);
	file = temperament_load(SLICE("calm"), SLICE("calm.temperament"),
	                        SLICE("temperament calm\non judgement\n  ECT: Perhaps.\n"),
	                        ruleset_link(loaded.builder, &loaded.diags), &loaded.diags);
	assert_int_equal(loaded.diags.errors + loaded.diags.warnings, 0);
	assert_int_equal(scenario_of(file)->stock_count, 1);
	scenario_free(file);
	drop(&loaded);
}

static void all_mistakes_are_told_in_one_run(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded, HEAD WHO "  strat trust 5\n" BRIEF OPENING "  on opn_question\n    Sam: A.\n"
	                       "  on pause about seeting\n    Sam: {stp}\n"
	                       "    go elsewhere\n" REST);
	assert_int_equal(loaded.diags.errors, 5);
	assert_says(&loaded, "short.scenario:5:3: error: unknown keyword ‘strat’; did you mean "
	                     "‘start’?\n    strat trust 5\n    ^~~~~\n");
	assert_says(&loaded, "unknown move ‘opn_question’; did you mean ‘open_question’?");
	assert_says(&loaded, "unknown topic ‘seeting’");
	assert_says(&loaded, "unknown slot ‘{stp}’; did you mean ‘step’?");
	assert_says(&loaded, "unknown beat ‘elsewhere’");
	drop(&loaded);
}

static void broken_scenarios_are_still_well_formed(void **state)
{
	static const char *const texts[] = {
	        "",
	        "\n",
	        "\xEF\xBB\xBF",
	        "# nothing\n",
	        "scenario\n",
	        "beat\n  Sam: Hi.\n",
	        "persona\nbeat opening\n  : Hi.\n  on\n    or\n",
	        "on\n",
	        "ending\n",
	        "model\n",
	        "knows\n  about\n    agrees\n",
	        "tells\n  when\n  about\n",
	        "topic\ntopic a\n",
	        "instead\ninstead :\ninstead : x\n",
	        "shows\n",
	        "persona :\n  shows :|\n",
	        "persona S\n  shows trust >= 1:\n  reacts ,\n  start ,\n  use\nbeat b\n  S: (\n  "
	        "S: )\n",
	        "persona S\nbeat b\n  S: {\n  S: }\n  S: {}\n  S: {said}\n  S: }{\n",
	        "then on x\n",
	        "beat b\n  then\n  then aside\n  aside\n  otherwise on\n",
	        "\xFF\xFE\n",
	        "persona S\nbeat b\n  S: a\n    on pause\nknows\n  about x\n    S: a\n      agrees "
	        "y\n"
	        "ending z\n  S: a\n    verdict b\n    good\n    or\n",
	        "scenario x\n  minutes 99999999999999999999\n  level -1\n  focus ,,\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct loaded loaded;

		load_with(&loaded, texts[i], texts[i]);
		assert_true(loaded.diags.errors > 0);
		drop(&loaded);
	}
}

static void limits_are_told_with_their_place(void **state)
{
	struct loaded loaded;
	struct strbuf text = {0};
	unsigned i;

	(void)state;
	strbuf_addz(&text, HEAD WHO BRIEF);
	for (i = 0; i <= LIMIT_TOPICS; i++)
		strbuf_addf(&text, "topic t%u word%u\n", i, i);
	strbuf_addz(&text, OPENING "  on pause\n    Sam: ");
	for (i = 0; i <= LIMIT_SPEECH_BYTES; i++)
		strbuf_addc(&text, 'a');
	strbuf_addz(&text, "\n" REST);
	for (i = 0; i <= LIMIT_ENDINGS; i++)
		strbuf_addf(&text, "ending e%u when turn > %u\n  verdict Over.\n", i, i);
	for (i = 0; i <= LIMIT_BEATS; i++)
		strbuf_addf(&text, "beat b%u\n", i);
	load(&loaded, text.at);
	assert_says(&loaded, "more than 64 topics");
	assert_says(&loaded, "this line is 1001 bytes long; the limit is 1000");
	assert_says(&loaded, "more than 32 endings");
	assert_says(&loaded, "more than 128 beats");
	assert_int_equal(loaded.scenario->topic_count, LIMIT_TOPICS);
	assert_int_equal(loaded.scenario->ending_count, LIMIT_ENDINGS);
	assert_int_equal(loaded.scenario->beat_count, LIMIT_BEATS);
	drop(&loaded);
	strbuf_clear(&text);
	strbuf_addz(&text, HEAD WHO BRIEF OPENING);
	for (i = 0; i < LIMIT_REPLIES; i++)
		strbuf_addf(&text, "  on pause\n    Sam: %u\n", i);
	strbuf_addz(&text, REST);
	load(&loaded, text.at);
	assert_int_equal(loaded.diags.errors, 1);
	assert_says(&loaded, "more than 4096 replies");
	drop(&loaded);
	strbuf_release(&text);
}

static void the_same_text_has_the_same_hash(void **state)
{
	struct loaded one;
	struct loaded two;

	(void)state;
	load(&one, HEAD WHO BRIEF OPENING REST);
	load(&two, HEAD WHO BRIEF OPENING REST);
	assert_true(one.scenario->hash == two.scenario->hash);
	drop(&two);
	load(&two, HEAD WHO BRIEF OPENING REST "# more\n");
	assert_true(one.scenario->hash != two.scenario->hash);
	drop(&two);
	drop(&one);
}

static void keywords_may_end_in_a_colon(void **state)
{
	const char *text =
	        "scenario: A short talk\n  minutes: 9\n"
	        "persona: Sam\n  start: trust 6, tension 3, clarity 3, ownership 3\n" BRIEF
	        "topic: seating  seats?\nbeat: opening\n  Sam: Hi.\n"
	        "  on any about seating\n    Sam: Rows.\n  otherwise:\n    Sam: Mm.\n"
	        "ending: bell\n  verdict: The bell.\n"
	        "model:\n  Mentor: How was it?\n  ending: bell\n";
	struct arena arena = {0};
	struct scenario_header header;
	struct loaded loaded;

	(void)state;
	load(&loaded, text);
	assert_sound(&loaded);
	assert_slice(loaded.scenario->name, "Sam");
	assert_int_equal(loaded.scenario->beat_count, 1);
	assert_int_equal(loaded.scenario->beats[0].reply_count, 2);
	assert_int_equal(loaded.scenario->topic_count, 1);
	drop(&loaded);
	scenario_read_header(SLICE("short"), slice_of(text), &arena, &header);
	assert_slice(header.name, "Sam");
	assert_int_equal(header.minutes, 9);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(keywords_may_end_in_a_colon),
	        cmocka_unit_test(head_and_names_are_read),
	        cmocka_unit_test(header_is_read_without_the_rest),
	        cmocka_unit_test(opening_is_speech_under_the_first_beat),
	        cmocka_unit_test(replies_know_their_conditions),
	        cmocka_unit_test(every_stance_is_a_trigger),
	        cmocka_unit_test(details_hang_on_the_reply),
	        cmocka_unit_test(line_ids_are_given_or_made_of_place_trigger_and_words),
	        cmocka_unit_test(line_ids_do_not_depend_on_other_lines),
	        cmocka_unit_test(facts_tells_and_endings_are_read),
	        cmocka_unit_test(persona_reacts_and_shows),
	        cmocka_unit_test(names_may_have_blanks),
	        cmocka_unit_test(temperament_follows_the_scenario),
	        cmocka_unit_test(temperament_alone_needs_no_scenario),
	        cmocka_unit_test(all_mistakes_are_told_in_one_run),
	        cmocka_unit_test(broken_scenarios_are_still_well_formed),
	        cmocka_unit_test(limits_are_told_with_their_place),
	        cmocka_unit_test(the_same_text_has_the_same_hash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
