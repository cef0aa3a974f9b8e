/* debrief.c: see debrief.h. What helped, and what to think about. */
#include "engine/debrief_parts.h"

/* What an answer is worth, in points of a meter, beside the meters: she told what she had held
 * back; something she showed was met. */
#define WEIGHT_TELL 2.0
#define WEIGHT_TELL_LATER 1.0 /* told in the silence that followed */
#define WEIGHT_CUE_MET 1.0
/* Her answer is quoted up to this many words: it proves what followed. */
#define ANSWER_WORDS 14u

/* An answer written down in fewer words says no more than “Yes, fine”. */
#define ANSWERED_WORDS 3u

/* What follows a detection's words into the sentence on it. */
struct strength {
	const struct detection *found;
	uint32_t turn;
	double value;
	bool told, told_later, met;
};

static const struct move *pause_of(const struct making *making)
{
	return ruleset_move(making->ruleset, SLICE("pause"));
}

/* She told something in the silence the mentor left after `turn`. */
static bool told_in_silence(const struct making *making, uint32_t turn)
{
	const struct move *pause = pause_of(making);

	return turn < making->count && pause && making->turns[turn].told &&
	       detections_have(making->turns[turn].heard, pause) &&
	       !session_struck(making->session, turn + 1, pause);
}

/* Praise nothing in an utterance that hurt her. */
static bool hurt(const struct making *making, uint32_t number)
{
	const struct score_turn *turn = &making->turns[number - 1];
	const struct turn *heard = session_turn(making->session, number);
	int net = 0;

	for (int i = 0; i < METERS; i++)
		net += (heard->after[i] - heard->before[i]) * meter_sign((enum meter)i);
	if (net < 0)
		return true;
	for (size_t i = 0; i < turn->heard->count; i++) {
		const struct move *move = turn->heard->items[i].move;

		if (!turn->struck[i] && meter_goodness(&move->effects) < 0)
			return true;
	}
	return false;
}

static bool may_praise(const struct score_turn *turn, size_t index)
{
	const struct detection *found = &turn->heard->items[index];

	if (turn->struck[index] || found->move->quiet || debrief_is_unhelpful(found->move) ||
	    found != detections_of(turn->heard, found->move))
		return false;
	for (size_t i = 0; i < turn->heard->count; i++)
		if (!turn->struck[i] && turn->heard->items[i].move->instead &&
		    span_overlaps(turn->heard->items[i].where, found->where))
			return false;
	return true;
}

/* She had nothing of her own to say to it: a stock line to a question, neither yes nor no; written
 * down, hardly a word. */
static bool unanswered(const struct making *making, const struct turn *heard)
{
	bool is_direction = false;
	struct slice rest = heard->said;
	struct slice word;
	size_t words = 0;

	debrief_shown(heard->said.len ? heard->said : heard->line, making->arena, &is_direction);
	if (heard->reply)
		return heard->fallback || is_direction || heard->stance == 1 + STANCE_HEDGE ||
		       (heard->reply->tier == TIER_TEMPERAMENT && heard->answered &&
		        heard->answered->move->answers == ANSWERS_REQUEST);
	while (words < ANSWERED_WORDS && slice_word(&rest, &word))
		words++;
	return words < ANSWERED_WORDS;
}

static void weigh(const struct making *making, const struct score_turn *turn, size_t index,
                  struct strength *out)
{
	const struct turn *heard = session_turn(making->session, turn->number);
	const struct detection *found = &turn->heard->items[index];
	const struct move *move = found->move;
	bool answered = heard->answered && heard->answered->move == move;
	double good = debrief_applied(heard, move);

	*out = (struct strength){.found = found, .turn = turn->number};
	if (good < 0)
		good = 0;
	if (answered && heard->reply && meter_goodness(&heard->reply->effects) > 0)
		good += meter_goodness(&heard->reply->effects);
	out->told = turn->told && (move->room || answered);
	out->told_later = !out->told && move->room && told_in_silence(making, turn->number);
	out->met = turn->cue_before && turn->cue_met && move->room;
	good += out->told ? WEIGHT_TELL : 0;
	good += out->told_later ? WEIGHT_TELL_LATER : 0;
	good += out->met ? WEIGHT_CUE_MET : 0;
	/* Room that she did not fill helped nobody yet. */
	if (move->room && unanswered(making, heard) && !out->told && !out->told_later)
		good = 0;
	out->value = good * found->confidence;
}

static struct slice quote_of(const struct making *making, uint32_t turn,
                             const struct detection *found)
{
	return slice_trim(slice_span(making->turns[turn - 1].mentor, found->where));
}

/* What she answered, in a sentence that can be quoted; else nothing. */
static void add_answer(const struct making *making, const struct strength *best,
                       struct strbuf *text)
{
	const struct turn *heard = session_turn(making->session, best->turn);
	struct slice name = making->scenario->name;
	bool is_direction;
	struct slice answer = debrief_shown(heard->said.len ? heard->said : heard->line,
	                                    making->arena, &is_direction);
	struct slice rest = answer;
	struct slice word;
	size_t words = 0;

	if (best->told) {
		/* The pack's sentence may have said so. */
		if (slice_find(strbuf_slice(text), SLICE(" filled ")) < text->len)
			return;
		strbuf_addf(text, " %.*s then told you something held back until then.",
		            SLICE_ARGS(name));
		return;
	}
	if (best->met) {
		strbuf_addf(text, " It met what %.*s had just shown.", SLICE_ARGS(name));
		return;
	}
	while (slice_word(&rest, &word))
		words++;
	if (unanswered(making, heard) || is_direction || words < 2 || words > ANSWER_WORDS)
		return;
	answer = debrief_short(answer, making->arena);
	strbuf_addf(text, " %.*s said: “%.*s%s”", SLICE_ARGS(name), SLICE_ARGS(answer),
	            slice_ends(answer, SLICE("?")) || slice_ends(answer, SLICE("!")) ||
	                            slice_ends(answer, SLICE("…"))
	                    ? ""
	                    : ".");
}

static struct slice strength_text(const struct making *making, const struct strength *best,
                                  struct slice quote)
{
	const struct move *move = best->found->move;
	struct slots slots = debrief_slots(making, best->turn);
	struct strbuf text = {0};
	struct slice whole;
	bool named = slice_find(move->helped, SLICE("{turn}")) < move->helped.len;
	size_t silence;

	slots.quote = debrief_short(quote, making->arena);
	if (!named)
		strbuf_addf(&text, "Turn %u. ", (unsigned)best->turn);
	if (!move->helped.len || !debrief_fill(move->helped, &slots, &text)) {
		strbuf_clear(&text);
		strbuf_addf(&text, "Turn %u. %.*s", (unsigned)best->turn,
		            SLICE_ARGS(move->title.len ? move->title : move->id));
		if (quote.len)
			strbuf_addf(&text, ": “%.*s”", SLICE_ARGS(slots.quote));
		strbuf_addz(&text, ".");
	}
	silence = text.len;
	if (best->told_later && slice_ends(strbuf_slice(&text), SLICE("."))) {
		text.at[--silence] = '\0';
		text.len = silence;
		strbuf_addf(&text,
		            ", and then left a silence. %.*s filled it with something held back "
		            "until then.",
		            SLICE_ARGS(making->scenario->name));
	} else if (debrief_sentences(strbuf_slice(&text)) < 3) {
		add_answer(making, best, &text);
	}
	whole = slice_copy(making->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return whole;
}

static void find_strength(const struct making *making, struct finding *out)
{
	struct strength best = {0};

	for (uint32_t i = 0; i < making->count; i++) {
		const struct score_turn *turn = &making->turns[i];

		if (hurt(making, turn->number))
			continue;
		for (size_t j = 0; j < turn->heard->count; j++) {
			struct strength strength;

			if (!may_praise(turn, j))
				continue;
			weigh(making, turn, j, &strength);
			if (strength.value > best.value)
				best = strength;
		}
	}
	if (!best.found)
		return;
	out->present = true;
	out->turn = best.turn;
	out->move = best.found->move;
	out->quote = quote_of(making, best.turn, best.found);
	out->text = strength_text(making, &best, out->quote);
}

/* The pack's own question on what hurt, or a plain one. */
static void ask_harm(const struct making *making, const struct cost *cost, struct finding *out)
{
	const struct move *move = cost->found->move;
	struct slots slots = debrief_slots(making, cost->turn);
	struct strbuf text = {0};
	struct slice filled;

	out->turn = cost->turn;
	out->move = move;
	out->quote = quote_of(making, cost->turn, cost->found);
	slots.quote = debrief_short(out->quote, making->arena);
	if (slice_find(move->wonder, SLICE("{turn}")) == move->wonder.len)
		strbuf_addf(&text, "Turn %u. ", (unsigned)cost->turn);
	if (!move->wonder.len || !debrief_fill(move->wonder, &slots, &text) ||
	    !slice_ends(strbuf_slice(&text), SLICE("?"))) {
		strbuf_clear(&text);
		strbuf_addf(&text,
		            "At turn %u you said “%.*s”. What do you think %.*s heard in it?",
		            (unsigned)cost->turn, SLICE_ARGS(slots.quote), SLICE_ARGS(slots.name));
	}
	filled = strbuf_slice(&text);
	out->text = slice_copy(making->arena, filled);
	strbuf_release(&text);
}

static void ask_cue(const struct making *making, const struct cost *cost, struct finding *out)
{
	struct slice name = making->scenario->name;
	bool is_direction;
	struct slice shown;

	out->turn = cost->turn;
	out->quote = session_line_before(making->session, cost->turn);
	out->quote_is_ect = true;
	shown = debrief_short(debrief_shown(out->quote, making->arena, &is_direction),
	                      making->arena);
	/* What she showed was her answer to something that hurt. */
	if (!is_direction && cost->turn > 1 && hurt(making, cost->turn - 1)) {
		out->text =
		        slice_format(making->arena,
		                     "At turn %u %.*s answered you with “%.*s”. What might it "
		                     "have been like to hear what you had just said?",
		                     (unsigned)cost->turn - 1, SLICE_ARGS(name), SLICE_ARGS(shown));
		return;
	}
	out->text = slice_format(
	        making->arena,
	        is_direction ? "Just before your turn %u, this was there to be seen: %.*s (%.*s). "
	                       "What might have been behind it?"
	                     : "Just before your turn %u, %.*s said “%.*s”. What might have been "
	                       "behind it?",
	        (unsigned)cost->turn, SLICE_ARGS(name), SLICE_ARGS(shown));
}

static void ask_gap(const struct making *making, const struct cost *cost, struct finding *out)
{
	struct slice name = making->scenario->name;
	struct slice title = cost->move ? cost->move->title : cost->item->title;
	struct slice of = cost->framework ? cost->framework->framework->title : SLICE("");

	if (!title.len)
		title = cost->move ? cost->move->id : cost->item->id;
	out->move = cost->move ? cost->move : cost->item->moves[0];
	out->text = slice_format(making->arena,
	                         "I did not hear “%.*s”%s%.*s%s. Where would it have helped %.*s "
	                         "most?",
	                         SLICE_ARGS(title), of.len ? " (" : "", SLICE_ARGS(of),
	                         of.len ? ")" : "", SLICE_ARGS(name));
}

/* The heaviest that is not the step's, if it weighs enough to ask about; else what the step is
 * about too. */
static const struct cost *question_cost(const struct cost *costs, size_t count,
                                        const struct cost *step, uint32_t step_turn)
{
	for (size_t i = 0; i < count; i++)
		if (&costs[i] != step && costs[i].kind != COST_GAP && costs[i].turn != step_turn)
			return &costs[i];
	if (step && step->kind != COST_GAP)
		return step;
	for (size_t i = 0; i < count; i++)
		if (&costs[i] != step && costs[i].value >= COST_WORTH_ASKING)
			return &costs[i];
	return step && step->value >= COST_WORTH_ASKING ? step : NULL;
}

/* All parts of what the scenario practises were heard, but never of one thing. */
static const struct framework_score *scattered(const struct making *making)
{
	for (size_t i = 0; i < making->score->framework_count; i++) {
		const struct framework_score *score = &making->score->frameworks[i];

		if (score->framework->kind == FRAMEWORK_SEQUENCE && !score->complete &&
		    score->item_count && score->filled == score->item_count)
			return score;
	}
	return NULL;
}

static void find_question(const struct making *making, const struct cost *costs, size_t count,
                          const struct cost *step, uint32_t step_turn, struct finding *out)
{
	const struct cost *cost = question_cost(costs, count, step, step_turn);
	const struct framework_score *parts = scattered(making);
	struct slice name = making->scenario->name;

	out->present = true;
	if (cost && cost->kind == COST_HARM) {
		ask_harm(making, cost, out);
	} else if (cost && cost->kind == COST_CUE) {
		ask_cue(making, cost, out);
	} else if (parts) {
		out->text = slice_format(making->arena,
		                         "I heard every part of %.*s, but not about one and the "
		                         "same thing. Which one thing mattered most for %.*s?",
		                         SLICE_ARGS(parts->framework->title), SLICE_ARGS(name));
	} else if (cost) {
		ask_gap(making, cost, out);
	} else {
		out->text = slice_format(making->arena,
		                         "What would %.*s say, on the way home, that this "
		                         "conversation was about?",
		                         SLICE_ARGS(name));
	}
}

void debrief_make(struct session *session, struct arena *arena, struct debrief *out)
{
	struct making making = {.session = session,
	                        .scenario = session_scenario(session),
	                        .ruleset = session_ruleset(session),
	                        .arena = arena};
	const struct cost *step;
	struct cost *costs;
	size_t turn_count;
	size_t count;

	*out = (struct debrief){.session = session, .ending = session_ending(session)};
	if (out->ending)
		out->verdict = out->ending->verdict;
	score_session(session, arena, &out->score, &making.turns, &turn_count);
	if (turn_count == 0)
		return; /* nothing was said, and nothing is claimed */
	making.count = (uint32_t)turn_count;
	making.score = &out->score;
	making.scratch = regex_scratch_new();
	regex_scratch_patience(making.scratch, TOPIC_PATIENCE);
	costs = debrief_costs(&making, &count);
	find_strength(&making, &out->strength);
	step = debrief_step(&making, costs, count, out->strength.present ? out->strength.turn : 0,
	                    &out->step);
	find_question(&making, costs, count, step, out->step.turn, &out->question);
	debrief_adapt(&making, out);
	debrief_focus(&making, out);
	regex_scratch_free(making.scratch);
}
