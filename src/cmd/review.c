/* review.c: `rehearse review FILE…`. */
#include "cmd/command.h"
#include "edge/library.h"
#include "edge/opining.h"
#include "edge/reviewing.h"

/* Where a second opinion is to be had; false when it was asked for and is not. The reviews come
 * without it then. */
static bool find_opinion(const struct options *options, const struct library *library,
                         struct reviewing_request *request)
{
	const struct opining_wish wish = {.library = library,
	                                  .consent = options_value(options, "consent"),
	                                  .masked = options_have(options, "no-names"),
	                                  .plain = request->plain,
	                                  .silent = request->json};
	struct err err;

	request->opinion = options_have(options, "second-opinion");
	if (!request->opinion)
		return true;
	request->opining = opining_host_new(&wish, &err);
	if (!request->opining)
		out_err(&err);
	return request->opining != NULL;
}

static enum status run(const struct options *options, struct arena *arena)
{
	static const char *const formats[] = {"text", "json", NULL};
	struct reviewing_request request = {.paths = options->words,
	                                    .path_count = options->word_count,
	                                    .mentor = options_value(options, "mentor"),
	                                    .full = options_have(options, "full"),
	                                    .plain = options_have(options, "plain"),
	                                    .explain = options_have(options, "explain"),
	                                    .move = options_value(options, "explain")};
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
	library = library_open(options, &err);
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = library_status(library_ready(library));
	if (status == STATUS_FINE) {
		bool found = find_opinion(options, library, &request);

		status = library_late(library, reviewing_run(library->detector, &request));
		if (!found && status < STATUS_FINDINGS)
			status = STATUS_FINDINGS;
	}
	opining_host_free(request.opining);
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"mentor", "NAME", "the mentor's name there, if not Mentor, M, Me or You", 0},
        {"full", NULL, "every framework with its quotes", 0},
        {"explain", "[MOVE]", "turn by turn: the rule of each move, or why not MOVE", 0},
        {"second-opinion", NULL, "an LLM that you set up labels the turns too; see rehearse(1)", 0},
        {"consent", "HOST", "with --second-opinion: what is in the file may be sent there", 0},
        {"no-names", NULL, "with --second-opinion: words that look like names are masked", 0},
        {"format", "FORMAT", "‘text’, or ‘json’: one object a file, for programs", 0},
        {0},
};

const struct command cmd_review = {
        .name = "review",
        .summary = "look back on a conversation that you wrote down",
        .usage = "FILE…",
        .help = "Reads conversations as people write them (“-”: from standard input) and judges\n"
                "them as the debrief of a scenario does:\n"
                "\n"
                "  Mentor: How did Monday feel from the front?\n"
                "  Sam: (shrugs) Quiet, at least.\n"
                "  Mentor:\n"
                "  Sam: It's the same hands every time, isn't it.\n"
                "\n"
                "Whoever is not the mentor is the ECT. A line without a name belongs to the turn\n"
                "above it; nothing after “Mentor:” is a pause; stage directions stand in\n"
                "brackets.\n",
        .options = own,
        .words_min = 1,
        .words_max = SIZE_MAX,
        .run = run,
};
