/* words.h: sorted word lists, and the words of a text (clause.h). */
#ifndef LOAD_WORDS_H
#define LOAD_WORDS_H

#include "load/clause.h"

/* Whether `word` is in a table in byte order. */
bool word_in(struct slice word, const char *const *table, size_t count);

#endif
