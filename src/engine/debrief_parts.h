/* debrief_parts.h: what the files of debrief share; nobody else includes it. */
#ifndef ENGINE_DEBRIEF_PARTS_H
#define ENGINE_DEBRIEF_PARTS_H

#include "engine/debrief.h"

/* A debrief being made. */
struct making {
	struct session *session;
	const struct scenario *scenario;
	const struct ruleset *ruleset;
	struct arena *arena;
	const struct score_turn *turns;
	uint32_t count;
	const struct score *score;
	struct regex_scratch *scratch; /* for topics in her lines */
};

/* What something to talk about is. */
enum cost_kind {
	COST_HARM, /* a move that hurt */
	COST_CUE, /* she showed something, and it went by */
	COST_GAP, /* something the scenario is there to practise was not heard */
};

/* One thing the mentor might do otherwise. */
struct cost {
	enum cost_kind kind;
	double value; /* meter change × confidence, or what stands for it */
	uint32_t turn; /* 0: about the whole */
	const struct detection *found; /* harm */
	const struct framework_score *framework; /* gap in a framework, or NULL */
	const struct framework_item *item; /* … which item */
	const struct move *move; /* gap: a move to practise, not in a framework */
};

/* debrief_cost.c */
/* Of a move in a turn, as it was applied. */
int debrief_applied(const struct turn *turn, const struct move *move);
/* Something not to say: it hurts, or another move is recommended in its place. */
bool debrief_is_unhelpful(const struct move *move);
/* Worst first, ties to the earlier turn. */
struct cost *debrief_costs(const struct making *making, size_t *count);
/* Whether the gap is one that the scenario asks for (else it is only a stretch). */
#define COST_WORTH_ASKING 0.45

/* debrief_words.c */
/* What templates of packs may speak of; empty is unknown. */
struct slots {
	struct slice quote;
	struct slice name;
	struct slice topic;
	struct slice evidence;
	struct slice last;
	uint32_t turn;
};
/* False when a slot it needs is unknown. */
bool debrief_fill(struct slice template, const struct slots *slots, struct strbuf *out);
struct slots debrief_slots(const struct making *making, uint32_t turn);
/* The topic at hand when the mentor speaks in `turn`, or -1; and all that are current. */
int debrief_topic(const struct making *making, uint32_t turn, uint64_t *current);
/* At most a dozen or so words, without closing full stop. */
struct slice debrief_short(struct slice words, struct arena *arena);
/* A few of her own words to give back: the fullest end of what she said last. May be empty. */
struct slice debrief_last(struct slice line, struct arena *arena);
/* Her last sentence, or what she did when she said nothing. */
struct slice debrief_shown(struct slice line, struct arena *arena, bool *is_direction);
/* How many sentences. */
size_t debrief_sentences(struct slice text);

/* debrief_step.c: fills `out`; returns the cost it is about, or NULL. At the turn that was
 * `praised` (0: none) only harm is found, or what is found nowhere else: “it helped” and “try
 * something else” of the same words teach neither. */
const struct cost *debrief_step(const struct making *making, const struct cost *costs, size_t count,
                                uint32_t praised, struct finding *out);

/* Where, among the turns that did not make it, `move` would have fitted: in place of something that
 * the packs recommend it for, after a cue that was not met, or, with `anywhere`, where the words
 * did least. False when no words for it are heard there. */
bool debrief_place(const struct making *making, const struct move *move, bool anywhere,
                   uint32_t *turn, struct slice *words);

/* debrief_focus.c: how the moves went that the mentor chose. */
void debrief_focus(const struct making *making, struct debrief *out);

/* debrief_adapt.c: what changes with what the mentor did before; nothing when that is not known. */
void debrief_adapt(const struct making *making, struct debrief *out);

#endif
