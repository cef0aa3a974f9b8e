/* answer.c: see answer.h. */
#include "llm/answer.h"

#include "base/json.h"
#include "base/utf8.h"

void answer_release(struct answer_part *part)
{
	strbuf_release(&part->text);
}

/* Servers repeat what they refuse: looked for before anything is cut, which may part it. */
static bool holds(struct slice text, struct slice secret)
{
	return secret.len > 0 && slice_find(text, secret) < text.len;
}

static void copy(struct slice text, char *out, size_t size)
{
	struct strbuf clean = {0};
	struct slice cut;
	size_t end;

	utf8_clean(&clean, text, false);
	cut = slice_sub(strbuf_slice(&clean), 0, size - 1);
	/* Not in the middle of a character. */
	end = utf8_invalid(cut);
	if (end)
		memcpy(out, cut.at, end);
	out[end] = '\0';
	strbuf_release(&clean);
}

/* {"error": {"message": "…"}} or {"error": "…"} or {"message": "…"} */
static bool complaint(const struct json *root, struct slice secret, char *out, size_t size)
{
	const struct json *error = json_get(root, "error");
	const struct json *words = error;

	if (error && json_type(error) == JSON_OBJECT)
		words = json_get(error, "message");
	else if (!error)
		words = json_get(root, "message");
	if (words && json_type(words) == JSON_STRING && !holds(json_string(words), secret))
		copy(json_string(words), out, size);
	return error && json_type(error) != JSON_NULL;
}

static const struct json *first_choice(const struct json *root)
{
	const struct json *choices = json_get(root, "choices");
	const struct json *choice;

	if (!choices || json_type(choices) != JSON_ARRAY)
		return NULL;
	for (choice = json_first(choices); choice; choice = json_next(choice)) {
		const struct json *index =
		        json_type(choice) == JSON_OBJECT ? json_get(choice, "index") : NULL;

		if (!index || json_number(index) == 0)
			return choice;
	}
	return NULL;
}

static void read_choice(const struct json *choice, struct answer_part *out)
{
	const struct json *words = json_get(choice, "delta");
	const struct json *reason = json_get(choice, "finish_reason");
	const struct json *content;

	if (!words || json_type(words) != JSON_OBJECT)
		words = json_get(choice, "message");
	content = words && json_type(words) == JSON_OBJECT ? json_get(words, "content") : NULL;
	if (content && json_type(content) == JSON_STRING)
		strbuf_add(&out->text, json_string(content));
	if (reason && json_type(reason) == JSON_STRING) {
		out->finished = true;
		copy(json_string(reason), out->reason, sizeof(out->reason));
	}
}

bool answer_read(struct slice json, struct slice secret, struct answer_part *out, struct err *err)
{
	struct json *root = json_parse(json, err);
	const struct json *choice;
	bool good;

	*out = (struct answer_part){0};
	if (!root)
		return false;
	good = json_type(root) == JSON_OBJECT;
	if (good)
		out->failed = complaint(root, secret, out->message, sizeof(out->message));
	choice = good ? first_choice(root) : NULL;
	if (choice && json_type(choice) == JSON_OBJECT)
		read_choice(choice, out);
	/* A chunk without choices is fine: usage figures come so. */
	good = good &&
	       (choice || out->failed || json_get(root, "choices") || json_get(root, "object"));
	if (!good)
		err_set(err, "no answer in it");
	json_free(root);
	return good;
}

void answer_complaint(struct slice body, struct slice secret, char *out, size_t size)
{
	struct err err;
	struct json *root = json_parse(slice_trim(body), &err);

	out[0] = '\0';
	if (root && json_type(root) == JSON_OBJECT)
		complaint(root, secret, out, size);
	json_free(root);
}
