/* journal.h: the conversation under way, kept in the practice log as it goes.
 *
 * The session's record of events is the truth; a journal brings the log up to it. Where that fails
 * it says so once, the conversation goes on in memory, and every further turn tries again: what
 * was missed is then written too. Nothing is written before the first utterance. */
#ifndef EDGE_JOURNAL_H
#define EDGE_JOURNAL_H

#include "edge/store.h"

/* What is practised. All is borrowed, and outlives the journal. */
struct journal_about {
	const struct scenario *scenario;
	const struct ruleset *ruleset;
	uint64_t seed;
	struct slice path; /* of the scenario's file when it was named by a path; or empty */
	struct slice focus; /* move ids, comma between; or empty */
	bool room;
	int64_t plan; /* its row, or 0 */
};

struct journal;

/* `store` is the journal's from here on; NULL: nothing is kept. */
struct journal *journal_new(const struct journal_about *about, struct store *store);
void journal_free(struct journal *journal); /* NULL is fine */

/* Goes on with an attempt of the log, whose events `session` has replayed. With `anew` as another
 * attempt that branches off after all of it: the scenario or the rules are not what they were. */
void journal_resume(struct journal *journal, const struct store_session *about,
                    const struct store_attempt *attempt, const struct session *session, bool anew);

/* Each adds to `words` what there is to tell the mentor about the log: nothing, mostly. */

/* Brings the log up to the session's record. On the disk when it returns. */
void journal_keep(struct journal *journal, const struct session *session, struct strbuf *words);
/* The session went back to before turn `turn`: a new attempt that branches off there. */
void journal_branch(struct journal *journal, const struct session *session, uint32_t turn,
                    struct strbuf *words);
/* The conversation is over. An attempt without a word of its own is taken back. True when the log
 * now has one more finished attempt, so that it is counted once. */
bool journal_end(struct journal *journal, const struct session *session, struct strbuf *words);

/* Writes the conversation so far to a new file, as record.h has it. */
bool journal_save(struct journal *journal, const struct session *session, struct slice path,
                  struct err *err);

/* The log, for what else belongs to this conversation; NULL when there is none. */
struct store *journal_store(const struct journal *journal);
/* Rows; 0 while nothing was said, and where nothing is kept. */
int64_t journal_session(const struct journal *journal);
int64_t journal_attempt(const struct journal *journal);
/* "12.2" in the arena; empty when there is none. */
struct slice journal_name(const struct journal *journal, struct arena *arena);
/* All that was said is on the disk. */
bool journal_is_safe(const struct journal *journal, const struct session *session);

/* What to say where the log cannot be used: `err` and what follows from it. */
void journal_say_lost(const struct err *err, struct strbuf *words);

#endif
