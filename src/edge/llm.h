/* llm.h: a large language model that the mentor turned on, by way of `rehearse-llm`.
 *
 * That program alone knows the network (src/llm); this module starts it, speaks with it over pipes
 * and ends it. Whatever happens there (a dead server, broken bytes, a crash) comes back as one
 * outcome and one sentence, never later than the time limit.
 *
 * Over the pipes goes one JSON object a line. To the program, first the settings
 *   {"url": "…", "model": "…", "key": "…", "timeout": 30, "plain_http": false}
 * then requests
 *   {"messages": [{"role": "system"|"user"|"assistant", "content": "…"}, …], "temperature": 0.7,
 *    "max_tokens": 120}
 * and back, for each, any number of {"delta": "…"} and at the end {"done": "stop"} or
 *   {"error": "rate", "message": "…", "retry_after": 5}. */
#ifndef EDGE_LLM_H
#define EDGE_LLM_H

#include "base/diag.h"
#include "base/json.h"

struct llm_config {
	struct slice url; /* "http://127.0.0.1:8080", with or without /v1 */
	struct slice model; /* empty: the server's own choice */
	struct slice key; /* or empty; never shown, written or passed as an argument */
	double timeout; /* seconds a turn, 1 to 600 */
	double temperature; /* 0 to 2 */
	long tokens; /* of an answer, at most */
	bool plain_http; /* also to other machines */
	struct slice key_from; /* where the key is from, in words; or empty */
	bool unset; /* there is no URL: the mentor wants no LLM */
};

/* What the mentor set: REHEARSE_LLM_URL, _MODEL, _KEY or _KEY_FILE, _TIMEOUT (seconds),
 * _TEMPERATURE, _TOKENS, _PLAIN_HTTP (`yes`), over the lines of the same names in
 * $XDG_CONFIG_HOME/rehearse/config (rehearse(1)). Text lives in `arena`. False with words when
 * there is no URL, a value makes no sense, or others may read the file of the key. */
bool llm_configure(struct arena *arena, struct llm_config *out, struct err *err);
/* "api.example.com:8080" of a URL: what consent is given to. Empty when it is no URL. */
struct slice llm_host(struct slice url, struct arena *arena);

enum llm_outcome {
	LLM_DONE,
	LLM_REFUSED, /* nobody listens there */
	LLM_DNS,
	LLM_TLS,
	LLM_AUTH, /* 401, 403 */
	LLM_NOT_FOUND, /* 404: the address, or the model */
	LLM_RATE, /* 429 */
	LLM_LOADING, /* 503: it may be ready later */
	LLM_SERVER, /* another 5xx */
	LLM_TIMEOUT,
	LLM_CUT, /* it ended in the middle */
	LLM_PROTOCOL, /* what came back is not what was asked for */
	LLM_TOO_LONG,
	LLM_CONFIG, /* the settings cannot be used */
	LLM_DIED, /* `rehearse-llm` ended or cannot be started */
	LLM_CANCELLED, /* by the mentor */
	LLM_OUTCOMES
};
/* "rate": as over the pipe and in the practice log. */
const char *llm_outcome_name(enum llm_outcome outcome);

struct llm;

/* Nothing is started or sent yet. llm_close it; the configuration outlives it. */
struct llm *llm_new(const struct llm_config *config);
/* Ends the program. NULL is fine. */
void llm_close(struct llm *llm);

/* How to wait for a file descriptor to be readable: true then; false with `*stopped` when the
 * mentor stopped it (Ctrl-C), false without when `milliseconds` have passed. */
typedef bool llm_wait(void *context, int fd, long milliseconds, bool *stopped);

struct llm_request {
	const struct json *messages; /* an array, as above */
	double temperature;
	long tokens;
	/* A piece of the answer, as it comes; any bytes of UTF-8. False: enough, stop. */
	bool (*take)(void *context, struct slice piece);
	void *context;
	llm_wait *wait; /* or NULL: only the time limit */
	void *wait_context;
};

struct llm_result {
	enum llm_outcome outcome; /* LLM_DONE also when `take` had enough */
	char message[256]; /* one sentence without full stop; empty when all went well */
	double seconds; /* from the request to the end */
	double first; /* to the first piece; 0 when none came */
	long retry_after; /* seconds the server asks for, or 0 */
};

/* Asks, and returns when the answer is complete, or no later than a second after the time limit. A
 * program that died is started again. */
void llm_ask(struct llm *llm, const struct llm_request *request, struct llm_result *result);

#endif
