/* repl_room_report.c: after a room's conversation: what the room did, without names. */
#include "edge/report.h"
#include "repl_room_parts.h"

#define QUOTE 60 /* columns of a proposal or guess */
#define INDENT 4

static void number_of(struct page *page, uint32_t turn)
{
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN + INDENT);
	page_addf(page, STYLE_PLAIN, "Turn %u, ", turn);
}

static void shares(struct repl *repl)
{
	const struct room *room = repl->room;
	struct page *page = &repl->page;
	uint32_t seat, turn;
	uint32_t spoke = 0;
	const char *between = "";

	for (seat = 1; seat <= room->seats; seat++)
		for (turn = 1; turn <= room->turns; turn++)
			if (room->by[turn] == seat) {
				spoke++;
				break;
			}
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(page, STYLE_PLAIN, "%u %s spoke, in %u %s", spoke,
	          spoke == 1 ? "person" : "people", room->turns,
	          room->turns == 1 ? "turn" : "turns");
	if (spoke > 1)
		page_addz(page, STYLE_PLAIN, " (");
	for (seat = 1; spoke > 1 && seat <= room->seats; seat++) {
		uint32_t turns = 0;

		for (turn = 1; turn <= room->turns; turn++)
			turns += room->by[turn] == seat;
		if (turns == 0)
			continue;
		page_addf(page, STYLE_PLAIN, "%s%u", between, turns);
		between = ", ";
	}
	page_addz(page, STYLE_PLAIN, spoke > 1 ? ")." : ".");
	page_end(page);
}

/* The events before utterance `turn`. */
static size_t events_before(const struct session *session, uint32_t turn)
{
	size_t count;
	const struct event *events = session_events(session, &count);
	uint32_t heard = 0;
	size_t i;

	for (i = 0; i < count; i++)
		if (events[i].kind == EVENT_HEAR && ++heard == turn)
			return i;
	return count;
}

/* What `words` would have met at `turn`, had they been said there. Free the session behind it. */
static struct session *what_if(const struct repl *repl, uint32_t turn, struct slice words,
                               const struct turn **out)
{
	size_t count;
	const struct event *events = session_events(repl->session, &count);
	struct session *other =
	        session_new(session_scenario(repl->session), session_ruleset(repl->session),
	                    session_detector(repl->session), session_seed(repl->session));
	struct err err;

	if (!session_replay(other, events, events_before(repl->session, turn), &err))
		BUG("events that were folded once do not fold again");
	*out = session_hear(other, words, 0);
	return other;
}

static void moves_of(struct page *page, const struct turn *turn)
{
	bool any = false;
	size_t i;

	for (i = 0; i < turn->heard.count; i++) {
		if (!report_is_numbered(&turn->heard, i))
			continue;
		page_addz(page, STYLE_DIM, any ? ", " : ": ");
		report_id(page, STYLE_DIM, turn->heard.items[i].move->id);
		any = true;
	}
	page_addz(page, STYLE_PLAIN, any ? "." : ": no move was heard.");
}

static void proposal(struct repl *repl, const struct room_vote *vote, size_t way)
{
	struct page *page = &repl->page;
	const struct turn *turn;
	struct session *other = what_if(repl, vote->turn, vote->ways.items[way], &turn);

	page_begin(page, REPORT_MARGIN + INDENT, REPORT_MARGIN + INDENT);
	report_quote(page, STYLE_PLAIN, vote->ways.items[way], QUOTE);
	if (vote->ways.count > 1)
		page_addf(page, STYLE_PLAIN, " (%ld %s%s)", vote->votes[way],
		          vote->votes[way] == 1 ? "hand" : "hands",
		          way == vote->said ? ", said" : "");
	if (turn) {
		moves_of(page, turn);
		if (way != vote->said && turn->line.len) {
			page_addz(page, STYLE_PLAIN, " ");
			page_add(page, STYLE_PLAIN, repl->play->scenario->name);
			page_addz(page, STYLE_PLAIN, " would have said: ");
			report_quote(page, STYLE_PLAIN, turn->line, 2 * QUOTE);
		}
	}
	page_end(page);
	session_free(other);
}

static void votes(struct repl *repl)
{
	const struct room_vote *vote;
	size_t way;

	for (vote = repl->room->votes; vote; vote = vote->next) {
		if (vote->turn > session_turns(repl->session))
			continue;
		page_gap(&repl->page);
		number_of(&repl->page, vote->turn);
		page_addz(&repl->page, STYLE_PLAIN,
		          vote->ways.count == 1 ? "put forward:" : "put to the vote:");
		page_end(&repl->page);
		for (way = 0; way < vote->ways.count; way++)
			proposal(repl, vote, way);
	}
}

static void notes(struct repl *repl, const struct room_note *note, const char *what,
                  const char *none)
{
	struct page *page = &repl->page;
	size_t i;

	for (; note; note = note->next) {
		if (note->lines.count == 0 && !none)
			continue;
		page_gap(page);
		number_of(page, note->turn);
		page_addz(page, STYLE_PLAIN, note->lines.count ? what : none);
		page_end(page);
		for (i = 0; i < note->lines.count; i++) {
			page_begin(page, REPORT_MARGIN + INDENT, REPORT_MARGIN + INDENT);
			report_quote(page, STYLE_PLAIN, note->lines.items[i], 2 * QUOTE);
			if (note->nearest == i + 1)
				page_addz(page, STYLE_PLAIN, " was nearest.");
			page_end(page);
		}
	}
}

void room_report(struct repl *repl)
{
	page_gap(&repl->page);
	page_heading(&repl->page, REPORT_MARGIN, SLICE("The room"));
	shares(repl);
	votes(repl);
	notes(repl, repl->room->guesses, "guessed before the answer was seen:", NULL);
	notes(repl, repl->room->stops,
	      "before it, the room stopped and noted:", "before it, the room stopped to talk.");
	page_gap(&repl->page);
}
