/* doctoring.c: see doctoring.h. */
#include "edge/doctoring.h"

#include <sys/stat.h>

#include "edge/consent.h"
#include "edge/clock.h"
#include "edge/file.h"
#include "edge/library.h"
#include "edge/llm.h"
#include "edge/page.h"
#include "edge/report.h"
#include "edge/store_llm.h"
#include "edge/term.h"

#define VALUES 18u /* columns where they begin */
#define ANSWER_BYTES 200u /* heard of the LLM: it was asked for a word */

struct looking {
	const struct options *options;
	const struct doctoring_request *request;
	struct arena arena;
	struct page page;
	struct term *term;
	struct store *store; /* NULL: cannot be used, or not there and not needed */
	enum status status;
};

/* What to do about it, behind the sentence of what is wrong. */
static const char *const advice[LLM_OUTCOMES] = {
        [LLM_REFUSED] = "is the server started, and is that its address?",
        [LLM_DNS] = "look at the name of the host, and whether this computer is on line",
        [LLM_TLS] = "for a server of your own, SSL_CERT_FILE names the file of its certificate; "
                    "otherwise send nothing there",
        [LLM_AUTH] = "look at REHEARSE_LLM_KEY, or at the file of the key",
        [LLM_NOT_FOUND] = "look at the address, and at REHEARSE_LLM_MODEL",
        [LLM_RATE] = "try again later",
        [LLM_LOADING] = "try again when it has loaded its model",
        [LLM_SERVER] = "see what the server itself says about it",
        [LLM_TIMEOUT] = "REHEARSE_LLM_TIMEOUT gives it more seconds; a smaller model is faster",
        [LLM_CUT] = "try again, and see what the server itself says about it",
        [LLM_PROTOCOL] = "does it speak as OpenAI's /v1/chat/completions at that address?",
        [LLM_TOO_LONG] = "try another model",
};

static void begin_row(struct looking *looking, const char *name)
{
	struct page *page = &looking->page;

	page_begin(page, REPORT_MARGIN, VALUES);
	page_addz(page, STYLE_BOLD, name);
	if (looking->request->plain)
		page_addz(page, STYLE_PLAIN, ": ");
	else
		page_tab(page, VALUES);
}

static void end_row(struct looking *looking)
{
	page_end(&looking->page);
	/* What follows may take a while. */
	term_write(looking->term, strbuf_slice(&looking->page.out));
	strbuf_clear(&looking->page.out);
}

static void put_row(struct looking *looking, const char *name, struct slice words)
{
	begin_row(looking, name);
	page_add(&looking->page, STYLE_PLAIN, words);
	end_row(looking);
}

static void worsen(struct looking *looking, enum status status)
{
	if (status > looking->status)
		looking->status = status;
}

static void put_trouble(struct looking *looking, const char *name, const struct err *err,
                        enum status status)
{
	put_row(looking, name, slice_of(err->text));
	worsen(looking, status);
}

/* Packs and scenarios. */

static void put_scenarios(struct looking *looking, const struct library *library)
{
	const struct slice *first = NULL;
	size_t broken = 0;
	size_t i;

	for (i = 0; i < library->scenario_count; i++) {
		if (!library->scenarios[i].broken)
			continue;
		broken++;
		if (!first)
			first = &library->scenarios[i].file.path;
	}
	begin_row(looking, "Scenarios");
	page_addf(&looking->page, STYLE_PLAIN, "%zu that can be played",
	          library->scenario_count - broken);
	if (broken) {
		page_addf(&looking->page, STYLE_PLAIN, ", %zu that cannot: ‘rehearse check ",
		          broken);
		page_add(&looking->page, STYLE_PLAIN, *first);
		page_addz(&looking->page, STYLE_PLAIN, "’ says why");
		worsen(looking, STATUS_FINDINGS);
	}
	end_row(looking);
}

static void look_at_library(struct looking *looking)
{
	struct err err;
	struct library *library = library_open(looking->options, &err);

	if (!library) {
		put_trouble(looking, "Rule packs", &err, STATUS_TROUBLE);
		return;
	}
	if (!library_load_rules(library, &err)) {
		put_trouble(looking, "Rule packs", &err, STATUS_TROUBLE);
		library_free(library);
		return;
	}
	begin_row(looking, "Rule packs");
	if (library->diags.errors) {
		page_addf(&looking->page, STYLE_PLAIN,
		          "%zu found, %zu mistake%s in them: ‘rehearse check’ says which",
		          library->pack_count, library->diags.errors,
		          library->diags.errors == 1 ? "" : "s");
		worsen(looking, STATUS_FINDINGS);
	} else {
		page_addf(&looking->page, STYLE_PLAIN, "%zu found and sound", library->pack_count);
	}
	end_row(looking);
	if (library->detector) {
		library_try(library);
		put_scenarios(looking, library);
	}
	library_free(library);
}

/* The practice log. */

static void put_log(struct looking *looking)
{
	struct stat stat_of;
	struct store_session *sessions;
	struct slice path = slice_copy(&looking->arena, store_path(looking->store));
	struct err err;
	size_t count;

	if (!store_sessions(looking->store, 0, &looking->arena, &sessions, &count, &err) ||
	    !store_set(looking->store, SLICE("doctor"),
	               slice_format(&looking->arena, "%.0f", clock_now()), &err)) {
		put_trouble(looking, "Practice log", &err, STATUS_TROUBLE);
		return;
	}
	begin_row(looking, "Practice log");
	page_add(&looking->page, STYLE_PLAIN, path);
	page_addf(&looking->page, STYLE_PLAIN, ": can be read and written, %zu session%s", count,
	          count == 1 ? "" : "s");
	if (stat(path.at, &stat_of) == 0)
		page_addf(&looking->page, STYLE_PLAIN, ", %.1f MB", (double)stat_of.st_size / 1e6);
	end_row(looking);
}

/* Where there is none it is not made, unless there is consent to keep. */
static void look_at_log(struct looking *looking, bool needed)
{
	struct slice folder = file_own_folder(&looking->arena);
	struct err err;

	if (!needed && folder.len &&
	    file_kind(file_join(folder, SLICE("practice.db"), &looking->arena), NULL) ==
	            FILE_NONE) {
		put_row(looking, "Practice log",
		        SLICE("none yet; the first conversation begins it"));
		return;
	}
	looking->store = store_open(STORE_WRITE, &err);
	if (looking->store)
		put_log(looking);
	else
		put_trouble(looking, "Practice log", &err, STATUS_TROUBLE);
}

/* The LLM. */

static void put_settings(struct looking *looking, const struct llm_config *config,
                         struct slice host)
{
	struct page *page = &looking->page;

	begin_row(looking, "LLM");
	page_add(page, STYLE_PLAIN, host);
	page_addz(page, STYLE_PLAIN, config->model.len ? ", model " : ", the model it has");
	page_add(page, STYLE_PLAIN, config->model);
	page_addz(page, STYLE_PLAIN, config->key.len ? ", with the key from " : ", without a key");
	if (config->key.len)
		page_add(page, STYLE_PLAIN, config->key_from);
	page_addf(page, STYLE_PLAIN, ", %g s at most, %ld tokens at most, temperature %g",
	          config->timeout, config->tokens, config->temperature);
	end_row(looking);
}

static bool says_yes(struct looking *looking, struct slice host)
{
	begin_row(looking, "May it?");
	page_addz(&looking->page, STYLE_PLAIN,
	          "To see whether it is well, one short question is sent to ");
	page_add(&looking->page, STYLE_BOLD, host);
	page_addz(&looking->page, STYLE_PLAIN,
	          ", and nothing of yours. A yes is kept: ‘play --llm’ then sends there, without "
	          "asking again, what you and the ECT say, with the brief, who the ECT is and what "
	          "the "
	          "ECT knows.");
	end_row(looking);
	return consent_asked(looking->term, looking->request->plain);
}

/* False when nothing is to be sent; says so. */
static bool consents(struct looking *looking, struct slice host)
{
	struct slice given = looking->request->consent;
	struct err err;

	if (given.len && !slice_eq(given, host)) {
		put_row(looking, "Its answer",
		        SLICE("not asked for: consent was given to another host"));
		worsen(looking, STATUS_FINDINGS);
		return false;
	}
	if (!given.len && looking->store && store_consented(looking->store, host))
		return true;
	if (!given.len && !term_is_live(looking->term)) {
		put_row(looking, "Its answer",
		        slice_format(&looking->arena,
		                     "not asked for: nobody is here to say whether it may be; "
		                     "‘--consent %.*s’ says so",
		                     SLICE_ARGS(host)));
		return false;
	}
	if (!given.len && !says_yes(looking, host)) {
		put_row(looking, "Its answer", SLICE("not asked for: nothing was sent"));
		return false;
	}
	if (looking->store && !store_consent(looking->store, host, clock_now(), &err))
		out_err(&err);
	return true;
}

struct hearing {
	struct strbuf text;
};

static bool hear(void *context, struct slice piece)
{
	struct hearing *hearing = context;

	strbuf_add(&hearing->text, piece);
	return hearing->text.len < ANSWER_BYTES;
}

static void put_result(struct looking *looking, const struct llm_result *result)
{
	struct page *page = &looking->page;

	begin_row(looking, "Its answer");
	if (result->outcome == LLM_DONE && result->first > 0) {
		page_addf(page, STYLE_PLAIN,
		          "well: the first words after %.2f s, all of it after %.2f s",
		          result->first, result->seconds);
		end_row(looking);
		return;
	}
	worsen(looking, STATUS_FINDINGS);
	if (result->outcome == LLM_DONE)
		page_addz(page, STYLE_PLAIN,
		          "without a word; REHEARSE_LLM_TOKENS gives it more, if it thinks first");
	else
		page_addf(page, STYLE_PLAIN, "none: %s", result->message);
	if (result->retry_after)
		page_addf(page, STYLE_PLAIN, "; it asks for %ld s of patience",
		          result->retry_after);
	else if (advice[result->outcome])
		page_addf(page, STYLE_PLAIN, "; %s", advice[result->outcome]);
	end_row(looking);
}

static void keep(struct looking *looking, struct slice host, const struct json *messages,
                 const struct hearing *hearing, const struct llm_result *result)
{
	struct strbuf sent = {0};
	struct store_wire wire = {.at = clock_now(), .host = host, .use = SLICE("doctor")};
	struct err err;

	json_print(messages, &sent);
	wire.sent = strbuf_slice(&sent);
	wire.received = strbuf_slice(&hearing->text);
	wire.outcome = slice_of(llm_outcome_name(result->outcome));
	wire.seconds = result->seconds;
	if (looking->store && !store_add_wire(looking->store, &wire, &err))
		out_err(&err);
	strbuf_release(&sent);
}

static void ask(struct looking *looking, const struct llm_config *config, struct slice host)
{
	struct hearing hearing = {0};
	struct json *messages = json_array();
	struct json *message = json_object();
	struct llm_request request = {.messages = messages,
	                              .temperature = config->temperature,
	                              .tokens = config->tokens,
	                              .take = hear,
	                              .context = &hearing,
	                              .wait = term_wait,
	                              .wait_context = looking->term};
	struct llm_result result;
	struct llm *llm = llm_new(config);

	json_add_text(message, "role", SLICE("user"));
	json_add_text(message, "content", SLICE("Answer with one word: ready."));
	json_push(messages, message);
	llm_ask(llm, &request, &result);
	put_result(looking, &result);
	keep(looking, host, messages, &hearing, &result);
	llm_close(llm);
	json_free(messages);
	strbuf_release(&hearing.text);
}

static void look_at_llm(struct looking *looking, bool good, const struct llm_config *config,
                        const struct err *err)
{
	struct slice host;

	if (!good && config->unset) {
		put_row(looking, "LLM", SLICE("none is set, and none is needed: see rehearse(1)"));
		return;
	}
	if (!good) {
		put_trouble(looking, "LLM", err, STATUS_FINDINGS);
		return;
	}
	host = llm_host(config->url, &looking->arena);
	if (host.len == 0) {
		put_row(looking, "LLM",
		        SLICE("its address is no URL: write for instance http://127.0.0.1:8080"));
		worsen(looking, STATUS_FINDINGS);
		return;
	}
	put_settings(looking, config, host);
	if (consents(looking, host))
		ask(looking, config, host);
}

enum status doctoring_run(const struct options *options, const struct doctoring_request *request)
{
	struct looking looking = {.options = options, .request = request};
	struct term_look look = term_look(1);
	struct llm_config config;
	struct err err = {{0}};
	bool good;

	arena_init(&looking.arena);
	looking.page.width = look.width;
	looking.page.colour = look.colour && !request->plain;
	looking.page.plain = request->plain;
	looking.term = term_open(false);
	look_at_library(&looking);
	good = llm_configure(&looking.arena, &config, &err);
	look_at_log(&looking, good);
	look_at_llm(&looking, good, &config, &err);
	term_close(looking.term);
	store_close(looking.store);
	page_release(&looking.page);
	arena_release(&looking.arena);
	return looking.status;
}
