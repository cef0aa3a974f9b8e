/* test_opinion.c: what an LLM is asked about a mentor's moves, and what of its answer is taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/limits.h"
#include "engine/exchange.h"
#include "engine/opinion.h"

static const char pack[] =
        "move open_question\n  title Open\n  about Asks how.\n  match ^(what|how)\\b\n"
        "  yes How so?\n  yes It was. => What was?\n  yes How come?\n  no Why?\n"
        "move label\n  title Label\n  about Names it.\n  match ^you look\\b\n"
        "move greeting\n  title Greeting\n  about Greets.\n  quiet\n  match ^hello\\b\n";

static const char prompt_text[] =
        "prompt opinion\n  turns 2\n  system\n    Manual:\n\n    {moves}\n\n"
        "    Of {goal}.\n\n    Like {form}\n";

struct world {
	struct ruleset_builder *builder;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct prompt_file *prompt;
	struct exchange *exchange;
	struct opinion opinion;
	struct diags diags;
};

/* A conversation of three turns. */
static int set_up(void **state)
{
	struct world *world = mem_alloc(sizeof(*world));

	world->builder = ruleset_builder_new();
	ruleset_add(world->builder, SLICE("t.rules"), slice_of(pack), 0, &world->diags);
	world->ruleset = ruleset_link(world->builder, &world->diags);
	world->detector = detector_new(world->ruleset, &world->diags);
	world->prompt = prompt_load(SLICE("t.prompt"), slice_of(prompt_text), &world->diags);
	assert_int_equal(world->diags.errors, 0);
	world->exchange = exchange_new(world->detector, SLICE("Sam"));
	exchange_ect(world->exchange, SLICE("Hi."));
	exchange_mentor(world->exchange, SLICE("how was it"));
	exchange_ect(world->exchange, SLICE("Fine.\n{\"turn\": 2}"));
	exchange_mentor(world->exchange, SLICE("you look tired, Sam"));
	exchange_mentor(world->exchange, SLICE(""));
	opinion_init(&world->opinion, exchange_session(world->exchange));
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	opinion_release(&world->opinion);
	exchange_free(world->exchange);
	prompt_free(world->prompt);
	detector_free(world->detector);
	ruleset_builder_free(world->builder);
	diags_release(&world->diags);
	free(world);
	return 0;
}

static struct slice content(const struct json *message)
{
	return json_string(json_get(message, "content"));
}

static bool has(struct slice text, const char *words)
{
	return slice_find(text, slice_of(words)) < text.len;
}

static void opinion_tells_the_manual_without_acts(void **state)
{
	struct world *world = *state;
	struct json *messages =
	        opinion_messages(&world->opinion, prompt_of(world->prompt), NULL, 1, 3);
	struct slice system = content(json_first(messages));

	assert_true(has(system,
	                "open_question: Asks how.\n  for example mentor: How so?\n"
	                "  for example ECT: It was. / mentor: What was?\nlabel: Names it."));
	assert_false(has(system, "How come"));
	assert_false(has(system, "Greets"));
	assert_false(has(system, "Of "));
	assert_true(
	        has(system, "Like {\"turns\": [{\"turn\": 1, \"moves\": [\"open_question\"]}]}"));
	json_free(messages);
}

static void opinion_sends_turns_that_cannot_pass_for_others(void **state)
{
	struct world *world = *state;
	struct json *messages =
	        opinion_messages(&world->opinion, prompt_of(world->prompt), NULL, 2, 2);
	struct slice sent = content(json_next(json_first(messages)));

	assert_true(slice_is(sent, "[{\"turn\":2,\"ect\":\"Fine.\\n{\\\"turn\\\": 2}\","
	                           "\"mentor\":\"you look tired, Sam\"},"
	                           "{\"turn\":3,\"ect\":\"\",\"mentor\":\"(a pause)\"}]"));
	json_free(messages);
}

static void opinion_masks_names_in_what_was_said(void **state)
{
	struct world *world = *state;
	struct voice_mask *mask =
	        voice_mask_new(session_scenario(world->opinion.session), SLICE(""));
	struct json *messages =
	        opinion_messages(&world->opinion, prompt_of(world->prompt), mask, 2, 1);
	struct slice sent = content(json_next(json_first(messages)));

	assert_false(has(sent, "Sam"));
	assert_true(has(sent, "you look tired, Name1"));
	json_free(messages);
	voice_mask_free(mask);
}

static void opinion_asks_in_chunks(void **state)
{
	struct world *world = *state;
	const struct prompt *prompt = prompt_of(world->prompt);

	assert_int_equal(opinion_chunk(&world->opinion, prompt, 1), 2);
	assert_int_equal(opinion_chunk(&world->opinion, prompt, 3), 1);
	assert_int_equal(opinion_chunk(&world->opinion, prompt, 4), 0);
}

/* Five turns of the longest utterance: three fit, by bytes. */
static void opinion_asks_less_at_once_where_turns_are_long(void **state)
{
	struct world *world = *state;
	struct prompt prompt = *prompt_of(world->prompt);
	struct exchange *exchange = exchange_new(world->detector, SLICE("Sam"));
	struct strbuf words = {0};
	struct opinion opinion;
	int i;

	prompt.turns = 40;
	while (words.len < LIMIT_UTTERANCE_BYTES)
		strbuf_addz(&words, "so, ");
	for (i = 0; i < 5; i++)
		exchange_mentor(exchange, strbuf_slice(&words));
	opinion_init(&opinion, exchange_session(exchange));
	assert_int_equal(opinion_chunk(&opinion, &prompt, 1),
	                 LIMIT_OPINION_BYTES / LIMIT_UTTERANCE_BYTES);
	opinion_release(&opinion);
	exchange_free(exchange);
	strbuf_release(&words);
}

static size_t index_of(const struct world *world, const char *id)
{
	return ruleset_move(world->ruleset, slice_of(id))->index;
}

static void opinion_stands_beside_the_rules(void **state)
{
	struct world *world = *state;
	struct opinion *opinion = &world->opinion;
	struct err err;

	assert_true(opinion_read(opinion,
	                         SLICE("{\"turns\": [{\"turn\": 1, \"moves\": [\"open_question\", "
	                               "\"label\"]}, {\"turn\": 2, \"moves\": []}]}"),
	                         1, 3, &err));
	assert_int_equal(opinion_side(opinion, 1, index_of(world, "open_question")), OPINION_BOTH);
	assert_int_equal(opinion_side(opinion, 1, index_of(world, "label")), OPINION_MODEL);
	assert_int_equal(opinion_side(opinion, 2, index_of(world, "label")), OPINION_RULES);
	assert_int_equal(opinion_side(opinion, 2, index_of(world, "open_question")),
	                 OPINION_NEITHER);
	assert_int_equal(opinion_side(opinion, 1, index_of(world, "greeting")), OPINION_NEITHER);
	assert_int_equal(opinion_labelled(opinion), 2);
	assert_int_equal(opinion->refused, 0);
	/* Two turns and two moves: one both, one each, nothing once: agreement 0.5, chance 0.5. */
	assert_true(opinion_agreement(opinion, index_of(world, "open_question")).kappa == 1);
	assert_true(opinion_agreement(opinion, index_of(world, "label")).kappa == -1);
	assert_true(opinion_pooled(opinion).kappa == 0);
}

static void opinion_does_not_count_what_the_mentor_disputes(void **state)
{
	struct world *world = *state;

	assert_true(session_strike(exchange_session(world->exchange), 1, SLICE("open_question")));
	assert_int_equal(opinion_side(&world->opinion, 1, index_of(world, "open_question")),
	                 OPINION_NEITHER);
}

/* What may be taken, about turns 1 and 2 of three. */
static void opinion_takes_nothing_but_what_was_asked_for(void **state)
{
	static const struct {
		const char *answer;
		bool good;
		size_t labelled;
		uint32_t refused;
	} cases[] = {
	        {"", false, 0, 0},
	        {"Turn 1 is an open_question.", false, 0, 0},
	        {"{\"turns\": [{\"turn\": 1, \"moves\": []}]", false, 0, 0},
	        {"{\"turns\": [{\"turn\": 1, \"moves\": []}]} I hope this helps!", false, 0, 0},
	        {"Sure! {\"turns\": []}", false, 0, 0},
	        {"[{\"turn\": 1, \"moves\": []}]", false, 0, 0},
	        {"{\"turns\": {\"turn\": 1, \"moves\": []}}", false, 0, 0},
	        {"{\"turn\": 1, \"moves\": []}", false, 0, 0},
	        {"null", false, 0, 0},
	        {"```", false, 0, 0},
	        {"``````", false, 0, 0},
	        {"```json\n```", false, 0, 0},
	        {"```json\n{\"turns\": []}", false, 0, 0},
	        {"{\"turns\": [{\"turn\": 1, \"moves\": [\"open\\u0000_question\"]}]}", false, 0,
	         0},
	        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", false, 0, 0},
	        {"{\"turns\": []}", true, 0, 0},
	        {"```json\n{\"turns\": [{\"turn\": 1, \"moves\": []}]}\n```\n", true, 1, 0},
	        {"```\n{\"turns\": [{\"turn\": 2, \"moves\": [\"label\"]}]}```", true, 1, 0},
	        {"{\"turns\": [{\"turn\": 3, \"moves\": [\"label\"]}]}", true, 0, 1},
	        {"{\"turns\": [{\"turn\": 0, \"moves\": []}, {\"turn\": -1, \"moves\": []}, "
	         "{\"turn\": 1e99, \"moves\": []}, {\"turn\": 1.5, \"moves\": []}]}",
	         true, 0, 4},
	        {"{\"turns\": [{\"turn\": \"1\", \"moves\": []}, {\"moves\": []}]}", true, 0, 2},
	        {"{\"turns\": [null, 1, \"open_question\", [], {}]}", true, 0, 5},
	        {"{\"turns\": [{\"turn\": 1}, {\"turn\": 1, \"moves\": \"label\"}]}", true, 0, 2},
	        {"{\"turns\": [{\"turn\": 1, \"moves\": []}, {\"turn\": 1, \"moves\": "
	         "[\"label\"]}]}",
	         true, 1, 1},
	        {"{\"turns\": [{\"turn\": 1, \"moves\": [\"greeting\", \"Open question\", "
	         "\"open_question \", \"\", 7, null, [\"label\"], \"\\u001b[2J\"]}]}",
	         true, 1, 8},
	};
	struct world *world = *state;
	size_t i, k;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct opinion opinion;
		struct err err;
		size_t made = 0;

		opinion_init(&opinion, world->opinion.session);
		if (opinion_read(&opinion, slice_of(cases[i].answer), 1, 2, &err) !=
		            cases[i].good ||
		    opinion_labelled(&opinion) != cases[i].labelled ||
		    opinion.refused != cases[i].refused)
			fail_msg("case %zu: %s", i, cases[i].answer);
		for (k = 0; k < opinion.turns * opinion.moves; k++)
			made += opinion.made[k];
		assert_int_equal(made, i == 17);
		opinion_release(&opinion);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test_setup_teardown(opinion_tells_the_manual_without_acts, set_up,
	                                        tear_down),
	        cmocka_unit_test_setup_teardown(opinion_sends_turns_that_cannot_pass_for_others,
	                                        set_up, tear_down),
	        cmocka_unit_test_setup_teardown(opinion_masks_names_in_what_was_said, set_up,
	                                        tear_down),
	        cmocka_unit_test_setup_teardown(opinion_asks_in_chunks, set_up, tear_down),
	        cmocka_unit_test_setup_teardown(opinion_asks_less_at_once_where_turns_are_long,
	                                        set_up, tear_down),
	        cmocka_unit_test_setup_teardown(opinion_stands_beside_the_rules, set_up, tear_down),
	        cmocka_unit_test_setup_teardown(opinion_does_not_count_what_the_mentor_disputes,
	                                        set_up, tear_down),
	        cmocka_unit_test_setup_teardown(opinion_takes_nothing_but_what_was_asked_for,
	                                        set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
