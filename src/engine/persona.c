/* persona.c: what an utterance does to her, and what conditions see of it. See persona.h. */
#include "engine/persona.h"

#include "base/limits.h"

#define HALVED_FROM 3 /* the use from which an effect is halved */

void mind_init(struct mind *mind, const struct scenario *scenario, const struct ruleset *ruleset,
               struct detector *detector, struct regex_scratch *scratch, struct arena *arena,
               uint64_t seed)
{
	*mind = (struct mind){.scenario = scenario,
	                      .ruleset = ruleset,
	                      .detector = detector,
	                      .scratch = scratch,
	                      .arena = arena,
	                      .chance = seed * UINT64_C(0x9E3779B97F4A7C15) + SLICE_HASH_SEED};
	memcpy(mind->meters, scenario->start, sizeof(mind->meters));
	mind->move_uses = ARENA_ARRAY(arena, uint32_t, ruleset->move_count);
	mind->move_first = ARENA_ARRAY(arena, uint64_t, ruleset->move_count);
	mind->alternative_said = ARENA_ARRAY(arena, uint32_t, scenario->alternative_total);
	mind->effect_used = ARENA_ARRAY(arena, bool, scenario->reply_total);
	mind->tell_told = ARENA_ARRAY(arena, bool, scenario->tell_count);
	mind->shows_held = ARENA_ARRAY(arena, bool, scenario->show_count);
}

double persona_minutes(const struct mind *mind)
{
	return (double)mind->words / WORDS_A_MINUTE + mind->turn * MINUTES_A_TURN;
}

size_t persona_count_words(struct slice line, struct arena *arena)
{
	struct folded folded;
	struct clauses clauses;

	fold(line, arena, &folded);
	clause_split(folded.text, arena, &clauses);
	return clauses.words;
}

/* Towards zero where it helps, away from zero where it harms. */
static int halved(enum meter meter, int change)
{
	bool helps = change * meter_sign(meter) > 0;

	if (helps)
		return change / 2;
	return change >= 0 ? (change + 1) / 2 : (change - 1) / 2;
}

static void apply(struct mind *mind, struct turn *turn, const struct move *move,
                  const struct effects *effects, bool halve)
{
	struct change *change = &turn->changes[turn->change_count];
	bool any = false;
	int meter;

	change->move = move;
	for (meter = 0; meter < METERS; meter++) {
		int wanted = effects->change[meter];
		int value;

		if (halve)
			wanted = halved((enum meter)meter, wanted);
		value = meter_clamp(mind->meters[meter] + wanted);
		change->effects.change[meter] = value - mind->meters[meter];
		any = any || change->effects.change[meter] != 0;
		mind->meters[meter] = value;
	}
	if (any)
		turn->change_count++;
}

/* True when an earlier detection of this utterance is of the same move. */
static bool again(const struct turn *turn, size_t index)
{
	size_t i;

	for (i = 0; i < index; i++) {
		if (turn->heard.items[i].move == turn->heard.items[index].move)
			return true;
	}
	return false;
}

void persona_feel(struct mind *mind, struct turn *turn)
{
	const struct scenario *scenario = mind->scenario;
	size_t i;
	size_t j;

	/* One a move, one a reaction, one for the reply, one for an aside, one for a tell. */
	turn->changes = ARENA_ARRAY(mind->arena, struct change,
	                            turn->heard.count * (1 + scenario->reaction_count) + 4);
	memcpy(turn->before, mind->meters, sizeof(turn->before));
	for (i = 0; i < turn->heard.count; i++) {
		const struct move *move = turn->heard.items[i].move;

		if (again(turn, i))
			continue;
		mind->move_uses[move->index]++;
		if (!mind->move_first[move->index])
			mind->move_first[move->index] =
			        ((uint64_t)mind->turn << 32) + turn->heard.items[i].where.start + 1;
		apply(mind, turn, move, &move->effects,
		      mind->move_uses[move->index] >= HALVED_FROM);
		for (j = 0; j < scenario->reaction_count; j++) {
			if (scenario->reactions[j].move == move)
				apply(mind, turn, move, &scenario->reactions[j].effects, false);
		}
	}
}

static bool item_used(const struct mind *mind, const struct framework_item *item, uint64_t *first)
{
	bool used = false;
	size_t i;

	*first = UINT64_MAX;
	for (i = 0; i < item->move_count; i++) {
		uint64_t at = mind->move_first[item->moves[i]->index];

		if (at && at < *first)
			*first = at;
		used = used || at;
	}
	return used;
}

static bool framework_done(const struct mind *mind, const struct framework *framework, bool order)
{
	uint64_t last = 0;
	uint64_t first;
	size_t i;

	for (i = 0; i < framework->item_count; i++) {
		if (!item_used(mind, &framework->items[i], &first) || (order && first < last))
			return false;
		last = first;
	}
	return framework->item_count > 0;
}

static bool done(const struct mind *mind, int arg)
{
	const struct ruleset *ruleset = mind->ruleset;

	if ((size_t)arg < ruleset->move_count)
		return mind->move_uses[arg] > 0;
	return framework_done(mind, ruleset->frameworks[(size_t)arg - ruleset->move_count], false);
}

static bool told(const struct mind *mind, int topic)
{
	size_t i;

	for (i = 0; i < mind->scenario->tell_count; i++) {
		if (mind->scenario->tells[i].about == topic && mind->tell_told[i])
			return true;
	}
	return false;
}

double persona_value(void *context, int id, int arg)
{
	const struct persona_context *here = context;
	const struct mind *mind = here->mind;
	const struct clauses *clauses = &here->turn->heard.clauses;

	switch (id) {
	case FEATURE_WORDS:
		return clauses->words;
	case FEATURE_QUESTIONS:
		return clauses->questions;
	case FEATURE_QUESTION:
		return clauses->questions > 0;
	case FEATURE_ECHO:
		return here->turn->echo.last;
	case FEATURE_ECHO_ALL:
		return here->turn->echo.all;
	case FEATURE_ECHO_RUN:
		return here->turn->echo.run;
	case FEATURE_ECHO_TURNS:
		return here->turn->echo.turns;
	case FEATURE_ECHO_WORDS:
		return here->turn->echo.words;
	case FEATURE_AFTER_QUESTION:
		return here->turn->echo.asked;
	case FEATURE_PLACE:
		return 1;
	case FEATURE_TURN:
		return mind->turn;
	case FEATURE_COUNT:
		return mind->move_uses[arg];
	case FEATURE_MAKES:
		return detections_have(&here->turn->heard, mind->ruleset->moves[arg]);
	case NAME_TRUST:
	case NAME_TENSION:
	case NAME_CLARITY:
	case NAME_OWNERSHIP:
		return mind->meters[id - NAME_TRUST];
	case NAME_MINUTES:
		return persona_minutes(mind);
	case NAME_DONE:
		return done(mind, arg);
	case NAME_IN_ORDER:
		return framework_done(mind, mind->ruleset->frameworks[arg], true);
	case NAME_ASKED:
		return mind->asked >> arg & 1;
	case NAME_AGREED:
		return arg < 0 ? mind->agreed : mind->agreed_topics >> arg & 1;
	case NAME_TOLD:
		return told(mind, arg);
	}
	BUG("condition name %d has no value", id);
}

/* She owes an answer when a question was heard and what she answered was something else, or
 * nothing. */
static bool question_open(const struct turn *turn)
{
	size_t i;

	for (i = 0; i < turn->heard.count; i++) {
		if (turn->heard.items[i].move->answers == ANSWERS_REQUEST)
			return !turn->answered ||
			       turn->answered->move->answers != ANSWERS_REQUEST ||
			       turn->reply->otherwise;
	}
	return false;
}

/* She has just told or shown something that she was given room for: nobody leaves on that. */
static bool opened_up(const struct turn *turn)
{
	size_t i;

	if (turn->tell)
		return true;
	for (i = 0; turn->cue && i < turn->heard.count; i++) {
		if (turn->heard.items[i].move->room)
			return true;
	}
	return false;
}

enum ending_stop persona_ending_stop(struct mind *mind, struct turn *turn,
                                     const struct ending *ending, struct slice *unmet)
{
	struct persona_context context = {.mind = mind, .turn = turn};
	size_t i;

	*unmet = SLICE("");
	for (i = 0; ending->when && i < expr_terms(ending->when); i++) {
		bool holds;
		struct slice term = expr_term(ending->when, i, persona_value, &context, &holds);

		if (!holds) {
			*unmet = term;
			return ENDING_WHEN;
		}
	}
	if (ending->when && question_open(turn))
		return ENDING_QUESTION;
	return ending->when && opened_up(turn) ? ENDING_OPENED : ENDING_NOTHING;
}

const struct ending *persona_ending(struct mind *mind, struct turn *turn, struct slice *line)
{
	const struct scenario *scenario = mind->scenario;
	struct persona_context context = {.mind = mind, .turn = turn};
	bool bell = persona_minutes(mind) >= (double)scenario->minutes || mind->turn >= LIMIT_TURNS;
	const struct ending *found = NULL;
	const struct alternative *alternative;
	struct strbuf words = {0};
	bool fresh;
	size_t i;

	for (i = 0; i < scenario->ending_count && !found; i++) {
		const struct ending *ending = &scenario->endings[i];

		if (ending->when && !question_open(turn) && !opened_up(turn) &&
		    expr_holds(ending->when, persona_value, &context))
			found = ending;
	}
	for (i = 0; i < scenario->ending_count && bell && !found; i++) {
		if (!scenario->endings[i].when)
			found = &scenario->endings[i];
	}
	*line = SLICE("");
	if (!found || !found->reply)
		return found;
	alternative = persona_pick(mind, turn, found->reply, &fresh);
	if (alternative) {
		persona_say(mind, turn, alternative, &words);
		*line = slice_copy(mind->arena, strbuf_slice(&words));
		strbuf_release(&words);
	}
	return found;
}
