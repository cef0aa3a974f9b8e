/* stage.h: stage actions typed between stars, as people do in chats. */
#ifndef LOAD_STAGE_H
#define LOAD_STAGE_H

#include "base/str.h"

/* Settles the stars in folded text, in place: `*nods*` becomes `(nods)` where it is a stage action
 * (at the start, after a sentence or another action, or as the last thing said), stars around words
 * for emphasis and bullets go, what stands within words (`f***`, `3*4`) stays. `from` moves along.
 * Returns the new length, never more. */
size_t stage_stars(char *text, uint32_t *from, size_t len);

#endif
