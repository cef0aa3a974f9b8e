/* due.h: days as people write them: “thursday”, “in 5 days”, “3 dec”. No clock: today is handed in.
 */
#ifndef ENGINE_DUE_H
#define ENGINE_DUE_H

#include "base/str.h"

/* A day of the Gregorian calendar. */
struct due_day {
	int year; /* 1 to 9999 */
	int month; /* from 1 */
	int day; /* from 1 */
};

/* Reads a day from `text`, in English, British order (3/12 is the third of December); words behind
 * it (“thursday, period 3”) are passed over. A day of the week is the next one after today; a day
 * without a year is the next such one, today included. False when none is found, when it is past,
 * or more than two years ahead. */
bool due_read(struct slice text, struct due_day today, struct due_day *out);
/* `days` later (or earlier). */
struct due_day due_after(struct due_day day, long days);
/* Days from `from` to `to`. */
long due_between(struct due_day from, struct due_day to);
/* "Thursday 3 December 2026". */
void due_write(struct due_day day, struct strbuf *out);

#endif
