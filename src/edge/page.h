/* page.h: text set on a page: words wrapped by display columns, indentation, dim and bold.
 *
 * Writes into a buffer. Whatever is added is cleaned first, so that nothing from a file, a person
 * or a model reaches a terminal as a control sequence. */
#ifndef EDGE_PAGE_H
#define EDGE_PAGE_H

#include "base/str.h"

enum style { STYLE_PLAIN, STYLE_DIM, STYLE_BOLD };

/* Set the first three, zero the rest; page_release. */
struct page {
	size_t width; /* columns to fill */
	bool colour; /* styles show */
	bool plain; /* for a screen reader: no margin, no columns, no symbol that carries meaning */

	struct strbuf out;
	struct strbuf word; /* the one being put together, styles marked by control bytes */
	size_t word_width;
	size_t column; /* where the next word would begin */
	size_t indent; /* of lines after the first */
	bool fresh; /* nothing stands on this line after its indentation */
	bool blank; /* a blank is due before the next word */
	enum style style; /* last one written */
	enum style word_style; /* last one marked in the word */
};

void page_release(struct page *page);

/* A paragraph: begin, add any number of runs, end. `first` and `rest` are the columns where its
 * lines begin; 0 in plain mode. A newline in a run begins a new line at `rest`. */
void page_begin(struct page *page, size_t first, size_t rest);
void page_add(struct page *page, enum style style, struct slice text);
void page_addz(struct page *page, enum style style, const char *text);
void page_addf(struct page *page, enum style style, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
/* Moves on to a column, at least two blanks away; in plain mode adds a comma instead. */
void page_tab(struct page *page, size_t column);
/* Where lines end: the width, but no more than is easy to read. */
size_t page_right(const struct page *page);
/* Like page_tab, but so that a text of `width` columns will end at the right edge. On a new line if
 * there is no room. */
void page_tab_right(struct page *page, size_t width);
void page_end(struct page *page);

/* A whole paragraph. */
void page_text(struct page *page, size_t indent, enum style style, struct slice text);
void page_textz(struct page *page, size_t indent, enum style style, const char *text);
/* Paragraphs parted by blank lines. */
void page_prose(struct page *page, size_t indent, struct slice text);
/* An empty line. */
void page_gap(struct page *page);
/* One line of a given style set as upper case, cleaned. */
void page_heading(struct page *page, size_t indent, struct slice text);

#endif
