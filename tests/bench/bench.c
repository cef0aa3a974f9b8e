/* bench.c: what a start, a turn and the worst turn cost, as a table.
 *
 *     make bench                      the lines of tests/play are said
 *     make bench GOLD=turns.jsonl     turns as `rehearse eval` reads them, conversation by
 * conversation
 *
 * Everything is done in this process by the calls the program makes; the input is always the same.
 * Exit 1 when an aim is missed. */
#define _XOPEN_SOURCE 700 /* POSIX, and getrusage's fields */
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "edge/gold.h"
#include "edge/library.h"
#include "engine/session.h"

#define STARTS 50

/* What a person at a slow laptop does not notice; half a megabyte a thousand lines of rules. */
#define AIM_START_MS 15.0
#define AIM_MEMORY_MB 24.0
#define AIM_TURN_MS 2.0
#define AIM_WORST_MS 50.0

enum stage { READING, RULES, DETECTOR, SCENARIO, FIRST_LINE, COMPILING, STAGES };
static const char *const stage_names[STAGES] = {
        [READING] = "reading the files",
        [RULES] = "rules: parse, link",
        [DETECTOR] = "detector",
        [SCENARIO] = "scenario: parse, link",
        [FIRST_LINE] = "session, her first line",
        [COMPILING] = "rules: compile, meanwhile",
};

/* A program ready to play. */
struct start {
	struct library *library;
	struct scenario_file *file;
	double took[STAGES]; /* milliseconds */
};

struct times {
	double *items;
	size_t count;
	size_t cap;
	struct slice longest; /* what was said in the dearest turn */
	double most;
};

/* Processor time: what else runs on the machine counts little, and nothing here waits. */
static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double memory_mb(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1024;
}

/* The time since the last lap, in milliseconds. */
static double lap(double *last)
{
	double before = *last;

	*last = now_ms();
	return *last - before;
}

static void give_up(const struct err *err)
{
	out_err(err);
	exit(STATUS_TROUBLE);
}

static void add_time(struct times *times, double time, struct slice said)
{
	times->items = mem_grow(times->items, &times->cap, times->count + 1, sizeof(*times->items));
	times->items[times->count++] = time;
	if (time > times->most) {
		times->most = time;
		times->longest = said;
	}
}

static int by_size(const void *a, const void *b)
{
	const double *left = a;
	const double *right = b;

	return (*left > *right) - (*left < *right);
}

/* The value below which `share` of all times lie. */
static double quantile(struct times *times, double share)
{
	if (times->count == 0)
		return 0;
	qsort(times->items, times->count, sizeof(*times->items), by_size);
	return times->items[(size_t)(share * (double)(times->count - 1) + 0.5)];
}

/* library_load_rules in its parts. */
static void load_rules(struct library *library, double *last, double *took)
{
	struct strbuf *texts = mem_alloc(library->pack_count * sizeof(*texts));
	struct err err;
	size_t i;

	for (i = 0; i < library->pack_count; i++) {
		if (!file_read(library->packs[i].path, LIMIT_FILE_BYTES, &texts[i], &err))
			give_up(&err);
	}
	took[READING] += lap(last);
	library->builder = ruleset_builder_new();
	for (i = 0; i < library->pack_count; i++)
		ruleset_add(library->builder, library->packs[i].path, strbuf_slice(&texts[i]),
		            library->packs[i].root, &library->diags);
	library->ruleset = ruleset_link(library->builder, &library->diags);
	took[RULES] = lap(last);
	library->detector = detector_new(library->ruleset, NULL);
	took[DETECTOR] = lap(last);
	for (i = 0; i < library->pack_count; i++)
		strbuf_release(&texts[i]);
	free(texts);
}

static size_t start(const struct options *options, struct start *out)
{
	struct diags diags = {0};
	struct session *session;
	struct err err;
	double last = now_ms();
	size_t errors;

	out->library = library_open(options, &err);
	if (!out->library)
		give_up(&err);
	if (out->library->scenario_count == 0) {
		err_set(&err, "no scenario to play");
		give_up(&err);
	}
	out->took[READING] = lap(&last);
	load_rules(out->library, &last, out->took);
	out->file = library_load(out->library, &out->library->scenarios[0], &diags, &err);
	if (!out->file)
		give_up(&err);
	out->took[SCENARIO] = lap(&last);
	session = session_new(scenario_of(out->file), out->library->ruleset, out->library->detector,
	                      1);
	session_opening(session);
	out->took[FIRST_LINE] = lap(&last);
	session_free(session);
	/* The player does this once she stands before the mentor. */
	detector_compile(out->library->detector, &out->library->diags);
	out->took[COMPILING] = lap(&last);
	errors = diags.errors + out->library->diags.errors;
	diags_release(&diags);
	return errors;
}

static void stop(struct start *start)
{
	scenario_free(start->file);
	library_free(start->library);
}

static struct session *converse(const struct start *start)
{
	return session_new(scenario_of(start->file), start->library->ruleset,
	                   start->library->detector, 1);
}

/* Says it and notes what the turn took; after an ending the conversation begins anew. */
static struct session *say(const struct start *start, struct session *session, struct slice text,
                           struct times *times)
{
	double last = now_ms();

	if (!session_hear(session, text, 0)) {
		session_free(session);
		session = converse(start);
		last = now_ms();
		session_hear(session, text, 0);
	}
	add_time(times, lap(&last), text);
	return session;
}

static void say_gold(const struct start *start, struct slice path, struct arena *arena,
                     struct times *times)
{
	struct diags diags = {0};
	struct gold gold = {0};
	struct session *session = NULL;
	uint32_t group = 0;
	struct err err;
	size_t i;

	if (!gold_read(path, &gold, &diags, &err))
		give_up(&err);
	for (i = 0; i < gold.count; i++) {
		if (!session || gold.turns[i].group != group) {
			session_free(session);
			session = converse(start);
			group = gold.turns[i].group;
		}
		session = say(start, session, slice_copy(arena, gold.turns[i].mentor), times);
	}
	session_free(session);
	gold_release(&gold);
	diags_release(&diags);
}

/* The lines of every file `stdin` below a folder, each file a conversation. */
static void say_files(const struct start *start, struct slice folder, struct arena *arena,
                      struct times *times)
{
	struct file_list list = {0};
	struct strbuf text = {0};
	struct slice rest;
	struct slice line;
	struct err err;
	size_t i;

	if (!file_find(folder, SLICE("stdin"), true, LIMIT_SCENARIOS, arena, &list, &err))
		give_up(&err);
	for (i = 0; i < list.count; i++) {
		struct session *session = converse(start);

		strbuf_clear(&text);
		if (!file_read(list.items[i], LIMIT_FILE_BYTES, &text, &err))
			give_up(&err);
		rest = strbuf_slice(&text);
		while (slice_cut(&rest, '\n', &line)) {
			/* Commands are the player's. */
			if (!slice_starts(line, SLICE("/")) && utf8_invalid(line) == line.len)
				session = say(start, session, slice_copy(arena, line), times);
		}
		session_free(session);
	}
	strbuf_release(&text);
}

/* Text at the limit, repeated from a few words. */
struct hostile {
	const char *name;
	const char *text;
};

static const struct hostile hostiles[] = {
        {"plain words, no full stop", "and then they came in and sat down with their books and "},
        {"words that almost match",
         "how does what did you feeling sounds like it seem looks a bit "},
        {"questions unasked", "what would you could you do you think how might you when you if "},
        {"one letter", "a"},
        {"one word", "you "},
        {"only full stops", "."},
        {"only punctuation", "?!,;:-(*\"'"},
        {"short clauses", "how? "},
        {"moves by the dozen",
         "How did it feel? Sounds like you were flat. You should cold call. "},
        {"quoted", "\"show me\" 'how' \"you felt\" said "},
        {"quotes left open", "\"(*'"},
        {"stage actions", "(nods) *pause* (waits) "},
        {"digits", "1234567890 11.24 "},
        {"mixed Unicode", "é\u0301ﬁ\u200b\U0001F602Ωж漢\u202eא’“”…—½ "},
        {"long folds", "\ufdfa\u00bd\u2026"},
        {"blanks", " \t\u00a0"},
};

static struct slice at_limit(const char *text, struct arena *arena)
{
	struct strbuf words = {0};
	struct slice all;
	size_t len = strlen(text);

	while (words.len + len <= LIMIT_UTTERANCE_BYTES)
		strbuf_addz(&words, text);
	all = slice_copy(arena, strbuf_slice(&words));
	strbuf_release(&words);
	return all;
}

/* Each on its own as her hearer meets it first, and again when she has heard it three times. */
static double say_hostiles(const struct start *start, struct arena *arena)
{
	double worst = 0;
	size_t i;
	int k;

	printf("\nworst turns: %u bytes of …\n", LIMIT_UTTERANCE_BYTES);
	for (i = 0; i < sizeof(hostiles) / sizeof(hostiles[0]); i++) {
		struct slice text = at_limit(hostiles[i].text, arena);
		struct session *session = converse(start);
		struct times times = {0};

		for (k = 0; k < 4; k++)
			session = say(start, session, text, &times);
		if (times.most > worst)
			worst = times.most;
		printf("  %-36s %9.2f\n", hostiles[i].name, times.most);
		free(times.items);
		session_free(session);
	}
	return worst;
}

static double print_stages(struct times *stages, struct times *whole)
{
	size_t i;

	printf("start, median of %d               ms\n", STARTS);
	for (i = 0; i < STAGES; i++) {
		if (i == COMPILING)
			printf("  %-36s %9.2f\n", "all until her first line", quantile(whole, 0.5));
		printf("  %-36s %9.2f\n", stage_names[i], quantile(&stages[i], 0.5));
	}
	return quantile(whole, 0.5);
}

/* Starts as often as it takes to know, the last of them left standing. */
static double measure_starts(const struct options *options, struct start *left, double *memory,
                             size_t *errors)
{
	struct times stages[STAGES] = {0};
	struct times whole = {0};
	double median;
	size_t i;
	int run;

	for (run = 0; run < STARTS; run++) {
		double all = 0;

		if (run)
			stop(left);
		*errors = start(options, left);
		if (run == 0)
			*memory = memory_mb();
		for (i = 0; i < STAGES; i++) {
			add_time(&stages[i], left->took[i], SLICE(""));
			all += i == COMPILING ? 0 : left->took[i];
		}
		add_time(&whole, all, SLICE(""));
	}
	median = print_stages(stages, &whole);
	for (i = 0; i < STAGES; i++)
		free(stages[i].items);
	free(whole.items);
	return median;
}

/* One line of the verdict; true when the aim was met. */
static bool judge(const char *what, double value, const char *unit, double aim)
{
	printf("  %-36s %9.2f %s, aim %g%s\n", what, value, unit, aim,
	       value <= aim ? "" : ": missed");
	return value <= aim;
}

static bool measure(const struct options *options, struct arena *arena)
{
	struct start left;
	struct times turns = {0};
	double memory;
	double first;
	double worst;
	double median;
	size_t errors;
	bool met;

	first = measure_starts(options, &left, &memory, &errors);
	if (errors)
		printf("  (packs or scenario have %zu errors: figures of what is left)\n", errors);
	if (options->word_count)
		say_gold(&left, options->words[0], arena, &turns);
	else
		say_files(&left, SLICE("tests/play"), arena, &turns);
	median = quantile(&turns, 0.5);
	printf("\n%zu turns                             ms\n", turns.count);
	printf("  %-36s %9.2f\n  %-36s %9.2f\n  %-36s %9.2f\n", "median", median,
	       "95 of 100 within", quantile(&turns, 0.95), "longest", turns.most);
	printf("  longest: %.*s\n", SLICE_ARGS(slice_sub(turns.longest, 0, 70)));
	worst = say_hostiles(&left, arena);
	stop(&left);
	free(turns.items);

	puts("\naims");
	met = judge("start to her first line", first, "ms", AIM_START_MS);
	met = judge("memory after a start", memory, "MB", AIM_MEMORY_MB) && met;
	met = judge("memory after all of this", memory_mb(), "MB", 2 * AIM_MEMORY_MB) && met;
	met = judge("a turn", median, "ms", AIM_TURN_MS) && met;
	return judge("the worst turn", worst, "ms", AIM_WORST_MS) && met;
}

int main(int argc, char **argv)
{
	struct options options = {0};
	struct arena arena;
	struct err err;
	bool met;

	out_init();
	arena_init(&arena);
	if (!options_read(NULL, (const char *const *)argv + 1, (size_t)argc - 1, &arena, &options,
	                  &err))
		give_up(&err);
	met = measure(&options, &arena);
	arena_release(&arena);
	return met ? STATUS_FINE : STATUS_FINDINGS;
}
