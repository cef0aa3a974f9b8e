/* clause.c: see clause.h. */
#include "load/clause.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "load/question.h"
#include "load/words.h"

/* A quotation within a clause and a stage action are short; an unclosed one must not run on. */
#define QUOTE_BYTES 160u
#define ACTION_BYTES 80u
#define ACTION_WORDS 6u

#define TABLE(name) static const char *const name[]
#define IN(word, table) word_in((word), (table), sizeof(table) / sizeof((table)[0]))

/* All tables are sorted in byte order. A full stop behind one of these ends nothing. */
TABLE(abbreviations) = {
        "approx", "dept", "dr",   "e.g", "eg", "fig", "i.e", "ie",  "mr",
        "mrs",    "ms",   "prof", "ref", "st", "vs",  "yr",  "yrs",
};
/* … nor behind these, unless a new sentence seems to begin. */
TABLE(perhaps_abbreviations) = {
        "a.m", "etc", "hr", "hrs", "min", "mins", "p.m", "sec", "secs",
};
/* Nor behind these before a number: "no. 3", "p. 12". */
TABLE(numbered) = {
        "ch", "no", "nos", "p", "pp",
};
/* How new sentences begin. */
TABLE(starters) = {
        "and",  "are",    "but",    "can",   "could", "did",   "do",   "he",    "how",   "i",
        "i'd",  "i'm",    "i've",   "is",    "it",    "it's",  "now",  "ok",    "right", "she",
        "so",   "that",   "that's", "the",   "then",  "there", "they", "this",  "was",   "we",
        "what", "what's", "when",   "where", "which", "who",   "why",  "would", "you",   "you're",
};
/* How brackets begin that hold prose, not an action. */
TABLE(prose) = {
        "a",        "an",   "and",   "but",    "e.g",    "eg",    "for",   "he",    "her",
        "his",      "i",    "i'd",   "i'll",   "i'm",    "i've",  "i.e",   "ie",    "if",
        "it",       "it's", "its",   "like",   "maybe",  "my",    "not",   "or",    "our",
        "probably", "she",  "so",    "that",   "that's", "the",   "their", "these", "they",
        "they're",  "this", "those", "we",     "we'd",   "we're", "we've", "what",  "which",
        "who",      "you",  "you'd", "you're", "you've", "your",
};
/* What is done even in the midst of a sentence. */
TABLE(done) = {
        "beat",     "chuckles", "coughs",  "frowns", "gestures", "glances", "grins",   "hesitates",
        "laughing", "laughs",   "leans",   "looks",  "nod",      "nodding", "nods",    "pause",
        "pauses",   "pausing",  "points",  "shrugs", "sighing",  "sighs",   "silence", "sips",
        "sits",     "smiles",   "smiling", "stands", "waiting",  "waits",   "winces",  "winks",
};
/* How names of files and pages end. */
TABLE(domains) = {
        "ac",  "co",  "com", "doc",  "docx", "gov", "net",
        "org", "pdf", "ppt", "pptx", "sch",  "uk",  "xlsx",
};

struct splitting {
	struct slice text;
	struct arena *arena;
	struct clauses *out;
	size_t cap;
	size_t start; /* of the clause being read */
	size_t wordless; /* no word begins before this in the first clause */
	size_t at;
};

static char byte_at(const struct splitting *splitting, size_t at)
{
	return at < splitting->text.len ? splitting->text.at[at] : '\0';
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\n';
}

static bool is_word_byte(char byte)
{
	return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}

static uint32_t count_words(struct slice text)
{
	uint32_t count = 0;
	size_t at = 0;
	struct span word;

	while (clause_word(text, &at, &word))
		count++;
	return count;
}

static bool has_word(struct slice text)
{
	size_t at = 0;
	struct span word;

	return clause_word(text, &at, &word);
}

/* The word, dots and all, that ends at `end`: "e.g", "yr". */
static struct slice word_before(const struct splitting *splitting, size_t end)
{
	size_t start = end;

	while (start > splitting->start && end - start < 24) {
		char byte = splitting->text.at[start - 1];

		if (!is_word_byte(byte) && byte != '.' && byte != '\'')
			break;
		start--;
	}
	return slice_sub(splitting->text, start, end);
}

static struct slice word_after(const struct splitting *splitting, size_t at)
{
	struct span word = {0, 0};

	while (is_blank(byte_at(splitting, at)) || byte_at(splitting, at) == '"')
		at++;
	if (!is_word_byte(byte_at(splitting, at)) || !clause_word(splitting->text, &at, &word))
		return SLICE("");
	return slice_span(splitting->text, word);
}

/* "p.e", "j", "a.m": single letters with dots between. */
static bool is_initials(struct slice word)
{
	size_t i;

	if (word.len % 2 == 0)
		return false;
	for (i = 0; i < word.len; i++) {
		bool dot = word.at[i] == '.';

		if (dot != (i % 2 == 1) || (!dot && (word.at[i] < 'a' || word.at[i] > 'z')))
			return false;
	}
	return !slice_is(word, "i");
}

/* Does the single full stop at `at` end a clause? */
static bool stop_ends(const struct splitting *splitting, size_t at)
{
	char next = byte_at(splitting, at + 1);
	struct slice before = word_before(splitting, at);
	struct slice after = word_after(splitting, at + 1);

	if (next != '\0' && is_word_byte(next)) {
		/* "3.30", "p.e.", "sch.uk"; but "fine.what next" from tired fingers. */
		if (before.len == 0 || is_digit(next) || is_initials(before) ||
		    IN(after, domains) || IN(before, abbreviations) || slice_is(before, "www"))
			return false;
		return after.len > 1 && before.len > 1 && !is_digit(before.at[before.len - 1]);
	}
	if (before.len == 0 || after.len == 0)
		return true;
	if (IN(before, abbreviations))
		return false;
	if (IN(before, numbered) && is_digit(after.at[0]))
		return false;
	if (IN(before, perhaps_abbreviations) || is_initials(before))
		return IN(after, starters);
	return true;
}

static void describe(struct slice text, struct clause *clause)
{
	struct slice words = slice_span(text, clause->where);
	struct span word;
	size_t at = 0;
	size_t last = 0;

	while (clause_word(words, &at, &word)) {
		clause->words++;
		last = word.end;
	}
	if (clause->kind == CLAUSE_SPEECH) {
		/* Behind the last word, so that "how was it? :)" is marked too. */
		clause->marked = memchr(words.at + last, '?', words.len - last) != NULL;
		clause->question = clause->marked || question_by_form(words);
	}
}

static bool is_bullet(const struct splitting *splitting, size_t at)
{
	return splitting->text.at[at] == '-' && byte_at(splitting, at + 1) == ' ';
}

/* Puts what stands from splitting->start to `end`, and goes on at `next`. */
static void put_piece(struct splitting *splitting, size_t end, size_t next, enum clause_kind kind)
{
	struct clauses *out = splitting->out;
	size_t start = splitting->start;
	struct clause *last = out->count ? &out->items[out->count - 1] : NULL;
	struct clause clause = {.kind = kind};

	splitting->start = next;
	while (start < end && (is_blank(splitting->text.at[start]) || is_bullet(splitting, start)))
		start++;
	while (end > start && is_blank(splitting->text.at[end - 1]))
		end--;
	if (start == end)
		return;
	clause.where = (struct span){(uint32_t)start, (uint32_t)end};
	if (last && kind == CLAUSE_SPEECH && !has_word(slice_span(splitting->text, clause.where))) {
		last->where.end = (uint32_t)end;
		return;
	}
	if (out->count == LIMIT_CLAUSES) {
		last->where.end = (uint32_t)end;
		last->kind = CLAUSE_SPEECH;
		return;
	}
	out->items = arena_grow(splitting->arena, out->items, &splitting->cap, out->count + 1,
	                        sizeof(*out->items));
	out->items[out->count++] = clause;
}

/* Where to cut the run-on that begins at `start`: behind its last comma, else at a blank, else at a
 * character. */
static size_t cut_at(const struct splitting *splitting, size_t start)
{
	const char *text = splitting->text.at;
	size_t least = start + LIMIT_CLAUSE_BYTES / 2;
	size_t most = start + LIMIT_CLAUSE_BYTES;
	size_t at;

	for (at = most; at > least; at--) {
		if (text[at - 1] == ',' && text[at] == ' ')
			return at;
	}
	for (at = most; at > least; at--) {
		if (text[at] == ' ')
			return at;
	}
	for (at = most; ((unsigned char)text[at] & 0xc0) == 0x80 && at > least; at--)
		continue;
	return at;
}

/* … in pieces if it is long. */
static void put(struct splitting *splitting, size_t end, size_t next, enum clause_kind kind)
{
	while (end - splitting->start > LIMIT_CLAUSE_BYTES &&
	       splitting->out->count + 1 < LIMIT_CLAUSES) {
		size_t cut = cut_at(splitting, splitting->start);

		put_piece(splitting, cut, cut, kind);
	}
	put_piece(splitting, end, next, kind);
}

/* The words read so far of this clause, if any, end at `end`; without words (a dash that leads in,
 * dots) they go on. */
static void end_clause(struct splitting *splitting, size_t end, size_t next)
{
	bool first = splitting->out->count == 0;

	if (!first || has_word(slice_sub(splitting->text, splitting->wordless, end)))
		put(splitting, end, next, CLAUSE_SPEECH);
	else
		splitting->wordless = end;
	splitting->at = next;
}

/* Where the marks . ! ? at `at` and closing quotes and brackets behind them end. */
static size_t marks_end(const struct splitting *splitting, size_t at)
{
	while (byte_at(splitting, at) != '\0' && strchr(".!?", byte_at(splitting, at)))
		at++;
	while (byte_at(splitting, at) == '"' || byte_at(splitting, at) == ')' ||
	       (byte_at(splitting, at) == '\'' && !is_word_byte(byte_at(splitting, at + 1))))
		at++;
	return at;
}

static void read_marks(struct splitting *splitting)
{
	size_t at = splitting->at;
	size_t end = marks_end(splitting, at);

	if (byte_at(splitting, at) == '.' && !strchr(".!?", byte_at(splitting, at + 1)) &&
	    !stop_ends(splitting, at)) {
		splitting->at++;
		return;
	}
	if (byte_at(splitting, at) == '.' && byte_at(splitting, at + 1) == '\0')
		end = splitting->text.len;
	end_clause(splitting, end, end);
}

static bool is_boundary(const struct splitting *splitting, size_t at)
{
	while (byte_at(splitting, at) == ' ')
		at++;
	return byte_at(splitting, at) == '\0' || strchr(".!?\n(", byte_at(splitting, at)) != NULL;
}

/* The end of the stage action that begins with the bracket at splitting->at, or 0. */
static size_t action_end(const struct splitting *splitting)
{
	struct slice rest =
	        slice_sub(splitting->text, splitting->at + 1, splitting->at + 1 + ACTION_BYTES);
	size_t close = slice_find(rest, SLICE(")"));
	struct slice words = slice_sub(rest, 0, close);
	struct slice before = slice_sub(splitting->text, splitting->start, splitting->at);
	size_t end = splitting->at + close + 2;
	struct span word = {0, 0};
	struct slice first;
	size_t at = 0;
	uint32_t count = count_words(words);

	if (close == rest.len || count > ACTION_WORDS ||
	    slice_find(words, SLICE("\n")) < words.len || slice_find(words, SLICE("(")) < words.len)
		return 0;
	if (count == 0)
		return slice_starts(slice_trim(words), SLICE("..")) ? end : 0;
	clause_word(words, &at, &word);
	first = slice_span(words, word);
	if (IN(first, prose) || is_digit(first.at[0]))
		return 0;
	if (!has_word(before) || IN(first, done))
		return end;
	return is_boundary(splitting, end) && ((slice_ends(first, SLICE("s")) && count > 1) ||
	                                       slice_ends(first, SLICE("ing")))
	               ? end
	               : 0;
}

/* Behind an aside in the midst of a clause, which is part of it, question marks and all; behind the
 * bracket if there is none. */
static size_t aside_end(const struct splitting *splitting)
{
	size_t at = splitting->at;
	struct slice rest = slice_sub(splitting->text, at + 1, at + 1 + ACTION_BYTES);
	size_t close = slice_find(rest, SLICE(")"));
	struct slice words = slice_sub(rest, 0, close);

	if (close == rest.len || memchr(words.at, '\n', words.len) || !has_word(words) ||
	    !has_word(slice_sub(splitting->text, splitting->start, at)))
		return at + 1;
	return at + 1 + close + 1;
}

static void read_bracket(struct splitting *splitting)
{
	size_t end = action_end(splitting);
	size_t next = end;

	if (!end) {
		splitting->at = aside_end(splitting);
		return;
	}
	put(splitting, splitting->at, splitting->at, CLAUSE_SPEECH);
	/* What ends the action: "(nods). go on", "(nods), go on". */
	if (byte_at(splitting, next) != '\0' && strchr(".,;:!", byte_at(splitting, next)) &&
	    byte_at(splitting, next + 1) != '.')
		next++;
	splitting->start = splitting->at;
	put(splitting, end, next, CLAUSE_ACTION);
	splitting->at = next;
}

/* A short quotation in the midst of a clause is part of it, full stops and all. */
static void read_quote(struct splitting *splitting)
{
	size_t at = splitting->at;
	size_t stop = at + QUOTE_BYTES;
	size_t close;
	bool opens = (at == 0 || is_blank(splitting->text.at[at - 1])) &&
	             byte_at(splitting, at + 1) != '\0' && !is_blank(byte_at(splitting, at + 1));

	splitting->at++;
	if (!opens)
		return;
	for (close = at + 1; close < stop && byte_at(splitting, close) != '"'; close++) {
		if (byte_at(splitting, close) == '\0' || byte_at(splitting, close) == '\n')
			return;
	}
	if (close == stop)
		return;
	splitting->at = close + 1;
	if (strchr(".!?", splitting->text.at[close - 1]) &&
	    (word_after(splitting, close + 1).len == 0 ||
	     IN(word_after(splitting, close + 1), starters)))
		end_clause(splitting, close + 1, close + 1);
}

/* A colon parts clauses, but not in "3:30", "https://" and ":)". */
static void read_colon(struct splitting *splitting)
{
	size_t at = splitting->at;
	char next = byte_at(splitting, at + 1);

	if ((at && is_digit(splitting->text.at[at - 1]) && is_digit(next)) || next == '/' ||
	    (next != '\0' && strchr("()|-'*", next)) ||
	    (next != '\0' && strchr("dpo", next) && !is_word_byte(byte_at(splitting, at + 2)))) {
		splitting->at += 2;
		return;
	}
	end_clause(splitting, at + 1, at + 1);
}

static void read_dash(struct splitting *splitting)
{
	size_t at = splitting->at;
	size_t end = at;

	while (byte_at(splitting, end) == '-')
		end++;
	if (end - at > 1 ||
	    (at && is_blank(splitting->text.at[at - 1]) && is_blank(byte_at(splitting, end))))
		end_clause(splitting, at, end);
	else
		splitting->at = end;
}

static void read_next(struct splitting *splitting)
{
	switch (splitting->text.at[splitting->at]) {
	case '.':
	case '!':
	case '?':
		read_marks(splitting);
		break;
	case ';':
		end_clause(splitting, splitting->at + 1, splitting->at + 1);
		break;
	case '\n':
		end_clause(splitting, splitting->at, splitting->at + 1);
		break;
	case ':':
		read_colon(splitting);
		break;
	case '-':
		read_dash(splitting);
		break;
	case '(':
		read_bracket(splitting);
		break;
	case '"':
		read_quote(splitting);
		break;
	default:
		splitting->at++;
	}
}

struct slice clause_speech(struct slice folded, const struct clauses *clauses, struct arena *arena)
{
	char *text = ARENA_ARRAY(arena, char, folded.len + 1);
	size_t i;

	if (folded.len)
		memcpy(text, folded.at, folded.len);
	text[folded.len] = '\0';
	for (i = 0; i < clauses->count; i++) {
		const struct clause *clause = &clauses->items[i];

		if (clause->kind == CLAUSE_ACTION)
			memset(text + clause->where.start, ' ',
			       clause->where.end - clause->where.start);
	}
	return (struct slice){text, folded.len};
}

void clause_split(struct slice folded, struct arena *arena, struct clauses *out)
{
	struct splitting splitting = {
	        .text = folded.at ? folded : SLICE(""), .arena = arena, .out = out};
	size_t i;

	*out = (struct clauses){0};
	while (splitting.at < folded.len)
		read_next(&splitting);
	put(&splitting, folded.len, folded.len, CLAUSE_SPEECH);
	if (out->count == 0) {
		out->items = ARENA_NEW(arena, struct clause);
		out->count = 1;
	}
	for (i = 0; i < out->count; i++) {
		struct clause *clause = &out->items[i];

		describe(folded, clause);
		if (clause->kind == CLAUSE_SPEECH) {
			out->words += clause->words;
			out->questions += clause->question ? 1 : 0;
		}
	}
}
