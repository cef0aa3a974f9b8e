/* library.h: finds rule packs, scenarios, temperaments and decks, and loads all but the decks.
 *
 * Roots in the order of their authority, later ones winning: what came with the program; the user's
 * own in $XDG_DATA_HOME/rehearse (unless --shipped-only); then each --rules and --scenarios, in the
 * order given. A root holds packs in rules/ and scenarios, temperaments, decks and mentors in
 * scenarios/, in folders below as well; a folder named on the command line holds them itself. One
 * file is never loaded twice. */
#ifndef EDGE_LIBRARY_H
#define EDGE_LIBRARY_H

#include "edge/file.h"
#include "edge/options.h"
#include "edge/out.h"
#include "engine/detect.h"
#include "load/scenario.h"

/* How the names of our files end. */
#define PACK_ENDING SLICE(".rules")
#define SCENARIO_ENDING SLICE(".scenario")
#define TEMPERAMENT_ENDING SLICE(".temperament")
#define DECK_ENDING SLICE(".deck")
#define MENTOR_ENDING SLICE(".mentor")

/* A file that was found. */
struct library_file {
	struct slice path; /* as shown to people */
	struct slice id; /* its name without the ending */
	struct file_id file;
	int root; /* 0 for what came with the program */
};

/* A scenario that was found, as a list shows it. */
struct library_scenario {
	struct library_file file;
	struct scenario_header header;
	bool broken; /* cannot be played; known after library_try */
	bool named; /* by its path: a temperament beside it comes first */
};

struct library {
	struct arena arena;
	struct diags diags; /* of packs, and of names met twice */
	struct library_file *packs; /* in the order of authority, then by path */
	size_t pack_count, pack_cap;
	struct library_scenario *scenarios; /* one an id, by level, then title; broken ones last */
	size_t scenario_count, scenario_cap;
	struct library_file *temperaments; /* in the order of authority */
	size_t temperament_count, temperament_cap;
	struct library_file *decks; /* one an id, in the order found; decks.h loads them */
	size_t deck_count, deck_cap;
	struct library_file *mentors; /* styles of simulated ones, in the order of authority */
	size_t mentor_count, mentor_cap;
	struct slice shipped; /* the folder of what came with the program */
	struct slice own; /* the user's own folder; empty when there is none or it is left out */
	struct slice language; /* whose packs are loaded: "en" unless --language or library_speak
	                          says otherwise */
	bool tried; /* by library_try */
	int roots; /* used so far */
	bool hurried; /* set before the rules are loaded: patterns that came with the program are
	                 compiled when they are needed, what is wrong with them told by library_late
	               */
	struct ruleset_builder *builder;
	const struct ruleset *ruleset; /* NULL until library_load_rules */
	struct detector *detector;
};

/* Finds everything; reads of it only the scenarios' headers. NULL with words when a path named does
 * not exist or nothing was found at all. library_free it. */
struct library *library_open(const struct options *options, struct err *err);
void library_free(struct library *library);

/* Into the order of lists. */
void library_sort(struct library *library);

/* Adds packs, temperaments and mentors to be used beside those found, as one root above all before.
 * A pack that was already found keeps its place and takes this path. False with words when they are
 * too many. */
bool library_add(struct library *library, const struct slice *paths, size_t count, struct err *err);

/* From here on the packs of that scenario's language are meant; before the rules are loaded. */
void library_speak(struct library *library, const struct library_scenario *scenario);

/* Loads the packs, links them, builds the detector. False with words when a pack cannot be read;
 * what is wrong inside is in library->diags. */
bool library_load_rules(struct library *library, struct err *err);
/* The same for a command that needs them sound, hurried: says what is wrong on standard error. */
enum library_state { LIBRARY_SOUND, LIBRARY_UNSOUND, LIBRARY_TROUBLE };
enum library_state library_ready(struct library *library);
/* The exit status that goes with it. */
enum status library_status(enum library_state state);
/* When such a command is done: says what is wrong with the patterns that it came to need, and gives
 * the exit status with that. */
enum status library_late(struct library *library, enum status status);

/* Finds out which of the scenarios that did not come with the program cannot be played, and moves
 * them to the end: before they are numbered. */
void library_try(struct library *library);

/* A scenario by its id, its number in library->scenarios (from 1), or a path; NULL with words, and
 * the nearest id, when there is none. */
const struct library_scenario *library_find(struct library *library, struct slice name,
                                            struct err *err);
/* The exit status when there is none: a path leads to a file that is not there, a word is wrong. */
enum status library_find_status(struct slice name);

/* Reads scenario and temperament and links them. NULL with words when a file cannot be read; what
 * is wrong inside goes to `diags`. Needs the rules. scenario_free it. */
struct scenario_file *library_load(struct library *library, const struct library_scenario *scenario,
                                   struct diags *diags, struct err *err);

/* The same for a command that needs it sound: says what is wrong on standard error and gives NULL;
 * `*state` tells which. */
struct scenario_file *library_play(struct library *library, const struct library_scenario *scenario,
                                   enum library_state *state);

#endif
