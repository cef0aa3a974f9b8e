/* repl_planned.h: the plan beside the conversation: mentioned, shown with what was said of it, and
 * compared in the debrief; and what the mentor notes when looking back. */
#ifndef REPL_PLANNED_H
#define REPL_PLANNED_H

#include "base/json.h"
#include "repl_commands.h"

struct store;
struct store_plan;

/* The plan a conversation is held by: the one its session began with (`began`, its row; 0 for a new
 * session), else the latest of the scenario. False when there is none that can be used; with words
 * in `err` (else empty) where the log is at fault. */
bool planned_find(struct store *store, struct slice scenario, int64_t began, struct arena *arena,
                  struct store_plan *out, struct err *err);

/* One line at the beginning. */
void planned_mention(struct repl *repl);
/* `/plan`. */
enum repl_next planned_show(struct repl *repl, struct slice argument);
/* In the debrief, and in all that lies behind it. Nothing without a plan. */
void planned_told(struct repl *repl);
void planned_more(struct repl *repl);
/* Whether there is an attempt in the log to note something about; and asks what (reflecting.h). */
bool repl_may_reflect(const struct repl *repl);
void repl_reflect(struct repl *repl);
/* Member `plan` of a debrief; NULL without a plan. json_free it. */
struct json *planned_json(const struct repl_play *play, const struct session *session);

#endif
