/* report.c: see report.h. */
#include "edge/report.h"

#include "base/utf8.h"
#include "edge/report_json.h"

#define LABEL 18 /* where the text of a finding begins */

/* Double quotation marks within a quotation become single ones. */
static void add_quoted(struct page *page, enum style style, struct slice text)
{
	static const char *const marks[][2] = {{"“", "‘"}, {"”", "’"}};
	size_t done = 0;
	size_t at, i;

	for (at = 0; at < text.len; at++) {
		for (i = 0; i < 2; i++) {
			struct slice mark = slice_of(marks[i][0]);

			if (!slice_starts(slice_sub(text, at, text.len), mark))
				continue;
			page_add(page, style, slice_sub(text, done, at));
			page_addz(page, style, marks[i][1]);
			done = at + mark.len;
		}
	}
	page_add(page, style, slice_sub(text, done, text.len));
}

void report_quote(struct page *page, enum style style, struct slice text, size_t most)
{
	size_t at = 0;
	size_t width = 0;
	size_t cut = 0;

	text = slice_trim(text);
	while (at < text.len && width <= most) {
		uint32_t code;
		size_t bytes = utf8_next(slice_sub(text, at, text.len), &code);

		if (code == ' ' || code == '\n')
			cut = at;
		width += utf8_code_width(code);
		at += bytes;
	}
	page_addz(page, style, "“");
	if (at < text.len || width > most) {
		add_quoted(page, style, slice_sub(text, 0, cut ? cut : at));
		page_addz(page, style, "…");
	} else {
		add_quoted(page, style, text);
	}
	page_addz(page, style, "”");
}

void report_list(struct page *page, struct slice text)
{
	const struct slice dot = SLICE(" · ");

	while (page->plain && slice_find(text, dot) < text.len) {
		size_t at = slice_find(text, dot);

		page_add(page, STYLE_PLAIN, slice_sub(text, 0, at));
		page_addz(page, STYLE_PLAIN, ", ");
		text = slice_sub(text, at + dot.len, text.len);
	}
	page_add(page, STYLE_PLAIN, text);
}

void report_id(struct page *page, enum style style, struct slice id)
{
	struct strbuf words = {0};
	size_t i;

	for (i = 0; i < id.len; i++)
		strbuf_addc(&words, id.at[i] == '_' || id.at[i] == '-' ? ' ' : id.at[i]);
	page_add(page, style, strbuf_slice(&words));
	strbuf_release(&words);
}

static void evidence(struct page *page, const struct scenario *scenario)
{
	size_t i;

	if (scenario->evidence_count == 0)
		return;
	page_gap(page);
	page_textz(page, REPORT_MARGIN, STYLE_PLAIN, "Your notes:");
	for (i = 0; i < scenario->evidence_count; i++)
		page_text(page, REPORT_MARGIN + 2, STYLE_PLAIN, scenario->evidence[i].text);
}

void report_brief(struct page *page, const struct scenario *scenario)
{
	page_heading(page, REPORT_MARGIN, scenario->title);
	page_prose(page, REPORT_MARGIN, scenario->brief);
	evidence(page, scenario);
	page_gap(page);
	if (scenario->goal.len) {
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
		page_addz(page, STYLE_BOLD, "You want: ");
		page_add(page, STYLE_PLAIN, scenario->goal);
		page_end(page);
	}
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(page, STYLE_PLAIN, "With %.*s. You have %ld minutes before the bell.",
	          SLICE_ARGS(scenario->who.len ? scenario->who : scenario->name),
	          scenario->minutes);
	page_end(page);
}

void report_speaker(struct page *page, struct slice name)
{
	size_t column = REPORT_MARGIN + utf8_width(name) + 2;

	page_begin(page, REPORT_MARGIN, column < REPORT_SPEECH ? REPORT_SPEECH : column);
	page_add(page, STYLE_BOLD, name);
	if (page->plain)
		page_addz(page, STYLE_PLAIN, ": ");
	else
		page_tab(page, REPORT_SPEECH);
}

void report_said(struct page *page, struct slice words)
{
	size_t close = 0;

	if (slice_starts(words, SLICE("(")))
		close = slice_find(words, SLICE(")")) + 1;
	page_add(page, STYLE_DIM, slice_sub(words, 0, close));
	page_add(page, STYLE_PLAIN, slice_sub(words, close, words.len));
}

void report_speech(struct page *page, struct slice name, struct slice text)
{
	struct slice paragraph;
	bool first = true;

	report_speaker(page, name);
	while (slice_cut(&text, '\n', &paragraph)) {
		if (!first)
			page_addz(page, STYLE_PLAIN, "\n");
		first = false;
		report_said(page, paragraph);
	}
	page_end(page);
}

bool report_is_numbered(const struct detections *heard, size_t index)
{
	const struct move *move = heard->items[index].move;
	size_t i;

	for (i = 0; i < index; i++) {
		if (heard->items[i].move == move)
			return false;
	}
	return !move->quiet;
}

void report_heard(struct page *page, const struct turn *turn)
{
	const bool pause = slice_trim(turn->utterance).len == 0;
	bool any = false;
	size_t i;

	if (pause) {
		page_textz(page, REPORT_SPEECH, STYLE_DIM, "(pause)");
		return;
	}
	for (i = 0; i < turn->heard.count; i++) {
		if (!report_is_numbered(&turn->heard, i))
			continue;
		if (any) {
			page_addz(page, STYLE_DIM, page->plain ? ", " : " · ");
		} else {
			page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
			page_addz(page, STYLE_DIM, page->plain ? "heard: " : "");
		}
		report_id(page, STYLE_DIM, turn->heard.items[i].move->id);
		any = true;
	}
	if (any)
		page_end(page);
}

static void effects(struct page *page, const struct effects *effects)
{
	bool any = false;
	int i;

	for (i = 0; i < METERS; i++) {
		if (effects->change[i] == 0)
			continue;
		page_addf(page, STYLE_DIM, "%s%s %+d", any ? ", " : "", meter_name((enum meter)i),
		          effects->change[i]);
		any = true;
	}
	if (!any)
		page_addz(page, STYLE_DIM, "no change");
}

static const struct change *change_of(const struct turn *turn, const struct move *move)
{
	size_t i;

	for (i = 0; i < turn->change_count; i++) {
		if (turn->changes[i].move == move)
			return &turn->changes[i];
	}
	return NULL;
}

void report_heard_fully(struct page *page, const struct turn *turn)
{
	struct arena arena;
	size_t i;

	arena_init(&arena);
	for (i = 0; i < turn->heard.count; i++) {
		const struct detection *found = &turn->heard.items[i];
		const struct change *change = change_of(turn, found->move);

		if (!report_is_numbered(&turn->heard, i))
			continue;
		page_begin(page, REPORT_SPEECH, REPORT_SPEECH + 2);
		report_id(page, STYLE_DIM, found->move->id);
		page_addz(page, STYLE_DIM, ": ");
		if (change)
			effects(page, &change->effects);
		else
			page_addz(page, STYLE_DIM, "no change");
		page_addf(page, STYLE_DIM, " (%.*s)",
		          SLICE_ARGS(report_place(found->rule->match.place, &arena)));
		page_end(page);
	}
	page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(page, STYLE_DIM, "now: ");
	report_meters(page, STYLE_DIM, turn->after);
	page_end(page);
	arena_release(&arena);
}

void report_meters(struct page *page, enum style style, const int meters[METERS])
{
	const char *between = page->plain ? ", " : " · ";
	int i;

	for (i = 0; i < METERS; i++)
		page_addf(page, style, "%s%s %d", i ? between : "", meter_name((enum meter)i),
		          meters[i]);
}

static size_t meters_width(const int meters[METERS])
{
	size_t width = 3 * (METERS - 1);
	int i;

	for (i = 0; i < METERS; i++)
		width += strlen(meter_name((enum meter)i)) + (meters[i] > 9 ? 3 : 2);
	return width;
}

void report_section(struct page *page, const char *label)
{
	page_begin(page, REPORT_MARGIN, LABEL);
	if (page->plain) {
		page_addf(page, STYLE_PLAIN, "%s: ", label);
	} else {
		page_addz(page, STYLE_BOLD, label);
		page_tab(page, LABEL);
	}
}

static void finding(struct page *page, const char *label, const struct finding *finding)
{
	if (!finding->present)
		return;
	report_section(page, label);
	page_add(page, STYLE_PLAIN, finding->text);
	if (finding->instead.len) {
		page_addz(page, STYLE_PLAIN, " For instance: ");
		report_quote(page, STYLE_PLAIN, finding->instead, 400);
	}
	if (finding->asks.len) {
		page_addz(page, STYLE_PLAIN, " ");
		page_add(page, STYLE_PLAIN, finding->asks);
	}
	page_end(page);
}

/* One line: this time, and before. */
static void compared(struct page *page, const struct compared *compared)
{
	const struct move *move = compared->move;
	uint32_t i;

	if (!move)
		return;
	report_section(page, "AND BEFORE");
	page_add(page, STYLE_PLAIN, move->title.len ? move->title : move->id);
	page_addf(page, STYLE_PLAIN, ": %u this time; ", (unsigned)compared->now);
	for (i = 0; i < compared->past_count; i++)
		page_addf(page, STYLE_PLAIN, "%s%u", i ? ", " : "", (unsigned)compared->past[i]);
	page_addz(page, STYLE_PLAIN, page->plain ? " in the conversations before." : " before.");
	page_end(page);
}

void report_findings(struct page *page, const struct debrief *debrief)
{
	finding(page, "WHAT HELPED", &debrief->strength);
	finding(page, "A QUESTION", &debrief->question);
	finding(page, "ONE STEP", &debrief->step);
	compared(page, &debrief->compared);
}

void report_debrief(struct page *page, const struct debrief *debrief)
{
	const struct session *session = debrief->session;
	int meters[METERS];
	int i;

	for (i = 0; i < METERS; i++)
		meters[i] = session_meter(session, (enum meter)i);
	page_gap(page);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	if (debrief->verdict.len)
		page_add(page, STYLE_BOLD, debrief->verdict);
	else
		page_addz(page, STYLE_BOLD, "You left it there.");
	if (page->plain)
		page_addz(page, STYLE_PLAIN, "\n");
	else
		page_tab_right(page, meters_width(meters));
	report_meters(page, STYLE_DIM, meters);
	page_end(page);
	page_gap(page);
	report_focus(page, debrief);
	report_findings(page, debrief);
}

void report_next(struct page *page, const char *text)
{
	report_section(page, "TRY IT");
	page_addz(page, STYLE_PLAIN, text);
	page_end(page);
}
