/* scenario_values.c: numbers, meters, lists and patterns in scenarios. */
#include "load/scenario_build.h"

#include "load/pattern.h"

bool number_parse(struct build *b, const struct line *line, long min, long max, long *value)
{
	if (slice_int(line->rest, min, max, value))
		return true;
	diag_error(b->diags, outline_rest_place(line), "‘%.*s’ takes a number from %ld to %ld",
	           SLICE_ARGS(line->keyword), min, max);
	return false;
}

bool id_check(struct build *b, const struct line *line, struct slice text, const char *what)
{
	if (slice_is_id(text))
		return true;
	if (text.len) /* else line_word said what is missing */
		diag_error(b->diags, outline_place(line, text),
		           "‘%.*s’ is no id for %s; begin with a small letter, then small letters, "
		           "digits, ‘-’ and ‘_’",
		           SLICE_ARGS(text), what);
	return false;
}

bool split_at(struct slice text, const char *at, struct slice *before, struct slice *behind)
{
	struct slice rest = text;
	struct slice word;

	*before = text;
	*behind = slice_sub(text, text.len, text.len);
	while (slice_word(&rest, &word)) {
		if (!slice_is(word, at))
			continue;
		*before = slice_trim(slice_sub(text, 0, (size_t)(word.at - text.at)));
		*behind = slice_trim(rest);
		return true;
	}
	return false;
}

/* `METER NUMBER` and nothing else. */
static bool meter_and_number(struct build *b, const struct line *line, struct slice part,
                             const char *shape, enum meter *meter, struct slice *number)
{
	struct slice rest = part;
	struct slice name;

	slice_word(&rest, &name);
	*meter = meter_read(name, outline_place(line, name), b->diags);
	if (*meter == METERS)
		return false;
	if (!slice_word(&rest, number)) {
		diag_error(b->diags, outline_place(line, part), "‘%.*s’ needs a number: ‘%.*s %s’",
		           SLICE_ARGS(name), SLICE_ARGS(name), shape);
		return false;
	}
	rest = slice_trim(rest);
	if (slice_is(*number, "+") || slice_is(*number, "-")) {
		diag_error(b->diags, outline_place(line, *number),
		           "no number stands at this sign; write them together: ‘%.*s %.*s1’",
		           SLICE_ARGS(name), SLICE_ARGS(*number));
		return false;
	}
	if (rest.len) {
		diag_error(b->diags, outline_place(line, rest),
		           "too much behind ‘%.*s %.*s’; put a comma before the next meter",
		           SLICE_ARGS(name), SLICE_ARGS(*number));
		return false;
	}
	return true;
}

static bool meter_first(struct build *b, const struct line *line, struct slice part, bool *seen)
{
	bool first = !*seen;

	*seen = true;
	if (!first)
		diag_error(b->diags, outline_place(line, part),
		           "this meter stands here twice; keep one");
	return first;
}

void effects_parse(struct build *b, const struct line *line, struct slice text,
                   struct effects *effects)
{
	struct outline_parts parts = {text, text.len > 0};
	bool seen[METERS] = {false};
	struct slice part;

	while (outline_part(line, &parts, &part, b->diags)) {
		enum meter meter;
		struct slice number;
		long value = 0;

		if (!meter_and_number(b, line, part, "+1", &meter, &number) ||
		    !meter_first(b, line, part, &seen[meter]))
			continue;
		if ((number.at[0] != '+' && number.at[0] != '-') ||
		    !slice_int(number, -METER_MAX, METER_MAX, &value) || value == 0)
			diag_error(
			        b->diags, outline_place(line, number),
			        "‘%.*s’ is no change; write a sign and a number from 1 to %d, as "
			        "in ‘%s +1’",
			        SLICE_ARGS(number), METER_MAX, meter_name(meter));
		effects->change[meter] = (int)value;
	}
}

/* What a `start` leaves out is taken from nowhere in sight. */
static void start_left_out(struct build *b, const struct line *line, const int *meters,
                           const bool *seen)
{
	struct strbuf words = {0};
	int i;

	for (i = 0; i < METERS; i++) {
		if (!seen[i])
			strbuf_addf(&words, "%s%s %d", words.len ? ", " : "",
			            meter_name((enum meter)i), meters[i]);
	}
	if (words.len)
		diag_warn(b->diags, outline_rest_place(line),
		          "‘start’ leaves meters out, which begin as they always do: %s; write all "
		          "four",
		          words.at);
	strbuf_release(&words);
}

void meters_parse(struct build *b, const struct line *line, int *meters)
{
	struct outline_parts parts = {line->rest, line->rest.len > 0};
	size_t errors = b->diags->errors;
	bool seen[METERS] = {false};
	struct slice part;

	while (outline_part(line, &parts, &part, b->diags)) {
		enum meter meter;
		struct slice number;
		long value;

		if (!meter_and_number(b, line, part, "5", &meter, &number) ||
		    !meter_first(b, line, part, &seen[meter]))
			continue;
		if (slice_int(number, METER_MIN, METER_MAX, &value))
			meters[meter] = (int)value;
		else
			diag_error(b->diags, outline_place(line, number),
			           "‘%.*s’ is no height of a meter; write a number from %d to %d",
			           SLICE_ARGS(number), METER_MIN, METER_MAX);
	}
	if (b->diags->errors == errors)
		start_left_out(b, line, meters, seen);
}

/* `tension >= 7`: the band in which she shows it. */
static bool shows_band(struct build *b, const struct line *line, struct slice head,
                       struct shows *shows)
{
	struct slice rest = head;
	struct slice name;
	struct slice sign;
	struct slice number;
	long value;

	if (!slice_word(&rest, &name) || !slice_word(&rest, &sign) || !slice_word(&rest, &number) ||
	    slice_trim(rest).len) {
		diag_error(
		        b->diags, outline_place(line, head.len ? head : line->rest),
		        "write a meter, ‘>=’ or ‘<=’, a number and a colon: ‘tension >= 7: folds "
		        "arms’");
		return false;
	}
	shows->meter = meter_read(name, outline_place(line, name), b->diags);
	if (shows->meter == METERS)
		return false;
	if (!slice_is(sign, ">=") && !slice_is(sign, "<=")) {
		diag_error(b->diags, outline_place(line, sign),
		           "‘%.*s’ does not fit here; use ‘>=’ or ‘<=’", SLICE_ARGS(sign));
		return false;
	}
	if (!slice_int(number, METER_MIN, METER_MAX, &value)) {
		diag_error(b->diags, outline_place(line, number),
		           "‘%.*s’ is no height of a meter; write a number from %d to %d",
		           SLICE_ARGS(number), METER_MIN, METER_MAX);
		return false;
	}
	shows->at_least = slice_is(sign, ">=");
	shows->value = (int)value;
	return true;
}

void shows_parse(struct build *b, const struct line *line)
{
	size_t colon = byte_find(line->rest, ':');
	struct slice rest = slice_sub(line->rest, colon + 1, line->rest.len);
	struct slice head = slice_trim(slice_sub(line->rest, 0, colon));
	struct shows shows = {.meter = METERS};
	struct table directions = {0};
	struct slice part;

	if (slice_trim(rest).len == 0) {
		diag_error(
		        b->diags, outline_rest_place(line),
		        "a colon and what is seen are missing: ‘tension >= 7: folds arms | looks "
		        "away’");
		return;
	}
	if (!shows_band(b, line, head, &shows))
		return;
	while (slice_cut(&rest, '|', &part)) {
		struct slice raw = part;

		part = slice_trim(part);
		if (part.len == 0)
			diag_error(
			        b->diags, outline_place(line, slice_sub(raw, 0, 1)),
			        "nothing stands beside this ‘|’; write what is seen or delete it");
		else if (byte_find(part, '(') < part.len || byte_find(part, ')') < part.len)
			diag_error(b->diags, outline_place(line, part),
			           "write what is seen without brackets: ‘folds arms’");
		else
			*(struct slice *)table_add(b->arena, &directions, sizeof(part)) = part;
	}
	if (directions.count == 0)
		return;
	shows.directions = directions.items;
	shows.direction_count = directions.count;
	*(struct shows *)table_add(b->arena, &b->shows, sizeof(shows)) = shows;
}

const struct regex *pattern_parse(struct build *b, const struct line *line, struct slice text)
{
	struct place place = outline_place(line, text);
	struct regex_error error = {0};
	struct regex_scratch *scratch;
	struct regex *regex;
	struct span where;
	size_t at;

	if (!pattern_check(text, place, b->arena, NULL, b->diags))
		return NULL;
	regex = regex_new(text, &error);
	if (!regex) {
		at = error.at < text.len ? error.at : text.len - 1;
		diag_error(b->diags, place_within(place, at, 1), "pattern does not compile: %s",
		           error.text);
		return NULL;
	}
	*(struct regex **)table_add(b->arena, &b->regexes, sizeof(regex)) = regex;
	scratch = regex_scratch_new();
	if (regex_find(regex, scratch, SLICE(""), 0, &where) == REGEX_YES)
		diag_error(b->diags, place,
		           "pattern matches the empty text, and so every utterance; is there a ‘?’ "
		           "or ‘*’ behind its only word?");
	regex_scratch_free(scratch);
	return regex;
}
