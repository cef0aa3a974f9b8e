/* report_more.c: what lies behind the debrief, for whoever wants more. See report.h. */
#include "edge/report.h"

#define INDENT (REPORT_MARGIN + 2)
#define DEEP (REPORT_MARGIN + 4)
#define QUOTES_SHOWN 3 /* of one item; the number of the rest is said */
#define QUOTE_COLUMNS 60
#define HELD_SHOWN 3 /* of what was never told */
#define NEAR_TRUST 2 /* so much more trust would have been near enough */
#define TURN_LABEL 9 /* columns of "turn 12" and a gap */
#define WIDE_STEP 11
#define NARROW_STEP 9 /* two blanks after "tension" */
#define LAST_METER 9 /* columns of "ownership" */
#define WHOLE 1000 /* columns of a quotation that is never cut: LIMIT_SPEECH_BYTES */

static void heading(struct page *page, const char *text)
{
	page_gap(page);
	page_textz(page, REPORT_MARGIN, STYLE_BOLD, text);
}

/* Several moves may be in the same words. */
static bool is_repeated(const struct quote *list, size_t index)
{
	size_t i;

	for (i = 0; i < index; i++) {
		if (list[i].turn == list[index].turn && slice_eq(list[i].text, list[index].text))
			return true;
	}
	return false;
}

static void quotes(struct page *page, const struct quote *list, size_t count)
{
	size_t different = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		if (is_repeated(list, i) || different++ >= QUOTES_SHOWN)
			continue;
		page_addf(page, STYLE_DIM, "%s turn %u: ", different > 1 ? "," : "", list[i].turn);
		if (list[i].text.len)
			report_quote(page, STYLE_PLAIN, list[i].text, QUOTE_COLUMNS);
		else
			page_addz(page, STYLE_PLAIN, "(pause)");
	}
	if (different > QUOTES_SHOWN)
		page_addf(page, STYLE_DIM, ", and %zu more", different - QUOTES_SHOWN);
}

static const char *comma(const struct page *page, bool any)
{
	if (!any)
		return "";
	return page->plain ? ", " : " · ";
}

static void items(struct page *page, const struct framework_score *score)
{
	bool missing = false;
	size_t i;

	for (i = 0; i < score->item_count; i++) {
		const struct item_score *item = &score->items[i];

		if (item->quote_count == 0)
			continue;
		page_begin(page, INDENT, DEEP + 2);
		page_add(page, STYLE_PLAIN, item->item->title);
		page_addz(page, STYLE_PLAIN, ",");
		quotes(page, item->quotes, item->quote_count);
		page_end(page);
	}
	for (i = 0; i < score->item_count; i++) {
		if (score->items[i].quote_count)
			continue;
		if (!missing) {
			page_begin(page, INDENT, DEEP + 2);
			page_addz(page, STYLE_PLAIN, "I did not hear: ");
		}
		page_addz(page, STYLE_PLAIN, missing ? ", " : "");
		page_add(page, STYLE_PLAIN, score->items[i].item->title);
		missing = true;
	}
	if (missing)
		page_end(page);
}

/* A cell that is called as its grid is: once is enough. */
static struct slice cell_title(const struct framework *framework, const struct grid_cell *cell)
{
	const size_t len = framework->title.len;

	if (slice_starts(cell->title, framework->title) &&
	    slice_starts(slice_sub(cell->title, len, cell->title.len), SLICE(": ")))
		return slice_sub(cell->title, len + 2, cell->title.len);
	return cell->title;
}

static void verdict(struct page *page, const struct framework_score *score)
{
	const struct framework *framework = score->framework;

	switch (framework->kind) {
	case FRAMEWORK_CHECKLIST:
		page_addf(page, STYLE_PLAIN, "%zu of %zu", score->filled, score->item_count);
		if (score->complete && score->filled < score->item_count)
			page_addz(page, STYLE_PLAIN, ", complete without the rest");
		break;
	case FRAMEWORK_SEQUENCE:
		page_addf(page, STYLE_PLAIN, "%zu of %zu", score->filled, score->item_count);
		if (score->complete)
			page_addz(page, STYLE_PLAIN,
			          score->in_order ? ", complete and in order"
			                          : ", complete, in another order");
		else if (score->filled == score->item_count)
			page_addz(page, STYLE_PLAIN, ", but not about one thing");
		break;
	case FRAMEWORK_GRID:
		if (score->cell)
			page_add(page, STYLE_PLAIN, cell_title(framework, score->cell));
		else
			page_addz(page, STYLE_PLAIN, "nothing to place you by");
		if (score->turned.to.len) {
			page_addz(page, STYLE_PLAIN, "; turned to ");
			report_id(page, STYLE_PLAIN, score->turned.to);
			page_addf(page, STYLE_PLAIN, " at turn %u", score->turned.quote.turn);
		}
		break;
	case FRAMEWORK_LADDER:
		if (!score->end) {
			page_addz(page, STYLE_PLAIN, "nothing to place it by");
			break;
		}
		page_addz(page, STYLE_PLAIN, "ended at ");
		page_add(page, STYLE_PLAIN, score->end->title);
		if (score->peak && score->peak != score->end) {
			page_addz(page, STYLE_PLAIN, "; went up to ");
			page_add(page, STYLE_PLAIN, score->peak->title);
			page_addf(page, STYLE_PLAIN, " at turn %u", score->peak_turn);
		}
		break;
	}
}

static void grid(struct page *page, const struct framework_score *score)
{
	const struct turned *turned = &score->turned;

	page_begin(page, INDENT, DEEP);
	page_addf(page, STYLE_DIM, "%.*s %+.1f%s%.*s %+.1f a turn;",
	          SLICE_ARGS(score->framework->axis_x), score->x, comma(page, true),
	          SLICE_ARGS(score->framework->axis_y), score->y);
	quotes(page, score->quotes, score->quote_count);
	page_end(page);
	if (!score->framework->turns)
		return;
	page_begin(page, INDENT, DEEP);
	if (turned->to.len) {
		page_addz(page, STYLE_PLAIN, "It turned from ");
		report_id(page, STYLE_PLAIN, turned->from);
		page_addz(page, STYLE_PLAIN, " to ");
		report_id(page, STYLE_PLAIN, turned->to);
		page_addz(page, STYLE_PLAIN, ",");
		quotes(page, &turned->quote, 1);
	} else {
		page_addz(page, STYLE_PLAIN, "It did not turn from one to the other.");
	}
	page_end(page);
}

static void ladder(struct page *page, const struct framework_score *score)
{
	page_begin(page, INDENT, DEEP);
	if (score->put_aside)
		page_addz(page, STYLE_PLAIN, "Nobody got heated, but the point was put aside:");
	else
		page_addf(page, STYLE_PLAIN,
		          "Brought down, %s %d to %d:", meter_name(score->framework->meter),
		          score->peak_value, score->end_value);
	quotes(page, score->quotes, score->quote_count);
	page_end(page);
}

static void framework(struct page *page, const struct framework_score *score, bool fully)
{
	page_begin(page, REPORT_MARGIN, DEEP);
	page_add(page, STYLE_BOLD, score->framework->title);
	page_addz(page, STYLE_PLAIN, ": ");
	verdict(page, score);
	page_end(page);
	if (!fully)
		return;
	items(page, score);
	if (score->framework->kind == FRAMEWORK_GRID && score->quote_count)
		grid(page, score);
	if (score->framework->kind == FRAMEWORK_LADDER && score->quote_count)
		ladder(page, score);
}

void report_frameworks(struct page *page, const struct score *score, bool fully)
{
	size_t i;

	for (i = 0; i < score->framework_count; i++) {
		if (fully)
			page_gap(page);
		framework(page, &score->frameworks[i], fully);
	}
}

void report_talk(struct page *page, const struct measures *m, struct slice name)
{
	heading(page, "WHO TALKED");
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(
	        page, STYLE_PLAIN,
	        "You spoke %u word%s, %.*s %u: of every 100, %.0f were yours. Open questions: %u. "
	        "Closed: %u. Pauses: %u.",
	        m->mentor_words, m->mentor_words == 1 ? "" : "s", SLICE_ARGS(name), m->ect_words,
	        m->talk_share * 100, m->open_questions, m->closed_questions, m->pauses);
	if (m->hints)
		page_addf(page, STYLE_PLAIN, " Hints asked for: %u.", m->hints);
	page_addf(page, STYLE_PLAIN, " It took about %.0f minute%s.",
	          m->minutes < 1 ? 1 : m->minutes, m->minutes < 1.5 ? "" : "s");
	page_end(page);
}

static void cues(struct page *page, const struct session *session, struct slice name)
{
	size_t turns = session_turns(session);
	bool any = false;
	size_t i;

	for (i = 1; i <= turns; i++) {
		const struct turn *turn = session_turn(session, i);

		if (!turn->cue_before)
			continue;
		if (!any)
			heading(page, "CUES");
		any = true;
		page_begin(page, REPORT_MARGIN, DEEP);
		page_addf(page, STYLE_PLAIN, "Turn %zu, %s. ", i, turn->cue_met ? "met" : "missed");
		page_add(page, STYLE_PLAIN, name);
		page_addz(page, STYLE_PLAIN, ": ");
		report_quote(page, STYLE_PLAIN, session_line_before(session, (uint32_t)i),
		             QUOTE_COLUMNS);
		page_end(page);
	}
}

static void thoughts(struct page *page, const struct session *session)
{
	size_t turns = session_turns(session);
	bool any = false;
	size_t i;

	for (i = 1; i <= turns; i++) {
		const struct turn *turn = session_turn(session, i);

		if (turn->thinks.len == 0)
			continue;
		if (!any)
			heading(page, "WHAT WENT UNSAID");
		any = true;
		page_begin(page, REPORT_MARGIN, DEEP);
		page_addf(page, STYLE_DIM, "Turn %zu: ", i);
		page_add(page, STYLE_PLAIN, turn->thinks);
		page_end(page);
	}
}

/* The best she came to trust, for what more trust would have brought out. */
static int most_trust(const struct session *session)
{
	int most = session_scenario(session)->start[METER_TRUST];
	size_t turns = session_turns(session);
	size_t i;

	for (i = 1; i <= turns; i++) {
		int trust = session_turn(session, i)->after[METER_TRUST];

		most = trust > most ? trust : most;
	}
	return most;
}

struct trust_check {
	int trust;
	bool asked; /* the condition looks at trust */
};

static double trust_value(void *context, int id, int arg)
{
	struct trust_check *check = context;

	(void)arg;
	if (id != NAME_TRUST)
		return 0;
	check->asked = true;
	return check->trust;
}

static bool wants_trust(const struct tell *tell, int trust)
{
	size_t i;

	for (i = 0; tell->when && i < expr_terms(tell->when); i++) {
		struct trust_check check = {.trust = trust};
		bool holds;

		expr_term(tell->when, i, trust_value, &check, &holds);
		if (check.asked && !holds)
			return true;
	}
	return false;
}

static bool came_up(const struct session *session, int topic)
{
	size_t turns = session_turns(session);
	size_t i;

	for (i = 1; i <= turns; i++) {
		if (session_turn(session, i)->topics & (UINT64_C(1) << topic))
			return true;
	}
	return false;
}

static void words_of(struct page *page, const struct alternative *said)
{
	struct strbuf words = {0};
	size_t i;

	for (i = 0; i < said->line_count; i++) {
		strbuf_addz(&words, i ? " " : "");
		strbuf_add(&words, said->lines[i].words);
	}
	report_quote(page, STYLE_PLAIN, strbuf_slice(&words), WHOLE);
	strbuf_release(&words);
}

/* How near the mentor came to hearing it; less is nearer. */
static int distance(const struct session *session, const struct tell *tell, int trust)
{
	const bool away = tell->about >= 0 && !came_up(session, tell->about);

	return away + wants_trust(tell, trust + NEAR_TRUST);
}

static void held_one(struct page *page, const struct session *session, const struct tell *tell,
                     int trust)
{
	page_begin(page, REPORT_MARGIN, DEEP);
	words_of(page, tell->reply->alternatives);
	if (wants_trust(tell, trust)) {
		page_addz(page, STYLE_DIM, " It would have come with more trust.");
	} else if (tell->about >= 0 && !came_up(session, tell->about)) {
		page_addz(page, STYLE_DIM, " It would have come by way of ");
		report_quote(page, STYLE_DIM, session_scenario(session)->topics[tell->about].title,
		             WHOLE);
		page_addz(page, STYLE_DIM, ".");
	} else {
		page_addz(page, STYLE_DIM, " It wanted a little more room.");
	}
	page_end(page);
}

/* The nearest few: a conversation that tells everything leaves nothing to come back for. */
static void held(struct page *page, const struct session *session)
{
	const struct scenario *scenario = session_scenario(session);
	int trust = most_trust(session);
	size_t count = 0;
	size_t i;
	int far;

	for (far = 0; far <= 2; far++) {
		for (i = 0; i < scenario->tell_count; i++) {
			const struct tell *tell = &scenario->tells[i];

			if (session_told(session, tell) || distance(session, tell, trust) != far)
				continue;
			if (count == 0)
				heading(page, "WHAT YOU NEVER HEARD");
			if (count++ < HELD_SHOWN)
				held_one(page, session, tell, trust);
		}
	}
	if (count <= HELD_SHOWN)
		return;
	page_begin(page, REPORT_MARGIN, DEEP);
	page_addf(page, STYLE_DIM, "And %zu more that another conversation may bring.",
	          count - HELD_SHOWN);
	page_end(page);
}

static void told(struct page *page, const struct session *session)
{
	size_t turns = session_turns(session);
	bool any = false;
	size_t i;

	for (i = 1; i <= turns; i++) {
		const struct turn *turn = session_turn(session, i);

		if (!turn->tell)
			continue;
		if (!any)
			heading(page, "WHAT YOU WERE TOLD IN TRUST");
		any = true;
		page_begin(page, REPORT_MARGIN, DEEP);
		page_addf(page, STYLE_DIM, "Turn %zu: ", i);
		words_of(page, turn->told);
		page_end(page);
	}
}

/* Columns from one meter to the next; 0 where the page is too narrow for a table. */
static size_t meter_step(const struct page *page)
{
	size_t step;

	if (page->plain)
		return 0;
	for (step = WIDE_STEP; step >= NARROW_STEP; step--) {
		if (REPORT_MARGIN + TURN_LABEL + step * (METERS - 1) + LAST_METER <= page->width)
			return step;
	}
	return 0;
}

static void meters_line(struct page *page, const char *label, const int now[METERS],
                        const int before[METERS])
{
	const size_t step = meter_step(page);
	size_t i;

	page_begin(page, REPORT_MARGIN, REPORT_MARGIN + (step ? 0 : TURN_LABEL));
	page_addz(page, STYLE_DIM, label);
	if (!step) {
		page_tab(page, REPORT_MARGIN + TURN_LABEL);
		report_meters(page, STYLE_PLAIN, now);
	}
	for (i = 0; step && i < METERS; i++) {
		const bool moved = !before || before[i] != now[i];

		page_tab(page, REPORT_MARGIN + TURN_LABEL + step * i);
		page_addf(page, moved ? STYLE_PLAIN : STYLE_DIM, "%d", now[i]);
	}
	page_end(page);
}

static void meters_by_turn(struct page *page, const struct session *session)
{
	const size_t step = meter_step(page);
	size_t turns = session_turns(session);
	char label[32];
	size_t i;

	heading(page, "TURN BY TURN");
	if (step) {
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
		for (i = 0; i < METERS; i++) {
			page_tab(page, REPORT_MARGIN + TURN_LABEL + step * i);
			page_addz(page, STYLE_DIM, meter_name((enum meter)i));
		}
		page_end(page);
	}
	meters_line(page, "start", session_scenario(session)->start, NULL);
	for (i = 1; i <= turns; i++) {
		const struct turn *turn = session_turn(session, i);

		snprintf(label, sizeof(label), "turn %zu", i);
		meters_line(page, label, turn->after, turn->before);
	}
}

void report_more(struct page *page, const struct debrief *debrief)
{
	const struct session *session = debrief->session;
	const struct slice name = session_scenario(session)->name;

	report_frameworks(page, &debrief->score, true);
	report_talk(page, &debrief->score.measures, name);
	cues(page, session, name);
	thoughts(page, session);
	told(page, session);
	held(page, session);
	meters_by_turn(page, session);
}

/* Of a conversation that goes on: what is left is the rest. */
static void time_used(struct page *page, const struct session *session)
{
	const long minutes = session_scenario(session)->minutes;
	const size_t turns = session_turns(session);
	double used = turns ? session_turn(session, turns)->minutes : 0;

	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	if (used < 1)
		page_addz(page, STYLE_PLAIN, "Less than one");
	else
		page_addf(page, STYLE_PLAIN, "About %ld", (long)used);
	page_addf(page, STYLE_PLAIN, " of %ld minutes used.", minutes);
	page_end(page);
}

void report_score(struct page *page, const struct session *session, const struct score *score)
{
	int meters[METERS];
	size_t i;

	for (i = 0; i < METERS; i++)
		meters[i] = session_meter(session, (enum meter)i);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	report_meters(page, STYLE_PLAIN, meters);
	page_end(page);
	report_frameworks(page, score, false);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(page, STYLE_PLAIN, "You spoke %.0f of every 100 words.",
	          score->measures.talk_share * 100);
	page_end(page);
	time_used(page, session);
}
