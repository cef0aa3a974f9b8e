/* file.c: see file.h. */
#define _XOPEN_SOURCE 700 /* realpath, which POSIX has in its base since 2008, glibc here */
#include "edge/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

#define CHUNK_BYTES 65536u
/* Folders within folders: a school's tree has three or four. */
#define FOLDER_DEPTH 16u
/* Folders in one tree: `check /` is a slip. */
#define FOLDERS 4096u
/* A path longer than this is cut in messages, so that the reason behind it is still seen. */
#define SHOWN_PATH_BYTES 240u

/* The system wants NUL-terminated paths. A path with a NUL inside names no file. */
static const char *path_z(struct slice path, struct strbuf *buf)
{
	strbuf_clear(buf);
	strbuf_add(buf, path);
	return buf->at;
}

static struct slice path_shown(struct slice path)
{
	return slice_sub(path, path.len > SHOWN_PATH_BYTES ? path.len - SHOWN_PATH_BYTES : 0,
	                 path.len);
}

const char *file_reason(int error)
{
	switch (error) {
	case ENOENT:
		return "there is no such file or folder";
	case EACCES:
	case EPERM:
		return "permission denied";
	case EISDIR:
		return "it is a folder";
	case ENOTDIR:
		return "a part of its path is not a folder";
	case ELOOP:
		return "its links lead in a ring";
	case ENAMETOOLONG:
		return "its name is too long";
	case EFBIG:
		return "it has a line without an end";
	default:
		return strerror(error);
	}
}

static bool cannot_read(struct err *err, struct slice path, const char *why)
{
	struct slice shown = path_shown(path);

	err_set(err, "cannot read ‘%.*s’: %s", SLICE_ARGS(shown), why);
	return false;
}

static bool too_large(struct err *err, struct slice path, size_t limit)
{
	struct slice shown = path_shown(path);

	if (limit >= 1024 * 1024)
		err_set(err, "cannot read ‘%.*s’: it is larger than %zu MB; is it the right file?",
		        SLICE_ARGS(shown), limit / (1024 * 1024));
	else
		err_set(err, "cannot read ‘%.*s’: it is larger than %zu bytes", SLICE_ARGS(shown),
		        limit);
	return false;
}

enum file_kind file_kind(struct slice path, struct file_id *id)
{
	struct strbuf buf = {0};
	struct stat info;
	int failed = stat(path_z(path, &buf), &info);

	strbuf_release(&buf);
	if (failed)
		return FILE_NONE;
	if (id)
		*id = (struct file_id){(uint64_t)info.st_dev, (uint64_t)info.st_ino};
	if (S_ISREG(info.st_mode))
		return FILE_REGULAR;
	return S_ISDIR(info.st_mode) ? FILE_FOLDER : FILE_OTHER;
}

bool file_id_eq(struct file_id a, struct file_id b)
{
	return a.device == b.device && a.number == b.number;
}

static bool read_all(int fd, struct slice name, size_t limit, struct strbuf *out, struct err *err)
{
	char chunk[CHUNK_BYTES];
	size_t total = 0;

	for (;;) {
		ssize_t got = read(fd, chunk, sizeof(chunk));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return cannot_read(err, name, file_reason(errno));
		if (got == 0)
			return true;
		total += (size_t)got;
		if (total > limit)
			return too_large(err, name, limit);
		strbuf_add(out, (struct slice){chunk, (size_t)got});
	}
}

bool file_read(struct slice path, size_t limit, struct strbuf *out, struct err *err)
{
	struct strbuf buf = {0};
	struct stat info;
	bool good = false;
	/* Without O_NONBLOCK, opening a FIFO would wait for a writer. */
	int fd = open(path_z(path, &buf), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	strbuf_release(&buf);
	if (fd < 0)
		return cannot_read(err, path, file_reason(errno));
	if (fstat(fd, &info))
		cannot_read(err, path, file_reason(errno));
	else if (S_ISDIR(info.st_mode))
		cannot_read(err, path, "it is a folder");
	else if (!S_ISREG(info.st_mode))
		cannot_read(err, path, "it is not a regular file");
	else if (info.st_size > 0 && (uintmax_t)info.st_size > limit)
		too_large(err, path, limit);
	else
		good = read_all(fd, path, limit, out, err);
	close(fd);
	return good;
}

bool file_read_stream(FILE *stream, const char *name, size_t limit, struct strbuf *out,
                      struct err *err)
{
	return read_all(fileno(stream), slice_of(name), limit, out, err);
}

static bool write_all(int fd, struct slice text)
{
	while (text.len) {
		ssize_t done = write(fd, text.at, text.len);

		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0)
			text = slice_sub(text, (size_t)done, text.len);
	}
	return fsync(fd) == 0 || errno == EINVAL;
}

bool file_write_new(struct slice path, struct slice text, struct err *err)
{
	struct strbuf buf = {0};
	int fd = open(path_z(path, &buf), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	struct slice shown = path_shown(path);
	int failed = 0;

	if (fd < 0) {
		failed = errno;
	} else {
		if (!write_all(fd, text))
			failed = errno;
		if (close(fd) && !failed)
			failed = errno;
		if (failed)
			unlink(buf.at);
	}
	strbuf_release(&buf);
	if (failed == EEXIST)
		err_set(err, "there is already a ‘%.*s’; give another name", SLICE_ARGS(shown));
	else if (failed)
		err_set(err, "cannot write ‘%.*s’: %s", SLICE_ARGS(shown), file_reason(failed));
	return failed == 0;
}

struct slice file_join(struct slice folder, struct slice name, struct arena *arena)
{
	if (folder.len == 0)
		return slice_copy(arena, name);
	if (folder.at[folder.len - 1] == '/')
		return slice_format(arena, "%.*s%.*s", SLICE_ARGS(folder), SLICE_ARGS(name));
	return slice_format(arena, "%.*s/%.*s", SLICE_ARGS(folder), SLICE_ARGS(name));
}

/* A relative path in XDG_DATA_HOME counts for nothing, says the XDG specification. */
struct slice file_own_folder(struct arena *arena)
{
	struct slice data = slice_of(getenv("XDG_DATA_HOME"));
	struct slice home = slice_of(getenv("HOME"));

	if (slice_starts(data, SLICE("/")))
		return file_join(data, SLICE("rehearse"), arena);
	if (slice_starts(home, SLICE("/")))
		return file_join(home, SLICE(".local/share/rehearse"), arena);
	return SLICE("");
}

struct slice file_absolute(struct slice path, struct arena *arena)
{
	struct strbuf buf = {0};
	char *found = realpath(path_z(path, &buf), NULL);

	if (found)
		path = slice_copy(arena, slice_of(found));
	free(found);
	strbuf_release(&buf);
	return path;
}

/* Where the last part of a path begins. */
static size_t name_start(struct slice path)
{
	size_t at = path.len;

	while (at > 0 && path.at[at - 1] != '/')
		at--;
	return at;
}

struct slice file_folder(struct slice path)
{
	size_t at = name_start(path);

	if (at == 0)
		return SLICE(".");
	return slice_sub(path, 0, at > 1 ? at - 1 : 1);
}

struct slice file_name(struct slice path)
{
	return slice_sub(path, name_start(path), path.len);
}

/* One walk through a tree of folders. */
struct walk {
	struct slice ending;
	bool deep;
	size_t max;
	struct arena *arena;
	struct file_list *list;
	struct err *err;
	struct file_id *done; /* all folders entered */
	size_t done_count, done_cap;
};

static bool enter(struct walk *walk, struct file_id id)
{
	size_t i;

	for (i = 0; i < walk->done_count; i++) {
		if (file_id_eq(walk->done[i], id))
			return false;
	}
	walk->done = arena_grow(walk->arena, walk->done, &walk->done_cap, walk->done_count + 1,
	                        sizeof(*walk->done));
	walk->done[walk->done_count++] = id;
	return true;
}

static bool list_folder(struct walk *walk, struct slice folder, unsigned depth);

static bool take(struct walk *walk, struct slice folder, struct slice path, unsigned depth)
{
	struct file_list *list = walk->list;
	struct file_id id;
	enum file_kind kind = file_kind(path, &id);

	if (kind == FILE_FOLDER) {
		if (!walk->deep || !enter(walk, id))
			return true;
		if (depth + 1 >= FOLDER_DEPTH) {
			err_set(walk->err,
			        "folders more than %u deep around ‘%.*s’; name one nearer to the "
			        "files",
			        FOLDER_DEPTH, SLICE_ARGS(path_shown(folder)));
			return false;
		}
		if (walk->done_count > FOLDERS) {
			err_set(walk->err, "more than %u folders around ‘%.*s’; name a smaller one",
			        FOLDERS, SLICE_ARGS(path_shown(folder)));
			return false;
		}
		return list_folder(walk, path, depth + 1);
	}
	/* A link that leads nowhere is listed too: reading it will say so. */
	if (!slice_ends(path, walk->ending))
		return true;
	if (list->count >= walk->max) {
		err_set(walk->err, "more than %zu ‘%.*s’ files below ‘%.*s’", walk->max,
		        SLICE_ARGS(walk->ending), SLICE_ARGS(path_shown(folder)));
		return false;
	}
	list->items = arena_grow(walk->arena, list->items, &list->cap, list->count + 1,
	                         sizeof(*list->items));
	list->items[list->count++] = path;
	return true;
}

static bool list_folder(struct walk *walk, struct slice folder, unsigned depth)
{
	struct strbuf buf = {0};
	DIR *dir = opendir(path_z(folder, &buf));
	struct dirent *entry;
	bool good = true;

	strbuf_release(&buf);
	if (!dir)
		return cannot_read(walk->err, folder, file_reason(errno));
	while (good && (entry = readdir(dir))) {
		if (entry->d_name[0] != '.')
			good = take(walk, folder,
			            file_join(folder, slice_of(entry->d_name), walk->arena), depth);
	}
	closedir(dir);
	return good;
}

static int by_bytes(const void *a, const void *b)
{
	return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

bool file_find(struct slice folder, struct slice ending, bool deep, size_t max, struct arena *arena,
               struct file_list *list, struct err *err)
{
	struct walk walk = {.ending = ending,
	                    .deep = deep,
	                    .max = max,
	                    .arena = arena,
	                    .list = list,
	                    .err = err};
	size_t first = list->count;
	struct file_id id;

	if (file_kind(folder, &id) == FILE_FOLDER)
		enter(&walk, id);
	if (!list_folder(&walk, folder, 0))
		return false;
	if (list->count > first)
		qsort(list->items + first, list->count - first, sizeof(*list->items), by_bytes);
	return true;
}

enum file_line file_line(FILE *stream, size_t limit, struct strbuf *line)
{
	size_t len = 0;
	int c;

	strbuf_clear(line);
	while ((c = getc_unlocked(stream)) != EOF && c != '\n') {
		if (len++ < limit)
			strbuf_addc(line, (char)c);
		if (len == LIMIT_SKIPPED_BYTES) {
			errno = EFBIG;
			return FILE_LINE_FAILED;
		}
	}
	if (ferror(stream))
		return FILE_LINE_FAILED;
	if (c == EOF && len == 0)
		return FILE_LINE_END;
	if (len > limit)
		return FILE_LINE_TOO_LONG;
	if (line->len && line->at[line->len - 1] == '\r')
		line->at[--line->len] = '\0';
	return FILE_LINE;
}
