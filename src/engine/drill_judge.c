/* drill_judge.c: see drill.h. Here: is it the move asked for, and if not, what was it? */
#include "engine/drill_parts.h"

struct drill_result *drill_current(struct drill *drill)
{
	struct drill_result *results = drill->results.items;

	if (drill->results.count == 0)
		BUG("an answer before the first prompt");
	return &results[drill->results.count - 1];
}

void drill_context(struct detector *detector, const struct deck_prompt *prompt, struct arena *arena,
                   struct history *history)
{
	struct detections heard = {0};
	size_t i;

	history_clear(history);
	/* A prompt comes from the middle of a talk: the mentor has listened before. */
	if (prompt->line_count && !prompt->lines[0].mentor)
		history_mentor(history, &heard);
	for (i = 0; i < prompt->line_count; i++) {
		const struct deck_line *line = &prompt->lines[i];

		if (!line->mentor) {
			history_ect(history, detector, line->words);
			continue;
		}
		detect(detector, line->words, history, arena, &heard);
		history_mentor(history, &heard);
	}
}

static struct slice filled(struct slice words, const struct drill_item *item, struct arena *arena)
{
	struct strbuf text = {0};
	struct slice copy;

	deck_fill(words, item->prompt->name, &text);
	copy = slice_copy(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return copy;
}

/* What an unhelpful move is told by: there is something to do in its place. */
static const struct detection *unhelpful(const struct detections *heard)
{
	const struct detection *worst = NULL;
	size_t i;

	for (i = 0; i < heard->count; i++) {
		const struct detection *found = &heard->items[i];

		if (found->move->instead && !found->move->quiet &&
		    (!worst || found->confidence > worst->confidence))
			worst = found;
	}
	return worst;
}

static const struct detection *any_of(const struct detections *heard,
                                      const struct deck_heard *these)
{
	size_t i;

	for (i = 0; i < these->move_count; i++) {
		const struct detection *found = detections_of(heard, these->moves[i]);

		if (found)
			return found;
	}
	return NULL;
}

const struct detection *drill_hears(struct detector *detector, struct slice said,
                                    const struct history *before, const struct move *move,
                                    struct arena *arena, struct detections *heard,
                                    struct near_miss *miss)
{
	struct near_miss unasked;
	const struct detection *found;
	struct detection *asked;

	if (!miss)
		miss = &unasked;
	detect(detector, said, before, arena, heard);
	found = detections_of(heard, move);
	if (found)
		return found;
	detect_why_not(detector, said, before, move, arena, miss);
	if (miss->miss != MISS_YIELDS || miss->other->quiet || miss->other->instead)
		return NULL;
	asked = ARENA_NEW(arena, struct detection);
	asked->move = move;
	asked->where = miss->where;
	asked->rule = miss->rule;
	asked->confidence = miss->rule->confidence;
	return asked;
}

/* A pattern fits, and nothing spoils it or stands in its place; only how much of it is her own
 * words was in question. */
static bool is_close(const struct drill_verdict *verdict, const struct near_miss *miss)
{
	return !verdict->instead && miss->miss == MISS_WHEN &&
	       miss->where.end > miss->where.start &&
	       slice_find(miss->condition, SLICE("echo")) < miss->condition.len &&
	       !unhelpful(&verdict->heard);
}

static void explain(const struct drill_item *item, struct arena *arena, struct drill_verdict *out)
{
	const struct deck_coach *coach = item->coach;
	const struct move *move = item->ask->move;
	size_t i;

	for (i = 0; coach && i < coach->heard_count; i++) {
		out->instead = any_of(&out->heard, &coach->heards[i]);
		if (out->instead) {
			out->words = filled(coach->heards[i].words, item, arena);
			return;
		}
	}
	if (coach && coach->otherwise.len)
		out->words = filled(coach->otherwise, item, arena);
	else
		out->words = slice_format(
		        arena, "I did not hear it. %.*s",
		        SLICE_ARGS(filled(move->advice.len ? move->advice : move->about, item,
		                          arena)));
}

void drill_answer(struct drill *drill, struct slice said, double seconds, struct arena *arena,
                  struct drill_verdict *out)
{
	struct drill_result *result = drill_current(drill);
	const struct drill_item *item = result->item;
	const struct move *move = item->ask->move;
	struct near_miss miss = {0};

	*out = (struct drill_verdict){0};
	said = slice_copy(arena, said);
	out->found = drill_hears(drill->setup.detector, said, drill->history, move, arena,
	                         &out->heard, &miss);
	out->hit = out->found != NULL;
	result->tries++;
	result->seconds += seconds;
	result->slow = drill->setup.limit > 0 && seconds > drill->setup.limit;
	drill->judged = drill->results.count;
	out->tries = result->tries;
	if (out->hit) {
		out->quote = slice_span(said, out->found->where);
		out->late = result->slow;
		out->beside = unhelpful(&out->heard);
		result->hit = true;
		result->at_once = result->tries == 1 && !out->late;
		out->over = true;
		return;
	}
	explain(item, arena, out);
	out->close = is_close(out, &miss);
	out->same = result->tries > 1 && result->told == slice_hash(SLICE_HASH_SEED, out->words);
	result->told = slice_hash(SLICE_HASH_SEED, out->words);
	drill->queues[move->index].misses += 1.0 / DRILL_TRIES;
	if (result->tries >= DRILL_TRIES) {
		out->better = &item->ask->says[0];
		out->over = true;
	}
}

bool drill_accept(struct drill *drill, bool *over)
{
	struct drill_result *results = drill->results.items;
	struct drill_result *result;

	*over = false;
	if (drill->judged == 0 || results[drill->judged - 1].hit)
		return false;
	result = &results[drill->judged - 1];
	*over = drill->judged == drill->results.count && result->tries < DRILL_TRIES;
	result->hit = true;
	result->at_once = result->tries == 1 && !result->slow;
	drill->queues[result->item->ask->move->index].misses -= 1.0 / DRILL_TRIES;
	return true;
}

void drill_why_not(struct drill *drill, struct slice said, struct arena *arena,
                   struct near_miss *out)
{
	const struct drill_result *result = drill_current(drill);

	detect_why_not(drill->setup.detector, said, drill->history, result->item->ask->move, arena,
	               out);
}

struct slice drill_task(const struct drill_item *item, struct arena *arena)
{
	const struct move *move = item->ask->move;

	if (item->coach && item->coach->task.len)
		return filled(item->coach->task, item, arena);
	return slice_format(
	        arena, "%.*s.%s%.*s", SLICE_ARGS(move->title.len ? move->title : move->id),
	        move->advice.len ? " " : "", SLICE_ARGS(filled(move->advice, item, arena)));
}

/* The first three of at least six words. */
static struct slice beginning(struct slice words)
{
	struct slice rest = words;
	struct slice word = {0};
	size_t end = 0;
	int count = 0;

	while (slice_word(&rest, &word)) {
		if (++count == 3)
			end = (size_t)(word.at - words.at) + word.len;
	}
	return slice_sub(words, 0, count < 6 ? 0 : end);
}

struct slice drill_hint(const struct drill_item *item, struct arena *arena)
{
	struct slice hint = item->ask->hint.len ? item->ask->hint : item->prompt->hint;
	struct slice begin = beginning(item->ask->says[0].words);

	if (hint.len)
		return filled(hint, item, arena);
	if (begin.len)
		return slice_format(arena, "It might begin: “%.*s …”", SLICE_ARGS(begin));
	return filled(item->ask->move->advice, item, arena);
}
