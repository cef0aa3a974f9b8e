/* persona_choose.c: which reply she gives: DESIGN's "How the ECT chooses". See persona.h.
 *
 * Every reply that fits anything in the utterance becomes one `struct choice`; they are put in
 * order, and the first that was not said before is said. The order is level   a specific answer to
 * a request, proposal, feedback or feeling; to "a question" as such; a courtesy; a statement as
 * such; `otherwise` thing   the clause with the highest `answers` rank, the last of equals tier
 * `then` of her last line, beat, scenario, what she knows, temperament care    number of
 * conditions, then file order. */
#include "engine/persona.h"

#include "base/limits.h"

enum level { LEVEL_SPECIFIC, LEVEL_QUESTION, LEVEL_COURTESY, LEVEL_STATEMENT, LEVEL_OTHERWISE };

/* A clause of the utterance with what was heard in it: one thing she may answer. */
struct thing {
	const struct detection *first; /* the highest ranked in it */
	enum answers rank;
	uint32_t clause;
};

struct choice {
	const struct reply *reply;
	const struct detection *answers; /* what in the utterance, or NULL */
	enum tier tier;
	enum level level;
	size_t thing; /* place in the order of things */
	size_t conditions;
	size_t order; /* of finding: file order within a tier */
	bool stance; /* chosen by a stance */
};

struct choosing {
	struct mind *mind;
	struct turn *turn;
	struct persona_context context;
	struct stance_taken stance;
	struct thing things[LIMIT_CLAUSES];
	size_t thing_count;
	struct choice *choices;
	size_t count, cap;
};

/* Things in the order in which she would answer them. */
static void find_things(struct choosing *choosing)
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

static bool is_any(const struct reply *reply)
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

		if (is_any(reply))
			choice.answers = thing->first;
		if (!choice.answers || contradicts(choosing, reply, thing, by_stance) ||
		    !about_holds(choosing, reply, choice.answers) || !when_holds(choosing, reply))
			continue;
		if (!by_stance && reply->about < 0 && choice.answers->move->generic)
			choice.level = choice.answers->move->answers == ANSWERS_REQUEST
			                       ? LEVEL_QUESTION
			                       : LEVEL_STATEMENT;
		else if (!by_stance && choice.answers->move->answers == ANSWERS_COURTESY)
			choice.level = LEVEL_COURTESY;
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
 * but a proposal wants its answer, whatever it names. */
static bool asks_her(const struct choosing *choosing, uint32_t clause)
{
	const struct turn *turn = choosing->turn;
	const struct stance_taken *stance = &choosing->stance;
	size_t i;

	if (stance->degree >= 0 && stance->why->clause == clause &&
	    !turn->heard.clauses.items[clause].question)
		return false;
	for (i = 0; i < turn->heard.count; i++) {
		const struct detection *one = &turn->heard.items[i];

		if (one->clause == clause &&
		    (one->move->room || one->move->answers == ANSWERS_REQUEST))
			return true;
	}
	return false;
}

/* The mentor makes room in this clause: she may go on about what was last named. A narrow question
 * has to name it. */
static bool invites(const struct choosing *choosing, uint32_t clause)
{
	const struct detections *heard = &choosing->turn->heard;
	size_t i;

	for (i = 0; i < heard->count; i++) {
		if (heard->items[i].clause == clause && heard->items[i].move->room)
			return true;
	}
	return false;
}

static bool names(const struct choosing *choosing, const struct fact *fact,
                  const struct thing *thing)
{
	return choosing->turn->clause_topics[thing->clause] >> fact->about & 1;
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
		    (invites(choosing, thing->clause) || names(choosing, fact, thing))) {
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

static bool before(const struct choice *a, const struct choice *b)
{
	if (a->level != b->level)
		return a->level < b->level;
	if (a->thing != b->thing)
		return a->thing < b->thing;
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

static void gather(struct choosing *choosing, enum reply_kind kind)
{
	const struct mind *mind = choosing->mind;
	const struct scenario *scenario = mind->scenario;
	size_t i;

	choosing->choices = NULL;
	choosing->count = 0;
	choosing->cap = 0;
	if (mind->last)
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

/* The first that was never said in these words; else, if `again`, the one said longest ago. */
static const struct choice *pick(const struct choosing *choosing, bool again,
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

static void record_candidates(const struct choosing *choosing, const struct choice *won)
{
	struct turn *turn = choosing->turn;
	size_t i;

	turn->candidates = ARENA_ARRAY(choosing->mind->arena, struct candidate, choosing->count);
	turn->candidate_count = choosing->count;
	for (i = 0; i < choosing->count; i++) {
		const struct choice *choice = &choosing->choices[i];
		bool fresh;

		persona_pick(choosing->mind, turn, choice->reply, &fresh);
		turn->candidates[i] = (struct candidate){.reply = choice->reply,
		                                         .tier = choice->tier,
		                                         .conditions = choice->conditions,
		                                         .said = !fresh,
		                                         .won = choice == won};
	}
}

static void apply_reply(struct mind *mind, struct turn *turn, const struct reply *reply)
{
	struct change *change = &turn->changes[turn->change_count];
	bool any = false;
	int meter;

	if (!mind->effect_used[reply->index]) {
		for (meter = 0; meter < METERS; meter++) {
			int value = meter_clamp(mind->meters[meter] + reply->effects.change[meter]);

			change->effects.change[meter] = value - mind->meters[meter];
			any = any || change->effects.change[meter] != 0;
			mind->meters[meter] = value;
		}
		turn->change_count += any;
		mind->effect_used[reply->index] = true;
	}
	if (reply->go >= 0)
		mind->beat = reply->go;
	turn->cue = turn->cue || reply->cue;
	if (reply->thinks.len)
		turn->thinks = reply->thinks;
}

/* Her own step, or the proposal she took. */
static void bind_step(struct choosing *choosing, const struct choice *choice)
{
	struct mind *mind = choosing->mind;
	const uint32_t yes = 1u << STANCE_ACCEPT | 1u << STANCE_OWN_VERSION;
	bool accepted = choice->stance && (choice->reply->stances & choosing->stance.stances & yes);

	if (choice->reply->step.len)
		mind->step = choice->reply->step;
	else if (accepted)
		mind->step = persona_step_words(mind, choosing->turn, choosing->stance.why);
	else
		return;
	mind->agreed = true;
	mind->agreed_topics |= persona_topics(mind, choosing->turn, choice->answers);
}

static const struct tell *open_tell(struct choosing *choosing)
{
	struct mind *mind = choosing->mind;
	const struct turn *turn = choosing->turn;
	bool room = false;
	size_t i;

	if (mind->last_tell && mind->turn < mind->last_tell + TELL_TURNS)
		return NULL;
	for (i = 0; i < turn->heard.count; i++)
		room = room || turn->heard.items[i].move->room;
	if (!room)
		return NULL;
	for (i = 0; i < mind->scenario->tell_count; i++) {
		const struct tell *tell = &mind->scenario->tells[i];
		bool fresh;

		if (mind->tell_told[i] ||
		    (tell->about >= 0 &&
		     !topic_current(&mind->topics, tell->about, topic_moment(mind->turn, false))) ||
		    (tell->when && !expr_holds(tell->when, persona_value, &choosing->context)))
			continue;
		if (persona_pick(mind, turn, tell->reply, &fresh))
			return tell;
	}
	return NULL;
}

/* A line that says nothing of its own makes way for what she has to tell. */
static bool gives_way(const struct choice *choice)
{
	return choice->level != LEVEL_SPECIFIC || choice->tier == TIER_TEMPERAMENT;
}

/* The stage direction of a `shows` line that holds newly; NULL when none, or too soon after the
 * last one. */
static const struct slice *newly_shown(struct mind *mind, bool allowed, bool *tense)
{
	const struct scenario *scenario = mind->scenario;
	const struct slice *found = NULL;
	size_t i;

	for (i = 0; i < scenario->show_count; i++) {
		const struct shows *shows = &scenario->shows[i];
		int value = mind->meters[shows->meter];
		bool holds = shows->at_least ? value >= shows->value : value <= shows->value;

		if (!holds) {
			mind->shows_held[i] = false;
		} else if (!mind->shows_held[i] && allowed && !found && shows->direction_count) {
			mind->shows_held[i] = true;
			*tense = shows->meter == METER_TENSION && shows->at_least;
			found = &shows->directions[(mind->chance >> 33) % shows->direction_count];
		}
	}
	return found;
}

static void say_aside(struct choosing *choosing, const struct choice *proper, struct strbuf *line)
{
	const struct detection *answered = proper->answers;
	const struct alternative *words;
	const struct choice *aside;
	size_t i;
	size_t kept = 0;

	gather(choosing, REPLY_ASIDE);
	/* To one other thing: not the clause she answers. */
	for (i = 0; i < choosing->count; i++) {
		const struct choice *choice = &choosing->choices[i];

		if (choice->answers && answered && choice->answers->clause != answered->clause)
			choosing->choices[kept++] = *choice;
	}
	choosing->count = kept;
	aside = pick(choosing, false, &words);
	if (!aside)
		return;
	choosing->turn->aside = aside->reply;
	persona_say(choosing->mind, choosing->turn, words, line);
	persona_remember(choosing->mind, choosing->turn, words);
	apply_reply(choosing->mind, choosing->turn, aside->reply);
	strbuf_addc(line, ' ');
}

static void say_tell(struct choosing *choosing, const struct tell *tell, bool replaces,
                     struct strbuf *line)
{
	struct mind *mind = choosing->mind;
	struct turn *turn = choosing->turn;
	bool fresh;
	const struct alternative *words = persona_pick(mind, turn, tell->reply, &fresh);

	if (replaces) {
		turn->reply = tell->reply;
		turn->fallback = false;
		turn->line_id = words->id;
	} else {
		strbuf_addc(line, '\n');
	}
	persona_say(mind, turn, words, line);
	persona_remember(mind, turn, words);
	apply_reply(mind, turn, tell->reply);
	turn->tell = tell;
	mind->tell_told[tell->index] = true;
	mind->last_tell = mind->turn;
}

/* A temperament's bare yes or no about something she knows is followed by what she knows, while
 * that is new. */
static void add_fact(struct choosing *choosing, const struct choice *choice, struct strbuf *line)
{
	const struct fact *fact = choosing->stance.fact;
	const struct alternative *words;
	bool fresh;

	if (!fact || !fact->reply || !choice->stance || choice->tier != TIER_TEMPERAMENT)
		return;
	words = persona_pick(choosing->mind, choosing->turn, fact->reply, &fresh);
	if (!words || !fresh)
		return;
	strbuf_addc(line, ' ');
	persona_say(choosing->mind, choosing->turn, words, line);
	persona_remember(choosing->mind, choosing->turn, words);
	apply_reply(choosing->mind, choosing->turn, fact->reply);
}

static void compose(struct choosing *choosing, const struct choice *choice,
                    const struct alternative *words, struct strbuf *line)
{
	struct mind *mind = choosing->mind;
	struct turn *turn = choosing->turn;
	const struct tell *tell = open_tell(choosing);
	bool replaces = tell && gives_way(choice);
	struct choice proper = *choice;

	if (!tell)
		say_aside(choosing, &proper, line);
	if (!replaces) {
		persona_say(mind, turn, words, line);
		persona_remember(mind, turn, words);
		bind_step(choosing, &proper);
		apply_reply(mind, turn, proper.reply);
		add_fact(choosing, &proper, line);
	}
	if (tell)
		say_tell(choosing, tell, replaces, line);
}

/* Puts a stage direction before a line that has none. */
static void show(struct mind *mind, struct turn *turn, struct strbuf *line)
{
	bool bare = line->len && line->at[0] != '(';
	bool allowed = bare && (!mind->last_shows || mind->turn >= mind->last_shows + SHOWS_TURNS);
	bool tense = false;
	const struct slice *direction = newly_shown(mind, allowed, &tense);
	struct strbuf shown = {0};

	if (!direction)
		return;
	strbuf_addf(&shown, "(%.*s) ", SLICE_ARGS(*direction));
	strbuf_add(&shown, strbuf_slice(line));
	strbuf_release(line);
	*line = shown;
	mind->last_shows = mind->turn;
	turn->cue = turn->cue || tense;
}

void persona_choose(struct mind *mind, struct turn *turn, const struct history *before_turn)
{
	struct choosing *choosing = ARENA_NEW(mind->arena, struct choosing);
	const struct alternative *words;
	const struct choice *won;
	struct strbuf line = {0};
	size_t i;

	choosing->mind = mind;
	choosing->turn = turn;
	choosing->context = (struct persona_context){
	        mind, turn, history_echo(before_turn, mind->detector, turn->heard.folded.text)};
	persona_stance(mind, turn, before_turn, &choosing->stance);
	for (i = 0; i < STANCES; i++) {
		if (choosing->stance.stances >> i & 1 && i != STANCE_AGAIN)
			turn->stance = (uint32_t)i + 1;
	}
	find_things(choosing);
	gather(choosing, REPLY_PROPER);
	won = pick(choosing, true, &words);
	record_candidates(choosing, won);
	if (won) {
		turn->answered = won->answers;
		turn->reply = won->reply;
		turn->line_id = words->id;
		turn->fallback = won->level == LEVEL_QUESTION || won->level == LEVEL_STATEMENT ||
		                 won->level == LEVEL_OTHERWISE ||
		                 (is_any(won->reply) && won->reply->about < 0);
		compose(choosing, won, words, &line);
	} else {
		/* No scenario that passed `check` comes here: there is an `otherwise`. She says
		 * nothing. */
		turn->fallback = true;
		strbuf_addz(&line, "(says nothing)");
	}
	show(mind, turn, &line);
	turn->line = slice_copy(mind->arena, strbuf_slice(&line));
	mind->last = turn->reply;
	mind->cue = turn->cue;
	turn->beat = mind->beat;
	strbuf_release(&line);
}
