/* simulate.c: `rehearse simulate SCENARIO`. */
#include "base/limits.h"
#include "cmd/command.h"
#include "edge/simulating.h"

static bool read_number(const struct options *options, const char *name, long least, long most,
                        long *number, struct err *err)
{
	struct slice text = options_value(options, name);

	if (!text.at || slice_int(text, least, most, number))
		return true;
	text = slice_sub(text, 0, 60);
	err_set(err, "‘--%s %.*s’: give a whole number from %ld to %ld", name, SLICE_ARGS(text),
	        least, most);
	return false;
}

static enum status run(const struct options *options, struct arena *arena)
{
	static const char *const formats[] = {"text", "json", NULL};
	long runs = SIMULATING_RUNS;
	long turns = SIMULATING_TURNS;
	long seed = 1;
	struct library *library;
	enum status status;
	struct err err;
	int format = options_choice(options, "format", formats, &err);

	(void)arena;
	if (format < 0 || !read_number(options, "runs", 1, LIMIT_RUNS, &runs, &err) ||
	    !read_number(options, "turns", 1, LIMIT_TURNS, &turns, &err) ||
	    !read_number(options, "seed", 0, SIMULATE_SEED_MOST, &seed, &err)) {
		out_err(&err);
		return STATUS_USAGE;
	}
	library = library_open(options, &err);
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = simulating_command(
	        library, &(struct simulating_request){.scenario = options->words[0],
	                                              .style = options_value(options, "style"),
	                                              .runs = (uint64_t)runs,
	                                              .seed = (uint64_t)seed,
	                                              .turns = (uint32_t)turns,
	                                              .repro = options_value(options, "repro"),
	                                              .json = format == 1,
	                                              .full = options_have(options, "full"),
	                                              .plain = options_have(options, "plain")});
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"runs", "N", "how many conversations, spread over the styles (1000)", 0},
        {"seed", "N", "other conversations; the same seed, the same ones (1)", 0},
        {"style", "NAMES", "only these styles of mentors, a comma between", 0},
        {"turns", "N", "after so many the mentor leaves, if nothing ended it (30)", 0},
        {"repro", "WHAT", "write down one: an ending, none, fallback, repeat, FILE:LINE", 0},
        {"full", NULL, "list all lines never said and all rules that found nothing", 0},
        {"format", "FORMAT", "‘text’, or ‘json’: one object, for programs", 0},
        {0},
};

const struct command cmd_simulate = {
        .name = "simulate",
        .summary = "let made-up mentors play a scenario, and see what comes of it",
        .usage = "SCENARIO",
        .help = "Mentors of several styles hold conversations with a scenario's ECT: which\n"
                "endings each style reaches, what was never said and never heard, how often\n"
                "nothing fitted, what came twice, how the meters moved. Mentors are files\n"
                "‘scenarios/…/*.mentor’, made of the packs' ‘say’ and ‘yes’ lines and the\n"
                "scenario's own words; add or change them as you like.\n"
                "\n"
                "--repro writes one conversation as ‘rehearse review’ reads it, and on standard\n"
                "error the seed with which ‘rehearse play’ says the same.\n",
        .options = own,
        .words_min = 1,
        .words_max = 1,
        .run = run,
};
