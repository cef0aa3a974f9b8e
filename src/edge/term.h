/* term.h: the terminal: who is at the other end, how wide and colourful, and the next line typed.
 *
 * The only module that knows readline. Without a terminal it reads plain lines, with limits, and
 * shows no prompt. Signal handlers only set flags; every way out leaves the terminal as it was. */
#ifndef EDGE_TERM_H
#define EDGE_TERM_H

#include "base/diag.h"

/* How output to a file descriptor may look. */
struct term_look {
	bool terminal;
	bool colour; /* a terminal that is not dumb, and no NO_COLOR */
	size_t width; /* columns: the terminal's, else COLUMNS, else 80 */
};
struct term_look term_look(int fd);

/* What Tab completes; borrowed. */
struct term_words {
	const char *const *commands; /* "/help" …; NULL ends it */
	const struct slice *arguments; /* after a command */
	size_t argument_count;
};

struct term;

/* Speaks with standard input and output. With `plain_lines` never a prompt nor readline. One at a
 * time: readline has only one state. */
struct term *term_open(bool plain_lines);
void term_complete(struct term *term, const struct term_words *words);
/* Has `work` done once, when the next prompt stands and before a key is waited for: whoever sits
 * there reads meanwhile. Only for a terminal. */
void term_meanwhile(struct term *term, void (*work)(void *context), void *context);
/* Puts signal handlers and terminal back. NULL is fine. */
void term_close(struct term *term);

/* Input and output are both a terminal, and somebody sits there. */
bool term_is_live(const struct term *term);

enum term_answer {
	TERM_LINE, /* a line, without its end; pasted lines have newlines within */
	TERM_END, /* Ctrl-D on an empty line, or the end of a file or pipe */
	TERM_LEAVE, /* Ctrl-C twice, told to go by a signal, or the terminal is gone */
	TERM_LONG, /* longer than `limit`; skipped */
	TERM_UNREADABLE /* reading failed; term_trouble has why */
};

/* Reads the next line into `line` (cleared first). `prompt` and `again`, what to say after the
 * first Ctrl-C, are only for a terminal. */
enum term_answer term_read(struct term *term, const char *prompt, const char *again, size_t limit,
                           struct strbuf *line);
/* Up-arrow brings it back. */
void term_remember(struct term *term, struct slice line);

/* Waits (`term` is a struct term *: it fits what llm_ask waits by) for something else than a key,
 * `milliseconds` at most: true when `fd` can be read. False with
 * `*stopped` when Ctrl-C was typed, or a signal tells us to leave. */
bool term_wait(void *term, int fd, long milliseconds, bool *stopped);

/* Writes to standard output and flushes. False from the first time that failed: out_finish says
 * so. */
bool term_write(struct term *term, struct slice text);
/* What went wrong with reading; false when nothing. */
bool term_trouble(const struct term *term, struct err *err);
/* The signal that asked us to leave (SIGHUP where the terminal is gone), or 0. */
int term_signal(const struct term *term);

#endif
