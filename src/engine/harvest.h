/* harvest.h: what mentors said that met nothing, grouped by likeness: where rules and replies are
 * missing.
 *
 * Two utterances are alike when at least LIKENESS of the stems of their content words are common
 * (Jaccard). Groups grow in the order things were said, each utterance to the group whose first one
 * it is likest to: so the same log gives the same groups. */
#ifndef ENGINE_HARVEST_H
#define ENGINE_HARVEST_H

#include "engine/stems.h"

#define HARVEST_LIKENESS 0.34 /* two of three content words, mostly */

struct harvest_item {
	struct slice words; /* as typed */
	struct slice before; /* the ECT's line it answered, or empty */
	struct stem_set stems; /* of its content words */
};

struct harvest_group {
	const struct harvest_item **items; /* in the order they were said; the first is what the
	                                      others are like */
	size_t count, cap;
	struct slice pattern; /* of the stems most of them share: "^(?=.*\bgut\b).*\btell\w*" */
	struct slice name; /* an id from the same: "gut_tell" */
};

struct harvest {
	struct arena arena;
	struct stemmer *stemmer; /* borrowed */
	struct harvest_group *groups;
	size_t count, cap;
};

void harvest_init(struct harvest *harvest, struct stemmer *stemmer);
void harvest_release(struct harvest *harvest);
/* Adds an utterance; one with fewer than two content words says too little, and is left out: false
 * then. The texts are copied. */
bool harvest_add(struct harvest *harvest, struct slice words, struct slice before);
/* Gives every group its pattern and name, and sorts: the largest first, then by their words. */
void harvest_finish(struct harvest *harvest);

#endif
