/* library.c: see library.h. Here: the roots and what is found in them; library_load.c loads it. */
#define _XOPEN_SOURCE 700 /* realpath, which POSIX has in its base since 2008, glibc here */
#include "edge/library.h"

#include <sys/auxv.h>
#include <unistd.h>

#include "base/limits.h"
#include "load/language.h"

/* From build/asan/rehearse in a checkout, and from $(prefix)/bin, this is enough. */
#define CHECKOUT_PARENTS 4

static struct slice id_of(struct slice path, struct slice ending)
{
	struct slice name = file_name(path);

	return slice_ends(name, ending) ? slice_sub(name, 0, name.len - ending.len) : name;
}

static struct library_file file_at(struct library *library, struct slice path, struct slice ending)
{
	struct library_file file = {.path = slice_copy(&library->arena, path),
	                            .root = library->roots};

	file.id = id_of(file.path, ending);
	file_kind(path, &file.file);
	return file;
}

/* A file that does not exist has no id to compare: its path does. */
static bool same_file(const struct library_file *a, const struct library_file *b)
{
	if (a->file.number == 0 && b->file.number == 0)
		return slice_eq(a->path, b->path);
	return file_id_eq(a->file, b->file);
}

static void warn_twice(struct library *library, const struct library_file *file,
                       const struct library_file *kept)
{
	struct source *source = ARENA_NEW(&library->arena, struct source);

	source->path = file->path;
	source->text = SLICE("");
	diag_warn(&library->diags, (struct place){.source = source},
	          "left out: ‘%.*s’ has the same name", SLICE_ARGS(kept->path));
}

static void add_pack(struct library *library, struct slice path)
{
	struct library_file file = file_at(library, path, PACK_ENDING);
	size_t i;

	for (i = 0; i < library->pack_count; i++) {
		if (same_file(&library->packs[i], &file)) {
			library->packs[i].path = file.path;
			return;
		}
	}
	library->packs = arena_grow(&library->arena, library->packs, &library->pack_cap,
	                            library->pack_count + 1, sizeof(*library->packs));
	library->packs[library->pack_count++] = file;
}

/* Keeps a file whose id others of other roots may bear too. */
static void add_shared(struct library *library, struct slice path, struct slice ending,
                       struct library_file **files, size_t *count, size_t *cap)
{
	struct library_file file = file_at(library, path, ending);
	size_t i;

	for (i = 0; i < *count; i++) {
		struct library_file *known = &(*files)[i];

		if (same_file(known, &file))
			return;
		if (known->root == file.root && slice_eq(known->id, file.id)) {
			warn_twice(library, &file, known);
			return;
		}
	}
	*files = arena_grow(&library->arena, *files, cap, *count + 1, sizeof(**files));
	(*files)[(*count)++] = file;
}

static void add_temperament(struct library *library, struct slice path)
{
	add_shared(library, path, TEMPERAMENT_ENDING, &library->temperaments,
	           &library->temperament_count, &library->temperament_cap);
}

static void add_mentor(struct library *library, struct slice path)
{
	add_shared(library, path, MENTOR_ENDING, &library->mentors, &library->mentor_count,
	           &library->mentor_cap);
}

/* What cannot be read keeps its place in the list, under its id; loading it says why. */
static struct library_scenario scenario_at(struct library *library, struct slice path)
{
	struct library_scenario scenario = {.file = file_at(library, path, SCENARIO_ENDING)};
	struct strbuf text = {0};
	struct err err;

	if (file_read(path, LIMIT_FILE_BYTES, &text, &err))
		scenario_read_header(scenario.file.id, strbuf_slice(&text), &library->arena,
		                     &scenario.header);
	if (scenario.header.title.len == 0)
		scenario.header.title = scenario.file.id;
	scenario.header.id = scenario.file.id;
	strbuf_release(&text);
	return scenario;
}

static void add_scenario(struct library *library, struct slice path)
{
	struct library_file file = file_at(library, path, SCENARIO_ENDING);
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		struct library_scenario *known = &library->scenarios[i];

		if (same_file(&known->file, &file))
			return;
		if (!slice_eq(known->file.id, file.id))
			continue;
		if (known->file.root == file.root)
			warn_twice(library, &file, &known->file);
		else
			*known = scenario_at(library, path);
		return;
	}
	library->scenarios = arena_grow(&library->arena, library->scenarios, &library->scenario_cap,
	                                library->scenario_count + 1, sizeof(*library->scenarios));
	library->scenarios[library->scenario_count++] = scenario_at(library, path);
}

/* Adds all files below a folder that end so. `*found` counts them. */
static bool add_folder(struct library *library, struct slice folder, struct slice ending,
                       size_t max, void (*add)(struct library *, struct slice), size_t *found,
                       struct err *err)
{
	struct file_list list = {0};
	size_t i;

	if (!file_find(folder, ending, true, max, &library->arena, &list, err))
		return false;
	for (i = 0; i < list.count; i++)
		add(library, list.items[i]);
	*found += list.count;
	return true;
}

/* A later root's deck takes the place of one of the same id. */
static void add_deck(struct library *library, struct slice path)
{
	struct library_file file = file_at(library, path, DECK_ENDING);
	size_t i;

	for (i = 0; i < library->deck_count; i++) {
		struct library_file *known = &library->decks[i];

		if (same_file(known, &file))
			return;
		if (!slice_eq(known->id, file.id))
			continue;
		if (known->root == file.root)
			warn_twice(library, &file, known);
		else
			*known = file;
		return;
	}
	library->decks = arena_grow(&library->arena, library->decks, &library->deck_cap,
	                            library->deck_count + 1, sizeof(*library->decks));
	library->decks[library->deck_count++] = file;
}

/* Those in scenarios/ folders: they share one limit. */
static size_t scenario_files(const struct library *library)
{
	return library->scenario_count + library->temperament_count + library->mentor_count;
}

static bool add_scenario_folder(struct library *library, struct slice folder, size_t *found,
                                struct err *err)
{
	size_t max = LIMIT_SCENARIOS - scenario_files(library);

	return add_folder(library, folder, SCENARIO_ENDING, max, add_scenario, found, err) &&
	       add_folder(library, folder, TEMPERAMENT_ENDING, max - *found, add_temperament, found,
	                  err) &&
	       add_folder(library, folder, DECK_ENDING, LIMIT_DECKS - library->deck_count, add_deck,
	                  found, err) &&
	       add_folder(library, folder, MENTOR_ENDING, max - *found, add_mentor, found, err);
}

/* A root of ours: rules/ and scenarios/ in it, either may be missing. */
static bool add_root(struct library *library, struct slice root, struct err *err)
{
	struct slice rules = file_join(root, SLICE("rules"), &library->arena);
	struct slice scenarios = file_join(root, SLICE("scenarios"), &library->arena);
	size_t found = 0;

	if (file_kind(rules, NULL) == FILE_FOLDER &&
	    !add_folder(library, rules, PACK_ENDING, LIMIT_PACKS - library->pack_count, add_pack,
	                &found, err))
		return false;
	found = 0;
	if (file_kind(scenarios, NULL) == FILE_FOLDER &&
	    !add_scenario_folder(library, scenarios, &found, err))
		return false;
	library->roots++;
	return true;
}

static bool nothing_in(struct slice path, const char *what, struct err *err)
{
	path = slice_sub(path, 0, 240);
	err_set(err, "no %s in ‘%.*s’", what, SLICE_ARGS(path));
	return false;
}

static bool missing(struct slice path, struct err *err)
{
	struct strbuf none = {0};

	/* Reading it gives the words. */
	return file_read(path, 0, &none, err) && nothing_in(path, "file", err);
}

static bool too_many_packs(struct err *err)
{
	err_set(err, "more than %u rule packs together", LIMIT_PACKS);
	return false;
}

static bool too_many_scenarios(struct err *err)
{
	err_set(err, "more than %u scenarios and temperaments together", LIMIT_SCENARIOS);
	return false;
}

static bool too_many_decks(struct err *err)
{
	err_set(err, "more than %u decks together", LIMIT_DECKS);
	return false;
}

static bool add_named_rules(struct library *library, struct slice path, struct err *err)
{
	enum file_kind kind = file_kind(path, NULL);
	size_t found = 0;

	if (kind == FILE_NONE)
		return missing(path, err);
	if (kind != FILE_FOLDER) {
		if (library->pack_count >= LIMIT_PACKS)
			return too_many_packs(err);
		add_pack(library, path);
	} else if (!add_folder(library, path, PACK_ENDING, LIMIT_PACKS - library->pack_count,
	                       add_pack, &found, err)) {
		return false;
	} else if (found == 0) {
		return nothing_in(path, "‘.rules’ file", err);
	}
	library->roots++;
	return true;
}

static bool add_named_scenarios(struct library *library, struct slice path, struct err *err)
{
	enum file_kind kind = file_kind(path, NULL);
	size_t found = 0;

	if (kind == FILE_NONE)
		return missing(path, err);
	if (scenario_files(library) >= LIMIT_SCENARIOS)
		return too_many_scenarios(err);
	if (library->deck_count >= LIMIT_DECKS)
		return too_many_decks(err);
	if (kind == FILE_FOLDER) {
		if (!add_scenario_folder(library, path, &found, err))
			return false;
		if (found == 0)
			return nothing_in(path, "‘.scenario’, ‘.temperament’ or ‘.deck’ file", err);
	} else if (slice_ends(path, TEMPERAMENT_ENDING)) {
		add_temperament(library, path);
	} else if (slice_ends(path, DECK_ENDING)) {
		add_deck(library, path);
	} else if (slice_ends(path, MENTOR_ENDING)) {
		add_mentor(library, path);
	} else {
		add_scenario(library, path);
	}
	library->roots++;
	return true;
}

/* The folder of the program itself, or the empty slice where the system does not tell. Without
 * /proc, as in a bare chroot, the path it was started by is still known. */
static struct slice program_folder(struct arena *arena)
{
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path));
	char *real;
	struct slice folder;

	if (len > 0 && (size_t)len < sizeof(path))
		return slice_copy(arena, file_folder((struct slice){path, (size_t)len}));
	real = realpath((const char *)getauxval(AT_EXECFN), NULL);
	folder = real ? slice_copy(arena, file_folder(slice_of(real))) : SLICE("");
	free(real);
	return folder;
}

static bool holds_both(struct slice folder, struct arena *arena)
{
	return file_kind(file_join(folder, SLICE("rules"), arena), NULL) == FILE_FOLDER &&
	       file_kind(file_join(folder, SLICE("scenarios"), arena), NULL) == FILE_FOLDER;
}

static struct slice shipped_root(struct arena *arena)
{
	struct slice folder = program_folder(arena);
	int i;

	for (i = 0; folder.len > 1 && i <= CHECKOUT_PARENTS; i++) {
		struct slice shared = file_join(folder, SLICE("share/rehearse"), arena);

		if (holds_both(folder, arena))
			return folder;
		if (holds_both(shared, arena))
			return shared;
		folder = file_folder(folder);
	}
	return SLICE(REHEARSE_DATADIR);
}

bool library_add(struct library *library, const struct slice *paths, size_t count, struct err *err)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (slice_ends(paths[i], PACK_ENDING)) {
			add_pack(library, paths[i]);
			if (library->pack_count > LIMIT_PACKS)
				return too_many_packs(err);
		} else if (slice_ends(paths[i], TEMPERAMENT_ENDING)) {
			add_temperament(library, paths[i]);
		} else if (slice_ends(paths[i], MENTOR_ENDING)) {
			add_mentor(library, paths[i]);
		}
		if (scenario_files(library) > LIMIT_SCENARIOS)
			return too_many_scenarios(err);
	}
	library->roots++;
	return true;
}

static int by_level(const void *a, const void *b)
{
	const struct library_scenario *left = a;
	const struct library_scenario *right = b;
	long left_level = left->header.level ? left->header.level : 9;
	long right_level = right->header.level ? right->header.level : 9;
	int order = slice_compare(left->header.title, right->header.title);

	if (left->broken != right->broken)
		return left->broken ? 1 : -1;
	if (left_level != right_level)
		return left_level < right_level ? -1 : 1;
	return order ? order : slice_compare(left->file.id, right->file.id);
}

void library_sort(struct library *library)
{
	if (library->scenario_count > 1)
		qsort(library->scenarios, library->scenario_count, sizeof(*library->scenarios),
		      by_level);
}

static bool find_all(struct library *library, const struct options *options, struct err *err)
{
	struct slice root = shipped_root(&library->arena);
	struct slice *paths;
	size_t count;
	size_t i;

	library->shipped = root;
	if (!add_root(library, root, err))
		return false;
	if (!options_have(options, "shipped-only"))
		library->own = file_own_folder(&library->arena);
	if (library->own.len && !add_root(library, library->own, err))
		return false;
	count = options_values(options, "rules", &library->arena, &paths);
	for (i = 0; i < count; i++) {
		if (!add_named_rules(library, paths[i], err))
			return false;
	}
	count = options_values(options, "scenarios", &library->arena, &paths);
	for (i = 0; i < count; i++) {
		if (!add_named_scenarios(library, paths[i], err))
			return false;
	}
	library_sort(library);
	return true;
}

struct library *library_open(const struct options *options, struct err *err)
{
	struct library *library = mem_alloc(sizeof(*library));
	struct slice language = options_value(options, "language");

	library->language = language.len ? language : LANGUAGE_ENGLISH;
	if (find_all(library, options, err))
		return library;
	library_free(library);
	return NULL;
}

static const struct library_scenario *by_id(const struct library *library, struct slice id,
                                            struct nearest *nearest)
{
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		if (slice_eq(library->scenarios[i].file.id, id))
			return &library->scenarios[i];
		nearest_offer(nearest, library->scenarios[i].file.id);
	}
	return NULL;
}

/* A file that is also in a root keeps the root's order of temperaments. */
static const struct library_scenario *at_path(struct library *library, struct slice path)
{
	struct library_scenario *named = ARENA_NEW(&library->arena, struct library_scenario);
	size_t i;

	*named = scenario_at(library, path);
	named->named = true;
	for (i = 0; i < library->scenario_count; i++) {
		if (same_file(&library->scenarios[i].file, &named->file))
			named->named = false;
	}
	return named;
}

static bool is_path(struct slice name)
{
	return slice_find(name, SLICE("/")) < name.len || slice_ends(name, SCENARIO_ENDING);
}

enum status library_find_status(struct slice name)
{
	return is_path(name) ? STATUS_TROUBLE : STATUS_USAGE;
}

const struct library_scenario *library_find(struct library *library, struct slice name,
                                            struct err *err)
{
	const struct library_scenario *found;
	struct nearest nearest;
	long number;

	nearest_init(&nearest, name);
	found = by_id(library, name, &nearest);
	if (found)
		return found;
	if (slice_int(name, 1, (long)library->scenario_count, &number)) {
		library_try(library);
		return &library->scenarios[number - 1];
	}
	if (is_path(name)) {
		if (file_kind(name, NULL) != FILE_REGULAR) {
			missing(name, err);
			return NULL;
		}
		return at_path(library, name);
	}
	name = slice_sub(name, 0, 60);
	err_set(err, "no scenario ‘%.*s’%s", SLICE_ARGS(name),
	        nearest.best.len ? nearest_hint(&nearest, &library->arena)
	                         : "; ‘rehearse list’ shows them");
	return NULL;
}
