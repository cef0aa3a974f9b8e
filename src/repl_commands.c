/* repl_commands.c: see repl_commands.h. */
#include "repl_commands.h"

#include "base/diag.h"
#include "edge/report.h"
#include "edge/report_why.h"
#include "repl_finish.h"
#include "repl_log.h"
#include "repl_planned.h"
#include "repl_author.h"
#include "repl_room.h"

static enum repl_next run_help(struct repl *repl, struct slice argument);

static void say(struct repl *repl, const char *text)
{
	page_textz(&repl->page, REPORT_SPEECH, STYLE_DIM, text);
}

static const struct turn *last_turn(struct repl *repl)
{
	size_t turns = session_turns(repl->session);

	if (turns == 0) {
		say(repl, "Nothing has been said yet.");
		return NULL;
	}
	return session_turn(repl->session, turns);
}

static enum repl_next run_brief(struct repl *repl, struct slice argument)
{
	(void)argument;
	report_brief(&repl->page, repl->play->scenario);
	return REPL_GO_ON;
}

static enum repl_next run_hint(struct repl *repl, struct slice argument)
{
	struct slice hint;

	(void)argument;
	repl_recall(repl->play, repl->session, &repl->past);
	hint = session_hint(repl->session);
	if (hint.len == 0) {
		say(repl, "Nothing comes to mind just now. Trust your ear.");
		return REPL_GO_ON;
	}
	page_text(&repl->page, REPORT_SPEECH, STYLE_PLAIN, hint);
	session_hint_given(repl->session, hint);
	return REPL_GO_ON;
}

/* By id, or by title. NULL after saying what was meant instead. */
static const struct move *find_move(struct repl *repl, struct slice typed, struct arena *arena)
{
	const struct ruleset *ruleset = repl->play->ruleset;
	struct slice id = slice_words_id(arena, typed);
	const struct move *move = ruleset_move(ruleset, id);
	struct nearest nearest;
	size_t i;

	if (move)
		return move;
	nearest_init(&nearest, id);
	for (i = 0; i < ruleset->move_count; i++) {
		if (slice_eq(slice_words_id(arena, ruleset->moves[i]->title), id))
			return ruleset->moves[i];
		nearest_offer(&nearest, ruleset->moves[i]->id);
	}
	page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(&repl->page, STYLE_DIM, "There is no move ‘");
	page_add(&repl->page, STYLE_DIM, typed);
	page_addf(&repl->page, STYLE_DIM, "’%s%s Tab after /why lists them.",
	          nearest_hint(&nearest, arena), nearest.best.len ? "" : ".");
	page_end(&repl->page);
	return NULL;
}

static enum repl_next run_why(struct repl *repl, struct slice argument)
{
	const struct turn *turn = last_turn(repl);
	const struct move *move;
	struct slice rest = argument;
	struct slice first;
	struct arena arena;
	bool all;

	if (!turn)
		return REPL_GO_ON;
	slice_word(&rest, &first);
	all = slice_is(first, "all");
	if (all)
		argument = slice_trim(rest);
	if (argument.len == 0) {
		report_why(&repl->page, repl->session, turn, all);
		return REPL_GO_ON;
	}
	arena_init(&arena);
	move = find_move(repl, argument, &arena);
	if (move)
		report_why_not(&repl->page, repl->session, turn, move, all);
	arena_release(&arena);
	return REPL_GO_ON;
}

static enum repl_next run_wrong(struct repl *repl, struct slice argument)
{
	const struct turn *turn = last_turn(repl);
	long wanted;
	long number = 0;
	size_t i;

	if (!turn)
		return REPL_GO_ON;
	if (!slice_int(argument, 1, 1000, &wanted)) {
		say(repl, "Which one? /why numbers what was heard; then /wrong 1, for instance.");
		return REPL_GO_ON;
	}
	for (i = 0; i < turn->heard.count; i++) {
		const struct move *move = turn->heard.items[i].move;

		if (!report_is_numbered(&turn->heard, i) || ++number != wanted)
			continue;
		session_strike(repl->session, turn->number, move->id);
		page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
		page_addz(&repl->page, STYLE_DIM, "Noted: ");
		report_id(&repl->page, STYLE_DIM, move->id);
		page_addz(&repl->page, STYLE_DIM, " in that turn will not count in the debrief.");
		page_end(&repl->page);
		return REPL_GO_ON;
	}
	if (number == 0) {
		say(repl, "Nothing was heard in your last turn, so there is nothing to strike.");
		return REPL_GO_ON;
	}
	page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
	page_addf(&repl->page, STYLE_DIM, "Your last turn has %ld; /why shows which.", number);
	page_end(&repl->page);
	return REPL_GO_ON;
}

static enum repl_next run_score(struct repl *repl, struct slice argument)
{
	struct arena arena;
	struct score score;

	(void)argument;
	if (!last_turn(repl))
		return REPL_GO_ON;
	arena_init(&arena);
	score_session(repl->session, &arena, &score, NULL, NULL);
	report_score(&repl->page, repl->session, &score);
	arena_release(&arena);
	return REPL_GO_ON;
}

static enum repl_next run_more(struct repl *repl, struct slice argument)
{
	(void)argument;
	say(repl,
	    "That comes after the conversation. /end takes you there, /score shows how it stands.");
	return REPL_GO_ON;
}

static enum repl_next run_end(struct repl *repl, struct slice argument)
{
	(void)argument;
	session_end(repl->session);
	return REPL_END;
}

static enum repl_next run_quit(struct repl *repl, struct slice argument)
{
	(void)repl;
	(void)argument;
	return REPL_QUIT;
}

static const struct command_entry commands[] = {
        {"/help", "", "this list", run_help},
        {"/brief", "", "the situation again", run_brief},
        {"/hint", "", "one nudge; the debrief notes it", run_hint},
        {"/why", "", "what was heard in your last turn, and why you got that answer", run_why},
        {"/why", "MOVE", "why that move was not heard", run_why},
        {"/why all", "", "the same with every rule and reply; also /why all MOVE", run_why},
        {"/wrong", "N", "what was heard as number N in /why is wrong: do not count it", run_wrong},
        {"/plan", "", "your plan, with what of it was said so far", planned_show},
        {"/score", "", "how it stands, and the time used", run_score},
        {"/redo", "", "take back your last turn; the attempt so far is kept", repl_redo},
        {"/rewind", "N", "go back to before turn N; the attempt so far is kept", repl_rewind},
        {"/compare", "", "this attempt beside the one before", repl_compare},
        {"/save", "FILE", "write the conversation so far to a file", repl_save},
        {"/more", "", "after the conversation: all that lies behind the debrief", run_more},
        {"/end", "", "end the conversation and look back on it", run_end},
        {"/quit", "", "leave at once", run_quit},
        {"/trace", "", "explain every turn, for whoever writes the scenario; again to end it",
         author_trace},
        {"/reload", "", "read the scenario and the rules again, and go on from here",
         author_reload},
        {NULL, NULL, NULL, NULL}};
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void list(struct page *page, const struct command_entry *entry)
{
	for (; entry->name; entry++) {
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 16);
		page_addf(page, STYLE_BOLD, "%s%s%s", entry->name, entry->argument[0] ? " " : "",
		          entry->argument);
		if (page->plain)
			page_addz(page, STYLE_PLAIN, ": ");
		else
			page_tab(page, REPORT_MARGIN + 16);
		page_addz(page, STYLE_PLAIN, entry->about);
		page_end(page);
	}
}

static enum repl_next run_help(struct repl *repl, struct slice argument)
{
	struct page *page = &repl->page;

	(void)argument;
	page_textz(
	        page, REPORT_MARGIN, STYLE_PLAIN,
	        "Type what you would say and press Enter. Enter alone is a pause. To say something "
	        "that begins with a slash, begin with two.");
	list(page, commands);
	if (repl->room) {
		page_textz(page, REPORT_MARGIN, STYLE_PLAIN, "For the room:");
		list(page, room_commands);
	}
	return REPL_GO_ON;
}

static const struct command_entry *find(const struct command_entry *entry, struct slice name)
{
	for (; entry->name; entry++)
		if (slice_is(name, entry->name))
			return entry;
	return NULL;
}

static size_t add_names(const struct command_entry *entry, const char **names, size_t count)
{
	for (; entry->name; entry++)
		if (!strchr(entry->name, ' ') &&
		    (count == 0 || strcmp(names[count - 1], entry->name) != 0))
			names[count++] = entry->name;
	return count;
}

const char *const *repl_command_names(bool room, struct arena *arena)
{
	const char **names = ARENA_ARRAY(arena, const char *, COMMANDS + ROOM_COMMANDS_MOST);
	size_t count = add_names(commands, names, 0);

	if (room)
		add_names(room_commands, names, count);
	return names;
}

static enum repl_next unknown(struct repl *repl, struct slice name)
{
	const char *const *known;
	struct nearest nearest;
	struct arena arena;
	size_t i;

	arena_init(&arena);
	known = repl_command_names(repl->room != NULL, &arena);
	nearest_init(&nearest, name);
	for (i = 0; known[i]; i++)
		nearest_offer(&nearest, slice_of(known[i]));
	page_begin(&repl->page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(&repl->page, STYLE_DIM, "There is no command ‘");
	page_add(&repl->page, STYLE_DIM, slice_sub(name, 0, 40));
	page_addf(&repl->page, STYLE_DIM, "’%s%s /help lists them.", nearest_hint(&nearest, &arena),
	          nearest.best.len ? "" : ".");
	page_end(&repl->page);
	arena_release(&arena);
	return REPL_UNKNOWN;
}

enum repl_next repl_command(struct repl *repl, struct slice line)
{
	const struct command_entry *entry;
	struct slice name;

	slice_word(&line, &name);
	entry = find(commands, name);
	if (!entry && repl->room)
		entry = find(room_commands, name);
	return entry ? entry->run(repl, slice_trim(line)) : unknown(repl, name);
}
