/* gate.c: see gate.h. A condition is brought into the form “any of: all of”. */
#include "load/gate.h"

#include <math.h>

#include "base/limits.h"
#include "load/expr_parts.h"

/* Strictly more or less: by less than any two values differ. */
#define HAIR 1e-6

struct way_list {
	struct arena *arena;
	struct gate_way *ways;
	size_t count, cap;
	bool lost;
};

static void add_way(struct way_list *list, struct gate_way way)
{
	if (list->count == GATE_WAYS) {
		list->lost = true;
		return;
	}
	list->ways = arena_grow(list->arena, list->ways, &list->cap, list->count + 1, sizeof(way));
	list->ways[list->count++] = way;
}

static void one_term(struct way_list *list, struct gate_term term)
{
	struct gate_term *kept = ARENA_NEW(list->arena, struct gate_term);

	*kept = term;
	add_way(list, (struct gate_way){kept, 1});
}

static enum expr_comparison opposite(enum expr_comparison comparison)
{
	static const enum expr_comparison others[] = {
	        [AT_LEAST] = LESS, [AT_MOST] = MORE,  [MORE] = AT_MOST,
	        [LESS] = AT_LEAST, [EQUAL] = UNEQUAL, [UNEQUAL] = EQUAL};

	return others[comparison];
}

/* With its sides changed over. */
static enum expr_comparison mirrored(enum expr_comparison comparison)
{
	static const enum expr_comparison others[] = {
	        [AT_LEAST] = AT_MOST, [AT_MOST] = AT_LEAST, [MORE] = LESS,
	        [LESS] = MORE,        [EQUAL] = EQUAL,      [UNEQUAL] = UNEQUAL};

	return others[comparison];
}

static void compared(struct way_list *list, const struct expr *expr, bool negated)
{
	const struct expr *name = expr->left;
	const struct expr *number = expr->right;
	enum expr_comparison comparison = expr->comparison;
	struct gate_term term = {.low = -HUGE_VAL, .high = HUGE_VAL, .text = expr->text};

	if (name->kind == KIND_NUMBER) {
		name = expr->right;
		number = expr->left;
		comparison = mirrored(comparison);
	}
	if (name->kind != KIND_NAME || number->kind != KIND_NUMBER) {
		list->lost = true;
		return;
	}
	if (negated)
		comparison = opposite(comparison);
	term.id = name->id;
	term.arg = name->arg;
	if (comparison == UNEQUAL) {
		term.high = number->number - HAIR;
		one_term(list, term);
		term.high = HUGE_VAL;
		comparison = MORE;
	}
	if (comparison == AT_LEAST || comparison == EQUAL)
		term.low = number->number;
	if (comparison == AT_MOST || comparison == EQUAL)
		term.high = number->number;
	if (comparison == MORE)
		term.low = number->number + HAIR;
	if (comparison == LESS)
		term.high = number->number - HAIR;
	one_term(list, term);
}

static void collect(struct way_list *list, const struct expr *expr, bool negated);

/* Every way of the left with every way of the right. */
static void both(struct way_list *list, const struct expr *expr, bool negated)
{
	struct way_list left = {.arena = list->arena};
	struct way_list right = {.arena = list->arena};
	size_t i;
	size_t j;

	collect(&left, expr->left, negated);
	collect(&right, expr->right, negated);
	list->lost = list->lost || left.lost || right.lost;
	for (i = 0; i < left.count; i++) {
		for (j = 0; j < right.count; j++) {
			const struct gate_way *a = &left.ways[i];
			const struct gate_way *b = &right.ways[j];
			struct gate_term *terms =
			        ARENA_ARRAY(list->arena, struct gate_term, a->count + b->count);

			memcpy(terms, a->terms, a->count * sizeof(*terms));
			memcpy(terms + a->count, b->terms, b->count * sizeof(*terms));
			add_way(list, (struct gate_way){terms, a->count + b->count});
		}
	}
}

/* Conditions nest at most LIMIT_EXPR_DEPTH deep. */
static void collect(struct way_list *list, const struct expr *expr, bool negated)
{
	switch (expr->kind) {
	case KIND_NAME:
		one_term(list, (struct gate_term){.id = expr->id,
		                                  .arg = expr->arg,
		                                  .truth = true,
		                                  .wanted = !negated,
		                                  .text = expr->text});
		return;
	case KIND_COMPARE:
		compared(list, expr, negated);
		return;
	case KIND_NOT:
		collect(list, expr->left, !negated);
		return;
	case KIND_AND:
	case KIND_OR:
		if ((expr->kind == KIND_AND) == !negated) {
			both(list, expr, negated);
		} else {
			collect(list, expr->left, negated);
			collect(list, expr->right, negated);
		}
		return;
	case KIND_NUMBER:
		list->lost = true;
		return;
	}
}

struct gate gate_of(const struct expr *expr, struct arena *arena)
{
	struct way_list list = {.arena = arena};

	if (expr)
		collect(&list, expr, false);
	else
		add_way(&list, (struct gate_way){NULL, 0});
	return (struct gate){list.ways, list.count, !list.lost};
}

static bool same_name(const struct gate_term *a, const struct gate_term *b)
{
	return a->id == b->id && a->arg == b->arg && a->truth == b->truth;
}

/* What all terms of the way up to this one leave of its name. */
static bool term_opens(const struct gate_way *way, size_t index, gate_ask ask, void *context)
{
	const struct gate_term *term = &way->terms[index];
	struct gate_range range = ask(context, term->id, term->arg);
	size_t i;

	if (term->truth && !(term->wanted ? range.may : range.may_not))
		return false;
	for (i = 0; i <= index; i++) {
		const struct gate_term *other = &way->terms[i];

		if (!same_name(other, term))
			continue;
		if (term->truth && other->wanted != term->wanted)
			return false;
		range.low = other->low > range.low ? other->low : range.low;
		range.high = other->high < range.high ? other->high : range.high;
	}
	return term->truth || range.low <= range.high;
}

static bool way_opens(const struct gate_way *way, gate_ask ask, void *context, struct slice *why)
{
	size_t i;

	for (i = 0; i < way->count; i++) {
		if (term_opens(way, i, ask, context))
			continue;
		*why = way->terms[i].text;
		return false;
	}
	return true;
}

bool gate_opens(const struct gate *gate, gate_ask ask, void *context, struct slice *why)
{
	struct slice first = {0};
	size_t i;

	if (!gate->known)
		return true;
	for (i = 0; i < gate->count; i++) {
		struct slice term = {0};

		if (way_opens(&gate->ways[i], ask, context, &term))
			return true;
		if (i == 0)
			first = term;
	}
	if (why)
		*why = first;
	return false;
}

static bool term_follows(const struct gate_way *way, const struct gate_term *wanted)
{
	double low = -HUGE_VAL;
	double high = HUGE_VAL;
	size_t i;

	for (i = 0; i < way->count; i++) {
		const struct gate_term *term = &way->terms[i];

		if (!same_name(term, wanted))
			continue;
		if (term->truth && term->wanted == wanted->wanted)
			return true;
		low = term->low > low ? term->low : low;
		high = term->high < high ? term->high : high;
	}
	return !wanted->truth && low >= wanted->low && high <= wanted->high;
}

static bool way_within(const struct gate_way *way, const struct gate_way *wider)
{
	size_t i;

	for (i = 0; i < wider->count; i++) {
		if (!term_follows(way, &wider->terms[i]))
			return false;
	}
	return true;
}

bool gate_within(const struct gate *gate, const struct gate *wider)
{
	size_t i;
	size_t j;

	if (!gate->known || !wider->known)
		return false;
	for (i = 0; i < gate->count; i++) {
		for (j = 0; j < wider->count; j++) {
			if (way_within(&gate->ways[i], &wider->ways[j]))
				break;
		}
		if (j == wider->count)
			return false;
	}
	return true;
}
