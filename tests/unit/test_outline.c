/* test_outline.c: the syntax of all files, and the places of its mistakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "load/outline.h"

struct world {
	struct arena arena;
	struct diags diags;
	struct source source;
	const struct line *root;
	struct strbuf said;
};

static const char *const prose[] = {"brief", NULL};

static void parse(struct world *world, struct slice text)
{
	const struct outline_grammar grammar = {prose};

	*world = (struct world){.source = {SLICE("f"), text}};
	world->root = outline_parse(&world->source, &grammar, &world->arena, &world->diags);
	diags_print(&world->diags, &world->said);
	strbuf_addz(&world->said, "");
}

static void done(struct world *world)
{
	strbuf_release(&world->said);
	diags_release(&world->diags);
	arena_release(&world->arena);
}

static void outline_nests_by_indentation_and_skips_comments(void **state)
{
	struct world world;
	const struct line *move;

	(void)state;
	parse(&world,
	      SLICE("\xEF\xBB\xBFmove a b\r\n  title  T #1 # x\r\n  # no\r\n    #\r\n  match x\r\n"
	            "    when y\r\n\r\nmove c\r\n"));
	assert_string_equal(world.said.at, "");
	move = world.root->child;
	assert_true(slice_is(move->keyword, "move") && slice_is(move->rest, "a b"));
	assert_true(slice_is(move->child->rest, "T #1 # x"));
	assert_true(slice_is(move->child->next->keyword, "match"));
	assert_true(slice_is(move->child->next->child->text, "when y"));
	assert_int_equal(move->child->next->child->place.line, 6);
	assert_true(slice_is(move->next->rest, "c") && move->next->after_blank);
	done(&world);
}

static void outline_prose_keeps_paragraphs_and_uneven_lines(void **state)
{
	struct world world;

	(void)state;
	parse(&world, SLICE("brief\n  One\n     two.\n   # a comment\n\n   Three\n  four.\n"));
	assert_string_equal(world.said.at, "");
	assert_string_equal(outline_prose(world.root->child, &world.arena).at,
	                    "One two.\n\nThree four.");
	done(&world);
}

static void outline_tells_a_tab_and_uneven_siblings_with_caret(void **state)
{
	struct world world;

	(void)state;
	parse(&world, SLICE("move a\n\ttitle x\n    title y\n  title z\n"));
	assert_string_equal(
	        world.said.at,
	        "f:2:1: error: tab in the indentation; use spaces\n"
	        "   title x\n  ^\n"
	        "f:4:3: error: indented by 2 spaces, but its siblings under ‘move’ by 4: "
	        "align them\n"
	        "    title z\n    ^~~~~~~\n");
	done(&world);
}

static void outline_carets_stand_under_wide_and_combined_characters(void **state)
{
	struct world world;
	struct place place;

	(void)state;
	parse(&world, SLICE("say 教e\xCC\x81 wrong\n"));
	place = place_of(&world.source, slice_sub(world.source.text, 11, 16));
	assert_int_equal(place_column(place), 9);
	diag_error(&world.diags, place, "no");
	diags_print(&world.diags, &world.said);
	assert_string_equal(world.said.at, "f:1:9: error: no\n  say 教e\xCC\x81 wrong\n"
	                                   "          ^~~~~\n");
	done(&world);
}

static void outline_refuses_binary_once(void **state)
{
	struct world world;

	(void)state;
	parse(&world, SLICE("a\n\0b\0c\n\x1b[31m"));
	assert_int_equal(world.diags.errors, 1);
	assert_non_null(strstr(world.said.at, "f:2:1: error: control character U+0000"));
	done(&world);
	parse(&world, SLICE("a\n b\xFF\n"));
	assert_non_null(strstr(world.said.at, "f:2:3: error: byte 0xFF is not valid UTF-8"));
	done(&world);
}

static void outline_names_a_control_character_of_several_bytes(void **state)
{
	struct world world;

	(void)state;
	parse(&world, SLICE("move a\n  title \xE2\x80\xAE"
	                    "b\n"));
	assert_non_null(strstr(world.said.at, "f:2:9: error: control character U+202E"));
	done(&world);
}

static void outline_takes_a_keyword_with_a_colon(void **state)
{
	struct world world;

	(void)state;
	parse(&world, SLICE("brief: One\n  two\n    three.\n: x\n"));
	assert_string_equal(world.said.at, "");
	assert_true(slice_is(world.root->child->keyword, "brief"));
	assert_true(slice_is(world.root->child->rest, "One"));
	assert_true(slice_is(world.root->child->next->keyword, ":"));
	done(&world);
}

static void outline_limits_are_told_with_their_place(void **state)
{
	struct strbuf text = {0};
	struct world world;
	size_t i;
	size_t j;

	(void)state;
	for (i = 0; i < LIMIT_OUTLINE_DEPTH + 3; i++) {
		for (j = 0; j < i; j++)
			strbuf_addc(&text, ' ');
		strbuf_addz(&text, "x\n");
	}
	parse(&world, strbuf_slice(&text));
	assert_non_null(strstr(world.said.at, "f:13:13: error: nested deeper than 12 levels"));
	done(&world);
	strbuf_clear(&text);
	strbuf_addz(&text, "ok\n");
	for (i = 0; i <= LIMIT_LINE_BYTES; i++)
		strbuf_addc(&text, 'x');
	parse(&world, strbuf_slice(&text));
	assert_non_null(strstr(world.said.at, "f:2:1: error: line is 4097 bytes long"));
	done(&world);
	strbuf_clear(&text);
	for (i = 0; i <= LIMIT_FILE_LINES; i++)
		strbuf_addz(&text, "x\n");
	parse(&world, strbuf_slice(&text));
	assert_non_null(strstr(world.said.at, "f:20001:1: error: more than 20000 lines"));
	done(&world);
	strbuf_clear(&text);
	for (i = 0; i <= LIMIT_FILE_BYTES / 2; i++)
		strbuf_addz(&text, "x\n");
	parse(&world, strbuf_slice(&text));
	assert_non_null(strstr(world.said.at, "f: error: file is 4194306 bytes long"));
	done(&world);
	strbuf_release(&text);
}

static void diags_are_counted_past_the_limit_a_file(void **state)
{
	struct strbuf text = {0};
	struct world world;
	size_t i;

	(void)state;
	for (i = 0; i < LIMIT_DIAGS_A_FILE + 5; i++)
		strbuf_addz(&text, "\tx\n");
	parse(&world, strbuf_slice(&text));
	assert_int_equal(world.diags.count, LIMIT_DIAGS_A_FILE);
	assert_non_null(strstr(world.said.at, "5 more not shown: mend these first\n"));
	done(&world);
	strbuf_release(&text);
}

static void nearest_suggests_swapped_and_missing_letters_only(void **state)
{
	struct nearest nearest;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	nearest_init(&nearest, SLICE("prsona"));
	nearest_offer(&nearest, SLICE("phase"));
	nearest_offer(&nearest, SLICE("persona"));
	assert_string_equal(nearest_hint(&nearest, &arena), "; did you mean ‘persona’?");
	nearest_init(&nearest, SLICE("ot"));
	nearest_offer(&nearest, SLICE("to"));
	assert_string_equal(nearest_hint(&nearest, &arena), "; did you mean ‘to’?");
	nearest_init(&nearest, SLICE("banana"));
	nearest_offer(&nearest, SLICE("persona"));
	assert_string_equal(nearest_hint(&nearest, &arena), "");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(outline_nests_by_indentation_and_skips_comments),
	        cmocka_unit_test(outline_prose_keeps_paragraphs_and_uneven_lines),
	        cmocka_unit_test(outline_tells_a_tab_and_uneven_siblings_with_caret),
	        cmocka_unit_test(outline_carets_stand_under_wide_and_combined_characters),
	        cmocka_unit_test(outline_refuses_binary_once),
	        cmocka_unit_test(outline_names_a_control_character_of_several_bytes),
	        cmocka_unit_test(outline_takes_a_keyword_with_a_colon),
	        cmocka_unit_test(outline_limits_are_told_with_their_place),
	        cmocka_unit_test(diags_are_counted_past_the_limit_a_file),
	        cmocka_unit_test(nearest_suggests_swapped_and_missing_letters_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
