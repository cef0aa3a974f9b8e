/* detect.h: which moves an utterance makes.
 *
 * Pure: no I/O, no clock, no globals. A detector is built once per ruleset and serves many
 * conversations, one call at a time. */
#ifndef ENGINE_DETECT_H
#define ENGINE_DETECT_H

#include "engine/echo.h"
#include "load/regex.h"
#include "load/ruleset.h"

struct detection {
	const struct move *move;
	struct span where; /* bytes of the utterance as typed that carry the move: the clause, or
	                    * what (?<here>…) caught; for `whole` rules the match; trimmed */
	const struct rule *rule; /* the rule that fired: the answer to "why?" */
	double confidence; /* 0..1 */
	uint32_t clause; /* in which clause (0-based); of a `whole` rule the clause where the match
	                    begins */
	struct slice
	        said; /* (?<said>…) as typed, without closing punctuation; empty when unbound */
};

struct detections {
	struct detection *items; /* by where.start, then by move index; one a move and clause */
	size_t count;
	struct folded folded; /* of the utterance */
	struct clauses clauses;
	size_t gave_up; /* patterns that passed their match limit: counted as no match, and not
	                 * tried again in this utterance */
};

/* What was said before in this conversation, as far as detection needs it. */
struct history;

struct history *history_new(size_t move_count);
void history_free(struct history *history);
void history_clear(struct history *history);

struct detector;

/* Compiles no pattern yet: each is compiled when it is first needed, since most never are in a
 * short conversation. One that does not compile never matches. With `diags`, detector_compile is
 * done at once. */
struct detector *detector_new(const struct ruleset *ruleset, struct diags *diags);
/* Compiles the patterns that `wanted` (NULL: all) says yes to and that were not yet; reports at its
 * place each of them that does not compile. */
void detector_compile(struct detector *detector, struct diags *diags);
void detector_compile_some(struct detector *detector,
                           bool (*wanted)(const void *context, const struct pattern *pattern),
                           const void *context, struct diags *diags);
/* Reports those that were needed so far and do not compile. */
void detector_report(struct detector *detector, struct diags *diags);
void detector_free(struct detector *detector);
/* What a pattern cost in all that was heard. */
struct pattern_cost {
	const struct pattern *pattern;
	const struct move *move;
	bool veto;
	bool always; /* tried on every clause (or utterance): no word must be there for it to match
	              */
	uint64_t tried; /* searches */
	uint64_t matched;
	uint64_t steps; /* parts of the pattern looked at: the same on every machine */
};
/* Hears the test lines of all moves with a detector that heard nothing yet. The costs of all
 * patterns, the dearest first, live in `arena`; returns how many there are. `*lines` is how many
 * lines were heard. */
size_t detect_cost(struct detector *detector, struct arena *arena, struct pattern_cost **out,
                   size_t *lines);

/* For tests and measurements: from now on every pattern is tried on every clause. */
void detector_plain(struct detector *detector);
/* When a pattern becomes machine code: regex_scratch_jit. */
void detector_jit(struct detector *detector, uint32_t searches);
const struct ruleset *detector_ruleset(const struct detector *detector);
struct stemmer *detector_stemmer(struct detector *detector);

/* The ECT said `line`. */
void history_ect(struct history *history, struct detector *detector, struct slice line);
/* The mentor's utterance made these moves. */
void history_mentor(struct history *history, const struct detections *detections);
/* Mentor's utterances of which nothing is known but that they were made. */
void history_skip(struct history *history, uint32_t turns);
/* Utterances before that made this move, and all utterances so far. */
uint32_t history_count(const struct history *history, const struct move *move);
uint32_t history_turns(const struct history *history);

/* Echo of a folded text against the ECT's lines so far. */
struct echo history_echo(const struct history *history, struct detector *detector,
                         struct slice folded);

/* Finds every move, acts included, in `said` (at most LIMIT_UTTERANCE_BYTES; longer is cut at a
 * character). An empty utterance is one clause without words. At most LIMIT_DETECTIONS. The result
 * lives in `arena`. Cannot fail. */
void detect(struct detector *detector, struct slice said, const struct history *before,
            struct arena *arena, struct detections *out);

bool detections_have(const struct detections *detections, const struct move *move);
/* The most confident detection of a move, the earlier of equals; or NULL. */
const struct detection *detections_of(const struct detections *detections, const struct move *move);

/* Why was `move` not found in `said`? The rule that came nearest, and what stopped it. */
enum miss {
	MISS_FOUND, /* it was found */
	MISS_PATTERN, /* no pattern matched; `rule` is the one whose longest literal run is in the
	                 text, or NULL */
	MISS_UNLESS, /* matched, but `veto` did too */
	MISS_WHEN, /* matched, but `condition` did not hold */
	MISS_YIELDS, /* found, but gave way to `other` on the same words */
	MISS_NEEDS, /* found, but `other` was neither in the utterance nor before */
};
struct near_miss {
	enum miss miss;
	const struct rule *rule;
	const struct pattern *veto;
	struct slice condition; /* as written */
	const struct move *other;
	struct span where; /* in the utterance as typed, where something matched */
};
void detect_why_not(struct detector *detector, struct slice said, const struct history *before,
                    const struct move *move, struct arena *arena, struct near_miss *out);

#endif
