/* record.c: see record.h. */
#include "edge/record.h"

#include <math.h>

#include "base/json.h"
#include "base/limits.h"
#include "edge/file.h"

/* What a double holds exactly. */
#define EXACT 9007199254740992.0

/* Writing. */

static bool is_whole(struct slice number)
{
	size_t i;

	for (i = 0; i < number.len; i++) {
		if ((number.at[i] < '0' || number.at[i] > '9') && (i || number.at[i] != '-'))
			return false;
	}
	return true;
}

/* Whole numbers that JSON's readers would round are written as text. */
static void add_number(struct json *object, const char *name, struct slice text)
{
	double number = strtod(text.at, NULL);

	if (!is_whole(text))
		json_add_real(object, name, number);
	else if (fabs(number) < EXACT)
		json_add_int(object, name, (long)number);
	else
		json_add_text(object, name, text);
}

void record_put_row(struct strbuf *out, const char *table, const struct store_value *values,
                    size_t count)
{
	struct json *object = json_object();
	size_t i;

	json_add_text(object, "table", slice_of(table));
	for (i = 0; i < count; i++) {
		if (values[i].type == STORE_NULL)
			json_add_null(object, values[i].column);
		else if (values[i].type == STORE_NUMBER)
			add_number(object, values[i].column, values[i].text);
		else
			json_add_text(object, values[i].column, values[i].text);
	}
	json_print(object, out);
	strbuf_addc(out, '\n');
	json_free(object);
}

/* Reading. */

struct reading {
	const struct source *source;
	struct record *out;
	struct diags *diags;
	struct table events;
	struct table lines;
	uint32_t line;
	bool session, attempt; /* met */
	double session_id; /* rows in the log that wrote the file */
	double attempt_id;
};

bool record_is(struct slice text)
{
	text = slice_trim(text);
	return text.len && text.at[0] == '{';
}

static struct slice get_text(struct reading *reading, const struct json *row, const char *name)
{
	return slice_copy(&reading->out->arena, json_string(json_get(row, name)));
}

static double get_number(const struct json *row, const char *name, double most)
{
	double number = json_number(json_get(row, name));

	return number >= 0 && number <= most ? number : 0;
}

/* 16 hexadecimal digits. */
static uint64_t get_hash(const struct json *row, const char *name)
{
	return store_read_hash(json_string(json_get(row, name)));
}

static uint64_t get_seed(const struct json *row)
{
	struct slice text = json_string(json_get(row, "seed"));
	long number;

	if (text.len && slice_int(text, INT64_MIN, INT64_MAX, &number))
		return (uint64_t)number;
	return (uint64_t)(int64_t)json_number(json_get(row, "seed"));
}

static void take_session(struct reading *reading, const struct json *row)
{
	reading->session = true;
	reading->attempt = false;
	reading->session_id = get_number(row, "id", EXACT);
	reading->out->session = (struct store_session){
	        .scenario = get_text(reading, row, "scenario"),
	        .path = get_text(reading, row, "path"),
	        .title = get_text(reading, row, "title"),
	        .name = get_text(reading, row, "name"),
	        .started = get_number(row, "started", EXACT),
	        .attempts = 1,
	};
}

static void take_attempt(struct reading *reading, const struct json *row)
{
	double ended = get_number(row, "ended", EXACT);

	if (get_number(row, "session", EXACT) != reading->session_id)
		return;
	reading->attempt = true;
	reading->attempt_id = get_number(row, "id", EXACT);
	reading->events = (struct table){0};
	reading->lines = (struct table){0};
	reading->out->attempt = (struct store_attempt){
	        .number = (uint32_t)get_number(row, "number", UINT32_MAX),
	        .shared = (uint32_t)get_number(row, "shared", UINT32_MAX),
	        .seed = get_seed(row),
	        .scenario_hash = get_hash(row, "scenario_hash"),
	        .rules_hash = get_hash(row, "rules_hash"),
	        .program = get_text(reading, row, "program"),
	        .focus = get_text(reading, row, "focus"),
	        .opening = get_text(reading, row, "opening"),
	        .started = get_number(row, "started", EXACT),
	        .ended = ended,
	        .ending = get_text(reading, row, "ending"),
	        .closing = get_text(reading, row, "closing"),
	};
}

static const char *take_event(struct reading *reading, const struct json *row)
{
	struct slice text = get_text(reading, row, "text");
	struct event *event;
	enum event_kind kind;

	if (get_number(row, "attempt", EXACT) != reading->attempt_id)
		return NULL;
	if (!store_event_kind(json_string(json_get(row, "kind")), &kind))
		return "an event of a kind that rehearse does not write";
	if (get_number(row, "seq", EXACT) != (double)reading->events.count)
		return "an event is missing before this one";
	if (kind == EVENT_HEAR && text.len > LIMIT_UTTERANCE_BYTES)
		return "this utterance is longer than one may be";
	if (reading->events.count >= LIMIT_EVENTS)
		return "more events than a conversation may have";
	event = table_add(&reading->out->arena, &reading->events, sizeof(*event));
	*(uint32_t *)table_add(&reading->out->arena, &reading->lines, sizeof(uint32_t)) =
	        reading->line;
	event->kind = kind;
	event->text = text;
	event->number = (uint32_t)get_number(row, "number", UINT32_MAX);
	event->at = get_number(row, "at", EXACT);
	return NULL;
}

/* What is wrong with the row, or NULL. */
static const char *take_row(struct reading *reading, const struct json *row)
{
	struct slice table = json_string(json_get(row, "table"));

	if (json_type(row) != JSON_OBJECT || table.len == 0)
		return "no row of the practice log: it has no “table”";
	if (slice_is(table, "session"))
		take_session(reading, row);
	else if (slice_is(table, "attempt"))
		take_attempt(reading, row);
	else if (slice_is(table, "event"))
		return take_event(reading, row);
	return NULL;
}

static void take_line(struct reading *reading, struct slice line, struct place place)
{
	const char *wrong;
	struct json *row;
	struct err err;

	if (line.len > LIMIT_STORE_TEXT_BYTES * 2) {
		diag_error(reading->diags, place,
		           "the line is longer than any that rehearse writes");
		return;
	}
	row = json_parse(line, &err);
	if (!row) {
		diag_error(reading->diags, place, "%s", err.text);
		return;
	}
	wrong = take_row(reading, row);
	if (wrong)
		diag_error(reading->diags, place, "%s", wrong);
	json_free(row);
}

bool record_parse(const struct source *source, struct record *out, struct diags *diags)
{
	struct reading reading = {.source = source, .out = out, .diags = diags, .attempt_id = -1};
	struct place place = {.source = source};
	struct slice rest = source->text;
	size_t before = diags->errors;
	struct slice line;

	*out = (struct record){0};
	while (slice_cut(&rest, '\n', &line)) {
		place.line++;
		place.at = (uint32_t)(line.at - source->text.at);
		line = slice_trim(line);
		reading.line = place.line;
		if (line.len)
			take_line(&reading, line, place);
	}
	out->events = (struct store_events){reading.events.items, reading.events.count};
	out->lines = reading.lines.items;
	if (diags->errors == before && !(reading.session && reading.attempt && out->events.count))
		diag_error(diags, (struct place){.source = source},
		           "no conversation in it; ‘/save’ and ‘rehearse export’ write such files");
	return diags->errors == before;
}

bool record_read(struct slice path, struct record *out, struct diags *diags, struct err *err)
{
	struct strbuf text = {0};
	bool good = file_read(path, LIMIT_RECORD_BYTES, &text, err);

	*out = (struct record){0};
	if (good) {
		/* Places in `diags` point at the source, which must outlive this. */
		struct source *source = ARENA_NEW(&diags->arena, struct source);

		source->path = slice_copy(&diags->arena, path);
		source->text = slice_copy(&diags->arena, strbuf_slice(&text));
		record_parse(source, out, diags);
	}
	strbuf_release(&text);
	return good;
}

bool record_load(struct store *store, struct slice which, struct record *out, struct err *err)
{
	*out = (struct record){0};
	return store_find(store, which, &out->arena, &out->session, &out->attempt, err) &&
	       store_load_events(store, out->attempt.id, &out->arena, &out->events, err);
}

void record_release(struct record *record)
{
	arena_release(&record->arena);
	*record = (struct record){0};
}

struct slice record_scenario(const struct record *record)
{
	struct slice path = record->session.path;

	return path.len && file_kind(path, NULL) == FILE_REGULAR ? path : record->session.scenario;
}
