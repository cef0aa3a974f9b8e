/* simulating_command.c: see simulating.h. Here: the command, and a conversation written down. */
#include <inttypes.h>

#include "edge/simulating.h"
#include "engine/trial.h"

/* Which conversation shows what was asked for; TALLY_NEVER when none does. */
struct wanted_line {
	const struct tally *tally;
	struct slice file; /* its own name; empty: the scenario's */
	long line;
	uint64_t first;
	bool exists;
};

static void look(void *context, const struct reply *reply)
{
	struct wanted_line *wanted = context;
	size_t i;

	for (i = 0; i < reply->alternative_count; i++) {
		const struct alternative *words = &reply->alternatives[i];
		const struct place *place = &words->place;
		bool here = place->source == wanted->tally->scenario->source;
		bool first = i == 0 && reply->place.line == (uint32_t)wanted->line &&
		             place->source == reply->place.source;

		if (wanted->file.len)
			here = place->source &&
			       slice_eq(file_name(place->source->path), wanted->file);
		if (!here || (place->line != (uint32_t)wanted->line && !first))
			continue;
		wanted->exists = true;
		if (wanted->tally->first_said[words->index] < wanted->first)
			wanted->first = wanted->tally->first_said[words->index];
	}
}

/* `plan`, `none`, `fallback`, `repeat`, `FILE:LINE` or `LINE`. False with words when it is nothing
 * of these. */
static bool find_repro(const struct tally *tally, struct slice what, uint64_t *number,
                       struct err *err)
{
	const struct scenario *scenario = tally->scenario;
	struct wanted_line line = {.tally = tally, .first = TALLY_NEVER};
	size_t colon = slice_find(what, SLICE(":"));
	struct nearest nearest;
	struct arena arena;
	size_t i;

	nearest_init(&nearest, what);
	for (i = 0; i < scenario->ending_count; i++) {
		nearest_offer(&nearest, scenario->endings[i].id);
		if (slice_eq(what, scenario->endings[i].id)) {
			*number = tally->first_ending[i];
			return true;
		}
	}
	*number = tally->first_ending[scenario->ending_count];
	if (slice_is(what, "none"))
		return true;
	*number = tally->first_fallback;
	if (slice_is(what, "fallback"))
		return true;
	*number = tally->first_spurned < tally->first_repeat ? tally->first_spurned
	                                                     : tally->first_repeat;
	if (slice_is(what, "repeat"))
		return true;
	line.file = colon < what.len ? file_name(slice_sub(what, 0, colon)) : SLICE("");
	if (slice_int(colon < what.len ? slice_sub(what, colon + 1, what.len) : what, 1, INT32_MAX,
	              &line.line)) {
		tally_replies(scenario, look, &line);
		*number = line.first;
		if (line.exists)
			return true;
		err_set(err,
		        "nothing is said in line %ld; give the line of a reply or of its words",
		        line.line);
		return false;
	}
	arena_init(&arena);
	what = slice_sub(what, 0, 60);
	err_set(err, "‘--repro %.*s’: no ending of that name%s", SLICE_ARGS(what),
	        nearest.best.len ? nearest_hint(&nearest, &arena)
	                         : "; give an ending, ‘none’, ‘fallback’, ‘repeat’ or FILE:LINE");
	arena_release(&arena);
	return false;
}

static void put_lines(struct slice name, struct slice words, struct strbuf *out)
{
	struct slice part;

	if (words.len == 0)
		strbuf_addf(out, "%.*s:\n", SLICE_ARGS(name));
	while (slice_cut(&words, '\n', &part))
		strbuf_addf(out, "%.*s: %.*s\n", SLICE_ARGS(name), SLICE_ARGS(part));
}

static void write_down(const struct session *session, struct strbuf *out)
{
	struct slice name = session_scenario(session)->name;
	size_t i;

	put_lines(name, session_line_before(session, 1), out);
	for (i = 1; i <= session_turns(session); i++) {
		const struct turn *turn = session_turn(session, i);

		put_lines(SLICE("Mentor"), turn->utterance, out);
		put_lines(name, turn->line, out);
		if (turn->ending_line.len)
			put_lines(name, turn->ending_line, out);
	}
}

static void note_repro(const struct simulating *simulating, const struct session *session,
                       uint64_t number)
{
	const struct ending *ending = session_ending(session);
	struct strbuf note = {0};

	strbuf_addf(&note,
	            "conversation %" PRIu64 ", %.*s, seed %" PRIu64 ", %zu turns; ending: %.*s",
	            number + 1,
	            SLICE_ARGS(simulating->styles->items[number % simulating->styles->count]->id),
	            simulating_seed(simulating, number), session_turns(session),
	            ending ? (int)ending->id.len : 4, ending ? ending->id.at : "none");
	out_note(strbuf_slice(&note));
	strbuf_release(&note);
}

static enum status reproduce(const struct tally *tally, const struct simulating *simulating,
                             struct slice what)
{
	struct strbuf out = {0};
	struct stage *stage;
	struct session *session;
	uint64_t number;
	struct err err;

	if (!find_repro(tally, what, &number, &err)) {
		out_err(&err);
		return STATUS_USAGE;
	}
	if (number == TALLY_NEVER) {
		what = slice_sub(what, 0, 60);
		err_set(&err, "‘%.*s’ came in none of %" PRIu64 " conversations; try more ‘--runs’",
		        SLICE_ARGS(what), simulating->runs);
		out_err(&err);
		return STATUS_FINDINGS;
	}
	stage = stage_new(tally->scenario, tally->ruleset, simulating->library->detector);
	session = simulating_again(simulating, stage, number);
	write_down(session, &out);
	out_put(strbuf_slice(&out));
	note_repro(simulating, session, number);
	session_free(session);
	stage_free(stage);
	strbuf_release(&out);
	return STATUS_FINE;
}

static enum status tell(const struct tally *tally, const struct simulating *simulating,
                        const struct simulating_request *request)
{
	struct strbuf out = {0};

	if (request->repro.len)
		return reproduce(tally, simulating, request->repro);
	if (request->json)
		simulating_json(tally, simulating, &out);
	else
		simulating_text(tally, simulating, request->full, request->plain, &out);
	out_put(strbuf_slice(&out));
	strbuf_release(&out);
	return STATUS_FINE;
}

enum status simulating_command(struct library *library, const struct simulating_request *request)
{
	struct simulating simulating = {.library = library,
	                                .runs = request->runs,
	                                .seed = request->seed,
	                                .turns = request->turns};
	struct styles styles = {0};
	struct scenario_file *file = NULL;
	enum library_state state;
	enum status status;
	struct err err;

	simulating.scenario = library_find(library, request->scenario, &err);
	if (!simulating.scenario) {
		out_err(&err);
		return library_find_status(request->scenario);
	}
	library_speak(library, simulating.scenario);
	state = library_ready(library);
	if (state == LIBRARY_SOUND)
		file = library_play(library, simulating.scenario, &state);
	if (!file)
		return library_status(state);
	if (styles_load(library, request->style, &styles, &status)) {
		struct tally *tally;

		simulating.styles = &styles;
		tally = simulating_run(&simulating, scenario_of(file));
		status = tell(tally, &simulating, request);
		tally_free(tally);
	}
	styles_release(&styles);
	scenario_free(file);
	return status;
}
