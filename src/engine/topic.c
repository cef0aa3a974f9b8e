/* topic.c: see topic.h. */
#include "engine/topic.h"

#include "base/limits.h"

_Static_assert(LIMIT_TOPICS <= 64, "sets of topics are 64 bits");

uint64_t topic_find(const struct scenario *scenario, struct regex_scratch *scratch,
                    struct slice folded)
{
	const struct sieve *sieve = scenario->topic_sieve;
	struct arena arena;
	uint64_t pass = 0;
	uint64_t found = 0;
	struct span where;
	size_t i;

	arena_init(&arena);
	if (scenario->topic_count)
		sieve_pass(sieve, sieve_scratch_new(sieve, &arena), folded, &pass);
	arena_release(&arena);
	for (i = 0; i < scenario->topic_count; i++) {
		const struct topic *topic = &scenario->topics[i];

		if ((pass >> i & 1) && topic->pattern &&
		    regex_find(topic->pattern, scratch, folded, 0, &where) == REGEX_YES)
			found |= UINT64_C(1) << i;
	}
	return found;
}

uint32_t topic_moment(uint32_t turn, bool hers)
{
	return 2 * turn + hers;
}

void topic_name(struct topic_state *state, uint64_t topics, uint32_t moment)
{
	size_t i;

	for (i = 0; i < LIMIT_TOPICS; i++) {
		if (topics >> i & 1)
			state->named[i] = moment + 1;
	}
}

bool topic_current(const struct topic_state *state, int topic, uint32_t moment)
{
	uint32_t named = state->named[topic];

	return named != 0 && named - 1 + 2 * TOPIC_TURNS > moment;
}

uint64_t topic_all(const struct topic_state *state, uint32_t moment)
{
	uint64_t all = 0;
	size_t i;

	for (i = 0; i < LIMIT_TOPICS; i++) {
		if (topic_current(state, (int)i, moment))
			all |= UINT64_C(1) << i;
	}
	return all;
}

uint64_t topic_newest(const struct topic_state *state, uint32_t moment)
{
	uint64_t newest = 0;
	uint32_t latest = 0;
	size_t i;

	for (i = 0; i < LIMIT_TOPICS; i++) {
		if (!topic_current(state, (int)i, moment) || state->named[i] < latest)
			continue;
		if (state->named[i] > latest)
			newest = 0;
		latest = state->named[i];
		newest |= UINT64_C(1) << i;
	}
	return newest;
}

int topic_latest(const struct topic_state *state, uint32_t moment)
{
	uint64_t newest = topic_newest(state, moment);
	int i;

	for (i = 0; i < (int)LIMIT_TOPICS; i++) {
		if (newest >> i & 1)
			return i;
	}
	return -1;
}
