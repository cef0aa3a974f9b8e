/* skeleton.c: see skeleton.h. */
#include "edge/skeleton.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

static const struct {
	const char *file; /* of the skeleton, and how the new file's name ends */
	const char *what;
	const char *folder; /* in the user's own */
	const char *command; /* that tries it; NULL: `check` does */
} kinds[SKELETONS] = {
        [SKELETON_SCENARIO] = {"scenario", "scenario", "scenarios", "play"},
        [SKELETON_TEMPERAMENT] = {"temperament", "temperament", "scenarios/stock", NULL},
        [SKELETON_PACK] = {"rules", "rule pack", "rules", NULL},
        [SKELETON_DECK] = {"deck", "deck", "scenarios/drills", "drill --deck"},
};

/* “slow-start” becomes “Slow start”. */
static void add_title(struct slice id, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < id.len; i++) {
		char byte = id.at[i];

		if (byte == '-' || byte == '_')
			byte = ' ';
		else if (i == 0)
			byte = (char)(byte - 'a' + 'A');
		strbuf_addc(out, byte);
	}
}

/* Moves have no `-` in their names, by custom. */
static void add_move(struct slice id, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < id.len; i++)
		strbuf_addc(out, id.at[i] == '-' ? '_' : id.at[i]);
}

static void fill(struct slice text, struct slice id, struct strbuf *out)
{
	while (text.len) {
		size_t at = slice_find(text, SLICE("@"));
		struct slice rest = slice_sub(text, at, text.len);

		strbuf_add(out, slice_sub(text, 0, at));
		if (slice_starts(rest, SLICE("@ID@"))) {
			strbuf_add(out, id);
			at += 4;
		} else if (slice_starts(rest, SLICE("@TITLE@"))) {
			add_title(id, out);
			at += 7;
		} else if (slice_starts(rest, SLICE("@MOVE@"))) {
			add_move(id, out);
			at += 6;
		} else if (rest.len) {
			strbuf_addc(out, '@');
			at += 1;
		}
		text = slice_sub(text, at, text.len);
	}
}

static const struct library_file *known(const struct library *library, enum skeleton kind,
                                        struct slice id)
{
	size_t i;

	for (i = 0; kind == SKELETON_SCENARIO && i < library->scenario_count; i++) {
		if (slice_eq(library->scenarios[i].file.id, id))
			return &library->scenarios[i].file;
	}
	for (i = 0; kind == SKELETON_TEMPERAMENT && i < library->temperament_count; i++) {
		if (slice_eq(library->temperaments[i].id, id))
			return &library->temperaments[i];
	}
	for (i = 0; kind == SKELETON_PACK && i < library->pack_count; i++) {
		if (slice_eq(library->packs[i].id, id))
			return &library->packs[i];
	}
	for (i = 0; kind == SKELETON_DECK && i < library->deck_count; i++) {
		if (slice_eq(library->decks[i].id, id))
			return &library->decks[i];
	}
	return NULL;
}

/* The folder and those above it. False with errno. */
static bool make_folders(struct slice folder, struct arena *arena)
{
	struct slice path = slice_copy(arena, folder);
	char *at = (char *)path.at;
	size_t i;

	for (i = 1; i <= path.len; i++) {
		bool made;

		if (i < path.len && at[i] != '/')
			continue;
		at[i] = '\0';
		made = mkdir(at, 0777) == 0 || errno == EEXIST;
		if (i < path.len)
			at[i] = '/';
		if (!made)
			return false;
	}
	return true;
}

static bool write_all(int fd, struct slice text)
{
	while (text.len) {
		ssize_t wrote = write(fd, text.at, text.len);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		text = slice_sub(text, (size_t)wrote, text.len);
	}
	return true;
}

/* A new file; false with words. */
static bool write_new(struct slice path, struct slice text, struct err *err)
{
	struct arena arena;
	const char *name;
	bool good;
	int fd;

	arena_init(&arena);
	name = slice_copy(&arena, path).at;
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	good = fd >= 0 && write_all(fd, text);
	if (fd >= 0 && close(fd) != 0)
		good = false;
	path = slice_sub(path, 0, 240);
	if (!good && fd < 0 && errno == EEXIST) {
		err_set(err, "‘%.*s’ is there already; choose another name", SLICE_ARGS(path));
	} else if (!good) {
		err_set(err, "cannot write ‘%.*s’: %s", SLICE_ARGS(path), file_reason(errno));
		if (fd >= 0)
			unlink(name);
	}
	arena_release(&arena);
	return good;
}

/* Where to; empty with words when nowhere. */
static struct slice target_folder(const struct skeleton_request *request, struct arena *arena,
                                  struct err *err)
{
	struct slice own = file_own_folder(arena);
	struct slice folder = request->folder;

	if (folder.len && file_kind(folder, NULL) != FILE_FOLDER) {
		folder = slice_sub(folder, 0, 240);
		err_set(err, "there is no folder ‘%.*s’", SLICE_ARGS(folder));
		return SLICE("");
	}
	if (folder.len)
		return folder;
	if (own.len == 0) {
		err_set(err, "neither HOME nor XDG_DATA_HOME says where your own files belong; "
		             "name a folder: ‘rehearse new NAME FOLDER’");
		return SLICE("");
	}
	folder = file_join(own, slice_of(kinds[request->kind].folder), arena);
	if (make_folders(folder, arena))
		return folder;
	folder = slice_sub(folder, 0, 240);
	err_set(err, "cannot make the folder ‘%.*s’: %s", SLICE_ARGS(folder), file_reason(errno));
	return SLICE("");
}

static void tell(const struct skeleton_request *request, struct slice path)
{
	const char *command = kinds[request->kind].command;
	bool own = request->folder.len == 0 && request->kind == SKELETON_SCENARIO;
	struct strbuf out = {0};

	strbuf_addf(&out, "%.*s\n\n  rehearse check %.*s\n", SLICE_ARGS(path), SLICE_ARGS(path));
	if (command)
		strbuf_addf(&out, "  rehearse %s %.*s\n", command,
		            SLICE_ARGS(own ? request->name : path));
	if (request->kind == SKELETON_SCENARIO)
		strbuf_addf(&out, "  rehearse simulate %.*s\n",
		            SLICE_ARGS(own ? request->name : path));
	out_put(strbuf_slice(&out));
	strbuf_release(&out);
}

static bool taken(const struct library *library, const struct skeleton_request *request,
                  struct err *err)
{
	const struct library_file *other = known(library, request->kind, request->name);
	struct slice path;

	if (!other)
		return false;
	path = slice_sub(other->path, 0, 240);
	err_set(err, "there is a %s of that name, ‘%.*s’; choose another",
	        kinds[request->kind].what, SLICE_ARGS(path));
	return true;
}

enum status skeleton_write(struct library *library, const struct skeleton_request *request)
{
	struct slice file = slice_format(&library->arena, "scenarios/skeletons/%s.skeleton",
	                                 kinds[request->kind].file);
	struct strbuf skeleton = {0};
	struct strbuf text = {0};
	struct slice folder;
	struct slice path;
	struct err err;
	enum status status = STATUS_TROUBLE;

	if (taken(library, request, &err)) {
		status = STATUS_USAGE;
	} else if (file_read(file_join(library->shipped, file, &library->arena), LIMIT_FILE_BYTES,
	                     &skeleton, &err) &&
	           (folder = target_folder(request, &library->arena, &err)).len) {
		fill(strbuf_slice(&skeleton), request->name, &text);
		path = file_join(folder,
		                 slice_format(&library->arena, "%.*s.%s", SLICE_ARGS(request->name),
		                              kinds[request->kind].file),
		                 &library->arena);
		if (write_new(path, strbuf_slice(&text), &err)) {
			tell(request, path);
			status = STATUS_FINE;
		}
	}
	if (status != STATUS_FINE)
		out_err(&err);
	strbuf_release(&skeleton);
	strbuf_release(&text);
	return status;
}
