/* repl_log.h: the conversation at the terminal and the practice log: keeping each turn, going back
 * to an earlier one, going on with one that was left, and the attempt before this one. */
#ifndef REPL_LOG_H
#define REPL_LOG_H

#include "engine/debrief.h"
#include "repl_commands.h"

/* Every turn is in the log when this returns. What there is to say of the log is on the page, or on
 * standard error where nobody sits at a terminal. */
void repl_keep(struct repl *repl);
/* What was said of the log: to the page, or to standard error. `words` is cleared. */
void repl_log_words(struct repl *repl, struct strbuf *words);

/* Back to before turn `turn`: a new attempt, the one before is kept. */
void repl_go_back(struct repl *repl, uint32_t turn);
/* The fresh session takes up what is gone on with (play->resumed); on the page its last lines. */
void repl_resumed(struct repl *repl);
/* The same without the page, for any session. */
void repl_replay(const struct repl_play *play, struct session *session);
/* The debrief of the attempt is made, and not yet on the page: the log ends with it. */
void repl_look_back(struct repl *repl, const struct debrief *debrief);
/* Left before the end: on the page how to go on with it. */
void repl_left(struct repl *repl);

/* `/redo`, `/rewind N`, `/save FILE`. */
enum repl_next repl_redo(struct repl *repl, struct slice argument);
enum repl_next repl_rewind(struct repl *repl, struct slice argument);
enum repl_next repl_save(struct repl *repl, struct slice argument);

/* The turn `argument` names, 1 to the last; 0 after saying what was meant. */
uint32_t repl_turn(struct repl *repl, struct slice argument);

/* An attempt that came before the one under way. */
struct earlier {
	struct arena arena;
	struct event *events;
	size_t count;
	bool finished; /* with a debrief, so that it is worth comparing with */
};
void earlier_free(struct earlier *earlier); /* NULL is fine */

/* repl_compare.c. On the page in a line or two how this attempt differs from the one before;
 * nothing where there is none. */
void repl_difference(struct repl *repl);
/* `/compare`: both attempts on the page, during a conversation or after its debrief. */
enum repl_next repl_compare(struct repl *repl, struct slice argument);

#endif
