/* forget.c: `rehearse forget SESSION | --all`. */
#include "cmd/command.h"
#include "edge/mine.h"

static enum status run(const struct options *options, struct arena *arena)
{
	struct mine_forget request = {.sure = options_have(options, "yes")};
	bool all = options_have(options, "all");
	struct err err;

	(void)arena;
	if (all == (options->word_count == 1)) {
		err_set(&err, "say what to forget: a session’s number, or ‘--all’");
		out_err(&err);
		return STATUS_USAGE;
	}
	if (!all)
		request.which = options->words[0];
	return mine_forget(&request);
}

static const struct option own[] = {
        {"all", NULL, "everything: the whole practice log", 0},
        {"yes", NULL, "do not ask", 0},
        {0},
};

const struct command cmd_forget = {
        .name = "forget",
        .summary = "remove a session, or all of them, for good",
        .usage = "SESSION | --all",
        .help = "Removes a session from your practice log, or everything: conversations, plans,\n"
                "notes, drills and figures. No copy stays in the log. Asks first; without a\n"
                "terminal it needs ‘--yes’.\n",
        .options = own,
        .words_max = 1,
        .run = run,
};
