/* progress.c: see progress.h: reading the log, and what comes next. */
#include "edge/progress.h"

#include <math.h>

#include "edge/clock.h"
#include "edge/listing.h"

/* Far enough back to tell a habit. */
#define STREAK_MOST 60u

const struct store_item *progress_item(const struct progress *progress, enum practice_kind kind,
                                       struct slice id)
{
	for (size_t i = 0; i < progress->item_count; i++)
		if (progress->items[i].kind == kind && slice_eq(progress->items[i].id, id))
			return &progress->items[i];
	return NULL;
}

struct tally progress_tally(const struct store_conversation *conversation, enum tally_kind kind,
                            struct slice id)
{
	for (size_t i = 0; i < conversation->tally_count; i++)
		if (conversation->tallies[i].kind == kind &&
		    slice_eq(conversation->tallies[i].id, id))
			return conversation->tallies[i];
	return (struct tally){.kind = kind, .id = id};
}

static const struct library_scenario *scenario_by_id(const struct library *library, struct slice id)
{
	for (size_t i = 0; i < library->scenario_count; i++)
		if (!library->scenarios[i].broken && slice_eq(library->scenarios[i].file.id, id))
			return &library->scenarios[i];
	return NULL;
}

static const struct store_played *played_of(const struct progress *progress, struct slice id)
{
	for (size_t i = 0; i < progress->played_count; i++)
		if (slice_eq(progress->played[i].scenario, id))
			return &progress->played[i];
	return NULL;
}

/* "Open question" of open_question. */
static struct slice id_as_title(struct arena *arena, struct slice id)
{
	struct slice words = slice_id_words(arena, id);
	char *copy = ARENA_ARRAY(arena, char, words.len + 1);

	memcpy(copy, words.at, words.len);
	if (words.len && copy[0] >= 'a' && copy[0] <= 'z')
		copy[0] = (char)(copy[0] - 'a' + 'A');
	return (struct slice){copy, words.len};
}

struct slice progress_title(const struct progress *progress, enum practice_kind kind,
                            struct slice id)
{
	const struct ruleset *ruleset = progress->library->ruleset;

	if (kind == PRACTICE_SCENARIO) {
		const struct library_scenario *scenario = scenario_by_id(progress->library, id);

		if (scenario && scenario->header.title.len)
			return scenario->header.title;
	} else if (ruleset) {
		const struct move *move = ruleset_move(ruleset, id);

		if (move && move->title.len)
			return move->title;
	}
	return id_as_title(progress->arena, id);
}

/* What comes next. */

static bool known_move(const struct library *library, struct slice id)
{
	const struct move *move;

	if (!library->ruleset)
		return true;
	move = ruleset_move(library->ruleset, id);
	return move && !move->quiet && !practice_is_unhelpful(move);
}

static struct practice_item *add_choice(struct table *choices, struct arena *arena,
                                        enum practice_kind kind, struct slice id)
{
	struct practice_item *item = table_add(arena, choices, sizeof(*item));

	item->kind = kind;
	item->id = id;
	return item;
}

static void add_items(const struct progress *progress, struct table *choices)
{
	for (size_t i = 0; i < progress->item_count; i++) {
		const struct store_item *item = &progress->items[i];
		struct practice_item *choice;

		if (item->kind == PRACTICE_MOVE ? !known_move(progress->library, item->id)
		                                : !scenario_by_id(progress->library, item->id))
			continue;
		choice = add_choice(choices, progress->arena, item->kind, item->id);
		choice->state = item->course.now;
		choice->drilled_last = item->source == STORE_DRILL;
		choice->missed = item->source == STORE_MISSED;
	}
}

/* Moves that were called for, but never heard nor drilled. */
static void add_missed(const struct progress *progress, struct table *choices)
{
	for (size_t i = progress->recent_count; i-- > 0;) {
		const struct store_conversation *talk = &progress->recent[i];

		for (size_t j = 0; j < talk->tally_count; j++) {
			const struct tally *tally = &talk->tallies[j];
			struct practice_item *items = choices->items;
			size_t at = 0;

			if (tally->kind != TALLY_MOVE || tally->value > 0 || tally->of <= 0 ||
			    progress_item(progress, PRACTICE_MOVE, tally->id) ||
			    !known_move(progress->library, tally->id))
				continue;
			while (at < choices->count && (items[at].kind != PRACTICE_MOVE ||
			                               !slice_eq(items[at].id, tally->id)))
				at++;
			if (at < choices->count)
				items[at].missed++;
			else
				add_choice(choices, progress->arena, PRACTICE_MOVE, tally->id)
				        ->missed = 1;
		}
	}
}

static void add_new(const struct progress *progress, struct table *choices)
{
	const struct library *library = progress->library;
	size_t first = progress->played_count ? 0 : listing_first(library);

	if (first)
		add_choice(choices, progress->arena, PRACTICE_SCENARIO,
		           library->scenarios[first - 1].file.id);
	for (size_t i = 0; i < library->scenario_count; i++) {
		const struct library_scenario *scenario = &library->scenarios[i];

		if (i + 1 != first && !scenario->broken &&
		    !progress_item(progress, PRACTICE_SCENARIO, scenario->file.id))
			add_choice(choices, progress->arena, PRACTICE_SCENARIO, scenario->file.id);
	}
}

static void choose(struct progress *progress)
{
	struct table choices = {0};

	add_items(progress, &choices);
	add_missed(progress, &choices);
	add_new(progress, &choices);
	progress->choices = choices.items;
	progress->choice_count = choices.count;
	progress->next = practice_next(progress->choices, progress->choice_count, progress->now,
	                               &progress->why);
}

bool progress_read(struct store *store, struct library *library, double now, struct arena *arena,
                   struct progress *out, struct err *err)
{
	struct err ignored;

	*out = (struct progress){.arena = arena, .library = library, .now = now};
	/* A log that may not be written is still read: its drills count when it may again. */
	store_grade_drills(store, &ignored);
	if (!store_totals(store, &out->totals, err) ||
	    !store_conversations(store, PROGRESS_RECENT, 0, arena, &out->recent, &out->recent_count,
	                         err) ||
	    !store_items(store, arena, &out->items, &out->item_count, err) ||
	    !store_played(store, arena, &out->played, &out->played_count, err))
		return false;
	/* What a clock that was ahead has put into the future was practised just now. */
	for (size_t i = 0; i < out->item_count; i++)
		if (out->items[i].course.now.last > now)
			out->items[i].course.now.last = now;
	library_try(library);
	choose(out);
	return true;
}

/* Words. */

static bool same_day(double a, double b)
{
	struct strbuf days[2] = {{0}, {0}};
	bool same;

	clock_day(a, &days[0]);
	clock_day(b, &days[1]);
	same = slice_eq(strbuf_slice(&days[0]), strbuf_slice(&days[1]));
	strbuf_release(&days[0]);
	strbuf_release(&days[1]);
	return same;
}

/* Whole days between, at least 1. */
static unsigned days_between(double from, double to)
{
	double days = floor((to - from) / SCHEDULE_DAY + 0.5);

	return days < 1                   ? 1
	       : days > SCHEDULE_DAYS_MAX ? (unsigned)SCHEDULE_DAYS_MAX
	                                  : (unsigned)days;
}

struct slice progress_ago(const struct progress *progress, double at)
{
	unsigned days;

	if (at >= progress->now || same_day(at, progress->now))
		return SLICE("today");
	days = days_between(at, progress->now);
	return days == 1 ? SLICE("yesterday") : slice_format(progress->arena, "%u days ago", days);
}

struct slice progress_until(const struct progress *progress, double at)
{
	unsigned days;

	if (at <= progress->now)
		return SLICE("now");
	if (same_day(at, progress->now))
		return SLICE("today");
	days = days_between(progress->now, at);
	return days == 1 ? SLICE("tomorrow") : slice_format(progress->arena, "in %u days", days);
}

/* “, heard in 1 of the last 3 conversations” */
static void add_heard(const struct progress *progress, struct slice move, struct strbuf *out)
{
	size_t of =
	        progress->recent_count < PROGRESS_HEARD ? progress->recent_count : PROGRESS_HEARD;
	size_t heard = 0;

	for (size_t i = progress->recent_count - of; i < progress->recent_count; i++)
		heard += progress_tally(&progress->recent[i], TALLY_MOVE, move).value > 0;
	if (of == 1)
		strbuf_addz(out, heard ? ", heard in the last conversation"
		                       : ", not heard in the last conversation");
	else if (of)
		strbuf_addf(out, ", heard in %zu of the last %zu conversations", heard, of);
}

static void add_due(const struct progress *progress, struct strbuf *out)
{
	const struct practice_item *next = progress->next;
	const struct store_played *played = played_of(progress, next->id);

	strbuf_addf(out, "last %s %.*s",
	            next->kind == PRACTICE_SCENARIO ? "played"
	            : next->missed                  ? "called for"
	                                            : "practised",
	            SLICE_ARGS(progress_ago(progress, next->state.last)));
	if (next->kind == PRACTICE_MOVE)
		add_heard(progress, next->id, out);
	else if (played && played->ended)
		strbuf_addf(out, ", ended well %u of %u times", (unsigned)played->well,
		            (unsigned)played->ended);
	if (progress->why == PRACTICE_EARLY)
		strbuf_addf(out, ", due %.*s; nothing is due sooner",
		            SLICE_ARGS(progress_until(progress, schedule_due(&next->state))));
}

struct slice progress_why(const struct progress *progress)
{
	const struct practice_item *next = progress->next;
	struct strbuf words = {0};
	struct slice why;

	if (!next)
		return SLICE("");
	strbuf_addf(&words, "%.*s: ", SLICE_ARGS(progress_title(progress, next->kind, next->id)));
	switch (progress->why) {
	case PRACTICE_DUE:
	case PRACTICE_EARLY:
		add_due(progress, &words);
		break;
	case PRACTICE_MISSED:
		strbuf_addz(&words, "it had its place");
		if (next->missed > 1)
			strbuf_addf(&words,
			            " in %u of the last %zu conversations, but was not heard",
			            (unsigned)next->missed, progress->recent_count);
		else
			strbuf_addf(&words, " in %s, but was not heard",
			            progress->recent_count == 1 ? "the last conversation"
			                                        : "a conversation of late");
		break;
	case PRACTICE_NEW:
		if (progress->played_count == 0)
			strbuf_addz(&words, "the gentlest to begin with");
		else
			strbuf_addz(&words, played_of(progress, next->id)
			                            ? "not played to its end yet"
			                            : "not played yet");
		break;
	}
	why = slice_copy(progress->arena, strbuf_slice(&words));
	strbuf_release(&words);
	return why;
}

/* How. */

/* Whether a framework of that id has the move. */
static bool framework_has(const struct ruleset *ruleset, struct slice id, struct slice move)
{
	const struct framework *framework = ruleset ? ruleset_framework(ruleset, id) : NULL;

	for (size_t i = 0; framework && i < framework->item_count; i++)
		for (size_t j = 0; j < framework->items[i].move_count; j++)
			if (slice_eq(framework->items[i].moves[j]->id, move))
				return true;
	return false;
}

static bool practises(const struct progress *progress, const struct library_scenario *scenario,
                      struct slice move)
{
	struct slice rest = scenario->header.focus;
	struct slice part;

	while (slice_cut(&rest, ',', &part)) {
		part = slice_trim(part);
		if (slice_eq(part, move) || framework_has(progress->library->ruleset, part, move))
			return true;
	}
	return false;
}

/* The one that practises the move, else any; of those the one not played for longest. */
static const struct library_scenario *scenario_for(const struct progress *progress,
                                                   struct slice move)
{
	const struct library *library = progress->library;
	const struct library_scenario *best = NULL;
	bool best_fits = false;
	double best_last = 0;

	for (size_t i = 0; i < library->scenario_count; i++) {
		const struct library_scenario *scenario = &library->scenarios[i];
		const struct store_played *played = played_of(progress, scenario->file.id);
		bool fits = practises(progress, scenario, move);
		double last = played ? played->last : 0;

		if (scenario->broken ||
		    (best && (best_fits > fits || (best_fits == fits && best_last <= last))))
			continue;
		best = scenario;
		best_fits = fits;
		best_last = last;
	}
	return best;
}

static bool can_drill(const struct decks *decks, struct slice move)
{
	for (size_t i = 0; decks && i < decks->count; i++) {
		const struct deck *deck = decks->items[i];

		for (size_t j = 0; j < deck->prompt_count; j++)
			for (size_t k = 0; k < deck->prompts[j].ask_count; k++)
				if (slice_eq(deck->prompts[j].asks[k].move->id, move))
					return true;
	}
	return false;
}

bool progress_step(const struct progress *progress, const struct decks *decks,
                   struct progress_step *out)
{
	const struct practice_item *next = progress->next;

	*out = (struct progress_step){0};
	if (!next)
		return false;
	if (next->kind == PRACTICE_SCENARIO) {
		out->scenario = scenario_by_id(progress->library, next->id);
		return out->scenario != NULL;
	}
	out->focus = next->id;
	out->drill = !next->drilled_last && can_drill(decks, next->id);
	if (!out->drill)
		out->scenario = scenario_for(progress, next->id);
	return out->drill || out->scenario;
}

/* The past of each move. */

const struct mastery *progress_mastery(struct store *store, const struct ruleset *ruleset,
                                       int64_t except, double now, struct arena *arena,
                                       struct err *err)
{
	struct mastery *all = ARENA_ARRAY(arena, struct mastery, ruleset->move_count + 1);
	struct store_conversation *recent;
	struct store_item *items;
	size_t recent_count;
	size_t count;

	if (!store_conversations(store, MASTERY_PAST, except, arena, &recent, &recent_count, err) ||
	    !store_items(store, arena, &items, &count, err))
		return NULL;
	for (size_t i = 0; i < ruleset->move_count; i++) {
		all[i].past_count = (uint32_t)recent_count;
		for (size_t j = 0; j < recent_count; j++)
			all[i].past[j] = (uint32_t)progress_tally(&recent[j], TALLY_MOVE,
			                                          ruleset->moves[i]->id)
			                         .value;
	}
	for (size_t i = 0; i < count; i++) {
		const struct move *move = ruleset_move(ruleset, items[i].id);

		if (items[i].kind != PRACTICE_MOVE || !move)
			continue;
		all[move->index].recall = schedule_recall(&items[i].course.now, now);
		if (!store_streak(store, move->id, STREAK_MOST, except, &all[move->index].streak,
		                  err))
			return NULL;
	}
	return all;
}
