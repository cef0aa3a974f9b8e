/* progress.c: `rehearse progress`. */
#include "cmd/command.h"
#include "edge/intentions.h"
#include "edge/progressing.h"

static enum status run(const struct options *options, struct arena *arena)
{
	static const char *const formats[] = {"text", "json", NULL};
	struct progressing_request request = {.move = options_value(options, "move"),
	                                      .framework = options_value(options, "framework"),
	                                      .rebuild = options_have(options, "rebuild"),
	                                      .plain = options_have(options, "plain")};
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
	if (options_have(options, "intentions"))
		return intentions_command(request.plain, request.json);
	library = library_open(options, &err);
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = progressing_run(library, &request);
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"move", "MOVE", "one move, conversation by conversation", 0},
        {"framework", "NAME", "one framework, conversation by conversation", 0},
        {"intentions", NULL, "what you meant to do in real conversations; asks how it went", 0},
        {"rebuild", NULL, "count every conversation again, by the rules of today", 0},
        {"format", "FORMAT", "text, or json: one object, for programs", 0},
        {0},
};

const struct command cmd_progress = {
        .name = "progress",
        .summary = "what you practised, how it runs, what comes next",
        .usage = "",
        .help = "Shows what is in the practice log: conversations and drills, how each move and\n"
                "framework has run of late, your best, when each is due again, and what comes\n"
                "next and why. ‘rehearse next’ starts that.\n",
        .options = own,
        .run = run,
};
