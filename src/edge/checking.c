/* checking.c: see checking.h. */
#include "edge/checking.h"

#include "base/limits.h"
#include "edge/checking_cost.h"
#include "edge/checking_report.h"
#include "edge/decks.h"
#include "edge/simulating.h"
#include "edge/spelling.h"
#include "engine/balance.h"
#include "engine/inspect.h"
#include "engine/trial.h"
#include "load/language.h"
#include "load/mentor.h"

/* Conversations by which `--balance` judges a scenario. */
#define BALANCE_RUNS 1200u

struct checking {
	struct library *library;
	const struct checking_request *request;
	struct styles styles; /* for --balance, once loaded */
	struct spelling *spelling; /* NULL where nothing is installed for it */
	struct arena arena;
	struct file_list paths; /* the files to check, each once */
	struct diags diags; /* of all of them */
	struct scenario_file **loaded; /* the diagnostics point into them */
	size_t loaded_count, loaded_cap;
	struct table decks; /* struct deck_file *, likewise */
	struct mentor_file **mentors; /* the same */
	size_t mentor_count, mentor_cap;
	size_t tried; /* lines */
	size_t others; /* files in another language */
	char other[8]; /* the last of those languages */
	enum status status; /* so far, but for errors in files */
};

static void trouble(struct checking *checking, const struct err *err, enum status status)
{
	out_err(err);
	if (status > checking->status)
		checking->status = status;
}

/* A file that is met by two names, or by name and in a folder, is checked once. */
static void add_path(struct checking *checking, struct slice path)
{
	struct file_list *list = &checking->paths;
	struct strbuf text = {0};
	struct file_id id = {0};
	struct file_id other;
	struct err err;
	size_t i;
	bool good = file_read(path, LIMIT_FILE_BYTES, &text, &err);
	struct slice language = good ? language_of(strbuf_slice(&text)) : LANGUAGE_ENGLISH;
	bool foreign = good && !slice_eq(language, checking->library->language);

	if (foreign) {
		checking->others++;
		snprintf(checking->other, sizeof(checking->other), "%.*s", SLICE_ARGS(language));
	}
	strbuf_release(&text);
	if (foreign)
		return;
	if (!good) {
		trouble(checking, &err, STATUS_TROUBLE);
		return;
	}
	file_kind(path, &id);
	for (i = 0; i < list->count; i++) {
		if (file_kind(list->items[i], &other) != FILE_NONE && file_id_eq(id, other))
			return;
	}
	list->items = arena_grow(&checking->arena, list->items, &list->cap, list->count + 1,
	                         sizeof(*list->items));
	list->items[list->count++] = path;
}

static bool is_ours(struct slice path)
{
	return slice_ends(path, PACK_ENDING) || slice_ends(path, SCENARIO_ENDING) ||
	       slice_ends(path, TEMPERAMENT_ENDING) || slice_ends(path, DECK_ENDING) ||
	       slice_ends(path, MENTOR_ENDING);
}

static void add_folder(struct checking *checking, struct slice folder)
{
	struct file_list list = {0};
	struct err err;
	size_t i;

	if (!file_find(folder, PACK_ENDING, true, LIMIT_PACKS, &checking->arena, &list, &err) ||
	    !file_find(folder, SCENARIO_ENDING, true, LIMIT_SCENARIOS, &checking->arena, &list,
	               &err) ||
	    !file_find(folder, TEMPERAMENT_ENDING, true, LIMIT_SCENARIOS, &checking->arena, &list,
	               &err) ||
	    !file_find(folder, DECK_ENDING, true, LIMIT_DECKS, &checking->arena, &list, &err) ||
	    !file_find(folder, MENTOR_ENDING, true, LIMIT_SCENARIOS, &checking->arena, &list,
	               &err)) {
		trouble(checking, &err, STATUS_TROUBLE);
		return;
	}
	if (list.count == 0) {
		folder = slice_sub(folder, 0, 240);
		err_set(&err,
		        "no ‘.rules’, ‘.scenario’, ‘.temperament’, ‘.deck’ or ‘.mentor’ file in "
		        "‘%.*s’",
		        SLICE_ARGS(folder));
		trouble(checking, &err, STATUS_TROUBLE);
	}
	for (i = 0; i < list.count; i++)
		add_path(checking, list.items[i]);
}

static void add_named(struct checking *checking, struct slice path)
{
	struct err err;
	enum file_kind kind = file_kind(path, NULL);

	if (kind == FILE_FOLDER) {
		add_folder(checking, path);
	} else if (kind == FILE_NONE || is_ours(path)) {
		add_path(checking, path);
	} else {
		path = slice_sub(path, 0, 240);
		err_set(&err,
		        "cannot tell what ‘%.*s’ is: names end in ‘.rules’, ‘.scenario’, "
		        "‘.temperament’, ‘.deck’ or ‘.mentor’",
		        SLICE_ARGS(path));
		trouble(checking, &err, STATUS_USAGE);
	}
}

static void add_found(struct checking *checking)
{
	const struct library *library = checking->library;
	size_t i;

	for (i = 0; i < library->pack_count; i++)
		add_path(checking, library->packs[i].path);
	for (i = 0; i < library->scenario_count; i++)
		add_path(checking, library->scenarios[i].file.path);
	for (i = 0; i < library->temperament_count; i++)
		add_path(checking, library->temperaments[i].path);
	for (i = 0; i < library->deck_count; i++)
		add_path(checking, library->decks[i].path);
	for (i = 0; i < library->mentor_count; i++)
		add_path(checking, library->mentors[i].path);
}

static bool same_diag(const struct diag *a, const struct diag *b)
{
	return a->place.line == b->place.line && a->place.at == b->place.at &&
	       (a->place.source == b->place.source ||
	        (a->place.source && b->place.source &&
	         slice_eq(a->place.source->path, b->place.source->path))) &&
	       slice_eq(a->message, b->message);
}

static bool is_checked(const void *context, struct slice path)
{
	const struct checking *checking = context;
	size_t i;

	for (i = 0; i < checking->paths.count; i++) {
		if (slice_eq(checking->paths.items[i], path))
			return true;
	}
	return false;
}

/* A warning in a file that nobody asked about is somebody else's. */
static bool is_elsewhere(const struct checking *checking, const struct diag *diag)
{
	return diag->kind == DIAG_WARNING && diag->place.source &&
	       !is_checked(checking, diag->place.source->path);
}

/* Takes over what was found in one file. A temperament that several scenarios use is read with each
 * of them, but what is wrong with it is said once. */
static void take_diags(struct checking *checking, struct diags *part)
{
	struct diags *all = &checking->diags;
	size_t i;
	size_t j;

	all->errors += part->errors;
	all->warnings += part->warnings;
	for (i = 0; i < part->count; i++) {
		struct diag *diag = &part->items[i];

		for (j = 0; j < all->count && !same_diag(&all->items[j], diag); j++)
			;
		if (j < all->count || is_elsewhere(checking, diag)) {
			*(diag->kind == DIAG_ERROR ? &all->errors : &all->warnings) -= 1;
			continue;
		}
		all->items = arena_grow(&all->arena, all->items, &all->cap, all->count + 1,
		                        sizeof(*all->items));
		all->items[all->count] = *diag;
		all->items[all->count++].message = slice_copy(&all->arena, diag->message);
	}
	diags_release(part);
}

static void keep_loaded(struct checking *checking, struct scenario_file *file)
{
	checking->loaded = arena_grow(&checking->arena, checking->loaded, &checking->loaded_cap,
	                              checking->loaded_count + 1, sizeof(*checking->loaded));
	checking->loaded[checking->loaded_count++] = file;
}

/* A file `words` there: one's own words that are no mistakes. */
static void accept_words(struct checking *checking, struct slice folder)
{
	struct slice path = file_join(folder, SLICE("words"), &checking->arena);
	struct strbuf text = {0};
	struct err err;

	if (file_kind(path, NULL) == FILE_REGULAR && file_read(path, LIMIT_FILE_BYTES, &text, &err))
		spelling_accept(checking->spelling, strbuf_slice(&text));
	strbuf_release(&text);
}

static void open_spelling(struct checking *checking)
{
	struct library *library = checking->library;

	if (!slice_is(library->language, "en"))
		return;
	checking->spelling = spelling_open();
	if (!checking->spelling)
		return;
	accept_words(checking, file_join(library->shipped, SLICE("scenarios"), &checking->arena));
	if (library->own.len)
		accept_words(checking,
		             file_join(library->own, SLICE("scenarios"), &checking->arena));
}

static void check_spelling(struct checking *checking, const struct scenario_file *file,
                           struct diags *diags)
{
	const struct source *source = scenario_of(file)->source;

	if (!checking->spelling || !source || diags->errors)
		return;
	accept_words(checking, file_folder(source->path));
	spelling_check(checking->spelling, source, diags);
}

static void check_balance(struct checking *checking, const struct library_scenario *found,
                          const struct scenario *scenario, struct diags *diags)
{
	struct simulating simulating = {.library = checking->library,
	                                .scenario = found,
	                                .styles = &checking->styles,
	                                .runs = BALANCE_RUNS,
	                                .seed = 1,
	                                .turns = SIMULATING_TURNS};
	struct tally *tally;

	if (checking->styles.count == 0)
		return;
	tally = simulating_run(&simulating, scenario);
	balance_judge(tally, checking->styles.items, diags);
	tally_free(tally);
}

static void check_scenario(struct checking *checking, struct slice path)
{
	const struct library_scenario *scenario;
	struct scenario_file *file = NULL;
	struct diags diags = {0};
	struct err err;

	scenario = library_find(checking->library, path, &err);
	if (scenario)
		file = library_load(checking->library, scenario, &diags, &err);
	if (!file) {
		trouble(checking, &err, STATUS_TROUBLE);
	} else {
		keep_loaded(checking, file);
		diags_name(&diags, "file");
		if (diags.errors == 0 && scenario_of(file)->temperament.len == 0)
			diag_warn(&diags, scenario_of(file)->place,
			          "no ‘use’ under ‘persona’, so there are no stock answers to "
			          "fall back on; write for instance ‘use self-deprecating’");
		diags_name(&diags, "no-temperament");
		if (diags.errors == 0 && checking->library->diags.errors == 0)
			inspect_scenario(scenario_of(file), checking->library->ruleset, &diags);
		if (diags.errors == 0 && checking->library->diags.errors == 0)
			checking->tried += trial_scenario(scenario_of(file),
			                                  checking->library->detector, &diags);
		diags_name(&diags, "trial");
		check_spelling(checking, file, &diags);
		if (diags.errors == 0 && checking->library->diags.errors == 0)
			check_balance(checking, scenario, scenario_of(file), &diags);
	}
	take_diags(checking, &diags);
}

static void check_temperament(struct checking *checking, struct slice path)
{
	struct scenario_file *file;
	struct slice name = file_name(path);
	struct strbuf text = {0};
	struct diags diags = {0};
	struct err err;

	if (file_read(path, LIMIT_FILE_BYTES, &text, &err)) {
		file = temperament_load(slice_sub(name, 0, name.len - TEMPERAMENT_ENDING.len), path,
		                        strbuf_slice(&text), checking->library->ruleset, &diags);
		keep_loaded(checking, file);
		check_spelling(checking, file, &diags);
	} else {
		trouble(checking, &err, STATUS_TROUBLE);
	}
	strbuf_release(&text);
	take_diags(checking, &diags);
}

static void check_deck(struct checking *checking, struct slice path)
{
	struct diags diags = {0};
	struct err err;
	struct deck_file *file = decks_load(checking->library->ruleset, path, &diags, &err);

	if (!file) {
		trouble(checking, &err, STATUS_TROUBLE);
	} else {
		*(struct deck_file **)table_add(&checking->arena, &checking->decks, sizeof(file)) =
		        file;
		if (diags.errors == 0 && checking->library->diags.errors == 0)
			checking->tried +=
			        trial_deck(deck_of(file), checking->library->detector, &diags);
	}
	take_diags(checking, &diags);
}

static void check_mentor(struct checking *checking, struct slice path)
{
	struct slice name = file_name(path);
	struct strbuf text = {0};
	struct mentor_file *file = NULL;
	struct diags diags = {0};
	struct err err;

	if (file_read(path, LIMIT_FILE_BYTES, &text, &err))
		file = mentor_load(slice_sub(name, 0, name.len - MENTOR_ENDING.len), path,
		                   strbuf_slice(&text), checking->library->ruleset, &diags);
	else
		trouble(checking, &err, STATUS_TROUBLE);
	strbuf_release(&text);
	if (file) {
		checking->mentors =
		        arena_grow(&checking->arena, checking->mentors, &checking->mentor_cap,
		                   checking->mentor_count + 1, sizeof(file));
		checking->mentors[checking->mentor_count++] = file;
	}
	take_diags(checking, &diags);
}

/* Only blank lines and comments: a slip (or a failed download), not a pack. */
static bool is_empty(struct slice text)
{
	struct slice line;

	text = slice_unmarked(text);
	while (slice_cut(&text, '\n', &line)) {
		line = slice_trim(line);
		if (line.len && !slice_is(line, "#") && !slice_starts(line, SLICE("# ")))
			return false;
	}
	return true;
}

static void check_pack(struct checking *checking, struct slice path, struct diags *diags)
{
	struct strbuf text = {0};
	struct source *source = ARENA_NEW(&checking->arena, struct source);
	struct err err;

	if (!file_read(path, LIMIT_FILE_BYTES, &text, &err)) {
		trouble(checking, &err, STATUS_TROUBLE);
	} else if (is_empty(strbuf_slice(&text))) {
		source->path = path;
		diag_error(
		        diags, (struct place){.source = source},
		        "nothing in this file; a pack begins with a list, a move or a framework");
	}
	strbuf_release(&text);
	checking->tried += trial_pack(checking->library->detector, path, diags);
	if (checking->library->diags.errors == 0)
		checking->tried += trial_offers(checking->library->detector, path, diags);
}

static void check_all(struct checking *checking)
{
	struct diags packs = {0};
	size_t i;

	for (i = 0; i < checking->paths.count; i++) {
		struct slice path = checking->paths.items[i];

		if (slice_ends(path, SCENARIO_ENDING))
			check_scenario(checking, path);
		else if (slice_ends(path, TEMPERAMENT_ENDING))
			check_temperament(checking, path);
		else if (slice_ends(path, DECK_ENDING))
			check_deck(checking, path);
		else if (slice_ends(path, MENTOR_ENDING))
			check_mentor(checking, path);
		else
			check_pack(checking, path, &packs);
	}
	take_diags(checking, &packs);
	packs = checking->library->diags;
	checking->library->diags = (struct diags){0};
	take_diags(checking, &packs);
}

/* Nothing wrong with it, but it should be meant. */
static void put_replacements(struct checking *checking)
{
	const struct replacement *items;
	size_t count = ruleset_replacements(checking->library->builder, &checking->arena, &items);
	struct strbuf line = {0};
	size_t i;

	for (i = 0; i < count; i++) {
		if (!is_checked(checking, items[i].place.source->path))
			continue;
		strbuf_clear(&line);
		trial_place(items[i].place, &line);
		strbuf_addf(&line, ": %s ‘%.*s’ replaces that of ", items[i].kind,
		            SLICE_ARGS(items[i].id));
		trial_place(items[i].replaced, &line);
		strbuf_addc(&line, '\n');
		out_put(strbuf_slice(&line));
	}
	strbuf_release(&line);
}

static void put_count(const struct checking *checking)
{
	const struct diags *diags = &checking->diags;
	struct strbuf line = {0};
	size_t files = checking->paths.count;

	strbuf_addf(&line, "%zu file%s, %zu test line%s tried, %zu error%s, %zu warning%s\n", files,
	            files == 1 ? "" : "s", checking->tried, checking->tried == 1 ? "" : "s",
	            diags->errors, diags->errors == 1 ? "" : "s", diags->warnings,
	            diags->warnings == 1 ? "" : "s");
	if (checking->others)
		strbuf_addf(&line,
		            "%zu file%s in another language not looked at: rehearse check "
		            "--language %s\n",
		            checking->others, checking->others == 1 ? "" : "s", checking->other);
	out_put(strbuf_slice(&line));
	strbuf_release(&line);
}

static void put_findings(struct checking *checking)
{
	struct strbuf out = {0};

	if (checking->request->json) {
		checking_json(&checking->diags, &out);
		out_put(strbuf_slice(&out));
		strbuf_release(&out);
		return;
	}
	out_diags(&checking->diags);
	if (checking->diags.errors == 0)
		put_replacements(checking);
	put_count(checking);
}

/* Everything but the status. */
static void check_paths(struct checking *checking)
{
	struct library *library = checking->library;
	const struct slice *paths = checking->request->paths;
	size_t count = checking->request->path_count;
	enum status status;
	const struct file_list *found = &checking->paths;
	struct err err;
	size_t i;

	for (i = 0; i < count; i++)
		add_named(checking, paths[i]);
	if (count == 0)
		add_found(checking);
	if (found->count == 0) {
		if (checking->others && !checking->request->json)
			put_count(checking);
		return;
	}
	if ((count && !library_add(library, found->items, found->count, &err)) ||
	    !library_load_rules(library, &err)) {
		trouble(checking, &err, STATUS_TROUBLE);
		return;
	}
	if (checking->request->balance && library->diags.errors == 0 &&
	    !styles_load(library, SLICE(""), &checking->styles, &status)) {
		checking->status = status;
		return;
	}
	open_spelling(checking);
	check_all(checking);
	put_findings(checking);
	if (checking->request->cost && !checking->request->json && checking->diags.errors == 0)
		checking_cost(library->ruleset, is_checked, checking);
}

enum status checking_run(struct library *library, const struct checking_request *request)
{
	struct checking checking = {.library = library, .request = request};
	enum status status;
	size_t i;

	check_paths(&checking);
	status = checking.status;
	if (status == STATUS_FINE && checking.diags.errors)
		status = STATUS_FINDINGS;
	for (i = 0; i < checking.loaded_count; i++)
		scenario_free(checking.loaded[i]);
	for (i = 0; i < checking.decks.count; i++)
		deck_free(((struct deck_file **)checking.decks.items)[i]);
	for (i = 0; i < checking.mentor_count; i++)
		mentor_free(checking.mentors[i]);
	styles_release(&checking.styles);
	spelling_close(checking.spelling);
	diags_release(&checking.diags);
	arena_release(&checking.arena);
	return status;
}
