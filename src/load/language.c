/* language.c: see language.h. */
#include "load/language.h"

bool language_is_id(struct slice word)
{
	size_t i;

	for (i = 0; i < word.len; i++)
		if (word.at[i] < 'a' || word.at[i] > 'z')
			return false;
	return word.len == 2 || word.len == 3;
}

/* Where the head of a file is over. */
static bool ends_head(struct slice keyword)
{
	static const char *const words[] = {"move", "list",  "framework", "meter", "persona",
	                                    "on",   "brief", "beat",      "aside"};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(keyword, words[i]))
			return true;
	return false;
}

struct slice language_of(struct slice text)
{
	struct slice line;

	text = slice_unmarked(text);
	while (slice_cut(&text, '\n', &line)) {
		struct slice keyword;
		struct slice word;

		if (!slice_word(&line, &keyword))
			continue;
		if (ends_head(keyword))
			break;
		if (slice_is(keyword, "language") && slice_word(&line, &word) &&
		    language_is_id(word))
			return word;
	}
	return LANGUAGE_ENGLISH;
}
