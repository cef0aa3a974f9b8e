/* due.c: see due.h. */
#include "engine/due.h"

#define AHEAD_MOST (2 * 366L)

static const char *const weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
static const char *const months[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};
static const char *const numbers[] = {"a",   "one",   "two",   "three", "four", "five",
                                      "six", "seven", "eight", "nine",  "ten"};

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days since 1 January of the year 1, a Monday. */
static long serial(struct due_day day)
{
	long before = day.year - 1;
	long count = before * 365 + before / 4 - before / 100 + before / 400;
	int month;

	for (month = 1; month < day.month; month++)
		count += month_days(day.year, month);
	return count + day.day - 1;
}

struct due_day due_after(struct due_day day, long days)
{
	while (days > 0) {
		days--;
		if (++day.day <= month_days(day.year, day.month))
			continue;
		day.day = 1;
		if (++day.month > 12) {
			day.month = 1;
			day.year++;
		}
	}
	while (days < 0) {
		days++;
		if (--day.day > 0)
			continue;
		if (--day.month < 1) {
			day.month = 12;
			day.year--;
		}
		day.day = month_days(day.year, day.month);
	}
	return day;
}

long due_between(struct due_day from, struct due_day to)
{
	return serial(to) - serial(from);
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The next run of letters or of digits, in lower case; digits and letters part each other (“3rd”).
 * Empty at the end. */
struct words {
	char text[64];
	size_t len;
	size_t at;
};

static void lower(struct slice text, struct words *out)
{
	size_t i;

	*out = (struct words){0};
	for (i = 0; i < text.len && i < sizeof(out->text); i++) {
		char c = text.at[i];

		out->text[out->len++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
}

static struct slice next(struct words *words)
{
	size_t start;

	while (words->at < words->len && !is_letter(words->text[words->at]) &&
	       !is_digit(words->text[words->at]))
		words->at++;
	start = words->at;
	if (start < words->len && is_digit(words->text[start])) {
		while (words->at < words->len && is_digit(words->text[words->at]))
			words->at++;
	} else {
		while (words->at < words->len && is_letter(words->text[words->at]))
			words->at++;
	}
	return (struct slice){words->text + start, words->at - start};
}

/* By its whole name, or the first three letters or more of it; -1 for none. */
static int named(struct slice word, const char *const *names, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		if (word.len >= 3 && slice_starts(slice_of(names[i]), word))
			return i;
	}
	return -1;
}

static bool read_number(struct slice word, long *number)
{
	size_t i;

	if (slice_int(word, 0, 9999, number))
		return true;
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (slice_is(word, numbers[i])) {
			*number = i ? (long)i : 1;
			return true;
		}
	}
	return false;
}

static bool skipped(struct slice word)
{
	static const char *const skip[] = {"on", "in", "the", "this", "by", "of", "at", "coming"};
	size_t i;

	for (i = 0; i < sizeof(skip) / sizeof(skip[0]); i++) {
		if (slice_is(word, skip[i]))
			return true;
	}
	return false;
}

static struct slice next_of_note(struct words *words)
{
	struct slice word = next(words);

	while (word.len && skipped(word))
		word = next(words);
	return word;
}

/* A day and a month are known, perhaps a year. */
static bool place(struct due_day today, long year, long month, long day, struct due_day *out)
{
	if (month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	if (year > 0 && year < 100)
		year += 2000;
	*out = (struct due_day){year ? (int)year : today.year, (int)month, (int)day};
	if (!year && due_between(today, *out) < 0)
		out->year++;
	return out->year >= 1 && out->day <= month_days(out->year, out->month);
}

static long year_behind(struct words *words)
{
	long year;

	return slice_int(next_of_note(words), 2000, 9998, &year) ? year : 0;
}

/* “5 days”, “2 weeks”, “3 dec”, “3/12”, “2026-12-03”. */
static bool from_number(long number, struct words words, struct due_day today, struct due_day *out)
{
	struct slice word = next_of_note(&words);
	long second, third;
	int month;

	if (slice_is(word, "st") || slice_is(word, "nd") || slice_is(word, "rd") ||
	    slice_is(word, "th"))
		word = next_of_note(&words);
	if (slice_is(word, "day") || slice_is(word, "days")) {
		*out = due_after(today, number);
		return number <= AHEAD_MOST;
	}
	if (slice_is(word, "week") || slice_is(word, "weeks") || slice_is(word, "fortnight")) {
		number *= slice_is(word, "fortnight") ? 14 : 7;
		if (number > AHEAD_MOST)
			return false;
		*out = due_after(today, number);
		return true;
	}
	month = named(word, months, 12);
	if (month >= 0)
		return place(today, year_behind(&words), month + 1, number, out);
	if (!slice_int(word, 1, 31, &second))
		return false;
	word = next(&words);
	if (!slice_int(word, 1, 9998, &third))
		third = 0;
	if (number > 31)
		return place(today, number, second, third, out);
	return place(today, third, second, number, out);
}

/* A date behind the day's name (“thursday 3 december”) counts where it is such a day. */
static bool from_weekday(int weekday, bool next_week, struct words words, struct due_day today,
                         struct due_day *out)
{
	int now = (int)(serial(today) % 7);
	int ahead = (weekday - now + 7) % 7;
	long number;

	if (slice_int(next_of_note(&words), 1, 31, &number) &&
	    from_number(number, words, today, out) && serial(*out) % 7 == weekday)
		return true;
	if (next_week)
		ahead = 7 - now + weekday;
	*out = due_after(today, ahead ? ahead : 7);
	return true;
}

static bool read_day(struct words words, struct due_day today, struct due_day *out)
{
	struct slice word = next_of_note(&words);
	bool after = slice_is(word, "next");
	long number;
	int at;

	if (after)
		word = next_of_note(&words);
	if ((after && slice_is(word, "week")) || slice_is(word, "fortnight")) {
		*out = due_after(today, after ? 7 : 14);
		return true;
	}
	if (slice_is(word, "today") || slice_is(word, "tonight") || slice_is(word, "tomorrow")) {
		*out = due_after(today, slice_is(word, "tomorrow"));
		return true;
	}
	at = named(word, weekdays, 7);
	if (at >= 0)
		return from_weekday(at, after, words, today, out);
	at = named(word, months, 12);
	if (at >= 0 && slice_int(next_of_note(&words), 1, 31, &number)) {
		struct slice ending =
		        slice_sub((struct slice){words.text, words.len}, words.at, words.at + 2);

		if (ending.len == 2 && is_letter(ending.at[0]) && is_letter(ending.at[1]))
			next(&words);
		return place(today, year_behind(&words), at + 1, number, out);
	}
	return read_number(word, &number) && from_number(number, words, today, out);
}

bool due_read(struct slice text, struct due_day today, struct due_day *out)
{
	struct words words;
	long ahead;

	lower(slice_trim(text), &words);
	/* “One day” is any; “in one day” is tomorrow. */
	if (slice_starts((struct slice){words.text, words.len}, SLICE("one day")))
		return false;
	if (!read_day(words, today, out))
		return false;
	ahead = due_between(today, *out);
	return ahead >= 0 && ahead <= AHEAD_MOST;
}

void due_write(struct due_day day, struct strbuf *out)
{
	const char *weekday = weekdays[serial(day) % 7];
	const char *month = months[day.month - 1];

	strbuf_addf(out, "%c%s %d %c%s %d", weekday[0] - 'a' + 'A', weekday + 1, day.day,
	            month[0] - 'a' + 'A', month + 1, day.year);
}
