/* schedule.h: when something practised is due again.
 *
 * The scheduler is FSRS-5, the Free Spaced Repetition Scheduler, version 5, with its nineteen
 * default weights and a desired retention of 0.9, as published by the Open Spaced Repetition group
 * (J. Ye): https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm ; reference
 * values are those of `FSRS-5.test.ts` in ts-fsrs. Of each item it keeps two numbers, the days
 * until it is remembered with a probability of 0.9 (stability) and a difficulty from 1 to 10.
 * Chosen over SM-2 (Woźniak 1990), which knows only intervals that were kept: mentors come back
 * late, early and twice a day, and FSRS takes the time that really passed. Its weights were fitted
 * to flashcards; that a skill in conversation fades at the same pace is an assumption.
 *
 * Pure: times are handed in, as seconds since the epoch. A clock that went backwards counts as one
 * that stood still, and its new time holds from then on. */
#ifndef ENGINE_SCHEDULE_H
#define ENGINE_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#define SCHEDULE_NAME "FSRS-5"
#define SCHEDULE_RETENTION 0.9
#define SCHEDULE_DAY 86400.0 /* seconds */
#define SCHEDULE_DAYS_MAX 36500.0

/* FSRS's ratings. */
enum schedule_grade {
	GRADE_NONE, /* nothing to learn from */
	GRADE_AGAIN,
	GRADE_HARD,
	GRADE_GOOD,
	GRADE_EASY,
};

/* Zero-initialise: never practised. */
struct schedule_item {
	double stability; /* days, 0.01 to SCHEDULE_DAYS_MAX; 0 when never practised */
	double difficulty; /* 1 to 10 */
	double last; /* when it was last practised */
};

/* Takes a grade (not GRADE_NONE) into account. Within a day of the last one FSRS-5's short-term
 * formula holds; later its formulas for recall and lapse, over the whole days that passed. */
void schedule_review(struct schedule_item *item, enum schedule_grade grade, double now);
/* The probability, 0 to 1, that it would be remembered at `now`; 0 when never practised. */
double schedule_recall(const struct schedule_item *item, double now);
/* Whole days, from 1, after which that has fallen to SCHEDULE_RETENTION. */
double schedule_days(const struct schedule_item *item);
/* When that is; 0 when never practised. */
double schedule_due(const struct schedule_item *item);

/* How grades are derived from what happened. There is no GRADE_EASY: nobody is asked how it felt.
 */

/* A line drilled: hit at the first try good, at a later one hard, not at all again. */
enum schedule_grade schedule_drilled(bool hit, uint32_t tries);
/* A move in a conversation: used, good. Not used where it was called for (the scenario practises
 * it, the mentor had chosen it, or the debrief named a place for it), again, but only when it was
 * `missed_before` too, in the last conversation that called for it: one silence proves little. */
enum schedule_grade schedule_used(bool used, bool called_for, bool missed_before);
/* A scenario: its ending good, at the first attempt of a session, good; at a later one hard;
 * another ending again. A conversation left without an ending says nothing, nor one that has no
 * good ending.
 */
enum schedule_grade schedule_ended(bool ended, bool good, bool has_good, uint32_t attempt);

/* What happens to one item within one sitting is one review: ten lines drilled in five minutes are
 * massed practice, not spaced. Its grade is the mean, halves down. */
#define SCHEDULE_SITTING (8 * 3600.0) /* seconds from its first grade */
bool schedule_same_sitting(double first, double at);
enum schedule_grade schedule_mean(uint32_t sum, uint32_t count);

/* One item through all its sittings. Zero-initialise. */
struct schedule_course {
	struct schedule_item now;
	struct schedule_item before; /* the last sitting */
	double first; /* when the last sitting began */
	uint32_t sum, count; /* of its grades */
	uint32_t sittings;
};
/* One grade more (GRADE_NONE changes nothing), in the order in which things happened. */
void schedule_mark(struct schedule_course *course, enum schedule_grade grade, double at);

#endif
