/* expr.h: conditions: `trust >= 6 and not done(aid)`.
 *
 * One language for rules, replies, tells and endings. Names are resolved and types checked when
 * parsed, so evaluation cannot fail. No arithmetic.
 *
 *   or   := and { "or" and }        and := not { "and" not }       not := [ "not" ] test
 *   test := term [ (">=" | "<=" | ">" | "<" | "=" | "!=") term ] | "(" or ")"
 *   term := NUMBER | NAME | FUNCTION "(" ID ")"
 *
 * A number alone is no condition, a truth is not compared. */
#ifndef LOAD_EXPR_H
#define LOAD_EXPR_H

#include "base/diag.h"

enum expr_type { EXPR_NUMBER, EXPR_TRUTH };

/* What kind of id a function takes. */
enum expr_arg {
	EXPR_ARG_NONE, /* a plain name */
	EXPR_ARG_MOVE, /* count(open_question) */
	EXPR_ARG_TOPIC, /* asked(seating) */
	EXPR_ARG_OPTIONAL, /* agreed or agreed(topic) */
	EXPR_ARG_DONE, /* done(framework or move) */
	EXPR_ARG_SEQUENCE, /* in_order(sequence) */
};

struct expr_name {
	const char *name;
	enum expr_type type;
	enum expr_arg arg;
	int id; /* what `value` is asked for */
};

/* What may be said where: the names known, and how ids are found. */
struct expr_scope {
	const struct expr_name *names; /* ends with a NULL name */
	/* The index (>= 0) of the id, or -1. Offers every known id to `nearest` when it is not
	 * NULL. */
	int (*resolve)(void *context, enum expr_arg arg, struct slice id, struct nearest *nearest);
	void *context;
};

struct expr; /* const once parsed */

/* NULL and a diagnostic when wrong. `place` is where `text` stands. The expression lives in
 * `arena`. */
const struct expr *expr_parse(struct slice text, struct place place, const struct expr_scope *scope,
                              struct arena *arena, struct diags *diags);

/* What a name or function is worth now; a truth is 0 or 1; `arg` is the resolved index, or -1 when
 * left out. */
typedef double (*expr_value)(void *context, int id, int arg);

bool expr_holds(const struct expr *expr, expr_value value, void *context);

/* How many terms are joined by `and` at the top: what an author's care for a case counts when
 * replies are ranked. */
size_t expr_terms(const struct expr *expr);

/* For `why`: term number `index` of the top-level `and`s as written, and whether it holds now. */
struct slice expr_term(const struct expr *expr, size_t index, expr_value value, void *context,
                       bool *holds);

/* The whole condition as written. */
struct slice expr_text(const struct expr *expr);

/* Calls `visit` for every name or function in the expression: for checks. */
void expr_visit(const struct expr *expr, void (*visit)(void *context, int id, int arg),
                void *context);

#endif
