/* forget.c: `rehearse forget SESSION | --all | --llm`. */
#include "cmd/command.h"
#include "edge/mine.h"

static enum status run(const struct options *options, struct arena *arena)
{
	struct mine_forget request = {.sure = options_have(options, "yes"),
	                              .wire = options_have(options, "llm")};
	bool all = options_have(options, "all");
	struct err err;

	(void)arena;
	if (all + request.wire + options->word_count != 1) {
		err_set(&err, "say what to forget: a session’s number, ‘--all’, or ‘--llm’");
		out_err(&err);
		return STATUS_USAGE;
	}
	if (options->word_count)
		request.which = options->words[0];
	return mine_forget(&request);
}

static const struct option own[] = {
        {"all", NULL, "everything: the whole practice log", 0},
        {"llm", NULL, "what was sent to an LLM, what came back, and your consent to it", 0},
        {"yes", NULL, "do not ask", 0},
        {0},
};

const struct command cmd_forget = {
        .name = "forget",
        .summary = "remove a session, or all of them, for good",
        .usage = "SESSION | --all | --llm",
        .help = "Removes a session from your practice log, or everything: conversations, plans,\n"
                "notes, drills and figures. With --llm only what was sent to an LLM and what came\n"
                "back; you are asked again before anything is sent. No copy stays in the log.\n"
                "Asks first; without a terminal it needs ‘--yes’.\n",
        .options = own,
        .words_max = 1,
        .run = run,
};
