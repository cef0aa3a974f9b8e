/* clock.c: see clock.h. */
#include "edge/clock.h"

/* Year 1 to 9999. */
#define FIRST (-62135596800.0)
#define LAST 253402300799.0

static bool is_time(double at)
{
	return at >= FIRST && at <= LAST;
}

double clock_now(void)
{
	const char *fixed = getenv("REHEARSE_NOW");
	struct timespec now;

	if (fixed && *fixed) {
		char *end;
		double at = strtod(fixed, &end);

		if (*end == '\0' && is_time(at))
			return at;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* False, with a question mark, for what is no time. */
static bool local(double at, struct tm *parts, struct strbuf *out)
{
	time_t seconds = is_time(at) ? (time_t)at : 0;

	if (is_time(at) && localtime_r(&seconds, parts))
		return true;
	strbuf_addz(out, "?");
	return false;
}

void clock_minute(double at, struct strbuf *out)
{
	struct tm parts;

	if (!local(at, &parts, out))
		return;
	clock_day(at, out);
	strbuf_addf(out, " %02d:%02d", parts.tm_hour, parts.tm_min);
}

void clock_day(double at, struct strbuf *out)
{
	struct tm parts;

	if (local(at, &parts, out))
		strbuf_addf(out, "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1,
		            parts.tm_mday);
}

double clock_elapsed(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
