/* voicing.c: see voicing.h. */
#include "edge/voicing.h"

#include <stdlib.h>

#include "base/limits.h"
#include "edge/clock.h"
#include "edge/consent.h"
#include "edge/opining.h"
#include "edge/store_llm.h"

/* After so many failures in a row a conversation waits for it no more. */
#define FAILURES_MOST 3u

struct voicing {
	struct arena arena;
	struct llm_config config;
	struct llm *llm;
	struct prompt_file *prompt;
	struct voice_mask *mask; /* or NULL */
	struct slice host;
	const struct library *library;
	struct prompt_file *opinion; /* for second opinions; NULL until one was asked for */
	struct store *store; /* or NULL */
	struct term *term;
	unsigned failures; /* in a row */
	bool off; /* it failed too often */
	enum llm_outcome told; /* the last trouble that was said aloud */
};

/* An answer under way. */
struct answer {
	struct voicing *voicing;
	const struct voicing_talk *talk;
	struct voice_stream stream;
	struct strbuf said;
	struct strbuf received; /* all of it, for the log */
	enum guard guard;
	bool left; /* nobody reads */
};

struct voicing *voicing_new(const struct voicing_wish *wish, const struct library *library,
                            const struct scenario *scenario, struct slice names,
                            struct store *store, struct term *term, struct err *err)
{
	const struct consent_wish asked = {.what = CONSENT_VOICE,
	                                   .given = wish->consent,
	                                   .masked = wish->masked,
	                                   .plain = wish->plain};
	struct voicing *voicing = mem_alloc(sizeof(*voicing));
	bool good;

	arena_init(&voicing->arena);
	voicing->library = library;
	voicing->store = store;
	voicing->term = term;
	good = consent_settings(&voicing->arena, &voicing->config, &voicing->host, err);
	if (good)
		voicing->prompt = consent_prompt(library, "ect.prompt", err);
	good = good && voicing->prompt && consent_given(&asked, voicing->host, store, term, err);
	if (!good) {
		voicing_free(voicing);
		return NULL;
	}
	voicing->llm = llm_new(&voicing->config);
	if (wish->masked)
		voicing->mask = voice_mask_new(scenario, names);
	return voicing;
}

void voicing_free(struct voicing *voicing)
{
	if (!voicing)
		return;
	llm_close(voicing->llm);
	prompt_free(voicing->prompt);
	prompt_free(voicing->opinion);
	voice_mask_free(voicing->mask);
	arena_release(&voicing->arena);
	free(voicing);
}

struct slice voicing_host(const struct voicing *voicing)
{
	return voicing->host;
}

bool voicing_opinion(struct voicing *voicing, int64_t attempt, struct opinion *opinion,
                     struct err *err)
{
	struct opining opining = {.config = &voicing->config,
	                          .llm = voicing->llm,
	                          .host = voicing->host,
	                          .mask = voicing->mask,
	                          .store = voicing->store,
	                          .attempt = attempt,
	                          .term = voicing->term};

	if (!voicing->opinion)
		voicing->opinion = consent_prompt(voicing->library, OPINING_PROMPT, err);
	if (!voicing->opinion)
		return false;
	opining.prompt = prompt_of(voicing->opinion);
	return opining_ask(&opining, opinion, err);
}

/* One sentence: guarded, recorded, kept, shown; false when the answer is not to go on. */
static bool say(struct answer *answer, struct slice sentence)
{
	const struct voicing_talk *talk = answer->talk;
	struct strbuf named = {0};
	bool first = answer->said.len == 0;
	bool fine;

	if (answer->voicing->mask)
		voice_mask_undo(answer->voicing->mask, sentence, &named);
	else
		strbuf_add(&named, sentence);
	answer->guard = voice_guard(talk->session, prompt_of(answer->voicing->prompt),
	                            strbuf_slice(&answer->said), strbuf_slice(&named));
	fine = answer->guard == GUARD_FINE;
	if (fine) {
		strbuf_addz(&answer->said, first ? "" : " ");
		strbuf_add(&answer->said, strbuf_slice(&named));
		session_reply(talk->session, strbuf_slice(&answer->said));
		talk->keep(talk->context);
		answer->left = !talk->show(talk->context, strbuf_slice(&named), first);
	}
	strbuf_release(&named);
	return fine && !answer->left;
}

static bool say_whole(struct answer *answer, bool end)
{
	struct strbuf sentence = {0};
	bool more = true;

	while (more && voice_stream_next(&answer->stream, end, &sentence))
		more = say(answer, strbuf_slice(&sentence));
	strbuf_release(&sentence);
	return more;
}

static bool take(void *context, struct slice piece)
{
	struct answer *answer = context;

	strbuf_add(&answer->received, piece);
	if (answer->received.len > LIMIT_UTTERANCE_BYTES * 4) {
		answer->guard = GUARD_TOO_LONG;
		return false;
	}
	voice_stream_add(&answer->stream, piece);
	return say_whole(answer, false);
}

/* For the mentor to read later; that it cannot be kept is said by the journal. */
static void note(struct answer *answer, struct json *messages, struct slice outcome, double seconds)
{
	struct strbuf sent = {0};
	struct err err;

	if (answer->voicing->store && answer->talk->attempt) {
		const struct store_wire wire = {
		        .attempt = answer->talk->attempt,
		        .turn = (uint32_t)session_turns(answer->talk->session),
		        .at = clock_now(),
		        .host = answer->voicing->host,
		        .use = SLICE("voice"),
		        .received = strbuf_slice(&answer->received),
		        .outcome = outcome,
		        .seconds = seconds};
		struct store_wire whole = wire;

		json_print(messages, &sent);
		whole.sent = strbuf_slice(&sent);
		store_add_wire(answer->voicing->store, &whole, &err);
	}
	strbuf_release(&sent);
}

/* What there is to say aloud: each trouble once, until it was well again. */
static void judge(struct answer *answer, const struct llm_result *asked,
                  struct voicing_result *result)
{
	struct voicing *voicing = answer->voicing;

	result->model = answer->said.len > 0;
	if (asked->outcome != LLM_DONE)
		result->fault = slice_of(llm_outcome_name(asked->outcome));
	else if (answer->guard != GUARD_FINE)
		result->fault =
		        slice_format(&voicing->arena, "guard %s", guard_name(answer->guard));
	else if (!result->model)
		result->fault = SLICE("guard empty");
	if (asked->outcome == LLM_DONE || asked->outcome == LLM_CANCELLED) {
		voicing->failures = 0;
		voicing->told = LLM_DONE;
		return;
	}
	voicing->off = ++voicing->failures >= FAILURES_MOST;
	if (voicing->off)
		snprintf(result->message, sizeof(result->message),
		         "The script answers from here on: %.180s.", asked->message);
	else if (voicing->told != asked->outcome)
		snprintf(result->message, sizeof(result->message), "The script answers: %.180s.",
		         asked->message);
	voicing->told = asked->outcome;
}

void voicing_answer(struct voicing *voicing, const struct voicing_talk *talk,
                    struct voicing_result *result)
{
	const struct turn *turn = session_turn(talk->session, session_turns(talk->session));
	struct answer answer = {.voicing = voicing, .talk = talk};
	struct llm_request request = {.temperature = voicing->config.temperature,
	                              .tokens = voicing->config.tokens,
	                              .take = take,
	                              .context = &answer,
	                              .wait = term_wait,
	                              .wait_context = voicing->term};
	struct llm_result asked = {.outcome = LLM_DONE};

	*result = (struct voicing_result){0};
	if (!voicing->off && turn->line.len) {
		struct json *messages =
		        voice_messages(talk->session, prompt_of(voicing->prompt), voicing->mask);

		request.messages = messages;
		llm_ask(voicing->llm, &request, &asked);
		if (asked.outcome == LLM_DONE && answer.guard == GUARD_FINE)
			say_whole(&answer, true);
		judge(&answer, &asked, result);
		note(&answer, messages, result->fault.len ? result->fault : SLICE("done"),
		     asked.seconds);
		json_free(messages);
	}
	if (answer.said.len == 0) {
		session_reply(talk->session, turn->line);
		talk->keep(talk->context);
		if (turn->line.len)
			talk->show(talk->context, turn->line, true);
	}
	voice_stream_release(&answer.stream);
	strbuf_release(&answer.said);
	strbuf_release(&answer.received);
}
