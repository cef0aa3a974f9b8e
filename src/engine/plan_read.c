/* plan_read.c: a plan from a file that somebody wrote, and to and from JSON (plan.h). */
#include "base/limits.h"
#include "engine/plan.h"

/* The question of that id, or PLAN_PARTS. */
static enum plan_part part_named(struct slice id)
{
	int part = 0;

	while (part < PLAN_PARTS && !slice_is(id, plan_questions[part].id))
		part++;
	return (enum plan_part)part;
}

static void unknown_keyword(const struct line *line, struct diags *diags)
{
	struct nearest nearest;
	struct strbuf known = {0};
	struct arena arena;
	int part;

	arena_init(&arena);
	nearest_init(&nearest, line->keyword);
	for (part = 0; part < PLAN_PARTS; part++) {
		nearest_offer(&nearest, slice_of(plan_questions[part].id));
		strbuf_addf(&known, "%s%s", part ? ", " : "; a plan has ", plan_questions[part].id);
	}
	diag_error(diags, outline_place(line, line->keyword), "unknown keyword ‘%.*s’%s",
	           SLICE_ARGS(line->keyword),
	           nearest.best.len ? nearest_hint(&nearest, &arena) : known.at);
	strbuf_release(&known);
	arena_release(&arena);
}

/* What stands behind the keyword and below it, a line each. */
static struct slice lines_of(const struct line *line, struct arena *arena)
{
	struct strbuf lines = {0};
	struct slice copy;

	strbuf_add(&lines, line->rest);
	for (const struct line *below = line->child; below; below = below->next) {
		strbuf_addc(&lines, '\n');
		strbuf_add(&lines, below->text);
	}
	copy = slice_copy(arena, strbuf_slice(&lines));
	strbuf_release(&lines);
	return copy;
}

static void read_scenario(const struct line *line, const struct plan *plan, struct diags *diags)
{
	if (!slice_eq(line->rest, plan->scenario))
		diag_error(diags, outline_rest_place(line),
		           "this plan is for ‘%.*s’, not for ‘%.*s’; leave the line out to use it "
		           "here",
		           SLICE_ARGS(line->rest), SLICE_ARGS(plan->scenario));
}

static void read_answer(const struct line *line, enum plan_part part, const struct ruleset *ruleset,
                        struct arena *arena, struct plan *plan, struct diags *diags)
{
	bool lines = plan_questions[part].kind == PLAN_LINES;
	struct slice text = lines ? lines_of(line, arena) : outline_text(line, arena);
	struct err err;

	if (!plan_answer(plan, part, text, ruleset, arena, &err))
		diag_error(diags, outline_rest_place(line), "%s", err.text);
}

void plan_read(const struct source *source, const struct ruleset *ruleset, struct arena *arena,
               struct plan *plan, struct diags *diags)
{
	const char *prose[PLAN_PARTS + 1] = {0};
	const struct line *first[PLAN_PARTS] = {0};
	const struct outline_grammar grammar = {prose};
	const struct line *line;
	int i;

	for (i = 0; i < PLAN_PARTS; i++)
		prose[i] = plan_questions[i].id;
	for (line = outline_parse(source, &grammar, arena, diags)->child; line; line = line->next) {
		enum plan_part part = part_named(line->keyword);

		if (slice_is(line->keyword, "plan")) {
			read_scenario(line, plan, diags);
		} else if (part == PLAN_PARTS) {
			unknown_keyword(line, diags);
		} else if (first[part]) {
			diag_error(diags, outline_place(line, line->keyword),
			           "‘%.*s’ stands twice (first in line %u); write one answer",
			           SLICE_ARGS(line->keyword), first[part]->place.line);
		} else {
			first[part] = line;
			read_answer(line, part, ruleset, arena, plan, diags);
		}
	}
}

static struct json *list_json(struct slice text, char between)
{
	struct json *list = json_array();
	struct slice part;

	while (slice_cut(&text, between, &part))
		json_push_text(list, slice_trim(part));
	return list;
}

struct json *plan_json(const struct plan *plan)
{
	struct json *object = json_object();
	int part;

	for (part = 0; part < PLAN_PARTS; part++) {
		const struct plan_question *question = &plan_questions[part];
		struct slice answer = plan->answers[part];

		if (!answer.len)
			continue;
		if (question->kind == PLAN_ITEMS)
			json_add(object, question->id, list_json(answer, ','));
		else if (question->kind == PLAN_LINES)
			json_add(object, question->id, list_json(answer, '\n'));
		else
			json_add_text(object, question->id, answer);
	}
	return object;
}

/* A text, or a list put together again. */
static struct slice parse_answer(const struct json *value, const char *between, struct arena *arena)
{
	struct strbuf text = {0};
	const struct json *item;
	struct slice copy;

	if (json_type(value) != JSON_ARRAY)
		return slice_copy(arena, slice_trim(json_string(value)));
	for (item = json_first(value); item; item = json_next(item)) {
		strbuf_addz(&text, text.len ? between : "");
		strbuf_add(&text, slice_trim(json_string(item)));
	}
	copy = slice_copy(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return copy;
}

bool plan_parse(struct slice text, struct arena *arena, struct plan *plan, struct err *err)
{
	struct json *root = json_parse(text, err);
	int part;

	if (!root)
		return false;
	if (json_type(root) != JSON_OBJECT) {
		err_set(err, "the plan is no JSON object");
		json_free(root);
		return false;
	}
	for (part = 0; part < PLAN_PARTS; part++) {
		const struct plan_question *question = &plan_questions[part];
		const struct json *value = json_get(root, question->id);

		if (value)
			plan->answers[part] = parse_answer(
			        value, question->kind == PLAN_LINES ? "\n" : ", ", arena);
	}
	json_free(root);
	return true;
}
