/* report_graph.c: see report_graph.h. */
#include "edge/report_graph.h"

#include "base/utf8.h"
#include "edge/report.h"
#include "edge/report_why.h"

/* A way from one beat to another, or from anywhere. */
struct way {
	const struct reply *reply;
	int from; /* -1: from anywhere */
};

struct ways {
	struct arena arena;
	struct table table;
};

static void add_reply(struct ways *ways, const struct reply *reply, int from)
{
	size_t i;

	if (!reply)
		return;
	if (reply->go >= 0)
		*(struct way *)table_add(&ways->arena, &ways->table, sizeof(struct way)) =
		        (struct way){reply, from};
	for (i = 0; i < reply->then_count; i++)
		add_reply(ways, reply->then[i], from);
}

static void add_replies(struct ways *ways, const struct reply *const *replies, size_t count,
                        int from)
{
	size_t i;

	for (i = 0; i < count; i++)
		add_reply(ways, replies[i], from);
}

static void find_ways(const struct scenario *scenario, struct ways *ways)
{
	size_t i;

	arena_init(&ways->arena);
	ways->table = (struct table){0};
	add_reply(ways, scenario->opening, 0);
	for (i = 0; i < scenario->beat_count; i++)
		add_replies(ways, scenario->beats[i].replies, scenario->beats[i].reply_count,
		            (int)i);
	add_replies(ways, scenario->replies, scenario->reply_count, -1);
	for (i = 0; i < scenario->fact_count; i++) {
		add_reply(ways, scenario->facts[i].reply, -1);
		add_reply(ways, scenario->facts[i].agree, -1);
		add_reply(ways, scenario->facts[i].deny, -1);
	}
	for (i = 0; i < scenario->tell_count; i++)
		add_reply(ways, scenario->tells[i].reply, -1);
}

static void one_way(struct page *page, const struct scenario *scenario, const struct way *way)
{
	page_begin(page, REPORT_MARGIN + 2, REPORT_MARGIN + 6);
	page_addz(page, STYLE_PLAIN, page->plain ? "to " : "→ ");
	page_add(page, STYLE_BOLD, scenario->beats[way->reply->go].id);
	page_addz(page, STYLE_PLAIN, " ");
	report_trigger(page, way->reply, scenario);
	page_addf(page, STYLE_DIM, " (line %u)", way->reply->place.line);
	page_end(page);
}

static size_t ways_from(struct page *page, const struct scenario *scenario, const struct ways *ways,
                        int from)
{
	const struct way *items = ways->table.items;
	size_t count = 0;
	size_t i;

	for (i = 0; i < ways->table.count; i++) {
		if (items[i].from != from)
			continue;
		one_way(page, scenario, &items[i]);
		count++;
	}
	return count;
}

static bool leads_to(const struct ways *ways, int beat)
{
	const struct way *items = ways->table.items;
	size_t i;

	for (i = 0; i < ways->table.count; i++)
		if (items[i].reply->go == beat && items[i].from != beat)
			return true;
	return false;
}

static void beat(struct page *page, const struct scenario *scenario, const struct ways *ways,
                 int at)
{
	const struct beat *beat = &scenario->beats[at];

	page_gap(page);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 2);
	page_add(page, STYLE_BOLD, beat->id);
	page_addf(page, STYLE_DIM, " (line %u, %zu %s%s)", beat->place.line, beat->reply_count,
	          beat->reply_count == 1 ? "reply" : "replies",
	          at == 0              ? "; it begins here"
	          : leads_to(ways, at) ? ""
	                               : "; nothing leads here");
	page_end(page);
	if (ways_from(page, scenario, ways, at) == 0)
		page_textz(page, REPORT_MARGIN + 2, STYLE_DIM, "stays here");
}

static void ends(struct page *page, const struct scenario *scenario)
{
	size_t i;

	page_gap(page);
	page_textz(page, REPORT_MARGIN, STYLE_BOLD, "It ends");
	for (i = 0; i < scenario->ending_count; i++) {
		const struct ending *ending = &scenario->endings[i];

		page_begin(page, REPORT_MARGIN + 2, REPORT_MARGIN + 6);
		page_add(page, STYLE_BOLD, ending->id);
		report_condition(page, ending->when);
		if (!ending->when)
			page_addf(page, STYLE_PLAIN, " after %ld minutes", scenario->minutes);
		page_addf(page, STYLE_DIM, " (%sline %u)", ending->good ? "good; " : "",
		          ending->place.line);
		page_end(page);
	}
}

void report_graph(struct page *page, const struct scenario *scenario)
{
	struct ways ways;
	size_t i;

	find_ways(scenario, &ways);
	page_heading(page, REPORT_MARGIN, scenario->title);
	for (i = 0; i < scenario->beat_count; i++)
		beat(page, scenario, &ways, (int)i);
	page_gap(page);
	page_textz(page, REPORT_MARGIN, STYLE_BOLD, "From anywhere");
	if (ways_from(page, scenario, &ways, -1) == 0)
		page_textz(page, REPORT_MARGIN + 2, STYLE_DIM, "nothing leads to a beat");
	ends(page, scenario);
	arena_release(&ways.arena);
}

/* A quoted string of DOT. */
static void quoted(struct strbuf *out, struct slice text)
{
	struct strbuf clean = {0};
	size_t i;

	utf8_clean(&clean, text, false);
	strbuf_addc(out, '"');
	for (i = 0; i < clean.len; i++) {
		if (clean.at[i] == '"' || clean.at[i] == '\\')
			strbuf_addc(out, '\\');
		strbuf_addc(out, clean.at[i]);
	}
	strbuf_addc(out, '"');
	strbuf_release(&clean);
}

/* What a way is on, as plain text. */
static void trigger_text(const struct reply *reply, const struct scenario *scenario,
                         struct strbuf *out)
{
	struct page page = {.width = 1000, .plain = true};
	struct slice line = SLICE("");
	struct slice text;

	page_begin(&page, 0, 0);
	report_trigger(&page, reply, scenario);
	page_end(&page);
	text = strbuf_slice(&page.out);
	slice_cut(&text, '\n', &line);
	strbuf_addf(out, "%.*s (%u)", SLICE_ARGS(line), reply->place.line);
	page_release(&page);
}

static void dot_node(struct strbuf *out, const char *prefix, struct slice id, const char *look)
{
	struct strbuf name = {0};

	strbuf_addz(&name, prefix);
	strbuf_add(&name, id);
	strbuf_addz(out, "\t");
	quoted(out, strbuf_slice(&name));
	strbuf_addz(out, " [label=");
	quoted(out, id);
	strbuf_addf(out, ", %s];\n", look);
	strbuf_release(&name);
}

static void dot_way(struct strbuf *out, const struct scenario *scenario, const struct way *way)
{
	struct strbuf text = {0};

	strbuf_addz(out, "\t");
	quoted(out, way->from < 0 ? SLICE("anywhere") : scenario->beats[way->from].id);
	strbuf_addz(out, " -> ");
	quoted(out, scenario->beats[way->reply->go].id);
	strbuf_addz(out, " [label=");
	trigger_text(way->reply, scenario, &text);
	quoted(out, strbuf_slice(&text));
	strbuf_addz(out, "];\n");
	strbuf_release(&text);
}

void report_graph_dot(const struct scenario *scenario, struct strbuf *out)
{
	struct ways ways;
	size_t i;

	find_ways(scenario, &ways);
	strbuf_addz(out, "digraph ");
	quoted(out, scenario->id);
	strbuf_addz(out, " {\n\trankdir=LR;\n\tnode [shape=box, style=rounded];\n");
	for (i = 0; i < scenario->beat_count; i++)
		dot_node(out, "", scenario->beats[i].id, i ? "peripheries=1" : "peripheries=2");
	strbuf_addz(out, "\t\"anywhere\" [style=dashed];\n");
	for (i = 0; i < ways.table.count; i++)
		dot_way(out, scenario, &((const struct way *)ways.table.items)[i]);
	for (i = 0; i < scenario->ending_count; i++)
		dot_node(out, "ending ", scenario->endings[i].id,
		         scenario->endings[i].good ? "shape=ellipse, penwidth=2" : "shape=ellipse");
	strbuf_addz(out, "}\n");
	arena_release(&ways.arena);
}
