/* plan.c: `rehearse plan SCENARIO`. */
#include "cmd/command.h"
#include "edge/clock.h"
#include "edge/library.h"
#include "edge/planning.h"
#include "edge/term.h"
#include "repl_plan.h"

static const char *const formats[] = {"text", "json", "markdown", NULL};
static const enum planning_format format_of[] = {PLANNING_TEXT, PLANNING_JSON, PLANNING_MARKDOWN};

struct request {
	struct planning planning;
	struct slice answers; /* a file, or nothing */
	enum planning_format format;
	bool show;
};

static enum status from_file(const struct request *request, struct store *store,
                             struct arena *arena)
{
	struct store_plan plan = {.at = clock_now()};
	enum status status = planning_read(&request->planning, request->answers, arena, &plan.plan);
	struct err err;

	if (status != STATUS_FINE)
		return status;
	if (store && !planning_keep(store, &plan, arena, &err)) {
		out_err(&err);
		status = STATUS_TROUBLE;
	}
	if (request->show)
		planning_show(&request->planning, &plan, request->format);
	return status;
}

static enum status from_log(const struct request *request, struct store *store, struct term *term,
                            struct arena *arena)
{
	struct slice id = request->planning.scenario->id;
	struct store_plan plan = {0};
	struct err err;

	if (store && !store_latest_plan(store, id, arena, &plan, &err)) {
		out_err(&err);
		if (request->show)
			return STATUS_TROUBLE;
	}
	plan.plan.scenario = id;
	if (!request->show) {
		repl_plan(&request->planning, store, term, arena, &plan);
		return term_signal(term) ? (enum status)(128 + term_signal(term)) : STATUS_FINE;
	}
	if (!plan.id) {
		err_set(&err, "there is no plan for ‘%.*s’ yet; ‘rehearse plan %.*s’ makes one",
		        SLICE_ARGS(id), SLICE_ARGS(id));
		out_err(&err);
		return STATUS_FINDINGS;
	}
	planning_show(&request->planning, &plan, request->format);
	return STATUS_FINE;
}

/* Without the log: what can be done is done, and that nothing is kept is said. */
static enum status with_log(const struct request *request, struct term *term, struct arena *arena)
{
	struct err err;
	bool reads = request->show && !request->answers.at;
	struct store *store = store_open(reads ? STORE_READ : STORE_WRITE, &err);
	enum status status;

	if (!store)
		out_err(&err);
	if (!store && reads)
		return STATUS_TROUBLE;
	status = request->answers.at ? from_file(request, store, arena)
	                             : from_log(request, store, term, arena);
	store_close(store);
	return store || !request->answers.at || status != STATUS_FINE ? status : STATUS_TROUBLE;
}

static enum status plan(struct library *library, struct slice name, struct request *request,
                        struct term *term, struct arena *arena)
{
	const struct library_scenario *chosen;
	struct scenario_file *file;
	enum library_state state;
	enum status status;
	struct err err;

	chosen = library_find(library, name, &err);
	if (!chosen) {
		out_err(&err);
		return library_find_status(name);
	}
	library_speak(library, chosen);
	state = library_ready(library);
	file = state == LIBRARY_SOUND ? library_play(library, chosen, &state) : NULL;
	if (!file)
		return library_status(state);
	request->planning.scenario = scenario_of(file);
	request->planning.ruleset = library->ruleset;
	request->planning.detector = library->detector;
	status = with_log(request, term, arena);
	scenario_free(file);
	return status;
}

static enum status run(const struct options *options, struct arena *arena)
{
	struct request request = {.answers = options_value(options, "answers"),
	                          .planning.plain = options_have(options, "plain")};
	struct library *library = NULL;
	enum status status = STATUS_USAGE;
	struct term *term;
	struct err err;
	int format = options_choice(options, "format", formats, &err);

	if (format < 0) {
		out_err(&err);
		return STATUS_USAGE;
	}
	request.format = format_of[format];
	request.show = options_have(options, "show") || options_have(options, "format");
	term = term_open(request.show || request.answers.at);
	if (!request.show && !request.answers.at && !term_is_live(term)) {
		err_set(&err,
		        "there is no terminal to ask at; ‘--answers FILE’ takes a plan from a "
		        "file, ‘--show’ shows the one there is");
		out_err(&err);
	} else if (!(library = library_open(options, &err))) {
		out_err(&err);
		status = STATUS_TROUBLE;
	} else {
		status = plan(library, options->words[0], &request, term, arena);
	}
	library_free(library);
	term_close(term);
	return status;
}

static const struct option own[] = {
        {"show", NULL, "show the latest plan, ask nothing", 0},
        {"answers", "FILE", "take all answers from a file (‘-’: standard input), ask nothing", 0},
        {"format", "FORMAT", "show it as ‘text’, ‘json’ or ‘markdown’", 0},
        {0},
};

const struct command cmd_plan = {
        .name = "plan",
        .summary = "prepare a conversation, question by question",
        .usage = "SCENARIO",
        .help = "Asks what you mean to do before you do it: the moment, the goal, challenge and\n"
                "care, the conflict mode, influence, a script of six to ten lines that is\n"
                "listened to as you write it, how you will check in and ask for feedback. Every\n"
                "answer is optional and kept as you give it; the latest plan stands beside the\n"
                "conversation, and the debrief comes back to it.\n"
                "\n"
                "A file of answers has a line for each, what is longer below it:\n"
                "\n"
                "  moment  Tuesday break\n"
                "  goal\n"
                "    One change to try on Thursday.\n"
                "  mode    collaborating\n"
                "  script\n"
                "    How did Monday feel from the front?\n"
                "\n"
                "The others are place, yourself, ect, pupils, mentor, candour, influence,\n"
                "check_in and feedback.\n",
        .options = own,
        .words_min = 1,
        .words_max = 1,
        .run = run,
};
