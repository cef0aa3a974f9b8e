/* list.c: `rehearse list`. */
#include "cmd/command.h"
#include "edge/listing.h"

/* More would find nothing. */
#define WORDS_MAX 8

static bool read_number(const struct options *options, const char *name, long most, long *out,
                        struct err *err)
{
	struct slice text = options_value(options, name);

	if (!text.at || slice_int(text, 1, most, out))
		return true;
	err_set(err, "‘%.*s’ does not do for ‘--%s’; give a whole number from 1 to %ld",
	        SLICE_ARGS(slice_sub(text, 0, 40)), name, most);
	return false;
}

static enum status run(const struct options *options, struct arena *arena)
{
	static const char *const formats[] = {"text", "jsonl", NULL};
	struct listing_request request = {.plain = options_have(options, "plain")};
	struct library *library;
	enum status status;
	struct err err;
	int format = options_choice(options, "format", formats, &err);
	size_t i;

	for (i = 0; i < options->word_count; i++)
		request.filter.words = slice_format(
		        arena, "%s %.*s", request.filter.words.len ? request.filter.words.at : "",
		        SLICE_ARGS(options->words[i]));
	request.filter.focus = options_value(options, "focus");
	request.filter.phase = options_value(options, "phase");
	request.filter.cycle = options_value(options, "cycle");
	if (format < 0 ||
	    !read_number(options, "level", SCENARIO_LEVEL_MAX, &request.filter.level, &err) ||
	    !read_number(options, "minutes", SCENARIO_MINUTES_MAX, &request.filter.minutes, &err)) {
		out_err(&err);
		return STATUS_USAGE;
	}
	request.json = format == 1;
	library = library_open(options, &err);
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	library_try(library);
	status = listing_run(library, &request);
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"focus", "MOVE", "those that practise this move or framework: ‘aid’", 0},
        {"phase", "WORDS", "those for this phase or subject: ‘primary’, ‘maths’", 0},
        {"level", "N", "those of this level, 1 to 3", 0},
        {"minutes", "N", "those of at most so many minutes", 0},
        {"cycle", "WORDS", "those for this theme or conversation of a cycle: ‘step_met’", 0},
        {"format", "FORMAT", "text, or jsonl: one object a line, for programs", 0},
        {0},
};

const struct command cmd_list = {
        .name = "list",
        .summary = "list the scenarios",
        .usage = "[WORD…]",
        .help = "Lists the scenarios: those that came with the program, your own in\n"
                "$XDG_DATA_HOME/rehearse/scenarios, and those named with --scenarios. The number\n"
                "or the id names one for ‘play’ and ‘show’. With words, those that have each of\n"
                "them in title, subject, person, phase, focus or place in a cycle: ‘rehearse list\n"
                "maths’.\n",
        .options = own,
        .words_max = WORDS_MAX,
        .run = run,
};
