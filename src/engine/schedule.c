/* schedule.c: see schedule.h. The formulas bear the names of the published description. */
#include "engine/schedule.h"

#include <math.h>

#include "base/mem.h"

#define DECAY (-0.5)
#define FACTOR (19.0 / 81.0) /* so that R is 0.9 after S days */
#define STABILITY_MIN 0.01

/* FSRS-5's default weights w0 to w18. */
static const double w[] = {0.40255, 1.18385, 3.173,  15.69105, 7.1949, 0.5345, 1.4604,
                           0.0046,  1.54575, 0.1192, 1.01925,  1.9395, 0.11,   0.29605,
                           2.2698,  0.2315,  2.9898, 0.51655,  0.6621};

static double clamp(double value, double least, double most)
{
	/* Also for what is no number: a damaged log must not spread. */
	if (!(value >= least))
		return least;
	return value > most ? most : value;
}

/* R(t, S) */
static double retrievability(double days, double stability)
{
	return pow(1 + FACTOR * days / stability, DECAY);
}

/* D0(G), not clamped: the mean that difficulty reverts to is D0(4) as it is. */
static double first_difficulty(double grade)
{
	return w[4] - exp(w[5] * (grade - 1)) + 1;
}

/* D'(D, G), with linear damping and reversion to the mean. */
static double next_difficulty(double difficulty, double grade)
{
	double damped = difficulty - w[6] * (grade - 3) * (10 - difficulty) / 9;

	return clamp(w[7] * first_difficulty(GRADE_EASY) + (1 - w[7]) * damped, 1, 10);
}

/* S'r(D, S, R, G) */
static double after_recall(const struct schedule_item *item, double recall,
                           enum schedule_grade grade)
{
	double growth = exp(w[8]) * (11 - item->difficulty) * pow(item->stability, -w[9]) *
	                (exp(w[10] * (1 - recall)) - 1);

	if (grade == GRADE_HARD)
		growth *= w[15];
	else if (grade == GRADE_EASY)
		growth *= w[16];
	return item->stability * (growth + 1);
}

/* S'f(D, S, R): never more than a lapse within the same day would leave. */
static double after_lapse(const struct schedule_item *item, double recall)
{
	double left = w[11] * pow(item->difficulty, -w[12]) *
	              (pow(item->stability + 1, w[13]) - 1) * exp(w[14] * (1 - recall));
	double most = item->stability / exp(w[17] * w[18]);

	return left < most ? left : most;
}

/* S'(S, G) within a day */
static double after_same_day(const struct schedule_item *item, double grade)
{
	return item->stability * exp(w[17] * (grade - 3 + w[18]));
}

/* Days since it was last practised, fractions included; 0 when the clock went backwards. */
static double days_since(const struct schedule_item *item, double now)
{
	return clamp((now - item->last) / SCHEDULE_DAY, 0, SCHEDULE_DAYS_MAX);
}

void schedule_review(struct schedule_item *item, enum schedule_grade grade, double now)
{
	double days = floor(days_since(item, now));
	double stability;

	if (grade < GRADE_AGAIN || grade > GRADE_EASY)
		BUG("%d is no grade", (int)grade);
	if (item->stability <= 0) {
		item->stability = w[grade - 1];
		item->difficulty = clamp(first_difficulty(grade), 1, 10);
		item->last = now;
		return;
	}
	if (days < 1)
		stability = after_same_day(item, grade);
	else if (grade == GRADE_AGAIN)
		stability = after_lapse(item, retrievability(days, item->stability));
	else
		stability = after_recall(item, retrievability(days, item->stability), grade);
	item->stability = clamp(stability, STABILITY_MIN, SCHEDULE_DAYS_MAX);
	item->difficulty = next_difficulty(item->difficulty, grade);
	item->last = now;
}

double schedule_recall(const struct schedule_item *item, double now)
{
	if (item->stability <= 0)
		return 0;
	return retrievability(days_since(item, now), item->stability);
}

double schedule_days(const struct schedule_item *item)
{
	double days = item->stability / FACTOR * (pow(SCHEDULE_RETENTION, 1 / DECAY) - 1);

	return clamp(floor(days + 0.5), 1, SCHEDULE_DAYS_MAX);
}

double schedule_due(const struct schedule_item *item)
{
	if (item->stability <= 0)
		return 0;
	return item->last + schedule_days(item) * SCHEDULE_DAY;
}

enum schedule_grade schedule_drilled(bool hit, uint32_t tries)
{
	if (!hit)
		return GRADE_AGAIN;
	return tries > 1 ? GRADE_HARD : GRADE_GOOD;
}

enum schedule_grade schedule_used(bool used, bool called_for, bool missed_before)
{
	if (used)
		return GRADE_GOOD;
	return called_for && missed_before ? GRADE_AGAIN : GRADE_NONE;
}

enum schedule_grade schedule_ended(bool ended, bool good, bool has_good, uint32_t attempt)
{
	if (!ended || !has_good)
		return GRADE_NONE;
	if (!good)
		return GRADE_AGAIN;
	return attempt > 1 ? GRADE_HARD : GRADE_GOOD;
}

bool schedule_same_sitting(double first, double at)
{
	/* A clock that was put back by less than a sitting did not begin a new one. */
	return fabs(at - first) < SCHEDULE_SITTING;
}

enum schedule_grade schedule_mean(uint32_t sum, uint32_t count)
{
	uint32_t mean;

	if (count == 0)
		return GRADE_NONE;
	mean = (2 * sum + count - 1) / (2 * count);
	return (enum schedule_grade)(mean < GRADE_AGAIN  ? (uint32_t)GRADE_AGAIN
	                             : mean > GRADE_EASY ? (uint32_t)GRADE_EASY
	                                                 : mean);
}

void schedule_mark(struct schedule_course *course, enum schedule_grade grade, double at)
{
	if (grade == GRADE_NONE)
		return;
	if (course->count == 0 || !schedule_same_sitting(course->first, at)) {
		course->before = course->now;
		course->first = at;
		course->sum = 0;
		course->count = 0;
		course->sittings++;
	}
	course->sum += (uint32_t)grade;
	course->count++;
	course->now = course->before;
	schedule_review(&course->now, schedule_mean(course->sum, course->count), course->first);
	course->now.last = at;
}
