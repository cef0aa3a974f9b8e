/* repl_json.c: a conversation for programs: utterances in, one JSON object a line out. */
#include "base/limits.h"
#include "base/utf8.h"
#include "edge/journal.h"
#include "edge/out.h"
#include "edge/report_json.h"
#include "edge/term.h"
#include "edge/voicing.h"
#include "repl_author.h"
#include "repl_finish.h"
#include "repl_log.h"
#include "repl_planned.h"

/* Writes and frees an event. */
static bool send(struct term *term, struct json *event)
{
	struct strbuf line = {0};
	bool fine;

	json_print(event, &line);
	json_free(event);
	strbuf_addc(&line, '\n');
	fine = term_write(term, strbuf_slice(&line));
	strbuf_release(&line);
	return fine;
}

struct conversation {
	const struct repl_play *play;
	struct term *term;
	struct session *session;
	size_t line; /* of the input */
	bool findings; /* some line could not be taken */
	bool over;
};

static bool refuse(struct conversation *talk, const char *why)
{
	talk->findings = true;
	return send(talk->term, report_json_error(talk->line, why));
}

/* Words about the log are for people: standard output is for events. */
static void say(struct strbuf *words)
{
	struct strbuf line = {0};

	if (words->len) {
		strbuf_addf(&line, "rehearse: %s", words->at);
		out_note(strbuf_slice(&line));
	}
	strbuf_release(&line);
	strbuf_release(words);
}

static void keep(struct conversation *talk)
{
	struct strbuf words = {0};

	journal_keep(talk->play->journal, talk->session, &words);
	say(&words);
}

static void keep_more(void *context)
{
	keep(context);
}

/* Events are for whole turns. */
static bool show_nothing(void *context, struct slice sentence, bool first)
{
	(void)context;
	(void)sentence;
	(void)first;
	return true;
}

/* The same with an LLM's words; `voice` says whose they were. */
static bool hear_voice(struct conversation *talk, const struct turn *turn)
{
	struct voicing_talk about = {
	        .session = talk->session, .keep = keep_more, .show = show_nothing, .context = talk};
	struct voicing_result result;
	struct json *event;

	keep(talk);
	/* It has a row only now that something of it is kept. */
	about.attempt = journal_attempt(talk->play->journal);
	voicing_answer(talk->play->voicing, &about, &result);
	event = report_json_turn(turn, talk->play->trace);
	json_add_text(event, "voice", result.model ? SLICE("llm") : SLICE("script"));
	if (result.fault.len)
		json_add_text(event, "voice_fault", result.fault);
	talk->over = session_ended(talk->session);
	return send(talk->term, event);
}

static bool hear(struct conversation *talk, struct slice said)
{
	const struct turn *turn;

	if (slice_trim(said).len == 0)
		said = SLICE("");
	turn = session_hear(talk->session, said, 0);
	if (!turn)
		BUG("an utterance after the end");
	if (talk->play->voicing)
		return hear_voice(talk, turn);
	session_reply(talk->session, turn->line);
	keep(talk);
	talk->over = session_ended(talk->session);
	return send(talk->term, report_json_turn(turn, talk->play->trace));
}

/* Back to before a turn, the attempt so far is kept. */
static bool go_back(struct conversation *talk, uint32_t turn)
{
	struct strbuf words = {0};

	session_rewind(talk->session, turn);
	journal_branch(talk->play->journal, talk->session, turn, &words);
	say(&words);
	return send(talk->term, report_json_rewind(talk->session));
}

static bool rewind_to(struct conversation *talk, struct slice argument)
{
	size_t turns = session_turns(talk->session);
	long turn;

	if (!slice_int(argument, 1, (long)turns, &turn))
		return refuse(talk, "there is no such turn to go back to");
	return go_back(talk, (uint32_t)turn);
}

static bool command(struct conversation *talk, struct slice line)
{
	struct slice name;

	slice_word(&line, &name);
	if (slice_is(name, "/rewind"))
		return rewind_to(talk, slice_trim(line));
	if (slice_is(name, "/redo") && session_turns(talk->session) == 0)
		return refuse(talk, "nothing has been said yet");
	if (slice_is(name, "/redo"))
		return go_back(talk, (uint32_t)session_turns(talk->session));
	if (!slice_is(name, "/end") && !slice_is(name, "/quit"))
		return refuse(talk, "only /redo, /rewind N, /end and /quit are commands here; an "
		                    "utterance that begins with a slash is written with two");
	session_end(talk->session);
	talk->over = true;
	return true;
}

/* False when nobody reads any more. */
static bool take(struct conversation *talk, struct slice line)
{
	if (utf8_invalid(line) < line.len)
		return refuse(talk, "not valid UTF-8");
	if (line.len && line.at[0] == '/') {
		if (!slice_starts(line, SLICE("//")))
			return command(talk, slice_trim(line));
		line = slice_sub(line, 1, line.len);
	}
	return hear(talk, line);
}

static bool read_next(struct conversation *talk, struct strbuf *line)
{
	talk->line++;
	switch (term_read(talk->term, "", "", LIMIT_UTTERANCE_BYTES, line)) {
	case TERM_LINE:
		return take(talk, strbuf_slice(line));
	case TERM_LONG:
		return refuse(talk, "longer than an utterance may be");
	case TERM_END:
		session_end(talk->session);
		talk->over = true;
		return true;
	case TERM_LEAVE: /* to be gone on with */
	case TERM_UNREADABLE:
		break;
	}
	return false;
}

static struct json *debrief_json(const struct conversation *talk, const struct debrief *debrief)
{
	struct json *event = report_json_debrief(debrief);
	struct json *plan = planned_json(talk->play, talk->session);

	if (plan)
		json_add(event, "plan", plan);
	return event;
}

static bool look_back(struct conversation *talk)
{
	struct arena arena;
	struct arena past;
	struct debrief debrief;
	bool fine;

	arena_init(&arena);
	arena_init(&past);
	fine = send(talk->term, report_json_end(talk->session));
	if (fine) {
		struct strbuf words = {0};

		repl_recall(talk->play, talk->session, &past);
		debrief_make(talk->session, &arena, &debrief);
		repl_end_attempt(talk->play->journal, &debrief, &words);
		say(&words);
		fine = send(talk->term, debrief_json(talk, &debrief));
	}
	arena_release(&past);
	arena_release(&arena);
	return fine;
}

/* What is gone on with, as if it were said just now. */
static bool send_turns(struct conversation *talk)
{
	size_t turns = session_turns(talk->session);
	bool fine = true;
	size_t i;

	for (i = 1; fine && i <= turns; i++)
		fine = send(talk->term,
		            report_json_turn(session_turn(talk->session, i), talk->play->trace));
	talk->over = session_ended(talk->session);
	return fine;
}

enum repl_result repl_run_json(const struct repl_play *play, struct term *term, struct err *err)
{
	struct conversation talk = {.play = play, .term = term};
	enum repl_result result = REPL_FINE;
	struct strbuf line = {0};
	bool fine;

	talk.session = session_new(play->scenario, play->ruleset, play->detector, play->seed);
	session_practise(talk.session, play->focus);
	if (play->resumed)
		repl_replay(play, talk.session);
	if (play->start && !author_begin(play->start, talk.session, err)) {
		session_free(talk.session);
		return REPL_WRONG;
	}
	fine = send(term, report_json_start(talk.session)) && send_turns(&talk);
	while (fine && !talk.over)
		fine = read_next(&talk, &line);
	if (fine)
		look_back(&talk);
	if (term_trouble(term, err))
		result = REPL_TROUBLE;
	else if (talk.findings)
		result = REPL_FINDINGS;
	session_free(talk.session);
	strbuf_release(&line);
	return result;
}
