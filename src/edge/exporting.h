/* exporting.h: `rehearse export`: all that the practice log knows of a person, for them. */
#ifndef EDGE_EXPORTING_H
#define EDGE_EXPORTING_H

#include "edge/out.h"
#include "edge/store.h"

enum exporting_format {
	EXPORT_JSONL, /* a row a line, as record.h reads it */
	EXPORT_CSV, /* table by table, each with its head, a blank line between (RFC 4180) */
	EXPORT_TEXT /* conversations as people read them, then what else there is */
};

/* To standard output: everything, or what belongs to one session (0: everything). False with words
 * when the log cannot be read. */
bool exporting_run(struct store *store, int64_t session, enum exporting_format format,
                   struct err *err);

/* The same of what was sent to an LLM and what came back, alone. */
bool exporting_wire(struct store *store, int64_t session, enum exporting_format format,
                    struct err *err);

#endif
