/* voice_mask.c: names that are not to leave the machine; see voice.h. */
#include <stdlib.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "engine/voice.h"

#define NAMES_MOST 200u /* of a scenario and a plan: a class and its teachers */

struct voice_mask {
	struct arena arena;
	struct slice names[NAMES_MOST];
	size_t count;
};

/* Capitalised, and no name of a person. */
static bool is_common(struct slice word)
{
	static const char *const words[] = {
	        "Monday",  "Tuesday",   "Wednesday", "Thursday", "Friday",   "Saturday", "Sunday",
	        "January", "February",  "March",     "April",    "May",      "June",     "July",
	        "August",  "September", "October",   "November", "December", "Mr",       "Mrs",
	        "Ms",      "Miss",      "Dr",        "Year",     "English",  "ECT",      "ECTs"};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(word, words[i]))
			return true;
	return false;
}

static void add_name(struct voice_mask *mask, struct slice name)
{
	size_t i;

	if (name.len < 2 || mask->count == NAMES_MOST || is_common(name))
		return;
	for (i = 0; i < mask->count; i++)
		if (slice_eq(mask->names[i], name))
			return;
	mask->names[mask->count++] = slice_copy(&mask->arena, name);
}

/* Letters from `at` on, as one word. */
static size_t word_end(struct slice text, size_t at)
{
	while (at < text.len) {
		uint32_t code;
		size_t bytes = utf8_next(slice_sub(text, at, text.len), &code);

		if (!utf8_is_word(code))
			break;
		at += bytes;
	}
	return at;
}

/* Big at first, small after it: “Maisie”, not “SENCO”, not “I”. */
static bool is_capitalised(struct slice word)
{
	uint32_t first, second;
	size_t bytes = utf8_next(word, &first);
	bool big = (first >= 'A' && first <= 'Z') || (first >= 0xC0 && first <= 0xDE);

	if (!big || bytes == word.len)
		return false;
	utf8_next(slice_sub(word, bytes, word.len), &second);
	return !(second >= 'A' && second <= 'Z');
}

/* A capital is no sign of a name behind these. */
static bool begins(struct slice before)
{
	before = slice_trim(before);
	return before.len == 0 || slice_ends(before, SLICE(".")) ||
	       slice_ends(before, SLICE("?")) || slice_ends(before, SLICE("!")) ||
	       slice_ends(before, SLICE(":")) || slice_ends(before, SLICE("“")) ||
	       slice_ends(before, SLICE("‘")) || slice_ends(before, SLICE("("));
}

static void add_text(struct voice_mask *mask, struct slice text, bool all)
{
	size_t at = 0;

	while (at < text.len) {
		size_t end = word_end(text, at);
		struct slice word = slice_sub(text, at, end);

		if (end == at) {
			uint32_t code;

			at += utf8_next(slice_sub(text, at, text.len), &code);
			continue;
		}
		if (is_capitalised(word) && (all || !begins(slice_sub(text, 0, at))))
			add_name(mask, word);
		at = end;
	}
}

static void add_reply(struct voice_mask *mask, const struct reply *reply)
{
	size_t i, j;

	for (i = 0; reply && i < reply->alternative_count; i++)
		for (j = 0; j < reply->alternatives[i].line_count; j++)
			add_text(mask, reply->alternatives[i].lines[j].words, false);
}

static void add_replies(struct voice_mask *mask, const struct reply *const *replies, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		add_reply(mask, replies[i]);
}

struct voice_mask *voice_mask_new(const struct scenario *scenario, struct slice extra)
{
	struct voice_mask *mask = mem_alloc(sizeof(*mask));
	struct slice who = scenario->who;
	struct slice name = SLICE("");
	size_t i;

	arena_init(&mask->arena);
	add_name(mask, scenario->name);
	add_text(mask, scenario->name, true);
	/* "Sam Okafor, ECT, year 1": the name stands before the comma. */
	slice_cut(&who, ',', &name);
	add_text(mask, name, true);
	add_text(mask, scenario->brief, false);
	add_text(mask, scenario->goal, false);
	add_text(mask, extra, false);
	for (i = 0; i < scenario->evidence_count; i++)
		add_text(mask, scenario->evidence[i].text, false);
	for (i = 0; i < scenario->beat_count; i++)
		add_replies(mask, scenario->beats[i].replies, scenario->beats[i].reply_count);
	add_replies(mask, scenario->replies, scenario->reply_count);
	for (i = 0; i < scenario->fact_count; i++)
		add_reply(mask, scenario->facts[i].reply);
	for (i = 0; i < scenario->tell_count; i++)
		add_reply(mask, scenario->tells[i].reply);
	return mask;
}

void voice_mask_free(struct voice_mask *mask)
{
	if (!mask)
		return;
	arena_release(&mask->arena);
	free(mask);
}

/* Mentors type names in small letters too. */
static bool same_name(struct slice a, struct slice b)
{
	size_t i;

	if (a.len != b.len)
		return false;
	for (i = 0; i < a.len; i++)
		if (ascii_lower(a.at[i]) != ascii_lower(b.at[i]))
			return false;
	return true;
}

static size_t find_name(const struct voice_mask *mask, struct slice word)
{
	size_t i;

	for (i = 0; i < mask->count; i++)
		if (same_name(mask->names[i], word))
			break;
	return i;
}

void voice_mask_put(const struct voice_mask *mask, struct slice text, struct strbuf *out)
{
	size_t at = 0;

	while (at < text.len) {
		size_t end = word_end(text, at);
		size_t name;

		if (end == at) {
			uint32_t code;
			size_t bytes = utf8_next(slice_sub(text, at, text.len), &code);

			strbuf_add(out, slice_sub(text, at, at + bytes));
			at += bytes;
			continue;
		}
		name = find_name(mask, slice_sub(text, at, end));
		if (name < mask->count)
			strbuf_addf(out, "Name%zu", name + 1);
		else
			strbuf_add(out, slice_sub(text, at, end));
		at = end;
	}
}

void voice_mask_undo(const struct voice_mask *mask, struct slice text, struct strbuf *out)
{
	const struct slice sign = SLICE("Name");
	long number;

	while (text.len) {
		size_t at = slice_find(text, sign);
		size_t end = at + sign.len;

		strbuf_add(out, slice_sub(text, 0, at));
		if (at == text.len)
			break;
		while (end < text.len && text.at[end] >= '0' && text.at[end] <= '9')
			end++;
		if (slice_int(slice_sub(text, at + sign.len, end), 1, (long)mask->count, &number))
			strbuf_add(out, mask->names[number - 1]);
		else
			strbuf_add(out, slice_sub(text, at, end));
		text = slice_sub(text, end, text.len);
	}
}
