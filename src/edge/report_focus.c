/* report_focus.c: see report.h. Here: what the mentor chose to practise, and how it went. */
#include "edge/report.h"

#define LABEL 18 /* as in report.c */
#define PLACES 2 /* more of them are no focus any more */

void report_focus_chosen(struct page *page, const struct focus *focus)
{
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addz(page, STYLE_PLAIN, "You are practising: ");
	page_add(page, STYLE_BOLD, focus->titles);
	page_addz(page, STYLE_PLAIN, ".");
	page_end(page);
}

static uint32_t heard_so_far(const struct session *session, const struct turn *last,
                             const struct move *move)
{
	uint32_t count = 0;
	uint32_t i;

	for (i = 1; i <= last->number; i++)
		count += detections_have(&session_turn(session, i)->heard, move) &&
		         !session_struck(session, i, move);
	return count;
}

void report_focus_so_far(struct page *page, const struct session *session, const struct turn *turn)
{
	const struct focus *focus = session_focus(session);
	bool any = false;
	size_t i;

	for (i = 0; focus && i < focus->count; i++) {
		const struct move *move = focus->moves[i];

		if (!detections_have(&turn->heard, move))
			continue;
		if (!any)
			page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
		else
			page_addz(page, STYLE_DIM, "; ");
		any = true;
		report_id(page, STYLE_DIM, move->id);
		page_addf(page, STYLE_DIM, "%s%u so far", page->plain ? ", " : " · ",
		          heard_so_far(session, turn, move));
	}
	if (any)
		page_end(page);
}

static void put_uses(struct page *page, const struct focus_count *count)
{
	uint32_t i;

	page_addf(page, STYLE_PLAIN, ": %u.", count->count);
	for (i = 0; i < count->count; i++) {
		page_addf(page, STYLE_PLAIN, "%s %u ", i ? "; turn" : " Turn", count->uses[i].turn);
		if (count->uses[i].quote.len)
			report_quote(page, STYLE_PLAIN, count->uses[i].quote, 60);
		else
			page_addz(page, STYLE_PLAIN, "(a silence)");
	}
	if (count->count)
		page_addz(page, STYLE_PLAIN, ".");
}

static void put_place(struct page *page, const struct focus_count *count)
{
	page_addf(page, STYLE_PLAIN, " It would have fitted at turn %u", count->could);
	if (count->after.len) {
		page_addz(page, STYLE_PLAIN, ", after ");
		report_quote(page, STYLE_PLAIN, count->after, 60);
	}
	page_addz(page, STYLE_PLAIN, ". For instance: ");
	report_quote(page, STYLE_PLAIN, count->words, 200);
}

void report_focus(struct page *page, const struct debrief *debrief)
{
	size_t places = 0;
	size_t i;

	for (i = 0; i < debrief->focus_count; i++) {
		const struct focus_count *count = &debrief->focus[i];
		const struct move *move = count->move;

		page_begin(page, REPORT_MARGIN, LABEL);
		if (page->plain) {
			page_addz(page, STYLE_PLAIN, "YOUR FOCUS: ");
		} else {
			page_addz(page, STYLE_BOLD, i ? "" : "YOUR FOCUS");
			page_tab(page, LABEL);
		}
		page_add(page, STYLE_PLAIN, move->title.len ? move->title : move->id);
		if (count->count)
			put_uses(page, count);
		else
			page_addz(page, STYLE_PLAIN, ": I did not hear it.");
		/* Of many moves, where those would have fitted that were not heard. */
		if (count->could && places < PLACES &&
		    (count->count == 0 || debrief->focus_count <= PLACES)) {
			put_place(page, count);
			places++;
		}
		page_end(page);
	}
}
