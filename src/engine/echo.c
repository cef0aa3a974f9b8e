/* echo.c: see echo.h.
 *
 * A stem is known by its hash. A table tells the latest line that has it, so measuring a clause
 * costs the same in the tenth minute as in the first. */
#include "engine/echo.h"

#include "base/limits.h"

/* Words of her last line that the run is looked for in: a line of hers has sixty at most. */
#define LINE_WORDS 512u
/* Words of the mentor's that the run is looked for in; a monologue echoes nothing. */
#define RUN_WORDS 1024u
/* A stage direction's length at most. */
#define DIRECTION_BYTES 200u

struct stemmed {
	uint64_t stem;
	uint64_t word; /* the same for “I” and “you”; 0 for a noise */
	bool content;
};

struct seen {
	uint64_t stem; /* 0 where the table is free */
	uint32_t line; /* the latest that has it, from 1 */
};

struct echo_memory {
	struct seen *table; /* open addressing; its size is a power of two */
	size_t size;
	size_t used;
	uint32_t lines; /* so far */
	struct stemmed last[LINE_WORDS];
	size_t last_count;
	bool asked; /* her last line ends with a question */
};

struct echo_memory *echo_new(void)
{
	return mem_alloc(sizeof(struct echo_memory));
}

void echo_free(struct echo_memory *memory)
{
	if (!memory)
		return;
	free(memory->table);
	free(memory);
}

void echo_clear(struct echo_memory *memory)
{
	if (memory->size)
		memset(memory->table, 0, memory->size * sizeof(*memory->table));
	memory->used = 0;
	memory->lines = 0;
	memory->last_count = 0;
	memory->asked = false;
}

static struct seen *slot(struct seen *table, size_t size, uint64_t stem)
{
	size_t at = (size_t)(stem ^ stem >> 32) & (size - 1);

	while (table[at].stem != 0 && table[at].stem != stem)
		at = (at + 1) & (size - 1);
	return &table[at];
}

static void grow(struct echo_memory *memory)
{
	size_t size = memory->size ? memory->size * 2 : 256;
	struct seen *table = mem_alloc(size * sizeof(*table));
	size_t i;

	for (i = 0; i < memory->size; i++) {
		if (memory->table[i].stem)
			*slot(table, size, memory->table[i].stem) = memory->table[i];
	}
	free(memory->table);
	memory->table = table;
	memory->size = size;
}

static void remember(struct echo_memory *memory, uint64_t stem)
{
	struct seen *seen;

	if (memory->used * 2 >= memory->size)
		grow(memory);
	seen = slot(memory->table, memory->size, stem);
	memory->used += seen->stem == 0 ? 1 : 0;
	*seen = (struct seen){stem, memory->lines};
}

/* The latest line that has the stem, as far back as memory goes; 0 if none. */
static uint32_t latest(const struct echo_memory *memory, uint64_t stem)
{
	const struct seen *seen;

	if (memory->size == 0)
		return 0;
	seen = slot(memory->table, memory->size, stem);
	if (seen->stem == 0 || memory->lines - seen->line >= LIMIT_ECHO_TURNS)
		return 0;
	return seen->line;
}

static struct slice as_digits(struct slice word)
{
	static const char *const names[] = {"one",   "two",   "three", "four", "five",   "six",
	                                    "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
	static const char *const digits[] = {"1", "2", "3", "4",  "5",  "6",
	                                     "7", "8", "9", "10", "11", "12"};
	size_t i;

	if (word.len < 3 || word.len > 6)
		return word;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (slice_is(word, names[i]))
			return slice_of(digits[i]);
	}
	return word;
}

/* What says nothing, and nothing new, around words given back. */
static const char *const noises[] = {"ah",  "eh",    "erm",  "hm",  "hmm",  "mm",
                                     "mmm", "mhm",   "oh",   "ok",  "okay", "so",
                                     "um",  "right", "well", "huh", "uh",   "yeah"};
/* Hers and the mentor's for the same: “I lose them” comes back as “you lose them”. */
static const char *const persons[][2] = {
        {"i", "you"},      {"me", "you"},         {"my", "your"},         {"mine", "yours"},
        {"i'm", "you're"}, {"im", "you're"},      {"youre", "you're"},    {"i've", "you've"},
        {"i'd", "you'd"},  {"i'll", "you'll"},    {"am", "are"},          {"u", "you"},
        {"was", "were"},   {"wasn't", "weren't"}, {"myself", "yourself"}, {"ur", "your"},
};

/* What the word is when it does not matter who says it; 0 for a noise. */
static uint64_t plain_word(struct slice word)
{
	for (size_t i = 0; i < sizeof(noises) / sizeof(noises[0]); i++)
		if (slice_is(word, noises[i]))
			return 0;
	for (size_t i = 0; i < sizeof(persons) / sizeof(persons[0]); i++)
		if (slice_is(word, persons[i][0]))
			word = slice_of(persons[i][1]);
	return slice_hash(SLICE_HASH_SEED, word) | 1;
}

static struct stemmed stem_word(struct stemmer *stemmer, struct slice word)
{
	struct stemmed stemmed;

	stemmed.content = clause_is_content(word);
	stemmed.word = plain_word(as_digits(word));
	stemmed.stem = slice_hash(SLICE_HASH_SEED, stemmer_stem(stemmer, as_digits(word)));
	if (stemmed.stem == 0)
		stemmed.stem = 1;
	return stemmed;
}

/* Behind the stage direction that begins at `at`, or `at`. */
static size_t skip_direction(struct slice line, size_t at)
{
	struct slice rest = slice_sub(line, at, at + DIRECTION_BYTES);
	size_t close = slice_find(rest, SLICE(")"));

	return rest.len && rest.at[0] == '(' && close < rest.len ? at + close + 1 : at;
}

static bool ends_asking(struct slice folded, struct arena *arena)
{
	struct clauses clauses;
	bool asks = false;

	clause_split(folded, arena, &clauses);
	for (size_t i = 0; i < clauses.count; i++)
		if (clauses.items[i].kind == CLAUSE_SPEECH && clauses.items[i].words)
			asks = clauses.items[i].question;
	return asks;
}

void echo_add(struct echo_memory *memory, struct stemmer *stemmer, struct slice ect_line)
{
	struct arena arena;
	struct slice folded;
	struct span word;
	size_t at = 0;
	size_t searched = 0;

	arena_init(&arena);
	folded = fold_text(ect_line, &arena);
	memory->lines++;
	memory->last_count = 0;
	memory->asked = ends_asking(folded, &arena);
	while (clause_word(folded, &at, &word)) {
		const char *bracket = memchr(folded.at + searched, '(', word.start - searched);
		struct stemmed stemmed;

		if (bracket) {
			size_t open = (size_t)(bracket - folded.at);
			size_t behind = skip_direction(folded, open);

			searched = open + 1;
			at = behind > open ? behind : word.start;
			if (behind > searched)
				searched = behind;
			continue;
		}
		searched = word.start;
		stemmed = stem_word(stemmer, slice_span(folded, word));
		if (stemmed.content)
			remember(memory, stemmed.stem);
		if (memory->last_count < LINE_WORDS)
			memory->last[memory->last_count++] = stemmed;
	}
	arena_release(&arena);
}

/* The longest run of words common to the clause and her last line, with some content in it. */
static uint32_t longest_run(const struct echo_memory *memory, const struct stemmed *words,
                            size_t count)
{
	/* Of the run that ends at each of her words: its length, and whether it has content. */
	uint32_t length[LINE_WORDS + 1] = {0};
	bool content[LINE_WORDS + 1] = {false};
	uint32_t longest = 0;
	size_t i;
	size_t k;

	for (i = 0; i < count; i++) {
		/* Backwards, so that [k] is still that of the word before. */
		for (k = memory->last_count; k > 0; k--) {
			if (words[i].stem != memory->last[k - 1].stem) {
				length[k] = 0;
				content[k] = false;
				continue;
			}
			length[k] = length[k - 1] + 1;
			content[k] = content[k - 1] || words[i].content;
			if (content[k] && length[k] > longest)
				longest = length[k];
		}
	}
	return longest;
}

/* The share of all words but noises that her last line has. */
static double share_of_words(const struct echo_memory *memory, const struct stemmed *words,
                             size_t count)
{
	size_t all = 0;
	size_t hers = 0;

	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		if (words[i].word == 0)
			continue;
		all++;
		while (k < memory->last_count && memory->last[k].word != words[i].word &&
		       (!words[i].content || memory->last[k].stem != words[i].stem))
			k++;
		hers += k < memory->last_count;
	}
	return all ? (double)hers / (double)all : 0;
}

struct echo echo_measure(struct echo_memory *memory, struct stemmer *stemmer, struct slice folded)
{
	struct stemmed words[RUN_WORDS];
	bool echoed[LIMIT_ECHO_TURNS] = {false};
	struct echo echo = {0};
	size_t count = 0;
	size_t content = 0;
	size_t in_last = 0;
	size_t in_any = 0;
	struct span word;
	size_t at = 0;

	if (memory->lines == 0)
		return echo;
	while (clause_word(folded, &at, &word)) {
		struct stemmed stemmed = stem_word(stemmer, slice_span(folded, word));
		uint32_t line = stemmed.content ? latest(memory, stemmed.stem) : 0;

		if (count < RUN_WORDS)
			words[count++] = stemmed;
		content += stemmed.content ? 1 : 0;
		in_last += line == memory->lines ? 1 : 0;
		if (line == 0)
			continue;
		in_any++;
		if (!echoed[line % LIMIT_ECHO_TURNS]) {
			echoed[line % LIMIT_ECHO_TURNS] = true;
			echo.turns++;
		}
	}
	if (content) {
		echo.last = (double)in_last / (double)content;
		echo.all = (double)in_any / (double)content;
	}
	echo.asked = memory->asked;
	if (count <= LINE_WORDS)
		echo.words = share_of_words(memory, words, count);
	if (in_last)
		echo.run = longest_run(memory, words, count);
	return echo;
}
