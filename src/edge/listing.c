/* listing.c: see listing.h. */
#include "edge/listing.h"

#include <unistd.h>

#include "base/ascii.h"
#include "base/json.h"
#include "base/utf8.h"
#include "edge/report.h"
#include "edge/term.h"

#define TITLE 6 /* columns where things begin */
#define LEVEL_WIDTH 19 /* of "level 2 · 8 min" and the gap behind it */
#define MINUTES_WIDTH 9 /* of "10 min" and the gap behind it */
/* More rows than these are parted by level, a line each: the list of what comes with the program
 * would go over several screens. */
#define ROWS_SHORT 8
/* Narrower, a row of a long list has no room for a title and a name beside each other. */
#define WIDTH_BESIDE 72

/* Columns where things begin. What has no room beside the title in every row goes below it in
 * every row, so that the list can be read down. */
struct columns {
	size_t persona;
	size_t level;
	size_t focus;
	bool all_beside; /* the focus too */
	bool none_beside;
	bool parted; /* by level, which then has no column */
	bool short_list; /* the focus is shown, below where it has no room beside */
};

/* ASCII letters in either case; ‘_’ and ‘-’ are blanks. */
static char plain_byte(char byte)
{
	if (byte == '_' || byte == '-')
		return ' ';
	return ascii_lower(byte);
}

static bool holds(struct slice text, struct slice wanted)
{
	size_t at, i;

	if (wanted.len == 0)
		return true;
	for (at = 0; at + wanted.len <= text.len; at++) {
		for (i = 0; i < wanted.len; i++)
			if (plain_byte(text.at[at + i]) != plain_byte(wanted.at[i]))
				break;
		if (i == wanted.len)
			return true;
	}
	return false;
}

/* In the language asked for; what cannot be read says none. */
static bool speaks(const struct library *library, const struct scenario_header *header)
{
	return header->language.len == 0 || slice_eq(header->language, library->language);
}

static bool is_letter(char byte)
{
	return ascii_is_alphanumeric(byte) || (unsigned char)byte >= 0x80;
}

/* As people name things: a word of the text begins with it, ‘lesson’ finds ‘lessons’; two letters
 * are a whole word, or ‘PE’ would find ‘pens’. */
static bool holds_word(struct slice text, struct slice wanted)
{
	size_t at;

	for (at = 0; at + wanted.len <= text.len; at++) {
		size_t end = at + wanted.len;

		if ((at == 0 || !is_letter(text.at[at - 1])) &&
		    (wanted.len > 2 || end == text.len || !is_letter(text.at[end])) &&
		    holds(slice_sub(text, at, end), wanted))
			return true;
	}
	return false;
}

/* Each of the words stands somewhere in what is known of it. */
static bool holds_words(const struct library_scenario *scenario, struct slice words)
{
	const struct scenario_header *header = &scenario->header;
	const struct interaction *interaction = scenario_interaction(header->interaction);
	const struct slice texts[] = {
	        header->title,     header->about,
	        header->name,      header->who,
	        header->phase,     header->focus_ids,
	        header->cycle,     header->interaction,
	        scenario->file.id, interaction ? slice_of(interaction->title) : SLICE(""),
	};
	struct slice word;
	size_t i;

	words = slice_trim(words);
	while (slice_word(&words, &word)) {
		bool found = false;

		for (i = 0; i < sizeof(texts) / sizeof(texts[0]) && !found; i++)
			found = holds_word(texts[i], word);
		if (!found)
			return false;
	}
	return true;
}

static bool fits(const struct library *library, const struct library_scenario *scenario,
                 const struct listing_filter *filter)
{
	const struct scenario_header *header = &scenario->header;
	const struct interaction *interaction;

	if (!speaks(library, header))
		return false;
	if (!filter)
		return true;
	interaction = scenario_interaction(header->interaction);
	return holds_words(scenario, filter->words) && holds(header->focus_ids, filter->focus) &&
	       holds(header->phase, filter->phase) &&
	       (filter->level == 0 || header->level == filter->level) &&
	       (filter->minutes == 0 || header->minutes <= filter->minutes) &&
	       (holds(header->cycle, filter->cycle) || holds(header->interaction, filter->cycle) ||
	        (interaction && holds(slice_of(interaction->title), filter->cycle)));
}

size_t listing_first(const struct library *library)
{
	const struct scenario_header *best = NULL;
	size_t number = 0;
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		const struct scenario_header *header = &library->scenarios[i].header;

		if (library->scenarios[i].broken || !slice_eq(header->language, library->language))
			continue;
		if (best && (header->level > best->level ||
		             (header->level == best->level && header->minutes >= best->minutes)))
			continue;
		best = header;
		number = i + 1;
	}
	return number;
}

size_t listing_only(const struct library *library, const struct listing_filter *filter)
{
	size_t number = 0;
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		if (library->scenarios[i].broken || !fits(library, &library->scenarios[i], filter))
			continue;
		if (number)
			return 0;
		number = i + 1;
	}
	return number;
}

static size_t persona_width(const struct scenario_header *header)
{
	return utf8_width(header->name) + (header->phase.len ? 3 + utf8_width(header->phase) : 0);
}

static struct columns columns_of(const struct library *library, size_t width,
                                 const struct listing_filter *filter)
{
	size_t title = 0;
	size_t persona = 0;
	size_t focus = 0;
	struct columns columns;
	size_t rows = 0;
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		const struct scenario_header *header = &library->scenarios[i].header;
		if (library->scenarios[i].broken || !fits(library, &library->scenarios[i], filter))
			continue;
		size_t widths[] = {utf8_width(header->title), persona_width(header),
		                   utf8_width(header->focus)};

		title = widths[0] > title ? widths[0] : title;
		persona = widths[1] > persona ? widths[1] : persona;
		focus = widths[2] > focus ? widths[2] : focus;
		rows++;
	}
	columns.persona = TITLE + title + 3;
	columns.level = columns.persona + persona + 3;
	columns.short_list = rows <= ROWS_SHORT;
	columns.parted = !columns.short_list || (columns.level + LEVEL_WIDTH > width + 3 &&
	                                         columns.level + MINUTES_WIDTH <= width + 3);
	/* One long title must not cost every row of a long list its line: it wraps by itself. */
	if (!columns.short_list && width >= WIDTH_BESIDE &&
	    columns.level + MINUTES_WIDTH > width + 3) {
		columns.level = width + 3 - MINUTES_WIDTH;
		if (columns.persona > columns.level / 2)
			columns.persona = columns.level / 2;
	}
	columns.focus = columns.level + (columns.parted ? MINUTES_WIDTH : LEVEL_WIDTH);
	columns.all_beside = columns.focus + focus <= width;
	columns.none_beside = columns.focus > width + 3;
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
	if (page->plain)
		page_addf(page, STYLE_DIM, "level %ld, %ld minutes", header->level,
		          header->minutes);
	else if (columns->parted)
		page_addf(page, STYLE_DIM, "%2ld min", header->minutes);
	else
		page_addf(page, STYLE_DIM, "level %ld · %ld min", header->level, header->minutes);
	if (header->focus.len && (columns->all_beside || page->plain || columns->short_list)) {
		part(page, columns->focus, columns->all_beside);
		report_id(page, STYLE_DIM, header->focus);
	}
	page_end(page);
}

/* Above the first of each level. */
static void level_heading(struct page *page, long level, bool first)
{
	static const char *const words[SCENARIO_LEVEL_MAX + 1] = {"", ": gentle", "", ": hard"};

	if (!first)
		page_gap(page);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(page, STYLE_DIM, "Level %ld%s", level, words[level]);
	page_end(page);
}

size_t listing_set(struct page *page, const struct library *library,
                   const struct listing_filter *filter)
{
	struct columns columns = columns_of(library, page_right(page), filter);
	size_t count = 0;
	long level = 0;
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		const struct library_scenario *scenario = &library->scenarios[i];

		if (!fits(library, scenario, filter))
			continue;
		if (columns.parted && !page->plain && !scenario->broken &&
		    scenario->header.level != level)
			level_heading(page, scenario->header.level, count == 0);
		if (!scenario->broken)
			level = scenario->header.level;
		count++;
		if (scenario->broken)
			broken_row(page, i + 1, scenario);
		else
			row(page, i + 1, &scenario->header, &columns);
	}
	return count;
}

size_t listing_json(const struct library *library, const struct listing_filter *filter,
                    struct strbuf *out)
{
	size_t count = 0;
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		const struct library_scenario *scenario = &library->scenarios[i];
		const struct scenario_header *header = &scenario->header;
		struct json *object;

		if (!fits(library, scenario, filter))
			continue;
		count++;
		object = json_object();
		json_add_int(object, "number", (long)i + 1);
		json_add_text(object, "id", scenario->file.id);
		json_add_text(object, "title", header->title);
		json_add_text(object, "about", header->about);
		json_add_text(object, "name", header->name);
		json_add_text(object, "who", header->who);
		json_add_text(object, "phase", header->phase);
		json_add_text(object, "cycle", header->cycle);
		json_add_text(object, "interaction", header->interaction);
		json_add_text(object, "language", header->language);
		json_add_int(object, "level", header->level);
		json_add_int(object, "minutes", header->minutes);
		json_add_text(object, "focus", header->focus);
		json_add_bool(object, "playable", !scenario->broken);
		json_add_text(object, "path", scenario->file.path);
		json_print(object, out);
		strbuf_addc(out, '\n');
		json_free(object);
	}
	return count;
}

/* Those in the language asked for. */
static size_t count_fitting(const struct library *library)
{
	size_t count = 0;
	size_t i;

	for (i = 0; i < library->scenario_count; i++)
		count += fits(library, &library->scenarios[i], NULL);
	return count;
}

/* Each other language that there is something in, once. */
static void others(struct page *page, const struct library *library)
{
	size_t i, j;

	for (i = 0; i < library->scenario_count; i++) {
		struct slice language = library->scenarios[i].header.language;

		for (j = 0; j < i; j++)
			if (slice_eq(library->scenarios[j].header.language, language))
				break;
		if (j < i || speaks(library, &library->scenarios[i].header))
			continue;
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
		page_addf(page, STYLE_DIM, "In another language: rehearse list --language %.*s",
		          SLICE_ARGS(language));
		page_end(page);
	}
}

static void advise(struct page *page, const struct library *library, size_t shown)
{
	size_t first = listing_first(library);

	/* Whoever asked for some knows what for. */
	if (shown < 2 || shown < count_fitting(library) || !first)
		return;
	page_gap(page);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(page, STYLE_DIM, "New here? Begin with %zu: rehearse play %zu", first, first);
	page_end(page);
}

enum status listing_run(const struct library *library, const struct listing_request *request)
{
	struct term_look look = term_look(STDOUT_FILENO);
	struct page page = {.width = look.width,
	                    .colour = look.colour && !request->plain,
	                    .plain = request->plain};
	struct err err;
	size_t shown;

	if (library->diags.count)
		out_diags(&library->diags);
	if (library->scenario_count == 0) {
		err_set(&err, "no scenarios found; install again, or name them with ‘--scenarios "
		              "PATH’");
		out_err(&err);
		return STATUS_TROUBLE;
	}
	if (request->json) {
		shown = listing_json(library, &request->filter, &page.out);
	} else {
		shown = listing_set(&page, library, &request->filter);
		advise(&page, library, shown);
		others(&page, library);
	}
	out_put(strbuf_slice(&page.out));
	page_release(&page);
	if (shown)
		return STATUS_FINE;
	err_set(&err, "no scenario fits all of that; ‘rehearse list’ lists those there are");
	out_err(&err);
	return STATUS_FINDINGS;
}
