/* consent.c: see consent.h. */
#include "edge/consent.h"

#include "base/limits.h"
#include "edge/clock.h"
#include "edge/file.h"
#include "edge/page.h"
#include "edge/report.h"
#include "edge/store_llm.h"

#define ANSWER_BYTES 100

bool consent_settings(struct arena *arena, struct llm_config *config, struct slice *host,
                      struct err *err)
{
	if (!llm_configure(arena, config, err))
		return false;
	*host = llm_host(config->url, arena);
	if (host->len == 0)
		err_set(err, "the address of the LLM is no URL: write for instance "
		             "http://127.0.0.1:8080");
	return host->len > 0;
}

static struct prompt_file *load(struct slice path, struct err *err)
{
	struct prompt_file *file = NULL;
	struct strbuf text = {0};
	struct diags diags = {0};
	struct strbuf words = {0};

	if (file_read(path, LIMIT_FILE_BYTES, &text, err))
		file = prompt_load(path, strbuf_slice(&text), &diags);
	if (diags.errors) {
		diags_print(&diags, &words);
		err_set(err, "%.*s", SLICE_ARGS(slice_sub(strbuf_slice(&words), 0, 400)));
		prompt_free(file);
		file = NULL;
	}
	strbuf_release(&words);
	strbuf_release(&text);
	diags_release(&diags);
	return file;
}

struct prompt_file *consent_prompt(const struct library *library, const char *name, struct err *err)
{
	struct prompt_file *file;
	struct arena arena;
	struct slice path, own;

	arena_init(&arena);
	path = slice_format(&arena, "scenarios/prompts/%s", name);
	own = library->own.len ? file_join(library->own, path, &arena) : SLICE("");
	path = file_join(library->shipped, path, &arena);
	file = load(own.len && file_kind(own, NULL) == FILE_REGULAR ? own : path, err);
	arena_release(&arena);
	return file;
}

static void put_voice(struct page *page, bool masked)
{
	page_addz(page, STYLE_PLAIN,
	          ", with the brief, who the ECT is and what the ECT knows. Your practice log, "
	          "plans and notes are not. ");
	page_addz(page, STYLE_PLAIN,
	          masked ? "Names that the scenario and your plan know are masked; others "
	                   "you type are not."
	                 : "Names go with it, unless you say --no-names.");
}

static void put_review(struct page *page, bool masked)
{
	page_addz(
	        page, STYLE_PLAIN,
	        ", word for word, with what the moves are. Your practice log, plans and notes are "
	        "not. If the conversation was a real one, somebody else's words go with yours. ");
	page_addz(page, STYLE_PLAIN,
	          masked ? "Words that look like names are masked; some may be missed."
	                 : "Names go with it, unless you say --no-names.");
}

static void put_question(const struct consent_wish *wish, struct slice host, struct term *term)
{
	struct term_look look = term_look(1);
	struct page page = {
	        .width = look.width, .colour = look.colour && !wish->plain, .plain = wish->plain};

	page_gap(&page);
	page_begin(&page, REPORT_MARGIN, REPORT_MARGIN);
	page_addz(&page, STYLE_PLAIN,
	          wish->what == CONSENT_VOICE
	                  ? "With an LLM, what you and the ECT say is sent to "
	                  : "For a second opinion the conversation is sent to ");
	page_add(&page, STYLE_BOLD, host);
	if (wish->what == CONSENT_VOICE)
		put_voice(&page, wish->masked);
	else
		put_review(&page, wish->masked);
	page_end(&page);
	term_write(term, strbuf_slice(&page.out));
	page_release(&page);
}

bool consent_asked(struct term *term, bool plain)
{
	struct strbuf line = {0};
	bool yes;

	yes = term_read(term, plain ? "Send it? yes or no: " : "  Send it? yes or no: ",
	                "  Ctrl-C again to leave.", ANSWER_BYTES, &line) == TERM_LINE &&
	      slice_is(slice_trim(strbuf_slice(&line)), "yes");
	strbuf_release(&line);
	return yes;
}

/* Without the log: as given on the command line, or as answered. */
static bool says_so(const struct consent_wish *wish, struct slice host, struct term *term,
                    struct err *err)
{
	const char *what = wish->what == CONSENT_VOICE ? "what is said" : "the conversation";
	struct slice shown = slice_sub(host, 0, 100);

	if (wish->given.len && slice_eq(wish->given, host))
		return true;
	if (wish->given.len) {
		err_set(err,
		        "consent was given to ‘%.*s’, and the LLM is at ‘%.*s’: nothing is sent",
		        SLICE_ARGS(slice_sub(wish->given, 0, 100)), SLICE_ARGS(shown));
		return false;
	}
	if (!term_is_live(term)) {
		err_set(err,
		        "nobody is here to ask whether %s may be sent to ‘%.*s’, so "
		        "nothing is sent; ‘--consent %.*s’ says so",
		        what, SLICE_ARGS(shown), SLICE_ARGS(shown));
		return false;
	}
	put_question(wish, host, term);
	if (consent_asked(term, wish->plain))
		return true;
	err_set(err, wish->what == CONSENT_VOICE ? "nothing is sent; the script answers"
	                                         : "nothing is sent");
	return false;
}

bool consent_given(const struct consent_wish *wish, struct slice host, struct store *store,
                   struct term *term, struct err *err)
{
	struct arena arena;
	struct slice kept = host;
	struct err unkept;
	bool given;

	arena_init(&arena);
	if (wish->what == CONSENT_REVIEW)
		kept = slice_format(&arena, "%.*s review", SLICE_ARGS(host));
	given = store && store_consented(store, kept);
	if (!given) {
		given = says_so(wish, host, term, err);
		if (given && store)
			store_consent(store, kept, clock_now(), &unkept);
	}
	arena_release(&arena);
	return given;
}
