/* opining.h: a second opinion is asked of an LLM, request by request (engine/opinion.h). */
#ifndef EDGE_OPINING_H
#define EDGE_OPINING_H

#include "edge/library.h"
#include "edge/llm.h"
#include "edge/store.h"
#include "edge/term.h"
#include "engine/opinion.h"

#define OPINING_PROMPT "opinion.prompt" /* of scenarios/prompts */

/* All borrowed. The mentor has said yes to the host. */
struct opining {
	const struct llm_config *config;
	struct llm *llm;
	struct slice host;
	const struct prompt *prompt;
	const struct voice_mask *mask; /* or NULL */
	struct store *store; /* or NULL: what is sent is not kept */
	int64_t attempt; /* its row, or 0 */
	struct term *term; /* Ctrl-C there stops it; or NULL */
};

/* Asks about all turns of an opinion that was just initialised, each request within the time limit.
 * False with words when one of them fails: then there is no opinion. */
bool opining_ask(const struct opining *opining, struct opinion *opinion, struct err *err);

/* For `review`: settings, prompt, consent and log of its own, for any number of conversations. */
struct opining_wish {
	const struct library *library;
	struct slice consent; /* --consent HOST; or empty */
	bool masked; /* --no-names */
	bool plain;
	bool silent; /* nobody is asked: the output is for a program */
};
struct opining_host;
/* NULL with words when nothing is to be sent. opining_host_free it. */
struct opining_host *opining_host_new(const struct opining_wish *wish, struct err *err);
void opining_host_free(struct opining_host *host); /* NULL is fine */
struct slice opining_host_name(const struct opining_host *host); /* "127.0.0.1:8080" */
/* As opining_ask. `all` is where names to be masked may stand. */
bool opining_host_ask(struct opining_host *host, struct slice all, struct opinion *opinion,
                      struct err *err);

#endif
