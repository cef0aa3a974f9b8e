/* repl.c: see repl.h. */
#include "repl.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "edge/report.h"
#include "edge/term.h"
#include "repl_author.h"
#include "repl_commands.h"
#include "repl_finish.h"
#include "repl_log.h"
#include "repl_planned.h"
#include "repl_room.h"
#include "repl_voice.h"

#define AGAIN "       Ctrl-C again to leave, or go on typing."

bool repl_show(struct repl *repl)
{
	bool fine = term_write(repl->term, strbuf_slice(&repl->page.out));

	strbuf_clear(&repl->page.out);
	repl->page.width = term_look(1).width;
	return fine;
}

static const char *prompt(const struct repl *repl)
{
	return repl->play->plain ? "you> " : "  you> ";
}

static void say_opening(struct repl *repl, struct slice line)
{
	page_gap(&repl->page);
	report_speech(&repl->page, repl->play->scenario->name, line);
}

/* With this turn, and not before: so it is said once. */
static bool bell_is_near(const struct repl *repl, const struct turn *turn)
{
	double near = (double)repl->play->scenario->minutes - 2;
	double before =
	        turn->number > 1 ? session_turn(repl->session, turn->number - 1)->minutes : 0;

	return near > 0 && before < near && turn->minutes >= near;
}

static void heard(struct repl *repl, const struct turn *turn)
{
	if (repl->play->coach == COACH_HINTS)
		report_heard(&repl->page, turn);
	else if (repl->play->coach == COACH_FULL)
		report_heard_fully(&repl->page, turn);
	if (repl->play->coach != COACH_OFF)
		report_focus_so_far(&repl->page, repl->session, turn);
}

static void answer(struct repl *repl, const struct turn *turn)
{
	const struct slice name = repl->play->scenario->name;

	heard(repl, turn);
	if (repl->play->voicing)
		repl_voice(repl);
	else if (turn->line.len)
		report_speech(&repl->page, name, turn->line);
	if (turn->ending_line.len)
		report_speech(&repl->page, name, turn->ending_line);
	else if (repl->play->coach != COACH_OFF && bell_is_near(repl, turn))
		page_textz(&repl->page, REPORT_SPEECH, STYLE_DIM, "Two minutes before the bell.");
}

enum repl_next repl_say(struct repl *repl, struct slice said)
{
	const struct turn *turn;
	enum repl_next next = REPL_GO_ON;

	if (slice_trim(said).len == 0)
		said = SLICE("");
	turn = session_hear(repl->session, said, 0);
	if (!turn)
		BUG("an utterance after the end");
	if (!repl->play->voicing)
		session_reply(repl->session, turn->line);
	repl_keep(repl);
	if (repl->room)
		next = room_heard(repl, turn);
	if (next != REPL_GO_ON)
		return next;
	answer(repl, turn);
	author_explain(repl, turn);
	if (repl->room)
		next = room_answered(repl, turn);
	if (turn->number == LIMIT_TURNS && !turn->ending)
		page_textz(&repl->page, REPORT_SPEECH, STYLE_DIM,
		           "The bell has gone: no conversation is longer than this one.");
	if (next == REPL_GO_ON && session_ended(repl->session))
		next = REPL_END;
	return next;
}

/* What was typed, an utterance or a command. */
static enum repl_next take(struct repl *repl, struct slice line)
{
	size_t bad = utf8_invalid(line);

	if (bad < line.len) {
		page_textz(
		        &repl->page, REPORT_SPEECH, STYLE_DIM,
		        "That line is not UTF-8 text, so it was not heard. Please type it again.");
		return REPL_UNKNOWN;
	}
	if (line.len && line.at[0] == '/') {
		if (line.len < 2 || line.at[1] != '/')
			return repl_command(repl, line);
		line = slice_sub(line, 1, line.len);
	}
	return repl_say(repl, line);
}

static void too_long(struct repl *repl)
{
	page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
	page_addf(&repl->page, STYLE_DIM,
	          "That was more than anybody can take in at once (over %u bytes), so %.*s did not "
	          "hear "
	          "it. Please say it shorter.",
	          LIMIT_UTTERANCE_BYTES, SLICE_ARGS(repl->play->scenario->name));
	page_end(&repl->page);
}

/* Talks until the conversation is over. REPL_END: with a debrief; REPL_QUIT: without. */
static enum repl_next converse(struct repl *repl, bool *findings)
{
	struct strbuf line = {0};
	enum repl_next next = REPL_GO_ON;

	while (next == REPL_GO_ON) {
		if (!repl_show(repl)) {
			next = REPL_QUIT;
			break;
		}
		switch (term_read(repl->term, prompt(repl), AGAIN, LIMIT_UTTERANCE_BYTES, &line)) {
		case TERM_LINE:
			next = take(repl, strbuf_slice(&line));
			repl_keep(repl); /* hints and strikes too */
			term_remember(repl->term, strbuf_slice(&line));
			break;
		case TERM_LONG:
			too_long(repl);
			next = REPL_UNKNOWN;
			break;
		case TERM_END:
			session_end(repl->session);
			next = REPL_END;
			break;
		case TERM_LEAVE:
		case TERM_UNREADABLE:
			next = REPL_QUIT;
			break;
		}
		if (next == REPL_UNKNOWN) {
			*findings = true;
			next = REPL_GO_ON;
		}
	}
	strbuf_release(&line);
	return next;
}

/* Where the debrief invites the mentor back to. */
static uint32_t turn_to_try(const struct debrief *debrief)
{
	return debrief->step.present && debrief->step.turn ? debrief->step.turn : 1;
}

static void offer(struct repl *repl, const struct debrief *debrief)
{
	struct arena arena;
	const char *between = repl->play->plain ? ", " : " · ";
	uint32_t turn = turn_to_try(debrief);
	struct slice enter;

	arena_init(&arena);
	enter = turn > 1 ? slice_format(&arena, "Enter to go back to turn %u", turn)
	                 : SLICE("Enter to start again");
	if (!repl->live)
		report_next(&repl->page, slice_format(&arena, "rehearse play %.*s",
		                                      SLICE_ARGS(repl->play->scenario->id))
		                                 .at);
	else
		report_next(&repl->page, slice_format(&arena, "%.*s%sm more%s%s%s%s%sq leave",
		                                      SLICE_ARGS(enter), between, between,
		                                      repl_may_reflect(repl) ? "r reflect" : "",
		                                      repl_may_reflect(repl) ? between : "",
		                                      repl->play->voicing ? "o opinion" : "",
		                                      repl->play->voicing ? between : "")
		                                 .at);
	arena_release(&arena);
}

/* What was asked for after a debrief. The turn to go back to; 0 to be asked again, or with `*leave`
 * to leave. */
static uint32_t take_after(struct repl *repl, const struct debrief *debrief, struct slice line,
                           bool *leave)
{
	struct slice rest = slice_sub(line, line.len && line.at[0] == '/', line.len);
	struct slice word = {0};

	if (!slice_word(&rest, &word))
		return turn_to_try(debrief);
	rest = slice_trim(rest);
	if (slice_is(word, "rewind"))
		return repl_turn(repl, rest);
	if (slice_is(word, "redo"))
		return (uint32_t)session_turns(repl->session);
	if (slice_is(word, "q") || slice_is(word, "quit") || slice_is(word, "end")) {
		*leave = true;
	} else if (slice_is(word, "m") || slice_is(word, "more")) {
		report_more(&repl->page, debrief);
		planned_more(repl);
		page_gap(&repl->page);
		offer(repl, debrief);
	} else if (slice_is(word, "compare")) {
		repl_compare(repl, rest);
		offer(repl, debrief);
	} else if (slice_is(word, "save")) {
		repl_save(repl, rest);
	} else if (repl->live && (slice_is(word, "r") || slice_is(word, "reflect"))) {
		repl_reflect(repl);
		offer(repl, debrief);
	} else if (repl->live && repl->play->voicing &&
	           (slice_is(word, "o") || slice_is(word, "opinion"))) {
		repl_opinion(repl);
		offer(repl, debrief);
	} else if (repl->live) {
		page_begin(&repl->page, REPORT_MARGIN, REPORT_MARGIN);
		page_addf(&repl->page, STYLE_DIM, "Enter, m%s%s or q, please.",
		          repl_may_reflect(repl) ? ", r" : "", repl->play->voicing ? ", o" : "");
		page_end(&repl->page);
	} else {
		*leave = true;
	}
	return 0;
}

/* Asks what to do after the debrief. The turn to try again from, or 0 to leave. From a pipe only
 * commands are taken: what else is left of it was meant for a longer conversation. */
static uint32_t ask_after(struct repl *repl, const struct debrief *debrief)
{
	struct strbuf line = {0};
	bool leave = false;
	uint32_t turn = 0;

	while (turn == 0 && !leave && repl_show(repl)) {
		struct slice said;

		if (term_read(repl->term, repl->play->plain ? "> " : "  > ", AGAIN,
		              LIMIT_UTTERANCE_BYTES, &line) != TERM_LINE)
			break;
		said = slice_trim(strbuf_slice(&line));
		if (!repl->live && !slice_starts(said, SLICE("/")))
			break;
		turn = take_after(repl, debrief, said, &leave);
	}
	strbuf_release(&line);
	return turn;
}

/* The debrief and what follows. True when the conversation goes on from an earlier turn. */
static bool look_back(struct repl *repl)
{
	struct arena arena;
	struct debrief debrief;
	uint32_t turn;

	if (session_turns(repl->session) == 0) {
		page_textz(&repl->page, REPORT_MARGIN, STYLE_PLAIN,
		           "Nothing was said, so there is nothing to look back on.");
		return false;
	}
	arena_init(&arena);
	repl_recall(repl->play, repl->session, &repl->past);
	debrief_make(repl->session, &arena, &debrief);
	repl_look_back(repl, &debrief);
	report_debrief(&repl->page, &debrief);
	planned_told(repl);
	if (repl->room)
		room_report(repl);
	if (repl->play->full) {
		report_more(&repl->page, &debrief);
		planned_more(repl);
		page_gap(&repl->page);
	}
	repl_difference(repl);
	offer(repl, &debrief);
	turn = ask_after(repl, &debrief);
	arena_release(&arena);
	if (turn)
		repl_go_back(repl, turn);
	return turn > 0;
}

static void compile(void *context)
{
	const struct repl *repl = context;

	detector_compile(repl->play->detector, repl->play->late);
}

/* The situation and her first words; or where a conversation stands that is gone on with. */
static void begin(struct repl *repl)
{
	const struct repl_play *play = repl->play;

	if (play->resumed) {
		repl_resumed(repl);
		return;
	}
	page_gap(&repl->page);
	report_brief(&repl->page, play->scenario);
	if (session_focus(repl->session))
		report_focus_chosen(&repl->page, session_focus(repl->session));
	if (repl->live)
		page_textz(&repl->page, REPORT_MARGIN, STYLE_DIM,
		           play->plain ? "/help for help. Enter alone is a pause."
		                       : "/help for help · Enter alone is a pause");
	planned_mention(repl);
	if (repl->room)
		room_welcome(repl);
	if (session_opening(repl->session).len)
		say_opening(repl, session_opening(repl->session));
}

/* Conversations and debriefs by turns, until the mentor has enough. */
static void practise(struct repl *repl, bool *findings)
{
	enum repl_next next;

	do {
		/* What is gone on with may have been over but for the debrief. */
		next = session_ended(repl->session) ? REPL_END : converse(repl, findings);
	} while (next == REPL_END && look_back(repl));
	if (next == REPL_QUIT)
		repl_left(repl);
	repl_show(repl);
}

static enum repl_result converse_and_look_back(struct repl *repl, struct err *err)
{
	bool findings = false;

	begin(repl);
	if (repl->play->late)
		term_meanwhile(repl->term, compile, repl);
	practise(repl, &findings);
	if (term_trouble(repl->term, err))
		return REPL_TROUBLE;
	if (term_signal(repl->term))
		return REPL_KILLED;
	return findings && !repl->live ? REPL_FINDINGS : REPL_FINE;
}

enum repl_result repl_run(const struct repl_play *play, struct term *term, struct err *err)
{
	struct term_look look = term_look(1);
	struct repl repl = {.now = *play, .term = term, .live = term_is_live(term)};
	enum repl_result result;

	repl.play = &repl.now;
	repl.page = (struct page){
	        .width = look.width, .colour = look.colour && !play->plain, .plain = play->plain};
	arena_init(&repl.past);
	repl.session = session_new(play->scenario, play->ruleset, play->detector, play->seed);
	session_practise(repl.session, play->focus);
	if (play->room)
		repl.room = room_new();
	if (play->start && !author_begin(play->start, repl.session, err))
		result = REPL_WRONG;
	else
		result = converse_and_look_back(&repl, err);
	room_free(repl.room);
	arena_release(&repl.past);
	earlier_free(repl.earlier);
	session_free(repl.session);
	page_release(&repl.page);
	return result;
}
