/* persona_choose.c: she says the reply that won, with what goes before and after it: DESIGN's "How
 * the ECT chooses". See persona.h. */
#include "engine/persona_parts.h"

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

	if (choice->reply->step.len) {
		mind->step = choice->reply->step;
		mind->step_own = true;
	} else if (!accepted) {
		return;
	} else if (!mind->step_own) {
		mind->step = persona_step_words(mind, choosing->turn, choosing->stance.why);
	}
	mind->agreed = true;
	mind->agreed_topics |= persona_topics(mind, choosing->turn, choice->answers);
}

/* What is about nothing in particular, or about something else than what is named, is no answer to
 * a question, nor to be put behind one. */
static bool out_of_place(const struct turn *turn, const struct tell *tell)
{
	size_t i;

	if (tell->about >= 0 && (!turn->topics || turn->topics >> tell->about & 1))
		return false;
	for (i = 0; i < turn->heard.count; i++) {
		if (turn->heard.items[i].move->answers == ANSWERS_REQUEST)
			return true;
	}
	return false;
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

		if (mind->tell_told[i] || out_of_place(turn, tell) ||
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

/* Of two stage directions with nothing between them the first goes; the second begins at `at`. */
static void one_direction(struct strbuf *line, size_t at)
{
	size_t open = at;

	if (at < 3 || at >= line->len || line->at[at] != '(' || line->at[at - 2] != ')')
		return;
	while (open > 0 && line->at[open - 1] != '(')
		open--;
	if (open-- == 0)
		return;
	memmove(line->at + open, line->at + at, line->len - at + 1);
	line->len -= at - open;
}

static void say_aside(struct choosing *choosing, const struct choice *proper, struct strbuf *line)
{
	const struct detection *answered = proper->answers;
	const struct alternative *words;
	const struct choice *aside;
	size_t i;
	size_t kept = 0;

	persona_gather(choosing, REPLY_ASIDE);
	/* To one other thing: not the clause she answers. */
	for (i = 0; i < choosing->count; i++) {
		const struct choice *choice = &choosing->choices[i];

		if (choice->answers && answered && choice->answers->clause != answered->clause)
			choosing->choices[kept++] = *choice;
	}
	choosing->count = kept;
	aside = persona_pick_choice(choosing, false, &words);
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
	turn->told = words;
	mind->tell_told[tell->index] = true;
	mind->last_tell = mind->turn;
}

/* A temperament's bare yes or no about something she knows is followed by what she knows, while
 * that is new. */
static void add_fact(struct choosing *choosing, const struct choice *choice, struct strbuf *line)
{
	const struct fact *fact = choosing->stance.fact;
	const struct alternative *words;
	size_t at;
	bool fresh;

	if (!fact || !fact->reply || !choice->stance || choice->tier != TIER_TEMPERAMENT)
		return;
	words = persona_pick(choosing->mind, choosing->turn, fact->reply, &fresh);
	if (!words || !fresh)
		return;
	strbuf_addc(line, ' ');
	at = line->len;
	persona_say(choosing->mind, choosing->turn, words, line);
	one_direction(line, at);
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
		size_t at = line->len;

		persona_say(mind, turn, words, line);
		one_direction(line, at);
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
	choosing->context = (struct persona_context){mind, turn};
	persona_stance(mind, turn, before_turn, &choosing->stance);
	for (i = 0; i < STANCES; i++) {
		if (choosing->stance.stances >> i & 1 && i != STANCE_AGAIN)
			turn->stance = (uint32_t)i + 1;
	}
	persona_things(choosing);
	persona_gather(choosing, REPLY_PROPER);
	won = persona_pick_choice(choosing, true, &words);
	record_candidates(choosing, won);
	if (won) {
		turn->answered = won->answers;
		turn->reply = won->reply;
		turn->line_id = words->id;
		turn->fallback = won->level == LEVEL_OTHERWISE ||
		                 (won->reply->about < 0 &&
		                  (won->level == LEVEL_QUESTION || won->level == LEVEL_STATEMENT ||
		                   persona_is_any(won->reply)));
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
	mind->last_told = turn->tell;
	mind->cue = turn->cue;
	turn->beat = mind->beat;
	strbuf_release(&line);
}
