/* new.c: `rehearse new NAME [FOLDER]`. */
#include "cmd/command.h"
#include "edge/skeleton.h"

#define NAME_BYTES_MAX 60

static const char *const kinds[SKELETONS] = {[SKELETON_SCENARIO] = "scenario",
                                             [SKELETON_TEMPERAMENT] = "temperament",
                                             [SKELETON_PACK] = "pack",
                                             [SKELETON_DECK] = "deck"};

/* Which kind the options say; false with words when they say two. */
static bool read_kind(const struct options *options, enum skeleton *kind, struct err *err)
{
	size_t given = 0;
	int i;

	*kind = SKELETON_SCENARIO;
	for (i = SKELETON_TEMPERAMENT; i < SKELETONS; i++) {
		if (!options_have(options, kinds[i]))
			continue;
		*kind = (enum skeleton)i;
		given++;
	}
	if (given <= 1)
		return true;
	err_set(err, "one file at a time: only one of ‘--temperament’, ‘--pack’ and ‘--deck’");
	return false;
}

static bool read_name(struct slice name, struct err *err)
{
	if (slice_is_id(name) && name.len <= NAME_BYTES_MAX)
		return true;
	name = slice_sub(name, 0, NAME_BYTES_MAX);
	err_set(err,
	        "‘%.*s’ is no name for a file of ours: small letters, digits, ‘-’ and ‘_’, and a "
	        "letter first, such as ‘slow-start’",
	        SLICE_ARGS(name));
	return false;
}

static enum status run(const struct options *options, struct arena *arena)
{
	struct skeleton_request request = {.name = options->words[0]};
	struct library *library;
	enum status status;
	struct err err;

	(void)arena;
	if (options->word_count > 1)
		request.folder = options->words[1];
	if (!read_kind(options, &request.kind, &err) || !read_name(request.name, &err)) {
		out_err(&err);
		return STATUS_USAGE;
	}
	library = library_open(options, &err);
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = skeleton_write(library, &request);
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"temperament", NULL, "stock answers of a kind of person, for several scenarios", 0},
        {"pack", NULL, "rules: a move your school names, and a framework", 0},
        {"deck", NULL, "drills", 0},
        {0},
};

const struct command cmd_new = {
        .name = "new",
        .summary = "write a scenario to begin with",
        .usage = "NAME [FOLDER]",
        .help = "Writes NAME.scenario, a small scenario that can be played as it stands, with a\n"
                "comment where something is to be changed: into FOLDER, or among your own, where\n"
                "‘rehearse play NAME’ finds it. Nothing is ever written over.\n",
        .options = own,
        .words_min = 1,
        .words_max = 2,
        .run = run,
};
