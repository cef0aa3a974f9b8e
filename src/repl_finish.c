/* repl_finish.c: see repl_finish.h. */
#include "repl_finish.h"

void repl_finished(struct store *store, int64_t attempt, const struct debrief *debrief,
                   struct strbuf *words)
{
	(void)store;
	(void)attempt;
	(void)debrief;
	(void)words;
}

void repl_end_attempt(struct journal *journal, const struct debrief *debrief, struct strbuf *words)
{
	if (journal_end(journal, debrief->session, words))
		repl_finished(journal_store(journal), journal_attempt(journal), debrief, words);
}
