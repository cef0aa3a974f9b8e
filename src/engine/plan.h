/* plan.h: what a mentor means to do in a conversation, and what came of it.
 *
 * The design task of the field: the moment, the goal, challenge and care, the conflict mode,
 * influence, a script, how to check in and to ask for feedback. No I/O, no clock: plan_read.c reads
 * a plan from a file or from JSON, edge/report_plan.h sets it on a page, edge/store_plan.h keeps
 * it.
 *
 * Answers are text, ids where a framework has them (so that a plan outlives a change of packs: an
 * id nobody knows any more is shown as it stands and compared with nothing). */
#ifndef ENGINE_PLAN_H
#define ENGINE_PLAN_H

#include "base/json.h"
#include "engine/score.h"

enum plan_part {
	PLAN_MOMENT,
	PLAN_PLACE,
	PLAN_YOURSELF,
	PLAN_GOAL,
	PLAN_ECT,
	PLAN_PUPILS,
	PLAN_MENTOR,
	PLAN_CANDOUR,
	PLAN_MODE,
	PLAN_INFLUENCE,
	PLAN_SCRIPT,
	PLAN_CHECK_IN,
	PLAN_FEEDBACK,
	PLAN_PARTS
};

enum plan_kind {
	PLAN_TEXT, /* free text; may hold newlines */
	PLAN_CELL, /* the id of a cell of a grid */
	PLAN_ITEMS, /* ids of items of a checklist or sequence, a comma and a blank between */
	PLAN_LINES /* a line each: what the mentor might say */
};

/* One question. */
struct plan_question {
	const char *id; /* in files and JSON */
	const char *title; /* "The moment" */
	const char *ask; /* what is asked, for people; may hold {name}: the ECT's */
	enum plan_kind kind;
	const char *framework; /* whose cells or items it offers; NULL for text */
};
/* By enum plan_part, in the order they are asked. */
extern const struct plan_question plan_questions[PLAN_PARTS];

/* A script carries a conversation with so many lines. */
#define PLAN_LINES_FEW 6
#define PLAN_LINES_MANY 10

struct plan {
	struct slice scenario; /* id */
	struct slice answers[PLAN_PARTS]; /* empty: not answered */
};

/* The framework that a question is about; NULL where there is none, or no pack defines it as what
 * the question needs (a grid, or items). */
const struct framework *plan_framework(const struct ruleset *ruleset, enum plan_part part);
/* What may be chosen, from 0; false past the last. `name` is a short one ("Collaborating"), `about`
 * says more and may be empty; both are the pack's words. */
struct plan_choice {
	struct slice id;
	struct slice name;
	struct slice about;
};
bool plan_choice(const struct framework *framework, size_t index, struct plan_choice *out);
/* The choice of that id; empty, and false, when there is none or no framework. */
bool plan_chosen(const struct framework *framework, struct slice id, struct plan_choice *out);
/* The name in a title, as it stands within a sentence: “collaborating” of “Collaborating: your
 * point and theirs”; lives in `arena`. */
struct slice plan_name(struct slice title, struct arena *arena);
/* The chosen cell; NULL when it is not answered or not known. */
const struct grid_cell *plan_cell(const struct plan *plan, const struct ruleset *ruleset,
                                  enum plan_part part);
/* Whether the item is among the chosen. */
bool plan_has_item(const struct plan *plan, enum plan_part part, struct slice id);

/* Puts an answer in, as a person writes it: a choice by its number (from 1), id or name, several
 * parted by commas or blanks (numbers) where the question takes several; text and lines as they
 * are, trimmed, empty lines left out. An empty text clears. False with words, and the plan as it
 * was, when the choice is unknown, the text is too long or no UTF-8, or the lines are too many. The
 * answer lives in `arena`. */
bool plan_answer(struct plan *plan, enum plan_part part, struct slice typed,
                 const struct ruleset *ruleset, struct arena *arena, struct err *err);
/* Nothing is answered. */
bool plan_is_empty(const struct plan *plan);
bool plan_eq(const struct plan *a, const struct plan *b);

/* Lines of the script. */
size_t plan_line_count(const struct plan *plan);
struct slice plan_line(const struct plan *plan, size_t index); /* from 0 */

/* What the script contains, found by the detector as if its lines were said one after the other. */
struct plan_script {
	const struct score_turn *lines; /* number from 1, mentor: the line, heard */
	size_t count;
	struct score score; /* its quotes' turns are lines of the script */
	const struct framework_score *listening; /* MOREPIES; NULL when no pack has it */
	const struct framework_score *feedback; /* AID */
	const struct grid_cell *mode; /* how the lines read; NULL when they show nothing */
	bool invites_reflection; /* the ECT is asked to reflect */
};
/* The result lives in `arena` and points into the plan. */
void plan_script(const struct plan *plan, const struct ruleset *ruleset, struct detector *detector,
                 struct arena *arena, struct plan_script *out);

/* One thing that was planned, and whether it was heard. Every one has a quote: the mentor's words
 * in the conversation, or, for what was not heard, the plan's. */
struct plan_finding {
	enum plan_part part;
	struct slice id; /* what of it: a cell, item or move; empty for the script as a whole */
	bool as_planned;
	uint32_t turn, last; /* where it was heard, from .. to; 0 when it was not */
	struct slice read_as; /* the id of the cell that was heard in place of the one planned */
	struct slice quote; /* words of the conversation, or of the plan where turn is 0 */
	struct slice text; /* one sentence for people */
};

struct plan_outcome {
	struct plan_finding *findings; /* first what is most worth telling */
	size_t count;
	const struct plan_finding *told[2]; /* the two of them for a debrief; or NULL */
	uint32_t
	        *said; /* by line of the script: the turn in which it was said in substance, or 0 */
	size_t line_count;
	size_t lines_said;
};

/* How the conversation so far went by the plan. A line of the script was said in substance in the
 * first turn that has most of its content words (by stem), or that makes all the moves the line
 * makes; a turn stands for one line by moves alone. Deterministic. The result lives in `arena`. */
void plan_compare(const struct plan *plan, const struct session *session, struct arena *arena,
                  struct plan_outcome *out);

/* Reads a plan from outline text: a keyword a question (its id), with the answer behind it or
 * below. `plan->scenario` is set by the caller and must agree with a line `plan SCENARIO`, if there
 * is one. What is wrong goes to `diags`; the rest is kept. */
void plan_read(const struct source *source, const struct ruleset *ruleset, struct arena *arena,
               struct plan *plan, struct diags *diags);

/* The answers as a JSON object, question ids to text, and to lists for choices and lines; what is
 * not answered is left out. json_free it. */
struct json *plan_json(const struct plan *plan);
/* The reverse, of text that plan_json wrote; copies into `arena`. Unknown members are passed over.
 * False with words when it is no JSON object. */
bool plan_parse(struct slice text, struct arena *arena, struct plan *plan, struct err *err);

#endif
