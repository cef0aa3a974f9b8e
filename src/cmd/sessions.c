/* sessions.c: `rehearse sessions`. */
#include "cmd/command.h"
#include "edge/mine.h"

static enum status run(const struct options *options, struct arena *arena)
{
	static const char *const formats[] = {"text", "json", NULL};
	struct mine_list request = {.plain = options_have(options, "plain"),
	                            .all = options_have(options, "all")};
	struct err err;
	int format = options_choice(options, "format", formats, &err);

	(void)arena;
	if (format < 0) {
		out_err(&err);
		return STATUS_USAGE;
	}
	request.json = format == 1;
	return mine_sessions(&request);
}

static const struct option own[] = {
        {"all", NULL, "all of them, not only the last thirty", 0},
        {"format", "FORMAT", "‘text’, or ‘json’ for programs: all of them", 0},
        {0},
};

const struct command cmd_sessions = {
        .name = "sessions",
        .summary = "list what you have practised",
        .usage = "",
        .help = "Lists the sessions in your practice log, the newest first, each with the number\n"
                "that ‘play --resume’, ‘compare’, ‘export’ and ‘forget’ take.\n",
        .options = own,
        .run = run,
};
