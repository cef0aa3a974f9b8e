/* test_same.c: sieve and machine code change what is heard nowhere: not in the test lines of the
 * packs, not in what is said in tests/play.
 *
 *     build/tests/test_same corpus.tsv…     the same over the corpora's `prev_other` and `text` */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "edge/file.h"
#include "engine/detect.h"

static struct ruleset_builder *builder;
static const struct ruleset *ruleset;
static struct detector *plain; /* tries every pattern, interpreted */
static struct detector *fast;
static size_t heard; /* utterances */
static size_t found; /* detections */
static size_t gave_up; /* utterances in which patterns passed their limits: not compared */

static void load_rules(void)
{
	struct file_list list = {0};
	struct strbuf text = {0};
	struct diags diags = {0};
	struct arena arena;
	struct err err;
	size_t i;

	arena_init(&arena);
	builder = ruleset_builder_new();
	if (!file_find(SLICE("rules"), SLICE(".rules"), true, LIMIT_PACKS, &arena, &list, &err))
		fail_msg("%s", err.text);
	for (i = 0; i < list.count; i++) {
		strbuf_clear(&text);
		assert_true(file_read(list.items[i], LIMIT_FILE_BYTES, &text, &err));
		ruleset_add(builder, list.items[i], strbuf_slice(&text), 0, &diags);
	}
	ruleset = ruleset_link(builder, &diags);
	assert_int_equal(diags.errors, 0);
	plain = detector_new(ruleset, NULL);
	detector_plain(plain);
	detector_jit(plain, UINT32_MAX);
	fast = detector_new(ruleset, NULL);
	detector_jit(fast, 3);
	strbuf_release(&text);
	diags_release(&diags);
	arena_release(&arena);
}

static bool same_detection(const struct detection *a, const struct detection *b)
{
	return a->rule == b->rule && a->where.start == b->where.start &&
	       a->where.end == b->where.end && a->clause == b->clause && slice_eq(a->said, b->said);
}

/* Hears a conversation's lines, hers and the mentor's by turns, the last the mentor's. */
static void hear_both(const struct slice *lines, size_t count)
{
	struct history *before = history_new(ruleset->move_count);
	struct arena arena;
	size_t i;
	size_t k;

	arena_init(&arena);
	for (i = 0; i < count; i++) {
		struct detections with;
		struct detections without;

		if ((count - i) % 2 == 0) {
			history_ect(before, plain, lines[i]);
			continue;
		}
		detect(plain, lines[i], before, &arena, &without);
		detect(fast, lines[i], before, &arena, &with);
		history_mentor(before, &without);
		heard++;
		if (without.gave_up) {
			gave_up++;
			continue;
		}
		if (with.count != without.count || with.gave_up)
			fail_msg("%zu detections for %zu: %.*s", with.count, without.count,
			         SLICE_ARGS(lines[i]));
		for (k = 0; k < with.count; k++) {
			if (!same_detection(&with.items[k], &without.items[k]))
				fail_msg("detection %zu: %.*s", k, SLICE_ARGS(lines[i]));
		}
		found += with.count;
	}
	history_free(before);
	arena_release(&arena);
}

static void sieve_changes_nothing_in_the_test_lines_of_packs(void **state)
{
	size_t i;
	size_t k;

	(void)state;
	heard = found = gave_up = 0;
	for (i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves[i];

		for (k = 0; k < move->test_count; k++)
			hear_both(move->tests[k].lines, move->tests[k].line_count);
	}
	assert_true(heard > 1000);
	assert_true(found > 1000);
	assert_int_equal(gave_up, 0);
}

static void sieve_changes_nothing_in_played_conversations(void **state)
{
	struct file_list list = {0};
	struct strbuf text = {0};
	struct slice lines[2] = {{NULL, 0}, {NULL, 0}};
	struct arena arena;
	struct slice rest;
	struct err err;
	size_t i;

	(void)state;
	arena_init(&arena);
	heard = found = gave_up = 0;
	assert_true(file_find(SLICE("tests/play"), SLICE("stdin"), true, LIMIT_SCENARIOS, &arena,
	                      &list, &err));
	for (i = 0; i < list.count; i++) {
		strbuf_clear(&text);
		assert_true(file_read(list.items[i], LIMIT_FILE_BYTES, &text, &err));
		rest = strbuf_slice(&text);
		/* Each line answers the one before: that gives echoes. */
		while (slice_cut(&rest, '\n', &lines[1])) {
			if (utf8_invalid(lines[1]) == lines[1].len)
				hear_both(lines, 2);
			lines[0] = slice_copy(&arena, lines[1]);
		}
	}
	assert_true(heard > 50);
	strbuf_release(&text);
	arena_release(&arena);
}

static void hear_corpus(const char *path)
{
	struct strbuf text = {0};
	struct slice rest;
	struct slice line;
	struct err err;

	heard = found = gave_up = 0;
	if (!file_read(slice_of(path), LIMIT_GOLD_BYTES, &text, &err))
		fail_msg("%s", err.text);
	rest = strbuf_slice(&text);
	slice_cut(&rest, '\n', &line);
	while (slice_cut(&rest, '\n', &line)) {
		struct slice lines[2];
		struct slice cell;
		size_t i;

		for (i = 0; i < 3; i++)
			slice_cut(&line, '\t', &cell);
		lines[0] = lines[1] = SLICE("");
		slice_cut(&line, '\t', &lines[0]);
		slice_cut(&line, '\t', &lines[1]);
		hear_both(lines, 2);
	}
	printf("%s: %zu utterances, %zu detections, %zu with limits passed\n", path, heard, found,
	       gave_up);
	strbuf_release(&text);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(sieve_changes_nothing_in_the_test_lines_of_packs),
	        cmocka_unit_test(sieve_changes_nothing_in_played_conversations),
	};
	int status = 0;
	int i;

	load_rules();
	for (i = 1; i < argc; i++)
		hear_corpus(argv[i]);
	if (argc == 1)
		status = cmocka_run_group_tests(tests, NULL, NULL);
	detector_free(plain);
	detector_free(fast);
	ruleset_builder_free(builder);
	return status;
}
