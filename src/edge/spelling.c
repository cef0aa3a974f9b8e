/* spelling.c: see spelling.h. The only module that calls Hunspell, by the few functions of its C
 * interface that are declared here. */
#include "edge/spelling.h"

#include <dlfcn.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "edge/file.h"

#define LIBRARY "libhunspell-1.7.so.0"
#define WORD_BYTES 80u /* longer is no word */

struct handle; /* Hunhandle */

struct spelling {
	void *library;
	struct handle *handle;
	struct handle *(*create)(const char *affixes, const char *dictionary);
	void (*destroy)(struct handle *handle);
	int (*spell)(struct handle *handle, const char *word);
	int (*suggest)(struct handle *handle, char ***list, const char *word);
	void (*free_list)(struct handle *handle, char ***list, int count);
	int (*add)(struct handle *handle, const char *word);
};

/* POSIX has a function's address come as a pointer to data. */
static bool find_symbol(void *library, const char *name, void *function)
{
	void *address = dlsym(library, name);

	memcpy(function, &address, sizeof(address));
	return address != NULL;
}

static bool open_dictionary(struct spelling *spelling, struct slice folder)
{
	struct arena arena;
	struct slice affixes;
	struct slice words;

	arena_init(&arena);
	affixes = file_join(folder, SLICE("en_GB.aff"), &arena);
	words = file_join(folder, SLICE("en_GB.dic"), &arena);
	/* Hunspell itself opens whatever bears the name, and waits for it. */
	if (file_kind(affixes, NULL) == FILE_REGULAR && file_kind(words, NULL) == FILE_REGULAR)
		spelling->handle = spelling->create(slice_copy(&arena, affixes).at,
		                                    slice_copy(&arena, words).at);
	arena_release(&arena);
	return spelling->handle != NULL;
}

static bool find_dictionary(struct spelling *spelling)
{
	const char *named = getenv("DICPATH");
	struct slice folders =
	        named ? slice_of(named) : SLICE("/usr/share/hunspell:/usr/share/myspell/dicts");
	struct slice folder;
	while (slice_cut(&folders, ':', &folder)) {
		if (folder.len && open_dictionary(spelling, folder))
			return true;
	}
	return false;
}

struct spelling *spelling_open(void)
{
	struct spelling *spelling = mem_alloc(sizeof(*spelling));

	spelling->library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	if (spelling->library &&
	    find_symbol(spelling->library, "Hunspell_create", &spelling->create) &&
	    find_symbol(spelling->library, "Hunspell_destroy", &spelling->destroy) &&
	    find_symbol(spelling->library, "Hunspell_spell", &spelling->spell) &&
	    find_symbol(spelling->library, "Hunspell_suggest", &spelling->suggest) &&
	    find_symbol(spelling->library, "Hunspell_free_list", &spelling->free_list) &&
	    find_symbol(spelling->library, "Hunspell_add", &spelling->add) &&
	    find_dictionary(spelling))
		return spelling;
	spelling_close(spelling);
	return NULL;
}

void spelling_close(struct spelling *spelling)
{
	if (!spelling)
		return;
	if (spelling->handle)
		spelling->destroy(spelling->handle);
	if (spelling->library)
		dlclose(spelling->library);
	free(spelling);
}

/* One file being read. */
struct reading {
	struct spelling *spelling;
	const struct source *source;
	struct diags *diags;
	struct arena arena;
	struct table names; /* struct slice: words of its own */
	struct table told; /* struct slice: misspelt, and said so */
};

static bool holds(const struct table *words, struct slice word)
{
	const struct slice *items = words->items;
	size_t i;

	for (i = 0; i < words->count; i++) {
		if (slice_eq(items[i], word))
			return true;
	}
	return false;
}

static void keep(struct reading *reading, struct table *words, struct slice word)
{
	if (word.len && !holds(words, word))
		*(struct slice *)table_add(&reading->arena, words, sizeof(word)) = word;
}

void spelling_accept(struct spelling *spelling, struct slice words)
{
	struct slice line;
	struct slice word;

	while (slice_cut(&words, '\n', &line)) {
		if (slice_starts(line, SLICE("# ")))
			continue;
		while (slice_word(&line, &word)) {
			char text[WORD_BYTES];

			if (word.len >= sizeof(text) || utf8_invalid(word) < word.len)
				continue;
			memcpy(text, word.at, word.len);
			text[word.len] = '\0';
			spelling->add(spelling->handle, text);
		}
	}
}

/* With ’ as '. False when it is too long. */
static bool plain(struct slice word, char *text, size_t size)
{
	size_t len = 0;
	size_t i;

	if (word.len >= size)
		return false;
	for (i = 0; i < word.len; i++) {
		if (slice_starts(slice_sub(word, i, word.len), SLICE("’"))) {
			text[len++] = '\'';
			i += 2;
		} else {
			text[len++] = word.at[i];
		}
	}
	text[len] = '\0';
	return true;
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* One of the file's own words; at the start of a sentence, too. */
static bool is_own(const struct reading *reading, struct slice word)
{
	char text[WORD_BYTES];

	if (holds(&reading->names, word))
		return true;
	if (word.len == 0 || word.len > sizeof(text) || !is_upper(word.at[0]))
		return false;
	memcpy(text, word.at, word.len);
	text[0] = (char)(text[0] - 'A' + 'a');
	return holds(&reading->names, (struct slice){text, word.len});
}

static bool is_known(struct reading *reading, struct slice word)
{
	static const char *const endings[] = {"'s", "'ll", "'d", "'ve", "'re"};
	char text[WORD_BYTES];
	char *at;
	size_t i;

	if (!plain(word, text, sizeof(text)) ||
	    reading->spelling->spell(reading->spelling->handle, text))
		return true;
	at = strrchr(text, '\'');
	for (i = 0; at && at > text && i < sizeof(endings) / sizeof(*endings); i++) {
		if (strcmp(at, endings[i]) != 0)
			continue;
		*at = '\0';
		return reading->spelling->spell(reading->spelling->handle, text) ||
		       is_own(reading, slice_of(text)) || is_own(reading, word);
	}
	return is_own(reading, word);
}

static void misspelt(struct reading *reading, struct slice word)
{
	struct spelling *spelling = reading->spelling;
	char text[WORD_BYTES];
	char **list = NULL;
	int count;

	if (holds(&reading->told, word) || !plain(word, text, sizeof(text)))
		return;
	keep(reading, &reading->told, word);
	count = spelling->suggest(spelling->handle, &list, text);
	diag_warn(reading->diags, place_of(reading->source, word),
	          "‘%.*s’ is not in the British dictionary%s%s%s; if it is right, add it under the "
	          "first line: ‘words %.*s’",
	          SLICE_ARGS(word), count > 0 ? " (‘" : "", count > 0 ? list[0] : "",
	          count > 0 ? "’?)" : "", SLICE_ARGS(word));
	if (count > 0)
		spelling->free_list(spelling->handle, &list, count);
}

/* TA, SEND, 8R, O'Neill's initials: not for a dictionary. */
static bool is_shouted(struct slice word)
{
	return word.len > 1 && is_upper(word.at[0]) && is_upper(word.at[1]);
}

/* The next word: letters with apostrophes inside. Words with digits are passed over, and what
 * stands in curly brackets. `first` tells whether it begins a sentence. */
static bool next_word(struct slice *rest, bool *first, struct slice *word)
{
	struct slice text = *rest;
	size_t from = 0;
	size_t at = 0;
	bool digits = false;

	while (at <= text.len) {
		struct slice here = slice_sub(text, at, text.len);
		uint32_t code = ' ';
		size_t bytes = utf8_next(here, &code);
		bool quote = slice_starts(here, SLICE("’")) || slice_starts(here, SLICE("'"));
		bool inner = quote && at > from;

		if (bytes && (utf8_is_word(code) || inner)) {
			digits = digits || (code >= '0' && code <= '9');
			at += bytes;
			continue;
		}
		*word = slice_sub(text, from, at);
		while (slice_ends(*word, SLICE("'")) || slice_ends(*word, SLICE("’")))
			word->len -= slice_ends(*word, SLICE("'")) ? 1 : 3;
		if (word->len && !digits) {
			*rest = slice_sub(text, at, text.len);
			return true;
		}
		if (!bytes)
			return false;
		if (word->len)
			*first = false;
		if (here.at[0] == '{')
			bytes = slice_find(here, SLICE("}")) + 1;
		if (bytes && strchr(".!?:(|", here.at[0]))
			*first = true;
		else if (slice_starts(here, SLICE("…")) || slice_starts(here, SLICE("“")))
			*first = true;
		at += bytes;
		from = at;
		digits = false;
	}
	return false;
}

/* Names are known in a first pass by a capital within a sentence. */
static void read_prose(struct reading *reading, struct slice text, bool names)
{
	struct slice word;
	bool first = true;

	while (next_word(&text, &first, &word)) {
		bool capital = is_upper(word.at[0]);

		if (names && capital && !first)
			keep(reading, &reading->names, word);
		if (!names && word.len > 1 && !(capital && !first) && !is_shouted(word) &&
		    !is_known(reading, word))
			misspelt(reading, word);
		first = text.len && strchr(".!?:(|", text.at[0]);
		first = first || slice_starts(text, SLICE("…"));
	}
}

/* Lines that hold no prose, by their first word. */
static bool is_code(struct slice keyword)
{
	static const char *const code[] = {
	        "topic",  "on",       "then",   "aside", "otherwise", "agrees",      "denies",
	        "start",  "reacts",   "effect", "go",    "focus",     "fits",        "use",
	        "when",   "moves",    "ending", "beat",  "id",        "minutes",     "level",
	        "words",  "language", "cue",    "or",    "good",      "interaction", "licence",
	        "source", "persona",  "knows",  "tells", "model",     "temperament", "brief",
	        "goal",   "evidence", "#",      NULL};
	size_t i;

	for (i = 0; code[i]; i++) {
		if (slice_is(keyword, code[i]))
			return true;
	}
	return false;
}

/* Words before prose on the same line. */
static bool is_label(struct slice keyword)
{
	static const char *const labels[] = {"scenario", "about",  "title", "phase",
	                                     "cycle",    "who",    "voice", "verdict",
	                                     "step",     "thinks", NULL};
	size_t i;

	for (i = 0; labels[i]; i++) {
		if (slice_is(keyword, labels[i]))
			return true;
	}
	return false;
}

/* What of a line is prose; empty when nothing is. */
static struct slice prose_of(struct slice line)
{
	struct slice rest = line;
	struct slice keyword;
	struct slice colon;
	struct slice skipped;
	size_t at = slice_find(line, SLICE(": "));

	if (!slice_word(&rest, &keyword))
		return line;
	rest = slice_trim(rest);
	colon = at < line.len ? slice_sub(line, at + 1, line.len) : SLICE("");
	if (slice_is(keyword, "shows"))
		return colon;
	if (slice_is(keyword, "instead")) {
		if (colon.len)
			return colon;
		slice_word(&rest, &skipped);
		return rest;
	}
	/* `about seating` names a topic. */
	if (is_code(keyword) || (slice_is(keyword, "about") && slice_is_id(rest)) ||
	    (slice_is(keyword, "about") && slice_find(rest, SLICE(" when ")) < rest.len))
		return SLICE("");
	return is_label(keyword) || slice_ends(keyword, SLICE(":")) ? rest : line;
}

/* `words Okafor Tomasz`, and lines below it that stand further in. */
static bool own_words(struct reading *reading, struct slice line, size_t *indent)
{
	struct slice rest = line;
	struct slice word;
	size_t depth = 0;

	while (depth < line.len && line.at[depth] == ' ')
		depth++;
	if (!slice_word(&rest, &word))
		return false;
	if (depth == 0 && slice_is(word, "persona"))
		keep(reading, &reading->names, slice_trim(rest));
	if (slice_is(word, "words") && depth > 0)
		*indent = depth;
	else if (*indent == 0 || depth <= *indent)
		return *indent = 0, false;
	else
		rest = line;
	while (slice_word(&rest, &word))
		keep(reading, &reading->names, word);
	return true;
}

static void read_all(struct reading *reading, bool names)
{
	struct slice rest = reading->source->text;
	struct slice line;
	size_t indent = 0;

	while (slice_cut(&rest, '\n', &line)) {
		if (!own_words(reading, line, &indent))
			read_prose(reading, prose_of(slice_trim(line)), names);
	}
}

void spelling_check(struct spelling *spelling, const struct source *source, struct diags *diags)
{
	struct reading reading = {.spelling = spelling, .source = source, .diags = diags};

	if (utf8_invalid(source->text) < source->text.len)
		return; /* the loader said so */
	arena_init(&reading.arena);
	read_all(&reading, true);
	read_all(&reading, false);
	diags_name(diags, "spelling");
	arena_release(&reading.arena);
}
