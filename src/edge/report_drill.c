/* report_drill.c: see report_drill.h. */
#include "edge/report_drill.h"

#include "edge/report.h"
#include "edge/report_why.h"

#define LABEL 18 /* where the text of a section begins, as in the debrief */

void report_drill_task(struct page *page, const struct drill_item *item, double limit)
{
	struct arena arena;

	arena_init(&arena);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_add(page, STYLE_BOLD, drill_task(item, &arena));
	if (limit > 0)
		page_addf(page, STYLE_DIM, " (%.0f seconds)", limit);
	page_end(page);
	arena_release(&arena);
}

void report_drill_prompt(struct page *page, const struct drill_item *item, size_t number, size_t of,
                         double limit)
{
	const struct deck_prompt *prompt = item->prompt;
	size_t i;

	page_gap(page);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(page, STYLE_DIM, "%zu of %zu%s", number, of, page->plain ? ": " : " · ");
	page_add(page, STYLE_DIM, prompt->who);
	page_end(page);
	if (prompt->evidence.len) {
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
		page_addz(page, STYLE_DIM, "In your notes: ");
		page_add(page, STYLE_PLAIN, prompt->evidence);
		page_end(page);
	}
	for (i = 0; i < prompt->line_count; i++) {
		const struct deck_line *line = &prompt->lines[i];

		report_speech(page, line->mentor ? SLICE("You") : prompt->name, line->words);
	}
	report_drill_task(page, item, limit);
}

static void add_say(struct page *page, const struct deck_say *say)
{
	if (say->words.len)
		report_quote(page, STYLE_PLAIN, say->words, 400);
	else
		page_addz(page, STYLE_PLAIN, "Enter alone, and wait.");
}

void report_drill_better(struct page *page, const struct deck_say *say)
{
	page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(page, STYLE_PLAIN, "For instance: ");
	add_say(page, say);
	page_end(page);
}

static void put_hit(struct page *page, const struct drill_item *item,
                    const struct drill_verdict *verdict, double seconds, double limit)
{
	page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(page, STYLE_BOLD, "Yes");
	if (verdict->late)
		page_addf(page, STYLE_PLAIN, ", in %.0f seconds; aim for %.0f", seconds, limit);
	page_addz(page, STYLE_PLAIN, page->plain ? ": " : " · ");
	report_id(page, STYLE_PLAIN, item->ask->move->id);
	if (slice_trim(verdict->quote).len) {
		page_addz(page, STYLE_PLAIN, ": ");
		report_quote(page, STYLE_PLAIN, verdict->quote, 160);
	}
	page_end(page);
	if (!verdict->beside)
		return;
	page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(page, STYLE_PLAIN, "There is more in it, though: ");
	report_quote(page, STYLE_PLAIN,
	             slice_span(verdict->heard.folded.said, verdict->beside->where), 80);
	page_addz(page, STYLE_PLAIN, " (");
	report_id(page, STYLE_PLAIN, verdict->beside->move->id);
	page_addz(page, STYLE_PLAIN, "). It does better without.");
	page_end(page);
}

void report_drill_verdict(struct page *page, const struct drill_item *item,
                          const struct drill_verdict *verdict, double seconds, double limit)
{
	if (verdict->hit) {
		put_hit(page, item, verdict, seconds, limit);
		return;
	}
	page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(page, STYLE_BOLD, verdict->close ? "Close. " : "Not yet. ");
	if (verdict->close)
		page_addf(
		        page, STYLE_PLAIN,
		        "Whether it gives back what %.*s said, you can tell better than I can: if "
		        "it does, /count.",
		        SLICE_ARGS(item->prompt->name));
	else if (!verdict->same)
		page_add(page, STYLE_PLAIN, verdict->words);
	page_end(page);
	if (verdict->better)
		report_drill_better(page, verdict->better);
}

void report_drill_why(struct page *page, const struct drill_item *item, struct slice said,
                      const struct detections *heard, const struct near_miss *miss)
{
	const struct turn turn = {.number = 1, .utterance = said, .heard = *heard};
	bool any = false;
	size_t i;

	for (i = 0; i < heard->count; i++) {
		const struct detection *found = &heard->items[i];

		if (!report_is_numbered(heard, i))
			continue;
		any = true;
		page_begin(page, REPORT_SPEECH, REPORT_SPEECH + 2);
		page_addz(page, STYLE_PLAIN, "Heard: ");
		report_id(page, STYLE_BOLD, found->move->id);
		page_addz(page, STYLE_PLAIN, ", ");
		if (slice_span(said, found->where).len)
			report_quote(page, STYLE_PLAIN, slice_span(said, found->where), 80);
		else
			page_addz(page, STYLE_PLAIN, "(a silence)");
		page_addz(page, STYLE_DIM, " by ");
		report_add_place(page, found->rule->match.place);
		page_end(page);
	}
	if (!any)
		page_textz(page, REPORT_SPEECH, STYLE_PLAIN, "I heard no move in it at all.");
	if (miss)
		report_near_miss(page, &turn, item->ask->move, miss);
}

static void begin_section(struct page *page, const char *label)
{
	page_begin(page, REPORT_MARGIN, LABEL);
	if (page->plain) {
		page_addf(page, STYLE_PLAIN, "%s: ", label);
	} else {
		page_addz(page, STYLE_BOLD, label);
		page_tab(page, LABEL);
	}
}

/* "open question 2 of 2, paraphrase 1 of 3": those that all came at once, or those that did not. */
static void put_tallies(struct page *page, const char *label, const struct drill_summary *summary,
                        bool at_once)
{
	bool any = false;
	size_t i;

	for (i = 0; i < summary->count; i++) {
		const struct drill_tally *tally = &summary->tallies[i];

		if ((tally->at_once == tally->asked) != at_once)
			continue;
		if (any)
			page_addz(page, STYLE_PLAIN, ", ");
		else
			begin_section(page, label);
		any = true;
		report_id(page, STYLE_PLAIN, tally->move->id);
		if (at_once)
			page_addf(page, STYLE_DIM, " %u", tally->asked);
		else
			page_addf(page, STYLE_DIM, " %u of %u", tally->at_once, tally->asked);
	}
	if (any)
		page_end(page);
}

static void put_carry(struct page *page, const struct drill_tally *carry)
{
	const struct move *move = carry->move;
	const struct drill_item *item = carry->missed;
	struct strbuf advice = {0};

	deck_fill(move->advice.len ? move->advice : move->about,
	          item ? item->prompt->name : SLICE("the ECT"), &advice);
	begin_section(page, "TAKE ALONG");
	page_add(page, STYLE_PLAIN, move->title.len ? move->title : move->id);
	page_addz(page, STYLE_PLAIN, ". ");
	page_add(page, STYLE_PLAIN, strbuf_slice(&advice));
	if (item) {
		page_addf(page, STYLE_PLAIN,
		          " To %.*s, for instance: ", SLICE_ARGS(item->prompt->name));
		add_say(page, &item->ask->says[0]);
	}
	page_end(page);
	strbuf_release(&advice);
	begin_section(page, "NEXT");
	if (carry->at_once < carry->asked)
		page_addf(page, STYLE_PLAIN, "rehearse drill %.*s%s", SLICE_ARGS(move->id),
		          page->plain ? ", or " : " · ");
	page_addf(page, STYLE_PLAIN, "rehearse play --focus %.*s", SLICE_ARGS(move->id));
	page_end(page);
}

/* "7 of 10 at once, 2 at the second try, 1 not yet. 4 minutes 20." */
static void put_head(struct page *page, const struct drill_summary *summary, double limit)
{
	uint32_t later = summary->hit - summary->at_once;
	uint32_t not_yet = summary->asked - summary->hit;
	long seconds = (long)(summary->seconds + 0.5);

	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(page, STYLE_BOLD, "%u of %u at once", summary->at_once, summary->asked);
	if (later)
		page_addf(page, STYLE_PLAIN, ", %u %s", later,
		          limit > 0 ? "later" : "at the second try");
	if (not_yet)
		page_addf(page, STYLE_PLAIN, ", %u not yet", not_yet);
	if (seconds >= 60)
		page_addf(page, STYLE_DIM, "; answering took %ld min %02ld s", seconds / 60,
		          seconds % 60);
	else if (seconds > 0)
		page_addf(page, STYLE_DIM, "; answering took %ld s", seconds);
	page_addz(page, STYLE_PLAIN, ".");
	page_end(page);
}

void report_drill_summary(struct page *page, const struct drill_summary *summary, double limit)
{
	page_gap(page);
	if (summary->asked == 0) {
		page_textz(page, REPORT_MARGIN, STYLE_PLAIN,
		           "Nothing was answered, so there is nothing to sum up.");
		return;
	}
	put_head(page, summary, limit);
	page_gap(page);
	put_tallies(page, "AT ONCE", summary, true);
	put_tallies(page, "NOT YET", summary, false);
	put_carry(page, summary->carry);
}

void report_drill_list(struct page *page, const struct deck *const *decks, size_t count,
                       const struct ruleset *ruleset)
{
	struct arena arena;
	size_t *prompts;
	size_t i;
	size_t j;
	size_t k;

	arena_init(&arena);
	prompts = ARENA_ARRAY(&arena, size_t, ruleset->move_count);
	for (i = 0; i < count; i++) {
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 2);
		page_add(page, STYLE_BOLD, decks[i]->id);
		page_addz(page, STYLE_PLAIN, page->plain ? ": " : " · ");
		page_add(page, STYLE_PLAIN, decks[i]->title);
		page_addf(page, STYLE_DIM, " (%zu prompt%s)", decks[i]->prompt_count,
		          decks[i]->prompt_count == 1 ? "" : "s");
		page_end(page);
		for (j = 0; j < decks[i]->prompt_count; j++) {
			for (k = 0; k < decks[i]->prompts[j].ask_count; k++)
				prompts[decks[i]->prompts[j].asks[k].move->index]++;
		}
	}
	page_gap(page);
	for (i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves_by_id[i];

		if (prompts[move->index] == 0)
			continue;
		page_begin(page, REPORT_MARGIN, 24);
		page_add(page, STYLE_PLAIN, move->id);
		page_tab(page, 24);
		page_add(page, STYLE_PLAIN, move->title);
		page_addf(page, STYLE_DIM, " (%zu)", prompts[move->index]);
		page_end(page);
	}
	arena_release(&arena);
}
