/* question.h: whether a clause is a question by its form, whatever marks end it. */
#ifndef LOAD_QUESTION_H
#define LOAD_QUESTION_H

#include "base/str.h"

/* `clause` is folded speech. A question word or an inversion begins it, after openers such as "so",
 * "ok" or a name and a comma; not an exclamation ("what a lovely lesson") and no clause of time
 * before a statement ("when you asked tom, he froze"). */
bool question_by_form(struct slice clause);

#endif
