/* report_progress_one.c: one move or framework, conversation by conversation. */
#include "edge/clock.h"
#include "edge/report.h"
#include "edge/report_progress.h"

#define DAY 14 /* columns where things begin */
#define FIGURE 50
#define TREND 44

static void begin_conversation(struct page *page, const struct store_conversation *conversation)
{
	struct strbuf day = {0};

	clock_day(conversation->started, &day);
	page_begin(page, REPORT_MARGIN, DAY);
	page_add(page, STYLE_DIM, strbuf_slice(&day));
	page_tab(page, DAY);
	page_add(page, STYLE_PLAIN, conversation->title);
	if (conversation->number > 1)
		page_addf(page, STYLE_PLAIN, " (attempt %u)", (unsigned)conversation->number);
	page_tab(page, FIGURE);
	strbuf_release(&day);
}

static void conversations_heading(struct page *page, const struct progress *progress)
{
	page_gap(page);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	if (progress->recent_count == 0)
		page_addz(page, STYLE_PLAIN, "No conversation is in the practice log yet.");
	else if (progress->recent_count == 1)
		page_addz(page, STYLE_PLAIN, "The last conversation:");
	else
		page_addf(page, STYLE_PLAIN, "The last %zu conversations:", progress->recent_count);
	page_end(page);
}

static void times(struct page *page, const struct tally *tally)
{
	if (tally->value <= 0)
		page_addz(page, STYLE_PLAIN,
		          tally->of > 0 ? "not heard; it had its place" : "not heard");
	else if (tally->value <= 1)
		page_addz(page, STYLE_PLAIN, "once");
	else
		page_addf(page, STYLE_PLAIN, "%g times", tally->value);
}

static bool drilled(struct page *page, struct store *store, const struct progress *progress,
                    const struct move *move, struct err *err)
{
	uint32_t lines;
	uint32_t hits;
	double last;

	if (!store_drilled(store, move->id, &lines, &hits, &last, err))
		return false;
	if (lines)
		page_addf(page, STYLE_PLAIN, "Drilled: %u %s, %u hit at the first try, last %.*s. ",
		          (unsigned)lines, lines == 1 ? "line" : "lines", (unsigned)hits,
		          SLICE_ARGS(progress_ago(progress, last)));
	return true;
}

static void memory(struct page *page, const struct progress *progress, const struct move *move)
{
	const struct store_item *item = progress_item(progress, PRACTICE_MOVE, move->id);
	double days;

	if (!item) {
		page_addz(page, STYLE_PLAIN,
		          practice_is_unhelpful(move) ? "This is nothing to practise, but to leave."
		                                      : "Not practised yet.");
		return;
	}
	days = schedule_days(&item->course.now);
	page_addf(page, STYLE_PLAIN,
	          "Practised in %u %s, last %.*s%s. By " SCHEDULE_NAME
	          " it lasts for %g %s from then: due %.*s.",
	          (unsigned)item->course.sittings,
	          item->course.sittings == 1 ? "sitting" : "sittings",
	          SLICE_ARGS(progress_ago(progress, item->course.now.last)),
	          item->source == STORE_MISSED ? ", when it was missed" : "", days,
	          days > 1 ? "days" : "day",
	          SLICE_ARGS(progress_until(progress, schedule_due(&item->course.now))));
}

bool report_progress_move(struct page *page, struct store *store, const struct progress *progress,
                          const struct move *move, struct err *err)
{
	struct tally best;
	bool any;

	page_heading(page, REPORT_MARGIN, move->title.len ? move->title : move->id);
	if (move->about.len)
		page_text(page, REPORT_MARGIN, STYLE_PLAIN, move->about);
	page_gap(page);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	if (!drilled(page, store, progress, move, err) ||
	    !store_best(store, TALLY_MOVE, move->id, false, &best, &any, err))
		return false;
	memory(page, progress, move);
	if (any && best.value > 0)
		page_addf(page, STYLE_PLAIN, " Most in one conversation: %g.", best.value);
	page_end(page);
	conversations_heading(page, progress);
	for (size_t i = progress->recent_count; i-- > 0;) {
		struct tally tally = progress_tally(&progress->recent[i], TALLY_MOVE, move->id);

		begin_conversation(page, &progress->recent[i]);
		times(page, &tally);
		page_end(page);
	}
	return true;
}

/* How often any move of an item was heard. */
static void item_row(struct page *page, const struct progress *progress,
                     const struct framework_item *item)
{
	double *values = ARENA_ARRAY(progress->arena, double, progress->recent_count + 1);

	for (size_t i = 0; i < progress->recent_count; i++)
		for (size_t j = 0; j < item->move_count; j++)
			values[i] +=
			        progress_tally(&progress->recent[i], TALLY_MOVE, item->moves[j]->id)
			                .value;
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 2);
	page_add(page, STYLE_PLAIN, item->title.len ? item->title : item->id);
	page_tab(page, TREND);
	report_trend(page, values, progress->recent_count);
	page_end(page);
}

bool report_progress_framework(struct page *page, struct store *store,
                               const struct progress *progress, const struct framework *framework,
                               struct err *err)
{
	bool lowest = practice_less_is_better(framework);
	struct tally best;
	bool any;

	page_heading(page, REPORT_MARGIN, framework->title.len ? framework->title : framework->id);
	if (framework->about.len)
		page_text(page, REPORT_MARGIN, STYLE_PLAIN, framework->about);
	if (!store_best(store, TALLY_FRAMEWORK, framework->id, lowest, &best, &any, err))
		return false;
	if (any && framework->item_count) {
		page_gap(page);
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
		page_addf(page, STYLE_PLAIN, "%s in one conversation: %g of %g.",
		          lowest ? "Fewest" : "Most", best.value, best.of);
		page_end(page);
	}
	conversations_heading(page, progress);
	for (size_t i = progress->recent_count; i-- > 0;) {
		struct tally tally =
		        progress_tally(&progress->recent[i], TALLY_FRAMEWORK, framework->id);

		begin_conversation(page, &progress->recent[i]);
		report_progress_value(page, framework, &tally);
		page_end(page);
	}
	if (framework->item_count == 0 || progress->recent_count == 0)
		return true;
	page_gap(page);
	for (size_t i = 0; i < framework->item_count; i++)
		item_row(page, progress, &framework->items[i]);
	return true;
}
