/* deck_words.c: what a line of a deck is, and what to say when it is nothing. */
#include "load/deck_build.h"

#define IN(room) (1u << DECK_ROOM_##room)

static const struct keyword entries[] = {
        {"deck", DECK_DECK, IN(FILE), "at the top of a ‘.deck’ file", "a title: ‘deck Listening’",
         BELOW_LINES},
        {"about", DECK_ABOUT, IN(DECK), "under ‘deck’", "a sentence", BELOW_TEXT},
        {"source", DECK_SOURCE, IN(DECK), "under ‘deck’", "where it comes from", BELOW_TEXT},
        {"licence", DECK_LICENCE, IN(DECK), "under ‘deck’", "a licence: ‘licence CC BY-SA 4.0’",
         BELOW_TEXT},
        {"coach", DECK_COACH, IN(FILE), "at the left edge", "a move: ‘coach paraphrase’",
         BELOW_LINES},
        {"task", DECK_TASK, IN(COACH), "under ‘coach’",
         "how the move is asked for: ‘task Paraphrase this.’", BELOW_TEXT},
        {"heard", DECK_HEARD, IN(COACH), "under ‘coach’",
         "moves that were made instead: ‘heard open_question, closed_question’", BELOW_ITEMS},
        {"otherwise", DECK_OTHERWISE, IN(COACH), "under ‘coach’",
         "what to say when the move was not heard", BELOW_TEXT},
        {"prompt", DECK_PROMPT, IN(FILE), "at the left edge", "an id: ‘prompt hana-carpet’",
         BELOW_LINES},
        {"who", DECK_WHO, IN(PROMPT), "first under ‘prompt’",
         "a name, then a few words: ‘who Hana, Reception · phonics’", BELOW_TEXT},
        {"evidence", DECK_EVIDENCE, IN(PROMPT), "under ‘prompt’", "what was seen in the lesson",
         BELOW_TEXT},
        {"hint", DECK_HINT, IN(PROMPT) | IN(ASK), "under ‘prompt’ or ‘ask’", "a nudge", BELOW_TEXT},
        {"ask", DECK_ASK, IN(PROMPT), "under ‘prompt’", "a move: ‘ask paraphrase’", BELOW_LINES},
        {"say", DECK_SAY, IN(ASK), "under ‘ask’", "", BELOW_NOTHING},
        {"no", DECK_NO, IN(ASK), "under ‘ask’", "", BELOW_NOTHING},
};

static const struct keywords keywords = {entries, sizeof(entries) / sizeof(entries[0])};

static const char *const room_names[DECK_ROOMS] = {
        [DECK_ROOM_FILE] = "at the left edge", [DECK_ROOM_DECK] = "under ‘deck’",
        [DECK_ROOM_COACH] = "under ‘coach’",   [DECK_ROOM_PROMPT] = "under ‘prompt’",
        [DECK_ROOM_ASK] = "under ‘ask’",
};

/* Who speaks: a known name, or what looks like one, before a colon; else empty. */
static struct slice speaker_of(const struct deck_build *b, const struct line *line)
{
	size_t colon = slice_find(line->text, SLICE(":"));
	struct slice name = slice_trim(slice_sub(line->text, 0, colon));

	if (colon == line->text.len || name.len == 0)
		return SLICE("");
	if (slice_is(name, "Mentor") || (b->speaker.len && slice_eq(name, b->speaker)))
		return name;
	/* No keyword begins with a capital letter, nor has it a colon within its line's first word.
	 */
	if (name.at[0] >= 'a' && name.at[0] <= 'z')
		return SLICE("");
	return slice_find(name, SLICE(" ")) == name.len ? name : SLICE("");
}

static enum deck_word speech(struct deck_build *b, const struct line *line, enum deck_room room,
                             struct slice who)
{
	struct place place = outline_place(line, who);

	if (room != DECK_ROOM_PROMPT) {
		diag_error(b->diags, place, "speech stands under ‘prompt’, not %s",
		           room_names[room]);
		return DECK_NONE;
	}
	if (b->speaker.len == 0) {
		diag_error(b->diags, place,
		           "say first who speaks: ‘who %.*s, Reception · phonics’ above this line",
		           SLICE_ARGS(slice_is(who, "Mentor") ? SLICE("Hana") : who));
		return DECK_NONE;
	}
	if (!slice_is(who, "Mentor") && !slice_eq(who, b->speaker)) {
		diag_error(b->diags, place,
		           "unknown speaker ‘%.*s’; here speak ‘Mentor:’ and ‘%.*s:’",
		           SLICE_ARGS(who), SLICE_ARGS(b->speaker));
		return DECK_NONE;
	}
	return DECK_SPEECH;
}

static void unknown(struct deck_build *b, const struct line *line, enum deck_room room)
{
	struct place place = outline_place(line, line->keyword);
	struct strbuf known = {0};
	struct nearest nearest;

	nearest_init(&nearest, line->keyword);
	keyword_offer(&keywords, room, &nearest);
	if (room == DECK_ROOM_PROMPT && slice_eq(line->keyword, b->speaker)) {
		diag_error(b->diags, place, "a colon is missing: write ‘%.*s: …’",
		           SLICE_ARGS(b->speaker));
	} else if (nearest.best.len) {
		diag_error(b->diags, place, "unknown keyword ‘%.*s’%s", SLICE_ARGS(line->keyword),
		           nearest_hint(&nearest, b->arena));
	} else {
		keyword_names(&keywords, room, &known);
		if (room == DECK_ROOM_PROMPT)
			strbuf_addf(&known, ", ‘Mentor:’ and ‘%.*s:’",
			            SLICE_ARGS(b->speaker.len ? b->speaker : SLICE("NAME")));
		diag_error(b->diags, place, "unknown keyword ‘%.*s’; %s may stand %s",
		           SLICE_ARGS(line->keyword), room_names[room], known.at);
	}
	strbuf_release(&known);
}

enum deck_word deck_word(struct deck_build *b, const struct line *line, enum deck_room room)
{
	struct slice who = speaker_of(b, line);
	const struct keyword *keyword;

	if (who.len)
		return speech(b, line, room, who);
	keyword = keyword_find(&keywords, line->keyword, room);
	if (!keyword) {
		unknown(b, line, room);
		return DECK_NONE;
	}
	if (!keyword_stands(keyword, room)) {
		diag_error(b->diags, outline_place(line, line->keyword),
		           "‘%s’ does not belong %s; put it %s", keyword->name, room_names[room],
		           keyword->home);
		return DECK_NONE;
	}
	return keyword_shape(keyword, line, b->diags) ? (enum deck_word)keyword->word : DECK_NONE;
}
