/* test_score.c: what a conversation adds up to, by turns made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/score.h"

enum { OPEN, CLOSED, PROBE, PAUSE, ACTION, IMPACT, OUTCOME, LABEL, JUDGE, YES, MOVES };

static const struct axis judge_axes[] = {{{"care", 4}, -2}, {{"challenge", 9}, 1}};
static const struct axis label_axes[] = {{{"care", 4}, 2}};
static const struct axis action_axes[] = {{{"challenge", 9}, 2}};

#define ID(text) .id = {text, sizeof(text) - 1}
static const struct move moves[MOVES] = {
        [OPEN] = {.index = OPEN, ID("open_question")},
        [CLOSED] = {.index = CLOSED, ID("closed_question")},
        [PROBE] = {.index = PROBE, ID("probe")},
        [PAUSE] = {.index = PAUSE, ID("pause")},
        [ACTION] = {.index = ACTION, ID("action"), .axes = action_axes, .axis_count = 1},
        [IMPACT] = {.index = IMPACT, ID("impact")},
        [OUTCOME] = {.index = OUTCOME, ID("desired_outcome")},
        [LABEL] = {.index = LABEL, ID("emotional_label"), .axes = label_axes, .axis_count = 1},
        [JUDGE] = {.index = JUDGE, ID("judgement"), .axes = judge_axes, .axis_count = 2},
        [YES] = {.index = YES, ID("yes"), .quiet = true},
};

static const struct move *const open_moves[] = {&moves[OPEN]};
static const struct move *const pause_moves[] = {&moves[PAUSE]};
static const struct move *const yes_moves[] = {&moves[YES]};
static const struct move *const action_moves[] = {&moves[ACTION]};
static const struct move *const impact_moves[] = {&moves[IMPACT]};
static const struct move *const outcome_moves[] = {&moves[OUTCOME]};

static const struct framework_item listening_items[] = {
        {ID("open_question"), .moves = open_moves, .move_count = 1},
        {ID("pause"), .moves = pause_moves, .move_count = 1},
        {ID("yes"), .moves = yes_moves, .move_count = 1}};
static const struct framework_item aid_items[] = {
        {ID("action"), .moves = action_moves, .move_count = 1},
        {ID("impact"), .moves = impact_moves, .move_count = 1},
        {ID("desired_outcome"), .moves = outcome_moves, .move_count = 1}};
static const struct grid_cell candour_cells[] = {{ID("radical_candour"), .x = 2, .y = 2},
                                                 {ID("ruinous_empathy"), .x = 2, .y = 0},
                                                 {ID("obnoxious_aggression"), .x = 0, .y = 2},
                                                 {ID("manipulative_insincerity"), .x = 0, .y = 0}};
static const struct ladder_level glasl_levels[] = {
        {ID("win_win"), .from = 0}, {ID("win_lose"), .from = 5}, {ID("lose_lose"), .from = 8}};

static const struct framework listening = {
        .kind = FRAMEWORK_CHECKLIST, ID("listening"), .items = listening_items, .item_count = 3};
static const struct framework aid = {
        .index = 1, .kind = FRAMEWORK_SEQUENCE, ID("aid"), .items = aid_items, .item_count = 3};
static const struct framework candour = {.index = 2,
                                         .kind = FRAMEWORK_GRID,
                                         ID("candour"),
                                         .axis_x = {"care", 4},
                                         .axis_y = {"challenge", 9},
                                         .cells = candour_cells,
                                         .cell_count = 4};
static const struct framework glasl = {.index = 3,
                                       .kind = FRAMEWORK_LADDER,
                                       ID("glasl"),
                                       .meter = METER_TENSION,
                                       .levels = glasl_levels,
                                       .level_count = 3};

enum { LISTENING, AID, CANDOUR, GLASL, FRAMEWORKS };

/* A conversation made by hand. */
struct talk {
	struct arena arena;
	struct score_turn turns[40];
	size_t count;
	struct ruleset ruleset;
	struct score score;
};

static int by_id(const void *left, const void *right)
{
	const struct move *const *a = left;
	const struct move *const *b = right;

	return slice_compare((*a)->id, (*b)->id);
}

static void talk_begin(struct talk *talk)
{
	const struct move **all;
	const struct framework **frameworks;

	*talk = (struct talk){0};
	arena_init(&talk->arena);
	all = ARENA_ARRAY(&talk->arena, const struct move *, MOVES);
	for (size_t i = 0; i < MOVES; i++)
		all[i] = &moves[i];
	frameworks = ARENA_ARRAY(&talk->arena, const struct framework *, FRAMEWORKS);
	frameworks[LISTENING] = &listening;
	frameworks[AID] = &aid;
	frameworks[CANDOUR] = &candour;
	frameworks[GLASL] = &glasl;
	qsort(all, MOVES, sizeof(*all), by_id);
	talk->ruleset = (struct ruleset){.moves = all,
	                                 .moves_by_id = all,
	                                 .move_count = MOVES,
	                                 .frameworks = frameworks,
	                                 .framework_count = FRAMEWORKS};
}

static struct score_turn *say(struct talk *talk, const char *ect, const char *mentor)
{
	struct score_turn *turn = &talk->turns[talk->count++];
	struct detections *heard = ARENA_NEW(&talk->arena, struct detections);

	heard->items = ARENA_ARRAY(&talk->arena, struct detection, 20);
	*turn = (struct score_turn){.number = (uint32_t)talk->count,
	                            .mentor = slice_of(mentor),
	                            .ect_before = slice_of(ect),
	                            .heard = heard,
	                            .struck = ARENA_ARRAY(&talk->arena, bool, 20)};
	if (talk->count > 1)
		turn[-1].ect_after = turn->ect_before;
	return turn;
}

static void hear(struct score_turn *turn, int move, const char *words, double confidence)
{
	struct detections *heard = (struct detections *)turn->heard;
	size_t at = slice_find(turn->mentor, slice_of(words));

	assert_true(at < turn->mentor.len || turn->mentor.len == 0);
	heard->items[heard->count] =
	        (struct detection){.move = &moves[move],
	                           .where = {(uint32_t)at, (uint32_t)(at + strlen(words))},
	                           .confidence = confidence,
	                           .clause = (uint32_t)heard->count};
	heard->count++;
}

static const struct framework_score *score_of(struct talk *talk, int framework)
{
	score_turns(&talk->ruleset, talk->turns, talk->count, 5, &talk->arena, &talk->score);
	return &talk->score.frameworks[framework];
}

static void talk_end(struct talk *talk)
{
	arena_release(&talk->arena);
}

/* One turn a quote: her line before, the mentor's words, the move they make. */
struct said {
	const char *ect, *mentor;
	int move;
};

static void say_all(struct talk *talk, const struct said *said, size_t count)
{
	talk_begin(talk);
	for (size_t i = 0; i < count; i++) {
		struct score_turn *turn = say(talk, said[i].ect, said[i].mentor);

		if (said[i].move >= 0)
			hear(turn, said[i].move, said[i].mentor, 0.8);
	}
}
#define SAY_ALL(talk, said) say_all(talk, said, sizeof(said) / sizeof(*(said)))

static void checklist_counts_items_with_their_quotes(void **state)
{
	struct talk talk;
	const struct framework_score *score;
	struct score_turn *turn;

	(void)state;
	talk_begin(&talk);
	turn = say(&talk, "Hi.", "How did it feel? And what next?");
	hear(turn, OPEN, "How did it feel?", 0.9);
	hear(turn, OPEN, "And what next?", 0.7);
	score = score_of(&talk, LISTENING);
	assert_int_equal(score->filled, 1);
	assert_false(score->complete);
	assert_int_equal(score->items[0].quote_count, 2);
	assert_int_equal(score->items[0].quotes[1].turn, 1);
	assert_true(slice_is(score->items[0].quotes[1].text, "And what next?"));
	talk_end(&talk);
}

static void words_before_a_colon_bring_the_sentence_behind_it(void **state)
{
	static const struct {
		const char *said, *heard, *quoted;
	} cases[] = {{"So, to sum up: three hands. Right?",
	              "So, to sum up:", "So, to sum up: three hands."},
	             {"To sum up: three hands", "To sum up:", "To sum up: three hands"},
	             {"To sum up:", "To sum up:", "To sum up:"},
	             {"Three: hands. Why?", "Why?", "Why?"}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct talk talk;
		const struct framework_score *score;

		talk_begin(&talk);
		hear(say(&talk, "Hi.", cases[i].said), OPEN, cases[i].heard, 0.9);
		score = score_of(&talk, LISTENING);
		assert_true(slice_is(score->items[0].quotes[0].text, cases[i].quoted));
		talk_end(&talk);
	}
}

static void checklist_is_complete_without_what_is_optional(void **state)
{
	static const struct framework_item items[] = {
	        {ID("open_question"), .moves = open_moves, .move_count = 1},
	        {ID("pause"), .moves = pause_moves, .move_count = 1, .optional = true}};
	static const struct framework brief = {
	        .kind = FRAMEWORK_CHECKLIST, ID("brief"), .items = items, .item_count = 2};
	static const struct framework *const frameworks[] = {&brief};
	struct talk talk;
	struct score_turn *turn;

	(void)state;
	talk_begin(&talk);
	talk.ruleset.frameworks = frameworks;
	talk.ruleset.framework_count = 1;
	turn = say(&talk, "Hi.", "");
	hear(turn, PAUSE, "", 0.9);
	assert_false(score_of(&talk, 0)->complete);
	turn = say(&talk, "Hm.", "How did it feel?");
	hear(turn, OPEN, "How did it feel?", 0.9);
	assert_true(score_of(&talk, 0)->complete);
	talk.turns[0].struck = (const bool[]){true};
	assert_true(score_of(&talk, 0)->complete);
	assert_int_equal(talk.score.frameworks[0].filled, 1);
	talk_end(&talk);
}

static void struck_detections_and_acts_count_nowhere(void **state)
{
	struct talk talk;
	const struct framework_score *score;
	struct score_turn *turn;

	(void)state;
	talk_begin(&talk);
	turn = say(&talk, "Hi.", "Yes. How did it feel?");
	hear(turn, YES, "Yes.", 0.9);
	hear(turn, OPEN, "How did it feel?", 0.9);
	hear(turn, LABEL, "How did it feel?", 0.9);
	((bool *)turn->struck)[1] = true;
	((bool *)turn->struck)[2] = true;
	score = score_of(&talk, LISTENING);
	assert_int_equal(score->filled, 0);
	assert_int_equal(talk.score.measures.open_questions, 0);
	assert_null(talk.score.frameworks[CANDOUR].cell);
	talk_end(&talk);
}

static void aid_over_three_turns_on_one_thing_is_complete(void **state)
{
	static const struct said said[] = {
	        {"Hi. Is this about Monday?", "Three pupils gave 11 of the 14 answers.", ACTION},
	        {"It's the same hands every time.", "That means the rest have stopped thinking.",
	         IMPACT},
	        {"I know. I do know.",
	         "What if on Thursday you ask the question, wait, then name someone?", OUTCOME}};
	struct talk talk;
	const struct framework_score *score;

	(void)state;
	SAY_ALL(&talk, said);
	score = score_of(&talk, AID);
	assert_true(score->complete);
	assert_true(score->in_order);
	talk_end(&talk);
}

static void aid_in_one_breath_is_complete(void **state)
{
	struct talk talk;
	struct score_turn *turn;

	(void)state;
	talk_begin(&talk);
	turn = say(&talk, "Hi.",
	           "I noticed three pupils gave 11 of the 14 answers. The rest stopped thinking. "
	           "Next time, say the question first, wait, then a name.");
	hear(turn, ACTION, "I noticed three pupils gave 11 of the 14 answers.", 0.8);
	hear(turn, IMPACT, "The rest stopped thinking.", 0.8);
	hear(turn, OUTCOME, "Next time, say the question first, wait, then a name.", 0.8);
	assert_true(score_of(&talk, AID)->complete);
	talk_end(&talk);
}

static void three_parts_about_three_things_are_no_aid(void **state)
{
	static const struct said said[] = {
	        {"Hi.", "I noticed three pupils answered everything.", ACTION},
	        {"Mm.", "Your reports were in late, the office had to chase them.", IMPACT},
	        {"Okay.", "Next week put the marking codes on the board.", OUTCOME}};
	struct talk talk;
	const struct framework_score *score;

	(void)state;
	SAY_ALL(&talk, said);
	score = score_of(&talk, AID);
	assert_int_equal(score->filled, 3);
	assert_false(score->complete);
	assert_false(score->in_order);
	talk_end(&talk);
}

static void three_things_in_one_breath_are_no_aid(void **state)
{
	struct talk talk;
	struct score_turn *turn;

	(void)state;
	talk_begin(&talk);
	turn = say(
	        &talk, "Hi.",
	        "You were late to briefing on Tuesday. The noise in period 3 stopped them working. "
	        "Next time, use a slide with the date.");
	hear(turn, ACTION, "You were late to briefing on Tuesday.", 0.8);
	hear(turn, IMPACT, "The noise in period 3 stopped them working.", 0.8);
	hear(turn, OUTCOME, "Next time, use a slide with the date.", 0.8);
	assert_false(score_of(&talk, AID)->complete);
	talk_end(&talk);
}

static void words_that_open_a_new_point_part_the_issue(void **state)
{
	static const struct said said[] = {
	        {"Hi.", "You gave the instruction while they were moving.", ACTION},
	        {"Mm.", "That meant half of them missed the instruction.", IMPACT},
	        {"Okay.", "Another thing. Put the title on the board.", OUTCOME}};
	struct talk talk;

	(void)state;
	SAY_ALL(&talk, said);
	assert_false(score_of(&talk, AID)->complete);
	talk_end(&talk);
}

static void one_issue_may_be_taken_up_again_later(void **state)
{
	static const struct said said[] = {
	        {"Hi.", "You moved the tables before the instructions.", ACTION},
	        {"Mm.", "How was your weekend?", -1},
	        {"Fine.", "And the car?", -1},
	        {"Fixed.", "Good.", -1},
	        {"Yes.", "Lunch was nice.", -1},
	        {"It was.", "The tables cost you six of the instructions.", IMPACT},
	        {"Six?", "So say the instructions before a table moves.", OUTCOME}};
	struct talk talk;

	(void)state;
	SAY_ALL(&talk, said);
	assert_true(score_of(&talk, AID)->complete);
	talk_end(&talk);
}

static void order_is_that_of_the_issue_not_of_the_first_keyword(void **state)
{
	static const struct said said[] = {
	        {"Hi.", "Put the marking codes on the board.", OUTCOME},
	        {"Okay.", "Moving on. You moved the tables before the instructions.", ACTION},
	        {"Mm.", "That meant they missed the instructions.", IMPACT},
	        {"I see.", "Say the instructions before a table moves.", OUTCOME}};
	struct talk talk;
	const struct framework_score *score;

	(void)state;
	SAY_ALL(&talk, said);
	score = score_of(&talk, AID);
	assert_true(score->complete);
	assert_true(score->in_order);
	assert_int_equal(score->items[2].quotes[0].turn, 4);
	assert_int_equal(score->items[2].quotes[1].turn, 1);
	talk_end(&talk);
}

static void parts_in_another_order_are_complete_but_not_in_order(void **state)
{
	static const struct said said[] = {
	        {"Hi.", "Say the instructions before a table moves.", OUTCOME},
	        {"Why?", "You moved the tables before the instructions.", ACTION},
	        {"Mm.", "That meant they missed the instructions.", IMPACT}};
	struct talk talk;
	const struct framework_score *score;

	(void)state;
	SAY_ALL(&talk, said);
	score = score_of(&talk, AID);
	assert_true(score->complete);
	assert_false(score->in_order);
	talk_end(&talk);
}

static void a_topic_of_the_scenario_in_common_is_one_issue(void **state)
{
	static const struct said said[] = {{"Hi.", "The same three hands went up.", ACTION},
	                                   {"Mm.", "Mr Hill's rows hide everybody else.", IMPACT},
	                                   {"Well.", "Mm.", -1},
	                                   {"Right.", "Mm.", -1},
	                                   {"Yes.", "Mm.", -1},
	                                   {"Okay.", "Cold calling on Thursday, then.", OUTCOME}};
	struct talk talk;

	(void)state;
	SAY_ALL(&talk, said);
	assert_false(score_of(&talk, AID)->complete);
	for (size_t i = 0; i < 6; i++)
		talk.turns[i].topics = 1;
	assert_true(score_of(&talk, AID)->complete);
	talk_end(&talk);
}

static void grid_weighs_each_move_once_an_utterance(void **state)
{
	struct talk talk;
	const struct framework_score *score;
	struct score_turn *turn;

	(void)state;
	talk_begin(&talk);
	turn = say(&talk, "Hi.", "Sounds hard. Sounds tiring.");
	hear(turn, LABEL, "Sounds hard.", 0.5);
	hear(turn, LABEL, "Sounds tiring.", 1.0);
	say(&talk, "Mm.", "Go on.");
	score = score_of(&talk, CANDOUR);
	assert_true(score->x > 0.99 && score->x < 1.01);
	assert_true(score->y < 0.01);
	assert_int_equal(score->quote_count, 1);
	assert_true(slice_is(score->quotes[0].text, "Sounds tiring."));
	assert_true(slice_is(score->cell->id, "ruinous_empathy"));
	talk_end(&talk);
}

static void grid_names_where_the_mentor_mostly_is(void **state)
{
	static const struct said harsh[] = {{"Hi.", "You are lazy.", JUDGE},
	                                    {"Oh.", "You are slow.", JUDGE}};
	static const struct said fair[] = {{"Hi.", "That sounds draining.", LABEL},
	                                   {"Yes.", "You asked nine questions.", ACTION}};
	struct talk talk;

	(void)state;
	SAY_ALL(&talk, harsh);
	assert_true(slice_is(score_of(&talk, CANDOUR)->cell->id, "obnoxious_aggression"));
	talk_end(&talk);
	SAY_ALL(&talk, fair);
	assert_true(slice_is(score_of(&talk, CANDOUR)->cell->id, "radical_candour"));
	talk_end(&talk);
}

static void ladder_tells_peak_and_end(void **state)
{
	static const struct said said[] = {
	        {"Hi.", "One.", -1}, {"Hi.", "Two.", -1}, {"Hi.", "Three.", -1}};
	static const int meters[3][METERS] = {{5, 4, 2, 2}, {4, 8, 2, 2}, {5, 6, 2, 2}};
	struct talk talk;
	const struct framework_score *score;

	(void)state;
	SAY_ALL(&talk, said);
	assert_null(score_of(&talk, GLASL)->peak);
	for (size_t i = 0; i < 3; i++)
		talk.turns[i].meters = meters[i];
	score = score_of(&talk, GLASL);
	assert_true(slice_is(score->peak->id, "lose_lose"));
	assert_int_equal(score->peak_turn, 2);
	assert_true(slice_is(score->end->id, "win_lose"));
	talk_end(&talk);
}

static void measures_count_speech_and_not_stage_directions(void **state)
{
	struct talk talk;
	struct score_turn *turn;
	const struct measures *measures = &talk.score.measures;

	(void)state;
	talk_begin(&talk);
	turn = say(&talk, "(looks at the clock and then at you for a long while) Hi there.",
	           "(nods) How did it go?");
	hear(turn, OPEN, "How did it go?", 0.9);
	turn->told = true;
	turn = say(&talk, "Fine.", "");
	hear(turn, PAUSE, "", 0.9);
	turn->cue_before = true;
	turn->cue_met = true;
	turn->ect_after = SLICE("Not fine.");
	score_of(&talk, LISTENING);
	assert_int_equal(measures->mentor_words, 4);
	assert_int_equal(measures->ect_words, 5);
	assert_true(measures->talk_share > 0.44 && measures->talk_share < 0.45);
	assert_int_equal(measures->turns, 2);
	assert_int_equal(measures->pauses, 1);
	assert_int_equal(measures->cues_shown, 1);
	assert_int_equal(measures->cues_met, 1);
	assert_int_equal(measures->tells_told, 1);
	assert_int_equal(measures->tells_held, 4);
	talk_end(&talk);
}

static void a_question_counts_once_whatever_it_is_called(void **state)
{
	struct talk talk;
	struct score_turn *turn;

	(void)state;
	talk_begin(&talk);
	turn = say(&talk, "Hi.", "What did you want them to know? Did they?");
	hear(turn, OPEN, "What did you want them to know?", 0.9);
	hear(turn, PROBE, "What did you want them to know?", 0.9);
	((struct detection *)turn->heard->items)[1].clause = 0;
	hear(turn, CLOSED, "Did they?", 0.9);
	score_of(&talk, LISTENING);
	assert_int_equal(talk.score.measures.open_questions, 1);
	assert_int_equal(talk.score.measures.closed_questions, 1);
	talk_end(&talk);
}

static void an_empty_conversation_claims_nothing(void **state)
{
	struct talk talk;

	(void)state;
	talk_begin(&talk);
	score_of(&talk, AID);
	assert_int_equal(talk.score.frameworks[LISTENING].filled, 0);
	assert_false(talk.score.frameworks[AID].complete);
	assert_null(talk.score.frameworks[CANDOUR].cell);
	assert_null(talk.score.frameworks[GLASL].peak);
	assert_true(talk.score.measures.talk_share < 0.001);
	talk_end(&talk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(checklist_counts_items_with_their_quotes),
	        cmocka_unit_test(words_before_a_colon_bring_the_sentence_behind_it),
	        cmocka_unit_test(checklist_is_complete_without_what_is_optional),
	        cmocka_unit_test(struck_detections_and_acts_count_nowhere),
	        cmocka_unit_test(aid_over_three_turns_on_one_thing_is_complete),
	        cmocka_unit_test(aid_in_one_breath_is_complete),
	        cmocka_unit_test(three_parts_about_three_things_are_no_aid),
	        cmocka_unit_test(three_things_in_one_breath_are_no_aid),
	        cmocka_unit_test(words_that_open_a_new_point_part_the_issue),
	        cmocka_unit_test(one_issue_may_be_taken_up_again_later),
	        cmocka_unit_test(order_is_that_of_the_issue_not_of_the_first_keyword),
	        cmocka_unit_test(parts_in_another_order_are_complete_but_not_in_order),
	        cmocka_unit_test(a_topic_of_the_scenario_in_common_is_one_issue),
	        cmocka_unit_test(grid_weighs_each_move_once_an_utterance),
	        cmocka_unit_test(grid_names_where_the_mentor_mostly_is),
	        cmocka_unit_test(ladder_tells_peak_and_end),
	        cmocka_unit_test(measures_count_speech_and_not_stage_directions),
	        cmocka_unit_test(a_question_counts_once_whatever_it_is_called),
	        cmocka_unit_test(an_empty_conversation_claims_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
