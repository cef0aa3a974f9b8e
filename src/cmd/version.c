/* version.c: `rehearse version`. */
#include "cmd/command.h"

#define VERSION "0.1.0"

static enum status run(const struct options *options, struct arena *arena)
{
	(void)options;
	(void)arena;
	out_putz("rehearse " VERSION "\n"
	         "Licence GPL-3.0-or-later; scenarios and rules CC BY-SA 4.0.\n");
	return STATUS_FINE;
}

const struct command cmd_version = {
        .name = "version",
        .summary = "say which version this is",
        .usage = "",
        .help = "Says which version this is, and its licence.\n",
        .run = run,
};
