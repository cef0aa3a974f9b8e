/* stems.h: the stems of the words of a text that carry content (clause_is_content), for telling
 * whether two texts speak of the same. */
#ifndef ENGINE_STEMS_H
#define ENGINE_STEMS_H

#include "base/stem.h"

struct stem_set {
	uint64_t *items; /* hashes, each once, in the order of the text */
	size_t count;
};

/* Of folded text, at most `most`; in `arena`. */
struct stem_set stems_of(struct stemmer *stemmer, struct slice folded, size_t most,
                         struct arena *arena);
/* All of a text as it stands, folded first. */
struct stem_set stems_in(struct stemmer *stemmer, struct slice text, struct arena *arena);
/* The hash a word's stem goes by. */
uint64_t stems_hash(struct stemmer *stemmer, struct slice word);
bool stems_have(const struct stem_set *set, uint64_t stem);
/* How many the two have in common. */
size_t stems_shared(const struct stem_set *a, const struct stem_set *b);

#endif
