/* debrief_step.c: the one step: a turn, a move, and words that would have worked there.
 *
 * Words count only when they are heard, at that turn and after what was said before it, as the move
 * they recommend, and as nothing that hurts. */
#include "engine/debrief_parts.h"

#include "base/limits.h"

/* Words that give back what she said must be made of it, to this share. */
#define GIVEN_BACK 0.5
/* Tries in all: each hears one sentence. Far more than any pack has words. */
#define TRIES_MAX 400u
/* Turns tried for something that was not heard at all. */
#define GAP_TURNS 6u

/* The search for a step. */
struct search {
	const struct making *making;
	struct arena arena; /* of one try */
	size_t tries;
	struct history *history; /* before `history_turn` */
	uint32_t history_turn;
	struct slots slots; /* of that turn */
	uint64_t topics; /* current then */
	struct slice words; /* found */
	uint32_t spared; /* the turn that was praised: nothing but harm is found there; 0: none */
};

static void look_at(struct search *search, uint32_t turn)
{
	if (search->history_turn == turn)
		return;
	history_free(search->history);
	search->history = session_history(search->making->session, turn);
	search->history_turn = turn;
	search->slots = debrief_slots(search->making, turn);
	/* “Sam's week” is a title for the mentor, no word to say to Sam. */
	if (slice_find(search->slots.topic, search->slots.name) < search->slots.topic.len)
		search->slots.topic = SLICE("");
	debrief_topic(search->making, turn, &search->topics);
}

/* Are these words heard as `move`, and as nothing unhelpful? Then they are kept. */
static bool works(struct search *search, struct slice words, const struct move *move)
{
	struct detections heard;
	bool fine;

	words = slice_trim(words);
	if (words.len == 0 || search->tries >= TRIES_MAX)
		return false;
	search->tries++;
	arena_clear(&search->arena);
	detect(session_detector(search->making->session), words, search->history, &search->arena,
	       &heard);
	fine = detections_have(&heard, move);
	/* A summary of what she has not said would be untrue, and might tell her secrets for her.
	 */
	if (fine && move->checks)
		fine = history_echo(search->history, session_detector(search->making->session),
		                    heard.folded.text)
		               .all >= GIVEN_BACK;
	for (size_t i = 0; i < heard.count; i++)
		fine = fine && !debrief_is_unhelpful(heard.items[i].move);
	if (fine)
		search->words = slice_copy(search->making->arena, words);
	return fine;
}

/* Words that take up what was seen or said. */
static bool is_near(struct slice words)
{
	return slice_find(words, SLICE("{last}")) < words.len ||
	       slice_find(words, SLICE("{evidence}")) < words.len;
}

/* Those come before words for anybody; else the pack's order is its advice. */
static bool say_works(struct search *search, const struct move *move)
{
	for (int near = 1; near >= 0; near--) {
		for (size_t i = 0; i < move->say_count; i++) {
			struct strbuf words = {0};
			bool fine = is_near(move->says[i].words) == (near == 1) &&
			            debrief_fill(move->says[i].words, &search->slots, &words) &&
			            works(search, strbuf_slice(&words), move);

			strbuf_release(&words);
			if (fine)
				return true;
		}
	}
	return false;
}

static bool better_works(struct search *search, const struct move *move)
{
	const struct scenario *scenario = search->making->scenario;

	/* About what is at hand first, then about anything. */
	for (int about = 1; about >= 0; about--) {
		for (size_t i = 0; i < scenario->better_count; i++) {
			const struct better *better = &scenario->betters[i];
			bool at_hand = better->about >= 0 && (search->topics >> better->about & 1);

			if (better->move == move && (about ? at_hand : better->about < 0) &&
			    works(search, better->words, move))
				return true;
		}
	}
	return false;
}

static bool hurt_in(const struct making *making, uint32_t turn)
{
	const struct detections *heard = making->turns[turn - 1].heard;

	for (size_t i = 0; i < heard->count; i++)
		if (!making->turns[turn - 1].struck[i] &&
		    meter_goodness(&heard->items[i].move->effects) < 0)
			return true;
	return false;
}

/* To mend something there has to be something to mend. */
static bool has_place(const struct making *making, uint32_t turn, const struct move *move)
{
	return !move->mends || hurt_in(making, turn) || (turn > 1 && hurt_in(making, turn - 1));
}

/* Finds words for `move` at `turn`. */
static bool find_words(struct search *search, uint32_t turn, const struct move *move)
{
	const struct reply *reply = session_turn(search->making->session, turn)->reply;

	if (!move || debrief_is_unhelpful(move) || move->quiet ||
	    !has_place(search->making, turn, move))
		return false;
	look_at(search, turn);
	if (reply && reply->instead == move && works(search, reply->instead_words, move))
		return true;
	return better_works(search, move) || say_works(search, move);
}

/* The first of an item's moves that has words. */
static const struct move *find_item(struct search *search, uint32_t turn,
                                    const struct framework_item *item)
{
	for (size_t i = 0; i < item->move_count; i++)
		if (find_words(search, turn, item->moves[i]))
			return item->moves[i];
	return NULL;
}

static const struct move *find_in(struct search *search, uint32_t turn,
                                  const struct framework *framework, bool room_only)
{
	const struct move *move = NULL;

	if (framework->kind != FRAMEWORK_CHECKLIST && framework->kind != FRAMEWORK_SEQUENCE)
		return NULL;
	for (size_t i = 0; i < framework->item_count && !move; i++)
		if (!room_only || framework->items[i].moves[0]->room)
			move = find_item(search, turn, &framework->items[i]);
	return move;
}

/* Whatever else may be recommended there: what the scenario practises, then any framework's. */
static const struct move *find_other(struct search *search, uint32_t turn, bool room_only)
{
	const struct scenario *scenario = search->making->scenario;
	const struct ruleset *ruleset = search->making->ruleset;
	const struct move *move = NULL;

	for (size_t i = 0; i < scenario->focus_move_count; i++)
		if ((!room_only || scenario->focus_moves[i]->room) &&
		    find_words(search, turn, scenario->focus_moves[i]))
			return scenario->focus_moves[i];
	for (size_t i = 0; i < scenario->focus_framework_count && !move; i++)
		move = find_in(search, turn, scenario->focus_frameworks[i], room_only);
	for (size_t i = 0; i < ruleset->framework_count && !move; i++)
		move = find_in(search, turn, ruleset->frameworks[i], room_only);
	return move;
}

/* A say that is made of her own last words. */
static const struct say *own_words(const struct move *move)
{
	const struct say *best = NULL;

	for (size_t i = 0; i < move->say_count; i++) {
		const struct say *say = &move->says[i];

		if (slice_find(say->words, SLICE("{last}")) < say->words.len &&
		    (!best || say->words.len < best->words.len))
			best = say;
	}
	return best;
}

/* The next of the moves that make room, in the order in which they meet a cue: her own words given
 * back, with the least added, come first; then what eases her most. */
static const struct move *next_meeting(const struct ruleset *ruleset, uint64_t tried[])
{
	const struct move *best = NULL;
	long best_rank = 0;

	for (size_t i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves[i];
		const struct say *own = own_words(move);
		long rank = own ? 1000000 - (long)own->words.len : meter_goodness(&move->effects);

		if (!move->room || move->quiet || (tried[i / 64] >> i % 64 & 1))
			continue;
		if (!best || rank > best_rank) {
			best = move;
			best_rank = rank;
		}
	}
	if (best)
		tried[best->index / 64] |= UINT64_C(1) << best->index % 64;
	return best;
}

static const struct move *find_meeting(struct search *search, uint32_t turn)
{
	const struct ruleset *ruleset = search->making->ruleset;
	uint64_t tried[LIMIT_MOVES / 64 + 1] = {0};
	const struct move *move;

	look_at(search, turn);
	/* The author's words; those that answer a feeling first. */
	for (int feeling = 1; feeling >= 0; feeling--) {
		for (size_t i = 0; i < ruleset->move_count; i++) {
			const struct move *one = ruleset->moves[i];

			if (one->room && !one->quiet && !one->instead &&
			    (one->answers == ANSWERS_FEELING) == (feeling == 1) &&
			    has_place(search->making, turn, one) && better_works(search, one))
				return one;
		}
	}
	while ((move = next_meeting(ruleset, tried)))
		if (find_words(search, turn, move))
			return move;
	return NULL;
}

static const struct move *find_at(struct search *search, const struct cost *cost)
{
	const struct reply *reply = session_turn(search->making->session, cost->turn)->reply;
	const struct move *move = NULL;

	if (reply && find_words(search, cost->turn, reply->instead))
		return reply->instead;
	if (cost->kind == COST_CUE) {
		move = find_meeting(search, cost->turn);
		return move ? move : find_other(search, cost->turn, true);
	}
	if (find_words(search, cost->turn, cost->found->move->instead))
		return cost->found->move->instead;
	return find_other(search, cost->turn, false);
}

static int turn_goodness(const struct making *making, uint32_t number)
{
	const struct turn *turn = session_turn(making->session, number);
	int good = 0;

	for (size_t i = 0; i < turn->change_count; i++)
		if (turn->changes[i].move)
			good += meter_goodness(&turn->changes[i].effects);
	return good;
}

static void add_turn(uint32_t *turns, size_t *count, uint32_t turn, uint32_t last)
{
	if (turn < 1 || turn > last || *count == GAP_TURNS)
		return;
	for (size_t i = 0; i < *count; i++)
		if (turns[i] == turn)
			return;
	turns[(*count)++] = turn;
}

/* Where a part that was not heard would have mattered: after the part before it in a sequence, or
 * with the part after it; else where the mentor's own words did least, the opening last. */
static size_t gap_turns(const struct making *making, const struct cost *cost,
                        uint32_t turns[GAP_TURNS])
{
	const struct framework_score *score = cost->framework;
	uint32_t last = making->count;
	size_t count = 0;

	if (score && score->framework->kind == FRAMEWORK_SEQUENCE) {
		size_t item = (size_t)(cost->item - score->framework->items);

		for (size_t i = item; i-- > 0 && count == 0;) {
			if (!score->items[i].quote_count)
				continue;
			add_turn(turns, &count, score->items[i].quotes[0].turn + 1, last);
			add_turn(turns, &count, score->items[i].quotes[0].turn, last);
		}
		for (size_t i = item + 1; i < score->item_count && count == 0; i++)
			if (score->items[i].quote_count)
				add_turn(turns, &count, score->items[i].quotes[0].turn, last);
	}
	for (int good = -4 * METER_MAX; good <= 4 * METER_MAX && count < GAP_TURNS; good++)
		for (uint32_t turn = 2; turn <= last; turn++)
			if (turn_goodness(making, turn) == good)
				add_turn(turns, &count, turn, last);
	add_turn(turns, &count, 1, last);
	return count;
}

static const struct move *find_gap(struct search *search, const struct cost *cost, uint32_t *turn)
{
	uint32_t turns[GAP_TURNS];
	size_t count = gap_turns(search->making, cost, turns);

	for (size_t i = 0; i < count; i++) {
		const struct move *move = cost->move;

		*turn = turns[i];
		if (*turn == search->spared)
			move = NULL;
		else if (cost->item)
			move = find_item(search, *turn, cost->item);
		else if (!find_words(search, *turn, move))
			move = NULL;
		if (move)
			return move;
	}
	return NULL;
}

/* “Turn 4: ask before you advise.” The unhelpful move's advice says what to leave; it fits when its
 * own remedy is the step. */
static struct slice advice(const struct making *making, const struct cost *cost, uint32_t turn,
                           const struct move *move)
{
	struct slots slots = debrief_slots(making, turn);
	struct strbuf words = {0};
	struct slice text = move->advice;
	struct slice whole;

	if (cost->kind == COST_HARM && cost->found->move->instead == move &&
	    cost->found->move->advice.len)
		text = cost->found->move->advice;
	slots.quote = cost->found ? debrief_short(slice_span(making->turns[turn - 1].mentor,
	                                                     cost->found->where),
	                                          making->arena)
	                          : SLICE("");
	strbuf_addf(&words, "Turn %u: ", (unsigned)turn);
	if (text.len && debrief_fill(text, &slots, &words)) {
		char *first = words.at + slice_find(strbuf_slice(&words), SLICE(": ")) + 2;

		/* An imperative: only “I” keeps its capital. */
		if (*first >= 'A' && *first <= 'Z' && first[1] >= 'a')
			*first = (char)(*first - 'A' + 'a');
	} else {
		strbuf_clear(&words);
		strbuf_addf(&words, "Turn %u: this was a place for “%.*s”.", (unsigned)turn,
		            SLICE_ARGS(move->title.len ? move->title : move->id));
	}
	whole = slice_copy(making->arena, strbuf_slice(&words));
	strbuf_release(&words);
	return whole;
}

static bool made(const struct making *making, uint32_t turn, const struct move *move)
{
	return detections_have(making->turns[turn - 1].heard, move);
}

/* Something was said in its place: what the packs recommend it instead of. */
static bool was_displaced(const struct making *making, uint32_t turn, const struct move *move)
{
	const struct detections *heard = making->turns[turn - 1].heard;

	for (size_t i = 0; i < heard->count; i++)
		if (heard->items[i].move->instead == move && !making->turns[turn - 1].struck[i])
			return true;
	return false;
}

static bool missed_cue(const struct making *making, uint32_t number)
{
	const struct turn *turn = session_turn(making->session, number);

	return turn->cue_before && !turn->cue_met;
}

bool debrief_place(const struct making *making, const struct move *move, bool anywhere,
                   uint32_t *turn, struct slice *words)
{
	const struct cost gap = {.kind = COST_GAP, .move = move};
	struct search search = {.making = making};
	uint32_t turns[GAP_TURNS];
	size_t count = 0;
	bool found = false;

	for (uint32_t at = 1; at <= making->count; at++)
		if (was_displaced(making, at, move))
			add_turn(turns, &count, at, making->count);
	for (uint32_t at = 1; at <= making->count && move->room; at++)
		if (missed_cue(making, at))
			add_turn(turns, &count, at, making->count);
	if (count == 0 && anywhere)
		count = gap_turns(making, &gap, turns);
	arena_init(&search.arena);
	for (size_t i = 0; i < count && !found; i++) {
		*turn = turns[i];
		found = !made(making, *turn, move) && find_words(&search, *turn, move);
	}
	*words = search.words;
	history_free(search.history);
	arena_release(&search.arena);
	return found;
}

/* The worst of the costs that has words, before the spared turn is looked at and after. */
static const struct cost *find_step(struct search *search, const struct cost *costs, size_t count,
                                    uint32_t *turn, const struct move **move)
{
	for (size_t i = 0; i < count; i++) {
		*turn = costs[i].turn;
		if (costs[i].kind == COST_GAP)
			*move = find_gap(search, &costs[i], turn);
		else if (costs[i].kind == COST_CUE && *turn == search->spared)
			*move = NULL;
		else
			*move = find_at(search, &costs[i]);
		if (*move)
			return &costs[i];
	}
	return NULL;
}

const struct cost *debrief_step(const struct making *making, const struct cost *costs, size_t count,
                                uint32_t praised, struct finding *out)
{
	struct search search = {.making = making, .spared = praised};
	const struct move *move;
	const struct cost *taken;
	uint32_t turn;

	arena_init(&search.arena);
	taken = find_step(&search, costs, count, &turn, &move);
	search.spared = 0;
	if (!taken && praised)
		taken = find_step(&search, costs, count, &turn, &move);
	if (taken) {
		out->present = true;
		out->turn = turn;
		out->move = taken->found ? taken->found->move : move;
		out->quote = making->turns[turn - 1].mentor;
		if (taken->found)
			out->quote = slice_trim(slice_span(out->quote, taken->found->where));
		if (taken->kind == COST_CUE) {
			out->quote = session_line_before(making->session, turn);
			out->quote_is_ect = true;
		}
		out->instead = search.words;
		out->instead_move = move;
		out->text = advice(making, taken, turn, move);
	}
	history_free(search.history);
	arena_release(&search.arena);
	return taken;
}
