/* test_file.c: reading lines, files and folders, with their limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "edge/file.h"

static char folder[64];

static struct slice in_folder(const char *name, struct arena *arena)
{
	return file_join(slice_of(folder), slice_of(name), arena);
}

static int make_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/rehearse-test-%ld", (long)getpid());
	return mkdir(folder, 0700);
}

static int remove_folder(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static void put_file(struct slice path, struct slice text)
{
	FILE *file = fopen(path.at, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text.at, 1, text.len, file), text.len);
	fclose(file);
}

static FILE *stream_of(struct slice text)
{
	FILE *file = tmpfile();

	assert_non_null(file);
	assert_int_equal(fwrite(text.at, 1, text.len, file), text.len);
	rewind(file);
	return file;
}

static void line_is_read_without_its_end(void **state)
{
	FILE *in = stream_of(SLICE("one\r\n\ntwo\rthree\nlast"));
	struct strbuf line = {0};

	(void)state;
	assert_int_equal(file_line(in, 10, &line), FILE_LINE);
	assert_string_equal(line.at, "one");
	assert_int_equal(file_line(in, 10, &line), FILE_LINE);
	assert_int_equal(line.len, 0);
	assert_int_equal(file_line(in, 10, &line), FILE_LINE);
	assert_string_equal(line.at, "two\rthree");
	assert_int_equal(file_line(in, 10, &line), FILE_LINE);
	assert_string_equal(line.at, "last");
	assert_int_equal(file_line(in, 10, &line), FILE_LINE_END);
	fclose(in);
	strbuf_release(&line);
}

static void line_past_the_limit_is_consumed_and_told(void **state)
{
	FILE *in = stream_of(SLICE("1234\n12345\n1234567890\n1\n"));
	struct strbuf line = {0};

	(void)state;
	assert_int_equal(file_line(in, 4, &line), FILE_LINE);
	assert_int_equal(file_line(in, 4, &line), FILE_LINE_TOO_LONG);
	assert_string_equal(line.at, "1234");
	assert_int_equal(file_line(in, 4, &line), FILE_LINE_TOO_LONG);
	assert_int_equal(file_line(in, 4, &line), FILE_LINE);
	assert_string_equal(line.at, "1");
	assert_int_equal(file_line(in, 4, &line), FILE_LINE_END);
	fclose(in);
	strbuf_release(&line);
}

static void line_keeps_nul_bytes(void **state)
{
	FILE *in = stream_of((struct slice){"a\0b\n", 4});
	struct strbuf line = {0};

	(void)state;
	assert_int_equal(file_line(in, 4, &line), FILE_LINE);
	assert_int_equal(line.len, 3);
	fclose(in);
	strbuf_release(&line);
}

static void file_is_read_up_to_its_limit(void **state)
{
	struct arena arena = {0};
	struct slice path = in_folder("eight", &arena);
	struct strbuf text = {0};
	struct err err;

	(void)state;
	put_file(path, SLICE("12345678"));
	assert_true(file_read(path, 8, &text, &err));
	assert_string_equal(text.at, "12345678");
	assert_false(file_read(path, 7, &text, &err));
	assert_non_null(strstr(err.text, "it is larger than 7 bytes"));
	strbuf_release(&text);
	arena_release(&arena);
}

/* Files in /proc say they have no bytes. */
static void file_whose_size_is_not_told_is_read_up_to_its_limit(void **state)
{
	struct strbuf text = {0};
	struct err err;

	(void)state;
	if (file_kind(SLICE("/proc/self/maps"), NULL) != FILE_REGULAR)
		skip();
	assert_true(file_read(SLICE("/proc/self/maps"), 1 << 20, &text, &err));
	assert_true(text.len > 0);
	assert_false(file_read(SLICE("/proc/self/maps"), 16, &text, &err));
	strbuf_release(&text);
}

static void long_path_leaves_room_for_the_reason(void **state)
{
	struct strbuf path = {0};
	struct strbuf text = {0};
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < 100; i++)
		strbuf_addz(&path, "/a-folder");
	assert_false(file_read(strbuf_slice(&path), 8, &text, &err));
	assert_non_null(strstr(err.text, "there is no such file or folder"));
	strbuf_release(&path);
	strbuf_release(&text);
}

static void folder_is_listed_sorted_by_ending_without_hidden_ones(void **state)
{
	struct arena arena = {0};
	struct file_list list = {0};
	struct err err;

	(void)state;
	put_file(in_folder("b.rules", &arena), SLICE(""));
	put_file(in_folder("a.rules", &arena), SLICE(""));
	put_file(in_folder(".c.rules", &arena), SLICE(""));
	put_file(in_folder("d.rules.txt", &arena), SLICE(""));
	mkdir(in_folder("sub", &arena).at, 0700);
	put_file(in_folder("sub/e.rules", &arena), SLICE(""));
	assert_true(file_find(slice_of(folder), SLICE(".rules"), false, 9, &arena, &list, &err));
	assert_int_equal(list.count, 2);
	assert_true(slice_is(file_name(list.items[0]), "a.rules"));
	assert_true(slice_is(file_name(list.items[1]), "b.rules"));
	list.count = 0;
	assert_true(file_find(slice_of(folder), SLICE(".rules"), true, 9, &arena, &list, &err));
	assert_int_equal(list.count, 3);
	assert_true(slice_is(file_name(list.items[2]), "e.rules"));
	arena_release(&arena);
}

static void folders_in_a_ring_are_entered_once(void **state)
{
	struct arena arena = {0};
	struct file_list list = {0};
	struct err err;

	(void)state;
	mkdir(in_folder("ring", &arena).at, 0700);
	assert_int_equal(symlink("..", in_folder("ring/up", &arena).at), 0);
	assert_int_equal(symlink("ring", in_folder("again", &arena).at), 0);
	put_file(in_folder("ring/x.ring", &arena), SLICE(""));
	assert_true(file_find(slice_of(folder), SLICE(".ring"), true, 9, &arena, &list, &err));
	assert_int_equal(list.count, 1);
	arena_release(&arena);
}

static void folder_with_too_many_files_is_told(void **state)
{
	struct arena arena = {0};
	struct file_list list = {0};
	struct err err;

	(void)state;
	put_file(in_folder("1.many", &arena), SLICE(""));
	put_file(in_folder("2.many", &arena), SLICE(""));
	assert_true(file_find(slice_of(folder), SLICE(".many"), false, 2, &arena, &list, &err));
	list.count = 0;
	assert_false(file_find(slice_of(folder), SLICE(".many"), false, 1, &arena, &list, &err));
	assert_non_null(strstr(err.text, "more than 1 ‘.many’ files below"));
	arena_release(&arena);
}

static void paths_are_joined_and_parted(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_string_equal(file_join(SLICE("a"), SLICE("b"), &arena).at, "a/b");
	assert_string_equal(file_join(SLICE("/"), SLICE("b"), &arena).at, "/b");
	assert_string_equal(file_join(SLICE(""), SLICE("b"), &arena).at, "b");
	assert_true(slice_is(file_folder(SLICE("a/b.c")), "a"));
	assert_true(slice_is(file_folder(SLICE("/b.c")), "/"));
	assert_true(slice_is(file_folder(SLICE("b.c")), "."));
	assert_true(slice_is(file_name(SLICE("a/b.c")), "b.c"));
	assert_true(slice_is(file_name(SLICE("b.c")), "b.c"));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(line_is_read_without_its_end),
	        cmocka_unit_test(line_past_the_limit_is_consumed_and_told),
	        cmocka_unit_test(line_keeps_nul_bytes),
	        cmocka_unit_test(file_is_read_up_to_its_limit),
	        cmocka_unit_test(file_whose_size_is_not_told_is_read_up_to_its_limit),
	        cmocka_unit_test(long_path_leaves_room_for_the_reason),
	        cmocka_unit_test(folder_is_listed_sorted_by_ending_without_hidden_ones),
	        cmocka_unit_test(folders_in_a_ring_are_entered_once),
	        cmocka_unit_test(folder_with_too_many_files_is_told),
	        cmocka_unit_test(paths_are_joined_and_parted),
	};

	return cmocka_run_group_tests_name("file", tests, make_folder, remove_folder);
}
