/* test_sieve.c: the sieve spares patterns that cannot match, and none that does; machine code and
 * interpreter give one verdict. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "load/regex.h"
#include "load/sieve.h"

static bool passes(const struct sieve *sieve, struct slice text, size_t index, struct arena *arena)
{
	uint64_t *pass = ARENA_ARRAY(arena, uint64_t, sieve_words(sieve));

	sieve_pass(sieve, sieve_scratch_new(sieve, arena), text, pass);
	return (pass[index / 64] >> (index % 64) & 1) != 0;
}

/* Whether the pattern would be tried on the text. */
static bool is_tried(const char *pattern, const char *text)
{
	struct slice patterns[] = {SLICE("never|there"), slice_of(pattern)};
	struct arena arena;
	bool tried;

	arena_init(&arena);
	tried = passes(sieve_new(patterns, 2, &arena), slice_of(text), 1, &arena);
	arena_release(&arena);
	return tried;
}

static void sieve_spares_patterns_that_cannot_match(void **state)
{
	(void)state;
	assert_false(is_tried("\\bsounds? (?:tough|hard)\\b", "you look tired"));
	assert_false(is_tried("(?:tired|flat|worn out).*", "you look well"));
	assert_false(is_tried("^\\W*(?<here>really)+ [a-z]+", "you look well"));
	assert_false(is_tried("(?!not )so(?:me)?thing", "you look well"));
	assert_false(is_tried("ab{2}cd", "a bc"));
	/* Each needle is there, but not together. */
	assert_false(is_tried("how (?:did|was)", "how it was"));
	assert_false(is_tried("sad.*so|glad.*yet", "sad, yet"));
	/* Within words. */
	assert_false(is_tried("\\bart\\b", "start party"));
	assert_false(is_tried("\\bi\\b", "it is"));
	assert_false(is_tried("(?=.*tired)you", "you look well"));
	assert_false(is_tried("\\d ticks", "some ticks"));
	assert_false(is_tried("no[wt] ", "no way"));
	assert_false(is_tried("^\\W*(?:so[, ]+)*art\\W+is", "start is"));
	assert_false(is_tried("so\\W*$", "sofa"));
	assert_false(is_tried("f+u+n", "fan"));
}

static void sieve_never_spares_a_pattern_that_matches(void **state)
{
	static const char *const pairs[][2] = {
	        {"sounds? good", "it sound good"},
	        {"(?:tired)?|flat", "x"},
	        {"colou*r", "color"},
	        {"(?i)TIRED", "tired"},
	        {"(?:a|b)c", "bc"},
	        {"[a-z]{2}", "ok"},
	        {"[]a]b", "]b"},
	        {"[^]]b", "ab"},
	        {"[a\\]]b", "]b"},
	        {"[\\w]b", "ab"},
	        {"[ab-]c", "-c"},
	        {"(?<!x)ab(?=c)(?!d)", "abc"},
	        {"(?#comment)ab", "ab"},
	        {"(?(?=a)ab|cd)", "cd"},
	        {"\\Qa|b\\E", "a|b"},
	        {"a\\.b", "a.b"},
	        {"\\x41|b", "A"},
	        {"(*ACCEPT)xyz", ""},
	        {"caf\xc3\xa9? ok", "caf ok"},
	        {"(?:really ){0,2}so", "so"},
	        {"(abc){0}d", "d"},
	        {"\\p{L}\\pLx?", "ab"},
	        {"(a)\\1b", "aab"},
	        {"(?'q'ab)c", "abc"},
	        {"a{,2}b", "a{,2}b"},
	        {"(?|ab|cd)e", "cde"},
	        {"|abc", ""},
	        {"(?:abc|)d", "d"},
	        {"mm++", "mm"},
	        {"(?x) a b ", "ab"},
	        {"\\bcaf\xc3\xa9\\b", "un caf\xc3\xa9."},
	        {"\\bso\\b", "\xe2\x80\xa6so\xe2\x80\xa6"},
	        {"\\b'tis", "x'tis"},
	        {"a\\b", "a"},
	        {"\\d", "\xd9\xa3"},
	        {"a longer needle than is kept\\b", "a longer needle than is kept"},
	        {"(?:\\ba|b\\b) c", "a c"},
	        {"x\\b\\b y", "x y"},
	        {"(?=a|b)\\w", "b"},
	        {"(?=a)?b", "b"},
	        {"a]b}c", "a]b}c"},
	        {"^\\W*(?:so[, ]+)*art", "so, so art"},
	        {"^\\W*(?:so)*art", "soart"},
	        {"x\\W*art", "xart"},
	        {"(?:\\W*|x)art", "xart"},
	        {"(?:^|x)\\W*art", "xart"},
	        {"so\\W*$", "so\n"},
	        {"so\\W+", "so\xe2\x80\xa6"},
	        {"^\\W*'tis", "'tis"},
	        {"f+u+n", "ffuun"},
	        {"(?:ab|c)+d", "cabd"},
	        {"a\\W?\\w", "ab"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (!is_tried(pairs[i][0], pairs[i][1]))
			fail_msg("not tried: %s on %s", pairs[i][0], pairs[i][1]);
	}
}

static void sieve_passes_an_unknown_pattern_always_and_a_missing_one_never(void **state)
{
	struct slice patterns[] = {SLICE("(?i)x"), {NULL, 0}, SLICE("\\w+"), SLICE("flat")};
	const struct sieve *sieve;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	sieve = sieve_new(patterns, 4, &arena);
	assert_true(sieve_always(sieve, 0));
	assert_false(sieve_always(sieve, 1));
	assert_true(sieve_always(sieve, 2));
	assert_false(sieve_always(sieve, 3));
	assert_true(passes(sieve, SLICE(""), 0, &arena));
	assert_false(passes(sieve, SLICE("flat x"), 1, &arena));
	assert_true(passes(sieve, SLICE("flat x"), 3, &arena));
	assert_true(passes(sieve_new(NULL, 0, &arena), SLICE("x"), 0, &arena) == false ||
	            sieve_words(sieve) == 1);
	arena_release(&arena);
}

/* Chance that comes out the same every time (xorshift). */
static uint64_t chance;

static size_t pick(size_t below)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return (size_t)(chance % below);
}

static void add_words(struct strbuf *text, size_t most)
{
	static const char *const words[] = {"a",
	                                    "b",
	                                    "ab",
	                                    "ba",
	                                    "abc",
	                                    "so",
	                                    "how",
	                                    "did",
	                                    "was",
	                                    "\xc3\xa9",
	                                    "3",
	                                    "'",
	                                    ",",
	                                    "?",
	                                    " ",
	                                    " ",
	                                    "i",
	                                    "you",
	                                    "_",
	                                    "feel",
	                                    "tired",
	                                    "x",
	                                    "\xe2\x80\xa6",
	                                    "-"};
	size_t count = pick(most) + 1;

	while (count--)
		strbuf_addz(text, words[pick(sizeof(words) / sizeof(words[0]))]);
}

static void add_pattern(struct strbuf *out, unsigned depth);

static void add_atom(struct strbuf *out, unsigned depth)
{
	static const char *const simple[] = {"\\b",
	                                     "\\w",
	                                     "\\W*",
	                                     ".",
	                                     "[ab]",
	                                     "[^a]",
	                                     "\\d",
	                                     "^",
	                                     "$",
	                                     "\\.",
	                                     "\\?",
	                                     "\\p{L}",
	                                     "[a-c,]",
	                                     "\\S",
	                                     "[, ]+",
	                                     "(?=a)",
	                                     "(?!b)",
	                                     "(?<=a)",
	                                     "\\B",
	                                     "so",
	                                     "how ",
	                                     "did",
	                                     "a",
	                                     "b",
	                                     "ab",
	                                     "you",
	                                     " ",
	                                     "\xc3\xa9",
	                                     "tired",
	                                     "feel",
	                                     "i",
	                                     "'?",
	                                     "\\b",
	                                     "(?<!so)",
	                                     "\\W+",
	                                     "^\\W*",
	                                     "\\W",
	                                     "\\W*$",
	                                     "[, ]",
	                                     "so+",
	                                     "(?:so[ ,]+)*",
	                                     "(?:how\\W+)?"};
	static const char *const opens[] = {"(?:", "(?:", "(?:", "(", "(?=", "(?>", "(?!", "(?|"};

	if (depth == 0 || pick(3)) {
		strbuf_addz(out, simple[pick(sizeof(simple) / sizeof(simple[0]))]);
		return;
	}
	strbuf_addz(out, opens[pick(sizeof(opens) / sizeof(opens[0]))]);
	add_pattern(out, depth - 1);
	strbuf_addc(out, ')');
}

static void add_pattern(struct strbuf *out, unsigned depth)
{
	static const char *const after[] = {"",  "",  "",    "",      "",   "?",
	                                    "*", "+", "{2}", "{0,2}", "*?", "++"};
	size_t branches = pick(3) + 1;
	size_t i;

	for (i = 0; i < branches; i++) {
		size_t atoms = pick(4) + 1;

		if (i)
			strbuf_addc(out, '|');
		while (atoms--) {
			add_atom(out, depth);
			strbuf_addz(out, after[pick(sizeof(after) / sizeof(after[0]))]);
		}
	}
}

#define PATTERNS 64u
#define ROUNDS 80u
#define TEXTS 40u

/* Patterns that compile, and texts of the same words: whatever matches passes. Returns how many
 * matched. */
static size_t try_round(size_t *spared)
{
	struct regex_scratch *scratch = regex_scratch_new();
	struct regex *regexes[PATTERNS] = {NULL};
	struct slice patterns[PATTERNS];
	const struct sieve *sieve;
	struct regex_error error;
	struct arena arena;
	struct strbuf text = {0};
	size_t matched = 0;
	size_t i;
	size_t k;

	arena_init(&arena);
	for (i = 0; i < PATTERNS; i++) {
		while (!regexes[i]) {
			strbuf_clear(&text);
			add_pattern(&text, 3);
			regexes[i] = regex_new(strbuf_slice(&text), &error);
		}
		patterns[i] = slice_copy(&arena, strbuf_slice(&text));
	}
	sieve = sieve_new(patterns, PATTERNS, &arena);
	for (k = 0; k < TEXTS; k++) {
		struct span where;

		strbuf_clear(&text);
		add_words(&text, 12);
		for (i = 0; i < PATTERNS; i++) {
			bool yes = regex_find(regexes[i], scratch, strbuf_slice(&text), 0,
			                      &where) == REGEX_YES;
			bool tried = passes(sieve, strbuf_slice(&text), i, &arena);

			if (yes && !tried)
				fail_msg("not tried: %s on %s", patterns[i].at, text.at);
			matched += yes;
			*spared += !tried;
		}
	}
	for (i = 0; i < PATTERNS; i++)
		regex_free(regexes[i]);
	regex_scratch_free(scratch);
	strbuf_release(&text);
	arena_release(&arena);
	return matched;
}

static void sieve_passes_whatever_random_patterns_match(void **state)
{
	size_t matched = 0;
	size_t spared = 0;
	size_t i;

	(void)state;
	chance = 20250917;
	for (i = 0; i < ROUNDS; i++)
		matched += try_round(&spared);
	/* Else this would show nothing. */
	assert_true(matched > PATTERNS * TEXTS * ROUNDS / 10);
	assert_true(spared > PATTERNS * TEXTS * ROUNDS / 10);
}

/* Text of a few letters, so that patterns go far before they fail. */
static void add_trap(struct strbuf *text)
{
	static const char *const traps[] = {"a", "a", "b", "ab", " ", "so "};
	size_t count = pick(60);

	while (count--)
		strbuf_addz(text, traps[pick(sizeof(traps) / sizeof(traps[0]))]);
	if (pick(2))
		strbuf_addc(text, '!');
}

static void add_explosive(struct strbuf *out)
{
	static const char *const parts[] = {"(?:a+)+",     "(\\w+\\s?)*",  ".*",         ".*?",
	                                    "(?:a|ab|b)*", "(?:a|b|ab)+?", "\\b",        "[ab]*",
	                                    "(?:a?){9}",   "so",           "\\W*",       "(?>a*)",
	                                    "(?=.*b)",     "\\S+",         "(?:\\S+ ?)*"};
	static const char *const ends[] = {"$", "!$", "[cd]", "\\b!", "x?$", "(?<=!)$"};
	size_t count = pick(4) + 1;

	strbuf_addz(out, pick(2) ? "^" : "");
	while (count--)
		strbuf_addz(out, parts[pick(sizeof(parts) / sizeof(parts[0]))]);
	strbuf_addz(out, ends[pick(sizeof(ends) / sizeof(ends[0]))]);
}

/* Searches with both; counts in `*gave_up` how often both gave up. */
static void search_both(struct slice pattern, struct regex_scratch *plain,
                        struct regex_scratch *jit, size_t *gave_up)
{
	struct regex_error error;
	struct regex *regex = regex_new(pattern, &error);
	struct strbuf text = {0};
	size_t i;

	assert_non_null(regex);
	for (i = 0; i < 12; i++) {
		struct span one = {0, 0};
		struct span other = {0, 0};
		enum regex_result with;
		enum regex_result without;

		strbuf_clear(&text);
		add_trap(&text);
		with = regex_find(regex, jit, strbuf_slice(&text), 0, &one);
		without = regex_find(regex, plain, strbuf_slice(&text), 0, &other);
		if (with != without || one.start != other.start || one.end != other.end)
			fail_msg("%d with machine code, %d without: %s on %s", with, without,
			         pattern.at, text.len ? text.at : "");
		*gave_up += with == REGEX_GAVE_UP;
	}
	strbuf_release(&text);
	regex_free(regex);
}

static void regex_gives_one_verdict_with_and_without_machine_code(void **state)
{
	static const uint32_t steps[] = {30, 300, 3000, 40000};
	struct regex_scratch *plain = regex_scratch_new();
	struct regex_scratch *jit = regex_scratch_new();
	struct strbuf pattern = {0};
	size_t gave_up = 0;
	size_t i;

	(void)state;
	chance = 77;
	regex_scratch_jit(plain, UINT32_MAX);
	regex_scratch_jit(jit, 0);
	for (i = 0; i < 1200; i++) {
		regex_scratch_steps(plain, steps[i % 4]);
		regex_scratch_steps(jit, steps[i % 4]);
		strbuf_clear(&pattern);
		add_explosive(&pattern);
		search_both(strbuf_slice(&pattern), plain, jit, &gave_up);
	}
	assert_true(gave_up > 500);
	strbuf_release(&pattern);
	regex_scratch_free(plain);
	regex_scratch_free(jit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(sieve_spares_patterns_that_cannot_match),
	        cmocka_unit_test(sieve_never_spares_a_pattern_that_matches),
	        cmocka_unit_test(sieve_passes_an_unknown_pattern_always_and_a_missing_one_never),
	        cmocka_unit_test(sieve_passes_whatever_random_patterns_match),
	        cmocka_unit_test(regex_gives_one_verdict_with_and_without_machine_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
