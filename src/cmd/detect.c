/* detect.c: `rehearse detect`. */
#include "cmd/command.h"
#include "edge/filter.h"
#include "edge/library.h"

static enum status run(const struct options *options, struct arena *arena)
{
	struct err err;
	struct library *library = library_open(options, &err);
	struct filter filter;
	enum status status;

	(void)arena;
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = library_status(library_ready(library));
	if (status == STATUS_FINE) {
		filter_init(&filter, library->detector, options_have(options, "acts"));
		status = library_late(library, filter_run(&filter, stdin));
		filter_release(&filter);
	}
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"acts", NULL, "name quiet acts (greeting, yes …) as well", 0},
        {0},
};

const struct command cmd_detect = {
        .name = "detect",
        .summary = "name the moves in utterances: JSON lines in, JSON lines out",
        .usage = "< LINES",
        .help = "Reads one JSON object a line and answers each with one line, in order, at once:\n"
                "\n"
                "  {\"text\": \"How did it feel?\", \"ect\": \"the line before\",\n"
                "   \"before\": [{\"who\": \"mentor\", \"text\": \"…\"}, {\"who\": \"ect\", "
                "\"text\": \"…\"}]}\n"
                "\n"
                "“ect” and “before” may be left out. The answer names each move, the bytes of the\n"
                "text that carry it, and the rule that found it:\n"
                "\n"
                "  {\"moves\": [{\"move\": \"open_question\", \"start\": 0, \"end\": 16,\n"
                "   \"text\": \"How did it feel?\", \"rule\": \"morepies.rules:41\", "
                "\"confidence\": 0.9}]}\n"
                "\n"
                "A line that cannot be read gives {\"error\": \"…\"} in its place, and exit 1 at\n"
                "the end.\n",
        .options = own,
        .run = run,
};
