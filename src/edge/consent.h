/* consent.h: what comes before anything is sent to an LLM: its settings, the prompt, and the
 * mentor's yes to the host and to what it will be sent. */
#ifndef EDGE_CONSENT_H
#define EDGE_CONSENT_H

#include "edge/library.h"
#include "edge/llm.h"
#include "edge/store.h"
#include "edge/term.h"
#include "load/prompt.h"

/* The settings, and the host they name; text lives in `arena`. False with words when they are not
 * there or make no sense. */
bool consent_settings(struct arena *arena, struct llm_config *config, struct slice *host,
                      struct err *err);

/* scenarios/prompts/NAME: the mentor's own before the one that came with the program. NULL with
 * words when it cannot be used. prompt_free it. */
struct prompt_file *consent_prompt(const struct library *library, const char *name,
                                   struct err *err);

/* A yes to the one is none to the other: a conversation that was held has somebody in it. */
enum consent_what {
	CONSENT_VOICE, /* a rehearsal */
	CONSENT_REVIEW /* a conversation that was written down */
};

struct consent_wish {
	enum consent_what what;
	struct slice given; /* --consent HOST; or empty */
	bool masked; /* --no-names */
	bool plain;
};

/* Whether it may be sent: as kept in the log, as given, or as answered at a terminal, which is then
 * kept (`store` may be NULL: then it is asked each time). False with words when nothing is to be
 * sent. */
bool consent_given(const struct consent_wish *wish, struct slice host, struct store *store,
                   struct term *term, struct err *err);

/* Asks "yes or no", once the question stands there; only a whole yes is one. */
bool consent_asked(struct term *term, bool plain);

#endif
