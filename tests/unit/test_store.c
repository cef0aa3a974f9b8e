/* test_store.c: the practice log: what is written is read again, whoever may read it, and which
 * files are left alone. test_store_faults.c breaks the disk under it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "edge/file.h"
#include "edge/store_parts.h"

static char folder[] = "/tmp/rehearse-store-XXXXXX";
static struct arena arena;
static struct err err;

static struct slice in_folder(const char *name)
{
	return file_join(slice_of(folder), slice_of(name), &arena);
}

static struct store *opened(struct slice path)
{
	struct store *store = store_open_at(path, STORE_WRITE, &err);

	if (!store)
		fail_msg("%s", err.text);
	return store;
}

static const struct event events[] = {
        {EVENT_HEAR, {"how did it feel?", 16}, 0, 10},
        {EVENT_REPLY, {"Fine.", 5}, 0, 11},
        {EVENT_STRIKE, {"open_question", 13}, 1, 12},
        {EVENT_HINT, {"Wait.", 5}, 1, 13},
        {EVENT_HEAR, {"", 0}, 0, 14},
        {EVENT_END, {"", 0}, 0, 0},
};

static struct store_session a_session(void)
{
	return (struct store_session){.scenario = SLICE("same-three-hands"),
	                              .title = SLICE("The same three hands"),
	                              .name = SLICE("Sam"),
	                              .started = 1000};
}

static struct store_attempt an_attempt(void)
{
	return (struct store_attempt){.seed = UINT64_MAX,
	                              .scenario_hash = UINT64_C(0xfedcba9876543210),
	                              .rules_hash = 7,
	                              .program = SLICE("0.1"),
	                              .started = 1000};
}

static void begin(struct store *store, struct store_session *session, struct store_attempt *attempt)
{
	*session = a_session();
	*attempt = an_attempt();
	if (!store_begin_session(store, session, attempt, events, 2, &err))
		fail_msg("%s", err.text);
}

static void what_was_written_is_read_again(void **state)
{
	struct store *store = opened(in_folder("a/b/practice.db"));
	struct store_session session;
	struct store_session found;
	struct store_attempt attempt;
	struct store_attempt again;
	struct store_events read;
	size_t i;

	(void)state;
	begin(store, &session, &attempt);
	assert_int_equal(store_add_events(store, attempt.id, 2, events + 2, 4, &err), STORE_ADDED);
	store_close(store);
	store = opened(in_folder("a/b/practice.db"));
	assert_true(store_find(store, SLICE(""), &arena, &found, &again, &err));
	assert_int_equal(again.id, attempt.id);
	assert_int_equal(again.number, 1);
	assert_true(again.seed == UINT64_MAX);
	assert_true(again.scenario_hash == UINT64_C(0xfedcba9876543210));
	assert_true(again.ended == 0);
	assert_true(slice_is(found.scenario, "same-three-hands"));
	assert_int_equal(found.turns, 2);
	assert_true(store_load_events(store, again.id, &arena, &read, &err));
	assert_int_equal(read.count, 6);
	for (i = 0; i < 6; i++) {
		assert_int_equal(read.items[i].kind, events[i].kind);
		assert_true(slice_eq(read.items[i].text, events[i].text));
		assert_int_equal(read.items[i].number, events[i].number);
		assert_true(read.items[i].at == events[i].at);
	}
	store_close(store);
}

static void attempts_are_numbered_within_their_session(void **state)
{
	struct store *store = store_open_memory(&err);
	struct store_session one;
	struct store_session two;
	struct store_attempt first;
	struct store_attempt branch;
	struct store_attempt other;
	struct store_attempt *all;
	size_t count;

	(void)state;
	begin(store, &one, &first);
	begin(store, &two, &other);
	branch = an_attempt();
	branch.session = one.id;
	branch.parent = first.id;
	branch.shared = 1;
	assert_true(store_begin_attempt(store, &branch, events, 1, &err));
	assert_int_equal(branch.number, 2);
	assert_int_equal(other.number, 1);
	assert_true(store_attempts(store, one.id, &arena, &all, &count, &err));
	assert_int_equal(count, 2);
	assert_int_equal(all[1].parent, first.id);
	assert_int_equal(all[1].shared, 1);
	store_close(store);
}

static void an_attempt_is_found_by_what_people_write(void **state)
{
	struct store *store = store_open_memory(&err);
	struct store_session session;
	struct store_attempt first;
	struct store_attempt second = an_attempt();
	struct store_attempt found;

	(void)state;
	begin(store, &session, &first);
	second.session = session.id;
	assert_true(store_begin_attempt(store, &second, events, 2, &err));
	assert_true(store_find(store, SLICE("1"), &arena, &session, &found, &err));
	assert_int_equal(found.id, second.id);
	assert_true(store_find(store, SLICE("1.1"), &arena, &session, &found, &err));
	assert_int_equal(found.id, first.id);
	second.ended = 5;
	second.ending = SLICE("plan");
	assert_true(store_end_attempt(store, &second, &err));
	/* Gone back from, not left. */
	assert_true(first.ended == 0);
	assert_false(store_find(store, SLICE(""), &arena, &session, &found, &err));
	assert_non_null(strstr(err.text, "no unfinished"));
	assert_false(store_find(store, SLICE("1.3"), &arena, &session, &found, &err));
	assert_false(store_find(store, SLICE("2"), &arena, &session, &found, &err));
	assert_false(store_find(store, SLICE("1.x"), &arena, &session, &found, &err));
	assert_false(store_find(store, SLICE("1."), &arena, &session, &found, &err));
	assert_false(store_find(store, SLICE("x"), &arena, &session, &found, &err));
	assert_non_null(strstr(err.text, "is no session"));
	store_close(store);
}

static void two_who_go_on_with_one_attempt_do_not_mix(void **state)
{
	struct store *one = opened(in_folder("two.db"));
	struct store *two = opened(in_folder("two.db"));
	struct store_session session;
	struct store_attempt attempt;
	struct store_events read;

	(void)state;
	begin(one, &session, &attempt);
	assert_int_equal(store_add_events(two, attempt.id, 2, events + 4, 1, &err), STORE_ADDED);
	assert_int_equal(store_add_events(one, attempt.id, 2, events + 2, 2, &err), STORE_TAKEN);
	assert_true(store_load_events(one, attempt.id, &arena, &read, &err));
	assert_int_equal(read.count, 3);
	assert_true(store_drop_attempt(two, attempt.id, &err));
	assert_int_equal(store_add_events(one, attempt.id, 2, events + 2, 2, &err), STORE_GONE);
	store_close(one);
	store_close(two);
}

static void only_its_owner_may_read_it(void **state)
{
	struct store *store;
	struct store_session session;
	struct store_attempt attempt;
	struct stat info;

	(void)state;
	umask(0);
	store = opened(in_folder("own/practice.db"));
	begin(store, &session, &attempt);
	assert_int_equal(stat(in_folder("own").at, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	assert_int_equal(stat(in_folder("own/practice.db").at, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(stat(in_folder("own/practice.db-wal").at, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	store_close(store);
	chmod(in_folder("own/practice.db").at, 0644);
	store_close(opened(in_folder("own/practice.db")));
	assert_int_equal(stat(in_folder("own/practice.db").at, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
}

static void reading_makes_no_file(void **state)
{
	struct store *store = store_open_at(in_folder("none/practice.db"), STORE_READ, &err);
	struct store_session *sessions;
	size_t count;

	(void)state;
	assert_non_null(store);
	assert_true(store_sessions(store, 0, &arena, &sessions, &count, &err));
	assert_int_equal(count, 0);
	store_close(store);
	assert_int_equal(file_kind(in_folder("none"), NULL), FILE_NONE);
}

static void write_file(struct slice path, const char *bytes, size_t len)
{
	FILE *file = fopen(path.at, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

/* Opening fails with these words, and the file keeps its bytes. */
static void is_left_alone(struct slice path, const char *words)
{
	struct strbuf before = {0};
	struct strbuf after = {0};

	assert_true(file_read(path, 1 << 20, &before, &err));
	assert_null(store_open_at(path, STORE_WRITE, &err));
	assert_non_null(strstr(err.text, words));
	assert_non_null(strstr(err.text, path.at));
	assert_null(store_open_at(path, STORE_READ, &err));
	assert_non_null(strstr(err.text, words));
	assert_true(file_read(path, 1 << 20, &after, &err));
	assert_true(slice_eq(strbuf_slice(&before), strbuf_slice(&after)));
	strbuf_release(&before);
	strbuf_release(&after);
}

static void a_damaged_file_is_left_alone(void **state)
{
	struct slice path = in_folder("damaged.db");

	(void)state;
	write_file(path, "This is a letter to my mother, not a database. It goes on a while.\n",
	           67);
	is_left_alone(path, "is damaged");
}

static void a_log_cut_short_is_left_alone(void **state)
{
	struct slice path = in_folder("short.db");
	struct strbuf bytes = {0};

	(void)state;
	store_close(opened(path));
	assert_true(file_read(path, 1 << 20, &bytes, &err));
	write_file(path, bytes.at, 700);
	is_left_alone(path, "is damaged");
	strbuf_release(&bytes);
}

static void a_newer_log_is_left_alone(void **state)
{
	struct slice path = in_folder("newer.db");
	struct store *store = opened(path);

	(void)state;
	assert_true(store_run(store, "pragma user_version = 99", &err));
	store_close(store);
	is_left_alone(path, "newer rehearse");
}

static void a_database_of_another_program_is_left_alone(void **state)
{
	struct slice path = in_folder("other.db");
	struct store *store = opened(path);

	(void)state;
	assert_true(store_run(store, "pragma application_id = 1", &err));
	store_close(store);
	is_left_alone(path, "another program");
}

/* Root may write anything: somebody else tries. */
static void become(uid_t uid)
{
	if (getuid() == 0)
		assert_int_equal(seteuid(uid), 0);
}

static void a_log_that_may_not_be_written_is_read(void **state)
{
	struct slice path = in_folder("still/practice.db");
	struct store *store = opened(path);
	struct store_session session;
	struct store_attempt attempt;
	struct store_session *sessions;
	size_t count;

	(void)state;
	begin(store, &session, &attempt);
	store_close(store);
	chmod(folder, 0755);
	chmod(path.at, 0444);
	chmod(in_folder("still").at, 0555);
	become(65534);
	assert_null(store_open_at(path, STORE_WRITE, &err));
	assert_non_null(strstr(err.text, "permission denied"));
	store = store_open_at(path, STORE_READ, &err);
	if (!store)
		fail_msg("%s", err.text);
	assert_true(store_sessions(store, 0, &arena, &sessions, &count, &err));
	assert_int_equal(count, 1);
	assert_false(store_set(store, SLICE("key"), SLICE("value"), &err));
	assert_non_null(strstr(err.text, "may not be written"));
	store_close(store);
	become(0);
	chmod(in_folder("still").at, 0755);
}

static void a_home_that_may_not_be_written_is_told(void **state)
{
	(void)state;
	assert_int_equal(mkdir(in_folder("home").at, 0755), 0);
	chmod(folder, 0755);
	chmod(in_folder("home").at, 0555);
	become(65534);
	assert_null(store_open_at(in_folder("home/rehearse/practice.db"), STORE_WRITE, &err));
	become(0);
	assert_non_null(strstr(err.text, "home/rehearse"));
	assert_non_null(strstr(err.text, "permission denied"));
}

static void a_file_of_no_bytes_becomes_a_log(void **state)
{
	struct slice path = in_folder("empty.db");

	(void)state;
	write_file(path, "", 0);
	store_close(opened(path));
}

static void a_text_has_a_limit(void **state)
{
	struct store *store = store_open_memory(&err);
	char *text = mem_alloc(LIMIT_STORE_TEXT_BYTES + 1);

	(void)state;
	memset(text, 'x', LIMIT_STORE_TEXT_BYTES + 1);
	assert_true(store_set(store, SLICE("key"), (struct slice){text, 1000000}, &err));
	assert_false(store_set(store, SLICE("key"),
	                       (struct slice){text, LIMIT_STORE_TEXT_BYTES + 1}, &err));
	assert_non_null(strstr(err.text, "1048576 bytes"));
	free(text);
	store_close(store);
}

static void a_setting_is_what_was_last_set(void **state)
{
	struct store *store = store_open_memory(&err);

	(void)state;
	assert_null(store_setting(store, SLICE("key"), &arena).at);
	assert_true(store_set(store, SLICE("key"), SLICE("one"), &err));
	assert_true(store_set(store, SLICE("key"), SLICE("two"), &err));
	assert_true(slice_is(store_setting(store, SLICE("key"), &arena), "two"));
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

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_was_written_is_read_again),
	        cmocka_unit_test(attempts_are_numbered_within_their_session),
	        cmocka_unit_test(an_attempt_is_found_by_what_people_write),
	        cmocka_unit_test(two_who_go_on_with_one_attempt_do_not_mix),
	        cmocka_unit_test(only_its_owner_may_read_it),
	        cmocka_unit_test(reading_makes_no_file),
	        cmocka_unit_test(a_damaged_file_is_left_alone),
	        cmocka_unit_test(a_log_cut_short_is_left_alone),
	        cmocka_unit_test(a_newer_log_is_left_alone),
	        cmocka_unit_test(a_database_of_another_program_is_left_alone),
	        cmocka_unit_test(a_log_that_may_not_be_written_is_read),
	        cmocka_unit_test(a_home_that_may_not_be_written_is_told),
	        cmocka_unit_test(a_file_of_no_bytes_becomes_a_log),
	        cmocka_unit_test(a_text_has_a_limit),
	        cmocka_unit_test(a_setting_is_what_was_last_set),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
