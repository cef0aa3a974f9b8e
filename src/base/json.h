/* json.h: JSON by cJSON, without what cJSON lets through.
 *
 * Reading refuses invalid UTF-8, \u0000, lone surrogates, trailing text, nesting past
 * LIMIT_JSON_DEPTH. Writing keeps the order in which members were added and gives the same bytes
 * for the same calls. No I/O. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/diag.h"

struct json; /* one value with all below it */

/* NULL and a filled err (with the byte where it went wrong) when `text` is not exactly one JSON
 * value. json_free it. */
struct json *json_parse(struct slice text, struct err *err);
void json_free(struct json *value); /* a root only; NULL is fine */

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };
enum json_type json_type(const struct json *value);
/* The member of that name (exact case), or NULL. Repeated names: the last. */
const struct json *json_get(const struct json *object, const char *name);
/* The string, alive as long as the value; empty slice with at == NULL when `value` is NULL or no
 * string. */
struct slice json_string(const struct json *value);
double json_number(const struct json *value); /* 0 when no number */
bool json_true(const struct json *value);
/* First and next element of an array or object. */
const struct json *json_first(const struct json *value);
const struct json *json_next(const struct json *value);
struct slice json_name(const struct json *member);

struct json *json_object(void);
struct json *json_array(void);
/* Adding hands the child over to the parent. Text is cleaned of invalid UTF-8 first (U+FFFD). */
void json_add(struct json *object, const char *name, struct json *child);
/* The same with a copy of a value that stays where it is. */
void json_add_copy(struct json *object, const char *name, const struct json *value);
void json_push(struct json *array, struct json *child);
void json_add_text(struct json *object, const char *name, struct slice text);
void json_add_int(struct json *object, const char *name, long number);
/* Rounded to four decimals, so that the same figures print the same everywhere. */
void json_add_real(struct json *object, const char *name, double number);
void json_add_bool(struct json *object, const char *name, bool truth);
void json_add_null(struct json *object, const char *name);
void json_push_text(struct json *array, struct slice text);
void json_push_int(struct json *array, long number);
/* One line, no trailing newline. */
void json_print(const struct json *value, struct strbuf *out);

#endif
