/* exchange.h: a conversation that was held and written down, as a session.
 *
 * The same fold as a conversation that is played; only, she has no lines of her own here: what she
 * says is what was written. So there are no topics, tells, cues or endings, and the meters are what
 * the mentor's moves alone would have done to somebody who began as scenarios do by default. */
#ifndef ENGINE_EXCHANGE_H
#define ENGINE_EXCHANGE_H

#include "engine/session.h"

struct exchange;

/* `name` is hers, as written. exchange_free it; the detector outlives it. */
struct exchange *exchange_new(struct detector *detector, struct slice name);
void exchange_free(struct exchange *exchange);
/* The mentor said something; an empty utterance is a pause. False when LIMIT_TURNS is reached. */
bool exchange_mentor(struct exchange *exchange, struct slice words);
/* She said something, before or after it; once between two utterances. */
void exchange_ect(struct exchange *exchange, struct slice words);
/* For scores and the debrief; lives as long as the exchange. */
struct session *exchange_session(const struct exchange *exchange);

#endif
