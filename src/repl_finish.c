/* repl_finish.c: see repl_finish.h. */
#include "repl_finish.h"

#include "edge/clock.h"
#include "edge/progress.h"

/* What is not counted now is counted by the next `rehearse progress`. */
static void count(struct store *store, int64_t attempt, const struct debrief *debrief,
                  struct strbuf *words)
{
	struct store_session session;
	struct store_attempt row;
	struct arena arena;
	struct err err;

	arena_init(&arena);
	if (!store_load_attempt(store, attempt, &arena, &session, &row, &err) ||
	    (!session.room && !progress_keep(store, &row, debrief, row.ended, &err)))
		strbuf_addf(words, "%s. This conversation does not count in your progress yet.",
		            err.text);
	arena_release(&arena);
}

void repl_finished(struct store *store, int64_t attempt, const struct debrief *debrief,
                   struct strbuf *words)
{
	count(store, attempt, debrief, words);
}

void repl_end_attempt(struct journal *journal, const struct debrief *debrief, struct strbuf *words)
{
	if (journal_end(journal, debrief->session, words))
		repl_finished(journal_store(journal), journal_attempt(journal), debrief, words);
}

void repl_recall(const struct repl_play *play, struct session *session, struct arena *arena)
{
	struct journal *journal = play->journal;
	struct err err;

	arena_clear(arena);
	session_recall(session, NULL);
	/* Where the past cannot be read, everybody is a novice: the journal has told why. */
	if (play->adapt && !play->room && journal_store(journal))
		session_recall(session,
		               progress_mastery(journal_store(journal), session_ruleset(session),
		                                journal_attempt(journal), clock_now(), arena,
		                                &err));
}
