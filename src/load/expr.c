/* expr.c: see expr.h. A recursive descent parser over one line. */
#include "base/limits.h"
#include "load/expr_parts.h"

struct parser {
	struct slice rest;
	struct place place; /* of the whole text */
	struct slice text;
	const struct expr_scope *scope;
	struct arena *arena;
	struct diags *diags;
	size_t nodes;
	bool failed;
};

static const struct expr *parse_or(struct parser *parser, size_t depth);

static struct place where(const struct parser *parser, struct slice part)
{
	return place_within(parser->place, (size_t)(part.at - parser->text.at), part.len);
}

static const struct expr *fail(struct parser *parser)
{
	parser->failed = true;
	return NULL;
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-' || c == '.' || (unsigned char)c >= 0x80;
}

/* The next token without taking it: a word, an operator, a bracket; empty at the end. */
static struct slice peek(struct parser *parser)
{
	struct slice rest = parser->rest;
	size_t len = 0;

	while (rest.len && (rest.at[0] == ' ' || rest.at[0] == '\t'))
		rest = slice_sub(rest, 1, rest.len);
	parser->rest = rest;
	while (len < rest.len && is_word_byte(rest.at[len]))
		len++;
	if (len == 0 && rest.len) {
		len = 1;
		if (rest.len > 1 && rest.at[1] == '=' && strchr("<>!=", rest.at[0]))
			len = 2;
	}
	return slice_sub(rest, 0, len);
}

static void take(struct parser *parser, struct slice token)
{
	parser->rest = slice_sub(parser->rest, token.len, parser->rest.len);
}

static bool accept(struct parser *parser, const char *word)
{
	struct slice token = peek(parser);

	if (!slice_is(token, word))
		return false;
	take(parser, token);
	return true;
}

static struct expr *node(struct parser *parser, enum expr_kind kind, enum expr_type type)
{
	struct expr *expr;

	if (++parser->nodes == LIMIT_EXPR_NODES) {
		diag_error(parser->diags, parser->place,
		           "condition has more than %u terms; split it over two replies",
		           LIMIT_EXPR_NODES);
		parser->failed = true;
	}
	expr = ARENA_NEW(parser->arena, struct expr);
	expr->kind = kind;
	expr->type = type;
	expr->arg = -1;
	return expr;
}

/* From where `from` begins up to where the parser is now. */
static struct slice written(const struct parser *parser, const char *from)
{
	return slice_trim((struct slice){from, (size_t)(parser->rest.at - from)});
}

static const struct expr_name *find_name(const struct expr_scope *scope, struct slice word,
                                         struct nearest *nearest)
{
	const struct expr_name *name;

	for (name = scope->names; name->name; name++) {
		if (slice_is(word, name->name))
			return name;
	}
	for (name = scope->names; name->name; name++)
		nearest_offer(nearest, slice_of(name->name));
	return NULL;
}

/* "; known are a, b, c" */
static const char *known_names(const struct parser *parser)
{
	struct strbuf words = {0};
	const struct expr_name *name;
	struct slice copy;

	for (name = parser->scope->names; name->name; name++)
		strbuf_addf(&words, "%s%s", words.len ? ", " : "; known are ", name->name);
	copy = slice_copy(&parser->diags->arena, strbuf_slice(&words));
	strbuf_release(&words);
	return copy.at;
}

static const char *arg_word(enum expr_arg arg)
{
	switch (arg) {
	case EXPR_ARG_MOVE:
		return "move";
	case EXPR_ARG_TOPIC:
	case EXPR_ARG_OPTIONAL:
		return "topic";
	case EXPR_ARG_DONE:
		return "move or framework";
	case EXPR_ARG_SEQUENCE:
		return "sequence";
	case EXPR_ARG_NONE:
		break;
	}
	BUG("no word for argument kind %d", (int)arg);
}

static bool parse_arg(struct parser *parser, const struct expr_name *name, struct slice word,
                      struct expr *expr)
{
	struct slice id;
	struct nearest nearest;

	if (!accept(parser, "(")) {
		if (name->arg == EXPR_ARG_NONE || name->arg == EXPR_ARG_OPTIONAL)
			return true;
		diag_error(parser->diags, where(parser, word), "‘%s’ needs a %s: write %s(…)",
		           name->name, arg_word(name->arg), name->name);
		return false;
	}
	id = peek(parser);
	if (name->arg == EXPR_ARG_NONE) {
		diag_error(parser->diags, where(parser, word),
		           "‘%s’ takes nothing in brackets; leave them out", name->name);
		return false;
	}
	if (!slice_is_id(id)) {
		diag_error(parser->diags, where(parser, id), "‘%s’ needs a %s in its brackets",
		           name->name, arg_word(name->arg));
		return false;
	}
	take(parser, id);
	nearest_init(&nearest, id);
	expr->arg = parser->scope->resolve(parser->scope->context, name->arg, id, &nearest);
	if (expr->arg < 0) {
		diag_error(parser->diags, where(parser, id), "unknown %s ‘%.*s’%s",
		           arg_word(name->arg), SLICE_ARGS(id),
		           nearest_hint(&nearest, &parser->diags->arena));
		return false;
	}
	if (!accept(parser, ")")) {
		diag_error(parser->diags, where(parser, peek(parser)),
		           "‘)’ is missing after ‘%.*s’", SLICE_ARGS(id));
		return false;
	}
	return true;
}

static const struct expr *parse_term(struct parser *parser)
{
	struct slice token = peek(parser);
	const struct expr_name *name;
	struct nearest nearest;
	struct expr *expr;
	double number;

	if (token.len == 0) {
		diag_error(parser->diags, where(parser, token),
		           "condition ends too soon; something must follow here");
		return fail(parser);
	}
	if (token.at[0] >= '0' && token.at[0] <= '9') {
		if (!slice_decimal(token, &number)) {
			diag_error(parser->diags, where(parser, token),
			           "‘%.*s’ is no number; write one such as 4 or 0.5",
			           SLICE_ARGS(token));
			return fail(parser);
		}
		take(parser, token);
		expr = node(parser, KIND_NUMBER, EXPR_NUMBER);
		expr->number = number;
		expr->text = token;
		return expr;
	}
	nearest_init(&nearest, token);
	name = find_name(parser->scope, token, &nearest);
	if (!name) {
		diag_error(parser->diags, where(parser, token),
		           "unknown name ‘%.*s’ in a condition%s", SLICE_ARGS(token),
		           nearest.best.len ? nearest_hint(&nearest, &parser->diags->arena)
		                            : known_names(parser));
		return fail(parser);
	}
	take(parser, token);
	expr = node(parser, KIND_NAME, name->type);
	expr->id = name->id;
	if (!parse_arg(parser, name, token, expr))
		return fail(parser);
	expr->text = written(parser, token.at);
	return expr;
}

/* Signs of other languages, and blanks within one: says what was meant. */
static bool is_mistaken_sign(struct parser *parser)
{
	static const char *const mistaken[][2] = {
	        {"=>", ">="},  {"=<", "<="}, {"==", "="}, {"> =", ">="}, {"< =", "<="},
	        {"! =", "!="}, {"<>", "!="}, {"≥", ">="}, {"≤", "<="},   {"≠", "!="}};
	size_t i;

	peek(parser);
	for (i = 0; i < sizeof(mistaken) / sizeof(*mistaken); i++) {
		struct slice sign = slice_of(mistaken[i][0]);

		if (!slice_starts(parser->rest, sign))
			continue;
		diag_error(parser->diags, where(parser, slice_sub(parser->rest, 0, sign.len)),
		           "‘%s’ compares nothing; did you mean ‘%s’?", mistaken[i][0],
		           mistaken[i][1]);
		parser->failed = true;
		return true;
	}
	return false;
}

static bool parse_comparison(struct parser *parser, enum expr_comparison *comparison)
{
	static const struct {
		const char *sign;
		enum expr_comparison comparison;
	} signs[] = {{">=", AT_LEAST}, {"<=", AT_MOST}, {">", MORE},
	             {"<", LESS},      {"=", EQUAL},    {"!=", UNEQUAL}};
	size_t i;

	for (i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		if (accept(parser, signs[i].sign)) {
			*comparison = signs[i].comparison;
			return true;
		}
	}
	return false;
}

static bool wants_number(struct parser *parser, const struct expr *expr)
{
	if (expr->type == EXPR_NUMBER)
		return true;
	diag_error(parser->diags, where(parser, expr->text),
	           "‘%.*s’ is true or false and cannot be compared; leave the comparison out",
	           SLICE_ARGS(expr->text));
	return false;
}

static const struct expr *parse_test(struct parser *parser, size_t depth)
{
	const char *from = peek(parser).at;
	const struct expr *left;
	struct expr *expr;
	enum expr_comparison comparison;

	if (accept(parser, "(")) {
		left = parse_or(parser, depth + 1);
		if (left && !accept(parser, ")")) {
			diag_error(parser->diags, where(parser, peek(parser)), "‘)’ is missing");
			return fail(parser);
		}
		return left;
	}
	left = parse_term(parser);
	if (!left)
		return NULL;
	if (is_mistaken_sign(parser))
		return NULL;
	if (!parse_comparison(parser, &comparison)) {
		if (left->type == EXPR_TRUTH)
			return left;
		diag_error(parser->diags, where(parser, left->text),
		           "‘%.*s’ is a number, no condition; compare it, as in ‘%.*s >= 1’",
		           SLICE_ARGS(left->text), SLICE_ARGS(left->text));
		return fail(parser);
	}
	expr = node(parser, KIND_COMPARE, EXPR_TRUTH);
	expr->comparison = comparison;
	expr->left = left;
	expr->right = parse_term(parser);
	if (!expr->right || !wants_number(parser, left) || !wants_number(parser, expr->right))
		return fail(parser);
	expr->text = written(parser, from);
	return expr;
}

static const struct expr *parse_not(struct parser *parser, size_t depth)
{
	const char *from = peek(parser).at;
	struct expr *expr;

	if (depth > LIMIT_EXPR_DEPTH) {
		diag_error(parser->diags, parser->place,
		           "condition nests deeper than %u levels; simplify it", LIMIT_EXPR_DEPTH);
		return fail(parser);
	}
	if (!accept(parser, "not"))
		return parse_test(parser, depth);
	expr = node(parser, KIND_NOT, EXPR_TRUTH);
	expr->left = parse_not(parser, depth + 1);
	expr->text = written(parser, from);
	return expr->left ? expr : NULL;
}

/* One level of `and` or `or`, left to right. */
static const struct expr *parse_joined(struct parser *parser, size_t depth, enum expr_kind kind)
{
	const char *from = peek(parser).at;
	bool both = kind == KIND_AND;
	const struct expr *left =
	        both ? parse_not(parser, depth) : parse_joined(parser, depth, KIND_AND);

	while (left && !parser->failed && accept(parser, both ? "and" : "or")) {
		struct expr *expr = node(parser, kind, EXPR_TRUTH);

		expr->left = left;
		expr->right =
		        both ? parse_not(parser, depth) : parse_joined(parser, depth, KIND_AND);
		if (!expr->right)
			return NULL;
		expr->text = written(parser, from);
		left = expr;
	}
	return left;
}

static const struct expr *parse_or(struct parser *parser, size_t depth)
{
	return parse_joined(parser, depth, KIND_OR);
}

const struct expr *expr_parse(struct slice text, struct place place, const struct expr_scope *scope,
                              struct arena *arena, struct diags *diags)
{
	struct parser parser = {.rest = text,
	                        .text = text,
	                        .place = place,
	                        .scope = scope,
	                        .arena = arena,
	                        .diags = diags};
	const struct expr *expr = parse_or(&parser, 0);
	struct slice rest;

	if (!expr || parser.failed)
		return NULL;
	rest = peek(&parser);
	if (rest.len == 0)
		return expr;
	diag_error(diags, where(&parser, rest),
	           "‘%.*s’ is not expected here; join conditions with ‘and’ or ‘or’",
	           SLICE_ARGS(rest));
	return NULL;
}

static double number_of(const struct expr *expr, expr_value value, void *context)
{
	return expr->kind == KIND_NUMBER ? expr->number : value(context, expr->id, expr->arg);
}

static bool compare(enum expr_comparison comparison, double left, double right)
{
	switch (comparison) {
	case AT_LEAST:
		return left >= right;
	case AT_MOST:
		return left <= right;
	case MORE:
		return left > right;
	case LESS:
		return left < right;
	case EQUAL:
		return left == right;
	case UNEQUAL:
		return left != right;
	}
	BUG("unknown comparison %d", (int)comparison);
}

bool expr_holds(const struct expr *expr, expr_value value, void *context)
{
	switch (expr->kind) {
	case KIND_AND:
		return expr_holds(expr->left, value, context) &&
		       expr_holds(expr->right, value, context);
	case KIND_OR:
		return expr_holds(expr->left, value, context) ||
		       expr_holds(expr->right, value, context);
	case KIND_NOT:
		return !expr_holds(expr->left, value, context);
	case KIND_COMPARE:
		return compare(expr->comparison, number_of(expr->left, value, context),
		               number_of(expr->right, value, context));
	case KIND_NAME:
		return value(context, expr->id, expr->arg) != 0;
	case KIND_NUMBER:
		break;
	}
	BUG("a number used as a condition");
}

size_t expr_terms(const struct expr *expr)
{
	size_t terms = 1;

	for (; expr && expr->kind == KIND_AND; expr = expr->left)
		terms++;
	return expr ? terms : 0;
}

struct slice expr_term(const struct expr *expr, size_t index, expr_value value, void *context,
                       bool *holds)
{
	size_t terms = expr_terms(expr);

	if (index >= terms)
		BUG("term %zu of %zu", index, terms);
	/* `and` leans left: the last term is the right side of the top. */
	while (expr->kind == KIND_AND && terms - 1 > index) {
		expr = expr->left;
		terms--;
	}
	if (expr->kind == KIND_AND)
		expr = expr->right;
	*holds = expr_holds(expr, value, context);
	return expr->text;
}

struct slice expr_text(const struct expr *expr)
{
	return expr->text;
}

void expr_visit(const struct expr *expr, void (*visit)(void *context, int id, int arg),
                void *context)
{
	if (!expr)
		return;
	if (expr->kind == KIND_NAME)
		visit(context, expr->id, expr->arg);
	expr_visit(expr->left, visit, context);
	expr_visit(expr->right, visit, context);
}
