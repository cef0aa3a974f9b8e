/* skeleton.h: `rehearse new`: a file to begin with, commented, that passes `check` and works as it
 * stands. The skeletons are files too: scenarios/skeletons. */
#ifndef EDGE_SKELETON_H
#define EDGE_SKELETON_H

#include "edge/library.h"

enum skeleton { SKELETON_SCENARIO, SKELETON_TEMPERAMENT, SKELETON_PACK, SKELETON_DECK, SKELETONS };

struct skeleton_request {
	enum skeleton kind;
	struct slice name; /* an id: the file's name without its ending */
	struct slice folder; /* where to; empty: where the user's own of the kind belong, made if it
	                        is missing */
};

/* Writes it and says where on standard output. Never writes over a file, nor gives one the name of
 * another that the library has. */
enum status skeleton_write(struct library *library, const struct skeleton_request *request);

#endif
