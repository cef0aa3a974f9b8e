/* repl_drill.c: see repl_drill.h. */
#include "repl_drill.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "edge/clock.h"
#include "edge/out.h"
#include "edge/report.h"
#include "edge/report_drill.h"
#include "edge/report_json.h"
#include "edge/term.h"

#define AGAIN "       Ctrl-C again to leave, or go on typing."

enum next { NEXT_ASK, NEXT_PROMPT, NEXT_END, NEXT_QUIT };

/* A round under way. */
struct drilling {
	const struct repl_drill *round;
	struct term *term;
	struct store *store; /* NULL once it failed */
	int64_t number; /* of the round in the log */
	int64_t logged; /* the row of the last answer; 0: none */
	struct page page; /* what will be shown next */
	struct arena arena; /* of the last answer */
	struct slice said; /* the last answer … */
	struct detections heard; /* … what was heard in it … */
	struct near_miss miss; /* … and why not the move, when it was none */
	bool answered; /* there was one */
	bool hit;
	const struct drill_item *judged; /* the item it answered */
	const struct drill_item *item; /* at hand */
	size_t at; /* its number, from 1 */
	size_t line; /* of the input, from 1 */
	double asked; /* when it was shown */
	bool live;
	bool json;
	bool told; /* how to object */
	bool findings;
};

static bool show(struct drilling *d)
{
	bool fine = term_write(d->term, strbuf_slice(&d->page.out));

	strbuf_clear(&d->page.out);
	d->page.width = term_look(1).width;
	return fine;
}

static bool send(struct drilling *d, struct json *event)
{
	struct strbuf line = {0};
	bool fine;

	json_print(event, &line);
	json_free(event);
	strbuf_addc(&line, '\n');
	fine = term_write(d->term, strbuf_slice(&line));
	strbuf_release(&line);
	return fine;
}

static void say(struct drilling *d, const char *text)
{
	page_textz(&d->page, REPORT_SPEECH, STYLE_DIM, text);
}

/* The log failed: said once, then the round goes on without it. */
static void lose_log(struct drilling *d, const struct err *err)
{
	struct strbuf words = {0};

	strbuf_addf(&words, "rehearse: %s; this drill goes on, but is not kept", err->text);
	d->store = NULL;
	d->logged = 0;
	out_note(strbuf_slice(&words));
	strbuf_release(&words);
}

static void keep(struct drilling *d, const struct drill_verdict *verdict, double seconds)
{
	struct store_drill row = {.round = d->number,
	                          .at = clock_now(),
	                          .deck = d->item->deck->id,
	                          .prompt = d->item->prompt->id,
	                          .move = d->item->ask->move->id,
	                          .utterance = d->said,
	                          .hit = verdict->hit,
	                          .tries = verdict->tries,
	                          .seconds = seconds};
	struct err err;

	d->logged = 0;
	if (!d->store)
		return;
	if (store_add_drill(d->store, &row, &err))
		d->logged = row.id;
	else
		lose_log(d, &err);
}

static void begin_log(struct drilling *d)
{
	struct err err;

	if (d->store && !store_drill_round(d->store, &d->number, &err))
		lose_log(d, &err);
}

static bool put_prompt(struct drilling *d)
{
	size_t of = drill_length(d->round->drill);

	d->item = drill_next(d->round->drill);
	if (!d->item)
		return false;
	d->at++;
	if (d->json)
		return send(d, report_drill_json_prompt(d->item, d->at, of));
	report_drill_prompt(&d->page, d->item, d->at, of, d->round->limit);
	return true;
}

static enum next answer(struct drilling *d, struct slice said)
{
	double seconds = clock_now() - d->asked;
	struct drill_verdict verdict;

	if (slice_trim(said).len == 0)
		said = SLICE("");
	if (seconds < 0)
		seconds = 0; /* the clock was put back */
	arena_clear(&d->arena);
	d->said = slice_copy(&d->arena, said);
	drill_answer(d->round->drill, said, seconds, &d->arena, &verdict);
	d->heard = verdict.heard;
	d->answered = true;
	d->hit = verdict.hit;
	d->judged = d->item;
	if (!verdict.hit)
		drill_why_not(d->round->drill, d->said, &d->arena, &d->miss);
	keep(d, &verdict, seconds);
	if (d->json)
		return send(d, report_drill_json_answer(d->item, d->at, d->said, &verdict, seconds))
		               ? (verdict.over ? NEXT_PROMPT : NEXT_ASK)
		               : NEXT_QUIT;
	report_drill_verdict(&d->page, d->item, &verdict, seconds, d->round->limit);
	if (!verdict.hit && !verdict.close && !d->told && d->live) {
		say(d, d->page.plain ? "If it was one, say so with /count."
		                     : "(If it was one, say so with /count.)");
		d->told = true;
	}
	d->asked = clock_now();
	return verdict.over ? NEXT_PROMPT : NEXT_ASK;
}

static enum next run_help(struct drilling *d);

static enum next run_hint(struct drilling *d)
{
	struct arena arena;

	arena_init(&arena);
	page_text(&d->page, REPORT_SPEECH, STYLE_PLAIN, drill_hint(d->item, &arena));
	arena_release(&arena);
	return NEXT_ASK;
}

static enum next run_why(struct drilling *d)
{
	if (!d->answered)
		say(d, "You have not answered yet. /hint gives a nudge.");
	else
		report_drill_why(&d->page, d->judged, d->said, &d->heard, d->hit ? NULL : &d->miss);
	return NEXT_ASK;
}

static enum next run_count(struct drilling *d)
{
	struct err err;
	bool over;

	if (!drill_accept(d->round->drill, &over)) {
		say(d, "There is no answer of yours that was not counted.");
		return NEXT_ASK;
	}
	d->hit = true;
	if (d->store && d->logged && !store_accept_drill(d->store, d->logged, &err))
		lose_log(d, &err);
	page_begin(&d->page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(&d->page, STYLE_PLAIN, "Counted as ");
	report_id(&d->page, STYLE_PLAIN, d->judged->ask->move->id);
	page_addz(&d->page, STYLE_PLAIN, ": you were there, I only have rules.");
	page_end(&d->page);
	return over ? NEXT_PROMPT : NEXT_ASK;
}

static enum next run_skip(struct drilling *d)
{
	report_drill_better(&d->page, drill_skip(d->round->drill));
	return NEXT_PROMPT;
}

static enum next run_end(struct drilling *d)
{
	(void)d;
	return NEXT_END;
}

static enum next run_quit(struct drilling *d)
{
	(void)d;
	return NEXT_QUIT;
}

static const struct {
	const char *name;
	const char *about;
	enum next (*run)(struct drilling *d);
} commands[] = {
        {"/help", "this list", run_help},
        {"/hint", "a nudge for this one", run_hint},
        {"/why", "what was heard in your last answer, and what came nearest", run_why},
        {"/count", "your last answer was the move after all: count it", run_count},
        {"/skip", "a good version, and on to the next", run_skip},
        {"/end", "sum up now", run_end},
        {"/quit", "leave at once", run_quit},
};
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

const char *const repl_drill_names[] = {"/help", "/hint", "/why",  "/count",
                                        "/skip", "/end",  "/quit", NULL};

static enum next run_help(struct drilling *d)
{
	size_t i;

	page_textz(&d->page, REPORT_MARGIN, STYLE_PLAIN,
	           "Say it as you would to that person; it is judged at once. Enter alone is a "
	           "silence. After two misses a good version is shown.");
	for (i = 0; i < COMMANDS; i++) {
		page_begin(&d->page, REPORT_MARGIN, REPORT_MARGIN + 10);
		page_addz(&d->page, STYLE_BOLD, commands[i].name);
		if (d->page.plain)
			page_addz(&d->page, STYLE_PLAIN, ": ");
		else
			page_tab(&d->page, REPORT_MARGIN + 10);
		page_addz(&d->page, STYLE_PLAIN, commands[i].about);
		page_end(&d->page);
	}
	return NEXT_ASK;
}

static enum next unknown(struct drilling *d, struct slice name)
{
	struct nearest nearest;
	struct arena arena;
	size_t i;

	arena_init(&arena);
	nearest_init(&nearest, name);
	for (i = 0; i < COMMANDS; i++)
		nearest_offer(&nearest, slice_of(commands[i].name));
	page_begin(&d->page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(&d->page, STYLE_DIM, "There is no command ‘");
	page_add(&d->page, STYLE_DIM, slice_sub(name, 0, 40));
	page_addf(&d->page, STYLE_DIM, "’%s%s /help lists them.", nearest_hint(&nearest, &arena),
	          nearest.best.len ? "" : ".");
	page_end(&d->page);
	arena_release(&arena);
	d->findings = true;
	return NEXT_ASK;
}

static enum next command(struct drilling *d, struct slice line)
{
	struct slice rest = line;
	struct slice name;
	size_t i;

	slice_word(&rest, &name);
	for (i = 0; i < COMMANDS; i++) {
		if (slice_is(name, commands[i].name))
			return commands[i].run(d);
	}
	return unknown(d, name);
}

static enum next refuse(struct drilling *d, const char *why)
{
	d->findings = true;
	if (d->json)
		return send(d, report_json_error(d->line, why)) ? NEXT_ASK : NEXT_QUIT;
	say(d, why);
	return NEXT_ASK;
}

static enum next take(struct drilling *d, struct slice line)
{
	if (utf8_invalid(line) < line.len)
		return refuse(d, "That line is not UTF-8 text, so it was not heard.");
	if (line.len && line.at[0] == '/') {
		struct slice name = slice_trim(line);

		if (slice_starts(line, SLICE("//")))
			return answer(d, slice_sub(line, 1, line.len));
		if (!d->json)
			return command(d, line);
		if (slice_is(name, "/end") || slice_is(name, "/quit"))
			return NEXT_END;
		if (slice_is(name, "/skip")) {
			drill_skip(d->round->drill);
			return NEXT_PROMPT;
		}
		return refuse(d, "Only /skip, /end and /quit are commands here; an answer that "
		                 "begins with a slash is written with two.");
	}
	return answer(d, line);
}

static enum next read_next(struct drilling *d, const char *prompt, struct strbuf *line)
{
	if (!d->json && !show(d))
		return NEXT_QUIT;
	d->line++;
	switch (term_read(d->term, prompt, AGAIN, LIMIT_UTTERANCE_BYTES, line)) {
	case TERM_LINE:
		return NEXT_ASK;
	case TERM_LONG:
		strbuf_clear(line);
		refuse(d, "That was longer than anybody can take in at once, so it was not heard.");
		return NEXT_PROMPT;
	case TERM_END:
		return NEXT_END;
	case TERM_LEAVE:
	case TERM_UNREADABLE:
		break;
	}
	return NEXT_QUIT;
}

/* One prompt, until it is hit, missed twice or left. */
static enum next ask(struct drilling *d, struct strbuf *line)
{
	enum next next = NEXT_ASK;

	d->asked = clock_now();
	while (next == NEXT_ASK) {
		next = read_next(d, d->page.plain ? "you> " : "  you> ", line);
		if (next == NEXT_PROMPT) { /* not heard */
			next = NEXT_ASK;
		} else if (next == NEXT_ASK) {
			next = take(d, strbuf_slice(line));
			term_remember(d->term, strbuf_slice(line));
		}
	}
	return next;
}

/* After a miss that stands: time to read, or to object. */
static enum next pause_for(struct drilling *d, struct strbuf *line)
{
	enum next next = NEXT_ASK;

	if (!d->live || d->hit)
		return NEXT_PROMPT;
	while (next == NEXT_ASK) {
		struct slice typed;

		next = read_next(d,
		                 d->page.plain ? "Enter for the next one> "
		                               : "  Enter for the next one> ",
		                 line);
		if (next == NEXT_PROMPT) {
			next = NEXT_ASK;
			continue;
		}
		typed = slice_trim(strbuf_slice(line));
		if (next != NEXT_ASK)
			break;
		if (typed.len == 0 || slice_is(typed, "/skip") || slice_is(typed, "n"))
			next = NEXT_PROMPT;
		else if (slice_is(typed, "q"))
			next = NEXT_QUIT;
		else if (typed.at[0] == '/' && utf8_invalid(typed) == typed.len)
			next = command(d, typed);
		else
			say(d, "Good to have tried it once more. Enter for the next one.");
		if (d->hit)
			next = NEXT_PROMPT;
	}
	return next;
}

static bool sum_up(struct drilling *d)
{
	struct drill_summary summary;
	struct arena arena;
	bool fine = true;

	arena_init(&arena);
	drill_sum(d->round->drill, &arena, &summary);
	if (d->json)
		fine = send(d, report_drill_json_summary(&summary));
	else
		report_drill_summary(&d->page, &summary, d->round->limit);
	arena_release(&arena);
	return fine;
}

static enum repl_result drill_through(struct drilling *d, struct err *err)
{
	enum repl_result result = REPL_FINE;
	struct strbuf line = {0};
	enum next next = NEXT_PROMPT;

	begin_log(d);
	while (next == NEXT_PROMPT && put_prompt(d)) {
		next = ask(d, &line);
		if (next == NEXT_PROMPT)
			next = pause_for(d, &line);
	}
	if (next != NEXT_QUIT)
		sum_up(d);
	if (!d->json)
		show(d);
	if (term_trouble(d->term, err))
		result = REPL_TROUBLE;
	else if (term_signal(d->term))
		result = REPL_KILLED;
	else if (d->findings && !d->live)
		result = REPL_FINDINGS;
	strbuf_release(&line);
	arena_release(&d->arena);
	page_release(&d->page);
	return result;
}

static void compile(void *context)
{
	const struct repl_drill *round = context;

	detector_compile(round->detector, round->late);
}

enum repl_result repl_drill_run(const struct repl_drill *round, struct term *term, struct err *err)
{
	struct term_look look = term_look(1);
	struct drilling d = {
	        .round = round, .term = term, .store = round->store, .live = term_is_live(term)};
	struct repl_drill meanwhile = *round;
	size_t length = drill_length(round->drill);

	d.page = (struct page){
	        .width = look.width, .colour = look.colour && !round->plain, .plain = round->plain};
	page_gap(&d.page);
	page_begin(&d.page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(&d.page, STYLE_PLAIN, "%zu line%s, one move asked for each time. ", length,
	          length == 1 ? "" : "s");
	if (d.live)
		page_addz(&d.page, STYLE_DIM,
		          round->plain ? "/help for help. Enter alone is a silence."
		                       : "/help for help · Enter alone is a silence");
	page_end(&d.page);
	if (round->late)
		term_meanwhile(term, compile, &meanwhile);
	return drill_through(&d, err);
}

enum repl_result repl_drill_json(const struct repl_drill *round, struct term *term, struct err *err)
{
	struct drilling d = {.round = round, .term = term, .store = round->store, .json = true};

	return drill_through(&d, err);
}
