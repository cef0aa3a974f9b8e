/* history.c: what was said before, as far as detection needs it (detect.h). */
#include "engine/detect_parts.h"

struct history *history_new(size_t move_count)
{
	struct history *history = mem_alloc(sizeof(*history));

	history->echo = echo_new();
	history->made = mem_alloc(move_count * sizeof(*history->made));
	history->move_count = move_count;
	return history;
}

void history_free(struct history *history)
{
	if (!history)
		return;
	echo_free(history->echo);
	free(history->made);
	free(history);
}

void history_clear(struct history *history)
{
	echo_clear(history->echo);
	if (history->move_count)
		memset(history->made, 0, history->move_count * sizeof(*history->made));
	history->turns = 0;
}

void history_skip(struct history *history, uint32_t turns)
{
	history->turns += turns;
}

void history_ect(struct history *history, struct detector *detector, struct slice line)
{
	echo_add(history->echo, detector->stemmer, line);
}

void history_mentor(struct history *history, const struct detections *detections)
{
	size_t i;
	size_t k;

	history->turns++;
	for (i = 0; i < detections->count; i++) {
		const struct move *move = detections->items[i].move;

		for (k = 0; k < i && detections->items[k].move != move; k++)
			continue;
		if (k == i && move->index < history->move_count)
			history->made[move->index]++;
	}
}

uint32_t history_count(const struct history *history, const struct move *move)
{
	return move->index < history->move_count ? history->made[move->index] : 0;
}

uint32_t history_turns(const struct history *history)
{
	return history->turns;
}

struct echo history_echo(const struct history *history, struct detector *detector,
                         struct slice folded)
{
	return echo_measure(history->echo, detector->stemmer, folded);
}
