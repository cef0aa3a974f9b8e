/* store.h: the practice log: what the mentor practised, in one SQLite file of their own.
 *
 * $XDG_DATA_HOME/rehearse/practice.db (else ~/.local/share/rehearse), readable by its owner only.
 * Each change is one transaction, on the disk when the call returns. Several programs may have it
 * open; each waits a few seconds for the others. A file that is damaged, of a newer version or no
 * practice log is never written to. What is removed is overwritten with zeros.
 *
 * A session is one sitting with one scenario; an attempt is one run in it, numbered from 1 within
 * the session: 12.2 is the second attempt of session 12. A redo or rewind is a new attempt with a
 * copy of the events it shares with the one it branches off, so that each attempt stands alone.
 *
 * This header is sessions, attempts, events and settings. store_mine.h exports and forgets; other
 * tables have their headers: store_drill.h, store_plan.h, store_progress.h, all over
 * store_parts.h. Times are seconds since the epoch (clock.h). Every `false` fills `err` with one
 * sentence that names the file and what to do. */
#ifndef EDGE_STORE_H
#define EDGE_STORE_H

#include "base/diag.h"
#include "engine/session.h"

struct store;

enum store_mode {
	STORE_WRITE, /* made when it is not there */
	STORE_READ /* when it is not there, an empty log in memory stands in for it */
};

/* NULL with words when it cannot be used. store_close it. */
struct store *store_open(enum store_mode mode, struct err *err);
struct store *store_open_at(struct slice path, enum store_mode mode, struct err *err);
/* An empty log that goes with the program: for tests. */
struct store *store_open_memory(struct err *err);
void store_close(struct store *store); /* NULL is fine */
/* The file, as named in words; borrowed. */
struct slice store_path(const struct store *store);

/* How long to wait for another program that is writing. */
void store_patience(struct store *store, unsigned milliseconds);
#define STORE_PATIENCE_MS 3000u /* a commit takes some milliseconds; more is somebody stuck */

struct store_session {
	int64_t id; /* set when added */
	struct slice scenario; /* its id */
	struct slice
	        path; /* of the scenario's file when it was named by a path, absolute; or empty */
	struct slice title;
	struct slice name; /* the ECT's, "Sam" */
	double started;
	bool room;
	int64_t plan; /* or 0 */
	/* When read: */
	uint32_t attempts;
	uint32_t turns; /* of the last attempt */
	bool finished; /* the last attempt was */
	struct slice ending; /* of the last attempt, or empty */
};

struct store_attempt {
	int64_t id; /* set when added */
	int64_t session;
	uint32_t number; /* set when added */
	int64_t parent; /* the attempt it branches off, or 0 */
	uint32_t shared; /* turns it has in common with the parent */
	uint64_t seed;
	uint64_t scenario_hash; /* scenario->hash: the temperament is in it */
	uint64_t rules_hash; /* ruleset->hash */
	struct slice program; /* the version that wrote it */
	struct slice focus; /* move ids, comma between; or empty */
	struct slice opening; /* the ECT's first words */
	double started;
	double ended; /* 0: unfinished */
	struct slice ending; /* id; empty when unfinished, or the mentor ended it */
	struct slice closing; /* the ECT's last words, where the ending has some */
};

struct store_events {
	struct event *items;
	size_t count;
};

/* Begins a session with its first attempt and what was heard so far, all or nothing; sets ids and
 * number. */
bool store_begin_session(struct store *store, struct store_session *session,
                         struct store_attempt *attempt, const struct event *events, size_t count,
                         struct err *err);
/* A further attempt of attempt->session; sets id and number. */
bool store_begin_attempt(struct store *store, struct store_attempt *attempt,
                         const struct event *events, size_t count, struct err *err);
/* What became of events that were to be added. */
enum store_added {
	STORE_ADDED,
	STORE_FAILED, /* `err` says why */
	STORE_TAKEN, /* somebody else has gone on with that attempt in the meantime */
	STORE_GONE /* the attempt was removed */
};
/* Adds events after the first `before` of the attempt, which has exactly those. Makes an ended
 * attempt unfinished. */
enum store_added store_add_events(struct store *store, int64_t attempt, size_t before,
                                  const struct event *events, size_t count, struct err *err);
/* Finished at attempt->ended with ->ending and ->closing. */
bool store_end_attempt(struct store *store, const struct store_attempt *attempt, struct err *err);
/* Takes an attempt back, as if it had never begun. */
bool store_drop_attempt(struct store *store, int64_t attempt, struct err *err);

/* What is read lives in `arena`. */

/* The last `most` sessions (0: all), newest first. */
bool store_sessions(struct store *store, size_t most, struct arena *arena,
                    struct store_session **out, size_t *count, struct err *err);
/* All attempts of a session, in order. */
bool store_attempts(struct store *store, int64_t session, struct arena *arena,
                    struct store_attempt **out, size_t *count, struct err *err);
/* By what people write: "12" (its last attempt), "12.2", "" (of the sessions whose last attempt is
 * unfinished, the newest). False with words when there is none. */
bool store_find(struct store *store, struct slice which, struct arena *arena,
                struct store_session *session, struct store_attempt *attempt, struct err *err);
bool store_load_attempt(struct store *store, int64_t id, struct arena *arena,
                        struct store_session *session, struct store_attempt *attempt,
                        struct err *err);
bool store_load_events(struct store *store, int64_t attempt, struct arena *arena,
                       struct store_events *out, struct err *err);

/* "hear", "reply" …: how kinds of events are called in the log and in exports. */
const char *store_event_name(enum event_kind kind);
bool store_event_kind(struct slice name, enum event_kind *kind);
/* Hashes are 16 hexadecimal digits there; any other text gives a hash that fits nothing. */
uint64_t store_read_hash(struct slice text);

/* A setting's value, or the empty slice with at == NULL. */
struct slice store_setting(struct store *store, struct slice key, struct arena *arena);
bool store_set(struct store *store, struct slice key, struct slice value, struct err *err);

#endif
