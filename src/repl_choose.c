/* repl_choose.c: see repl_choose.h. */
#include "repl_choose.h"

#include "edge/listing.h"
#include "edge/report.h"
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

/* True when answered: `*chosen`, or NULL to leave. */
static bool answered(struct library *library, struct slice answer, struct slice usual,
                     struct page *page, const struct library_scenario **chosen)
{
	struct err err;
	long number;

	*chosen = NULL;
	if (slice_is(answer, "q") || slice_is(answer, "quit") || slice_is(answer, "/quit"))
		return true;
	*chosen = library_find(library, answer.len ? answer : usual, &err);
	if (*chosen)
		return true;
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

const struct library_scenario *repl_choose(struct library *library, struct term *term, bool plain)
{
	struct slice usual, prompt;
	struct arena arena;
	struct term_look look = term_look(1);
	struct page page = {.width = look.width, .colour = look.colour && !plain, .plain = plain};
	const struct library_scenario *chosen = NULL;
	struct strbuf line = {0};
	bool asking = true;

	library_try(library);
	arena_init(&arena);
	usual = slice_format(&arena, "%zu", listing_first(library) ? listing_first(library) : 1);
	prompt = slice_format(&arena, plain ? "Which one? [%s] " : "  Which one? [%s]  ", usual.at);
	list(&page, library);
	page_gap(&page);
	while (asking && show(term, &page)) {
		enum term_answer answer =
		        term_read(term, prompt.at, "  Ctrl-C again to leave.", ANSWER_BYTES, &line);

		if (answer == TERM_LINE)
			asking = !answered(library, slice_trim(strbuf_slice(&line)), usual, &page,
			                   &chosen);
		else
			asking = answer == TERM_LONG;
	}
	strbuf_release(&line);
	arena_release(&arena);
	page_release(&page);
	return chosen;
}
