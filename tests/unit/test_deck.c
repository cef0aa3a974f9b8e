/* test_deck.c: what a deck becomes when it is loaded, and its bounds. What is said of a broken one:
 * tests/cli/check-deck-says-what-is-wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "load/deck.h"

static const char pack[] = "move open_question\n"
                           "  title Open question\n"
                           "  match ^how\n"
                           "move pause\n"
                           "  title Pause\n"
                           "  match ^$\n";

struct loaded {
	struct ruleset_builder *builder;
	struct diags diags;
	struct deck_file *file;
	const struct deck *deck;
	struct strbuf said;
};

static void load(struct loaded *loaded, const char *text)
{
	const struct ruleset *ruleset;

	*loaded = (struct loaded){.builder = ruleset_builder_new()};
	ruleset_add(loaded->builder, SLICE("test.rules"), slice_of(pack), 0, &loaded->diags);
	ruleset = ruleset_link(loaded->builder, &loaded->diags);
	assert_int_equal(loaded->diags.errors, 0);
	loaded->file = deck_load(SLICE("short"), SLICE("short.deck"), slice_of(text), ruleset,
	                         &loaded->diags);
	loaded->deck = deck_of(loaded->file);
	diags_print(&loaded->diags, &loaded->said);
}

static void drop(struct loaded *loaded)
{
	strbuf_release(&loaded->said);
	deck_free(loaded->file);
	diags_release(&loaded->diags);
	ruleset_builder_free(loaded->builder);
}

static void assert_slice(struct slice slice, const char *text)
{
	assert_int_equal(slice.len, strlen(text));
	assert_memory_equal(slice.at, text, slice.len);
}

#define PROMPT                                                                                     \
	"prompt one\n"                                                                             \
	"  who Hana Lee, Reception · phonics\n"                                                   \
	"  evidence Three boards\n"                                                                \
	"    were blank.\n"                                                                        \
	"  Mentor: How was it?\n"                                                                  \
	"  Hana Lee: (shrugs) Fine: really.\n"

static void a_prompt_holds_who_speaks_what_was_said_and_what_is_asked(void **state)
{
	struct loaded loaded;
	const struct deck_prompt *prompt;
	const struct deck_ask *ask;

	(void)state;
	load(&loaded, "deck A title\n  about Two\n    lines.\n" PROMPT "  hint Wait.\n"
	              "  ask pause\n    say\n    say (waits)\n    no Go on.\n    hint Enter.\n"
	              "  ask open_question\n    say How so?\n");
	assert_int_equal(loaded.diags.errors, 0);
	assert_slice(loaded.deck->title, "A title");
	assert_slice(loaded.deck->about, "Two lines.");
	assert_int_equal(loaded.deck->prompt_count, 1);
	prompt = &loaded.deck->prompts[0];
	assert_slice(prompt->id, "one");
	assert_slice(prompt->name, "Hana Lee");
	assert_slice(prompt->evidence, "Three boards were blank.");
	assert_slice(prompt->hint, "Wait.");
	assert_int_equal(prompt->line_count, 2);
	assert_true(prompt->lines[0].mentor);
	assert_false(prompt->lines[1].mentor);
	assert_slice(prompt->lines[1].words, "(shrugs) Fine: really.");
	assert_int_equal(prompt->ask_count, 2);
	ask = &prompt->asks[0];
	assert_slice(ask->move->id, "pause");
	assert_int_equal(ask->say_count, 2);
	assert_int_equal(ask->says[0].words.len, 0);
	assert_slice(ask->says[1].words, "(waits)");
	assert_int_equal(ask->no_count, 1);
	assert_slice(ask->hint, "Enter.");
	drop(&loaded);
}

static void a_coach_knows_how_to_ask_and_what_near_misses_mean(void **state)
{
	struct loaded loaded;
	const struct deck_coach *coach;
	struct strbuf words = {0};

	(void)state;
	load(&loaded, "deck A title\n"
	              "coach open_question\n"
	              "  task Ask {name}.\n"
	              "  heard pause, open_question\n"
	              "    Not so, {name}\n"
	              "    and {name}.\n"
	              "  otherwise\n"
	              "    No.\n");
	assert_int_equal(loaded.diags.errors, 0);
	assert_int_equal(loaded.deck->coach_count, 1);
	coach = &loaded.deck->coaches[0];
	assert_slice(coach->task, "Ask {name}.");
	assert_int_equal(coach->heard_count, 1);
	assert_int_equal(coach->heards[0].move_count, 2);
	assert_slice(coach->otherwise, "No.");
	deck_fill(coach->heards[0].words, SLICE("Sam"), &words);
	assert_slice(strbuf_slice(&words), "Not so, Sam and Sam.");
	strbuf_release(&words);
	drop(&loaded);
}

static void what_is_wrong_is_left_out_and_the_rest_stays(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded, "deck A title\n" PROMPT "  ask puase\n    say Hm.\n"
	              "  ask pause\n    say\n"
	              "prompt two\n  who Joe, PE\n  Joe: Hm.\n  ask pause\n");
	assert_int_equal(loaded.diags.errors, 3);
	assert_non_null(strstr(loaded.said.at, "did you mean ‘pause’?"));
	assert_int_equal(loaded.deck->prompt_count, 1);
	assert_int_equal(loaded.deck->prompts[0].ask_count, 1);
	drop(&loaded);
}

static void too_many_prompts_are_told_with_their_place(void **state)
{
	struct loaded loaded;
	struct strbuf text = {0};
	unsigned i;

	(void)state;
	strbuf_addz(&text, "deck Long\n");
	for (i = 0; i <= LIMIT_PROMPTS; i++)
		strbuf_addf(&text, "prompt p%u\n  who Joe, PE\n  Joe: Hm.\n  ask pause\n    say\n",
		            i);
	load(&loaded, text.at);
	assert_int_equal(loaded.deck->prompt_count, LIMIT_PROMPTS);
	assert_int_equal(loaded.diags.errors, 1);
	assert_non_null(strstr(loaded.said.at, "more than 1024 prompts; split the deck"));
	drop(&loaded);
	strbuf_release(&text);
}

static void too_much_talk_is_told_with_its_place(void **state)
{
	struct loaded loaded;
	struct strbuf text = {0};
	unsigned i;

	(void)state;
	strbuf_addz(&text, "deck Long\nprompt p\n  who Joe, PE\n");
	for (i = 0; i <= LIMIT_PROMPT_LINES; i++)
		strbuf_addz(&text, "  Joe: Hm.\n");
	strbuf_addz(&text, "  ask pause\n    say\n");
	load(&loaded, text.at);
	assert_int_equal(loaded.deck->prompts[0].line_count, LIMIT_PROMPT_LINES);
	assert_non_null(
	        strstr(loaded.said.at, "short.deck:16:3: error: more than 12 lines of talk"));
	drop(&loaded);
	strbuf_clear(&text);
	strbuf_addz(&text, "deck Long\nprompt p\n  who Joe, PE\n  Joe: ");
	for (i = 0; i <= LIMIT_SPEECH_BYTES; i++)
		strbuf_addc(&text, 'm');
	load(&loaded, text.at);
	assert_non_null(strstr(loaded.said.at, "1001 bytes in one line of speech; at most 1000"));
	drop(&loaded);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_prompt_holds_who_speaks_what_was_said_and_what_is_asked),
	        cmocka_unit_test(a_coach_knows_how_to_ask_and_what_near_misses_mean),
	        cmocka_unit_test(what_is_wrong_is_left_out_and_the_rest_stays),
	        cmocka_unit_test(too_many_prompts_are_told_with_their_place),
	        cmocka_unit_test(too_much_talk_is_told_with_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
