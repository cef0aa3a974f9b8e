/* repl_resume.c: see repl_resume.h. */
#include "repl_resume.h"

#include "edge/clock.h"
#include "edge/page.h"
#include "edge/report.h"
#include "edge/term.h"

#define ANSWER_BYTES 1000

static enum status find_file(struct slice path, struct record *record)
{
	struct diags diags = {0};
	enum status status = STATUS_FINE;
	struct err err;

	if (!record_read(path, record, &diags, &err)) {
		out_err(&err);
		status = STATUS_TROUBLE;
	} else if (diags.errors) {
		out_diags(&diags);
		status = STATUS_FINDINGS;
	}
	diags_release(&diags);
	return status;
}

/* "12" or "12.2". */
static bool is_number(struct slice which)
{
	size_t i;

	for (i = 0; i < which.len; i++) {
		if ((which.at[i] < '0' || which.at[i] > '9') && which.at[i] != '.')
			return false;
	}
	return true;
}

enum status repl_resume_find(struct store *store, struct slice which, struct record *record,
                             const struct err *no_store)
{
	struct err err;

	if (!is_number(which))
		return find_file(which, record);
	if (!store && no_store) {
		out_err(no_store);
		return STATUS_TROUBLE;
	}
	if (!store) {
		err_set(&err, "without the practice log there is only a file to go on with: "
		              "‘--resume FILE’, or leave out ‘--no-log’");
		out_err(&err);
		return STATUS_USAGE;
	}
	if (record_load(store, which, record, &err))
		return STATUS_FINE;
	out_err(&err);
	return STATUS_USAGE;
}

/* "scenario ‘x’", "the rules" or both; empty when all is as it was. */
static struct slice what_changed(const struct repl_play *play, const struct record *record,
                                 struct arena *arena)
{
	bool scenario = play->scenario->hash != record->attempt.scenario_hash;
	bool rules = play->ruleset->hash != record->attempt.rules_hash;
	struct slice path = play->scenario->source->path;

	if (scenario)
		return slice_format(arena, "the scenario ‘%.*s’ (or its temperament)%s",
		                    SLICE_ARGS(path), rules ? " and the rules have" : " has");
	return rules ? SLICE("the rules have") : SLICE("");
}

/* Whether what was said fits the scenario and the rules as they are. */
static bool fits(const struct repl_play *play, const struct record *record, struct err *err)
{
	struct session *session =
	        session_new(play->scenario, play->ruleset, play->detector, play->seed);
	bool good = session_replay(session, record->events.items, record->events.count, err);

	session_free(session);
	return good;
}

/* The first word that was typed, or empty to leave. */
static struct slice ask(struct term *term, bool plain, struct strbuf *line)
{
	if (term_read(term, plain ? "> " : "  > ", "  Ctrl-C again to leave.", ANSWER_BYTES,
	              line) != TERM_LINE)
		return SLICE("q");
	return slice_trim(strbuf_slice(line));
}

static enum repl_resume choose(const struct repl_play *play, const struct record *record,
                               struct slice changed, bool fit, struct term *term)
{
	struct term_look look = term_look(1);
	struct page page = {
	        .width = look.width, .colour = look.colour && !play->plain, .plain = play->plain};
	const char *offer = fit ? "g to go on with it as it is now, a to start afresh, q to leave"
	                        : "a to start afresh, q to leave";
	enum repl_resume choice = RESUME_NO;
	struct strbuf line = {0};
	struct strbuf day = {0};

	clock_day(record->attempt.started, &day);
	page_gap(&page);
	page_begin(&page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(&page, STYLE_PLAIN, "Since this conversation of %s, %.*s changed.%s", day.at,
	          SLICE_ARGS(changed), fit ? "" : " What was said no longer fits.");
	page_end(&page);
	while (choice == RESUME_NO) {
		struct slice word;

		page_textz(&page, REPORT_MARGIN, STYLE_DIM, offer);
		if (!term_write(term, strbuf_slice(&page.out)))
			break;
		strbuf_clear(&page.out);
		word = ask(term, play->plain, &line);
		if (fit && slice_is(word, "g"))
			choice = RESUME_GO_ON;
		else if (slice_is(word, "a"))
			choice = RESUME_AFRESH;
		else if (slice_is(word, "q"))
			choice = RESUME_LEAVE;
	}
	strbuf_release(&line);
	strbuf_release(&day);
	page_release(&page);
	return choice == RESUME_NO ? RESUME_LEAVE : choice;
}

static enum repl_resume refuse(struct slice changed, bool fit, struct err *err)
{
	if (fit)
		err_set(err,
		        "since then %.*s changed; ‘--changed go-on’ goes on with it as it is now, "
		        "‘--changed afresh’ starts afresh",
		        SLICE_ARGS(changed));
	else
		err_set(err,
		        "since then %.*s changed, and what was said no longer fits; ‘--changed "
		        "afresh’ starts afresh",
		        SLICE_ARGS(changed));
	return RESUME_NO;
}

static enum repl_resume decide(const struct repl_play *play, const struct record *record,
                               struct term *term, enum repl_changed changed, struct err *err)
{
	bool fit = fits(play, record, err);
	enum repl_resume choice = RESUME_GO_ON;
	struct arena arena;
	struct slice what;

	arena_init(&arena);
	what = what_changed(play, record, &arena);
	if (what.len == 0 && !fit)
		choice = RESUME_NO;
	else if (what.len && changed == CHANGED_AFRESH)
		choice = RESUME_AFRESH;
	else if (what.len && (changed == CHANGED_ASK || !fit))
		choice = term_is_live(term) ? choose(play, record, what, fit, term)
		                            : refuse(what, fit, err);
	arena_release(&arena);
	return choice;
}

enum repl_resume repl_resume(struct repl_play *play, const struct record *record, struct term *term,
                             enum repl_changed changed, struct err *err)
{
	uint64_t seed = play->seed;
	enum repl_resume choice;

	play->seed = record->attempt.seed;
	choice = decide(play, record, term, changed, err);
	if (choice == RESUME_GO_ON) {
		play->resumed = record;
		play->anew = play->scenario->hash != record->attempt.scenario_hash ||
		             play->ruleset->hash != record->attempt.rules_hash;
	} else {
		play->seed = seed;
	}
	return choice;
}
