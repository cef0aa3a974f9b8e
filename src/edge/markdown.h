/* markdown.h: text of others within Markdown, as text. */
#ifndef EDGE_MARKDOWN_H
#define EDGE_MARKDOWN_H

#include "base/str.h"

/* On one line, cleaned of control characters; nothing in it is taken for Markdown. */
void markdown_add(struct strbuf *out, struct slice text);
/* Lines stay lines; a blank one after them parts paragraphs. */
void markdown_prose(struct strbuf *out, struct slice text);

#endif
