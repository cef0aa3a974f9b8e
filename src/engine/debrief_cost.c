/* debrief_cost.c: what hurt, what went by and what was not heard, by weight. */
#include "engine/debrief_parts.h"

/* Weights in points of a meter. A cue missed weighs like a clumsy move, less than a harsh one. A
 * part of feedback missing weighs less than that; a move never tried least. */
#define WEIGHT_CUE 1.5
#define WEIGHT_CUE_ALONE 0.5 /* more when nothing else in the utterance helped */
#define WEIGHT_GAP_SEQUENCE 1.0
#define WEIGHT_GAP_MOVE 0.7
#define WEIGHT_GAP_CHECKLIST 0.5
#define WEIGHT_STRETCH 0.2 /* the same outside the scenario's focus, as a share */
/* A move that packs call unhelpful weighs at least this, whatever it did to her. */
#define WEIGHT_UNHELPFUL 0.5
/* More where the scenario's author has better words for what she had to answer. */
#define WEIGHT_AUTHOR 0.75

int debrief_applied(const struct turn *turn, const struct move *move)
{
	int good = 0;

	for (size_t i = 0; i < turn->change_count; i++)
		if (turn->changes[i].move == move)
			good += meter_goodness(&turn->changes[i].effects);
	return good;
}

bool debrief_is_unhelpful(const struct move *move)
{
	return move->instead || meter_goodness(&move->effects) < 0;
}

struct cost_list {
	struct cost *items;
	size_t count, cap;
	struct arena *arena;
};

static void add(struct cost_list *list, const struct cost *cost)
{
	list->items = arena_grow(list->arena, list->items, &list->cap, list->count + 1,
	                         sizeof(*list->items));
	list->items[list->count++] = *cost;
}

/* What the move cost her, in points: as applied, but not less than half of what it is said to cost,
 * since a meter at its end cannot fall. */
static double harm(const struct turn *turn, const struct move *move)
{
	double cost = -meter_goodness(&move->effects) / 2.0;

	if (-debrief_applied(turn, move) > cost)
		cost = -debrief_applied(turn, move);
	if (cost < WEIGHT_UNHELPFUL)
		cost = WEIGHT_UNHELPFUL;
	if (!turn->answered || turn->answered->move != move || !turn->reply)
		return cost;
	if (meter_goodness(&turn->reply->effects) < 0)
		cost -= meter_goodness(&turn->reply->effects);
	if (turn->reply->instead)
		cost += WEIGHT_AUTHOR;
	return cost;
}

static void add_harms(const struct making *making, const struct score_turn *turn,
                      struct cost_list *list)
{
	const struct turn *heard = session_turn(making->session, turn->number);

	for (size_t i = 0; i < turn->heard->count; i++) {
		const struct detection *found = &turn->heard->items[i];

		if (found->move->quiet || turn->struck[i] || !debrief_is_unhelpful(found->move) ||
		    found != detections_of(turn->heard, found->move))
			continue;
		add(list, &(struct cost){.kind = COST_HARM,
		                         .value = harm(heard, found->move) * found->confidence,
		                         .turn = turn->number,
		                         .found = found});
	}
}

static void add_cue(const struct making *making, const struct score_turn *turn,
                    struct cost_list *list)
{
	const struct turn *heard = session_turn(making->session, turn->number);
	struct cost cost = {
	        .kind = COST_CUE, .value = WEIGHT_CUE + WEIGHT_CUE_ALONE, .turn = turn->number};

	if (!turn->cue_before || turn->cue_met)
		return;
	for (size_t i = 0; i < heard->change_count; i++)
		if (heard->changes[i].move && meter_goodness(&heard->changes[i].effects) > 0)
			cost.value = WEIGHT_CUE;
	add(list, &cost);
}

static bool in_focus(const struct scenario *scenario, const struct framework *framework)
{
	for (size_t i = 0; i < scenario->focus_framework_count; i++)
		if (scenario->focus_frameworks[i] == framework)
			return true;
	return false;
}

static bool may_recommend(const struct framework_item *item)
{
	for (size_t i = 0; i < item->move_count; i++)
		if (!item->moves[i]->quiet && !debrief_is_unhelpful(item->moves[i]))
			return true;
	return false;
}

/* The first item without a quote, then the next: a sequence is mended from its first gap, a
 * checklist may offer several. */
static void add_framework(const struct making *making, const struct framework_score *score,
                          struct cost_list *list)
{
	bool sequence = score->framework->kind == FRAMEWORK_SEQUENCE;
	double value = sequence ? WEIGHT_GAP_SEQUENCE : WEIGHT_GAP_CHECKLIST;

	if (!in_focus(making->scenario, score->framework))
		value *= WEIGHT_STRETCH;
	for (size_t i = 0; i < score->item_count; i++) {
		/* A list of what to avoid has no gaps; nor has a step to be proposed, when she took
		 * one. */
		if (score->items[i].quote_count || !may_recommend(score->items[i].item) ||
		    (score->items[i].item->moves[0]->answers == ANSWERS_PROPOSAL &&
		     session_agreed(making->session)))
			continue;
		add(list, &(struct cost){.kind = COST_GAP,
		                         .value = value,
		                         .framework = score,
		                         .item = score->items[i].item});
		value *= 0.9; /* items stay in their order */
	}
}

static void add_gaps(const struct making *making, struct cost_list *list)
{
	const struct scenario *scenario = making->scenario;

	for (size_t i = 0; i < scenario->focus_move_count; i++) {
		bool heard = debrief_is_unhelpful(scenario->focus_moves[i]);

		for (uint32_t t = 0; t < making->count; t++)
			for (size_t j = 0; j < making->turns[t].heard->count; j++)
				heard |= !making->turns[t].struck[j] &&
				         making->turns[t].heard->items[j].move ==
				                 scenario->focus_moves[i];
		if (!heard)
			add(list, &(struct cost){.kind = COST_GAP,
			                         .value = WEIGHT_GAP_MOVE,
			                         .move = scenario->focus_moves[i]});
	}
	for (size_t i = 0; i < making->score->framework_count; i++)
		add_framework(making, &making->score->frameworks[i], list);
}

/* Insertion keeps equals in the order they were found: by turn, then by place in the utterance. */
static void sort(struct cost *costs, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct cost cost = costs[i];
		size_t j = i;

		for (; j > 0 && costs[j - 1].value < cost.value; j--)
			costs[j] = costs[j - 1];
		costs[j] = cost;
	}
}

struct cost *debrief_costs(const struct making *making, size_t *count)
{
	struct cost_list list = {.arena = making->arena};

	for (uint32_t i = 0; i < making->count; i++) {
		add_harms(making, &making->turns[i], &list);
		add_cue(making, &making->turns[i], &list);
	}
	add_gaps(making, &list);
	sort(list.items, list.count);
	*count = list.count;
	return list.items;
}
