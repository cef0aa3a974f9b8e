/* test_drill.c: which prompt comes next, what an answer is judged to be, what a round comes to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/drill.h"
#include "engine/trial.h"

static const char pack[] =
        "move ask\n  title Ask\n  match ^how\n"
        "move back\n  title Back\n  match ^(?:quiet|loud|wide)$\n    when echo > 0\n"
        "move soft\n  title Soft\n  yields ask, blunt\n  match soft\n"
        "move wait\n  title Wait\n  match ^$\n"
        "move later\n  title Later\n  match ^late$\n    when turn >= 2\n"
        "move wide\n  title Wide\n  match ^wide$\n"
        "move blunt\n  title Blunt\n  instead ask\n  match you are\n";

static const char text[] = "deck Test\n"
                           "coach ask\n"
                           "  task Ask {name}.\n"
                           "  heard blunt\n"
                           "    Too blunt for {name}.\n"
                           "  otherwise\n"
                           "    No question.\n"
                           "coach back\n  task Back.\n  heard wide\n    Wide.\n"
                           "prompt a1\n  who Ada, maths\n  Ada: Quiet.\n"
                           "  ask ask\n    say How?\n  ask back\n    say quiet\n"
                           "  ask soft\n    say How soft?\n    no You are soft.\n"
                           "  ask later\n    say late\n"
                           "prompt a2\n  who Bea, maths\n  Bea: Quiet.\n"
                           "  ask ask\n    say How?\n  ask back\n    say quiet\n"
                           "prompt a3\n  who Cat, maths\n  Cat: Quiet.\n"
                           "  ask ask\n    say How?\n  ask wait\n    say\n"
                           "prompt a4\n  who Dot, maths\n  Dot: Quiet.\n"
                           "  ask ask\n    say How?\n  ask back\n    say quiet\n";

struct world {
	struct ruleset_builder *builder;
	const struct ruleset *ruleset;
	struct diags diags;
	struct detector *detector;
	struct deck_file *file;
	const struct deck *decks[1];
	struct drill_setup setup;
	struct arena arena;
};

static int enter(void **state)
{
	struct world *w = mem_alloc(sizeof(*w));

	w->builder = ruleset_builder_new();
	ruleset_add(w->builder, SLICE("test.rules"), slice_of(pack), 0, &w->diags);
	w->ruleset = ruleset_link(w->builder, &w->diags);
	w->detector = detector_new(w->ruleset, &w->diags);
	w->file =
	        deck_load(SLICE("test"), SLICE("test.deck"), slice_of(text), w->ruleset, &w->diags);
	assert_int_equal(w->diags.errors, 0);
	w->decks[0] = deck_of(w->file);
	w->setup = (struct drill_setup){
	        .detector = w->detector, .decks = w->decks, .deck_count = 1, .count = 5, .seed = 1};
	*state = w;
	return 0;
}

static int leave(void **state)
{
	struct world *w = *state;

	deck_free(w->file);
	detector_free(w->detector);
	ruleset_builder_free(w->builder);
	diags_release(&w->diags);
	arena_release(&w->arena);
	free(w);
	return 0;
}

static const struct move *move(const struct world *w, const char *id)
{
	return ruleset_move(w->ruleset, slice_of(id));
}

/* The moves asked for, in order, by the first letters of their ids; each answered with `said`. */
static const char *round_of(struct world *w, const char *said)
{
	struct drill *drill = drill_new(&w->setup);
	const struct drill_item *item;
	struct strbuf order = {0};
	struct drill_verdict verdict;
	const char *copy;

	while ((item = drill_next(drill))) {
		strbuf_addc(&order, item->ask->move->id.at[0]);
		do
			drill_answer(drill, slice_of(said), 1, &w->arena, &verdict);
		while (!verdict.over);
	}
	copy = slice_copy(&w->arena, strbuf_slice(&order)).at;
	strbuf_release(&order);
	drill_free(drill);
	return copy;
}

static void moves_are_mixed_and_none_comes_twice_running(void **state)
{
	struct world *w = *state;
	const char *order = round_of(w, "how");
	size_t i;

	assert_int_equal(strlen(order), 5);
	for (i = 1; order[i]; i++)
		assert_int_not_equal(order[i], order[i - 1]);
	assert_string_equal(order, round_of(w, "how"));
}

static void a_weak_move_comes_first_and_more_often(void **state)
{
	struct world *w = *state;
	double weakness[8] = {0.1, 0.1, 0.1, 0.1, 0.1};
	const char *order;
	size_t backs = 0;
	size_t i;

	weakness[move(w, "back")->index] = 0.9;
	w->setup.weakness = weakness;
	order = round_of(w, "how");
	assert_int_equal(order[0], 'b');
	for (i = 0; order[i]; i++)
		backs += order[i] == 'b';
	assert_true(backs >= 2);
}

static void blocks_keep_a_move_together(void **state)
{
	struct world *w = *state;
	double weakness[8] = {0.1, 0.1, 0.1, 0.1, 0.1};

	weakness[move(w, "back")->index] = 0.9;
	weakness[move(w, "ask")->index] = 0.5;
	w->setup.weakness = weakness;
	w->setup.blocks = true;
	w->setup.count = 6;
	assert_string_equal(round_of(w, "how"), "bbbaaa");
}

static void a_round_ends_with_what_there_is(void **state)
{
	struct world *w = *state;
	struct drill *drill;
	bool wanted[8] = {0};

	wanted[move(w, "wait")->index] = true;
	w->setup.wanted = wanted;
	drill = drill_new(&w->setup);
	assert_int_equal(drill_length(drill), 1);
	assert_non_null(drill_next(drill));
	assert_null(drill_next(drill));
	drill_free(drill);
}

static void the_prompt_practised_longest_ago_comes_first(void **state)
{
	struct world *w = *state;
	struct drill *drill;
	struct drill_item *items;
	bool wanted[8] = {0};
	size_t count;
	size_t i;

	wanted[move(w, "ask")->index] = true;
	w->setup.wanted = wanted;
	drill = drill_new(&w->setup);
	items = drill_items(drill, &count);
	assert_int_equal(count, 4);
	for (i = 0; i < count; i++)
		items[i].practised = slice_is(items[i].prompt->id, "a3") ? 1 : 2;
	assert_true(slice_is(drill_next(drill)->prompt->id, "a3"));
	drill_free(drill);
}

static void begin(struct world *w, struct drill **drill, const char *id)
{
	static bool wanted[8];

	memset(wanted, 0, sizeof(wanted));
	wanted[move(w, id)->index] = true;
	w->setup.wanted = wanted;
	*drill = drill_new(&w->setup);
	assert_non_null(drill_next(*drill));
}

static void a_hit_is_quoted_and_what_spoils_it_named(void **state)
{
	struct world *w = *state;
	struct drill_verdict verdict;
	struct drill *drill;

	begin(w, &drill, "ask");
	drill_answer(drill, SLICE("How was that? You are late."), 1, &w->arena, &verdict);
	assert_true(verdict.hit && verdict.over);
	assert_true(slice_is(verdict.quote, "How was that?"));
	assert_ptr_equal(verdict.beside->move, move(w, "blunt"));
	drill_free(drill);
}

static void a_miss_says_what_it_was_and_the_second_shows_a_good_version(void **state)
{
	struct world *w = *state;
	struct drill_verdict verdict;
	struct drill *drill;
	struct strbuf wanted = {0};
	const struct drill_item *item;
	size_t count;

	begin(w, &drill, "ask");
	item = drill_items(drill, &count);
	while (!item->used)
		item++;
	strbuf_addf(&wanted, "Too blunt for %.*s.", SLICE_ARGS(item->prompt->name));
	drill_answer(drill, SLICE("you are late"), 1, &w->arena, &verdict);
	assert_false(verdict.hit || verdict.over);
	assert_null(verdict.better);
	assert_ptr_equal(verdict.instead->move, move(w, "blunt"));
	assert_true(slice_eq(verdict.words, strbuf_slice(&wanted)));
	drill_answer(drill, SLICE("so"), 1, &w->arena, &verdict);
	assert_true(slice_is(verdict.words, "No question."));
	assert_false(verdict.same);
	assert_true(verdict.over);
	assert_true(slice_is(verdict.better->words, "How?"));
	strbuf_release(&wanted);
	drill_free(drill);
}

static void an_answer_is_heard_after_the_line_and_in_the_middle_of_a_talk(void **state)
{
	struct world *w = *state;
	struct drill_verdict verdict;
	struct drill *drill;

	begin(w, &drill, "back");
	drill_answer(drill, SLICE("quiet"), 1, &w->arena, &verdict);
	assert_true(verdict.hit);
	drill_free(drill);
	begin(w, &drill, "later");
	drill_answer(drill, SLICE("late"), 1, &w->arena, &verdict);
	assert_true(verdict.hit);
	drill_free(drill);
}

static void a_move_asked_for_gives_way_to_none_that_helps(void **state)
{
	struct world *w = *state;
	struct drill_verdict verdict;
	struct drill *drill;

	begin(w, &drill, "soft");
	drill_answer(drill, SLICE("you are soft"), 1, &w->arena, &verdict);
	assert_false(verdict.hit);
	drill_answer(drill, SLICE("how soft"), 1, &w->arena, &verdict);
	assert_true(verdict.hit);
	assert_true(slice_is(verdict.quote, "how soft"));
	drill_free(drill);
}

static void the_form_without_her_words_is_close(void **state)
{
	struct world *w = *state;
	struct drill_verdict verdict;
	struct drill *drill;

	begin(w, &drill, "back");
	drill_answer(drill, SLICE("loud"), 1, &w->arena, &verdict);
	assert_true(verdict.close && !verdict.hit);
	drill_answer(drill, SLICE("wide"), 1, &w->arena, &verdict);
	assert_false(verdict.close);
	assert_true(slice_is(verdict.words, "Wide."));
	drill_free(drill);
}

static void late_is_right_but_not_at_once(void **state)
{
	struct world *w = *state;
	struct drill_verdict verdict;
	struct drill_summary sum;
	struct drill *drill;

	w->setup.limit = 30;
	begin(w, &drill, "ask");
	drill_answer(drill, SLICE("how"), 31, &w->arena, &verdict);
	assert_true(verdict.hit && verdict.late);
	assert_non_null(drill_next(drill));
	drill_answer(drill, SLICE("how"), 30, &w->arena, &verdict);
	assert_false(verdict.late);
	drill_sum(drill, &w->arena, &sum);
	assert_int_equal(sum.asked, 2);
	assert_int_equal(sum.at_once, 1);
	assert_int_equal(sum.hit, 2);
	assert_true(sum.seconds == 61);
	drill_free(drill);
}

static void the_mentor_may_say_that_it_was_the_move(void **state)
{
	struct world *w = *state;
	struct drill_verdict verdict;
	struct drill_summary sum;
	struct drill *drill;
	bool over;

	begin(w, &drill, "ask");
	assert_false(drill_accept(drill, &over));
	drill_answer(drill, SLICE("so"), 1, &w->arena, &verdict);
	assert_true(drill_accept(drill, &over));
	assert_true(over);
	assert_false(drill_accept(drill, &over));
	drill_sum(drill, &w->arena, &sum);
	assert_int_equal(sum.at_once, 1);
	drill_free(drill);
}

static void the_summary_carries_what_was_weakest(void **state)
{
	struct world *w = *state;
	struct drill_verdict verdict;
	struct drill_summary sum;
	struct drill *drill = drill_new(&w->setup);
	const struct drill_item *item;

	drill_sum(drill, &w->arena, &sum);
	assert_int_equal(sum.asked, 0);
	assert_null(sum.carry);
	while ((item = drill_next(drill))) {
		struct slice said = item->ask->says[0].words;

		if (slice_is(item->ask->move->id, "back"))
			drill_skip(drill);
		else
			drill_answer(drill, said, 1, &w->arena, &verdict);
	}
	drill_sum(drill, &w->arena, &sum);
	assert_int_equal(sum.asked, 5);
	assert_ptr_equal(sum.carry->move, move(w, "back"));
	assert_ptr_equal(sum.tallies[sum.count - 1].move, move(w, "back"));
	assert_int_equal(sum.carry->hit, 0);
	drill_free(drill);
}

static void weakness_is_laplaces(void **state)
{
	(void)state;
	assert_true(drill_weakness(0, 0) == 0.5);
	assert_true(drill_weakness(2, 0) == 0.75);
	assert_true(drill_weakness(8, 8) == 0.1);
}

static void a_good_deck_passes_its_trial(void **state)
{
	struct world *w = *state;
	struct diags diags = {0};

	assert_int_equal(trial_deck(w->decks[0], w->detector, &diags), 11);
	assert_int_equal(diags.errors, 0);
	diags_release(&diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
	        TEST(moves_are_mixed_and_none_comes_twice_running),
	        TEST(a_weak_move_comes_first_and_more_often),
	        TEST(blocks_keep_a_move_together),
	        TEST(a_round_ends_with_what_there_is),
	        TEST(the_prompt_practised_longest_ago_comes_first),
	        TEST(a_hit_is_quoted_and_what_spoils_it_named),
	        TEST(a_miss_says_what_it_was_and_the_second_shows_a_good_version),
	        TEST(an_answer_is_heard_after_the_line_and_in_the_middle_of_a_talk),
	        TEST(a_move_asked_for_gives_way_to_none_that_helps),
	        TEST(the_form_without_her_words_is_close),
	        TEST(late_is_right_but_not_at_once),
	        TEST(the_mentor_may_say_that_it_was_the_move),
	        TEST(the_summary_carries_what_was_weakest),
	        TEST(weakness_is_laplaces),
	        TEST(a_good_deck_passes_its_trial),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
