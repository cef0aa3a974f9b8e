/* stage.c: see stage.h. */
#include "load/stage.h"

#include "load/words.h"

/* An action is a glimpse, not a sentence. */
#define ACTION_WORDS 8u
#define ACTION_BYTES 120u

struct settling {
	char *text;
	uint32_t *from;
	size_t len;
	size_t read;
	size_t written; /* never past `read` */
};

/* Words that are stressed rather than done. Sorted. */
static const char *const stressed[] = {
        "a",     "all",   "always", "and",   "any",   "are",  "as",    "been", "but",   "can",
        "could", "did",   "do",     "does",  "every", "had",  "has",   "have", "he",    "her",
        "his",   "how",   "i",      "is",    "it",    "its",  "might", "must", "my",    "never",
        "no",    "not",   "our",    "she",   "so",    "some", "that",  "the",  "their", "them",
        "these", "they",  "this",   "those", "us",    "very", "was",   "we",   "were",  "what",
        "when",  "where", "which",  "who",   "why",   "will", "would", "yes",  "you",   "your",
};

/* Words after which a starred word goes on with the sentence. Sorted. */
static const char *const leading[] = {
        "a",    "all",  "an",  "and",   "are",   "at",    "be",   "by",    "every", "for",
        "four", "from", "he",  "her",   "his",   "how",   "i",    "in",    "is",    "it",
        "its",  "many", "my",  "no",    "not",   "of",    "on",   "or",    "our",   "she",
        "some", "that", "the", "their", "these", "they",  "this", "those", "three", "to",
        "two",  "was",  "we",  "were",  "what",  "which", "who",  "with",  "you",   "your",
};

#define IN(word, table) word_in((word), (table), sizeof(table) / sizeof((table)[0]))

static bool is_word_byte(char byte)
{
	unsigned char c = (unsigned char)byte;

	return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static size_t run_of_stars(const struct settling *settling, size_t at)
{
	size_t end = at;

	while (end < settling->len && settling->text[end] == '*')
		end++;
	return end - at;
}

static void keep(struct settling *settling, size_t at, char byte)
{
	settling->text[settling->written] = byte;
	settling->from[settling->written++] = settling->from[at];
}

/* Where the stars that close those before `at` stand; 0 if nothing fit to be closed follows. */
static size_t closing_stars(const struct settling *settling, size_t at)
{
	size_t end = at + ACTION_BYTES < settling->len ? at + ACTION_BYTES : settling->len;
	size_t i;

	for (i = at; i < end && settling->text[i] != '\n'; i++) {
		size_t stars = run_of_stars(settling, i);

		if (stars == 0)
			continue;
		if (stars > 2 || i == at || settling->text[i - 1] == ' ')
			return 0;
		return i;
	}
	return 0;
}

static struct slice first_word(const char *text, size_t len)
{
	struct slice all = {text, len};
	struct span word = {0, 0};
	size_t at = 0;

	clause_word(all, &at, &word);
	return slice_span(all, word);
}

static struct slice last_word(const char *text, size_t len)
{
	size_t start;

	while (len && !is_word_byte(text[len - 1]))
		len--;
	start = len;
	while (start && (is_word_byte(text[start - 1]) || text[start - 1] == '\''))
		start--;
	return (struct slice){text + start, len - start};
}

static bool only_marks_follow(const struct settling *settling, size_t at)
{
	for (; at < settling->len && settling->text[at] != '\n'; at++) {
		if (is_word_byte(settling->text[at]))
			return false;
	}
	return true;
}

/* Are the words between the stars at `open` and `close` done, or stressed? */
static bool is_action(const struct settling *settling, size_t open, size_t close, size_t after)
{
	struct slice words = {settling->text + open, close - open};
	struct slice first = first_word(words.at, words.len);
	bool does = slice_ends(first, SLICE("s")) && !slice_ends(first, SLICE("ss"));
	size_t before = settling->written;
	size_t at = 0;
	size_t count = 0;
	struct span word;
	char last;

	while (clause_word(words, &at, &word))
		count++;
	if (count == 0 || count > ACTION_WORDS || IN(first, stressed))
		return false;
	while (before && settling->text[before - 1] == ' ')
		before--;
	if (before == 0)
		return true;
	last = settling->text[before - 1];
	if (strchr(".!?\n)", last))
		return true;
	if (strchr(",;:-", last) && (does || slice_ends(first, SLICE("ing"))))
		return true;
	return does && only_marks_follow(settling, after) &&
	       !IN(last_word(settling->text, before), leading);
}

/* Stars at `read` that stand alone. */
static void lone_stars(struct settling *settling, size_t stars)
{
	size_t at = settling->read;
	size_t after = at + stars;
	bool word_before = at > 0 && is_word_byte(settling->text[at - 1]);
	bool word_after = after < settling->len && is_word_byte(settling->text[after]);
	bool line_start = settling->written == 0 || settling->text[settling->written - 1] == '\n';

	settling->read = after;
	if (stars > 2 || (word_before && word_after)) {
		for (; at < after; at++)
			keep(settling, at, '*');
		return;
	}
	if (line_start && after < settling->len && settling->text[after] == ' ')
		settling->read++;
}

static void settle(struct settling *settling)
{
	size_t open = settling->read;
	size_t stars = run_of_stars(settling, open);
	bool opens = stars <= 2 && (open == 0 || !is_word_byte(settling->text[open - 1])) &&
	             open + stars < settling->len && settling->text[open + stars] != ' ' &&
	             settling->text[open + stars] != '\n';
	size_t start = open + stars;
	size_t close = opens ? closing_stars(settling, start) : 0;
	size_t after;
	bool action;
	size_t i;

	if (!close) {
		lone_stars(settling, stars);
		return;
	}
	after = close + run_of_stars(settling, close);
	action = is_action(settling, start, close, after);
	if (action)
		keep(settling, open, '(');
	for (i = start; i < close; i++)
		keep(settling, i, settling->text[i]);
	if (action)
		keep(settling, close, ')');
	settling->read = after;
}

size_t stage_stars(char *text, uint32_t *from, size_t len)
{
	struct settling settling = {text, from, len, 0, 0};

	while (settling.read < len) {
		if (text[settling.read] == '*') {
			settle(&settling);
		} else {
			keep(&settling, settling.read, text[settling.read]);
			settling.read++;
		}
	}
	return settling.written;
}
