/* strings.c: `rehearse strings SCENARIO`. */
#include "cmd/command.h"
#include "edge/translating.h"

static enum status run(const struct options *options, struct arena *arena)
{
	struct translating request = {.name = options->words[0],
	                              .put = options_value(options, "put"),
	                              .to = options_value(options, "to")};
	enum status status;
	struct err err;

	request.library = library_open(options, &err);
	if (!request.library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = translating_run(&request, arena);
	library_free(request.library);
	return status;
}

static const struct option own[] = {
        {"to", "ID", "the language to translate into, two or three letters: ‘fr’", 0},
        {"put", "FILE", "put the translations of this PO file in, and write the scenario", 0},
        {0},
};

const struct command cmd_strings = {
        .name = "strings",
        .summary = "translate a scenario: its texts as a PO file, and back",
        .usage = "SCENARIO | FILE.temperament",
        .help = "Writes all there is to translate as a PO file, which Poedit, Weblate and the\n"
                "gettext tools know; with --put the scenario in the other language. Patterns\n"
                "are among it: they are what mentors type in that language.\n",
        .options = own,
        .words_min = 1,
        .words_max = 1,
        .run = run,
};
