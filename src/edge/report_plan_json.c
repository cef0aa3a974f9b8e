/* report_plan_json.c: a plan and what came of it for programs, and on paper (report_plan.h). */
#include "edge/markdown.h"
#include "edge/report_json.h"
#include "edge/report_plan.h"

static void text_or_null(struct json *object, const char *name, struct slice text)
{
	if (text.len)
		json_add_text(object, name, text);
	else
		json_add_null(object, name);
}

static void int_or_null(struct json *object, const char *name, long number)
{
	if (number)
		json_add_int(object, name, number);
	else
		json_add_null(object, name);
}

/* Items with the lines of the script that have them, and what is missing. */
static struct json *coverage_json(const struct framework_score *score)
{
	struct json *object, *has, *missing;
	char name[128];
	size_t i, k;

	if (!score)
		return NULL;
	object = json_object();
	has = json_object();
	missing = json_array();
	for (i = 0; i < score->item_count; i++) {
		const struct item_score *item = &score->items[i];
		struct json *lines;

		if (!item->quote_count) {
			json_push_text(missing, item->item->id);
			continue;
		}
		lines = json_array();
		for (k = 0; k < item->quote_count; k++) {
			if (k == 0 || item->quotes[k].turn != item->quotes[k - 1].turn)
				json_push_int(lines, item->quotes[k].turn);
		}
		json_add(has, report_json_name(item->item->id, name), lines);
	}
	json_add(object, "has", has);
	json_add(object, "missing", missing);
	return object;
}

static void add_coverage(struct json *object, const struct framework_score *score)
{
	char name[128];

	if (score)
		json_add(object, report_json_name(score->framework->id, name),
		         coverage_json(score));
}

static struct json *script_json(const struct plan_script *script)
{
	struct json *object = json_object();
	struct json *lines = json_array();
	size_t i;

	for (i = 0; i < script->count; i++) {
		struct json *line = json_object();

		json_add_text(line, "text", script->lines[i].mentor);
		json_add(line, "moves", report_json_moves(script->lines[i].heard));
		json_push(lines, line);
	}
	json_add(object, "lines", lines);
	add_coverage(object, script->listening);
	add_coverage(object, script->feedback);
	json_add_bool(object, "invites_reflection", script->invites_reflection);
	text_or_null(object, "reads_as", script->mode ? script->mode->id : SLICE(""));
	return object;
}

struct json *report_plan_json(const struct plan_view *view, long id, double at)
{
	struct json *object = json_object();

	json_add_text(object, "scenario", view->plan->scenario);
	int_or_null(object, "plan", id);
	int_or_null(object, "at", (long)at);
	json_add(object, "answers", plan_json(view->plan));
	json_add(object, "script", script_json(view->script));
	return object;
}

static struct json *finding_json(const struct plan_finding *finding)
{
	struct json *object = json_object();

	json_add_text(object, "about", slice_of(plan_questions[finding->part].id));
	json_add_text(object, "id", finding->id);
	json_add_bool(object, "as_planned", finding->as_planned);
	text_or_null(object, "read_as", finding->read_as);
	int_or_null(object, "turn", finding->turn);
	int_or_null(object, "last_turn", finding->last);
	json_add_text(object, "quote", finding->quote);
	json_add_text(object, "who", finding->turn ? SLICE("mentor") : SLICE("plan"));
	json_add_text(object, "text", finding->text);
	return object;
}

struct json *report_plan_outcome_json(const struct plan_outcome *outcome, long id)
{
	struct json *object = json_object();
	struct json *list = json_array();
	size_t i;

	int_or_null(object, "plan", id);
	for (i = 0; i < 2 && outcome->told[i]; i++)
		json_push_text(list, outcome->told[i]->text);
	json_add(object, "told", list);
	list = json_array();
	for (i = 0; i < outcome->count; i++)
		json_push(list, finding_json(&outcome->findings[i]));
	json_add(object, "findings", list);
	list = json_array();
	for (i = 0; i < outcome->line_count; i++) {
		struct json *line = json_object();

		json_add_int(line, "line", (long)i + 1);
		int_or_null(line, "said_at", outcome->said[i]);
		json_push(list, line);
	}
	json_add(object, "script", list);
	return object;
}

/* The pack's name and meaning of each thing chosen. */
static void chosen_markdown(struct strbuf *out, const struct plan_view *view, enum plan_part part)
{
	const struct framework *framework = plan_framework(view->ruleset, part);
	struct slice rest = view->plan->answers[part];
	struct slice id;

	while (slice_cut(&rest, ',', &id)) {
		struct plan_choice choice;

		id = slice_trim(id);
		plan_chosen(framework, id, &choice);
		strbuf_addz(out, "- ");
		markdown_add(out, choice.name.len ? choice.name : id);
		strbuf_addz(out, choice.about.len ? ": " : "");
		markdown_add(out, choice.about);
		strbuf_addc(out, '\n');
	}
	strbuf_addc(out, '\n');
}

static void script_markdown(struct strbuf *out, const struct plan_view *view)
{
	struct arena arena;
	size_t i, k;

	arena_init(&arena);
	for (i = 0; i < view->script->count; i++) {
		const struct detections *heard = view->script->lines[i].heard;
		bool any = false;

		strbuf_addf(out, "%zu. ", i + 1);
		markdown_add(out, view->script->lines[i].mentor);
		for (k = 0; k < heard->count; k++) {
			const struct move *move = heard->items[k].move;

			if (move->quiet || detections_of(heard, move) != &heard->items[k])
				continue;
			strbuf_addz(out, any ? ", " : " *(");
			markdown_add(out, slice_id_words(&arena, move->id));
			any = true;
		}
		strbuf_addz(out, any ? ")*\n" : "\n");
	}
	strbuf_addc(out, '\n');
	arena_release(&arena);
}

void report_plan_markdown(struct strbuf *out, const struct plan_view *view)
{
	int part;

	strbuf_addz(out, "# Plan: ");
	markdown_add(out, view->scenario->title);
	strbuf_addz(out, "\n\nWith ");
	markdown_add(out, view->scenario->who.len ? view->scenario->who : view->scenario->name);
	strbuf_addz(out, ".\n\n");
	for (part = 0; part < PLAN_PARTS; part++) {
		const struct plan_question *question = &plan_questions[part];

		if (!view->plan->answers[part].len)
			continue;
		strbuf_addf(out, "## %s\n\n", question->title);
		if (question->kind == PLAN_LINES)
			script_markdown(out, view);
		else if (question->framework)
			chosen_markdown(out, view, (enum plan_part)part);
		else
			markdown_prose(out, view->plan->answers[part]);
	}
}
