/* columns.c: see columns.h. */
#include "edge/columns.h"

#include "base/utf8.h"

#define PLAIN SLICE("\033[0m")

/* One side, read line by line. */
struct side {
	struct slice rest;
	struct slice style; /* in force at the end of the line before, or empty */
};

/* The escape sequence at the front of `text`, as page.c writes them, or empty. */
static struct slice escape(struct slice text)
{
	size_t end = slice_find(text, SLICE("m"));

	if (!slice_starts(text, SLICE("\033[")) || end == text.len)
		return slice_sub(text, 0, 0);
	return slice_sub(text, 0, end + 1);
}

/* Adds the next line without its end; gives its display width. What is styled there is ended with
 * it, and begun again with the next. */
static size_t put_line(struct side *side, struct strbuf *out)
{
	size_t width = 0;
	struct slice line;

	if (!slice_cut(&side->rest, '\n', &line))
		return 0;
	strbuf_add(out, side->style);
	while (line.len) {
		struct slice code = escape(line);
		uint32_t letter;
		size_t bytes = code.len;

		if (bytes) {
			side->style = slice_eq(code, PLAIN) ? SLICE("") : code;
		} else {
			bytes = utf8_next(line, &letter);
			width += utf8_code_width(letter);
		}
		strbuf_add(out, slice_sub(line, 0, bytes));
		line = slice_sub(line, bytes, line.len);
	}
	if (side->style.len)
		strbuf_add(out, PLAIN);
	return width;
}

static void trim_blanks(struct strbuf *out)
{
	while (out->len && out->at[out->len - 1] == ' ')
		out->at[--out->len] = '\0';
}

void columns_join(struct slice left, struct slice right, size_t width, const char *between,
                  struct strbuf *out)
{
	struct side sides[2] = {{.rest = left}, {.rest = right}};

	while (sides[0].rest.len || sides[1].rest.len) {
		size_t used = put_line(&sides[0], out);

		for (; used < width; used++)
			strbuf_addc(out, ' ');
		strbuf_addz(out, between);
		put_line(&sides[1], out);
		trim_blanks(out);
		strbuf_addc(out, '\n');
	}
}
