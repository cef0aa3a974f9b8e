/* repl_room.h: `play --room`: a facilitator drives one screen, and a room of mentors speaks to the
 * ECT through it.
 *
 * Beside the conversation the room may put two or more ways of saying something to the vote, guess
 * what the ECT will say, hand over to the next person, and stop to talk. Nobody is named: people
 * are seats, counted from 1, and what is kept of them is how often they spoke. What a proposal
 * that was not said would have met is found by folding the same events and that proposal onto a
 * fresh session. */
#ifndef REPL_ROOM_H
#define REPL_ROOM_H

#include "repl_commands.h"

struct room;

struct room *room_new(void);
void room_free(struct room *room); /* NULL is fine */

/* Under the brief: what a facilitator needs to know. */
void room_welcome(struct repl *repl);
/* What may be asked for in a room, beside what always may; ends with a NULL name. */
extern const struct command_entry room_commands[];
#define ROOM_COMMANDS_MOST 8 /* at most, the end included */

/* An utterance was heard, and the answer is not on the page yet: asks for guesses if the room meant
 * to guess, and counts the seat. After it, room_answered asks whose guess was nearest. */
enum repl_next room_heard(struct repl *repl, const struct turn *turn);
enum repl_next room_answered(struct repl *repl, const struct turn *turn);
/* The conversation went back to before `turn`: later turns were nobody's. */
void room_rewound(struct room *room, uint32_t turn);
/* After the debrief: who spoke how often, votes, guesses, and what the room stopped for. */
void room_report(struct repl *repl);

#endif
