/* persona.h: how the ECT chooses what to say. DESIGN's seven points; used by session only.
 *
 * Works on a `struct mind` (all that the fold carries) and the turn being made. */
#ifndef ENGINE_PERSONA_H
#define ENGINE_PERSONA_H

#include "engine/session.h"

#define TELL_TURNS 3 /* at most one tell in three turns */
#define SHOWS_TURNS 3 /* at most one added stage direction in three turns */

/* A proposal she has answered: the same again moves her at most one degree. */
struct proposal {
	uint64_t stems[24]; /* hashes of its content stems */
	size_t stem_count;
	int degree;
};

/* The ECT's hidden state: what a fold over the turns carries on. Plain data; copying the struct
 * copies the state, but for the arrays, which live in the session's arena and only grow. */
struct mind {
	const struct scenario *scenario;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct regex_scratch *scratch;
	struct arena *arena; /* the session's */
	uint64_t chance; /* seed mixed with all words so far */
	uint32_t turn; /* the one being made, from 1 */
	int meters[METERS];
	int beat;
	struct topic_state topics;
	uint64_t asked; /* topics the mentor asked about */
	bool agreed;
	uint64_t agreed_topics;
	struct slice step; /* bound by her acceptance, or empty */
	uint32_t *move_uses; /* utterances that made each move */
	uint32_t *alternative_said; /* turn in which each was said, 0 never */
	bool *effect_used; /* replies whose effect was applied */
	bool *tell_told;
	uint64_t *said_words; /* hashes of words said, whatever reply they came from */
	size_t said_count, said_cap;
	struct proposal *proposals;
	size_t proposal_count, proposal_cap;
	const struct reply *last; /* her last reply: its `then` is open */
	bool cue; /* her last line wants meeting */
	uint32_t last_tell; /* turn, 0 never */
	uint32_t last_shows;
	int shown_band[METERS]; /* 0 low 1 middle 2 high */
	double words; /* spoken by both, for the minutes */
	bool question_open; /* the mentor's last question stands unanswered */
};

void mind_init(struct mind *mind, const struct scenario *scenario, const struct ruleset *ruleset,
               struct detector *detector, struct regex_scratch *scratch, struct arena *arena,
               uint64_t seed);

/* Effects of what was heard: turn->changes, meters. */
void persona_feel(struct mind *mind, struct turn *turn);
/* Chooses: fills turn->answered … candidates, line, and moves the mind on (said, told, beat,
 * topics, agreed). */
void persona_choose(struct mind *mind, struct turn *turn, const struct history *before);
/* The ending that holds now, or NULL. */
const struct ending *persona_ending(struct mind *mind, const struct turn *turn);
/* Conversation time in minutes: 130 words a minute and 15 seconds a turn. */
double persona_minutes(const struct mind *mind);

/* expr_value over (mind, turn). */
struct persona_context {
	struct mind *mind;
	const struct turn *turn;
	struct echo echo; /* of the utterance */
};
double persona_value(void *context, int id, int arg);

/* Puts {said …} {step} {topic} {name} into words. False when a name is unbound: then the line is no
 * candidate. */
bool persona_fill(const struct mind *mind, const struct turn *turn,
                  const struct detection *answered, struct slice words, struct strbuf *out);

#endif
