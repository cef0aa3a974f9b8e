/* repl_commands.h: what the mentor may ask for during a conversation, each beginning with a slash.
 */
#ifndef REPL_COMMANDS_H
#define REPL_COMMANDS_H

#include "edge/page.h"
#include "repl.h"

/* A conversation under way. */
struct repl {
	const struct repl_play *play; /* = &now */
	struct repl_play now; /* what /reload and /trace change */
	struct term *term;
	struct session *session;
	struct page page; /* what will be shown next */
	bool live; /* somebody sits at a terminal */
	struct room *room; /* repl_room.h; NULL for one mentor alone */
	struct arena past; /* what hints and debrief know of it */
	struct earlier *earlier; /* repl_log.h; NULL in the first attempt */
};

enum repl_next { REPL_GO_ON, REPL_END, REPL_QUIT, REPL_UNKNOWN };

/* What may be asked for. A name with a blank in it is only there to be read about in /help. */
struct command_entry {
	const char *name; /* NULL ends a table */
	const char *argument;
	const char *about;
	enum repl_next (*run)(struct repl *repl, struct slice argument);
};

/* Does what `line` asks for; the answer is on the page. */
enum repl_next repl_command(struct repl *repl, struct slice line);

/* Shows what is on the page. False when nobody reads any more. */
bool repl_show(struct repl *repl);
/* The mentor says it; the answer is on the page. REPL_END when that ended the conversation. */
enum repl_next repl_say(struct repl *repl, struct slice said);

#endif
