/* po.h: PO files, the form translators work with, by libgettextpo.
 *
 * The only module that knows that library. */
#ifndef EDGE_PO_H
#define EDGE_PO_H

#include "base/diag.h"

struct po; /* a file in memory */

/* A new one: UTF-8, for `language` ("" for a template), about `project`. po_free it. */
struct po *po_new(struct slice project, struct slice language);
/* Adds a message behind those there are. `note` may be NULL; `translation` may be empty. */
void po_add(struct po *po, struct slice context, struct slice text, struct slice translation,
            const char *note, struct slice file, uint32_t line);
/* Writes it to standard output. False with words. */
bool po_write(struct po *po, struct err *err);

/* Reads a file of at most LIMIT_FILE_BYTES. NULL with words: `file:line: …` where it is no PO file.
 * po_free it. */
struct po *po_read(struct slice path, struct err *err);
/* The translation of a message; empty when there is none, or it is marked as fuzzy. Lives as long
 * as `po`. */
struct slice po_find(const struct po *po, struct slice context, struct slice text);
/* What its header says; empty when it says nothing. Lives in `arena`. */
struct slice po_language(const struct po *po, struct arena *arena);

void po_free(struct po *po); /* NULL is fine */

#endif
