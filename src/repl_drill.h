/* repl_drill.h: a round of drill, with somebody at a terminal or with lines from a pipe. */
#ifndef REPL_DRILL_H
#define REPL_DRILL_H

#include "edge/store_drill.h"
#include "engine/drill.h"
#include "repl.h"

struct repl_drill {
	struct drill *drill;
	struct store *store; /* the practice log; NULL: nothing is kept */
	struct detector *detector;
	struct diags *late; /* as in struct repl_play */
	double limit; /* seconds for an answer; 0: untimed */
	bool plain;
};

enum repl_result repl_drill_run(const struct repl_drill *round, struct term *term, struct err *err);
/* One JSON object a line: prompts, answers, a summary. */
enum repl_result repl_drill_json(const struct repl_drill *round, struct term *term,
                                 struct err *err);

/* "/help" …: for completion; ends with NULL. */
extern const char *const repl_drill_names[];

#endif
