/* repl_finish.h: the one place where a finished attempt and its debrief are handed on.
 *
 * Called once an attempt that is kept, at a terminal, in a pipe and for programs alike, before the
 * debrief is shown: what is written here is there when the mentor reads it. */
#ifndef REPL_FINISH_H
#define REPL_FINISH_H

#include "edge/journal.h"
#include "engine/debrief.h"
#include "repl.h"

/* `attempt` is its row in `store`. What there is to say about the log goes to `words`. */
void repl_finished(struct store *store, int64_t attempt, const struct debrief *debrief,
                   struct strbuf *words);

/* Ends the attempt in the log, then the above. Nothing where nothing is kept. */
void repl_end_attempt(struct journal *journal, const struct debrief *debrief, struct strbuf *words);

/* What the log knows of the mentor's past, for the session's hints and debrief; lives in `arena`,
 * cleared first. Nothing unless play->adapt; a room has no past. */
void repl_recall(const struct repl_play *play, struct session *session, struct arena *arena);

#endif
