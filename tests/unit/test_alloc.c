/* test_alloc.c: a load whose memory runs out at any point says so in one line and aborts; it never
 * goes on with a hole.
 *
 * A counting allocator stands in for malloc and friends, PCRE2's and cJSON's calls included, and
 * fails the N-th call, for every N until a load gets through. Each try is a process of its own. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/json.h"
#include "engine/detect.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

#ifndef SANITIZED
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static long calls;
static long fail_at;

static int fails(void)
{
	if (fail_at && ++calls == fail_at) {
		errno = ENOMEM;
		return 1;
	}
	return 0;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return fails() ? NULL : __libc_realloc(old, size);
}

static const char pack[] = "list feeling\n  tired  flat\n"
                           "move open_question\n  title Open\n  about Asks.\n  match ^(what|how)\n"
                           "    when words >= 2\n    unless \\blovely\\b\n"
                           "  yes How did it feel?\n  no What a lovely day.\n"
                           "move label\n  title Label\n  about Names.\n  match \\b{feeling}\\b\n"
                           "  yields open_question\n"
                           "framework m checklist\n  title M\n  item open_question\n";

/* Loads a pack, hears an utterance, reads a JSON line. */
static void load(void)
{
	struct ruleset_builder *builder = ruleset_builder_new();
	struct diags diags = {0};
	const struct ruleset *ruleset;
	struct detector *detector;
	struct history *history;
	struct detections found;
	struct arena arena;
	struct err err;

	arena_init(&arena);
	ruleset_add(builder, SLICE("p.rules"), slice_of(pack), 0, &diags);
	ruleset = ruleset_link(builder, &diags);
	detector = detector_new(ruleset, &diags);
	history = history_new(ruleset->move_count);
	history_ect(history, detector, SLICE("They were flat."));
	detect(detector, SLICE("So… flat? How did it feel?"), history, &arena, &found);
	history_free(history);
	detector_free(detector);
	ruleset_builder_free(builder);
	json_free(json_parse(SLICE("{\"text\": [\"a\", 1, true]}"), &err));
	diags_release(&diags);
	arena_release(&arena);
}

/* Runs a load that fails at allocation `at` (0: never) and gives its wait status; `said` receives
 * its stderr. */
static int try_load(long at, char *said, size_t size)
{
	int ends[2];
	int status;
	ssize_t got;
	size_t len = 0;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]);
		dup2(ends[1], STDERR_FILENO);
		signal(SIGABRT, SIG_DFL);
		signal(SIGSEGV, SIG_DFL);
		calls = 0;
		fail_at = at;
		load();
		_exit(fail_at && calls < fail_at ? 42 : 0);
	}
	close(ends[1]);
	while (len + 1 < size && (got = read(ends[0], said + len, size - 1 - len)) > 0)
		len += (size_t)got;
	said[len] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void alloc_failing_at_any_point_says_so_and_aborts(void **state)
{
	char said[512];
	long at;

	(void)state;
	assert_int_equal(try_load(0, said, sizeof(said)), 0);
	for (at = 1;; at++) {
		int status = try_load(at, said, sizeof(said));

		if (WIFEXITED(status) && WEXITSTATUS(status) == 42)
			break;
		/* A library may do without (a cache it could not get): then the load succeeds. */
		if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
			continue;
		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT)
			fail_msg("allocation %ld: status %d, said: %s", at, status, said);
		assert_string_equal(said, "rehearse: out of memory\n");
	}
	assert_true(at > 20);
}
#endif

int main(void)
{
#ifdef SANITIZED
	/* The sanitizer brings an allocator of its own. */
	puts("[  PASSED  ] 0 test(s).");
	return 0;
#else
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(alloc_failing_at_any_point_says_so_and_aborts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
#endif
}
