/* fold.c: see fold.h.
 *
 * Typed text is folded cluster by cluster (what a reader takes for one character: a letter with its
 * marks, an emoji with its joiners), so that composing stays inside one and all its folded bytes
 * come from its first typed byte. Stars are settled in a second pass over the folded text. */
#include "load/fold.h"

#include <utf8proc.h>

#include "base/utf8.h"
#include "load/stage.h"

/* Code points composed at once. Longer stacks of marks are no language; utf8proc orders marks in
 * quadratic time. */
#define CHUNK 32u
/* The most code points that one decomposes into (U+FDFA). */
#define EXPANSION 18u

struct folding {
	struct arena *arena;
	char *text;
	size_t len;
	size_t text_cap;
	uint32_t *from;
	size_t from_cap;
	bool blank; /* the last thing put was a blank or newline, or nothing was put yet */
	bool stars;
};

static void put_byte(struct folding *folding, char byte, size_t from)
{
	size_t needed = folding->len + 2;

	folding->text = arena_grow(folding->arena, folding->text, &folding->text_cap, needed, 1);
	folding->from = arena_grow(folding->arena, folding->from, &folding->from_cap, needed,
	                           sizeof(*folding->from));
	folding->text[folding->len] = byte;
	folding->from[folding->len++] = (uint32_t)from;
	folding->blank = byte == ' ' || byte == '\n';
	folding->stars = folding->stars || byte == '*';
}

static void put_blank(struct folding *folding, size_t from)
{
	if (!folding->blank)
		put_byte(folding, ' ', from);
}

/* A newline takes the place of a blank before it; none begins a text. */
static void put_newline(struct folding *folding, size_t from)
{
	if (folding->len == 0)
		return;
	if (folding->text[folding->len - 1] == ' ')
		folding->len--;
	put_byte(folding, '\n', from);
}

static void put_code(struct folding *folding, uint32_t code, size_t from)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t len;
	utf8proc_ssize_t i;

	if (code < 0x80) {
		put_byte(folding, (char)code, from);
		return;
	}
	len = utf8proc_encode_char((utf8proc_int32_t)code, bytes);
	for (i = 0; i < len; i++)
		put_byte(folding, (char)bytes[i], from);
}

enum kind { KIND_TEXT, KIND_BLANK, KIND_NEWLINE, KIND_DROP, KIND_DASH, KIND_LONG_DASH };

static bool is_quote(uint32_t code)
{
	return (code >= 0x2018 && code <= 0x201b) || code == 0x2032 || code == 0x2035 ||
	       code == 0x2039 || code == 0x203a || code == 0x00b4 || code == 0x02b9 ||
	       code == 0x02bb || code == 0x02bc || code == 0x02c8 || code == 0xff07 ||
	       code == '`' || code == 0x055a || code == 0xa78c;
}

static bool is_double_quote(uint32_t code)
{
	return (code >= 0x201c && code <= 0x201f) || code == 0x2033 || code == 0x2036 ||
	       code == 0x00ab || code == 0x00bb || code == 0x02ba || code == 0xff02;
}

/* What a code point is to patterns; quotes and the like are replaced in `*code`. */
static enum kind kind_of(uint32_t *code)
{
	utf8proc_category_t category;

	if (*code == '\n' || *code == '\r' || *code == 0x85 || *code == 0x2028 || *code == 0x2029)
		return KIND_NEWLINE;
	if (is_quote(*code)) {
		*code = '\'';
		return KIND_TEXT;
	}
	if (is_double_quote(*code)) {
		*code = '"';
		return KIND_TEXT;
	}
	/* An em dash parts what it stands between, spaced or not. */
	if (*code == 0x2014 || *code == 0x2015 || *code == 0x2e3a || *code == 0x2e3b)
		return KIND_LONG_DASH;
	category = utf8proc_category((utf8proc_int32_t)*code);
	if (category == UTF8PROC_CATEGORY_PD || *code == 0x2212 || *code == 0x2043) {
		*code = '-';
		return KIND_DASH;
	}
	if (*code == 0x2044 || *code == 0x2215)
		*code = '/';
	if (category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZS)
		return KIND_BLANK;
	if (category == UTF8PROC_CATEGORY_CF || (*code >= 0xfe00 && *code <= 0xfe0f) ||
	    (*code >= 0xe0100 && *code <= 0xe01ef) || *code == 0x034f || *code == 0x115f ||
	    *code == 0x1160 || *code == 0x3164 || *code == 0xffa0 ||
	    (*code >= 0x180b && *code <= 0x180d) || *code == 0x180f || *code == 0x17b4 ||
	    *code == 0x17b5)
		return KIND_DROP;
	if (*code == 0x2800)
		return KIND_BLANK;
	return KIND_TEXT;
}

static void put_kind(struct folding *folding, enum kind kind, uint32_t code, size_t from)
{
	switch (kind) {
	case KIND_BLANK:
		put_blank(folding, from);
		break;
	case KIND_NEWLINE:
		put_newline(folding, from);
		break;
	case KIND_DROP:
		break;
	case KIND_LONG_DASH:
		put_blank(folding, from);
		put_byte(folding, '-', from);
		put_blank(folding, from);
		break;
	case KIND_TEXT:
	case KIND_DASH:
		put_code(folding, code, from);
		break;
	}
}

/* Compatibility and case folding, composed, of at most CHUNK code points. */
static void put_chunk(struct folding *folding, const char *bytes, size_t len, size_t from)
{
	const utf8proc_option_t options =
	        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;
	utf8proc_int32_t codes[CHUNK * EXPANSION];
	utf8proc_ssize_t count =
	        utf8proc_decompose((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)len, codes,
	                           CHUNK * EXPANSION, options);
	utf8proc_ssize_t i;

	if (count < 0 || count > (utf8proc_ssize_t)(CHUNK * EXPANSION))
		BUG("utf8proc: %s", utf8proc_errmsg(count));
	count = utf8proc_normalize_utf32(codes, count, options);
	for (i = 0; i < count; i++) {
		uint32_t code = (uint32_t)codes[i];
		enum kind kind = kind_of(&code);

		put_kind(folding, kind, code, from);
	}
}

/* The end of the cluster that begins at `at`. */
static size_t cluster_end(struct slice said, size_t at)
{
	utf8proc_int32_t state = 0;
	uint32_t code;
	uint32_t next;

	at += utf8_next(slice_sub(said, at, said.len), &code);
	while (at < said.len) {
		size_t len = utf8_next(slice_sub(said, at, said.len), &next);

		if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)code, (utf8proc_int32_t)next,
		                                     &state))
			break;
		code = next;
		at += len;
	}
	return at;
}

static size_t fold_cluster(struct folding *folding, struct slice said, size_t start)
{
	size_t end = cluster_end(said, start);
	size_t at = start;
	char chunk[CHUNK * 4];
	size_t count = 0;
	size_t len = 0;

	while (at < end) {
		uint32_t code;
		enum kind kind;

		at += utf8_next(slice_sub(said, at, end), &code);
		kind = kind_of(&code);
		if (kind == KIND_TEXT) {
			len += (size_t)utf8proc_encode_char((utf8proc_int32_t)code,
			                                    (utf8proc_uint8_t *)chunk + len);
			if (++count < CHUNK && at < end)
				continue;
		}
		if (len)
			put_chunk(folding, chunk, len, start);
		count = 0;
		len = 0;
		if (kind != KIND_TEXT)
			put_kind(folding, kind, code, start);
	}
	if (len)
		put_chunk(folding, chunk, len, start);
	return end;
}

static void fold_ascii(struct folding *folding, char byte, size_t at)
{
	if (byte >= 'A' && byte <= 'Z')
		put_byte(folding, (char)(byte - 'A' + 'a'), at);
	else if (byte == '\n' || byte == '\r')
		put_newline(folding, at);
	else if (byte <= ' ' || byte == 0x7f)
		put_blank(folding, at);
	else
		put_byte(folding, byte == '`' ? '\'' : byte, at);
}

static bool is_ascii(char byte)
{
	return (unsigned char)byte < 0x80;
}

void fold(struct slice said, struct arena *arena, struct folded *out)
{
	struct folding folding = {.arena = arena, .blank = true};
	size_t at = 0;

	folding.text = arena_grow(arena, NULL, &folding.text_cap, said.len + 8, 1);
	folding.from =
	        arena_grow(arena, NULL, &folding.from_cap, said.len + 8, sizeof(*folding.from));
	while (at < said.len) {
		bool alone = at + 1 == said.len || is_ascii(said.at[at + 1]);

		if (said.at[at] == '\r' && at + 1 < said.len && said.at[at + 1] == '\n') {
			put_newline(&folding, at);
			at += 2;
		} else if (is_ascii(said.at[at]) && alone) {
			fold_ascii(&folding, said.at[at], at);
			at++;
		} else {
			at = fold_cluster(&folding, said, at);
		}
	}
	while (folding.len && folding.blank) {
		folding.len--;
		folding.blank = folding.len && (folding.text[folding.len - 1] == ' ' ||
		                                folding.text[folding.len - 1] == '\n');
	}
	if (folding.stars)
		folding.len = stage_stars(folding.text, folding.from, folding.len);
	folding.text[folding.len] = '\0';
	folding.from[folding.len] = (uint32_t)said.len;
	out->said = said;
	out->text = (struct slice){folding.text, folding.len};
	out->from = folding.from;
}

/* The start of the last code point before `end` if it is a blank or invisible, else `end`. */
static size_t without_blank(struct slice said, size_t start, size_t end)
{
	size_t at = end;
	uint32_t code;
	enum kind kind;

	do
		at--;
	while (at > start && end - at < 4 && ((unsigned char)said.at[at] & 0xc0) == 0x80);
	if (at + utf8_next(slice_sub(said, at, end), &code) != end)
		return end;
	kind = kind_of(&code);
	if (kind == KIND_BLANK || kind == KIND_NEWLINE)
		return at;
	/* Joiners and variation selectors belong to the character before them. */
	if (kind == KIND_DROP && utf8proc_grapheme_break('a', (utf8proc_int32_t)code))
		return at;
	return end;
}

struct span fold_back(const struct folded *folded, struct span span)
{
	size_t len = folded->text.len;
	size_t first = span.start < len ? span.start : len;
	size_t last = span.end < len ? span.end : len;
	size_t start = folded->from[first];
	size_t end;

	if (last <= first)
		return (struct span){(uint32_t)start, (uint32_t)start};
	end = cluster_end(folded->said, folded->from[last - 1]);
	while (end > start) {
		size_t shorter = without_blank(folded->said, start, end);

		if (shorter == end)
			break;
		end = shorter;
	}
	return (struct span){(uint32_t)start, (uint32_t)end};
}

struct slice fold_text(struct slice said, struct arena *arena)
{
	struct folded folded;

	fold(said, arena, &folded);
	return folded.text;
}
