/* version.c: `rehearse version`. */
#include "base/version.h"
#include "cmd/command.h"

static enum status run(const struct options *options, struct arena *arena)
{
	(void)options;
	(void)arena;
	out_putz("rehearse " REHEARSE_VERSION "\n"
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
