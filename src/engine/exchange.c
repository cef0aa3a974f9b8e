/* exchange.c: see exchange.h. */
#include "engine/exchange.h"

/* What a mentor is taught first; the debrief's step and question look there before elsewhere. */
static const char *const focus[] = {"morepies", "aid"};
#define FOCUS (sizeof(focus) / sizeof(focus[0]))

struct exchange {
	struct arena arena;
	struct scenario scenario; /* nothing but her name and the focus */
	const struct framework *frameworks[FOCUS];
	struct session *session;
};

struct exchange *exchange_new(struct detector *detector, struct slice name)
{
	const struct ruleset *ruleset = detector_ruleset(detector);
	struct exchange *exchange = mem_alloc(sizeof(*exchange));
	struct scenario *scenario = &exchange->scenario;
	size_t i;

	for (i = 0; i < FOCUS; i++) {
		const struct framework *framework = ruleset_framework(ruleset, slice_of(focus[i]));

		if (framework)
			exchange->frameworks[scenario->focus_framework_count++] = framework;
	}
	arena_init(&exchange->arena);
	scenario->name = slice_copy(&exchange->arena, name);
	scenario->focus_frameworks = exchange->frameworks;
	scenario->model_ending = -1;
	memcpy(scenario->start, scenario_start, sizeof(scenario->start));
	exchange->session = session_new(scenario, ruleset, detector, 0);
	return exchange;
}

void exchange_free(struct exchange *exchange)
{
	if (!exchange)
		return;
	session_free(exchange->session);
	arena_release(&exchange->arena);
	free(exchange);
}

bool exchange_mentor(struct exchange *exchange, struct slice words)
{
	return session_hear(exchange->session, words, 0) != NULL;
}

void exchange_ect(struct exchange *exchange, struct slice words)
{
	session_reply(exchange->session, words);
}

struct session *exchange_session(const struct exchange *exchange)
{
	return exchange->session;
}
