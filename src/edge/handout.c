/* handout.c: see handout.h. */
#include "edge/handout.h"

#include <string.h>

#include "edge/markdown.h"

/* What an observer's eye and a sheet of paper can hold. */
#define SHEETS 3
#define FACTS 10

/* Words that can be read out as they stand: nothing is to be filled in. */
static const struct alternative *speakable(const struct reply *reply)
{
	size_t i, j;

	for (i = 0; reply && i < reply->alternative_count; i++) {
		const struct alternative *words = &reply->alternatives[i];

		for (j = 0; j < words->line_count; j++)
			if (slice_find(words->lines[j].words, SLICE("{")) <
			    words->lines[j].words.len)
				break;
		if (j == words->line_count)
			return words;
	}
	return NULL;
}

static void put_speech(struct strbuf *out, const struct alternative *words)
{
	size_t i;

	for (i = 0; i < words->line_count; i++) {
		const struct speech *line = &words->lines[i];

		if (i)
			strbuf_addc(out, ' ');
		if (line->direction.len) {
			strbuf_addz(out, "*(");
			markdown_add(out, line->direction);
			strbuf_addz(out, line->words.len ? ")* " : ")*");
		}
		if (line->words.len) {
			strbuf_addz(out, "“");
			markdown_add(out, line->words);
			strbuf_addz(out, "”");
		}
	}
	strbuf_addc(out, '\n');
}

static void roles(const struct scenario *scenario, struct strbuf *out)
{
	strbuf_addf(out,
	            "Three people, %ld minutes, then two minutes of feedback, then change places. "
	            "One is the mentor. One is ",
	            scenario->minutes);
	markdown_add(out, scenario->name);
	strbuf_addz(out, " and alone reads the second side. One watches, says nothing, and keeps "
	                 "the sheet below. With two, the one who plays ");
	markdown_add(out, scenario->name);
	strbuf_addz(out, " keeps it afterwards.\n\n");
}

static void brief(const struct scenario *scenario, struct strbuf *out)
{
	size_t i;

	strbuf_addz(out, "# ");
	markdown_add(out, scenario->title);
	strbuf_addz(out, "\n\n");
	roles(scenario, out);
	strbuf_addz(out, "## For everyone\n\n");
	markdown_add(out, scenario->who);
	strbuf_addz(out, ".\n\n");
	markdown_prose(out, scenario->brief);
	strbuf_addz(out, "**What the mentor wants:** ");
	markdown_prose(out, scenario->goal);
	if (scenario->evidence_count == 0)
		return;
	strbuf_addz(out, "What was seen:\n\n");
	for (i = 0; i < scenario->evidence_count; i++) {
		strbuf_addz(out, "- ");
		markdown_add(out, scenario->evidence[i].text);
		strbuf_addc(out, '\n');
	}
	strbuf_addc(out, '\n');
}

static void sheet(const struct framework *framework, struct strbuf *out)
{
	size_t i;

	strbuf_addz(out, "**");
	markdown_add(out, framework->title);
	strbuf_addz(out,
	            "**\n\n| listen for | that is | how often | the words |\n|---|---|---|---|\n");
	for (i = 0; i < framework->item_count; i++) {
		const struct framework_item *item = &framework->items[i];

		strbuf_addz(out, "| ");
		markdown_add(out, item->title);
		strbuf_addz(out, " | ");
		if (item->move_count)
			markdown_add(out, item->moves[0]->about);
		strbuf_addz(out, " | | |\n");
	}
	strbuf_addc(out, '\n');
}

/* As an item in its own right, under its own name, not one of several ways to fill another. */
static bool holds_move(const struct framework *framework, const struct move *move)
{
	size_t i, j;

	for (i = 0; i < framework->item_count; i++)
		for (j = 0; j < framework->items[i].move_count; j++)
			if (framework->items[i].moves[j] == move &&
			    slice_eq(framework->items[i].title, move->title))
				return true;
	return false;
}

static bool is_focus(const struct scenario *scenario, const struct framework *framework)
{
	size_t i;

	for (i = 0; i < scenario->focus_framework_count; i++)
		if (scenario->focus_frameworks[i] == framework)
			return true;
	return false;
}

/* A framework that has a move of the scenario's focus. */
static bool is_near(const struct scenario *scenario, const struct framework *framework)
{
	size_t i;

	for (i = 0; i < scenario->focus_move_count; i++)
		if (holds_move(framework, scenario->focus_moves[i]))
			return true;
	return false;
}

/* The frameworks the scenario practises; then those its moves belong to; then whatever comes first
 * in the packs: as many as a page holds. */
static void sheets(const struct scenario *scenario, const struct ruleset *ruleset,
                   struct strbuf *out)
{
	size_t put_sheets = 0;
	int rank;
	size_t i;

	for (rank = 0; rank < 3; rank++) {
		for (i = 0; i < ruleset->framework_count && put_sheets < SHEETS; i++) {
			const struct framework *framework = ruleset->frameworks[i];
			bool focus = is_focus(scenario, framework);
			bool near = !focus && is_near(scenario, framework);

			if (framework->item_count == 0 || (rank == 0 && !focus) ||
			    (rank == 1 && !near) || (rank == 2 && (focus || near || put_sheets)))
				continue;
			sheet(framework, out);
			put_sheets++;
		}
	}
}

static void observer(const struct scenario *scenario, const struct ruleset *ruleset,
                     struct strbuf *out)
{
	strbuf_addz(out, "## For the observer\n\n");
	sheets(scenario, ruleset, out);
	strbuf_addz(out, "Then say three things, and no more:\n\n"
	                 "1. What helped: the words, and what ");
	markdown_add(out, scenario->name);
	strbuf_addz(out, " said next. ________________________\n"
	                 "2. One question to think about. ________________________\n"
	                 "3. One step: the moment, and words to try there. "
	                 "________________________\n\n"
	                 "Then go back to that moment and try it.\n\n");
}

static void meter_start(const struct scenario *scenario, const struct ruleset *ruleset,
                        struct strbuf *out)
{
	enum meter meter;

	strbuf_addz(out, "To begin with: ");
	for (meter = 0; meter < METERS; meter++) {
		const struct meter_words *words = &ruleset->meters[meter];
		int value = scenario->start[meter];
		struct slice reads = meter_reads(words, value);

		strbuf_addz(out, meter ? ", " : "");
		markdown_add(out, words->title);
		strbuf_addf(out, " %d of 10", value);
		if (reads.len) {
			strbuf_addz(out, " (");
			markdown_add(out, reads);
			strbuf_addz(out, ")");
		}
	}
	strbuf_addz(out, ". Let them rise and fall with what the mentor says.\n\n");
}

static bool was_seen(const struct scenario *scenario, int topic)
{
	size_t i;

	for (i = 0; i < scenario->evidence_count; i++)
		if (scenario->evidence[i].about == topic)
			return true;
	return false;
}

/* What the mentor saw comes first: that will be asked about. */
static void facts(const struct scenario *scenario, struct strbuf *out)
{
	size_t shown = 0;
	size_t i;

	for (i = 0; i < 2 * scenario->fact_count && shown < FACTS; i++) {
		const struct fact *fact = &scenario->facts[i % scenario->fact_count];
		const struct alternative *words = speakable(fact->reply);

		if (!words || fact->about < 0 ||
		    was_seen(scenario, fact->about) != (i < scenario->fact_count))
			continue;
		if (shown == 0)
			strbuf_addz(out, "Asked, you say, in words like these:\n\n");
		strbuf_addz(out, "- **");
		markdown_add(out, scenario->topics[fact->about].title);
		strbuf_addz(out, "**: ");
		put_speech(out, words);
		shown++;
	}
	if (shown)
		strbuf_addc(out, '\n');
}

static void tells(const struct scenario *scenario, struct strbuf *out)
{
	size_t shown = 0;
	size_t i;

	for (i = 0; i < scenario->tell_count; i++) {
		const struct tell *tell = &scenario->tells[i];
		const struct alternative *words = speakable(tell->reply);

		if (!words)
			continue;
		if (shown == 0)
			strbuf_addz(out,
			            "You hold these back. Say one only when the mentor has "
			            "earned it and leaves room: asks openly, gives your "
			            "words back, names what you feel, or waits. One at a "
			            "time, and none to a mentor who tells you what to do:\n\n");
		strbuf_addz(out, "- ");
		if (tell->about >= 0) {
			strbuf_addz(out, "**");
			markdown_add(out, scenario->topics[tell->about].title);
			strbuf_addz(out, "**: ");
		}
		put_speech(out, words);
		shown++;
	}
	if (shown)
		strbuf_addc(out, '\n');
}

static void ends(const struct scenario *scenario, struct strbuf *out)
{
	size_t i;

	strbuf_addz(out, "It may end, among other ways, like this:\n\n");
	for (i = 0; i < scenario->ending_count; i++) {
		if (scenario->endings[i].verdict.len == 0)
			continue;
		strbuf_addz(out, "- ");
		markdown_add(out, scenario->endings[i].verdict);
		strbuf_addc(out, '\n');
	}
}

static void ect(const struct scenario *scenario, const struct ruleset *ruleset, struct strbuf *out)
{
	const struct alternative *opening = speakable(scenario->opening);

	strbuf_addz(out, "<div style=\"page-break-before: always\"></div>\n\n## Only for ");
	markdown_add(out, scenario->name);
	strbuf_addz(out, "\n\nYou are ");
	markdown_add(out, scenario->who);
	strbuf_addz(out, ".");
	if (scenario->voice.len) {
		strbuf_addz(out, " How you talk: ");
		markdown_add(out, scenario->voice);
		strbuf_addz(out, ".");
	}
	strbuf_addz(out, "\n\n");
	meter_start(scenario, ruleset, out);
	if (opening) {
		strbuf_addz(out, "You begin: ");
		put_speech(out, opening);
		strbuf_addc(out, '\n');
	}
	facts(scenario, out);
	tells(scenario, out);
	ends(scenario, out);
}

void handout_write(const struct scenario *scenario, const struct ruleset *ruleset,
                   struct strbuf *out)
{
	brief(scenario, out);
	observer(scenario, ruleset, out);
	ect(scenario, ruleset, out);
}
