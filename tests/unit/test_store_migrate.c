/* test_store_migrate.c: an older log becomes a newer one, each step whole or not at all, and every
 * version that was ever written can be read.
 *
 * tests/unit/practice/N.sql is a log as version N wrote it. When a migration is added, keep the
 * others and write the next: open a log with the program of before, then `sqlite3 FILE .dump`, with
 * its two pragmas, as here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <unistd.h>

#include "edge/file.h"
#include "edge/record.h"
#include "edge/store_parts.h"

static char folder[] = "/tmp/rehearse-migrate-XXXXXX";
static struct arena arena;
static struct err err;

static struct slice in_folder(const char *name)
{
	return file_join(slice_of(folder), slice_of(name), &arena);
}

/* A file made from SQL by SQLite alone. */
static struct slice made_of(const char *name, const char *sql)
{
	struct slice path = in_folder(name);
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path.at, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	sqlite3_close(db);
	return path;
}

static int64_t number(struct store *store, const char *sql)
{
	int64_t value;

	if (!store_number(store, sql, -1, &value, &err))
		fail_msg("%s", err.text);
	return value;
}

static const struct store_migration steps[] = {
        {"create table one (a)"},
        {"create table two (a); insert into two values (1); create table one (b)"}, /* fails */
};

static void a_step_that_fails_leaves_the_version_before(void **state)
{
	struct store *store;

	(void)state;
	store = store_open_at(in_folder("steps.db"), STORE_WRITE, &err);
	assert_non_null(store);
	/* As if it had just been made. */
	assert_true(store_run(store, "pragma user_version = 0", &err));
	assert_false(store_migrate(store, steps, 2, &err));
	assert_int_equal(number(store, "pragma user_version"), 1);
	assert_int_equal(number(store, "select count(*) from sqlite_schema where name = 'one'"), 1);
	assert_int_equal(number(store, "select count(*) from sqlite_schema where name = 'two'"), 0);
	store_close(store);
}

static void a_file_left_before_its_first_step_is_begun_again(void **state)
{
	struct slice path = made_of("left.db", "pragma journal_mode = wal");
	struct store *store = store_open_at(path, STORE_WRITE, &err);

	(void)state;
	assert_non_null(store);
	assert_int_equal(number(store, "pragma user_version"), (int64_t)store_migration_count);
	store_close(store);
}

/* Names and columns of everything in it, without how the SQL was spaced. */
static struct slice schema(struct store *store)
{
	struct strbuf text = {0};
	struct slice copy;
	struct query query;

	query_open(&query, store,
	           "select s.type, s.name, coalesce(c.name, ''), coalesce(c.type, ''),"
	           " coalesce(c.\"notnull\", ''), coalesce(c.dflt_value, ''), coalesce(c.pk, '')"
	           " from sqlite_schema s left join pragma_table_info(s.name) c"
	           " where s.name not like 'sqlite_%' order by s.name, c.cid");
	while (query_row(&query)) {
		int i;

		for (i = 0; i < query_columns(&query); i++) {
			strbuf_add(&text, query_text(&query, i, &arena));
			strbuf_addc(&text, i + 1 < query_columns(&query) ? ' ' : '\n');
		}
	}
	assert_true(query_close(&query, &err));
	copy = slice_copy(&arena, strbuf_slice(&text));
	strbuf_release(&text);
	return copy;
}

static void a_log_of_every_version_is_read(void **state)
{
	struct slice top = slice_of(getenv("TOP"));
	struct store *fresh = store_open_memory(&err);
	size_t version;

	(void)state;
	assert_non_null(fresh);
	for (version = 1; version <= store_migration_count; version++) {
		struct slice name = slice_format(&arena, "tests/unit/practice/%zu.sql", version);
		struct strbuf sql = {0};
		struct record record;
		struct store *store;

		if (!file_read(file_join(top.len ? top : SLICE("."), name, &arena), 1 << 20, &sql,
		               &err))
			fail_msg("%s", err.text);
		store = store_open_at(
		        made_of(slice_format(&arena, "version-%zu.db", version).at, sql.at),
		        STORE_WRITE, &err);
		if (!store)
			fail_msg("%s", err.text);
		assert_int_equal(number(store, "pragma user_version"),
		                 (int64_t)store_migration_count);
		/* Whatever way it came about, the same tables. */
		assert_string_equal(schema(store).at, schema(fresh).at);
		assert_true(record_load(store, SLICE("1.2"), &record, &err));
		assert_int_equal(record.events.count, 5);
		assert_true(slice_is(record.events.items[0].text, "hi sam"));
		assert_int_equal(record.attempt.shared, 1);
		record_release(&record);
		store_close(store);
		strbuf_release(&sql);
	}
	store_close(fresh);
}

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct slice command = slice_format(&arena, "rm -rf %s", folder);
	int failed = system(command.at);

	(void)state;
	arena_release(&arena);
	return failed;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_step_that_fails_leaves_the_version_before),
	        cmocka_unit_test(a_file_left_before_its_first_step_is_begun_again),
	        cmocka_unit_test(a_log_of_every_version_is_read),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
