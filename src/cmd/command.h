/* command.h: what a command is.
 *
 * To add one: write src/cmd/NAME.c with `const struct command cmd_NAME`, declare and list it in
 * src/cmd/commands.c, and give it tests in tests/cli. A command reads its options and calls what
 * does the work, in edge/ or engine/; there is no logic here. */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include "edge/options.h"
#include "edge/out.h"

struct command {
	const char *name;
	const char *summary; /* one line for `rehearse help` */
	const char *usage; /* what may follow the name: "[PATH…]" */
	const char *help; /* paragraphs for `rehearse NAME --help`, each line ended */
	const struct option *options; /* its own, beside options_common; NULL when it has none */
	size_t words_min, words_max; /* how many words, beside options, it takes */
	/* What it allocates in `arena` is freed after it. Messages are said by then. */
	enum status (*run)(const struct options *options, struct arena *arena);
};

/* All commands, in the order of the help; NULL ends them. */
extern const struct command *const commands[];
/* The command of that name, or NULL with words. */
const struct command *command_find(struct slice name, struct err *err);
/* The whole help of one command, or of the program when NULL. */
void command_help(const struct command *command, struct strbuf *out);
/* Reads `count` arguments after the command's name and runs it. */
enum status command_run(const struct command *command, const char *const *args, size_t count);

#endif
