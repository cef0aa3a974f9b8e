/* session_hint.h: one nudge, from her state and the moves not yet used. */
#ifndef ENGINE_SESSION_HINT_H
#define ENGINE_SESSION_HINT_H

#include "engine/mastery.h"
#include "engine/persona.h"

#define HINTS_KEPT 4 /* not given again before others were */

/* A sentence for the mentor, in `arena`. Never the words to say: what to try; of a move that the
 * mentor has (`mastery` by move, or NULL), a question where. The best that is not among those
 * `given` of late (the last one first), or the one given longest ago. */
struct slice hint_for(const struct mind *mind, const struct mastery *mastery,
                      const struct slice *given, size_t count, struct arena *arena);

#endif
