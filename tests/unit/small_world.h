/* small_world.h: a few rules and one scenario, for tests of what stands above the engine. */
#ifndef TESTS_SMALL_WORLD_H
#define TESTS_SMALL_WORLD_H

#include "engine/session.h"

struct world {
	struct ruleset_builder *builder;
	const struct ruleset *ruleset;
	struct detector *detector;
	struct scenario_file *file;
	struct diags diags;
};

static const char world_pack[] =
        "move open_question\n  title Open question\n  about A.\n  answers request\n  room\n"
        "  effect trust +1, ownership +1\n  match ^(what|how|why)\\b\n"
        "move judgement\n  title Judgement\n  about J.\n  answers feedback\n  effect tension +2\n"
        "  match \\blazy\\b\n"
        "move minimal_encourager\n  title Mm\n  about M.\n  room\n  effect trust +1\n"
        "  match ^mm\\b\n"
        "framework three checklist\n  title Three\n  item open_question\n  item judgement\n"
        "  item minimal_encourager\n"
        "framework strain ladder\n  title Strain\n  meter tension\n"
        "  level calm 0\n  level tense 5\n";

static const char world_play[] =
        "scenario Test\n  about A\n  minutes 9\n  level 1\n  focus open_question\n  phase test\n"
        "persona Sam\n  who Sam\n  start trust 5, tension 3, clarity 2, ownership 5\n"
        "  shows tension >= 5: folds arms | looks down\n"
        "brief\n  B\nevidence\n  E\ngoal\n  G\n"
        "beat opening\n  Sam: Hello.\n"
        "  on open_question\n    Sam: One.\n    or\n    Sam: Two.\n    or\n    Sam: Three.\n"
        "  on judgement\n    Sam: Oh.\n    or\n    Sam: Right.\n    cue\n"
        "  otherwise\n    Sam: Mm.\n    or\n    Sam: Okay.\n    or\n    Sam: Hm.\n"
        "ending walked when tension >= 9\n  Sam: (stands) No.\n  verdict Sam left.\n"
        "ending bell\n  Sam: The bell.\n";

static inline void world_init(struct world *world)
{
	struct strbuf out = {0};

	*world = (struct world){0};
	world->builder = ruleset_builder_new();
	ruleset_add(world->builder, SLICE("p.rules"), slice_of(world_pack), 0, &world->diags);
	world->ruleset = ruleset_link(world->builder, &world->diags);
	world->detector = detector_new(world->ruleset, &world->diags);
	world->file = scenario_load(SLICE("test"), SLICE("test.scenario"), slice_of(world_play),
	                            SLICE(""), SLICE(""), world->ruleset, &world->diags);
	diags_print(&world->diags, &out);
	if (world->diags.errors)
		BUG("%s", out.at);
	strbuf_release(&out);
}

static inline void world_release(struct world *world)
{
	scenario_free(world->file);
	detector_free(world->detector);
	ruleset_builder_free(world->builder);
	diags_release(&world->diags);
}

static inline struct session *world_session(const struct world *world, uint64_t seed)
{
	return session_new(scenario_of(world->file), world->ruleset, world->detector, seed);
}

#endif
