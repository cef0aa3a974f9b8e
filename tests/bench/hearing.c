/* hearing.c: what hearing costs: the program's way against a plain loop over the same patterns, and
 * with three and ten times the rules.
 *
 *     make bench                        the packs' own test lines and those of tests/play are heard
 *     make bench CORPUS=utterances.tsv  the columns `prev_other` and `text` of a corpus are
 *
 * All in this process, on the same input in the same order. Three or ten times the rules are
 * copies of all moves under which every word of four letters or more is another word of the packs
 * of the same length: the small words that hold talk together stay, as in a pack that a school
 * writes. Exit 1 when an aim is missed. */
#define _XOPEN_SOURCE 700
#include <stdio.h>
#include <time.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "edge/file.h"
#include "edge/out.h"
#include "engine/detect.h"

#define UTTERANCES 10000u
/* A plain loop takes long, and no other time an utterance for it. */
#define PLAIN_UTTERANCES 2000u

#define AIM_RATIO 10.0
#define AIM_TENFOLD 2.0

/* An utterance and the ECT's line before. */
struct heard_line {
	struct slice ect;
	struct slice mentor;
};

struct lines {
	struct arena arena;
	struct heard_line *items;
	size_t count;
	size_t cap;
};

static double now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void give_up(const struct err *err)
{
	out_err(err);
	exit(STATUS_TROUBLE);
}

/* What is heard. */

static void add_line(struct lines *lines, struct slice ect, struct slice mentor)
{
	if (utf8_invalid(mentor) < mentor.len || utf8_invalid(ect) < ect.len)
		return;
	lines->items = arena_grow(&lines->arena, lines->items, &lines->cap, lines->count + 1,
	                          sizeof(*lines->items));
	lines->items[lines->count++] = (struct heard_line){slice_copy(&lines->arena, ect),
	                                                   slice_copy(&lines->arena, mentor)};
}

static void add_tests(struct lines *lines, const struct ruleset *ruleset)
{
	size_t i;
	size_t k;

	for (i = 0; i < ruleset->move_count; i++) {
		for (k = 0; k < ruleset->moves[i]->test_count; k++) {
			const struct rule_test *test = &ruleset->moves[i]->tests[k];
			size_t last = test->line_count - 1;

			add_line(lines, last ? test->lines[last - 1] : SLICE(""),
			         test->lines[last]);
		}
	}
}

static void read_whole(struct slice path, struct strbuf *text)
{
	struct err err;

	strbuf_clear(text);
	if (!file_read(path, LIMIT_GOLD_BYTES, text, &err))
		give_up(&err);
}

/* Each line answers the one before it. */
static void add_plays(struct lines *lines)
{
	struct file_list list = {0};
	struct strbuf text = {0};
	struct slice last = SLICE("");
	struct slice line;
	struct err err;
	size_t i;

	if (!file_find(SLICE("tests/play"), SLICE("stdin"), true, LIMIT_SCENARIOS, &lines->arena,
	               &list, &err))
		give_up(&err);
	for (i = 0; i < list.count; i++) {
		struct slice rest;

		read_whole(list.items[i], &text);
		rest = slice_copy(&lines->arena, strbuf_slice(&text));
		while (slice_cut(&rest, '\n', &line)) {
			add_line(lines, last, line);
			last = line;
		}
	}
	strbuf_release(&text);
}

static void add_corpus(struct lines *lines, struct slice path)
{
	struct strbuf text = {0};
	struct slice rest;
	struct slice row;

	read_whole(path, &text);
	rest = strbuf_slice(&text);
	slice_cut(&rest, '\n', &row);
	while (slice_cut(&rest, '\n', &row)) {
		struct slice cells[5] = {{NULL, 0}};
		size_t i;

		for (i = 0; i < 5; i++)
			slice_cut(&row, '\t', &cells[i]);
		add_line(lines, cells[3], cells[4]);
	}
	strbuf_release(&text);
}

/* More rules. */

struct words {
	bool unsaid; /* instead of another word, none */
	struct slice *items; /* by length, then as met */
	size_t count;
	size_t cap;
};

/* Cuts the next word of a pattern off, to be exchanged for another; escapes, names and what stands
 * in braces are none. */
static bool next_word(struct slice pattern, size_t *at, struct slice *word)
{
	while (*at < pattern.len) {
		char byte = pattern.at[*at];
		size_t end = *at;

		if (byte == '\\') {
			*at += 2;
		} else if (byte == '{' || byte == '[' ||
		           slice_starts(slice_sub(pattern, *at, pattern.len), SLICE("(?<"))) {
			char close = byte == '{' ? '}' : byte == '[' ? ']' : '>';

			while (++*at < pattern.len &&
			       !strchr(close == '>' ? ">=!" : (char[]){close, 0}, pattern.at[*at]))
				;
		} else if (ascii_is_lower(byte)) {
			while (end < pattern.len && ascii_is_lower(pattern.at[end]))
				end++;
			*word = slice_sub(pattern, *at, end);
			*at = end;
			if (word->len >= 2)
				return true;
		} else {
			++*at;
		}
	}
	return false;
}

static int by_length(const void *left, const void *right)
{
	const struct slice *a = left;
	const struct slice *b = right;

	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return slice_compare(*a, *b);
}

static void add_words(struct words *words, struct slice pattern, struct arena *arena)
{
	struct slice word;
	size_t at = 0;

	while (next_word(pattern, &at, &word)) {
		words->items = arena_grow(arena, words->items, &words->cap, words->count + 1,
		                          sizeof(*words->items));
		words->items[words->count++] = word;
	}
}

static void sort_words(struct words *words)
{
	size_t count = 0;
	size_t i;

	qsort(words->items, words->count, sizeof(*words->items), by_length);
	for (i = 0; i < words->count; i++) {
		if (count == 0 || !slice_eq(words->items[count - 1], words->items[i]))
			words->items[count++] = words->items[i];
	}
	words->count = count;
}

/* The word so many places on among those of its length. */
static struct slice other_word(const struct words *words, struct slice word, size_t shift)
{
	const struct slice *found =
	        bsearch(&word, words->items, words->count, sizeof(*words->items), by_length);
	size_t at = (size_t)(found - words->items);
	size_t first = at;
	size_t end = at;

	while (first > 0 && words->items[first - 1].len == word.len)
		first--;
	while (end < words->count && words->items[end].len == word.len)
		end++;
	return words->items[first + (at - first + shift) % (end - first)];
}

static void add_unsaid(struct strbuf *text, struct slice word, size_t shift)
{
	size_t i;

	for (i = 0; i < word.len; i++)
		strbuf_addc(text, (char)('a' + ((size_t)(word.at[i] - 'a') + 2 * shift) % 26));
}

static struct pattern vary(struct pattern pattern, const struct words *words, size_t shift,
                           struct arena *arena)
{
	struct strbuf text = {0};
	struct slice word;
	size_t done = 0;
	size_t at = 0;

	while (next_word(pattern.text, &at, &word)) {
		strbuf_add(&text, slice_sub(pattern.text, done, at - word.len));
		if (words->unsaid)
			add_unsaid(&text, word, shift);
		else
			strbuf_add(&text, other_word(words, word, shift));
		done = at;
	}
	strbuf_add(&text, slice_sub(pattern.text, done, pattern.text.len));
	pattern.text = slice_copy(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return pattern;
}

static const struct pattern *vary_all(const struct pattern *patterns, size_t count,
                                      const struct words *words, size_t shift, struct arena *arena)
{
	struct pattern *varied = ARENA_ARRAY(arena, struct pattern, count);
	size_t i;

	for (i = 0; i < count; i++)
		varied[i] = vary(patterns[i], words, shift, arena);
	return varied;
}

static const struct move *const *shifted(const struct move *const *moves, size_t count,
                                         struct move *copies, struct arena *arena)
{
	const struct move **to = ARENA_ARRAY(arena, const struct move *, count);
	size_t i;

	for (i = 0; i < count; i++)
		to[i] = &copies[moves[i]->index];
	return to;
}

static void copy_move(const struct ruleset *ruleset, size_t index, struct move *copies,
                      size_t shift, const struct words *words, struct arena *arena)
{
	const struct move *move = ruleset->moves[index];
	struct move *copy = &copies[index];
	const struct rule **rules = ARENA_ARRAY(arena, const struct rule *, move->rule_count);
	size_t i;

	*copy = *move;
	copy->index += (uint32_t)(shift * ruleset->move_count);
	copy->rules = rules;
	copy->rule_count = 0;
	copy->unless = vary_all(move->unless, move->unless_count, words, shift, arena);
	copy->yields = shifted(move->yields, move->yield_count, copies, arena);
	copy->needs = shifted(move->needs, move->need_count, copies, arena);
	for (i = 0; i < move->rule_count; i++) {
		struct rule *rule = ARENA_NEW(arena, struct rule);
		struct slice word;
		size_t at = 0;

		*rule = *move->rules[i];
		if (shift && !next_word(rule->match.text, &at, &word))
			continue;
		rule->move = copy;
		rule->match = vary(rule->match, words, shift, arena);
		rule->unless = vary_all(rule->unless, rule->unless_count, words, shift, arena);
		rules[copy->rule_count++] = rule;
	}
}

/* The same moves so many times, the first as they are. */
static struct ruleset multiply(const struct ruleset *ruleset, size_t times, bool unsaid,
                               struct arena *arena)
{
	struct ruleset larger = *ruleset;
	struct words words = {.unsaid = unsaid};
	const struct move **moves;
	size_t i;
	size_t k;

	for (i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves[i];
		size_t j;

		for (k = 0; k < move->unless_count; k++)
			add_words(&words, move->unless[k].text, arena);
		for (k = 0; k < move->rule_count; k++) {
			add_words(&words, move->rules[k]->match.text, arena);
			for (j = 0; j < move->rules[k]->unless_count; j++)
				add_words(&words, move->rules[k]->unless[j].text, arena);
		}
	}
	sort_words(&words);
	larger.move_count *= times;
	moves = ARENA_ARRAY(arena, const struct move *, larger.move_count);
	larger.moves = moves;
	for (k = 0; k < times; k++) {
		struct move *copies = ARENA_ARRAY(arena, struct move, ruleset->move_count);

		for (i = 0; i < ruleset->move_count; i++) {
			copy_move(ruleset, i, copies, k, &words, arena);
			moves[k * ruleset->move_count + i] = &copies[i];
		}
	}
	return larger;
}

/* Measuring. */

/* Microseconds an utterance. */
static double hear(struct detector *detector, const struct lines *lines, size_t count,
                   size_t *found)
{
	struct history *before = history_new(detector_ruleset(detector)->move_count);
	struct detections heard;
	struct arena arena;
	double start = now_us();
	size_t i;

	arena_init(&arena);
	*found = 0;
	for (i = 0; i < count; i++) {
		const struct heard_line *line = &lines->items[i % lines->count];

		history_clear(before);
		history_ect(before, detector, line->ect);
		detect(detector, line->mentor, before, &arena, &heard);
		*found += heard.count;
		arena_clear(&arena);
	}
	history_free(before);
	arena_release(&arena);
	return (now_us() - start) / (double)count;
}

enum way { FAST, PLAIN, PLAIN_JIT };

struct result {
	double first; /* from the first utterance on, with compiling */
	double later;
	size_t found;
};

static struct result measure(const struct ruleset *ruleset, const struct lines *lines, enum way way)
{
	struct detector *detector = detector_new(ruleset, NULL);
	size_t count = way == FAST ? UTTERANCES : PLAIN_UTTERANCES;
	struct result result;

	if (way != FAST)
		detector_plain(detector);
	if (way == PLAIN)
		detector_jit(detector, UINT32_MAX);
	if (way == PLAIN_JIT)
		detector_jit(detector, 0);
	result.first = hear(detector, lines, count, &result.found);
	result.later = hear(detector, lines, count, &result.found);
	detector_free(detector);
	return result;
}

static void print(const char *what, const struct result *result, const struct result *base)
{
	printf("  %-36s %9.1f %9.1f %9.2f\n", what, result->first, result->later,
	       result->later / base->later);
}

static bool judge(const char *what, double value, bool met, double aim)
{
	printf("  %-36s %9.2f, aim %g%s\n", what, value, aim, met ? "" : ": missed");
	return met;
}

static struct result measure_many(const struct ruleset *ruleset, size_t times, bool unsaid,
                                  const struct lines *lines)
{
	struct arena arena;
	struct ruleset larger;
	struct result result;

	arena_init(&arena);
	larger = multiply(ruleset, times, unsaid, &arena);
	result = measure(&larger, lines, FAST);
	arena_release(&arena);
	return result;
}

static bool run(const struct ruleset *ruleset, const struct lines *lines)
{
	struct result fast = measure(ruleset, lines, FAST);
	struct result three = measure_many(ruleset, 3, true, lines);
	struct result ten = measure_many(ruleset, 10, true, lines);
	struct result three_other = measure_many(ruleset, 3, false, lines);
	struct result ten_other = measure_many(ruleset, 10, false, lines);
	struct result plain = measure(ruleset, lines, PLAIN);
	struct result jit = measure(ruleset, lines, PLAIN_JIT);
	bool met;

	printf("\nhearing %u of %zu utterances, us each   at first     later     times\n",
	       UTTERANCES, lines->count);
	print("as the program does it", &fast, &fast);
	print("3 times the rules, words unsaid", &three, &fast);
	print("10 times the rules, words unsaid", &ten, &fast);
	print("3 times the rules, other words", &three_other, &fast);
	print("10 times the rules, other words", &ten_other, &fast);
	print("every pattern, interpreted", &plain, &fast);
	print("every pattern, machine code", &jit, &fast);
	puts("\naims");
	met = judge("times faster than the plain loop", jit.later / fast.later,
	            jit.later >= AIM_RATIO * fast.later, AIM_RATIO);
	return judge("10 times the rules, words unsaid", ten.later / fast.later,
	             ten.later <= AIM_TENFOLD * fast.later, AIM_TENFOLD) &&
	       met;
}

int main(int argc, char **argv)
{
	struct ruleset_builder *builder = ruleset_builder_new();
	struct lines lines = {0};
	struct file_list list = {0};
	struct strbuf text = {0};
	struct diags diags = {0};
	const struct ruleset *ruleset;
	struct err err;
	bool met;
	int i;

	out_init();
	if (!file_find(SLICE("rules"), SLICE(".rules"), true, LIMIT_PACKS, &lines.arena, &list,
	               &err))
		give_up(&err);
	for (i = 0; i < (int)list.count; i++) {
		read_whole(list.items[i], &text);
		ruleset_add(builder, list.items[i], strbuf_slice(&text), 0, &diags);
	}
	ruleset = ruleset_link(builder, &diags);
	for (i = 1; i < argc; i++)
		add_corpus(&lines, slice_of(argv[i]));
	if (argc < 2) {
		add_tests(&lines, ruleset);
		add_plays(&lines);
	}
	met = run(ruleset, &lines);
	ruleset_builder_free(builder);
	diags_release(&diags);
	strbuf_release(&text);
	arena_release(&lines.arena);
	return met ? STATUS_FINE : STATUS_FINDINGS;
}
