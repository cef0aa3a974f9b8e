/* corpus.c: see corpus.h. */
#include "edge/corpus.h"

#include "base/utf8.h"

enum column {
	COLUMN_TEXT,
	COLUMN_LABELS,
	COLUMN_BEFORE,
	COLUMN_DIALOGUE,
	COLUMN_TURN,
	COLUMN_UNSURE,
	COLUMN_WEIGHT,
	COLUMNS
};

static const char *const column_names[COLUMNS] = {"text", "labels", "prev_other", "dialogue_id",
                                                  "turn", "unsure", "weight"};

#define CELLS_MAX 64u

struct header {
	size_t cells;
	enum column columns[CELLS_MAX]; /* COLUMNS: one that is passed over */
};

/* Only the line's end: a cell may be blank. */
static struct slice without_return(struct slice line)
{
	return slice_ends(line, SLICE("\r")) ? slice_sub(line, 0, line.len - 1) : line;
}

/* The next cell. Unlike slice_cut it also gives the empty one at the end of a line. */
static bool next_cell(struct slice *rest, struct slice *cell)
{
	size_t end;

	if (!rest->at)
		return false;
	end = slice_find(*rest, SLICE("\t"));
	*cell = slice_sub(*rest, 0, end);
	*rest = end < rest->len ? slice_sub(*rest, end + 1, rest->len) : (struct slice){NULL, 0};
	return true;
}

static bool read_header(struct slice line, struct header *out)
{
	bool seen[COLUMNS] = {false};
	struct slice cell;

	*out = (struct header){0};
	while (next_cell(&line, &cell) && out->cells < CELLS_MAX) {
		enum column column = COLUMN_TEXT;

		while (column < COLUMNS && !slice_is(cell, column_names[column]))
			column++;
		if (column < COLUMNS && seen[column])
			column = COLUMNS;
		if (column < COLUMNS)
			seen[column] = true;
		out->columns[out->cells++] = column;
	}
	return seen[COLUMN_TEXT] && seen[COLUMN_LABELS] && out->cells < CELLS_MAX;
}

bool corpus_is(struct slice text)
{
	struct header header;
	struct slice line;

	text = slice_unmarked(text);
	return slice_cut(&text, '\n', &line) && read_header(without_return(line), &header);
}

/* A decimal like 4.09: not by strtod, which follows the locale. */
static bool read_weight(struct slice cell, double *out)
{
	double value = 0;
	double unit = 1;
	bool point = false;

	if (cell.len == 0 || cell.len > 18)
		return false;
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.at[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (cell.at[i] < '0' || cell.at[i] > '9')
			return false;
		value = value * 10 + (cell.at[i] - '0');
		unit *= point ? 10 : 1;
	}
	*out = value / unit;
	return true;
}

static bool read_row(const struct header *header, struct slice line, struct corpus_row *out,
                     struct err *err)
{
	struct slice cells[COLUMNS] = {{0}};
	struct slice cell;
	size_t count = 0;

	while (next_cell(&line, &cell)) {
		if (count < header->cells && header->columns[count] < COLUMNS)
			cells[header->columns[count]] = cell;
		count++;
	}
	if (count != header->cells) {
		err_set(err, "%zu cells, but the first line names %zu columns", count,
		        header->cells);
		return false;
	}
	*out = (struct corpus_row){.dialogue = cells[COLUMN_DIALOGUE],
	                           .turn = cells[COLUMN_TURN],
	                           .before = cells[COLUMN_BEFORE],
	                           .text = cells[COLUMN_TEXT],
	                           .labels = cells[COLUMN_LABELS],
	                           .unsure = cells[COLUMN_UNSURE],
	                           .weight = 1};
	if (!cells[COLUMN_WEIGHT].at || read_weight(cells[COLUMN_WEIGHT], &out->weight))
		return true;
	cell = slice_sub(cells[COLUMN_WEIGHT], 0, 20);
	err_set(err, "‘%.*s’ is no weight; write a number like 4.09", SLICE_ARGS(cell));
	return false;
}

void corpus_parse(struct slice path, struct slice text, struct corpus *corpus, struct diags *diags)
{
	struct place place = {.source = &corpus->source};
	struct header header;
	struct slice line;
	struct err err;

	*corpus = (struct corpus){0};
	corpus->source.path = slice_copy(&corpus->arena, path);
	corpus->source.text = slice_copy(&corpus->arena, slice_unmarked(text));
	text = corpus->source.text;
	if (!slice_cut(&text, '\n', &line) || !read_header(without_return(line), &header))
		BUG("no corpus: ask corpus_is first");
	for (place.line = 2; slice_cut(&text, '\n', &line); place.line++) {
		struct corpus_row row;

		place.at = (uint32_t)(line.at - corpus->source.text.at);
		line = without_return(line);
		if (line.len == 0)
			continue;
		if (utf8_invalid(line) < line.len) {
			diag_error(diags, place_within(place, utf8_invalid(line), 1),
			           "this is no UTF-8 text");
			continue;
		}
		if (!read_row(&header, line, &row, &err)) {
			diag_error(diags, place, "%s", err.text);
			continue;
		}
		row.line = place.line;
		corpus->rows = arena_grow(&corpus->arena, corpus->rows, &corpus->cap,
		                          corpus->count + 1, sizeof(*corpus->rows));
		corpus->rows[corpus->count++] = row;
	}
}

void corpus_release(struct corpus *corpus)
{
	arena_release(&corpus->arena);
	*corpus = (struct corpus){0};
}

bool corpus_has(struct slice cell, struct slice label)
{
	struct slice part;

	while (slice_cut(&cell, ',', &part))
		if (slice_eq(slice_trim(part), label))
			return true;
	return false;
}
