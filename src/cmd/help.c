/* help.c: `rehearse help [COMMAND]`. */
#include "cmd/command.h"

static enum status run(const struct options *options, struct arena *arena)
{
	const struct command *command = NULL;
	struct strbuf help = {0};
	struct err err;

	(void)arena;
	if (options->word_count) {
		command = command_find(options->words[0], &err);
		if (!command) {
			out_err(&err);
			return STATUS_USAGE;
		}
	}
	command_help(command, &help);
	out_put(strbuf_slice(&help));
	strbuf_release(&help);
	return STATUS_FINE;
}

const struct command cmd_help = {
        .name = "help",
        .summary = "say what the commands are, or what one does",
        .usage = "[COMMAND]",
        .help = "Says what the commands are, or what one of them does.\n",
        .words_max = 1,
        .run = run,
};
