/* repl_resume.h: whether and how a conversation of the practice log can be gone on with.
 *
 * What was said is folded again over the scenario and the rules as they are now. Where either has
 * changed since, the mentor chooses: go on with the new, or start afresh. */
#ifndef REPL_RESUME_H
#define REPL_RESUME_H

#include "edge/out.h"
#include "edge/record.h"
#include "repl.h"

enum repl_changed { CHANGED_ASK, CHANGED_GO_ON, CHANGED_AFRESH };

enum repl_resume {
	RESUME_GO_ON, /* play->resumed and play->anew are set */
	RESUME_AFRESH, /* from the beginning */
	RESUME_LEAVE, /* the mentor chose to */
	RESUME_NO /* `err` says why */
};

/* What is to be gone on with, into `record`: `which` is as store_find takes it, or a file of /save.
 * `store` may be NULL, then `no_store` says why (NULL: it was not wanted). Says what is wrong on
 * standard error. */
enum status repl_resume_find(struct store *store, struct slice which, struct record *record,
                             const struct err *no_store);

/* `play` has scenario, ruleset and detector; `changed` is what the command line says, asked at a
 * terminal when it says nothing. The seed becomes the record's. */
enum repl_resume repl_resume(struct repl_play *play, const struct record *record, struct term *term,
                             enum repl_changed changed, struct err *err);

#endif
