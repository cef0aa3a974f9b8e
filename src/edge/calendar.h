/* calendar.h: days of the local calendar (engine/due.h) as times, and times as days. */
#ifndef EDGE_CALENDAR_H
#define EDGE_CALENDAR_H

#include "engine/due.h"

/* The local day that time falls on. */
struct due_day calendar_day(double at);
/* The day a week later. */
struct due_day calendar_in_a_week(double now);
/* When to ask how that day went: at four in the afternoon, local time, when a school day is over.
 */
double calendar_due(struct due_day day);
/* Reads a day as people write it (due_read) and gives calendar_due of it; false when there is none
 * to come. */
bool calendar_read(struct slice text, double now, double *due);
/* "Thursday 3 December 2026". */
void calendar_write(double at, struct strbuf *out);

#endif
