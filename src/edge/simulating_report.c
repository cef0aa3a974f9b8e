/* simulating_report.c: see simulating.h. The figures as tables, and as sentences with --plain. */
#include <inttypes.h>

#include "base/utf8.h"
#include "edge/simulating.h"
#include "engine/trial.h"

#define NAME_COLUMNS 16 /* of what a row is about */
#define COLUMNS 9 /* of a figure; six styles and all of them fit into eighty */
#define LISTED 40u /* lines never said that are shown without --full */

struct report {
	const struct tally *tally;
	const struct styles *styles;
	const struct simulating *simulating;
	bool full;
	bool plain;
	struct strbuf *out;
};

/* To the column, whatever its bytes are. */
static void put_cell(struct report *report, struct slice text, size_t columns, bool right)
{
	size_t width = utf8_width(text);
	size_t gap = width < columns ? columns - width : right;

	if (right)
		strbuf_addf(report->out, "%*s", (int)gap, "");
	utf8_clean(report->out, text, false);
	if (!right)
		strbuf_addf(report->out, "%*s", (int)gap, "");
}

static void put_gap(struct report *report)
{
	strbuf_addc(report->out, '\n');
}

static void put_heading(struct report *report, const char *heading, const char *about)
{
	put_gap(report);
	if (report->plain)
		strbuf_addf(report->out, "%s%s%s\n", heading, *about ? ": " : "", about);
	else
		strbuf_addf(report->out, "%-*s%s%s\n", *about ? NAME_COLUMNS : 0, heading,
		            *about ? " " : "", about);
}

/* A row of shares, one for each style. In plain mode a sentence: “plan: skilled 70%, …”. */
static void begin_row(struct report *report, struct slice name)
{
	if (report->plain) {
		utf8_clean(report->out, name, false);
		strbuf_addz(report->out, ": ");
	} else {
		strbuf_addz(report->out, "  ");
		put_cell(report, name, NAME_COLUMNS - 2, false);
	}
}

static void put_figure(struct report *report, size_t style, struct slice figure)
{
	if (!report->plain) {
		put_cell(report, figure, COLUMNS, true);
		return;
	}
	if (style)
		strbuf_addz(report->out, ", ");
	if (style < report->styles->count) {
		utf8_clean(report->out, report->styles->items[style]->title, false);
		strbuf_addc(report->out, ' ');
	} else {
		strbuf_addz(report->out, "all ");
	}
	utf8_clean(report->out, figure, false);
}

static void put_share(struct report *report, size_t style, uint64_t part, uint64_t all)
{
	char text[32];

	if (all == 0 || part == 0)
		snprintf(text, sizeof(text), "%s", report->plain ? "0%" : "-");
	else
		snprintf(text, sizeof(text), "%.0f%%", 100.0 * (double)part / (double)all);
	if (part && 200 * part < all)
		snprintf(text, sizeof(text), "<1%%");
	put_figure(report, style, slice_of(text));
}

static void put_real(struct report *report, size_t style, double value)
{
	char text[32];

	snprintf(text, sizeof(text), "%.1f", value);
	put_figure(report, style, slice_of(text));
}

static void put_styles(struct report *report, const char *heading)
{
	size_t i;

	put_gap(report);
	if (report->plain) {
		strbuf_addf(report->out, "%s\n", heading);
		return;
	}
	strbuf_addf(report->out, "%-*s", NAME_COLUMNS, heading);
	for (i = 0; i < report->styles->count; i++)
		put_cell(report, report->styles->items[i]->title, COLUMNS, true);
	put_cell(report, SLICE("all"), COLUMNS, true);
	put_gap(report);
}

static void put_endings(struct report *report)
{
	const struct tally *tally = report->tally;
	const struct scenario *scenario = tally->scenario;
	size_t endings = scenario->ending_count + 1;
	size_t i;
	size_t j;

	put_styles(report, "ENDINGS");
	for (i = 0; i < endings; i++) {
		struct arena arena;
		uint64_t sum = 0;

		for (j = 0; j < tally->style_count; j++)
			sum += tally->endings[j * endings + i];
		if (i == scenario->ending_count && sum == 0)
			continue;
		arena_init(&arena);
		begin_row(report,
		          i == scenario->ending_count
		                  ? SLICE("none")
		                  : slice_format(&arena, "%.*s%s",
		                                 SLICE_ARGS(scenario->endings[i].id),
		                                 scenario->endings[i].good ? " (good)" : ""));
		for (j = 0; j < tally->style_count; j++)
			put_share(report, j, tally->endings[j * endings + i],
			          tally->styles[j].runs);
		put_share(report, j, sum, report->simulating->runs);
		put_gap(report);
		arena_release(&arena);
	}
}

static void put_row(struct report *report, const char *name,
                    double (*figure)(const struct tally_style *style))
{
	struct tally_style sum = tally_sum(report->tally);
	size_t i;

	begin_row(report, slice_of(name));
	for (i = 0; i < report->tally->style_count; i++)
		put_real(report, i, figure(&report->tally->styles[i]));
	put_real(report, i, figure(&sum));
	put_gap(report);
}

static double per(uint64_t part, uint64_t all)
{
	return all ? (double)part / (double)all : 0;
}

static double turns_a_run(const struct tally_style *style)
{
	return per(style->turns, style->runs);
}

static double words_a_turn(const struct tally_style *style)
{
	return per(style->words, style->turns);
}

static double tells_a_run(const struct tally_style *style)
{
	return per(style->tells, style->runs);
}

static double fallbacks(const struct tally_style *style)
{
	return 100 * per(style->fallbacks, style->turns);
}

static double repeats(const struct tally_style *style)
{
	return 100 * per(style->repeats + style->spurned, style->turns);
}

static double agreed(const struct tally_style *style)
{
	return 100 * per(style->agreed, style->runs);
}

static void put_talk(struct report *report)
{
	put_styles(report, "THE TALK");
	put_row(report, "turns", turns_a_run);
	put_row(report, "mentor's words", words_a_turn);
	put_row(report, "tells told", tells_a_run);
	put_row(report, "a step, %", agreed);
	put_row(report, "fallback, %", fallbacks);
	put_row(report, "again, %", repeats);
}

/* `5 4-6`: the median and the middle half. */
static void put_spread(struct report *report, size_t style, const struct tally_style *sums,
                       uint32_t turn, enum meter meter)
{
	char text[40];

	if (sums->runs)
		snprintf(text, sizeof(text), "%d %d-%d", tally_quantile(sums, turn, meter, 0.5),
		         tally_quantile(sums, turn, meter, 0.25),
		         tally_quantile(sums, turn, meter, 0.75));
	else
		snprintf(text, sizeof(text), "-");
	put_figure(report, style, slice_of(text));
}

static void put_meters(struct report *report)
{
	static const uint32_t turns[] = {4, 8, 12, TALLY_TURNS};
	struct tally_style sum = tally_sum(report->tally);
	size_t i;
	size_t j;
	int meter;

	put_styles(report, "METERS");
	for (meter = 0; meter < METERS; meter++) {
		for (i = 0; i < sizeof(turns) / sizeof(*turns); i++) {
			char name[40];

			if (turns[i] == TALLY_TURNS)
				snprintf(name, sizeof(name), "%s, end",
				         meter_name((enum meter)meter));
			else
				snprintf(name, sizeof(name), "%s, %" PRIu32,
				         meter_name((enum meter)meter), turns[i]);
			begin_row(report, slice_of(name));
			for (j = 0; j < report->tally->style_count; j++)
				put_spread(report, j, &report->tally->styles[j], turns[i],
				           (enum meter)meter);
			put_spread(report, j, &sum, turns[i], (enum meter)meter);
			put_gap(report);
		}
	}
	strbuf_addz(report->out, report->plain ? "The middle value after a turn, and from where to "
	                                         "where the middle half of conversations goes.\n"
	                                       : "  The middle value after a turn, and the middle "
	                                         "half; an end holds on.\n");
}

/* Replies by what became of them. */
struct coverage {
	const struct tally *tally;
	const struct source *source; /* count those of this file only */
	size_t replies, replied;
	size_t lines, said;
	struct place *missing; /* of words never said */
	size_t missing_count, missing_cap;
	struct arena *arena;
};

static void cover(void *context, const struct reply *reply)
{
	struct coverage *coverage = context;
	bool any = false;
	size_t i;

	if (reply->place.source != coverage->source || reply->alternative_count == 0)
		return;
	for (i = 0; i < reply->alternative_count; i++) {
		const struct alternative *words = &reply->alternatives[i];
		bool said = coverage->tally->said[words->index] > 0;

		any = any || said;
		coverage->lines++;
		coverage->said += said;
		if (said)
			continue;
		coverage->missing =
		        arena_grow(coverage->arena, coverage->missing, &coverage->missing_cap,
		                   coverage->missing_count + 1, sizeof(struct place));
		coverage->missing[coverage->missing_count++] = words->place;
	}
	coverage->replies++;
	coverage->replied += any;
}

static int by_line(const void *a, const void *b)
{
	const struct place *left = a;
	const struct place *right = b;

	return (left->line > right->line) - (left->line < right->line);
}

static struct slice line_at(struct place place)
{
	return slice_trim(slice_sub(place.source->text, place.at, place.at + place.len));
}

static void put_missing(struct report *report, const struct coverage *coverage)
{
	size_t shown = report->full || coverage->missing_count <= LISTED ? coverage->missing_count
	                                                                 : LISTED;
	size_t i;

	if (coverage->missing_count > 1)
		qsort(coverage->missing, coverage->missing_count, sizeof(struct place), by_line);
	for (i = 0; i < shown; i++) {
		struct place place = coverage->missing[i];

		strbuf_addz(report->out, report->plain ? "" : "  ");
		trial_place(place, report->out);
		strbuf_addz(report->out, ": ");
		utf8_clean(report->out, line_at(place), false);
		put_gap(report);
	}
	if (shown < coverage->missing_count)
		strbuf_addf(report->out, "  … and %zu more; ‘--full’ lists them all\n",
		            coverage->missing_count - shown);
}

static const struct source *stock_source(const struct scenario *scenario)
{
	return scenario->stock_count ? scenario->stock[0]->place.source : NULL;
}

static void put_file(struct report *report, const struct source *source, struct arena *arena)
{
	struct coverage coverage = {.tally = report->tally, .source = source, .arena = arena};
	bool listed = source && (source == report->tally->scenario->source || report->full);

	if (!source)
		return;
	tally_replies(report->tally->scenario, cover, &coverage);
	put_gap(report);
	utf8_clean(report->out, file_name(source->path), false);
	strbuf_addf(report->out, ": %zu of %zu replies were said, %zu of their %zu wordings%s\n",
	            coverage.replied, coverage.replies, coverage.said, coverage.lines,
	            listed && coverage.missing_count ? "; never:" : "");
	if (listed)
		put_missing(report, &coverage);
}

static void put_tells(struct report *report)
{
	const struct tally *tally = report->tally;
	const struct scenario *scenario = tally->scenario;
	size_t i;
	size_t j;

	if (scenario->tell_count == 0)
		return;
	put_heading(report, "TELLS", "told, of all conversations");
	for (i = 0; i < scenario->tell_count; i++) {
		const struct tell *tell = &scenario->tells[i];
		struct slice text;
		uint64_t told = 0;

		for (j = 0; j < tell->reply->alternative_count; j++)
			told += tally->said[tell->reply->alternatives[j].index];
		strbuf_addz(report->out, report->plain ? "" : "  ");
		trial_place(tell->place, report->out);
		strbuf_addf(report->out, ": %.1f%%, ", 100 * per(told, report->simulating->runs));
		text = line_at(tell->place);
		utf8_clean(report->out, slice_sub(text, 0, slice_find(text, SLICE(" when "))),
		           false);
		put_gap(report);
	}
}

static void put_rules(struct report *report)
{
	const struct ruleset *ruleset = report->tally->ruleset;
	size_t heard = 0;
	size_t i;

	for (i = 0; i < ruleset->rule_count; i++)
		heard += report->tally->heard[i] > 0;
	put_gap(report);
	strbuf_addf(report->out, "Rules: %zu of %zu found something%s\n", heard,
	            ruleset->rule_count,
	            heard < ruleset->rule_count && report->full ? "; never:" : "");
	for (i = 0; report->full && i < ruleset->rule_count; i++) {
		if (report->tally->heard[i])
			continue;
		strbuf_addz(report->out, report->plain ? "" : "  ");
		trial_place(ruleset->rules[i]->match.place, report->out);
		strbuf_addf(report->out, ": %.*s\n", SLICE_ARGS(ruleset->rules[i]->move->id));
	}
}

static void put_head(struct report *report)
{
	const struct simulating *simulating = report->simulating;

	strbuf_addf(report->out, "%" PRIu64 " conversations with “", simulating->runs);
	utf8_clean(report->out, report->tally->scenario->title, false);
	strbuf_addf(report->out, "”, seed %" PRIu64 ", of at most %" PRIu32 " turns\n",
	            simulating->seed, simulating->turns);
}

void simulating_text(const struct tally *tally, const struct simulating *simulating, bool full,
                     bool plain, struct strbuf *out)
{
	struct report report = {.tally = tally,
	                        .styles = simulating->styles,
	                        .simulating = simulating,
	                        .full = full,
	                        .plain = plain,
	                        .out = out};
	struct arena arena;

	arena_init(&arena);
	put_head(&report);
	put_endings(&report);
	put_talk(&report);
	put_meters(&report);
	put_tells(&report);
	put_file(&report, tally->scenario->source, &arena);
	put_file(&report, stock_source(tally->scenario), &arena);
	put_rules(&report);
	arena_release(&arena);
}
