/* session.c: see session.h. */
#include "engine/session.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "engine/persona.h"
#include "engine/session_hint.h"

struct session {
	const struct scenario *scenario;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct regex_scratch *scratch;
	const struct mastery *mastery; /* by move; or NULL */
	uint64_t seed;
	struct event *events; /* the record: everything below follows from it */
	size_t event_count, event_cap;
	struct arena record; /* texts of the events */

	struct arena arena; /* of the fold; begun anew by a rewind */
	struct mind mind;
	struct history *history;
	struct turn **turns;
	size_t turn_count, turn_cap;
	struct focus focus;
	bool settled; /* her last line is in the history */
	bool ended;
	const struct ending *ending;
	struct slice opening;
};

/* She says a line in `turn`: names the topics of its words, what she does with her hands names
 * none; gives how many words it has. */
static size_t take_line(struct session *session, struct slice line, uint32_t turn)
{
	struct folded folded;
	struct clauses clauses;

	fold(line, &session->arena, &folded);
	clause_split(folded.text, &session->arena, &clauses);
	topic_name(&session->mind.topics,
	           topic_find(session->scenario, session->scratch,
	                      clause_speech(folded.text, &clauses, &session->arena)),
	           topic_moment(turn, true));
	return clauses.words;
}

/* Her first words, the script's or those written down. */
static void open_with(struct session *session, struct slice words)
{
	session->opening = slice_copy(&session->arena, words);
	regex_scratch_patience(session->scratch, TOPIC_PATIENCE);
	session->mind.words = take_line(session, session->opening, 0);
	history_clear(session->history);
	if (session->opening.len)
		history_ect(session->history, session->detector, session->opening);
}

/* Her first words, and the state before any utterance. */
static void begin(struct session *session)
{
	const struct scenario *scenario = session->scenario;
	struct turn none = {0};
	struct strbuf line = {0};
	const struct alternative *words = NULL;
	bool fresh;

	mind_init(&session->mind, scenario, session->ruleset, session->detector, session->scratch,
	          &session->arena, session->seed);
	if (scenario->opening)
		words = persona_pick(&session->mind, &none, scenario->opening, &fresh);
	if (words) {
		persona_say(&session->mind, &none, words, &line);
		persona_remember(&session->mind, &none, words);
		session->mind.last = scenario->opening;
	}
	open_with(session, strbuf_slice(&line));
	strbuf_release(&line);
	session->turn_count = 0;
	session->settled = true;
	session->ended = false;
	session->ending = NULL;
}

struct session *session_new(const struct scenario *scenario, const struct ruleset *ruleset,
                            struct detector *detector, uint64_t seed)
{
	struct session *session = mem_alloc(sizeof(*session));

	session->scenario = scenario;
	session->ruleset = ruleset;
	session->detector = detector;
	session->seed = seed;
	session->scratch = regex_scratch_new();
	session->history = history_new(ruleset->move_count);
	arena_init(&session->record);
	arena_init(&session->arena);
	begin(session);
	return session;
}

void session_free(struct session *session)
{
	if (!session)
		return;
	history_free(session->history);
	regex_scratch_free(session->scratch);
	arena_release(&session->record);
	arena_release(&session->arena);
	free(session->events);
	free(session->turns);
	free(session);
}

void session_recall(struct session *session, const struct mastery *moves)
{
	session->mastery = moves;
}

const struct mastery *session_mastery(const struct session *session, const struct move *move)
{
	return session->mastery && move ? &session->mastery[move->index] : NULL;
}

void session_practise(struct session *session, struct slice moves)
{
	focus_known(session->ruleset, moves, &session->record, &session->focus);
}

const struct focus *session_focus(const struct session *session)
{
	return session->focus.count ? &session->focus : NULL;
}

static void record(struct session *session, enum event_kind kind, struct slice text,
                   uint32_t number, double at)
{
	session->events = mem_grow(session->events, &session->event_cap, session->event_count + 1,
	                           sizeof(*session->events));
	session->events[session->event_count++] =
	        (struct event){kind, slice_copy(&session->record, text), number, at};
}

struct slice session_opening(struct session *session)
{
	return session->opening;
}

static struct slice spoken(const struct turn *turn)
{
	return turn->said.len ? turn->said : turn->line;
}

/* Her answer to the last utterance is now past: what was said of it can no longer change. */
static void settle(struct session *session)
{
	struct turn *turn;

	if (session->settled)
		return;
	turn = session->turns[session->turn_count - 1];
	history_mentor(session->history, &turn->heard);
	history_ect(session->history, session->detector, spoken(turn));
	session->settled = true;
}

/* Without any, what she says comes from outside: see exchange.h. */
static bool has_lines(const struct session *session)
{
	return session->scenario->reply_total > 0;
}

/* She said `words`: to the last utterance, or before any. */
static void fold_reply(struct session *session, struct slice words)
{
	struct mind *mind = &session->mind;
	struct turn *turn;

	if (session->turn_count == 0) {
		open_with(session, words);
		return;
	}
	turn = session->turns[session->turn_count - 1];
	turn->said = slice_copy(&session->arena, words);
	if (has_lines(session))
		return; /* time goes by the script, so that an LLM's words do not move the bell */
	mind->words += persona_count_words(turn->said, &session->arena);
	turn->minutes = persona_minutes(mind);
}

static int beat_of(const struct session *session, struct slice id)
{
	size_t i;

	for (i = 0; i < session->scenario->beat_count; i++)
		if (slice_eq(session->scenario->beats[i].id, id))
			return (int)i;
	return -1;
}

static bool fold_begin(struct session *session, struct slice beat)
{
	int found = beat_of(session, beat);

	if (found < 0)
		return false;
	session->mind.beat = found;
	if (found > 0) {
		/* Her first words belong to the first beat. */
		session->mind.last = NULL;
		session->mind.last_told = NULL;
		session->mind.topics = (struct topic_state){0};
		open_with(session, SLICE(""));
	}
	return true;
}

static bool fold_set(struct session *session, struct slice name, uint32_t height)
{
	enum meter meter = meter_of(name);

	if (meter == METERS || height > METER_MAX)
		return false;
	session->mind.meters[meter] = (int)height;
	return true;
}

/* There is an utterance to reply to, or she has the first word. */
static bool may_reply(const struct session *session)
{
	return session->turn_count ? !session->settled
	                           : !has_lines(session) && session->event_count == 0;
}

static bool meets_cue(const struct turn *turn)
{
	size_t i;

	for (i = 0; i < turn->heard.count; i++) {
		if (turn->heard.items[i].move->room)
			return true;
	}
	return false;
}

/* At most LIMIT_UTTERANCE_BYTES, cut at a character: the edges refuse longer ones with words. */
static struct slice within_limit(struct slice utterance)
{
	if (utterance.len > LIMIT_UTTERANCE_BYTES) {
		size_t cut = LIMIT_UTTERANCE_BYTES;

		while (cut > 0 && ((unsigned char)utterance.at[cut] & 0xC0) == 0x80)
			cut--;
		utterance.len = cut;
	}
	return utterance;
}

/* Every reply about something asks for these. */
static void find_topics(struct session *session, struct turn *turn)
{
	const struct detections *heard = &turn->heard;
	uint64_t *found = ARENA_ARRAY(&session->arena, uint64_t, heard->clauses.count);
	size_t i;

	turn->topics = topic_find(session->scenario, session->scratch, heard->folded.text);
	for (i = 0; i < heard->clauses.count; i++)
		found[i] =
		        topic_find(session->scenario, session->scratch,
		                   slice_span(heard->folded.text, heard->clauses.items[i].where));
	turn->clause_topics = found;
}

static struct turn *fold_hear(struct session *session, struct slice utterance, double now)
{
	struct mind *mind = &session->mind;
	struct turn *turn = ARENA_NEW(&session->arena, struct turn);

	settle(session);
	session->turns = mem_grow(session->turns, &session->turn_cap, session->turn_count + 1,
	                          sizeof(*session->turns));
	session->turns[session->turn_count++] = turn;
	mind->turn = (uint32_t)session->turn_count;
	turn->number = mind->turn;
	turn->utterance = slice_copy(&session->arena, within_limit(utterance));
	turn->now = now;
	mind->chance = slice_hash(mind->chance, turn->utterance);
	regex_scratch_patience(session->scratch, TOPIC_PATIENCE);
	detect(session->detector, turn->utterance, session->history, &session->arena, &turn->heard);
	turn->echo = history_echo(session->history, session->detector, turn->heard.folded.text);
	find_topics(session, turn);
	topic_name(&mind->topics, turn->topics, topic_moment(mind->turn, false));
	if (turn->heard.clauses.questions > 0)
		mind->asked |= turn->topics ? turn->topics : persona_topics(mind, turn, NULL);
	turn->cue_before = mind->cue;
	turn->cue_met = mind->cue && meets_cue(turn);
	persona_feel(mind, turn);
	if (has_lines(session))
		persona_choose(mind, turn, session->history);
	memcpy(turn->after, mind->meters, sizeof(turn->after));
	mind->words += turn->heard.clauses.words + take_line(session, turn->line, mind->turn);
	turn->minutes = persona_minutes(mind);
	turn->ending = persona_ending(mind, turn, &turn->ending_line);
	session->ending = turn->ending;
	session->ended = turn->ending != NULL;
	session->settled = false;
	return turn;
}

bool session_begin_at(struct session *session, struct slice beat)
{
	if (session->turn_count || !fold_begin(session, beat))
		return false;
	record(session, EVENT_BEGIN, beat, 0, 0);
	return true;
}

bool session_set_meter(struct session *session, struct slice meter, uint32_t height)
{
	if (session->turn_count || !fold_set(session, meter, height))
		return false;
	record(session, EVENT_SET, meter, height, 0);
	return true;
}

const struct turn *session_hear(struct session *session, struct slice utterance, double now)
{
	if (session->ended || session->turn_count >= LIMIT_TURNS)
		return NULL;
	record(session, EVENT_HEAR, within_limit(utterance), 0, now);
	return fold_hear(session, utterance, now);
}

bool event_stands(const struct event *events, size_t count, size_t index)
{
	return events[index].kind != EVENT_REPLY || index + 1 >= count ||
	       events[index + 1].kind != EVENT_REPLY;
}

void session_reply(struct session *session, struct slice words)
{
	if (!may_reply(session))
		BUG("a reply without an utterance");
	record(session, EVENT_REPLY, words, 0, 0);
	fold_reply(session, words);
}

static bool has_move(const struct session *session, uint32_t turn, struct slice move)
{
	const struct move *known = ruleset_move(session->ruleset, move);

	return known && turn >= 1 && turn <= session->turn_count &&
	       detections_have(&session->turns[turn - 1]->heard, known);
}

bool session_strike(struct session *session, uint32_t turn, struct slice move)
{
	if (!has_move(session, turn, move))
		return false;
	record(session, EVENT_STRIKE, move, turn, 0);
	return true;
}

void session_hint_given(struct session *session, struct slice hint)
{
	record(session, EVENT_HINT, hint, (uint32_t)session->turn_count, 0);
}

void session_end(struct session *session)
{
	if (session->ended)
		return;
	record(session, EVENT_END, SLICE(""), 0, 0);
	session->ended = true;
}

/* The same fold, from the start, over the events there are. */
static void refold(struct session *session)
{
	size_t i;

	arena_release(&session->arena);
	begin(session);
	for (i = 0; i < session->event_count; i++) {
		const struct event *event = &session->events[i];

		if (event->kind == EVENT_HEAR)
			fold_hear(session, event->text, event->at);
		else if (event->kind == EVENT_REPLY)
			fold_reply(session, event->text);
		else if (event->kind == EVENT_END)
			session->ended = true;
		else if (event->kind == EVENT_BEGIN)
			fold_begin(session, event->text);
		else if (event->kind == EVENT_SET)
			fold_set(session, event->text, event->number);
	}
}

void session_rewind(struct session *session, uint32_t turn)
{
	uint32_t heard = 0;
	size_t kept = 0;
	size_t i;

	for (i = 0; i < session->event_count; i++) {
		const struct event *event = &session->events[i];

		heard += event->kind == EVENT_HEAR;
		if (heard >= turn)
			break;
		if (event->kind != EVENT_END)
			session->events[kept++] = *event;
	}
	session->event_count = kept;
	refold(session);
}

bool session_replay(struct session *session, const struct event *events, size_t count,
                    struct err *err)
{
	size_t i;

	session->event_count = 0;
	refold(session);
	for (i = 0; i < count; i++) {
		const struct event *event = &events[i];
		bool good = true;

		switch (event->kind) {
		case EVENT_HEAR:
			good = event->text.len <= LIMIT_UTTERANCE_BYTES &&
			       utf8_invalid(event->text) == event->text.len &&
			       session_hear(session, event->text, event->at);
			break;
		case EVENT_REPLY:
			good = may_reply(session);
			if (good)
				session_reply(session, event->text);
			break;
		case EVENT_STRIKE:
			good = session_strike(session, event->number, event->text);
			break;
		case EVENT_HINT:
			session_hint_given(session, event->text);
			break;
		case EVENT_END:
			session_end(session);
			break;
		case EVENT_BEGIN:
			good = session_begin_at(session, event->text);
			break;
		case EVENT_SET:
			good = session_set_meter(session, event->text, event->number);
			break;
		}
		if (!good) {
			err_set(err, "event %zu of the record does not fit what came before it",
			        i + 1);
			return false;
		}
	}
	return true;
}

const struct event *session_events(const struct session *session, size_t *count)
{
	*count = session->event_count;
	return session->events;
}

size_t session_turns(const struct session *session)
{
	return session->turn_count;
}

const struct turn *session_turn(const struct session *session, size_t number)
{
	if (number < 1 || number > session->turn_count)
		BUG("turn %zu of %zu", number, session->turn_count);
	return session->turns[number - 1];
}

const struct scenario *session_scenario(const struct session *session)
{
	return session->scenario;
}

const struct ruleset *session_ruleset(const struct session *session)
{
	return session->ruleset;
}

struct detector *session_detector(const struct session *session)
{
	return session->detector;
}

uint64_t session_seed(const struct session *session)
{
	return session->seed;
}

bool session_struck(const struct session *session, uint32_t turn, const struct move *move)
{
	size_t i;

	for (i = 0; i < session->event_count; i++) {
		const struct event *event = &session->events[i];

		if (event->kind == EVENT_STRIKE && event->number == turn &&
		    slice_eq(event->text, move->id))
			return true;
	}
	return false;
}

size_t session_hints(const struct session *session)
{
	size_t hints = 0;
	size_t i;

	for (i = 0; i < session->event_count; i++)
		hints += session->events[i].kind == EVENT_HINT;
	return hints;
}

uint32_t session_said(const struct session *session, const struct alternative *words)
{
	return session->mind.alternative_said[words->index];
}

bool session_ended(const struct session *session)
{
	return session->ended || session->turn_count >= LIMIT_TURNS;
}

const struct ending *session_ending(const struct session *session)
{
	return session->ending;
}

enum ending_stop session_ending_stop(struct session *session, const struct ending *ending,
                                     struct slice *unmet)
{
	return persona_ending_stop(&session->mind, session->turns[session->turn_count - 1], ending,
	                           unmet);
}

bool session_agreed(const struct session *session)
{
	return session->mind.agreed;
}

bool session_told(const struct session *session, const struct tell *tell)
{
	size_t i;

	for (i = 0; i < session->turn_count; i++)
		if (session->turns[i]->tell == tell)
			return true;
	return false;
}

int session_meter(const struct session *session, enum meter meter)
{
	return session->mind.meters[meter];
}

struct history *session_history(const struct session *session, uint32_t turn)
{
	struct history *history = history_new(session->ruleset->move_count);
	size_t i;

	if (session->opening.len)
		history_ect(history, session->detector, session->opening);
	for (i = 0; i + 1 < turn && i < session->turn_count; i++) {
		history_mentor(history, &session->turns[i]->heard);
		history_ect(history, session->detector, spoken(session->turns[i]));
	}
	return history;
}

struct slice session_line_before(const struct session *session, uint32_t turn)
{
	if (turn <= 1 || session->turn_count == 0)
		return session->opening;
	if (turn > session->turn_count + 1)
		turn = (uint32_t)session->turn_count + 1;
	return spoken(session->turns[turn - 2]);
}

struct slice session_hint(struct session *session)
{
	struct slice given[HINTS_KEPT];
	size_t count = 0;
	size_t i = session->event_count;

	while (i > 0 && count < HINTS_KEPT) {
		const struct event *event = &session->events[--i];

		if (event->kind == EVENT_HINT)
			given[count++] = event->text;
	}
	return hint_for(&session->mind, session->mastery, given, count, &session->arena);
}
