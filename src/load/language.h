/* language.h: the language a file is written in: a line `language fr`, at the left edge of a rule
 * pack, under `scenario` or `temperament` elsewhere. Two or three letters as ISO 639 has them;
 * English where it says nothing.
 *
 * A conversation is heard by the packs of its scenario's language alone. */
#ifndef LOAD_LANGUAGE_H
#define LOAD_LANGUAGE_H

#include "base/str.h"

#define LANGUAGE_ENGLISH SLICE("en")

/* What to say of another value. */
#define LANGUAGE_WANTED "a language is two or three small letters: ‘language fr’"

/* Two or three small letters. */
bool language_is_id(struct slice word);
/* Of a file's text (with or without BOM), read no further than its head; a part of it, or
 * LANGUAGE_ENGLISH. */
struct slice language_of(struct slice text);

#endif
