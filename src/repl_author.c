/* repl_author.c: see repl_author.h. */
#include "repl_author.h"

#include <stdlib.h>

#include "edge/journal.h"
#include "edge/report.h"
#include "edge/report_why.h"
#include "repl_log.h"

/* What one reading of the files gave. */
struct reading {
	struct library *library;
	struct scenario_file *file;
};

struct author_files {
	const struct options *options;
	struct slice scenario; /* as named on the command line */
	struct reading now; /* the last /reload's; empty before it */
	struct journal *unlogged; /* of a conversation that other files began */
};

static bool no_beat(const struct session *session, struct slice beat, struct err *err)
{
	const struct scenario *scenario = session_scenario(session);
	struct strbuf known = {0};
	size_t i;

	for (i = 0; i < scenario->beat_count; i++)
		strbuf_addf(&known, "%s%.*s", i ? ", " : "", SLICE_ARGS(scenario->beats[i].id));
	err_set(err, "no beat ‘%.*s’ to begin at; there is %s", SLICE_ARGS(slice_sub(beat, 0, 40)),
	        known.at ? known.at : "none");
	strbuf_release(&known);
	return false;
}

static bool set_meters(struct slice meters, struct session *session, struct err *err)
{
	struct slice part;

	while (slice_cut(&meters, ',', &part)) {
		struct slice name;
		long height;

		part = slice_trim(part);
		if (!slice_cut(&part, '=', &name) ||
		    !slice_int(slice_trim(part), METER_MIN, METER_MAX, &height) ||
		    !session_set_meter(session, slice_trim(name), (uint32_t)height)) {
			err_set(err,
			        "‘--set’ takes meters and heights from 0 to 10: trust=8,tension=2 "
			        "(also clarity, ownership)");
			return false;
		}
	}
	return true;
}

bool author_begin(const struct author_start *start, struct session *session, struct err *err)
{
	if (start->beat.len && !session_begin_at(session, start->beat))
		return no_beat(session, start->beat, err);
	return set_meters(start->meters, session, err);
}

struct author_files *author_files_new(const struct options *options, struct slice scenario)
{
	struct author_files *files = mem_alloc(sizeof(*files));

	files->options = options;
	files->scenario = scenario;
	return files;
}

static void reading_free(struct reading *reading)
{
	scenario_free(reading->file);
	library_free(reading->library);
	*reading = (struct reading){0};
}

void author_files_free(struct author_files *files)
{
	if (!files)
		return;
	journal_free(files->unlogged);
	reading_free(&files->now);
	free(files);
}

/* Reads all again. False when it cannot be played: with `err`, or with what the library says. */
static bool read_again(const struct author_files *files, struct reading *out, struct err *err)
{
	const struct library_scenario *scenario = NULL;
	struct library *library;

	err_set(err, "%s", "");
	library = out->library = library_open(files->options, err);
	if (library)
		scenario = library_find(library, files->scenario, err);
	if (!library || !scenario)
		return false;
	library_speak(library, scenario);
	if (!library_load_rules(library, err))
		return false;
	detector_compile(library->detector, &library->diags);
	out->file = library_load(library, scenario, &library->diags, err);
	return out->file && library->diags.errors == 0;
}

static void say(struct repl *repl, const char *text)
{
	page_textz(&repl->page, REPORT_SPEECH, STYLE_DIM, text);
}

/* The events so far over the new files, as far as they still fit. */
static void fold_again(struct repl *repl)
{
	size_t turns = session_turns(repl->session);
	size_t count;
	const struct event *events = session_events(repl->session, &count);
	struct session *session = session_new(repl->now.scenario, repl->now.ruleset,
	                                      repl->now.detector, session_seed(repl->session));
	struct err err;
	bool whole;

	session_practise(session, repl->now.focus);
	whole = session_replay(session, events, count, &err);

	session_free(repl->session);
	repl->session = session;
	page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
	if (session_ended(session) && !whole)
		page_addf(&repl->page, STYLE_DIM,
		          "Read again. As it is now, the conversation ends at turn %zu of %zu.",
		          session_turns(session), turns);
	else if (!whole)
		page_addf(&repl->page, STYLE_DIM,
		          "Read again. As it is now, what was said fits up to turn %zu of %zu.",
		          session_turns(session), turns);
	else
		page_addz(&repl->page, STYLE_DIM,
		          "Read again. What was said stands; the next answer comes from the new "
		          "files. The last thing said:");
	page_end(&repl->page);
	report_speech(&repl->page, repl->now.scenario->name,
	              session_line_before(session, (uint32_t)session_turns(session) + 1));
}

enum repl_next author_reload(struct repl *repl, struct slice argument)
{
	struct author_files *files = repl->play->files;
	struct reading reading = {0};
	struct err err;

	(void)argument;
	if (!files) {
		say(repl, "This conversation did not begin with ‘rehearse play NAME’, so there is "
		          "no file to read again.");
		return REPL_GO_ON;
	}
	if (!read_again(files, &reading, &err)) {
		say(repl,
		    "As it stands on the disk it cannot be played; nothing has changed here:");
		repl_show(repl);
		if (err.text[0])
			out_err(&err);
		else
			out_diags(&reading.library->diags);
		reading_free(&reading);
		return REPL_UNKNOWN;
	}
	repl->now.scenario = scenario_of(reading.file);
	repl->now.ruleset = reading.library->ruleset;
	repl->now.detector = reading.library->detector;
	if (!files->unlogged) {
		const struct journal_about about = {.scenario = repl->now.scenario,
		                                    .ruleset = repl->now.ruleset};

		files->unlogged = journal_new(&about, NULL);
		repl->now.journal = files->unlogged;
	}
	/* An attempt under other files is nothing to compare with. */
	earlier_free(repl->earlier);
	repl->earlier = NULL;
	fold_again(repl);
	reading_free(&files->now);
	files->now = reading;
	return session_ended(repl->session) ? REPL_END : REPL_GO_ON;
}

enum repl_next author_trace(struct repl *repl, struct slice argument)
{
	(void)argument;
	repl->now.trace = !repl->now.trace;
	say(repl, repl->now.trace ? "From now on every turn is explained; /trace again ends it."
	                          : "Turns are no longer explained.");
	return REPL_GO_ON;
}

void author_explain(struct repl *repl, const struct turn *turn)
{
	if (repl->now.trace)
		report_why(&repl->page, repl->session, turn, true);
}
