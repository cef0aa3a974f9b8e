/* fuzz_ruleset.c: any pack links to a well-formed ruleset, or is refused with places. */
#include "engine/detect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ruleset_builder *builder = ruleset_builder_new();
	struct diags diags = {0};
	struct strbuf out = {0};
	const struct ruleset *ruleset;
	struct detector *detector;
	struct history *history;
	struct detections found;
	struct arena arena;

	arena_init(&arena);
	ruleset_add(builder, SLICE("fuzz.rules"), (struct slice){(const char *)data, size}, 0,
	            &diags);
	ruleset = ruleset_link(builder, &diags);
	detector = detector_new(ruleset, &diags);
	history = history_new(ruleset->move_count);
	history_ect(history, detector, SLICE("It was a bit flat. They were tired."));
	detect(detector, SLICE("So you were tired? *nods* how did it feel… you could rest"),
	       history, &arena, &found);
	diags_print(&diags, &out);
	history_free(history);
	detector_free(detector);
	ruleset_builder_free(builder);
	strbuf_release(&out);
	diags_release(&diags);
	arena_release(&arena);
	return 0;
}
