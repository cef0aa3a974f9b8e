/* score.c: see score.h. Frameworks are scored by their kind alone, so that another checklist,
 * sequence, grid or ladder is a matter of data. */
#include "engine/score_parts.h"

#include "base/limits.h"
#include "load/clause.h"

bool score_counts(const struct score_turn *turn, size_t index)
{
	if (turn->struck && turn->struck[index])
		return false;
	return !turn->heard->items[index].move->quiet;
}

/* Words that end with a colon only open what was said: the sentence behind it goes with them. */
struct slice score_words(const struct score_turn *turn, const struct detection *detection)
{
	struct slice words = slice_trim(slice_span(turn->mentor, detection->where));
	size_t start;
	size_t end;

	if (!slice_ends(words, SLICE(":")))
		return words;
	start = (size_t)(words.at - turn->mentor.at);
	for (end = start + words.len; end < turn->mentor.len; end++) {
		if (strchr(".?!\n", turn->mentor.at[end]))
			break;
	}
	return slice_trim(slice_sub(turn->mentor, start, end + (end < turn->mentor.len)));
}

static bool item_has(const struct framework_item *item, const struct move *move)
{
	for (size_t i = 0; i < item->move_count; i++)
		if (item->moves[i] == move)
			return true;
	return false;
}

static void score_item(const struct scoring *scoring, struct item_score *score)
{
	size_t cap = 0;

	for (size_t i = 0; i < scoring->count; i++) {
		const struct score_turn *turn = &scoring->turns[i];

		for (size_t j = 0; turn->heard && j < turn->heard->count; j++) {
			const struct detection *found = &turn->heard->items[j];

			if (!score_counts(turn, j) || !item_has(score->item, found->move))
				continue;
			score->quotes = arena_grow(scoring->arena, score->quotes, &cap,
			                           score->quote_count + 1, sizeof(*score->quotes));
			score->quotes[score->quote_count++] =
			        (struct quote){turn->number, score_words(turn, found), found};
		}
	}
}

static void score_items(struct scoring *scoring, struct framework_score *score)
{
	const struct framework *framework = score->framework;
	bool missing = false;

	score->item_count = framework->item_count;
	score->items = ARENA_ARRAY(scoring->arena, struct item_score, framework->item_count);
	for (size_t i = 0; i < framework->item_count; i++) {
		score->items[i].item = &framework->items[i];
		score_item(scoring, &score->items[i]);
		if (score->items[i].quote_count)
			score->filled++;
		else
			missing |= !framework->items[i].optional;
	}
	if (framework->kind == FRAMEWORK_SEQUENCE)
		score_issue(scoring, score);
	else
		score->complete = score->filled && !missing;
}

static void score_framework(struct scoring *scoring, const struct framework *framework,
                            struct framework_score *score)
{
	score->framework = framework;
	switch (framework->kind) {
	case FRAMEWORK_CHECKLIST:
	case FRAMEWORK_SEQUENCE:
		score_items(scoring, score);
		break;
	case FRAMEWORK_GRID:
		score_grid(scoring, score);
		break;
	case FRAMEWORK_LADDER:
		score_ladder(scoring, score);
		break;
	}
}

/* Words of speech. Every paragraph of the ECT's may begin with a stage direction of any length,
 * which clause_split would take for speech when it is a long one. */
static uint32_t count_words(struct slice said, bool ect, struct arena *arena)
{
	struct clauses clauses;
	struct slice line;
	uint32_t words = 0;

	while (slice_cut(&said, '\n', &line)) {
		line = slice_trim(line);
		if (ect && line.len && line.at[0] == '(') {
			size_t close = slice_find(line, SLICE(")"));

			line = slice_sub(line, close < line.len ? close + 1 : 0, line.len);
		}
		clause_split(fold_text(line, arena), arena, &clauses);
		words += clauses.words;
	}
	return words;
}

/* Clauses that make any of the moves, each once. */
static uint32_t count_clauses(const struct score_turn *turn, const struct move *const *moves,
                              size_t move_count)
{
	bool seen[LIMIT_CLAUSES] = {false};
	uint32_t count = 0;

	for (size_t i = 0; turn->heard && i < turn->heard->count; i++) {
		const struct detection *found = &turn->heard->items[i];

		for (size_t j = 0; j < move_count; j++) {
			if (!moves[j] || moves[j] != found->move || !score_counts(turn, i))
				continue;
			if (found->clause >= LIMIT_CLAUSES || seen[found->clause])
				continue;
			seen[found->clause] = true;
			count++;
		}
	}
	return count;
}

static void measure_turn(const struct scoring *scoring, size_t index, struct measures *out)
{
	const struct ruleset *ruleset = scoring->ruleset;
	const struct score_turn *turn = &scoring->turns[index];
	const struct move *const open[] = {ruleset_move(ruleset, SLICE("open_question")),
	                                   ruleset_move(ruleset, SLICE("invite_reflection")),
	                                   ruleset_move(ruleset, SLICE("probe"))};
	const struct move *const closed[] = {ruleset_move(ruleset, SLICE("closed_question"))};
	const struct move *const pause[] = {ruleset_move(ruleset, SLICE("pause"))};
	struct slice after = turn->ect_after;

	if (!after.len && index + 1 < scoring->count)
		after = scoring->turns[index + 1].ect_before;
	out->mentor_words += count_words(turn->mentor, false, scoring->arena);
	out->ect_words += count_words(after, true, scoring->arena);
	out->open_questions += count_clauses(turn, open, 3);
	out->closed_questions += count_clauses(turn, closed, 1);
	out->pauses += count_clauses(turn, pause, 1) > 0;
	out->cues_shown += turn->cue_before;
	out->cues_met += turn->cue_before && turn->cue_met;
	out->tells_told += turn->told;
}

static void measure(const struct scoring *scoring, size_t tells, struct measures *out)
{
	uint32_t words;

	if (scoring->count)
		out->ect_words = count_words(scoring->turns[0].ect_before, true, scoring->arena);
	for (size_t i = 0; i < scoring->count; i++)
		measure_turn(scoring, i, out);
	words = out->mentor_words + out->ect_words;
	out->turns = (uint32_t)scoring->count;
	out->talk_share = words ? (double)out->mentor_words / words : 0;
	out->minutes = words / WORDS_A_MINUTE + MINUTES_A_TURN * (double)scoring->count;
	out->tells_held = tells > out->tells_told ? (uint32_t)tells - out->tells_told : 0;
}

static void score_all(struct scoring *scoring, size_t tells, struct score *out)
{
	const struct ruleset *ruleset = scoring->ruleset;

	*out = (struct score){0};
	out->framework_count = ruleset->framework_count;
	out->frameworks =
	        ARENA_ARRAY(scoring->arena, struct framework_score, ruleset->framework_count);
	for (size_t i = 0; i < ruleset->framework_count; i++)
		score_framework(scoring, ruleset->frameworks[i], &out->frameworks[i]);
	measure(scoring, tells, &out->measures);
}

void score_turns(const struct ruleset *ruleset, const struct score_turn *turns, size_t count,
                 size_t tells, struct arena *arena, struct score *out)
{
	struct scoring scoring = {
	        .ruleset = ruleset, .turns = turns, .count = count, .arena = arena};

	score_all(&scoring, tells, out);
}

static struct slice turn_answer(const struct turn *turn, struct arena *arena)
{
	struct slice said = turn->said.len ? turn->said : turn->line;

	if (!turn->ending_line.len || slice_ends(said, turn->ending_line))
		return said;
	if (!said.len)
		return turn->ending_line;
	return slice_format(arena, "%.*s\n%.*s", SLICE_ARGS(said), SLICE_ARGS(turn->ending_line));
}

static void turn_of(const struct session *session, uint32_t number, struct arena *arena,
                    struct score_turn *out)
{
	const struct turn *turn = session_turn(session, number);
	bool *struck = ARENA_ARRAY(arena, bool, turn->heard.count);

	for (size_t i = 0; i < turn->heard.count; i++)
		struck[i] = session_struck(session, number, turn->heard.items[i].move);
	*out = (struct score_turn){
	        .number = number,
	        .mentor = turn->utterance,
	        .ect_before = session_line_before(session, number),
	        .ect_after = turn_answer(turn, arena),
	        .heard = &turn->heard,
	        .struck = struck,
	        .meters = turn->after,
	        .topics = turn->topics,
	        .cue_before = turn->cue_before,
	        .cue_met = turn->cue_met,
	        .told = turn->tell != NULL,
	};
}

void score_session(const struct session *session, struct arena *arena, struct score *out,
                   const struct score_turn **turns, size_t *count)
{
	const struct scenario *scenario = session_scenario(session);
	size_t turn_count = session_turns(session);
	struct score_turn *all = ARENA_ARRAY(arena, struct score_turn, turn_count);
	struct scoring scoring = {.ruleset = session_ruleset(session),
	                          .turns = all,
	                          .count = turn_count,
	                          .name = scenario->name,
	                          .arena = arena};

	for (size_t i = 0; i < turn_count; i++)
		turn_of(session, (uint32_t)i + 1, arena, &all[i]);
	score_all(&scoring, scenario->tell_count, out);
	out->measures.hints = (uint32_t)session_hints(session);
	if (turn_count)
		out->measures.minutes = session_turn(session, turn_count)->minutes;
	if (turns)
		*turns = all;
	if (count)
		*count = turn_count;
}
