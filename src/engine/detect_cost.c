/* detect_cost.c: what each pattern costs (detect.h). */
#include "engine/detect_parts.h"

/* Lines before the last are hers and the mentor's by turns. */
static void hear_test(struct detector *detector, const struct rule_test *test,
                      struct history *history, struct arena *arena)
{
	struct detections heard;
	size_t i;

	history_clear(history);
	for (i = 0; i < test->line_count; i++) {
		if ((test->line_count - i) % 2 == 0) {
			history_ect(history, detector, test->lines[i]);
			continue;
		}
		detect(detector, test->lines[i], history, arena, &heard);
		history_mentor(history, &heard);
	}
	arena_clear(arena);
}

static int by_steps(const void *left, const void *right)
{
	const struct pattern_cost *a = left;
	const struct pattern_cost *b = right;

	if (a->steps != b->steps)
		return a->steps > b->steps ? -1 : 1;
	if (a->tried != b->tried)
		return a->tried > b->tried ? -1 : 1;
	return (a->pattern > b->pattern) - (a->pattern < b->pattern);
}

static size_t take(const struct detector *detector, const struct watch *watches, size_t count,
                   const struct move *move, bool veto, struct pattern_cost *costs)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct watch *watch = &watches[i];
		size_t index = (size_t)(watch - detector->watches);

		costs[i] = (struct pattern_cost){
		        .pattern = watch->pattern,
		        .move = move,
		        .veto = veto,
		        .always = sieve_always(
		                watch->in_clause ? detector->in_clause : detector->in_whole, index),
		        .tried = watch->tried,
		        .matched = watch->matched,
		        .steps = watch->steps};
	}
	return count;
}

static size_t take_all(const struct detector *detector, struct pattern_cost *costs)
{
	size_t count = 0;
	size_t i;
	size_t k;

	for (i = 0; i < detector->ruleset->move_count; i++) {
		const struct watched_move *watched = &detector->moves[i];
		const struct move *move = watched->move;

		count += take(detector, watched->unless, move->unless_count, move, true,
		              costs + count);
		for (k = 0; k < move->rule_count; k++) {
			const struct watched_rule *rule = &watched->rules[k];

			count += take(detector, rule->match, 1, move, false, costs + count);
			count += take(detector, rule->unless, rule->rule->unless_count, move, true,
			              costs + count);
		}
	}
	return count;
}

size_t detect_cost(struct detector *detector, struct arena *arena, struct pattern_cost **out,
                   size_t *lines)
{
	const struct ruleset *ruleset = detector->ruleset;
	struct history *history = history_new(ruleset->move_count);
	struct arena turn;
	size_t count;
	size_t i;
	size_t k;

	arena_init(&turn);
	detector_sift(detector, true);
	regex_scratch_count(detector->scratch, &detector->steps);
	for (i = 0; i < ruleset->move_count; i++) {
		for (k = 0; k < ruleset->moves[i]->test_count; k++)
			hear_test(detector, &ruleset->moves[i]->tests[k], history, &turn);
	}
	*lines = detector->hearings;
	regex_scratch_count(detector->scratch, NULL);
	*out = ARENA_ARRAY(arena, struct pattern_cost, detector->watch_count);
	count = take_all(detector, *out);
	if (count)
		qsort(*out, count, sizeof(**out), by_steps);
	history_free(history);
	arena_release(&turn);
	return count;
}
