/* keyword.c: see keyword.h. */
#include "load/keyword.h"

bool keyword_stands(const struct keyword *keyword, unsigned room)
{
	return keyword->rooms >> room & 1;
}

const struct keyword *keyword_find(const struct keywords *table, struct slice name, unsigned room)
{
	const struct keyword *elsewhere = NULL;
	size_t i;

	for (i = 0; i < table->count; i++) {
		const struct keyword *keyword = &table->items[i];

		if (name.len == 0 || name.at[0] != keyword->name[0] ||
		    !slice_is(name, keyword->name))
			continue;
		if (keyword_stands(keyword, room))
			return keyword;
		if (!elsewhere)
			elsewhere = keyword;
	}
	return elsewhere;
}

void keyword_offer(const struct keywords *table, unsigned room, struct nearest *nearest)
{
	size_t i;

	for (i = 0; i < table->count; i++) {
		if (keyword_stands(&table->items[i], room))
			nearest_offer(nearest, slice_of(table->items[i].name));
	}
}

void keyword_names(const struct keywords *table, unsigned room, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < table->count; i++) {
		if (keyword_stands(&table->items[i], room))
			strbuf_addf(out, "%s‘%s’", out->len ? ", " : "", table->items[i].name);
	}
}

bool keyword_shape(const struct keyword *keyword, const struct line *line, struct diags *diags)
{
	bool has_text = line->rest.len || (keyword->below == BELOW_TEXT && line->child);
	bool usable = true;

	if (!keyword->needs && line->rest.len) {
		diag_error(diags, outline_rest_place(line),
		           "‘%s’ stands alone on its line; take this away", keyword->name);
	} else if (keyword->needs && keyword->needs[0] && !has_text) {
		diag_error(diags, outline_place(line, line->keyword), "‘%s’ needs %s",
		           keyword->name, keyword->needs);
		usable = keyword->below == BELOW_LINES; /* so that what is below is read too */
	}
	if (keyword->below == BELOW_NOTHING && line->child)
		diag_error(diags, line->child->place,
		           "‘%s’ takes no lines below it; is this indented too far?",
		           keyword->name);
	return usable;
}

bool keyword_once(const struct line **first, const struct line *line, struct diags *diags)
{
	if (!*first) {
		*first = line;
		return true;
	}
	diag_error(diags, outline_place(line, line->keyword),
	           "‘%.*s’ stands here twice (first in line %u); keep one",
	           SLICE_ARGS(line->keyword), (*first)->place.line);
	return false;
}
