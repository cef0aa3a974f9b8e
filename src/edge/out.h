/* out.h: results on standard output, words about them on standard error, and how a run ends.
 *
 * Whatever is said to a person is cleaned of control characters. A reader who closes the pipe ends
 * the program quietly (SIGPIPE is left to do so); other trouble with writing is told at the end. */
#ifndef EDGE_OUT_H
#define EDGE_OUT_H

#include "base/diag.h"

/* The program's exit status. */
enum status {
	STATUS_FINE = 0,
	STATUS_FINDINGS = 1, /* something is wrong in what was looked at */
	STATUS_USAGE = 2, /* the command line is wrong */
	STATUS_TROUBLE = 3, /* the environment: a missing file, a full disk */
};

/* Before anything else: the three standard streams exist, SIGPIPE ends us. */
void out_init(void);
/* To standard output, as it is: for text that was cleaned or made by us. */
void out_put(struct slice text);
void out_putz(const char *text);
/* Hands over what was put so far: for a reader who answers line by line. False when it failed. */
bool out_flush(void);
/* `rehearse: sentence` on standard error. */
void out_err(const struct err *err);
/* A line on standard error, cleaned. */
void out_note(struct slice text);
/* The diagnostics on standard error, as diags_print has them. */
void out_diags(const struct diags *diags);
/* Flushes; `status`, or STATUS_TROUBLE with a sentence when standard output did not take all. */
enum status out_finish(enum status status);

#endif
