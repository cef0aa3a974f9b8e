/* transcript.c: see transcript.h. First all lines are read for who might be speaking, since it
 * takes the whole to tell a name from a word with a colon; then they become turns. */
#include "edge/transcript.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "edge/file.h"
#include "edge/record.h"

#define NAME_BYTES 40u
#define NAME_WORDS 3u

struct speaker {
	struct slice name; /* as first written */
	size_t lines;
	bool mentor;
};

struct written {
	struct slice text; /* trimmed */
	struct place place;
	struct slice words; /* after the colon */
	struct slice direction; /* in brackets after the name, brackets included; or empty */
	struct speaker *speaker; /* NULL: no name stands before it */
	bool under; /* right under another line */
};

struct reading {
	struct transcript *out;
	struct diags *diags;
	struct slice mentor; /* as named by the user, or empty */
	struct written *lines;
	size_t line_count, line_cap;
	struct speaker speakers[LIMIT_SPEAKERS];
	size_t speaker_count;
	struct strbuf words; /* of the turn being put together */
};

/* What is found before a colon. */
struct label {
	struct slice name;
	struct slice bracket;
	struct slice words;
};

/* The same but for ASCII case. */
static bool same(struct slice a, struct slice b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (ascii_lower(a.at[i]) != ascii_lower(b.at[i]))
			return false;
	return true;
}

static bool is_letter(char byte)
{
	return (ascii_lower(byte) >= 'a' && ascii_lower(byte) <= 'z') ||
	       (unsigned char)byte >= 0x80;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Drops `[00:12] ` or `00:12 `. */
static struct slice after_time(struct slice text)
{
	size_t at = 0;
	size_t colons = 0;

	if (at < text.len && (text.at[at] == '[' || text.at[at] == '('))
		at++;
	for (; at < text.len && (is_digit(text.at[at]) || text.at[at] == ':' || text.at[at] == '.');
	     at++)
		colons += text.at[at] == ':' && at > 0 && is_digit(text.at[at - 1]);
	if (colons == 0)
		return text;
	if (at < text.len && (text.at[at] == ']' || text.at[at] == ')'))
		at++;
	/* A clock that ends in a colon has no name behind it. */
	return at < text.len && (text.at[at] == ' ' || text.at[at] == '\t')
	               ? slice_trim(slice_sub(text, at, text.len))
	               : text;
}

static bool is_name(struct slice name)
{
	struct slice rest = name;
	struct slice word;
	size_t words = 0;
	size_t capitals = 0;

	if (name.len == 0 || name.len > NAME_BYTES || !is_letter(name.at[0]))
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (!is_letter(name.at[i]) && !is_digit(name.at[i]) &&
		    !memchr(" '-._", name.at[i], 5))
			return false;
	while (slice_word(&rest, &word)) {
		words++;
		capitals += !is_letter(word.at[0]) || ascii_lower(word.at[0]) != word.at[0] ||
		            (unsigned char)word.at[0] >= 0x80;
	}
	return words == 1 || (words <= NAME_WORDS && capitals == words);
}

static size_t marks(struct slice text)
{
	size_t count = 0;

	while (count < text.len && (text.at[count] == '*' || text.at[count] == '_'))
		count++;
	return count;
}

static struct slice unmarked(struct slice name)
{
	name = slice_trim(slice_sub(name, marks(name), name.len));
	while (name.len && (name.at[name.len - 1] == '*' || name.at[name.len - 1] == '_'))
		name.len--;
	return slice_trim(name);
}

/* `Sam (quietly): Yes.`, `**Sam:** Yes.`, `[10:42] Sam: Yes.` False when no name comes first. */
static bool read_label(struct slice text, struct label *out)
{
	struct slice name = after_time(text);
	size_t opened;
	size_t colon;
	size_t bracket;

	if (slice_starts(name, SLICE("> ")) || slice_starts(name, SLICE("- ")))
		name = slice_trim(slice_sub(name, 2, name.len));
	opened = marks(name);
	colon = slice_find(name, SLICE(":"));
	if (colon == name.len)
		return false;
	*out = (struct label){.words = slice_sub(name, colon + 1, name.len)};
	if (out->words.len && (out->words.at[0] == '/' || out->words.at[0] == ':'))
		return false; /* an address */
	name = slice_sub(name, 0, colon);
	/* Bold that goes on behind the colon ends there. */
	if (opened && marks(out->words) >= opened && unmarked(name).len + opened == name.len)
		out->words = slice_sub(out->words, opened, out->words.len);
	name = unmarked(name);
	bracket = slice_find(name, SLICE("("));
	if (bracket < name.len && slice_ends(name, SLICE(")"))) {
		out->bracket = slice_sub(name, bracket, name.len);
		name = unmarked(slice_sub(name, 0, bracket));
	}
	out->name = name;
	out->words = slice_trim(out->words);
	return is_name(name);
}

static bool bracket_has(struct slice bracket, const char *role)
{
	struct slice wanted = slice_of(role);

	for (size_t i = 0; i + wanted.len <= bracket.len; i++)
		if (same(slice_sub(bracket, i, i + wanted.len), wanted))
			return true;
	return false;
}

static bool is_role(struct slice bracket)
{
	static const char *const roles[] = {"mentor", "ect", "nqt", "teacher", "year", "trainee"};

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (bracket_has(bracket, roles[i]))
			return true;
	return false;
}

static bool is_mentor(const struct reading *reading, const struct label *label)
{
	static const char *const names[] = {"mentor", "m", "me", "you"};

	if (reading->mentor.len)
		return same(label->name, reading->mentor);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (same(label->name, slice_of(names[i])))
			return true;
	return bracket_has(label->bracket, "mentor");
}

/* NULL when there are too many. */
static struct speaker *speaker_of(struct reading *reading, const struct label *label)
{
	struct speaker *speaker;

	for (size_t i = 0; i < reading->speaker_count; i++) {
		speaker = &reading->speakers[i];
		if (same(speaker->name, label->name)) {
			speaker->mentor |= is_mentor(reading, label);
			return speaker;
		}
	}
	if (reading->speaker_count == LIMIT_SPEAKERS)
		return NULL;
	speaker = &reading->speakers[reading->speaker_count++];
	*speaker = (struct speaker){.name = label->name, .mentor = is_mentor(reading, label)};
	return speaker;
}

static bool good_text(struct slice text, struct place place, struct diags *diags)
{
	size_t bad = utf8_invalid(text);

	if (bad == text.len)
		return true;
	diag_error(diags, place_within(place, bad, 1),
	           "this is no UTF-8 text; save the file as UTF-8");
	return false;
}

/* Splits the text. False when it is no text, or too much of it. */
static bool read_lines(struct reading *reading)
{
	const struct source *source = &reading->out->source;
	struct place place = {.source = source};
	struct slice rest = source->text;
	struct slice text;
	bool under = false;

	while (slice_cut(&rest, '\n', &text)) {
		place.line++;
		place.at = (uint32_t)(text.at - source->text.at);
		place.len = 0;
		if (!good_text(text, place, reading->diags))
			return false;
		text = slice_trim(text);
		if (text.len == 0) {
			under = false;
			continue;
		}
		if (place.line > LIMIT_FILE_LINES) {
			diag_error(reading->diags, place, "more than %u lines", LIMIT_FILE_LINES);
			return false;
		}
		place.at = (uint32_t)(text.at - source->text.at);
		place.len = (uint32_t)text.len;
		reading->lines =
		        arena_grow(&reading->out->arena, reading->lines, &reading->line_cap,
		                   reading->line_count + 1, sizeof(*reading->lines));
		reading->lines[reading->line_count++] =
		        (struct written){.text = text, .place = place, .under = under};
		under = true;
	}
	return true;
}

static bool find_speakers(struct reading *reading)
{
	for (size_t i = 0; i < reading->line_count; i++) {
		struct written *line = &reading->lines[i];
		struct label label;

		if (!read_label(line->text, &label))
			continue;
		line->speaker = speaker_of(reading, &label);
		if (!line->speaker) {
			diag_error(reading->diags, line->place,
			           "more than %u names before a colon; is this a conversation?",
			           LIMIT_SPEAKERS);
			return false;
		}
		line->speaker->lines++;
		line->words = label.words;
		if (label.bracket.len && !is_role(label.bracket))
			line->direction = label.bracket;
	}
	return true;
}

/* Takes back what is surely no speaker. */
static void doubt_speakers(struct reading *reading)
{
	bool regular = false;
	bool spoken = false;

	for (size_t i = 0; i < reading->speaker_count; i++)
		regular |= !reading->speakers[i].mentor && reading->speakers[i].lines > 1;
	for (size_t i = 0; i < reading->line_count; i++) {
		struct written *line = &reading->lines[i];
		struct slice name;

		if (regular && spoken && line->under && line->speaker && !line->speaker->mentor &&
		    line->speaker->lines == 1) {
			name = line->speaker->name;
			diag_warn(
			        reading->diags, line->place,
			        "‘%.*s:’ comes once and under another line, so it counts as words "
			        "of that line; put a blank line above if somebody speaks",
			        SLICE_ARGS(name));
			line->speaker->lines = 0;
			line->speaker = NULL;
		}
		spoken |= line->speaker != NULL;
	}
}

/* Is there a mentor, and the one that was named? */
static bool check_speakers(const struct reading *reading)
{
	struct place place = reading->line_count ? reading->lines[0].place
	                                         : (struct place){.source = &reading->out->source};
	struct nearest nearest;
	bool any = false;

	nearest_init(&nearest, reading->mentor);
	for (size_t i = 0; i < reading->speaker_count; i++) {
		nearest_offer(&nearest, reading->speakers[i].name);
		if (reading->speakers[i].mentor)
			return true;
		any |= reading->speakers[i].lines > 0;
	}
	if (reading->mentor.len) {
		struct slice name = slice_sub(reading->mentor, 0, NAME_BYTES);

		diag_error(reading->diags, place, "no line of ‘%.*s’%s", SLICE_ARGS(name),
		           nearest_hint(&nearest, &reading->out->arena));
	} else if (any) {
		diag_error(reading->diags, place,
		           "no line of the mentor's; begin them with ‘Mentor:’, or name the mentor "
		           "with --mentor");
	} else if (reading->line_count) {
		diag_error(
		        reading->diags, reading->lines[0].place,
		        "nobody speaks here; begin each turn with a name: ‘Mentor: …’, ‘Sam: …’");
	} else {
		diag_error(reading->diags, place, "nothing is written here");
	}
	return false;
}

/* `(Sam looks away)` on a line of its own. */
static bool is_her_action(const struct reading *reading, struct slice text)
{
	struct slice word;

	if (text.len < 2 || !strchr("([", text.at[0]) || !strchr(")]", text.at[text.len - 1]))
		return false;
	text = slice_sub(text, 1, text.len - 1);
	if (!slice_word(&text, &word))
		return false;
	for (size_t i = 0; i < reading->speaker_count; i++)
		if (!reading->speakers[i].mentor && reading->speakers[i].lines &&
		    same(reading->speakers[i].name, word))
			return true;
	return false;
}

static void end_turn(struct reading *reading)
{
	struct transcript *out = reading->out;

	if (out->count)
		out->turns[out->count - 1].words =
		        slice_copy(&out->arena, strbuf_slice(&reading->words));
	strbuf_clear(&reading->words);
}

static void begin_turn(struct reading *reading, bool mentor, struct place place)
{
	struct transcript *out = reading->out;

	end_turn(reading);
	out->turns =
	        arena_grow(&out->arena, out->turns, &out->cap, out->count + 1, sizeof(*out->turns));
	out->turns[out->count++] = (struct transcript_turn){.mentor = mentor, .place = place};
	out->turns[out->count - 1].place.len = 1; /* where it begins */
	out->utterances += mentor;
}

static void add_words(struct reading *reading, struct slice words, char between)
{
	if (words.len && reading->words.len)
		strbuf_addc(&reading->words, between);
	strbuf_add(&reading->words, words);
}

/* A new turn, unless the same side goes on; an empty line of the mentor's is always one. */
static void speak(struct reading *reading, const struct written *line, bool mentor)
{
	struct transcript *out = reading->out;
	const struct transcript_turn *last = out->count ? &out->turns[out->count - 1] : NULL;
	bool silent = line->words.len == 0 && line->direction.len == 0;
	bool goes_on = last && last->mentor == mentor;

	if (mentor && goes_on && (silent || reading->words.len == 0))
		goes_on = false;
	if (!goes_on)
		begin_turn(reading, mentor, line->place);
	add_words(reading, line->direction, '\n');
	add_words(reading, line->words, line->direction.len ? ' ' : '\n');
}

static void make_turns(struct reading *reading)
{
	struct transcript *out = reading->out;
	bool told = false;

	for (size_t i = 0; i < reading->line_count; i++) {
		const struct written *line = &reading->lines[i];

		if (line->speaker) {
			if (!out->name.len && !line->speaker->mentor)
				out->name = line->speaker->name;
			speak(reading, line, line->speaker->mentor);
		} else if (out->count && out->turns[out->count - 1].mentor &&
		           is_her_action(reading, line->text)) {
			begin_turn(reading, false, line->place);
			add_words(reading, line->text, '\n');
		} else if (out->count) {
			add_words(reading, line->text, '\n');
		} else if (!told) {
			told = true;
			diag_warn(reading->diags, line->place,
			          "what stands before the first speaker is left out");
		}
	}
	end_turn(reading);
	if (!out->name.len)
		out->name = SLICE("ECT");
}

static void check_sizes(const struct reading *reading)
{
	const struct transcript *out = reading->out;
	size_t utterances = 0;

	for (size_t i = 0; i < out->count; i++) {
		const struct transcript_turn *turn = &out->turns[i];

		utterances += turn->mentor;
		if (utterances > LIMIT_TURNS) {
			diag_error(reading->diags, turn->place,
			           "more than %u turns of the mentor's; review it in parts",
			           LIMIT_TURNS);
			return;
		}
		if (turn->mentor && turn->words.len > LIMIT_UTTERANCE_BYTES)
			diag_warn(reading->diags, turn->place,
			          "this turn has %zu bytes; only the first %u are heard",
			          turn->words.len, LIMIT_UTTERANCE_BYTES);
	}
}

/* Her next line, in a turn with one that stands there already. */
static void add_hers(struct reading *reading, struct slice words, struct place place)
{
	struct transcript *out = reading->out;

	if (words.len == 0)
		return;
	if (!out->count || out->turns[out->count - 1].mentor)
		begin_turn(reading, false, place);
	add_words(reading, words, '\n');
}

/* A conversation of the practice log. */
static void read_record(struct reading *reading)
{
	struct transcript *out = reading->out;
	struct place place = {.source = &out->source, .line = 1};
	struct record record;
	size_t i;

	if (record_parse(&out->source, &record, reading->diags)) {
		out->name = record.session.name.len ? slice_copy(&out->arena, record.session.name)
		                                    : SLICE("ECT");
		add_hers(reading, record.attempt.opening, place);
		for (i = 0; i < record.events.count; i++) {
			const struct event *event = &record.events.items[i];

			place.line = record.lines[i];
			if (event->kind == EVENT_HEAR) {
				begin_turn(reading, true, place);
				add_words(reading, event->text, '\n');
			} else if (event->kind == EVENT_REPLY &&
			           event_stands(record.events.items, record.events.count, i)) {
				add_hers(reading, event->text, place);
			}
		}
		add_hers(reading, record.attempt.closing, place);
		end_turn(reading);
	}
	record_release(&record);
}

static void read_conversation(struct reading *reading)
{
	if (!read_lines(reading))
		return;
	if (!find_speakers(reading))
		return;
	doubt_speakers(reading);
	if (check_speakers(reading))
		make_turns(reading);
}

void transcript_parse(struct slice path, struct slice text, struct slice mentor,
                      struct transcript *out, struct diags *diags)
{
	struct reading reading = {.out = out, .diags = diags, .mentor = slice_trim(mentor)};

	*out = (struct transcript){0};
	out->source.path = slice_copy(&out->arena, path);
	text = slice_unmarked(text);
	out->source.text = slice_copy(&out->arena, text);
	if (record_is(text))
		read_record(&reading);
	else
		read_conversation(&reading);
	strbuf_release(&reading.words);
	check_sizes(&reading);
}

bool transcript_read(struct slice path, struct slice mentor, struct transcript *out,
                     struct diags *diags, struct err *err)
{
	struct strbuf text = {0};
	bool good;

	*out = (struct transcript){0};
	if (slice_is(path, "-"))
		good = file_read_stream(stdin, "standard input", LIMIT_FILE_BYTES, &text, err);
	else
		good = file_read(path, LIMIT_FILE_BYTES, &text, err);
	if (good)
		transcript_parse(slice_is(path, "-") ? SLICE("standard input") : path,
		                 strbuf_slice(&text), mentor, out, diags);
	strbuf_release(&text);
	return good;
}

void transcript_release(struct transcript *transcript)
{
	arena_release(&transcript->arena);
	*transcript = (struct transcript){0};
}
