/* show.c: `rehearse show SCENARIO`. */
#include "cmd/command.h"
#include "edge/handout.h"
#include "edge/library.h"
#include "edge/report_graph.h"
#include "edge/report_scenario.h"
#include "edge/term.h"

static const char *const graphs[] = {"text", "dot", NULL};

/* As an index of `graphs`; -1 with words. */
static int graph_form(const struct options *options, struct err *err)
{
	return options_value(options, "graph").len ? options_choice(options, "graph", graphs, err)
	                                           : 0;
}

static void put_handout(const struct scenario *scenario, const struct ruleset *ruleset)
{
	struct strbuf out = {0};

	handout_write(scenario, ruleset, &out);
	out_put(strbuf_slice(&out));
	strbuf_release(&out);
}

static void put_dot(const struct scenario *scenario)
{
	struct strbuf out = {0};

	report_graph_dot(scenario, &out);
	out_put(strbuf_slice(&out));
	strbuf_release(&out);
}

static void put(const struct scenario *scenario, const struct options *options)
{
	struct term_look look = term_look(1);
	bool plain = options_have(options, "plain");
	struct page page = {.width = look.width, .colour = look.colour && !plain, .plain = plain};

	if (options_have(options, "graph"))
		report_graph(&page, scenario);
	else
		report_scenario(&page, scenario);
	if (options_have(options, "model"))
		report_model(&page, scenario);
	out_put(strbuf_slice(&page.out));
	page_release(&page);
}

static enum status show(struct library *library, struct slice name, const struct options *options)
{
	const struct library_scenario *chosen;
	struct scenario_file *file;
	enum library_state state;
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
	if (options_have(options, "handout"))
		put_handout(scenario_of(file), library->ruleset);
	else if (options_have(options, "graph") && graph_form(options, &err) == 1)
		put_dot(scenario_of(file));
	else
		put(scenario_of(file), options);
	scenario_free(file);
	return STATUS_FINE;
}

static enum status run(const struct options *options, struct arena *arena)
{
	struct library *library;
	enum status status;
	struct err err;

	(void)arena;
	if (options_have(options, "graph") && graph_form(options, &err) < 0) {
		out_err(&err);
		return STATUS_USAGE;
	}
	library = library_open(options, &err);
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = show(library, options->words[0], options);
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"model", NULL, "a model exchange too, with the moves it makes", 0},
        {"handout", NULL, "the scenario on paper, for pairs without a computer, as Markdown", 0},
        {"graph", "[FORM]", "its beats and the ways between them; ‘--graph=dot’ for Graphviz", 0},
        {0},
};

const struct command cmd_show = {
        .name = "show",
        .summary = "show what a scenario is about",
        .usage = "SCENARIO",
        .help = "Shows the brief of a scenario, whom it is with, what it practises and how it\n"
                "may end; nothing of what is held back (only a handout's second side has that).\n"
                "A scenario is named by its id, its number in ‘rehearse list’ or a path.\n",
        .options = own,
        .words_min = 1,
        .words_max = 1,
        .run = run,
};
