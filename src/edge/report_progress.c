/* report_progress.c: see report_progress.h. */
#include "edge/report_progress.h"

#include "base/utf8.h"
#include "edge/clock.h"
#include "edge/report.h"

#define TREND 32 /* columns where things begin */
#define LATEST 42
#define BEST 54
#define WHEN 62
#define TITLE_MOST 27 /* columns of a title beside a trend */

const struct report_measure report_measures[] = {
        {"talk_share", "Your share of the words", true, false},
        {"open_questions", "Open questions of all asked", false, true},
        {"cues_met", "Cues met", false, true},
        {"tells_told", "Told what was held back", false, true},
        {"pauses", "Pauses", false, false},
};
const size_t report_measure_count = sizeof(report_measures) / sizeof(report_measures[0]);

double report_measure_value(const struct report_measure *measure, const struct tally *tally)
{
	if (!measure->share)
		return tally->value;
	return tally->of > 0 ? (double)(long)(100 * tally->value / tally->of + 0.5) : 0;
}

static const char *const trend_words[] = {[TREND_SHORT] = "",
                                          [TREND_RISING] = "rising: ",
                                          [TREND_FALLING] = "falling: ",
                                          [TREND_STEADY] = "steady: "};

void report_trend(struct page *page, const double *values, size_t count)
{
	static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	double most = 0;
	size_t i;

	if (page->plain) {
		page_addz(page, STYLE_PLAIN, trend_words[practice_trend(values, count)]);
		for (i = 0; i < count; i++)
			page_addf(page, STYLE_PLAIN, "%s%g", i ? ", " : "", values[i]);
		return;
	}
	for (i = 0; i < count; i++)
		most = values[i] > most ? values[i] : most;
	for (i = 0; i < count; i++) {
		size_t height = most > 0 ? (size_t)(7 * values[i] / most + 0.5) : 0;

		page_addz(page, STYLE_PLAIN, blocks[height > 7 ? 7 : height]);
	}
}

const double *report_progress_values(const struct progress *progress, enum tally_kind kind,
                                     struct slice id)
{
	double *values = ARENA_ARRAY(progress->arena, double, progress->recent_count + 1);

	for (size_t i = 0; i < progress->recent_count; i++)
		values[i] = progress_tally(&progress->recent[i], kind, id).value;
	return values;
}

static double rank(const struct practice_item *item)
{
	return item->state.stability > 0 ? schedule_due(&item->state) : -(double)item->missed;
}

const struct practice_item *report_progress_item(const struct progress *progress,
                                                 enum practice_kind kind, size_t index)
{
	/* Few enough to count those before each. */
	for (size_t i = 0; i < progress->choice_count; i++) {
		const struct practice_item *item = &progress->choices[i];
		size_t before = 0;

		if (item->kind != kind)
			continue;
		for (size_t j = 0; j < progress->choice_count; j++) {
			const struct practice_item *other = &progress->choices[j];

			before += other->kind == kind && (rank(other) < rank(item) ||
			                                  (rank(other) == rank(item) && j < i));
		}
		if (before == index)
			return item;
	}
	return NULL;
}

static void heading(struct page *page, const char *text)
{
	page_gap(page);
	page_heading(page, REPORT_MARGIN, slice_of(text));
}

/* A column of a row; in plain mode what it is comes before it. */
static void column(struct page *page, size_t at, const char *plain)
{
	page_tab(page, at);
	if (page->plain)
		page_addz(page, STYLE_PLAIN, plain);
}

static void begin_row(struct page *page, struct slice title)
{
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 2);
	if (!page->plain && utf8_width(title) > TITLE_MOST) {
		size_t at = 0;
		size_t width = 0;
		uint32_t code;

		while (width < TITLE_MOST - 1) {
			at += utf8_next(slice_sub(title, at, title.len), &code);
			width += utf8_code_width(code);
		}
		page_add(page, STYLE_PLAIN, slice_sub(title, 0, at));
		page_addz(page, STYLE_PLAIN, "…");
	} else {
		page_add(page, STYLE_PLAIN, title);
	}
}

static void after_title(struct page *page)
{
	if (page->plain)
		page_addz(page, STYLE_PLAIN, ": ");
	else
		page_tab(page, TREND);
}

/* Trend, latest and best of a figure. */
static bool figures(struct page *page, struct store *store, const struct progress *progress,
                    enum tally_kind kind, struct slice id, bool lowest, struct err *err)
{
	const double *values = report_progress_values(progress, kind, id);
	struct tally latest = {0};
	struct tally best;
	bool any;

	if (!store_best(store, kind, id, lowest, &best, &any, err))
		return false;
	if (!any)
		return true;
	if (progress->recent_count) {
		latest = progress_tally(&progress->recent[progress->recent_count - 1], kind, id);
		after_title(page);
		report_trend(page, values, progress->recent_count);
	}
	column(page, LATEST, "last time ");
	page_addf(page, STYLE_PLAIN, "%g", latest.value);
	if (latest.of > 0 && kind != TALLY_MOVE)
		page_addf(page, STYLE_PLAIN, " of %g", latest.of);
	column(page, BEST, lowest ? "fewest " : "best ");
	page_addf(page, STYLE_PLAIN, "%g", best.value);
	return true;
}

static void legend(struct page *page, const char *what, const char *best, bool when)
{
	if (page->plain)
		return;
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addz(page, STYLE_DIM, what);
	page_tab(page, TREND);
	page_addz(page, STYLE_DIM, "of late");
	page_tab(page, LATEST);
	page_addz(page, STYLE_DIM, "last time");
	page_tab(page, BEST);
	page_addz(page, STYLE_DIM, best);
	if (when) {
		page_tab(page, WHEN);
		page_addz(page, STYLE_DIM, "due");
	}
	page_end(page);
}

static void due(struct page *page, const struct progress *progress,
                const struct practice_item *item)
{
	struct slice when = SLICE("now: never heard");

	if (item->state.stability > 0)
		when = progress_until(progress, schedule_due(&item->state));
	column(page, WHEN, "due ");
	page_add(page, STYLE_PLAIN, when);
}

static bool moves(struct page *page, struct store *store, const struct progress *progress,
                  struct err *err)
{
	const struct practice_item *item;
	size_t i;

	for (i = 0; (item = report_progress_item(progress, PRACTICE_MOVE, i)); i++) {
		if (i == 0) {
			heading(page, "Moves");
			legend(page, "heard in a conversation", "best", true);
		}
		begin_row(page, progress_title(progress, PRACTICE_MOVE, item->id));
		if (!figures(page, store, progress, TALLY_MOVE, item->id, false, err))
			return false;
		due(page, progress, item);
		page_end(page);
	}
	return true;
}

/* Of late, in all conversations together. */
static double total(const struct progress *progress, enum tally_kind kind, struct slice id)
{
	double sum = 0;

	for (size_t i = 0; i < progress->recent_count; i++)
		sum += progress_tally(&progress->recent[i], kind, id).value;
	return sum;
}

static void unhelpful(struct page *page, const struct progress *progress)
{
	const struct ruleset *ruleset = progress->library->ruleset;
	bool any = false;

	for (size_t i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves[i];

		if (move->quiet || !practice_is_unhelpful(move) ||
		    total(progress, TALLY_MOVE, move->id) <= 0)
			continue;
		if (!any)
			heading(page, "What gets in the way");
		any = true;
		begin_row(page, move->title.len ? move->title : move->id);
		after_title(page);
		report_trend(page, report_progress_values(progress, TALLY_MOVE, move->id),
		             progress->recent_count);
		column(page, LATEST, "last time ");
		page_addf(page, STYLE_PLAIN, "%g",
		          progress_tally(&progress->recent[progress->recent_count - 1], TALLY_MOVE,
		                         move->id)
		                  .value);
		page_end(page);
	}
}

struct slice report_progress_named(const struct framework *framework, double number, bool id)
{
	size_t at = number >= 1 && number <= 1e6 ? (size_t)number - 1 : SIZE_MAX;
	struct slice title = SLICE("");
	struct slice word = SLICE("");

	if (framework->kind == FRAMEWORK_GRID && at < framework->cell_count) {
		title = framework->cells[at].title;
		word = framework->cells[at].id;
	} else if (framework->kind == FRAMEWORK_LADDER && at < framework->level_count) {
		title = framework->levels[at].title;
		word = framework->levels[at].id;
	}
	return id || !title.len ? word : title;
}

static bool is_named(const struct framework *framework)
{
	return framework->kind == FRAMEWORK_GRID || framework->kind == FRAMEWORK_LADDER;
}

void report_progress_value(struct page *page, const struct framework *framework,
                           const struct tally *tally)
{
	if (is_named(framework))
		page_add(page, STYLE_PLAIN, report_progress_named(framework, tally->value, false));
	else
		page_addf(page, STYLE_PLAIN, "%g of %g", tally->value,
		          tally->of > 0 ? tally->of : (double)framework->item_count);
}

/* “Radical Candor” of “Radical Candor: you cared and you challenged” */
static struct slice short_name(const struct framework *framework, const struct tally *tally)
{
	struct slice name = report_progress_named(framework, tally->value, false);

	return slice_sub(name, 0, slice_find(name, SLICE(": ")));
}

/* “Radical Candor; before: Ruinous empathy”: the last, and the one before it that differs. */
static void name_cells(struct page *page, const struct progress *progress,
                       const struct framework *framework)
{
	size_t i = progress->recent_count;
	struct slice last = SLICE("");
	struct tally tally;

	while (i > 0 && !last.len) {
		tally = progress_tally(&progress->recent[--i], TALLY_FRAMEWORK, framework->id);
		last = short_name(framework, &tally);
	}
	after_title(page);
	page_add(page, STYLE_PLAIN, last);
	while (i > 0) {
		struct slice before;

		tally = progress_tally(&progress->recent[--i], TALLY_FRAMEWORK, framework->id);
		before = short_name(framework, &tally);
		if (!before.len || slice_eq(before, last))
			continue;
		page_addz(page, STYLE_PLAIN, "; before: ");
		page_add(page, STYLE_PLAIN, before);
		break;
	}
}

static bool frameworks(struct page *page, struct store *store, const struct progress *progress,
                       struct err *err)
{
	const struct ruleset *ruleset = progress->library->ruleset;
	bool any = false;

	for (size_t i = 0; i < ruleset->framework_count; i++) {
		const struct framework *framework = ruleset->frameworks[i];

		if (total(progress, TALLY_FRAMEWORK, framework->id) <= 0)
			continue;
		if (!any) {
			heading(page, "Frameworks");
			legend(page, "parts heard", "best", false);
		}
		any = true;
		begin_row(page, framework->title.len ? framework->title : framework->id);
		if (is_named(framework))
			name_cells(page, progress, framework);
		else if (!figures(page, store, progress, TALLY_FRAMEWORK, framework->id,
		                  practice_less_is_better(framework), err))
			return false;
		page_end(page);
	}
	return true;
}

static void measure(struct page *page, const struct progress *progress,
                    const struct report_measure *measure)
{
	double *values = ARENA_ARRAY(progress->arena, double, progress->recent_count + 1);
	struct tally latest = {0};
	size_t count = 0;

	for (size_t i = 0; i < progress->recent_count; i++) {
		latest = progress_tally(&progress->recent[i], TALLY_MEASURE, slice_of(measure->id));
		if (!measure->rate || latest.of > 0)
			values[count++] = report_measure_value(measure, &latest);
	}
	if (count == 0)
		return;
	begin_row(page, slice_of(measure->title));
	after_title(page);
	report_trend(page, values, count);
	column(page, LATEST, "last time ");
	if (measure->rate && latest.of <= 0)
		page_addz(page, STYLE_PLAIN, "none there");
	else if (measure->rate)
		page_addf(page, STYLE_PLAIN, "%g of %g", latest.value, latest.of);
	else
		page_addf(page, STYLE_PLAIN, "%g%s", report_measure_value(measure, &latest),
		          measure->share ? "%" : "");
	page_end(page);
}

static void measures(struct page *page, const struct progress *progress)
{
	if (progress->recent_count == 0)
		return;
	heading(page, "How you talk");
	for (size_t i = 0; i < report_measure_count; i++)
		measure(page, progress, &report_measures[i]);
}

static void scenarios(struct page *page, const struct progress *progress)
{
	if (progress->played_count == 0)
		return;
	heading(page, "Conversations");
	for (size_t i = 0; i < progress->played_count; i++) {
		const struct store_played *played = &progress->played[i];
		const struct store_item *item =
		        progress_item(progress, PRACTICE_SCENARIO, played->scenario);

		begin_row(page, progress_title(progress, PRACTICE_SCENARIO, played->scenario));
		after_title(page);
		page_addf(page, STYLE_PLAIN,
		          played->times == 1   ? "once"
		          : played->times == 2 ? "twice"
		                               : "%u times",
		          (unsigned)played->times);
		if (played->ended)
			page_addf(page, STYLE_PLAIN, ", ended well %u", (unsigned)played->well);
		page_addf(page, STYLE_PLAIN, ", last %.*s",
		          SLICE_ARGS(progress_ago(progress, played->last)));
		if (item) {
			page_addz(page, STYLE_PLAIN, ", due ");
			page_add(page, STYLE_PLAIN,
			         progress_until(progress, schedule_due(&item->course.now)));
		}
		page_end(page);
	}
}

bool report_progress_unfinished(struct page *page, struct store *store, bool gap)
{
	struct store_session *last;
	struct arena arena;
	struct err err;
	size_t count;
	bool any;

	arena_init(&arena);
	any = store_sessions(store, 1, &arena, &last, &count, &err) && count && !last->finished &&
	      last->turns;
	if (any) {
		if (gap)
			page_gap(page);
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
		page_addz(page, STYLE_BOLD, "Unfinished: ");
		page_add(page, STYLE_PLAIN, last->title);
		page_addf(page, STYLE_PLAIN, ", after turn %u. ‘rehearse play --resume’ goes on.",
		          (unsigned)last->turns);
		page_end(page);
	}
	arena_release(&arena);
	return any;
}

static void totals(struct page *page, const struct progress *progress, struct store *store)
{
	const struct store_totals *totals = &progress->totals;
	struct strbuf day = {0};

	page_gap(page);
	if (totals->conversations == 0 && totals->lines == 0) {
		if (!report_progress_unfinished(page, store, false))
			page_textz(page, REPORT_MARGIN, STYLE_PLAIN,
			           "Nothing is in the practice log yet: it fills as you practise.");
		return;
	}
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	clock_day(totals->first, &day);
	if (totals->conversations)
		page_addf(page, STYLE_PLAIN,
		          totals->conversations == 1 ? "1 conversation" : "%u conversations",
		          (unsigned)totals->conversations);
	if (totals->lines)
		page_addf(page, STYLE_PLAIN, "%s%u %s drilled, %u of them hit at the first try,",
		          totals->conversations ? " and " : "", (unsigned)totals->lines,
		          totals->lines == 1 ? "line" : "lines", (unsigned)totals->hits);
	page_addf(page, STYLE_PLAIN, " since %.*s; last %.*s.", SLICE_ARGS(strbuf_slice(&day)),
	          SLICE_ARGS(progress_ago(progress, totals->last)));
	page_end(page);
	strbuf_release(&day);
	report_progress_unfinished(page, store, false);
}

void report_progress_next(struct page *page, const struct progress *progress, const char *then)
{
	if (!progress->next)
		return;
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addz(page, STYLE_BOLD, "Next: ");
	page_add(page, STYLE_PLAIN, progress_why(progress));
	page_addz(page, STYLE_PLAIN, ".");
	if (then)
		page_addf(page, STYLE_PLAIN, " %s", then);
	page_end(page);
}

bool report_progress(struct page *page, struct store *store, const struct progress *progress,
                     struct err *err)
{
	totals(page, progress, store);
	page_gap(page);
	report_progress_next(page, progress, "‘rehearse next’ starts it.");
	scenarios(page, progress);
	if (!moves(page, store, progress, err))
		return false;
	unhelpful(page, progress);
	if (!frameworks(page, store, progress, err))
		return false;
	measures(page, progress);
	return true;
}
