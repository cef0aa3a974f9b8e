/* voice_guard.c: an answer cut into sentences, and whether they may be said; see voice.h. */
#include "base/limits.h"
#include "base/utf8.h"
#include "engine/stems.h"
#include "engine/voice.h"
#include "load/clause.h"
#include "load/fold.h"

#define TELL_SHARE 0.5
#define TELL_STEMS 3
/* No English word is longer, nor anything people string together with hyphens. */
#define WORD_BYTES 60

void voice_stream_release(struct voice_stream *stream)
{
	strbuf_release(&stream->text);
}

void voice_stream_add(struct voice_stream *stream, struct slice piece)
{
	strbuf_add(&stream->text, piece);
}

static bool ends_sentence(struct slice text, size_t at)
{
	char byte = text.at[at];

	if (byte == '\n')
		return true;
	if (byte != '.' && byte != '!' && byte != '?')
		return slice_ends(slice_sub(text, 0, at + 1), SLICE("…"));
	/* 3.30, e.g., an ellipsis of dots: a blank must follow, which may still be on its way. */
	return true;
}

/* Behind the first whole sentence, with its closing quotes and brackets; 0 when there is none. */
static size_t sentence_end(struct slice text)
{
	size_t at;
	int open = 0;

	for (at = 0; at < text.len; at++) {
		size_t next = at + 1;

		open += text.at[at] == '(';
		open -= text.at[at] == ')' && open > 0;
		if (open || !ends_sentence(text, at))
			continue;
		while (next < text.len &&
		       (text.at[next] == '"' || text.at[next] == '\'' || text.at[next] == ')' ||
		        text.at[next] == '.' || text.at[next] == '!' || text.at[next] == '?'))
			next++;
		while (slice_starts(slice_sub(text, next, text.len), SLICE("”")) ||
		       slice_starts(slice_sub(text, next, text.len), SLICE("’")))
			next += 3;
		if (text.at[at] == '\n' ||
		    (next < text.len && (text.at[next] == ' ' || text.at[next] == '\n')))
			return next;
	}
	return 0;
}

bool voice_stream_next(struct voice_stream *stream, bool end, struct strbuf *out)
{
	strbuf_clear(out);
	while (stream->text.len) {
		struct slice text = strbuf_slice(&stream->text);
		size_t cut = sentence_end(text);
		struct slice rest;

		if (cut == 0 && !end)
			return false;
		if (cut == 0)
			cut = text.len;
		strbuf_add(out, slice_trim(slice_sub(text, 0, cut)));
		rest = slice_sub(text, cut, text.len);
		memmove(stream->text.at, rest.at, rest.len);
		stream->text.len = rest.len;
		if (out->len) {
			stream->begun = true;
			return true;
		}
	}
	return false;
}

static const char *const names[GUARDS] = {"fine",      "empty", "too_long",
                                          "character", "tell",  "bytes"};

const char *guard_name(enum guard guard)
{
	return names[guard];
}

static size_t count_words(struct slice folded, struct arena *arena)
{
	struct clauses clauses;

	clause_split(folded, arena, &clauses);
	return clauses.words;
}

/* A model that has lost its way says one syllable for ever. */
static bool has_endless_word(struct slice text)
{
	struct slice word;

	while (slice_word(&text, &word))
		if (word.len > WORD_BYTES)
			return true;
	return false;
}

struct telling {
	struct stemmer *stemmer;
	struct stem_set said;
	struct stem_set meant; /* by the script, now */
	struct arena *arena;
};

/* Any of the words in which a reply may be said, given away by what was said. */
static bool gives_away(const struct telling *telling, const struct reply *reply)
{
	size_t i, j;

	for (i = 0; i < reply->alternative_count; i++) {
		const struct alternative *alternative = &reply->alternatives[i];

		for (j = 0; j < alternative->line_count; j++) {
			struct stem_set held = stems_in(
			        telling->stemmer, alternative->lines[j].words, telling->arena);
			size_t found = stems_shared(&held, &telling->said);

			if (found >= TELL_STEMS &&
			    (double)found >= TELL_SHARE * (double)held.count &&
			    found > stems_shared(&held, &telling->meant))
				return true;
		}
	}
	return false;
}

/* Does it tell what is held back, beyond what the script itself says now? */
static bool tells_closed(const struct session *session, struct slice all, struct arena *arena)
{
	const struct scenario *scenario = session_scenario(session);
	const struct turn *turn = session_turn(session, session_turns(session));
	struct stemmer *stemmer = detector_stemmer(session_detector(session));
	const struct telling telling = {.stemmer = stemmer,
	                                .said = stems_in(stemmer, all, arena),
	                                .meant = stems_in(stemmer, turn->line, arena),
	                                .arena = arena};
	size_t i;

	for (i = 0; i < scenario->tell_count; i++)
		if (!session_told(session, &scenario->tells[i]) &&
		    gives_away(&telling, scenario->tells[i].reply))
			return true;
	return false;
}

static bool is_forbidden(const struct prompt *prompt, struct slice folded)
{
	struct regex_scratch *scratch = regex_scratch_new();
	bool forbidden = false;
	struct span where;
	size_t i;

	for (i = 0; i < prompt->never_count && !forbidden; i++)
		forbidden = regex_find(prompt->never[i], scratch, folded, 0, &where) != REGEX_NO;
	regex_scratch_free(scratch);
	return forbidden;
}

enum guard voice_guard(const struct session *session, const struct prompt *prompt,
                       struct slice said, struct slice sentence)
{
	enum guard guard = GUARD_FINE;
	struct arena arena;
	struct slice folded, all;

	if (utf8_invalid(sentence) < sentence.len || utf8_control(sentence) < sentence.len)
		return GUARD_BYTES;
	if (said.len + sentence.len > LIMIT_UTTERANCE_BYTES || has_endless_word(sentence))
		return GUARD_TOO_LONG;
	arena_init(&arena);
	folded = fold_text(sentence, &arena);
	all = slice_format(&arena, "%.*s %.*s", SLICE_ARGS(said), SLICE_ARGS(sentence));
	if (count_words(folded, &arena) == 0)
		guard = GUARD_EMPTY;
	else if (count_words(fold_text(all, &arena), &arena) > (size_t)prompt->words)
		guard = GUARD_TOO_LONG;
	else if (is_forbidden(prompt, folded))
		guard = GUARD_CHARACTER;
	else if (tells_closed(session, all, &arena))
		guard = GUARD_TELL;
	arena_release(&arena);
	return guard;
}
