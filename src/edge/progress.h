/* progress.h: what was practised, how it runs, and what comes next, read from the practice log.
 *
 * progress_read gathers it all for a page (report_progress.h); progress_keep and progress_rebuild
 * put there what a conversation came to; progress_mastery is what a debrief may know of the past.
 */
#ifndef EDGE_PROGRESS_H
#define EDGE_PROGRESS_H

#include "edge/decks.h"
#include "edge/store_progress.h"

#define PROGRESS_RECENT                                                                            \
	8 /* conversations in a trend: more does not help to choose what is next                   \
	   */
#define PROGRESS_HEARD 3 /* of them, those that “heard in 1 of the last 3” looks at */

struct progress {
	struct arena *arena;
	const struct library *library;
	double now;
	struct store_totals totals;
	struct store_conversation *recent; /* oldest first */
	size_t recent_count;
	struct store_item *items;
	size_t item_count;
	struct store_played *played;
	size_t played_count;
	struct practice_item *choices; /* what may come next */
	size_t choice_count;
	const struct practice_item *next; /* NULL: there is nothing at all */
	enum practice_reason why;
};

/* Reads it all into `arena`. Works with or without the library's rules: without them ids stand for
 * titles. Writes grades of drills where the log lets it. */
bool progress_read(struct store *store, struct library *library, double now, struct arena *arena,
                   struct progress *out, struct err *err);

/* What a move or scenario is called. */
struct slice progress_title(const struct progress *progress, enum practice_kind kind,
                            struct slice id);
const struct store_item *progress_item(const struct progress *progress, enum practice_kind kind,
                                       struct slice id);
/* A figure of one conversation; zero when it has none. */
struct tally progress_tally(const struct store_conversation *conversation, enum tally_kind kind,
                            struct slice id);
/* "yesterday", "9 days ago"; "in 3 days", "now". In the progress's arena. */
struct slice progress_ago(const struct progress *progress, double at);
struct slice progress_until(const struct progress *progress, double at);
/* Why that comes next, in one sentence without its full stop: “Emotional label: last practised 9
 * days ago, heard in 1 of the last 3 conversations”. */
struct slice progress_why(const struct progress *progress);

/* How `rehearse next` practises what comes next. */
struct progress_step {
	bool drill; /* else a conversation */
	struct slice focus; /* the move; empty when the scenario is the point */
	const struct library_scenario *scenario; /* of a conversation */
};
/* A move that was drilled last, or that no deck has a prompt for, is tried in a conversation, else
 * drilled. `decks` may be NULL. False when there is nothing to play. */
bool progress_step(const struct progress *progress, const struct decks *decks,
                   struct progress_step *out);

/* Keeps what an attempt came to; `at`: when it ended. The moves the mentor chose are in
 * attempt->focus. */
bool progress_keep(struct store *store, const struct store_attempt *attempt,
                   const struct debrief *debrief, double at, struct err *err);
/* Plays ended attempts through again and keeps what they come to with the rules and scenarios of
 * today: those not counted yet, at most `most`, or all (0). Needs the rules, sound. */
struct progress_rebuilt {
	size_t counted;
	size_t without_scenario; /* theirs is not there any more, or cannot be played: as they were
	                          */
	size_t changed; /* theirs, or the rules, are not those they were played with */
};
bool progress_rebuild(struct store *store, struct library *library, size_t most,
                      struct progress_rebuilt *out, struct err *err);

/* What the log knows of each move, by its index, the attempt `except` (or 0) left out; NULL with
 * words when it cannot be read. Lives in `arena`. */
const struct mastery *progress_mastery(struct store *store, const struct ruleset *ruleset,
                                       int64_t except, double now, struct arena *arena,
                                       struct err *err);

#endif
