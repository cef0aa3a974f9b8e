/* store_session.c: sessions, attempts, events and settings; see store.h. */
#include "base/limits.h"
#include "edge/store_parts.h"

static const char *const kinds[] = {
        [EVENT_HEAR] = "hear", [EVENT_REPLY] = "reply", [EVENT_STRIKE] = "strike",
        [EVENT_HINT] = "hint", [EVENT_END] = "end",     [EVENT_BEGIN] = "begin",
        [EVENT_SET] = "set",
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

const char *store_event_name(enum event_kind kind)
{
	return kinds[kind];
}

bool store_event_kind(struct slice name, enum event_kind *kind)
{
	size_t i;

	for (i = 0; i < KINDS; i++) {
		if (slice_is(name, kinds[i])) {
			*kind = (enum event_kind)i;
			return true;
		}
	}
	return false;
}

/* Hashes and seeds have 64 bits without a sign, which SQLite's integers have not. */
static void put_hash(struct query *query, int at, uint64_t hash)
{
	char text[17];

	snprintf(text, sizeof(text), "%016llx", (unsigned long long)hash);
	query_put_text(query, at, slice_of(text));
}

uint64_t store_read_hash(struct slice text)
{
	uint64_t hash = 0;
	size_t i;

	for (i = 0; i < text.len && i < 16; i++) {
		char c = text.at[i];

		hash = hash << 4 | (uint64_t)(c >= 'a' ? c - 'a' + 10 : c - '0');
	}
	return hash;
}

static bool add_session(struct store *store, struct store_session *session, struct err *err)
{
	struct query query;

	query_open(&query, store,
	           "insert into session (scenario, path, title, name, started, room, plan)"
	           " values (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
	query_put_text(&query, 1, session->scenario);
	query_put_text_or_null(&query, 2, session->path);
	query_put_text(&query, 3, session->title);
	query_put_text(&query, 4, session->name);
	query_put_real(&query, 5, session->started);
	query_put_int(&query, 6, session->room);
	query_put_id(&query, 7, session->plan);
	query_row(&query);
	session->id = store_last_id(store);
	return query_close(&query, err);
}

static bool add_attempt(struct store *store, struct store_attempt *attempt, struct err *err)
{
	struct query query;

	query_open(&query, store,
	           "insert into attempt (session, number, parent, shared, seed, scenario_hash,"
	           " rules_hash, program, focus, started, opening) values (?1,"
	           " (select coalesce(max(number), 0) + 1 from attempt where session = ?1),"
	           " ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) returning id, number");
	query_put_int(&query, 1, attempt->session);
	query_put_id(&query, 2, attempt->parent);
	query_put_int(&query, 3, attempt->shared);
	query_put_int(&query, 4, (int64_t)attempt->seed);
	put_hash(&query, 5, attempt->scenario_hash);
	put_hash(&query, 6, attempt->rules_hash);
	query_put_text(&query, 7, attempt->program);
	query_put_text(&query, 8, attempt->focus);
	query_put_real(&query, 9, attempt->started);
	query_put_text(&query, 10, attempt->opening);
	if (query_row(&query)) {
		attempt->id = query_int(&query, 0);
		attempt->number = (uint32_t)query_int(&query, 1);
		query_row(&query);
	}
	return query_close(&query, err);
}

static bool add_events(struct store *store, int64_t attempt, size_t before,
                       const struct event *events, size_t count, struct err *err)
{
	struct query query;
	size_t i;

	query_open(&query, store,
	           "insert into event (attempt, seq, kind, text, number, at)"
	           " values (?1, ?2, ?3, ?4, ?5, ?6)");
	for (i = 0; i < count; i++) {
		query_again(&query);
		query_put_int(&query, 1, attempt);
		query_put_int(&query, 2, (int64_t)(before + i));
		query_put_text(&query, 3, slice_of(kinds[events[i].kind]));
		query_put_text(&query, 4, events[i].text);
		query_put_int(&query, 5, events[i].number);
		query_put_real(&query, 6, events[i].at);
		query_row(&query);
	}
	return query_close(&query, err);
}

bool store_begin_session(struct store *store, struct store_session *session,
                         struct store_attempt *attempt, const struct event *events, size_t count,
                         struct err *err)
{
	bool good;

	if (!store_begin(store, err))
		return false;
	good = add_session(store, session, err);
	attempt->session = session->id;
	good = good && add_attempt(store, attempt, err) &&
	       add_events(store, attempt->id, 0, events, count, err);
	return store_finish(store, good, err);
}

bool store_begin_attempt(struct store *store, struct store_attempt *attempt,
                         const struct event *events, size_t count, struct err *err)
{
	if (!store_begin(store, err))
		return false;
	return store_finish(store,
	                    add_attempt(store, attempt, err) &&
	                            add_events(store, attempt->id, 0, events, count, err),
	                    err);
}

static bool reopen(struct store *store, int64_t attempt, struct err *err)
{
	struct query query;

	query_open(&query, store,
	           "update attempt set ended = null, ending = null, closing = null"
	           " where id = ?1 and ended is not null");
	query_put_int(&query, 1, attempt);
	query_row(&query);
	return query_close(&query, err);
}

/* How the attempt stands for somebody who knows its first `before` events. */
static enum store_added look(struct store *store, int64_t attempt, size_t before, struct err *err)
{
	enum store_added state = STORE_GONE;
	struct query query;

	query_open(&query, store,
	           "select (select count(*) from event where attempt = ?1) from attempt"
	           " where id = ?1");
	query_put_int(&query, 1, attempt);
	if (query_row(&query))
		state = query_int(&query, 0) == (int64_t)before ? STORE_ADDED : STORE_TAKEN;
	return query_close(&query, err) ? state : STORE_FAILED;
}

enum store_added store_add_events(struct store *store, int64_t attempt, size_t before,
                                  const struct event *events, size_t count, struct err *err)
{
	enum store_added state;

	if (!store_begin(store, err))
		return STORE_FAILED;
	state = look(store, attempt, before, err);
	if (state == STORE_ADDED && !(reopen(store, attempt, err) &&
	                              add_events(store, attempt, before, events, count, err)))
		state = STORE_FAILED;
	if (!store_finish(store, state == STORE_ADDED, err) && state == STORE_ADDED)
		state = STORE_FAILED;
	return state;
}

bool store_end_attempt(struct store *store, const struct store_attempt *attempt, struct err *err)
{
	struct query query;

	query_open(&query, store,
	           "update attempt set ended = ?2, ending = ?3, closing = ?4 where id = ?1");
	query_put_int(&query, 1, attempt->id);
	query_put_real(&query, 2, attempt->ended);
	query_put_text_or_null(&query, 3, attempt->ending);
	query_put_text_or_null(&query, 4, attempt->closing);
	query_row(&query);
	return query_close(&query, err);
}

bool store_drop_attempt(struct store *store, int64_t attempt, struct err *err)
{
	struct query query;

	query_open(&query, store, "delete from attempt where id = ?1");
	query_put_int(&query, 1, attempt);
	query_row(&query);
	return query_close(&query, err);
}

/* Reading. */

#define SESSION_COLUMNS                                                                            \
	"session.id, session.scenario, session.path, session.title, session.name,"                 \
	" session.started, session.room, session.plan,"                                            \
	" (select count(*) from attempt where attempt.session = session.id),"                      \
	" (select count(*) from event where event.attempt = last.id and kind = 'hear'),"           \
	" last.ended is not null, last.ending"
/* With the last attempt of each. */
#define SESSION_FROM                                                                               \
	" from session left join attempt last on last.session = session.id and last.number ="      \
	" (select max(number) from attempt where attempt.session = session.id)"

static void read_session(const struct query *query, struct arena *arena, struct store_session *out)
{
	*out = (struct store_session){
	        .id = query_int(query, 0),
	        .scenario = query_text(query, 1, arena),
	        .path = query_text(query, 2, arena),
	        .title = query_text(query, 3, arena),
	        .name = query_text(query, 4, arena),
	        .started = query_real(query, 5),
	        .room = query_int(query, 6) != 0,
	        .plan = query_int(query, 7),
	        .attempts = (uint32_t)query_int(query, 8),
	        .turns = (uint32_t)query_int(query, 9),
	        .finished = query_int(query, 10) != 0,
	        .ending = query_text(query, 11, arena),
	};
}

bool store_sessions(struct store *store, size_t most, struct arena *arena,
                    struct store_session **out, size_t *count, struct err *err)
{
	struct query query;
	struct table found = {0};

	query_open(&query, store,
	           "select " SESSION_COLUMNS SESSION_FROM " order by session.id desc limit ?1");
	query_put_int(&query, 1, most ? (int64_t)most : -1);
	while (query_row(&query))
		read_session(&query, arena, table_add(arena, &found, sizeof(struct store_session)));
	*out = found.items;
	*count = found.count;
	return query_close(&query, err);
}

#define ATTEMPT_COLUMNS                                                                            \
	"id, session, number, parent, shared, seed, scenario_hash, rules_hash, program, focus,"    \
	" started, ended, ending, opening, closing"

static void read_attempt(const struct query *query, struct arena *arena, struct store_attempt *out)
{
	*out = (struct store_attempt){
	        .id = query_int(query, 0),
	        .session = query_int(query, 1),
	        .number = (uint32_t)query_int(query, 2),
	        .parent = query_int(query, 3),
	        .shared = (uint32_t)query_int(query, 4),
	        .seed = (uint64_t)query_int(query, 5),
	        .scenario_hash = store_read_hash(query_text(query, 6, arena)),
	        .rules_hash = store_read_hash(query_text(query, 7, arena)),
	        .program = query_text(query, 8, arena),
	        .focus = query_text(query, 9, arena),
	        .started = query_real(query, 10),
	        .ended = query_is_null(query, 11) ? 0 : query_real(query, 11),
	        .ending = query_text(query, 12, arena),
	        .opening = query_text(query, 13, arena),
	        .closing = query_text(query, 14, arena),
	};
	/* A clock at the epoch is no reason to take it for unfinished. */
	if (!query_is_null(query, 11) && out->ended == 0)
		out->ended = 1;
}

bool store_attempts(struct store *store, int64_t session, struct arena *arena,
                    struct store_attempt **out, size_t *count, struct err *err)
{
	struct query query;
	struct table found = {0};

	query_open(&query, store,
	           "select " ATTEMPT_COLUMNS " from attempt where session = ?1 order by number");
	query_put_int(&query, 1, session);
	while (query_row(&query))
		read_attempt(&query, arena, table_add(arena, &found, sizeof(struct store_attempt)));
	*out = found.items;
	*count = found.count;
	return query_close(&query, err);
}

bool store_load_attempt(struct store *store, int64_t id, struct arena *arena,
                        struct store_session *session, struct store_attempt *attempt,
                        struct err *err)
{
	struct query query;
	bool found;

	query_open(&query, store, "select " ATTEMPT_COLUMNS " from attempt where id = ?1");
	query_put_int(&query, 1, id);
	found = query_row(&query);
	if (found)
		read_attempt(&query, arena, attempt);
	if (!query_close(&query, err))
		return false;
	if (found) {
		query_open(&query, store,
		           "select " SESSION_COLUMNS SESSION_FROM " where session.id = ?1");
		query_put_int(&query, 1, attempt->session);
		found = query_row(&query);
		if (found)
			read_session(&query, arena, session);
		if (!query_close(&query, err))
			return false;
	}
	if (!found)
		err_set(err, "the practice log has no such attempt any more");
	return found;
}

/* What `which` names: an attempt's row id, 0 when there is none. */
static bool find_id(struct store *store, struct slice which, int64_t *id, struct err *err)
{
	struct query query;
	struct slice rest = which;
	struct slice part;
	long session;
	long number = 0;

	*id = 0;
	if (which.len == 0) {
		/* What was left behind by going back is not what was left to be gone on with. */
		query_open(&query, store,
		           "select id from attempt where ended is null and not exists"
		           " (select 1 from attempt later where later.session = attempt.session"
		           " and later.number > attempt.number) order by id desc limit 1");
	} else {
		bool dotted = slice_find(which, SLICE(".")) < which.len;

		slice_cut(&rest, '.', &part);
		if (!slice_int(part, 1, INT32_MAX, &session) ||
		    (dotted && !slice_int(rest, 1, INT32_MAX, &number))) {
			which = slice_sub(which, 0, 60);
			err_set(err,
			        "‘%.*s’ is no session; ‘rehearse sessions’ lists them: 12 is one, "
			        "12.2 its second attempt",
			        SLICE_ARGS(which));
			return false;
		}
		query_open(&query, store,
		           "select id from attempt where session = ?1 and (?2 = 0 or number = ?2)"
		           " order by number desc limit 1");
		query_put_int(&query, 1, session);
		query_put_int(&query, 2, number);
	}
	if (query_row(&query))
		*id = query_int(&query, 0);
	return query_close(&query, err);
}

bool store_find(struct store *store, struct slice which, struct arena *arena,
                struct store_session *session, struct store_attempt *attempt, struct err *err)
{
	int64_t id;

	if (!find_id(store, which, &id, err))
		return false;
	if (id)
		return store_load_attempt(store, id, arena, session, attempt, err);
	if (which.len == 0)
		err_set(err, "there is no unfinished conversation in the practice log; ‘rehearse "
		             "sessions’ lists what there is");
	else
		err_set(err,
		        "there is no session %.*s in the practice log; ‘rehearse sessions’ "
		        "lists them",
		        SLICE_ARGS(which));
	return false;
}

bool store_load_events(struct store *store, int64_t attempt, struct arena *arena,
                       struct store_events *out, struct err *err)
{
	struct query query;
	struct table found = {0};
	bool sound = true;

	query_open(&query, store,
	           "select kind, text, number, at from event where attempt = ?1 order by seq"
	           " limit ?2");
	query_put_int(&query, 1, attempt);
	query_put_int(&query, 2, (int64_t)LIMIT_EVENTS + 1);
	while (sound && query_row(&query)) {
		struct event *event = table_add(arena, &found, sizeof(*event));
		int64_t number = query_int(&query, 2);

		sound = store_event_kind(query_text(&query, 0, arena), &event->kind) &&
		        number >= 0 && number <= UINT32_MAX && found.count <= LIMIT_EVENTS;
		event->text = query_text(&query, 1, arena);
		event->number = (uint32_t)number;
		event->at = query_real(&query, 3);
	}
	*out = (struct store_events){found.items, found.count};
	if (!query_close(&query, err))
		return false;
	if (!sound)
		err_set(err, "the practice log ‘%.*s’ has events that no rehearse wrote",
		        SLICE_ARGS(store->path));
	return sound;
}

struct slice store_setting(struct store *store, struct slice key, struct arena *arena)
{
	struct slice value = {NULL, 0};
	struct query query;
	struct err err;

	query_open(&query, store, "select value from setting where key = ?1");
	query_put_text(&query, 1, key);
	if (query_row(&query))
		value = query_text(&query, 0, arena);
	query_close(&query, &err);
	return value;
}

bool store_set(struct store *store, struct slice key, struct slice value, struct err *err)
{
	struct query query;

	query_open(&query, store,
	           "insert into setting (key, value) values (?1, ?2)"
	           " on conflict (key) do update set value = ?2");
	query_put_text(&query, 1, key);
	query_put_text(&query, 2, value);
	query_row(&query);
	return query_close(&query, err);
}
