/* report_json.c: see report_json.h. */
#include "edge/report_json.h"

#include <inttypes.h>

#include "engine/trial.h"

struct slice report_place(struct place place, struct arena *arena)
{
	struct strbuf text = {0};
	struct slice copy;

	if (!place.source)
		return SLICE("");
	trial_place(place, &text);
	copy = slice_copy(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return copy;
}

static void add_place(struct json *object, const char *name, struct place place)
{
	struct arena arena;

	arena_init(&arena);
	json_add_text(object, name, report_place(place, &arena));
	arena_release(&arena);
}

struct json *report_json_moves(const struct detections *heard)
{
	struct json *moves = json_array();
	size_t i;

	for (i = 0; i < heard->count; i++) {
		const struct detection *found = &heard->items[i];
		struct json *object;

		if (found->move->quiet)
			continue;
		object = json_object();
		json_add_text(object, "move", found->move->id);
		json_add_int(object, "start", (long)found->where.start);
		json_add_int(object, "end", (long)found->where.end);
		json_add_text(object, "text", slice_span(heard->folded.said, found->where));
		add_place(object, "rule", found->rule->match.place);
		json_add_real(object, "confidence", found->confidence);
		json_push(moves, object);
	}
	return moves;
}

static bool act_before(const struct detections *heard, size_t index)
{
	size_t i;

	for (i = 0; i < index; i++) {
		if (heard->items[i].move == heard->items[index].move)
			return true;
	}
	return false;
}

struct json *report_json_acts(const struct detections *heard)
{
	struct json *acts = json_array();
	size_t i;

	for (i = 0; i < heard->count; i++) {
		if (heard->items[i].move->quiet && !act_before(heard, i))
			json_push_text(acts, heard->items[i].move->id);
	}
	return acts;
}

struct json *report_json_meters(const int meters[METERS])
{
	struct json *object = json_object();
	int i;

	for (i = 0; i < METERS; i++)
		json_add_int(object, meter_name((enum meter)i), meters[i]);
	return object;
}

/* Hashes as 16 hexadecimal digits: a JSON number would lose bits. */
static void add_hash(struct json *object, const char *name, uint64_t hash)
{
	struct arena arena;

	arena_init(&arena);
	json_add_text(object, name, slice_format(&arena, "%016" PRIx64, hash));
	arena_release(&arena);
}

static void add_text_or_null(struct json *object, const char *name, struct slice text)
{
	if (text.len)
		json_add_text(object, name, text);
	else
		json_add_null(object, name);
}

struct json *report_json_start(struct session *session)
{
	const struct scenario *scenario = session_scenario(session);
	struct json *event = json_object();
	uint64_t seed = session_seed(session);
	int meters[METERS];
	enum meter meter;

	for (meter = 0; meter < METERS; meter++)
		meters[meter] = session_turns(session) ? session_turn(session, 1)->before[meter]
		                                       : session_meter(session, meter);

	json_add_text(event, "event", SLICE("start"));
	json_add_text(event, "scenario", scenario->id);
	json_add_int(event, "seed", (long)seed);
	add_hash(event, "scenario_hash", scenario->hash);
	add_hash(event, "rules_hash", session_ruleset(session)->hash);
	json_add(event, "meters", report_json_meters(meters));
	json_add_text(event, "ect", session_opening(session));
	if (session_focus(session)) {
		struct json *focus = json_array();
		size_t i;

		for (i = 0; i < session_focus(session)->count; i++)
			json_push_text(focus, session_focus(session)->moves[i]->id);
		json_add(event, "focus", focus);
	}
	return event;
}

static struct json *candidates(const struct turn *turn)
{
	static const char *const tiers[TIERS] = {"then", "beat", "scenario", "knows",
	                                         "temperament"};
	struct json *list = json_array();
	size_t i;

	for (i = 0; i < turn->candidate_count; i++) {
		const struct candidate *weighed = &turn->candidates[i];
		struct json *object = json_object();

		add_place(object, "reply", weighed->reply->place);
		json_add_text(object, "tier", slice_of(tiers[weighed->tier]));
		json_add_int(object, "conditions", (long)weighed->conditions);
		json_add_bool(object, "said", weighed->said);
		json_add_bool(object, "won", weighed->won);
		json_push(list, object);
	}
	return list;
}

struct json *report_json_turn(const struct turn *turn, bool trace)
{
	struct json *event = json_object();

	json_add_text(event, "event", SLICE("turn"));
	json_add_int(event, "turn", turn->number);
	json_add_text(event, "mentor", turn->utterance);
	json_add(event, "moves", report_json_moves(&turn->heard));
	json_add(event, "acts", report_json_acts(&turn->heard));
	json_add(event, "meters", report_json_meters(turn->after));
	json_add_text(event, "ect", turn->said.len ? turn->said : turn->line);
	if (turn->reply)
		add_place(event, "reply", turn->reply->place);
	else
		json_add_null(event, "reply");
	json_add_bool(event, "fallback", turn->fallback);
	add_text_or_null(event, "line", turn->line_id);
	json_add_bool(event, "tell", turn->tell != NULL);
	json_add_bool(event, "cue", turn->cue);
	if (trace)
		json_add(event, "candidates", candidates(turn));
	return event;
}

struct json *report_json_rewind(const struct session *session)
{
	struct json *event = json_object();
	uint32_t turn = (uint32_t)session_turns(session) + 1;

	json_add_text(event, "event", SLICE("rewind"));
	json_add_int(event, "turn", turn);
	json_add_text(event, "ect", session_line_before(session, turn));
	return event;
}

struct json *report_json_end(const struct session *session)
{
	const struct ending *ending = session_ending(session);
	size_t turns = session_turns(session);
	const struct turn *last = turns ? session_turn(session, turns) : NULL;
	struct json *event = json_object();

	json_add_text(event, "event", SLICE("end"));
	add_text_or_null(event, "ending", ending ? ending->id : SLICE(""));
	add_text_or_null(event, "verdict", ending ? ending->verdict : SLICE(""));
	add_text_or_null(event, "ect", last ? last->ending_line : SLICE(""));
	json_add_int(event, "turns", (long)turns);
	json_add_real(event, "minutes", last ? last->minutes : 0);
	return event;
}

static void add_finding(struct json *event, const char *name, const struct finding *finding,
                        bool step)
{
	struct json *object;

	if (!finding->present) {
		json_add_null(event, name);
		return;
	}
	object = json_object();
	if (finding->turn)
		json_add_int(object, "turn", finding->turn);
	else
		json_add_null(object, "turn");
	add_text_or_null(object, "move", finding->move ? finding->move->id : SLICE(""));
	if (finding->turn)
		json_add_text(object, "quote", finding->quote); /* empty: a pause */
	else
		json_add_null(object, "quote");
	if (finding->quote.len)
		json_add_text(object, "who",
		              finding->quote_is_ect ? SLICE("ect") : SLICE("mentor"));
	json_add_text(object, "text", finding->text);
	if (step) {
		add_text_or_null(object, "instead", finding->instead);
		add_text_or_null(object, "instead_move",
		                 finding->instead_move ? finding->instead_move->id : SLICE(""));
		if (finding->asks.len)
			json_add_text(object, "asks", finding->asks);
	}
	json_add(event, name, object);
}

static struct json *quotes_json(const struct quote *quotes, size_t count)
{
	struct json *list = json_array();
	size_t i;

	for (i = 0; i < count; i++) {
		struct json *object = json_object();

		json_add_int(object, "turn", quotes[i].turn);
		json_add_text(object, "quote", quotes[i].text);
		if (quotes[i].detection)
			json_add_text(object, "move", quotes[i].detection->move->id);
		json_push(list, object);
	}
	return list;
}

/* Null when it did not turn. */
static void add_turned(struct json *object, const struct turned *turned)
{
	struct json *part;

	if (!turned->to.len) {
		json_add_null(object, "turned");
		return;
	}
	part = json_object();
	json_add_int(part, "turn", turned->quote.turn);
	json_add_text(part, "from", turned->from);
	json_add_text(part, "to", turned->to);
	json_add_text(part, "quote", turned->quote.text);
	json_add(object, "turned", part);
}

const char *report_json_name(struct slice id, char buffer[static 128])
{
	size_t len = id.len < 127 ? id.len : 127;

	if (len)
		memcpy(buffer, id.at, len);
	buffer[len] = '\0';
	return buffer;
}

static struct json *framework_json(const struct framework_score *score)
{
	static const char *const kinds[] = {"checklist", "sequence", "grid", "ladder"};
	const struct framework *framework = score->framework;
	struct json *object = json_object();
	struct json *part;
	char name[128];
	size_t i;

	json_add_text(object, "kind", slice_of(kinds[framework->kind]));
	switch (framework->kind) {
	case FRAMEWORK_CHECKLIST:
	case FRAMEWORK_SEQUENCE:
		part = json_object();
		for (i = 0; i < score->item_count; i++)
			json_add(part, report_json_name(score->items[i].item->id, name),
			         quotes_json(score->items[i].quotes, score->items[i].quote_count));
		json_add(object, "items", part);
		json_add_bool(object, "complete", score->complete);
		if (framework->kind == FRAMEWORK_SEQUENCE)
			json_add_bool(object, "in_order", score->in_order);
		break;
	case FRAMEWORK_GRID:
		add_text_or_null(object, "cell", score->cell ? score->cell->id : SLICE(""));
		part = json_object();
		json_add_real(part, report_json_name(framework->axis_x, name), score->x);
		json_add_real(part, report_json_name(framework->axis_y, name), score->y);
		json_add(object, "axes", part);
		json_add(object, "quotes", quotes_json(score->quotes, score->quote_count));
		if (framework->turns)
			add_turned(object, &score->turned);
		break;
	case FRAMEWORK_LADDER:
		json_add_text(object, "meter", slice_of(meter_name(framework->meter)));
		add_text_or_null(object, "peak", score->peak ? score->peak->id : SLICE(""));
		add_text_or_null(object, "end", score->end ? score->end->id : SLICE(""));
		json_add_int(object, "peak_turn", score->peak_turn);
		json_add(object, score->put_aside ? "aside" : "down",
		         quotes_json(score->quotes, score->quote_count));
		break;
	}
	return object;
}

struct json *report_json_frameworks(const struct score *score)
{
	struct json *object = json_object();
	char name[128];
	size_t i;

	for (i = 0; i < score->framework_count; i++)
		json_add(object, report_json_name(score->frameworks[i].framework->id, name),
		         framework_json(&score->frameworks[i]));
	return object;
}

struct json *report_json_measures(const struct measures *measures)
{
	struct json *object = json_object();

	json_add_int(object, "turns", measures->turns);
	json_add_real(object, "minutes", measures->minutes);
	json_add_real(object, "talk_share", measures->talk_share);
	json_add_int(object, "mentor_words", measures->mentor_words);
	json_add_int(object, "ect_words", measures->ect_words);
	json_add_int(object, "open_questions", measures->open_questions);
	json_add_int(object, "closed_questions", measures->closed_questions);
	json_add_int(object, "pauses", measures->pauses);
	json_add_int(object, "cues_shown", measures->cues_shown);
	json_add_int(object, "cues_met", measures->cues_met);
	json_add_int(object, "tells_told", measures->tells_told);
	json_add_int(object, "tells_held", measures->tells_held);
	json_add_int(object, "hints", measures->hints);
	return object;
}

static struct json *meters_by_turn(const struct session *session)
{
	struct json *list = json_array();
	size_t turns = session_turns(session);
	size_t i;
	int meter;

	for (i = 1; i <= turns; i++) {
		const struct turn *turn = session_turn(session, i);
		struct json *object = json_object();

		json_add_int(object, "turn", turn->number);
		for (meter = 0; meter < METERS; meter++)
			json_add_int(object, meter_name((enum meter)meter), turn->after[meter]);
		json_push(list, object);
	}
	return list;
}

static void add_compared(struct json *event, const struct compared *compared)
{
	struct json *object;
	struct json *past;
	uint32_t i;

	if (!compared->move)
		return;
	object = json_object();
	past = json_array();
	json_add_text(object, "move", compared->move->id);
	json_add_int(object, "now", compared->now);
	for (i = 0; i < compared->past_count; i++)
		json_push_int(past, compared->past[i]);
	json_add(object, "before", past);
	json_add(event, "compared", object);
}

/* Nothing when the mentor chose nothing. */
static void add_focus(struct json *event, const struct debrief *debrief)
{
	struct json *all = json_array();
	size_t i;
	uint32_t j;

	for (i = 0; i < debrief->focus_count; i++) {
		const struct focus_count *count = &debrief->focus[i];
		struct json *object = json_object();
		struct json *uses = json_array();

		json_add_text(object, "move", count->move->id);
		for (j = 0; j < count->count; j++) {
			struct json *use = json_object();

			json_add_int(use, "turn", (long)count->uses[j].turn);
			json_add_text(use, "quote", count->uses[j].quote);
			json_push(uses, use);
		}
		json_add(object, "uses", uses);
		if (count->could) {
			json_add_int(object, "could", (long)count->could);
			json_add_text(object, "after", count->after);
			json_add_text(object, "words", count->words);
		}
		json_push(all, object);
	}
	if (debrief->focus_count)
		json_add(event, "focus", all);
	else
		json_free(all);
}

struct json *report_json_debrief(const struct debrief *debrief)
{
	struct json *event = json_object();

	json_add_text(event, "event", SLICE("debrief"));
	add_text_or_null(event, "verdict", debrief->verdict);
	add_focus(event, debrief);
	add_finding(event, "strength", &debrief->strength, false);
	add_finding(event, "question", &debrief->question, false);
	add_finding(event, "step", &debrief->step, true);
	add_compared(event, &debrief->compared);
	json_add(event, "frameworks", report_json_frameworks(&debrief->score));
	json_add(event, "measures", report_json_measures(&debrief->score.measures));
	json_add(event, "meters", meters_by_turn(debrief->session));
	return event;
}

struct json *report_json_error(size_t line, const char *message)
{
	struct json *event = json_object();

	json_add_text(event, "event", SLICE("error"));
	json_add_int(event, "line", (long)line);
	json_add_text(event, "error", slice_of(message));
	return event;
}
