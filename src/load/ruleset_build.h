/* ruleset_build.h: what the files that make up the loader of rule packs share; nobody else includes
 * it.
 *
 * Packs are read one by one into drafts, which keep names as written with their places; linking
 * resolves the names of all packs together. */
#ifndef LOAD_RULESET_BUILD_H
#define LOAD_RULESET_BUILD_H

#include "load/keyword.h"
#include "load/pattern.h"
#include "load/ruleset.h"

/* Everything a line of a pack may begin with. */
enum pack_word {
	PACK_NONE, /* nothing that belongs here: was reported */
	PACK_ABOUT,
	PACK_ADVICE,
	PACK_ALSO,
	PACK_ANSWERS,
	PACK_AXIS,
	PACK_CELL,
	PACK_CHECKS,
	PACK_CONFIDENCE,
	PACK_EFFECT,
	PACK_FRAMEWORK,
	PACK_GENERIC,
	PACK_MENDS,
	PACK_HELPED,
	PACK_HIGH,
	PACK_INSTEAD,
	PACK_ITEM,
	PACK_LEVEL,
	PACK_LICENCE,
	PACK_LANGUAGE,
	PACK_LIST,
	PACK_LOW,
	PACK_MATCH,
	PACK_METER,
	PACK_MIDDLE,
	PACK_MOVE,
	PACK_NEEDS,
	PACK_NO,
	PACK_OPTIONAL,
	PACK_QUIET,
	PACK_ROOM,
	PACK_SAY,
	PACK_SOURCE,
	PACK_TITLE,
	PACK_TURNS,
	PACK_UNLESS,
	PACK_WHEN,
	PACK_WHOLE,
	PACK_WITHOUT,
	PACK_WONDER,
	PACK_X,
	PACK_Y,
	PACK_YES,
	PACK_YIELDS,
	PACK_WORDS
};

/* Where a line stands. */
enum pack_room {
	PACK_ROOM_FILE,
	PACK_ROOM_MOVE,
	PACK_ROOM_MATCH,
	PACK_ROOM_UNLESS,
	PACK_ROOM_CHECKLIST, /* the four kinds of framework, in the order of enum framework_kind */
	PACK_ROOM_SEQUENCE,
	PACK_ROOM_GRID,
	PACK_ROOM_LADDER,
	PACK_ROOM_PART, /* under a sequence's `item`, under `cell` */
	PACK_ROOM_ITEM, /* under a checklist's `item` */
	PACK_ROOM_LEVEL, /* under a ladder's `level` */
	PACK_ROOM_METER,
	PACK_ROOMS
};

/* Lines a block has, the first of each kind. That of PACK_NONE may have been meant for any: then
 * nothing is said to be missing. */
struct pack_once {
	const struct line *line[PACK_WORDS];
};

enum pack_kind { PACK_LISTS, PACK_MOVES, PACK_FRAMEWORKS, PACK_METERS, PACK_KINDS };

/* What a pack declares by an id. The first member of each draft. */
struct pack_thing {
	enum pack_kind kind;
	struct slice id;
	struct place place; /* of the id */
	int root;
	bool replaced; /* by one of a root with more authority */
	const struct pack_thing *replaces; /* or NULL */
	struct pack_thing *bucket; /* the next of the same hash */
};

/* A name as written. */
struct pack_name {
	struct slice id;
	struct place place;
};

struct pack_item {
	struct slice text; /* with the lists it names put in */
	struct place place;
	size_t weight; /* how long it may match: longer ones come first */
	uint32_t bucket; /* while read: the item before of the same hash, from 1 */
};

enum pack_mark { PACK_NEW, PACK_OPEN, PACK_DONE };

struct pack_list {
	struct pack_thing thing;
	struct table items; /* struct pack_item: as written; once done, put in and sorted */
	enum pack_mark mark;
	bool broken; /* said why: patterns that use it are left out */
	unsigned depth; /* 1 when it names no other list */
	size_t weight; /* of its longest item */
	struct slice text; /* (?:…|…) */
};

struct pack_rule {
	struct pattern match;
	struct table unless; /* struct pattern */
	struct table when; /* const struct line * */
	double confidence; /* 0: the move's */
};

struct pack_move;

/* One move waits for another. */
struct pack_link {
	struct pack_move *to; /* NULL: unknown, or in a ring; was said */
	struct place place;
	enum { PACK_YIELDS_TO, PACK_NEEDS_IT, PACK_ASKS_FOR } kind;
};

struct pack_move {
	struct pack_thing thing;
	struct move move;
	struct table rules; /* struct pack_rule */
	struct table unless; /* struct pattern */
	struct table when; /* const struct line * */
	struct table yields; /* struct pack_name */
	struct table needs; /* struct pack_name */
	struct table says; /* struct say */
	struct table axes; /* struct axis */
	struct table axis_places; /* struct place, one for each of these */
	struct table tests; /* struct rule_test */
	struct pack_name instead;
	bool whole;
	double confidence; /* 0: the default */
	struct table links; /* struct pack_link: what yields and needs name */
	enum pack_mark mark;
};

struct pack_framework_item {
	struct table moves; /* struct pack_name */
	struct slice title;
	bool optional;
};

struct pack_level {
	struct ladder_level level;
	struct table needs, also, without; /* struct pack_name */
};

struct pack_framework {
	struct pack_thing thing;
	struct framework framework;
	struct table items; /* struct pack_framework_item */
	struct table cells; /* struct grid_cell */
	struct table levels; /* struct pack_level */
};

struct pack_meter {
	struct pack_thing thing;
	enum meter meter;
	struct meter_words words;
};

#define PACK_BUCKETS 1024

struct ruleset_builder {
	struct arena arena;
	struct ruleset ruleset;
	struct table things[PACK_KINDS]; /* struct pack_thing *, in the order of packs and lines */
	size_t live[PACK_KINDS]; /* not replaced */
	bool full[PACK_KINDS]; /* that there are too many was said */
	struct pack_thing *buckets[PACK_BUCKETS];
	size_t packs;
	size_t pattern_bytes; /* of patterns and lists put in */
	bool patterns_full; /* was said */
	bool linked;
};

/* A pack being read. */
struct pack {
	struct ruleset_builder *builder;
	struct arena *arena;
	struct diags *diags;
	const struct source *source;
	int root;
};

/* ruleset.c: things */

/* The thing of that id with the most authority, or NULL; offers those of its kind to `nearest`,
 * unless that is NULL. */
struct pack_thing *pack_find(struct ruleset_builder *builder, enum pack_kind kind, struct slice id,
                             struct nearest *nearest);
/* Makes the thing known under its id. False and an error when the root has one or there are too
 * many. */
bool pack_declare(struct pack *pack, struct pack_thing *thing);

/* ruleset_words.c: what a line is */

/* What the line is, standing in `room`. Says so when it does not belong there, when something is
 * missing behind the keyword or too much behind or below it, and when it stands there twice. */
enum pack_word pack_word(struct pack *pack, const struct line *line, enum pack_room room,
                         struct pack_once *once);
/* An error that says how to write it unless `text`, which may be empty, is an id. */
bool pack_id(struct pack *pack, const struct line *line, struct slice text);
/* The names on a line, commas between. */
void pack_names(struct pack *pack, const struct line *line, struct table *names);
/* An error for each slot in `text` that is not among `known` (ends with NULL). */
void pack_slots(struct pack *pack, const struct line *line, struct slice text,
                const char *const *known);

/* ruleset_values.c: numbers and the like */

void pack_effects(struct pack *pack, const struct line *line, struct effects *effects);
/* Above 0, up to 1; 0 and an error when it is not. */
double pack_confidence(struct pack *pack, const struct line *line);
/* A name and a change; false and an error. */
bool pack_axis(struct pack *pack, const struct line *line, struct slice part, struct axis *axis);
enum answers pack_answers(struct pack *pack, const struct line *line);
/* `E => M => E => M`; false and an error. */
bool pack_test(struct pack *pack, const struct line *line, bool wanted, struct rule_test *test);

/* ruleset_move.c, ruleset_frame.c, ruleset_list.c: the blocks of the top level */

void pack_read_move(struct pack *pack, const struct line *line);
void pack_read_framework(struct pack *pack, const struct line *line);
void pack_read_meter(struct pack *pack, const struct line *line);
void pack_read_list(struct pack *pack, const struct line *line);

/* ruleset_list.c: lists and patterns put together */

void pack_link_lists(struct ruleset_builder *builder, struct diags *diags);
/* Fills pattern->text from what is written; false when something is wrong with it. */
bool pack_expand(struct ruleset_builder *builder, struct pattern *pattern, struct diags *diags);

/* ruleset_order.c: names of moves, and which comes first */

/* Resolves what moves wait for, breaks rings with an error, fills ruleset.moves. */
void pack_link_moves(struct ruleset_builder *builder, struct diags *diags);
/* The move of that name, or NULL and an error. */
struct pack_move *pack_move_named(struct ruleset_builder *builder, const struct pack_name *name,
                                  struct diags *diags);

/* ruleset_link.c: rules and frameworks */

void pack_link_rules(struct ruleset_builder *builder, struct diags *diags);
void pack_link_frameworks(struct ruleset_builder *builder, struct diags *diags);
void pack_link_meters(struct ruleset_builder *builder);

#endif
