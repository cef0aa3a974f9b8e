/* check.c: `rehearse check`. */
#include "cmd/command.h"
#include "edge/checking.h"

static enum status run(const struct options *options, struct arena *arena)
{
	struct err err;
	struct library *library = library_open(options, &err);
	enum status status;

	(void)arena;
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = checking_run(library, options->words, options->word_count);
	library_free(library);
	return status;
}

const struct command cmd_check = {
        .name = "check",
        .summary = "say what is wrong with rule packs, scenarios and temperaments",
        .usage = "[PATH…]",
        .help = "Reads rule packs, scenarios and temperaments, files or folders of them, and says\n"
                "everything that is wrong with them. Then tries what they promise: the ‘yes’ and\n"
                "‘no’ lines of packs, the model exchange of scenarios, the better words of both.\n"
                "A pack is linked above those that came with the program and your own, and may\n"
                "use their lists and replace their moves.\n"
                "\n"
                "Without PATH: all that came with the program, and your own.\n",
        .words_max = SIZE_MAX,
        .run = run,
};
