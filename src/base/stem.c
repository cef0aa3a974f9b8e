/* stem.c: see stem.h. */
#include "base/stem.h"

#include <libstemmer.h>

struct stemmer {
	struct sb_stemmer *snowball; /* or NULL */
	bool english;
};

struct stemmer *stemmer_new(struct slice language)
{
	char name[8] = {0};

	struct stemmer *stemmer = mem_alloc(sizeof(*stemmer));

	if (language.len && language.len < sizeof(name))
		memcpy(name, language.at, language.len);
	stemmer->english = slice_is(language, "en");
	stemmer->snowball = sb_stemmer_new(name, NULL);
	if (stemmer->english && !stemmer->snowball)
		mem_exhausted();
	return stemmer;
}

void stemmer_free(struct stemmer *stemmer)
{
	if (!stemmer)
		return;
	sb_stemmer_delete(stemmer->snowball);
	free(stemmer);
}

static struct slice without_ending(struct slice word)
{
	static const char *const endings[] = {"n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "'"};
	size_t i;

	for (i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		struct slice ending = slice_of(endings[i]);

		if (word.len > ending.len && slice_ends(word, ending))
			return slice_sub(word, 0, word.len - ending.len);
	}
	return word;
}

struct slice stemmer_stem(struct stemmer *stemmer, struct slice word)
{
	const sb_symbol *stem;

	if (stemmer->english && word.len && memchr(word.at, '\'', word.len))
		word = without_ending(word);
	/* The longest word there is has some forty letters; libstemmer takes an int. */
	if (!stemmer->snowball || word.len == 0 || word.len > 200)
		return word;
	stem = sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)word.at, (int)word.len);
	if (!stem)
		mem_exhausted();
	return (struct slice){(const char *)stem, (size_t)sb_stemmer_length(stemmer->snowball)};
}
