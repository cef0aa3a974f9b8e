/* fuzz_deck.c: any deck loads or is refused with places; what loads can be drilled and tried. */
#include "engine/drill.h"
#include "engine/trial.h"

#include "packs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void drill_it(const struct deck *deck, struct detector *detector)
{
	static const char *const answers[] = {"how did it feel", "", "you could ask first",
	                                      "flat?"};
	struct drill_setup setup = {.detector = detector,
	                            .decks = &deck,
	                            .deck_count = 1,
	                            .count = 6,
	                            .blocks = deck->prompt_count % 2 == 1,
	                            .seed = deck->prompt_count};
	struct drill *drill = drill_new(&setup);
	struct arena arena;
	struct drill_verdict verdict;
	struct drill_summary summary;
	struct near_miss miss;
	const struct drill_item *item;
	size_t at = 0;

	arena_init(&arena);
	while ((item = drill_next(drill))) {
		drill_task(item, &arena);
		drill_hint(item, &arena);
		do {
			struct slice said = slice_of(answers[at++ % 4]);

			drill_answer(drill, said, 1, &arena, &verdict);
			if (!verdict.hit)
				drill_why_not(drill, said, &arena, &miss);
		} while (!verdict.over);
	}
	drill_sum(drill, &arena, &summary);
	arena_release(&arena);
	drill_free(drill);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ruleset_builder *builder = ruleset_builder_new();
	struct diags diags = {0};
	struct strbuf out = {0};
	const struct ruleset *ruleset;
	struct detector *detector;
	struct deck_file *file;

	ruleset_add(builder, SLICE("fuzz.rules"), slice_of(FUZZ_PACK), 0, &diags);
	ruleset = ruleset_link(builder, &diags);
	if (diags.errors)
		BUG("the fuzz pack is wrong");
	file = deck_load(SLICE("fuzz"), SLICE("fuzz.deck"),
	                 (struct slice){(const char *)data, size}, ruleset, &diags);
	if (diags.errors == 0) {
		detector = detector_new(ruleset, &diags);
		trial_deck(deck_of(file), detector, &diags);
		drill_it(deck_of(file), detector);
		detector_free(detector);
	}
	diags_print(&diags, &out);
	deck_free(file);
	ruleset_builder_free(builder);
	strbuf_release(&out);
	diags_release(&diags);
	return 0;
}
