/* str.c: see str.h. */
#include "base/str.h"

#include "base/ascii.h"

#include <limits.h>
#include <stdarg.h>

struct slice slice_of(const char *text)
{
	return (struct slice){text ? text : "", text ? strlen(text) : 0};
}

struct slice slice_sub(struct slice text, size_t start, size_t end)
{
	if (end > text.len)
		end = text.len;
	if (start > end)
		start = end;
	return (struct slice){text.at + start, end - start};
}

struct slice slice_span(struct slice text, struct span span)
{
	return slice_sub(text, span.start, span.end);
}

static bool is_blank(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct slice slice_trim(struct slice text)
{
	while (text.len && is_blank(text.at[0])) {
		text.at++;
		text.len--;
	}
	while (text.len && is_blank(text.at[text.len - 1]))
		text.len--;
	return text;
}

struct slice slice_unmarked(struct slice text)
{
	return slice_starts(text, SLICE("\xEF\xBB\xBF")) ? slice_sub(text, 3, text.len) : text;
}

bool slice_eq(struct slice a, struct slice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool slice_is(struct slice a, const char *b)
{
	return slice_eq(a, slice_of(b));
}

bool slice_starts(struct slice text, struct slice prefix)
{
	return text.len >= prefix.len && slice_eq(slice_sub(text, 0, prefix.len), prefix);
}

bool slice_ends(struct slice text, struct slice suffix)
{
	return text.len >= suffix.len &&
	       slice_eq(slice_sub(text, text.len - suffix.len, text.len), suffix);
}

int slice_compare(struct slice a, struct slice b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter ? memcmp(a.at, b.at, shorter) : 0;

	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

size_t slice_find(struct slice text, struct slice needle)
{
	size_t i = 0;

	if (needle.len == 0)
		return 0;
	while (i + needle.len <= text.len) {
		const char *found =
		        memchr(text.at + i, needle.at[0], text.len - needle.len - i + 1);

		if (!found)
			break;
		i = (size_t)(found - text.at);
		if (memcmp(found, needle.at, needle.len) == 0)
			return i;
		i++;
	}
	return text.len;
}

bool slice_cut(struct slice *rest, char byte, struct slice *part)
{
	const char *found;
	size_t len;

	if (rest->len == 0)
		return false;
	found = memchr(rest->at, byte, rest->len);
	len = found ? (size_t)(found - rest->at) : rest->len;
	*part = slice_sub(*rest, 0, len);
	*rest = slice_sub(*rest, len + (found ? 1 : 0), rest->len);
	return true;
}

bool slice_word(struct slice *rest, struct slice *word)
{
	size_t len = 0;

	while (rest->len && is_blank(rest->at[0])) {
		rest->at++;
		rest->len--;
	}
	while (len < rest->len && !is_blank(rest->at[len]))
		len++;
	*word = slice_sub(*rest, 0, len);
	*rest = slice_sub(*rest, len, rest->len);
	return len > 0;
}

bool slice_int(struct slice text, long min, long max, long *value)
{
	bool negative = text.len && text.at[0] == '-';
	size_t i = negative || (text.len && text.at[0] == '+') ? 1 : 0;
	long number = 0;

	if (i == text.len)
		return false;
	for (; i < text.len; i++) {
		int digit = text.at[i] - '0';

		if (digit < 0 || digit > 9 || number > (LONG_MAX - digit) / 10)
			return false;
		number = number * 10 + digit;
	}
	if (negative)
		number = -number;
	if (number < min || number > max)
		return false;
	*value = number;
	return true;
}

struct slice slice_copy(struct arena *arena, struct slice text)
{
	char *copy = arena_alloc(arena, text.len + 1);

	if (text.len)
		memcpy(copy, text.at, text.len);
	return (struct slice){copy, text.len};
}

bool slice_is_id(struct slice text)
{
	size_t i;

	if (text.len == 0 || text.at[0] < 'a' || text.at[0] > 'z')
		return false;
	for (i = 1; i < text.len; i++) {
		char c = text.at[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
			return false;
	}
	return true;
}

struct slice slice_id_words(struct arena *arena, struct slice id)
{
	char *words = arena_alloc(arena, id.len + 1);
	size_t i;

	for (i = 0; i < id.len; i++)
		words[i] = id.at[i] == '_' || id.at[i] == '-' ? ' ' : id.at[i];
	return (struct slice){words, id.len};
}

struct slice slice_words_id(struct arena *arena, struct slice words)
{
	char *id = arena_alloc(arena, words.len + 1);
	size_t i;

	for (i = 0; i < words.len; i++) {
		char byte = ascii_lower(words.at[i]);

		id[i] = byte == ' ' || byte == '-' ? '_' : byte;
	}
	return (struct slice){id, words.len};
}

bool slice_decimal(struct slice text, double *value)
{
	double number = 0;
	double scale = 1;
	bool point = false;
	size_t i;

	if (text.len == 0 || text.len > 9)
		return false;
	for (i = 0; i < text.len; i++) {
		if (text.at[i] == '.' && !point && i > 0 && i + 1 < text.len) {
			point = true;
			continue;
		}
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		number = number * 10 + (text.at[i] - '0');
		scale *= point ? 10 : 1;
	}
	*value = number / scale;
	return true;
}

uint64_t slice_hash(uint64_t seed, struct slice text)
{
	uint64_t hash = seed;
	size_t i;

	for (i = 0; i < text.len; i++) {
		hash ^= (unsigned char)text.at[i];
		hash *= UINT64_C(1099511628211);
	}
	return hash;
}

bool span_overlaps(struct span a, struct span b)
{
	if (a.start == a.end || b.start == b.end)
		return a.start <= b.end && b.start <= a.end;
	return a.start < b.end && b.start < a.end;
}

static void reserve(struct strbuf *buf, size_t more)
{
	buf->at = mem_grow(buf->at, &buf->cap, buf->len + more + 1, 1);
}

void strbuf_add(struct strbuf *buf, struct slice text)
{
	reserve(buf, text.len);
	if (text.len)
		memcpy(buf->at + buf->len, text.at, text.len);
	buf->len += text.len;
	buf->at[buf->len] = '\0';
}

void strbuf_addz(struct strbuf *buf, const char *text)
{
	strbuf_add(buf, slice_of(text));
}

void strbuf_addc(struct strbuf *buf, char byte)
{
	strbuf_add(buf, (struct slice){&byte, 1});
}

__attribute__((format(printf, 2, 0))) static void add_args(struct strbuf *buf, const char *format,
                                                           va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		BUG("format '%s' cannot be printed", format);
	reserve(buf, (size_t)len);
	vsnprintf(buf->at + buf->len, (size_t)len + 1, format, args);
	buf->len += (size_t)len;
}

void strbuf_addf(struct strbuf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_args(buf, format, args);
	va_end(args);
}

void strbuf_clear(struct strbuf *buf)
{
	buf->len = 0;
	if (buf->at)
		buf->at[0] = '\0';
}

void strbuf_release(struct strbuf *buf)
{
	free(buf->at);
	*buf = (struct strbuf){0};
}

struct slice strbuf_slice(const struct strbuf *buf)
{
	return (struct slice){buf->at ? buf->at : "", buf->len};
}

struct slice slice_format(struct arena *arena, const char *format, ...)
{
	struct strbuf buf = {0};
	struct slice copy;
	va_list args;

	va_start(args, format);
	add_args(&buf, format, args);
	va_end(args);
	copy = slice_copy(arena, strbuf_slice(&buf));
	strbuf_release(&buf);
	return copy;
}
