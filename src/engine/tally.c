/* tally.c: see tally.h. */
#include "engine/tally.h"

static uint64_t *nevers(struct arena *arena, size_t count)
{
	uint64_t *cells = ARENA_ARRAY(arena, uint64_t, count);
	size_t i;

	for (i = 0; i < count; i++)
		cells[i] = TALLY_NEVER;
	return cells;
}

struct tally *tally_new(const struct scenario *scenario, const struct ruleset *ruleset,
                        size_t styles)
{
	struct tally *tally = mem_alloc(sizeof(*tally));
	struct arena *arena = &tally->arena;
	size_t endings = scenario->ending_count + 1;

	tally->scenario = scenario;
	tally->ruleset = ruleset;
	tally->style_count = styles;
	tally->styles = ARENA_ARRAY(arena, struct tally_style, styles);
	tally->endings = ARENA_ARRAY(arena, uint64_t, styles * endings);
	tally->first_ending = nevers(arena, endings);
	tally->said = ARENA_ARRAY(arena, uint64_t, scenario->alternative_total + 1);
	tally->first_said = nevers(arena, scenario->alternative_total + 1);
	tally->fallen = ARENA_ARRAY(arena, uint64_t, scenario->reply_total + 1);
	tally->again = ARENA_ARRAY(arena, uint64_t, scenario->reply_total + 1);
	tally->heard = ARENA_ARRAY(arena, uint64_t, ruleset->rule_count + 1);
	tally->named = ARENA_ARRAY(arena, uint64_t, scenario->topic_count + 1);
	tally->first_fallback = TALLY_NEVER;
	tally->first_repeat = TALLY_NEVER;
	tally->first_spurned = TALLY_NEVER;
	return tally;
}

void tally_free(struct tally *tally)
{
	if (!tally)
		return;
	arena_release(&tally->arena);
	free(tally);
}

static void earlier(uint64_t *first, uint64_t number)
{
	if (number < *first)
		*first = number;
}

/* Her proper reply was said before, in the same words and not long ago. */
static bool is_repeat(const struct session *session, const struct turn *turn)
{
	uint32_t from = turn->number > TALLY_REPEAT_TURNS ? turn->number - TALLY_REPEAT_TURNS : 1;

	for (; from < turn->number; from++) {
		const struct turn *before = session_turn(session, from);

		if (before->line_id.len && slice_eq(before->line_id, turn->line_id) &&
		    (slice_starts(turn->line, before->line) ||
		     slice_starts(before->line, turn->line)))
			return true;
	}
	return false;
}

static bool had_choice(const struct turn *turn)
{
	size_t i;

	for (i = 0; i < turn->candidate_count; i++) {
		if (!turn->candidates[i].said)
			return true;
	}
	return false;
}

static void add_heard(struct tally *tally, const struct turn *turn)
{
	size_t i;
	size_t j;

	for (i = 0; i < turn->heard.count; i++) {
		uint32_t rule = turn->heard.items[i].rule->index;

		for (j = 0; j < i && turn->heard.items[j].rule->index != rule; j++)
			;
		tally->heard[rule] += j == i;
	}
	for (i = 0; i < tally->scenario->topic_count; i++)
		tally->named[i] += turn->topics >> i & 1;
}

static void add_turn(struct tally *tally, const struct session *session, const struct turn *turn,
                     struct tally_style *style, uint64_t number)
{
	int meter;

	add_heard(tally, turn);
	style->tells += turn->tell != NULL;
	style->words += turn->heard.clauses.words;
	if (turn->fallback && turn->reply) {
		style->fallbacks++;
		tally->fallen[turn->reply->index]++;
		earlier(&tally->first_fallback, number);
	}
	if (turn->reply && is_repeat(session, turn)) {
		bool choice = had_choice(turn);

		style->repeats += !choice;
		style->spurned += choice;
		tally->again[turn->reply->index]++;
		earlier(choice ? &tally->first_spurned : &tally->first_repeat, number);
	}
	for (meter = 0; meter < METERS; meter++) {
		tally->ups[meter] += turn->after[meter] > turn->before[meter];
		tally->downs[meter] += turn->after[meter] < turn->before[meter];
	}
}

static void add_meters(struct tally_style *style, const struct session *session, size_t turns)
{
	size_t turn;
	int meter;

	for (turn = 0; turns && turn < TALLY_TURNS; turn++) {
		const struct turn *there = session_turn(session, turn < turns ? turn + 1 : turns);

		for (meter = 0; meter < METERS; meter++)
			style->meters[turn][meter][there->after[meter] - METER_MIN]++;
	}
}

struct saying_context {
	struct tally *tally;
	const struct session *session;
	uint64_t number;
};

static void add_said(void *context, const struct reply *reply)
{
	const struct saying_context *here = context;
	size_t i;

	for (i = 0; i < reply->alternative_count; i++) {
		const struct alternative *words = &reply->alternatives[i];

		if (!session_said(here->session, words))
			continue;
		here->tally->said[words->index]++;
		earlier(&here->tally->first_said[words->index], here->number);
	}
}

/* The words of the last paragraph up to a slot. */
static struct slice last_words(const struct alternative *words)
{
	struct slice last = words->lines[words->line_count - 1].words;

	return slice_sub(last, 0, slice_find(last, SLICE("{")));
}

/* Her first words and her last ones come outside of any turn: they are known by their text. */
static void add_outside(struct tally *tally, const struct reply *reply, struct slice line,
                        uint64_t number)
{
	size_t i;

	for (i = 0; reply && line.len && i < reply->alternative_count; i++) {
		const struct alternative *words = &reply->alternatives[i];

		if (words->line_count == 0 || slice_find(line, last_words(words)) == line.len)
			continue;
		tally->said[words->index]++;
		earlier(&tally->first_said[words->index], number);
		return;
	}
}

void tally_add(struct tally *tally, const struct session *session, size_t style, uint64_t number)
{
	const struct scenario *scenario = session_scenario(session);
	const struct ending *ending = session_ending(session);
	struct tally_style *sums = &tally->styles[style];
	size_t which = ending ? (size_t)(ending - scenario->endings) : scenario->ending_count;
	struct saying_context context = {tally, session, number};
	size_t turns = session_turns(session);
	size_t i;

	sums->runs++;
	sums->turns += turns;
	sums->agreed += session_agreed(session);
	sums->good += ending && ending->good;
	tally->endings[style * (scenario->ending_count + 1) + which]++;
	earlier(&tally->first_ending[which], number);
	for (i = 1; i <= turns; i++)
		add_turn(tally, session, session_turn(session, i), sums, number);
	add_meters(sums, session, turns);
	tally_replies(scenario, add_said, &context);
	add_outside(tally, scenario->opening, session_line_before(session, 1), number);
	if (ending)
		add_outside(tally, ending->reply, session_turn(session, turns)->ending_line,
		            number);
}

static void add_cells(uint64_t *to, const uint64_t *from, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		to[i] += from[i];
}

static void least_cells(uint64_t *to, const uint64_t *from, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		earlier(&to[i], from[i]);
}

static void add_style(struct tally_style *to, const struct tally_style *from)
{
	to->runs += from->runs;
	to->turns += from->turns;
	to->fallbacks += from->fallbacks;
	to->repeats += from->repeats;
	to->spurned += from->spurned;
	to->tells += from->tells;
	to->agreed += from->agreed;
	to->good += from->good;
	to->words += from->words;
	add_cells(&to->meters[0][0][0], &from->meters[0][0][0],
	          (size_t)TALLY_TURNS * METERS * TALLY_VALUES);
}

void tally_merge(struct tally *tally, const struct tally *part)
{
	const struct scenario *scenario = tally->scenario;
	size_t endings = scenario->ending_count + 1;
	size_t i;

	for (i = 0; i < tally->style_count; i++)
		add_style(&tally->styles[i], &part->styles[i]);
	add_cells(tally->endings, part->endings, tally->style_count * endings);
	least_cells(tally->first_ending, part->first_ending, endings);
	add_cells(tally->said, part->said, scenario->alternative_total);
	least_cells(tally->first_said, part->first_said, scenario->alternative_total);
	add_cells(tally->fallen, part->fallen, scenario->reply_total);
	add_cells(tally->again, part->again, scenario->reply_total);
	add_cells(tally->heard, part->heard, tally->ruleset->rule_count);
	add_cells(tally->named, part->named, scenario->topic_count);
	add_cells(tally->ups, part->ups, METERS);
	add_cells(tally->downs, part->downs, METERS);
	earlier(&tally->first_fallback, part->first_fallback);
	earlier(&tally->first_repeat, part->first_repeat);
	earlier(&tally->first_spurned, part->first_spurned);
}

struct tally_style tally_sum(const struct tally *tally)
{
	struct tally_style sum = {0};
	size_t i;

	for (i = 0; i < tally->style_count; i++)
		add_style(&sum, &tally->styles[i]);
	return sum;
}

int tally_quantile(const struct tally_style *style, uint32_t turn, enum meter meter, double share)
{
	const uint64_t *values = style->meters[turn - 1][meter];
	uint64_t below = 0;
	uint64_t all = 0;
	int i;

	for (i = 0; i < TALLY_VALUES; i++)
		all += values[i];
	for (i = 0; i < TALLY_VALUES - 1; i++) {
		below += values[i];
		if ((double)below > share * (double)all ||
		    ((double)below >= share * (double)all && below))
			break;
	}
	return METER_MIN + i;
}

typedef void (*visitor)(void *context, const struct reply *reply);

static void visit_one(const struct reply *reply, visitor visit, void *context)
{
	size_t i;

	if (!reply)
		return;
	visit(context, reply);
	for (i = 0; i < reply->then_count; i++)
		visit_one(reply->then[i], visit, context);
}

static void visit_list(const struct reply *const *replies, size_t count, visitor visit,
                       void *context)
{
	size_t i;

	for (i = 0; i < count; i++)
		visit_one(replies[i], visit, context);
}

void tally_replies(const struct scenario *scenario,
                   void (*visit)(void *context, const struct reply *reply), void *context)
{
	size_t i;

	visit_one(scenario->opening, visit, context);
	for (i = 0; i < scenario->beat_count; i++)
		visit_list(scenario->beats[i].replies, scenario->beats[i].reply_count, visit,
		           context);
	visit_list(scenario->replies, scenario->reply_count, visit, context);
	for (i = 0; i < scenario->fact_count; i++) {
		visit_one(scenario->facts[i].reply, visit, context);
		visit_one(scenario->facts[i].agree, visit, context);
		visit_one(scenario->facts[i].deny, visit, context);
	}
	for (i = 0; i < scenario->tell_count; i++)
		visit_one(scenario->tells[i].reply, visit, context);
	for (i = 0; i < scenario->ending_count; i++)
		visit_one(scenario->endings[i].reply, visit, context);
	visit_list(scenario->stock, scenario->stock_count, visit, context);
}
