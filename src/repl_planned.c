/* repl_planned.c: see repl_planned.h. */
#include "repl_planned.h"

#include "edge/journal.h"
#include "edge/reflecting.h"
#include "edge/report.h"
#include "edge/report_plan.h"
#include "edge/store_plan.h"

bool planned_find(struct store *store, struct slice scenario, int64_t began, struct arena *arena,
                  struct store_plan *out, struct err *err)
{
	err->text[0] = '\0';
	*out = (struct store_plan){0};
	if (began && !store_find_plan(store, began, arena, out, err))
		return false;
	if (!out->id && !store_latest_plan(store, scenario, arena, out, err))
		return false;
	return out->id && !plan_is_empty(&out->plan);
}

void planned_mention(struct repl *repl)
{
	if (!repl->play->plan)
		return;
	page_textz(&repl->page, REPORT_MARGIN, STYLE_DIM,
	           "You have a plan for this; /plan shows it.");
}

/* The plan, its script and what came of it so far; all in `arena`. */
struct beside {
	struct plan_view view;
	struct plan_script script;
	struct plan_outcome outcome;
};

static void compare(const struct repl_play *play, const struct session *session,
                    struct arena *arena, struct beside *out)
{
	const struct plan *plan = &play->plan->plan;

	out->view = (struct plan_view){plan, play->scenario, play->ruleset, &out->script,
	                               &out->outcome};
	plan_script(plan, play->ruleset, play->detector, arena, &out->script);
	plan_compare(plan, session, arena, &out->outcome);
}

enum repl_next planned_show(struct repl *repl, struct slice argument)
{
	struct beside beside;
	struct arena arena;

	(void)argument;
	if (!repl->play->plan) {
		page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
		page_addf(&repl->page, STYLE_DIM,
		          "There is no plan for this; ‘rehearse plan %.*s’ makes one.",
		          SLICE_ARGS(repl->play->scenario->id));
		page_end(&repl->page);
		return REPL_GO_ON;
	}
	arena_init(&arena);
	compare(repl->play, repl->session, &arena, &beside);
	report_plan(&repl->page, &beside.view, false);
	page_gap(&repl->page);
	arena_release(&arena);
	return REPL_GO_ON;
}

void planned_told(struct repl *repl)
{
	struct beside beside;
	struct arena arena;

	if (!repl->play->plan)
		return;
	arena_init(&arena);
	compare(repl->play, repl->session, &arena, &beside);
	report_plan_told(&repl->page, &beside.outcome);
	arena_release(&arena);
}

void planned_more(struct repl *repl)
{
	struct beside beside;
	struct arena arena;

	if (!repl->play->plan)
		return;
	arena_init(&arena);
	compare(repl->play, repl->session, &arena, &beside);
	report_plan_outcome(&repl->page, &beside.view);
	arena_release(&arena);
}

bool repl_may_reflect(const struct repl *repl)
{
	return !repl->room && journal_store(repl->play->journal) &&
	       journal_attempt(repl->play->journal);
}

void repl_reflect(struct repl *repl)
{
	struct reflecting with = {.store = journal_store(repl->play->journal),
	                          .term = repl->term,
	                          .session = journal_session(repl->play->journal),
	                          .attempt = journal_attempt(repl->play->journal)};
	struct err err;

	if (!repl_may_reflect(repl)) {
		page_textz(
		        &repl->page, REPORT_MARGIN, STYLE_DIM,
		        "This conversation is not in your practice log, so nothing can be noted.");
		return;
	}
	if (!reflecting_run(&with, &repl->page, &err)) {
		page_begin(&repl->page, REPORT_MARGIN, REPORT_MARGIN);
		page_addf(&repl->page, STYLE_DIM, "Not kept: %s.", err.text);
		page_end(&repl->page);
	}
	page_gap(&repl->page);
}

struct json *planned_json(const struct repl_play *play, const struct session *session)
{
	struct beside beside;
	struct arena arena;
	struct json *json;

	if (!play->plan)
		return NULL;
	arena_init(&arena);
	compare(play, session, &arena, &beside);
	json = report_plan_outcome_json(&beside.outcome, (long)play->plan->id);
	arena_release(&arena);
	return json;
}
