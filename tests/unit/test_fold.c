/* test_fold.c: text as patterns see it, and the way back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "load/fold.h"

static void assert_folds(const char *said, const char *folded)
{
	struct arena arena;

	arena_init(&arena);
	assert_string_equal(fold_text(slice_of(said), &arena).at, folded);
	arena_release(&arena);
}

/* What was typed behind the first `folded` in `said`. */
static void assert_behind(const char *said, const char *folded, const char *typed)
{
	struct folded out;
	struct arena arena;
	struct span span;
	char behind[200];
	size_t at;

	arena_init(&arena);
	fold(slice_of(said), &arena, &out);
	at = slice_find(out.text, slice_of(folded));
	assert_true(at < out.text.len);
	span = fold_back(&out, (struct span){(uint32_t)at, (uint32_t)(at + strlen(folded))});
	snprintf(behind, sizeof(behind), "%.*s", SLICE_ARGS(slice_span(out.said, span)));
	assert_string_equal(behind, typed);
	arena_release(&arena);
}

static void fold_makes_lower_case_of_every_script(void **state)
{
	(void)state;
	assert_folds("SO, Sam", "so, sam");
	assert_folds("Straße STRASSE ſo K", "strasse strasse so k");
	assert_folds("ΣΊΣΥΦΟΣ", "σίσυφοσ");
	assert_folds("CAFÉ Cafe\xcc\x81", "café café");
	assert_folds("ﬁne ＦＵＬＬ ½", "fine full 1/2");
}

static void fold_makes_plain_marks_and_blanks(void **state)
{
	(void)state;
	assert_folds("“I’m” ‘ok’ it`s don´t", "\"i'm\" 'ok' it's don't");
	assert_folds("well… no", "well... no");
	assert_folds("3–4 co‑op", "3-4 co-op");
	assert_folds("fine—but", "fine - but");
	assert_folds("  a \t\xc2\xa0 b\xe2\x80\x83  ", "a b");
	assert_folds("a \r\n  b\rc\n", "a\nb\nc");
	assert_folds("so\xe2\x80\x8b"
	             "ft\xc2\xad \xef\xbb\xbfx\xe2\x80\xae",
	             "soft x");
}

static void fold_makes_bad_bytes_and_controls_harmless(void **state)
{
	struct arena arena;
	struct slice folded;

	(void)state;
	assert_folds("a\xff\xc3", "a\xef\xbf\xbd\xef\xbf\xbd");
	assert_folds("a\x1b[31mb\x7f", "a [31mb");
	arena_init(&arena);
	folded = fold_text(SLICE("a\0b"), &arena);
	assert_string_equal(folded.at, "a b");
	assert_int_equal(folded.len, 3);
	arena_release(&arena);
}

static void fold_gives_the_empty_text_for_nothing(void **state)
{
	struct folded out;
	struct arena arena;
	struct span span;

	(void)state;
	assert_folds("", "");
	assert_folds(" \n\t ", "");
	arena_init(&arena);
	fold((struct slice){NULL, 0}, &arena, &out);
	assert_int_equal(out.text.len, 0);
	assert_string_equal(out.text.at, "");
	span = fold_back(&out, (struct span){0, 0});
	assert_int_equal(span.start, 0);
	assert_int_equal(span.end, 0);
	arena_release(&arena);
}

static void fold_maps_spans_back_to_typed_bytes(void **state)
{
	(void)state;
	assert_behind("Well… It’s FINE", "it's fine", "It’s FINE");
	assert_behind("a  Straße  b", "strasse", "Straße");
	assert_behind("Straße", "stras", "Straß"); /* never half a character */
	assert_behind("no… so", "..", "…");
	assert_behind("Cafe\xcc\x81 x", "caf\xc3\xa9", "Cafe\xcc\x81");
	assert_behind("so \xe2\x9d\xa4\xef\xb8\x8f ok", "\xe2\x9d\xa4", "\xe2\x9d\xa4\xef\xb8\x8f");
	assert_behind("one \xc2\xa0 two", "one ", "one");
	assert_behind("x\xe2\x80\x8b y", "x", "x");
	assert_behind("every book gets *read*, not", "read", "read");
	assert_behind("*nods* ok", "(nods)", "*nods*");
}

static void fold_knows_actions_between_stars(void **state)
{
	(void)state;
	assert_folds("*Nods*", "(nods)");
	assert_folds("**nods slowly** go on", "(nods slowly) go on");
	assert_folds("Ok. *waits* *sips tea*", "ok. (waits) (sips tea)");
	assert_folds("thanks *smiles*", "thanks (smiles)");
	assert_folds("well, *pauses*, go on", "well, (pauses), go on");
	assert_folds("ok\n*waits*", "ok\n(waits)");
}

static void fold_drops_stars_of_emphasis(void **state)
{
	(void)state;
	assert_folds("every book gets *read*, not written", "every book gets read, not written");
	assert_folds("what did *you* do", "what did you do");
	assert_folds("*You* did that", "you did that");
	assert_folds("I saw the *class*", "i saw the class");
	assert_folds("it was those three *pupils*", "it was those three pupils");
	assert_folds("* one\n* two", "one\ntwo");
	assert_folds("*your", "your");
}

static void fold_leaves_stars_within_words(void **state)
{
	(void)state;
	assert_folds("f*** this s**t 3*4", "f*** this s**t 3*4");
}

static void fold_stays_quick_and_whole_on_towers_of_marks(void **state)
{
	struct strbuf said = {0};
	struct folded out;
	struct arena arena;
	struct span span;
	size_t i;

	(void)state;
	strbuf_addc(&said, 'e');
	for (i = 0; i < 2000; i++)
		strbuf_addz(&said, i % 2 ? "\xcc\x81" : "\xcc\xa3");
	arena_init(&arena);
	fold(strbuf_slice(&said), &arena, &out);
	span = fold_back(&out, (struct span){0, 1});
	assert_int_equal(span.end, said.len);
	assert_int_equal(utf8_invalid(out.text), out.text.len);
	arena_release(&arena);
	strbuf_release(&said);
}

static void fold_origins_never_go_back(void **state)
{
	static const char *const texts[] = {"*a* b… ß —  \n c*", "\xef\xb7\xba x",
	                                    "a\xcc\x81\xff*b*", "--*nods*--", "*a\n*b*"};
	struct folded out;
	struct arena arena;
	size_t i;
	size_t k;

	(void)state;
	arena_init(&arena);
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		fold(slice_of(texts[i]), &arena, &out);
		for (k = 1; k <= out.text.len; k++)
			assert_true(out.from[k] >= out.from[k - 1]);
		assert_int_equal(out.from[out.text.len], strlen(texts[i]));
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(fold_makes_lower_case_of_every_script),
	        cmocka_unit_test(fold_makes_plain_marks_and_blanks),
	        cmocka_unit_test(fold_makes_bad_bytes_and_controls_harmless),
	        cmocka_unit_test(fold_gives_the_empty_text_for_nothing),
	        cmocka_unit_test(fold_maps_spans_back_to_typed_bytes),
	        cmocka_unit_test(fold_knows_actions_between_stars),
	        cmocka_unit_test(fold_drops_stars_of_emphasis),
	        cmocka_unit_test(fold_leaves_stars_within_words),
	        cmocka_unit_test(fold_stays_quick_and_whole_on_towers_of_marks),
	        cmocka_unit_test(fold_origins_never_go_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
