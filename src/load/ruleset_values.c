/* ruleset_values.c: numbers, meters and test lines in rule packs. */
#include "load/ruleset_build.h"

#include "base/limits.h"

/* One use of a move is worth at most three steps of a meter, or one lucky line decides all. */
#define CHANGE_MAX 3

/* A number with its sign, from -3 to +3 but not 0; else an error that shows how. */
static bool change(struct pack *pack, const struct line *line, struct slice name,
                   struct slice number, int *value)
{
	long parsed = 0;
	bool is_number = slice_int(number, -1000, 1000, &parsed);

	if (number.len == 0) {
		diag_error(pack->diags, outline_place(line, name),
		           "‘%.*s’ needs a change behind it: ‘%.*s +1’", SLICE_ARGS(name),
		           SLICE_ARGS(name));
	} else if (!is_number) {
		diag_error(pack->diags, outline_place(line, number),
		           "‘%.*s’ is no change; write a sign and a number from 1 to %d: ‘%.*s +1’",
		           SLICE_ARGS(number), CHANGE_MAX, SLICE_ARGS(name));
	} else if (parsed == 0 || parsed > CHANGE_MAX || parsed < -CHANGE_MAX) {
		diag_error(pack->diags, outline_place(line, number),
		           "a change is from -%d to +%d and not 0, but this is ‘%.*s’", CHANGE_MAX,
		           CHANGE_MAX, SLICE_ARGS(number));
	} else if (number.at[0] != '+' && number.at[0] != '-') {
		diag_error(pack->diags, outline_place(line, number),
		           "write a change with its sign: ‘%.*s +%ld’ or ‘%.*s -%ld’",
		           SLICE_ARGS(name), parsed, SLICE_ARGS(name), parsed);
	} else {
		*value = (int)parsed;
		return true;
	}
	return false;
}

/* The two words of `care +2`; an error when there are more. */
static bool two_words(struct pack *pack, const struct line *line, struct slice text,
                      struct slice *name, struct slice *number)
{
	struct slice rest = text;

	slice_word(&rest, name);
	slice_word(&rest, number);
	rest = slice_trim(rest);
	if (rest.len == 0)
		return true;
	diag_error(pack->diags, outline_place(line, rest),
	           "too much behind ‘%.*s %.*s’; put a comma before the next meter, or take this "
	           "away",
	           SLICE_ARGS(*name), SLICE_ARGS(*number));
	return false;
}

void pack_effects(struct pack *pack, const struct line *line, struct effects *effects)
{
	struct outline_parts parts = {line->rest, line->rest.len > 0};
	bool seen[METERS] = {false};
	struct slice part;

	while (outline_part(line, &parts, &part, pack->diags)) {
		struct slice name;
		struct slice number;
		enum meter meter;

		if (!two_words(pack, line, part, &name, &number))
			continue;
		meter = meter_read(name, outline_place(line, name), pack->diags);
		if (meter == METERS)
			continue;
		if (seen[meter])
			diag_error(pack->diags, outline_place(line, part),
			           "‘%s’ stands here twice; keep one", meter_name(meter));
		seen[meter] = true;
		change(pack, line, name, number, &effects->change[meter]);
	}
}

bool pack_axis(struct pack *pack, const struct line *line, struct slice part, struct axis *axis)
{
	struct slice number;

	if (!two_words(pack, line, part, &axis->name, &number) || !pack_id(pack, line, axis->name))
		return false;
	return change(pack, line, axis->name, number, &axis->change);
}

double pack_confidence(struct pack *pack, const struct line *line)
{
	double number;

	if (slice_decimal(line->rest, &number) && number > 0 && number <= 1)
		return number;
	diag_error(pack->diags, outline_rest_place(line),
	           "‘%.*s’ is no confidence; write a number above 0 and up to 1: ‘confidence 0.6’",
	           SLICE_ARGS(line->rest));
	return 0;
}

enum answers pack_answers(struct pack *pack, const struct line *line)
{
	static const struct {
		const char *word;
		enum answers answers;
	} known[] = {{"request", ANSWERS_REQUEST},   {"proposal", ANSWERS_PROPOSAL},
	             {"feedback", ANSWERS_FEEDBACK}, {"feeling", ANSWERS_FEELING},
	             {"courtesy", ANSWERS_COURTESY}, {"none", ANSWERS_NONE}};
	struct nearest nearest;
	size_t i;

	nearest_init(&nearest, line->rest);
	for (i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (slice_is(line->rest, known[i].word))
			return known[i].answers;
		nearest_offer(&nearest, slice_of(known[i].word));
	}
	diag_error(pack->diags, outline_rest_place(line), "a move does not answer ‘%.*s’%s",
	           SLICE_ARGS(line->rest),
	           nearest.best.len ? nearest_hint(&nearest, &pack->diags->arena)
	                            : "; write request, proposal, feedback, feeling, courtesy or "
	                              "none");
	return ANSWERS_NONE;
}

/* An arrow drawn otherwise would be taken for words. */
static bool arrow_ok(struct pack *pack, const struct line *line)
{
	static const char *const others[] = {" -> ", " → ", " ⇒ ", " ==> "};
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(*others); i++) {
		size_t at = slice_find(line->rest, slice_of(others[i]));
		struct slice arrow = slice_sub(line->rest, at, at + strlen(others[i]));

		if (at == line->rest.len)
			continue;
		diag_error(pack->diags, outline_place(line, slice_trim(arrow)),
		           "write the arrow between the ECT's line and the mentor's as ‘=>’");
		return false;
	}
	return true;
}

bool pack_test(struct pack *pack, const struct line *line, bool wanted, struct rule_test *test)
{
	const struct slice arrow = SLICE("=>");
	struct slice rest = line->rest;
	struct slice *lines;
	size_t count = 1;
	size_t at;
	size_t i;

	if (!arrow_ok(pack, line))
		return false;
	for (at = 0; (at = at + slice_find(slice_sub(rest, at, rest.len), arrow)) < rest.len;
	     at += 2)
		count++;
	if (count > LIMIT_TEST_LINES) {
		diag_error(pack->diags, outline_place(line, line->keyword),
		           "%zu lines in one test; the limit is %u: keep the last few", count,
		           LIMIT_TEST_LINES);
		return false;
	}
	lines = ARENA_ARRAY(pack->arena, struct slice, count);
	for (i = 0; i < count; i++) {
		at = slice_find(rest, arrow);
		lines[i] = slice_trim(slice_sub(rest, 0, at));
		/* the mentor's may be empty, a pause: those at an even distance from the last */
		if (lines[i].len == 0 && (count - 1 - i) % 2 == 1) {
			diag_error(
			        pack->diags, outline_place(line, slice_sub(rest, at, at + 2)),
			        "before this arrow stands the ECT's line, which cannot be empty; "
			        "write it, or take the arrow away");
			return false;
		}
		rest = slice_sub(rest, at + arrow.len, rest.len);
	}
	*test = (struct rule_test){
	        .wanted = wanted, .lines = lines, .line_count = count, .place = line->place};
	return true;
}
