/* gold.c: see gold.h. */
#include "edge/gold.h"

#include "base/json.h"
#include "base/limits.h"
#include "edge/file.h"

void gold_release(struct gold *gold)
{
	arena_release(&gold->arena);
	*gold = (struct gold){0};
}

/* A member that must be text if it is there; null counts as left out. */
static bool get_text(const struct json *object, const char *name, bool must, struct arena *arena,
                     struct slice *text, struct err *err)
{
	const struct json *value = json_get(object, name);

	*text = SLICE("");
	if (!value || json_type(value) == JSON_NULL) {
		if (must)
			err_set(err, "‘%s’ is missing", name);
		return !must;
	}
	if (json_type(value) != JSON_STRING) {
		err_set(err, "‘%s’ must be a string", name);
		return false;
	}
	*text = slice_copy(arena, json_string(value));
	return true;
}

static bool get_moves(const struct json *object, struct arena *arena, struct gold_turn *turn,
                      struct err *err)
{
	const struct json *moves = json_get(object, "moves");
	const struct json *item;
	size_t cap = 0;

	if (!moves || json_type(moves) != JSON_ARRAY) {
		err_set(err, "‘moves’ must be an array of strings");
		return false;
	}
	for (item = json_first(moves); item; item = json_next(item)) {
		if (json_type(item) != JSON_STRING) {
			err_set(err, "‘moves’ must be an array of strings");
			return false;
		}
		turn->moves = arena_grow(arena, turn->moves, &cap, turn->move_count + 1,
		                         sizeof(*turn->moves));
		turn->moves[turn->move_count++] = slice_copy(arena, json_string(item));
	}
	return true;
}

static bool read_turn(struct slice line, struct arena *arena, struct gold_turn *turn,
                      struct err *err)
{
	struct json *object = json_parse(line, err);
	bool good = false;

	*turn = (struct gold_turn){0};
	if (!object)
		return false;
	if (json_type(object) != JSON_OBJECT)
		err_set(err, "each line must be an object");
	else
		good = get_text(object, "conv", false, arena, &turn->conv, err) &&
		       get_text(object, "ect", false, arena, &turn->ect, err) &&
		       get_text(object, "mentor", true, arena, &turn->mentor, err) &&
		       get_moves(object, arena, turn, err);
	if (good && json_type(json_get(object, "turn")) == JSON_NUMBER) {
		double number = json_number(json_get(object, "turn"));

		turn->turn = number >= 1 && number <= 1e6 ? (long)number : 0;
	}
	json_free(object);
	return good;
}

static int by_line(const struct gold_turn *a, const struct gold_turn *b)
{
	return a->line < b->line ? -1 : a->line > b->line;
}

static int by_conversation(const void *a, const void *b)
{
	const struct gold_turn *left = a;
	const struct gold_turn *right = b;
	int order = slice_compare(left->conv, right->conv);

	return order ? order : by_line(left, right);
}

static int by_group(const void *a, const void *b)
{
	const struct gold_turn *left = a;
	const struct gold_turn *right = b;

	if (left->group != right->group)
		return left->group < right->group ? -1 : 1;
	return by_line(left, right);
}

/* Brings the turns of one conversation together, conversations in the order of their first lines,
 * and numbers those that say no number. */
static void group_turns(struct gold *gold)
{
	struct gold_turn *turns = gold->turns;
	size_t i;

	if (gold->count == 0)
		return;
	qsort(turns, gold->count, sizeof(*turns), by_conversation);
	for (i = 0; i < gold->count; i++) {
		bool goes_on =
		        i > 0 && turns[i].conv.len && slice_eq(turns[i].conv, turns[i - 1].conv);

		turns[i].group = goes_on ? turns[i - 1].group : turns[i].line;
		gold->conversations += !goes_on;
	}
	qsort(turns, gold->count, sizeof(*turns), by_group);
	for (i = 0; i < gold->count; i++) {
		bool goes_on = i > 0 && turns[i].group == turns[i - 1].group;

		if (turns[i].turn == 0)
			turns[i].turn = goes_on ? turns[i - 1].turn + 1 : 1;
	}
}

static void read_lines(struct gold *gold, struct diags *diags)
{
	struct slice rest = gold->source.text;
	struct place place = {.source = &gold->source};
	struct gold_turn turn;
	struct slice line;
	struct err err;

	while (slice_cut(&rest, '\n', &line)) {
		place.line++;
		place.at = (uint32_t)(line.at - gold->source.text.at);
		line = slice_trim(line);
		if (line.len == 0)
			continue;
		if (line.len > LIMIT_INPUT_LINE_BYTES) {
			diag_error(diags, place, "the line is longer than %u bytes",
			           LIMIT_INPUT_LINE_BYTES);
			continue;
		}
		if (!read_turn(line, &gold->arena, &turn, &err)) {
			diag_error(diags, place, "%s", err.text);
			continue;
		}
		turn.line = place.line;
		gold->turns = arena_grow(&gold->arena, gold->turns, &gold->cap, gold->count + 1,
		                         sizeof(*gold->turns));
		gold->turns[gold->count++] = turn;
	}
	group_turns(gold);
}

void gold_parse(struct slice path, struct slice text, struct gold *gold, struct diags *diags)
{
	*gold = (struct gold){0};
	gold->source.path = slice_copy(&gold->arena, path);
	gold->source.text = slice_copy(&gold->arena, text);
	gold->source.text = slice_unmarked(gold->source.text);
	read_lines(gold, diags);
}

bool gold_text(struct slice path, struct strbuf *text, struct err *err)
{
	if (slice_is(path, "-"))
		return file_read_stream(stdin, "standard input", LIMIT_GOLD_BYTES, text, err);
	return file_read(path, LIMIT_GOLD_BYTES, text, err);
}

bool gold_read(struct slice path, struct gold *gold, struct diags *diags, struct err *err)
{
	struct strbuf text = {0};
	bool good = gold_text(path, &text, err);

	*gold = (struct gold){0};
	if (good)
		gold_parse(path, strbuf_slice(&text), gold, diags);
	strbuf_release(&text);
	return good;
}
