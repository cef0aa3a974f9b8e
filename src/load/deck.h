/* deck.h: a deck of drills: short prompts, each a line of some ECT, and moves that answer it well.
 * The file format is rehearse-drill(5).
 *
 * Everything is const once loaded. Text points into the file's arena. */
#ifndef LOAD_DECK_H
#define LOAD_DECK_H

#include "load/ruleset.h"

/* What was said before, and last the line to be answered. */
struct deck_line {
	bool mentor;
	struct slice words; /* stage directions in them */
	struct place place;
};

/* A good version, or words that must not count. Empty: Enter alone. */
struct deck_say {
	struct slice words;
	struct place place;
};

/* A move that a prompt asks for. */
struct deck_ask {
	const struct move *move;
	const struct deck_say *says; /* at least one */
	size_t say_count;
	const struct deck_say *nos;
	size_t no_count;
	struct slice hint; /* or empty */
	struct place place;
};

struct deck_prompt {
	struct slice id; /* within the deck */
	struct slice name; /* as speech begins: "Hana" */
	struct slice who; /* "Hana, Reception · phonics" */
	const struct deck_line *lines; /* at least one; the last is the ECT's */
	size_t line_count;
	struct slice evidence; /* seen in the lesson; or empty */
	struct slice hint; /* for any of its moves; or empty */
	const struct deck_ask *asks; /* at least one, each of another move */
	size_t ask_count;
	struct place place;
};

/* What to say to somebody who made one of these moves and not the one asked for. */
struct deck_heard {
	const struct move *const *moves;
	size_t move_count;
	struct slice words; /* may hold {name} */
};

/* How a move is asked for, and what near misses of it mean. */
struct deck_coach {
	const struct move *move;
	struct slice task; /* "Paraphrase this."; may hold {name} */
	const struct deck_heard *heards; /* the first that fits counts */
	size_t heard_count;
	struct slice otherwise; /* or empty */
	struct place place;
};

struct deck {
	struct slice id; /* file name without .deck */
	struct slice title;
	struct slice about;
	const struct deck_coach *coaches;
	size_t coach_count;
	const struct deck_prompt *prompts;
	size_t prompt_count;
	const struct source *source;
	struct place place;
};

/* Owner of a deck: NULL never. */
struct deck_file;

/* Parses and links a deck against a linked ruleset; `id`, `path` and `text` are copied. The deck
 * is well-formed even with errors in `diags` (what was wrong is left out), but do not drill with
 * it then. */
struct deck_file *deck_load(struct slice id, struct slice path, struct slice text,
                            const struct ruleset *ruleset, struct diags *diags);
const struct deck *deck_of(const struct deck_file *file);
void deck_free(struct deck_file *file);

/* Words with {name} filled in. */
void deck_fill(struct slice words, struct slice name, struct strbuf *out);

#endif
