/* drill.c: see drill.h. Here: what comes next, and what it added up to; drill_judge.c judges. */
#include "engine/drill_parts.h"

/* Fewer of a move in a row are no block. */
#define BLOCK_LEAST 3

/* splitmix64 (Steele, Lea, Flood 2014): spreads a seed and a number over 64 bits. */
static uint64_t spread(uint64_t seed, uint64_t number)
{
	uint64_t z = seed + (number + 1) * UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static const struct deck_coach *coach_of(const struct drill_setup *setup, const struct move *move)
{
	size_t i;
	size_t j;

	for (i = setup->deck_count; i > 0; i--) {
		const struct deck *deck = setup->decks[i - 1];

		for (j = 0; j < deck->coach_count; j++) {
			if (deck->coaches[j].move == move)
				return &deck->coaches[j];
		}
	}
	return NULL;
}

static void add_item(struct drill *drill, const struct deck *deck, const struct deck_prompt *prompt,
                     const struct deck_ask *ask)
{
	struct drill_item *item;
	struct queue *queue = &drill->queues[ask->move->index];

	if (drill->setup.wanted && !drill->setup.wanted[ask->move->index])
		return;
	item = table_add(&drill->arena, &drill->items, sizeof(*item));
	item->deck = deck;
	item->prompt = prompt;
	item->ask = ask;
	item->coach = coach_of(&drill->setup, ask->move);
	item->rank = spread(drill->setup.seed, drill->items.count);
	queue->left++;
	queue->offered = true;
}

/* A weak move is asked for up to four times as often as one that always comes. */
static double weight(const struct drill *drill, size_t move)
{
	double weakness = drill->setup.weakness ? drill->setup.weakness[move] : 0.5;

	return 1 + 3 * weakness + drill->queues[move].misses;
}

struct drill *drill_new(const struct drill_setup *setup)
{
	struct drill *drill = mem_alloc(sizeof(*drill));
	size_t moves = detector_ruleset(setup->detector)->move_count;
	size_t i;
	size_t j;
	size_t k;

	drill->setup = *setup;
	drill->queues = ARENA_ARRAY(&drill->arena, struct queue, moves);
	drill->queue_count = moves;
	drill->history = history_new(moves);
	for (i = 0; i < setup->deck_count; i++) {
		if (setup->only && setup->decks[i] != setup->only)
			continue;
		for (j = 0; j < setup->decks[i]->prompt_count; j++) {
			const struct deck_prompt *prompt = &setup->decks[i]->prompts[j];

			for (k = 0; k < prompt->ask_count; k++)
				add_item(drill, setup->decks[i], prompt, &prompt->asks[k]);
		}
	}
	for (i = 0; i < moves; i++) {
		drill->queues[i].rank = spread(~setup->seed, i);
		drill->queues[i].pass = 1 / weight(drill, i);
	}
	drill->last = SIZE_MAX;
	return drill;
}

void drill_free(struct drill *drill)
{
	if (!drill)
		return;
	history_free(drill->history);
	arena_release(&drill->before);
	arena_release(&drill->arena);
	free(drill);
}

struct drill_item *drill_items(struct drill *drill, size_t *count)
{
	*count = drill->items.count;
	return drill->items.items;
}

size_t drill_length(const struct drill *drill)
{
	return drill->items.count < drill->setup.count ? drill->items.count : drill->setup.count;
}

/* The move whose turn it is: stride scheduling by weight. SIZE_MAX when nothing is left. */
static size_t next_move(const struct drill *drill)
{
	size_t best = SIZE_MAX;
	size_t i;

	for (i = 0; i < drill->queue_count; i++) {
		const struct queue *queue = &drill->queues[i];
		const struct queue *known = best < SIZE_MAX ? &drill->queues[best] : NULL;

		if (queue->left == 0)
			continue;
		if (known && best != drill->last &&
		    (i == drill->last || queue->pass > known->pass ||
		     (queue->pass == known->pass && queue->rank > known->rank)))
			continue;
		best = i;
	}
	return best;
}

/* In blocks: the weakest first, a few of each. */
static size_t next_in_blocks(struct drill *drill)
{
	size_t best = SIZE_MAX;
	size_t moves = 0;
	size_t i;

	if (drill->block_left && drill->queues[drill->last].left) {
		drill->block_left--;
		return drill->last;
	}
	for (i = 0; i < drill->queue_count; i++) {
		const struct queue *queue = &drill->queues[i];

		moves += queue->offered;
		if (queue->left == 0 || queue->done)
			continue;
		if (best == SIZE_MAX || weight(drill, i) > weight(drill, best) ||
		    (weight(drill, i) == weight(drill, best) &&
		     queue->rank < drill->queues[best].rank))
			best = i;
	}
	if (best == SIZE_MAX)
		return next_move(drill);
	drill->queues[best].done = true;
	drill->block_left = drill_length(drill) / moves;
	if (drill->block_left < BLOCK_LEAST)
		drill->block_left = BLOCK_LEAST;
	drill->block_left--;
	return best;
}

/* The move's prompt that was not met in this round, practised longest ago, else by rank. */
static struct drill_item *next_item(const struct drill *drill, size_t move)
{
	struct drill_item *items = drill->items.items;
	struct drill_item *best = NULL;
	bool best_met = false;
	size_t i;
	size_t j;

	for (i = 0; i < drill->items.count; i++) {
		struct drill_item *item = &items[i];
		bool met = false;

		if (item->used || item->ask->move->index != move)
			continue;
		for (j = 0; j < drill->results.count && !met; j++)
			met = drill_results(drill)[j].item->prompt == item->prompt;
		if (!best || (best_met && !met) ||
		    (best_met == met &&
		     (item->practised < best->practised ||
		      (item->practised == best->practised && item->rank < best->rank)))) {
			best = item;
			best_met = met;
		}
	}
	return best;
}

const struct drill_item *drill_next(struct drill *drill)
{
	struct drill_result *result;
	struct drill_item *item;
	struct queue *queue;
	size_t move;

	if (drill->results.count == drill_length(drill))
		return NULL;
	move = drill->setup.blocks ? next_in_blocks(drill) : next_move(drill);
	item = next_item(drill, move);
	queue = &drill->queues[move];
	queue->left--;
	queue->pass += 1 / weight(drill, move);
	item->used = true;
	drill->last = move;
	result = table_add(&drill->arena, &drill->results, sizeof(*result));
	result->item = item;
	arena_clear(&drill->before);
	drill_context(drill->setup.detector, item->prompt, &drill->before, drill->history);
	return item;
}

const struct deck_say *drill_skip(struct drill *drill)
{
	struct drill_result *result = drill_current(drill);

	result->left = true;
	drill->queues[result->item->ask->move->index].misses++;
	return &result->item->ask->says[0];
}

/* Answered, or left: what is only asked so far does not count. */
static bool counts(const struct drill_result *result)
{
	return result->tries > 0 || result->left;
}

static void tally(struct drill_summary *sum, struct drill_tally *tallies,
                  const struct drill_result *result)
{
	const struct move *move = result->item->ask->move;
	struct drill_tally *own;
	size_t i;

	for (i = 0; i < sum->count && tallies[i].move != move; i++)
		;
	own = &tallies[i];
	if (i == sum->count) {
		own->move = move;
		sum->count++;
	}
	own->asked++;
	own->at_once += result->at_once;
	own->hit += result->hit;
	if (!result->at_once)
		own->missed = result->item;
	sum->asked++;
	sum->at_once += result->at_once;
	sum->hit += result->hit;
	sum->seconds += result->seconds;
}

/* Those that came at once first; by the share of misses, then of late hits, then by id. */
static int by_strength(const void *a, const void *b)
{
	const struct drill_tally *left = a;
	const struct drill_tally *right = b;
	uint64_t left_missed = (uint64_t)(left->asked - left->at_once) * right->asked;
	uint64_t right_missed = (uint64_t)(right->asked - right->at_once) * left->asked;

	if (left_missed != right_missed)
		return left_missed < right_missed ? -1 : 1;
	if (left->asked - left->hit != right->asked - right->hit)
		return left->asked - left->hit < right->asked - right->hit ? -1 : 1;
	return slice_compare(left->move->id, right->move->id);
}

void drill_sum(const struct drill *drill, struct arena *arena, struct drill_summary *out)
{
	const struct drill_result *results = drill_results(drill);
	struct drill_tally *tallies = ARENA_ARRAY(arena, struct drill_tally, drill->queue_count);
	size_t i;

	*out = (struct drill_summary){.tallies = tallies};
	for (i = 0; i < drill->results.count; i++) {
		if (counts(&results[i]))
			tally(out, tallies, &results[i]);
	}
	if (out->count)
		qsort(tallies, out->count, sizeof(*tallies), by_strength);
	for (i = 0; i < out->count; i++) {
		const struct drill_tally *known = out->carry;

		/* The weakest; when all came at once, what was weakest before. */
		if (!known || tallies[i].at_once < tallies[i].asked ||
		    (known->at_once == known->asked &&
		     weight(drill, tallies[i].move->index) > weight(drill, known->move->index)))
			out->carry = &tallies[i];
	}
}

double drill_weakness(uint32_t tries, uint32_t hits)
{
	return ((double)(tries - hits) + 1) / ((double)tries + 2);
}
