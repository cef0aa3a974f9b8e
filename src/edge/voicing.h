/* voicing.h: the ECT's words by an LLM, where the mentor turned it on: consent, the request, the
 * guard, and the script's own line wherever the model fails. */
#ifndef EDGE_VOICING_H
#define EDGE_VOICING_H

#include "edge/library.h"
#include "edge/llm.h"
#include "edge/store.h"
#include "edge/term.h"
#include "engine/opinion.h"
#include "engine/voice.h"

struct voicing_wish {
	bool masked; /* --no-names */
	struct slice consent; /* --consent HOST; or empty */
	bool plain;
};

struct voicing; /* an LLM turned on for one conversation */

/* Reads the settings and the prompt, and asks for consent at a terminal where it was not given yet
 * (`store` may be NULL: then it is asked each time). `names` is what else may hold names of people,
 * a plan, say. NULL with words when nothing is to be sent; the conversation goes on by the script.
 * `term`, `store`, `library` and `scenario` are borrowed. voicing_free it. */
struct voicing *voicing_new(const struct voicing_wish *wish, const struct library *library,
                            const struct scenario *scenario, struct slice names,
                            struct store *store, struct term *term, struct err *err);
void voicing_free(struct voicing *voicing); /* NULL is fine */
/* "127.0.0.1:8080". */
struct slice voicing_host(const struct voicing *voicing);

/* A second opinion of the model on the moves of the mentor (opining.h), who asked for it; `attempt`
 * is the row in the log, or 0. */
bool voicing_opinion(struct voicing *voicing, int64_t attempt, struct opinion *opinion,
                     struct err *err);

struct voicing_talk {
	struct session *session; /* a turn was just heard, and is in the log */
	int64_t attempt; /* its row, or 0 */
	/* More of the reply was recorded: bring the log up to it. */
	void (*keep)(void *context);
	/* Then: show it. False when nobody reads any more. */
	bool (*show)(void *context, struct slice sentence, bool first);
	void *context;
};

struct voicing_result {
	bool model; /* some of what was said is the model's; else it is the script's line */
	struct slice
	        fault; /* why not all of it: "timeout", "guard tell" …; empty when it went well */
	char message[256]; /* the same as a sentence, to be shown; empty when there is nothing to
	                      say that was not said before */
};

/* Finds the words for the turn and records them (session_reply), sentence by sentence. Returns
 * within the time limit. */
void voicing_answer(struct voicing *voicing, const struct voicing_talk *talk,
                    struct voicing_result *result);

#endif
