/* fuzz_outline.c: any bytes give a tree and diagnostics that can be printed. */
#include "load/outline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const prose[] = {"brief", "list", NULL};
	const struct outline_grammar grammar = {.prose = prose};
	struct source source = {.path = SLICE("fuzz"), .text = {(const char *)data, size}};
	struct diags diags = {0};
	struct strbuf out = {0};
	struct arena arena;
	const struct line *line;

	arena_init(&arena);
	line = outline_parse(&source, &grammar, &arena, &diags);
	for (line = line->child; line; line = line->next) {
		outline_prose(line, &arena);
		outline_rest_place(line);
	}
	diags_print(&diags, &out);
	strbuf_release(&out);
	diags_release(&diags);
	arena_release(&arena);
	return 0;
}
