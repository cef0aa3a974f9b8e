/* main.c: finds the command and runs it; the only file that ends the program. */
#include <locale.h>

#include "cmd/command.h"

static enum status run(const char *const *args, size_t count)
{
	struct err err;
	struct slice first = count ? slice_of(args[0]) : SLICE("play");
	const struct command *command;

	if (slice_is(first, "--help") || slice_is(first, "-h"))
		first = SLICE("help");
	else if (slice_is(first, "--version") || slice_is(first, "-V"))
		first = SLICE("version");
	else if (slice_starts(first, SLICE("-")) || count == 0)
		return command_run(command_find(SLICE("play"), &err), args, count);
	command = command_find(first, &err);
	if (!command) {
		out_err(&err);
		return STATUS_USAGE;
	}
	return command_run(command, args + 1, count - 1);
}

int main(int argc, char **argv)
{
	out_init();
	/* For readline's idea of a character; numbers stay as in C everywhere. */
	setlocale(LC_CTYPE, "");
	exit(out_finish(run((const char *const *)argv + 1, argc > 1 ? (size_t)argc - 1 : 0)));
}
