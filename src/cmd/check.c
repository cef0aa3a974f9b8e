/* check.c: `rehearse check`. */
#include "cmd/command.h"
#include "edge/checking.h"

static enum status run(const struct options *options, struct arena *arena)
{
	static const char *const formats[] = {"text", "json", NULL};
	struct checking_request request = {.paths = options->words,
	                                   .path_count = options->word_count,
	                                   .balance = options_have(options, "balance"),
	                                   .cost = options_have(options, "cost")};
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
	status = checking_run(library, &request);
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"balance", NULL, "let made-up mentors play: do the skilled end well, the blunt not?", 0},
        {"format", "FORMAT", "‘text’, or ‘json’: one finding a line, for editors", 0},
        {"cost", NULL, "which patterns cost the most, and which are always tried", 0},
        {0},
};

const struct command cmd_check = {
        .name = "check",
        .summary = "say what is wrong with rule packs, scenarios and decks",
        .usage = "[PATH…]",
        .help = "Reads rule packs, scenarios, temperaments and decks, files or folders of them,\n"
                "and says everything that is wrong with them. Then tries what they promise: the\n"
                "‘yes’ and ‘no’ lines of packs, the model exchange of scenarios, the better\n"
                "words of both, the ‘say’ and ‘no’ lines of decks.\n"
                "A pack is linked above those that came with the program and your own, and may\n"
                "use their lists and replace their moves.\n"
                "\n"
                "Without PATH: all that came with the program, and your own.\n",
        .options = own,
        .words_max = SIZE_MAX,
        .run = run,
};
