/* markdown.c: see markdown.h. */
#include "edge/markdown.h"

#include "base/utf8.h"

void markdown_add(struct strbuf *out, struct slice text)
{
	struct strbuf clean = {0};
	size_t i;

	utf8_clean(&clean, slice_trim(text), false);
	for (i = 0; i < clean.len; i++) {
		if (strchr("\\`*_<>|[]#", clean.at[i]))
			strbuf_addc(out, '\\');
		strbuf_addc(out, clean.at[i]);
	}
	strbuf_release(&clean);
}

void markdown_prose(struct strbuf *out, struct slice text)
{
	struct slice line;

	while (slice_cut(&text, '\n', &line)) {
		markdown_add(out, line);
		strbuf_addc(out, '\n');
	}
	strbuf_addc(out, '\n');
}
