/* store_mine.h: the practice log is the mentor's own: all of it comes out, and goes away for good.
 */
#ifndef EDGE_STORE_MINE_H
#define EDGE_STORE_MINE_H

#include "edge/store.h"

/* One value of a row: text as it is, numbers as SQLite writes them. */
struct store_value {
	const char *column;
	enum { STORE_NULL, STORE_NUMBER, STORE_TEXT } type;
	struct slice text;
};

/* Called for each row; what it is given lives until it returns. */
typedef void store_visit(void *context, const char *table, const struct store_value *values,
                         size_t count);

/* Every row of every table, in an order that is the same each time; or those that belong to one
 * session (0: all). */
bool store_export(struct store *store, int64_t session, store_visit *visit, void *context,
                  struct err *err);

/* Removes one session with its attempts, events, notes, tallies and grades, and its plan unless
 * another session has it too; or, for 0, everything there is. No copy stays in the file or its
 * journal; false with words when another program keeps one from being cleared, or when there is no
 * such session. */
bool store_forget(struct store *store, int64_t session, struct err *err);

/* Removes what was sent to an LLM and what came back, of all sessions and of none, and every
 * consent to send something; in the same way. */
bool store_forget_wire(struct store *store, struct err *err);

#endif
