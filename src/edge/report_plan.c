/* report_plan.c: see report_plan.h. A plan on the page. */
#include "edge/report_plan.h"

#include "base/utf8.h"
#include "edge/report.h"

#define NUMBER 6 /* where the text of a numbered choice or line begins */
#define ANSWER 27 /* where answers begin */
#define MANY 100000 /* columns: a quote as long as it is */

/* `{name}` is the ECT's. */
static void add_named(struct page *page, struct slice text, struct slice name)
{
	const struct slice slot = SLICE("{name}");

	while (text.len) {
		size_t at = slice_find(text, slot);

		page_add(page, STYLE_PLAIN, slice_sub(text, 0, at));
		if (at < text.len)
			page_add(page, STYLE_PLAIN, name);
		text = slice_sub(text, at + slot.len, text.len);
	}
}

static void numbered(struct page *page, size_t number)
{
	page_begin(page, number > 9 ? REPORT_MARGIN : REPORT_MARGIN + 1, NUMBER);
	page_addf(page, STYLE_DIM, page->plain ? "%zu: " : "%zu", number);
	if (!page->plain)
		page_tab(page, NUMBER);
}

static bool is_chosen(const struct plan *plan, enum plan_part part, struct slice id)
{
	if (plan_questions[part].kind == PLAN_ITEMS)
		return plan_has_item(plan, part, id);
	return slice_eq(plan->answers[part], id);
}

static const char *height(int at)
{
	static const char *const heights[] = {"low", "middle", "high"};

	return at < 0 ? "any" : heights[at];
}

/* “care high, challenge low”, for whoever sees no grid. */
static void where_it_stands(struct page *page, const struct framework *framework,
                            const struct grid_cell *cell)
{
	page_addz(page, STYLE_PLAIN, ", ");
	report_id(page, STYLE_PLAIN, framework->axis_y);
	page_addf(page, STYLE_PLAIN, " %s, ", height(cell->y));
	report_id(page, STYLE_PLAIN, framework->axis_x);
	page_addf(page, STYLE_PLAIN, " %s", height(cell->x));
}

static bool fits(const struct scenario *scenario, struct slice cell)
{
	size_t i;

	for (i = 0; i < scenario->fit_count; i++) {
		if (slice_eq(scenario->fits[i]->id, cell))
			return true;
	}
	return false;
}

static void choices(struct page *page, const struct plan_view *view, enum plan_part part,
                    const struct framework *framework, bool in_words)
{
	struct plan_choice choice;
	size_t i;

	for (i = 0; plan_choice(framework, i, &choice); i++) {
		bool chosen = is_chosen(view->plan, part, choice.id);

		numbered(page, i + 1);
		page_add(page, chosen ? STYLE_BOLD : STYLE_PLAIN, choice.name);
		if (in_words)
			where_it_stands(page, framework, &framework->cells[i]);
		if (choice.about.len) {
			page_addz(page, STYLE_PLAIN, ": ");
			page_add(page, STYLE_PLAIN, choice.about);
		}
		if (framework->kind == FRAMEWORK_GRID && fits(view->scenario, choice.id))
			page_addz(page, STYLE_PLAIN, " (fits here, the scenario says)");
		page_end(page);
	}
}

/* A grid drawn: two columns and two rows of cells that each stand for one square. */
struct drawing {
	const struct grid_cell *at[2][2]; /* [low, high of y][low, high of x] */
	size_t number[2][2];
	size_t label; /* columns of the words before a row */
	size_t cell; /* columns within a cell */
};

static size_t most(size_t a, size_t b)
{
	return a > b ? a : b;
}

static bool can_draw(const struct page *page, const struct framework *framework,
                     struct drawing *out)
{
	struct plan_choice choice;
	size_t i;

	*out = (struct drawing){0};
	if (page->plain || framework->kind != FRAMEWORK_GRID || framework->cell_count != 4)
		return false;
	for (i = 0; plan_choice(framework, i, &choice); i++) {
		const struct grid_cell *cell = &framework->cells[i];
		int x = cell->x == 2, y = cell->y == 2;

		if (cell->x < 0 || cell->y < 0 || cell->x == 1 || cell->y == 1 || out->at[y][x])
			return false;
		out->at[y][x] = cell;
		out->number[y][x] = i + 1;
		out->cell = most(out->cell, utf8_width(choice.name) + 7);
	}
	out->cell = most(out->cell, utf8_width(framework->axis_x) + 10);
	out->label = utf8_width(framework->axis_y) + 7;
	return REPORT_MARGIN + out->label + 2 * out->cell + 3 <= page->width;
}

static void draw_border(struct page *page, const struct drawing *d, const char *const ends[3])
{
	size_t x, i;

	page_begin(page, REPORT_MARGIN + d->label, REPORT_MARGIN + d->label);
	for (x = 0; x < 2; x++) {
		page_addz(page, STYLE_DIM, ends[x]);
		for (i = 0; i < d->cell; i++)
			page_addz(page, STYLE_DIM, "─");
	}
	page_addz(page, STYLE_DIM, ends[2]);
	page_end(page);
}

static void draw_row(struct page *page, const struct drawing *d, const struct plan_view *view,
                     enum plan_part part, const struct framework *framework, int y)
{
	size_t column = REPORT_MARGIN + d->label;
	size_t x;

	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addz(page, STYLE_DIM, y ? "high " : "low ");
	report_id(page, STYLE_DIM, framework->axis_y);
	for (x = 0; x < 2; x++) {
		struct plan_choice choice;
		bool chosen = is_chosen(view->plan, part, d->at[y][x]->id);

		plan_choice(framework, d->number[y][x] - 1, &choice);
		page_tab(page, column);
		page_addz(page, STYLE_DIM, "│");
		page_addz(page, STYLE_BOLD, chosen ? "✓" : "");
		page_tab(page, column + 4);
		page_addf(page, STYLE_DIM, "%zu ", d->number[y][x]);
		page_add(page, chosen ? STYLE_BOLD : STYLE_PLAIN, choice.name);
		column += d->cell + 1;
	}
	page_tab(page, column);
	page_addz(page, STYLE_DIM, "│");
	page_end(page);
}

static void draw(struct page *page, const struct drawing *d, const struct plan_view *view,
                 enum plan_part part, const struct framework *framework)
{
	static const char *const top[] = {"┌", "┬", "┐"};
	static const char *const middle[] = {"├", "┼", "┤"};
	static const char *const bottom[] = {"└", "┴", "┘"};
	size_t x;

	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	for (x = 0; x < 2; x++) {
		page_tab(page, REPORT_MARGIN + d->label + x * (d->cell + 1) + 3);
		page_addz(page, STYLE_DIM, x ? "high " : "low ");
		report_id(page, STYLE_DIM, framework->axis_x);
	}
	page_end(page);
	draw_border(page, d, top);
	draw_row(page, d, view, part, framework, 1);
	draw_border(page, d, middle);
	draw_row(page, d, view, part, framework, 0);
	draw_border(page, d, bottom);
}

static void offer(struct page *page, const struct plan_view *view, enum plan_part part)
{
	const struct framework *framework = plan_framework(view->ruleset, part);
	struct drawing drawing;

	if (!framework) {
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
		page_addf(
		        page, STYLE_DIM,
		        "No rule pack here has the framework ‘%s’, so there is nothing to choose. "
		        "Enter goes on.",
		        plan_questions[part].framework);
		page_end(page);
		return;
	}
	page_text(page, REPORT_MARGIN, STYLE_DIM, framework->about);
	page_gap(page);
	if (part == PLAN_CANDOUR && can_draw(page, framework, &drawing)) {
		draw(page, &drawing, view, part, framework);
		page_gap(page);
		choices(page, view, part, framework, false);
	} else {
		choices(page, view, part, framework, part == PLAN_CANDOUR);
	}
}

/* The names of what was chosen; ids nobody knows as they stand. */
static void add_chosen(struct page *page, const struct plan_view *view, enum plan_part part)
{
	const struct framework *framework = plan_framework(view->ruleset, part);
	struct slice rest = view->plan->answers[part];
	struct slice id;
	bool any = false;

	while (slice_cut(&rest, ',', &id)) {
		struct plan_choice choice;

		id = slice_trim(id);
		plan_chosen(framework, id, &choice);
		page_addz(page, STYLE_PLAIN, any ? ", " : "");
		if (choice.name.len)
			page_add(page, STYLE_PLAIN, choice.name);
		else
			report_id(page, STYLE_PLAIN, id);
		any = true;
	}
}

/* A line each, without the blank ones between. */
static void add_text(struct page *page, struct slice text)
{
	struct slice line;
	bool any = false;

	while (slice_cut(&text, '\n', &line)) {
		line = slice_trim(line);
		if (!line.len)
			continue;
		page_addz(page, STYLE_PLAIN, any ? "\n" : "");
		page_add(page, STYLE_PLAIN, line);
		any = true;
	}
}

/* Before the script is asked for: what is there to fall back on. */
static void reminders(struct page *page, const struct plan_view *view, enum plan_part part)
{
	if (part == PLAN_GOAL && view->scenario->goal.len) {
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
		page_addz(page, STYLE_DIM, "The scenario says: ");
		page_add(page, STYLE_DIM, view->scenario->goal);
		page_end(page);
	}
}

void report_plan_question(struct page *page, const struct plan_view *view, enum plan_part part)
{
	const struct plan_question *question = &plan_questions[part];
	struct slice answer = view->plan->answers[part];
	struct strbuf title = {0};

	page_gap(page);
	strbuf_addf(&title, "%d of %d: %s", part + 1, PLAN_PARTS, question->title);
	page_heading(page, REPORT_MARGIN, strbuf_slice(&title));
	strbuf_release(&title);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	add_named(page, slice_of(question->ask), view->scenario->name);
	page_end(page);
	reminders(page, view, part);
	if (question->framework)
		offer(page, view, part);
	if (!answer.len || question->kind == PLAN_LINES)
		return;
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addz(page, STYLE_DIM, "So far: ");
	if (question->framework)
		add_chosen(page, view, part);
	else
		add_text(page, answer);
	page_end(page);
}

/* What to do in place of a move that gets in the way. */
static void add_advice(struct page *page, const struct detections *heard)
{
	size_t i;

	for (i = 0; i < heard->count; i++) {
		const struct move *move = heard->items[i].move;

		if (!move->instead || !move->advice.len || !report_is_numbered(heard, i) ||
		    slice_find(move->advice, SLICE("{")) < move->advice.len)
			continue;
		page_addz(page, STYLE_DIM, ". ");
		page_add(page, STYLE_PLAIN, move->advice);
		return;
	}
}

/* The moves in a line, each once; true when there are any. */
static bool add_moves(struct page *page, const struct detections *heard)
{
	bool any = false;
	size_t i;

	for (i = 0; i < heard->count; i++) {
		if (!report_is_numbered(heard, i))
			continue;
		page_addz(page, STYLE_DIM,
		          !any          ? page->plain ? "heard: " : ""
		          : page->plain ? ", "
		                        : " · ");
		report_id(page, STYLE_DIM, heard->items[i].move->id);
		any = true;
	}
	return any;
}

void report_plan_line(struct page *page, const struct plan_view *view, size_t index)
{
	uint32_t said =
	        view->outcome && index < view->outcome->line_count ? view->outcome->said[index] : 0;

	numbered(page, index + 1);
	page_add(page, said ? STYLE_DIM : STYLE_PLAIN, plan_line(view->plan, index));
	if (said)
		page_addf(page, STYLE_DIM, page->plain ? " (said, turn %u)" : " ✓ turn %u", said);
	page_addz(page, STYLE_DIM, "\n");
	if (!view->script || index >= view->script->count ||
	    !add_moves(page, view->script->lines[index].heard))
		page_addz(page, STYLE_DIM, "(no move heard)");
	else
		add_advice(page, view->script->lines[index].heard);
	page_end(page);
}

/* “lines 1 and 4”: where an item stands, each line once. */
static void add_lines(struct page *page, const struct item_score *item)
{
	uint32_t last = item->quotes[item->quote_count - 1].turn;
	uint32_t before = 0;
	size_t i;

	page_addz(page, STYLE_DIM, item->quotes[0].turn == last ? " (line" : " (lines");
	for (i = 0; i < item->quote_count; i++) {
		uint32_t line = item->quotes[i].turn;

		if (line == before)
			continue;
		page_addz(page, STYLE_DIM, !before ? " " : line == last ? " and " : ", ");
		page_addf(page, STYLE_DIM, "%u", line);
		before = line;
	}
	page_addz(page, STYLE_DIM, ")");
}

/* “MOREPIES, 3 of 8: open question (lines 1 and 4), …. Not in it: …” */
static void coverage(struct page *page, const struct framework_score *score)
{
	struct arena arena;
	bool any = false;
	size_t i;

	if (!score)
		return;
	arena_init(&arena);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 2);
	page_add(page, STYLE_BOLD, score->framework->title);
	page_addf(page, STYLE_PLAIN, ", %zu of %zu", score->filled, score->item_count);
	for (i = 0; i < score->item_count; i++) {
		if (!score->items[i].quote_count)
			continue;
		page_addz(page, STYLE_PLAIN, any ? ", " : ": ");
		page_add(page, STYLE_PLAIN, plan_name(score->items[i].item->title, &arena));
		add_lines(page, &score->items[i]);
		any = true;
	}
	page_addz(page, STYLE_PLAIN, ".");
	any = false;
	for (i = 0; i < score->item_count; i++) {
		if (score->items[i].quote_count)
			continue;
		page_addz(page, STYLE_PLAIN, any ? ", " : " Not in it: ");
		page_add(page, STYLE_PLAIN, plan_name(score->items[i].item->title, &arena));
		any = true;
	}
	page_addz(page, STYLE_PLAIN, any ? "." : "");
	page_end(page);
	arena_release(&arena);
}

static void reflection(struct page *page, const struct plan_view *view)
{
	const struct move *move = ruleset_move(view->ruleset, SLICE("invite_reflection"));

	if (!move)
		return;
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 2);
	page_add(page, STYLE_PLAIN, view->scenario->name);
	if (view->script->invites_reflection) {
		page_addz(page, STYLE_PLAIN, " is invited to reflect.");
	} else {
		size_t i = 0;

		page_addz(page, STYLE_PLAIN, " is not invited to reflect yet.");
		while (i < move->say_count &&
		       slice_find(move->says[i].words, SLICE("{")) < move->says[i].words.len)
			i++;
		if (i < move->say_count) {
			page_addz(page, STYLE_PLAIN, " For instance: ");
			report_quote(page, STYLE_PLAIN, move->says[i].words, MANY);
		}
	}
	page_end(page);
}

static void mode(struct page *page, const struct plan_view *view)
{
	const struct grid_cell *planned = plan_cell(view->plan, view->ruleset, PLAN_MODE);
	struct arena arena;

	/* Two lines show no mode yet. */
	if (view->script->count < 3 || !view->script->mode || !planned ||
	    planned == view->script->mode)
		return;
	arena_init(&arena);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 2);
	page_addf(page, STYLE_PLAIN, "You plan for %.*s; the lines as they stand read as %.*s.",
	          SLICE_ARGS(plan_name(planned->title, &arena)),
	          SLICE_ARGS(plan_name(view->script->mode->title, &arena)));
	page_end(page);
	arena_release(&arena);
}

void report_plan_script(struct page *page, const struct plan_view *view)
{
	size_t count = view->script->count;

	if (!count)
		return;
	if (count < PLAN_LINES_FEW || count > PLAN_LINES_MANY) {
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 2);
		page_addf(page, STYLE_PLAIN, "%zu line%s; %d to %d carry a conversation.", count,
		          count == 1 ? "" : "s", PLAN_LINES_FEW, PLAN_LINES_MANY);
		page_end(page);
	}
	coverage(page, view->script->listening);
	coverage(page, view->script->feedback);
	reflection(page, view);
	mode(page, view);
}

static void answer(struct page *page, const struct plan_view *view, enum plan_part part)
{
	const struct plan_question *question = &plan_questions[part];

	numbered(page, (size_t)part + 1);
	page->indent = page->plain ? 0 : ANSWER;
	page_addz(page, STYLE_BOLD, question->title);
	if (page->plain)
		page_addz(page, STYLE_PLAIN, ": ");
	else
		page_tab(page, ANSWER);
	if (!view->plan->answers[part].len)
		page_addz(page, STYLE_DIM, "not answered");
	else if (question->kind == PLAN_LINES)
		page_addf(page, STYLE_PLAIN, "%zu line%s", plan_line_count(view->plan),
		          plan_line_count(view->plan) == 1 ? "" : "s");
	else if (question->framework)
		add_chosen(page, view, part);
	else
		add_text(page, view->plan->answers[part]);
	page_end(page);
}

void report_plan(struct page *page, const struct plan_view *view, bool whole)
{
	struct strbuf title = {0};
	size_t i;
	int part;

	page_gap(page);
	strbuf_addz(&title, "Your plan: ");
	strbuf_add(&title, view->scenario->title);
	page_heading(page, REPORT_MARGIN, strbuf_slice(&title));
	strbuf_release(&title);
	for (part = 0; part < PLAN_PARTS; part++) {
		if (whole || view->plan->answers[part].len)
			answer(page, view, (enum plan_part)part);
	}
	if (!plan_line_count(view->plan))
		return;
	page_gap(page);
	page_heading(page, REPORT_MARGIN, slice_of(plan_questions[PLAN_SCRIPT].title));
	for (i = 0; i < plan_line_count(view->plan); i++)
		report_plan_line(page, view, i);
	if (!view->script || view->outcome)
		return;
	page_gap(page);
	report_plan_script(page, view);
}

void report_plan_told(struct page *page, const struct plan_outcome *outcome)
{
	size_t i;

	if (!outcome->told[0])
		return;
	report_section(page, "YOUR PLAN");
	for (i = 0; i < 2 && outcome->told[i]; i++) {
		page_addz(page, STYLE_PLAIN, i ? " " : "");
		page_add(page, STYLE_PLAIN, outcome->told[i]->text);
	}
	page_end(page);
}

void report_plan_outcome(struct page *page, const struct plan_view *view)
{
	const struct plan_outcome *outcome = view->outcome;
	size_t i;

	if (!outcome->count && !outcome->line_count)
		return;
	page_gap(page);
	page_heading(page, REPORT_MARGIN, SLICE("Your plan"));
	for (i = 0; i < outcome->count; i++) {
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 2);
		page_add(page, STYLE_PLAIN, outcome->findings[i].text);
		page_end(page);
	}
	if (!outcome->line_count)
		return;
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 2);
	page_addf(page, STYLE_PLAIN, "Of your script, %zu of %zu lines were said in substance",
	          outcome->lines_said, outcome->line_count);
	for (i = 0; i < outcome->line_count; i++) {
		if (outcome->said[i])
			page_addf(page, STYLE_DIM, "; line %zu at turn %u", i + 1,
			          outcome->said[i]);
	}
	page_addz(page, STYLE_PLAIN, ".");
	page_end(page);
}
