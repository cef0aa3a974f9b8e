/* doctor.c: `rehearse doctor`. */
#include "cmd/command.h"
#include "edge/doctoring.h"

static enum status run(const struct options *options, struct arena *arena)
{
	struct doctoring_request request = {.plain = options_have(options, "plain"),
	                                    .consent = options_value(options, "consent")};

	(void)arena;
	return doctoring_run(options, &request);
}

static const struct option own[] = {
        {"consent", "HOST", "a question may be sent to this host, the LLM's", 0},
        {0},
};

const struct command cmd_doctor = {
        .name = "doctor",
        .summary = "see whether all is well: packs, log, and the LLM if you set one up",
        .usage = "",
        .help = "Looks at what Rehearse needs, and says of each whether it is well and what to do\n"
                "if not: rule packs, scenarios, your practice log. Where an LLM is set, says what\n"
                "is set (never the key), and sends one short question there, if you let it.\n",
        .options = own,
        .run = run,
};
