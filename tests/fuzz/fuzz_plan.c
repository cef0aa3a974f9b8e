/* fuzz_plan.c: any plan file gives a plan and diagnostics, any JSON is taken or refused; a plan
 * comes back from JSON as it was, and can be compared with a conversation. Days as people write
 * them are read or not. */
#include "engine/due.h"
#include "engine/plan.h"

#include "packs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char grids[] =
        "framework candour grid\n  title C\n  x challenge\n  y care\n"
        "  cell both high high\n    title Both: yes\n  cell none low low\n    title None\n"
        "framework tki grid\n  title T\n  x challenge\n  y care\n"
        "  cell here high low\n    title Here\n  cell there low high\n    title There\n"
        "framework cialdini checklist\n  title I\n  item open_question\n  item pause\n";
static const char scenario[] = "scenario S\npersona Sam\nbrief\n  B\ngoal\n  G\nbeat opening\n"
                               "  Sam: Hi.\n  otherwise\n    Sam: Mm.\n"
                               "ending bell\n  Sam: Bye.\n  verdict V.\n";

struct world {
	struct ruleset_builder *builder;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct scenario_file *file;
};

/* Built once: what is tried here changes nothing of it. */
static const struct world *world(void)
{
	static struct world it;
	struct diags diags = {0};

	if (it.builder)
		return &it;
	it.builder = ruleset_builder_new();
	ruleset_add(it.builder, SLICE("fuzz.rules"), slice_of(FUZZ_PACK), 0, &diags);
	ruleset_add(it.builder, SLICE("grids.rules"), slice_of(grids), 1, &diags);
	it.ruleset = ruleset_link(it.builder, &diags);
	it.detector = detector_new(it.ruleset, &diags);
	it.file = scenario_load(SLICE("s"), SLICE("s.scenario"), slice_of(scenario), SLICE(""),
	                        SLICE(""), it.ruleset, &diags);
	if (diags.errors)
		BUG("the fuzz pack is wrong");
	diags_release(&diags);
	return &it;
}

static void compare(const struct plan *plan, struct slice said, struct arena *arena)
{
	struct session *session =
	        session_new(scenario_of(world()->file), world()->ruleset, world()->detector, 1);
	struct plan_outcome outcome;
	struct slice line;

	while (slice_cut(&said, '\n', &line) && session_turns(session) < 8)
		session_hear(session, slice_sub(line, 0, 200), 0);
	plan_compare(plan, session, arena, &outcome);
	session_free(session);
}

static void round_trip(const struct plan *plan, struct arena *arena)
{
	struct plan back = {.scenario = plan->scenario};
	struct json *json = plan_json(plan);
	struct strbuf text = {0};
	struct err err;

	json_print(json, &text);
	json_free(json);
	if (!plan_parse(strbuf_slice(&text), arena, &back, &err) || !plan_eq(plan, &back))
		BUG("a plan came back otherwise: %s", text.at);
	strbuf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = {.path = SLICE("fuzz"), .text = {(const char *)data, size}};
	struct plan plan = {.scenario = SLICE("s")};
	struct due_day day;
	struct diags diags = {0};
	struct strbuf out = {0};
	struct arena arena;
	struct err err;

	arena_init(&arena);
	plan_read(&source, world()->ruleset, &arena, &plan, &diags);
	diags_print(&diags, &out);
	round_trip(&plan, &arena);
	compare(&plan, source.text, &arena);
	plan_parse(source.text, &arena, &plan, &err);
	if (due_read(source.text, (struct due_day){2026, 11, 22}, &day))
		due_write(day, &out);
	strbuf_release(&out);
	diags_release(&diags);
	arena_release(&arena);
	return 0;
}
