/* test_clause.c: utterances cut into clauses, and questions known by their form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "load/clause.h"

/* Clauses one after another with "|" between; "?" before a question, "!" before an action. */
static void assert_splits(const char *said, const char *expected)
{
	struct arena arena;
	struct clauses clauses;
	struct slice folded;
	struct strbuf got = {0};
	size_t i;

	arena_init(&arena);
	folded = fold_text(slice_of(said), &arena);
	clause_split(folded, &arena, &clauses);
	for (i = 0; i < clauses.count; i++) {
		strbuf_addz(&got, i ? "|" : "");
		strbuf_addz(&got, clauses.items[i].kind == CLAUSE_ACTION ? "!" : "");
		strbuf_addz(&got, clauses.items[i].question ? "?" : "");
		strbuf_add(&got, slice_span(folded, clauses.items[i].where));
	}
	assert_string_equal(strbuf_slice(&got).at, expected);
	strbuf_release(&got);
	arena_release(&arena);
}

static bool is_question(const char *said)
{
	struct arena arena;
	struct clauses clauses;
	bool question;

	arena_init(&arena);
	clause_split(fold_text(slice_of(said), &arena), &arena, &clauses);
	question = clauses.questions > 0;
	arena_release(&arena);
	return question;
}

static void clause_ends_at_sentences_lines_and_dashes(void **state)
{
	(void)state;
	assert_splits("Go on. I see! You waited", "go on.|i see!|you waited");
	assert_splits("one\ntwo; three: four", "one|two;|three:|four");
	assert_splits("it went fine - you know - mostly", "it went fine|you know|mostly");
	assert_splits("fine – but slow — very--so", "fine|but slow|very|so");
	assert_splits("Well… I see... ok", "well...|i see...|ok");
	assert_splits("Fine.what next", "fine.|?what next");
	assert_splits("a, b, and c", "a, b, and c");
	assert_splits("well-being is co-operative", "well-being is co-operative");
	assert_splits("- one\n- two", "one|two");
}

static void clause_survives_abbreviations_and_numbers(void **state)
{
	(void)state;
	assert_splits("In Yr. 8 you did e.g. the starter", "in yr. 8 you did e.g. the starter");
	assert_splits("Mr. Hill and Mrs. Okafor, i.e. us", "mr. hill and mrs. okafor, i.e. us");
	assert_splits("At 3.30 or 11:24, p. 12, no. 3", "at 3.30 or 11:24, p. 12, no. 3");
	assert_splits("No. I see", "no.|i see");
	assert_splits("You teach P.E. on Monday", "you teach p.e. on monday");
	assert_splits("You teach P.E. What did you see", "you teach p.e.|?what did you see");
	assert_splits("pens, books etc. on the desk", "pens, books etc. on the desk");
	assert_splits("It took 10 mins. What happened", "it took 10 mins.|?what happened");
	assert_splits("see www.school.sch.uk: there", "see www.school.sch.uk:|there");
	assert_splits("fine :) really", "fine :) really");
}

static void clause_keeps_a_short_quotation_whole(void **state)
{
	(void)state;
	assert_splits("You said \"settle down. please.\" nine times",
	              "you said \"settle down. please.\" nine times");
	assert_splits("You said \"stop.\" Then you waited", "you said \"stop.\"|then you waited");
	assert_splits("one question (was it inflation?) and you left",
	              "one question (was it inflation?) and you left");
	assert_splits("6\" tall. ok", "6\" tall.|ok");
}

static void clause_sets_actions_apart(void **state)
{
	(void)state;
	assert_splits("*nods* go on", "!(nods)|go on");
	assert_splits("(waits)", "!(waits)");
	assert_splits("Ok. (leans back). So?", "ok.|!(leans back)|?so?");
	assert_splits("thanks (smiles)", "thanks|!(smiles)");
	assert_splits("(nods) (sips tea)", "!(nods)|!(sips tea)");
	assert_splits("(I thought so) yes", "(i thought so) yes");
	assert_splits("the starter (the quiz) ran over", "the starter (the quiz) ran over");
	assert_splits("three of them (year 8) left", "three of them (year 8) left");
	assert_splits("(this one goes on for far too many words)",
	              "(this one goes on for far too many words)");
}

static void clause_without_words_joins_its_neighbour(void **state)
{
	(void)state;
	assert_splits("", "");
	assert_splits("...", "...");
	assert_splits("… . !", "... . !");
	assert_splits("how was it? 😊", "?how was it? 😊");
	assert_splits("... so", "... so");
	assert_splits("ok!! ??", "?ok!! ??");
}

static void clause_counts_words_and_questions_of_speech(void **state)
{
	struct arena arena;
	struct clauses clauses;

	(void)state;
	arena_init(&arena);
	clause_split(SLICE("(nods slowly) what's next? it's twenty-one. do you see"), &arena,
	             &clauses);
	assert_int_equal(clauses.count, 4);
	assert_int_equal(clauses.items[0].words, 2);
	assert_int_equal(clauses.words, 7);
	assert_int_equal(clauses.questions, 2);
	assert_true(clauses.items[1].marked);
	assert_false(clauses.items[3].marked);
	arena_release(&arena);
}

static void clause_questions_need_no_mark(void **state)
{
	static const char *const asked[] = {
	        "what happened",
	        "so what happened then",
	        "ok sam what did you notice",
	        "Hi Sam, how was Monday",
	        "Tom, what would you do",
	        "how's it going",
	        "how come",
	        "how about cold call",
	        "how confident are you with it",
	        "how you feeling",
	        "why not",
	        "and what about the quiet ones",
	        "what time is it",
	        "what colour was the card",
	        "what made you think it was ready",
	        "what evidence have you got",
	        "which bit felt hardest",
	        "when did you ask Tom",
	        "who answered",
	        "do you think so",
	        "did Kian answer",
	        "don't you think",
	        "isn't it",
	        "is that fair",
	        "were the kids with you",
	        "shall we look at it",
	        "can u tell me more",
	        "d'you reckon",
	        "u think so",
	        "any thoughts",
	        "at what point did you know",
	        "in the starter, what did you want them to do",
	        "I get that, but what would you do",
	        "it went well, didn't it",
	        "if he had a minute first, would that have been the same",
	        "you ok?",
	        "reckon so?",
	        "you did what?!",
	        "tell me more??",
	        "did leah do everything",
	        "is leah ok",
	        "was kyle doing all the writing",
	        "were pupils allowed to move",
	        "so was homework handed in",
	        "leah did everything didnt she",
	        "they weren't all finished were they",
	        "hi kit how did tuesday go",
	        "morning sam how was the start",
	        "the bit with kyle was great how did you do that",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		if (!is_question(asked[i]))
			fail_msg("no question: %s", asked[i]);
	}
}

static void clause_statements_that_look_like_questions_are_none(void **state)
{
	static const char *const told[] = {
	        "what a lovely lesson",
	        "how lovely",
	        "how kind of you",
	        "when you asked Tom, he froze",
	        "what I saw was three hands",
	        "what you did there was great",
	        "so what I'd do, chop it to ten slides",
	        "why you've done that is clear",
	        "yes, 'what does it make you see', then thirty seconds",
	        "\"what's the difference\", then you answered it",
	        "what was really good was the start",
	        "what struck me was the silence",
	        "what worked was the pause",
	        "which is why I asked",
	        "which means they waited",
	        "where you stood mattered",
	        "why you did that is clear",
	        "tell me about the start",
	        "do the starter first",
	        "have a go",
	        "don't worry about it",
	        "don't you worry",
	        "did notice three hands",
	        "had you asked him first, he would have said",
	        "should you need anything, shout",
	        "they need time and so do you",
	        "so do I",
	        "you ok",
	        "yeah",
	        "I wonder",
	        "was lovely with them",
	        "was thinking all the way home",
	        "is good in the mornings",
	        "was really on it",
	        "did notice all the hands",
	        "i asked leah what did you do",
	        "you did more than they did",
	        "please consider what is best for them",
	        "please don't do it",
	        "it's easier to just not do it",
	        "he's got no chance because he can't do it",
	        "none of them are there",
	        "they all finished and so did she",
	        "i know what you did that day",
	        "it matters how much they do",
	        "right kids who are late get lost",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
		if (is_question(told[i]))
			fail_msg("a question: %s", told[i]);
	}
}

static void clause_word_takes_inner_apostrophes_and_hyphens(void **state)
{
	struct slice text = SLICE("-it's 'a' well-being's pupils' caf\xc3\xa9 3.30");
	static const char *const words[] = {"it's", "a", "well-being's", "pupils", "caf\xc3\xa9",
	                                    "3",    "30"};
	struct span word;
	size_t at = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		assert_true(clause_word(text, &at, &word));
		assert_true(slice_is(slice_span(text, word), words[i]));
	}
	assert_false(clause_word(text, &at, &word));
	assert_false(clause_word(text, &at, &word));
}

static void clause_knows_words_without_content(void **state)
{
	static const char *const without[] = {"the", "you",  "was",    "really",
	                                      "ok",  "it's", "didn't", "a"};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(without) / sizeof(without[0]); i++)
		assert_false(clause_is_content(slice_of(without[i])));
	assert_true(clause_is_content(SLICE("zz")));
	assert_true(clause_is_content(SLICE("flat")));
	assert_true(clause_is_content(SLICE("8")));
	assert_true(clause_is_content(SLICE("three")));
}

static void clause_limit_leaves_the_rest_as_one(void **state)
{
	struct strbuf said = {0};
	struct arena arena;
	struct clauses clauses;
	size_t i;

	(void)state;
	for (i = 0; i < LIMIT_CLAUSES + 50; i++)
		strbuf_addz(&said, "ok. ");
	arena_init(&arena);
	clause_split(strbuf_slice(&said), &arena, &clauses);
	assert_int_equal(clauses.count, LIMIT_CLAUSES);
	assert_int_equal(clauses.items[LIMIT_CLAUSES - 1].words, 51);
	assert_int_equal(clauses.words, LIMIT_CLAUSES + 50);
	arena_release(&arena);
	strbuf_release(&said);
}

static void clause_cuts_a_run_on_at_a_comma_or_blank(void **state)
{
	static const char *const parts[] = {"and so on, ", "and so on ", "\xe2\x82\xac"};
	size_t i;
	size_t k;

	(void)state;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct strbuf said = {0};
		struct arena arena;
		struct clauses clauses;

		while (said.len < 3 * LIMIT_CLAUSE_BYTES)
			strbuf_addz(&said, parts[i]);
		arena_init(&arena);
		clause_split(strbuf_slice(&said), &arena, &clauses);
		/* What has no words stays one clause. */
		assert_true(i == 2 ? clauses.count == 1 : clauses.count >= 3);
		for (k = 0; k < clauses.count && i < 2; k++) {
			struct slice text = slice_span(strbuf_slice(&said), clauses.items[k].where);

			assert_true(text.len <= LIMIT_CLAUSE_BYTES);
			assert_true(slice_starts(text, SLICE("and")) || i == 1);
			assert_false(slice_starts(text, SLICE(" ")));
		}
		arena_release(&arena);
		strbuf_release(&said);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(clause_ends_at_sentences_lines_and_dashes),
	        cmocka_unit_test(clause_survives_abbreviations_and_numbers),
	        cmocka_unit_test(clause_keeps_a_short_quotation_whole),
	        cmocka_unit_test(clause_sets_actions_apart),
	        cmocka_unit_test(clause_without_words_joins_its_neighbour),
	        cmocka_unit_test(clause_counts_words_and_questions_of_speech),
	        cmocka_unit_test(clause_questions_need_no_mark),
	        cmocka_unit_test(clause_statements_that_look_like_questions_are_none),
	        cmocka_unit_test(clause_word_takes_inner_apostrophes_and_hyphens),
	        cmocka_unit_test(clause_knows_words_without_content),
	        cmocka_unit_test(clause_cuts_a_run_on_at_a_comma_or_blank),
	        cmocka_unit_test(clause_limit_leaves_the_rest_as_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
