/* listing.c: see listing.h. */
#include "edge/listing.h"

#include <unistd.h>

#include "base/json.h"
#include "base/utf8.h"
#include "edge/report.h"
#include "edge/term.h"

#define TITLE 6 /* columns where things begin */
#define LEVEL_WIDTH 19 /* of "level 2 · 8 min" and the gap behind it */

/* Columns where things begin. What has no room beside the title in every row goes below it in
 * every row, so that the list can be read down. */
struct columns {
	size_t persona;
	size_t level;
	size_t focus;
	bool all_beside; /* the focus too */
	bool none_beside;
};

static size_t persona_width(const struct scenario_header *header)
{
	return utf8_width(header->name) + (header->phase.len ? 3 + utf8_width(header->phase) : 0);
}

static struct columns columns_of(const struct library *library, size_t width)
{
	size_t title = 0;
	size_t persona = 0;
	size_t focus = 0;
	struct columns columns;
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		const struct scenario_header *header = &library->scenarios[i].header;
		if (library->scenarios[i].broken)
			continue;
		size_t widths[] = {utf8_width(header->title), persona_width(header),
		                   utf8_width(header->focus)};

		title = widths[0] > title ? widths[0] : title;
		persona = widths[1] > persona ? widths[1] : persona;
		focus = widths[2] > focus ? widths[2] : focus;
	}
	columns.persona = TITLE + title + 3;
	columns.level = columns.persona + persona + 3;
	columns.focus = columns.level + LEVEL_WIDTH;
	columns.all_beside = columns.focus + focus <= width;
	columns.none_beside = columns.focus > width + 2;
	return columns;
}

static void part(struct page *page, size_t column, bool beside)
{
	if (beside || page->plain)
		page_tab(page, column);
	else
		page_addz(page, STYLE_DIM, "\n");
}

static void begin_row(struct page *page, size_t number, struct slice title)
{
	page_begin(page, number < 10 ? 3 : 2, TITLE);
	page_addf(page, STYLE_PLAIN, page->plain ? "%zu. " : "%zu", number);
	if (!page->plain)
		page_tab(page, TITLE);
	page_add(page, STYLE_BOLD, title);
}

/* Nothing of it can be trusted, and whoever wrote it wants to know why. */
static void broken_row(struct page *page, size_t number, const struct library_scenario *scenario)
{
	begin_row(page, number, scenario->header.title);
	page_addf(page, STYLE_DIM, "%s(cannot be played: rehearse check %.*s)",
	          page->plain ? " " : "\n", SLICE_ARGS(scenario->file.path));
	page_end(page);
}

static void row(struct page *page, size_t number, const struct scenario_header *header,
                const struct columns *columns)
{
	begin_row(page, number, header->title);
	part(page, columns->persona, !columns->none_beside);
	page_add(page, STYLE_PLAIN, header->name);
	if (header->phase.len) {
		page_addz(page, STYLE_PLAIN, page->plain ? ", " : " · ");
		report_list(page, header->phase);
	}
	part(page, columns->level, !columns->none_beside);
	page_addf(page, STYLE_DIM, page->plain ? "level %ld, %ld minutes" : "level %ld · %ld min",
	          header->level, header->minutes);
	if (header->focus.len) {
		part(page, columns->focus, columns->all_beside);
		report_id(page, STYLE_DIM, header->focus);
	}
	page_end(page);
}

void listing_set(struct page *page, const struct library *library)
{
	struct columns columns = columns_of(library, page->width);
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		const struct library_scenario *scenario = &library->scenarios[i];

		if (scenario->broken)
			broken_row(page, i + 1, scenario);
		else
			row(page, i + 1, &scenario->header, &columns);
	}
}

void listing_json(const struct library *library, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		const struct library_scenario *scenario = &library->scenarios[i];
		const struct scenario_header *header = &scenario->header;
		struct json *object = json_object();

		json_add_int(object, "number", (long)i + 1);
		json_add_text(object, "id", scenario->file.id);
		json_add_text(object, "title", header->title);
		json_add_text(object, "about", header->about);
		json_add_text(object, "name", header->name);
		json_add_text(object, "who", header->who);
		json_add_text(object, "phase", header->phase);
		json_add_int(object, "level", header->level);
		json_add_int(object, "minutes", header->minutes);
		json_add_text(object, "focus", header->focus);
		json_add_bool(object, "playable", !scenario->broken);
		json_add_text(object, "path", scenario->file.path);
		json_print(object, out);
		strbuf_addc(out, '\n');
		json_free(object);
	}
}

enum status listing_run(const struct library *library, const struct listing_request *request)
{
	struct term_look look = term_look(STDOUT_FILENO);
	struct page page = {.width = look.width,
	                    .colour = look.colour && !request->plain,
	                    .plain = request->plain};
	struct err err;

	if (library->diags.count)
		out_diags(&library->diags);
	if (library->scenario_count == 0) {
		err_set(&err, "no scenarios found; install again, or name them with ‘--scenarios "
		              "PATH’");
		out_err(&err);
		return STATUS_TROUBLE;
	}
	if (request->json)
		listing_json(library, &page.out);
	else
		listing_set(&page, library);
	out_put(strbuf_slice(&page.out));
	page_release(&page);
	return STATUS_FINE;
}
