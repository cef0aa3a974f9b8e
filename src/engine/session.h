/* session.h: one conversation. Its state is a fold over its recorded events; nothing here blocks.
 *
 * session_hear folds an utterance in: what was heard, how her state moved, what she means to say.
 * session_reply records what was in fact said. Redo, rewind, resume and replay are the same fold
 * over another list of events: session_rewind drops events and folds the rest again, session_replay
 * folds a given list. */
#ifndef ENGINE_SESSION_H
#define ENGINE_SESSION_H

#include "engine/detect.h"
#include "engine/focus.h"
#include "engine/mastery.h"
#include "engine/topic.h"

enum event_kind {
	EVENT_HEAR, /* text: the utterance */
	EVENT_REPLY, /* text: what she said */
	EVENT_STRIKE, /* number: turn; text: move id; the mentor disputes it */
	EVENT_HINT, /* text: the hint shown */
	EVENT_END, /* the mentor ended it */
	EVENT_BEGIN, /* before any utterance; text: the beat it begins in, with no first words */
	EVENT_SET, /* before any utterance; text: a meter; number: its height then */
};

struct event {
	enum event_kind kind;
	struct slice text;
	uint32_t number;
	double at; /* seconds since the epoch as handed in; recorded only */
};

/* Whether an event still says something. An answer that grew, an LLM's, was recorded each time with
 * all that was said so far: the last one stands. */
bool event_stands(const struct event *events, size_t count, size_t index);

/* A reply that was weighed: the answer to "why this line?". */
struct candidate {
	const struct reply *reply;
	enum tier tier;
	size_t conditions;
	bool said; /* all its words were said before */
	bool won;
};

struct change {
	const struct move *move; /* NULL: the reply's own effect */
	struct effects effects; /* as applied, after halving */
};

struct turn {
	uint32_t number; /* from 1 */
	struct slice utterance; /* as typed, NFC not applied */
	struct detections heard;
	struct echo echo; /* of all of it, against what she said before */
	uint64_t topics; /* named in it */
	const uint64_t *clause_topics; /* the same by clause */
	struct change *changes;
	size_t change_count;
	int before[METERS]; /* meters */
	int after[METERS];
	const struct detection *answered; /* the one thing she answers, or NULL */
	uint32_t stance; /* 1 + enum stance, or 0 */
	const struct reply *reply; /* the proper one */
	const struct reply *aside; /* before it, or NULL */
	const struct tell *tell; /* told in this turn, or NULL */
	const struct alternative *told; /* the words of it that were said */
	bool fallback; /* chosen by no more than `otherwise`, "a question", "a statement" */
	struct slice line; /* the words meant: directions in (brackets), paragraphs parted by a
	                      newline */
	struct slice line_id; /* stable id of the winning alternative */
	struct slice said; /* what was in fact said (session_reply), else empty */
	struct slice thinks; /* or empty */
	bool cue; /* what she shows wants meeting */
	bool cue_met; /* this utterance met the cue of the turn before */
	bool cue_before; /* there was a cue to meet */
	int beat; /* after it */
	double minutes; /* of conversation so far */
	const struct ending *ending; /* or NULL */
	struct slice ending_line; /* her last words */
	struct candidate *candidates;
	size_t candidate_count;
	double now;
};

/* Conversation time, as minutes and the bell count it. */
#define WORDS_A_MINUTE 130.0 /* conversational speech */
#define MINUTES_A_TURN 0.25 /* drawing breath, thinking: 15 seconds */

struct session;

/* Session borrows all three. `seed` orders `or` alternatives and `shows`; the same seed and
 * utterances, the same words. */
struct session *session_new(const struct scenario *scenario, const struct ruleset *ruleset,
                            struct detector *detector, uint64_t seed);
void session_free(struct session *session);
/* What the mentor did before, one for each move by its index, borrowed; NULL, as at first: nothing
 * is known. Changes hints and debrief, never the conversation. */
void session_recall(struct session *session, const struct mastery *moves);
/* Of one move; NULL when nothing is known. */
const struct mastery *session_mastery(const struct session *session, const struct move *move);

/* What the mentor chose to practise: ids of moves, a comma between; those that the rules do not
 * know are left out. Counted for the debrief; never changes the conversation. */
void session_practise(struct session *session, struct slice moves);
const struct focus *session_focus(const struct session *session); /* NULL: nothing was chosen */

/* Begins in the middle, for whoever writes a scenario: at that beat, where she has said nothing
 * yet; and with a meter at that height, 0 to 10. Only before any utterance. False when there is no
 * such beat or meter. */
bool session_begin_at(struct session *session, struct slice beat);
bool session_set_meter(struct session *session, struct slice meter, uint32_t height);

/* Her first words. */
struct slice session_opening(struct session *session);
/* Hears an utterance. NULL after an ending or when LIMIT_TURNS is reached. The turn is the
 * session's until rewind or free. */
const struct turn *session_hear(struct session *session, struct slice utterance, double now);
/* Records what she said in the turn just heard. Without it, turn->line counts as said. Where the
 * scenario has no lines for her (exchange.h), it may also give her first words, before any turn. */
void session_reply(struct session *session, struct slice words);
/* The mentor disputes a detection: it does not count in the debrief. False when that turn has no
 * such move. */
bool session_strike(struct session *session, uint32_t turn, struct slice move);
void session_hint_given(struct session *session, struct slice hint);
/* The mentor ends it (Ctrl-D, /end). */
void session_end(struct session *session);
/* Back to before turn `turn` (1-based): drops it and all after. */
void session_rewind(struct session *session, uint32_t turn);
/* Folds events onto a fresh session. False (and `err`) when they make no sense (a reply before any
 * utterance …). */
bool session_replay(struct session *session, const struct event *events, size_t count,
                    struct err *err);

const struct event *session_events(const struct session *session, size_t *count);
size_t session_turns(const struct session *session);
const struct turn *session_turn(const struct session *session, size_t number); /* 1-based */
const struct scenario *session_scenario(const struct session *session);
const struct ruleset *session_ruleset(const struct session *session);
struct detector *session_detector(const struct session *session);
uint64_t session_seed(const struct session *session);
bool session_struck(const struct session *session, uint32_t turn, const struct move *move);
size_t session_hints(const struct session *session);
/* The turn in which these words of hers were said last; 0 when they were not. */
uint32_t session_said(const struct session *session, const struct alternative *words);
bool session_ended(const struct session *session);
const struct ending *
session_ending(const struct session *session); /* NULL when the mentor just left */
/* What keeps an ending with a condition from being reached in this turn, the condition's parts
 * first. */
enum ending_stop {
	ENDING_NOTHING, /* it holds: another ending came before it */
	ENDING_WHEN, /* a part of its condition: `unmet` is the first, as written */
	ENDING_QUESTION, /* the ECT owes an answer */
	ENDING_OPENED /* the ECT has just told or shown something */
};
/* What kept that ending from being reached in the last turn; `unmet` lives as long as the scenario.
 * There must be a turn. */
enum ending_stop session_ending_stop(struct session *session, const struct ending *ending,
                                     struct slice *unmet);
/* She took a step, the mentor's or one of her own. */
bool session_agreed(const struct session *session);
/* In any turn so far. */
bool session_told(const struct session *session, const struct tell *tell);
int session_meter(const struct session *session, enum meter meter); /* now */
/* A fresh history of what was said before turn `turn`; history_free it. */
struct history *session_history(const struct session *session, uint32_t turn);
/* The ECT's line that utterance `turn` answered: the opening for 1. */
struct slice session_line_before(const struct session *session, uint32_t turn);
/* One nudge for now: what might help next, by her state and the moves not yet used. Lives in the
 * session. */
struct slice session_hint(struct session *session);

#endif
