/* repl_log.c: see repl_log.h. */
#include "repl_log.h"

#include "edge/file.h"
#include "edge/journal.h"
#include "edge/out.h"
#include "edge/record.h"
#include "edge/report.h"
#include "repl_finish.h"
#include "repl_room.h"

/* Turns shown of a conversation that is gone on with. */
#define TURNS_SHOWN 2

void earlier_free(struct earlier *earlier)
{
	if (!earlier)
		return;
	arena_release(&earlier->arena);
	free(earlier);
}

static void keep_earlier(struct repl *repl, const struct event *events, size_t count, bool finished)
{
	struct earlier *earlier = mem_alloc(sizeof(*earlier));
	size_t i;

	earlier_free(repl->earlier);
	arena_init(&earlier->arena);
	earlier->events = ARENA_ARRAY(&earlier->arena, struct event, count);
	for (i = 0; i < count; i++) {
		earlier->events[i] = events[i];
		earlier->events[i].text = slice_copy(&earlier->arena, events[i].text);
	}
	earlier->count = count;
	earlier->finished = finished;
	repl->earlier = earlier;
}

/* Keeps what was said so far to compare with: the last attempt that was finished, else the last. */
static void remember(struct repl *repl)
{
	size_t count;
	const struct event *events = session_events(repl->session, &count);
	bool finished = session_ended(repl->session);

	if (finished || !repl->earlier || !repl->earlier->finished)
		keep_earlier(repl, events, count, finished);
}

/* The same from the log, for an attempt that is gone on with: of those it branched off the last
 * that was finished, else the one it branched off itself. Without it there is nothing to compare
 * with, which needs no words. */
static void recall(struct repl *repl, struct store *store, int64_t parent)
{
	struct store_session session;
	struct store_attempt attempt;
	struct store_events events;
	struct arena arena;
	struct err err;

	arena_init(&arena);
	while (parent && store_load_attempt(store, parent, &arena, &session, &attempt, &err)) {
		bool finished = attempt.ended != 0;

		if ((finished || !repl->earlier) &&
		    store_load_events(store, parent, &arena, &events, &err))
			keep_earlier(repl, events.items, events.count, finished);
		if (finished || attempt.parent >= parent)
			break;
		parent = attempt.parent;
	}
	arena_release(&arena);
}

void repl_log_words(struct repl *repl, struct strbuf *words)
{
	if (words->len == 0)
		return;
	if (repl->live) {
		page_text(&repl->page, REPORT_SPEECH, STYLE_DIM, strbuf_slice(words));
	} else {
		struct strbuf line = {0};

		strbuf_addf(&line, "rehearse: %s", words->at);
		out_note(strbuf_slice(&line));
		strbuf_release(&line);
	}
	strbuf_clear(words);
}

void repl_keep(struct repl *repl)
{
	struct strbuf words = {0};

	journal_keep(repl->play->journal, repl->session, &words);
	repl_log_words(repl, &words);
	strbuf_release(&words);
}

static void say_line_before(struct repl *repl, uint32_t turn)
{
	page_gap(&repl->page);
	report_speech(&repl->page, repl->play->scenario->name,
	              session_line_before(repl->session, turn));
}

void repl_go_back(struct repl *repl, uint32_t turn)
{
	struct strbuf words = {0};

	remember(repl);
	session_rewind(repl->session, turn);
	journal_branch(repl->play->journal, repl->session, turn, &words);
	if (repl->room)
		room_rewound(repl->room, turn);
	repl_log_words(repl, &words);
	strbuf_release(&words);
	if (turn > 1) {
		page_gap(&repl->page);
		page_begin(&repl->page, REPORT_MARGIN, REPORT_MARGIN);
		page_addf(&repl->page, STYLE_DIM, "Back at turn %u.", turn);
		page_end(&repl->page);
	}
	say_line_before(repl, turn);
}

static void say_mentor(struct repl *repl, struct slice words)
{
	page_begin(&repl->page, REPORT_MARGIN, REPORT_SPEECH);
	page_addz(&repl->page, STYLE_DIM, "you> ");
	if (words.len)
		page_add(&repl->page, STYLE_DIM, words);
	else
		page_addz(&repl->page, STYLE_DIM, "(pause)");
	page_end(&repl->page);
}

void repl_replay(const struct repl_play *play, struct session *session)
{
	const struct record *record = play->resumed;
	struct err err;

	if (!session_replay(session, record->events.items, record->events.count, &err))
		BUG("%s", err.text); /* repl_resume has tried it */
	if (record->session.id)
		journal_resume(play->journal, &record->session, &record->attempt, session,
		               play->anew);
}

/* Where it stands, by its last lines. */
static void show_where(struct repl *repl)
{
	const struct scenario *scenario = repl->play->scenario;
	size_t turns = session_turns(repl->session);
	size_t turn = turns > TURNS_SHOWN ? turns - TURNS_SHOWN + 1 : 1;

	page_gap(&repl->page);
	page_heading(&repl->page, REPORT_MARGIN, scenario->title);
	page_begin(&repl->page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(&repl->page, STYLE_DIM, "You go on after turn %zu. /brief shows the situation.",
	          turns);
	page_end(&repl->page);
	if (session_focus(repl->session))
		report_focus_chosen(&repl->page, session_focus(repl->session));
	say_line_before(repl, (uint32_t)turn);
	for (; turn <= turns; turn++) {
		const struct turn *heard = session_turn(repl->session, turn);

		say_mentor(repl, heard->utterance);
		report_speech(&repl->page, scenario->name,
		              session_line_before(repl->session, (uint32_t)turn + 1));
		if (heard->ending_line.len)
			report_speech(&repl->page, scenario->name, heard->ending_line);
	}
}

void repl_resumed(struct repl *repl)
{
	const struct record *record = repl->play->resumed;
	struct store *store = journal_store(repl->play->journal);

	repl_replay(repl->play, repl->session);
	if (store && record->session.id)
		recall(repl, store, repl->play->anew ? record->attempt.id : record->attempt.parent);
	show_where(repl);
}

void repl_look_back(struct repl *repl, const struct debrief *debrief)
{
	struct strbuf words = {0};

	repl_end_attempt(repl->play->journal, debrief, &words);
	repl_log_words(repl, &words);
	strbuf_release(&words);
}

void repl_left(struct repl *repl)
{
	if (!repl->live || !journal_is_safe(repl->play->journal, repl->session) ||
	    session_ended(repl->session))
		return;
	page_textz(&repl->page, REPORT_MARGIN, STYLE_DIM,
	           "Kept. ‘rehearse play --resume’ goes on from here.");
}

static void say(struct repl *repl, const char *text)
{
	page_textz(&repl->page, REPORT_SPEECH, STYLE_DIM, text);
}

enum repl_next repl_redo(struct repl *repl, struct slice argument)
{
	uint32_t turns = (uint32_t)session_turns(repl->session);

	(void)argument;
	if (turns == 0)
		say(repl, "Nothing has been said yet.");
	else
		repl_go_back(repl, turns);
	return REPL_GO_ON;
}

uint32_t repl_turn(struct repl *repl, struct slice argument)
{
	uint32_t turns = (uint32_t)session_turns(repl->session);
	long turn;

	if (turns == 0) {
		say(repl, "Nothing has been said yet.");
		return 0;
	}
	if (slice_int(argument, 1, (long)turns, &turn))
		return (uint32_t)turn;
	page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
	page_addf(&repl->page, STYLE_DIM,
	          "To before which turn? You have had %u; /rewind %u takes back the last.", turns,
	          turns);
	page_end(&repl->page);
	return 0;
}

enum repl_next repl_rewind(struct repl *repl, struct slice argument)
{
	uint32_t turn = repl_turn(repl, argument);

	if (turn)
		repl_go_back(repl, turn);
	return REPL_GO_ON;
}

/* ~/talk.jsonl, as a shell would have it. */
static struct slice from_home(struct slice path, struct arena *arena)
{
	struct slice home = slice_of(getenv("HOME"));

	if (!slice_starts(path, SLICE("~/")) || home.len == 0)
		return path;
	return file_join(home, slice_sub(path, 2, path.len), arena);
}

enum repl_next repl_save(struct repl *repl, struct slice argument)
{
	struct arena arena;
	struct err err;

	if (argument.len == 0) {
		say(repl, "To which file? /save talk.jsonl, for instance; ‘rehearse play --resume "
		          "talk.jsonl’ goes on with it, ‘rehearse review talk.jsonl’ looks back "
		          "on it.");
		return REPL_GO_ON;
	}
	if (session_turns(repl->session) == 0) {
		say(repl, "Nothing has been said yet.");
		return REPL_GO_ON;
	}
	arena_init(&arena);
	page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
	if (journal_save(repl->play->journal, repl->session, from_home(argument, &arena), &err)) {
		page_addz(&repl->page, STYLE_DIM, "Saved. ‘rehearse play --resume ");
		page_add(&repl->page, STYLE_DIM, argument);
		page_addz(&repl->page, STYLE_DIM, "’ goes on from here.");
	} else {
		page_addf(&repl->page, STYLE_DIM, "Not saved: %s.", err.text);
	}
	page_end(&repl->page);
	arena_release(&arena);
	return REPL_GO_ON;
}
