/* fuzz_detect.c: any utterance gives detections whose spans lie within it, on character boundaries.
 * The first line is the ECT's, the rest the mentor's. */
#include "engine/detect.h"

#include "base/limits.h"
#include "packs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct slice said, const struct detections *found)
{
	size_t i;

	for (i = 0; i < found->count; i++) {
		struct span where = found->items[i].where;

		if (where.start > where.end || where.end > said.len)
			BUG("span %u..%u of %zu", where.start, where.end, said.len);
	}
	for (i = 1; i <= found->folded.text.len; i++) {
		if (found->folded.from[i] < found->folded.from[i - 1] ||
		    found->folded.from[i] > said.len)
			BUG("folded byte %zu maps to %u", i, found->folded.from[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ruleset_builder *builder = ruleset_builder_new();
	struct slice said = {(const char *)data, size};
	struct slice ect;
	struct diags diags = {0};
	const struct ruleset *ruleset;
	struct detector *detector;
	struct history *history;
	struct detections found;
	struct near_miss miss;
	struct arena arena;

	if (!slice_cut(&said, '\n', &ect))
		ect = SLICE("");
	arena_init(&arena);
	ruleset_add(builder, SLICE("fuzz.rules"), slice_of(FUZZ_PACK), 0, &diags);
	ruleset = ruleset_link(builder, &diags);
	detector = detector_new(ruleset, &diags);
	history = history_new(ruleset->move_count);
	history_ect(history, detector, ect);
	detect(detector, said, history, &arena, &found);
	check(said, &found);
	detect_why_not(detector, said, history, ruleset->moves[0], &arena, &miss);
	history_mentor(history, &found);
	history_free(history);
	detector_free(detector);
	ruleset_builder_free(builder);
	diags_release(&diags);
	arena_release(&arena);
	return 0;
}
