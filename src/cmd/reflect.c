/* reflect.c: `rehearse reflect [SESSION]`. */
#include "cmd/command.h"
#include "edge/clock.h"
#include "edge/reflecting.h"
#include "edge/report.h"
#include "edge/term.h"

/* The attempt that is named, or the last. */
static bool find(struct store *store, struct slice which, struct arena *arena,
                 struct store_session *session, struct store_attempt *attempt, struct err *err)
{
	int64_t last;

	if (which.len)
		return store_find(store, which, arena, session, attempt, err);
	if (!store_last_attempt(store, &last, err))
		return false;
	if (last)
		return store_load_attempt(store, last, arena, session, attempt, err);
	err_set(err, "nothing was practised yet; ‘rehearse play’ begins");
	return false;
}

static void head(struct page *page, const struct store_session *session,
                 const struct store_attempt *attempt)
{
	struct strbuf day = {0};

	clock_day(attempt->started, &day);
	page_gap(page);
	page_heading(page, REPORT_MARGIN, session->title);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(page, STYLE_DIM, "With %.*s, %s, attempt %lld.%u.", SLICE_ARGS(session->name),
	          day.at, (long long)session->id, attempt->number);
	page_end(page);
	strbuf_release(&day);
}

static enum status reflect(struct store *store, struct slice which, struct term *term,
                           struct page *page, struct arena *arena)
{
	struct store_session session;
	struct store_attempt attempt;
	struct err err;
	struct reflecting with = {.store = store, .term = term};

	if (!find(store, which, arena, &session, &attempt, &err)) {
		out_err(&err);
		return STATUS_USAGE;
	}
	head(page, &session, &attempt);
	with.session = session.id;
	with.attempt = attempt.id;
	if (reflecting_run(&with, page, &err))
		return STATUS_FINE;
	out_err(&err);
	return STATUS_TROUBLE;
}

static enum status with_log(struct slice which, struct term *term, struct page *page,
                            struct arena *arena)
{
	enum status status;
	struct store *store;
	struct err err;

	store = store_open(STORE_WRITE, &err);
	if (!store) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = reflect(store, which, term, page, arena);
	store_close(store);
	return status;
}

static enum status run(const struct options *options, struct arena *arena)
{
	struct term_look look = term_look(1);
	bool plain = options_have(options, "plain");
	struct page page = {.width = look.width, .colour = look.colour && !plain, .plain = plain};
	struct slice which = options->word_count ? options->words[0] : SLICE("");
	enum status status;
	struct term *term;

	term = term_open(false);
	status = with_log(which, term, &page, arena);
	term_write(term, strbuf_slice(&page.out));
	if (term_signal(term))
		status = (enum status)(128 + term_signal(term));
	page_release(&page);
	term_close(term);
	return status;
}

const struct command cmd_reflect = {
        .name = "reflect",
        .summary = "write down what helped, and what you mean to do",
        .usage = "[SESSION]",
        .help = "Asks what helped, what got in the way, what was missing, and for one intention\n"
                "for the real conversation with its day; of the last attempt, or of the session\n"
                "or attempt named (12, 12.2). Each is optional and kept with the attempt. Without\n"
                "a terminal each line of standard input is an answer, in that order; an empty\n"
                "line leaves one out.\n"
                "\n"
                "‘rehearse progress --intentions’ asks how it went when the day has come.\n",
        .words_max = 1,
        .run = run,
};
