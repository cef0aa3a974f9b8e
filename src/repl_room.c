/* repl_room.c: see repl_room.h. */
#include <stdlib.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "edge/report.h"
#include "edge/term.h"
#include "repl_room_parts.h"

#define AGAIN "       Ctrl-C again to leave, or go on typing."

struct room *room_new(void)
{
	struct room *room = mem_alloc(sizeof(*room));

	arena_init(&room->arena);
	room->seat = 1;
	room->seats = 1;
	return room;
}

void room_free(struct room *room)
{
	if (!room)
		return;
	arena_release(&room->arena);
	free(room);
}

static void say(struct repl *repl, const char *text)
{
	page_textz(&repl->page, REPORT_SPEECH, STYLE_DIM, text);
}

void room_welcome(struct repl *repl)
{
	page_textz(&repl->page, REPORT_MARGIN, STYLE_DIM,
	           "A room plays: one person speaks at a time, and no names are kept. "
	           "/vote, /predict, /pass and /freeze are for the room; /help says how.");
}

/* What is being asked for while a command of the room waits. */
enum asked { ASKED_LINE, ASKED_ENOUGH, ASKED_LEAVE };

static enum asked ask(struct repl *repl, const char *prompt, struct strbuf *line)
{
	for (;;) {
		if (!repl_show(repl))
			return ASKED_LEAVE;
		switch (term_read(repl->term, prompt, AGAIN, LIMIT_UTTERANCE_BYTES, line)) {
		case TERM_LINE:
			if (utf8_invalid(strbuf_slice(line)) == line->len)
				return line->len ? ASKED_LINE : ASKED_ENOUGH;
			say(repl, "That line is not UTF-8 text. Please type it again.");
			break;
		case TERM_LONG:
			say(repl, "That was too long for anybody to take in. Shorter, please.");
			break;
		case TERM_END:
			return ASKED_ENOUGH;
		case TERM_LEAVE:
		case TERM_UNREADABLE:
			return ASKED_LEAVE;
		}
	}
}

static const char *as_prompt(struct repl *repl, struct arena *arena, const char *word,
                             size_t number)
{
	const char *margin = repl->play->plain ? "" : "  ";

	if (number)
		return slice_format(arena, "%s%s %zu> ", margin, word, number).at;
	return slice_format(arena, "%s%s> ", margin, word).at;
}

/* Lines until an empty one, or as many as there may be. False to leave. */
static bool collect(struct repl *repl, const char *word, struct room_lines *out)
{
	struct arena *arena = &repl->room->arena;
	struct strbuf line = {0};
	enum asked asked = ASKED_LINE;

	while (out->count < LIMIT_ROOM_LINES) {
		struct slice text;

		asked = ask(repl, as_prompt(repl, arena, word, out->count + 1), &line);
		text = slice_trim(strbuf_slice(&line));
		if (asked != ASKED_LINE || text.len == 0)
			break;
		out->items[out->count++] = slice_copy(arena, text);
	}
	strbuf_release(&line);
	return asked != ASKED_LEAVE;
}

/* A whole number up to `most`; Enter alone is 0. False to leave. */
static bool ask_number(struct repl *repl, const char *word, size_t number, long most, long *out)
{
	struct arena *arena = &repl->room->arena;
	struct strbuf line = {0};
	enum asked asked;

	*out = 0;
	while ((asked = ask(repl, as_prompt(repl, arena, word, number), &line)) == ASKED_LINE) {
		struct slice text = slice_trim(strbuf_slice(&line));

		if (text.len == 0 || slice_int(text, 0, most, out))
			break;
		page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
		page_addf(&repl->page, STYLE_DIM, "A number up to %ld, please, or Enter for none.",
		          most);
		page_end(&repl->page);
	}
	strbuf_release(&line);
	return asked != ASKED_LEAVE;
}

static uint32_t next_turn(const struct repl *repl)
{
	return (uint32_t)session_turns(repl->session) + 1;
}

static void list_lines(struct repl *repl, const struct room_lines *lines)
{
	size_t i;

	for (i = 0; i < lines->count; i++) {
		page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH + 3);
		page_addf(&repl->page, STYLE_PLAIN, "%zu. ", i + 1);
		page_add(&repl->page, STYLE_PLAIN, lines->items[i]);
		page_end(&repl->page);
	}
}

/* The most hands; where several have as many, the facilitator says which. False to leave. */
static bool decide(struct repl *repl, struct room_vote *vote)
{
	size_t best = 0;
	size_t even = 0;
	long chosen;
	size_t i;

	for (i = 1; i < vote->ways.count; i++)
		if (vote->votes[i] > vote->votes[best])
			best = i;
	for (i = 0; i < vote->ways.count; i++)
		even += vote->votes[i] == vote->votes[best];
	vote->said = best;
	if (even < 2)
		return true;
	say(repl, "Even. Which is it to be? Enter takes the first of them.");
	if (!ask_number(repl, "say", 0, (long)vote->ways.count, &chosen))
		return false;
	if (chosen)
		vote->said = (size_t)chosen - 1;
	return true;
}

static bool count_hands(struct repl *repl, struct room_vote *vote)
{
	size_t i;

	page_textz(&repl->page, REPORT_SPEECH, STYLE_DIM, "Hands up for each:");
	list_lines(repl, &vote->ways);
	for (i = 0; i < vote->ways.count; i++)
		if (!ask_number(repl, "hands for", i + 1, 9999, &vote->votes[i]))
			return false;
	return decide(repl, vote);
}

static size_t count_votes(const struct room *room)
{
	const struct room_vote *vote;
	size_t count = 0;

	for (vote = room->votes; vote; vote = vote->next)
		count++;
	return count;
}

static enum repl_next run_vote(struct repl *repl, struct slice argument)
{
	struct room *room = repl->room;
	struct room_vote *vote = ARENA_ARRAY(&room->arena, struct room_vote, 1);
	struct room_vote **end = &room->votes;

	(void)argument;
	if (count_votes(room) == LIMIT_ROOM_NOTES) {
		say(repl, "That was the last vote of the afternoon. Just say it.");
		return REPL_GO_ON;
	}
	vote->turn = next_turn(repl);
	page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
	page_addf(&repl->page, STYLE_DIM,
	          "How could one say it? Up to %u ways, one a line; Enter alone ends.",
	          LIMIT_ROOM_LINES);
	page_end(&repl->page);
	if (!collect(repl, "way", &vote->ways))
		return REPL_QUIT;
	if (vote->ways.count == 0) {
		say(repl, "Nobody put anything forward, so nothing was said.");
		return REPL_GO_ON;
	}
	if (vote->ways.count > 1 && !count_hands(repl, vote))
		return REPL_QUIT;
	while (*end)
		end = &(*end)->next;
	*end = vote;
	page_begin(&repl->page, REPORT_MARGIN, REPORT_SPEECH);
	page_addz(&repl->page, STYLE_BOLD, "you");
	if (repl->page.plain)
		page_addz(&repl->page, STYLE_PLAIN, ": ");
	else
		page_tab(&repl->page, REPORT_SPEECH);
	page_add(&repl->page, STYLE_PLAIN, vote->ways.items[vote->said]);
	page_end(&repl->page);
	return repl_say(repl, vote->ways.items[vote->said]);
}

static enum repl_next run_predict(struct repl *repl, struct slice argument)
{
	(void)argument;
	repl->room->guessing = true;
	page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(&repl->page, STYLE_DIM,
	          "Now say it (or /vote on it). The answer waits until the "
	          "room has guessed what ");
	page_add(&repl->page, STYLE_DIM, repl->play->scenario->name);
	page_addz(&repl->page, STYLE_DIM, " will say.");
	page_end(&repl->page);
	return REPL_GO_ON;
}

static void last_words(struct repl *repl)
{
	report_speech(&repl->page, repl->play->scenario->name,
	              session_line_before(repl->session, next_turn(repl)));
}

static enum repl_next run_pass(struct repl *repl, struct slice argument)
{
	struct room *room = repl->room;
	long seat = (long)room->seats + 1;

	if (argument.len && !slice_int(argument, 1, (long)room->seats, &seat)) {
		page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
		page_addf(&repl->page, STYLE_DIM,
		          "/pass alone is for somebody new; /pass 1%s for somebody who spoke "
		          "before.",
		          room->seats > 1 ? ", /pass 2 and so on" : "");
		page_end(&repl->page);
		return REPL_UNKNOWN;
	}
	room->seat = (uint32_t)seat;
	if (room->seat > room->seats)
		room->seats = room->seat;
	page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
	page_addf(&repl->page, STYLE_DIM, "Person %u speaks now. The last thing said:", room->seat);
	page_end(&repl->page);
	last_words(repl);
	return REPL_GO_ON;
}

/* What to talk about, from what the last turn did; nothing that is held back. */
static const char *first_question(const struct turn *turn)
{
	if (!turn)
		return "What do you hear in these first words, and what might be behind them?";
	if (turn->after[METER_TENSION] > turn->before[METER_TENSION])
		return "Something got harder just then. Which of our words did it?";
	if (turn->tell || turn->after[METER_TRUST] > turn->before[METER_TRUST])
		return "Something opened just then. Which of our words did it?";
	if (turn->cue)
		return "Something showed just then. What did you notice?";
	return "Nothing much moved just then. What were we hoping for?";
}

static enum repl_next run_freeze(struct repl *repl, struct slice argument)
{
	struct room *room = repl->room;
	uint32_t turn = next_turn(repl);
	struct room_note *stop = ARENA_ARRAY(&room->arena, struct room_note, 1);
	struct room_note **end = &room->stops;
	size_t count = 0;

	(void)argument;
	page_gap(&repl->page);
	last_words(repl);
	page_gap(&repl->page);
	page_textz(&repl->page, REPORT_MARGIN, STYLE_BOLD, "Stop. Talk about it.");
	page_textz(&repl->page, REPORT_SPEECH, STYLE_PLAIN,
	           first_question(turn > 1 ? session_turn(repl->session, turn - 1) : NULL));
	page_textz(&repl->page, REPORT_SPEECH, STYLE_PLAIN, "What is not being said?");
	page_textz(&repl->page, REPORT_SPEECH, STYLE_PLAIN,
	           "What would you say next, and what is it for?");
	page_textz(&repl->page, REPORT_SPEECH, STYLE_DIM,
	           "Note what the room finds, one thing a line, or Enter alone to go on.");
	stop->turn = turn;
	if (!collect(repl, "note", &stop->lines))
		return REPL_QUIT;
	while (*end) {
		end = &(*end)->next;
		count++;
	}
	if (count < LIMIT_ROOM_NOTES)
		*end = stop;
	return REPL_GO_ON;
}

const struct command_entry room_commands[] = {
        {"/vote", "", "people propose ways to say it, hands go up, the first is said", run_vote},
        {"/predict", "", "what will the ECT say to your next line? Guess before you see it",
         run_predict},
        {"/pass", "", "the next person speaks; /pass 1 gives it back to the first", run_pass},
        {"/freeze", "", "stop and talk; notes of what the room sees, if you like", run_freeze},
        {NULL, NULL, NULL, NULL}};
_Static_assert(sizeof(room_commands) / sizeof(room_commands[0]) <= ROOM_COMMANDS_MOST,
               "ROOM_COMMANDS_MOST");

/* Guesses of this turn, if any. */
static struct room_note *guess_of(struct room *room, uint32_t turn)
{
	struct room_note *guess;

	for (guess = room->guesses; guess; guess = guess->next)
		if (guess->turn == turn)
			return guess;
	return NULL;
}

enum repl_next room_heard(struct repl *repl, const struct turn *turn)
{
	struct room *room = repl->room;
	struct room_note **end = &room->guesses;
	struct room_note *guess;

	room->by[turn->number] = room->seat;
	room->turns = turn->number;
	if (!room->guessing)
		return REPL_GO_ON;
	room->guessing = false;
	guess = ARENA_ARRAY(&room->arena, struct room_note, 1);
	guess->turn = turn->number;
	page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(&repl->page, STYLE_DIM, "What will ");
	page_add(&repl->page, STYLE_DIM, repl->play->scenario->name);
	page_addz(&repl->page, STYLE_DIM, " say? One guess a line; Enter alone shows the answer.");
	page_end(&repl->page);
	if (!collect(repl, "guess", &guess->lines))
		return REPL_QUIT;
	while (*end)
		end = &(*end)->next;
	if (guess->lines.count && turn->number <= LIMIT_TURNS)
		*end = guess;
	return REPL_GO_ON;
}

enum repl_next room_answered(struct repl *repl, const struct turn *turn)
{
	struct room_note *guess = guess_of(repl->room, turn->number);
	long nearest;

	if (!guess || guess->lines.count == 0)
		return REPL_GO_ON;
	say(repl, "Whose guess was nearest? Its number, or Enter for nobody's.");
	list_lines(repl, &guess->lines);
	if (!ask_number(repl, "nearest", 0, (long)guess->lines.count, &nearest))
		return REPL_QUIT;
	guess->nearest = (size_t)nearest;
	return REPL_GO_ON;
}

static void drop_notes(struct room_note **notes, uint32_t turn)
{
	while (*notes) {
		if ((*notes)->turn >= turn)
			*notes = (*notes)->next;
		else
			notes = &(*notes)->next;
	}
}

void room_rewound(struct room *room, uint32_t turn)
{
	struct room_vote **vote = &room->votes;

	if (room->turns >= turn)
		room->turns = turn - 1;
	while (*vote) {
		if ((*vote)->turn >= turn)
			*vote = (*vote)->next;
		else
			vote = &(*vote)->next;
	}
	drop_notes(&room->guesses, turn);
	drop_notes(&room->stops, turn);
}
