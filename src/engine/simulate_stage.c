/* simulate_stage.c: what there is to say in a scenario. See simulate.h. */
#include "engine/simulate_parts.h"

#define EXAMPLES 12u /* of one pattern that are kept … */
#define GUESSES 48u /* … of so many tried */

uint64_t stage_topics(struct stage *stage, struct slice text)
{
	struct arena arena;
	uint64_t topics;

	arena_init(&arena);
	regex_scratch_patience(stage->scratch, TOPIC_PATIENCE);
	topics = topic_find(stage->scenario, stage->scratch, fold_text(text, &arena));
	arena_release(&arena);
	return topics;
}

static void add_saying(struct stage *stage, const struct move *move, struct slice words, int about,
                       bool stray)
{
	struct pool *pool = &stage->pools[move->index];
	struct saying saying = {
	        .words = words, .topics = stage_topics(stage, words), .stray = stray};

	if (words.len == 0)
		return;
	if (about >= 0)
		saying.topics |= UINT64_C(1) << about;
	pool->items =
	        arena_grow(&stage->arena, pool->items, &pool->cap, pool->count + 1, sizeof(saying));
	pool->items[pool->count++] = saying;
	pool->strays += stray;
	stage->saying_count++;
}

static void add_packs(struct stage *stage)
{
	size_t i;
	size_t j;

	for (i = 0; i < stage->ruleset->move_count; i++) {
		const struct move *move = stage->ruleset->moves[i];

		for (j = 0; j < move->say_count; j++)
			add_saying(stage, move, move->says[j].words, -1, false);
		for (j = 0; j < move->test_count; j++) {
			const struct rule_test *test = &move->tests[j];

			if (test->wanted && test->line_count == 1)
				add_saying(stage, move, test->lines[0], -1, true);
		}
	}
}

static void add_instead(struct stage *stage, const struct reply *reply)
{
	size_t i;

	if (!reply)
		return;
	if (reply->instead)
		add_saying(stage, reply->instead, reply->instead_words, reply->about, false);
	for (i = 0; i < reply->then_count; i++)
		add_instead(stage, reply->then[i]);
}

static void add_scenario(struct stage *stage)
{
	const struct scenario *scenario = stage->scenario;
	size_t i;
	size_t j;

	for (i = 0; i < scenario->better_count; i++)
		add_saying(stage, scenario->betters[i].move, scenario->betters[i].words,
		           scenario->betters[i].about, false);
	for (i = 0; i < scenario->model_count; i++) {
		const struct model_line *line = &scenario->model[i];

		if (line->mentor && line->move_count == 1)
			add_saying(stage, line->moves[0], line->words, -1, false);
	}
	for (i = 0; i < scenario->beat_count; i++) {
		for (j = 0; j < scenario->beats[i].reply_count; j++)
			add_instead(stage, scenario->beats[i].replies[j]);
	}
	for (i = 0; i < scenario->reply_count; i++)
		add_instead(stage, scenario->replies[i]);
	for (i = 0; i < scenario->tell_count; i++)
		add_instead(stage, scenario->tells[i].reply);
}

/* Words that the pattern finds, each once. */
static void add_examples(struct stage *stage, struct slice written, const struct regex *pattern,
                         struct words *words)
{
	uint64_t chance = slice_hash(SLICE_HASH_SEED, written);
	struct strbuf guess = {0};
	struct span where;
	size_t i;
	size_t j;

	for (i = 0; pattern && i < GUESSES && words->count < EXAMPLES; i++) {
		struct slice found;

		strbuf_clear(&guess);
		example_of(written, &chance, &guess);
		found = slice_trim(strbuf_slice(&guess));
		for (j = 0; j < words->count && !slice_eq(words->items[j], found); j++)
			;
		if (j < words->count || found.len == 0 ||
		    regex_find(pattern, stage->scratch, found, 0, &where) != REGEX_YES)
			continue;
		words->items = arena_grow(&stage->arena, words->items, &words->cap,
		                          words->count + 1, sizeof(*words->items));
		words->items[words->count++] = slice_copy(&stage->arena, found);
	}
	strbuf_release(&guess);
}

struct stage *stage_new(const struct scenario *scenario, const struct ruleset *ruleset,
                        struct detector *detector)
{
	struct stage *stage = mem_alloc(sizeof(*stage));
	size_t i;

	stage->scenario = scenario;
	stage->ruleset = ruleset;
	stage->detector = detector;
	stage->scratch = regex_scratch_new();
	stage->pools = ARENA_ARRAY(&stage->arena, struct pool, ruleset->move_count);
	stage->themes = ARENA_ARRAY(&stage->arena, struct words, scenario->topic_count + 1);
	stage->claims = ARENA_ARRAY(&stage->arena, struct words, scenario->fact_count + 1);
	stage->untruths = ARENA_ARRAY(&stage->arena, struct words, scenario->fact_count + 1);
	add_scenario(stage);
	add_packs(stage);
	for (i = 0; i < scenario->topic_count; i++)
		add_examples(stage, scenario->topics[i].text, scenario->topics[i].pattern,
		             &stage->themes[i]);
	for (i = 0; i < scenario->fact_count; i++) {
		const struct fact *fact = &scenario->facts[i];

		add_examples(stage, fact->agrees_written, fact->agrees, &stage->claims[i]);
		add_examples(stage, fact->denies_written, fact->denies, &stage->untruths[i]);
	}
	return stage;
}

void stage_free(struct stage *stage)
{
	if (!stage)
		return;
	regex_scratch_free(stage->scratch);
	arena_release(&stage->arena);
	arena_release(&stage->talk);
	free(stage);
}
