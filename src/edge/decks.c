/* decks.c: see decks.h. */
#include "edge/decks.h"

#include "base/limits.h"

struct deck_file *decks_load(const struct ruleset *ruleset, struct slice path, struct diags *diags,
                             struct err *err)
{
	struct slice name = file_name(path);
	struct slice id = slice_ends(name, DECK_ENDING)
	                          ? slice_sub(name, 0, name.len - DECK_ENDING.len)
	                          : name;
	struct strbuf text = {0};
	struct deck_file *file = NULL;

	if (file_read(path, LIMIT_FILE_BYTES, &text, err))
		file = deck_load(id, path, strbuf_slice(&text), ruleset, diags);
	strbuf_release(&text);
	return file;
}

static void keep(struct decks *decks, struct deck_file *file)
{
	decks->files[decks->count] = file;
	decks->items[decks->count++] = deck_of(file);
}

/* One that nobody asked for by name: mistakes in it stop nothing else. */
static void open_found(const struct library *library, struct slice path, struct decks *out)
{
	struct diags diags = {0};
	struct err err;
	struct deck_file *file = decks_load(library->ruleset, path, &diags, &err);

	if (!file) {
		out_err(&err);
	} else if (diags.errors) {
		path = slice_sub(path, 0, 200);
		err_set(&err,
		        "‘%.*s’ has mistakes and is left out; ‘rehearse check’ with this file "
		        "tells them",
		        SLICE_ARGS(path));
		out_err(&err);
		deck_free(file);
	} else {
		keep(out, file);
	}
	diags_release(&diags);
}

static enum status open_named(const struct library *library, struct slice path, struct decks *out)
{
	struct diags diags = {0};
	struct err err;
	struct deck_file *file = decks_load(library->ruleset, path, &diags, &err);
	enum status status = STATUS_FINE;

	if (!file) {
		out_err(&err);
		status = STATUS_TROUBLE;
	} else if (diags.errors) {
		out_diags(&diags);
		status = STATUS_FINDINGS;
		deck_free(file);
	} else {
		keep(out, file);
		out->only = deck_of(file);
	}
	diags_release(&diags);
	return status;
}

/* The path of the deck that `name` means; empty, with words, when there is none. */
static struct slice path_of(struct library *library, struct slice name)
{
	struct nearest nearest;
	struct err err;
	size_t i;

	nearest_init(&nearest, name);
	for (i = 0; i < library->deck_count; i++) {
		if (slice_eq(library->decks[i].id, name))
			return library->decks[i].path;
		nearest_offer(&nearest, library->decks[i].id);
	}
	if (slice_find(name, SLICE("/")) < name.len || slice_ends(name, DECK_ENDING))
		return name;
	name = slice_sub(name, 0, 60);
	err_set(&err, "no deck ‘%.*s’%s", SLICE_ARGS(name),
	        nearest.best.len ? nearest_hint(&nearest, &library->arena)
	                         : "; ‘rehearse drill --list’ shows them");
	out_err(&err);
	return SLICE("");
}

enum status decks_open(struct library *library, struct slice name, struct decks *out)
{
	struct slice named = SLICE("");
	size_t i;

	*out = (struct decks){0};
	out->files = ARENA_ARRAY(&library->arena, struct deck_file *, library->deck_count + 1);
	out->items = ARENA_ARRAY(&library->arena, const struct deck *, library->deck_count + 1);
	if (name.len) {
		named = path_of(library, name);
		if (named.len == 0)
			return STATUS_USAGE;
	}
	for (i = 0; i < library->deck_count; i++) {
		if (!slice_eq(library->decks[i].path, named))
			open_found(library, library->decks[i].path, out);
	}
	return named.len ? open_named(library, named, out) : STATUS_FINE;
}

void decks_release(struct decks *decks)
{
	size_t i;

	for (i = 0; i < decks->count; i++)
		deck_free(decks->files[i]);
	*decks = (struct decks){0};
}
