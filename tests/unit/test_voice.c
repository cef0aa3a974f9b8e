/* test_voice.c: what an LLM is told, and what of its answer may be said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/voice.h"

static const char pack[] =
        "move open_question\n  title Open\n  about A.\n  answers request\n  room\n"
        "  effect trust +1\n  match ^(what|how|why)\\b\n"
        "meter trust\n  title trust\n  about T.\n  low wary\n  middle willing\n  high open\n";

static const char play[] =
        "scenario Test\n  about A\n  minutes 9\n  level 1\n  focus open_question\n  phase test\n"
        "persona Sam\n  who Sam Okafor, ECT\n  voice Quick\n"
        "  start trust 5, tension 3, clarity 2, ownership 5\n"
        "brief\n  You saw Maisie on Monday.\nevidence\n  about rows\n    They sat in rows.\n"
        "goal\n  G\ntopic rows \\brows\\b\ntopic maisie \\bmaisie\\b\n  title Maisie\n"
        "beat opening\n  Sam: Hello.\n  on open_question\n    Sam: They were quiet. Mostly.\n"
        "  otherwise\n    Sam: Mm.\n"
        "knows\n  about rows\n    Sam: The rows are Mr Hill's.\n"
        "tells\n  about maisie when trust >= 9\n"
        "    Sam: I made a joke about Maisie and she cried in front of everybody.\n"
        "    or\n    Sam: Her mother rang the office about what happened at registration.\n"
        "ending bell\n  Sam: The bell.\n";

static const char prompt_text[] =
        "prompt ect\n  turns 2\n  words 12\n  never \\bas an ai\\b\n  never ^\\W*mentor:\n"
        "  system\n    You are {name}: {who}. Voice: {voice}.\n\n    Told: {told}.\n\n"
        "    Knows {knows}. Not: {closed}. Feels {meters}.\n\n    Say “{intent}”.\n";

struct world {
	struct ruleset_builder *builder;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct scenario_file *file;
	struct prompt_file *prompt;
	struct session *session;
	struct diags diags;
};

static int set_up(void **state)
{
	struct world *world = mem_alloc(sizeof(*world));

	world->builder = ruleset_builder_new();
	ruleset_add(world->builder, SLICE("t.rules"), slice_of(pack), 0, &world->diags);
	world->ruleset = ruleset_link(world->builder, &world->diags);
	world->detector = detector_new(world->ruleset, &world->diags);
	world->file = scenario_load(SLICE("t"), SLICE("t.scenario"), slice_of(play), SLICE(""),
	                            SLICE(""), world->ruleset, &world->diags);
	world->prompt = prompt_load(SLICE("t.prompt"), slice_of(prompt_text), &world->diags);
	assert_int_equal(world->diags.errors, 0);
	world->session = session_new(scenario_of(world->file), world->ruleset, world->detector, 1);
	session_hear(world->session, SLICE("how was it with maisie"), 0);
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	session_free(world->session);
	prompt_free(world->prompt);
	scenario_free(world->file);
	detector_free(world->detector);
	ruleset_builder_free(world->builder);
	diags_release(&world->diags);
	free(world);
	return 0;
}

static struct slice content(const struct json *messages, size_t at)
{
	const struct json *message = json_first(messages);

	while (message && at-- > 0)
		message = json_next(message);
	return message ? json_string(json_get(message, "content")) : SLICE("");
}

static bool has(struct slice text, const char *words)
{
	return slice_find(text, slice_of(words)) < text.len;
}

static void voice_tells_the_model_what_the_script_decided(void **state)
{
	const struct world *world = *state;
	struct json *messages = voice_messages(world->session, prompt_of(world->prompt), NULL);
	struct slice system = content(messages, 0);

	assert_true(has(system, "You are Sam: Sam Okafor, ECT. Voice: Quick."));
	assert_true(has(system, "The rows are Mr Hill's."));
	assert_true(has(system, "what lies behind Maisie"));
	assert_true(has(system, "trust: willing (6 of 10)"));
	assert_true(has(system, "“They were quiet. Mostly.”"));
	assert_true(slice_is(content(messages, 1), "Hello."));
	assert_true(slice_is(content(messages, 2), "how was it with maisie"));
	json_free(messages);
}

static void voice_never_tells_the_model_what_is_held_back(void **state)
{
	const struct world *world = *state;
	struct json *messages = voice_messages(world->session, prompt_of(world->prompt), NULL);

	assert_false(has(content(messages, 0), "joke"));
	assert_false(has(content(messages, 0), "Told:"));
	json_free(messages);
}

static void voice_tells_the_last_turns_only(void **state)
{
	const struct world *world = *state;
	struct json *messages;

	session_reply(world->session, SLICE("Quiet."));
	session_hear(world->session, SLICE("ok"), 0);
	session_hear(world->session, SLICE("right"), 0);
	messages = voice_messages(world->session, prompt_of(world->prompt), NULL);
	assert_true(slice_is(content(messages, 1), "Quiet."));
	assert_true(slice_is(content(messages, 2), "ok"));
	assert_true(slice_is(content(messages, 4), "right"));
	assert_int_equal(content(messages, 5).len, 0);
	json_free(messages);
}

static void mask_hides_names_and_puts_them_back(void **state)
{
	const struct world *world = *state;
	struct voice_mask *mask =
	        voice_mask_new(scenario_of(world->file), SLICE("I will ask about Tomasz."));
	struct json *messages = voice_messages(world->session, prompt_of(world->prompt), mask);
	struct strbuf back = {0};
	struct slice said = content(messages, 2);
	int i;

	for (i = 0; i < 3; i++) {
		assert_false(has(content(messages, (size_t)i), "Sam"));
		assert_false(has(content(messages, (size_t)i), "aisie"));
		assert_false(has(content(messages, (size_t)i), "Hill"));
	}
	voice_mask_undo(mask, said, &back);
	assert_string_equal(back.at, "how was it with Maisie");
	strbuf_clear(&back);
	voice_mask_put(mask, SLICE("tomasz and Monday, SENCO"), &back);
	assert_null(strstr(back.at, "tomasz"));
	assert_non_null(strstr(back.at, "Monday, SENCO"));
	strbuf_clear(&back);
	voice_mask_undo(mask, SLICE("Name999 and Name0 and Name"), &back);
	assert_string_equal(back.at, "Name999 and Name0 and Name");
	strbuf_release(&back);
	json_free(messages);
	voice_mask_free(mask);
}

static void stream_cuts_sentences_whatever_pieces_come(void **state)
{
	static const char text[] = "(nods) It was fine. At 3.30 he said “no.” Then… well? Yes";
	static const char *const wanted[] = {"(nods) It was fine.", "At 3.30 he said “no.”",
	                                     "Then…", "well?", "Yes"};
	size_t step;

	(void)state;
	for (step = 1; step < sizeof(text); step++) {
		struct voice_stream stream = {0};
		struct strbuf sentence = {0};
		size_t found = 0;
		size_t at;

		for (at = 0; at < sizeof(text) - 1; at += step) {
			voice_stream_add(&stream, slice_sub(slice_of(text), at, at + step));
			while (voice_stream_next(&stream, false, &sentence))
				assert_string_equal(sentence.at, wanted[found++]);
		}
		while (voice_stream_next(&stream, true, &sentence))
			assert_string_equal(sentence.at, wanted[found++]);
		assert_int_equal(found, 5);
		strbuf_release(&sentence);
		voice_stream_release(&stream);
	}
}

static void guard_lets_pass_only_what_may_be_said(void **state)
{
	const struct world *world = *state;
	const struct prompt *prompt = prompt_of(world->prompt);
	const struct session *session = world->session;
	const struct slice none = SLICE("");

	assert_int_equal(voice_guard(session, prompt, none, SLICE("Quiet, mostly.")), GUARD_FINE);
	assert_int_equal(voice_guard(session, prompt, none, SLICE("…")), GUARD_EMPTY);
	assert_int_equal(voice_guard(session, prompt, none, SLICE("")), GUARD_EMPTY);
	assert_int_equal(voice_guard(session, prompt, none, SLICE("As an AI I feel nothing.")),
	                 GUARD_CHARACTER);
	assert_int_equal(voice_guard(session, prompt, none, SLICE("Mentor: well done.")),
	                 GUARD_CHARACTER);
	assert_int_equal(voice_guard(session, prompt, none, SLICE("I said \x1b[31mred")),
	                 GUARD_BYTES);
	assert_int_equal(voice_guard(session, prompt, none, SLICE("caf\xe9")), GUARD_BYTES);
	assert_int_equal(voice_guard(session, prompt, SLICE("one two three four five six seven"),
	                             SLICE("eight nine ten eleven twelve thirteen")),
	                 GUARD_TOO_LONG);
	assert_int_equal(
	        voice_guard(session, prompt, none,
	                    SLICE("So youyouyouyouyouyouyouyouyouyouyouyouyouyouyouyouyouyouyou"
	                          "youyouyouyouyouyouyouyou.")),
	        GUARD_TOO_LONG);
}

static void guard_keeps_what_is_held_back_whatever_the_words(void **state)
{
	const struct world *world = *state;
	const struct prompt *prompt = prompt_of(world->prompt);

	assert_int_equal(voice_guard(world->session, prompt, SLICE(""),
	                             SLICE("I joked about Maisie and she was crying.")),
	                 GUARD_TELL);
	/* Over two sentences too. */
	assert_int_equal(voice_guard(world->session, prompt, SLICE("It was Maisie."),
	                             SLICE("I joked. She cried.")),
	                 GUARD_TELL);
	/* In the other words it has in the script. */
	assert_int_equal(voice_guard(world->session, prompt, SLICE(""),
	                             SLICE("Mum rang the office after registration happened.")),
	                 GUARD_TELL);
	assert_int_equal(voice_guard(world->session, prompt, SLICE(""), SLICE("Maisie? Fine.")),
	                 GUARD_FINE);
}

static void prompt_says_what_is_wrong_with_it(void **state)
{
	struct diags diags = {0};
	struct strbuf words = {0};
	struct prompt_file *file =
	        prompt_load(SLICE("x.prompt"),
	                    SLICE("prompt ect\n  turns 99\n  nevre x\n  never (\n  system\n"
	                          "    You are {nmae}.\n"),
	                    &diags);

	(void)state;
	diags_print(&diags, &words);
	assert_int_equal(diags.errors, 4);
	assert_non_null(strstr(words.at, "x.prompt:2:"));
	assert_non_null(strstr(words.at, "did you mean ‘never’?"));
	assert_non_null(strstr(words.at, "does not compile"));
	assert_non_null(strstr(words.at, "did you mean ‘name’?"));
	prompt_free(file);
	strbuf_release(&words);
	diags_release(&diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test_setup_teardown(voice_tells_the_model_what_the_script_decided,
	                                        set_up, tear_down),
	        cmocka_unit_test_setup_teardown(voice_never_tells_the_model_what_is_held_back,
	                                        set_up, tear_down),
	        cmocka_unit_test_setup_teardown(voice_tells_the_last_turns_only, set_up, tear_down),
	        cmocka_unit_test_setup_teardown(mask_hides_names_and_puts_them_back, set_up,
	                                        tear_down),
	        cmocka_unit_test(stream_cuts_sentences_whatever_pieces_come),
	        cmocka_unit_test_setup_teardown(guard_lets_pass_only_what_may_be_said, set_up,
	                                        tear_down),
	        cmocka_unit_test_setup_teardown(guard_keeps_what_is_held_back_whatever_the_words,
	                                        set_up, tear_down),
	        cmocka_unit_test(prompt_says_what_is_wrong_with_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
