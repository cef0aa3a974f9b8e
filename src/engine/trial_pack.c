/* trial_pack.c: see trial.h. Here: what a pack offers the mentor, and what its moves leave out. */
#include "engine/debrief_parts.h"
#include "engine/trial.h"

/* A talk in which most things may be said: she brings up, worries, tells; he asks and listens. What
 * stands for {last} is hers. */
static const char *const talk[] = {
        "It's always the same three hands. I never know what to do about the questions.",
        "How did the questions feel from the front?",
        "Quiet, if I'm honest. It worries me. Three pupils gave eleven of the fourteen answers.",
        "Eleven of the fourteen?",
        "I've thought about it all week. I could try something else on Thursday, I suppose.",
        "What would you like to try?",
        "I could ask them to write first. It's always the same three hands.",
};

struct saying {
	struct detector *detector;
	struct history *history;
	struct arena arena;
	const struct move *move;
	struct slice words;
};

static bool is_heard(struct saying *saying)
{
	struct detections heard;

	arena_clear(&saying->arena);
	detect(saying->detector, saying->words, saying->history, &saying->arena, &heard);
	return detections_have(&heard, saying->move);
}

/* `hers`: whose turn it is. */
static void say(struct saying *saying, struct slice line, bool hers)
{
	struct detections heard;

	if (hers) {
		history_ect(saying->history, saying->detector, line);
		return;
	}
	arena_clear(&saying->arena);
	detect(saying->detector, line, saying->history, &saying->arena, &heard);
	history_mentor(saying->history, &heard);
}

/* Where the pack itself says that the move is heard. */
static bool heard_as_tested(struct saying *saying)
{
	size_t i;
	size_t j;

	for (i = 0; i < saying->move->test_count; i++) {
		const struct rule_test *test = &saying->move->tests[i];

		if (!test->wanted || test->line_count < 2)
			continue;
		history_clear(saying->history);
		for (j = 0; j + 1 < test->line_count; j++)
			say(saying, test->lines[j], (test->line_count - j) % 2 == 0);
		if (is_heard(saying))
			return true;
	}
	return false;
}

/* At the start, after any line of hers, or where the pack's own tests have it? */
static bool heard_somewhere(struct saying *saying)
{
	size_t i;

	history_clear(saying->history);
	if (is_heard(saying))
		return true;
	for (i = 0; i < sizeof(talk) / sizeof(*talk); i++) {
		bool hers = i % 2 == 0;

		say(saying, slice_of(talk[i]), hers);
		if (hers && is_heard(saying))
			return true;
	}
	return heard_as_tested(saying);
}

static void try_say(struct saying *saying, const struct say *offered, struct diags *diags)
{
	static const struct slots slots = {.name = {"Sam", 3},
	                                   .topic = {"the questions", 13},
	                                   .evidence = {"three pupils gave eleven of the "
	                                                "fourteen answers",
	                                                48},
	                                   .last = {"the same three hands", 20}};
	struct strbuf words = {0};
	struct strbuf text = {0};
	struct near_miss miss = {0};

	if (debrief_fill(offered->words, &slots, &words)) {
		saying->words = strbuf_slice(&words);
		if (!heard_somewhere(saying)) {
			history_clear(saying->history);
			detect_why_not(saying->detector, saying->words, saying->history,
			               saying->move, &saying->arena, &miss);
			trial_near_miss(&miss, &text);
			diag_warn(diags, offered->place,
			          "not heard as %.*s, so the debrief will not offer it: %s",
			          SLICE_ARGS(saying->move->id), text.at);
		}
	}
	strbuf_release(&text);
	strbuf_release(&words);
}

size_t trial_offers(struct detector *detector, struct slice path, struct diags *diags)
{
	const struct ruleset *ruleset = detector_ruleset(detector);
	struct saying saying = {.detector = detector};
	size_t tried = 0;
	size_t i;
	size_t j;

	saying.history = history_new(ruleset->move_count);
	for (i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves[i];

		if (!move->place.source || !slice_eq(move->place.source->path, path))
			continue;
		if (move->test_count == 0)
			diag_warn(diags, move->place,
			          "move ‘%.*s’ has no ‘yes’ or ‘no’ line, so nobody knows whether "
			          "it finds what it should; add some",
			          SLICE_ARGS(move->id));
		saying.move = move;
		for (j = 0; j < move->say_count; j++, tried++)
			try_say(&saying, &move->says[j], diags);
	}
	history_free(saying.history);
	arena_release(&saying.arena);
	return tried;
}
