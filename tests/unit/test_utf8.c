/* test_utf8.c: reading, measuring and cleaning text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/stem.h"
#include "base/utf8.h"

static void utf8_invalid_finds_the_first_bad_byte(void **state)
{
	(void)state;
	assert_int_equal(utf8_invalid(SLICE("caf\xc3\xa9 ok")), 8);
	assert_int_equal(utf8_invalid(SLICE("ab\xff")), 2);
	assert_int_equal(utf8_invalid(SLICE("\xc0\xaf")), 0); /* overlong */
	assert_int_equal(utf8_invalid(SLICE("a\xed\xa0\x80")), 1); /* surrogate */
	assert_int_equal(utf8_invalid(SLICE("a\xf4\x90\x80\x80")), 1); /* past U+10FFFF */
	assert_int_equal(utf8_invalid(SLICE("a\xe2\x80")), 1); /* cut short */
	assert_int_equal(utf8_invalid(SLICE("a\0b")), 3);
	assert_int_equal(utf8_invalid(SLICE("\xef\xbf\xbd")), 3); /* U+FFFD itself is valid */
}

static void utf8_next_steps_over_a_bad_byte_as_one_replacement(void **state)
{
	uint32_t code = 7;

	(void)state;
	assert_int_equal(utf8_next(SLICE("\xff\xfe"), &code), 1);
	assert_int_equal(code, UTF8_REPLACEMENT);
	assert_int_equal(utf8_next(SLICE("\xf0\x9f\x98\x8a"), &code), 4);
	assert_int_equal(code, 0x1f60a);
	assert_int_equal(utf8_next(SLICE(""), &code), 0);
}

static void utf8_put_and_next_agree_and_never_write_a_surrogate(void **state)
{
	static const uint32_t codes[] = {0,     'a',    0x7f,    0x80,    0x7ff,
	                                 0x800, 0xffff, 0x10000, 0x10ffff};
	struct strbuf out = {0};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		uint32_t code;

		strbuf_clear(&out);
		utf8_put(&out, codes[i]);
		assert_int_equal(utf8_next(strbuf_slice(&out), &code), out.len);
		assert_int_equal(code, codes[i]);
	}
	strbuf_clear(&out);
	utf8_put(&out, 0xd800);
	utf8_put(&out, 0x110000);
	assert_string_equal(out.at, "\xef\xbf\xbd\xef\xbf\xbd");
	strbuf_release(&out);
}

static void utf8_width_counts_columns_not_characters(void **state)
{
	(void)state;
	assert_int_equal(utf8_width(SLICE("caf\xc3\xa9")), 4);
	assert_int_equal(utf8_width(SLICE("cafe\xcc\x81")), 4); /* combining acute */
	assert_int_equal(utf8_width(SLICE("\xe4\xb8\xad")), 2);
	assert_int_equal(utf8_width(SLICE("\x1b\t\n")), 0);
	assert_int_equal(utf8_count(SLICE("cafe\xcc\x81\xff")), 6);
}

static void utf8_clean_lets_no_control_through(void **state)
{
	struct strbuf out = {0};

	(void)state;
	utf8_clean(&out, SLICE("a\x1b[31mb\xc2\x9b\x7f\xe2\x80\xae\xff\0c\r\nd\te"), true);
	assert_int_equal(utf8_control(strbuf_slice(&out)), out.len);
	assert_string_equal(out.at,
	                    "a\xef\xbf\xbd[31mb\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
	                    "\xef\xbf\xbd"
	                    "c\nd\te");
	strbuf_clear(&out);
	utf8_clean(&out, SLICE("a\r\nb\tc\rd"), false);
	assert_string_equal(out.at, "a b c\xef\xbf\xbd"
	                            "d");
	strbuf_release(&out);
}

static void utf8_is_word_knows_letters_of_any_script(void **state)
{
	(void)state;
	assert_true(utf8_is_word('a') && utf8_is_word('7') && utf8_is_word(0xe9));
	assert_true(utf8_is_word(0x4e2d) && utf8_is_word(0x301));
	assert_false(utf8_is_word('\'') || utf8_is_word(' ') || utf8_is_word(0x2026));
	assert_false(utf8_is_word(0x1f60a) || utf8_is_word(UTF8_REPLACEMENT));
}

static void stem_is_shared_by_forms_of_a_word(void **state)
{
	struct stemmer *stemmer = stemmer_new(SLICE("en"));
	char stem[32];
	struct slice first = stemmer_stem(stemmer, SLICE("answering"));

	(void)state;
	snprintf(stem, sizeof(stem), "%.*s", SLICE_ARGS(first));
	assert_true(slice_is(stemmer_stem(stemmer, SLICE("answered")), stem));
	assert_true(slice_is(stemmer_stem(stemmer, SLICE("answer's")), stem));
	assert_true(slice_is(stemmer_stem(stemmer, SLICE("answers")), stem));
	assert_true(slice_is(stemmer_stem(stemmer, SLICE("")), ""));
	assert_true(slice_is(stemmer_stem(stemmer, SLICE("'")), "'"));
	assert_true(slice_is(stemmer_stem(stemmer, SLICE("didn't")), "did"));
	stemmer_free(stemmer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(utf8_invalid_finds_the_first_bad_byte),
	        cmocka_unit_test(utf8_next_steps_over_a_bad_byte_as_one_replacement),
	        cmocka_unit_test(utf8_put_and_next_agree_and_never_write_a_surrogate),
	        cmocka_unit_test(utf8_width_counts_columns_not_characters),
	        cmocka_unit_test(utf8_clean_lets_no_control_through),
	        cmocka_unit_test(utf8_is_word_knows_letters_of_any_script),
	        cmocka_unit_test(stem_is_shared_by_forms_of_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
