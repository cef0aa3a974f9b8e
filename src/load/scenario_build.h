/* scenario_build.h: what the files that make up the scenario loader share; nobody else includes it.
 *
 * The lines of a file are read in two passes: first the names that may be used before they stand
 * (persona, topics, beats), then everything in order, each name resolved on the spot. */
#ifndef LOAD_SCENARIO_BUILD_H
#define LOAD_SCENARIO_BUILD_H

#include "base/limits.h"
#include "load/keyword.h"
#include "load/language.h"
#include "load/scenario.h"

/* Everything a line may begin with. */
enum word {
	WORD_NONE, /* nothing that belongs here: was reported */
	WORD_SPEECH, /* “Sam: …” */
	WORD_MENTOR, /* “Mentor: …”, in a model */
	WORD_ABOUT,
	WORD_AGREES,
	WORD_ASIDE,
	WORD_BEAT,
	WORD_BRIEF,
	WORD_CUE,
	WORD_DENIES,
	WORD_EFFECT,
	WORD_ENDING,
	WORD_EVIDENCE,
	WORD_FITS,
	WORD_FOCUS,
	WORD_GO,
	WORD_GOAL,
	WORD_GOOD,
	WORD_ID,
	WORD_INSTEAD,
	WORD_KNOWS,
	WORD_LEVEL,
	WORD_LICENCE,
	WORD_LANGUAGE,
	WORD_MINUTES,
	WORD_MODEL,
	WORD_MOVES,
	WORD_ON,
	WORD_OR,
	WORD_OTHERWISE,
	WORD_PERSONA,
	WORD_PHASE,
	WORD_CYCLE,
	WORD_INTERACTION,
	WORD_REACTS,
	WORD_SCENARIO,
	WORD_SHOWS,
	WORD_SOURCE,
	WORD_START,
	WORD_STEP,
	WORD_TELLS,
	WORD_TEMPERAMENT,
	WORD_THEN,
	WORD_THINKS,
	WORD_TITLE,
	WORD_TOPIC,
	WORD_USE,
	WORD_VERDICT,
	WORD_VOICE,
	WORD_WHEN,
	WORD_WHO,
	WORD_WORDS,
	WORDS
};

/* Where a line stands. */
enum room {
	ROOM_FILE, /* the top level of a scenario */
	ROOM_SCENARIO,
	ROOM_PERSONA,
	ROOM_TOPIC,
	ROOM_FIRST_BEAT,
	ROOM_BEAT,
	ROOM_REPLY,
	ROOM_ASIDE,
	ROOM_KNOWS,
	ROOM_FACT,
	ROOM_ANSWER, /* under `agrees` and `denies` */
	ROOM_TELLS,
	ROOM_TELL,
	ROOM_ENDING,
	ROOM_MODEL,
	ROOM_MENTOR, /* under a mentor's line of the model */
	ROOM_STOCK, /* the top level of a temperament */
	ROOM_TEMPERAMENT,
	ROOMS
};

/* Lines a block may have once, by what they begin with. */
struct once {
	const struct line *line[WORDS];
};

struct build {
	struct scenario *scenario;
	struct arena *arena;
	const struct ruleset *ruleset;
	struct diags *diags;
	const struct source *source; /* of the file being read */
	struct slice speaker; /* the persona's name, or `ECT`; empty when unknown */
	bool stock; /* reading a temperament: no topics, no beats */
	enum tier tier; /* of the replies being read */
	struct slice where; /* beat id, `scenario`, `knows` …: begins line ids */
	int beat; /* being read, or -1 */
	struct table topics; /* struct topic */
	struct table beats; /* struct beat */
	struct table replies; /* const struct reply *: tier scenario, or a temperament's */
	struct table evidence, facts, tells, endings, reactions, shows, betters, model;
	struct table conditions; /* struct slice: of the endings, compact */
	struct table alternatives; /* struct alternative *: every one there is */
	struct table
	        given; /* struct place, one for each of these: of its id, line 0 when it has none */
	struct table regexes; /* struct regex *, to free */
	uint64_t told; /* topics that conditions ask `told` of … */
	struct place told_place[LIMIT_TOPICS]; /* … and where first */
	uint64_t reached; /* beats below 64 some `go` leads to; */
	uint64_t reached_high; /* … and from 64 up */
	struct place condition; /* the `when` being parsed */
	struct once meant; /* mistyped lines of the top level, by what they may have been */
};

/* The lines she says in one place, while they are read. */
struct body {
	struct build *build;
	struct reply *reply;
	enum room room;
	struct slice trigger; /* as it stands in line ids */
	struct table alternatives; /* struct alternative */
	struct table lines; /* struct speech: of the alternative being read */
	struct table given; /* struct place: of its id, line 0 when it has none */
	struct table then; /* const struct reply * */
	struct slice id; /* given for the alternative being read … */
	struct place id_place; /* … and where; line 0 when none was */
	const struct line *last_or; /* the `or` this alternative began with */
	bool parted; /* something stood below the alternative's speech: no more speech for it */
	bool no_slots; /* the opening: nothing to put into slots yet */
	struct once once;
};

/* scenario.c: which lines hold prose */

extern const struct outline_grammar scenario_grammar;

/* scenario_words.c: what a line is. Slices handed in with a line are parts of it. */

/* Where the byte first stands, or text.len. */
size_t byte_find(struct slice text, char byte);
/* What the line is, standing in `room`. Says so when it does not belong there, when something is
 * missing behind the keyword, or when there is something behind or below it that may not be. */
enum word line_word(struct build *b, const struct line *line, enum room room);
/* Would line_word take it? Says nothing. */
bool line_fits(const struct build *b, const struct line *line, enum room room);
/* What is said in a speech line, behind the colon. */
struct slice line_said(const struct line *line);
/* The source as a whole, for what is missing. */
struct place file_place(const struct build *b);

/* scenario_values.c: numbers, meters, lists */

/* A whole number within the range, or an error; false then. */
bool number_parse(struct build *b, const struct line *line, long min, long max, long *value);
/* `trust +1, tension -1`. */
void effects_parse(struct build *b, const struct line *line, struct slice text,
                   struct effects *effects);
/* `trust 5, tension 3`. */
void meters_parse(struct build *b, const struct line *line, int *meters);
/* `tension >= 7: a | b`. */
void shows_parse(struct build *b, const struct line *line);
/* Errors unless `text` is an id; `what` names it. */
bool id_check(struct build *b, const struct line *line, struct slice text, const char *what);
/* Splits at the first word `at`: what stands before and behind it. False without it. */
bool split_at(struct slice text, const char *at, struct slice *before, struct slice *behind);
/* NULL and an error when it does not compile, cannot match folded text, or fits everything. */
const struct regex *pattern_parse(struct build *b, const struct line *line, struct slice text);

/* scenario_link.c: names, triggers, conditions, line ids */

int topic_named(const struct build *b, struct slice id); /* or -1 */
int beat_named(const struct build *b, struct slice id); /* or -1 */
int topic_parse(struct build *b, const struct line *line, struct slice id); /* -1 and an error */
int beat_parse(struct build *b, const struct line *line, struct slice id); /* -1 and an error */
/* NULL and an error */
const struct move *move_parse(struct build *b, const struct line *line, struct slice id);
/* `open_question, aid`. */
void focus_parse(struct build *b, const struct line *line);
const struct expr *when_parse(struct build *b, const struct line *line, struct slice text);
/* `on …`, `aside on …`, `otherwise …`, behind a `then` or not: fills what chooses the reply;
 * returns its trigger for line ids. */
struct slice trigger_parse(struct build *b, const struct line *line, struct reply *reply);
/* A trigger or condition without the blanks it can do without. */
struct slice compact(struct build *b, const char *prefix, struct slice text);
/* `about TOPIC [when EXPR]` or `when EXPR`. */
struct slice tell_parse(struct build *b, const struct line *line, struct tell *tell);
/* A move to recommend: an error for acts and unhelpful ones. */
const struct move *instead_parse(struct build *b, const struct line *line, struct slice id);
/* The id of an alternative that was given none. */
struct slice line_id(struct build *b, struct slice trigger, const struct speech *lines,
                     size_t count);
/* Every id one of its own: errors for given ones, a number behind others. */
void ids_settle(struct build *b);

/* scenario_reply.c: what she says */

void body_init(struct body *body, struct build *b, struct reply *reply, enum room room,
               struct slice trigger);
/* Takes a line that line_word found fit for the body's room. */
void body_line(struct body *body, enum word word, const struct line *line);
/* Every line below `line`. */
void body_lines(struct body *body, const struct line *line);
/* `line` is where missing speech is reported; `needed` says so, or is NULL when there may be none.
 */
void body_end(struct body *body, const struct line *line, const char *needed);
struct reply *reply_new(struct build *b, const struct line *line);
/* `on …`, `aside on …`, `otherwise …` with what stands below. */
const struct reply *reply_parse(struct build *b, const struct line *line);
/* One paragraph of hers. */
void speech_parse(struct build *b, const struct line *line, struct speech *speech);
/* Errors for slots that cannot be filled there. */
enum slots { SLOTS_SPEECH, SLOTS_OPENING, SLOTS_NONE };
void slots_check(struct build *b, const struct line *line, struct slice words, enum slots slots);

/* scenario_head.c: the blocks that say who and what */

void parts_names(struct build *b, const struct line *root); /* persona, topics, beats */
void scenario_parse(struct build *b, const struct line *line);
void persona_parse(struct build *b, const struct line *line);
void evidence_parse(struct build *b, const struct line *line);

/* scenario_parts.c: the blocks that hold her lines */

void beat_replies(struct build *b, const struct line *line);
void better_parse(struct build *b, const struct line *line);
void knows_parse(struct build *b, const struct line *line);
void tells_parse(struct build *b, const struct line *line);
void ending_parse(struct build *b, const struct line *line);
void model_parse(struct build *b, const struct line *line);

#endif
