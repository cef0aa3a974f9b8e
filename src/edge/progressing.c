/* progressing.c: see progressing.h. */
#include "edge/progressing.h"

#include <unistd.h>

#include "edge/clock.h"
#include "edge/report_progress.h"
#include "edge/term.h"

/* Conversations that a program killed at their end left uncounted: a few are made up for at once.
 */
#define CATCH_UP 20

static enum status trouble(const struct err *err)
{
	out_err(err);
	return STATUS_TROUBLE;
}

static struct page page_for(bool plain)
{
	struct term_look look = term_look(STDOUT_FILENO);

	return (struct page){.width = look.width, .colour = look.colour && !plain, .plain = plain};
}

static void put_page(struct page *page)
{
	out_put(strbuf_slice(&page->out));
	page_release(page);
}

static bool catch_up(struct store *store, struct library *library, bool all, struct err *err)
{
	struct progress_rebuilt rebuilt;
	struct strbuf note = {0};
	int64_t left = 0;

	if (!all) {
		/* A log that may not be written is shown as it is. */
		if (store_uncounted(store, &left, err) && left > 0)
			progress_rebuild(store, library, CATCH_UP, &rebuilt, err);
		return true;
	}
	if (!progress_rebuild(store, library, 0, &rebuilt, err))
		return false;
	strbuf_addf(&note, "%zu conversation%s counted again", rebuilt.counted,
	            rebuilt.counted == 1 ? "" : "s");
	if (rebuilt.changed)
		strbuf_addf(&note,
		            "; %zu of them %s held with other rules or another version of the "
		            "scenario, and %s judged by today's",
		            rebuilt.changed, rebuilt.changed == 1 ? "was" : "were",
		            rebuilt.changed == 1 ? "is" : "are");
	if (rebuilt.without_scenario == 1)
		strbuf_addz(&note, "; 1 left as it was: its scenario cannot be played now");
	else if (rebuilt.without_scenario)
		strbuf_addf(&note, "; %zu left as they were: their scenario cannot be played now",
		            rebuilt.without_scenario);
	out_note(strbuf_slice(&note));
	strbuf_release(&note);
	return true;
}

static enum status show(struct store *store, const struct progressing_request *request,
                        const struct progress *progress)
{
	const struct ruleset *ruleset = progress->library->ruleset;
	struct page page = page_for(request->plain);
	struct json *object = NULL;
	struct err err;
	bool good = true;

	if (request->json) {
		object = report_json_progress(store, progress, &err);
		good = object != NULL;
		if (good) {
			json_print(object, &page.out);
			strbuf_addc(&page.out, '\n');
		}
		json_free(object);
	} else if (request->move.len) {
		good = report_progress_move(&page, store, progress,
		                            ruleset_move(ruleset, request->move), &err);
	} else if (request->framework.len) {
		good = report_progress_framework(&page, store, progress,
		                                 ruleset_framework(ruleset, request->framework),
		                                 &err);
	} else {
		good = report_progress(&page, store, progress, &err);
	}
	if (good)
		put_page(&page);
	else
		page_release(&page);
	return good ? STATUS_FINE : trouble(&err);
}

/* False, with words, when there is no such move or framework. */
static bool known(const struct ruleset *ruleset, const struct progressing_request *request,
                  struct err *err)
{
	struct nearest nearest;
	struct arena arena;
	struct slice id = request->move.len ? request->move : request->framework;
	size_t i;

	if ((!request->move.len || ruleset_move(ruleset, request->move)) &&
	    (!request->framework.len || ruleset_framework(ruleset, request->framework)))
		return true;
	arena_init(&arena);
	nearest_init(&nearest, id);
	for (i = 0; request->move.len && i < ruleset->move_count; i++)
		nearest_offer(&nearest, ruleset->moves[i]->id);
	for (i = 0; !request->move.len && i < ruleset->framework_count; i++)
		nearest_offer(&nearest, ruleset->frameworks[i]->id);
	id = slice_sub(id, 0, 60);
	err_set(err, "no %s ‘%.*s’%s", request->move.len ? "move" : "framework", SLICE_ARGS(id),
	        nearest_hint(&nearest, &arena));
	arena_release(&arena);
	return false;
}

static enum status run(struct store *store, struct library *library,
                       const struct progressing_request *request)
{
	struct progress progress;
	struct arena arena;
	enum status status;
	struct err err;

	if (!known(library->ruleset, request, &err)) {
		out_err(&err);
		return STATUS_USAGE;
	}
	if (!catch_up(store, library, request->rebuild, &err))
		return trouble(&err);
	arena_init(&arena);
	if (progress_read(store, library, clock_now(), &arena, &progress, &err))
		status = show(store, request, &progress);
	else
		status = trouble(&err);
	arena_release(&arena);
	return status;
}

/* The log, and the rules in the library; NULL, with the status, after saying what is wrong. */
static struct store *open_both(struct library *library, enum status *status)
{
	struct store *store;
	struct err err;

	/* Only what has to be played again needs the detector. */
	library->hurried = true;
	*status = library_status(library_ready(library));
	if (*status != STATUS_FINE)
		return NULL;
	store = store_open(STORE_READ, &err);
	if (!store)
		*status = trouble(&err);
	return store;
}

enum status progressing_run(struct library *library, const struct progressing_request *request)
{
	enum status status;
	struct store *store = open_both(library, &status);

	if (!store)
		return status;
	status = run(store, library, request);
	store_close(store);
	return status;
}

static enum status say_next(struct store *store, struct library *library, bool plain,
                            struct arena *arena, struct progress_step *step, bool *can)
{
	struct progress progress;
	struct page page = page_for(plain);
	struct decks decks = {0};
	struct strbuf then = {0};
	struct err err;

	if (!progress_read(store, library, clock_now(), arena, &progress, &err))
		return trouble(&err);
	decks_open(library, SLICE(""), &decks);
	*can = progress_step(&progress, &decks, step);
	decks_release(&decks);
	if (step->drill)
		strbuf_addz(&then, "Practise it in a drill.");
	else if (*can && step->focus.len)
		strbuf_addf(&then, "Practise it in “%.*s”.",
		            SLICE_ARGS(step->scenario->header.title));
	if (*can)
		report_progress_next(&page, &progress, then.len ? then.at : NULL);
	else
		page_textz(&page, 2, STYLE_PLAIN, "There is no scenario to practise with.");
	put_page(&page);
	out_flush();
	strbuf_release(&then);
	return STATUS_FINE;
}

enum status progressing_next(struct library *library, bool plain, struct arena *arena,
                             struct progress_step *step, bool *can)
{
	enum status status;
	struct store *store = open_both(library, &status);
	struct err err;

	*can = false;
	if (!store)
		return status;
	if (!catch_up(store, library, false, &err))
		status = trouble(&err);
	else
		status = say_next(store, library, plain, arena, step, can);
	store_close(store);
	return status;
}
