/* repl_compare.c: the attempt under way beside the one before it; see repl_log.h. */
#include "edge/report.h"
#include "edge/report_compare.h"
#include "repl_log.h"

/* Both attempts with their debriefs. */
struct both {
	struct arena arena;
	struct session *earlier;
	struct debrief first, second;
	struct comparison comparison;
};

/* Needs repl->earlier. False when that no longer fits: the files were read again since. */
static bool both_init(struct both *both, struct repl *repl)
{
	const struct repl_play *play = repl->play;
	struct err err;

	*both = (struct both){0};
	both->earlier = session_new(play->scenario, play->ruleset, play->detector, play->seed);
	if (!session_replay(both->earlier, repl->earlier->events, repl->earlier->count, &err))
		return false;
	debrief_make(both->earlier, &both->arena, &both->first);
	debrief_make(repl->session, &both->arena, &both->second);
	compare_make(&both->first, &both->second, &both->arena, &both->comparison);
	return true;
}

static void both_release(struct both *both)
{
	session_free(both->earlier);
	arena_release(&both->arena);
}

void repl_difference(struct repl *repl)
{
	struct strbuf sentence = {0};
	struct both both;

	if (!repl->earlier)
		return;
	if (both_init(&both, repl)) {
		compare_sentence(&both.comparison, &sentence);
		if (!both.comparison.same)
			strbuf_addz(&sentence, " /compare shows both.");
		report_section(&repl->page, "THIS TIME");
		page_add(&repl->page, STYLE_PLAIN, strbuf_slice(&sentence));
		page_end(&repl->page);
	}
	strbuf_release(&sentence);
	both_release(&both);
}

enum repl_next repl_compare(struct repl *repl, struct slice argument)
{
	const struct report_labels labels = {SLICE("Last time"), SLICE("This time")};
	struct both both;

	(void)argument;
	if (!repl->earlier || session_turns(repl->session) == 0) {
		page_textz(&repl->page, REPORT_SPEECH, STYLE_DIM,
		           "There is nothing to compare yet: /redo or /rewind begin another "
		           "attempt. ‘rehearse compare’ lays out earlier ones.");
		return REPL_GO_ON;
	}
	if (both_init(&both, repl)) {
		page_gap(&repl->page);
		report_compare(&repl->page, &both.comparison, &labels);
		page_gap(&repl->page);
	} else {
		page_textz(&repl->page, REPORT_SPEECH, STYLE_DIM,
		           "What was said before does not fit the scenario as it is now.");
	}
	both_release(&both);
	return REPL_GO_ON;
}
