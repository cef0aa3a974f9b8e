/* report_compare.c: see report_compare.h. */
#include "edge/report_compare.h"

#include "edge/columns.h"
#include "edge/report.h"
#include "edge/report_json.h"

/* Beyond this a column is harder to read, not easier. */
#define COLUMN_MOST 60
#define BETWEEN " │" /* and the margin of the right side */
#define BETWEEN_WIDTH 2

/* One attempt in its column. */
struct side {
	const struct debrief *debrief;
	struct slice label;
	struct page page;
};

static void moves(struct page *page, const struct debrief *debrief, const struct turn *turn)
{
	const char *between = page->plain ? ", " : " · ";
	bool any = false;
	size_t i;

	page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
	for (i = 0; i < turn->heard.count; i++) {
		if (!compare_names(debrief, turn, i))
			continue;
		page_addz(page, STYLE_DIM, any ? between : page->plain ? "Moves: " : "");
		report_id(page, STYLE_DIM, turn->heard.items[i].move->id);
		any = true;
	}
	if (!any)
		page_addz(page, STYLE_DIM,
		          slice_trim(turn->utterance).len ? "no move heard" : "(pause)");
	page_end(page);
}

/* "tension 3 → 5", of meters that moved; nothing when none did. */
static void changes(struct page *page, const struct turn *turn)
{
	bool any = false;
	int i;

	for (i = 0; i < METERS; i++) {
		if (turn->before[i] == turn->after[i])
			continue;
		if (!any)
			page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
		page_addf(page, STYLE_DIM, page->plain ? "%s%s from %d to %d" : "%s%s %d → %d",
		          !any          ? ""
		          : page->plain ? ", "
		                        : " · ",
		          meter_name((enum meter)i), turn->before[i], turn->after[i]);
		any = true;
	}
	if (any)
		page_end(page);
}

static void put_turn(struct side *side, const struct turn *turn)
{
	struct slice name = session_scenario(side->debrief->session)->name;
	struct page *page = &side->page;

	page_begin(page, REPORT_MARGIN, REPORT_SPEECH);
	page_addz(page, STYLE_DIM, "you> ");
	page_add(page, STYLE_PLAIN, turn->utterance);
	page_end(page);
	moves(page, side->debrief, turn);
	changes(page, turn);
	report_speech(page, name, session_line_before(side->debrief->session, turn->number + 1));
	if (turn->ending_line.len)
		report_speech(page, name, turn->ending_line);
}

/* Where one of them had stopped: what the other went on to say has nothing beside it. */
static void put_rest(struct side *side, uint32_t from)
{
	size_t turns = session_turns(side->debrief->session);
	struct page *page = &side->page;

	if (turns >= from) {
		size_t more = turns - from + 1;

		page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
		page_addf(page, STYLE_DIM, "(%zu more turn%s)", more, more == 1 ? "" : "s");
		page_end(page);
	} else {
		page_textz(page, REPORT_MARGIN, STYLE_DIM,
		           session_ending(side->debrief->session) ? "(it had ended)"
		                                                  : "(left off)");
	}
}

static void put_ending(struct side *side)
{
	const struct session *session = side->debrief->session;
	const struct ending *ending = session_ending(session);
	int meters[METERS];
	int i;

	page_begin(&side->page, REPORT_MARGIN, REPORT_MARGIN);
	if (ending && side->debrief->verdict.len)
		page_add(&side->page, STYLE_BOLD, side->debrief->verdict);
	else if (ending)
		report_id(&side->page, STYLE_BOLD, ending->id);
	else if (session_ended(session))
		page_addz(&side->page, STYLE_BOLD, "No ending: you left off.");
	else
		page_addz(&side->page, STYLE_BOLD, "No ending: it was not over.");
	page_end(&side->page);
	for (i = 0; i < METERS; i++)
		meters[i] = session_meter(session, (enum meter)i);
	page_begin(&side->page, REPORT_MARGIN, REPORT_MARGIN);
	report_meters(&side->page, STYLE_PLAIN, meters);
	page_end(&side->page);
}

/* What is set on both sides, put on the page; each side is empty again. */
static void flush(struct page *page, struct side sides[2])
{
	bool wide = sides[0].page.width < page->width;
	int i;

	if (wide) {
		columns_join(strbuf_slice(&sides[0].page.out), strbuf_slice(&sides[1].page.out),
		             sides[0].page.width, BETWEEN, &page->out);
		page_gap(page);
	}
	for (i = 0; i < 2; i++) {
		if (!wide && sides[i].page.out.len) {
			page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
			page_add(page, STYLE_DIM, sides[i].label);
			page_addz(page, STYLE_DIM, ":");
			page_end(page);
			strbuf_add(&page->out, strbuf_slice(&sides[i].page.out));
		}
		strbuf_clear(&sides[i].page.out);
	}
	if (!wide)
		page_gap(page);
}

static void set_labels(struct page *page, struct side sides[2])
{
	int i;

	if (sides[0].page.width == page->width)
		return; /* each part says whose it is */
	for (i = 0; i < 2; i++)
		page_text(&sides[i].page, REPORT_MARGIN, STYLE_BOLD, sides[i].label);
	flush(page, sides);
}

static void put_turns(struct page *page, const struct comparison *comparison, struct side sides[2])
{
	uint32_t turn;
	int i;

	for (turn = comparison->parts; turn <= comparison->turns; turn++) {
		const struct turn *both[2] = {compare_turn(comparison->first, turn),
		                              compare_turn(comparison->second, turn)};
		/* One turn is shown alone: how it went on at once. */
		bool rest = turn > comparison->parts && (!both[0] || !both[1]);

		if (!rest) {
			page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
			page_addf(page, STYLE_BOLD, "Turn %u", turn);
			page_end(page);
		}
		for (i = 0; i < 2; i++) {
			if (!rest && both[i])
				put_turn(&sides[i], both[i]);
			else
				put_rest(&sides[i], turn);
		}
		flush(page, sides);
		if (rest)
			break;
	}
}

static void list_items(struct page *page, const struct framework_item *const *items, size_t count,
                       const char *what, bool *any)
{
	size_t i;

	if (count == 0)
		return;
	page_addz(page, STYLE_PLAIN, *any ? "; " : "");
	page_addz(page, STYLE_PLAIN, what);
	for (i = 0; i < count; i++) {
		page_addz(page, STYLE_PLAIN, i ? ", " : " ");
		page_add(page, STYLE_PLAIN, items[i]->title);
	}
	*any = true;
}

static void put_change(struct page *page, const struct compare_change *change)
{
	bool any = false;

	page_begin(page, REPORT_MARGIN + 2, REPORT_MARGIN + 4);
	page_add(page, STYLE_PLAIN, change->framework->title);
	page_addz(page, STYLE_PLAIN, ": ");
	if (change->gained_count || change->lost_count) {
		list_items(page, change->gained, change->gained_count, "now also", &any);
		list_items(page, change->lost, change->lost_count, "no longer", &any);
	} else {
		page_addz(page, STYLE_PLAIN, "before ");
		page_add(page, STYLE_PLAIN,
		         change->before.len ? change->before : SLICE("nothing to go by"));
		page_addz(page, STYLE_PLAIN, ", now ");
		page_add(page, STYLE_PLAIN,
		         change->after.len ? change->after : SLICE("nothing to go by"));
	}
	page_addz(page, STYLE_PLAIN, ".");
	page_end(page);
}

static void put_changes(struct page *page, const struct comparison *comparison)
{
	size_t i;

	if (comparison->change_count == 0) {
		page_textz(page, REPORT_MARGIN, STYLE_PLAIN, "No framework reads differently.");
		return;
	}
	page_textz(page, REPORT_MARGIN, STYLE_PLAIN, "What changed in the verdict:");
	for (i = 0; i < comparison->change_count; i++)
		put_change(page, &comparison->changes[i]);
}

static size_t column_width(const struct page *page)
{
	size_t width;

	if (page->plain || page->width < REPORT_COMPARE_WIDTH)
		return page->width;
	width = (page->width - BETWEEN_WIDTH) / 2;
	return width < COLUMN_MOST ? width : COLUMN_MOST;
}

void report_compare(struct page *page, const struct comparison *comparison,
                    const struct report_labels *labels)
{
	struct side sides[2] = {{.debrief = comparison->first, .label = labels->first},
	                        {.debrief = comparison->second, .label = labels->second}};
	int i;

	for (i = 0; i < 2; i++)
		sides[i].page = (struct page){
		        .width = column_width(page), .colour = page->colour, .plain = page->plain};
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	if (comparison->same)
		page_addz(page, STYLE_DIM, "The same words in both.");
	else if (comparison->parts > 1)
		page_addf(page, STYLE_DIM, "The same words up to turn %u.", comparison->parts - 1);
	else
		page_addz(page, STYLE_DIM, "They part at the first turn.");
	page_end(page);
	page_gap(page);
	set_labels(page, sides);
	put_turns(page, comparison, sides);
	for (i = 0; i < 2; i++)
		put_ending(&sides[i]);
	flush(page, sides);
	put_changes(page, comparison);
	for (i = 0; i < 2; i++)
		page_release(&sides[i].page);
}

/* For programs. */

static struct json *side_json(const struct debrief *debrief, struct slice label)
{
	const struct session *session = debrief->session;
	const struct ending *ending = session_ending(session);
	struct json *object = json_object();
	int meters[METERS];
	int i;

	for (i = 0; i < METERS; i++)
		meters[i] = session_meter(session, (enum meter)i);
	json_add_text(object, "attempt", label);
	json_add_int(object, "turns", (long)session_turns(session));
	if (ending)
		json_add_text(object, "ending", ending->id);
	else
		json_add_null(object, "ending");
	json_add(object, "meters", report_json_meters(meters));
	return object;
}

static struct json *turn_json(const struct debrief *debrief, uint32_t number)
{
	const struct turn *turn = compare_turn(debrief, number);
	struct json *object;

	if (!turn)
		return NULL;
	object = json_object();
	json_add_text(object, "mentor", turn->utterance);
	json_add(object, "moves", report_json_moves(&turn->heard));
	json_add(object, "before", report_json_meters(turn->before));
	json_add(object, "meters", report_json_meters(turn->after));
	json_add_text(object, "ect", session_line_before(debrief->session, number + 1));
	return object;
}

static void add_or_null(struct json *object, const char *name, struct json *child)
{
	if (child)
		json_add(object, name, child);
	else
		json_add_null(object, name);
}

static struct json *ids_json(const struct framework_item *const *items, size_t count)
{
	struct json *list = json_array();
	size_t i;

	for (i = 0; i < count; i++)
		json_push_text(list, items[i]->id);
	return list;
}

static struct json *change_json(const struct compare_change *change)
{
	struct json *object = json_object();

	json_add_text(object, "framework", change->framework->id);
	if (change->gained_count || change->lost_count) {
		json_add(object, "gained", ids_json(change->gained, change->gained_count));
		json_add(object, "lost", ids_json(change->lost, change->lost_count));
	} else {
		json_add_text(object, "before", change->before);
		json_add_text(object, "after", change->after);
	}
	return object;
}

struct json *report_compare_json(const struct comparison *comparison,
                                 const struct report_labels *labels)
{
	struct json *object = json_object();
	struct json *turns = json_array();
	struct json *list = json_array();
	struct strbuf sentence = {0};
	uint32_t turn;
	size_t i;

	json_add(object, "first", side_json(comparison->first, labels->first));
	json_add(object, "second", side_json(comparison->second, labels->second));
	compare_sentence(comparison, &sentence);
	json_add_text(object, "difference", strbuf_slice(&sentence));
	strbuf_release(&sentence);
	if (comparison->same)
		json_add_null(object, "parts");
	else
		json_add_int(object, "parts", comparison->parts);
	for (turn = comparison->parts; turn <= comparison->turns; turn++) {
		struct json *both = json_object();

		json_add_int(both, "turn", turn);
		add_or_null(both, "first", turn_json(comparison->first, turn));
		add_or_null(both, "second", turn_json(comparison->second, turn));
		json_push(turns, both);
	}
	json_add(object, "turns", turns);
	for (i = 0; i < comparison->change_count; i++)
		json_push(list, change_json(&comparison->changes[i]));
	json_add(object, "frameworks", list);
	return object;
}
