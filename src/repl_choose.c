/* repl_choose.c: see repl_choose.h. */
#include "repl_choose.h"

#include "base/utf8.h"
#include "edge/report.h"
#include "edge/term.h"

#define TITLE 6 /* columns where things begin */
#define ANSWER_BYTES 1000

/* The widest of a column, so that the next begins behind it. */
static size_t widest(const struct library *library, bool persona)
{
	size_t most = 0;
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		const struct scenario_header *header = &library->scenarios[i].header;
		size_t width = utf8_width(persona ? header->name : header->title);

		if (persona && header->phase.len)
			width += 3 + utf8_width(header->phase);
		most = width > most ? width : most;
	}
	return most;
}

static void row(struct page *page, size_t number, const struct scenario_header *header,
                size_t persona_column, size_t level_column)
{
	page_begin(page, number < 10 ? 3 : 2, TITLE);
	page_addf(page, STYLE_PLAIN, page->plain ? "%zu. " : "%zu", number);
	if (!page->plain)
		page_tab(page, TITLE);
	page_add(page, STYLE_BOLD, header->title);
	page_tab(page, persona_column);
	page_add(page, STYLE_PLAIN, header->name);
	if (header->phase.len) {
		page_addz(page, STYLE_PLAIN, page->plain ? ", " : " · ");
		page_add(page, STYLE_PLAIN, header->phase);
	}
	page_tab(page, level_column);
	page_addf(page, STYLE_DIM, page->plain ? "level %ld, %ld minutes" : "level %ld · %ld min",
	          header->level, header->minutes);
	if (header->focus.len) {
		page_tab(page, level_column + 19);
		report_id(page, STYLE_DIM, header->focus);
	}
	page_end(page);
}

static void list(struct page *page, const struct library *library)
{
	size_t persona_column = TITLE + widest(library, false) + 3;
	size_t level_column = persona_column + widest(library, true) + 3;
	size_t i;

	page_gap(page);
	page_textz(page, REPORT_MARGIN, STYLE_PLAIN,
	           "Rehearse: practise an opportunity conversation. Everything stays on this "
	           "computer.");
	page_gap(page);
	for (i = 0; i < library->scenario_count; i++)
		row(page, i + 1, &library->scenarios[i].header, persona_column, level_column);
}

static bool show(struct term *term, struct page *page)
{
	bool fine = term_write(term, strbuf_slice(&page->out));

	strbuf_clear(&page->out);
	return fine;
}

/* True when answered: `*chosen`, or NULL to leave. */
static bool answered(struct library *library, struct slice answer, struct page *page,
                     const struct library_scenario **chosen)
{
	struct err err;

	*chosen = NULL;
	if (slice_is(answer, "q") || slice_is(answer, "quit") || slice_is(answer, "/quit"))
		return true;
	*chosen = library_find(library, answer.len ? answer : SLICE("1"), &err);
	if (*chosen)
		return true;
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(page, STYLE_DIM, "%s. A number is enough; q to leave.", err.text);
	page_end(page);
	return false;
}

const struct library_scenario *repl_choose(struct library *library, struct term *term, bool plain)
{
	const char *prompt = plain ? "Which one? [1] " : "  Which one? [1]  ";
	struct term_look look = term_look(1);
	struct page page = {.width = look.width, .colour = look.colour && !plain, .plain = plain};
	const struct library_scenario *chosen = NULL;
	struct strbuf line = {0};
	bool asking = true;

	list(&page, library);
	page_gap(&page);
	while (asking && show(term, &page)) {
		enum term_answer answer =
		        term_read(term, prompt, "  Ctrl-C again to leave.", ANSWER_BYTES, &line);

		if (answer == TERM_LINE)
			asking =
			        !answered(library, slice_trim(strbuf_slice(&line)), &page, &chosen);
		else
			asking = answer == TERM_LONG;
	}
	strbuf_release(&line);
	page_release(&page);
	return chosen;
}
