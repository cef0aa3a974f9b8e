/* columns.h: two texts side by side, line by line. Pure layout: no terminal.
 *
 * The texts are pages (page.h) already set to the width of their column; what is dim or bold in one
 * stays within it. */
#ifndef EDGE_COLUMNS_H
#define EDGE_COLUMNS_H

#include "base/str.h"

/* Lines of `left`, filled up to `width` display columns, then `between`, then the line of `right`.
 * The shorter text goes on as empty lines; no line ends in blanks. */
void columns_join(struct slice left, struct slice right, size_t width, const char *between,
                  struct strbuf *out);

#endif
