/* store_plan.h: plans, and what a mentor writes down when looking back, in the practice log
 * (store.h). */
#ifndef EDGE_STORE_PLAN_H
#define EDGE_STORE_PLAN_H

#include "edge/store.h"
#include "engine/plan.h"

struct store_plan {
	int64_t id; /* 0: there is none */
	double at; /* when it was last changed */
	struct plan plan;
};

/* A new plan; sets `id`. */
bool store_add_plan(struct store *store, struct store_plan *plan, struct err *err);
/* Puts it in the place of what plan->id was: while it is being made. Plans that sessions were held
 * by are left alone: a changed one is a new one. */
bool store_change_plan(struct store *store, const struct store_plan *plan, struct err *err);
/* The latest of a scenario; id 0 when there is none. Lives in `arena`. */
bool store_latest_plan(struct store *store, struct slice scenario, struct arena *arena,
                       struct store_plan *out, struct err *err);
/* By its id; id 0 when it is not there. */
bool store_find_plan(struct store *store, int64_t id, struct arena *arena, struct store_plan *out,
                     struct err *err);

/* What was written down about an attempt. Kinds, as text in the log: */
#define NOTE_HELPED SLICE("helped")
#define NOTE_HINDERED SLICE("hindered")
#define NOTE_MISSING SLICE("missing")
#define NOTE_INTENTION SLICE("intention") /* has `due` */
#define NOTE_OUTCOME SLICE("intention_outcome") /* is `about` an intention */

struct store_note {
	int64_t id; /* set when added */
	int64_t session, attempt; /* 0: of none */
	uint32_t turn; /* 0: of the whole */
	struct slice kind;
	struct slice text;
	double at;
	double due; /* when to ask how it went; 0: never */
	int64_t about; /* the note it answers, or 0 */
};

bool store_add_note(struct store *store, struct store_note *note, struct err *err);
/* Puts the text and the times of note->id anew. */
bool store_change_note(struct store *store, const struct store_note *note, struct err *err);
/* Takes it away, with what was noted about it. */
bool store_drop_note(struct store *store, int64_t id, struct err *err);
/* All notes of an attempt in the order they were written. */
bool store_notes(struct store *store, int64_t attempt, struct arena *arena, struct store_note **out,
                 size_t *count, struct err *err);

/* An intention for the real conversation, with what practised it and how it went. */
struct store_intention {
	struct store_note note;
	struct slice name; /* the ECT's in the practice */
	struct slice title; /* of the scenario */
	uint32_t attempt; /* number within the session */
	struct slice outcome; /* the last that was said of it; empty: not asked or not answered */
	double outcome_at;
};
/* All there are, the earliest due first. */
bool store_intentions(struct store *store, struct arena *arena, struct store_intention **out,
                      size_t *count, struct err *err);
/* How many are due by `now` and were not answered; 0 also when the log cannot tell. `first` (may be
 * NULL) gets the text of the earliest. */
size_t store_due_intentions(struct store *store, double now, struct arena *arena,
                            struct slice *first);
/* The last attempt in which something was said, finished or not; 0 when there is none. */
bool store_last_attempt(struct store *store, int64_t *attempt, struct err *err);

#endif
