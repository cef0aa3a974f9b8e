/* test_kill.c: the program is killed at any moment, two hundred times; each time what was shown is
 * in the log, and `play --resume` goes on with it to the end that was always coming.
 *
 * Runs $REHEARSE in a copy of the small world; tests/run sets both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "edge/file.h"
#include "edge/store_mine.h"

#define ROUNDS 200

static const char *const utterances[] = {
        "hi sam",
        "how did it feel from the front?",
        "",
        "you need to use cold call, it works for everyone else",
        "//not a command",
        "sounds like you've been carrying this a while",
        "three pupils gave 11 of the 14 answers",
        "what made you stop?",
        "mm",
        "you're lazy",
};
#define UTTERANCES (sizeof(utterances) / sizeof(*utterances))

/* In memory where that can be: killing asks nothing of a disk, and its syncs take a second a round.
 */
static char in_memory[] = "/dev/shm/rehearse-kill-XXXXXX";
static char on_disk[] = "/tmp/rehearse-kill-XXXXXX";
static const char *folder;
static struct arena arena;
static struct err err;
static struct strbuf straight; /* what the program says when nobody kills it */
static size_t turns_end; /* where its last turn ends in that */

struct child {
	pid_t pid;
	int in, out;
};

static struct child start(const char *const *args)
{
	struct child child;
	int in[2];
	int out[2];

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	child.pid = fork();
	assert_true(child.pid >= 0);
	if (child.pid == 0) {
		if (dup2(in[0], 0) < 0 || dup2(out[1], 1) < 0)
			_exit(126);
		close(in[0]);
		close(in[1]);
		close(out[0]);
		close(out[1]);
		execv("bin/rehearse", (char *const *)args);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	child.in = in[1];
	child.out = out[0];
	return child;
}

/* Everything that is still to be said, at once; a dead program does not hear it. */
static void say_from(const struct child *child, size_t first)
{
	struct strbuf all = {0};
	size_t i;

	for (i = first; i < UTTERANCES; i++) {
		strbuf_addz(&all, utterances[i]);
		strbuf_addc(&all, '\n');
	}
	assert_true(all.len == 0 || write(child->in, all.at, all.len) == (ssize_t)all.len);
	strbuf_release(&all);
}

/* Reads up to `most` bytes, or to the end. */
static void listen(const struct child *child, size_t most, struct strbuf *heard)
{
	char bytes[512];

	while (heard->len < most) {
		size_t want = most - heard->len < sizeof(bytes) ? most - heard->len : sizeof(bytes);
		ssize_t got = read(child->out, bytes, want);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		strbuf_add(heard, (struct slice){bytes, (size_t)got});
	}
}

static void finish(const struct child *child)
{
	close(child->in);
	close(child->out);
	waitpid(child->pid, NULL, 0);
}

/* Whole lines of turns and the end in what was heard, which must be those of the straight run. */
static size_t check_heard(const struct strbuf *heard)
{
	struct slice rest = strbuf_slice(heard);
	struct slice line;
	size_t turns = 0;

	while (slice_find(rest, SLICE("\n")) < rest.len && slice_cut(&rest, '\n', &line)) {
		if (slice_starts(line, SLICE("{\"event\":\"debrief\"")))
			continue; /* it speaks of the conversations before */
		if (slice_find(strbuf_slice(&straight), line) == straight.len)
			fail_msg("not said straight: %.*s", SLICE_ARGS(line));
		turns += slice_starts(line, SLICE("{\"event\":\"turn\""));
	}
	return turns;
}

/* The attempt that was left, by the log; 0 turns when nothing was kept. */
static size_t turns_kept(bool *finished)
{
	struct store *store = store_open_at(SLICE("data/rehearse/practice.db"), STORE_READ, &err);
	struct store_session *sessions;
	struct store_attempt attempt;
	struct store_session session;
	struct slice which;
	size_t count;

	if (!store)
		fail_msg("%s", err.text);
	*finished = false;
	assert_true(store_sessions(store, 1, &arena, &sessions, &count, &err));
	if (count == 0) {
		store_close(store);
		return 0;
	}
	which = slice_format(&arena, "%lld", (long long)sessions[0].id);
	assert_true(store_find(store, which, &arena, &session, &attempt, &err));
	*finished = attempt.ended != 0;
	store_close(store);
	return session.turns;
}

/* The end of some line of what is said until `end`: killed right there, what was just shown is in
 * the log or it is lost. */
static size_t line_end(size_t end, uint32_t chance)
{
	size_t at = chance % end;

	return at + slice_find(slice_sub(strbuf_slice(&straight), at, end), SLICE("\n")) + 1;
}

static uint32_t dice(uint32_t sides)
{
	static uint32_t state = 20261122;

	state = state * 1664525u + 1013904223u;
	return (state >> 8) % sides;
}

static const char *const play[] = {"rehearse", "play",     "hands", "--seed",
                                   "1",        "--format", "jsonl", NULL};
static const char *const resume[] = {"rehearse", "play", "--resume", "--format", "jsonl", NULL};

/* One life of the program, until it is killed or done. Gives the turns that are kept. */
static size_t live(size_t kept, bool kill_it, bool *finished)
{
	struct child child = start(kept ? resume : play);
	struct strbuf heard = {0};
	size_t most = SIZE_MAX;
	size_t shown;
	size_t now;

	say_from(&child, kept);
	if (kill_it) {
		/* With nothing more to come it says its debrief too; else it waits after the turns.
		 */
		if (dice(3) == 0) {
			close(child.in);
			child.in = -1;
			most = dice((uint32_t)straight.len);
		} else {
			most = dice((uint32_t)turns_end);
		}
		if (dice(2))
			most = line_end(child.in < 0 ? straight.len : turns_end, (uint32_t)most);
		listen(&child, most, &heard);
		kill(child.pid, SIGKILL);
	} else {
		close(child.in);
		child.in = -1;
		listen(&child, most, &heard);
	}
	finish(&child);
	shown = check_heard(&heard);
	strbuf_release(&heard);
	now = turns_kept(finished);
	if (now < shown)
		fail_msg("%zu turns were shown, %zu are kept", shown, now);
	assert_true(now >= kept);
	if (!kill_it)
		assert_int_equal(shown, UTTERANCES);
	return now;
}

static void forget_all(void)
{
	struct store *store = store_open_at(SLICE("data/rehearse/practice.db"), STORE_WRITE, &err);

	assert_non_null(store);
	assert_true(store_forget(store, 0, &err));
	store_close(store);
}

static void killed_at_any_moment_it_goes_on_with_every_turn_that_was_shown(void **state)
{
	int round;
	int kills = 0;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		bool finished = false;
		size_t kept = 0;
		int again;

		forget_all();
		for (again = (int)dice(2); again >= 0 && !finished; again--, kills++)
			kept = live(kept, true, &finished);
		if (!finished)
			kept = live(kept, false, &finished);
		assert_true(finished);
		assert_int_equal(kept, UTTERANCES);
		arena_clear(&arena);
	}
	assert_true(kills >= ROUNDS);
}

static int set_up(void **state)
{
	static const char *const unlogged[] = {"rehearse", "play",     "hands", "--seed",
	                                       "1",        "--format", "jsonl", NULL};
	struct child child;
	struct slice world;

	(void)state;
	arena_init(&arena);
	folder = mkdtemp(in_memory);
	if (!folder)
		folder = mkdtemp(on_disk);
	if (!getenv("REHEARSE") || !getenv("TOP") || !folder || chdir(folder))
		return -1;
	if (system(". \"$TOP/tests/world/enter\""))
		return -1;
	world = slice_format(&arena, "%s/data", folder);
	setenv("XDG_DATA_HOME", world.at, 1);
	signal(SIGPIPE, SIG_IGN);
	child = start(unlogged);
	say_from(&child, 0);
	close(child.in);
	child.in = -1;
	listen(&child, SIZE_MAX, &straight);
	finish(&child);
	turns_end = slice_find(strbuf_slice(&straight), SLICE("{\"event\":\"end\""));
	return check_heard(&straight) == UTTERANCES ? 0 : -1;
}

static int tear_down(void **state)
{
	struct slice command = slice_format(&arena, "rm -rf %s", folder);
	int failed = system(command.at);

	(void)state;
	strbuf_release(&straight);
	arena_release(&arena);
	return failed;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(killed_at_any_moment_it_goes_on_with_every_turn_that_was_shown),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
