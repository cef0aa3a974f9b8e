/* expr_parts.h: what a condition is made of: for expr.c, and gate.c which reasons about it. */
#ifndef LOAD_EXPR_PARTS_H
#define LOAD_EXPR_PARTS_H

#include "load/expr.h"

enum expr_kind { KIND_NUMBER, KIND_NAME, KIND_COMPARE, KIND_AND, KIND_OR, KIND_NOT };
enum expr_comparison { AT_LEAST, AT_MOST, MORE, LESS, EQUAL, UNEQUAL };

struct expr {
	enum expr_kind kind;
	enum expr_type type;
	enum expr_comparison comparison;
	const struct expr *left;
	const struct expr *right;
	double number;
	int id;
	int arg;
	struct slice text; /* as written */
};

#endif
