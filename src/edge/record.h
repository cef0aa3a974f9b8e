/* record.h: one attempt as the practice log has it, from the log or from a file.
 *
 * The file is what /save and `rehearse export --format jsonl` write: one JSON object a line, a row
 * of a table each, "table" first. Read of it is the last attempt of the last session, with its
 * events; lines of other tables and other attempts are passed over. */
#ifndef EDGE_RECORD_H
#define EDGE_RECORD_H

#include "edge/store_mine.h"

struct record {
	struct arena arena;
	struct store_session session; /* id 0: from a file */
	struct store_attempt attempt; /* number as it was in the log; id 0: from a file */
	struct store_events events;
	uint32_t *lines; /* of the file, an event each; NULL: from the log */
};

/* Whether a text is such a file rather than a conversation as people write it. */
bool record_is(struct slice text);
/* What is wrong inside goes to `diags`; with errors there the record means nothing. False with
 * words when it cannot be read. record_release it in any case. */
bool record_read(struct slice path, struct record *out, struct diags *diags, struct err *err);
/* The same from text that was read; false when there are errors. The record has its own copies. */
bool record_parse(const struct source *source, struct record *out, struct diags *diags);
/* From the log, by what people write (store_find). False with words when there is none. */
bool record_load(struct store *store, struct slice which, struct record *out, struct err *err);
void record_release(struct record *record);
/* Its scenario, for library_find: by path when that is still there, else by id. */
struct slice record_scenario(const struct record *record);

/* Appends a row as a line of such a file. */
void record_put_row(struct strbuf *out, const char *table, const struct store_value *values,
                    size_t count);

#endif
