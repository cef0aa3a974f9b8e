/* repl_choose.c: see repl_choose.h. */
#include "repl_choose.h"

#include "edge/clock.h"
#include "edge/intentions.h"
#include "edge/listing.h"
#include "edge/report.h"
#include "edge/report_progress.h"
#include "edge/term.h"

#define ANSWER_BYTES 1000

static void list(struct page *page, const struct library *library)
{
	page_gap(page);
	page_textz(page, REPORT_MARGIN, STYLE_PLAIN,
	           "Rehearse: practise an opportunity conversation. Everything stays on this "
	           "computer.");
	page_gap(page);
	listing_set(page, library, NULL);
}

static bool show(struct term *term, struct page *page)
{
	bool fine = term_write(term, strbuf_slice(&page->out));

	strbuf_clear(&page->out);
	return fine;
}

/* The list is in sight: no need to tell which command shows it. */
static struct slice without_command(struct slice words)
{
	return slice_sub(words, 0, slice_find(words, SLICE("; ‘rehearse list’")));
}

/* What is neither number nor name: the words of what is looked for. False when none has them. */
static bool narrowed(const struct library *library, struct slice words, size_t *usual,
                     struct page *page)
{
	const struct listing_filter filter = {.words = words};
	size_t only;

	page_gap(page);
	if (words.len == 0 || listing_set(page, library, &filter) == 0) {
		strbuf_clear(&page->out);
		return false;
	}
	only = listing_only(library, &filter);
	if (only)
		*usual = only;
	page_gap(page);
	return true;
}

/* True when answered: `*chosen`, or NULL to leave. `*usual` is what Enter alone means. */
static bool answered(struct library *library, struct slice answer, size_t *usual, struct page *page,
                     const struct library_scenario **chosen)
{
	struct arena arena;
	struct err err;
	long number;

	*chosen = NULL;
	if (slice_is(answer, "q") || slice_is(answer, "quit") || slice_is(answer, "/quit"))
		return true;
	arena_init(&arena);
	*chosen = library_find(library, answer.len ? answer : slice_format(&arena, "%zu", *usual),
	                       &err);
	arena_release(&arena);
	if (*chosen)
		return true;
	if (!slice_int(answer, 0, 999999, &number) && narrowed(library, answer, usual, page))
		return false;
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	if (slice_int(answer, 0, 999999, &number))
		page_addf(page, STYLE_DIM,
		          "The list above ends at %zu. A number is enough; q to leave.",
		          library->scenario_count);
	else
		page_addf(page, STYLE_DIM, "%.*s. A number is enough; q to leave.",
		          SLICE_ARGS(without_command(slice_of(err.text))));
	page_end(page);
	return false;
}

/* Something was meant to be done in a real conversation, and its day has come. */
static bool intended(struct page *page, struct store *store, struct arena *arena)
{
	struct slice due = intentions_due(store, clock_now(), arena);

	if (!due.len)
		return false;
	page_gap(page);
	page_text(page, REPORT_MARGIN, STYLE_PLAIN, due);
	return true;
}

/* Nothing for a newcomer; nor where the log cannot be read, which was told. */
static void welcome_back(struct page *page, struct library *library, struct store *store)
{
	struct progress progress;
	struct store_totals totals;
	struct arena arena;
	struct err err;
	bool any;

	if (!store || !store_totals(store, &totals, &err))
		return;
	arena_init(&arena);
	any = intended(page, store, &arena);
	any = report_progress_unfinished(page, store, !any) || any;
	if ((totals.conversations || totals.lines) &&
	    progress_read(store, library, clock_now(), &arena, &progress, &err)) {
		if (!any)
			page_gap(page);
		report_progress_next(page, &progress, "‘rehearse next’ starts it.");
	}
	arena_release(&arena);
}

/* The list may be longer than the screen: what Enter means stands at its end, by name. */
static void hint(struct page *page, const struct library *library, size_t usual)
{
	const struct scenario_header *header;

	if (usual > library->scenario_count)
		return;
	header = &library->scenarios[usual - 1].header;
	page_gap(page);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(page, STYLE_DIM,
	          "Enter for %zu, “%.*s”; or a number; or a word to find some by: a subject, a "
	          "phase, "
	          "a move. q leaves.",
	          usual, SLICE_ARGS(header->title));
	page_end(page);
}

const struct library_scenario *repl_choose(struct library *library, struct store *store,
                                           struct term *term, bool plain)
{
	struct term_look look = term_look(1);
	struct page page = {.width = look.width, .colour = look.colour && !plain, .plain = plain};
	const struct library_scenario *chosen = NULL;
	struct strbuf line = {0};
	char prompt[40];
	bool asking = true;
	size_t usual;

	library_try(library);
	usual = listing_first(library) ? listing_first(library) : 1;
	list(&page, library);
	welcome_back(&page, library, store);
	hint(&page, library, usual);
	page_gap(&page);
	while (asking && show(term, &page)) {
		enum term_answer answer;

		snprintf(prompt, sizeof(prompt),
		         plain ? "Which one? [%zu] " : "  Which one? [%zu]  ", usual);
		answer = term_read(term, prompt, "  Ctrl-C again to leave.", ANSWER_BYTES, &line);
		if (answer == TERM_LINE)
			asking = !answered(library, slice_trim(strbuf_slice(&line)), &usual, &page,
			                   &chosen);
		else
			asking = answer == TERM_LONG;
	}
	strbuf_release(&line);
	page_release(&page);
	return chosen;
}
