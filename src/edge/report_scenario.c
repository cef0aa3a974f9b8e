/* report_scenario.c: see report_scenario.h. */
#include "edge/report_scenario.h"

#include "edge/report.h"

#define FIELD 14 /* where values begin */

static void begin_field(struct page *page, const char *name)
{
	page_begin(page, REPORT_MARGIN, FIELD);
	if (page->plain) {
		page_addf(page, STYLE_PLAIN, "%s: ", name);
		return;
	}
	page_addz(page, STYLE_DIM, name);
	page_tab(page, FIELD);
}

static void field(struct page *page, const char *name, struct slice value)
{
	if (value.len == 0)
		return;
	begin_field(page, name);
	report_list(page, value);
	page_end(page);
}

static void endings(struct page *page, const struct scenario *scenario)
{
	size_t i;

	if (scenario->ending_count == 0)
		return;
	begin_field(page, "Endings");
	for (i = 0; i < scenario->ending_count; i++) {
		page_addz(page, STYLE_PLAIN, i ? ", " : "");
		report_id(page, STYLE_PLAIN, scenario->endings[i].id);
	}
	page_end(page);
}

/* What it suits in a programme: the theme, and which conversation of a cycle. */
static void cycle(struct page *page, const struct scenario *scenario)
{
	const struct interaction *interaction = scenario_interaction(scenario->interaction);

	if (scenario->cycle.len == 0 && !interaction)
		return;
	begin_field(page, "Suits");
	page_add(page, STYLE_PLAIN, scenario->cycle);
	if (scenario->cycle.len && interaction)
		page_addz(page, STYLE_PLAIN, page->plain ? ", " : " · ");
	if (interaction)
		page_addz(page, STYLE_PLAIN, interaction->title);
	page_end(page);
}

void report_scenario(struct page *page, const struct scenario *scenario)
{
	const char *between = page->plain ? ", " : " · ";

	report_brief(page, scenario);
	page_gap(page);
	field(page, "About", scenario->about);
	field(page, "For", scenario->phase);
	cycle(page, scenario);
	begin_field(page, "How hard");
	page_addf(page, STYLE_PLAIN, "level %ld%s%ld minutes", scenario->level, between,
	          scenario->minutes);
	page_end(page);
	field(page, "Practises", scenario->focus);
	endings(page, scenario);
	begin_field(page, "To play");
	page_addz(page, STYLE_PLAIN, "rehearse play ");
	page_add(page, STYLE_PLAIN, scenario->id);
	page_end(page);
}

static void model_moves(struct page *page, const struct model_line *line)
{
	size_t i;

	if (line->move_count == 0)
		return;
	page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
	for (i = 0; i < line->move_count; i++) {
		page_addz(page, STYLE_DIM, i == 0 ? "" : page->plain ? ", " : " · ");
		report_id(page, STYLE_DIM, line->moves[i]->id);
	}
	page_end(page);
}

void report_model(struct page *page, const struct scenario *scenario)
{
	size_t i;

	page_gap(page);
	if (scenario->model_count == 0) {
		page_textz(page, REPORT_MARGIN, STYLE_PLAIN,
		           "This scenario has no model exchange.");
		return;
	}
	page_textz(page, REPORT_MARGIN, STYLE_BOLD, "One way it might go:");
	for (i = 0; i < scenario->model_count; i++) {
		const struct model_line *line = &scenario->model[i];

		report_speech(page, line->mentor ? SLICE("You") : scenario->name, line->words);
		if (line->mentor)
			model_moves(page, line);
	}
	if (scenario->model_ending >= 0) {
		page_gap(page);
		page_text(page, REPORT_MARGIN, STYLE_PLAIN,
		          scenario->endings[scenario->model_ending].verdict);
	}
}
