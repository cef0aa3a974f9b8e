/* balance.c: see balance.h. */
#include "engine/balance.h"

#include <inttypes.h>

static double of_100(uint64_t part, uint64_t all)
{
	return all ? 100.0 * (double)part / (double)all : 0;
}

static bool any_good(const struct scenario *scenario)
{
	size_t i;

	for (i = 0; i < scenario->ending_count; i++) {
		if (scenario->endings[i].good)
			return true;
	}
	return false;
}

static void judge_style(const struct tally *tally, size_t index, const struct mentor *mentor,
                        struct diags *diags)
{
	const struct scenario *scenario = tally->scenario;
	const struct tally_style *style = &tally->styles[index];
	double good = of_100(style->good, style->runs);

	if (!mentor->expects || style->runs == 0)
		return;
	if (mentor->at_least && good < (double)mentor->share)
		diag_error(
		        diags, scenario->place,
		        "of 100 conversations of ‘%.*s’ mentors %.0f end well, and %ld should; see "
		        "‘rehearse simulate %.*s --style %.*s’",
		        SLICE_ARGS(mentor->id), good, mentor->share, SLICE_ARGS(scenario->id),
		        SLICE_ARGS(mentor->id));
	else if (!mentor->at_least && good > (double)mentor->share)
		diag_error(diags, scenario->place,
		           "of 100 conversations of ‘%.*s’ mentors %.0f end well, and no more than "
		           "%ld should; see ‘rehearse simulate %.*s --style %.*s’",
		           SLICE_ARGS(mentor->id), good, mentor->share, SLICE_ARGS(scenario->id),
		           SLICE_ARGS(mentor->id));
	diags_name(diags, "balance-good");
}

static void judge_endings(const struct tally *tally, struct diags *diags)
{
	const struct scenario *scenario = tally->scenario;
	uint64_t runs = tally_sum(tally).runs;
	size_t i;

	for (i = 0; i < scenario->ending_count; i++) {
		if (tally->first_ending[i] != TALLY_NEVER)
			continue;
		diag_error(
		        diags, scenario->endings[i].place,
		        "ending ‘%.*s’ was reached in none of %" PRIu64
		        " conversations; ease its condition, or look at what ends them before it",
		        SLICE_ARGS(scenario->endings[i].id), runs);
		diags_name(diags, "balance-ending");
	}
}

/* The reply with the highest count. */
struct most {
	const uint64_t *counts; /* by reply */
	const struct reply *reply;
};

static void look(void *context, const struct reply *reply)
{
	struct most *most = context;

	if (most->counts[reply->index] == 0)
		return;
	if (!most->reply || most->counts[reply->index] > most->counts[most->reply->index])
		most->reply = reply;
}

static const struct reply *most_often(const struct tally *tally, const uint64_t *counts)
{
	struct most most = {.counts = counts};

	tally_replies(tally->scenario, look, &most);
	return most.reply;
}

static void judge_lines(const struct tally *tally, const struct tally_style *sum,
                        struct diags *diags)
{
	double fallback = of_100(sum->fallbacks, sum->turns);
	double repeat = of_100(sum->repeats, sum->turns);
	const struct reply *reply;

	if (fallback > BALANCE_FALLBACK) {
		reply = most_often(tally, tally->fallen);
		diag_error(
		        diags, reply->place,
		        "%.1f of 100 turns are met by nothing written for them, and %.0f may be; "
		        "most often by this (%" PRIu64
		        " times): see ‘rehearse simulate %.*s --repro fallback’",
		        fallback, BALANCE_FALLBACK, tally->fallen[reply->index],
		        SLICE_ARGS(tally->scenario->id));
		diags_name(diags, "balance-fallback");
	}
	if (repeat > BALANCE_REPEAT) {
		reply = most_often(tally, tally->again);
		diag_error(diags, reply->place,
		           "in %.1f of 100 turns a line comes again within %u turns, and %.0f may; "
		           "most often this (%" PRIu64
		           " times): write ‘or’ and other words below it",
		           repeat, TALLY_REPEAT_TURNS, BALANCE_REPEAT, tally->again[reply->index]);
		diags_name(diags, "balance-repeat");
	}
	if (sum->spurned) {
		diag_error(diags, tally->scenario->place,
		           "in %" PRIu64 " turns a line came again although something else fitted: "
		           "‘rehearse simulate %.*s --repro repeat’",
		           sum->spurned, SLICE_ARGS(tally->scenario->id));
		diags_name(diags, "balance-repeat");
	}
}

static void judge_meters(const struct tally *tally, struct diags *diags)
{
	int meter;

	for (meter = 0; meter < METERS; meter++) {
		if (tally->ups[meter] && tally->downs[meter])
			continue;
		diag_error(diags, tally->scenario->place,
		           "%s never %s, whatever is said; give some replies an ‘effect’ on it",
		           meter_name((enum meter)meter),
		           tally->ups[meter]     ? "falls"
		           : tally->downs[meter] ? "rises"
		                                 : "moves");
		diags_name(diags, "balance-meter");
	}
}

void balance_judge(const struct tally *tally, const struct mentor *const *styles,
                   struct diags *diags)
{
	struct tally_style sum = tally_sum(tally);
	size_t i;

	if (!any_good(tally->scenario)) {
		diag_error(diags, tally->scenario->place,
		           "no ending is marked ‘good’, so nobody can end well; write ‘good’ below "
		           "those that the skilled should reach");
		diags_name(diags, "balance-good");
	}
	for (i = 0; any_good(tally->scenario) && i < tally->style_count; i++)
		judge_style(tally, i, styles[i], diags);
	judge_endings(tally, diags);
	judge_lines(tally, &sum, diags);
	judge_meters(tally, diags);
}
