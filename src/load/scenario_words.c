/* scenario_words.c: what a line of a scenario is, and what to say when it is nothing.
 *
 * One table knows every keyword: where it may stand, what must stand behind it, and what to tell
 * somebody who wrote it elsewhere. */
#include "load/scenario_build.h"

#define IN(room) (1u << ROOM_##room)
/* Where she speaks in the course of the conversation. */
#define TALK (IN(REPLY) | IN(FACT) | IN(ANSWER) | IN(TELL))

static const struct keyword entries[] = {
        {"scenario", WORD_SCENARIO, IN(FILE), "at the top of a scenario",
         "a title: ‘scenario The same three hands’", BELOW_LINES},
        {"temperament", WORD_TEMPERAMENT, IN(STOCK), "at the top of a ‘.temperament’ file",
         "an id: ‘temperament self-deprecating’", BELOW_LINES},
        {"about", WORD_ABOUT, IN(SCENARIO) | IN(TEMPERAMENT),
         "under ‘scenario’, ‘evidence’, ‘knows’ or ‘tells’", "a sentence", BELOW_TEXT},
        {"about", WORD_ABOUT, IN(KNOWS) | IN(TELLS), "", "a topic: ‘about seating’", BELOW_LINES},
        {"minutes", WORD_MINUTES, IN(SCENARIO), "under ‘scenario’", "a number: ‘minutes 8’",
         BELOW_NOTHING},
        {"level", WORD_LEVEL, IN(SCENARIO), "under ‘scenario’", "1, 2 or 3: ‘level 2’",
         BELOW_NOTHING},
        {"focus", WORD_FOCUS, IN(SCENARIO), "under ‘scenario’",
         "moves or frameworks: ‘focus open_question, aid’", BELOW_NOTHING},
        {"fits", WORD_FITS, IN(SCENARIO), "under ‘scenario’", "cells of a grid: ‘fits competing’",
         BELOW_NOTHING},
        {"phase", WORD_PHASE, IN(SCENARIO), "under ‘scenario’",
         "a few words: ‘phase secondary · history’", BELOW_NOTHING},
        {"cycle", WORD_CYCLE, IN(SCENARIO), "under ‘scenario’",
         "the theme of a development cycle: ‘cycle structured talk’", BELOW_NOTHING},
        {"interaction", WORD_INTERACTION, IN(SCENARIO), "under ‘scenario’",
         "which conversation of a cycle: ‘interaction step_not_met’", BELOW_NOTHING},
        {"source", WORD_SOURCE, IN(SCENARIO) | IN(TEMPERAMENT), "under ‘scenario’",
         "where it comes from", BELOW_TEXT},
        {"language", WORD_LANGUAGE, IN(SCENARIO) | IN(TEMPERAMENT), "under ‘scenario’",
         "two or three letters: ‘language fr’", BELOW_NOTHING},
        {"words", WORD_WORDS, IN(SCENARIO) | IN(TEMPERAMENT), "under ‘scenario’",
         "words that no dictionary has: ‘words Okafor Tomasz’", BELOW_TEXT},
        {"licence", WORD_LICENCE, IN(SCENARIO) | IN(TEMPERAMENT), "under ‘scenario’",
         "a licence: ‘licence CC BY-SA 4.0’", BELOW_TEXT},
        {"persona", WORD_PERSONA, IN(FILE), "at the left edge, below ‘scenario’",
         "a name, as speech begins: ‘persona Sam’", BELOW_LINES},
        {"who", WORD_WHO, IN(PERSONA), "under ‘persona’", "who this is in a few words", BELOW_TEXT},
        {"use", WORD_USE, IN(PERSONA), "under ‘persona’", "a temperament: ‘use self-deprecating’",
         BELOW_NOTHING},
        {"voice", WORD_VOICE, IN(PERSONA), "under ‘persona’",
         "how this person talks, in a few words", BELOW_TEXT},
        {"start", WORD_START, IN(PERSONA), "under ‘persona’", "meters: ‘start trust 5, tension 3’",
         BELOW_NOTHING},
        {"reacts", WORD_REACTS, IN(PERSONA), "under ‘persona’",
         "a move and what it does: ‘reacts social_proof tension +1’", BELOW_NOTHING},
        {"shows", WORD_SHOWS, IN(PERSONA), "under ‘persona’",
         "when and what: ‘shows tension >= 7: folds arms | looks away’", BELOW_NOTHING},
        {"brief", WORD_BRIEF, IN(FILE), "at the left edge", "", BELOW_TEXT},
        {"evidence", WORD_EVIDENCE, IN(FILE), "at the left edge", "", BELOW_TEXT},
        {"goal", WORD_GOAL, IN(FILE), "at the left edge", "", BELOW_TEXT},
        {"topic", WORD_TOPIC, IN(FILE), "at the left edge",
         "an id and a pattern: ‘topic seating  seat(s|ing)?|rows?’", BELOW_LINES},
        {"title", WORD_TITLE, IN(TOPIC), "under ‘topic’", "words for people", BELOW_NOTHING},
        {"beat", WORD_BEAT, IN(FILE), "at the left edge", "an id: ‘beat opening’", BELOW_LINES},
        {"knows", WORD_KNOWS, IN(FILE), "at the left edge", NULL, BELOW_LINES},
        {"tells", WORD_TELLS, IN(FILE), "at the left edge", NULL, BELOW_LINES},
        {"model", WORD_MODEL, IN(FILE), "at the left edge", NULL, BELOW_LINES},
        {"ending", WORD_ENDING, IN(FILE), "at the left edge, or last under ‘model’",
         "an id and when: ‘ending plan when agreed’", BELOW_LINES},
        {"ending", WORD_ENDING, IN(MODEL), "", "an ending: ‘ending plan’", BELOW_NOTHING},
        {"on", WORD_ON, IN(FILE) | IN(STOCK) | IN(BEAT) | IN(FIRST_BEAT),
         "under ‘beat’ or at the left edge (‘then on’ under a reply)",
         "what it answers: ‘on open_question’, ‘on any about seating’", BELOW_LINES},
        {"aside", WORD_ASIDE, IN(FILE) | IN(STOCK) | IN(BEAT) | IN(FIRST_BEAT),
         "under ‘beat’ or at the left edge", "‘on’ and a move: ‘aside on emotional_label’",
         BELOW_LINES},
        {"otherwise", WORD_OTHERWISE, IN(FILE) | IN(STOCK) | IN(BEAT) | IN(FIRST_BEAT),
         "under ‘beat’ or at the left edge (‘then otherwise’ under a reply)", "", BELOW_LINES},
        {"then", WORD_THEN, IN(FIRST_BEAT) | TALK, "under a reply proper: ‘on …’ or ‘otherwise’",
         "‘on’ and a move: ‘then on yes’", BELOW_LINES},
        {"or", WORD_OR, IN(FIRST_BEAT) | TALK | IN(ASIDE) | IN(ENDING),
         "alone on a line between two lines of speech", "", BELOW_NOTHING},
        {"id", WORD_ID, IN(FIRST_BEAT) | TALK | IN(ASIDE) | IN(ENDING), "under a reply",
         "an id: ‘id same-hands’", BELOW_NOTHING},
        {"thinks", WORD_THINKS, IN(FIRST_BEAT) | TALK | IN(ASIDE) | IN(ENDING), "under a reply",
         "a thought: ‘thinks: Here it comes.’", BELOW_TEXT},
        {"effect", WORD_EFFECT, TALK | IN(ASIDE), "under a reply",
         "changes of meters: ‘effect trust +1’", BELOW_NOTHING},
        {"go", WORD_GO, TALK, "under a reply proper: ‘on …’ or ‘otherwise’",
         "a beat: ‘go exploring’", BELOW_NOTHING},
        {"cue", WORD_CUE, IN(FIRST_BEAT) | TALK | IN(ASIDE), "under a reply", NULL, BELOW_NOTHING},
        {"step", WORD_STEP, TALK, "under a reply proper: ‘on …’ or ‘otherwise’",
         "the step in the teacher's words", BELOW_NOTHING},
        {"instead", WORD_INSTEAD, TALK | IN(ASIDE), "under a reply or at the left edge",
         "a move and better words for the mentor: ‘instead open_question What happened?’",
         BELOW_NOTHING},
        {"instead", WORD_INSTEAD, IN(FILE), "",
         "a move and better words: ‘instead open_question: What happened?’", BELOW_NOTHING},
        {"agrees", WORD_AGREES, IN(FACT), "under ‘about’ in ‘knows’",
         "a pattern: ‘agrees  \\brows\\b|mr hill’", BELOW_LINES},
        {"denies", WORD_DENIES, IN(FACT), "under ‘about’ in ‘knows’",
         "a pattern: ‘denies  groups|my own plan’", BELOW_LINES},
        {"when", WORD_WHEN, IN(TELLS),
         "under ‘tells’, or behind ‘on …’, ‘otherwise’ or ‘ending …’ on the same line",
         "a condition: ‘when trust >= 8’", BELOW_LINES},
        {"verdict", WORD_VERDICT, IN(ENDING), "under ‘ending’", "a sentence", BELOW_TEXT},
        {"good", WORD_GOOD, IN(ENDING), "under ‘ending’", NULL, BELOW_NOTHING},
        {"moves", WORD_MOVES, IN(MENTOR), "under a ‘Mentor:’ line of the model",
         "moves: ‘moves open_question, repetition’", BELOW_NOTHING},
};

static const struct keywords keywords = {entries, sizeof(entries) / sizeof(entries[0])};

/* Where we are, as a trainer would say it. */
static const char *const room_names[ROOMS] = {
        [ROOM_FILE] = "at the left edge",
        [ROOM_SCENARIO] = "under ‘scenario’",
        [ROOM_PERSONA] = "under ‘persona’",
        [ROOM_TOPIC] = "under ‘topic’",
        [ROOM_FIRST_BEAT] = "under ‘beat’",
        [ROOM_BEAT] = "under ‘beat’",
        [ROOM_REPLY] = "under a reply",
        [ROOM_ASIDE] = "under an aside",
        [ROOM_KNOWS] = "under ‘knows’",
        [ROOM_FACT] = "under ‘about’",
        [ROOM_ANSWER] = "under ‘agrees’ or ‘denies’",
        [ROOM_TELLS] = "under ‘tells’",
        [ROOM_TELL] = "under a tell",
        [ROOM_ENDING] = "under ‘ending’",
        [ROOM_MODEL] = "under ‘model’",
        [ROOM_MENTOR] = "under a mentor's line",
        [ROOM_STOCK] = "in a temperament",
        [ROOM_TEMPERAMENT] = "under ‘temperament’",
};

#define SPEECH_ROOMS (IN(FIRST_BEAT) | TALK | IN(ASIDE) | IN(ENDING) | IN(MODEL))

size_t byte_find(struct slice text, char byte)
{
	const char *found = text.len ? memchr(text.at, byte, text.len) : NULL;

	return found ? (size_t)(found - text.at) : text.len;
}

struct place file_place(const struct build *b)
{
	return (struct place){.source = b->source};
}

struct slice line_said(const struct line *line)
{
	size_t colon = byte_find(line->text, ':');

	return slice_trim(slice_sub(line->text, colon + 1, line->text.len));
}

/* Is this somebody's name with a slip, or a keyword with one? */
static bool is_name(const struct build *b, struct slice name)
{
	struct nearest nearest;
	char lower[16];
	size_t i;

	if (name.at[0] >= 'a' && name.at[0] <= 'z') {
		nearest_init(&nearest, name);
		nearest_offer(&nearest, b->speaker);
		return nearest.best.len > 0;
	}
	if (name.len > sizeof(lower))
		return true;
	for (i = 0; i < name.len; i++) {
		bool capital = name.at[i] >= 'A' && name.at[i] <= 'Z';

		lower[i] = (char)(capital ? name.at[i] - 'A' + 'a' : name.at[i]);
	}
	return !keyword_find(&keywords, (struct slice){lower, name.len}, ROOM_FILE);
}

/* Who speaks, when the line looks like speech: a known name, or up to four words like a name,
 * before a colon. */
static struct slice speaker_of(const struct build *b, const struct line *line)
{
	size_t colon = byte_find(line->text, ':');
	struct slice name = slice_trim(slice_sub(line->text, 0, colon));
	struct slice rest = name;
	struct slice word;
	int words = 0;

	if (colon == line->text.len || name.len == 0)
		return (struct slice){0};
	if (slice_eq(name, b->speaker) || slice_is(name, "Mentor"))
		return name;
	while (slice_word(&rest, &word))
		words++;
	if (words > 4 || keyword_find(&keywords, line->keyword, ROOM_FILE) || !is_name(b, name) ||
	    (colon + 1 < line->text.len && line->text.at[colon + 1] != ' '))
		return (struct slice){0};
	return name;
}

/* Speech where there may be speech, by somebody who may speak. */
static enum word speech_word(struct build *b, const struct line *line, enum room room,
                             struct slice who)
{
	struct place place = outline_place(line, who);

	if (!((1u << room) & SPEECH_ROOMS)) {
		if (room == ROOM_BEAT)
			diag_error(b->diags, place,
			           "only the first beat opens with speech; put this under "
			           "‘on …’, for here it is said only in answer");
		else
			diag_error(b->diags, place, "speech does not belong %s; write %s above it",
			           room_names[room],
			           room == ROOM_KNOWS ? "‘about TOPIC’"
			           : room == ROOM_TELLS
			                   ? "‘about TOPIC’ or ‘when …’"
			                   : "what it answers, such as ‘on open_question’,");
		return WORD_NONE;
	}
	if (slice_eq(who, b->speaker))
		return WORD_SPEECH;
	if (slice_is(who, "Mentor")) {
		if (room == ROOM_MODEL)
			return WORD_MENTOR;
		diag_error(b->diags, place,
		           "the mentor's words stand only in ‘model’; here ‘%.*s’ speaks",
		           SLICE_ARGS(b->speaker));
		return WORD_NONE;
	}
	if (b->speaker.len == 0) /* no persona: that was said */
		return WORD_SPEECH;
	if (room == ROOM_MODEL)
		diag_error(b->diags, place,
		           "unknown speaker ‘%.*s’; in a model speak ‘Mentor:’ and ‘%.*s:’",
		           SLICE_ARGS(who), SLICE_ARGS(b->speaker));
	else
		diag_error(b->diags, place, "unknown speaker ‘%.*s’; %s ‘%.*s:’", SLICE_ARGS(who),
		           b->stock ? "in a temperament write" : "write", SLICE_ARGS(b->speaker));
	return WORD_SPEECH;
}

/* The words known here, for somebody who is far off. */
static const char *known_here(struct build *b, enum room room)
{
	struct strbuf buf = {0};
	const char *text;

	keyword_names(&keywords, room, &buf);
	if ((1u << room) & SPEECH_ROOMS && b->speaker.len)
		strbuf_addf(&buf, "%s‘%.*s:’", buf.len ? ", " : "", SLICE_ARGS(b->speaker));
	if (room == ROOM_MODEL)
		strbuf_addz(&buf, ", ‘Mentor:’");
	text = slice_copy(b->arena, strbuf_slice(&buf)).at;
	strbuf_release(&buf);
	return text;
}

static void unknown(struct build *b, const struct line *line, enum room room)
{
	struct place place = outline_place(line, line->keyword);
	struct nearest nearest;
	struct slice name = line->keyword;
	bool talk = (1u << room) & SPEECH_ROOMS;

	if (talk && b->speaker.len && slice_starts(line->text, b->speaker) &&
	    line->text.len > b->speaker.len && line->text.at[b->speaker.len] == ' ') {
		diag_error(b->diags, place_within(line->place, 0, b->speaker.len),
		           "a colon is missing: write ‘%.*s: …’", SLICE_ARGS(b->speaker));
		return;
	}
	nearest_init(&nearest, name);
	keyword_offer(&keywords, room, &nearest);
	if (talk)
		nearest_offer(&nearest, b->speaker);
	if (nearest.best.len) {
		bool speaker = slice_eq(nearest.best, b->speaker);
		const struct keyword *meant = keyword_find(&keywords, nearest.best, room);

		if (meant && !speaker && room == ROOM_FILE)
			b->meant.line[meant->word] = line;
		diag_error(b->diags, place, "unknown keyword ‘%.*s’; did you mean ‘%.*s%s’?",
		           SLICE_ARGS(name), SLICE_ARGS(nearest.best), speaker ? ":" : "");
	} else if (talk && room != ROOM_MODEL) {
		diag_error(b->diags, place,
		           "‘%.*s’ is no keyword; speech stays on one line, and %s may stand %s",
		           SLICE_ARGS(name), room_names[room], known_here(b, room));
	} else {
		diag_error(b->diags, place, "unknown keyword ‘%.*s’; %s may stand %s",
		           SLICE_ARGS(name), room_names[room], known_here(b, room));
	}
}

bool line_fits(const struct build *b, const struct line *line, enum room room)
{
	const struct keyword *keyword = keyword_find(&keywords, line->keyword, room);

	return speaker_of(b, line).len || (keyword && keyword_stands(keyword, room));
}

enum word line_word(struct build *b, const struct line *line, enum room room)
{
	const struct keyword *keyword;
	struct slice who = speaker_of(b, line);

	if (who.len)
		return speech_word(b, line, room, who);
	keyword = keyword_find(&keywords, line->keyword, room);
	if (!keyword) {
		unknown(b, line, room);
		return WORD_NONE;
	}
	if (room == ROOM_STOCK && !keyword_stands(keyword, room) &&
	    keyword->rooms & (IN(FILE) | IN(PERSONA) | IN(SCENARIO))) {
		diag_error(
		        b->diags, outline_place(line, line->keyword),
		        "‘%s’ does not belong in a temperament, for it serves any scenario; take "
		        "it away",
		        keyword->name);
		return WORD_NONE;
	}
	if (!keyword_stands(keyword, room)) {
		diag_error(b->diags, outline_place(line, line->keyword),
		           "‘%s’ does not belong %s; put it %s", keyword->name, room_names[room],
		           keyword->home);
		return WORD_NONE;
	}
	return keyword_shape(keyword, line, b->diags) ? (enum word)keyword->word : WORD_NONE;
}
