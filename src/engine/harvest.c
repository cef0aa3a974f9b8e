/* harvest.c: see harvest.h. */
#include "engine/harvest.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "load/clause.h"
#include "load/fold.h"

/* Words a pattern is made of: more would fit one sentence only. */
#define PATTERN_WORDS 3u
/* Of an utterance: the longest run-on there is has fewer. */
#define STEMS_MOST 64u

void harvest_init(struct harvest *harvest, struct stemmer *stemmer)
{
	*harvest = (struct harvest){.stemmer = stemmer};
	arena_init(&harvest->arena);
}

void harvest_release(struct harvest *harvest)
{
	arena_release(&harvest->arena);
}

/* Shared stems of all their stems. */
static double likeness(const struct harvest_item *a, const struct harvest_item *b)
{
	size_t shared = stems_shared(&a->stems, &b->stems);

	return (double)shared / (double)(a->stems.count + b->stems.count - shared);
}

static struct harvest_group *likest(struct harvest *harvest, const struct harvest_item *item)
{
	struct harvest_group *best = NULL;
	double most = HARVEST_LIKENESS;
	size_t i;

	for (i = 0; i < harvest->count; i++) {
		double like = likeness(harvest->groups[i].items[0], item);

		if (like > most || (like >= most && !best)) {
			best = &harvest->groups[i];
			most = like;
		}
	}
	return best;
}

bool harvest_add(struct harvest *harvest, struct slice words, struct slice before)
{
	struct harvest_item *item = ARENA_NEW(&harvest->arena, struct harvest_item);
	struct harvest_group *group;

	item->words = slice_copy(&harvest->arena, slice_trim(words));
	item->before = slice_copy(&harvest->arena, before);
	item->stems = stems_of(harvest->stemmer, fold_text(item->words, &harvest->arena),
	                       STEMS_MOST, &harvest->arena);
	if (item->stems.count < 2)
		return false;
	group = likest(harvest, item);
	if (!group) {
		harvest->groups = arena_grow(&harvest->arena, harvest->groups, &harvest->cap,
		                             harvest->count + 1, sizeof(*harvest->groups));
		group = &harvest->groups[harvest->count++];
	}
	group->items = arena_grow(&harvest->arena, group->items, &group->cap, group->count + 1,
	                          sizeof(*group->items));
	group->items[group->count++] = item;
	return true;
}

/* How many of the group say it. */
static size_t say_it(const struct harvest_group *group, uint64_t stem)
{
	size_t count = 0;
	size_t i;

	for (i = 0; i < group->count; i++)
		count += stems_have(&group->items[i]->stems, stem);
	return count;
}

/* How many groups say it at all: the fewer, the more it tells. */
static size_t groups_with(const struct harvest *harvest, uint64_t stem)
{
	size_t count = 0;
	size_t i;

	for (i = 0; i < harvest->count; i++)
		count += say_it(&harvest->groups[i], stem) > 0;
	return count;
}

/* A word of the group's first utterance that may go into the pattern. */
struct choice {
	struct slice word; /* folded */
	uint64_t stem;
	size_t said; /* by how many of the group */
	size_t groups;
	size_t place; /* in the utterance */
};

static int by_worth(const void *left, const void *right)
{
	const struct choice *a = left;
	const struct choice *b = right;

	if (a->said != b->said)
		return a->said > b->said ? -1 : 1;
	if (a->groups != b->groups)
		return a->groups < b->groups ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

static int by_place(const void *left, const void *right)
{
	const struct choice *a = left;
	const struct choice *b = right;

	return a->place < b->place ? -1 : a->place > b->place;
}

/* The word as it always stands, or what all its forms begin with. */
static void put_word(const struct harvest *harvest, const struct harvest_group *group,
                     const struct choice *choice, struct arena *scratch, struct strbuf *out)
{
	struct slice common = choice->word;
	bool forms = false;
	size_t i;

	for (i = 0; i < group->count; i++) {
		struct slice text = fold_text(group->items[i]->words, scratch);
		struct span word;
		size_t at = 0;

		while (clause_word(text, &at, &word)) {
			struct slice form = slice_span(text, word);
			size_t same = 0;

			if (stems_hash(harvest->stemmer, form) != choice->stem)
				continue;
			while (same < common.len && same < form.len &&
			       common.at[same] == form.at[same])
				same++;
			forms = forms || same < form.len || same < common.len;
			common.len = same;
		}
	}
	strbuf_addf(out, "\\b%.*s%s", SLICE_ARGS(common), forms ? "\\w*" : "\\b");
}

static size_t choose(const struct harvest *harvest, const struct harvest_group *group,
                     struct slice text, struct choice *choices)
{
	size_t count = 0;
	struct span word;
	size_t at = 0;

	while (count < STEMS_MOST && clause_word(text, &at, &word)) {
		struct choice choice = {.word = slice_span(text, word), .place = word.start};

		if (!clause_is_content(choice.word))
			continue;
		choice.stem = stems_hash(harvest->stemmer, choice.word);
		choice.said = say_it(group, choice.stem);
		choice.groups = groups_with(harvest, choice.stem);
		if (2 * choice.said > group->count)
			choices[count++] = choice;
	}
	qsort(choices, count, sizeof(*choices), by_worth);
	if (count > PATTERN_WORDS)
		count = PATTERN_WORDS;
	qsort(choices, count, sizeof(*choices), by_place);
	return count;
}

static void put_letters(struct slice word, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < word.len; i++)
		if (ascii_is_lower(word.at[i]))
			strbuf_addc(out, word.at[i]);
}

static void describe(struct harvest *harvest, struct harvest_group *group)
{
	struct arena scratch;
	struct choice choices[STEMS_MOST];
	struct strbuf pattern = {0};
	struct strbuf name = {0};
	size_t count, i;

	arena_init(&scratch);
	count = choose(harvest, group, fold_text(group->items[0]->words, &scratch), choices);
	for (i = 0; i < count; i++) {
		/* In any order: all but the last look ahead. */
		strbuf_addz(&pattern, count < 2       ? ""
		                      : i == 0        ? "^(?=.*"
		                      : i + 1 < count ? "(?=.*"
		                                      : ".*");
		put_word(harvest, group, &choices[i], &scratch, &pattern);
		strbuf_addz(&pattern, i + 1 < count ? ")" : "");
		strbuf_addz(&name, name.len ? "_" : "");
		put_letters(choices[i].word, &name);
	}
	group->pattern = slice_copy(&harvest->arena, strbuf_slice(&pattern));
	group->name = slice_is_id(strbuf_slice(&name))
	                      ? slice_copy(&harvest->arena, strbuf_slice(&name))
	                      : SLICE("name_it");
	strbuf_release(&pattern);
	strbuf_release(&name);
	arena_release(&scratch);
}

static int by_size(const void *left, const void *right)
{
	const struct harvest_group *a = left;
	const struct harvest_group *b = right;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return slice_compare(a->items[0]->words, b->items[0]->words);
}

void harvest_finish(struct harvest *harvest)
{
	size_t i;

	for (i = 0; i < harvest->count; i++)
		describe(harvest, &harvest->groups[i]);
	if (harvest->count)
		qsort(harvest->groups, harvest->count, sizeof(*harvest->groups), by_size);
}
