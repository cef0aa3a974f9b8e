/* client.h: one conversation with an OpenAI-compatible server, by libcurl.
 *
 * TLS is always verified, redirects are never followed, plain HTTP goes to this machine alone
 * unless the settings say otherwise. The system's proxies and CA file (SSL_CERT_FILE,
 * CURL_CA_BUNDLE) are honoured. The connection stays open between requests. */
#ifndef LLM_CLIENT_H
#define LLM_CLIENT_H

#include "base/json.h"

struct client;

/* What went wrong: the same names as enum llm_outcome has over the pipe. */
struct trouble {
	const char *kind; /* NULL when all went well */
	char message[256];
	long retry_after;
};

/* From the settings, one JSON object (edge/llm.h). NULL and `trouble` when they cannot be used. */
struct client *client_new(const struct json *settings, struct trouble *trouble);
void client_free(struct client *client); /* NULL is fine */

/* A piece of the answer; false when nobody reads any more. */
typedef bool client_piece(void *context, struct slice text);

/* Asks one question (edge/llm.h) and waits for the whole answer. `reason` receives why it ended. */
void client_ask(struct client *client, const struct json *request, client_piece *piece,
                void *context, char reason[static 32], struct trouble *trouble);

#endif
