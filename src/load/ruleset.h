/* ruleset.h: rule packs, linked into one const ruleset. The file format is rehearse-rules(5).
 *
 * Packs are added in the order of their authority: a later root's move, list, framework or meter of
 * the same id replaces an earlier root's; twice in one root is an error that names both places.
 * After ruleset_link nothing changes. */
#ifndef LOAD_RULESET_H
#define LOAD_RULESET_H

#include "load/expr.h"
#include "load/meter.h"
#include "load/outline.h"

/* What an ECT would react to first; later is higher. */
enum answers {
	ANSWERS_NONE,
	ANSWERS_COURTESY,
	ANSWERS_FEELING,
	ANSWERS_FEEDBACK,
	ANSWERS_PROPOSAL,
	ANSWERS_REQUEST
};

/* Names that rules may use in `when` (ids for expr_value). Scenarios have these and more
 * (scenario.h). */
enum feature {
	FEATURE_WORDS,
	FEATURE_QUESTIONS,
	FEATURE_QUESTION,
	FEATURE_ECHO, /* 0..1 */
	FEATURE_ECHO_ALL, /* 0..1 */
	FEATURE_ECHO_RUN, /* words */
	FEATURE_ECHO_TURNS, /* turns */
	FEATURE_ECHO_WORDS, /* 0..1 */
	FEATURE_AFTER_QUESTION, /* the ECT's last line ends with one */
	FEATURE_PLACE, /* 1 for the first clause that says something */
	FEATURE_TURN, /* 1 for the first utterance */
	FEATURE_COUNT, /* count(move): utterances before this one that made it */
	FEATURE_MAKES, /* makes(move): this utterance makes it */
	FEATURES
};

/* A `{list}` of a pattern, as written and as put in. */
struct pattern_part {
	struct span text;
	struct span written;
};

struct pattern {
	struct slice text; /* lists put in; what PCRE2 gets */
	struct slice written; /* as in the file */
	const struct pattern_part *parts; /* in order; for pattern_place */
	size_t part_count;
	struct place place;
	bool whole; /* sees the utterance, not a clause */
};

/* One `match` with what qualifies it. */
struct rule {
	uint32_t index; /* in ruleset->rules */
	const struct move *move;
	struct pattern match;
	const struct pattern *unless;
	size_t unless_count;
	const struct expr *const *when;
	size_t when_count;
	double confidence; /* 0..1, default 0.8 */
};

/* A `yes` or `no` line: "E => M => E => M", the last is the mentor's utterance in question. */
struct rule_test {
	bool wanted;
	const struct slice *lines; /* ECT's and mentor's by turns; the last is the mentor's */
	size_t line_count;
	struct place place;
};

struct say {
	struct slice words; /* may hold {topic} {evidence} {last} {name} */
	struct place place;
};

struct axis {
	struct slice name; /* care, challenge … */
	int change;
};

struct move {
	uint32_t index;
	struct slice id;
	struct slice title; /* "Emotional labelling" */
	struct slice about; /* the coding rule in one or two sentences */
	struct slice helped; /* sentence for the debrief when it helped, may hold {quote} {name} */
	struct slice
	        wonder; /* question for the debrief when it hurt, may hold {turn} {topic} {name} */
	struct slice
	        advice; /* the step as an imperative: "Name the feeling you hear, then stop." */
	const struct move *instead; /* for an unhelpful move: what to do in its place; else NULL */
	const struct say *says;
	size_t say_count;
	enum answers answers;
	bool quiet; /* an act */
	bool room; /* makes room for her to say more: opens tells, meets cues */
	bool checks; /* asks whether something is so: answered by what she knows */
	bool mends; /* its place is behind something that hurt */
	bool generic; /* says only "a question", "a statement": a reply chosen by it alone is a
	                 fallback */
	const struct rule *const *rules;
	size_t rule_count;
	const struct pattern *unless; /* veto all of its rules */
	size_t unless_count;
	const struct expr *const *when;
	size_t when_count;
	const struct move *const *yields;
	size_t yield_count;
	const struct move *const *needs;
	size_t need_count;
	struct effects effects;
	const struct axis *axes;
	size_t axis_count;
	const struct rule_test *tests;
	size_t test_count;
	struct slice source;
	struct place place;
};

enum framework_kind { FRAMEWORK_CHECKLIST, FRAMEWORK_SEQUENCE, FRAMEWORK_GRID, FRAMEWORK_LADDER };

struct framework_item {
	struct slice id;
	struct slice title;
	const struct move *const *moves; /* any of them fills it */
	size_t move_count;
	bool optional; /* shown, but the framework is complete without it */
};

struct grid_cell {
	struct slice id;
	struct slice title;
	int x; /* 0 low, 1 middle, 2 high on the first axis; -1 any */
	int y;
};

struct ladder_level {
	struct slice id;
	struct slice title;
	int from; /* this level holds from this meter value up */
	const struct move *const *needs; /* … once one of these was made; none: at once */
	size_t need_count;
	const struct move *const *also; /* a calm talk ends here too (score.h) … */
	size_t also_count;
	const struct move *const *without; /* … unless one of these was made */
	size_t without_count;
};

struct framework {
	uint32_t index;
	enum framework_kind kind;
	struct slice id;
	struct slice title;
	struct slice source;
	struct slice about;
	const struct framework_item *items; /* checklist, sequence */
	size_t item_count;
	struct slice axis_x; /* grid */
	struct slice axis_y;
	const struct grid_cell *cells;
	size_t cell_count;
	bool turns; /* grid: to be said where the talk turned from one axis to the other */
	enum meter meter; /* ladder */
	const struct ladder_level *levels;
	size_t level_count;
	struct place place;
};

/* What a meter is called and how its height reads. */
struct meter_words {
	struct slice title;
	struct slice about;
	struct slice low, middle, high; /* 0..3, 4..6, 7..10 */
	struct place place;
};

/* How `height`, 0 to 10, reads. */
struct slice meter_reads(const struct meter_words *words, int height);

struct ruleset {
	const struct move *const
	        *moves; /* in order: first-stage moves before those that depend on them */
	const struct move *const *moves_by_id; /* the same, sorted: for ruleset_move */
	size_t move_count;
	const struct rule *const *rules;
	size_t rule_count;
	const struct framework *const *frameworks; /* in file order */
	size_t framework_count;
	struct meter_words meters[METERS];
	uint64_t hash; /* of the texts of all packs, in order */
	struct slice language; /* that they hear: "en" */
};

/* Collects packs, then links. */
struct ruleset_builder;

struct ruleset_builder *ruleset_builder_new(void);
void ruleset_builder_free(struct ruleset_builder *builder);
/* Parses one pack. `path` and `text` are copied. `root` counts up from 0 with authority. */
void ruleset_add(struct ruleset_builder *builder, struct slice path, struct slice text, int root,
                 struct diags *diags);
/* Puts lists in, resolves names, orders stages, finds cycles. The ruleset is the builder's and
 * lives as long as it does; it is well-formed even if there were errors (what was wrong is left
 * out), but do not play with it then. */
const struct ruleset *ruleset_link(struct ruleset_builder *builder, struct diags *diags);

/* A move, list, framework or meter that stands in place of one of an earlier root. */
struct replacement {
	const char *kind;
	struct slice id;
	struct place place;
	struct place replaced;
};
/* All there are; they live in `arena`. */
size_t ruleset_replacements(const struct ruleset_builder *builder, struct arena *arena,
                            const struct replacement **out);

/* Where in the file byte `at` of pattern->text stands; all of a `{list}` for a byte within it. */
struct place pattern_place(const struct pattern *pattern, size_t at);

const struct move *ruleset_move(const struct ruleset *ruleset, struct slice id); /* or NULL */
const struct framework *ruleset_framework(const struct ruleset *ruleset, struct slice id);
/* expr_scope.resolve for moves and frameworks: moves by index; frameworks as move_count + index for
 * EXPR_ARG_DONE, plain index for EXPR_ARG_SEQUENCE. */
int ruleset_resolve(const struct ruleset *ruleset, enum expr_arg arg, struct slice id,
                    struct nearest *nearest);

#endif
