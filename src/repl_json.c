/* repl_json.c: a conversation for programs: utterances in, one JSON object a line out. */
#include "base/limits.h"
#include "base/utf8.h"
#include "edge/report_json.h"
#include "edge/term.h"
#include "repl.h"

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

static bool hear(struct conversation *talk, struct slice said)
{
	const struct turn *turn;

	if (slice_trim(said).len == 0)
		said = SLICE("");
	turn = session_hear(talk->session, said, 0);
	if (!turn)
		BUG("an utterance after the end");
	session_reply(talk->session, turn->line);
	talk->over = session_ended(talk->session);
	return send(talk->term, report_json_turn(turn));
}

/* False when nobody reads any more. */
static bool take(struct conversation *talk, struct slice line)
{
	if (utf8_invalid(line) < line.len)
		return refuse(talk, "not valid UTF-8");
	if (line.len && line.at[0] == '/') {
		struct slice command = slice_trim(line);

		if (slice_starts(line, SLICE("//")))
			return hear(talk, slice_sub(line, 1, line.len));
		if (!slice_is(command, "/end") && !slice_is(command, "/quit"))
			return refuse(
			        talk,
			        "only /end and /quit are commands here; an utterance that begins "
			        "with a slash is written with two");
		session_end(talk->session);
		talk->over = true;
		return true;
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
	case TERM_LEAVE:
		session_end(talk->session);
		talk->over = true;
		return true;
	case TERM_UNREADABLE:
		break;
	}
	return false;
}

static bool look_back(struct conversation *talk)
{
	struct arena arena;
	struct debrief debrief;
	bool fine;

	arena_init(&arena);
	fine = send(talk->term, report_json_end(talk->session));
	if (fine) {
		debrief_make(talk->session, &arena, &debrief);
		fine = send(talk->term, report_json_debrief(&debrief));
	}
	arena_release(&arena);
	return fine;
}

enum repl_result repl_run_json(const struct repl_play *play, struct term *term, struct err *err)
{
	struct conversation talk = {.term = term};
	enum repl_result result = REPL_FINE;
	struct strbuf line = {0};
	bool fine;

	talk.session = session_new(play->scenario, play->ruleset, play->detector, play->seed);
	fine = send(term, report_json_start(talk.session));
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
