/* scenario.h: a scenario and its temperament, parsed and linked. The file format is
 * rehearse-scenario(5).
 *
 * Everything is const once loaded. Text points into the loaded files or the scenario's arena. */
#ifndef LOAD_SCENARIO_H
#define LOAD_SCENARIO_H

#include "load/regex.h"
#include "load/ruleset.h"
#include "load/sieve.h"

/* A beginner's conversation, for a scenario that does not say. */
#define SCENARIO_MINUTES 8
#define SCENARIO_LEVEL 1
#define SCENARIO_MINUTES_MAX 60
#define SCENARIO_LEVEL_MAX 3

/* What only conditions in scenarios and temperaments know, beside `enum feature` (ids for
 * expr_value). */
enum scenario_name {
	NAME_TRUST = FEATURES, /* the four meters, in the order of enum meter */
	NAME_TENSION,
	NAME_CLARITY,
	NAME_OWNERSHIP,
	NAME_MINUTES, /* of conversation so far */
	NAME_DONE, /* done(move or framework) */
	NAME_IN_ORDER, /* in_order(sequence) */
	NAME_ASKED, /* asked(topic): the mentor asked about it, in any turn so far */
	NAME_AGREED, /* agreed, agreed(topic) */
	NAME_TOLD, /* told(topic): a tell about it was told */
	SCENARIO_NAMES
};

/* How she takes something, decided by the engine, not heard in the words: triggers like moves. */
enum stance {
	STANCE_AGREE, /* a yes/no question or paraphrase that is so */
	STANCE_DENY, /* … that is not so */
	STANCE_HEDGE, /* … of which nothing is known: neither yes nor no */
	STANCE_RESIST, /* a proposal: no */
	STANCE_OBSTACLE, /* a proposal: what stands in the way */
	STANCE_YES_BUT, /* a proposal: half a yes */
	STANCE_ACCEPT, /* a proposal: yes; binds {step} */
	STANCE_OWN_VERSION, /* a proposal: her own version of it; binds {step} */
	STANCE_AGAIN, /* a question she was asked before, in much the same words */
	STANCES
};
const char *stance_name(enum stance stance);

/* One paragraph she says: an optional stage direction, then words. */
struct speech {
	struct slice direction; /* without brackets; may be empty */
	struct slice words; /* may hold {said GROUP} {step} {topic} {name}; may be empty when there
	                       is a direction */
	struct place place;
};

/* One `or` alternative. */
struct alternative {
	const struct speech *lines;
	size_t line_count;
	struct slice id; /* stable: given, or beat + trigger + hash of the text */
	uint32_t index; /* of all alternatives in scenario and temperament: for sets */
	struct place place;
};

enum reply_kind { REPLY_PROPER, REPLY_ASIDE };

/* Where a reply stands: the tiers of choosing, best first. */
enum tier { TIER_THEN, TIER_BEAT, TIER_SCENARIO, TIER_KNOWS, TIER_TEMPERAMENT, TIERS };

struct reply {
	enum reply_kind kind;
	enum tier tier;
	bool otherwise; /* only when nothing else */
	const struct move *const *on; /* any of these */
	size_t on_count;
	uint32_t stances; /* bit set of 1 << enum stance: any of these too */
	int about; /* topic, or -1 */
	const struct expr *when; /* or NULL */
	const struct alternative *alternatives;
	size_t alternative_count;
	struct slice thinks;
	struct effects effects;
	int go; /* beat, or -1 */
	bool cue; /* what she shows here wants meeting */
	struct slice step; /* her own step in her own words: binds {step} and `agreed`; or empty */
	const struct move
	        *instead; /* better words for the mentor, had she to answer this: as which move … */
	struct slice instead_words; /* … and the words; or empty */
	const struct reply *const *then; /* replies open only in the next turn after this one */
	size_t then_count;
	uint32_t index; /* over scenario and temperament */
	size_t conditions; /* move or stance (0 when only generic), about, each `and`ed term */
	struct place place;
};

struct topic {
	struct slice id;
	struct slice title; /* id with blanks for _ and -, unless `title` is given */
	struct slice text; /* its pattern */
	const struct regex *pattern;
	struct place place;
};

struct evidence {
	int about; /* topic, or -1 */
	struct slice text;
	struct place place;
};

struct beat {
	struct slice id;
	const struct reply *const *replies;
	size_t reply_count;
	struct place place;
};

struct fact {
	int about;
	const struct reply *reply; /* what she says of it, asked openly: tier knows */
	const struct regex *agrees; /* or NULL */
	const struct regex *denies; /* or NULL */
	struct slice agrees_written; /* the patterns, as in the file */
	struct slice denies_written;
	const struct reply *agree; /* her own words then; or NULL: the temperament's */
	const struct reply *deny;
	struct place place;
};

struct tell {
	int about; /* or -1 */
	const struct expr *when; /* or NULL */
	const struct reply *reply;
	uint32_t index;
	struct place place;
};

struct ending {
	struct slice id;
	const struct expr *when; /* NULL only for `bell`, which comes when the minutes are up */
	const struct reply *reply; /* her last words; may have none */
	struct slice verdict;
	bool good; /* `good` in the file: what the skilled should reach */
	struct place place;
};

struct reaction {
	const struct move *move;
	struct effects effects;
};

struct shows {
	enum meter meter;
	bool at_least; /* else at most */
	int value;
	const struct slice *directions;
	size_t direction_count;
};

struct better {
	const struct move *move;
	int about;
	struct slice words;
	struct place place;
};

struct model_line {
	bool mentor;
	struct slice words;
	const struct move *const *moves; /* that the mentor's line must make */
	size_t move_count;
	struct place place;
};

struct scenario {
	struct slice id; /* file name without .scenario */
	struct slice title;
	struct slice about;
	struct slice phase;
	struct slice cycle; /* the theme of a development cycle it suits, or empty */
	struct slice interaction; /* which conversation of one: an id of scenario_interactions, or
	                             empty */
	struct slice name; /* the persona's, as speakers are written: "Sam" */
	struct slice who;
	struct slice voice;
	struct slice temperament; /* id */
	struct slice language; /* "en" */
	long minutes; /* of conversation until the bell */
	long level; /* 1..3 */
	const struct move *const *focus_moves; /* and frameworks, as written, in `focus` */
	size_t focus_move_count;
	const struct framework *const *focus_frameworks;
	size_t focus_framework_count;
	struct slice focus; /* as shown: titles, comma between */
	const struct grid_cell *const *fits; /* what fits here, says `fits`: a conflict mode … */
	size_t fit_count;
	struct slice brief;
	const struct evidence *evidence;
	size_t evidence_count;
	struct slice goal;
	int start[METERS];
	const struct topic *topics;
	size_t topic_count;
	const struct sieve *topic_sieve; /* which of them a text may name; by index */
	const struct reply *opening; /* her first words: speech directly under the first beat */
	const struct beat *beats; /* the first is where it begins */
	size_t beat_count;
	const struct reply *const *replies; /* tier scenario */
	size_t reply_count;
	const struct fact *facts;
	size_t fact_count;
	const struct tell *tells;
	size_t tell_count;
	const struct ending *endings;
	size_t ending_count;
	const struct reaction *reactions;
	size_t reaction_count;
	const struct shows *shows;
	size_t show_count;
	const struct better *betters;
	size_t better_count;
	const struct model_line *model;
	size_t model_count;
	int model_ending; /* index, or -1 */
	const struct reply *const *stock; /* tier temperament */
	size_t stock_count;
	size_t reply_total; /* replies of every tier: index < reply_total */
	size_t alternative_total;
	uint64_t hash; /* of scenario and temperament text */
	const struct source *source;
	struct place place;
};

/* Owner of a scenario: NULL never. */
struct scenario_file;

/* The meters at the beginning, where `start` says nothing else. */
extern const int scenario_start[METERS];

/* The conversations a mentor and an ECT have in a development cycle, in their order, and the one
 * outside it. NULL ends them. */
struct interaction {
	const char *id;
	const char *title;
};
extern const struct interaction scenario_interactions[];
/* NULL when there is none of that id. */
const struct interaction *scenario_interaction(struct slice id);

/* Only the header (title, about, minutes, level, focus, phase, cycle, interaction, name, who,
 * temperament) for listing; the rest is not parsed. `id` names it. Needs no ruleset. The result
 * lives in `arena`. */
struct scenario_header {
	struct slice id, title, about, phase, cycle, interaction, name, who, temperament;
	struct slice language; /* "en" */
	struct slice focus; /* ids as words, for people */
	struct slice focus_ids; /* as written */
	long minutes;
	long level;
};
void scenario_read_header(struct slice id, struct slice text, struct arena *arena,
                          struct scenario_header *out);

/* Parses and links scenario and temperament (whose text may be empty when the scenario uses none)
 * against a linked ruleset. Paths and texts are copied. The scenario is the file's and well-formed
 * even with errors in `diags`. */
struct scenario_file *scenario_load(struct slice id, struct slice path, struct slice text,
                                    struct slice temperament_path, struct slice temperament_text,
                                    const struct ruleset *ruleset, struct diags *diags);
const struct scenario *scenario_of(const struct scenario_file *file);
void scenario_free(struct scenario_file *file);

/* A temperament file on its own, for `check`. */
struct scenario_file *temperament_load(struct slice id, struct slice path, struct slice text,
                                       const struct ruleset *ruleset, struct diags *diags);

#endif
