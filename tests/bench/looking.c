/* looking.c: what looking at a long practice log costs.
 *
 *     make bench                       ten thousand sessions
 *     build/looking 1000 FILE        a thousand, left in FILE
 *
 * Exit 1 when the aim is missed. */
#define _XOPEN_SOURCE 700
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "edge/report_progress.h"
#include "fill.h"

#define SESSIONS 10000
#define RUNS 20
#define AIM_MS 100.0

/* Processor time: what else runs on the machine counts little, and nothing here waits. */
static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void must(bool good, const struct err *err)
{
	if (good)
		return;
	out_err(err);
	exit(STATUS_TROUBLE);
}

/* All that `rehearse progress` does between its arguments and its output. */
static double look(struct slice path, const struct options *options)
{
	double start = now_ms();
	struct page page = {.width = 80};
	struct library *library;
	struct progress progress;
	struct store *store;
	struct arena arena;
	struct err err;
	int64_t uncounted;

	arena_init(&arena);
	library = library_open(options, &err);
	must(library != NULL, &err);
	library->hurried = true;
	must(library_load_rules(library, &err), &err);
	store = store_open_at(path, STORE_READ, &err);
	must(store != NULL, &err);
	must(store_uncounted(store, &uncounted, &err) &&
	             progress_read(store, library, FILL_START, &arena, &progress, &err) &&
	             report_progress(&page, store, &progress, &err),
	     &err);
	if (progress.totals.conversations == 0 || progress.recent_count == 0)
		BUG("the log is empty");
	store_close(store);
	page_release(&page);
	library_free(library);
	arena_release(&arena);
	return now_ms() - start;
}

static void fill(struct slice path, const struct options *options, size_t sessions)
{
	struct library *library;
	struct store *store;
	struct err err;

	library = library_open(options, &err);
	must(library != NULL, &err);
	must(library_load_rules(library, &err), &err);
	store = store_open_at(path, STORE_WRITE, &err);
	must(store != NULL, &err);
	must(fill_log(store, library->ruleset, library->scenarios[0].file.id, sessions, true, &err),
	     &err);
	store_close(store);
	library_free(library);
}

static int by_size(const void *a, const void *b)
{
	const double *left = a;
	const double *right = b;

	return (*left > *right) - (*left < *right);
}

int main(int argc, char **argv)
{
	char made[] = "/tmp/rehearse-log-XXXXXX";
	struct options options = {0};
	double times[RUNS];
	long sessions = SESSIONS;
	struct slice path;
	double first;

	if (argc > 1 && !slice_int(slice_of(argv[1]), 1, 1000000, &sessions))
		return STATUS_USAGE;
	if (argc < 3)
		close(mkstemp(made));
	path = slice_of(argc < 3 ? made : argv[2]);
	fill(path, &options, (size_t)sessions);
	first = look(path, &options);
	for (size_t i = 0; i < RUNS; i++)
		times[i] = look(path, &options);
	qsort(times, RUNS, sizeof(*times), by_size);
	printf("\nprogress, %ld sessions in the practice log         ms\n", sessions);
	printf("  %-36s %9.2f\n  %-36s %9.2f\n", "the first time", first, "longest of the next 20",
	       times[RUNS - 1]);
	printf("  %-36s %9.2f ms, aim %g%s\n", "median", times[RUNS / 2], AIM_MS,
	       times[RUNS / 2] <= AIM_MS ? "" : ": missed");
	if (argc < 3) {
		static const char *const endings[] = {"", "-wal", "-shm"};

		for (size_t i = 0; i < 3; i++) {
			char name[sizeof(made) + 8];

			snprintf(name, sizeof(name), "%s%s", made, endings[i]);
			unlink(name);
		}
	}
	return times[RUNS / 2] <= AIM_MS ? STATUS_FINE : STATUS_FINDINGS;
}
