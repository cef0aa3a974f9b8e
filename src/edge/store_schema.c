/* store_schema.c: the tables of the practice log, and how an older file becomes a newer one.
 *
 * Never change a migration that was released: add one. tests/unit/test_store_migrate.c opens a file
 * of every version there was. */
#include "edge/store_parts.h"

/* Names of scenarios, moves and decks are ids in files that may change or vanish: they are text
 * here, without references. `at`, `started` … are seconds since the epoch. */
static const char first[] =
        "create table plan ("
        " id integer primary key autoincrement,"
        " scenario text not null,"
        " at real not null,"
        " answers text not null);" /* a JSON object */
        "create table session ("
        " id integer primary key autoincrement,"
        " scenario text not null,"
        " path text," /* of the scenario's file, when it was named by a path */
        " title text not null,"
        " name text not null," /* the ECT's */
        " started real not null,"
        " room integer not null default 0,"
        " plan integer references plan(id) on delete set null);"
        "create index session_plan on session(plan);"
        "create table attempt ("
        " id integer primary key autoincrement,"
        " session integer not null references session(id) on delete cascade,"
        " number integer not null," /* from 1 within the session */
        " parent integer references attempt(id) on delete set null,"
        " shared integer not null default 0," /* turns in common with the parent */
        " seed integer not null,"
        " scenario_hash text not null,"
        " rules_hash text not null,"
        " program text not null,"
        " focus text not null default ''," /* move ids, comma between */
        " opening text not null default ''," /* the ECT's first words */
        " started real not null,"
        " ended real," /* null: unfinished */
        " ending text," /* null: unfinished, or ended by the mentor */
        " closing text," /* the ECT's last words, where the ending has some */
        " unique (session, number));"
        "create index attempt_parent on attempt(parent);"
        "create table event ("
        " attempt integer not null references attempt(id) on delete cascade,"
        " seq integer not null," /* from 0 */
        " kind text not null,"
        " text text not null,"
        " number integer not null,"
        " at real not null,"
        " primary key (attempt, seq)) without rowid;"
        "create table note ("
        " id integer primary key autoincrement,"
        " session integer references session(id) on delete cascade,"
        " attempt integer references attempt(id) on delete cascade,"
        " turn integer,"
        " kind text not null," /* helped, hindered, missing, intention, intention_outcome, vote,
                                  predict … */
        " text text not null,"
        " at real not null,"
        " due real," /* when to ask about it */
        " about integer references note(id) on delete cascade);" /* an outcome's intention */
        "create index note_session on note(session);"
        "create index note_attempt on note(attempt);"
        "create index note_kind on note(kind, due);"
        "create index note_about on note(about);"
        "create table drill ("
        " id integer primary key autoincrement,"
        " round integer not null default 0," /* what was drilled in one sitting */
        " at real not null,"
        " deck text not null,"
        " prompt text not null,"
        " move text not null,"
        " utterance text not null,"
        " hit integer not null,"
        " tries integer not null default 1," /* which try at this prompt it was */
        " seconds real);"
        "create index drill_move on drill(move, at);"
        "create table tally ("
        " attempt integer not null references attempt(id) on delete cascade,"
        " kind text not null," /* move, framework, meter, measure, scenario */
        " id text not null,"
        " value real not null,"
        " of real not null default 0,"
        " primary key (kind, id, attempt)) without rowid;"
        "create index tally_attempt on tally(attempt);"
        "create index tally_best on tally(kind, id, value);"
        "create table grade ("
        " id integer primary key autoincrement,"
        " at real not null,"
        " kind text not null," /* of item: move, scenario */
        " item text not null,"
        " grade real not null,"
        " source text not null," /* attempt, missed, drill */
        " attempt integer references attempt(id) on delete cascade);"
        "create index grade_item on grade(kind, item, at);"
        "create index grade_attempt on grade(attempt);"
        /* What all grades of an item come to (store_progress.c): never the only copy. */
        "create table item ("
        " kind text not null,"
        " item text not null,"
        " stability real not null,"
        " difficulty real not null,"
        " last real not null,"
        " before_stability real not null," /* the last sitting */
        " before_difficulty real not null,"
        " before_last real not null,"
        " first real not null," /* of the last sitting */
        " sum integer not null,"
        " count integer not null,"
        " sittings integer not null,"
        " source text not null," /* of the last grade */
        " primary key (kind, item)) without rowid;"
        "create trigger grade_gone after delete on grade begin"
        " delete from item where kind = old.kind and item = old.item;"
        " end;"
        "create table setting ("
        " key text primary key,"
        " value text not null) without rowid;";

/* What was sent to an LLM, and what came back. */
static const char second[] = "create table wire ("
                             " id integer primary key autoincrement,"
                             " attempt integer references attempt(id) on delete cascade,"
                             " turn integer,"
                             " at real not null,"
                             " host text not null,"
                             " use text not null," /* voice, opinion, doctor */
                             " sent text not null,"
                             " received text not null,"
                             " outcome text not null,"
                             " seconds real not null);"
                             "create index wire_attempt on wire(attempt);";

const struct store_migration store_migrations[] = {{first}, {second}};
const size_t store_migration_count = sizeof(store_migrations) / sizeof(store_migrations[0]);

#define IN_SESSION "attempt in (select id from attempt where session = ?1)"

const struct store_table store_tables[] = {
        {"session", "id = ?1", "id"},
        {"attempt", "session = ?1", "id"},
        {"event", IN_SESSION, "attempt, seq"},
        {"note", "session = ?1 or " IN_SESSION, "id"},
        {"plan", "id in (select plan from session where id = ?1)", "id"},
        {"drill", NULL, "id"},
        {"tally", IN_SESSION, "attempt, kind, id"},
        {"grade", IN_SESSION, "id"},
        {"item", NULL, "kind, item"},
        {"wire", IN_SESSION, "id"},
        {"setting", NULL, "key"},
        {0},
};

static bool not_ours(const struct store *store, struct err *err)
{
	err_set(err,
	        "‘%.*s’ is a database of another program, not a practice log; it is left as it is; "
	        "move it elsewhere to begin a log",
	        SLICE_ARGS(store->path));
	return false;
}

bool store_recognise(struct store *store, size_t count, int64_t *version, struct err *err)
{
	int64_t application;
	int64_t tables;

	if (!store_number(store, "pragma application_id", 0, &application, err) ||
	    !store_number(store, "pragma user_version", 0, version, err) ||
	    !store_number(store, "select count(*) from sqlite_schema", 0, &tables, err))
		return false;
	if (application != STORE_APPLICATION && (application || *version || tables))
		return not_ours(store, err);
	if (*version < 0 || *version > (int64_t)count) {
		err_set(err,
		        "the practice log ‘%.*s’ was written by a newer rehearse (version %lld of "
		        "the log; this one knows %zu); it is left as it is; use that rehearse",
		        SLICE_ARGS(store->path), (long long)*version, count);
		return false;
	}
	return true;
}

static bool step(struct store *store, const struct store_migration *migration, size_t to,
                 struct err *err)
{
	struct arena arena;
	struct slice mark;
	bool good;

	arena_init(&arena);
	mark = slice_format(&arena, "pragma application_id = %d; pragma user_version = %zu",
	                    STORE_APPLICATION, to);
	good = store_run(store, migration->sql, err) && store_run(store, mark.at, err);
	arena_release(&arena);
	return good;
}

bool store_migrate(struct store *store, const struct store_migration *migrations, size_t count,
                   struct err *err)
{
	int64_t version;

	do {
		bool good = true;

		if (!store_recognise(store, count, &version, err))
			return false;
		if (version == (int64_t)count)
			return true;
		if (!store_begin(store, err))
			return false;
		/* Another program may have been faster. */
		if (!store_recognise(store, count, &version, err)) {
			store_rollback(store);
			return false;
		}
		if (version < (int64_t)count)
			good = step(store, &migrations[version], (size_t)version + 1, err);
		if (!store_finish(store, good, err))
			return false;
	} while (version + 1 < (int64_t)count);
	return true;
}
