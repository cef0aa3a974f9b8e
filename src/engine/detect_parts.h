/* detect_parts.h: what detect.c and detect_why.c share; nobody else includes it. */
#ifndef ENGINE_DETECT_PARTS_H
#define ENGINE_DETECT_PARTS_H

#include "engine/detect.h"
#include "load/sieve.h"

/* A pattern of the ruleset. */
struct watch {
	const struct pattern *pattern;
	struct regex *regex; /* once compiled; NULL when it does not compile: matches nothing */
	bool compiled;
	bool in_clause; /* looked for in clauses; in utterances. A veto without `whole` looks where
	                   the rules do that it stops. */
	bool in_whole;
	uint64_t gave_up; /* the latest hearing in which it passed its limit */
	uint64_t tried; /* searches so far */
	uint64_t matched;
	uint64_t steps; /* where they are counted */
};

struct watched_rule {
	const struct rule *rule;
	struct watch *match;
	struct watch *unless; /* rule->unless */
	bool actions; /* speaks of brackets, and so may look at stage actions */
	bool late; /* its conditions cost more than its pattern */
};

struct watched_move {
	const struct move *move;
	struct watched_rule *rules; /* the most confident first, in file order among equals */
	struct watch *unless; /* move->unless */
};

struct detector {
	const struct ruleset *ruleset;
	struct arena arena;
	struct watched_move *moves; /* as in the ruleset */
	struct watch *watches; /* all patterns: those of rules, move by move, then the vetoes */
	size_t watch_count;
	struct watched_rule **rules; /* of the first so many watches */
	size_t rule_count;
	/* Which patterns a clause, or an utterance, may match: a bit a watch. NULL until needed.
	 * Vetoes, which are seldom tried, always pass at first. */
	const struct sieve *in_clause;
	const struct sieve *in_whole;
	bool vetoes_sifted;
	bool unsifted; /* every pattern is tried */
	struct regex_scratch *scratch;
	struct stemmer *stemmer;
	uint64_t hearings; /* calls so far */
	uint64_t steps; /* where they are counted */
};

struct history {
	struct echo_memory *echo;
	uint32_t *made; /* utterances that made each move */
	size_t move_count;
	uint32_t turns;
};

/* In which clause a rule looks; or in all of the utterance. */
#define SCOPE_WHOLE UINT32_MAX

/* The detections of one move lie together in `kept`. */
struct range {
	size_t start;
	size_t count;
};

/* One call of detect. */
struct hearing {
	struct detector *detector;
	const struct history *before; /* or NULL */
	struct arena *arena;
	struct detections *out;
	uint32_t scope; /* what features are asked about */
	uint64_t **pass; /* the patterns each clause may match, and last the utterance */
	uint64_t *passes; /* those that pass anywhere */
	struct echo *echoes; /* of each clause, and last of the utterance, once known */
	bool *echo_known;
	struct detection *best; /* of the move at hand, a clause; without a move where none */
	struct detection *kept;
	size_t kept_count;
	size_t kept_cap;
	struct range *by_move;
	const struct move *asked; /* why was it not found? Or NULL */
	struct near_miss *miss; /* the answer so far */
};

/* Builds the sieves if they were not; with `vetoes`, for those too. */
void detector_sift(struct detector *detector, bool vetoes);
/* Compiles it if that was not done; false when it does not compile. */
bool watch_ready(struct watch *watch);

/* Hears `said`; with `asked`, notes in `miss` what kept that move from being found. */
void detect_hear(struct hearing *hearing, struct slice said);
/* What a feature is worth in the hearing's scope: an expr_value. */
double detect_feature(void *hearing, int id, int arg);
/* A span of the folded utterance as typed, without blanks around it. */
struct span detect_typed(const struct hearing *hearing, struct span folded);

/* Noted as they happen, kept if they came nearer than what is known. */
void why_vetoed(struct hearing *hearing, const struct rule *rule, const struct pattern *veto,
                struct span where);
void why_failed(struct hearing *hearing, const struct rule *rule, const struct expr *when,
                struct span where);
void why_dropped(struct hearing *hearing, enum miss miss, const struct detection *detection,
                 const struct move *other);

#endif
