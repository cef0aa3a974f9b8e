/* utf8.c: see utf8.h. */
#include "base/utf8.h"

#include <utf8proc.h>

size_t utf8_next(struct slice text, uint32_t *code)
{
	const unsigned char *bytes = (const unsigned char *)text.at;
	utf8proc_int32_t decoded;
	utf8proc_ssize_t len;

	if (text.len == 0) {
		*code = 0;
		return 0;
	}
	if (bytes[0] < 0x80) {
		*code = bytes[0];
		return 1;
	}
	len = utf8proc_iterate(bytes, text.len < 4 ? (utf8proc_ssize_t)text.len : 4, &decoded);
	if (len <= 0) {
		*code = UTF8_REPLACEMENT;
		return 1;
	}
	*code = (uint32_t)decoded;
	return (size_t)len;
}

/* U+FFFD typed as such takes three bytes, an invalid byte one. */
static bool is_invalid(uint32_t code, size_t len)
{
	return code == UTF8_REPLACEMENT && len == 1;
}

/* Behind the plain ASCII at `at`: most of what we read, and never wrong. */
static size_t skip_plain(struct slice text, size_t at)
{
	while (at < text.len && text.at[at] >= ' ' && text.at[at] <= '~')
		at++;
	return at;
}

size_t utf8_invalid(struct slice text)
{
	size_t at = skip_plain(text, 0);

	while (at < text.len) {
		uint32_t code;
		size_t len = utf8_next(slice_sub(text, at, text.len), &code);

		if (is_invalid(code, len))
			return at;
		at = skip_plain(text, at + len);
	}
	return text.len;
}

void utf8_put(struct strbuf *out, uint32_t code)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t len;

	if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
		code = UTF8_REPLACEMENT;
	len = utf8proc_encode_char((utf8proc_int32_t)code, bytes);
	strbuf_add(out, (struct slice){(const char *)bytes, (size_t)len});
}

size_t utf8_count(struct slice text)
{
	size_t at = 0;
	size_t count = 0;

	while (at < text.len) {
		uint32_t code;

		at += utf8_next(slice_sub(text, at, text.len), &code);
		count++;
	}
	return count;
}

size_t utf8_code_width(uint32_t code)
{
	int width;

	if (code >= 0x20 && code < 0x7f)
		return 1;
	if (code > 0x10ffff || utf8_is_control(code))
		return 0;
	width = utf8proc_charwidth((utf8proc_int32_t)code);
	return width > 0 ? (size_t)width : 0;
}

size_t utf8_width(struct slice text)
{
	size_t at = 0;
	size_t width = 0;

	while (at < text.len) {
		uint32_t code;

		at += utf8_next(slice_sub(text, at, text.len), &code);
		width += utf8_code_width(code);
	}
	return width;
}

bool utf8_is_control(uint32_t code)
{
	if (code < 0x20 || (code >= 0x7f && code < 0xa0))
		return true;
	return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

bool utf8_is_word(uint32_t code)
{
	if (code < 0x80)
		return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
		       (code >= '0' && code <= '9');
	switch (utf8proc_category((utf8proc_int32_t)code)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}

size_t utf8_control(struct slice text)
{
	size_t at = skip_plain(text, 0);

	while (at < text.len) {
		uint32_t code;
		size_t len = utf8_next(slice_sub(text, at, text.len), &code);

		if (utf8_is_control(code) && code != '\n' && code != '\t' && code != '\r')
			return at;
		at = skip_plain(text, at + len);
	}
	return text.len;
}

void utf8_clean(struct strbuf *out, struct slice text, bool keep_lines)
{
	size_t at = 0;

	while (at < text.len) {
		uint32_t code;
		size_t len = utf8_next(slice_sub(text, at, text.len), &code);

		at += len;
		if (code == '\r' && at < text.len && text.at[at] == '\n')
			continue;
		if (code == '\n' || code == '\t')
			strbuf_addc(out, keep_lines ? (char)code : ' ');
		else if (utf8_is_control(code))
			utf8_put(out, UTF8_REPLACEMENT);
		else
			utf8_put(out, code);
	}
}
