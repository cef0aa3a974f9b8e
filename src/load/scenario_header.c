/* scenario_header.c: only what a list of scenarios shows, read without parsing the rest. */
#include "load/language.h"
#include "load/outline.h"
#include "load/scenario.h"

/* As the induction programmes' mentor handbooks order a cycle of development. */
const struct interaction scenario_interactions[] = {
        {"diagnose", "choose a focus"},
        {"agree_step", "agree a step"},
        {"watch_expert", "learn from an expert"},
        {"step_met", "after a drop-in: step met"},
        {"step_not_met", "after a drop-in: step not met"},
        {"close_cycle", "close the cycle"},
        {"opportunity", "opportunity conversation"},
        {0},
};

const struct interaction *scenario_interaction(struct slice id)
{
	const struct interaction *one;

	for (one = scenario_interactions; one->id; one++)
		if (slice_is(id, one->id))
			return one;
	return NULL;
}

/* The block a line belongs to. */
enum block { BLOCK_NONE, BLOCK_SCENARIO, BLOCK_PERSONA };

static void scenario_line(struct scenario_header *out, struct slice keyword, struct slice rest,
                          struct arena *arena)
{
	long number;

	if (slice_is(keyword, "about"))
		out->about = slice_copy(arena, rest);
	else if (slice_is(keyword, "phase"))
		out->phase = slice_copy(arena, rest);
	else if (slice_is(keyword, "cycle"))
		out->cycle = slice_copy(arena, rest);
	else if (slice_is(keyword, "interaction") && scenario_interaction(rest))
		out->interaction = slice_copy(arena, rest);
	else if (slice_is(keyword, "focus")) {
		out->focus_ids = slice_copy(arena, rest);
		out->focus = slice_id_words(arena, rest);
	} else if (slice_is(keyword, "minutes") &&
	           slice_int(rest, 1, SCENARIO_MINUTES_MAX, &number))
		out->minutes = number;
	else if (slice_is(keyword, "level") && slice_int(rest, 1, SCENARIO_LEVEL_MAX, &number))
		out->level = number;
}

static void persona_line(struct scenario_header *out, struct slice keyword, struct slice rest,
                         struct arena *arena)
{
	if (slice_is(keyword, "who"))
		out->who = slice_copy(arena, rest);
	else if (slice_is(keyword, "use") && slice_is_id(rest))
		out->temperament = slice_copy(arena, rest);
}

void scenario_read_header(struct slice id, struct slice text, struct arena *arena,
                          struct scenario_header *out)
{
	enum block block = BLOCK_NONE;
	struct slice line;

	*out = (struct scenario_header){.id = slice_copy(arena, id),
	                                .language = slice_copy(arena, language_of(text)),
	                                .minutes = SCENARIO_MINUTES,
	                                .level = SCENARIO_LEVEL};
	text = slice_unmarked(text);
	while (slice_cut(&text, '\n', &line)) {
		bool indented = slice_starts(line, SLICE(" "));
		struct slice rest = slice_trim(line);
		struct slice keyword;

		if (!slice_word(&rest, &keyword) || slice_is(keyword, "#"))
			continue;
		keyword = outline_keyword(keyword);
		rest = slice_trim(rest);
		if (indented) {
			if (block == BLOCK_SCENARIO)
				scenario_line(out, keyword, rest, arena);
			else if (block == BLOCK_PERSONA)
				persona_line(out, keyword, rest, arena);
			continue;
		}
		block = BLOCK_NONE;
		if (slice_is(keyword, "brief") || slice_is(keyword, "beat"))
			return;
		if (slice_is(keyword, "scenario")) {
			block = BLOCK_SCENARIO;
			out->title = slice_copy(arena, rest);
		} else if (slice_is(keyword, "persona")) {
			block = BLOCK_PERSONA;
			out->name = slice_copy(arena, rest);
		}
	}
}
