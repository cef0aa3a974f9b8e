/* topic.h: what is being talked about. A topic named, by either, stays current for three turns. */
#ifndef ENGINE_TOPIC_H
#define ENGINE_TOPIC_H

#include "load/scenario.h"

#define TOPIC_TURNS 3

struct topic_state {
	uint32_t named[64]; /* LIMIT_TOPICS: turn + 1 in which it was last named; 0 never */
};

/* Bit set of the topics whose pattern is in the folded text. */
uint64_t topic_find(const struct scenario *scenario, struct regex_scratch *scratch,
                    struct slice folded);
void topic_name(struct topic_state *state, uint64_t topics, uint32_t turn);
/* Named in one of the last three turns, `turn` included. */
bool topic_current(const struct topic_state *state, int topic, uint32_t turn);
/* The one named most recently (ties: first in the file), or -1. */
int topic_latest(const struct topic_state *state, const struct scenario *scenario, uint32_t turn);

#endif
