/* evaluating.h: `rehearse eval`: how well moves are found in conversations that people coded. */
#ifndef EDGE_EVALUATING_H
#define EDGE_EVALUATING_H

#include "edge/gold.h"
#include "edge/out.h"
#include "engine/detect.h"
#include "engine/evaluate.h"

struct evaluating_label {
	struct slice label;
	uint32_t turns;
};

/* What was heard in coded conversations, each turn with its history. Acts are passed over. */
struct evaluating {
	struct arena arena;
	struct detector *detector;
	const struct gold *gold;
	struct evaluate figures;
	struct history *history;
	bool *wanted; /* of the turn at hand, by move */
	bool *found;
	bool *coded; /* somewhere in the file: what nobody coded cannot be measured */
	uint32_t *uncoded; /* by move: turns in which it was found all the same */
	struct evaluating_label *unknown; /* labels that are no moves here */
	size_t unknown_count, unknown_cap;
	size_t *order; /* moves in the order of the table: MOREPIES, AID, the rest by id */
	size_t order_count;
	size_t leading; /* how many of them belong to MOREPIES and AID */
	struct evaluate_count *groups; /* a conversation: those, pooled */
	size_t group_count;
	bool interval; /* resample the conversations */
};

void evaluating_init(struct evaluating *evaluating, struct detector *detector,
                     const struct gold *gold);
void evaluating_release(struct evaluating *evaluating);

/* Hears all turns. With `move`, appends each of its misses, with the nearest miss, and each false
 * alarm, with the rule, to `errors`. */
void evaluating_hear(struct evaluating *evaluating, const struct move *move, struct strbuf *errors);

/* The table, the means and the worst confusions. */
void evaluating_table(struct evaluating *evaluating, struct strbuf *out);
void evaluating_json(struct evaluating *evaluating, struct strbuf *out);
/* What was left out, a line each: labels that are no moves here, moves that nobody coded. Empty
 * when there are none. */
void evaluating_unknown(const struct evaluating *evaluating, struct strbuf *out);
void evaluating_uncoded(const struct evaluating *evaluating, struct strbuf *out);

/* What `rehearse eval` does. `move` empty: no list of errors. */
struct evaluating_request {
	struct slice path;
	struct slice move;
	struct slice
	        verdicts; /* a file of verdicts on whole conversations (verdicts.h), or empty */
	bool json;
	bool interval;
};
enum status evaluating_run(struct detector *detector, const struct evaluating_request *request);

#endif
