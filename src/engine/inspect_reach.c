/* inspect_reach.c: beats nothing leads to, endings, tells and replies that never come. */
#include <inttypes.h>

#include "base/limits.h"
#include "engine/inspect_parts.h"
#include "engine/tally.h"

/* --- beats --- */

struct reached {
	bool beats[LIMIT_BEATS];
	bool changed;
};

static void follow(void *context, const struct reply *reply)
{
	struct reached *reached = context;

	if (reply->go < 0 || reached->beats[reply->go])
		return;
	reached->beats[reply->go] = true;
	reached->changed = true;
}

static void follow_all(const struct reply *reply, struct reached *reached)
{
	size_t i;

	follow(reached, reply);
	for (i = 0; i < reply->then_count; i++)
		follow_all(reply->then[i], reached);
}

/* Whether some `go` leads there at all is what the loader looks at. */
static void note_go(void *context, const struct reply *reply)
{
	bool *named = context;

	if (reply->go >= 0)
		named[reply->go] = true;
}

static void inspect_beats(struct inspecting *inspecting)
{
	const struct scenario *scenario = inspecting->scenario;
	struct scenario elsewhere = *scenario; /* all that is said in any beat */
	struct reached reached = {.beats = {true}, .changed = true};
	bool named[LIMIT_BEATS] = {false};
	size_t i;
	size_t j;

	elsewhere.beat_count = 0;
	tally_replies(&elsewhere, follow, &reached);
	tally_replies(scenario, note_go, named);
	for (reached.changed = true; reached.changed;) {
		reached.changed = false;
		for (i = 0; i < scenario->beat_count; i++) {
			for (j = 0; reached.beats[i] && j < scenario->beats[i].reply_count; j++)
				follow_all(scenario->beats[i].replies[j], &reached);
		}
	}
	for (i = 1; i < scenario->beat_count; i++) {
		if (reached.beats[i] || !named[i])
			continue;
		diag_warn(
		        inspecting->diags, scenario->beats[i].place,
		        "beat ‘%.*s’ is never reached: every ‘go’ that leads to it stands in beats "
		        "that are not reached either; lead to it from ‘%.*s’ or one after it",
		        SLICE_ARGS(scenario->beats[i].id), SLICE_ARGS(scenario->beats[0].id));
	}
	diags_name(inspecting->diags, "unreachable-beat");
}

/* --- endings --- */

/* What to do about a term that cannot come true. */
static const char *mend(struct slice why)
{
	if (slice_starts(why, SLICE("agreed")))
		return "; let some reply take a ‘step’, or be ‘on accept’";
	if (slice_starts(why, SLICE("told(")))
		return "; write something about it under ‘tells’, or ask for something else";
	return "; change the condition";
}

static bool same_text(struct slice a, struct slice b)
{
	struct slice left;
	struct slice right;

	for (;;) {
		bool more = slice_word(&a, &left);

		if (slice_word(&b, &right) != more)
			return false;
		if (!more)
			return true;
		if (!slice_eq(left, right))
			return false;
	}
}

static const struct ending *always_before(struct inspecting *inspecting, size_t index)
{
	const struct ending *endings = inspecting->scenario->endings;
	size_t i;

	for (i = 0; i < index; i++) {
		if (endings[i].when &&
		    !same_text(expr_text(endings[i].when), expr_text(endings[index].when)) &&
		    inspect_within(inspecting, endings[index].when, endings[i].when))
			return &endings[i];
	}
	return NULL;
}

static void inspect_endings(struct inspecting *inspecting)
{
	const struct scenario *scenario = inspecting->scenario;
	size_t i;

	for (i = 0; i < scenario->ending_count; i++) {
		const struct ending *ending = &scenario->endings[i];
		const struct ending *before;
		struct slice why = {0};

		if (!ending->when)
			continue;
		if (!inspect_opens(inspecting, ending->when, &why)) {
			diag_warn(inspecting->diags, ending->place,
			          "ending ‘%.*s’ is never reached: ‘%.*s’ cannot come true here%s",
			          SLICE_ARGS(ending->id), SLICE_ARGS(why), mend(why));
			continue;
		}
		before = always_before(inspecting, i);
		if (before)
			diag_warn(inspecting->diags, ending->place,
			          "ending ‘%.*s’ is never reached: whenever it could, ‘%.*s’ (line "
			          "%" PRIu32 ") comes first; move it above that",
			          SLICE_ARGS(ending->id), SLICE_ARGS(before->id),
			          before->place.line);
	}
	diags_name(inspecting->diags, "unreachable-ending");
}

/* --- tells --- */

static void inspect_tells(struct inspecting *inspecting)
{
	const struct scenario *scenario = inspecting->scenario;
	size_t i;

	for (i = 0; i < scenario->tell_count; i++) {
		const struct tell *tell = &scenario->tells[i];
		struct slice why = {0};

		if (inspect_opens(inspecting, tell->when, &why))
			continue;
		diag_warn(inspecting->diags, tell->place,
		          "this is never told: ‘%.*s’ cannot come true here%s", SLICE_ARGS(why),
		          tell->about >= 0 && inspecting->closed >> tell->about & 1 &&
		                          slice_starts(why, SLICE("told("))
		                  ? ", since only this would tell of it; ask for something else"
		                  : mend(why));
	}
	diags_name(inspecting->diags, "closed-tell");
}

/* --- replies --- */

static bool covers_moves(const struct reply *wider, const struct reply *reply)
{
	size_t i;
	size_t j;

	for (i = 0; i < reply->on_count; i++) {
		for (j = 0; j < wider->on_count && wider->on[j] != reply->on[i]; j++)
			;
		if (j == wider->on_count)
			return false;
	}
	return (reply->stances & ~wider->stances) == 0 && (reply->on_count || reply->stances);
}

/* Its words may wait for a slot to be bound. */
static bool has_slots(const struct reply *reply)
{
	size_t i;
	size_t j;

	for (i = 0; i < reply->alternative_count; i++) {
		const struct alternative *words = &reply->alternatives[i];

		for (j = 0; j < words->line_count; j++) {
			if (slice_find(words->lines[j].words, SLICE("{")) <
			    words->lines[j].words.len)
				return true;
		}
	}
	return reply->alternative_count == 0;
}

/* Whenever `reply` fits, `wider` fits too and is said first. */
static bool goes_before(struct inspecting *inspecting, const struct reply *wider, size_t at,
                        const struct reply *reply, size_t index)
{
	return wider != reply && wider->kind == reply->kind && !wider->otherwise &&
	       !reply->otherwise && wider->about == reply->about && covers_moves(wider, reply) &&
	       (wider->conditions > reply->conditions ||
	        (wider->conditions == reply->conditions && at < index)) &&
	       !has_slots(wider) && inspect_within(inspecting, reply->when, wider->when);
}

/* What was said gives way to what was not; so a reply comes late, but comes, unless there is no
 * second time. */
enum once { ONCE_NOT, ONCE_TURN, ONCE_THEN, ONCE_LEAVES };

static enum once no_second_time(struct inspecting *inspecting, const struct reply *wider,
                                const struct reply *reply, const struct reply *parent, int beat)
{
	const struct scenario *scenario = inspecting->scenario;
	double low[2];
	double high[2];

	inspect_turns(inspecting, reply->when, &low[0], &high[0]);
	inspect_turns(inspecting, wider->when, &low[1], &high[1]);
	if (low[0] >= high[0] && low[1] >= high[1])
		return ONCE_TURN;
	if (parent && parent->alternative_count == 1)
		return ONCE_THEN;
	if (!parent && beat >= 0 && wider->go >= 0 && wider->go != beat) {
		bool named[LIMIT_BEATS] = {false};

		tally_replies(scenario, note_go, named);
		if (!named[beat])
			return ONCE_LEAVES;
	}
	return ONCE_NOT;
}

static void never_wins(struct inspecting *inspecting, const struct reply *reply,
                       const struct reply *wider, enum once once)
{
	static const char *const why[] = {[ONCE_NOT] = "",
	                                  [ONCE_TURN] = ", and there is one such turn only",
	                                  [ONCE_THEN] = ", and it is open for one turn only",
	                                  [ONCE_LEAVES] = ", and then leaves this beat for good"};

	diag_warn(
	        inspecting->diags, reply->place,
	        "this reply never wins: the one in line %" PRIu32
	        " fits whenever it does and comes first%s; ask more of that one, or make this its "
	        "‘or’",
	        wider->place.line, why[once]);
	diags_name(inspecting->diags, "shadowed-reply");
}

static void inspect_list(struct inspecting *inspecting, const struct reply *const *replies,
                         size_t count, const struct reply *parent, int beat)
{
	size_t i;
	size_t j;

	for (i = 0; i < count; i++) {
		const struct reply *reply = replies[i];
		struct slice why = {0};

		if (!inspect_opens(inspecting, reply->when, &why)) {
			diag_warn(inspecting->diags, reply->place,
			          "this reply is never said: ‘%.*s’ cannot come true here%s",
			          SLICE_ARGS(why), mend(why));
			diags_name(inspecting->diags, "closed-reply");
			continue;
		}
		for (j = 0; j < count; j++) {
			enum once once;

			if (!goes_before(inspecting, replies[j], j, reply, i))
				continue;
			once = no_second_time(inspecting, replies[j], reply, parent, beat);
			if (once == ONCE_NOT)
				continue;
			never_wins(inspecting, reply, replies[j], once);
			break;
		}
		inspect_list(inspecting, reply->then, reply->then_count, reply, -1);
	}
}

static void inspect_one(struct inspecting *inspecting, const struct reply *reply)
{
	if (reply)
		inspect_list(inspecting, reply->then, reply->then_count, reply, -1);
}

static void inspect_replies(struct inspecting *inspecting)
{
	const struct scenario *scenario = inspecting->scenario;
	size_t i;

	inspect_one(inspecting, scenario->opening);
	for (i = 0; i < scenario->beat_count; i++)
		inspect_list(inspecting, scenario->beats[i].replies, scenario->beats[i].reply_count,
		             NULL, (int)i);
	inspect_list(inspecting, scenario->replies, scenario->reply_count, NULL, -1);
	for (i = 0; i < scenario->fact_count; i++) {
		inspect_one(inspecting, scenario->facts[i].reply);
		inspect_one(inspecting, scenario->facts[i].agree);
		inspect_one(inspecting, scenario->facts[i].deny);
	}
	for (i = 0; i < scenario->tell_count; i++)
		inspect_one(inspecting, scenario->tells[i].reply);
	inspect_list(inspecting, scenario->stock, scenario->stock_count, NULL, -1);
}

void inspect_reach(struct inspecting *inspecting)
{
	inspect_beats(inspecting);
	inspect_endings(inspecting);
	inspect_tells(inspecting);
	inspect_replies(inspecting);
}
