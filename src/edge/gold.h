/* gold.h: conversations coded by people: JSON lines, one a mentor's turn.
 *
 * {"conv": "d01", "turn": 1, "ect": "her line before", "mentor": "…", "moves": ["open_question"]};
 * other members are passed over. */
#ifndef EDGE_GOLD_H
#define EDGE_GOLD_H

#include "base/diag.h"

struct gold_turn {
	struct slice conv; /* a turn without one is a conversation of its own */
	struct slice ect; /* empty when the mentor began */
	struct slice mentor;
	struct slice *moves;
	size_t move_count;
	long turn; /* as numbered there, else by counting */
	uint32_t line; /* of the file */
	uint32_t group; /* line with which its conversation begins */
};

struct gold {
	struct arena arena;
	struct gold_turn *turns; /* conversation by conversation, in the order of the file */
	size_t count, cap;
	size_t conversations;
	struct source source;
};

/* The text of a file of coded conversations, or of standard input for "-". False with words when it
 * cannot be read. */
bool gold_text(struct slice path, struct strbuf *text, struct err *err);
/* What is wrong with a line goes to `diags` and leaves it out. gold_release it. */
void gold_parse(struct slice path, struct slice text, struct gold *gold, struct diags *diags);
/* Both. */
bool gold_read(struct slice path, struct gold *gold, struct diags *diags, struct err *err);
void gold_release(struct gold *gold);

#endif
