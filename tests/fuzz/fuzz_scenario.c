/* fuzz_scenario.c: any scenario loads or is refused with places; what loads can be looked through
 * and played, by a person and by a made-up mentor. */
#include "engine/balance.h"
#include "engine/inspect.h"
#include "engine/simulate.h"

#include "packs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A line of its own `%%` parts the scenario from its temperament. */
static void split(struct slice all, struct slice *scenario, struct slice *temperament)
{
	size_t at = slice_find(all, SLICE("\n%%\n"));

	*scenario = slice_sub(all, 0, at == all.len ? at : at + 1);
	*temperament = slice_sub(all, at + 4, all.len);
}

static void play(const struct scenario *scenario, const struct ruleset *ruleset)
{
	static const char *const utterances[] = {"how did it feel",     "",
	                                         "you could ask first", "flat?",
	                                         "you look tired",      "can you tell me more"};
	struct diags diags = {0};
	struct detector *detector = detector_new(ruleset, &diags);
	struct session *session = session_new(scenario, ruleset, detector, 1);
	size_t i;

	for (i = 0; i < sizeof(utterances) / sizeof(*utterances); i++) {
		if (!session_hear(session, slice_of(utterances[i]), 0))
			break;
	}
	session_hint(session);
	session_rewind(session, 2);
	session_free(session);
	detector_free(detector);
	diags_release(&diags);
}

/* Every slot there is, of whatever the scenario has. */
static void simulate(const struct scenario *scenario, const struct ruleset *ruleset)
{
	static const char text[] = "mentor fuzz\n  strays 50\notherwise\n  say {theme} {claim}?\n"
	                           "  say {untruth} {topic}\n  say {evidence} {name} {last}\n"
	                           "  say {open_question}\n  say {proposal}\n  say ...\n";
	struct diags diags = {0};
	struct detector *detector = detector_new(ruleset, &diags);
	struct mentor_file *file =
	        mentor_load(SLICE("fuzz"), SLICE("fuzz.mentor"), slice_of(text), ruleset, &diags);
	const struct mentor *mentor = mentor_of(file);
	struct stage *stage = stage_new(scenario, ruleset, detector);
	struct tally *tally = tally_new(scenario, ruleset, 1);
	uint64_t i;

	if (diags.errors)
		BUG("the fuzz mentor is wrong");
	for (i = 0; i < 3; i++) {
		struct session *session = simulate_talk(stage, mentor, i, 5);

		tally_add(tally, session, 0, i);
		session_free(session);
	}
	balance_judge(tally, &mentor, &diags);
	inspect_scenario(scenario, ruleset, &diags);
	tally_free(tally);
	stage_free(stage);
	mentor_free(file);
	detector_free(detector);
	diags_release(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ruleset_builder *builder = ruleset_builder_new();
	struct diags diags = {0};
	struct strbuf out = {0};
	const struct ruleset *ruleset;
	struct scenario_file *file;
	struct slice scenario;
	struct slice temperament;

	split((struct slice){(const char *)data, size}, &scenario, &temperament);
	ruleset_add(builder, SLICE("fuzz.rules"), slice_of(FUZZ_PACK), 0, &diags);
	ruleset = ruleset_link(builder, &diags);
	if (diags.errors)
		BUG("the fuzz pack is wrong");
	file = scenario_load(SLICE("fuzz"), SLICE("fuzz.scenario"), scenario,
	                     SLICE("fuzz.temperament"), temperament, ruleset, &diags);
	diags_print(&diags, &out);
	if (diags.errors == 0) {
		play(scenario_of(file), ruleset);
		simulate(scenario_of(file), ruleset);
	}
	scenario_free(file);
	ruleset_builder_free(builder);
	strbuf_release(&out);
	diags_release(&diags);
	return 0;
}
