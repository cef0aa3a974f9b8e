/* page.c: see page.h. */
#include "edge/page.h"

#include <stdarg.h>

#include "base/utf8.h"

/* No page is wider: long lines tire the eye. */
#define MEASURE 100
/* … nor narrower, however small the window. */
#define NARROWEST 20
#define MARK_FIRST 1 /* control bytes in `word`: MARK_FIRST + enum style */

size_t page_right(const struct page *page)
{
	if (page->width < NARROWEST)
		return NARROWEST;
	return page->width < MEASURE ? page->width : MEASURE;
}

static void set_style(struct page *page, enum style style)
{
	static const char *const codes[] = {"\033[0m", "\033[2m", "\033[1m"};

	if (!page->colour || style == page->style)
		return;
	if (page->style != STYLE_PLAIN && style != STYLE_PLAIN)
		strbuf_addz(&page->out, codes[STYLE_PLAIN]);
	strbuf_addz(&page->out, codes[style]);
	page->style = style;
}

static void spaces(struct page *page, size_t count)
{
	while (count--)
		strbuf_addc(&page->out, ' ');
}

static void break_line(struct page *page)
{
	strbuf_addc(&page->out, '\n');
	spaces(page, page->indent);
	page->column = page->indent;
	page->fresh = true;
	page->blank = false;
}

static void put_word(struct page *page)
{
	size_t i;

	if (page->word.len == 0)
		return;
	if (page->word_width) {
		size_t blank = page->blank && !page->fresh ? 1 : 0;

		if (!page->fresh && page->column + blank + page->word_width > page_right(page)) {
			break_line(page);
		} else if (blank) {
			spaces(page, blank);
			page->column += blank;
		}
	}
	for (i = 0; i < page->word.len; i++) {
		unsigned char byte = (unsigned char)page->word.at[i];

		if (byte >= MARK_FIRST && byte <= MARK_FIRST + STYLE_BOLD)
			set_style(page, (enum style)(byte - MARK_FIRST));
		else
			strbuf_addc(&page->out, (char)byte);
	}
	page->column += page->word_width;
	if (page->word_width) {
		page->fresh = false;
		page->blank = false;
	}
	page->word_width = 0;
	strbuf_clear(&page->word);
}

void page_release(struct page *page)
{
	strbuf_release(&page->out);
	strbuf_release(&page->word);
}

void page_begin(struct page *page, size_t first, size_t rest)
{
	if (page->plain)
		first = rest = 0;
	spaces(page, first);
	page->column = first;
	page->indent = rest;
	page->fresh = true;
	page->blank = false;
	page->word_style = page->style;
}

static void add_clean(struct page *page, enum style style, struct slice text)
{
	size_t at = 0;

	if (page->word_style != style) {
		strbuf_addc(&page->word, (char)(MARK_FIRST + style));
		page->word_style = style;
	}
	while (at < text.len) {
		uint32_t code;
		size_t bytes = utf8_next(slice_sub(text, at, text.len), &code);
		size_t width = utf8_code_width(code);

		if (code == ' ' || code == '\n' || code == '\t') {
			put_word(page);
			page->blank = true;
			if (code == '\n')
				break_line(page);
		} else {
			/* A word as wide as the page is broken anywhere. */
			if (page->indent + page->word_width + width > page_right(page) &&
			    page->word_width) {
				put_word(page);
				if (page->column + width > page_right(page))
					break_line(page);
			}
			strbuf_add(&page->word, slice_sub(text, at, at + bytes));
			page->word_width += width;
		}
		at += bytes;
	}
}

void page_add(struct page *page, enum style style, struct slice text)
{
	struct strbuf clean = {0};

	if (text.len == 0)
		return;
	utf8_clean(&clean, text, true);
	add_clean(page, style, strbuf_slice(&clean));
	strbuf_release(&clean);
}

void page_addz(struct page *page, enum style style, const char *text)
{
	page_add(page, style, slice_of(text));
}

void page_addf(struct page *page, enum style style, const char *format, ...)
{
	char small[256];
	char *text = small;
	va_list args;
	va_list again;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(small, sizeof(small), format, args);
	va_end(args);
	if (len < 0)
		BUG("format '%s' cannot be printed", format);
	if ((size_t)len >= sizeof(small)) {
		text = mem_alloc((size_t)len + 1);
		vsnprintf(text, (size_t)len + 1, format, again);
	}
	va_end(again);
	page_add(page, style, (struct slice){text, (size_t)len});
	if (text != small)
		free(text);
}

void page_tab(struct page *page, size_t column)
{
	size_t here;

	if (page->plain) {
		page_addz(page, STYLE_PLAIN, ", ");
		return;
	}
	put_word(page);
	here = page->column;
	if (column < here + 2)
		column = here + 2;
	if (column >= page_right(page)) {
		page->blank = true;
		return;
	}
	set_style(page, STYLE_PLAIN);
	page->word_style = STYLE_PLAIN;
	spaces(page, column - here);
	page->column = column;
	page->blank = false;
	page->fresh = false;
}

void page_tab_right(struct page *page, size_t width)
{
	size_t edge = page_right(page);

	if (page->plain) {
		page_addz(page, STYLE_PLAIN, " ");
		return;
	}
	put_word(page);
	if (page->column + 2 + width > edge)
		break_line(page);
	else
		page_tab(page, edge - width);
}

void page_end(struct page *page)
{
	put_word(page);
	set_style(page, STYLE_PLAIN);
	page->word_style = STYLE_PLAIN;
	strbuf_addc(&page->out, '\n');
	page->column = 0;
}

void page_text(struct page *page, size_t indent, enum style style, struct slice text)
{
	page_begin(page, indent, indent);
	page_add(page, style, text);
	page_end(page);
}

void page_textz(struct page *page, size_t indent, enum style style, const char *text)
{
	page_text(page, indent, style, slice_of(text));
}

void page_prose(struct page *page, size_t indent, struct slice text)
{
	bool first = true;

	while (text.len) {
		size_t end = slice_find(text, SLICE("\n\n"));
		struct slice part = slice_trim(slice_sub(text, 0, end));

		text = slice_sub(text, end + 2, text.len);
		if (part.len == 0)
			continue;
		if (!first)
			page_gap(page);
		page_text(page, indent, STYLE_PLAIN, part);
		first = false;
	}
}

void page_gap(struct page *page)
{
	strbuf_addc(&page->out, '\n');
}

void page_heading(struct page *page, size_t indent, struct slice text)
{
	struct strbuf upper = {0};
	size_t i;

	/* Letters beyond ASCII stay: this is only a manner of writing. */
	for (i = 0; i < text.len; i++) {
		char c = text.at[i];

		strbuf_addc(&upper, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
	}
	page_text(page, indent, STYLE_BOLD, page->plain ? text : strbuf_slice(&upper));
	strbuf_release(&upper);
}
