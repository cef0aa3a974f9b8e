/* practice.c: see practice.h. */
#include "engine/practice.h"

/* A later half that differs from the earlier one by less than this share of the mean, and by less
 * than this, is steady. */
#define TREND_SHARE 0.15
#define TREND_LEAST 0.34

static const char *const kind_names[TALLY_KINDS] = {
        [TALLY_MOVE] = "move",       [TALLY_FRAMEWORK] = "framework", [TALLY_METER] = "meter",
        [TALLY_MEASURE] = "measure", [TALLY_SCENARIO] = "scenario",
};

const char *tally_kind_name(enum tally_kind kind)
{
	return kind_names[kind];
}

bool tally_kind_of(struct slice name, enum tally_kind *kind)
{
	for (int i = 0; i < TALLY_KINDS; i++) {
		if (slice_is(name, kind_names[i])) {
			*kind = (enum tally_kind)i;
			return true;
		}
	}
	return false;
}

bool practice_is_unhelpful(const struct move *move)
{
	return move->instead || meter_goodness(&move->effects) < 0;
}

bool practice_less_is_better(const struct framework *framework)
{
	if (framework->kind == FRAMEWORK_LADDER)
		return framework->meter == METER_TENSION;
	for (size_t i = 0; i < framework->item_count; i++)
		for (size_t j = 0; j < framework->items[i].move_count; j++)
			if (!practice_is_unhelpful(framework->items[i].moves[j]))
				return false;
	return framework->item_count > 0;
}

/* What was heard and called for, by move. */
struct moves {
	uint32_t *heard; /* utterances */
	bool *called;
};

static void count_moves(const struct session *session, struct moves *moves)
{
	size_t turns = session_turns(session);

	for (size_t i = 1; i <= turns; i++) {
		const struct turn *turn = session_turn(session, i);

		for (size_t j = 0; j < turn->heard.count; j++) {
			const struct move *move = turn->heard.items[j].move;

			if (&turn->heard.items[j] == detections_of(&turn->heard, move) &&
			    !session_struck(session, turn->number, move))
				moves->heard[move->index]++;
		}
	}
}

static void call(struct moves *moves, const struct move *move)
{
	if (move && !move->quiet && !practice_is_unhelpful(move))
		moves->called[move->index] = true;
}

/* Of a sequence each part that is no extra; of a checklist what was heard. */
static void call_framework(struct moves *moves, const struct framework *framework)
{
	for (size_t i = 0; i < framework->item_count; i++) {
		const struct framework_item *item = &framework->items[i];
		bool heard = false;

		for (size_t j = 0; j < item->move_count; j++) {
			if (!moves->heard[item->moves[j]->index])
				continue;
			heard = true;
			call(moves, item->moves[j]);
		}
		if (!heard && !item->optional && framework->kind == FRAMEWORK_SEQUENCE)
			call(moves, item->moves[0]);
	}
}

static void call_all(const struct debrief *debrief, const struct move *const *chose, size_t chosen,
                     struct moves *moves)
{
	const struct scenario *scenario = session_scenario(debrief->session);

	for (size_t i = 0; i < chosen; i++)
		call(moves, chose[i]);
	for (size_t i = 0; i < scenario->focus_move_count; i++)
		call(moves, scenario->focus_moves[i]);
	for (size_t i = 0; i < scenario->focus_framework_count; i++)
		call_framework(moves, scenario->focus_frameworks[i]);
	call(moves, debrief->step.instead_move);
}

struct tallying {
	struct arena *arena;
	struct table list;
};

static void add(struct tallying *tallying, enum tally_kind kind, struct slice id, double value,
                double of)
{
	struct tally *tally = table_add(tallying->arena, &tallying->list, sizeof(*tally));

	*tally = (struct tally){kind, id, value, of};
}

static void add_framework(struct tallying *tallying, const struct framework_score *score)
{
	const struct framework *framework = score->framework;
	double value = (double)score->filled;
	double of = (double)score->item_count;

	if (framework->kind == FRAMEWORK_GRID) {
		value = score->cell ? (double)(score->cell - framework->cells) + 1 : 0;
		of = (double)framework->cell_count;
	} else if (framework->kind == FRAMEWORK_LADDER) {
		value = score->peak ? (double)(score->peak - framework->levels) + 1 : 0;
		of = (double)framework->level_count;
	}
	add(tallying, TALLY_FRAMEWORK, framework->id, value, of);
}

static void add_measures(struct tallying *tallying, const struct measures *measures)
{
	const struct {
		struct slice id;
		uint32_t value, of;
	} all[] = {
	        {SLICE("turns"), measures->turns, 0},
	        {SLICE("talk_share"), measures->mentor_words,
	         measures->mentor_words + measures->ect_words},
	        {SLICE("open_questions"), measures->open_questions,
	         measures->open_questions + measures->closed_questions},
	        {SLICE("pauses"), measures->pauses, 0},
	        {SLICE("cues_met"), measures->cues_met, measures->cues_shown},
	        {SLICE("tells_told"), measures->tells_told,
	         measures->tells_told + measures->tells_held},
	        {SLICE("hints"), measures->hints, 0},
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		add(tallying, TALLY_MEASURE, all[i].id, all[i].value, all[i].of);
}

static void add_scenario(struct tallying *tallying, const struct debrief *debrief)
{
	const struct scenario *scenario = session_scenario(debrief->session);
	bool has_good = false;

	for (size_t i = 0; i < scenario->ending_count; i++)
		has_good = has_good || scenario->endings[i].good;
	add(tallying, TALLY_SCENARIO, scenario->id, debrief->ending && debrief->ending->good,
	    debrief->ending && has_good);
}

struct tally *practice_tallies(const struct debrief *debrief, const struct move *const *chose,
                               size_t chosen, struct arena *arena, size_t *count)
{
	const struct ruleset *ruleset = session_ruleset(debrief->session);
	struct tallying tallying = {.arena = arena};
	struct moves moves = {ARENA_ARRAY(arena, uint32_t, ruleset->move_count + 1),
	                      ARENA_ARRAY(arena, bool, ruleset->move_count + 1)};

	count_moves(debrief->session, &moves);
	call_all(debrief, chose, chosen, &moves);
	for (size_t i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves[i];

		if (!move->quiet && (moves.heard[move->index] || moves.called[move->index]))
			add(&tallying, TALLY_MOVE, move->id, moves.heard[move->index],
			    moves.called[move->index]);
	}
	for (size_t i = 0; i < debrief->score.framework_count; i++)
		add_framework(&tallying, &debrief->score.frameworks[i]);
	for (int i = 0; i < METERS; i++)
		add(&tallying, TALLY_METER, slice_of(meter_name((enum meter)i)),
		    session_meter(debrief->session, (enum meter)i), METER_MAX);
	add_measures(&tallying, &debrief->score.measures);
	add_scenario(&tallying, debrief);
	*count = tallying.list.count;
	return tallying.list.items;
}

enum trend practice_trend(const double *values, size_t count)
{
	size_t half = count / 2;
	double early = 0;
	double late = 0;
	double least;

	if (count < 3)
		return TREND_SHORT;
	for (size_t i = 0; i < half; i++) {
		early += values[i] / (double)half;
		late += values[count - half + i] / (double)half;
	}
	least = TREND_SHARE * (early + late) / 2;
	if (least < TREND_LEAST)
		least = TREND_LEAST;
	if (late - early >= least)
		return TREND_RISING;
	return early - late >= least ? TREND_FALLING : TREND_STEADY;
}

/* In the order of practice_next; an item that fits nowhere is PRACTICE_EARLY. */
static enum practice_reason reason(const struct practice_item *item, double now)
{
	if (item->state.stability > 0)
		return schedule_due(&item->state) <= now ? PRACTICE_DUE : PRACTICE_EARLY;
	return item->kind == PRACTICE_MOVE ? PRACTICE_MISSED : PRACTICE_NEW;
}

/* Within one reason, more is first. */
static double weight(const struct practice_item *item, enum practice_reason why, double now)
{
	switch (why) {
	case PRACTICE_DUE:
		return -schedule_recall(&item->state, now);
	case PRACTICE_MISSED:
		return item->missed;
	case PRACTICE_NEW:
		return 0;
	case PRACTICE_EARLY:
		break;
	}
	return -schedule_due(&item->state);
}

const struct practice_item *practice_next(const struct practice_item *items, size_t count,
                                          double now, enum practice_reason *why)
{
	const struct practice_item *best = NULL;
	double best_weight = 0;

	for (size_t i = 0; i < count; i++) {
		enum practice_reason one = reason(&items[i], now);
		double one_weight = weight(&items[i], one, now);

		if (best && (one > *why || (one == *why && one_weight <= best_weight)))
			continue;
		best = &items[i];
		*why = one;
		best_weight = one_weight;
	}
	return best;
}
