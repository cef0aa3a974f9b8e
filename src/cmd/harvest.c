/* harvest.c: `rehearse harvest`. */
#include "cmd/command.h"
#include "edge/harvesting.h"

static enum status run(const struct options *options, struct arena *arena)
{
	struct harvesting request = {.least = 1, .sure = options_have(options, "yes")};
	struct slice least = options_value(options, "least");
	enum status status;
	struct err err;

	(void)arena;
	if (options->word_count)
		request.scenario = options->words[0];
	if (least.at && !slice_int(least, 1, 1000000, &request.least)) {
		err_set(&err, "‘--least’ takes a whole number from 1");
		out_err(&err);
		return STATUS_USAGE;
	}
	request.library = library_open(options, &err);
	if (!request.library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = harvesting_run(&request);
	library_free(request.library);
	return status;
}

static const struct option own[] = {
        {"least", "N", "only what was said, in much the same words, N times or more", 0},
        {"yes", NULL, "do not ask whether your log may be read for this", 0},
        {0},
};

const struct command cmd_harvest = {
        .name = "harvest",
        .summary = "what you said that met nothing, as skeletons of rules and replies",
        .usage = "[SCENARIO]",
        .help = "Reads your practice log, if you say so, for what you typed that no rule found\n"
                "anything in, or that was answered only by what answers anything; puts what is\n"
                "alike together, and writes it as rules and replies to fill in.\n",
        .options = own,
        .words_max = 1,
        .run = run,
};
