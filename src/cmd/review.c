/* review.c: `rehearse review FILE…`. */
#include "cmd/command.h"
#include "edge/library.h"
#include "edge/reviewing.h"

static enum status run(const struct options *options, struct arena *arena)
{
	static const char *const formats[] = {"text", "json", NULL};
	struct reviewing_request request = {.paths = options->words,
	                                    .path_count = options->word_count,
	                                    .mentor = options_value(options, "mentor"),
	                                    .full = options_have(options, "full"),
	                                    .plain = options_have(options, "plain"),
	                                    .explain = options_have(options, "explain"),
	                                    .move = options_value(options, "explain")};
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
	status = library_status(library_ready(library));
	if (status == STATUS_FINE)
		status = library_late(library, reviewing_run(library->detector, &request));
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"mentor", "NAME", "the mentor's name there, if not Mentor, M, Me or You", 0},
        {"full", NULL, "every framework with its quotes", 0},
        {"explain", "[MOVE]", "turn by turn: the rule of each move, or why not MOVE", 0},
        {"format", "FORMAT", "‘text’, or ‘json’: one object a file, for programs", 0},
        {0},
};

const struct command cmd_review = {
        .name = "review",
        .summary = "look back on a conversation that you wrote down",
        .usage = "FILE…",
        .help = "Reads conversations as people write them (“-”: from standard input) and judges\n"
                "them as the debrief of a scenario does:\n"
                "\n"
                "  Mentor: How did Monday feel from the front?\n"
                "  Sam: (shrugs) Quiet, at least.\n"
                "  Mentor:\n"
                "  Sam: It's the same hands every time, isn't it.\n"
                "\n"
                "Whoever is not the mentor is the ECT. A line without a name belongs to the turn\n"
                "above it; nothing after “Mentor:” is a pause; stage directions stand in\n"
                "brackets.\n",
        .options = own,
        .words_min = 1,
        .words_max = SIZE_MAX,
        .run = run,
};
