/* report_drill_json.c: see report_drill.h. Here: the same round for programs. */
#include "edge/report_drill.h"
#include "edge/report_json.h"

static void add_ids(struct json *event, const struct drill_item *item, size_t number)
{
	json_add_int(event, "number", (long)number);
	json_add_text(event, "deck", item->deck->id);
	json_add_text(event, "prompt", item->prompt->id);
	json_add_text(event, "move", item->ask->move->id);
}

struct json *report_drill_json_prompt(const struct drill_item *item, size_t number, size_t of)
{
	const struct deck_prompt *prompt = item->prompt;
	struct json *event = json_object();
	struct json *before = json_array();
	struct arena arena;
	size_t i;

	arena_init(&arena);
	json_add_text(event, "event", SLICE("prompt"));
	add_ids(event, item, number);
	json_add_int(event, "of", (long)of);
	json_add_text(event, "task", drill_task(item, &arena));
	json_add_text(event, "name", prompt->name);
	json_add_text(event, "who", prompt->who);
	if (prompt->evidence.len)
		json_add_text(event, "evidence", prompt->evidence);
	for (i = 0; i + 1 < prompt->line_count; i++) {
		struct json *line = json_object();

		json_add_text(line, "who",
		              prompt->lines[i].mentor ? SLICE("mentor") : SLICE("ect"));
		json_add_text(line, "text", prompt->lines[i].words);
		json_push(before, line);
	}
	json_add(event, "before", before);
	json_add_text(event, "ect", prompt->lines[prompt->line_count - 1].words);
	arena_release(&arena);
	return event;
}

struct json *report_drill_json_answer(const struct drill_item *item, size_t number,
                                      struct slice said, const struct drill_verdict *verdict,
                                      double seconds)
{
	struct json *event = json_object();

	json_add_text(event, "event", SLICE("answer"));
	add_ids(event, item, number);
	json_add_int(event, "try", (long)verdict->tries);
	json_add_text(event, "mentor", said);
	json_add_bool(event, "hit", verdict->hit);
	if (verdict->hit) {
		json_add_text(event, "quote", verdict->quote);
		json_add_bool(event, "late", verdict->late);
	} else {
		json_add_text(event, "words", verdict->words);
		json_add_bool(event, "close", verdict->close);
		if (verdict->instead)
			json_add_text(event, "instead", verdict->instead->move->id);
	}
	if (verdict->better)
		json_add_text(event, "better", verdict->better->words);
	json_add(event, "moves", report_json_moves(&verdict->heard));
	json_add_real(event, "seconds", seconds);
	return event;
}

struct json *report_drill_json_summary(const struct drill_summary *summary)
{
	struct json *event = json_object();
	struct json *moves = json_array();
	size_t i;

	json_add_text(event, "event", SLICE("summary"));
	json_add_int(event, "asked", (long)summary->asked);
	json_add_int(event, "at_once", (long)summary->at_once);
	json_add_int(event, "hit", (long)summary->hit);
	json_add_real(event, "seconds", summary->seconds);
	for (i = 0; i < summary->count; i++) {
		const struct drill_tally *tally = &summary->tallies[i];
		struct json *object = json_object();

		json_add_text(object, "move", tally->move->id);
		json_add_int(object, "asked", (long)tally->asked);
		json_add_int(object, "at_once", (long)tally->at_once);
		json_add_int(object, "hit", (long)tally->hit);
		json_push(moves, object);
	}
	json_add(event, "moves", moves);
	if (summary->carry)
		json_add_text(event, "carry", summary->carry->move->id);
	else
		json_add_null(event, "carry");
	return event;
}
