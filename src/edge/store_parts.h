/* store_parts.h: what the files of the store share: the handle, queries, transactions.
 *
 * For store_*.c only. A query keeps the first thing that went wrong and tells it when closed, so
 * that what lies between needs no checks:
 *
 *	struct query query;
 *
 *	query_open(&query, store, "select id, text from note where attempt = ?1 order by id");
 *	query_put_int(&query, 1, attempt);
 *	while (query_row(&query))
 *		add(query_int(&query, 0), query_text(&query, 1, arena));
 *	return query_close(&query, err);
 */
#ifndef EDGE_STORE_PARTS_H
#define EDGE_STORE_PARTS_H

#include "edge/store.h"

/* Before the host, the key of a setting: that something may be sent there. */
#define STORE_CONSENT "llm consent "

struct sqlite3;
struct sqlite3_stmt;

struct store {
	struct sqlite3 *db;
	struct slice path; /* as named in words */
	struct arena arena;
};

struct query {
	struct store *store;
	struct sqlite3_stmt *stmt; /* NULL when it could not be prepared */
	int status; /* SQLite's, of the first call that failed; 0 */
};

/* `sql`: one statement, with ?1, ?2 … for values. */
void query_open(struct query *query, struct store *store, const char *sql);
/* Binds value `at` (from 1). What is not bound is null. Text is copied. */
void query_put_text(struct query *query, int at, struct slice text);
void query_put_text_or_null(struct query *query, int at, struct slice text); /* empty: null */
void query_put_int(struct query *query, int at, int64_t number);
void query_put_id(struct query *query, int at, int64_t id); /* 0: null */
void query_put_real(struct query *query, int at, double number);
/* The next row; false at the end and when something went wrong. A statement without rows is done
 * by one call. */
bool query_row(struct query *query);
/* Columns of the row, from 0; null reads as 0 or empty. */
int64_t query_int(const struct query *query, int column);
double query_real(const struct query *query, int column);
struct slice query_text(const struct query *query, int column, struct arena *arena);
bool query_is_null(const struct query *query, int column);
/* What a row holds, where that is not known: for exports. */
enum query_type { QUERY_NULL, QUERY_INT, QUERY_REAL, QUERY_TEXT };
enum query_type query_type(const struct query *query, int column);
int query_columns(const struct query *query);
struct slice query_column(const struct query *query, int column); /* its name, until closed */
/* Runs it once more with other values: forgets rows and values. */
void query_again(struct query *query);
/* Frees it. False, with words, when anything went wrong since query_open. */
bool query_close(struct query *query, struct err *err);

/* Runs statements without values or rows. */
bool store_run(struct store *store, const char *sql, struct err *err);
/* The one number a statement gives, or `otherwise` when it gives no row. */
bool store_number(struct store *store, const char *sql, int64_t otherwise, int64_t *out,
                  struct err *err);

/* begin immediate … commit: nothing is kept unless store_commit returns true. After a false
 * store_begin there is nothing to roll back. A file that was removed or moved since it was opened
 * is told. */
bool store_begin(struct store *store, struct err *err);
bool store_commit(struct store *store, struct err *err); /* rolls back when it fails */
void store_rollback(struct store *store); /* leaves err alone */
/* Commits when `good`, else rolls back; the end of a function that changes several rows. */
bool store_finish(struct store *store, bool good, struct err *err);
int64_t store_last_id(const struct store *store); /* of the last row inserted */

/* Says what SQLite's `status` means for the practice log; false. */
bool store_trouble(const struct store *store, int status, struct err *err);

/* store_schema.c: one step from a version to the next. */
struct store_migration {
	const char *sql;
};
/* "RHRS": this SQLite file is a practice log. */
#define STORE_APPLICATION 0x52485253
extern const struct store_migration store_migrations[];
extern const size_t store_migration_count; /* the version this program writes */
/* A table; its rows are a person's data, for them to export and to have removed. */
struct store_table {
	const char *name;
	const char
	        *of_session; /* the condition for rows that belong to session ?1; NULL: none do */
	const char *order;
};
extern const struct store_table store_tables[]; /* in the order of export; name NULL ends it */
/* From the version the file has to `count`, each step whole or not at all. Refuses files that are
 * newer or not ours, before anything is written. */
bool store_migrate(struct store *store, const struct store_migration *migrations, size_t count,
                   struct err *err);
/* Whether the file is ours (or empty) and no newer than `count`; its version. */
bool store_recognise(struct store *store, size_t count, int64_t *version, struct err *err);

#endif
