/* simulating_json.c: see simulating.h. The figures for programs: one object. */
#include "base/json.h"
#include "edge/simulating.h"
#include "engine/trial.h"

static double share(uint64_t part, uint64_t all)
{
	return all ? (double)part / (double)all : 0;
}

static void add_place(struct json *object, struct place place)
{
	struct strbuf text = {0};

	trial_place(place, &text);
	json_add_text(object, "place", strbuf_slice(&text));
	strbuf_release(&text);
}

/* The number of a conversation, from 1; null when there was none. */
static void add_first(struct json *object, uint64_t number)
{
	if (number == TALLY_NEVER)
		json_add_null(object, "first");
	else
		json_add_int(object, "first", (long)number + 1);
}

static struct json *meters_of(const struct tally_style *style)
{
	struct json *meters = json_object();
	uint32_t turn;
	int meter;

	for (meter = 0; meter < METERS; meter++) {
		struct json *turns = json_array();

		for (turn = 1; style->runs && turn <= TALLY_TURNS; turn++) {
			struct json *quartiles = json_array();
			int i;

			for (i = 1; i <= 3; i++)
				json_push_int(
				        quartiles,
				        tally_quantile(style, turn, (enum meter)meter, 0.25 * i));
			json_push(turns, quartiles);
		}
		json_add(meters, meter_name((enum meter)meter), turns);
	}
	return meters;
}

static struct json *style_of(const struct tally *tally, size_t index, const struct mentor *mentor)
{
	const struct scenario *scenario = tally->scenario;
	const struct tally_style *sums = &tally->styles[index];
	const uint64_t *endings = &tally->endings[index * (scenario->ending_count + 1)];
	struct json *object = json_object();
	struct json *reached = json_object();
	struct arena arena;
	size_t i;

	arena_init(&arena);
	json_add_text(object, "style", mentor->id);
	json_add_int(object, "runs", (long)sums->runs);
	json_add_real(object, "turns", share(sums->turns, sums->runs));
	json_add_real(object, "words", share(sums->words, sums->turns));
	json_add_real(object, "tells", share(sums->tells, sums->runs));
	json_add_real(object, "agreed", share(sums->agreed, sums->runs));
	json_add_real(object, "good", share(sums->good, sums->runs));
	json_add_real(object, "fallback", share(sums->fallbacks, sums->turns));
	json_add_real(object, "repeats", share(sums->repeats, sums->turns));
	json_add_real(object, "spurned", share(sums->spurned, sums->turns));
	for (i = 0; i < scenario->ending_count; i++)
		json_add_int(reached, slice_copy(&arena, scenario->endings[i].id).at,
		             (long)endings[i]);
	json_add_int(reached, "none", (long)endings[i]);
	json_add(object, "endings", reached);
	json_add(object, "meters", meters_of(sums));
	arena_release(&arena);
	return object;
}

struct listing {
	const struct tally *tally;
	struct json *array;
};

static void add_reply(void *context, const struct reply *reply)
{
	struct listing *listing = context;
	const struct tally *tally = listing->tally;
	size_t i;

	for (i = 0; i < reply->alternative_count; i++) {
		const struct alternative *words = &reply->alternatives[i];
		struct json *object = json_object();

		json_add_text(object, "id", words->id);
		add_place(object, words->place);
		json_add_int(object, "said", (long)tally->said[words->index]);
		add_first(object, tally->first_said[words->index]);
		if (i == 0) {
			json_add_int(object, "fallback", (long)tally->fallen[reply->index]);
			json_add_int(object, "again", (long)tally->again[reply->index]);
		}
		json_push(listing->array, object);
	}
}

static struct json *rules_of(const struct tally *tally)
{
	struct json *rules = json_array();
	size_t i;

	for (i = 0; i < tally->ruleset->rule_count; i++) {
		const struct rule *rule = tally->ruleset->rules[i];
		struct json *object = json_object();

		json_add_text(object, "move", rule->move->id);
		add_place(object, rule->match.place);
		json_add_int(object, "heard", (long)tally->heard[i]);
		json_push(rules, object);
	}
	return rules;
}

static struct json *topics_of(const struct tally *tally)
{
	struct json *topics = json_object();
	struct arena arena;
	size_t i;

	arena_init(&arena);
	for (i = 0; i < tally->scenario->topic_count; i++)
		json_add_int(topics, slice_copy(&arena, tally->scenario->topics[i].id).at,
		             (long)tally->named[i]);
	arena_release(&arena);
	return topics;
}

void simulating_json(const struct tally *tally, const struct simulating *simulating,
                     struct strbuf *out)
{
	struct json *root = json_object();
	struct json *styles = json_array();
	struct listing listing = {tally, json_array()};
	size_t i;

	json_add_text(root, "scenario", tally->scenario->id);
	json_add_int(root, "runs", (long)simulating->runs);
	json_add_int(root, "seed", (long)simulating->seed);
	json_add_int(root, "turns", (long)simulating->turns);
	for (i = 0; i < tally->style_count; i++)
		json_push(styles, style_of(tally, i, simulating->styles->items[i]));
	json_add(root, "styles", styles);
	tally_replies(tally->scenario, add_reply, &listing);
	json_add(root, "lines", listing.array);
	json_add(root, "rules", rules_of(tally));
	json_add(root, "topics", topics_of(tally));
	json_print(root, out);
	strbuf_addc(out, '\n');
	json_free(root);
}
