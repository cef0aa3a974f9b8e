/* checking_report.c: see checking_report.h. */
#include "edge/checking_report.h"

#include "base/json.h"

static int by_place(const void *a, const void *b)
{
	const struct diag *left = *(const struct diag *const *)a;
	const struct diag *right = *(const struct diag *const *)b;
	int order = 0;

	if (left->place.source && right->place.source)
		order = slice_compare(left->place.source->path, right->place.source->path);
	if (order)
		return order;
	if (left->place.line != right->place.line)
		return left->place.line < right->place.line ? -1 : 1;
	if (left->place.at != right->place.at)
		return left->place.at < right->place.at ? -1 : 1;
	/* What was said first comes first. */
	return (left > right) - (left < right);
}

static void add_diag(const struct diag *diag, struct strbuf *out)
{
	struct json *object = json_object();
	size_t cut = slice_find(diag->message, SLICE("; "));

	json_add_text(object, "file", diag->place.source ? diag->place.source->path : SLICE(""));
	json_add_int(object, "line", diag->place.line);
	json_add_int(object, "column", diag->place.line ? (long)place_column(diag->place) : 0);
	json_add_text(object, "severity",
	              diag->kind == DIAG_ERROR ? SLICE("error") : SLICE("warning"));
	json_add_text(object, "id", slice_of(diag->id ? diag->id : "file"));
	json_add_text(object, "message", slice_sub(diag->message, 0, cut));
	json_add_text(object, "hint",
	              cut < diag->message.len ? slice_sub(diag->message, cut + 2, diag->message.len)
	                                      : SLICE(""));
	json_print(object, out);
	strbuf_addc(out, '\n');
	json_free(object);
}

void checking_json(const struct diags *diags, struct strbuf *out)
{
	const struct diag **order = mem_alloc((diags->count + 1) * sizeof(const struct diag *));
	size_t i;

	for (i = 0; i < diags->count; i++)
		order[i] = &diags->items[i];
	if (diags->count > 1)
		qsort(order, diags->count, sizeof(*order), by_place);
	for (i = 0; i < diags->count; i++)
		add_diag(order[i], out);
	free(order);
}
