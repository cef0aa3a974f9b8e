/* ascii.h: kinds of ASCII bytes, and their two cases, whatever the locale. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>

static inline bool ascii_is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static inline bool ascii_is_lower(char byte)
{
	return byte >= 'a' && byte <= 'z';
}

static inline bool ascii_is_upper(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static inline char ascii_lower(char byte)
{
	return ascii_is_upper(byte) ? (char)(byte - 'A' + 'a') : byte;
}

static inline char ascii_upper(char byte)
{
	return ascii_is_lower(byte) ? (char)(byte - 'a' + 'A') : byte;
}

static inline bool ascii_is_alphanumeric(char byte)
{
	return ascii_is_lower(byte) || ascii_is_upper(byte) || ascii_is_digit(byte);
}

/* What \w is to a pattern. */
static inline bool ascii_is_word(char byte)
{
	return ascii_is_alphanumeric(byte) || byte == '_';
}

#endif
