/* repl_plan.c: see repl_plan.h. */
#include "repl_plan.h"

#include "base/limits.h"
#include "edge/clock.h"
#include "edge/report.h"
#include "edge/report_plan.h"
#include "edge/term.h"

#define AGAIN "  Ctrl-C again to leave; what you answered is kept."

struct walk {
	const struct planning *planning;
	struct store *store; /* NULL: nothing is kept, or not any more */
	struct term *term;
	struct arena *arena; /* of the answers */
	struct store_plan *kept;
	bool begun; /* kept->id is this walk's own */
	bool changed; /* an answer was given */
	struct page page;
	struct strbuf line;
};

/* Where to go from a question. */
enum step { STEP_NEXT, STEP_BACK, STEP_LEAVE };

static bool show(struct walk *walk)
{
	bool fine = term_write(walk->term, strbuf_slice(&walk->page.out));

	strbuf_clear(&walk->page.out);
	walk->page.width = term_look(1).width;
	return fine;
}

static void say(struct walk *walk, const char *text)
{
	page_textz(&walk->page, REPORT_MARGIN, STYLE_DIM, text);
}

static void say_trouble(struct walk *walk, const struct err *err)
{
	page_begin(&walk->page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(&walk->page, STYLE_DIM, "%s.", err->text);
	page_end(&walk->page);
}

/* A plan that conversations were held by stays as it is: the first change begins a new one. */
static void keep(struct walk *walk)
{
	struct err err;
	bool fine;

	walk->changed = true;
	walk->kept->at = clock_now();
	if (!walk->store)
		return;
	if (walk->begun)
		fine = store_change_plan(walk->store, walk->kept, &err);
	else
		fine = store_add_plan(walk->store, walk->kept, &err);
	walk->begun = walk->begun || fine;
	if (fine)
		return;
	walk->store = NULL;
	say_trouble(walk, &err);
	say(walk,
	    "From here on nothing is kept; the plan is shown at the end, so that you can copy "
	    "it.");
}

/* False, and it is said, when it cannot be taken. */
static bool take(struct walk *walk, enum plan_part part, struct slice typed)
{
	struct plan before = walk->kept->plan;
	struct err err;

	if (!plan_answer(&walk->kept->plan, part, typed, walk->planning->ruleset, walk->arena,
	                 &err)) {
		say_trouble(walk, &err);
		return false;
	}
	if (!plan_eq(&before, &walk->kept->plan))
		keep(walk);
	return true;
}

static void set_view(struct walk *walk, struct plan_view *view, struct plan_script *script,
                     struct arena *arena)
{
	*view = (struct plan_view){&walk->kept->plan, walk->planning->scenario,
	                           walk->planning->ruleset, NULL, NULL};
	if (!script)
		return;
	plan_script(view->plan, view->ruleset, walk->planning->detector, arena, script);
	view->script = script;
}

/* Reads a line; false to leave. What is too long is said, and asked for again. */
static bool hear(struct walk *walk, const char *prompt, struct slice *typed)
{
	while (show(walk)) {
		switch (term_read(walk->term, prompt, AGAIN, LIMIT_PLAN_BYTES, &walk->line)) {
		case TERM_LINE:
			*typed = slice_trim(strbuf_slice(&walk->line));
			return !slice_is(*typed, "q");
		case TERM_LONG:
			page_begin(&walk->page, REPORT_MARGIN, REPORT_MARGIN);
			page_addf(&walk->page, STYLE_DIM,
			          "That is over %u bytes; a few sentences are enough.",
			          LIMIT_PLAN_BYTES);
			page_end(&walk->page);
			break;
		default:
			return false;
		}
	}
	return false;
}

static enum step ask(struct walk *walk, enum plan_part part)
{
	const char *prompt = walk->page.plain ? "> " : "  > ";
	struct plan_view view;
	struct slice typed;

	set_view(walk, &view, NULL, NULL);
	report_plan_question(&walk->page, &view, part);
	/* Up-arrow brings it back to be changed. */
	if (plan_questions[part].kind == PLAN_TEXT)
		term_remember(walk->term, view.plan->answers[part]);
	for (;;) {
		if (!hear(walk, prompt, &typed))
			return STEP_LEAVE;
		if (slice_is(typed, "b"))
			return STEP_BACK;
		if (slice_is(typed, "-"))
			typed = SLICE("");
		else if (!typed.len)
			return STEP_NEXT;
		if (take(walk, part, typed))
			return STEP_NEXT;
	}
}

/* The script from `first` on, and with `whole` what it contains. */
static void show_script(struct walk *walk, size_t first, bool whole)
{
	struct plan_script script;
	struct plan_view view;
	struct arena arena;
	size_t i;

	arena_init(&arena);
	set_view(walk, &view, &script, &arena);
	for (i = first; i < script.count; i++)
		report_plan_line(&walk->page, &view, i);
	if (whole && script.count) {
		page_gap(&walk->page);
		report_plan_script(&walk->page, &view);
	}
	arena_release(&arena);
}

/* The script with line `index` replaced (or taken out, where `with` is empty; added, where it is
 * past the last). */
static bool put_line(struct walk *walk, size_t index, struct slice with)
{
	size_t count = plan_line_count(&walk->kept->plan);
	struct strbuf lines = {0};
	bool fine;
	size_t i;

	for (i = 0; i < count || i == index; i++) {
		strbuf_add(&lines, i == index ? with : plan_line(&walk->kept->plan, i));
		strbuf_addc(&lines, '\n');
	}
	fine = take(walk, PLAN_SCRIPT, strbuf_slice(&lines));
	strbuf_release(&lines);
	return fine;
}

/* “3” or “-3”: a line to change or take out. False when it is neither. */
static bool change_line(struct walk *walk, struct slice typed, size_t *changing)
{
	size_t count = plan_line_count(&walk->kept->plan);
	long number;

	if (!slice_int(typed, -999, 999, &number))
		return false;
	if (number == 0 || number > (long)count || number < -(long)count) {
		page_begin(&walk->page, REPORT_MARGIN, REPORT_MARGIN);
		page_addf(&walk->page, STYLE_DIM, "There is no line %ld.",
		          number < 0 ? -number : number);
		page_end(&walk->page);
	} else if (number > 0) {
		*changing = (size_t)number;
		term_remember(walk->term, plan_line(&walk->kept->plan, *changing - 1));
	} else {
		put_line(walk, (size_t)-number - 1, SLICE(""));
		show_script(walk, 0, false);
	}
	return true;
}

static bool hear_line(struct walk *walk, size_t changing, struct slice *typed)
{
	size_t number = changing ? changing : plan_line_count(&walk->kept->plan) + 1;
	char prompt[40];

	snprintf(prompt, sizeof(prompt), "%sline %zu%s> ", walk->page.plain ? "" : "  ", number,
	         changing ? " anew" : "");
	return hear(walk, prompt, typed);
}

static enum step ask_script(struct walk *walk)
{
	size_t changing = 0; /* the line being changed, from 1 */
	struct plan_view view;
	struct slice typed;
	bool looked = false; /* at what it contains, as it stands */

	set_view(walk, &view, NULL, NULL);
	report_plan_question(&walk->page, &view, PLAN_SCRIPT);
	say(walk, "A line each; Enter alone when it is done. 3 changes line 3, -3 takes it out, - "
	          "clears all. A pause is a line too: …");
	show_script(walk, 0, false);
	while (hear_line(walk, changing, &typed)) {
		size_t count = plan_line_count(&walk->kept->plan);

		if (changing) {
			if (typed.len && put_line(walk, changing - 1, typed))
				show_script(walk, 0, false);
			looked = looked && !typed.len;
			changing = 0;
		} else if (slice_is(typed, "b")) {
			return STEP_BACK;
		} else if (!typed.len && (looked || !count)) {
			return STEP_NEXT;
		} else if (!typed.len) {
			show_script(walk, count, true);
			say(walk, "Enter goes on; or write another line.");
			looked = true;
		} else if (slice_is(typed, "-")) {
			take(walk, PLAN_SCRIPT, SLICE(""));
			say(walk, "The script is empty.");
		} else if (!change_line(walk, typed, &changing)) {
			if (put_line(walk, count, typed))
				show_script(walk, count, false);
			looked = false;
		}
	}
	return STEP_LEAVE;
}

static enum step ask_part(struct walk *walk, enum plan_part part)
{
	return plan_questions[part].kind == PLAN_LINES ? ask_script(walk) : ask(walk, part);
}

/* All questions from the first; false to leave. */
static bool walk_through(struct walk *walk)
{
	int part = 0;

	while (part < PLAN_PARTS) {
		switch (ask_part(walk, (enum plan_part)part)) {
		case STEP_NEXT:
			part++;
			break;
		case STEP_BACK:
			if (part > 0)
				part--;
			break;
		case STEP_LEAVE:
			return false;
		}
	}
	return true;
}

static void show_plan(struct walk *walk)
{
	struct plan_script script;
	struct plan_view view;
	struct arena arena;

	arena_init(&arena);
	set_view(walk, &view, &script, &arena);
	report_plan(&walk->page, &view, true);
	page_gap(&walk->page);
	arena_release(&arena);
}

/* Shows all, takes numbers. True when Enter goes on, false to leave. */
static bool sum_up(struct walk *walk, const char *hint)
{
	const char *prompt = walk->page.plain ? "> " : "  > ";
	struct slice typed;
	long number;

	show_plan(walk);
	say(walk, hint);
	while (hear(walk, prompt, &typed)) {
		if (!typed.len)
			return true;
		if (!slice_int(typed, 1, PLAN_PARTS, &number)) {
			page_begin(&walk->page, REPORT_MARGIN, REPORT_MARGIN);
			page_addf(&walk->page, STYLE_DIM,
			          "A number from 1 to %d, Enter or q, please.", PLAN_PARTS);
			page_end(&walk->page);
			continue;
		}
		if (ask_part(walk, (enum plan_part)(number - 1)) == STEP_LEAVE)
			return false;
		show_plan(walk);
		say(walk, hint);
	}
	return false;
}

static void welcome(struct walk *walk)
{
	const struct scenario *scenario = walk->planning->scenario;
	struct strbuf title = {0};

	strbuf_addz(&title, "A plan for ");
	strbuf_add(&title, scenario->title);
	page_gap(&walk->page);
	page_heading(&walk->page, REPORT_MARGIN, strbuf_slice(&title));
	strbuf_release(&title);
	page_begin(&walk->page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(&walk->page, STYLE_PLAIN,
	          "%d short questions before you talk with %.*s. Answer those that help; none is "
	          "needed, and all can be changed.",
	          PLAN_PARTS, SLICE_ARGS(scenario->name));
	page_end(&walk->page);
	say(walk,
	    "Enter keeps what is there (up-arrow brings it back to change it), - clears it, b "
	    "goes back, q saves and leaves.");
}

static void farewell(struct walk *walk)
{
	const struct scenario *scenario = walk->planning->scenario;

	if (!walk->changed)
		return;
	page_begin(&walk->page, REPORT_MARGIN, REPORT_MARGIN);
	if (walk->store)
		page_addf(&walk->page, STYLE_DIM,
		          "Kept. ‘rehearse play %.*s’ has it at hand: /plan shows it, and the "
		          "debrief comes back to it.",
		          SLICE_ARGS(scenario->id));
	else
		page_addz(&walk->page, STYLE_DIM, "This plan is not kept: copy what you need.");
	page_end(&walk->page);
}

bool repl_plan(const struct planning *planning, struct store *store, struct term *term,
               struct arena *arena, struct store_plan *plan)
{
	struct term_look look = term_look(1);
	struct walk walk = {
	        .planning = planning, .store = store, .term = term, .arena = arena, .kept = plan};
	bool on = true;
	bool fine;

	walk.page = (struct page){.width = look.width,
	                          .colour = look.colour && !planning->plain,
	                          .plain = planning->plain};
	welcome(&walk);
	if (!plan_is_empty(&plan->plan))
		on = sum_up(&walk, "Enter walks through it; a number changes that answer; q "
		                   "leaves.");
	on = on && walk_through(&walk);
	if (on)
		sum_up(&walk, "Enter when it is as you want it; a number changes that answer.");
	else if (!walk.store && walk.changed)
		show_plan(&walk);
	farewell(&walk);
	fine = show(&walk);
	strbuf_release(&walk.line);
	page_release(&walk.page);
	return fine;
}
