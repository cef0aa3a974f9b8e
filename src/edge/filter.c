/* filter.c: see filter.h. */
#include "edge/filter.h"

#include <errno.h>

#include "base/limits.h"
#include "edge/file.h"
#include "edge/report_json.h"

void filter_init(struct filter *filter, struct detector *detector, bool acts)
{
	*filter = (struct filter){.detector = detector, .acts = acts};
	filter->history = history_new(detector_ruleset(detector)->move_count);
}

void filter_release(struct filter *filter)
{
	history_free(filter->history);
	arena_release(&filter->arena);
}

/* A member that must be text if it is there; null counts as left out. */
static bool get_text(const struct json *object, const char *name, struct slice *text,
                     struct err *err)
{
	const struct json *value = json_get(object, name);

	*text = (struct slice){NULL, 0};
	if (!value || json_type(value) == JSON_NULL)
		return true;
	if (json_type(value) != JSON_STRING) {
		err_set(err, "‘%s’ must be a string", name);
		return false;
	}
	*text = json_string(value);
	if (text->len <= LIMIT_UTTERANCE_BYTES)
		return true;
	err_set(err, "‘%s’ has %zu bytes; at most %u are heard", name, text->len,
	        LIMIT_UTTERANCE_BYTES);
	return false;
}

static bool needs_text(const struct json *object, struct slice *text, struct err *err)
{
	if (!get_text(object, "text", text, err))
		return false;
	if (!text->at)
		err_set(err, "‘text’ is missing");
	return text->at != NULL;
}

/* One line said before; `*ect` becomes the text when it was hers. */
static bool hear_before(struct filter *filter, const struct json *item, struct slice *ect,
                        struct err *err)
{
	struct detections heard;
	struct slice who;
	struct slice text;

	if (json_type(item) != JSON_OBJECT) {
		err_set(err, "each of ‘before’ must be an object");
		return false;
	}
	if (!get_text(item, "who", &who, err) || !needs_text(item, &text, err))
		return false;
	if (slice_is(who, "ect")) {
		*ect = text;
		history_ect(filter->history, filter->detector, text);
	} else if (slice_is(who, "mentor")) {
		*ect = (struct slice){NULL, 0};
		detect(filter->detector, text, filter->history, &filter->arena, &heard);
		history_mentor(filter->history, &heard);
	} else {
		err_set(err, "‘who’ must be ‘mentor’ or ‘ect’");
		return false;
	}
	return true;
}

static bool hear_history(struct filter *filter, const struct json *object, struct err *err)
{
	const struct json *before = json_get(object, "before");
	const struct json *item;
	struct slice last = {NULL, 0};
	struct slice ect;
	size_t count = 0;

	if (before && json_type(before) != JSON_NULL && json_type(before) != JSON_ARRAY) {
		err_set(err, "‘before’ must be an array");
		return false;
	}
	for (item = json_first(before); item; item = json_next(item)) {
		if (++count > LIMIT_BEFORE_LINES) {
			err_set(err, "‘before’ has more than %u lines", LIMIT_BEFORE_LINES);
			return false;
		}
		if (!hear_before(filter, item, &last, err))
			return false;
	}
	if (!get_text(object, "ect", &ect, err))
		return false;
	/* Whoever sends the whole conversation may also name the line that is answered. */
	if (ect.len && !slice_eq(ect, last))
		history_ect(filter->history, filter->detector, ect);
	return true;
}

static struct json *answer(struct filter *filter, const struct json *object, struct err *err)
{
	struct detections heard;
	struct slice text;
	struct json *reply;

	if (json_type(object) != JSON_OBJECT) {
		err_set(err, "each line must be an object");
		return NULL;
	}
	if (!needs_text(object, &text, err) || !hear_history(filter, object, err))
		return NULL;
	detect(filter->detector, text, filter->history, &filter->arena, &heard);
	reply = json_object();
	json_add(reply, "moves", report_json_moves(&heard));
	if (filter->acts)
		json_add(reply, "acts", report_json_acts(&heard));
	return reply;
}

static void print_line(struct json *reply, struct strbuf *out)
{
	json_print(reply, out);
	strbuf_addc(out, '\n');
	json_free(reply);
}

static void print_error(const struct err *err, struct strbuf *out)
{
	struct json *reply = json_object();

	json_add_text(reply, "error", slice_of(err->text));
	print_line(reply, out);
}

bool filter_line(struct filter *filter, struct slice line, struct strbuf *out)
{
	struct err err;
	struct json *object = json_parse(line, &err);
	struct json *reply = NULL;

	arena_clear(&filter->arena);
	history_clear(filter->history);
	if (object)
		reply = answer(filter, object, &err);
	if (reply)
		print_line(reply, out);
	else
		print_error(&err, out);
	json_free(object);
	return reply != NULL;
}

enum status filter_run(struct filter *filter, FILE *in)
{
	enum status status = STATUS_FINE;
	struct strbuf line = {0};
	struct strbuf out = {0};
	enum file_line got;
	struct err err;

	errno = 0;
	while ((got = file_line(in, LIMIT_INPUT_LINE_BYTES, &line)) <= FILE_LINE_TOO_LONG) {
		strbuf_clear(&out);
		if (got == FILE_LINE_TOO_LONG) {
			err_set(&err, "the line is longer than %u bytes", LIMIT_INPUT_LINE_BYTES);
			print_error(&err, &out);
			status = STATUS_FINDINGS;
		} else if (!filter_line(filter, strbuf_slice(&line), &out)) {
			status = STATUS_FINDINGS;
		}
		out_put(strbuf_slice(&out));
		if (!out_flush())
			break;
	}
	if (got == FILE_LINE_FAILED) {
		err_set(&err, "cannot read standard input: %s", file_reason(errno));
		out_err(&err);
		status = STATUS_TROUBLE;
	}
	strbuf_release(&line);
	strbuf_release(&out);
	return status;
}
