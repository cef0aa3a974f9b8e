/* voicing.c: see voicing.h. */
#include "edge/voicing.h"

#include <stdlib.h>

#include "base/limits.h"
#include "edge/clock.h"
#include "edge/file.h"
#include "edge/page.h"
#include "edge/report.h"
#include "edge/store_llm.h"

#define ANSWER_BYTES 100
/* After so many failures in a row a conversation waits for it no more. */
#define FAILURES_MOST 3u

struct voicing {
	struct arena arena;
	struct llm_config config;
	struct llm *llm;
	struct prompt_file *prompt;
	struct voice_mask *mask; /* or NULL */
	struct slice host;
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

static const char prompt_name[] = "scenarios/prompts/ect.prompt";

/* The mentor's own before the one that came with the program. */
static bool read_prompt(struct voicing *voicing, const struct library *library, struct err *err)
{
	struct slice path = file_join(library->shipped, slice_of(prompt_name), &voicing->arena);
	struct strbuf text = {0};
	struct diags diags = {0};
	struct strbuf words = {0};
	bool good;

	if (library->own.len) {
		struct slice own = file_join(library->own, slice_of(prompt_name), &voicing->arena);

		if (file_kind(own, NULL) == FILE_REGULAR)
			path = own;
	}
	good = file_read(path, LIMIT_FILE_BYTES, &text, err);
	if (good) {
		voicing->prompt = prompt_load(path, strbuf_slice(&text), &diags);
		good = diags.errors == 0;
		if (!good) {
			diags_print(&diags, &words);
			err_set(err, "%.*s", SLICE_ARGS(slice_sub(strbuf_slice(&words), 0, 400)));
		}
	}
	strbuf_release(&words);
	strbuf_release(&text);
	diags_release(&diags);
	return good;
}

static void put_question(struct voicing *voicing, const struct voicing_wish *wish)
{
	struct term_look look = term_look(1);
	struct page page = {
	        .width = look.width, .colour = look.colour && !wish->plain, .plain = wish->plain};

	page_gap(&page);
	page_begin(&page, REPORT_MARGIN, REPORT_MARGIN);
	page_addz(&page, STYLE_PLAIN, "With an LLM, what you and the ECT say is sent to ");
	page_add(&page, STYLE_BOLD, voicing->host);
	page_addz(&page, STYLE_PLAIN,
	          ", with the brief, who the ECT is and what the ECT knows. Your practice log, "
	          "plans and notes are not. ");
	page_addz(&page, STYLE_PLAIN,
	          wish->masked ? "Names that the scenario and your plan know are masked; others "
	                         "you type are not."
	                       : "Names go with it, unless you say --no-names.");
	page_end(&page);
	term_write(voicing->term, strbuf_slice(&page.out));
	page_release(&page);
}

static bool says_yes(struct voicing *voicing, const struct voicing_wish *wish)
{
	struct strbuf line = {0};
	bool yes;

	put_question(voicing, wish);
	yes = term_read(voicing->term,
	                wish->plain ? "Send it? yes or no: " : "  Send it? yes or no: ",
	                "  Ctrl-C again to leave.", ANSWER_BYTES, &line) == TERM_LINE &&
	      slice_is(slice_trim(strbuf_slice(&line)), "yes");
	strbuf_release(&line);
	return yes;
}

static bool consents(struct voicing *voicing, const struct voicing_wish *wish, struct err *err)
{
	struct err unkept;

	if (voicing->store && store_consented(voicing->store, voicing->host))
		return true;
	if (wish->consent.len && slice_eq(wish->consent, voicing->host)) {
		if (voicing->store)
			store_consent(voicing->store, voicing->host, clock_now(), &unkept);
		return true;
	}
	if (wish->consent.len) {
		err_set(err,
		        "consent was given to ‘%.*s’, and the LLM is at ‘%.*s’: nothing is sent",
		        SLICE_ARGS(slice_sub(wish->consent, 0, 100)),
		        SLICE_ARGS(slice_sub(voicing->host, 0, 100)));
		return false;
	}
	if (!term_is_live(voicing->term)) {
		err_set(err,
		        "nobody is here to ask whether what is said may be sent to ‘%.*s’, so "
		        "nothing is sent; ‘--consent %.*s’ says so",
		        SLICE_ARGS(slice_sub(voicing->host, 0, 100)),
		        SLICE_ARGS(slice_sub(voicing->host, 0, 100)));
		return false;
	}
	if (!says_yes(voicing, wish)) {
		err_set(err, "nothing is sent; the script answers");
		return false;
	}
	if (voicing->store)
		store_consent(voicing->store, voicing->host, clock_now(), &unkept);
	return true;
}

struct voicing *voicing_new(const struct voicing_wish *wish, const struct library *library,
                            const struct scenario *scenario, struct slice names,
                            struct store *store, struct term *term, struct err *err)
{
	struct voicing *voicing = mem_alloc(sizeof(*voicing));
	bool good;

	arena_init(&voicing->arena);
	voicing->store = store;
	voicing->term = term;
	good = llm_configure(&voicing->arena, &voicing->config, err);
	if (good) {
		voicing->host = llm_host(voicing->config.url, &voicing->arena);
		good = voicing->host.len > 0;
		if (!good)
			err_set(err, "the address of the LLM is no URL: write for instance "
			             "http://127.0.0.1:8080");
	}
	good = good && read_prompt(voicing, library, err) && consents(voicing, wish, err);
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
	voice_mask_free(voicing->mask);
	arena_release(&voicing->arena);
	free(voicing);
}

struct slice voicing_host(const struct voicing *voicing)
{
	return voicing->host;
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

static bool wait(void *context, int fd, long milliseconds, bool *stopped)
{
	return term_wait(context, fd, milliseconds, stopped);
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
	                              .wait = wait,
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
