/* ruleset_words.c: what a line of a rule pack is, and what to say when it is nothing.
 *
 * One table knows every keyword: where it may stand, what must stand behind it, and what to tell
 * somebody who wrote it elsewhere. */
#include "load/ruleset_build.h"

#define IN(room) (1u << PACK_ROOM_##room)
#define FRAMEWORK (IN(CHECKLIST) | IN(SEQUENCE) | IN(GRID) | IN(LADDER))

static const struct keyword entries[] = {
        {"move", PACK_MOVE, IN(FILE), "at the left edge", "an id: ‘move open_question’",
         BELOW_LINES},
        {"list", PACK_LIST, IN(FILE), "at the left edge", "an id: ‘list feeling’", BELOW_ITEMS},
        {"framework", PACK_FRAMEWORK, IN(FILE), "at the left edge",
         "an id and a kind: ‘framework aid sequence’", BELOW_LINES},
        {"meter", PACK_METER, IN(FILE), "at the left edge", "a name: ‘meter trust’", BELOW_LINES},
        {"meter", PACK_METER, IN(LADDER), "", "a name: ‘meter tension’", BELOW_NOTHING},
        {"about", PACK_ABOUT, IN(FILE), "", "a sentence", BELOW_TEXT},
        {"about", PACK_ABOUT, IN(MOVE) | IN(METER) | FRAMEWORK, "under ‘move’ or ‘framework’",
         "a sentence", BELOW_TEXT},
        {"source", PACK_SOURCE, IN(FILE), "", "where it comes from", BELOW_TEXT},
        {"source", PACK_SOURCE, IN(MOVE) | FRAMEWORK, "under ‘move’ or ‘framework’",
         "where it comes from", BELOW_TEXT},
        {"language", PACK_LANGUAGE, IN(FILE), "at the left edge, before the first move",
         "two or three letters: ‘language fr’", BELOW_NOTHING},
        {"licence", PACK_LICENCE, IN(FILE), "at the left edge", "a licence: ‘licence CC BY-SA 4.0’",
         BELOW_TEXT},
        {"title", PACK_TITLE, IN(MOVE) | IN(METER) | IN(PART) | IN(ITEM) | IN(LEVEL) | FRAMEWORK,
         "under ‘move’, ‘framework’ or ‘meter’", "words for people: ‘title Emotional labelling’",
         BELOW_NOTHING},
        {"match", PACK_MATCH, IN(MOVE), "under ‘move’", "a pattern: ‘match \\bsounds? like\\b’",
         BELOW_LINES},
        {"unless", PACK_UNLESS, IN(MOVE) | IN(MATCH), "under ‘move’ or ‘match’",
         "a pattern: ‘unless \\bsounds? fine\\b’", BELOW_LINES},
        {"when", PACK_WHEN, IN(MOVE) | IN(MATCH), "under ‘move’ or ‘match’",
         "a condition: ‘when question and words <= 4’", BELOW_NOTHING},
        {"whole", PACK_WHOLE, IN(MOVE) | IN(MATCH) | IN(UNLESS),
         "under ‘move’, ‘match’ or ‘unless’", NULL, BELOW_NOTHING},
        {"confidence", PACK_CONFIDENCE, IN(MOVE) | IN(MATCH), "under ‘move’ or ‘match’",
         "a number up to 1: ‘confidence 0.6’", BELOW_NOTHING},
        {"say", PACK_SAY, IN(MOVE), "under ‘move’", "better words for the mentor", BELOW_TEXT},
        {"helped", PACK_HELPED, IN(MOVE), "under ‘move’", "a sentence for the debrief", BELOW_TEXT},
        {"wonder", PACK_WONDER, IN(MOVE), "under ‘move’", "a question for the debrief", BELOW_TEXT},
        {"advice", PACK_ADVICE, IN(MOVE), "under ‘move’",
         "what to do: ‘advice Ask before you advise.’", BELOW_TEXT},
        {"instead", PACK_INSTEAD, IN(MOVE), "under ‘move’",
         "the move to make in its place: ‘instead open_question’", BELOW_NOTHING},
        {"answers", PACK_ANSWERS, IN(MOVE), "under ‘move’",
         "request, proposal, feedback, feeling, courtesy or none", BELOW_NOTHING},
        {"quiet", PACK_QUIET, IN(MOVE), "under ‘move’", NULL, BELOW_NOTHING},
        {"room", PACK_ROOM, IN(MOVE), "under ‘move’", NULL, BELOW_NOTHING},
        {"checks", PACK_CHECKS, IN(MOVE), "under ‘move’", NULL, BELOW_NOTHING},
        {"generic", PACK_GENERIC, IN(MOVE), "under ‘move’", NULL, BELOW_NOTHING},
        {"mends", PACK_MENDS, IN(MOVE), "under ‘move’", NULL, BELOW_NOTHING},
        {"yields", PACK_YIELDS, IN(MOVE), "under ‘move’", "moves: ‘yields leading_question’",
         BELOW_NOTHING},
        {"needs", PACK_NEEDS, IN(MOVE) | IN(LEVEL), "under ‘move’ or ‘level’",
         "moves: ‘needs action’", BELOW_NOTHING},
        {"also", PACK_ALSO, IN(LEVEL), "under a ladder's ‘level’", "moves: ‘also dismissal’",
         BELOW_NOTHING},
        {"without", PACK_WITHOUT, IN(LEVEL), "under a ladder's ‘level’",
         "moves: ‘without action_step’", BELOW_NOTHING},
        {"effect", PACK_EFFECT, IN(MOVE), "under ‘move’",
         "changes of meters: ‘effect tension -1, trust +1’", BELOW_NOTHING},
        {"axis", PACK_AXIS, IN(MOVE), "under ‘move’", "a name and a change: ‘axis care +2’",
         BELOW_NOTHING},
        {"yes", PACK_YES, IN(MOVE), "under ‘move’", "", BELOW_NOTHING},
        {"no", PACK_NO, IN(MOVE), "under ‘move’", "", BELOW_NOTHING},
        {"item", PACK_ITEM, IN(CHECKLIST) | IN(SEQUENCE), "under a checklist or sequence",
         "a move: ‘item action’", BELOW_LINES},
        {"optional", PACK_OPTIONAL, IN(ITEM), "under a checklist's ‘item’", NULL, BELOW_NOTHING},
        {"x", PACK_X, IN(GRID), "under a grid", "an axis: ‘x challenge’", BELOW_NOTHING},
        {"y", PACK_Y, IN(GRID), "under a grid", "an axis: ‘y care’", BELOW_NOTHING},
        {"cell", PACK_CELL, IN(GRID), "under a grid",
         "an id and two heights: ‘cell ruinous_empathy low high’", BELOW_LINES},
        {"turns", PACK_TURNS, IN(GRID), "under a grid", NULL, BELOW_NOTHING},
        {"level", PACK_LEVEL, IN(LADDER), "under a ladder",
         "an id and where it begins: ‘level win_lose 4’", BELOW_LINES},
        {"low", PACK_LOW, IN(METER), "under ‘meter’", "how 0 to 3 reads: ‘low wary’",
         BELOW_NOTHING},
        {"middle", PACK_MIDDLE, IN(METER), "under ‘meter’", "how 4 to 6 reads", BELOW_NOTHING},
        {"high", PACK_HIGH, IN(METER), "under ‘meter’", "how 7 to 10 reads", BELOW_NOTHING},
};

static const struct keywords keywords = {entries, sizeof(entries) / sizeof(entries[0])};

/* Where we are, as a trainer would say it. */
static const char *const room_names[PACK_ROOMS] = {
        [PACK_ROOM_FILE] = "at the left edge",
        [PACK_ROOM_MOVE] = "under ‘move’",
        [PACK_ROOM_MATCH] = "under ‘match’",
        [PACK_ROOM_UNLESS] = "under ‘unless’",
        [PACK_ROOM_CHECKLIST] = "under a checklist",
        [PACK_ROOM_SEQUENCE] = "under a sequence",
        [PACK_ROOM_GRID] = "under a grid",
        [PACK_ROOM_LADDER] = "under a ladder",
        [PACK_ROOM_PART] = "under ‘item’ or ‘cell’",
        [PACK_ROOM_ITEM] = "under a checklist's ‘item’",
        [PACK_ROOM_LEVEL] = "under ‘level’",
        [PACK_ROOM_METER] = "under ‘meter’",
};

static void unknown(struct pack *pack, const struct line *line, enum pack_room room)
{
	struct slice name = line->keyword;
	struct strbuf known = {0};
	struct nearest nearest;

	nearest_init(&nearest, name);
	keyword_offer(&keywords, room, &nearest);
	keyword_names(&keywords, room, &known);
	if (nearest.best.len)
		diag_error(pack->diags, outline_place(line, line->keyword),
		           "unknown keyword ‘%.*s’%s", SLICE_ARGS(name),
		           nearest_hint(&nearest, &pack->diags->arena));
	else
		diag_error(pack->diags, outline_place(line, line->keyword),
		           "unknown keyword ‘%.*s’; %s may stand %.*s", SLICE_ARGS(name),
		           room_names[room], SLICE_ARGS(strbuf_slice(&known)));
	strbuf_release(&known);
}

/* May it stand in the same block again? */
static bool may_repeat(enum pack_word word, enum pack_room room)
{
	switch (word) {
	case PACK_MATCH:
	case PACK_UNLESS:
	case PACK_WHEN:
	case PACK_SAY:
	case PACK_YIELDS:
	case PACK_NEEDS:
	case PACK_AXIS:
	case PACK_YES:
	case PACK_NO:
	case PACK_ITEM:
	case PACK_CELL:
	case PACK_LEVEL:
		return true;
	default:
		return room == PACK_ROOM_FILE;
	}
}

enum pack_word pack_word(struct pack *pack, const struct line *line, enum pack_room room,
                         struct pack_once *once)
{
	const struct keyword *keyword = keyword_find(&keywords, line->keyword, room);

	if (!keyword) {
		once->line[PACK_NONE] = line;
		unknown(pack, line, room);
		return PACK_NONE;
	}
	if (!keyword_stands(keyword, room)) {
		diag_error(pack->diags, outline_place(line, line->keyword),
		           "‘%s’ does not belong %s; it stands %s", keyword->name, room_names[room],
		           keyword->home);
		once->line[PACK_NONE] = line;
		return PACK_NONE;
	}
	if (may_repeat((enum pack_word)keyword->word, room))
		once->line[keyword->word] = line;
	else if (!keyword_once(&once->line[keyword->word], line, pack->diags))
		return PACK_NONE;
	return keyword_shape(keyword, line, pack->diags) ? (enum pack_word)keyword->word
	                                                 : PACK_NONE;
}

/* The nearest thing to `text` that is an id, or an example. */
static struct slice as_id(struct pack *pack, struct slice text)
{
	struct strbuf buf = {0};
	struct slice id;
	size_t i;

	for (i = 0; i < text.len && buf.len < 40; i++) {
		char c = text.at[i];

		if (c >= 'A' && c <= 'Z') {
			bool inner = i && text.at[i - 1] >= 'a' && text.at[i - 1] <= 'z';

			if (inner)
				strbuf_addc(&buf, '_');
			strbuf_addc(&buf, (char)(c - 'A' + 'a'));
		} else if ((c >= 'a' && c <= 'z') || (buf.len && c >= '0' && c <= '9')) {
			strbuf_addc(&buf, c);
		} else if (buf.len && buf.at[buf.len - 1] != '_' && i + 1 < text.len) {
			strbuf_addc(&buf, c == '-' ? '-' : '_');
		}
	}
	id = slice_copy(pack->arena, strbuf_slice(&buf));
	strbuf_release(&buf);
	return slice_is_id(id) ? id : SLICE("open_question");
}

bool pack_id(struct pack *pack, const struct line *line, struct slice text)
{
	struct slice id;

	if (slice_is_id(text))
		return true;
	id = as_id(pack, text);
	diag_error(
	        pack->diags, outline_place(line, text),
	        "‘%.*s’ is no id: begin with a small letter, then small letters, digits, ‘_’ and "
	        "‘-’, such as ‘%.*s’",
	        SLICE_ARGS(text), SLICE_ARGS(id));
	return false;
}

/* `open question` for `open_question`: the id, when a pack read so far has it. */
static struct slice joined_id(struct pack *pack, struct slice words)
{
	char *at = arena_alloc(pack->arena, words.len + 1);
	struct slice id = {at, 0};
	struct slice word;

	while (slice_word(&words, &word)) {
		if (id.len)
			at[id.len++] = '_';
		memcpy(at + id.len, word.at, word.len);
		id.len += word.len;
	}
	return pack_find(pack->builder, PACK_MOVES, id, NULL) ? id : SLICE("");
}

static void no_comma(struct pack *pack, const struct line *line, struct slice part,
                     struct slice first)
{
	struct slice id = joined_id(pack, part);

	if (id.len)
		diag_error(pack->diags, outline_place(line, part),
		           "no blanks in a name; did you mean ‘%.*s’?", SLICE_ARGS(id));
	else
		diag_error(pack->diags, outline_place(line, part),
		           "put a comma between two names: ‘%.*s, …’", SLICE_ARGS(first));
}

void pack_names(struct pack *pack, const struct line *line, struct table *names)
{
	struct outline_parts parts = {line->rest, line->rest.len > 0};
	struct slice part;

	while (outline_part(line, &parts, &part, pack->diags)) {
		struct slice rest = part;
		struct slice word;
		struct pack_name *name;

		slice_word(&rest, &word);
		if (slice_is_id(word) && rest.len) {
			no_comma(pack, line, part, word);
			continue;
		}
		if (!pack_id(pack, line, part))
			continue;
		name = table_add(pack->arena, names, sizeof(*name));
		name->id = part;
		name->place = outline_place(line, part);
	}
}

/* Where a part of `text` stands; text put together from several lines has no place of its
 * own. */
static struct place text_place(const struct line *line, struct slice text, struct slice part)
{
	return text.at == line->rest.at ? outline_place(line, part) : outline_rest_place(line);
}

void pack_slots(struct pack *pack, const struct line *line, struct slice text,
                const char *const *known)
{
	struct place place;
	size_t at;
	size_t end;

	for (at = 0; at < text.len; at = end + 1) {
		struct slice slot;
		struct nearest nearest;
		const char *const *name;

		at += slice_find(slice_sub(text, at, text.len), SLICE("{"));
		end = at + slice_find(slice_sub(text, at, text.len), SLICE("}"));
		if (at == text.len)
			return;
		slot = slice_sub(text, at + 1, end);
		place = text_place(line, text, slice_sub(text, at, end + 1));
		nearest_init(&nearest, slot);
		for (name = known; *name && !slice_is(slot, *name); name++)
			nearest_offer(&nearest, slice_of(*name));
		if (*name && end < text.len)
			continue;
		if (end == text.len)
			diag_error(pack->diags, place,
			           "a slot is open at ‘{%.*s’; close it with ‘}’",
			           (int)(slot.len < 20 ? slot.len : 20), slot.at);
		else if (nearest.best.len)
			diag_error(pack->diags, place, "unknown slot ‘{%.*s}’%s", SLICE_ARGS(slot),
			           nearest_hint(&nearest, &pack->diags->arena));
		else if (!known[1])
			diag_error(pack->diags, place,
			           "unknown slot ‘{%.*s}’; here may stand {%s} alone",
			           SLICE_ARGS(slot), known[0]);
		else
			diag_error(pack->diags, place,
			           "unknown slot ‘{%.*s}’; here may stand {%s} {%s} {%s} {%s}",
			           SLICE_ARGS(slot), known[0], known[1], known[2], known[3]);
	}
}
