/* config.c: see config.h. */
#include "edge/config.h"

#include <stdlib.h>

#include "base/limits.h"
#include "edge/file.h"
#include "load/outline.h"

/* Blocks there are: a mistyped one is told. */
static const char *const blocks[] = {"llm", NULL};

static struct slice config_path(struct arena *arena)
{
	const char *folder = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (folder && folder[0] == '/')
		return slice_format(arena, "%s/rehearse/config", folder);
	if (home && home[0] == '/')
		return slice_format(arena, "%s/.config/rehearse/config", home);
	return SLICE("");
}

static void read_entry(const struct line *line, struct config_entry *entries, struct diags *diags)
{
	struct nearest nearest;
	struct config_entry *entry;

	nearest_init(&nearest, line->keyword);
	for (entry = entries; entry->name; entry++) {
		nearest_offer(&nearest, slice_of(entry->name));
		if (!slice_is(line->keyword, entry->name))
			continue;
		if (entry->value.len)
			diag_error(diags, line->place, "‘%s’ stands twice; leave one out",
			           entry->name);
		else if (line->rest.len == 0)
			diag_error(diags, line->place, "‘%s’ needs a value", entry->name);
		entry->value = line->rest;
		return;
	}
	diag_error(diags, line->place, "‘%.*s’ is no setting here%s",
	           SLICE_ARGS(slice_sub(line->keyword, 0, 40)),
	           nearest_hint(&nearest, &diags->arena));
}

static void read_block(const struct line *line, const char *block, struct config_entry *entries,
                       struct diags *diags)
{
	const struct line *below;
	struct nearest nearest;
	size_t i;

	if (slice_is(line->keyword, block)) {
		for (below = line->child; below; below = below->next)
			read_entry(below, entries, diags);
		return;
	}
	nearest_init(&nearest, line->keyword);
	for (i = 0; blocks[i]; i++) {
		if (slice_is(line->keyword, blocks[i]))
			return;
		nearest_offer(&nearest, slice_of(blocks[i]));
	}
	diag_error(diags, line->place, "‘%.*s’ is no block of settings%s",
	           SLICE_ARGS(slice_sub(line->keyword, 0, 40)),
	           nearest_hint(&nearest, &diags->arena));
}

bool config_read(const char *block, struct config_entry *entries, struct arena *arena,
                 struct diags *diags, struct err *err)
{
	static const char *const prose[] = {NULL};
	static const struct outline_grammar grammar = {.prose = prose};
	struct source *source = ARENA_NEW(arena, struct source);
	struct strbuf text = {0};
	const struct line *line;
	bool good;

	source->path = config_path(arena);
	if (source->path.len == 0 || file_kind(source->path, NULL) == FILE_NONE)
		return true;
	good = file_read(source->path, LIMIT_FILE_BYTES, &text, err);
	if (good) {
		source->text = slice_copy(arena, strbuf_slice(&text));
		line = outline_parse(source, &grammar, arena, diags)->child;
		for (; line; line = line->next)
			read_block(line, block, entries, diags);
	}
	strbuf_release(&text);
	return good;
}
