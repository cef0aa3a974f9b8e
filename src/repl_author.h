/* repl_author.h: play for whoever writes the scenario: from the middle, with the file read again
 * as it is edited, and with every turn explained. */
#ifndef REPL_AUTHOR_H
#define REPL_AUTHOR_H

#include "edge/library.h"
#include "repl_commands.h"

/* Where to begin: `--at BEAT` and `--set trust=8,tension=2`. Empty: at the beginning. */
struct author_start {
	struct slice beat;
	struct slice meters;
};
/* Puts a session there, before anything is said. False with words that name what there is. */
bool author_begin(const struct author_start *start, struct session *session, struct err *err);

/* What reads scenario and rules again: the command line they came from. */
struct author_files;
struct author_files *author_files_new(const struct options *options, struct slice scenario);
void author_files_free(struct author_files *files); /* NULL is fine */

/* `/reload`: the conversation so far is folded over scenario and rules as they are on the disk now;
 * when they cannot be played, says why, and nothing changes. */
enum repl_next author_reload(struct repl *repl, struct slice argument);
/* `/trace`: from now on each turn is explained, or no longer. */
enum repl_next author_trace(struct repl *repl, struct slice argument);
/* The explanation of a turn, if it is wanted. */
void author_explain(struct repl *repl, const struct turn *turn);

#endif
