/* ruleset_words.c: what a line of a rule pack is, and what to say when it is nothing.
 *
 * One table knows every keyword: where it may stand, what must stand behind it, and what to tell
 * somebody who wrote it elsewhere. */
#include "load/ruleset_build.h"

#define IN(room) (1u << PACK_ROOM_##room)
#define FRAMEWORK (IN(CHECKLIST) | IN(SEQUENCE) | IN(GRID) | IN(LADDER))

enum below { BELOW_NOTHING, BELOW_TEXT, BELOW_LINES };
enum times { ONCE, MANY };

struct keyword {
	const char *name;
	enum pack_word word;
	uint32_t rooms;
	const char *home; /* where it belongs, for whoever wrote it elsewhere */
	const char *needs; /* what must stand behind it; "" any or nothing; NULL nothing may */
	enum below below;
	enum times times;
};

static const struct keyword keywords[] = {
        {"move", PACK_MOVE, IN(FILE), "at the left edge", "an id: ‘move open_question’",
         BELOW_LINES, MANY},
        {"list", PACK_LIST, IN(FILE), "at the left edge", "an id: ‘list feeling’", BELOW_TEXT,
         MANY},
        {"framework", PACK_FRAMEWORK, IN(FILE), "at the left edge",
         "an id and a kind: ‘framework aid sequence’", BELOW_LINES, MANY},
        {"meter", PACK_METER, IN(FILE), "at the left edge", "a name: ‘meter trust’", BELOW_LINES,
         MANY},
        {"meter", PACK_METER, IN(LADDER), "", "a name: ‘meter tension’", BELOW_NOTHING, ONCE},
        {"about", PACK_ABOUT, IN(FILE), "", "a sentence", BELOW_TEXT, MANY},
        {"about", PACK_ABOUT, IN(MOVE) | IN(METER) | FRAMEWORK, "under ‘move’ or ‘framework’",
         "a sentence", BELOW_TEXT, ONCE},
        {"source", PACK_SOURCE, IN(FILE), "", "where it comes from", BELOW_TEXT, MANY},
        {"source", PACK_SOURCE, IN(MOVE) | FRAMEWORK, "under ‘move’ or ‘framework’",
         "where it comes from", BELOW_TEXT, ONCE},
        {"licence", PACK_LICENCE, IN(FILE), "at the left edge", "a licence: ‘licence CC BY-SA 4.0’",
         BELOW_TEXT, MANY},
        {"title", PACK_TITLE, IN(MOVE) | IN(METER) | IN(PART) | IN(ITEM) | FRAMEWORK,
         "under ‘move’, ‘framework’ or ‘meter’", "words for people: ‘title Emotional labelling’",
         BELOW_NOTHING, ONCE},
        {"match", PACK_MATCH, IN(MOVE), "under ‘move’", "a pattern: ‘match \\bsounds? like\\b’",
         BELOW_LINES, MANY},
        {"unless", PACK_UNLESS, IN(MOVE) | IN(MATCH), "under ‘move’ or ‘match’",
         "a pattern: ‘unless \\bsounds? fine\\b’", BELOW_LINES, MANY},
        {"when", PACK_WHEN, IN(MOVE) | IN(MATCH), "under ‘move’ or ‘match’",
         "a condition: ‘when question and words <= 4’", BELOW_NOTHING, MANY},
        {"whole", PACK_WHOLE, IN(MOVE) | IN(MATCH) | IN(UNLESS),
         "under ‘move’, ‘match’ or ‘unless’", NULL, BELOW_NOTHING, ONCE},
        {"confidence", PACK_CONFIDENCE, IN(MOVE) | IN(MATCH), "under ‘move’ or ‘match’",
         "a number up to 1: ‘confidence 0.6’", BELOW_NOTHING, ONCE},
        {"say", PACK_SAY, IN(MOVE), "under ‘move’", "better words for the mentor", BELOW_TEXT,
         MANY},
        {"helped", PACK_HELPED, IN(MOVE), "under ‘move’", "a sentence for the debrief", BELOW_TEXT,
         ONCE},
        {"wonder", PACK_WONDER, IN(MOVE), "under ‘move’", "a question for the debrief", BELOW_TEXT,
         ONCE},
        {"advice", PACK_ADVICE, IN(MOVE), "under ‘move’",
         "what to do: ‘advice Ask before you advise.’", BELOW_TEXT, ONCE},
        {"instead", PACK_INSTEAD, IN(MOVE), "under ‘move’",
         "the move to make in its place: ‘instead open_question’", BELOW_NOTHING, ONCE},
        {"answers", PACK_ANSWERS, IN(MOVE), "under ‘move’",
         "request, proposal, feedback, feeling, courtesy or none", BELOW_NOTHING, ONCE},
        {"quiet", PACK_QUIET, IN(MOVE), "under ‘move’", NULL, BELOW_NOTHING, ONCE},
        {"room", PACK_ROOM, IN(MOVE), "under ‘move’", NULL, BELOW_NOTHING, ONCE},
        {"checks", PACK_CHECKS, IN(MOVE), "under ‘move’", NULL, BELOW_NOTHING, ONCE},
        {"generic", PACK_GENERIC, IN(MOVE), "under ‘move’", NULL, BELOW_NOTHING, ONCE},
        {"yields", PACK_YIELDS, IN(MOVE), "under ‘move’", "moves: ‘yields leading_question’",
         BELOW_NOTHING, MANY},
        {"needs", PACK_NEEDS, IN(MOVE), "under ‘move’", "moves: ‘needs action’", BELOW_NOTHING,
         MANY},
        {"effect", PACK_EFFECT, IN(MOVE), "under ‘move’",
         "changes of meters: ‘effect tension -1, trust +1’", BELOW_NOTHING, ONCE},
        {"axis", PACK_AXIS, IN(MOVE), "under ‘move’", "a name and a change: ‘axis care +2’",
         BELOW_NOTHING, MANY},
        {"yes", PACK_YES, IN(MOVE), "under ‘move’", "", BELOW_NOTHING, MANY},
        {"no", PACK_NO, IN(MOVE), "under ‘move’", "", BELOW_NOTHING, MANY},
        {"item", PACK_ITEM, IN(CHECKLIST) | IN(SEQUENCE), "under a checklist or sequence",
         "a move: ‘item action’", BELOW_LINES, MANY},
        {"optional", PACK_OPTIONAL, IN(ITEM), "under a checklist's ‘item’", NULL, BELOW_NOTHING,
         ONCE},
        {"x", PACK_X, IN(GRID), "under a grid", "an axis: ‘x challenge’", BELOW_NOTHING, ONCE},
        {"y", PACK_Y, IN(GRID), "under a grid", "an axis: ‘y care’", BELOW_NOTHING, ONCE},
        {"cell", PACK_CELL, IN(GRID), "under a grid",
         "an id and two heights: ‘cell ruinous_empathy low high’", BELOW_LINES, MANY},
        {"level", PACK_LEVEL, IN(LADDER), "under a ladder",
         "an id and where it begins: ‘level win_lose 4’", BELOW_LINES, MANY},
        {"low", PACK_LOW, IN(METER), "under ‘meter’", "how 0 to 3 reads: ‘low wary’", BELOW_NOTHING,
         ONCE},
        {"middle", PACK_MIDDLE, IN(METER), "under ‘meter’", "how 4 to 6 reads", BELOW_NOTHING,
         ONCE},
        {"high", PACK_HIGH, IN(METER), "under ‘meter’", "how 7 to 10 reads", BELOW_NOTHING, ONCE},
};

#define KEYWORDS (sizeof(keywords) / sizeof(keywords[0]))

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
        [PACK_ROOM_PART] = "under ‘item’, ‘cell’ or ‘level’",
        [PACK_ROOM_ITEM] = "under a checklist's ‘item’",
        [PACK_ROOM_METER] = "under ‘meter’",
};

struct place pack_place(const struct line *line, struct slice part)
{
	return place_within(line->place, (size_t)(part.at - line->text.at), part.len);
}

struct slice pack_text(struct pack *pack, const struct line *line)
{
	struct slice below;

	if (!line->child)
		return line->rest;
	below = outline_prose(line, pack->arena);
	if (line->rest.len == 0)
		return below;
	return slice_format(pack->arena, "%.*s%s%.*s", SLICE_ARGS(line->rest),
	                    line->child->after_blank ? "\n\n" : " ", SLICE_ARGS(below));
}

static const struct keyword *find(struct slice name, enum pack_room room)
{
	const struct keyword *elsewhere = NULL;
	size_t i;

	for (i = 0; i < KEYWORDS; i++) {
		if (name.len == 0 || name.at[0] != keywords[i].name[0] ||
		    !slice_is(name, keywords[i].name))
			continue;
		if (keywords[i].rooms & (1u << room))
			return &keywords[i];
		if (!elsewhere)
			elsewhere = &keywords[i];
	}
	return elsewhere;
}

static void unknown(struct pack *pack, const struct line *line, enum pack_room room)
{
	struct slice name = line->keyword;
	struct strbuf known = {0};
	struct nearest nearest;
	size_t i;

	nearest_init(&nearest, name);
	for (i = 0; i < KEYWORDS; i++) {
		if (!(keywords[i].rooms & (1u << room)))
			continue;
		nearest_offer(&nearest, slice_of(keywords[i].name));
		strbuf_addf(&known, "%s‘%s’", known.len ? ", " : "", keywords[i].name);
	}
	if (nearest.best.len)
		diag_error(pack->diags, pack_place(line, line->keyword), "unknown keyword ‘%.*s’%s",
		           SLICE_ARGS(name), nearest_hint(&nearest, &pack->diags->arena));
	else
		diag_error(pack->diags, pack_place(line, line->keyword),
		           "unknown keyword ‘%.*s’; %s may stand %.*s", SLICE_ARGS(name),
		           room_names[room], SLICE_ARGS(strbuf_slice(&known)));
	strbuf_release(&known);
}

/* What stands behind and below a keyword. */
static bool shape_ok(struct pack *pack, const struct line *line, const struct keyword *keyword)
{
	bool has_text = line->rest.len ||
	                (keyword->below == BELOW_TEXT && keyword->word != PACK_LIST && line->child);
	bool usable = true;

	if (!keyword->needs && line->rest.len) {
		diag_error(pack->diags, outline_rest_place(line),
		           "‘%s’ stands alone on its line; take this away", keyword->name);
	} else if (keyword->needs && keyword->needs[0] && !has_text) {
		diag_error(pack->diags, pack_place(line, line->keyword), "‘%s’ needs %s",
		           keyword->name, keyword->needs);
		usable = keyword->below == BELOW_LINES; /* so that what is below is read too */
	}
	if (keyword->below == BELOW_NOTHING && line->child)
		diag_error(pack->diags, line->child->place,
		           "‘%s’ takes no lines below it; is this indented too far?",
		           keyword->name);
	return usable;
}

enum pack_word pack_word(struct pack *pack, const struct line *line, enum pack_room room,
                         struct pack_once *once)
{
	const struct keyword *keyword = find(line->keyword, room);
	const struct line *first;

	if (!keyword) {
		once->line[PACK_NONE] = line;
		unknown(pack, line, room);
		return PACK_NONE;
	}
	if (!(keyword->rooms & (1u << room))) {
		diag_error(pack->diags, pack_place(line, line->keyword),
		           "‘%s’ does not belong %s; it stands %s", keyword->name, room_names[room],
		           keyword->home);
		once->line[PACK_NONE] = line;
		return PACK_NONE;
	}
	if (keyword->times == ONCE) {
		first = once->line[keyword->word];
		if (first) {
			diag_error(pack->diags, pack_place(line, line->keyword),
			           "‘%s’ stands here twice (first in line %u); keep one",
			           keyword->name, first->place.line);
			return PACK_NONE;
		}
	}
	if (!once->line[keyword->word])
		once->line[keyword->word] = line;
	return shape_ok(pack, line, keyword) ? keyword->word : PACK_NONE;
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
	        pack->diags, pack_place(line, text),
	        "‘%.*s’ is no id: begin with a small letter, then small letters, digits, ‘_’ and "
	        "‘-’, such as ‘%.*s’",
	        SLICE_ARGS(text), SLICE_ARGS(id));
	return false;
}

bool pack_part(struct pack *pack, const struct line *line, struct pack_parts *parts,
               struct slice *part)
{
	while (parts->more) {
		size_t comma = slice_find(parts->rest, SLICE(","));
		struct slice raw = slice_sub(parts->rest, 0, comma);
		size_t at = (size_t)(raw.at - line->text.at);

		parts->more = comma < parts->rest.len;
		parts->rest = slice_sub(parts->rest, comma + 1, parts->rest.len);
		*part = slice_trim(raw);
		if (part->len)
			return true;
		/* the caret stands under the comma behind it, else the one before */
		at = parts->more ? at + raw.len : at - 1;
		diag_error(
		        pack->diags, place_within(line->place, at, 1),
		        "something is missing beside this comma; name it or take the comma away");
	}
	return false;
}

void pack_names(struct pack *pack, const struct line *line, struct pack_table *names)
{
	struct pack_parts parts = {line->rest, line->rest.len > 0};
	struct slice part;

	while (pack_part(pack, line, &parts, &part)) {
		struct slice rest = part;
		struct slice word;
		struct pack_name *name;

		slice_word(&rest, &word);
		if (slice_is_id(word) && rest.len) {
			diag_error(pack->diags, pack_place(line, part),
			           "put a comma between two names: ‘%.*s, …’", SLICE_ARGS(word));
			continue;
		}
		if (!pack_id(pack, line, part))
			continue;
		name = pack_push(pack->arena, names, sizeof(*name));
		name->id = part;
		name->place = pack_place(line, part);
	}
}

/* Where a part of `text` stands; text put together from several lines has no place of its own. */
static struct place text_place(const struct line *line, struct slice text, struct slice part)
{
	return text.at == line->rest.at ? pack_place(line, part) : outline_rest_place(line);
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
