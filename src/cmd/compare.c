/* compare.c: `rehearse compare [A B]`. */
#include "cmd/command.h"
#include "edge/comparing.h"

static enum status run(const struct options *options, struct arena *arena)
{
	static const char *const formats[] = {"text", "json", NULL};
	struct comparing_request request = {.plain = options_have(options, "plain")};
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
	if (options->word_count)
		request.second = options->words[options->word_count - 1];
	if (options->word_count == 2)
		request.first = options->words[0];
	library = library_open(options, &err);
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = comparing_run(library, &request);
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"format", "FORMAT", "‘text’, or ‘json’ for programs", 0},
        {0},
};

const struct command cmd_compare = {
        .name = "compare",
        .summary = "lay two attempts side by side",
        .usage = "[[A] B]",
        .help = "Lays two attempts of your practice log side by side, from where they part: your\n"
                "words, the moves heard, how the ECT's state moved, the answers, and what it\n"
                "changed in the debrief. ‘rehearse compare 12.1 12.3’ takes these two;\n"
                "‘rehearse compare 12’ the last of session 12 and the one before; without a\n"
                "word, the newest there are.\n",
        .options = own,
        .words_max = 2,
        .run = run,
};
