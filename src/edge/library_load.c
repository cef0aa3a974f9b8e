/* library_load.c: see library.h. Here: packs, scenarios and temperaments are read and linked. */
#include "edge/library.h"

#include "base/limits.h"
#include "load/language.h"

void library_free(struct library *library)
{
	if (!library)
		return;
	if (library->detector)
		detector_free(library->detector);
	if (library->builder)
		ruleset_builder_free(library->builder);
	diags_release(&library->diags);
	arena_release(&library->arena);
	free(library);
}

/* Is it from a pack that did not come with the program? */
static bool is_others(const void *context, const struct pattern *pattern)
{
	const struct library *library = context;
	size_t i;

	for (i = 0; i < library->pack_count; i++) {
		if (library->packs[i].root != 0 && pattern->place.source &&
		    slice_eq(library->packs[i].path, pattern->place.source->path))
			return true;
	}
	return false;
}

/* Somebody's own list may stand in any pattern. */
static bool are_lists_replaced(struct library *library)
{
	const struct replacement *items;
	size_t count = ruleset_replacements(library->builder, &library->arena, &items);
	size_t i;

	for (i = 0; i < count; i++) {
		if (strcmp(items[i].kind, "list") == 0)
			return true;
	}
	return false;
}

/* What came with the program was tested; of others' patterns what is wrong is told at once. */
static void compile_others(struct library *library)
{
	if (!library->hurried || are_lists_replaced(library))
		detector_compile(library->detector, &library->diags);
	else if (library->pack_count && library->packs[library->pack_count - 1].root != 0)
		detector_compile_some(library->detector, is_others, library, &library->diags);
}

void library_speak(struct library *library, const struct library_scenario *scenario)
{
	library->language = scenario->header.language;
}

static bool read_packs(const struct library *library, struct ruleset_builder *builder,
                       struct diags *diags, struct err *err)
{
	struct strbuf text = {0};
	bool good = true;
	size_t i;

	for (i = 0; good && i < library->pack_count; i++) {
		const struct library_file *pack = &library->packs[i];

		strbuf_clear(&text);
		good = file_read(pack->path, LIMIT_FILE_BYTES, &text, err);
		if (good && slice_eq(language_of(strbuf_slice(&text)), library->language))
			ruleset_add(builder, pack->path, strbuf_slice(&text), pack->root, diags);
	}
	strbuf_release(&text);
	return good;
}

bool library_load_rules(struct library *library, struct err *err)
{
	if (library->pack_count == 0) {
		err_set(err,
		        "no rule packs found, neither in a checkout around the program nor in "
		        "‘%s’; install again, or name them with ‘--rules PATH’",
		        REHEARSE_DATADIR);
		return false;
	}
	library->builder = ruleset_builder_new();
	if (!read_packs(library, library->builder, &library->diags, err))
		return false;
	library->ruleset = ruleset_link(library->builder, &library->diags);
	library->detector = detector_new(library->ruleset, NULL);
	compile_others(library);
	return true;
}

static bool is_own(const struct library *library, struct slice path)
{
	return library->own.len && slice_starts(path, library->own) &&
	       slice_starts(slice_sub(path, library->own.len, path.len), SLICE("/"));
}

/* A mistake in the user's own folder stops scenarios that came with the program too: says how to go
 * on. `asked` is the file that was asked for. */
static void advise(const struct library *library, const struct diags *diags, struct slice asked)
{
	struct slice culprit = SLICE("");
	struct err err;
	size_t i;

	for (i = 0; i < diags->count && culprit.len == 0; i++) {
		const struct source *source = diags->items[i].place.source;

		if (diags->items[i].kind == DIAG_ERROR && source && is_own(library, source->path) &&
		    !slice_eq(source->path, asked))
			culprit = slice_sub(source->path, 0, 240);
	}
	if (culprit.len == 0)
		return;
	err_set(&err,
	        "to go on, mend ‘%.*s’ or move it out of your own folder; or leave that folder out "
	        "with ‘--shipped-only’",
	        SLICE_ARGS(culprit));
	out_err(&err);
}

enum library_state library_ready(struct library *library)
{
	struct err err;

	library->hurried = true;
	if (!library_load_rules(library, &err)) {
		out_err(&err);
		return LIBRARY_TROUBLE;
	}
	if (library->diags.errors == 0)
		return LIBRARY_SOUND;
	out_diags(&library->diags);
	advise(library, &library->diags, SLICE(""));
	return LIBRARY_UNSOUND;
}

enum status library_late(struct library *library, enum status status)
{
	struct diags diags = {0};

	if (library->detector && library->diags.errors == 0)
		detector_report(library->detector, &diags);
	if (diags.errors) {
		out_diags(&diags);
		status = status < STATUS_FINDINGS ? STATUS_FINDINGS : status;
	}
	diags_release(&diags);
	return status;
}

enum status library_status(enum library_state state)
{
	if (state == LIBRARY_SOUND)
		return STATUS_FINE;
	return state == LIBRARY_UNSOUND ? STATUS_FINDINGS : STATUS_TROUBLE;
}

/* Where the scenario says which temperament it uses. */
static struct place place_of_use(const struct source *source, struct slice id)
{
	struct slice rest = source->text;
	struct slice line;

	while (slice_cut(&rest, '\n', &line)) {
		struct slice words = slice_trim(line);
		struct slice keyword;

		if (slice_word(&words, &keyword) && slice_is(keyword, "use") &&
		    slice_eq(slice_trim(words), id))
			return place_of(source, slice_trim(words));
	}
	return (struct place){.source = source};
}

/* "stock/ID.temperament" or "ID.temperament" beside the scenario's file. */
static bool beside(struct library *library, const struct library_scenario *scenario,
                   struct slice id, struct slice *path)
{
	static const char *const folders[] = {"stock/", ""};
	struct slice file = scenario->file.path;
	/* Up to its name as it was given, so that one file goes by one path in messages. */
	struct slice before = slice_sub(file, 0, file.len - file_name(file).len);
	size_t i;

	for (i = 0; i < 2; i++) {
		*path = slice_format(&library->arena, "%.*s%s%.*s.temperament", SLICE_ARGS(before),
		                     folders[i], SLICE_ARGS(id));
		if (file_kind(*path, NULL) != FILE_NONE)
			return true;
	}
	return false;
}

static bool in_roots(const struct library *library, struct slice id, struct slice *path)
{
	size_t i;

	for (i = library->temperament_count; i > 0; i--) {
		if (slice_eq(library->temperaments[i - 1].id, id)) {
			*path = library->temperaments[i - 1].path;
			return true;
		}
	}
	return false;
}

static bool find_temperament(struct library *library, const struct library_scenario *scenario,
                             struct slice id, struct slice *path)
{
	/* An id is no path: what is none is the loader's to complain about. */
	if (!slice_is_id(id))
		return false;
	if (scenario->named)
		return beside(library, scenario, id, path) || in_roots(library, id, path);
	return in_roots(library, id, path) || beside(library, scenario, id, path);
}

/* "; there are a, b", each once; or how to make one */
static const char *known_temperaments(struct library *library, struct slice id)
{
	struct strbuf words = {0};
	struct slice copy;
	size_t i;
	size_t j;

	for (i = 0; i < library->temperament_count; i++) {
		struct slice known = library->temperaments[i].id;

		for (j = 0; j < i && !slice_eq(library->temperaments[j].id, known); j++)
			;
		if (j == i)
			strbuf_addf(&words, "%s‘%.*s’",
			            words.len ? ", " : "; those there are: ", SLICE_ARGS(known));
	}
	if (words.len == 0)
		strbuf_addf(&words,
		            "; there are none: write one, ‘stock/%.*s.temperament’ beside the "
		            "scenario",
		            SLICE_ARGS(id));
	copy = slice_copy(&library->arena, strbuf_slice(&words));
	strbuf_release(&words);
	return copy.at;
}

static void no_temperament(struct library *library, const struct library_scenario *scenario,
                           struct slice text, struct slice id, struct diags *diags)
{
	struct source *source = ARENA_NEW(&library->arena, struct source);
	struct nearest nearest;
	size_t i;

	source->path = scenario->file.path;
	source->text = slice_copy(&library->arena, text);
	nearest_init(&nearest, id);
	for (i = 0; i < library->temperament_count; i++)
		nearest_offer(&nearest, library->temperaments[i].id);
	diag_error(diags, place_of_use(source, id), "no temperament ‘%.*s’%s", SLICE_ARGS(id),
	           nearest.best.len ? nearest_hint(&nearest, &library->arena)
	                            : known_temperaments(library, id));
}

static struct scenario_file *load_with(struct library *library, const struct ruleset *ruleset,
                                       const struct library_scenario *scenario, struct diags *diags,
                                       struct err *err)
{
	const struct library_file *file = &scenario->file;
	struct strbuf text = {0};
	struct strbuf stock = {0};
	struct scenario_header header = {0};
	struct slice path = SLICE("");
	struct scenario_file *loaded = NULL;

	if (!file_read(file->path, LIMIT_FILE_BYTES, &text, err))
		goto out;
	scenario_read_header(file->id, strbuf_slice(&text), &library->arena, &header);
	if (header.temperament.len &&
	    !find_temperament(library, scenario, header.temperament, &path)) {
		path = SLICE("");
		no_temperament(library, scenario, strbuf_slice(&text), header.temperament, diags);
	}
	if (path.len && !file_read(path, LIMIT_FILE_BYTES, &stock, err))
		goto out;
	/* Empty text would mean that there is none; this one is there, and has nothing in it. */
	if (path.len && stock.len == 0)
		strbuf_addc(&stock, '\n');
	loaded = scenario_load(file->id, file->path, strbuf_slice(&text), path,
	                       strbuf_slice(&stock), ruleset, diags);
out:
	strbuf_release(&text);
	strbuf_release(&stock);
	return loaded;
}

struct scenario_file *library_load(struct library *library, const struct library_scenario *scenario,
                                   struct diags *diags, struct err *err)
{
	return load_with(library, library->ruleset, scenario, diags, err);
}

/* What came with the program was tested; the rules are linked for the others alone. */
static void try_others(struct library *library)
{
	struct ruleset_builder *builder = ruleset_builder_new();
	struct diags diags = {0};
	const struct ruleset *ruleset = NULL;
	struct err err;
	size_t i;

	if (read_packs(library, builder, &diags, &err))
		ruleset = ruleset_link(builder, &diags);
	/* With unsound rules none can be played, and playing says so. */
	if (diags.errors)
		ruleset = NULL;
	diags_release(&diags);
	for (i = 0; ruleset && i < library->scenario_count; i++) {
		struct library_scenario *scenario = &library->scenarios[i];
		struct scenario_file *file;

		/* Nor those that other packs would hear. */
		if (scenario->file.root == 0 ||
		    !slice_eq(scenario->header.language, library->language))
			continue;
		diags = (struct diags){0};
		file = load_with(library, ruleset, scenario, &diags, &err);
		scenario->broken = !file || diags.errors;
		if (file)
			scenario_free(file);
		diags_release(&diags);
	}
	ruleset_builder_free(builder);
}

void library_try(struct library *library)
{
	bool others = false;
	size_t i;

	if (library->tried)
		return;
	library->tried = true;
	for (i = 0; i < library->scenario_count; i++) {
		struct library_scenario *scenario = &library->scenarios[i];

		scenario->broken = scenario->header.level == 0;
		others = others || scenario->file.root != 0;
	}
	if (others)
		try_others(library);
	library_sort(library);
}

struct scenario_file *library_play(struct library *library, const struct library_scenario *scenario,
                                   enum library_state *state)
{
	struct diags diags = {0};
	struct err err;
	struct scenario_file *loaded = library_load(library, scenario, &diags, &err);

	*state = LIBRARY_SOUND;
	if (!loaded) {
		out_err(&err);
		*state = LIBRARY_TROUBLE;
	} else if (diags.errors) {
		out_diags(&diags);
		advise(library, &diags, scenario->file.path);
		scenario_free(loaded);
		loaded = NULL;
		*state = LIBRARY_UNSOUND;
	}
	diags_release(&diags);
	return loaded;
}
