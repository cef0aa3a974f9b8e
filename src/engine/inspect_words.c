/* inspect_words.c: topics that find too much or nothing, names that change, lines that repeat. */
#include <inttypes.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "engine/inspect_parts.h"
#include "engine/tally.h"
#include "load/clause.h"
#include "load/example.h"

/* A topic that finds so many of 100 lines said to somebody else, about another lesson, finds nearly
 * anything: those of the shipped scenario find two or three. */
#define GREEDY 8.0
#define GREEDY_WORDS 4u /* of a line that counts */
#define GREEDY_LINES 100u /* fewer tell nothing */
#define GUESSES 200u
/* Shorter ones may come again: “Mm.” */
#define REPEAT_WORDS 4u

/* --- topics --- */

struct used {
	uint64_t topics;
};

static void note_name(void *context, int id, int arg)
{
	struct used *used = context;

	if (arg >= 0 && (id == NAME_ASKED || id == NAME_AGREED || id == NAME_TOLD))
		used->topics |= UINT64_C(1) << arg;
}

static void note_topic(struct used *used, int about)
{
	if (about >= 0)
		used->topics |= UINT64_C(1) << about;
}

static void note_reply(void *context, const struct reply *reply)
{
	note_topic(context, reply->about);
	expr_visit(reply->when, note_name, context);
}

static uint64_t topics_used(const struct scenario *scenario)
{
	struct used used = {0};
	size_t i;

	tally_replies(scenario, note_reply, &used);
	for (i = 0; i < scenario->evidence_count; i++)
		note_topic(&used, scenario->evidence[i].about);
	for (i = 0; i < scenario->fact_count; i++)
		note_topic(&used, scenario->facts[i].about);
	for (i = 0; i < scenario->better_count; i++)
		note_topic(&used, scenario->betters[i].about);
	for (i = 0; i < scenario->tell_count; i++) {
		note_topic(&used, scenario->tells[i].about);
		expr_visit(scenario->tells[i].when, note_name, &used);
	}
	for (i = 0; i < scenario->ending_count; i++)
		expr_visit(scenario->endings[i].when, note_name, &used);
	return used.topics;
}

/* Lines of the packs' own tests that a topic finds, of all; `example` receives one. */
struct found {
	size_t lines, hits;
	struct slice example;
};

static void try_line(struct inspecting *inspecting, struct regex_scratch *scratch, size_t topic,
                     struct slice line, struct found *found)
{
	struct folded folded;
	struct clauses clauses;
	struct span where;
	struct arena arena;

	arena_init(&arena);
	fold(line, &arena, &folded);
	clause_split(folded.text, &arena, &clauses);
	if (clauses.words >= GREEDY_WORDS) {
		found->lines++;
		if (regex_find(inspecting->scenario->topics[topic].pattern, scratch, folded.text, 0,
		               &where) == REGEX_YES) {
			if (found->hits++ == 0)
				found->example = line;
		}
	}
	arena_release(&arena);
}

static struct found find_in_packs(struct inspecting *inspecting, struct regex_scratch *scratch,
                                  size_t topic)
{
	const struct ruleset *ruleset = inspecting->ruleset;
	struct found found = {0};
	size_t i;
	size_t j;

	for (i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves[i];

		for (j = 0; j < move->test_count; j++) {
			const struct rule_test *test = &move->tests[j];

			if (test->wanted && test->line_count)
				try_line(inspecting, scratch, topic,
				         test->lines[test->line_count - 1], &found);
		}
	}
	return found;
}

/* One way of matching it, at least, can be told from the pattern. */
static bool has_example(const struct topic *topic, struct regex_scratch *scratch)
{
	uint64_t chance = slice_hash(SLICE_HASH_SEED, topic->text);
	struct strbuf guess = {0};
	bool found = false;
	size_t i;

	for (i = 0; !found && i < GUESSES; i++) {
		struct arena arena;
		struct span where;

		arena_init(&arena);
		strbuf_clear(&guess);
		example_of(topic->text, &chance, &guess);
		found = regex_find(topic->pattern, scratch, fold_text(strbuf_slice(&guess), &arena),
		                   0, &where) == REGEX_YES;
		arena_release(&arena);
	}
	strbuf_release(&guess);
	return found;
}

/* “rows”, found in the scenario's own words. */
static bool in_own_words(const struct scenario *scenario, size_t topic,
                         struct regex_scratch *scratch)
{
	struct slice rest = scenario->source->text;
	struct slice line;
	bool found = false;

	while (!found && slice_cut(&rest, '\n', &line)) {
		struct arena arena;
		struct span where;

		line = slice_trim(line);
		if (slice_starts(line, SLICE("topic ")) || slice_starts(line, SLICE("# ")))
			continue;
		arena_init(&arena);
		found = regex_find(scenario->topics[topic].pattern, scratch,
		                   fold_text(line, &arena), 0, &where) == REGEX_YES;
		arena_release(&arena);
	}
	return found;
}

static void inspect_topic(struct inspecting *inspecting, struct regex_scratch *scratch, size_t i)
{
	const struct scenario *scenario = inspecting->scenario;
	const struct topic *topic = &scenario->topics[i];
	struct found found = find_in_packs(inspecting, scratch, i);

	if (found.lines >= GREEDY_LINES &&
	    100.0 * (double)found.hits > GREEDY * (double)found.lines) {
		struct slice example = slice_sub(found.example, 0, 80);

		diag_warn(
		        inspecting->diags, topic->place,
		        "topic ‘%.*s’ is greedy: it finds %.0f of 100 lines that mentors say about "
		        "other things, such as ‘%.*s’; make its pattern narrower",
		        SLICE_ARGS(topic->id), 100.0 * (double)found.hits / (double)found.lines,
		        SLICE_ARGS(example));
		diags_name(inspecting->diags, "greedy-topic");
	}
	if (found.hits || has_example(topic, scratch) || in_own_words(scenario, i, scratch))
		return;
	diag_warn(
	        inspecting->diags, topic->place,
	        "topic ‘%.*s’ is never named: nothing in this file or the packs, and nothing made "
	        "from its pattern, is found by it; look at ‘\\b’, ‘^’ and blanks in it",
	        SLICE_ARGS(topic->id));
	diags_name(inspecting->diags, "unmatched-topic");
}

static void inspect_topics(struct inspecting *inspecting)
{
	const struct scenario *scenario = inspecting->scenario;
	struct regex_scratch *scratch = regex_scratch_new();
	uint64_t used = topics_used(scenario);
	size_t i;

	for (i = 0; i < scenario->topic_count; i++) {
		if (!scenario->topics[i].pattern)
			continue;
		inspect_topic(inspecting, scratch, i);
		if (used >> i & 1)
			continue;
		diag_warn(inspecting->diags, scenario->topics[i].place,
		          "topic ‘%.*s’ is never used: no reply, evidence, fact, tell or condition "
		          "is about it; use it or take it away",
		          SLICE_ARGS(scenario->topics[i].id));
		diags_name(inspecting->diags, "unused-topic");
	}
	regex_scratch_free(scratch);
}

/* --- names --- */

static bool is_letter(struct slice text, size_t at)
{
	uint32_t code;

	return at < text.len && utf8_next(slice_sub(text, at, text.len), &code) &&
	       utf8_is_word(code);
}

/* A capital, then the same letters but for one: “Sma” for “Sam”, “Samm”; not “Sams”, nor another
 * name of the scenario. */
static bool is_misspelt(struct slice word, struct slice name)
{
	struct nearest nearest;
	bool plural =
	        word.len == name.len + 1 && slice_starts(word, name) && word.at[name.len] == 's';

	if (word.len < 3 || word.len + 1 < name.len || word.len > name.len + 1 || plural ||
	    slice_eq(word, name) || word.at[0] != name.at[0])
		return false;
	nearest_init(&nearest, word);
	nearest_offer(&nearest, name);
	if (nearest.best.len == 0 || nearest.distance > 1)
		return false;
	/* Short names have neighbours that are words of their own (Sam, Sum): letters only may have
	 * changed places. */
	if (name.len <= 4) {
		size_t i;
		int balance[256] = {0};

		if (word.len != name.len)
			return false;
		for (i = 0; i < name.len; i++) {
			balance[(unsigned char)name.at[i]]++;
			balance[(unsigned char)word.at[i]]--;
		}
		for (i = 0; i < 256; i++) {
			if (balance[i])
				return false;
		}
	}
	return true;
}

static void inspect_name_in(struct inspecting *inspecting, struct slice line)
{
	const struct scenario *scenario = inspecting->scenario;
	size_t i = 0;

	while (i < line.len) {
		size_t from = i;
		struct slice word;

		while (is_letter(line, i)) {
			uint32_t code;

			i += utf8_next(slice_sub(line, i, line.len), &code);
		}
		word = slice_sub(line, from, i);
		if (word.len && is_misspelt(word, scenario->name))
			diag_warn(inspecting->diags, place_of(scenario->source, word),
			          "‘%.*s’ may be ‘%.*s’, whom the persona is called; one spelling "
			          "throughout",
			          SLICE_ARGS(word), SLICE_ARGS(scenario->name));
		if (i == from)
			i++;
	}
}

static bool holds_word(struct slice text, struct slice word)
{
	size_t at;

	for (at = 0; at + word.len <= text.len; at++) {
		struct slice rest = slice_sub(text, at, text.len);

		if (slice_starts(rest, word) && !is_letter(text, at + word.len) &&
		    (at == 0 || text.at[at - 1] == ' '))
			return true;
	}
	return false;
}

static void inspect_names(struct inspecting *inspecting)
{
	const struct scenario *scenario = inspecting->scenario;
	struct slice rest = scenario->source->text;
	struct slice line;

	if (scenario->name.len == 0)
		return;
	if (scenario->who.len && !holds_word(scenario->who, scenario->name))
		diag_warn(inspecting->diags, scenario->place,
		          "the persona speaks as ‘%.*s’, but ‘who’ calls the ECT ‘%.*s’; one name "
		          "throughout",
		          SLICE_ARGS(scenario->name), SLICE_ARGS(scenario->who));
	while (slice_cut(&rest, '\n', &line)) {
		line = slice_trim(line);
		if (!slice_starts(line, SLICE("# ")) && !slice_starts(line, SLICE("topic ")))
			inspect_name_in(inspecting, line);
	}
	diags_name(inspecting->diags, "name-changes");
}

/* --- lines that repeat --- */

struct said {
	uint64_t hash;
	const struct reply *reply;
	struct place place;
};

struct sayings {
	struct inspecting *inspecting;
	struct said *items;
	size_t count, cap;
};

static void note_said(void *context, const struct reply *reply)
{
	struct sayings *sayings = context;
	size_t i;
	size_t j;

	for (i = 0; i < reply->alternative_count; i++) {
		const struct alternative *words = &reply->alternatives[i];
		uint64_t hash = SLICE_HASH_SEED;
		size_t count = 0;

		for (j = 0; j < words->line_count; j++) {
			struct slice rest = words->lines[j].words;
			struct slice word;

			hash = slice_hash(hash, rest);
			while (slice_word(&rest, &word))
				count++;
		}
		if (count < REPEAT_WORDS ||
		    words->place.source != sayings->inspecting->scenario->source)
			continue;
		sayings->items = arena_grow(&sayings->inspecting->arena, sayings->items,
		                            &sayings->cap, sayings->count + 1, sizeof(struct said));
		sayings->items[sayings->count++] = (struct said){hash, reply, words->place};
	}
}

static int by_hash(const void *a, const void *b)
{
	const struct said *left = a;
	const struct said *right = b;

	if (left->hash != right->hash)
		return left->hash < right->hash ? -1 : 1;
	return (left->place.line > right->place.line) - (left->place.line < right->place.line);
}

static void inspect_repeats(struct inspecting *inspecting)
{
	struct sayings sayings = {.inspecting = inspecting};
	size_t i;

	tally_replies(inspecting->scenario, note_said, &sayings);
	if (sayings.count > 1)
		qsort(sayings.items, sayings.count, sizeof(struct said), by_hash);
	for (i = 1; i < sayings.count; i++) {
		const struct said *first = &sayings.items[i - 1];
		const struct said *second = &sayings.items[i];

		/* Within one reply the loader says so. */
		if (first->hash != second->hash || first->reply == second->reply)
			continue;
		diag_warn(
		        inspecting->diags, second->place,
		        "the same words stand in line %" PRIu32
		        ", and nobody hears them twice while anything else fits; write others here",
		        first->place.line);
	}
	diags_name(inspecting->diags, "repeated-line");
}

void inspect_words(struct inspecting *inspecting)
{
	inspect_topics(inspecting);
	inspect_names(inspecting);
	inspect_repeats(inspecting);
}
