/* decks.h: the decks of drills that the library found, loaded. */
#ifndef EDGE_DECKS_H
#define EDGE_DECKS_H

#include "edge/library.h"
#include "load/deck.h"

/* Reads and links one deck. NULL with words when it cannot be read; what is wrong inside goes to
 * `diags`. deck_free it. */
struct deck_file *decks_load(const struct ruleset *ruleset, struct slice path, struct diags *diags,
                             struct err *err);

struct decks {
	struct deck_file **files;
	const struct deck **items; /* in the order of authority; the one named last */
	size_t count;
	const struct deck *only; /* the one that was named; or NULL */
};

/* Loads all decks. `name`: an id or a path of one whose prompts alone are wanted (the others are
 * there for what their `coach` says); or empty. A deck with mistakes that was not named is left out
 * with a word on standard error. Needs the rules. What is wrong is said; STATUS_FINE when they can
 * be used. decks_release them in any case. */
enum status decks_open(struct library *library, struct slice name, struct decks *out);
void decks_release(struct decks *decks);

#endif
