/* export.c: `rehearse export [SESSION]`. */
#include "cmd/command.h"
#include "edge/mine.h"

static enum status run(const struct options *options, struct arena *arena)
{
	static const char *const formats[] = {"jsonl", "csv", "text", NULL};
	struct err err;
	int format = options_choice(options, "format", formats, &err);

	(void)arena;
	if (format < 0) {
		out_err(&err);
		return STATUS_USAGE;
	}
	return mine_export(options->word_count ? options->words[0] : SLICE(""),
	                   (enum exporting_format)format, options_have(options, "llm"));
}

static const struct option own[] = {
        {"format", "FORMAT", "‘jsonl’, ‘csv’, or ‘text’ for reading", 0},
        {"llm", NULL, "only what was sent to an LLM, and what came back", 0},
        {0},
};

const struct command cmd_export = {
        .name = "export",
        .summary = "write out your practice log: all of it, or one session",
        .usage = "[SESSION]",
        .help = "Writes to standard output all that your practice log holds, or what belongs to\n"
                "one session: conversations, plans, notes, drills and figures.\n",
        .options = own,
        .words_max = 1,
        .run = run,
};
