/* test_store_mine.c: all of a person's data comes out of the log, and goes away for good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

#include "edge/file.h"
#include "edge/store_llm.h"
#include "edge/store_mine.h"
#include "edge/store_parts.h"

static char folder[] = "/tmp/rehearse-mine-XXXXXX";
static struct arena arena;
static struct err err;

/* One row in every table, each with a word of its own. */
static const char fill[] =
        "insert into plan values (7, 'hands', 1, '{\"goal\":\"secretplan\"}');"
        "insert into session values (3, 'hands', null, 'secrettitle', 'Sam', 1, 0, 7);"
        "insert into attempt (id, session, number, seed, scenario_hash, rules_hash, program, "
        "opening,"
        " started) values (5, 3, 1, 1, '0', '0', 't', 'secretopening', 1);"
        "insert into event values (5, 0, 'hear', 'secretutterance', 0, 1);"
        "insert into note (session, attempt, kind, text, at) values (3, 5, 'helped',"
        " 'secretnote', 1);"
        "insert into note (attempt, kind, text, at) values (5, 'intention', 'secretwish', 1);"
        "insert into tally (attempt, kind, id, value) values (5, 'move', 'secretmove', 1);"
        "insert into grade (at, kind, item, grade, source, attempt) values (1, 'move',"
        " 'secretitem', 3, 'attempt', 5);"
        "insert into wire (attempt, turn, at, host, use, sent, received, outcome, seconds)"
        " values (5, 1, 1, 'h', 'voice', 'secretsent', 'secretreceived', 'done', 1);";
/* What belongs to no session. */
static const char fill_more[] =
        "insert into drill (at, deck, prompt, move, utterance, hit) values (1, 'd', 'p', 'm',"
        " 'secretdrill', 1);"
        "insert into item values ('move', 'secretother', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);"
        "insert into setting values ('key', 'secretsetting');";

static struct store *filled(const char *name)
{
	struct store *store = store_open_at(file_join(slice_of(folder), slice_of(name), &arena),
	                                    STORE_WRITE, &err);

	if (!store || !store_run(store, fill, &err) || !store_run(store, fill_more, &err))
		fail_msg("%s", err.text);
	return store;
}

struct rows {
	struct slice tables[64];
	size_t count;
	struct strbuf text;
};

static void take(void *context, const char *table, const struct store_value *values, size_t count)
{
	struct rows *rows = context;
	size_t i;

	assert_true(rows->count < 64);
	rows->tables[rows->count++] = slice_copy(&arena, slice_of(table));
	for (i = 0; i < count; i++) {
		strbuf_addf(&rows->text, "%s=", values[i].column);
		strbuf_add(&rows->text, values[i].text);
		strbuf_addc(&rows->text, '\n');
	}
}

static bool has_table(const struct rows *rows, struct slice table)
{
	size_t i;

	for (i = 0; i < rows->count; i++) {
		if (slice_eq(rows->tables[i], table))
			return true;
	}
	return false;
}

static void export_leaves_no_table_out(void **state)
{
	struct store *store = filled("tables.db");
	struct rows rows = {0};
	struct query query;
	size_t tables = 0;

	(void)state;
	assert_true(store_export(store, 0, take, &rows, &err));
	query_open(&query, store,
	           "select name from sqlite_schema where type = 'table'"
	           " and name not like 'sqlite_%'");
	while (query_row(&query)) {
		struct slice table = query_text(&query, 0, &arena);

		/* A new table needs a row in `fill`, and its place in store_tables. */
		if (!has_table(&rows, table))
			fail_msg("‘%.*s’ is not exported", SLICE_ARGS(table));
		tables++;
	}
	assert_true(query_close(&query, &err));
	assert_true(tables >= 9);
	strbuf_release(&rows.text);
	store_close(store);
}

static void export_of_a_session_is_what_belongs_to_it(void **state)
{
	struct store *store = filled("session.db");
	struct rows rows = {0};

	(void)state;
	assert_true(store_export(store, 3, take, &rows, &err));
	assert_int_equal(rows.count, 9);
	assert_non_null(strstr(rows.text.at, "secretplan"));
	assert_non_null(strstr(rows.text.at, "secretwish"));
	assert_null(strstr(rows.text.at, "secretdrill"));
	strbuf_clear(&rows.text);
	rows.count = 0;
	assert_true(store_export(store, 4, take, &rows, &err));
	assert_int_equal(rows.count, 0);
	strbuf_release(&rows.text);
	store_close(store);
}

/* How often a word stands in the bytes of the log and its journals. */
static size_t times_on_disk(struct slice path, const char *word)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
	size_t times = 0;
	size_t i;

	for (i = 0; i < 4; i++) {
		struct slice file = slice_format(&arena, "%.*s%s", SLICE_ARGS(path), ends[i]);
		struct strbuf bytes = {0};
		struct slice rest;
		size_t at;

		if (file_kind(file, NULL) == FILE_REGULAR)
			assert_true(file_read(file, 64u << 20, &bytes, &err));
		rest = strbuf_slice(&bytes);
		while ((at = slice_find(rest, slice_of(word))) < rest.len) {
			times++;
			rest = slice_sub(rest, at + 1, rest.len);
		}
		strbuf_release(&bytes);
	}
	return times;
}

static void what_is_forgotten_is_nowhere_in_the_bytes(void **state)
{
	struct store *store = filled("bytes.db");
	struct store *other = store_open_at(store_path(store), STORE_WRITE, &err);

	(void)state;
	/* Somebody else has it open, so that the journal's files stay. */
	assert_non_null(other);
	assert_true(times_on_disk(store_path(store), "secretutterance") > 0);
	assert_true(store_forget(store, 3, &err));
	assert_int_equal(times_on_disk(store_path(store), "secretutterance"), 0);
	assert_int_equal(times_on_disk(store_path(store), "secretnote"), 0);
	assert_int_equal(times_on_disk(store_path(store), "secretwish"), 0);
	assert_int_equal(times_on_disk(store_path(store), "secretplan"), 0);
	assert_true(times_on_disk(store_path(store), "secretdrill") > 0);
	assert_true(store_forget(store, 0, &err));
	assert_int_equal(times_on_disk(store_path(store), "secret"), 0);
	store_close(other);
	store_close(store);
}

static void what_went_to_an_llm_goes_alone(void **state)
{
	struct store *store = filled("wire.db");
	struct rows rows = {0};

	(void)state;
	assert_true(store_consent(store, SLICE("secrethost:80"), 1, &err));
	assert_true(
	        store_run(store,
	                  "insert into wire (at, host, use, sent, received, outcome, seconds)"
	                  " values (1, 'h', 'review', 'secretsent', 'secretreceived', 'done', 1)",
	                  &err));
	assert_true(store_forget_wire(store, &err));
	assert_int_equal(times_on_disk(store_path(store), "secretsent"), 0);
	assert_int_equal(times_on_disk(store_path(store), "secretreceived"), 0);
	assert_false(store_consented(store, SLICE("secrethost:80")));
	assert_int_equal(times_on_disk(store_path(store), "secrethost"), 0);
	assert_true(store_export(store, 0, take, &rows, &err));
	assert_non_null(strstr(rows.text.at, "secretutterance"));
	assert_non_null(strstr(rows.text.at, "secretsetting"));
	assert_false(has_table(&rows, SLICE("wire")));
	strbuf_release(&rows.text);
	store_close(store);
}

/* Long enough that it goes over many pages, which a delete alone would leave on a free list. */
static void a_long_conversation_is_nowhere_either(void **state)
{
	struct store *store = filled("long.db");
	int i;

	(void)state;
	for (i = 1; i < 400; i++)
		assert_true(store_run(store,
		                      slice_format(&arena,
		                                   "insert into event select 5, %d, 'hear',"
		                                   " 'longsecret' || hex(zeroblob(500)), 0, 1",
		                                   i)
		                              .at,
		                      &err));
	assert_true(store_forget(store, 3, &err));
	assert_int_equal(times_on_disk(store_path(store), "longsecret"), 0);
	store_close(store);
}

static void a_session_takes_nothing_of_another_with_it(void **state)
{
	struct store *store = filled("other.db");
	struct rows rows = {0};

	(void)state;
	assert_true(
	        store_run(store,
	                  "insert into session values (4, 'hands', null, 'kept', 'Sam', 1, 0, 7);"
	                  "insert into attempt (id, session, number, seed, scenario_hash,"
	                  " rules_hash, program, started) values (6, 4, 1, 1, '0', '0', 't', 1);"
	                  "insert into event values (6, 0, 'hear', 'kept', 0, 1)",
	                  &err));
	assert_true(store_forget(store, 3, &err));
	assert_true(store_export(store, 0, take, &rows, &err));
	/* The plan that both had, what is 4's, and what is nobody's. */
	assert_int_equal(rows.count, 7);
	assert_non_null(strstr(rows.text.at, "secretplan"));
	assert_null(strstr(rows.text.at, "secretutterance"));
	strbuf_release(&rows.text);
	store_close(store);
}

static void forgetting_what_is_not_there_is_told(void **state)
{
	struct store *store = filled("none.db");

	(void)state;
	assert_false(store_forget(store, 8, &err));
	assert_non_null(strstr(err.text, "no session 8"));
	store_close(store);
}

static void a_reader_who_keeps_a_copy_is_told_before_anything_goes(void **state)
{
	struct store *store = filled("reader.db");
	struct store *other = store_open_at(store_path(store), STORE_WRITE, &err);
	struct rows rows = {0};
	int64_t number;

	(void)state;
	assert_true(store_run(other, "begin", &err));
	assert_true(store_number(other, "select count(*) from event", 0, &number, &err));
	store_patience(store, 10);
	assert_true(store_set(store, SLICE("key"), SLICE("other"), &err));
	assert_false(store_forget(store, 3, &err));
	assert_non_null(strstr(err.text, "another program"));
	assert_non_null(strstr(err.text, "nothing was removed"));
	assert_true(store_export(store, 3, take, &rows, &err));
	assert_int_equal(rows.count, 9);
	store_close(other);
	strbuf_release(&rows.text);
	store_close(store);
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

/* SQLite calls it by name. The power stays on here, and the tests are quick. */
int fdatasync(int fd)
{
	(void)fd;
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(export_leaves_no_table_out),
	        cmocka_unit_test(export_of_a_session_is_what_belongs_to_it),
	        cmocka_unit_test(what_is_forgotten_is_nowhere_in_the_bytes),
	        cmocka_unit_test(what_went_to_an_llm_goes_alone),
	        cmocka_unit_test(a_long_conversation_is_nowhere_either),
	        cmocka_unit_test(a_session_takes_nothing_of_another_with_it),
	        cmocka_unit_test(forgetting_what_is_not_there_is_told),
	        cmocka_unit_test(a_reader_who_keeps_a_copy_is_told_before_anything_goes),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
