/* test_detect.c: which moves an utterance makes, and why one was not heard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "engine/detect.h"

/* One ruleset from a pack's text, a detector and a conversation. */
struct world {
	struct ruleset_builder *builder;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct history *history;
	struct diags diags;
	struct arena arena;
	struct detections found;
};

static void world_init(struct world *world, const char *pack)
{
	struct strbuf said = {0};

	*world = (struct world){.builder = ruleset_builder_new()};
	arena_init(&world->arena);
	ruleset_add(world->builder, SLICE("t.rules"), slice_of(pack), 0, &world->diags);
	world->ruleset = ruleset_link(world->builder, &world->diags);
	diags_print(&world->diags, &said);
	if (world->diags.errors)
		fail_msg("%s", said.at);
	strbuf_release(&said);
	world->detector = detector_new(world->ruleset, &world->diags);
	world->history = history_new(world->ruleset->move_count);
}

static void world_release(struct world *world)
{
	history_free(world->history);
	detector_free(world->detector);
	ruleset_builder_free(world->builder);
	diags_release(&world->diags);
	arena_release(&world->arena);
}

/* The moves of `said`, each with the words that carry it: "ask[so?] nod[(nods)]". */
static const char *hear(struct world *world, const char *said)
{
	struct strbuf line = {0};
	const char *copy;
	size_t i;

	detect(world->detector, slice_of(said), world->history, &world->arena, &world->found);
	for (i = 0; i < world->found.count; i++) {
		const struct detection *item = &world->found.items[i];

		strbuf_addf(&line, "%s%.*s[%.*s]", i ? " " : "", SLICE_ARGS(item->move->id),
		            SLICE_ARGS(slice_span(world->found.folded.said, item->where)));
	}
	copy = slice_copy(&world->arena, strbuf_slice(&line)).at;
	strbuf_release(&line);
	return copy;
}

static struct near_miss why_not(struct world *world, const char *said, const char *move)
{
	struct near_miss miss;

	detect_why_not(world->detector, slice_of(said), world->history,
	               ruleset_move(world->ruleset, slice_of(move)), &world->arena, &miss);
	return miss;
}

#define MOVE(id) "move " id "\n  title T\n  about A.\n"

static void detect_gives_the_clause_or_what_here_caught(void **state)
{
	struct world world;

	(void)state;
	world_init(&world,
	           MOVE("ask") "  match ^(?:so )?what\\b\n" MOVE(
	                   "feel") "  match \\b(?<here>(?:looks?|sounds?) (?<said>flat.*))\n");
	assert_string_equal(hear(&world, "Right. What’s next? It Sounds FLAT to me…"),
	                    "ask[What’s next?] feel[Sounds FLAT to me…]");
	assert_true(slice_is(
	        detections_of(&world.found, ruleset_move(world.ruleset, SLICE("feel")))->said,
	        "FLAT to me"));
	assert_int_equal(world.found.items[0].clause, 1);
	assert_string_equal(hear(&world, "nothing here"), "");
	assert_string_equal(hear(&world, ""), "");
	world_release(&world);
}

static void detect_hears_an_empty_utterance_as_one_clause(void **state)
{
	struct world world;

	(void)state;
	world_init(&world, MOVE("pause") "  match ^\\W*$\n    when words = 0\n");
	assert_string_equal(hear(&world, ""), "pause[]");
	assert_string_equal(hear(&world, " \n "), "pause[]");
	assert_string_equal(hear(&world, "…"), "pause[…]");
	assert_string_equal(hear(&world, "ok"), "");
	world_release(&world);
}

static void detect_keeps_the_most_confident_rule_a_clause(void **state)
{
	struct world world;

	(void)state;
	world_init(&world,
	           MOVE("ask") "  match what\n    confidence 0.5\n  match next\n"
	                       "    confidence 0.9\n  match what next\n    confidence 0.9\n");
	assert_string_equal(hear(&world, "what next. what now"), "ask[what next.] ask[what now]");
	assert_true(world.found.items[0].confidence == 0.9);
	assert_true(slice_is(world.found.items[0].rule->match.written, "next"));
	assert_true(world.found.items[1].confidence == 0.5);
	assert_true(detections_of(&world.found, world.ruleset->moves[0]) == &world.found.items[0]);
	world_release(&world);
}

static void detect_whole_rules_see_the_utterance(void **state)
{
	struct world world;

	(void)state;
	world_init(&world,
	           MOVE("two") "  match first.*second\n    whole\n    when words >= 4\n" MOVE(
	                   "odd") "  match \\bfine\\b\n  unless first\n    whole\n");
	assert_string_equal(hear(&world, "So first this. Then second, fine"),
	                    "two[first this. Then second]");
	assert_int_equal(world.found.items[0].clause, 0);
	assert_string_equal(hear(&world, "first second"), "");
	assert_string_equal(hear(&world, "Then fine"), "odd[Then fine]");
	world_release(&world);
}

static void detect_stops_at_vetoes_and_conditions(void **state)
{
	struct world world;

	(void)state;
	world_init(&world, MOVE("feel") "  match \\bflat\\b\n    unless \\bnot flat\\b\n"
	                                "    when words <= 3\n  match \\btired\\b\n"
	                                "  unless \\bi'm\\b\n  when not question\n");
	assert_string_equal(hear(&world, "flat. you're tired"), "feel[flat.] feel[you're tired]");
	assert_string_equal(hear(&world, "not flat. it was all a bit flat"), "");
	assert_string_equal(hear(&world, "I’m tired. are you tired? tired?"), "");
	world_release(&world);
}

static void detect_features_come_from_the_conversation(void **state)
{
	struct world world;

	(void)state;
	world_init(&world,
	           MOVE("echoes") "  match .\n    when echo >= 0.5 and words <= 4\n" MOVE("again") "  match \\bok\\b\n    when count(echoes) = 1\n" MOVE(
	                   "later") "  match \\bok\\b\n    when turn >= 2\n" MOVE("long") "  match "
	                                                                                  ".\n    "
	                                                                                  "when "
	                                                                                  "echo_"
	                                                                                  "run >= "
	                                                                                  "4"
	                                                                                  "\n" MOVE(
	                                                                                          "sums") "  match .+\n    whole\n    when echo_turns >= 2\n");
	assert_string_equal(hear(&world, "A bit flat? ok"), "");
	history_mentor(world.history, &world.found);
	history_ect(world.history, world.detector, SLICE("(nods) They were flat by the end."));
	assert_string_equal(hear(&world, "A bit flat? ok"), "echoes[A bit flat?] later[ok]");
	history_mentor(world.history, &world.found);
	assert_string_equal(hear(&world, "ok"), "again[ok] later[ok]");
	assert_string_equal(hear(&world, "they were flat by the end of it"),
	                    "long[they were flat by the end of it]");
	history_ect(world.history, world.detector, SLICE("I froze."));
	assert_string_equal(hear(&world, "You froze. And some kids were flat, the lot"),
	                    "echoes[You froze.] sums[You froze. And some kids were flat, the lot]");
	world_release(&world);
}

static void detect_knows_a_clauses_place_and_what_it_answers(void **state)
{
	struct world world;

	(void)state;
	world_init(&world, MOVE("first") "  match .\n    when place <= 1\n" MOVE(
	                           "answer") "  match yes\n    when after_question\n");
	assert_string_equal(hear(&world, "Mm. Right, ok. The noise? The door."),
	                    "first[Mm.] first[Right, ok.] first[The noise?]");
	assert_string_equal(hear(&world, "yes"), "first[yes]");
	history_ect(world.history, world.detector, SLICE("Did you see it?"));
	assert_string_equal(hear(&world, "yes"), "first[yes] answer[yes]");
	history_ect(world.history, world.detector, SLICE("It was loud."));
	assert_string_equal(hear(&world, "yes"), "first[yes]");
	world_release(&world);
}

static void detect_hears_first_what_a_condition_asks_for(void **state)
{
	struct world world;

	(void)state;
	world_init(&world, MOVE("came") "  match .\n    when makes(said)\n" MOVE(
	                           "said") "  match you said\n");
	assert_string_equal(hear(&world, "They froze."), "");
	assert_string_equal(hear(&world, "They froze. You said ten."),
	                    "came[They froze.] said[You said ten.] came[You said ten.]");
	world_release(&world);
}

static void detect_actions_are_seen_by_rules_that_speak_of_brackets(void **state)
{
	struct world world;

	(void)state;
	world_init(&world, MOVE("nod") "  match ^\\(nods\n" MOVE("word") "  match nods|you\n");
	assert_string_equal(hear(&world, "*nods* and you"), "nod[*nods*] word[and you]");
	assert_string_equal(hear(&world, "(nods)"), "nod[(nods)]");
	world_release(&world);
}

static void detect_yields_to_kept_moves_on_the_same_words(void **state)
{
	struct world world;

	(void)state;
	/* b yields to a; c yields to b: where b gave way to a, it does not suppress c. */
	world_init(&world, MOVE("c") "  match three\n  yields b\n" MOVE(
	                           "b") "  match two\n  yields a\n" MOVE("a") "  match one\n");
	assert_string_equal(hear(&world, "two three"), "b[two three]");
	assert_string_equal(hear(&world, "one two three"), "a[one two three] c[one two three]");
	assert_string_equal(hear(&world, "one. two. three"), "a[one.] b[two.] c[three]");
	world_release(&world);
}

static void detect_needs_another_move_now_or_before(void **state)
{
	struct world world;

	(void)state;
	world_init(&world, MOVE("sum") "  match \\bso\\b\n  needs ask\n" MOVE(
	                           "ask") "  match \\bwhat\\b\n");
	assert_string_equal(hear(&world, "so"), "");
	assert_string_equal(hear(&world, "so. what"), "sum[so.] ask[what]");
	assert_string_equal(hear(&world, "what"), "ask[what]");
	history_mentor(world.history, &world.found);
	assert_int_equal(history_turns(world.history), 1);
	assert_int_equal(history_count(world.history, ruleset_move(world.ruleset, SLICE("ask"))),
	                 1);
	assert_string_equal(hear(&world, "so"), "sum[so]");
	history_clear(world.history);
	assert_string_equal(hear(&world, "so"), "");
	world_release(&world);
}

static void detect_counts_a_pattern_past_its_limit_as_no_match(void **state)
{
	struct world world;
	struct strbuf said = {0};
	size_t i;

	(void)state;
	world_init(&world, MOVE("bad") "  match ^(\\w+\\s?)*$\n" MOVE(
	                           "good") "  match ^ab\n  unless ^(\\w+\\s?)*,$\n");
	while (said.len < LIMIT_UTTERANCE_BYTES)
		strbuf_addz(&said, "ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab,xy. ");
	detect(world.detector, strbuf_slice(&said), world.history, &world.arena, &world.found);
	assert_int_equal(world.found.gave_up, 2);
	assert_int_equal(world.found.count, LIMIT_CLAUSES);
	for (i = 0; i < world.found.count; i++)
		assert_true(slice_is(world.found.items[i].move->id, "good"));
	assert_string_equal(hear(&world, "ab"), "bad[ab] good[ab]");
	assert_int_equal(world.found.gave_up, 0);
	strbuf_release(&said);
	world_release(&world);
}

static void detect_cuts_an_endless_utterance_at_a_character(void **state)
{
	struct world world;
	struct strbuf said = {0};

	(void)state;
	world_init(&world, MOVE("any") "  match .\n");
	strbuf_addz(&said, "x");
	while (said.len < 3 * LIMIT_UTTERANCE_BYTES)
		strbuf_addz(&said, "\xe2\x80\xa6y\xe2\x82\xac");
	detect(world.detector, strbuf_slice(&said), NULL, &world.arena, &world.found);
	assert_true(world.found.folded.said.len <= LIMIT_UTTERANCE_BYTES);
	assert_true(world.found.folded.said.len > LIMIT_UTTERANCE_BYTES - 4);
	assert_int_equal((unsigned char)said.at[world.found.folded.said.len] & 0xc0, 0xc0);
	strbuf_release(&said);
	world_release(&world);
}

static void detect_bounds_text_that_grows_when_folded(void **state)
{
	struct world world;
	struct strbuf said = {0};

	(void)state;
	world_init(&world, MOVE("any") "  match .\n");
	while (said.len < LIMIT_UTTERANCE_BYTES)
		strbuf_addz(&said, "\xef\xb7\xba"); /* one character that folds to eighteen */
	detect(world.detector, strbuf_slice(&said), NULL, &world.arena, &world.found);
	assert_true(world.found.folded.text.len <= LIMIT_UTTERANCE_BYTES + 40);
	assert_true(world.found.items[0].where.end <= world.found.folded.said.len);
	strbuf_release(&said);
	world_release(&world);
}

static void detect_survives_bytes_that_are_no_text(void **state)
{
	struct world world;
	char noise[600];
	size_t i;

	(void)state;
	world_init(&world, MOVE("any") "  match .*\n" MOVE("all") "  match .+\n    whole\n");
	for (i = 0; i < sizeof(noise); i++)
		noise[i] = (char)(i * 37 + i / 7);
	detect(world.detector, (struct slice){noise, sizeof(noise)}, NULL, &world.arena,
	       &world.found);
	for (i = 0; i < world.found.count; i++)
		assert_true(world.found.items[i].where.end <= sizeof(noise));
	detect(world.detector, SLICE("a\0b"), NULL, &world.arena, &world.found);
	assert_int_equal(world.found.count, 2);
	world_release(&world);
}

static void detect_drops_the_latest_past_its_limit(void **state)
{
	struct world world;
	struct strbuf said = {0};
	size_t i;

	(void)state;
	world_init(&world,
	           MOVE("a") "  match ok\n" MOVE("b") "  match ok\n" MOVE("c") "  match ok\n");
	for (i = 0; i < LIMIT_CLAUSES; i++)
		strbuf_addz(&said, "ok. ");
	detect(world.detector, strbuf_slice(&said), NULL, &world.arena, &world.found);
	assert_int_equal(world.found.count, LIMIT_DETECTIONS);
	for (i = 1; i < world.found.count; i++)
		assert_true(world.found.items[i].where.start >=
		            world.found.items[i - 1].where.start);
	strbuf_release(&said);
	world_release(&world);
}

static void detector_reports_patterns_that_do_not_compile(void **state)
{
	struct strbuf printed = {0};
	struct world world;

	(void)state;
	world_init(&world, MOVE("bad") "  match fine|a{5,2}\n  match ok\n");
	assert_int_equal(world.diags.errors, 1);
	diags_print(&world.diags, &printed);
	assert_non_null(strstr(printed.at, "t.rules:4:"));
	assert_non_null(strstr(printed.at, "numbers out of order"));
	assert_string_equal(hear(&world, "fine. ok"), "bad[ok]");
	strbuf_release(&printed);
	world_release(&world);
}

static void detector_without_diags_hears_the_same_and_reports_later(void **state)
{
	struct world world;

	(void)state;
	world_init(&world, MOVE("feel") "  match \\bflat\\b\n  match a{5,2}\n  unless \\bnot\\b\n");
	assert_int_equal(world.diags.errors, 1);
	detector_free(world.detector);
	world.detector = detector_new(world.ruleset, NULL);
	assert_string_equal(hear(&world, "flat. not flat"), "feel[flat.]");
	detector_compile(world.detector, &world.diags);
	assert_int_equal(world.diags.errors, 2);
	assert_string_equal(hear(&world, "flat. not flat"), "feel[flat.]");
	world_release(&world);
}

static void why_not_names_what_stopped_the_nearest_rule(void **state)
{
	struct world world;
	struct near_miss miss;

	(void)state;
	world_init(&world, MOVE("feel") "  match \\bflat\\b\n  match \\btired\\b\n"
	                                "    when not question and words <= 3\n  unless "
	                                "\\bnot\\b\n" MOVE(
	                                        "ask") "  match \\bflat\\b\n  yields "
	                                               "feel\n" MOVE("sum") "  match \\bso\\b\n  "
	                                                                    "needs ask\n");
	assert_int_equal(why_not(&world, "flat", "feel").miss, MISS_FOUND);
	miss = why_not(&world, "it was not flat", "feel");
	assert_int_equal(miss.miss, MISS_UNLESS);
	assert_true(slice_is(miss.veto->written, "\\bnot\\b"));
	miss = why_not(&world, "Ok. You were all so tired", "feel");
	assert_int_equal(miss.miss, MISS_WHEN);
	assert_true(slice_is(miss.condition, "words <= 3"));
	assert_int_equal(miss.where.start, 4);
	miss = why_not(&world, "flat", "ask");
	assert_int_equal(miss.miss, MISS_YIELDS);
	assert_true(slice_is(miss.other->id, "feel"));
	miss = why_not(&world, "so", "sum");
	assert_int_equal(miss.miss, MISS_NEEDS);
	assert_true(slice_is(miss.other->id, "ask"));
	miss = why_not(&world, "flattened", "feel");
	assert_int_equal(miss.miss, MISS_PATTERN);
	assert_true(slice_is(miss.rule->match.written, "\\bflat\\b"));
	assert_int_equal(miss.where.end, 4);
	miss = why_not(&world, "hello", "feel");
	assert_int_equal(miss.miss, MISS_PATTERN);
	assert_null(miss.rule);
	world_release(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(detect_gives_the_clause_or_what_here_caught),
	        cmocka_unit_test(detect_hears_an_empty_utterance_as_one_clause),
	        cmocka_unit_test(detect_keeps_the_most_confident_rule_a_clause),
	        cmocka_unit_test(detect_whole_rules_see_the_utterance),
	        cmocka_unit_test(detect_stops_at_vetoes_and_conditions),
	        cmocka_unit_test(detect_features_come_from_the_conversation),
	        cmocka_unit_test(detect_knows_a_clauses_place_and_what_it_answers),
	        cmocka_unit_test(detect_hears_first_what_a_condition_asks_for),
	        cmocka_unit_test(detect_actions_are_seen_by_rules_that_speak_of_brackets),
	        cmocka_unit_test(detect_yields_to_kept_moves_on_the_same_words),
	        cmocka_unit_test(detect_needs_another_move_now_or_before),
	        cmocka_unit_test(detect_counts_a_pattern_past_its_limit_as_no_match),
	        cmocka_unit_test(detect_cuts_an_endless_utterance_at_a_character),
	        cmocka_unit_test(detect_bounds_text_that_grows_when_folded),
	        cmocka_unit_test(detect_survives_bytes_that_are_no_text),
	        cmocka_unit_test(detect_drops_the_latest_past_its_limit),
	        cmocka_unit_test(detector_reports_patterns_that_do_not_compile),
	        cmocka_unit_test(detector_without_diags_hears_the_same_and_reports_later),
	        cmocka_unit_test(why_not_names_what_stopped_the_nearest_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
