/* topic.h: what is being talked about. A topic named, by either, stays current for three turns. */
#ifndef ENGINE_TOPIC_H
#define ENGINE_TOPIC_H

#include "load/scenario.h"

#define TOPIC_TURNS 3
/* Searches in one turn that may pass their limit. */
#define TOPIC_PATIENCE 6u

/* Time goes in half turns, so that what she says comes after what she heard: see topic_moment. */
struct topic_state {
	uint32_t named[64]; /* LIMIT_TOPICS: moment + 1 in which it was last named; 0 never */
};

/* The moment of the mentor's utterance in `turn`, or of her answer to it. */
uint32_t topic_moment(uint32_t turn, bool hers);
/* Bit set of the topics whose pattern is in the folded text. */
uint64_t topic_find(const struct scenario *scenario, struct regex_scratch *scratch,
                    struct slice folded);
void topic_name(struct topic_state *state, uint64_t topics, uint32_t moment);
/* Named in one of the last three turns, this one included. */
bool topic_current(const struct topic_state *state, int topic, uint32_t moment);
/* All current topics. */
uint64_t topic_all(const struct topic_state *state, uint32_t moment);
/* The topics named most recently, together; or none. */
uint64_t topic_newest(const struct topic_state *state, uint32_t moment);
/* The first of those in the file, or -1. */
int topic_latest(const struct topic_state *state, uint32_t moment);

#endif
