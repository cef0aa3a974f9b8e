/* json.c: see json.h.
 *
 * cJSON builds and prints the trees. What it lets through is refused by a scan of our own before
 * it sees the text: it takes any control byte for a blank, raw control characters and cut strings
 * (\u0000) for text, `01.` for a number. The scan walks the whole grammar (RFC 8259), so that an
 * error has its byte and words; cJSON then meets only what it reads as the standard does. */
#include "base/json.h"

#include <cjson/cJSON.h>
#include <math.h>

#include "base/limits.h"
#include "base/utf8.h"

/* A number longer than this says nothing a double can hold; cJSON cuts at 63. */
#define NUMBER_BYTES 40u

struct scan {
	struct slice text;
	size_t at;
	struct err *err;
};

static bool wrong(const struct scan *scan, size_t at, const char *what)
{
	err_set(scan->err, "not JSON at byte %zu: %s", at + 1, what);
	return false;
}

/* The byte at the scan, or -1 at the end. */
static int peek(const struct scan *scan)
{
	return scan->at < scan->text.len ? (unsigned char)scan->text.at[scan->at] : -1;
}

static void skip_blanks(struct scan *scan)
{
	int c = peek(scan);

	while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
		scan->at++;
		c = peek(scan);
	}
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool scan_hex4(const struct scan *scan, size_t at, uint32_t *code)
{
	size_t i;

	*code = 0;
	if (scan->text.len - at < 4)
		return false;
	for (i = at; i < at + 4; i++) {
		char c = scan->text.at[i];

		if (c >= '0' && c <= '9')
			*code = *code * 16 + (uint32_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			*code = *code * 16 + (uint32_t)(c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			*code = *code * 16 + (uint32_t)(c - 'A' + 10);
		else
			return false;
	}
	return true;
}

/* At the `u` of an escape. */
static bool scan_unicode(struct scan *scan)
{
	size_t start = scan->at - 1;
	uint32_t code;
	uint32_t low;

	if (!scan_hex4(scan, scan->at + 1, &code))
		return wrong(scan, start, "\\u needs four hexadecimal digits");
	if (code == 0)
		return wrong(scan, start, "\\u0000 is not accepted in text");
	scan->at += 5;
	if (code < 0xD800 || code > 0xDFFF)
		return true;
	if (code > 0xDBFF ||
	    !slice_starts(slice_sub(scan->text, scan->at, scan->text.len), SLICE("\\u")))
		return wrong(scan, start, "half of a surrogate pair");
	if (!scan_hex4(scan, scan->at + 2, &low) || low < 0xDC00 || low > 0xDFFF)
		return wrong(scan, start, "half of a surrogate pair");
	scan->at += 6;
	return true;
}

static bool scan_escape(struct scan *scan)
{
	int c;

	scan->at++;
	c = peek(scan);
	if (c == 'u')
		return scan_unicode(scan);
	if (c <= 0 || !strchr("\"\\/bfnrt", c))
		return wrong(scan, scan->at - 1, "an unknown escape after ‘\\’");
	scan->at++;
	return true;
}

static bool scan_string(struct scan *scan)
{
	size_t start = scan->at++;

	for (;;) {
		int c = peek(scan);

		if (c < 0)
			return wrong(scan, start, "a string without its closing quote");
		if (c == '"') {
			scan->at++;
			return true;
		}
		if (c < 0x20)
			return wrong(scan, scan->at,
			             "a control character in a string; write it as an escape");
		if (c != '\\')
			scan->at++;
		else if (!scan_escape(scan))
			return false;
	}
}

static bool scan_digits(struct scan *scan)
{
	size_t start = scan->at;

	while (is_digit(peek(scan)))
		scan->at++;
	return scan->at > start;
}

static bool scan_number(struct scan *scan)
{
	size_t start = scan->at;
	char digits[NUMBER_BYTES + 1];
	bool good;

	if (peek(scan) == '-')
		scan->at++;
	if (peek(scan) == '0') {
		scan->at++;
		good = !is_digit(peek(scan));
	} else {
		good = scan_digits(scan);
	}
	if (good && peek(scan) == '.') {
		scan->at++;
		good = scan_digits(scan);
	}
	if (good && (peek(scan) == 'e' || peek(scan) == 'E')) {
		scan->at++;
		if (peek(scan) == '+' || peek(scan) == '-')
			scan->at++;
		good = scan_digits(scan);
	}
	if (!good)
		return wrong(scan, start, "a number that is none");
	if (scan->at - start > NUMBER_BYTES)
		return wrong(scan, start, "a number of more than 40 characters");
	memcpy(digits, scan->text.at + start, scan->at - start);
	digits[scan->at - start] = '\0';
	if (!isfinite(strtod(digits, NULL)))
		return wrong(scan, start, "a number too large");
	return true;
}

static bool scan_word(struct scan *scan)
{
	static const char *const words[] = {"true", "false", "null"};
	struct slice rest = slice_sub(scan->text, scan->at, scan->text.len);
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (slice_starts(rest, slice_of(words[i]))) {
			scan->at += strlen(words[i]);
			return true;
		}
	}
	if (rest.len == 0)
		return wrong(scan, scan->at, "a value is missing at the end");
	return wrong(scan, scan->at, "a value should stand here");
}

static bool scan_value(struct scan *scan, unsigned depth);

static bool scan_member_name(struct scan *scan)
{
	skip_blanks(scan);
	if (peek(scan) != '"')
		return wrong(scan, scan->at, "a name in double quotes should stand here");
	if (!scan_string(scan))
		return false;
	skip_blanks(scan);
	if (peek(scan) != ':')
		return wrong(scan, scan->at, "‘:’ should follow the name");
	scan->at++;
	return true;
}

/* An array or object, from its opening bracket. */
static bool scan_group(struct scan *scan, int close, unsigned depth)
{
	size_t start = scan->at++;

	if (depth >= LIMIT_JSON_DEPTH)
		return wrong(scan, start, "nested too deeply, at most 16 levels");
	skip_blanks(scan);
	if (peek(scan) == close) {
		scan->at++;
		return true;
	}
	for (;;) {
		if (close == '}' && !scan_member_name(scan))
			return false;
		if (!scan_value(scan, depth + 1))
			return false;
		skip_blanks(scan);
		if (peek(scan) == close) {
			scan->at++;
			return true;
		}
		if (peek(scan) != ',')
			return wrong(scan, scan->at,
			             close == '}' ? "‘,’ or ‘}’ should stand here"
			                          : "‘,’ or ‘]’ should stand here");
		scan->at++;
	}
}

static bool scan_value(struct scan *scan, unsigned depth)
{
	int c;

	skip_blanks(scan);
	c = peek(scan);
	if (c == '{')
		return scan_group(scan, '}', depth);
	if (c == '[')
		return scan_group(scan, ']', depth);
	if (c == '"')
		return scan_string(scan);
	if (c == '-' || is_digit(c))
		return scan_number(scan);
	return scan_word(scan);
}

static bool scan_text(struct slice text, struct err *err)
{
	struct scan scan = {.text = text, .err = err};
	size_t invalid = utf8_invalid(text);

	if (invalid < text.len)
		return wrong(&scan, invalid, "invalid UTF-8");
	if (slice_trim(text).len == 0) {
		err_set(err, "not JSON: nothing here");
		return false;
	}
	if (!scan_value(&scan, 0))
		return false;
	skip_blanks(&scan);
	if (scan.at < text.len)
		return wrong(&scan, scan.at, "text after the value");
	return true;
}

/* struct json is never defined: it is cJSON under a name that keeps cJSON.h out of the program. */
static const cJSON *in(const struct json *value)
{
	return (const cJSON *)value;
}

/* Creation and printing fail only for want of memory. */
static cJSON *made(cJSON *item)
{
	if (!item)
		mem_exhausted();
	return item;
}

struct json *json_parse(struct slice text, struct err *err)
{
	cJSON *item;

	if (!scan_text(text, err))
		return NULL;
	item = cJSON_ParseWithLengthOpts(text.at, text.len, NULL, false);
	return (struct json *)made(item);
}

void json_free(struct json *value)
{
	cJSON_Delete((cJSON *)value);
}

enum json_type json_type(const struct json *value)
{
	const cJSON *item = in(value);

	if (cJSON_IsBool(item))
		return JSON_BOOL;
	if (cJSON_IsNumber(item))
		return JSON_NUMBER;
	if (cJSON_IsString(item))
		return JSON_STRING;
	if (cJSON_IsArray(item))
		return JSON_ARRAY;
	if (cJSON_IsObject(item))
		return JSON_OBJECT;
	return JSON_NULL;
}

const struct json *json_get(const struct json *object, const char *name)
{
	const cJSON *found = NULL;
	const cJSON *item;

	if (!cJSON_IsObject(in(object)))
		return NULL;
	for (item = in(object)->child; item; item = item->next) {
		if (strcmp(item->string, name) == 0)
			found = item;
	}
	return (const struct json *)found;
}

struct slice json_string(const struct json *value)
{
	if (!cJSON_IsString(in(value)))
		return (struct slice){NULL, 0};
	return slice_of(in(value)->valuestring);
}

double json_number(const struct json *value)
{
	return cJSON_IsNumber(in(value)) ? in(value)->valuedouble : 0;
}

bool json_true(const struct json *value)
{
	return cJSON_IsTrue(in(value));
}

const struct json *json_first(const struct json *value)
{
	if (!cJSON_IsArray(in(value)) && !cJSON_IsObject(in(value)))
		return NULL;
	return (const struct json *)in(value)->child;
}

const struct json *json_next(const struct json *value)
{
	return (const struct json *)in(value)->next;
}

struct slice json_name(const struct json *member)
{
	return slice_of(in(member)->string);
}

struct json *json_object(void)
{
	return (struct json *)made(cJSON_CreateObject());
}

struct json *json_array(void)
{
	return (struct json *)made(cJSON_CreateArray());
}

void json_add(struct json *object, const char *name, struct json *child)
{
	if (!cJSON_AddItemToObject((cJSON *)object, name, (cJSON *)child))
		mem_exhausted();
}

void json_add_copy(struct json *object, const char *name, const struct json *value)
{
	cJSON *copy = cJSON_Duplicate((const cJSON *)value, true);

	if (!copy)
		mem_exhausted();
	json_add(object, name, (struct json *)copy);
}

void json_push(struct json *array, struct json *child)
{
	if (!cJSON_AddItemToArray((cJSON *)array, (cJSON *)child))
		mem_exhausted();
}

/* cJSON copies NUL-terminated text: a NUL becomes U+FFFD, like all that is no text. */
static struct json *text_of(struct slice text)
{
	struct strbuf clean = {0};
	cJSON *item;
	size_t at = 0;

	strbuf_addz(&clean, "");
	while (at < text.len) {
		uint32_t code;

		at += utf8_next(slice_sub(text, at, text.len), &code);
		utf8_put(&clean, code ? code : 0xFFFD);
	}
	item = made(cJSON_CreateString(clean.at));
	strbuf_release(&clean);
	return (struct json *)item;
}

void json_add_text(struct json *object, const char *name, struct slice text)
{
	json_add(object, name, text_of(text));
}

void json_add_int(struct json *object, const char *name, long number)
{
	json_add(object, name, (struct json *)made(cJSON_CreateNumber((double)number)));
}

void json_add_real(struct json *object, const char *name, double number)
{
	double rounded = round(number * 10000) / 10000;

	/* No “-0”: the sign of nothing differs between compilers' roundings. */
	if (rounded == 0)
		rounded = 0;
	json_add(object, name, (struct json *)made(cJSON_CreateNumber(rounded)));
}

void json_add_bool(struct json *object, const char *name, bool truth)
{
	json_add(object, name, (struct json *)made(cJSON_CreateBool(truth)));
}

void json_add_null(struct json *object, const char *name)
{
	json_add(object, name, (struct json *)made(cJSON_CreateNull()));
}

void json_push_text(struct json *array, struct slice text)
{
	json_push(array, text_of(text));
}

void json_push_int(struct json *array, long number)
{
	json_push(array, (struct json *)made(cJSON_CreateNumber((double)number)));
}

void json_print(const struct json *value, struct strbuf *out)
{
	char *printed = cJSON_PrintUnformatted(in(value));
	struct slice text = slice_of(printed);
	size_t at = 0;

	if (!printed)
		mem_exhausted();
	/* cJSON escapes C0 only; C1 controls, DEL and overrides may not reach a terminal either.
	 * They stand nowhere but in strings. */
	while (at < text.len) {
		uint32_t code;
		size_t len = utf8_next(slice_sub(text, at, text.len), &code);

		if (utf8_is_control(code))
			strbuf_addf(out, "\\u%04x", (unsigned)code);
		else
			strbuf_add(out, slice_sub(text, at, at + len));
		at += len;
	}
	cJSON_free(printed);
}
