/* test_ruleset.c: packs become one linked ruleset, with lists put in and moves in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "load/ruleset.h"

struct packs {
	struct ruleset_builder *builder;
	struct diags diags;
	const struct ruleset *ruleset;
	struct strbuf said;
};

static struct packs empty(void)
{
	return (struct packs){.builder = ruleset_builder_new()};
}

static void add(struct packs *packs, const char *path, int root, const char *text)
{
	ruleset_add(packs->builder, slice_of(path), slice_of(text), root, &packs->diags);
}

static const struct ruleset *link_packs(struct packs *packs)
{
	packs->ruleset = ruleset_link(packs->builder, &packs->diags);
	diags_print(&packs->diags, &packs->said);
	return packs->ruleset;
}

static struct packs load(const char *text)
{
	struct packs packs = empty();

	add(&packs, "a.rules", 0, text);
	link_packs(&packs);
	return packs;
}

static void drop(struct packs *packs)
{
	strbuf_release(&packs->said);
	diags_release(&packs->diags);
	ruleset_builder_free(packs->builder);
}

static void assert_clean(const struct packs *packs)
{
	if (packs->diags.count)
		fail_msg("unexpected: %s", packs->said.at);
}

static void assert_says(const struct packs *packs, const char *words)
{
	if (!packs->said.at || !strstr(packs->said.at, words))
		fail_msg("not said: %s\nbut: %s", words, packs->said.at ? packs->said.at : "");
}

static const struct move *move_of(const struct packs *packs, const char *id)
{
	const struct move *move = ruleset_move(packs->ruleset, slice_of(id));

	assert_non_null(move);
	return move;
}

static void assert_pattern(const struct packs *packs, const char *move, size_t rule,
                           const char *text)
{
	const struct move *found = move_of(packs, move);

	assert_true(rule < found->rule_count);
	assert_string_equal(
	        slice_copy((struct arena *)&packs->diags.arena, found->rules[rule]->match.text).at,
	        text);
}

static void move_keeps_all_that_its_lines_say(void **state)
{
	struct packs packs = load("move label\n"
	                          "  title    Emotional labelling\n"
	                          "  about    Name the feeling,\n"
	                          "    then stop.\n"
	                          "  source   NIoT\n"
	                          "  say      Sounds like {topic} stung.\n"
	                          "  say      That stung.\n"
	                          "  helped   You named it: {quote}\n"
	                          "  wonder   What did {name} feel at turn {turn}?\n"
	                          "  advice   Name it.\n"
	                          "  answers  feeling\n"
	                          "  room\n"
	                          "  match    \\bsounds like\\b\n"
	                          "    when   words <= 4 and question\n"
	                          "    unless fine\n"
	                          "    confidence 0.6\n"
	                          "  match    \\byou look\\b\n"
	                          "  unless   \\bgood\\b\n"
	                          "    whole\n"
	                          "  effect   tension -1, trust +2\n"
	                          "  axis     care +3\n"
	                          "  yes      Sad. => You look sad.\n"
	                          "  no\n");
	const struct move *move = move_of(&packs, "label");

	(void)state;
	assert_clean(&packs);
	assert_true(slice_is(move->title, "Emotional labelling"));
	assert_true(slice_is(move->about, "Name the feeling, then stop."));
	assert_true(slice_is(move->source, "NIoT"));
	assert_int_equal(move->say_count, 2);
	assert_true(slice_is(move->says[1].words, "That stung."));
	assert_int_equal(move->says[1].place.line, 7);
	assert_true(slice_is(move->wonder, "What did {name} feel at turn {turn}?"));
	assert_true(slice_is(move->advice, "Name it."));
	assert_int_equal(move->answers, ANSWERS_FEELING);
	assert_true(move->room && !move->quiet && !move->generic);
	assert_int_equal(move->rule_count, 2);
	assert_int_equal(move->rules[0]->when_count, 1);
	assert_int_equal(move->rules[0]->unless_count, 1);
	assert_true(move->rules[0]->confidence > 0.59 && move->rules[0]->confidence < 0.61);
	assert_true(move->rules[1]->confidence > 0.79 && move->rules[1]->confidence < 0.81);
	assert_int_equal(move->rules[1]->match.place.line, 17);
	assert_true(move->unless_count == 1 && move->unless[0].whole);
	assert_false(move->rules[0]->match.whole);
	assert_int_equal(move->effects.change[METER_TRUST], 2);
	assert_int_equal(move->effects.change[METER_TENSION], -1);
	assert_int_equal(move->axes[0].change, 3);
	assert_int_equal(move->test_count, 2);
	assert_true(move->tests[0].wanted && move->tests[0].line_count == 2);
	assert_true(slice_is(move->tests[0].lines[1], "You look sad."));
	drop(&packs);
}

static void test_line_ends_with_the_mentor_and_may_end_in_silence(void **state)
{
	struct packs packs = load("move a\n  title A\n  match a\n"
	                          "  yes\n"
	                          "  yes He left. =>\n"
	                          "  yes => Him? => He left.  => Oh.\n"
	                          "  no  First. => Her. => Last.\n");
	const struct rule_test *tests = move_of(&packs, "a")->tests;

	(void)state;
	assert_int_equal(tests[0].line_count, 1);
	assert_int_equal(tests[0].lines[0].len, 0);
	assert_int_equal(tests[1].line_count, 2);
	assert_int_equal(tests[1].lines[1].len, 0);
	assert_int_equal(packs.diags.errors, 1); /* the ECT's line before “Him?” is empty */
	assert_says(&packs, "a.rules:6:7: error: before this arrow stands the ECT's line");
	assert_int_equal(tests[2].line_count, 3);
	assert_false(tests[2].wanted);
	drop(&packs);
}

static void whole_at_the_move_holds_for_all_its_matches_and_vetoes(void **state)
{
	struct packs packs =
	        load("move a\n  title A\n  whole\n  confidence 0.5\n  match a\n"
	             "    unless b\n  match c\n    confidence 1\n  unless d\n"
	             "move b\n  title B\n  match a\n    whole\n    unless b\n  match c\n"
	             "    unless d\n");
	const struct move *a = move_of(&packs, "a");
	const struct move *b = move_of(&packs, "b");

	(void)state;
	assert_clean(&packs);
	assert_true(a->rules[0]->match.whole && a->rules[1]->match.whole);
	assert_true(a->rules[0]->unless[0].whole && a->unless[0].whole);
	assert_true(a->rules[0]->confidence < 0.51 && a->rules[1]->confidence > 0.99);
	assert_true(b->rules[0]->match.whole && b->rules[0]->unless[0].whole);
	assert_false(b->rules[1]->match.whole || b->rules[1]->unless[0].whole);
	drop(&packs);
}

static void list_is_put_in_longest_first(void **state)
{
	struct packs packs = load("list f  sad  worn out\n  froze?n  mad\n\n  on edge\n"
	                          "move a\n  title A\n  match \\b{f}{2,3}\\b {f}?\n");

	(void)state;
	assert_clean(&packs);
	assert_pattern(&packs, "a", 0,
	               "\\b(?:worn out|froze?n|on edge|sad|mad){2,3}\\b "
	               "(?:worn out|froze?n|on edge|sad|mad)?");
	drop(&packs);
}

static void list_within_a_list_is_sorted_among_its_words(void **state)
{
	struct packs packs = load("list all\n  mid\n  {some}\n  so {some}\n"
	                          "list some\n  longest  x\n"
	                          "move a\n  title A\n  match {all}\n");

	(void)state;
	assert_clean(&packs);
	assert_pattern(&packs, "a", 0, "(?:so (?:longest|x)|longest|mid|x)");
	drop(&packs);
}

static void braces_of_the_pattern_language_are_no_lists(void **state)
{
	static const char pattern[] = "\\p{L}\\P{Lu}\\x{e9}\\o{101}a{2}b{2,}c{2,3}\\{f}[{}]"
	                              "(?<w>a)\\k{w}\\g{w}\\N{U+20}\\Q{f}\\E";
	struct arena arena;
	struct packs packs;

	(void)state;
	arena_init(&arena);
	packs = load(slice_format(&arena, "move a\n  title A\n  match %s\n", pattern).at);
	assert_clean(&packs);
	assert_pattern(&packs, "a", 0, pattern);
	drop(&packs);
	arena_release(&arena);
}

static void place_of_a_byte_is_found_behind_lists(void **state)
{
	struct packs packs = load("list f  sad  mad\nmove a\n  title A\n  match is {f} or {f} x\n");
	const struct pattern *match = &move_of(&packs, "a")->rules[0]->match;
	struct place place;

	(void)state;
	assert_clean(&packs);
	place = pattern_place(match, 1);
	assert_int_equal(place_column(place), 10);
	place = pattern_place(match, slice_find(match->text, SLICE("mad")));
	assert_int_equal(place_column(place), 12);
	assert_int_equal(place.len, 3);
	place = pattern_place(match, slice_find(match->text, SLICE(" or")));
	assert_int_equal(place_column(place), 15);
	place = pattern_place(match, match->text.len - 1);
	assert_int_equal(place_column(place), 23);
	place = pattern_place(match, match->text.len);
	assert_int_equal(place_column(place), 24);
	drop(&packs);
}

static void assert_order(const struct packs *packs, const char *ids)
{
	struct strbuf buf = {0};
	size_t i;

	for (i = 0; i < packs->ruleset->move_count; i++) {
		assert_int_equal(packs->ruleset->moves[i]->index, i);
		strbuf_addf(&buf, "%s%.*s", i ? " " : "", SLICE_ARGS(packs->ruleset->moves[i]->id));
	}
	assert_string_equal(buf.at, ids);
	strbuf_release(&buf);
}

static void moves_come_after_those_they_wait_for_else_in_file_order(void **state)
{
	struct packs packs = empty();
	size_t i;

	(void)state;
	add(&packs, "a.rules", 0,
	    "move z\n  title Z\n  match z\n"
	    "move c\n  title C\n  match c\n  yields a, b\n  needs x\n"
	    "move b\n  title B\n  match b\n  needs a\n  match bb\n"
	    "move a\n  title A\n  match a\n");
	add(&packs, "b.rules", 0, "move x\n  title X\n  match x\n");
	link_packs(&packs);
	assert_clean(&packs);
	assert_order(&packs, "z a b x c");
	assert_int_equal(packs.ruleset->rule_count, 6);
	for (i = 0; i < packs.ruleset->rule_count; i++)
		assert_int_equal(packs.ruleset->rules[i]->index, i);
	assert_ptr_equal(packs.ruleset->rules[2]->move, move_of(&packs, "b"));
	assert_int_equal(move_of(&packs, "c")->yield_count, 2);
	assert_ptr_equal(move_of(&packs, "c")->needs[0], move_of(&packs, "x"));
	drop(&packs);
}

static void count_of_a_move_is_no_dependency(void **state)
{
	struct packs packs = load("move a\n  title A\n  match a\n    when count(b) >= 1\n"
	                          "move b\n  title B\n  match b\n    when count(a) >= 1\n");

	(void)state;
	assert_clean(&packs);
	assert_order(&packs, "a b");
	drop(&packs);
}

static void ring_of_moves_is_named_and_broken(void **state)
{
	struct packs packs = load("move a\n  title A\n  match a\n  yields b\n"
	                          "move b\n  title B\n  match b\n  needs c\n"
	                          "move c\n  title C\n  match c\n  yields a\n");

	(void)state;
	assert_says(&packs, "a.rules:12:10: error: moves wait for each other in a ring: ‘a’ yields "
	                    "‘b’, ‘b’ needs ‘c’, ‘c’ yields ‘a’; take one out");
	assert_int_equal(packs.diags.errors, 1);
	assert_order(&packs, "c b a");
	assert_int_equal(move_of(&packs, "c")->yield_count, 0);
	drop(&packs);
}

static void later_root_replaces_wholly(void **state)
{
	struct packs packs = empty();
	const struct move *move;

	(void)state;
	add(&packs, "shipped.rules", 0,
	    "list f  sad\n"
	    "move a\n  title A\n  match {f}\n  match b\n  effect trust +1\n"
	    "move c\n  title C\n  match {f} c\n  yields a\n"
	    "framework k checklist\n  title K\n  item a\n  item c\n"
	    "meter trust\n  title Trust\n  low l\n  middle m\n  high h\n");
	add(&packs, "school.rules", 1,
	    "list f  glum\n"
	    "move a\n  title Ours\n  match ours\n"
	    "framework k sequence\n  title Ours\n  item c\n"
	    "meter trust\n  title Faith\n  low a\n  middle b\n  high c\n");
	link_packs(&packs);
	assert_clean(&packs);
	assert_int_equal(packs.ruleset->move_count, 2);
	assert_int_equal(packs.ruleset->rule_count, 2);
	move = move_of(&packs, "a");
	assert_true(slice_is(move->title, "Ours"));
	assert_int_equal(move->effects.change[METER_TRUST], 0);
	assert_pattern(&packs, "c", 0, "(?:glum) c");
	assert_ptr_equal(move_of(&packs, "c")->yields[0], move);
	assert_int_equal(packs.ruleset->framework_count, 1);
	assert_int_equal(packs.ruleset->frameworks[0]->kind, FRAMEWORK_SEQUENCE);
	assert_true(slice_is(packs.ruleset->meters[METER_TRUST].title, "Faith"));
	assert_true(slice_is(packs.ruleset->meters[METER_CLARITY].title, "clarity"));
	drop(&packs);
}

static void twice_in_one_root_names_both_places(void **state)
{
	struct packs packs = empty();

	(void)state;
	add(&packs, "a.rules", 0, "move m\n  title M\n  match m\nlist l  x\n");
	add(&packs, "b.rules", 0, "\nmove m\n  title M\n  match n\nlist l  x\n");
	link_packs(&packs);
	assert_says(&packs, "b.rules:2:6: error: move ‘m’ is here already: a.rules:1; rename one");
	assert_says(&packs, "b.rules:5:6: error: list ‘l’ is here already: a.rules:4; rename one");
	assert_int_equal(packs.ruleset->rule_count, 1);
	drop(&packs);
}

static void authority_counts_whatever_comes_first(void **state)
{
	struct packs packs = empty();

	(void)state;
	add(&packs, "school.rules", 1, "move m\n  title Ours\n  match m\n");
	add(&packs, "a.rules", 0, "move m\n  title M\n  match m\n");
	link_packs(&packs);
	assert_clean(&packs);
	assert_true(slice_is(move_of(&packs, "m")->title, "Ours"));
	assert_int_equal(packs.ruleset->move_count, 1);
	drop(&packs);
}

static void frameworks_hold_what_their_kind_holds(void **state)
{
	struct packs packs = load(
	        "move a\n  title Move A\n  match a\nmove b\n  title B\n  match b\n"
	        "framework s sequence\n  title S\n  item b, a\n    title Both\n"
	        "framework g grid\n  title G\n  x challenge\n  y care\n"
	        "  cell rest any low\n  cell best high high\n    title Best\n  turns\n"
	        "framework l ladder\n  title L\n  meter tension\n"
	        "  level one 0\n  level two_three 4\n    needs b\n    also a, b\n    without b\n");
	const struct framework *s = ruleset_framework(packs.ruleset, SLICE("s"));
	const struct framework *g = ruleset_framework(packs.ruleset, SLICE("g"));
	const struct framework *l = ruleset_framework(packs.ruleset, SLICE("l"));

	(void)state;
	assert_clean(&packs);
	assert_int_equal(s->item_count, 1);
	assert_true(slice_is(s->items[0].id, "b"));
	assert_true(slice_is(s->items[0].title, "Both"));
	assert_int_equal(s->items[0].move_count, 2);
	assert_true(slice_is(g->axis_x, "challenge") && slice_is(g->axis_y, "care"));
	assert_true(g->cells[0].x == -1 && g->cells[0].y == 0);
	assert_true(g->cells[1].x == 2 && slice_is(g->cells[1].title, "Best"));
	assert_int_equal(l->meter, METER_TENSION);
	assert_true(l->levels[1].from == 4 && slice_is(l->levels[1].title, "two three"));
	assert_true(l->levels[1].need_count == 1 && l->levels[1].also_count == 2);
	assert_true(l->levels[1].without_count == 1 && !l->levels[0].need_count);
	assert_true(slice_is(l->levels[1].also[1]->id, "b") && g->turns);
	assert_int_equal(l->index, 2);
	drop(&packs);
}

static void without_says_when_also_does_not_hold(void **state)
{
	struct packs packs = load("move a\n  title A\n  match a\n"
	                          "framework l ladder\n  title L\n  meter tension\n"
	                          "  level one 0\n  level two 4\n    without a\n");

	(void)state;
	assert_says(&packs, "a.rules:9:5: error: ‘without’ says when ‘also’ does not hold");
	drop(&packs);
}

static void item_without_a_title_bears_its_first_moves(void **state)
{
	struct packs packs = load("move a\n  title Move A\n  match a\n"
	                          "framework s checklist\n  title S\n  item a\n");

	(void)state;
	assert_true(slice_is(packs.ruleset->frameworks[0]->items[0].title, "Move A"));
	drop(&packs);
}

static int resolve(const struct packs *packs, enum expr_arg arg, const char *id)
{
	return ruleset_resolve(packs->ruleset, arg, slice_of(id), NULL);
}

static void names_resolve_by_what_may_stand_there(void **state)
{
	struct packs packs = load("move a\n  title A\n  match a\nmove b\n  title B\n  match b\n"
	                          "framework g grid\n  title G\n  x p\n  y q\n  cell c low low\n"
	                          "framework s sequence\n  title S\n  item b\n"
	                          "framework k checklist\n  title K\n  item b\n");
	struct nearest nearest;

	(void)state;
	assert_int_equal(resolve(&packs, EXPR_ARG_MOVE, "b"), 1);
	assert_int_equal(resolve(&packs, EXPR_ARG_MOVE, "s"), -1);
	assert_int_equal(resolve(&packs, EXPR_ARG_DONE, "b"), 1);
	assert_int_equal(resolve(&packs, EXPR_ARG_DONE, "s"), 2 + 1);
	assert_int_equal(resolve(&packs, EXPR_ARG_DONE, "k"), 2 + 2);
	assert_int_equal(resolve(&packs, EXPR_ARG_DONE, "g"), -1);
	assert_int_equal(resolve(&packs, EXPR_ARG_SEQUENCE, "s"), 1);
	assert_int_equal(resolve(&packs, EXPR_ARG_SEQUENCE, "k"), -1);
	assert_int_equal(resolve(&packs, EXPR_ARG_TOPIC, "a"), -1);
	nearest_init(&nearest, SLICE("ss"));
	ruleset_resolve(packs.ruleset, EXPR_ARG_SEQUENCE, nearest.word, &nearest);
	assert_true(slice_is(nearest.best, "s"));
	assert_null(ruleset_framework(packs.ruleset, SLICE("a")));
	assert_null(ruleset_move(packs.ruleset, SLICE("g")));
	drop(&packs);
}

static void broken_parts_are_left_out_and_the_rest_stands(void **state)
{
	struct packs packs = load("move a\n  title A\n  match {none}\n  match good\n"
	                          "  match b\n    when nonsense\n"
	                          "move b\n  title B\n  match b\n  unless {none}\n"
	                          "framework k checklist\n  title K\n  item nobody\n  item a\n");

	(void)state;
	assert_int_equal(packs.diags.errors, 4);
	assert_int_equal(packs.ruleset->rule_count, 2);
	assert_pattern(&packs, "a", 0, "good");
	assert_int_equal(move_of(&packs, "b")->rule_count, 0);
	assert_int_equal(packs.ruleset->frameworks[0]->item_count, 1);
	drop(&packs);
}

static void hash_is_that_of_the_texts_in_order(void **state)
{
	struct packs one = load("# a\n");
	struct packs two = empty();
	struct packs three = empty();

	(void)state;
	add(&two, "x", 0, "# a");
	add(&two, "y", 1, "\n");
	link_packs(&two);
	add(&three, "x", 0, "\n");
	add(&three, "y", 0, "# a");
	link_packs(&three);
	assert_true(one.ruleset->hash == two.ruleset->hash);
	assert_true(one.ruleset->hash != three.ruleset->hash);
	drop(&one);
	drop(&two);
	drop(&three);
}

static void nothing_links_to_an_empty_ruleset(void **state)
{
	struct packs packs = empty();

	(void)state;
	link_packs(&packs);
	assert_clean(&packs);
	assert_int_equal(packs.ruleset->move_count, 0);
	assert_null(ruleset_move(packs.ruleset, SLICE("a")));
	assert_true(slice_is(packs.ruleset->meters[METER_TENSION].low, "low"));
	assert_ptr_equal(ruleset_link(packs.builder, &packs.diags), packs.ruleset);
	drop(&packs);
}

/* The two texts around each number below `count`. */
static void many(struct strbuf *buf, unsigned count, const char *before, const char *after)
{
	unsigned i;

	for (i = 0; i < count; i++)
		strbuf_addf(buf, "%s%u%s", before, i, after);
}

static void assert_refuses(struct strbuf *text, const char *words)
{
	struct packs packs = load(text->at);

	assert_says(&packs, words);
	drop(&packs);
	strbuf_release(text);
}

static void limits_are_told_with_their_place(void **state)
{
	struct strbuf buf = {0};

	(void)state;
	many(&buf, LIMIT_MOVES + 2, "move m", "\n  title T\n  match a\n");
	assert_refuses(&buf, "a.rules:1537:6: error: more than 512 moves in all packs together; "
	                     "‘m512’ and those after it are left out");
	many(&buf, LIMIT_FRAMEWORKS + 1, "framework f",
	     " grid\n  title T\n  x a\n  y b\n"
	     "  cell c low low\n");
	assert_refuses(&buf, "more than 64 frameworks in all packs together");
	many(&buf, LIMIT_LISTS + 1, "list l", "  a\n");
	assert_refuses(&buf, "more than 2048 lists in all packs together");
	strbuf_addz(&buf, "move a\n  title A\n  match a\n  yes 0");
	many(&buf, LIMIT_TEST_LINES, " => ", "");
	assert_refuses(&buf, "a.rules:4:3: error: 33 lines in one test; the limit is 32");
}

static void lists_nest_to_the_limit_and_no_deeper(void **state)
{
	struct strbuf buf = {0};
	struct packs packs;
	unsigned i;

	(void)state;
	for (i = 1; i <= LIMIT_LIST_DEPTH; i++)
		strbuf_addf(&buf, "list l%u  {l%u}\n", i - 1, i);
	strbuf_addf(&buf, "list l%u  a\n", i - 1);
	assert_refuses(&buf, "lists within lists more than 8 deep");
	strbuf_addf(&buf, "list l%u  a\n", LIMIT_LIST_DEPTH + 1); /* now innermost first */
	for (i = LIMIT_LIST_DEPTH; i >= 1; i--)
		strbuf_addf(&buf, "list l%u  {l%u}\n", i, i + 1);
	assert_refuses(&buf, "lists within lists more than 8 deep");
	for (i = 2; i <= LIMIT_LIST_DEPTH; i++)
		strbuf_addf(&buf, "list l%u  {l%u}\n", i - 1, i);
	strbuf_addf(&buf, "list l%u  a\n", i - 1);
	packs = load(buf.at);
	assert_clean(&packs);
	drop(&packs);
	strbuf_release(&buf);
}

static void pattern_that_grows_by_its_lists_is_stopped(void **state)
{
	struct strbuf buf = {0};
	unsigned i;

	(void)state;
	strbuf_addz(&buf, "list a  0123456789012345678901234567890123456789\n");
	for (i = 0; i < 6; i++) {
		strbuf_addf(&buf, "list %c  x", 'b' + (int)i);
		many(&buf, 10, "  ", "");
		strbuf_addf(&buf, "{%c}{%c}{%c}{%c}\n", 'a' + (int)i, 'a' + (int)i, 'a' + (int)i,
		            'a' + (int)i);
	}
	strbuf_addz(&buf, "move m\n  title M\n  match {g}{g}{g}{g}{g}{g}{g}{g}{g}{g}\n");
	assert_refuses(&buf, "over 65536 bytes long with its lists put in");
}

static void all_patterns_together_are_bounded(void **state)
{
	struct strbuf buf = {0};
	unsigned i;

	(void)state;
	strbuf_addz(&buf, "list a");
	for (i = 0; i < 60; i++)
		strbuf_addf(&buf, "\n  %01000u", i);
	strbuf_addz(&buf, "\nmove m\n  title M\n");
	for (i = 0; i < 300; i++)
		strbuf_addz(&buf, "  match {a}\n");
	assert_refuses(&buf, "all patterns together, with their lists put in, pass 16777216 bytes");
}

static void too_many_packs_are_told_once(void **state)
{
	struct packs packs = empty();
	unsigned i;

	(void)state;
	for (i = 0; i < LIMIT_PACKS + 3; i++)
		add(&packs, "p.rules", 0, "");
	link_packs(&packs);
	assert_int_equal(packs.diags.errors, 1);
	assert_says(&packs, "p.rules: error: more than 256 packs");
	drop(&packs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(move_keeps_all_that_its_lines_say),
	        cmocka_unit_test(test_line_ends_with_the_mentor_and_may_end_in_silence),
	        cmocka_unit_test(whole_at_the_move_holds_for_all_its_matches_and_vetoes),
	        cmocka_unit_test(list_is_put_in_longest_first),
	        cmocka_unit_test(list_within_a_list_is_sorted_among_its_words),
	        cmocka_unit_test(braces_of_the_pattern_language_are_no_lists),
	        cmocka_unit_test(place_of_a_byte_is_found_behind_lists),
	        cmocka_unit_test(moves_come_after_those_they_wait_for_else_in_file_order),
	        cmocka_unit_test(count_of_a_move_is_no_dependency),
	        cmocka_unit_test(ring_of_moves_is_named_and_broken),
	        cmocka_unit_test(later_root_replaces_wholly),
	        cmocka_unit_test(twice_in_one_root_names_both_places),
	        cmocka_unit_test(authority_counts_whatever_comes_first),
	        cmocka_unit_test(frameworks_hold_what_their_kind_holds),
	        cmocka_unit_test(without_says_when_also_does_not_hold),
	        cmocka_unit_test(item_without_a_title_bears_its_first_moves),
	        cmocka_unit_test(names_resolve_by_what_may_stand_there),
	        cmocka_unit_test(broken_parts_are_left_out_and_the_rest_stands),
	        cmocka_unit_test(hash_is_that_of_the_texts_in_order),
	        cmocka_unit_test(nothing_links_to_an_empty_ruleset),
	        cmocka_unit_test(limits_are_told_with_their_place),
	        cmocka_unit_test(lists_nest_to_the_limit_and_no_deeper),
	        cmocka_unit_test(pattern_that_grows_by_its_lists_is_stopped),
	        cmocka_unit_test(all_patterns_together_are_bounded),
	        cmocka_unit_test(too_many_packs_are_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
