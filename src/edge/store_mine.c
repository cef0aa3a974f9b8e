/* store_mine.c: see store_mine.h. */
#include "edge/store_mine.h"

#include "edge/store_parts.h"

/* No table has more columns. */
#define COLUMNS_MAX 32

static void visit_row(const struct query *query, const char *table, store_visit *visit,
                      void *context, struct arena *arena)
{
	struct store_value values[COLUMNS_MAX];
	int count = query_columns(query);
	int i;

	if (count > COLUMNS_MAX)
		BUG("table ‘%s’ has %d columns", table, count);
	for (i = 0; i < count; i++) {
		enum query_type type = query_type(query, i);

		values[i].column = query_column(query, i).at;
		values[i].type = type == QUERY_NULL   ? STORE_NULL
		                 : type == QUERY_TEXT ? STORE_TEXT
		                                      : STORE_NUMBER;
		values[i].text = query_text(query, i, arena);
	}
	visit(context, table, values, (size_t)count);
}

static bool export_table(struct store *store, const struct store_table *table, int64_t session,
                         store_visit *visit, void *context, struct err *err)
{
	struct query query;
	struct arena arena;
	struct slice sql;

	arena_init(&arena);
	if (session)
		sql = slice_format(&arena, "select * from %s where %s order by %s", table->name,
		                   table->of_session, table->order);
	else
		sql = slice_format(&arena, "select * from %s order by %s", table->name,
		                   table->order);
	query_open(&query, store, sql.at);
	if (session)
		query_put_int(&query, 1, session);
	arena_clear(&arena);
	while (query_row(&query)) {
		visit_row(&query, table->name, visit, context, &arena);
		arena_clear(&arena);
	}
	arena_release(&arena);
	return query_close(&query, err);
}

static bool export_tables(struct store *store, int64_t session, store_visit *visit, void *context,
                          struct err *err)
{
	const struct store_table *table;

	for (table = store_tables; table->name; table++) {
		if (session && !table->of_session)
			continue;
		if (!export_table(store, table, session, visit, context, err))
			return false;
	}
	return true;
}

bool store_export(struct store *store, int64_t session, store_visit *visit, void *context,
                  struct err *err)
{
	struct err ignored;
	bool good;

	/* One moment of the log, whoever writes meanwhile. */
	if (!store_run(store, "begin", err))
		return false;
	good = export_tables(store, session, visit, context, err);
	store_run(store, "rollback", &ignored);
	return good;
}

static bool run_with(struct store *store, const char *sql, int64_t session, struct err *err)
{
	struct query query;

	query_open(&query, store, sql);
	query_put_int(&query, 1, session);
	query_row(&query);
	return query_close(&query, err);
}

static bool has_session(struct store *store, int64_t session, bool *has, struct err *err)
{
	struct query query;

	query_open(&query, store, "select 1 from session where id = ?1");
	query_put_int(&query, 1, session);
	*has = query_row(&query);
	return query_close(&query, err);
}

/* What belongs to it goes with it: `on delete cascade`. */
static bool remove_session(struct store *store, int64_t session, struct err *err)
{
	bool has;

	if (!has_session(store, session, &has, err))
		return false;
	if (!has) {
		err_set(err,
		        "there is no session %lld in the practice log; ‘rehearse sessions’ lists "
		        "them",
		        (long long)session);
		return false;
	}
	return run_with(store,
	                "delete from plan where id = (select plan from session where id = ?1)"
	                " and not exists (select 1 from session other"
	                " where other.plan = plan.id and other.id <> ?1)",
	                session, err) &&
	       run_with(store, "delete from session where id = ?1", session, err);
}

static bool remove_all(struct store *store, struct err *err)
{
	const struct store_table *table;
	struct arena arena;
	bool good = true;

	arena_init(&arena);
	for (table = store_tables; good && table->name; table++)
		good = store_run(store, slice_format(&arena, "delete from %s", table->name).at,
		                 err);
	arena_release(&arena);
	/* Numbers begin at 1 again. */
	return good && store_run(store, "delete from sqlite_sequence", err);
}

/* The journal's file becomes empty, or it is told why not. A memory's journal has none. */
static bool clear_journal(struct store *store, bool removed, struct err *err)
{
	int64_t busy;

	if (!store_number(store, "pragma wal_checkpoint(truncate)", 0, &busy, err))
		return false;
	if (busy == 0)
		return true;
	if (!removed) {
		err_set(err,
		        "another program is using the practice log ‘%.*s’, so nothing was removed; "
		        "close it and try again",
		        SLICE_ARGS(store->path));
		return false;
	}
	err_set(err,
	        "removed; but another program is reading the practice log ‘%.*s’; a copy "
	        "of what was removed may stay in ‘%.*s-wal’ until that program is closed",
	        SLICE_ARGS(store->path), SLICE_ARGS(store->path));
	return false;
}

static bool remove_wire(struct store *store, struct err *err)
{
	return store_run(store, "delete from wire", err) &&
	       store_run(store, "delete from setting where key glob '" STORE_CONSENT "*'", err);
}

static bool begin_removing(struct store *store, struct err *err)
{
	return clear_journal(store, false, err) && store_begin(store, err);
}

/* The file without what was in it, then the journal, which has pages of before. */
static bool end_removing(struct store *store, bool good, struct err *err)
{
	return store_finish(store, good, err) && clear_journal(store, true, err) &&
	       store_run(store, "vacuum", err) && clear_journal(store, true, err);
}

bool store_forget(struct store *store, int64_t session, struct err *err)
{
	bool good;

	if (!begin_removing(store, err))
		return false;
	good = session ? remove_session(store, session, err) : remove_all(store, err);
	return end_removing(store, good, err);
}

bool store_forget_wire(struct store *store, struct err *err)
{
	return begin_removing(store, err) && end_removing(store, remove_wire(store, err), err);
}
