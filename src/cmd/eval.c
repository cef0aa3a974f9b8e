/* eval.c: `rehearse eval`. */
#include "cmd/command.h"
#include "edge/evaluating.h"
#include "edge/library.h"

static enum status run(const struct options *options, struct arena *arena)
{
	static const char *const formats[] = {"text", "json", NULL};
	struct evaluating_request request = {.path = options->words[0]};
	struct library *library;
	enum status status;
	struct err err;
	int format = options_choice(options, "format", formats, &err);

	(void)arena;
	request.json = format == 1;
	request.move = options_value(options, "errors");
	request.verdicts = options_value(options, "verdicts");
	request.interval = options_have(options, "interval");
	if (format == 1 && request.move.len)
		err_set(&err, "‘--errors’ lists for people; leave ‘--format json’ out");
	else if (format >= 0 && request.verdicts.len && request.move.len)
		err_set(&err, "with ‘--verdicts’ all errors are listed; leave ‘--errors’ out");
	if (format < 0 || (request.move.len && (format == 1 || request.verdicts.len))) {
		out_err(&err);
		return STATUS_USAGE;
	}
	library = library_open(options, &err);
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = library_status(library_ready(library));
	if (status == STATUS_FINE)
		status = library_late(library, evaluating_run(library->detector, &request));
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"errors", "MOVE", "list its misses and false alarms, with the reason", 0},
        {"interval", NULL, "a 95% interval of micro-F1, resampling conversations", 0},
        {"verdicts", "FILE", "compare verdicts on whole conversations with those in FILE", 0},
        {"format", "FORMAT", "text or json", 0},
        {0},
};

const struct command cmd_eval = {
        .name = "eval",
        .summary = "measure detection on conversations that people coded",
        .usage = "FILE",
        .help = "Reads coded conversations, one JSON object a mentor's turn (“-”: from standard\n"
                "input), and says how well each move is found:\n"
                "\n"
                "  {\"conv\": \"d01\", \"turn\": 1, \"ect\": \"the line before\", \"mentor\": "
                "\"…\",\n"
                "   \"moves\": [\"open_question\"]}\n"
                "\n"
                "Each turn is heard with what was said before it in its conversation. Precision,\n"
                "recall, F1, how often it was coded and found, and Cohen's kappa for each move;\n"
                "means; and which moves were missed where others were found. Acts do not count,\n"
                "nor moves that nobody coded in that file.\n"
                "\n"
                "Or reads labelled utterances, tab separated, with a first line that names the\n"
                "columns “text”, “labels” and, if there, “prev_other”, “unsure” and “weight”: the\n"
                "figures by rows and by weight, and which moves make each label.\n"
                "\n"
                "--verdicts FILE: one object a conversation, as people judged it: {\"conv\": "
                "\"d01\",\n"
                "“aid_complete”, “closed_loop”: true or false, “candour”, “tki”: a cell,\n"
                "“glasl_end”: 1 to 3}. Agreement, kappa and balanced accuracy beside a constant\n"
                "verdict's, then every wrong one with why.\n",
        .options = own,
        .words_min = 1,
        .words_max = 1,
        .run = run,
};
