/* test_store_faults.c: the disk fails under the practice log: each write and each sync in turn,
 * once or from then on. What the journal called safe is there afterwards, the file is sound, and
 * the mentor is told in one sentence.
 *
 * SQLite lets its system calls be replaced; fdatasync and fsync, which it calls by name, are ours
 * in this program. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "edge/file.h"
#include "edge/journal.h"
#include "edge/record.h"
#include "edge/store_parts.h"
#include "small_world.h"

enum fault { FAULT_NONE, FAULT_WRITE, FAULT_SYNC };

static struct {
	enum fault kind;
	long left; /* calls of that kind until it happens */
	bool lasting; /* it goes on happening */
	int error;
	bool short_write; /* half of it is written first */
	long happened;
} fault;

static bool fails(enum fault kind)
{
	if (fault.kind != kind)
		return false;
	if (fault.left > 0) {
		fault.left--;
		return false;
	}
	if (!fault.lasting && fault.happened)
		return false;
	fault.happened++;
	errno = fault.error;
	return true;
}

static ssize_t faulty_pwrite(int fd, const void *bytes, size_t count, off_t at)
{
	if (fails(FAULT_WRITE)) {
		if (fault.short_write && count > 1)
			return syscall(SYS_pwrite64, fd, bytes, count / 2, at);
		return -1;
	}
	return syscall(SYS_pwrite64, fd, bytes, count, at);
}

/* The power stays on here: what need not fail need not be done. */
int fdatasync(int fd)
{
	(void)fd;
	return fails(FAULT_SYNC) ? -1 : 0;
}

int fsync(int fd)
{
	(void)fd;
	return fails(FAULT_SYNC) ? -1 : 0;
}

static char folder[] = "/tmp/rehearse-faults-XXXXXX";
static struct world world;
static struct arena arena;
static struct err err;

/* What a conversation went through. */
struct run {
	struct slice path;
	uint32_t safe; /* turns of the last attempt that the journal called safe */
	size_t told; /* times the mentor was told that the log fails */
	bool safe_at_the_end;
};

static void count_words(struct strbuf *words, struct run *run)
{
	run->told += words->len && strstr(words->at, "goes on in memory") != NULL;
	strbuf_clear(words);
}

/* Six turns with one step back, over a log that may fail at any moment. */
static void converse(struct run *run)
{
	static const char *const lines[] = {"how was it", "mm", "you're lazy",
	                                    "why though", "",   "what now"};
	struct journal_about about = {
	        .scenario = scenario_of(world.file), .ruleset = world.ruleset, .seed = 1};
	struct session *session = world_session(&world, 1);
	struct store *store = store_open_at(run->path, STORE_WRITE, &err);
	struct journal *journal = journal_new(&about, store);
	struct strbuf words = {0};
	size_t i;

	if (!store)
		run->told++;
	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		const struct turn *turn = session_hear(session, slice_of(lines[i]), 0);

		session_reply(session, turn->line);
		journal_keep(journal, session, &words);
		count_words(&words, run);
		if (journal_is_safe(journal, session))
			run->safe = (uint32_t)session_turns(session);
		if (i == 3) {
			session_rewind(session, 4);
			journal_branch(journal, session, 4, &words);
			count_words(&words, run);
			if (journal_is_safe(journal, session))
				run->safe = (uint32_t)session_turns(session);
		}
	}
	run->safe_at_the_end = journal_is_safe(journal, session);
	journal_free(journal);
	session_free(session);
	strbuf_release(&words);
}

/* The disk is well again: what was called safe is there, in a sound file. */
static void check(const struct run *run)
{
	struct store *store;
	struct record record;
	struct query query;
	uint32_t turns = 0;
	size_t i;

	fault.kind = FAULT_NONE;
	store = store_open_at(run->path, STORE_WRITE, &err);
	if (!store)
		fail_msg("%s", err.text);
	query_open(&query, store, "pragma integrity_check");
	assert_true(query_row(&query));
	assert_true(slice_is(query_text(&query, 0, &arena), "ok"));
	assert_true(query_close(&query, &err));
	if (run->safe) {
		if (!record_load(store, SLICE(""), &record, &err))
			fail_msg("%s", err.text);
		for (i = 0; i < record.events.count; i++)
			turns += record.events.items[i].kind == EVENT_HEAR;
		assert_true(turns >= run->safe);
		record_release(&record);
	}
	store_close(store);
}

/* Lets the n-th call fail, for each n until a run meets no fault any more. */
static void each_in_turn(enum fault kind, int error, bool lasting, bool short_write)
{
	long n;

	for (n = 0;; n++) {
		struct run run = {.path = file_join(slice_of(folder),
		                                    slice_format(&arena, "%d-%d-%d-%d-%ld.db", kind,
		                                                 error, lasting, short_write, n),
		                                    &arena)};

		fault.kind = kind;
		fault.left = n;
		fault.lasting = lasting;
		fault.error = error;
		fault.short_write = short_write;
		fault.happened = 0;
		converse(&run);
		if (fault.happened == 0)
			break;
		assert_true(run.told <= 1);
		if (!run.safe_at_the_end)
			assert_int_equal(run.told, 1);
		check(&run);
	}
	assert_true(n > 10);
	assert_true(n < 400);
	fault.kind = FAULT_NONE;
}

static void a_failing_write_loses_nothing_that_was_safe(void **state)
{
	(void)state;
	each_in_turn(FAULT_WRITE, EIO, false, false);
}

static void a_disk_full_from_some_write_on_loses_nothing_that_was_safe(void **state)
{
	(void)state;
	each_in_turn(FAULT_WRITE, ENOSPC, true, false);
}

static void half_a_write_loses_nothing_that_was_safe(void **state)
{
	(void)state;
	each_in_turn(FAULT_WRITE, ENOSPC, true, true);
}

static void a_failing_sync_loses_nothing_that_was_safe(void **state)
{
	(void)state;
	each_in_turn(FAULT_SYNC, EIO, false, false);
}

static void a_full_disk_is_called_so(void **state)
{
	struct slice path = file_join(slice_of(folder), SLICE("full.db"), &arena);
	struct store *store = store_open_at(path, STORE_WRITE, &err);

	(void)state;
	assert_non_null(store);
	fault.kind = FAULT_WRITE;
	fault.left = 0;
	fault.lasting = true;
	fault.error = ENOSPC;
	assert_false(store_set(store, SLICE("key"), SLICE("value"), &err));
	assert_non_null(strstr(err.text, "the disk is full"));
	assert_non_null(strstr(err.text, path.at));
	fault.kind = FAULT_NONE;
	assert_true(store_set(store, SLICE("key"), SLICE("value"), &err));
	store_close(store);
}

static int set_up(void **state)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);

	(void)state;
	arena_init(&arena);
	world_init(&world);
	if (vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)faulty_pwrite) ||
	    vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)faulty_pwrite))
		return -1;
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct slice command = slice_format(&arena, "rm -rf %s", folder);
	int failed = system(command.at);

	(void)state;
	world_release(&world);
	arena_release(&arena);
	return failed;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_failing_write_loses_nothing_that_was_safe),
	        cmocka_unit_test(a_disk_full_from_some_write_on_loses_nothing_that_was_safe),
	        cmocka_unit_test(half_a_write_loses_nothing_that_was_safe),
	        cmocka_unit_test(a_failing_sync_loses_nothing_that_was_safe),
	        cmocka_unit_test(a_full_disk_is_called_so),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
