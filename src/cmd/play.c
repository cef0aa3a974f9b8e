/* play.c: `rehearse play [NAME]`. */
#include "cmd/command.h"
#include "edge/library.h"
#include "edge/term.h"
#include "repl.h"
#include "repl_choose.h"

#define SEED_MOST 2147483647L

static const char *const formats[] = {"text", "jsonl", NULL};
static const char *const coaches[] = {"hints", "off", "full", NULL};
static const enum repl_coach coach_of[] = {COACH_HINTS, COACH_OFF, COACH_FULL};

struct request {
	bool json;
	struct repl_play play;
};

static bool read_seed(const struct options *options, bool live, uint64_t *seed, struct err *err)
{
	struct slice text = options_value(options, "seed");
	long number;

	if (!text.at) {
		/* Somebody who plays again meets something new; a pipe gives the same again. */
		*seed = live ? (uint64_t)time(NULL) : 1;
		return true;
	}
	if (!slice_int(text, 0, SEED_MOST, &number)) {
		text = slice_sub(text, 0, 60);
		err_set(err, "‘%.*s’ is no seed; give a whole number from 0 to %ld",
		        SLICE_ARGS(text), SEED_MOST);
		return false;
	}
	*seed = (uint64_t)number;
	return true;
}

static bool read_request(const struct options *options, struct request *out, struct err *err)
{
	int format = options_choice(options, "format", formats, err);
	int coach = format < 0 ? -1 : options_choice(options, "coach", coaches, err);

	if (coach < 0)
		return false;
	out->json = format == 1;
	out->play.coach = coach_of[coach];
	out->play.plain = options_have(options, "plain");
	out->play.full = options_have(options, "full");
	out->play.room = options_have(options, "room");
	if (out->json && out->play.room) {
		err_set(err, "‘--room’ is for a screen people look at; leave out ‘--format jsonl’");
		return false;
	}
	return true;
}

/* As a shell reports it. */
static enum status killed(const struct term *term)
{
	return (enum status)(128 + term_signal(term));
}

static enum status finish(enum repl_result result, const struct term *term, const struct err *err)
{
	switch (result) {
	case REPL_FINE:
		return STATUS_FINE;
	case REPL_FINDINGS:
		return STATUS_FINDINGS;
	case REPL_TROUBLE:
		out_err(err);
		return STATUS_TROUBLE;
	case REPL_KILLED:
		break;
	}
	return killed(term);
}

static enum status converse(struct library *library, const struct library_scenario *chosen,
                            struct request *request, struct term *term, struct arena *arena)
{
	struct scenario_file *file = NULL;
	enum library_state state;
	struct slice *moves;
	enum status status;
	struct err err;
	size_t i;

	/* Most of a start is compiling patterns; somebody at a terminal reads the brief meanwhile.
	 */
	library->hurried = term_is_live(term) && !request->json;
	state = library_ready(library);
	if (state == LIBRARY_SOUND)
		file = library_play(library, chosen, &state);
	if (!file)
		return library_status(state);
	if (library->hurried)
		request->play.late = &library->diags;
	request->play.scenario = scenario_of(file);
	request->play.ruleset = library->ruleset;
	request->play.detector = library->detector;
	moves = ARENA_ARRAY(arena, struct slice, library->ruleset->move_count);
	for (i = 0; i < library->ruleset->move_count; i++)
		moves[i] = library->ruleset->moves[i]->id;
	term_complete(term, &(struct term_words){request->play.room ? repl_room_names
	                                                            : repl_command_names,
	                                         moves, library->ruleset->move_count});
	if (request->json)
		status = finish(repl_run_json(&request->play, term, &err), term, &err);
	else
		status = finish(repl_run(&request->play, term, &err), term, &err);
	if (library->diags.errors)
		out_diags(&library->diags);
	scenario_free(file);
	return status;
}

static const struct library_scenario *choose(struct library *library, const struct options *options,
                                             const struct request *request, struct term *term,
                                             enum status *status)
{
	const struct library_scenario *chosen = NULL;
	struct err err;

	*status = STATUS_USAGE;
	if (options->word_count) {
		chosen = library_find(library, options->words[0], &err);
		*status = library_find_status(options->words[0]);
		if (!chosen)
			out_err(&err);
	} else if (!term_is_live(term)) {
		err_set(&err,
		        "no scenario named; ‘rehearse list’ lists them, then ‘rehearse play NAME’");
		out_err(&err);
	} else {
		chosen = repl_choose(library, term, request->play.plain);
		*status = term_signal(term) ? killed(term) : STATUS_FINE;
	}
	return chosen;
}

static enum status run(const struct options *options, struct arena *arena)
{
	struct request request = {0};
	const struct library_scenario *chosen;
	struct library *library;
	struct term *term;
	enum status status;
	struct err err;

	if (!read_request(options, &request, &err)) {
		out_err(&err);
		return STATUS_USAGE;
	}
	term = term_open(request.json);
	library = NULL;
	if (!read_seed(options, term_is_live(term), &request.play.seed, &err)) {
		out_err(&err);
		status = STATUS_USAGE;
	} else if (!(library = library_open(options, &err))) {
		out_err(&err);
		status = STATUS_TROUBLE;
	} else {
		chosen = choose(library, options, &request, term, &status);
		if (chosen)
			status = converse(library, chosen, &request, term, arena);
	}
	library_free(library);
	term_close(term);
	return status;
}

static const struct option own[] = {
        {"seed", "N", "which of several wordings come up; the same seed, the same words", 0},
        {"coach", "HOW", "after a turn show ‘hints’ (the moves heard), ‘off’ or ‘full’", 0},
        {"full", NULL, "the debrief with everything behind it", 0},
        {"room", NULL, "one screen for a room of mentors: votes, guesses, the next person", 0},
        {"format", "FORMAT", "‘text’, or ‘jsonl’: one event a line, for programs", 0},
        {0},
};

const struct command cmd_play = {
        .name = "play",
        .summary = "practise a conversation",
        .usage = "[SCENARIO]",
        .help = "Plays a scenario, named by its id, its number in ‘rehearse list’ or a path;\n"
                "asks which when none is named. Type what you would say; Enter alone is a\n"
                "pause; /help tells what else there is. Without a terminal each line of\n"
                "standard input is what you say.\n",
        .options = own,
        .words_max = 1,
        .run = run,
};
