/* calendar.c: see calendar.h. */
#include "edge/calendar.h"

#define LAST_HOUR 16

/* A clock that is no clock is taken for the epoch: days are only shown and counted from. */
struct due_day calendar_day(double at)
{
	time_t seconds = at > -62135596800.0 && at < 253402300800.0 ? (time_t)at : 0;
	struct tm local;

	if (!localtime_r(&seconds, &local) || local.tm_year < -1899 || local.tm_year > 8090)
		return (struct due_day){1970, 1, 1};
	return (struct due_day){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
}

struct due_day calendar_in_a_week(double now)
{
	return due_after(calendar_day(now), 7);
}

double calendar_due(struct due_day day)
{
	struct tm local = {.tm_year = day.year - 1900,
	                   .tm_mon = day.month - 1,
	                   .tm_mday = day.day,
	                   .tm_hour = LAST_HOUR,
	                   .tm_isdst = -1};

	return (double)mktime(&local);
}

bool calendar_read(struct slice text, double now, double *due)
{
	struct due_day day;

	if (!due_read(text, calendar_day(now), &day))
		return false;
	*due = calendar_due(day);
	return true;
}

void calendar_write(double at, struct strbuf *out)
{
	due_write(calendar_day(at), out);
}
