/* test_str.c: slices, buffers and memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static void slice_cut_takes_parts_and_keeps_empty_ones(void **state)
{
	struct slice rest = SLICE("a,,b");
	struct slice part;

	(void)state;
	assert_true(slice_cut(&rest, ',', &part) && slice_is(part, "a"));
	assert_true(slice_cut(&rest, ',', &part) && slice_is(part, ""));
	assert_true(slice_cut(&rest, ',', &part) && slice_is(part, "b"));
	assert_false(slice_cut(&rest, ',', &part));
}

static void slice_int_refuses_what_is_no_whole_number_in_range(void **state)
{
	long value = 7;

	(void)state;
	assert_true(slice_int(SLICE("-3"), -3, 3, &value) && value == -3);
	assert_true(slice_int(SLICE("+3"), -3, 3, &value) && value == 3);
	assert_true(slice_int(SLICE("2147483647"), 0, 2147483647, &value));
	assert_true(slice_int(SLICE("0000000000003"), -3, 3, &value) && value == 3);
	assert_false(slice_int(SLICE("4"), -3, 3, &value));
	assert_false(slice_int(SLICE(""), -3, 3, &value));
	assert_false(slice_int(SLICE("-"), -3, 3, &value));
	assert_false(slice_int(SLICE("3x"), -3, 3, &value));
	assert_false(slice_int(SLICE("99999999999999999999"), -3, 3, &value));
	assert_int_equal(value, 3);
}

static void slice_decimal_takes_one_point_within(void **state)
{
	double value = 7;

	(void)state;
	assert_true(slice_decimal(SLICE("0.25"), &value) && value > 0.2499 && value < 0.2501);
	assert_true(slice_decimal(SLICE("4"), &value) && value > 3.9 && value < 4.1);
	assert_false(slice_decimal(SLICE(""), &value));
	assert_false(slice_decimal(SLICE(".5"), &value));
	assert_false(slice_decimal(SLICE("5."), &value));
	assert_false(slice_decimal(SLICE("1.2.3"), &value));
	assert_false(slice_decimal(SLICE("-1"), &value));
	assert_false(slice_decimal(SLICE("1234567890"), &value));
	assert_true(value > 3.9 && value < 4.1);
}

static void slice_is_id_knows_ids(void **state)
{
	(void)state;
	assert_true(slice_is_id(SLICE("open_question-2")));
	assert_false(slice_is_id(SLICE("Open")));
	assert_false(slice_is_id(SLICE("2nd")));
	assert_false(slice_is_id(SLICE("")));
	assert_false(slice_is_id(SLICE("é")));
}

static void strbuf_grows_and_stays_terminated(void **state)
{
	struct strbuf buf = {0};
	int i;

	(void)state;
	assert_string_equal(strbuf_slice(&buf).at, "");
	for (i = 0; i < 1000; i++)
		strbuf_addf(&buf, "%d,", i % 10);
	assert_int_equal(buf.len, 2000);
	assert_int_equal(strlen(buf.at), 2000);
	strbuf_clear(&buf);
	assert_string_equal(buf.at, "");
	strbuf_release(&buf);
}

static void arena_memory_is_zeroed_and_survives_growth(void **state)
{
	struct arena arena;
	size_t cap = 0;
	int *numbers = NULL;
	int i;

	(void)state;
	arena_init(&arena);
	for (i = 0; i < 5000; i++) {
		numbers = arena_grow(&arena, numbers, &cap, (size_t)i + 1, sizeof(*numbers));
		assert_int_equal(numbers[i], 0);
		numbers[i] = i;
	}
	for (i = 0; i < 5000; i++)
		assert_int_equal(numbers[i], i);
	arena_clear(&arena);
	assert_int_equal(*(int *)arena_alloc(&arena, sizeof(int)), 0);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(slice_cut_takes_parts_and_keeps_empty_ones),
	        cmocka_unit_test(slice_int_refuses_what_is_no_whole_number_in_range),
	        cmocka_unit_test(slice_decimal_takes_one_point_within),
	        cmocka_unit_test(slice_is_id_knows_ids),
	        cmocka_unit_test(strbuf_grows_and_stays_terminated),
	        cmocka_unit_test(arena_memory_is_zeroed_and_survives_growth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
