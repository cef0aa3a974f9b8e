/* store_llm.h: what was sent to an LLM and what came back, in the practice log (store.h): for the
 * mentor to read (`rehearse export --llm`). */
#ifndef EDGE_STORE_LLM_H
#define EDGE_STORE_LLM_H

#include "edge/store.h"

struct store_wire {
	int64_t attempt; /* 0: of none */
	uint32_t turn; /* 0: of none */
	double at;
	struct slice host; /* "127.0.0.1:8080" */
	struct slice use; /* "voice", "opinion", "doctor" */
	struct slice sent; /* the messages, as JSON; the key is never among them */
	struct slice received; /* what came back; may be empty */
	struct slice outcome; /* "done", or what went wrong: llm_outcome_name, "guard tell" … */
	double seconds;
};

bool store_add_wire(struct store *store, const struct store_wire *wire, struct err *err);

/* The mentor's consent to send to a host; false when it was not given. */
bool store_consented(struct store *store, struct slice host);
bool store_consent(struct store *store, struct slice host, double at, struct err *err);

#endif
