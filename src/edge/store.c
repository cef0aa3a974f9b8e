/* store.c: opens the practice log and speaks SQL; the only file that knows SQLite. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "edge/file.h"
#include "edge/store_parts.h"

#define FILE_NAME SLICE("practice.db")
/* Between tries at what SQLite does not wait for by itself. */
#define NAP_MS 20

bool store_trouble(const struct store *store, int status, struct err *err)
{
	struct slice path = store->path;

	switch (status & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		err_set(err,
		        "the practice log ‘%.*s’ is in use by another program that does not let "
		        "go; close it and try again",
		        SLICE_ARGS(path));
		break;
	case SQLITE_FULL:
		err_set(err,
		        "the practice log ‘%.*s’ cannot be written: the disk is full; make room "
		        "and try again",
		        SLICE_ARGS(path));
		break;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		err_set(err,
		        "the practice log ‘%.*s’ may not be written; see who owns the file and its "
		        "folder",
		        SLICE_ARGS(path));
		break;
	case SQLITE_CANTOPEN:
		err_set(err,
		        "the practice log ‘%.*s’ cannot be opened; see that its folder is there, "
		        "is yours and can be written",
		        SLICE_ARGS(path));
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		err_set(err,
		        "the practice log ‘%.*s’ is damaged; it is left as it is; move it "
		        "elsewhere to begin a new one (‘sqlite3 FILE .recover’ may read what is "
		        "left of it)",
		        SLICE_ARGS(path));
		break;
	case SQLITE_IOERR:
		err_set(err,
		        "the practice log ‘%.*s’ cannot be read or written (%s); see that the "
		        "disk is sound and has room",
		        SLICE_ARGS(path), sqlite3_errstr(status & 0xff));
		break;
	case SQLITE_TOOBIG:
		err_set(err, "the practice log ‘%.*s’ takes no text of more than %u bytes",
		        SLICE_ARGS(path), LIMIT_STORE_TEXT_BYTES);
		break;
	default:
		err_set(err, "the practice log ‘%.*s’ cannot be used: %s", SLICE_ARGS(path),
		        store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(status));
		break;
	}
	return false;
}

/* Queries. */

static void note_status(struct query *query, int status)
{
	if (query->status == SQLITE_OK)
		query->status = status;
}

void query_open(struct query *query, struct store *store, const char *sql)
{
	*query = (struct query){.store = store};
	query->status = sqlite3_prepare_v2(store->db, sql, -1, &query->stmt, NULL);
}

static void check_bound(struct query *query, int status)
{
	if (status == SQLITE_RANGE)
		BUG("no such value in ‘%s’", sqlite3_sql(query->stmt));
	if (status != SQLITE_OK)
		note_status(query, status);
}

void query_put_text(struct query *query, int at, struct slice text)
{
	if (query->stmt)
		check_bound(query, sqlite3_bind_text64(query->stmt, at, text.len ? text.at : "",
		                                       text.len, SQLITE_TRANSIENT, SQLITE_UTF8));
}

void query_put_text_or_null(struct query *query, int at, struct slice text)
{
	if (text.len)
		query_put_text(query, at, text);
}

void query_put_int(struct query *query, int at, int64_t number)
{
	if (query->stmt)
		check_bound(query, sqlite3_bind_int64(query->stmt, at, number));
}

void query_put_id(struct query *query, int at, int64_t id)
{
	if (id)
		query_put_int(query, at, id);
}

void query_put_real(struct query *query, int at, double number)
{
	if (query->stmt)
		check_bound(query, sqlite3_bind_double(query->stmt, at, number));
}

bool query_row(struct query *query)
{
	int status;

	if (query->status != SQLITE_OK || !query->stmt)
		return false;
	status = sqlite3_step(query->stmt);
	if (status == SQLITE_ROW)
		return true;
	if (status != SQLITE_DONE)
		note_status(query, status);
	return false;
}

int64_t query_int(const struct query *query, int column)
{
	return sqlite3_column_int64(query->stmt, column);
}

double query_real(const struct query *query, int column)
{
	return sqlite3_column_double(query->stmt, column);
}

struct slice query_text(const struct query *query, int column, struct arena *arena)
{
	const char *text = (const char *)sqlite3_column_text(query->stmt, column);
	int bytes = sqlite3_column_bytes(query->stmt, column);

	if (!text || bytes <= 0)
		return SLICE("");
	return slice_copy(arena, (struct slice){text, (size_t)bytes});
}

bool query_is_null(const struct query *query, int column)
{
	return sqlite3_column_type(query->stmt, column) == SQLITE_NULL;
}

enum query_type query_type(const struct query *query, int column)
{
	switch (sqlite3_column_type(query->stmt, column)) {
	case SQLITE_INTEGER:
		return QUERY_INT;
	case SQLITE_FLOAT:
		return QUERY_REAL;
	case SQLITE_NULL:
		return QUERY_NULL;
	default:
		return QUERY_TEXT;
	}
}

int query_columns(const struct query *query)
{
	return query->stmt ? sqlite3_column_count(query->stmt) : 0;
}

struct slice query_column(const struct query *query, int column)
{
	return slice_of(sqlite3_column_name(query->stmt, column));
}

void query_again(struct query *query)
{
	if (!query->stmt)
		return;
	sqlite3_reset(query->stmt);
	sqlite3_clear_bindings(query->stmt);
}

bool query_close(struct query *query, struct err *err)
{
	if (query->status != SQLITE_OK)
		store_trouble(query->store, query->status, err);
	sqlite3_finalize(query->stmt);
	query->stmt = NULL;
	return query->status == SQLITE_OK;
}

bool store_run(struct store *store, const char *sql, struct err *err)
{
	int status = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

	return status == SQLITE_OK || store_trouble(store, status, err);
}

bool store_number(struct store *store, const char *sql, int64_t otherwise, int64_t *out,
                  struct err *err)
{
	struct query query;

	query_open(&query, store, sql);
	*out = query_row(&query) ? query_int(&query, 0) : otherwise;
	return query_close(&query, err);
}

/* What is written to a file without a name is lost when it is closed. */
static bool is_still_there(struct store *store, struct err *err)
{
	int moved = 0;

	if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK ||
	    !moved)
		return true;
	err_set(err,
	        "the practice log ‘%.*s’ is no longer where it was: somebody removed it or moved "
	        "it",
	        SLICE_ARGS(store->path));
	return false;
}

bool store_begin(struct store *store, struct err *err)
{
	return is_still_there(store, err) && store_run(store, "begin immediate", err);
}

bool store_commit(struct store *store, struct err *err)
{
	if (store_run(store, "commit", err))
		return true;
	store_rollback(store);
	return false;
}

void store_rollback(struct store *store)
{
	/* Some failures have rolled back by themselves. */
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "rollback", NULL, NULL, NULL);
}

bool store_finish(struct store *store, bool good, struct err *err)
{
	if (good)
		return store_commit(store, err);
	store_rollback(store);
	return false;
}

int64_t store_last_id(const struct store *store)
{
	return sqlite3_last_insert_rowid(store->db);
}

/* Opening. */

struct slice store_path(const struct store *store)
{
	return store->path;
}

void store_patience(struct store *store, unsigned milliseconds)
{
	sqlite3_busy_timeout(store->db, (int)milliseconds);
}

static struct store *store_new(struct slice path)
{
	struct store *store = mem_alloc(sizeof(*store));

	arena_init(&store->arena);
	store->path = slice_copy(&store->arena, path);
	return store;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	sqlite3_close(store->db);
	arena_release(&store->arena);
	free(store);
}

/* Going on without waiting where SQLite would: it does not wait when journals are changed. */
static bool use_wal(struct store *store, struct err *err)
{
	unsigned waited = 0;
	int status;

	for (;;) {
		status = sqlite3_exec(store->db, "pragma journal_mode = wal", NULL, NULL, NULL);
		if ((status & 0xff) != SQLITE_BUSY || waited >= STORE_PATIENCE_MS)
			break;
		sqlite3_sleep(NAP_MS);
		waited += NAP_MS;
	}
	return status == SQLITE_OK || store_trouble(store, status, err);
}

static bool connect(struct store *store, const char *name, int flags, struct err *err)
{
	int status = sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_EXRESCODE, NULL);

	if (status != SQLITE_OK)
		return store_trouble(store, status, err);
	store_patience(store, STORE_PATIENCE_MS);
	sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, (int)LIMIT_STORE_TEXT_BYTES);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return store_run(store,
	                 "pragma foreign_keys = on; pragma secure_delete = on;"
	                 "pragma trusted_schema = off; pragma temp_store = memory;"
	                 "pragma synchronous = full",
	                 err);
}

/* Ours, then as new as we are; nothing is written to any other file. */
static bool make_ready(struct store *store, struct err *err)
{
	int64_t version;

	if (!store_recognise(store, store_migration_count, &version, err) || !use_wal(store, err))
		return false;
	return store_migrate(store, store_migrations, store_migration_count, err);
}

static bool read_only(struct store *store, struct err *err)
{
	int64_t version;

	if (!store_recognise(store, store_migration_count, &version, err))
		return false;
	if (version == (int64_t)store_migration_count)
		return true;
	err_set(err,
	        "the practice log ‘%.*s’ is of an older version and may not be written, so it "
	        "cannot be brought up to date",
	        SLICE_ARGS(store->path));
	return false;
}

static bool refuse_path(struct slice path, const char *what, const char *why, struct err *err)
{
	path = slice_sub(path, path.len > 240 ? path.len - 240 : 0, path.len);
	err_set(err, "the practice log ‘%.*s’ cannot be %s: %s", SLICE_ARGS(path), what, why);
	return false;
}

/* The folder and those above it, for their owner only where they are new. */
static bool make_folder(struct slice folder, struct err *err)
{
	struct arena arena;
	char *path;
	bool good = true;
	int error = 0;
	size_t i;

	arena_init(&arena);
	path = ARENA_ARRAY(&arena, char, folder.len + 1);
	memcpy(path, folder.at, folder.len);
	for (i = 1; good && i <= folder.len; i++) {
		if (i < folder.len && path[i] != '/')
			continue;
		path[i] = '\0';
		error = mkdir(path, 0700) ? errno : 0;
		good = error == 0 || file_kind((struct slice){path, i}, NULL) == FILE_FOLDER;
		if (i < folder.len)
			path[i] = '/';
	}
	if (!good)
		refuse_path(folder, "made", file_reason(error == EEXIST ? ENOTDIR : error), err);
	arena_release(&arena);
	return good;
}

/* The file is there, a regular one, and nobody else's to read: its journals take its mode. False
 * with `*denied` when it is there but not to be written. */
static bool make_file(struct slice path, bool create, bool *denied, struct err *err)
{
	const char *what = create && file_kind(path, NULL) == FILE_NONE ? "made" : "opened";
	struct stat info;
	bool good = false;
	int fd = open(path.at, O_RDWR | (create ? O_CREAT : 0) | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
	              0600);

	*denied = false;
	if (fd < 0) {
		*denied = errno == EACCES || errno == EROFS || errno == EPERM;
		return refuse_path(path, what, file_reason(errno), err);
	}
	if (fstat(fd, &info))
		refuse_path(path, what, file_reason(errno), err);
	else if (!S_ISREG(info.st_mode))
		refuse_path(path, what, "something that is no file has its name", err);
	else
		good = true;
	if (good && (info.st_mode & 077) && info.st_uid == geteuid())
		fchmod(fd, 0600);
	close(fd);
	return good;
}

/* A folder that may not be written has no room for the journal's files: then the log is read as it
 * stands, which is safe since nobody can write to it there. */
static bool connect_unwritable(struct store *store, struct slice path, struct err *err)
{
	struct strbuf uri = {0};
	bool good;
	size_t i;

	if (connect(store, path.at, SQLITE_OPEN_READONLY, err) && read_only(store, err)) {
		return true;
	}
	sqlite3_close(store->db);
	store->db = NULL;
	strbuf_addz(&uri, "file:");
	for (i = 0; i < path.len; i++) {
		if (slice_find(SLICE("%?#"), slice_sub(path, i, i + 1)) < 3)
			strbuf_addf(&uri, "%%%02X", (unsigned char)path.at[i]);
		else
			strbuf_addc(&uri, path.at[i]);
	}
	strbuf_addz(&uri, "?immutable=1");
	good = connect(store, uri.at, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err) &&
	       read_only(store, err);
	strbuf_release(&uri);
	return good;
}

struct store *store_open_memory(struct err *err)
{
	struct store *store = store_new(SLICE("in memory"));

	if (connect(store, ":memory:", SQLITE_OPEN_READWRITE, err) &&
	    store_migrate(store, store_migrations, store_migration_count, err))
		return store;
	store_close(store);
	return NULL;
}

/* Nothing was practised yet; a log that we may only not look at is another matter. */
static bool is_not_there(struct slice path)
{
	struct stat info;

	return stat(path.at, &info) != 0 && errno == ENOENT;
}

struct store *store_open_at(struct slice path, enum store_mode mode, struct err *err)
{
	struct store *store = store_new(path);
	bool denied;
	bool good;

	if (mode == STORE_READ && is_not_there(store->path)) {
		store_close(store);
		return store_open_memory(err);
	}
	if (mode == STORE_WRITE && !make_folder(file_folder(path), err))
		good = false;
	else if (make_file(store->path, mode == STORE_WRITE, &denied, err))
		good = connect(store, store->path.at, SQLITE_OPEN_READWRITE, err) &&
		       make_ready(store, err);
	else
		good = mode == STORE_READ && denied && connect_unwritable(store, store->path, err);
	if (good)
		return store;
	store_close(store);
	return NULL;
}

struct store *store_open(enum store_mode mode, struct err *err)
{
	struct store *store = NULL;
	struct arena arena;
	struct slice folder;

	arena_init(&arena);
	folder = file_own_folder(&arena);
	if (folder.len)
		store = store_open_at(file_join(folder, FILE_NAME, &arena), mode, err);
	else
		err_set(err, "there is no place for the practice log: neither XDG_DATA_HOME nor "
		             "HOME is set to a folder");
	arena_release(&arena);
	return store;
}
