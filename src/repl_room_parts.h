/* repl_room_parts.h: what a room did, between repl_room.c and repl_room_report.c. */
#ifndef REPL_ROOM_PARTS_H
#define REPL_ROOM_PARTS_H

#include "base/limits.h"
#include "repl_room.h"

struct room_lines {
	struct slice items[LIMIT_ROOM_LINES];
	size_t count;
};

/* Ways of saying something, put to the vote. */
struct room_vote {
	uint32_t turn; /* the one it was for */
	struct room_lines ways;
	long votes[LIMIT_ROOM_LINES];
	size_t said; /* which */
	struct room_vote *next;
};

/* Guesses at what the ECT would say, made before it was seen; or, without `nearest`, what the room
 * noted when it stopped. */
struct room_note {
	uint32_t turn;
	struct room_lines lines;
	size_t nearest; /* from 1; 0 for none */
	struct room_note *next;
};

struct room {
	struct arena arena;
	uint32_t seat; /* who speaks, from 1 */
	uint32_t seats; /* that have spoken or been handed over to */
	uint32_t by[LIMIT_TURNS + 1]; /* the seat of each turn */
	uint32_t turns;
	bool guessing; /* at the next answer */
	struct room_vote *votes; /* in order */
	struct room_note *guesses;
	struct room_note *stops;
};

#endif
