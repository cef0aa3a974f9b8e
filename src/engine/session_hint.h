/* session_hint.h: one nudge, from her state and the moves not yet used. */
#ifndef ENGINE_SESSION_HINT_H
#define ENGINE_SESSION_HINT_H

#include "engine/persona.h"

/* A sentence for the mentor, in `arena`. Never the words to say: what to try. */
struct slice hint_for(const struct mind *mind, struct arena *arena);

#endif
