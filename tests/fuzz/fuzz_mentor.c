/* fuzz_mentor.c: any style of mentoring loads or is refused with places; what loads can talk. */
#include "engine/simulate.h"

#include "packs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char scenario[] =
        "scenario Fuzz\n  about A\n  minutes 2\npersona Sam\nbrief\n  B\nevidence\n  about rows\n"
        "    The rows.\ngoal\n  G\ntopic rows \\brows\\b\nbeat opening\n  Sam: Hello?\n"
        "  on open_question about rows\n    Sam: The rows.\n    cue\n  otherwise\n    Sam: Mm.\n"
        "knows\n  about rows\n    Sam: Rows.\n    agrees \\bfour\\b\n    denies \\bfive\\b\n"
        "ending bell\n  Sam: The bell.\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ruleset_builder *builder = ruleset_builder_new();
	struct diags diags = {0};
	struct strbuf out = {0};
	const struct ruleset *ruleset;
	struct scenario_file *play;
	struct mentor_file *file;

	ruleset_add(builder, SLICE("fuzz.rules"), slice_of(FUZZ_PACK), 0, &diags);
	ruleset = ruleset_link(builder, &diags);
	play = scenario_load(SLICE("fuzz"), SLICE("fuzz.scenario"), slice_of(scenario), SLICE(""),
	                     SLICE(""), ruleset, &diags);
	if (diags.errors)
		BUG("what the fuzzer stands on is wrong");
	file = mentor_load(SLICE("fuzz"), SLICE("fuzz.mentor"),
	                   (struct slice){(const char *)data, size}, ruleset, &diags);
	diags_print(&diags, &out);
	if (diags.errors == 0) {
		struct detector *detector = detector_new(ruleset, &diags);
		struct stage *stage = stage_new(scenario_of(play), ruleset, detector);

		session_free(simulate_talk(stage, mentor_of(file), 1, 6));
		stage_free(stage);
		detector_free(detector);
	}
	mentor_free(file);
	scenario_free(play);
	ruleset_builder_free(builder);
	strbuf_release(&out);
	diags_release(&diags);
	return 0;
}
