/* inspect_gate.c: what conditions may be in a scenario: how far meters come, what can come true. */
#include <math.h>

#include "base/limits.h"
#include "engine/inspect_parts.h"
#include "engine/session.h"
#include "engine/tally.h"

static void stretch(struct inspecting *inspecting, const struct effects *effects)
{
	int meter;

	for (meter = 0; meter < METERS; meter++) {
		if (effects->change[meter] > 0)
			inspecting->high[meter] = METER_MAX;
		if (effects->change[meter] < 0)
			inspecting->low[meter] = METER_MIN;
	}
}

static void look_at_reply(void *context, const struct reply *reply)
{
	struct inspecting *inspecting = context;
	const uint32_t yes = 1u << STANCE_ACCEPT | 1u << STANCE_OWN_VERSION;

	stretch(inspecting, &reply->effects);
	inspecting->steps = inspecting->steps || reply->step.len || reply->stances & yes;
}

static void find_self(void *context, int id, int arg)
{
	const struct tell *tell = context;

	/* Marked by a NULL reply in the copy handed in. */
	if (id == NAME_TOLD && arg == tell->about)
		((struct tell *)context)->reply = NULL;
}

/* The tell waits for another about the same topic. */
static bool asks_for_itself(const struct tell *tell)
{
	struct tell copy = *tell;

	if (tell->about < 0 || !tell->when)
		return false;
	expr_visit(tell->when, find_self, &copy);
	return !copy.reply;
}

void inspect_ranges(struct inspecting *inspecting)
{
	const struct scenario *scenario = inspecting->scenario;
	size_t i;

	memcpy(inspecting->low, scenario->start, sizeof(inspecting->low));
	memcpy(inspecting->high, scenario->start, sizeof(inspecting->high));
	for (i = 0; i < inspecting->ruleset->move_count; i++)
		stretch(inspecting, &inspecting->ruleset->moves[i]->effects);
	for (i = 0; i < scenario->reaction_count; i++)
		stretch(inspecting, &scenario->reactions[i].effects);
	tally_replies(scenario, look_at_reply, inspecting);
	for (i = 0; i < scenario->tell_count; i++) {
		const struct tell *tell = &scenario->tells[i];
		uint64_t bit = tell->about >= 0 ? UINT64_C(1) << tell->about : 0;

		if (asks_for_itself(tell))
			inspecting->closed |= bit;
		else
			inspecting->told |= bit;
	}
	inspecting->closed &= ~inspecting->told;
}

static bool framework_may(const struct framework *framework)
{
	size_t i;
	size_t j;

	for (i = 0; i < framework->item_count; i++) {
		const struct framework_item *item = &framework->items[i];

		for (j = 0; j < item->move_count && item->moves[j]->rule_count == 0; j++)
			;
		if (j == item->move_count && item->move_count)
			return false;
	}
	return true;
}

static bool done_may(const struct ruleset *ruleset, int arg)
{
	if ((size_t)arg < ruleset->move_count)
		return ruleset->moves[arg]->rule_count > 0;
	return framework_may(ruleset->frameworks[(size_t)arg - ruleset->move_count]);
}

static struct gate_range range_of(void *context, int id, int arg)
{
	const struct inspecting *inspecting = context;
	struct gate_range range = {0, HUGE_VAL, true, true};

	switch (id) {
	case NAME_TRUST:
	case NAME_TENSION:
	case NAME_CLARITY:
	case NAME_OWNERSHIP:
		range.low = inspecting->low[id - NAME_TRUST];
		range.high = inspecting->high[id - NAME_TRUST];
		break;
	case FEATURE_TURN:
		range.low = 1;
		/* Each takes a quarter of a minute at least. */
		range.high = (double)inspecting->scenario->minutes / MINUTES_A_TURN;
		if (range.high > LIMIT_TURNS)
			range.high = LIMIT_TURNS;
		break;
	case FEATURE_ECHO:
	case FEATURE_ECHO_ALL:
		range.high = 1;
		break;
	case NAME_DONE:
		range.may = done_may(inspecting->ruleset, arg);
		break;
	case NAME_AGREED:
		range.may = inspecting->steps;
		break;
	case NAME_TOLD:
		range.may = inspecting->told >> arg & 1;
		break;
	default:
		break;
	}
	return range;
}

bool inspect_opens(struct inspecting *inspecting, const struct expr *when, struct slice *why)
{
	struct gate gate = gate_of(when, &inspecting->arena);

	return gate_opens(&gate, range_of, inspecting, why);
}

bool inspect_within(struct inspecting *inspecting, const struct expr *when,
                    const struct expr *wider)
{
	struct gate inner = gate_of(when, &inspecting->arena);
	struct gate outer = gate_of(wider, &inspecting->arena);

	return gate_within(&inner, &outer);
}

void inspect_turns(struct inspecting *inspecting, const struct expr *when, double *low,
                   double *high)
{
	struct gate gate = gate_of(when, &inspecting->arena);
	size_t i;
	size_t j;

	*low = 1;
	*high = HUGE_VAL;
	if (!gate.known || gate.count != 1)
		return;
	for (i = 0; i < gate.count; i++) {
		for (j = 0; j < gate.ways[i].count; j++) {
			const struct gate_term *term = &gate.ways[i].terms[j];

			if (term->id != FEATURE_TURN || term->truth)
				continue;
			*low = term->low > *low ? term->low : *low;
			*high = term->high < *high ? term->high : *high;
		}
	}
}
