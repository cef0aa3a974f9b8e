/* persona_weigh.c: every reply that fits, in DESIGN's order. See persona.h.
 *
 * Every reply that fits anything in the utterance becomes one `struct choice`; they are put in
 * order, and the first that was not said before is said. The order is
 * - level: a specific answer to a request, proposal, feedback or feeling; to "a question" as such;
 *   a courtesy; a statement as such; `otherwise`
 * - thing: the clause with the highest `answers` rank, the last of equals
 * - aim: of the beat's and the scenario's, those about a topic named in that very clause
 * - of the beat's and the scenario's again, those to more than a mere question or statement about
 * it
 * - tier: `then` of her last line, beat, scenario, what she knows, temperament
 * - care: number of conditions, then file order */
#include "engine/persona_parts.h"

void persona_things(struct choosing *choosing)
{
	const struct turn *turn = choosing->turn;
	size_t i;
	size_t j;

	for (i = 0; i < turn->heard.count; i++) {
		const struct detection *one = &turn->heard.items[i];

		for (j = 0; j < choosing->thing_count; j++) {
			if (choosing->things[j].clause == one->clause)
				break;
		}
		if (j == choosing->thing_count) {
			if (j == LIMIT_CLAUSES)
				continue;
			choosing->things[choosing->thing_count++] =
			        (struct thing){one, one->move->answers, one->clause};
		} else if (one->move->answers > choosing->things[j].rank) {
			choosing->things[j].first = one;
			choosing->things[j].rank = one->move->answers;
		}
	}
	for (i = 1; i < choosing->thing_count; i++) {
		struct thing moved = choosing->things[i];

		for (j = i; j > 0 && (moved.rank > choosing->things[j - 1].rank ||
		                      (moved.rank == choosing->things[j - 1].rank &&
		                       moved.clause > choosing->things[j - 1].clause));
		     j--)
			choosing->things[j] = choosing->things[j - 1];
		choosing->things[j] = moved;
	}
}

/* The detection in this clause that the reply is `on`, the non-generic and highest ranked first; or
 * NULL. */
static const struct detection *triggers(const struct choosing *choosing, const struct reply *reply,
                                        const struct thing *thing)
{
	const struct turn *turn = choosing->turn;
	const struct detection *best = NULL;
	size_t i;
	size_t j;

	for (i = 0; i < turn->heard.count; i++) {
		const struct detection *one = &turn->heard.items[i];

		if (one->clause != thing->clause)
			continue;
		for (j = 0; j < reply->on_count; j++) {
			if (reply->on[j] != one->move)
				continue;
			if (!best || (best->move->generic && !one->move->generic) ||
			    (best->move->generic == one->move->generic &&
			     one->move->answers > best->move->answers))
				best = one;
		}
	}
	return best;
}

bool persona_is_any(const struct reply *reply)
{
	return reply->on_count == 0 && reply->stances == 0 && !reply->otherwise;
}

/* Feedback is about what it names; a question or a feeling may go on about what was last named. */
static bool about_holds(const struct choosing *choosing, const struct reply *reply,
                        const struct detection *answered)
{
	if (reply->about >= 0 && answered && answered->move->answers == ANSWERS_FEEDBACK &&
	    !answered->move->room && !choosing->turn->topics)
		return false;
	return reply->about < 0 ||
	       persona_topics(choosing->mind, choosing->turn, answered) >> reply->about & 1;
}

static bool when_holds(struct choosing *choosing, const struct reply *reply)
{
	return !reply->when || expr_holds(reply->when, persona_value, &choosing->context);
}

static void add_choice(struct choosing *choosing, struct choice choice)
{
	choosing->choices = arena_grow(choosing->mind->arena, choosing->choices, &choosing->cap,
	                               choosing->count + 1, sizeof(choice));
	choice.order = choosing->count;
	choosing->choices[choosing->count++] = choice;
}

/* A stance that denies or hedges must not be contradicted by another answer to the same clause. */
static bool contradicts(const struct choosing *choosing, const struct reply *reply,
                        const struct thing *thing, bool by_stance)
{
	const struct stance_taken *stance = &choosing->stance;

	if (!stance->binding || by_stance || stance->why->clause != thing->clause)
		return false;
	return (stance->stances & 1u << STANCE_DENY) || reply->about < 0;
}

/* A question whether something is so, of which she knows nothing, names all that it is about, there
 * or in the clause before: what was named in an earlier turn does not answer it. */
static bool strays(const struct choosing *choosing, const struct reply *reply,
                   const struct thing *thing)
{
	const struct stance_taken *stance = &choosing->stance;

	return reply->about >= 0 && stance->stances & 1u << STANCE_HEDGE &&
	       stance->why->clause == thing->clause &&
	       stance->why->move->answers == ANSWERS_REQUEST &&
	       !(choosing->turn->clause_topics[thing->clause] >> reply->about & 1) &&
	       !(thing->clause &&
	         choosing->turn->clause_topics[thing->clause - 1] >> reply->about & 1);
}

/* Resists it, takes it, or says what is in its way: as much about what it names as any move. */
static bool takes_proposal(const struct choosing *choosing, bool by_stance)
{
	return by_stance && choosing->stance.degree >= 0;
}

static void weigh(struct choosing *choosing, const struct reply *reply, enum tier tier)
{
	size_t i;

	for (i = 0; i < choosing->thing_count; i++) {
		const struct thing *thing = &choosing->things[i];
		const struct detection *on = triggers(choosing, reply, thing);
		bool by_stance = choosing->stance.why &&
		                 choosing->stance.why->clause == thing->clause &&
		                 (reply->stances & choosing->stance.stances);
		struct choice choice = {.reply = reply,
		                        .answers = by_stance ? choosing->stance.why : on,
		                        .tier = tier,
		                        .thing = i,
		                        .conditions = reply->conditions,
		                        .stance = by_stance};

		if (persona_is_any(reply))
			choice.answers = thing->first;
		if (!choice.answers || contradicts(choosing, reply, thing, by_stance) ||
		    strays(choosing, reply, thing) ||
		    !about_holds(choosing, reply, choice.answers) || !when_holds(choosing, reply))
			continue;
		if (!by_stance && reply->about < 0 && choice.answers->move->generic)
			choice.level = choice.answers->move->answers == ANSWERS_REQUEST
			                       ? LEVEL_QUESTION
			                       : LEVEL_STATEMENT;
		else if (!by_stance && choice.answers->move->answers == ANSWERS_COURTESY)
			choice.level = LEVEL_COURTESY;
		choice.mere = !by_stance && choice.answers->move->generic;
		choice.aimed = reply->about >= 0 &&
		               (reply->on_count || takes_proposal(choosing, by_stance)) &&
		               choosing->turn->clause_topics[thing->clause] >> reply->about & 1;
		/* A nod, a label, a verdict are no mere statement about what was last named. */
		if (choice.mere && !choice.aimed && thing->rank != ANSWERS_NONE &&
		    choice.answers->move->answers != ANSWERS_REQUEST)
			choice.level = LEVEL_STATEMENT;
		add_choice(choosing, choice);
		return;
	}
}

static void weigh_all(struct choosing *choosing, const struct reply *const *replies, size_t count,
                      enum tier tier, enum reply_kind kind)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct reply *reply = replies[i];

		if (reply->kind != kind)
			continue;
		if (!reply->otherwise) {
			weigh(choosing, reply, tier);
		} else if (when_holds(choosing, reply)) {
			add_choice(choosing, (struct choice){.reply = reply,
			                                     .tier = tier,
			                                     .level = LEVEL_OTHERWISE,
			                                     .conditions = reply->conditions});
		}
	}
}

/* She is asked about something in this clause: a question, a pause, an encourager, a reflection;
 * but a proposal wants its answer, whatever it names and however it is put ("what if Ruby …"),
 * unless it makes room as well. */
static bool asks_her(const struct choosing *choosing, uint32_t clause)
{
	const struct turn *turn = choosing->turn;
	const struct stance_taken *stance = &choosing->stance;
	bool proposed = stance->degree >= 0 && stance->why->clause == clause;
	size_t i;

	if (proposed && !turn->heard.clauses.items[clause].question)
		return false;
	for (i = 0; i < turn->heard.count; i++) {
		const struct detection *one = &turn->heard.items[i];

		if (one->clause == clause &&
		    (one->move->room || (!proposed && one->move->answers == ANSWERS_REQUEST)))
			return true;
	}
	return false;
}

static bool names(const struct choosing *choosing, const struct fact *fact, uint32_t clause)
{
	const struct turn *turn = choosing->turn;
	struct slice words =
	        slice_span(turn->heard.folded.text, turn->heard.clauses.items[clause].where);

	return topic_find(choosing->mind->scenario, choosing->mind->scratch, words) >> fact->about &
	       1;
}

/* What she is asked about in this clause is this fact: it is named here; or just before, and the
 * clause makes room ("Maisie. What happened?"); or nothing is, and a silence or a nod lets her go
 * on about what was last named. */
static bool asks_for(const struct choosing *choosing, const struct fact *fact,
                     const struct thing *thing)
{
	const struct turn *turn = choosing->turn;
	bool near = turn->topics ? thing->clause > 0 && names(choosing, fact, thing->clause - 1)
	                         : thing->rank == ANSWERS_COURTESY;
	size_t i;

	if (names(choosing, fact, thing->clause))
		return true;
	for (i = 0; near && i < turn->heard.count; i++) {
		const struct detection *one = &turn->heard.items[i];

		if (one->clause == thing->clause && one->move->room)
			return true;
	}
	return false;
}

static void weigh_fact(struct choosing *choosing, const struct fact *fact)
{
	const struct reply *own = NULL;
	size_t i;

	if (choosing->stance.fact == fact)
		own = choosing->stance.stances & 1u << STANCE_AGREE ? fact->agree : fact->deny;
	if (own)
		add_choice(choosing, (struct choice){.reply = own,
		                                     .answers = choosing->stance.why,
		                                     .tier = TIER_KNOWS,
		                                     .conditions = 2,
		                                     .stance = true});
	if (!fact->reply)
		return;
	for (i = 0; i < choosing->thing_count; i++) {
		const struct thing *thing = &choosing->things[i];

		if (asks_her(choosing, thing->clause) &&
		    !contradicts(choosing, fact->reply, thing, false) &&
		    about_holds(choosing, fact->reply, thing->first) &&
		    asks_for(choosing, fact, thing)) {
			add_choice(choosing,
			           (struct choice){.reply = fact->reply,
			                           .answers = thing->first,
			                           .tier = TIER_KNOWS,
			                           .level = thing->rank == ANSWERS_COURTESY
			                                            ? LEVEL_COURTESY
			                                            : LEVEL_SPECIFIC,
			                           .thing = i,
			                           .conditions = 1});
			return;
		}
	}
}

/* Between her last line, which goes on as it will, and what she merely knows. */
static bool of_talk(const struct choice *choice)
{
	return choice->tier == TIER_BEAT || choice->tier == TIER_SCENARIO;
}

/* An answer to what hurts her. */
static bool winces(const struct choice *choice)
{
	return choice->answers && meter_goodness(&choice->answers->move->effects) < 0;
}

static bool before(const struct choice *a, const struct choice *b)
{
	if (a->level != b->level)
		return a->level < b->level;
	if (a->thing != b->thing)
		return a->thing < b->thing;
	if (a->mere != b->mere && winces(a->mere ? b : a))
		return b->mere;
	if (a->aimed != b->aimed && of_talk(a) && of_talk(b))
		return a->aimed;
	if (a->mere != b->mere && of_talk(a) && of_talk(b))
		return b->mere;
	if (a->tier != b->tier)
		return a->tier < b->tier;
	if (a->conditions != b->conditions)
		return a->conditions > b->conditions;
	return a->order < b->order;
}

static void sort_choices(struct choosing *choosing)
{
	size_t i;
	size_t j;

	for (i = 1; i < choosing->count; i++) {
		struct choice moved = choosing->choices[i];

		for (j = i; j > 0 && before(&moved, &choosing->choices[j - 1]); j--)
			choosing->choices[j] = choosing->choices[j - 1];
		choosing->choices[j] = moved;
	}
}

/* What follows a tell answers no question that names something else, unless it says so itself. */
static void keep_to_what_was_told(struct choosing *choosing)
{
	int about = choosing->mind->last_told->about;
	uint64_t told = about >= 0 ? UINT64_C(1) << about : 0;
	size_t kept = 0;
	size_t i;

	for (i = 0; i < choosing->count; i++) {
		const struct choice *choice = &choosing->choices[i];
		uint64_t named =
		        choosing->turn->clause_topics[choosing->things[choice->thing].clause];

		if (choice->reply->about >= 0 || !named || named & told || !choice->answers ||
		    choice->answers->move->answers != ANSWERS_REQUEST)
			choosing->choices[kept++] = *choice;
	}
	choosing->count = kept;
}

void persona_gather(struct choosing *choosing, enum reply_kind kind)
{
	const struct mind *mind = choosing->mind;
	const struct scenario *scenario = mind->scenario;
	size_t i;

	choosing->choices = NULL;
	choosing->count = 0;
	choosing->cap = 0;
	if (mind->last_told) {
		weigh_all(choosing, mind->last_told->reply->then,
		          mind->last_told->reply->then_count, TIER_THEN, kind);
		keep_to_what_was_told(choosing);
	}
	if (mind->last && choosing->count == 0 &&
	    !(mind->last_told && mind->last_told->reply == mind->last))
		weigh_all(choosing, mind->last->then, mind->last->then_count, TIER_THEN, kind);
	if (mind->beat >= 0)
		weigh_all(choosing, scenario->beats[mind->beat].replies,
		          scenario->beats[mind->beat].reply_count, TIER_BEAT, kind);
	weigh_all(choosing, scenario->replies, scenario->reply_count, TIER_SCENARIO, kind);
	for (i = 0; kind == REPLY_PROPER && i < scenario->fact_count; i++)
		weigh_fact(choosing, &scenario->facts[i]);
	weigh_all(choosing, scenario->stock, scenario->stock_count, TIER_TEMPERAMENT, kind);
	sort_choices(choosing);
}

const struct choice *persona_pick_choice(const struct choosing *choosing, bool again,
                                         const struct alternative **words)
{
	const struct mind *mind = choosing->mind;
	const struct choice *oldest = NULL;
	size_t i;

	*words = NULL;
	for (i = 0; i < choosing->count; i++) {
		const struct choice *choice = &choosing->choices[i];
		bool fresh;
		const struct alternative *one =
		        persona_pick(mind, choosing->turn, choice->reply, &fresh);

		if (one && fresh) {
			*words = one;
			return choice;
		}
		if (one && again &&
		    (!*words || mind->alternative_said[one->index] <
		                        mind->alternative_said[(*words)->index])) {
			*words = one;
			oldest = choice;
		}
	}
	return oldest;
}
