/* store_progress.h: what conversations and drills came to, in the practice log.
 *
 * A tally is one figure of one attempt; a grade is what was learnt about a move or scenario, from
 * an attempt or a drill, by the rules of schedule.h. Both follow from events and drills and can be
 * made again. Every `false` fills `err`. What is read lives in `arena`. */
#ifndef EDGE_STORE_PROGRESS_H
#define EDGE_STORE_PROGRESS_H

#include "edge/store.h"
#include "engine/practice.h"

/* Puts the tallies of an attempt in the place of any it had, and the grades that follow from them;
 * of drills that ended before `at` as well. `scenario` is its id, `number` that of the attempt. */
bool store_put_tallies(struct store *store, const struct store_attempt *attempt, double at,
                       const struct tally *tallies, size_t count, struct err *err);
/* Grades what was drilled and is not graded yet. */
bool store_grade_drills(struct store *store, struct err *err);
/* Removes all grades, before they are made again attempt by attempt, in their order. */
bool store_clear_grades(struct store *store, struct err *err);
/* Makes the grades of an attempt again from the tallies it has. */
bool store_regrade(struct store *store, const struct store_attempt *attempt, double at,
                   struct err *err);
/* How many ended attempts have no tallies yet. A room's attempts are nobody's own, and never
 * counted. */
bool store_uncounted(struct store *store, int64_t *count, struct err *err);
/* Ids of the ended attempts, oldest first: those without tallies, or all. */
bool store_ended_attempts(struct store *store, bool all, struct arena *arena, int64_t **ids,
                          size_t *count, struct err *err);

/* Where the last grade came from. */
enum store_source {
	STORE_ATTEMPT, /* a conversation that heard the move, or played the scenario */
	STORE_MISSED, /* one that called for the move and did not hear it */
	STORE_DRILL,
};

/* An item with all its grades. */
struct store_item {
	enum practice_kind kind;
	struct slice id;
	struct schedule_course course;
	enum store_source source;
};
/* All that was ever graded, by kind and id. */
bool store_items(struct store *store, struct arena *arena, struct store_item **items, size_t *count,
                 struct err *err);

/* A conversation that has tallies. */
struct store_conversation {
	int64_t attempt;
	int64_t session;
	uint32_t number;
	struct slice scenario, title;
	double started;
	struct tally *tallies; /* all of its figures */
	size_t tally_count;
};
/* The last `most` but for the attempt `except` (or 0), oldest first. */
bool store_conversations(struct store *store, size_t most, int64_t except, struct arena *arena,
                         struct store_conversation **out, size_t *count, struct err *err);

/* In so many sessions running, up to the last that called for the move or heard it, it was heard;
 * looks back over at most `most` conversations, `except` (or 0) left out. */
bool store_streak(struct store *store, struct slice move, uint32_t most, int64_t except,
                  uint32_t *streak, struct err *err);
/* The figure at its highest, or lowest, over all conversations; false in `*any` when there is none.
 */
bool store_best(struct store *store, enum tally_kind kind, struct slice id, bool lowest,
                struct tally *best, bool *any, struct err *err);

/* How often a scenario was played. */
struct store_played {
	struct slice scenario;
	uint32_t times, ended, well; /* `ended`: those that ended and could have ended well */
	double last; /* when the last one began */
};
bool store_played(struct store *store, struct arena *arena, struct store_played **out,
                  size_t *count, struct err *err);

/* All there is. */
struct store_totals {
	uint32_t conversations;
	uint32_t lines, hits; /* drilled; hit at the first try */
	double first, last; /* when practice began, and when it was last heard of; 0: never */
};
bool store_totals(struct store *store, struct store_totals *out, struct err *err);
/* Lines drilled of one move, those hit at the first try, and when the last one was. */
bool store_drilled(struct store *store, struct slice move, uint32_t *lines, uint32_t *hits,
                   double *last, struct err *err);

#endif
