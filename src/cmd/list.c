/* list.c: `rehearse list`. */
#include "cmd/command.h"
#include "edge/listing.h"

static enum status run(const struct options *options, struct arena *arena)
{
	static const char *const formats[] = {"text", "jsonl", NULL};
	struct listing_request request = {.plain = options_have(options, "plain")};
	struct library *library;
	enum status status;
	struct err err;
	int format = options_choice(options, "format", formats, &err);

	(void)arena;
	if (format < 0) {
		out_err(&err);
		return STATUS_USAGE;
	}
	request.json = format == 1;
	library = library_open(options, &err);
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	library_try(library);
	status = listing_run(library, &request);
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"format", "FORMAT", "text, or jsonl: one object a line, for programs", 0},
        {0},
};

const struct command cmd_list = {
        .name = "list",
        .summary = "list the scenarios",
        .usage = "",
        .help = "Lists the scenarios: those that came with the program, your own in\n"
                "$XDG_DATA_HOME/rehearse/scenarios, and those named with --scenarios. The number\n"
                "or the id names one for ‘play’ and ‘show’.\n",
        .options = own,
        .run = run,
};
