/* report_why_rules.c: the same as report_why.c for whoever writes rules and scenarios: ids,
 * patterns and replies as they are written. See report_why.h. */
#include "edge/report.h"
#include "edge/report_why.h"

#define PATTERN_BYTES 120u /* shown of a pattern */
#define CANDIDATES_SHOWN 8 /* of /why all: more would be a listing, not an answer */

static const char *tier_words(enum tier tier)
{
	static const char *const words[TIERS] = {
	        "a follow-up to the line before", "this part of the talk",
	        "anywhere in this scenario", "what is known", "the temperament"};

	return words[tier];
}

static double nothing(void *context, int id, int arg)
{
	(void)context;
	(void)id;
	(void)arg;
	return 0;
}

void report_condition(struct page *page, const struct expr *when)
{
	size_t i;

	for (i = 0; when && i < expr_terms(when); i++) {
		bool holds;
		struct slice term = expr_term(when, i, nothing, NULL, &holds);
		bool either = slice_find(term, SLICE(" or ")) < term.len;

		page_addz(page, STYLE_PLAIN, i ? " and " : " when ");
		page_addz(page, STYLE_PLAIN, either ? "(" : "");
		page_add(page, STYLE_PLAIN, term);
		page_addz(page, STYLE_PLAIN, either ? ")" : "");
	}
}

void report_trigger(struct page *page, const struct reply *reply, const struct scenario *scenario)
{
	bool any = false;
	size_t i;

	if (reply->otherwise)
		page_addz(page, STYLE_PLAIN, "when nothing else fits");
	else
		page_addz(page, STYLE_PLAIN, "on ");
	for (i = 0; i < reply->on_count; i++) {
		page_addz(page, STYLE_PLAIN, any ? ", " : "");
		report_id(page, STYLE_PLAIN, reply->on[i]->id);
		any = true;
	}
	for (i = 0; i < STANCES; i++) {
		if (!(reply->stances & (1u << i)))
			continue;
		page_addz(page, STYLE_PLAIN, any ? ", " : "");
		report_id(page, STYLE_PLAIN, slice_of(stance_name((enum stance)i)));
		any = true;
	}
	if (!any && !reply->otherwise)
		page_addz(page, STYLE_PLAIN, "anything");
	if (reply->about >= 0) {
		page_addz(page, STYLE_PLAIN, " about ");
		page_add(page, STYLE_PLAIN, scenario->topics[reply->about].title);
	}
	report_condition(page, reply->when);
}

void report_acts(struct page *page, const struct detections *found)
{
	bool any = false;
	size_t i, j;

	for (i = 0; i < found->count; i++) {
		if (!found->items[i].move->quiet)
			continue;
		for (j = 0; j < i && found->items[j].move != found->items[i].move; j++)
			;
		if (j < i)
			continue;
		if (!any)
			page_begin(page, REPORT_SPEECH, REPORT_SPEECH + 4);
		page_addz(page, STYLE_PLAIN, any ? ", " : "In passing: ");
		report_id(page, STYLE_PLAIN, found->items[i].move->id);
		any = true;
	}
	if (any)
		page_end(page);
}

static void candidate(struct page *page, const struct candidate *weighed,
                      const struct scenario *scenario)
{
	report_add_place(page, weighed->reply->place);
	page_addz(page, STYLE_PLAIN, ", ");
	report_trigger(page, weighed->reply, scenario);
	page_addf(page, STYLE_DIM, " (%s, %zu condition%s%s)", tier_words(weighed->tier),
	          weighed->conditions, weighed->conditions == 1 ? "" : "s",
	          weighed->said ? ", said before" : "");
}

static void passed_over(struct page *page, const struct scenario *scenario, const struct turn *turn)
{
	size_t shown = 0;
	size_t i;

	for (i = 0; i < turn->candidate_count; i++) {
		if (turn->candidates[i].won)
			continue;
		if (shown == 0)
			page_textz(page, REPORT_SPEECH, STYLE_PLAIN, "Chosen over:");
		if (shown++ == CANDIDATES_SHOWN) {
			page_textz(page, REPORT_SPEECH + 2, STYLE_DIM, "and others");
			return;
		}
		page_begin(page, REPORT_SPEECH + 2, REPORT_SPEECH + 4);
		candidate(page, &turn->candidates[i], scenario);
		page_end(page);
	}
}

static void answer(struct page *page, const struct scenario *scenario, const struct turn *turn)
{
	size_t i;

	page_begin(page, REPORT_SPEECH, REPORT_SPEECH + 2);
	page_add(page, STYLE_PLAIN, scenario->name);
	if (turn->stance) {
		page_addz(page, STYLE_PLAIN, " answered with ‘");
		report_id(page, STYLE_PLAIN,
		          slice_of(stance_name((enum stance)(turn->stance - 1))));
		page_addz(page, STYLE_PLAIN, "’");
	} else if (turn->answered) {
		page_addz(page, STYLE_PLAIN, " answered the ");
		report_id(page, STYLE_PLAIN, turn->answered->move->id);
	} else {
		page_addz(page, STYLE_PLAIN, " found nothing in it to answer");
	}
	for (i = 0; i < turn->candidate_count; i++) {
		if (!turn->candidates[i].won)
			continue;
		page_addz(page, STYLE_PLAIN, ", by ");
		candidate(page, &turn->candidates[i], scenario);
	}
	page_addz(page, STYLE_PLAIN,
	          turn->tell ? ", and told you something held back until then." : ".");
	page_end(page);
	passed_over(page, scenario, turn);
}

void report_why_rules(struct page *page, const struct scenario *scenario, const struct turn *turn)
{
	report_acts(page, &turn->heard);
	answer(page, scenario, turn);
}

static void matched(struct page *page, const struct turn *turn, const struct near_miss *miss)
{
	if (miss->where.end > miss->where.start) {
		report_quote(page, STYLE_PLAIN, slice_span(turn->utterance, miss->where), 60);
		page_addz(page, STYLE_PLAIN, " fits ");
	} else {
		page_addz(page, STYLE_PLAIN, "Your words fit ");
	}
	report_add_place(page, miss->rule->match.place);
}

/* A long one by its beginning: its place is told. */
static void pattern(struct page *page, struct slice written)
{
	size_t cut = PATTERN_BYTES;

	if (written.len <= PATTERN_BYTES) {
		page_add(page, STYLE_PLAIN, written);
		return;
	}
	while (cut > 0 && ((unsigned char)written.at[cut] & 0xC0) == 0x80)
		cut--;
	page_add(page, STYLE_PLAIN, slice_sub(written, 0, cut));
	page_addz(page, STYLE_PLAIN, "…");
}

static void miss_words(struct page *page, const struct turn *turn, const struct move *move,
                       const struct near_miss *miss)
{
	switch (miss->miss) {
	case MISS_FOUND:
		report_id(page, STYLE_BOLD, move->id);
		page_addz(page, STYLE_PLAIN, " was heard. /why shows where.");
		break;
	case MISS_PATTERN:
		page_addz(page, STYLE_PLAIN, "No pattern of ");
		report_id(page, STYLE_BOLD, move->id);
		page_addz(page, STYLE_PLAIN, " is in your words.");
		if (miss->rule) {
			page_addz(page, STYLE_PLAIN, " The nearest is ");
			report_add_place(page, miss->rule->match.place);
			page_addz(page, STYLE_PLAIN, ": ");
			pattern(page, miss->rule->match.written);
		}
		break;
	case MISS_UNLESS:
		matched(page, turn, miss);
		page_addz(page, STYLE_PLAIN, ", but ‘unless’ at ");
		report_add_place(page, miss->veto->place);
		page_addz(page, STYLE_PLAIN, " rules it out: ");
		pattern(page, miss->veto->written);
		break;
	case MISS_WHEN:
		matched(page, turn, miss);
		page_addz(page, STYLE_PLAIN, ", but that counts only when ");
		page_add(page, STYLE_PLAIN, miss->condition);
		page_addz(page, STYLE_PLAIN, ".");
		break;
	case MISS_YIELDS:
		matched(page, turn, miss);
		page_addz(page, STYLE_PLAIN, ", but gave way to ");
		report_id(page, STYLE_BOLD, miss->other->id);
		page_addz(page, STYLE_PLAIN, " on the same words.");
		break;
	case MISS_NEEDS:
		matched(page, turn, miss);
		page_addz(page, STYLE_PLAIN, ", but counts only with or after ");
		report_id(page, STYLE_BOLD, miss->other->id);
		page_addz(page, STYLE_PLAIN, ", which was not heard.");
		break;
	}
}

void report_near_miss(struct page *page, const struct turn *turn, const struct move *move,
                      const struct near_miss *miss)
{
	page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
	miss_words(page, turn, move, miss);
	page_end(page);
}
