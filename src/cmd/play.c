/* play.c: `rehearse play [NAME]`. */
#include "cmd/command.h"
#include "edge/journal.h"
#include "edge/clock.h"
#include "edge/library.h"
#include "edge/term.h"
#include "edge/voicing.h"
#include "edge/store_plan.h"
#include "repl_author.h"
#include "repl_choose.h"
#include "repl_planned.h"
#include "repl_resume.h"

#define SEED_MOST 2147483647L

static const char *const formats[] = {"text", "jsonl", NULL};
static const char *const coaches[] = {"hints", "off", "full", NULL};
static const enum repl_coach coach_of[] = {COACH_HINTS, COACH_OFF, COACH_FULL};

static const char *const changes[] = {"ask", "go-on", "afresh", NULL};

static const char *const adapts[] = {"auto", "always", "never", NULL};

struct request {
	bool json;
	bool resume;
	int adapt; /* of `adapts` */
	enum repl_changed changed;
	struct slice focus; /* as typed */
	struct repl_play play;
	struct store *store; /* the practice log; NULL for a private practice */
	struct record record; /* what is gone on with */
	struct author_start start;
	bool llm;
	struct voicing_wish wish;
	const struct library *library;
};

static bool read_seed(const struct options *options, bool live, uint64_t *seed, struct err *err)
{
	struct slice text = options_value(options, "seed");
	long number;

	if (!text.at) {
		/* Somebody who plays again meets something new; a pipe gives the same again. */
		*seed = live ? (uint64_t)clock_now() : 1;
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
	int adapt = coach < 0 ? -1 : options_choice(options, "adapt", adapts, err);
	int changed = adapt < 0 ? -1 : options_choice(options, "changed", changes, err);

	if (changed < 0)
		return false;
	out->resume = options_have(options, "resume");
	out->changed = (enum repl_changed)changed;
	out->json = format == 1;
	out->focus = options_value(options, "focus");
	out->play.coach = coach_of[coach];
	out->play.plain = options_have(options, "plain");
	out->play.full = options_have(options, "full");
	out->adapt = adapt;
	out->play.room = options_have(options, "room");
	out->llm = options_have(options, "llm");
	out->wish = (struct voicing_wish){.masked = options_have(options, "no-names"),
	                                  .consent = options_value(options, "consent"),
	                                  .plain = options_have(options, "plain")};
	out->play.trace = options_have(options, "trace");
	out->start.beat = options_value(options, "at");
	out->start.meters = options_value(options, "set");
	if (out->start.beat.len || out->start.meters.len)
		out->play.start = &out->start;
	if (out->play.start && out->resume) {
		err_set(err, "‘--resume’ goes on where it was left; leave out ‘--at’ and ‘--set’");
		return false;
	}
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
	case REPL_WRONG:
		out_err(err);
		return STATUS_USAGE;
	case REPL_KILLED:
		break;
	}
	return killed(term);
}

static void complete(struct term *term, const struct request *request,
                     const struct ruleset *ruleset, struct arena *arena)
{
	struct slice *moves = ARENA_ARRAY(arena, struct slice, ruleset->move_count);
	size_t i;

	for (i = 0; i < ruleset->move_count; i++)
		moves[i] = ruleset->moves[i]->id;
	term_complete(term, &(struct term_words){repl_command_names(request->play.room, arena),
	                                         moves, ruleset->move_count});
}

/* What is practised: as asked for, else as it was when a conversation is gone on with. */
static bool choose_focus(struct request *request, struct arena *arena, struct err *err)
{
	struct focus focus;

	if (request->focus.len == 0) {
		if (request->resume)
			request->play.focus = request->record.attempt.focus;
		return true;
	}
	if (!focus_read(request->play.ruleset, request->focus, arena, &focus, err))
		return false;
	request->play.focus = focus.ids;
	return true;
}

/* What the mentor means to do; a room has no plan of its own. */
static bool plan_beside(const struct request *request, struct arena *arena, struct store_plan *out)
{
	struct err err;
	bool found;

	if (!request->store || request->play.room)
		return false;
	found = planned_find(request->store, request->play.scenario->id,
	                     request->resume ? request->record.session.plan : 0, arena, out, &err);
	if (!found && err.text[0])
		out_err(&err);
	return found;
}

/* What of the plan may hold names of people. */
static struct slice plan_words(const struct store_plan *plan, struct arena *arena)
{
	struct strbuf words = {0};
	struct slice copy;
	size_t i;

	for (i = 0; plan && i < PLAN_PARTS; i++)
		strbuf_addf(&words, "%.*s\n", SLICE_ARGS(plan->plan.answers[i]));
	copy = slice_copy(arena, strbuf_slice(&words));
	strbuf_release(&words);
	return copy;
}

/* An LLM for the ECT's words, where it is wanted and can be had; else the script speaks. */
static void find_voice(struct request *request, struct term *term, struct arena *arena)
{
	struct err err;

	if (!request->llm)
		return;
	request->play.voicing =
	        voicing_new(&request->wish, request->library, request->play.scenario,
	                    plan_words(request->play.plan, arena),
	                    journal_store(request->play.journal), term, &err);
	if (!request->play.voicing)
		out_err(&err);
}

static enum status talk(struct request *request, const struct library_scenario *chosen,
                        struct term *term, struct arena *arena)
{
	struct journal_about about = {.scenario = request->play.scenario,
	                              .ruleset = request->play.ruleset,
	                              .seed = request->play.seed,
	                              .room = request->play.room};
	enum repl_result result;
	struct store_plan plan;
	struct err err;

	if (!choose_focus(request, arena, &err)) {
		out_err(&err);
		return STATUS_USAGE;
	}
	about.focus = request->play.focus;
	/* Programs are promised the same debrief for the same words. */
	request->play.adapt = request->adapt == 1 ||
	                      (request->adapt == 0 && term_is_live(term) && !request->json);
	if (plan_beside(request, arena, &plan)) {
		request->play.plan = &plan;
		about.plan = plan.id;
	}
	if (chosen->named)
		about.path = file_absolute(chosen->file.path, arena);
	request->play.journal = journal_new(&about, request->store);
	request->store = NULL;
	complete(term, request, request->play.ruleset, arena);
	find_voice(request, term, arena);
	result = request->json ? repl_run_json(&request->play, term, &err)
	                       : repl_run(&request->play, term, &err);
	voicing_free(request->play.voicing);
	journal_free(request->play.journal);
	return finish(result, term, &err);
}

static enum status resume(struct request *request, const struct library_scenario *chosen,
                          struct term *term, struct arena *arena)
{
	struct err err;

	switch (repl_resume(&request->play, &request->record, term, request->changed, &err)) {
	case RESUME_GO_ON:
	case RESUME_AFRESH:
		return talk(request, chosen, term, arena);
	case RESUME_NO:
		out_err(&err);
		return STATUS_USAGE;
	case RESUME_LEAVE:
		break;
	}
	return term_signal(term) ? killed(term) : STATUS_FINE;
}

static enum status converse(struct library *library, const struct library_scenario *chosen,
                            struct request *request, struct term *term, struct arena *arena)
{
	struct scenario_file *file = NULL;
	enum library_state state;
	enum status status;

	library_speak(library, chosen);
	state = library_ready(library);
	if (state == LIBRARY_SOUND)
		file = library_play(library, chosen, &state);
	if (!file)
		return library_status(state);
	/* Somebody at a terminal reads the brief meanwhile. */
	if (term_is_live(term) && !request->json)
		request->play.late = &library->diags;
	request->library = library;
	request->play.scenario = scenario_of(file);
	request->play.ruleset = library->ruleset;
	request->play.detector = library->detector;
	if (request->resume)
		status = resume(request, chosen, term, arena);
	else
		status = talk(request, chosen, term, arena);
	if (library->diags.errors)
		out_diags(&library->diags);
	status = library_late(library, status);
	scenario_free(file);
	return status;
}

static const struct library_scenario *choose(struct library *library, const struct options *options,
                                             const struct request *request, struct term *term,
                                             enum status *status)
{
	const struct library_scenario *chosen = NULL;
	struct slice name = options->word_count ? options->words[0] : SLICE("");
	struct err err;

	if (request->resume)
		name = record_scenario(&request->record);
	*status = STATUS_USAGE;
	if (name.len) {
		chosen = library_find(library, name, &err);
		*status = library_find_status(name);
		if (!chosen)
			out_err(&err);
	} else if (!term_is_live(term)) {
		err_set(&err,
		        "no scenario named; ‘rehearse list’ lists them, then ‘rehearse play NAME’");
		out_err(&err);
	} else {
		chosen = repl_choose(library, request->store, term, request->play.plain);
		*status = term_signal(term) ? killed(term) : STATUS_FINE;
	}
	return chosen;
}

/* The practice log, unless this is private; and what is to be gone on with. */
static bool open_log(struct request *request, const struct options *options, enum status *status)
{
	struct slice which = options->word_count ? options->words[0] : SLICE("");
	struct strbuf words = {0};
	struct err err;

	/* From the middle it is tried, not practised. */
	if (!options_have(options, "no-log") && !request->play.start) {
		request->store = store_open(STORE_WRITE, &err);
		if (!request->store) {
			strbuf_addz(&words, "rehearse: ");
			journal_say_lost(&err, &words);
		}
	}
	*status = STATUS_FINE;
	if (request->resume)
		*status = repl_resume_find(request->store, which, &request->record,
		                           words.len ? &err : NULL);
	else if (words.len)
		out_note(strbuf_slice(&words));
	strbuf_release(&words);
	return *status == STATUS_FINE;
}

static enum status play(const struct options *options, struct request *request, struct term *term,
                        struct arena *arena)
{
	const struct library_scenario *chosen;
	struct library *library;
	enum status status;
	struct err err;

	if (!read_seed(options, term_is_live(term), &request->play.seed, &err)) {
		out_err(&err);
		return STATUS_USAGE;
	}
	library = library_open(options, &err);
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	if (open_log(request, options, &status)) {
		chosen = choose(library, options, request, term, &status);
		if (chosen)
			request->play.files = author_files_new(options, chosen->file.path);
		if (chosen)
			status = converse(library, chosen, request, term, arena);
	}
	author_files_free(request->play.files);
	library_free(library);
	return status;
}

static enum status run(const struct options *options, struct arena *arena)
{
	struct request request = {0};
	enum status status;
	struct term *term;
	struct err err;

	if (!read_request(options, &request, &err)) {
		out_err(&err);
		return STATUS_USAGE;
	}
	term = term_open(request.json);
	status = play(options, &request, term, arena);
	store_close(request.store);
	record_release(&request.record);
	term_close(term);
	return status;
}

static const struct option own[] = {
        {"seed", "N", "which of several wordings come up; the same seed, the same words", 0},
        {"coach", "HOW", "after a turn show ‘hints’ (the moves heard), ‘off’ or ‘full’", 0},
        {"focus", "MOVE", "moves or a framework to practise: ‘open_question’, ‘aid’", 0},
        {"adapt", "WHEN", "hints and debrief know your past: ‘auto’, ‘always’ or ‘never’", 0},
        {"full", NULL, "the debrief with everything behind it", 0},
        {"room", NULL, "one screen for a room of mentors: votes, guesses, the next person", 0},
        {"format", "FORMAT", "‘text’, or ‘jsonl’: one event a line, for programs", 0},
        {"resume", NULL, "go on with a conversation: the last unfinished, a session or a file", 0},
        {"changed", "HOW", "to go on when its scenario or rules changed: ‘go-on’ or ‘afresh’", 0},
        {"llm", NULL, "an LLM that you set up finds the ECT's words; see rehearse(1)", 0},
        {"consent", "HOST", "what is said may be sent to this host, where nobody can be asked", 0},
        {"no-names", NULL, "with --llm: names known from the scenario and your plan are masked", 0},
        {"at", "BEAT", "for authors: begin in the middle, at this beat; nothing is logged", 0},
        {"set", "METERS", "for authors: begin with ‘trust=8,tension=2’; nothing is logged", 0},
        {"trace", NULL, "for authors: after every turn, what was weighed and why one won", 0},
        {"no-log", NULL, "a private practice: nothing goes into your practice log", 0},
        {0},
};

const struct command cmd_play = {
        .name = "play",
        .summary = "practise a conversation",
        .usage = "[SCENARIO | --resume [SESSION | FILE]]",
        .help = "Plays a scenario, named by its id, its number in ‘rehearse list’ or a path;\n"
                "asks which when none is named. Type what you would say; Enter alone is a\n"
                "pause; /help tells what else there is. Without a terminal each line of\n"
                "standard input is what you say.\n",
        .options = own,
        .words_max = 1,
        .run = run,
};
