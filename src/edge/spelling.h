/* spelling.h: words of scenarios and temperaments that are not in the British dictionary.
 *
 * By Hunspell, where it is installed: libhunspell and its en_GB dictionary are opened only when a
 * file is checked. Linked, they would cost every start of the program the C++ library they need,
 * and every user an installation for what only authors want. */
#ifndef EDGE_SPELLING_H
#define EDGE_SPELLING_H

#include "base/diag.h"

struct spelling;

/* NULL where there is no library or no dictionary: in the folders of DICPATH, or where Debian has
 * them. spelling_close it. */
struct spelling *spelling_open(void);
void spelling_close(struct spelling *spelling);
/* A list of words that are none of its mistakes: parted by blanks; a line that begins with “# ” is
 * none. */
void spelling_accept(struct spelling *spelling, struct slice words);
/* A warning (named spelling) for each word of the file's prose that is not known, where it first
 * stands. Names pass (a capital within a sentence), and what the file's own line `words` holds. */
void spelling_check(struct spelling *spelling, const struct source *source, struct diags *diags);

#endif
