/* fuzz_expr.c: any condition is refused with a place or can be evaluated. */
#include "load/expr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct expr_name names[] = {
        {"trust", EXPR_NUMBER, EXPR_ARG_NONE, 0}, {"question", EXPR_TRUTH, EXPR_ARG_NONE, 1},
        {"count", EXPR_NUMBER, EXPR_ARG_MOVE, 2}, {"agreed", EXPR_TRUTH, EXPR_ARG_OPTIONAL, 3},
        {"done", EXPR_TRUTH, EXPR_ARG_DONE, 4},   {NULL, EXPR_TRUTH, EXPR_ARG_NONE, 0}};

static int resolve(void *context, enum expr_arg arg, struct slice id, struct nearest *nearest)
{
	(void)context;
	(void)arg;
	nearest_offer(nearest, SLICE("aid"));
	return slice_is(id, "aid") ? 0 : -1;
}

static double value(void *context, int id, int arg)
{
	(void)context;
	return id + arg;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct expr_scope scope = {.names = names, .resolve = resolve};
	struct slice text = {(const char *)data, size};
	struct source source = {.path = SLICE("fuzz"), .text = text};
	struct diags diags = {0};
	struct strbuf out = {0};
	struct arena arena;
	const struct expr *expr;
	bool holds;
	size_t i;

	arena_init(&arena);
	expr = expr_parse(text, (struct place){&source, 1, 0, (uint32_t)size}, &scope, &arena,
	                  &diags);
	if (expr) {
		expr_holds(expr, value, NULL);
		for (i = 0; i < expr_terms(expr); i++)
			expr_term(expr, i, value, NULL, &holds);
	}
	if (!expr && diags.errors == 0)
		BUG("refused without a word");
	diags_print(&diags, &out);
	strbuf_release(&out);
	diags_release(&diags);
	arena_release(&arena);
	return 0;
}
