/* opining.c: see opining.h. */
#include "edge/opining.h"

#include <stdlib.h>

#include "base/limits.h"
#include "edge/clock.h"
#include "edge/consent.h"
#include "edge/store_llm.h"

/* Tokens for ten labels a turn, beside those that are set for any answer. */
#define TOKENS_TURN 80

static bool take(void *context, struct slice piece)
{
	struct strbuf *received = context;

	strbuf_add(received, piece);
	return received->len <= LIMIT_OPINION_ANSWER_BYTES;
}

/* For the mentor to read later. That it cannot be kept stops nothing. */
static void note(const struct opining *opining, size_t first, const struct json *messages,
                 struct slice received, const char *outcome, double seconds)
{
	struct strbuf sent = {0};
	struct err unkept;

	if (opining->store) {
		struct store_wire wire = {.attempt = opining->attempt,
		                          .turn = (uint32_t)first,
		                          .at = clock_now(),
		                          .host = opining->host,
		                          .use = SLICE("opinion"),
		                          .received = received,
		                          .outcome = slice_of(outcome),
		                          .seconds = seconds};

		json_print(messages, &sent);
		wire.sent = strbuf_slice(&sent);
		store_add_wire(opining->store, &wire, &unkept);
	}
	strbuf_release(&sent);
}

static bool ask_about(const struct opining *opining, struct opinion *opinion, size_t first,
                      size_t count, struct err *err)
{
	struct json *messages =
	        opinion_messages(opinion, opining->prompt, opining->mask, first, count);
	struct strbuf received = {0};
	const struct llm_request request = {.messages = messages,
	                                    .temperature = 0,
	                                    .tokens = opining->config->tokens +
	                                              TOKENS_TURN * (long)count,
	                                    .take = take,
	                                    .context = &received,
	                                    .wait = opining->term ? term_wait : NULL,
	                                    .wait_context = opining->term};
	struct llm_result asked = {.outcome = LLM_DONE};
	struct err unfit;
	const char *outcome;
	bool good;

	llm_ask(opining->llm, &request, &asked);
	outcome = llm_outcome_name(asked.outcome);
	good = asked.outcome == LLM_DONE;
	if (!good) {
		err_set(err, "no second opinion: %s", asked.message);
	} else if (received.len > LIMIT_OPINION_ANSWER_BYTES) {
		err_set(err, "no second opinion: the LLM's answer has no end");
		good = false;
		outcome = "too_long";
	} else if (!opinion_read(opinion, strbuf_slice(&received), first, count, &unfit)) {
		err_set(err, "no second opinion: %s", unfit.text);
		good = false;
		outcome = "form";
	}
	note(opining, first, messages, strbuf_slice(&received), outcome, asked.seconds);
	strbuf_release(&received);
	json_free(messages);
	return good;
}

bool opining_ask(const struct opining *opining, struct opinion *opinion, struct err *err)
{
	size_t first = 1;
	size_t count;
	bool good = true;

	while (good && (count = opinion_chunk(opinion, opining->prompt, first)) > 0) {
		good = ask_about(opining, opinion, first, count, err);
		first += count;
	}
	if (good && opinion_labelled(opinion) == 0) {
		err_set(err, "no second opinion: the LLM labelled none of the turns");
		good = false;
	}
	return good;
}

struct opining_host {
	struct arena arena;
	struct llm_config config;
	struct slice name;
	struct llm *llm;
	struct prompt_file *prompt;
	struct store *store; /* or NULL */
	struct term *term;
	bool masked;
};

struct opining_host *opining_host_new(const struct opining_wish *wish, struct err *err)
{
	const struct consent_wish asked = {.what = CONSENT_REVIEW,
	                                   .given = wish->consent,
	                                   .masked = wish->masked,
	                                   .plain = wish->plain};
	struct opining_host *host = mem_alloc(sizeof(*host));
	struct err unlogged;

	arena_init(&host->arena);
	host->masked = wish->masked;
	if (!consent_settings(&host->arena, &host->config, &host->name, err))
		goto out;
	host->prompt = consent_prompt(wish->library, OPINING_PROMPT, err);
	if (!host->prompt)
		goto out;
	host->store = store_open(STORE_WRITE, &unlogged);
	if (!host->store)
		out_err(&unlogged);
	host->term = term_open(wish->silent);
	if (!consent_given(&asked, host->name, host->store, host->term, err))
		goto out;
	host->llm = llm_new(&host->config);
	return host;
out:
	opining_host_free(host);
	return NULL;
}

void opining_host_free(struct opining_host *host)
{
	if (!host)
		return;
	llm_close(host->llm);
	prompt_free(host->prompt);
	term_close(host->term);
	store_close(host->store);
	arena_release(&host->arena);
	free(host);
}

struct slice opining_host_name(const struct opining_host *host)
{
	return host->name;
}

bool opining_host_ask(struct opining_host *host, struct slice all, struct opinion *opinion,
                      struct err *err)
{
	const struct scenario *scenario = session_scenario(opinion->session);
	struct voice_mask *mask = host->masked ? voice_mask_new(scenario, all) : NULL;
	const struct opining opining = {.config = &host->config,
	                                .llm = host->llm,
	                                .host = host->name,
	                                .prompt = prompt_of(host->prompt),
	                                .mask = mask,
	                                .store = host->store,
	                                .term = term_is_live(host->term) ? host->term : NULL};
	bool good = opining_ask(&opining, opinion, err);

	voice_mask_free(mask);
	return good;
}
