/* file.h: reading files, folders and lines, with words when it fails.
 *
 * Nothing here waits for a writer or fills memory: only regular files are read, each up to a limit,
 * and a folder's list is bounded. Nothing that is there is ever written over. */
#ifndef EDGE_FILE_H
#define EDGE_FILE_H

#include "base/diag.h"

/* What tells two files apart, whatever they are called. */
struct file_id {
	uint64_t device;
	uint64_t number;
};

enum file_kind { FILE_NONE, FILE_REGULAR, FILE_FOLDER, FILE_OTHER };

/* What stands at a path (links followed); `id` may be NULL. */
enum file_kind file_kind(struct slice path, struct file_id *id);
bool file_id_eq(struct file_id a, struct file_id b);

/* Appends a whole regular file of at most `limit` bytes. False with the reason in `err`; what was
 * appended then means nothing. */
bool file_read(struct slice path, size_t limit, struct strbuf *out, struct err *err);
/* The same from a stream, called `name` in words; a pipe is read to its end. */
bool file_read_stream(FILE *stream, const char *name, size_t limit, struct strbuf *out,
                      struct err *err);

/* Writes a new file, for its owner's eyes, and sees it on the disk. False with words, and no file
 * left half written, when there is one of that name or it cannot be done. */
bool file_write_new(struct slice path, struct slice text, struct err *err);

/* Paths found, sorted by bytes; in the arena they were found with. */
struct file_list {
	struct slice *items;
	size_t count;
	size_t cap;
};

/* Adds the folder's entries that end in `ending` (".rules") and are no folders, and those of
 * folders below it when `deep`. Hidden ones (.git) are passed over; each folder is entered once,
 * so links may form a ring. False when a folder cannot be listed, folders nest too deep or there
 * are more than `max`. */
bool file_find(struct slice folder, struct slice ending, bool deep, size_t max, struct arena *arena,
               struct file_list *list, struct err *err);

/* The user's own folder, $XDG_DATA_HOME/rehearse or ~/.local/share/rehearse, whether or not it is
 * there; empty when neither is an absolute path. */
struct slice file_own_folder(struct arena *arena);

/* The same file from wherever one stands; the path itself when that cannot be found out. */
struct slice file_absolute(struct slice path, struct arena *arena);

/* "dir/name", or "name" when `folder` is empty. */
struct slice file_join(struct slice folder, struct slice name, struct arena *arena);
/* "a/b" of "a/b/c.x"; "." when there is none. */
struct slice file_folder(struct slice path);
/* "c.x" of "a/b/c.x". */
struct slice file_name(struct slice path);

enum file_line {
	FILE_LINE, /* a line, without its end */
	FILE_LINE_TOO_LONG, /* consumed to its end; what fits is in the buffer */
	FILE_LINE_END,
	FILE_LINE_FAILED, /* errno says why */
};
/* The reason in words, for people. */
const char *file_reason(int error);
/* The next line of a stream into `line` (cleared first); CRLF counts as a line's end. */
enum file_line file_line(FILE *stream, size_t limit, struct strbuf *line);

#endif
