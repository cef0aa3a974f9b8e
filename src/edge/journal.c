/* journal.c: see journal.h. */
#include "edge/journal.h"

#include "base/version.h"
#include "edge/clock.h"
#include "edge/file.h"
#include "edge/record.h"

struct journal {
	struct journal_about about;
	struct store *store; /* or NULL */
	struct store_session session; /* id 0: not yet in the log */
	struct store_attempt attempt; /* id 0: not yet in the log */
	size_t written; /* events of the attempt in the log */
	bool behind; /* the log did not take the last of them, and the mentor knows */
	struct arena arena;
};

struct journal *journal_new(const struct journal_about *about, struct store *store)
{
	struct journal *journal = mem_alloc(sizeof(*journal));

	journal->about = *about;
	journal->store = store;
	arena_init(&journal->arena);
	return journal;
}

void journal_free(struct journal *journal)
{
	if (!journal)
		return;
	store_close(journal->store);
	arena_release(&journal->arena);
	free(journal);
}

void journal_say_lost(const struct err *err, struct strbuf *words)
{
	strbuf_addf(words, "%s. The conversation goes on in memory only; /save FILE keeps it.",
	            err->text);
}

/* An attempt that is to be written. */
static struct store_attempt new_attempt(const struct journal *journal)
{
	return (struct store_attempt){
	        .session = journal->session.id,
	        .seed = journal->about.seed,
	        .scenario_hash = journal->about.scenario->hash,
	        .rules_hash = journal->about.ruleset->hash,
	        .program = SLICE(REHEARSE_VERSION),
	        .focus = journal->about.focus,
	};
}

static void begin_anew(struct journal *journal, int64_t parent, uint32_t shared)
{
	journal->attempt = new_attempt(journal);
	journal->attempt.parent = parent;
	journal->attempt.shared = shared;
	journal->written = 0;
}

void journal_resume(struct journal *journal, const struct store_session *about,
                    const struct store_attempt *attempt, const struct session *session, bool anew)
{
	size_t count;

	session_events(session, &count);
	journal->session = *about;
	journal->attempt = *attempt;
	journal->written = count;
	if (anew)
		begin_anew(journal, attempt->id, (uint32_t)session_turns(session));
}

/* The events from `first` on, each with a time. */
static const struct event *timed(const struct session *session, size_t first, size_t *count,
                                 double now, struct arena *arena)
{
	const struct event *events = session_events(session, count);
	struct event *copy;
	size_t i;

	*count -= first;
	copy = ARENA_ARRAY(arena, struct event, *count);
	for (i = 0; i < *count; i++) {
		copy[i] = events[first + i];
		if (copy[i].at == 0)
			copy[i].at = now;
	}
	return copy;
}

/* Turns that the first `count` events have. */
static uint32_t turns_in(const struct session *session, size_t count)
{
	size_t all;
	const struct event *events = session_events(session, &all);
	uint32_t turns = 0;
	size_t i;

	for (i = 0; i < count && i < all; i++)
		turns += events[i].kind == EVENT_HEAR;
	return turns;
}

static struct store_session new_session(const struct journal *journal)
{
	const struct scenario *scenario = journal->about.scenario;

	return (struct store_session){.scenario = scenario->id,
	                              .path = journal->about.path,
	                              .title = scenario->title,
	                              .name = scenario->name,
	                              .started = clock_now(),
	                              .room = journal->about.room,
	                              .plan = journal->about.plan};
}

static bool begin_session(struct journal *journal, const struct session *session, struct err *err)
{
	struct store_session about = new_session(journal);
	struct store_attempt attempt = new_attempt(journal);
	size_t count;
	const struct event *events;

	attempt.started = about.started;
	attempt.opening = session_line_before(session, 1);
	events = timed(session, 0, &count, about.started, &journal->arena);
	if (!store_begin_session(journal->store, &about, &attempt, events, count, err))
		return false;
	journal->session = about;
	journal->attempt = attempt;
	journal->written = count;
	return true;
}

static bool begin_attempt(struct journal *journal, const struct session *session, struct err *err)
{
	struct store_attempt attempt = journal->attempt;
	size_t count;
	const struct event *events;

	attempt.started = clock_now();
	attempt.opening = session_line_before(session, 1);
	events = timed(session, 0, &count, attempt.started, &journal->arena);
	if (!store_begin_attempt(journal->store, &attempt, events, count, err))
		return false;
	journal->attempt = attempt;
	journal->written = count;
	return true;
}

/* The mentor wanted no copy of it: none is made from what is in memory. */
static void let_go(struct journal *journal, struct strbuf *words)
{
	store_close(journal->store);
	journal->store = NULL;
	strbuf_addz(words, "This conversation was removed from the practice log; it goes on "
	                   "without it.");
}

static bool add_events(struct journal *journal, const struct session *session, struct strbuf *words,
                       struct err *err)
{
	struct arena arena;
	size_t count;
	const struct event *events =
	        timed(session, journal->written, &count, clock_now(), &journal->arena);

	switch (store_add_events(journal->store, journal->attempt.id, journal->written, events,
	                         count, err)) {
	case STORE_ADDED:
		journal->written += count;
		journal->attempt.ended = 0;
		return true;
	case STORE_FAILED:
		return false;
	case STORE_GONE:
		let_go(journal, words);
		return true;
	case STORE_TAKEN:
		break;
	}
	begin_anew(journal, journal->attempt.id, turns_in(session, journal->written));
	if (!begin_attempt(journal, session, err))
		return false;
	arena_init(&arena);
	strbuf_addf(words,
	            "Another rehearse has gone on with the same attempt; yours is kept as %s.",
	            journal_name(journal, &arena).at);
	arena_release(&arena);
	return true;
}

/* What is not yet in the log, written; true when nothing is missing. */
static bool write_up(struct journal *journal, const struct session *session, struct strbuf *words,
                     struct err *err)
{
	size_t count;

	session_events(session, &count);
	if (journal->session.id == 0)
		return session_turns(session) == 0 || begin_session(journal, session, err);
	if (journal->attempt.id == 0)
		return begin_attempt(journal, session, err);
	return count == journal->written || add_events(journal, session, words, err);
}

/* Says once that the log is behind, and once that it no longer is. */
static bool tell(struct journal *journal, bool good, const struct err *err, struct strbuf *words)
{
	if (!journal->store)
		return false;
	if (good && journal->behind)
		strbuf_addz(words, "The practice log takes words again; all of this conversation "
		                   "is in it.");
	else if (!good && !journal->behind)
		journal_say_lost(err, words);
	/* Whoever talks is not kept waiting at every turn. */
	if (good == journal->behind)
		store_patience(journal->store, good ? STORE_PATIENCE_MS : 0);
	journal->behind = !good;
	return good;
}

void journal_keep(struct journal *journal, const struct session *session, struct strbuf *words)
{
	struct err err = {""};
	bool good;

	if (!journal->store)
		return;
	good = write_up(journal, session, words, &err);
	tell(journal, good, &err, words);
	arena_release(&journal->arena);
}

void journal_branch(struct journal *journal, const struct session *session, uint32_t turn,
                    struct strbuf *words)
{
	/* What was never written has nothing to branch off. */
	if (!journal->store || journal->session.id == 0)
		return;
	if (journal->attempt.id)
		begin_anew(journal, journal->attempt.id, turn - 1);
	else if (turn <= journal->attempt.shared)
		journal->attempt.shared = turn - 1;
	journal_keep(journal, session, words);
}

/* A branch in which nothing was said. */
static void drop(struct journal *journal, struct strbuf *words)
{
	struct err err;

	if (tell(journal, store_drop_attempt(journal->store, journal->attempt.id, &err), &err,
	         words))
		begin_anew(journal, journal->attempt.parent, journal->attempt.shared);
}

bool journal_end(struct journal *journal, const struct session *session, struct strbuf *words)
{
	struct store_attempt *attempt = &journal->attempt;
	const struct ending *ending = session_ending(session);
	struct err err;

	journal_keep(journal, session, words);
	if (!journal->store || journal->behind || attempt->id == 0 || attempt->ended != 0)
		return false;
	if (attempt->parent && session_turns(session) <= attempt->shared) {
		drop(journal, words);
		return false;
	}
	attempt->ended = clock_now();
	if (ending) {
		attempt->ending = ending->id;
		attempt->closing = session_turn(session, session_turns(session))->ending_line;
	}
	if (tell(journal, store_end_attempt(journal->store, attempt, &err), &err, words))
		return true;
	attempt->ended = 0;
	return false;
}

static void put_row(void *context, const char *table, const struct store_value *values,
                    size_t count)
{
	record_put_row(context, table, values, count);
}

/* A log of its own, in memory, gives the same rows as the one on the disk. */
bool journal_save(struct journal *journal, const struct session *session, struct slice path,
                  struct err *err)
{
	struct store *store = store_open_memory(err);
	struct store_session about = new_session(journal);
	struct store_attempt attempt = new_attempt(journal);
	struct strbuf text = {0};
	const struct event *events;
	size_t count;
	bool good;

	if (!store)
		return false;
	about.plan = 0; /* a row of the other log */
	attempt.started = about.started;
	attempt.opening = session_line_before(session, 1);
	events = timed(session, 0, &count, about.started, &journal->arena);
	good = store_begin_session(store, &about, &attempt, events, count, err) &&
	       store_export(store, 0, put_row, &text, err) &&
	       file_write_new(path, strbuf_slice(&text), err);
	strbuf_release(&text);
	arena_release(&journal->arena);
	store_close(store);
	return good;
}

struct store *journal_store(const struct journal *journal)
{
	return journal->store;
}

int64_t journal_session(const struct journal *journal)
{
	return journal->store ? journal->session.id : 0;
}

int64_t journal_attempt(const struct journal *journal)
{
	return journal->store ? journal->attempt.id : 0;
}

struct slice journal_name(const struct journal *journal, struct arena *arena)
{
	if (journal_attempt(journal) == 0)
		return SLICE("");
	return slice_format(arena, "%lld.%u", (long long)journal->session.id,
	                    journal->attempt.number);
}

bool journal_is_safe(const struct journal *journal, const struct session *session)
{
	size_t count;

	session_events(session, &count);
	return journal->store && journal->attempt.id && !journal->behind &&
	       journal->written == count;
}
