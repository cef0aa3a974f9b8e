/* clock.h: the time, for the edges to hand in.
 *
 * Where REHEARSE_NOW holds a number of seconds since the epoch, that is the time: so that tests
 * give the same bytes every day. The time is only recorded and shown, nothing is put in order by
 * it: clocks go backwards. */
#ifndef EDGE_CLOCK_H
#define EDGE_CLOCK_H

#include "base/str.h"

/* Seconds since the epoch. */
double clock_now(void);
/* Seconds from some moment on, for measuring: never goes backwards, whatever REHEARSE_NOW says. */
double clock_elapsed(void);
/* "2026-11-22 09:30", local time; "?" for what is no time within the years 1 to 9999. */
void clock_minute(double at, struct strbuf *out);
/* "2026-11-22". */
void clock_day(double at, struct strbuf *out);

#endif
