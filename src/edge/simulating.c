/* simulating.c: see simulating.h. Here: the styles, the threads, one conversation again. */
#include "edge/simulating.h"

#include <pthread.h>
#include <unistd.h>

#include "base/limits.h"
#include "load/language.h"

/* Threads at most: each has a detector of some ten megabytes. */
#define THREADS_MOST 16u
/* Conversations that one thread takes at a go: a few of each style. */
#define STRETCH 48u

static bool wanted(struct slice only, struct slice id)
{
	struct slice part;

	if (only.len == 0)
		return true;
	while (slice_cut(&only, ',', &part)) {
		if (slice_eq(slice_trim(part), id))
			return true;
	}
	return false;
}

/* The last of an id has the most authority. */
static bool is_overridden(const struct library *library, size_t index)
{
	size_t i;

	for (i = index + 1; i < library->mentor_count; i++) {
		if (slice_eq(library->mentors[i].id, library->mentors[index].id))
			return true;
	}
	return false;
}

static int rank(const struct mentor *mentor)
{
	if (!mentor->expects)
		return 1;
	return mentor->at_least ? 0 : 2;
}

static void add_style(struct styles *styles, struct mentor_file *file)
{
	const struct mentor *mentor = mentor_of(file);
	size_t i = styles->count;

	for (; i > 0 && rank(styles->items[i - 1]) > rank(mentor); i--) {
		styles->items[i] = styles->items[i - 1];
		styles->files[i] = styles->files[i - 1];
	}
	styles->items[i] = mentor;
	styles->files[i] = file;
	styles->count++;
}

/* Takes in one file, unless it speaks another language than the packs. False when it cannot be
 * read. */
static bool load_style(struct styles *styles, const struct library *library,
                       const struct library_file *found, struct diags *diags, struct err *err)
{
	struct strbuf text = {0};
	bool good = file_read(found->path, LIMIT_FILE_BYTES, &text, err);

	if (good && slice_eq(language_of(strbuf_slice(&text)), library->language))
		add_style(styles, mentor_load(found->id, found->path, strbuf_slice(&text),
		                              library->ruleset, diags));
	strbuf_release(&text);
	return good;
}

/* Names every style of `only` that there is not. */
static bool all_known(const struct library *library, struct slice only, struct err *err)
{
	struct slice part;
	size_t i;

	while (slice_cut(&only, ',', &part)) {
		struct nearest nearest;

		part = slice_trim(part);
		nearest_init(&nearest, part);
		for (i = 0; i < library->mentor_count; i++) {
			nearest_offer(&nearest, library->mentors[i].id);
			if (slice_eq(library->mentors[i].id, part))
				break;
		}
		if (i == library->mentor_count) {
			struct arena arena;

			arena_init(&arena);
			part = slice_sub(part, 0, 60);
			err_set(err, "no style of mentoring ‘%.*s’%s", SLICE_ARGS(part),
			        nearest_hint(&nearest, &arena));
			arena_release(&arena);
			return false;
		}
	}
	return true;
}

bool styles_load(struct library *library, struct slice only, struct styles *out,
                 enum status *status)
{
	struct diags diags = {0};
	struct err err;
	size_t i;

	*out = (struct styles){0};
	out->files = ARENA_ARRAY(&out->arena, struct mentor_file *, library->mentor_count + 1);
	out->items = ARENA_ARRAY(&out->arena, const struct mentor *, library->mentor_count + 1);
	*status = STATUS_USAGE;
	if (!all_known(library, only, &err)) {
		out_err(&err);
		return false;
	}
	*status = STATUS_TROUBLE;
	for (i = 0; i < library->mentor_count; i++) {
		if (is_overridden(library, i) || !wanted(only, library->mentors[i].id) ||
		    load_style(out, library, &library->mentors[i], &diags, &err))
			continue;
		out_err(&err);
		diags_release(&diags);
		return false;
	}
	out_diags(&diags);
	if (out->count == 0) {
		err_set(&err,
		        "no style of mentoring found: no ‘.mentor’ file in ‘scenarios’ that speaks "
		        "‘%.*s’",
		        SLICE_ARGS(library->language));
		out_err(&err);
	} else {
		*status = diags.errors ? STATUS_FINDINGS : STATUS_FINE;
	}
	diags_release(&diags);
	return *status == STATUS_FINE;
}

void styles_release(struct styles *styles)
{
	size_t i;

	for (i = 0; i < styles->count; i++)
		mentor_free(styles->files[i]);
	arena_release(&styles->arena);
}

uint64_t simulating_seed(const struct simulating *simulating, uint64_t number)
{
	const struct styles *styles = simulating->styles;

	return simulate_seed(simulating->seed, styles->items[number % styles->count]->id,
	                     number / styles->count);
}

struct session *simulating_again(const struct simulating *simulating, struct stage *stage,
                                 uint64_t number)
{
	const struct styles *styles = simulating->styles;

	return simulate_talk(stage, styles->items[number % styles->count],
	                     simulating_seed(simulating, number), simulating->turns);
}

/* One thread's part. Scenario and detector are its own: they compile patterns when first needed. */
struct worker {
	const struct simulating *simulating;
	struct scenario_file *file;
	struct detector *detector;
	struct tally *tally;
	uint64_t first, step; /* stretches: first, first + step … */
	pthread_t thread;
	bool started;
};

static void hold(struct worker *worker, struct stage *stage, uint64_t from)
{
	const struct simulating *simulating = worker->simulating;
	uint64_t number;

	for (number = from; number < from + STRETCH && number < simulating->runs; number++) {
		struct session *session = simulating_again(simulating, stage, number);

		tally_add(worker->tally, session, number % simulating->styles->count, number);
		session_free(session);
	}
}

static void *work(void *context)
{
	struct worker *worker = context;
	const struct scenario *scenario = scenario_of(worker->file);
	struct stage *stage =
	        stage_new(scenario, worker->simulating->library->ruleset, worker->detector);
	uint64_t at;

	for (at = worker->first * STRETCH; at < worker->simulating->runs;
	     at += worker->step * STRETCH)
		hold(worker, stage, at);
	stage_free(stage);
	return NULL;
}

static size_t processors(uint64_t runs)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);
	uint64_t stretches = (runs + STRETCH - 1) / STRETCH;

	if (count < 1)
		count = 1;
	if (count > (long)THREADS_MOST)
		count = THREADS_MOST;
	return (uint64_t)count > stretches ? (size_t)(stretches ? stretches : 1) : (size_t)count;
}

/* False when the scenario cannot be read again (it could a moment ago). */
static bool worker_init(struct worker *worker, const struct simulating *simulating)
{
	struct diags diags = {0};
	struct err err;

	worker->simulating = simulating;
	worker->file = library_load(simulating->library, simulating->scenario, &diags, &err);
	diags_release(&diags);
	if (!worker->file)
		return false;
	worker->detector = detector_new(simulating->library->ruleset, NULL);
	worker->tally = tally_new(scenario_of(worker->file), simulating->library->ruleset,
	                          simulating->styles->count);
	return true;
}

static void worker_release(struct worker *worker)
{
	tally_free(worker->tally);
	if (worker->detector)
		detector_free(worker->detector);
	if (worker->file)
		scenario_free(worker->file);
}

struct tally *simulating_run(const struct simulating *simulating, const struct scenario *scenario)
{
	struct tally *tally =
	        tally_new(scenario, simulating->library->ruleset, simulating->styles->count);
	struct worker workers[THREADS_MOST] = {0};
	size_t wanted_count = processors(simulating->runs);
	size_t count = 0;
	size_t i;

	while (count < wanted_count && worker_init(&workers[count], simulating))
		count++;
	for (i = 0; i < count; i++) {
		workers[i].first = i;
		workers[i].step = count;
	}
	for (i = 1; i < count; i++)
		workers[i].started =
		        pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
	for (i = 0; i < count; i++) {
		if (!workers[i].started)
			work(&workers[i]);
	}
	for (i = 0; i < count; i++) {
		if (workers[i].started)
			pthread_join(workers[i].thread, NULL);
		tally_merge(tally, workers[i].tally);
	}
	for (i = 0; i < wanted_count; i++)
		worker_release(&workers[i]);
	return tally;
}
