/* debrief_words.c: the words of a debrief: slots, short quotes, a few of her own words. */
#include "engine/debrief_parts.h"

#include "load/clause.h"

#define QUOTE_WORDS 16u /* more is told by its beginning */
#define LAST_WORDS 6u /* of hers to give back */

static bool is_upper(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static bool is_lower(char byte)
{
	return byte >= 'a' && byte <= 'z';
}

/* Quotes within a quote become single ones. */
static void add_inner(struct strbuf *out, struct slice word)
{
	for (size_t i = 0; i < word.len; i++) {
		struct slice rest = slice_sub(word, i, word.len);
		bool open = slice_starts(rest, SLICE("“"));

		if (!open && !slice_starts(rest, SLICE("”"))) {
			strbuf_addc(out, word.at[i]);
			continue;
		}
		strbuf_addz(out, open ? "‘" : "’");
		i += sizeof("“") - 2;
	}
}

struct slice debrief_short(struct slice words, struct arena *arena)
{
	struct strbuf out = {0};
	struct slice rest = words;
	struct slice word;
	struct slice copy;
	size_t count = 0;

	while (count < QUOTE_WORDS && slice_word(&rest, &word)) {
		if (count++)
			strbuf_addc(&out, ' ');
		add_inner(&out, word);
	}
	copy = slice_copy(arena, strbuf_slice(&out));
	strbuf_release(&out);
	while (copy.len && memchr(".,;:", copy.at[copy.len - 1], 4)) {
		if (slice_ends(copy, SLICE("...")))
			break;
		copy.len--;
	}
	return slice_trim(rest).len ? slice_format(arena, "%.*s…", SLICE_ARGS(copy)) : copy;
}

size_t debrief_sentences(struct slice text)
{
	size_t count = 0;

	text = slice_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		bool ends = text.at[i] == '.' || text.at[i] == '?' || text.at[i] == '!';

		if (ends && (i + 1 == text.len || text.at[i + 1] == ' '))
			count++;
	}
	return count;
}

/* The first sentence; a full stop ends one before a blank and a capital only (“p. 3” goes on). */
static struct slice first_sentence(struct slice text)
{
	text = slice_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\n')
			return slice_sub(text, 0, i);
		if (memchr(".?!", text.at[i], 3) && i + 2 < text.len && text.at[i + 1] == ' ' &&
		    is_upper(text.at[i + 2]))
			return slice_sub(text, 0, i + 1);
	}
	return text;
}

/* Does what comes next begin a sentence? */
static bool at_start(const struct strbuf *out)
{
	size_t len = out->len;

	while (len && out->at[len - 1] == ' ')
		len--;
	if (len == 0 || memchr(".?!:(\n", out->at[len - 1], 6))
		return true;
	return len >= 3 && memcmp(out->at + len - 3, "“", 3) == 0;
}

/* Lowers the first letter within a sentence, where the first word is no name: only words without
 * content of their own and numbers are surely none. */
static bool may_lower(struct slice text, struct arena *arena)
{
	static const char *const numbers[] = {
	        "one", "two",  "three", "four", "five",    "six",    "seven",  "eight", "nine",
	        "ten", "half", "most",  "same", "several", "pupils", "nobody", "twenty"};
	struct slice folded = fold_text(text, arena);
	struct span word;
	size_t at = 0;

	if (!clause_word(folded, &at, &word) || word.start != 0)
		return false;
	folded = slice_span(folded, word);
	if (folded.at[0] == 'i' && (folded.len == 1 || folded.at[1] == '\''))
		return false;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (slice_is(folded, numbers[i]))
			return true;
	return !clause_is_content(folded);
}

static void add_fitted(struct strbuf *out, struct slice text, struct slice after)
{
	struct arena arena;
	char first = text.at[0];

	arena_init(&arena);
	if (at_start(out) && is_lower(first))
		first = (char)(first - 'a' + 'A');
	else if (!at_start(out) && is_upper(first) && may_lower(text, &arena))
		first = (char)(first - 'A' + 'a');
	arena_release(&arena);
	/* The template's own mark closes the sentence; without one before a small letter, the
	 * sentence goes on. */
	if (slice_ends(text, SLICE(".")) && after.len &&
	    (memchr(".,;:?!", after.at[0], 6) || (after.len > 1 && is_lower(after.at[1]))))
		text.len--;
	strbuf_addc(out, first);
	strbuf_add(out, slice_sub(text, 1, text.len));
}

static void add_quote(struct strbuf *out, struct slice quote)
{
	bool open = (out->len >= 3 && memcmp(out->at + out->len - 3, "“", 3) == 0) ||
	            (out->len >= 3 && memcmp(out->at + out->len - 3, "‘", 3) == 0) ||
	            (out->len >= 1 && out->at[out->len - 1] == '"');

	if (!open)
		strbuf_addz(out, "“");
	strbuf_add(out, quote);
	if (!open)
		strbuf_addz(out, "”");
}

static bool add_slot(struct slice slot, const struct slots *slots, struct slice after,
                     struct strbuf *out)
{
	if (slice_is(slot, "turn") && slots->turn) {
		strbuf_addf(out, "%u", (unsigned)slots->turn);
	} else if (slice_is(slot, "quote") && slots->quote.len) {
		add_quote(out, slots->quote);
	} else if (slice_is(slot, "name") && slots->name.len) {
		strbuf_add(out, slots->name);
	} else if (slice_is(slot, "topic") && slots->topic.len) {
		add_fitted(out, slots->topic, after);
	} else if (slice_is(slot, "evidence") && slots->evidence.len) {
		add_fitted(out, slots->evidence, after);
	} else if (slice_is(slot, "last") && slots->last.len) {
		add_fitted(out, slots->last, after);
	} else {
		return false;
	}
	return true;
}

/* A quote that ends its own sentence closes the template's too: “Which five?” and no full stop. */
static struct slice after_quote(struct strbuf *out, struct slice rest)
{
	struct slice said = strbuf_slice(out);

	if (!slice_starts(rest, SLICE("”.")) ||
	    !(slice_ends(said, SLICE("?")) || slice_ends(said, SLICE("!")) ||
	      slice_ends(said, SLICE("…"))))
		return rest;
	strbuf_addz(out, "”");
	return slice_sub(rest, sizeof("”.") - 1, rest.len);
}

bool debrief_fill(struct slice template, const struct slots *slots, struct strbuf *out)
{
	while (template.len) {
		size_t open = slice_find(template, SLICE("{"));
		size_t close =
		        open + slice_find(slice_sub(template, open, template.len), SLICE("}"));
		struct slice rest = slice_sub(template, close + 1, template.len);

		strbuf_add(out, slice_sub(template, 0, open));
		if (open == template.len)
			break;
		if (close == template.len ||
		    !add_slot(slice_trim(slice_sub(template, open + 1, close)), slots, rest, out))
			return false;
		template = after_quote(out, rest);
	}
	return true;
}

int debrief_topic(const struct making *making, uint32_t turn, uint64_t *current)
{
	struct topic_state state = {0};

	for (uint32_t i = turn > TOPIC_TURNS ? turn - TOPIC_TURNS : 1; i <= turn; i++) {
		struct slice hers =
		        fold_text(session_line_before(making->session, i), making->arena);
		struct clauses clauses;

		clause_split(hers, making->arena, &clauses);
		topic_name(&state,
		           topic_find(making->scenario, making->scratch,
		                      clause_speech(hers, &clauses, making->arena)),
		           topic_moment(i - 1, true));
		topic_name(&state, making->turns[i - 1].topics, topic_moment(i, false));
	}
	if (current)
		*current = topic_all(&state, topic_moment(turn, false));
	return topic_latest(&state, topic_moment(turn, false));
}

struct slots debrief_slots(const struct making *making, uint32_t turn)
{
	const struct scenario *scenario = making->scenario;
	struct slots slots = {.name = scenario->name, .turn = turn};
	const struct evidence *evidence = NULL;
	int topic = turn ? debrief_topic(making, turn, NULL) : -1;

	for (size_t i = 0; i < scenario->evidence_count; i++)
		if (!evidence || (evidence->about != topic && scenario->evidence[i].about == topic))
			evidence = &scenario->evidence[i];
	if (evidence)
		slots.evidence = first_sentence(evidence->text);
	if (topic >= 0)
		slots.topic = scenario->topics[topic].title;
	if (turn)
		slots.last =
		        debrief_last(session_line_before(making->session, turn), making->arena);
	return slots;
}

/* Her words without stage directions. */
static struct slice spoken(struct slice line, struct arena *arena)
{
	struct strbuf out = {0};
	struct slice paragraph;
	struct slice words;

	while (slice_cut(&line, '\n', &paragraph)) {
		paragraph = slice_trim(paragraph);
		if (paragraph.len && paragraph.at[0] == '(')
			paragraph = slice_sub(paragraph, slice_find(paragraph, SLICE(")")) + 1,
			                      paragraph.len);
		paragraph = slice_trim(paragraph);
		if (out.len && paragraph.len)
			strbuf_addc(&out, '\n');
		strbuf_add(&out, paragraph);
	}
	words = slice_copy(arena, strbuf_slice(&out));
	strbuf_release(&out);
	return words;
}

struct slice debrief_shown(struct slice line, struct arena *arena, bool *is_direction)
{
	struct slice words = spoken(line, arena);
	struct folded folded;
	struct clauses clauses;

	*is_direction = words.len == 0;
	if (words.len == 0) {
		line = slice_trim(line);
		return slice_sub(line, line.len > 0, slice_find(line, SLICE(")")));
	}
	fold(words, arena, &folded);
	clause_split(folded.text, arena, &clauses);
	for (size_t i = clauses.count; i-- > 0;)
		if (clauses.items[i].words > 1 || i == 0)
			return slice_span(words, fold_back(&folded, clauses.items[i].where));
	return words;
}

/* A stretch of her words, no comma inside. */
struct run {
	struct span words[LAST_WORDS];
	size_t count;
	size_t content;
};

/* The last words of `segment` (folded): from content to content. */
static void read_run(struct slice text, struct span segment, struct run *out)
{
	struct span words[LAST_WORDS];
	size_t at = segment.start;
	struct span word;
	size_t kept = 0;
	size_t from = 0;

	*out = (struct run){0};
	while (clause_word(slice_sub(text, 0, segment.end), &at, &word)) {
		if (kept == LAST_WORDS) {
			memmove(words, words + 1, sizeof(word) * (LAST_WORDS - 1));
			kept--;
		}
		words[kept++] = word;
		if (!clause_is_content(slice_span(text, word)))
			continue;
		memcpy(out->words, words, sizeof(word) * kept);
		out->count = kept;
	}
	while (from < out->count && !clause_is_content(slice_span(text, out->words[from])))
		from++;
	memmove(out->words, out->words + from, sizeof(word) * (out->count - from));
	out->count -= from;
	for (size_t i = 0; i < out->count; i++)
		out->content += clause_is_content(slice_span(text, out->words[i]));
}

/* Hers become the mentor's to say back: my → your. */
static struct slice turned(struct slice folded, struct slice typed)
{
	static const char *const pairs[][2] = {
	        {"i", "you"},      {"me", "you"},         {"my", "your"},   {"mine", "yours"},
	        {"i'm", "you're"}, {"i've", "you've"},    {"i'd", "you'd"}, {"i'll", "you'll"},
	        {"am", "are"},     {"myself", "yourself"}};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (slice_is(folded, pairs[i][0]))
			return slice_of(pairs[i][1]);
	return typed;
}

struct slice debrief_last(struct slice line, struct arena *arena)
{
	struct slice words = spoken(line, arena);
	struct run best = {0};
	struct folded folded;
	struct clauses clauses;
	struct strbuf out = {0};
	struct slice last;

	fold(words, arena, &folded);
	clause_split(folded.text, arena, &clauses);
	/* Of the last three clauses, and their parts between commas, the fullest; the last of
	 * equals. */
	for (size_t i = clauses.count > 3 ? clauses.count - 3 : 0; i < clauses.count; i++) {
		struct span part = clauses.items[i].where;

		while (part.start < part.end) {
			struct slice rest = slice_span(folded.text, part);
			struct run run;
			struct span segment = {part.start,
			                       part.start + (uint32_t)slice_find(rest, SLICE(","))};

			read_run(folded.text, segment, &run);
			if (run.count && run.content >= best.content)
				best = run;
			part.start = segment.end + 1;
		}
	}
	for (size_t i = 0; i < best.count; i++) {
		if (i)
			strbuf_addc(&out, ' ');
		strbuf_add(&out, turned(slice_span(folded.text, best.words[i]),
		                        slice_span(words, fold_back(&folded, best.words[i]))));
	}
	last = slice_copy(arena, strbuf_slice(&out));
	strbuf_release(&out);
	return last;
}
