/* test_progress.c: a long practice log is looked at in no time. */
#define _XOPEN_SOURCE 700 /* POSIX, and clock_gettime's clocks */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <time.h>

#include "../bench/fill.h"
#include "edge/report_progress.h"

/* The promise is 100 ms (make bench tells the figure); this catches what grows with the square, on
 * a machine that does something else as well. */
#ifdef __SANITIZE_ADDRESS__
#define SESSIONS 1000
#else
#define SESSIONS 10000
#endif
#define MOST_MS 300.0

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void must(bool good, const struct err *err)
{
	if (!good)
		fail_msg("%s", err->text);
}

static void ten_thousand_sessions_are_looked_at_at_once(void **state)
{
	const struct options none = {0};
	struct library *library;
	struct progress progress;
	struct page page = {.width = 80};
	struct store *store;
	struct arena arena;
	struct err err;
	double start;
	double took;

	(void)state;
	arena_init(&arena);
	library = library_open(&none, &err);
	must(library != NULL, &err);
	must(library_load_rules(library, &err), &err);
	store = store_open_memory(&err);
	must(store != NULL, &err);
	must(fill_log(store, library->ruleset, library->scenarios[0].file.id, SESSIONS, false,
	              &err),
	     &err);
	start = now_ms();
	must(progress_read(store, library, FILL_START, &arena, &progress, &err), &err);
	must(report_progress(&page, store, &progress, &err), &err);
	took = now_ms() - start;
	assert_int_equal(progress.totals.conversations, SESSIONS);
	assert_int_equal(progress.recent_count, PROGRESS_RECENT);
	assert_true(page.out.len > 500);
	if (took > MOST_MS)
		fail_msg("%.0f ms", took);
	page_release(&page);
	store_close(store);
	library_free(library);
	arena_release(&arena);
}

/* A program killed between the end of a conversation and its figures leaves it uncounted. */
static void what_was_left_uncounted_is_made_up_for(void **state)
{
	const struct options none = {0};
	static const struct event events[] = {
	        {EVENT_HEAR, {"How did it feel from the front?", 31}, 0, 1},
	        {EVENT_REPLY, {"It was fine?", 12}, 0, 1},
	        {EVENT_END, {"", 0}, 0, 2},
	};
	struct store_attempt attempt = {.seed = 1, .program = SLICE("test"), .started = FILL_START};
	struct store_session session = {
	        .title = SLICE("T"), .name = SLICE("Sam"), .started = FILL_START};
	struct progress_rebuilt rebuilt;
	struct library *library;
	struct progress progress;
	struct store *store;
	struct arena arena;
	struct err err;
	int64_t left;

	(void)state;
	arena_init(&arena);
	library = library_open(&none, &err);
	must(library != NULL, &err);
	must(library_load_rules(library, &err), &err);
	session.scenario = library->scenarios[0].file.id;
	store = store_open_memory(&err);
	must(store != NULL, &err);
	must(store_begin_session(store, &session, &attempt, events, 3, &err), &err);
	must(store_uncounted(store, &left, &err), &err);
	assert_int_equal(left, 0); /* it is not over */
	attempt.ended = FILL_START + 60;
	must(store_end_attempt(store, &attempt, &err), &err);
	must(store_uncounted(store, &left, &err), &err);
	assert_int_equal(left, 1);
	must(progress_rebuild(store, library, 5, &rebuilt, &err), &err);
	assert_int_equal(rebuilt.counted, 1);
	must(store_uncounted(store, &left, &err), &err);
	assert_int_equal(left, 0);
	must(progress_read(store, library, FILL_START, &arena, &progress, &err), &err);
	assert_int_equal(progress.totals.conversations, 1);
	assert_true(progress_tally(&progress.recent[0], TALLY_MOVE, SLICE("open_question")).value ==
	            1);
	store_close(store);
	library_free(library);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(ten_thousand_sessions_are_looked_at_at_once),
	        cmocka_unit_test(what_was_left_uncounted_is_made_up_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
