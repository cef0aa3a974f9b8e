/* diag.c: see diag.h. */
#include "base/diag.h"

#include <stdarg.h>

#include "base/limits.h"
#include "base/utf8.h"

void err_set(struct err *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
}

/* How many of one source's diagnostics are kept. */
static size_t kept_of(const struct diags *diags, const struct source *source)
{
	size_t kept = 0;
	size_t i;

	for (i = 0; i < diags->count; i++)
		kept += diags->items[i].place.source == source;
	return kept;
}

__attribute__((format(printf, 4, 0))) static void
add(struct diags *diags, enum diag_kind kind, struct place place, const char *format, va_list args)
{
	char text[1024];
	int len;
	struct diag *diag;

	if (kind == DIAG_ERROR)
		diags->errors++;
	else
		diags->warnings++;
	if (kept_of(diags, place.source) >= LIMIT_DIAGS_A_FILE)
		return;
	len = vsnprintf(text, sizeof(text), format, args);
	if (len < 0)
		BUG("format '%s' cannot be printed", format);
	if ((size_t)len >= sizeof(text))
		len = sizeof(text) - 1;
	diags->items = arena_grow(&diags->arena, diags->items, &diags->cap, diags->count + 1,
	                          sizeof(*diag));
	diag = &diags->items[diags->count++];
	diag->kind = kind;
	diag->id = NULL;
	diag->place = place;
	diag->message = slice_copy(&diags->arena, (struct slice){text, (size_t)len});
}

void diag_error(struct diags *diags, struct place place, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(diags, DIAG_ERROR, place, format, args);
	va_end(args);
}

void diag_warn(struct diags *diags, struct place place, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(diags, DIAG_WARNING, place, format, args);
	va_end(args);
}

void diags_name(struct diags *diags, const char *id)
{
	size_t i;

	for (i = diags->count; i > 0 && !diags->items[i - 1].id; i--)
		diags->items[i - 1].id = id;
}

void diags_release(struct diags *diags)
{
	arena_release(&diags->arena);
	*diags = (struct diags){0};
}

/* The line of the source in which the place begins, without its end. */
static struct slice line_of(struct place place, size_t *start)
{
	struct slice text = place.source->text;
	size_t from = place.at < text.len ? place.at : text.len;
	size_t to = from;

	while (from > 0 && text.at[from - 1] != '\n')
		from--;
	while (to < text.len && text.at[to] != '\n' && text.at[to] != '\r')
		to++;
	*start = from;
	return slice_sub(text, from, to);
}

/* The BOM is no character to an author. */
static size_t bom(struct slice line, size_t start)
{
	return start == 0 && slice_starts(line, SLICE("\xEF\xBB\xBF")) ? 3 : 0;
}

uint32_t place_column(struct place place)
{
	size_t start;
	struct slice line;

	if (!place.source || place.line == 0)
		return 1;
	line = line_of(place, &start);
	return (uint32_t)utf8_count(slice_sub(line, bom(line, start), place.at - start)) + 1;
}

struct place place_within(struct place place, size_t offset, size_t len)
{
	place.at += (uint32_t)offset;
	place.len = (uint32_t)len;
	return place;
}

struct place place_of(const struct source *source, struct slice part)
{
	struct place place = {.source = source, .line = 1, .len = (uint32_t)part.len};
	size_t i;

	if (part.at < source->text.at || part.at > source->text.at + source->text.len)
		BUG("a place outside its source");
	place.at = (uint32_t)(part.at - source->text.at);
	for (i = 0; i < place.at; i++)
		place.line += source->text.at[i] == '\n';
	return place;
}

/* Lines longer than a screen show a window around the place. */
#define SHOWN_BYTES 160u

static void print_line_and_caret(struct place place, struct strbuf *out)
{
	size_t start;
	struct slice line = line_of(place, &start);
	size_t at = place.at - start;
	size_t from = bom(line, start);
	size_t to = line.len;
	struct strbuf before = {0};
	size_t width;
	size_t carets;
	struct slice part;

	if (at > line.len)
		at = line.len;
	if (at > SHOWN_BYTES / 2 && line.len > SHOWN_BYTES) {
		from = at - SHOWN_BYTES / 2;
		while (from < at && ((unsigned char)line.at[from] & 0xC0) == 0x80)
			from++;
	}
	if (to - from > SHOWN_BYTES) {
		to = from + SHOWN_BYTES;
		while (to > at && ((unsigned char)line.at[to] & 0xC0) == 0x80)
			to--;
	}
	strbuf_addz(out, "  ");
	utf8_clean(out, slice_sub(line, from, to), false);
	utf8_clean(&before, slice_sub(line, from, at), false);
	width = utf8_width(strbuf_slice(&before));
	part = slice_sub(line, at, at + place.len < to ? at + place.len : to);
	strbuf_clear(&before);
	utf8_clean(&before, part, false);
	carets = utf8_width(strbuf_slice(&before));
	strbuf_release(&before);
	strbuf_addz(out, "\n  ");
	while (width-- > 0)
		strbuf_addc(out, ' ');
	strbuf_addc(out, '^');
	while (carets-- > 1)
		strbuf_addc(out, '~');
	strbuf_addc(out, '\n');
}

static void print_one(const struct diag *diag, struct strbuf *out)
{
	struct place place = diag->place;

	if (place.source) {
		utf8_clean(out, place.source->path, false);
		if (place.line)
			strbuf_addf(out, ":%u:%u", place.line, place_column(place));
		strbuf_addz(out, ": ");
	}
	strbuf_addz(out, diag->kind == DIAG_ERROR ? "error: " : "warning: ");
	utf8_clean(out, diag->message, false);
	strbuf_addc(out, '\n');
	if (place.source && place.line)
		print_line_and_caret(place, out);
}

/* Is `a` shown before `b`? Files in the order first met, lines in order, else as said. */
static bool comes_before(const struct diags *diags, const size_t *file, size_t a, size_t b)
{
	const struct place *left = &diags->items[a].place;
	const struct place *right = &diags->items[b].place;

	if (file[a] != file[b])
		return file[a] < file[b];
	if (left->line != right->line)
		return left->line < right->line;
	if (left->at != right->at)
		return left->at < right->at;
	return a < b;
}

void diags_print(const struct diags *diags, struct strbuf *out)
{
	size_t *file = mem_alloc(diags->count * sizeof(*file));
	size_t *order = mem_alloc(diags->count * sizeof(*order));
	size_t i;
	size_t j;

	for (i = 0; i < diags->count; i++) {
		for (j = 0; diags->items[j].place.source != diags->items[i].place.source; j++)
			;
		file[i] = j;
		for (j = i; j > 0 && comes_before(diags, file, i, order[j - 1]); j--)
			order[j] = order[j - 1];
		order[j] = i;
	}
	for (i = 0; i < diags->count; i++)
		print_one(&diags->items[order[i]], out);
	if (diags->errors + diags->warnings > diags->count)
		strbuf_addf(out, "%zu more not shown: mend these first\n",
		            diags->errors + diags->warnings - diags->count);
	free(file);
	free(order);
}

void nearest_init(struct nearest *nearest, struct slice word)
{
	*nearest = (struct nearest){.word = word, .distance = word.len / 3 > 1 ? word.len / 3 : 1};
	nearest->distance++;
}

#define NEAREST_MAX 40

/* Damerau's distance with adjacent swaps (optimal string alignment). */
static size_t distance(struct slice a, struct slice b)
{
	size_t rows[3][NEAREST_MAX + 1];
	size_t i;
	size_t j;

	for (j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (i = 1; i <= a.len; i++) {
		size_t *now = rows[i % 3];
		const size_t *last = rows[(i + 2) % 3];
		const size_t *older = rows[(i + 1) % 3];

		now[0] = i;
		for (j = 1; j <= b.len; j++) {
			size_t best = last[j - 1] + (a.at[i - 1] != b.at[j - 1]);

			if (last[j] + 1 < best)
				best = last[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] &&
			    a.at[i - 2] == b.at[j - 1] && older[j - 2] + 1 < best)
				best = older[j - 2] + 1;
			now[j] = best;
		}
	}
	return rows[a.len % 3][b.len];
}

void nearest_offer(struct nearest *nearest, struct slice candidate)
{
	size_t longer = nearest->word.len;
	size_t shorter = candidate.len;
	size_t found;

	if (longer < shorter) {
		longer = candidate.len;
		shorter = nearest->word.len;
	}
	if (longer > NEAREST_MAX || candidate.len == 0 || longer - shorter >= nearest->distance)
		return;
	found = distance(nearest->word, candidate);
	if (found < nearest->distance) {
		nearest->distance = found;
		nearest->best = candidate;
	}
}

const char *nearest_hint(const struct nearest *nearest, struct arena *arena)
{
	if (nearest->best.len == 0)
		return "";
	return slice_format(arena, "; did you mean ‘%.*s’?", SLICE_ARGS(nearest->best)).at;
}
