/* harvesting.c: see harvesting.h. */
#include "edge/harvesting.h"

#include <inttypes.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "edge/store.h"
#include "edge/term.h"
#include "engine/harvest.h"
#include "engine/session.h"

#define ANSWER_BYTES 100
#define SHOWN 6 /* utterances of a group */

/* One scenario that was played, and what it had no answer to. */
struct field {
	struct slice id;
	struct scenario_file *file; /* NULL when it is no longer there */
	struct harvest unanswered;
};

struct harvesting_run {
	const struct harvesting *request;
	struct store *store;
	struct arena arena;
	struct table fields; /* struct field * */
	struct harvest unheard; /* by any rule */
	size_t conversations;
	size_t utterances;
	size_t gone; /* conversations whose scenario is no longer there, or does not fit */
};

/* Whose words they are decides. */
static bool may_read(const struct harvesting *request, enum status *status)
{
	struct err err;
	struct term *term;
	struct strbuf line = {0};
	bool yes = request->sure;

	if (yes)
		return true;
	term = term_open(false);
	if (!term_is_live(term)) {
		err_set(&err, "this reads what you typed in your practice log, and nobody is here "
		              "to ask; ‘--yes’ says that you want that");
		out_err(&err);
		*status = STATUS_USAGE;
	} else {
		term_write(term,
		           SLICE("  This reads what you typed in all your conversations, and "
		                 "prints some of it here,\n  as skeletons of rules and replies. "
		                 "Nothing is sent anywhere.\n"));
		*status = STATUS_FINE;
		if (term_read(term, "  Go on? [no] ", "", ANSWER_BYTES, &line) == TERM_LINE)
			yes = slice_starts(slice_trim(strbuf_slice(&line)), SLICE("y"));
		if (!yes)
			out_note(SLICE("Nothing was read."));
	}
	strbuf_release(&line);
	term_close(term);
	return yes;
}

static struct scenario_file *load(struct harvesting_run *run, struct slice id)
{
	struct library *library = run->request->library;
	const struct library_scenario *scenario;
	struct scenario_file *file = NULL;
	struct diags diags = {0};
	struct err err;

	scenario = library_find(library, id, &err);
	if (scenario && slice_eq(scenario->header.language, library->language))
		file = library_load(library, scenario, &diags, &err);
	if (file && diags.errors) {
		scenario_free(file);
		file = NULL;
	}
	diags_release(&diags);
	return file;
}

static struct field *field_of(struct harvesting_run *run, struct slice id)
{
	struct field **fields = run->fields.items;
	struct field *field;
	size_t i;

	for (i = 0; i < run->fields.count; i++)
		if (slice_eq(fields[i]->id, id))
			return fields[i];
	field = ARENA_NEW(&run->arena, struct field);
	field->id = id;
	field->file = load(run, id);
	harvest_init(&field->unanswered, detector_stemmer(run->request->library->detector));
	*(struct field **)table_add(&run->arena, &run->fields, sizeof(field)) = field;
	return field;
}

/* Some rule found something that says more than "a question", "a statement". */
static bool was_heard(const struct turn *turn)
{
	size_t i;

	for (i = 0; i < turn->heard.count; i++)
		if (!turn->heard.items[i].move->generic)
			return true;
	return false;
}

static void take_turns(struct harvesting_run *run, struct field *field,
                       const struct session *session, uint32_t shared)
{
	size_t turns = session_turns(session);
	size_t i;

	for (i = (size_t)shared + 1; i <= turns; i++) {
		const struct turn *turn = session_turn(session, i);
		struct slice before = session_line_before(session, (uint32_t)i);

		run->utterances++;
		if (!was_heard(turn))
			harvest_add(&run->unheard, turn->utterance, before);
		if (turn->fallback)
			harvest_add(&field->unanswered, turn->utterance, before);
	}
}

static bool take_attempt(struct harvesting_run *run, struct field *field,
                         const struct store_attempt *attempt, struct err *err)
{
	struct library *library = run->request->library;
	struct store_events events;
	struct session *session;
	struct err misfit;

	if (!store_load_events(run->store, attempt->id, &run->arena, &events, err))
		return false;
	session = session_new(scenario_of(field->file), library->ruleset, library->detector,
	                      attempt->seed);
	/* Under rules that have changed since it may fit only so far; that far it counts. */
	session_replay(session, events.items, events.count, &misfit);
	take_turns(run, field, session, attempt->shared);
	session_free(session);
	return true;
}

static bool take_session(struct harvesting_run *run, const struct store_session *about,
                         struct err *err)
{
	struct slice wanted = run->request->scenario;
	struct store_attempt *attempts;
	struct field *field;
	size_t count, i;

	if (wanted.len && !slice_eq(wanted, about->scenario))
		return true;
	field = field_of(run, about->scenario);
	if (!field->file) {
		run->gone++;
		return true;
	}
	run->conversations++;
	if (!store_attempts(run->store, about->id, &run->arena, &attempts, &count, err))
		return false;
	for (i = 0; i < count; i++)
		if (!take_attempt(run, field, &attempts[i], err))
			return false;
	return true;
}

static bool take_all(struct harvesting_run *run, struct err *err)
{
	struct store_session *sessions;
	size_t count, i;

	if (!store_sessions(run->store, 0, &run->arena, &sessions, &count, err))
		return false;
	/* Oldest first, so that groups begin with what was said first. */
	for (i = count; i > 0; i--)
		if (!take_session(run, &sessions[i - 1], err))
			return false;
	return true;
}

/* As a comment, or as a test line: one line, nothing that is not text. */
static void put_line(struct strbuf *out, const char *prefix, struct slice words)
{
	strbuf_addz(out, prefix);
	utf8_clean(out, words, false);
	strbuf_addc(out, '\n');
}

static void put_said(struct strbuf *out, const struct harvest_group *group)
{
	size_t i;

	for (i = 0; i < group->count && i < SHOWN; i++)
		put_line(out, "#   ", group->items[i]->words);
	if (group->count > SHOWN)
		strbuf_addf(out, "#   … and %zu more\n", group->count - SHOWN);
}

static void put_rule(struct strbuf *out, const struct harvest_group *group)
{
	size_t i;

	strbuf_addf(out, "\n# Said %zu time%s, and no rule found anything in it.\n", group->count,
	            group->count == 1 ? "" : "s");
	strbuf_addf(out, "move %.*s\n", SLICE_ARGS(group->name));
	strbuf_addz(out, "  title    What people call it\n"
	                 "  about    What it is, and what it is not.\n"
	                 "  answers  request\n");
	strbuf_addf(out, "  match    %.*s\n", SLICE_ARGS(group->pattern));
	for (i = 0; i < group->count && i < SHOWN; i++) {
		strbuf_addz(out, "  yes      ");
		if (group->items[i]->before.len) {
			utf8_clean(out, group->items[i]->before, false);
			strbuf_addz(out, " => ");
		}
		put_line(out, "", group->items[i]->words);
	}
	strbuf_addz(out, "  no       Good morning.\n");
}

static void put_reply(struct strbuf *out, const struct harvest_group *group,
                      const struct scenario *scenario)
{
	strbuf_addf(out, "\n# Said %zu time%s, and nothing fitted but what fits anything:\n",
	            group->count, group->count == 1 ? "" : "s");
	put_said(out, group);
	strbuf_addf(out, "topic %.*s  %.*s\n", SLICE_ARGS(group->name), SLICE_ARGS(group->pattern));
	strbuf_addf(out, "on any about %.*s\n  ", SLICE_ARGS(group->name));
	utf8_clean(out, scenario->name, false);
	strbuf_addz(out, ": What is said to that.\n");
}

static size_t put_groups(struct strbuf *out, struct harvest *harvest, long least,
                         const struct scenario *scenario)
{
	size_t shown = 0;
	size_t i;

	harvest_finish(harvest);
	for (i = 0; i < harvest->count; i++) {
		if ((long)harvest->groups[i].count < least)
			continue;
		if (scenario)
			put_reply(out, &harvest->groups[i], scenario);
		else
			put_rule(out, &harvest->groups[i]);
		shown++;
	}
	return shown;
}

static void put_all(struct harvesting_run *run)
{
	struct field **fields = run->fields.items;
	long least = run->request->least;
	struct strbuf part = {0};
	struct strbuf out = {0};
	size_t shown = 0;
	size_t some, i;

	some = put_groups(&part, &run->unheard, least, NULL);
	if (some)
		strbuf_addz(&out, "\n# For a rule pack (your own: a file NAME.rules).\n");
	strbuf_add(&out, strbuf_slice(&part));
	for (i = 0, shown = some; i < run->fields.count; i++) {
		strbuf_clear(&part);
		if (!fields[i]->file)
			continue;
		some = put_groups(&part, &fields[i]->unanswered, least,
		                  scenario_of(fields[i]->file));
		if (some)
			strbuf_addf(&out, "\n# For %.*s.scenario: topics above the first beat.\n",
			            SLICE_ARGS(fields[i]->id));
		strbuf_add(&out, strbuf_slice(&part));
		shown += some;
	}
	strbuf_clear(&part);
	strbuf_addf(&part,
	            "# %zu utterance%s in %zu conversation%s read; %zu group%s of %ld or more.\n",
	            run->utterances, run->utterances == 1 ? "" : "s", run->conversations,
	            run->conversations == 1 ? "" : "s", shown, shown == 1 ? "" : "s", least);
	if (run->gone)
		strbuf_addf(&part, "# %zu left out: their scenario is no longer there.\n",
		            run->gone);
	out_put(strbuf_slice(&part));
	out_put(strbuf_slice(&out));
	strbuf_release(&part);
	strbuf_release(&out);
}

static enum status harvest_log(struct harvesting_run *run)
{
	struct field **fields;
	struct err err;
	size_t i;
	bool fine;

	harvest_init(&run->unheard, detector_stemmer(run->request->library->detector));
	fine = take_all(run, &err);
	if (fine)
		put_all(run);
	else
		out_err(&err);
	fields = run->fields.items;
	for (i = 0; i < run->fields.count; i++) {
		harvest_release(&fields[i]->unanswered);
		if (fields[i]->file)
			scenario_free(fields[i]->file);
	}
	harvest_release(&run->unheard);
	return fine ? STATUS_FINE : STATUS_TROUBLE;
}

enum status harvesting_run(const struct harvesting *request)
{
	struct harvesting_run run = {.request = request};
	enum status status;
	struct err err;

	run.store = store_open(STORE_READ, &err);
	if (!run.store) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	if (!may_read(request, &status)) {
		store_close(run.store);
		return status;
	}
	arena_init(&run.arena);
	status = library_status(library_ready(request->library));
	if (status == STATUS_FINE)
		status = harvest_log(&run);
	arena_release(&run.arena);
	store_close(run.store);
	return status;
}
