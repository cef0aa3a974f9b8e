/* str.h: text as pointer and length, and a buffer that grows.
 *
 * A slice never owns its bytes. NUL-terminated strings exist only at a library's edge. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/banned.h"
#include "base/mem.h"

struct slice {
	const char *at;
	size_t len;
};

/* A half-open range of bytes of some text. */
struct span {
	uint32_t start;
	uint32_t end;
};

struct strbuf {
	char *at; /* always NUL-terminated once something was added */
	size_t len;
	size_t cap;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})
/* For "%.*s". */
#define SLICE_ARGS(slice) (int)(slice).len, (slice).at

struct slice slice_of(const char *text); /* a NUL-terminated string; NULL gives the empty slice */
struct slice slice_sub(struct slice text, size_t start, size_t end); /* clamped */
struct slice slice_span(struct slice text, struct span span);
struct slice slice_trim(struct slice text); /* ASCII white space off both ends */
/* A text without the mark of byte order (BOM) that some editors begin it with. */
struct slice slice_unmarked(struct slice text);
bool slice_eq(struct slice a, struct slice b);
bool slice_is(struct slice a, const char *b);
bool slice_starts(struct slice text, struct slice prefix);
bool slice_ends(struct slice text, struct slice suffix);
int slice_compare(struct slice a, struct slice b); /* byte order */
/* Where `needle` first begins in `text`, or text.len. */
size_t slice_find(struct slice text, struct slice needle);
/* Cuts the part before the first `byte` off `*rest` (all of it if there is none) and moves `*rest`
 * behind the byte. False when `*rest` was empty. */
bool slice_cut(struct slice *rest, char byte, struct slice *part);
/* Cuts the next run of non-blank bytes off the front of `*rest`. False when none is left. */
bool slice_word(struct slice *rest, struct slice *word);
/* A whole decimal integer (optional + or -) within `min`..`max`; false otherwise. */
bool slice_int(struct slice text, long min, long max, long *value);
/* A NUL-terminated copy in the arena. */
struct slice slice_copy(struct arena *arena, struct slice text);
/* `[a-z][a-z0-9_-]*` */
bool slice_is_id(struct slice text);
/* An id as words, in the arena: ‘_’ and ‘-’ are blanks. */
struct slice slice_id_words(struct arena *arena, struct slice id);
/* The other way: words as people type an id, "Open question" as open_question; in the arena. */
struct slice slice_words_id(struct arena *arena, struct slice words);
/* A whole decimal number without a sign, perhaps with one point within it; up to nine characters,
 * so that it is exact. */
bool slice_decimal(struct slice text, double *value);
/* FNV-1a, 64 bits: stable across machines, for line ids and record hashes; not against attackers.
 */
uint64_t slice_hash(uint64_t seed, struct slice text);
#define SLICE_HASH_SEED UINT64_C(14695981039346656037)

bool span_overlaps(struct span a, struct span b);

void strbuf_add(struct strbuf *buf, struct slice text);
void strbuf_addz(struct strbuf *buf, const char *text);
void strbuf_addc(struct strbuf *buf, char byte);
void strbuf_addf(struct strbuf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_clear(struct strbuf *buf);
void strbuf_release(struct strbuf *buf);
struct slice strbuf_slice(const struct strbuf *buf);
/* A copy in the arena of what the format gives. */
struct slice slice_format(struct arena *arena, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

#endif
