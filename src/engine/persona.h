/* persona.h: how the ECT takes what she hears and chooses what to say. Used by session only.
 *
 * Works on a `struct mind` (all that the fold carries on) and the turn being made:
 *   persona.c         effects, endings, minutes, what conditions see
 *   persona_stance.c  what she makes of proposals and of questions about what she knows
 *   persona_weigh.c   which replies fit, in what order
 *   persona_choose.c  the reply that wins, with its aside, tell and stage direction
 *   persona_words.c   the words of the line: slots, alternatives, stage directions */
#ifndef ENGINE_PERSONA_H
#define ENGINE_PERSONA_H

#include "engine/session.h"

#define TELL_TURNS 3 /* at most one tell in three turns */
#define SHOWS_TURNS 3 /* at most one added stage direction in three turns */
#define GIST_STEMS 24 /* content stems kept of a proposal or question */

/* The content of something said, to know it again. */
struct gist {
	uint64_t stems[GIST_STEMS];
	size_t count;
};

/* A proposal she has answered: the same again moves her at most one degree. */
struct proposal {
	struct gist gist;
	int degree; /* 0 resist .. 4 own version */
};

/* The ECT's hidden state: what a fold over the turns carries on. Arrays live in the session's
 * arena. */
struct mind {
	const struct scenario *scenario;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct regex_scratch *scratch;
	struct arena *arena;
	uint64_t chance; /* seed mixed with all utterances so far */
	uint32_t turn; /* the one being made, from 1 */
	int meters[METERS];
	int beat;
	struct topic_state topics;
	uint64_t asked; /* topics the mentor asked about */
	bool agreed;
	uint64_t agreed_topics;
	struct slice step; /* bound by her acceptance, or empty */
	bool step_own; /* in the author's words for her: no proposal takes its place */
	uint32_t *move_uses; /* by move: utterances that made it */
	uint64_t *move_first; /* by move: turn and place of its first use, in order; 0 never */
	uint32_t *alternative_said; /* by alternative: turn in which it was last said, 0 never */
	bool *effect_used; /* by reply: its effect was applied */
	bool *tell_told;
	bool *shows_held; /* by `shows` line: it held when last looked at */
	uint64_t *said_words; /* hashes of lines said, whatever reply they came from */
	size_t said_count, said_cap;
	struct proposal *proposals;
	size_t proposal_count, proposal_cap;
	struct gist *questions; /* that the mentor asked */
	size_t question_count, question_cap;
	const struct reply *last; /* her last reply: its `then` is open */
	const struct tell *last_told; /* what she told with it, or NULL: its `then` comes first */
	bool cue; /* her last line wants meeting */
	uint32_t last_tell; /* turn, 0 never */
	uint32_t last_shows;
	size_t words; /* spoken by both */
};

/* What she makes of the utterance, beside the moves heard. */
struct stance_taken {
	uint32_t stances; /* bit set of 1 << enum stance; at most one of a kind */
	const struct detection *why; /* the detection it answers, or NULL */
	const struct fact *fact; /* of agree, deny; or NULL */
	bool binding; /* deny, and hedge: no other reply may contradict it */
	int degree; /* of a proposal: 0..4, or -1 */
};

void mind_init(struct mind *mind, const struct scenario *scenario, const struct ruleset *ruleset,
               struct detector *detector, struct regex_scratch *scratch, struct arena *arena,
               uint64_t seed);

/* Counts uses, applies what was heard: each move's effect once an utterance, from its third use
 * halved (towards zero where it helps, away from it where it harms: encouraging noises farm no
 * trust, a third judgement still hurts), then `reacts`. */
void persona_feel(struct mind *mind, struct turn *turn);
/* Chooses: fills turn->answered … candidates and line, and moves the mind on (said, told, beat,
 * topics, agreed). */
void persona_choose(struct mind *mind, struct turn *turn, const struct history *before);
/* The ending that holds now, or NULL; `line` receives her last words, in the mind's arena. */
const struct ending *persona_ending(struct mind *mind, struct turn *turn, struct slice *line);
/* See session_ending_stop. */
enum ending_stop persona_ending_stop(struct mind *mind, struct turn *turn,
                                     const struct ending *ending, struct slice *unmet);
double persona_minutes(const struct mind *mind);
/* Words of a line without stage directions, as they count for minutes and talk share. */
size_t persona_count_words(struct slice line, struct arena *arena);

/* expr_value over (mind, turn). */
struct persona_context {
	struct mind *mind;
	const struct turn *turn;
};
double persona_value(void *context, int id, int arg);

/* persona_stance.c */
void persona_stance(struct mind *mind, const struct turn *turn, const struct history *before,
                    struct stance_taken *out);
/* Topics named by the clause answered, else by the utterance, else those named last. */
uint64_t persona_topics(const struct mind *mind, const struct turn *turn,
                        const struct detection *answered);
/* The mentor's proposal as she would say it: “you could ask first” → “ask first”; your → my. */
struct slice persona_step_words(struct mind *mind, const struct turn *turn,
                                const struct detection *proposal);

/* persona_words.c */
/* Puts {said …} {step} {topic} {name} into words. False when a name is unbound: then the line is no
 * candidate. */
bool persona_fill(const struct mind *mind, const struct turn *turn, struct slice words,
                  struct strbuf *out);
/* The alternative to say: unsaid ones first, ordered by chance; then the one said longest ago. NULL
 * when none can be filled. `fresh` tells whether it was never said before in these words. */
const struct alternative *persona_pick(const struct mind *mind, const struct turn *turn,
                                       const struct reply *reply, bool *fresh);
/* Appends the alternative's line: directions in brackets, paragraphs by newline. */
void persona_say(const struct mind *mind, const struct turn *turn,
                 const struct alternative *alternative, struct strbuf *out);
/* Remembers that it was said. */
void persona_remember(struct mind *mind, const struct turn *turn,
                      const struct alternative *alternative);

#endif
