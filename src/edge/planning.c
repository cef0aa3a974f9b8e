/* planning.c: see planning.h. */
#include "edge/planning.h"

#include "base/limits.h"
#include "edge/file.h"
#include "edge/report_plan.h"
#include "edge/term.h"

enum status planning_read(const struct planning *planning, struct slice path, struct arena *arena,
                          struct plan *out)
{
	struct source *source = ARENA_NEW(arena, struct source);
	struct diags diags = {0};
	struct strbuf text = {0};
	enum status status = STATUS_FINE;
	struct err err;
	bool fine;

	*out = (struct plan){.scenario = planning->scenario->id};
	if (slice_is(path, "-"))
		fine = file_read_stream(stdin, "standard input", LIMIT_FILE_BYTES, &text, &err);
	else
		fine = file_read(path, LIMIT_FILE_BYTES, &text, &err);
	if (fine) {
		source->path = slice_is(path, "-") ? SLICE("standard input") : path;
		source->text = slice_copy(arena, strbuf_slice(&text));
		plan_read(source, planning->ruleset, arena, out, &diags);
		out_diags(&diags);
		status = diags.errors ? STATUS_FINDINGS : STATUS_FINE;
	} else {
		out_err(&err);
		status = STATUS_TROUBLE;
	}
	diags_release(&diags);
	strbuf_release(&text);
	return status;
}

bool planning_keep(struct store *store, struct store_plan *plan, struct arena *arena,
                   struct err *err)
{
	struct store_plan latest;

	if (!store_latest_plan(store, plan->plan.scenario, arena, &latest, err))
		return false;
	if (latest.id && plan_eq(&latest.plan, &plan->plan)) {
		plan->id = latest.id;
		plan->at = latest.at;
		return true;
	}
	return store_add_plan(store, plan, err);
}

void planning_show(const struct planning *planning, const struct store_plan *plan,
                   enum planning_format format)
{
	struct plan_view view = {&plan->plan, planning->scenario, planning->ruleset, NULL, NULL};
	struct term_look look = term_look(1);
	struct page page = {.width = look.width,
	                    .colour = look.colour && !planning->plain,
	                    .plain = planning->plain};
	struct plan_script script;
	struct arena arena;
	struct json *json;

	arena_init(&arena);
	plan_script(&plan->plan, planning->ruleset, planning->detector, &arena, &script);
	view.script = &script;
	if (format == PLANNING_TEXT) {
		report_plan(&page, &view, false);
	} else if (format == PLANNING_MARKDOWN) {
		report_plan_markdown(&page.out, &view);
	} else {
		json = report_plan_json(&view, (long)plan->id, plan->at);
		json_print(json, &page.out);
		json_free(json);
		strbuf_addc(&page.out, '\n');
	}
	out_put(strbuf_slice(&page.out));
	page_release(&page);
	arena_release(&arena);
}
