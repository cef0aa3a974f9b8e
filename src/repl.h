/* repl.h: one conversation, with somebody at a terminal or with lines from a pipe, to its debrief.
 *
 * repl_commands.c has what begins with a slash, repl_json.c the same conversation for programs. */
#ifndef REPL_H
#define REPL_H

#include "engine/session.h"

/* How much is shown after a turn. */
enum repl_coach { COACH_OFF, COACH_HINTS, COACH_FULL };

struct repl_play {
	const struct scenario *scenario;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct diags *late; /* or NULL: the detector compiles once the first prompt stands, and
	                       says here what is wrong */
	uint64_t seed;
	struct slice focus; /* what the mentor practises: ids of moves, a comma between; or empty */
	enum repl_coach coach;
	bool plain; /* for a screen reader */
	bool full; /* the debrief with everything behind it */
	struct journal *journal; /* edge/journal.h */
	const struct record *resumed; /* edge/record.h: what is gone on with, or NULL */
	bool anew; /* … under another scenario or other rules than it began with */
	bool adapt; /* hints and debrief know the mentor's past */
	const struct store_plan *plan; /* edge/store_plan.h: what is meant to be done; or NULL */
	bool room; /* a facilitator drives, a room speaks: repl_room.h */
	struct voicing *voicing; /* edge/voicing.h: an LLM finds the words; or NULL */
	bool trace; /* every turn is explained */
	const struct author_start *start; /* repl_author.h: not at the beginning; or NULL */
	struct author_files *files; /* what /reload reads; or NULL */
};

enum repl_result {
	REPL_FINE,
	REPL_FINDINGS, /* some input could not be taken */
	REPL_TROUBLE, /* reading failed; `err` says how */
	REPL_WRONG, /* play->start names what there is not; `err` says what there is */
	REPL_KILLED /* by a signal: term_signal */
};

struct term;

/* `term` is for this conversation, opened with repl_words. */
enum repl_result repl_run(const struct repl_play *play, struct term *term, struct err *err);
/* One JSON object a line: start, turns, end, debrief. */
enum repl_result repl_run_json(const struct repl_play *play, struct term *term, struct err *err);

/* "/help" …: for completion, with those of a room; ends with NULL, lives in `arena`. */
const char *const *repl_command_names(bool room, struct arena *arena);

#endif
