/* mine.h: what a person does with their practice log: `rehearse sessions`, `export`, `forget`. */
#ifndef EDGE_MINE_H
#define EDGE_MINE_H

#include "edge/exporting.h"

/* How many are listed unless all are asked for. */
#define MINE_SESSIONS 30

struct mine_list {
	bool json;
	bool plain;
	bool all;
};
/* The sessions, newest first. */
enum status mine_sessions(const struct mine_list *request);

/* `which`: a session's number, or empty for everything; with `wire` only what was sent to an LLM
 * and what came back. */
enum status mine_export(struct slice which, enum exporting_format format, bool wire);

struct mine_forget {
	struct slice which; /* a session's number; empty: everything */
	bool wire; /* instead, what was sent to an LLM and came back, and that it may be */
	bool sure; /* --yes: do not ask */
};
/* Asks first at a terminal; without one only where it is said to be sure. */
enum status mine_forget(const struct mine_forget *request);

#endif
