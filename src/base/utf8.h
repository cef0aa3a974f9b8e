/* utf8.h: Unicode by utf8proc: validity, width, cleaning. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* What stands in for what cannot be shown or read. */
#define UTF8_REPLACEMENT 0xfffdu

/* The offset of the first byte that is not valid UTF-8 (no surrogates, no overlong forms), or
 * text.len. */
size_t utf8_invalid(struct slice text);
/* Decodes one code point at text.at; returns its bytes (1..4), or 0 at the end. An invalid byte
 * gives U+FFFD and 1. */
size_t utf8_next(struct slice text, uint32_t *code);
/* Appends one code point. */
void utf8_put(struct strbuf *out, uint32_t code);
size_t utf8_count(struct slice text);
/* Columns on a terminal; combining marks 0, wide characters 2, control characters 0. */
size_t utf8_width(struct slice text);
size_t utf8_code_width(uint32_t code);
/* True for C0 and C1 controls, DEL, and the bidirectional overrides: nothing a terminal should be
 * sent from a file, a person or a model. Newline and tab count as control here. */
bool utf8_is_control(uint32_t code);
/* Letters, digits and the marks upon them. */
bool utf8_is_word(uint32_t code);
/* The offset of the first control character other than newline, tab and carriage return, or
 * text.len. */
size_t utf8_control(struct slice text);
/* Appends text made fit for a terminal or page: controls and invalid bytes become U+FFFD; newline
 * and tab stay when `keep_lines`, else become spaces. */
void utf8_clean(struct strbuf *out, struct slice text, bool keep_lines);

#endif
