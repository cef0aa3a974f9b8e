/* test_echo.c: how much of what is said is her own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "engine/echo.h"

/* Her lines, one a line; then what is measured. */
static struct echo measure(const char *lines, const char *folded)
{
	struct echo_memory *memory = echo_new();
	struct stemmer *stemmer = stemmer_new(SLICE("en"));
	struct slice rest = slice_of(lines);
	struct slice line;
	struct echo echo;

	while (slice_cut(&rest, '\n', &line))
		echo_add(memory, stemmer, line);
	echo = echo_measure(memory, stemmer, slice_of(folded));
	stemmer_free(stemmer);
	echo_free(memory);
	return echo;
}

static void echo_is_nothing_before_she_spoke(void **state)
{
	struct echo echo = measure("", "flat");

	(void)state;
	assert_true(echo.last == 0 && echo.all == 0);
	assert_int_equal(echo.run, 0);
	assert_int_equal(echo.turns, 0);
}

static void echo_counts_content_words_by_stem(void **state)
{
	struct echo echo =
	        measure("They answered flatly, all of them.", "so their answers were flat");

	(void)state;
	assert_true(echo.last == 1);
	echo = measure("They were flat.", "flat and tired");
	assert_true(echo.last == 0.5);
	echo = measure("They were flat.", "so they were");
	assert_true(echo.last == 0);
}

static void echo_shares_all_words_whoever_says_them(void **state)
{
	struct echo echo = measure("I lose them at the door.", "ok, you lose them at the door");

	(void)state;
	assert_true(echo.words == 1);
	echo = measure("It was my fault.", "your fault? never");
	assert_true(echo.words > 0.6 && echo.words < 0.7);
	echo = measure("No.", "no.");
	assert_true(echo.words == 1);
	echo = measure("Mm, right.", "mm, right");
	assert_true(echo.words == 0);
}

static void echo_knows_that_she_asked(void **state)
{
	(void)state;
	assert_true(measure("It was loud. Did you see it?", "yeah").asked);
	assert_true(measure("do you think so", "yeah").asked);
	assert_false(measure("Did you see it? It was loud.", "yeah").asked);
	assert_false(measure("Was it loud?\nIt was.", "yeah").asked);
	assert_true(measure("Was it loud? (looks up)", "yeah").asked);
	assert_false(measure("", "yeah").asked);
}

static void echo_tells_the_last_line_from_those_before(void **state)
{
	struct echo echo = measure("The seats are a mess.\nI froze.", "the seats, and you froze");

	(void)state;
	assert_true(echo.last == 0.5);
	assert_true(echo.all == 1);
	assert_int_equal(echo.turns, 2);
	echo = measure("Seats.\nSeats again.\nI froze.", "seats");
	assert_int_equal(echo.turns, 1);
}

static void echo_run_is_the_longest_of_her_own_words(void **state)
{
	struct echo echo = measure("I just stood there like a spare part.",
	                           "you stood there like a spare part, did you");

	(void)state;
	assert_int_equal(echo.run, 6);
	echo = measure("It was what it was.", "it was");
	assert_int_equal(echo.run, 0);
}

static void echo_leaves_stage_directions_out(void **state)
{
	struct echo echo = measure("(nods, looks at the door) The door (sighs) was open. (leaves",
	                           "nods sighs looks");

	(void)state;
	assert_true(echo.last == 0);
	echo = measure("(nods, looks at the door) The door (sighs) was open.", "door open");
	assert_true(echo.last == 1);
	echo = measure("(nods)", "nods");
	assert_true(echo.last == 0);
}

static void echo_takes_number_words_for_digits(void **state)
{
	assert_true(measure("Three of them, every time.", "3").last == 1);
	assert_true(measure("It was 12 minutes.", "twelve minutes").last == 1);
	(void)state;
}

static void echo_forgets_lines_past_its_limit(void **state)
{
	struct echo_memory *memory = echo_new();
	struct stemmer *stemmer = stemmer_new(SLICE("en"));
	size_t i;

	(void)state;
	echo_add(memory, stemmer, SLICE("seats"));
	for (i = 0; i < LIMIT_ECHO_TURNS - 1; i++)
		echo_add(memory, stemmer, SLICE("froze"));
	assert_true(echo_measure(memory, stemmer, SLICE("seats")).all == 1);
	echo_add(memory, stemmer, SLICE("froze"));
	assert_true(echo_measure(memory, stemmer, SLICE("seats")).all == 0);
	echo_clear(memory);
	assert_true(echo_measure(memory, stemmer, SLICE("froze")).all == 0);
	stemmer_free(stemmer);
	echo_free(memory);
}

static void echo_stays_bounded_on_endless_lines(void **state)
{
	struct echo_memory *memory = echo_new();
	struct stemmer *stemmer = stemmer_new(SLICE("en"));
	struct strbuf line = {0};
	struct echo echo;
	size_t i;

	(void)state;
	for (i = 0; i < 4000; i++)
		strbuf_addf(&line, "w%zu ", i);
	echo_add(memory, stemmer, strbuf_slice(&line));
	echo = echo_measure(memory, stemmer, strbuf_slice(&line));
	assert_true(echo.last == 1 && echo.all == 1);
	assert_true(echo.run > 100);
	strbuf_release(&line);
	stemmer_free(stemmer);
	echo_free(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(echo_is_nothing_before_she_spoke),
	        cmocka_unit_test(echo_counts_content_words_by_stem),
	        cmocka_unit_test(echo_shares_all_words_whoever_says_them),
	        cmocka_unit_test(echo_knows_that_she_asked),
	        cmocka_unit_test(echo_tells_the_last_line_from_those_before),
	        cmocka_unit_test(echo_run_is_the_longest_of_her_own_words),
	        cmocka_unit_test(echo_leaves_stage_directions_out),
	        cmocka_unit_test(echo_takes_number_words_for_digits),
	        cmocka_unit_test(echo_forgets_lines_past_its_limit),
	        cmocka_unit_test(echo_stays_bounded_on_endless_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
