/* test_focus.c: how people name what they practise. What is counted and where it would have fitted:
 * tests/cli/play-focus-is-counted-and-comes-first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/focus.h"

static const char pack[] = "move open_question\n  title Open question\n  match ^how\n"
                           "move pause\n  title Pause\n  match ^$\n"
                           "move blame\n  title Blame\n  instead pause\n  match ^you\n"
                           "move yes\n  quiet\n  match ^yes\n"
                           "framework listen checklist\n  title Listening\n  item pause\n"
                           "  item open_question, blame, yes\n"
                           "framework grid grid\n  title A grid\n  axes care, challenge\n"
                           "  cell low low a  A\n  cell high high b  B\n";

struct world {
	struct ruleset_builder *builder;
	const struct ruleset *ruleset;
	struct arena arena;
	struct focus focus;
	struct err err;
};

static int enter(void **state)
{
	struct world *w = mem_alloc(sizeof(*w));
	struct diags diags = {0};

	w->builder = ruleset_builder_new();
	ruleset_add(w->builder, SLICE("test.rules"), slice_of(pack), 0, &diags);
	w->ruleset = ruleset_link(w->builder, &diags);
	diags_release(&diags);
	*state = w;
	return 0;
}

static int leave(void **state)
{
	struct world *w = *state;

	ruleset_builder_free(w->builder);
	arena_release(&w->arena);
	free(w);
	return 0;
}

static void reads(struct world *w, const char *text, const char *ids, const char *titles)
{
	if (!focus_read(w->ruleset, slice_of(text), &w->arena, &w->focus, &w->err))
		fail_msg("%s", w->err.text);
	assert_string_equal(w->focus.ids.at, ids);
	assert_string_equal(w->focus.titles.at, titles);
}

static void refuses(struct world *w, const char *text, const char *why)
{
	assert_false(focus_read(w->ruleset, slice_of(text), &w->arena, &w->focus, &w->err));
	assert_string_equal(w->err.text, why);
}

static void ids_titles_and_plurals_name_a_move(void **state)
{
	struct world *w = *state;

	reads(w, "open_question", "open_question", "Open question");
	reads(w, "Open question", "open_question", "Open question");
	reads(w, " open-questions ", "open_question", "Open question");
	reads(w, "pause,open_question,pause", "pause,open_question", "Pause, Open question");
	assert_true(focus_has(&w->focus, ruleset_move(w->ruleset, SLICE("pause"))));
	assert_false(focus_has(&w->focus, ruleset_move(w->ruleset, SLICE("blame"))));
}

static void a_framework_stands_for_its_moves_that_help(void **state)
{
	struct world *w = *state;

	reads(w, "listen", "pause,open_question", "Listening");
	reads(w, "listening", "pause,open_question", "Listening");
}

static void what_is_unknown_is_told(void **state)
{
	struct world *w = *state;

	refuses(w, "opn_question",
	        "no move or framework ‘opn_question’; did you mean ‘open_question’?");
	refuses(w, "yes",
	        "no move or framework ‘yes’; ‘rehearse drill --list’ names those there are");
	refuses(w, "grid", "‘grid’ has no moves of its own to practise; name a move");
	refuses(w, " , ", "no move is named; for instance ‘open_question’ or ‘aid’");
}

static void ids_from_a_log_that_are_gone_are_left_out(void **state)
{
	struct world *w = *state;

	focus_known(w->ruleset, SLICE("pause,gone,open_question"), &w->arena, &w->focus);
	assert_string_equal(w->focus.ids.at, "pause,open_question");
	focus_known(w->ruleset, SLICE(""), &w->arena, &w->focus);
	assert_int_equal(w->focus.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
	        TEST(ids_titles_and_plurals_name_a_move),
	        TEST(a_framework_stands_for_its_moves_that_help),
	        TEST(what_is_unknown_is_told),
	        TEST(ids_from_a_log_that_are_gone_are_left_out),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
