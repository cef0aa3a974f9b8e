/* score_issue.c: are the parts of a sequence said about one issue?
 *
 * Three keywords about three different things are no feedback. Two quotes are about one issue when
 * they
 *   - share a content word, by stem (words that every lesson has, like “pupils”, do not count), or
 *     a topic of the scenario, and are at most REACH turns apart; or
 *   - stand at most NEAR turns apart, and nothing says that they are two issues. What says so:
 *     words that open a new point (“another thing”), between them or with the second; two
 *     different matters of a classroom (marking, late coming), unless the second leans on the first
 *     (“that meant …”); an utterance more than CLOSE turns later with not one content word of the
 *     last two turns, hers included, unless it leans on them.
 * An issue is what hangs together so. The sequence is complete when one issue has every item, and
 * in order when they can be picked from it in the order of the items. */
#include "engine/score_parts.h"

#include <stdlib.h>

#include "base/stem.h"
#include "load/clause.h"

#define REACH 12u
#define NEAR 4u
#define CLOSE 3u
#define WINDOW 2u /* turns an utterance is held against */
/* Stems kept of one quote or utterance: more is a monologue, and shares words anyway. */
#define STEMS_MAX 64u
#define LEAN_WORDS 3u

struct stems {
	uint64_t hash[STEMS_MAX];
	size_t count;
	uint64_t marks; /* one bit a stem: without a bit in common, no stem is */
	uint32_t matters; /* bit set over `matters` */
	bool leans; /* begins with a word that points back */
	bool shifts; /* says that something new begins */
};

struct issue_talk {
	struct stems *mentor; /* by turn */
	struct stems *hers; /* her line before, by turn */
	bool *opens; /* by turn: it takes up nothing of the turns before */
};

struct part {
	size_t item, quote; /* indices */
	size_t turn; /* index into the turns */
	uint32_t start;
	struct stems stems;
	size_t issue; /* index of the part that stands for the issue */
	bool picked; /* the quote of its item that tells the issue best */
};

/* Words of any lesson: in common, they make no common issue. */
static const char *const everywhere[] = {
        "lesson", "lessons", "class",     "classes",  "pupil",     "pupils",   "kid",
        "kids",   "child",   "children",  "student",  "students",  "teacher",  "teaching",
        "teach",  "year",    "monday",    "tuesday",  "wednesday", "thursday", "friday",
        "week",   "today",   "yesterday", "tomorrow", "morning",   "minute",   "minutes",
        "second", "seconds", "time",      "times",    "thing",     "things",   "next",
        "last",   "first",   "noticed",   "notice",   "saw",       "see",      "meant",
        "mean",   "means",   "try",       "could",    "would",     "should",   "half",
        "some",   "lot",     "one",       "two",      "three",     "four",     "five",
};

static const char *const leaning[] = {"that",  "this",    "these",     "those", "they",  "them",
                                      "which", "because", "therefore", "rest",  "others"};

static const char *const shifting[] = {
        "another thing",   "another point",  "another issue",    "other thing",
        "moving on",       "move on to",     "separately",       "one more thing",
        "something else",  "different note", "different matter", "change of subject",
        "while i'm at it", "by the way",     "unrelated",
};

/* What there is to talk about in a classroom, by how its words begin: two quotes from two rows are
 * about two things. Words that could stand in several rows are left out. */
static const char *const matters[][12] = {
        {"question", "answer", "volunteer", "cold-call", "cold call", "hands up", "no hands"},
        {"marking", "marked", "exercise book", "written comment", "green pen", "mock paper"},
        {"lateness", "punctual", "briefing", "on time", "were late", "was late", "been late",
         "late to", "late for", "late on", "late again"},
        {"shout", "behaviour", "sanction", "detention", "disrupt", "phone", "swear", "noise",
         "noisy"},
        {"slide", "powerpoint", "worksheet", "visualiser", "display"},
        {"homework", "satchel"},
        {"seating", "seats", "rows"},
        {"parent", "mum", "dad", "father", "mother"},
        {"report", "deadline", "data drop", "email"},
        {"uniform", "lanyard", "dress"},
};

static bool is_any(struct slice word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_is(word, words[i]))
			return true;
	return false;
}

/* Does a word of `text` begin with `start`? */
static bool has_start(struct slice text, struct slice start)
{
	size_t at = 0;

	for (;;) {
		at += slice_find(slice_sub(text, at, text.len), start);
		if (at >= text.len)
			return false;
		if (at == 0 || text.at[at - 1] == ' ' || text.at[at - 1] == '\n' ||
		    text.at[at - 1] == '(')
			return true;
		at++;
	}
}

static uint32_t matters_of(struct slice folded)
{
	uint32_t found = 0;

	for (size_t i = 0; i < sizeof(matters) / sizeof(matters[0]); i++)
		for (size_t j = 0; j < sizeof(matters[0]) / sizeof(matters[0][0]); j++)
			if (matters[i][j] && has_start(folded, slice_of(matters[i][j])))
				found |= UINT32_C(1) << i;
	return found;
}

static bool shifts(struct slice folded)
{
	for (size_t i = 0; i < sizeof(shifting) / sizeof(shifting[0]); i++)
		if (has_start(folded, slice_of(shifting[i])))
			return true;
	return false;
}

static bool stems_has(const struct stems *stems, uint64_t hash)
{
	for (size_t i = 0; i < stems->count; i++)
		if (stems->hash[i] == hash)
			return true;
	return false;
}

static bool stems_share(const struct stems *a, const struct stems *b)
{
	if (!(a->marks & b->marks))
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (stems_has(b, a->hash[i]))
			return true;
	return false;
}

/* A word or a matter of the classroom in common. */
static bool akin(const struct stems *a, const struct stems *b)
{
	return (a->matters & b->matters) || stems_share(a, b);
}

static void read_stems(const struct scoring *scoring, struct stemmer *stemmer, struct slice said,
                       struct stems *out)
{
	struct slice text = fold_text(said, scoring->arena);
	struct slice name = fold_text(scoring->name, scoring->arena);
	struct span at;
	size_t next = 0;

	for (size_t count = 0; clause_word(text, &next, &at); count++) {
		struct slice word = slice_span(text, at);
		uint64_t hash;

		if (count < LEAN_WORDS && is_any(word, leaning, sizeof(leaning) / sizeof(*leaning)))
			out->leans = true;
		if (!clause_is_content(word) || has_start(name, word) ||
		    is_any(word, everywhere, sizeof(everywhere) / sizeof(*everywhere)))
			continue;
		hash = slice_hash(SLICE_HASH_SEED, stemmer_stem(stemmer, word));
		if (out->count == STEMS_MAX || stems_has(out, hash))
			continue;
		out->hash[out->count++] = hash;
		out->marks |= UINT64_C(1) << hash % 64;
	}
	out->matters = matters_of(text);
	out->shifts = shifts(text);
}

/* Does utterance `index` begin something new? */
static bool turn_opens(const struct issue_talk *talk, size_t index)
{
	const struct stems *said = &talk->mentor[index];
	size_t from = index > WINDOW ? index - WINDOW : 0;

	if (index == 0 || said->count == 0)
		return false;
	if (said->shifts)
		return true;
	if (said->leans || akin(said, &talk->hers[index]))
		return false;
	for (size_t i = from; i < index; i++)
		if (akin(said, &talk->mentor[i]) || akin(said, &talk->hers[i]))
			return false;
	return true;
}

static struct issue_talk *read_talk(const struct scoring *scoring, struct stemmer *stemmer)
{
	struct issue_talk *talk = ARENA_NEW(scoring->arena, struct issue_talk);

	talk->mentor = ARENA_ARRAY(scoring->arena, struct stems, scoring->count);
	talk->hers = ARENA_ARRAY(scoring->arena, struct stems, scoring->count);
	talk->opens = ARENA_ARRAY(scoring->arena, bool, scoring->count);
	for (size_t i = 0; i < scoring->count; i++) {
		const struct score_turn *turn = &scoring->turns[i];

		read_stems(scoring, stemmer, turn->mentor, &talk->mentor[i]);
		read_stems(scoring, stemmer, turn->ect_before, &talk->hers[i]);
		talk->opens[i] = turn_opens(talk, i);
	}
	return talk;
}

/* `a` stands before `b`. */
static bool one_issue(const struct scoring *scoring, const struct part *a, const struct part *b)
{
	const struct score_turn *turns = scoring->turns;
	bool apart = a->stems.matters && b->stems.matters && !(a->stems.matters & b->stems.matters);

	if (b->turn - a->turn > REACH)
		return false;
	if (stems_share(&a->stems, &b->stems) || (turns[a->turn].topics & turns[b->turn].topics))
		return true;
	if (b->turn - a->turn > NEAR || b->stems.shifts || (apart && !b->stems.leans))
		return false;
	for (size_t i = a->turn + 1; i < b->turn; i++)
		if (scoring->talk->mentor[i].shifts)
			return false;
	return b->turn - a->turn <= CLOSE || !scoring->talk->opens[b->turn];
}

static size_t turn_index(const struct scoring *scoring, uint32_t number)
{
	for (size_t i = 0; i < scoring->count; i++)
		if (scoring->turns[i].number == number)
			return i;
	return 0;
}

static int compare_parts(const void *left, const void *right)
{
	const struct part *a = left;
	const struct part *b = right;

	if (a->turn != b->turn)
		return a->turn < b->turn ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->item != b->item)
		return a->item < b->item ? -1 : 1;
	return a->quote < b->quote ? -1 : a->quote > b->quote;
}

static struct part *collect(const struct scoring *scoring, const struct framework_score *score,
                            struct stemmer *stemmer, size_t *count)
{
	struct part *parts = NULL;
	size_t cap = 0;

	for (size_t i = 0; i < score->item_count; i++) {
		for (size_t j = 0; j < score->items[i].quote_count; j++) {
			const struct quote *quote = &score->items[i].quotes[j];
			struct part *part;

			parts = arena_grow(scoring->arena, parts, &cap, *count + 1, sizeof(*parts));
			part = &parts[(*count)++];
			*part = (struct part){.item = i, .quote = j};
			part->turn = turn_index(scoring, quote->turn);
			part->start = quote->detection->where.start;
			read_stems(scoring, stemmer, quote->text, &part->stems);
		}
	}
	if (*count)
		qsort(parts, *count, sizeof(*parts), compare_parts);
	return parts;
}

static size_t issue_of(struct part *parts, size_t index)
{
	while (parts[index].issue != index)
		index = parts[index].issue = parts[parts[index].issue].issue;
	return index;
}

static void join_issues(const struct scoring *scoring, struct part *parts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		parts[i].issue = i;
	for (size_t i = 1; i < count; i++) {
		for (size_t j = i; j-- > 0 && parts[i].turn - parts[j].turn <= REACH;) {
			size_t a = issue_of(parts, j);
			size_t b = issue_of(parts, i);

			if (a != b && one_issue(scoring, &parts[j], &parts[i]))
				parts[a < b ? b : a].issue = a < b ? a : b;
		}
	}
}

/* How many items the issue has. */
static size_t items_of(struct part *parts, size_t count, size_t issue, size_t item_count)
{
	size_t filled = 0;

	for (size_t item = 0; item < item_count; item++) {
		for (size_t i = issue; i < count; i++) {
			if (parts[i].item != item || issue_of(parts, i) != issue)
				continue;
			filled++;
			break;
		}
	}
	return filled;
}

/* Picks the issue's quotes of the items one after the other in the order of the items; a quote may
 * share its words with the one before. Where that is not to be had, `false`, and the first of each
 * stays picked. */
static bool pick_in_order(struct part *parts, size_t count, size_t issue, size_t item_count)
{
	const struct part *last = NULL;
	bool ordered = true;

	for (size_t item = 0; item < item_count; item++) {
		struct part *first = NULL;
		struct part *next = NULL;

		for (size_t i = issue; i < count; i++) {
			struct part *part = &parts[i];

			if (part->item != item || issue_of(parts, i) != issue)
				continue;
			if (!first)
				first = part;
			if (!next && (!last || compare_parts(last, part) < 0))
				next = part;
		}
		if (next)
			last = next;
		else
			ordered = false;
		if (next || first)
			(next ? next : first)->picked = true;
	}
	return ordered;
}

/* 0 the quote picked for its item, 1 another of the issue, 2 of another issue. */
static int standing(struct part *parts, size_t index, size_t issue)
{
	if (parts[index].picked)
		return 0;
	return issue_of(parts, index) == issue ? 1 : 2;
}

/* Puts the quotes of each item in the order of their standing, then of the talk. */
static void put_first(const struct scoring *scoring, struct framework_score *score,
                      struct part *parts, size_t count, size_t issue)
{
	for (size_t i = 0; i < score->item_count; i++) {
		struct item_score *item = &score->items[i];
		struct quote *sorted = ARENA_ARRAY(scoring->arena, struct quote, item->quote_count);
		size_t filled = 0;

		for (int pass = 0; pass <= 2; pass++)
			for (size_t j = 0; j < count; j++)
				if (parts[j].item == i && standing(parts, j, issue) == pass)
					sorted[filled++] = item->quotes[parts[j].quote];
		item->quotes = sorted;
	}
}

void score_issue(struct scoring *scoring, struct framework_score *score)
{
	struct stemmer *stemmer = stemmer_new(scoring->ruleset->language);
	struct part *parts;
	size_t count = 0;
	size_t best = 0;
	size_t most = 0;

	if (!scoring->talk)
		scoring->talk = read_talk(scoring, stemmer);
	parts = collect(scoring, score, stemmer, &count);
	stemmer_free(stemmer);
	join_issues(scoring, parts, count);
	for (size_t i = 0; i < count; i++) {
		size_t filled;

		if (issue_of(parts, i) != i)
			continue;
		filled = items_of(parts, count, i, score->item_count);
		if (filled > most) {
			most = filled;
			best = i;
		}
	}
	if (most == 0)
		return;
	score->complete = most == score->item_count;
	score->in_order = pick_in_order(parts, count, best, score->item_count) && score->complete;
	put_first(scoring, score, parts, count, best);
}
