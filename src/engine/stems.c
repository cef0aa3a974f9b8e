/* stems.c: see stems.h. */
#include "engine/stems.h"

#include "load/clause.h"

uint64_t stems_hash(struct stemmer *stemmer, struct slice word)
{
	return slice_hash(SLICE_HASH_SEED, stemmer_stem(stemmer, word));
}

bool stems_have(const struct stem_set *set, uint64_t stem)
{
	size_t i;

	for (i = 0; i < set->count; i++)
		if (set->items[i] == stem)
			return true;
	return false;
}

struct stem_set stems_of(struct stemmer *stemmer, struct slice folded, size_t most,
                         struct arena *arena)
{
	/* A word and what parts it from the next are two bytes at least. */
	size_t room = folded.len / 2 + 1;
	struct stem_set set = {0};
	struct span word;
	size_t at = 0;

	set.items = ARENA_ARRAY(arena, uint64_t, room < most ? room : most);
	while (set.count < most && clause_word(folded, &at, &word)) {
		struct slice text = slice_span(folded, word);
		uint64_t stem;

		if (!clause_is_content(text))
			continue;
		stem = stems_hash(stemmer, text);
		if (!stems_have(&set, stem))
			set.items[set.count++] = stem;
	}
	return set;
}

struct stem_set stems_in(struct stemmer *stemmer, struct slice text, struct arena *arena)
{
	return stems_of(stemmer, fold_text(text, arena), SIZE_MAX, arena);
}

size_t stems_shared(const struct stem_set *a, const struct stem_set *b)
{
	size_t shared = 0;
	size_t i;

	for (i = 0; i < a->count; i++)
		shared += stems_have(b, a->items[i]);
	return shared;
}
