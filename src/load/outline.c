/* outline.c: see outline.h. */
#include "load/outline.h"

#include "base/limits.h"
#include "base/utf8.h"

struct open_line {
	struct line *line;
	struct line *last_child;
	size_t indent;
	bool prose; /* what is below it is text */
};

struct outline {
	const struct source *source;
	const struct outline_grammar *grammar;
	struct arena *arena;
	struct diags *diags;
	struct open_line
	        stack[LIMIT_OUTLINE_DEPTH + 2]; /* the root, then open lines by indentation */
	size_t depth; /* of the innermost open line */
	bool after_blank;
};

static struct place place_in(const struct outline *outline, uint32_t line, struct slice part)
{
	return (struct place){.source = outline->source,
	                      .line = line,
	                      .at = (uint32_t)(part.at - outline->source->text.at),
	                      .len = (uint32_t)part.len};
}

static bool opens_prose(const struct outline *outline, const struct line *line)
{
	const char *const *name;

	for (name = outline->grammar->prose; name && *name; name++) {
		if (slice_is(line->keyword, *name))
			return true;
	}
	return false;
}

static bool is_comment(struct slice text)
{
	return slice_is(text, "#") || slice_starts(text, SLICE("# "));
}

/* A file of the wrong kind is told once, not once a line. */
static bool is_text(const struct outline *outline)
{
	struct slice text = outline->source->text;
	size_t invalid = utf8_invalid(text);
	size_t control = utf8_control(text);
	size_t at = invalid < control ? invalid : control;
	struct place place;
	uint32_t code;
	size_t len;

	if (text.len > LIMIT_FILE_BYTES) {
		diag_error(outline->diags, (struct place){.source = outline->source},
		           "file is %zu bytes long; the limit is %u: split it", text.len,
		           LIMIT_FILE_BYTES);
		return false;
	}
	if (at == text.len)
		return true;
	len = utf8_next(slice_sub(text, at, text.len), &code);
	place = place_of(outline->source, slice_sub(text, at, at + len));
	if (invalid < control)
		diag_error(outline->diags, place,
		           "byte 0x%02X is not valid UTF-8; save the file as UTF-8",
		           (unsigned)(unsigned char)text.at[at]);
	else
		diag_error(outline->diags, place,
		           "control character U+%04X in the text; delete it (is this a text file?)",
		           (unsigned)code);
	return false;
}

/* Pops to the line that `indent` is below; complains when siblings do not align. */
static void close_to(struct outline *outline, size_t indent, struct place place)
{
	struct open_line *stack = outline->stack;
	size_t sibling = 0; /* indentation of what was closed last */
	bool popped = false;

	while (outline->depth > 0 && stack[outline->depth].indent >= indent) {
		sibling = stack[outline->depth].indent;
		popped = true;
		outline->depth--;
	}
	if (popped && sibling != indent && !stack[outline->depth].prose) {
		const struct line *parent = stack[outline->depth].line;

		if (outline->depth == 0)
			diag_error(outline->diags, place,
			           "indented by %zu spaces, but nothing here is: begin at the left "
			           "edge",
			           indent);
		else
			diag_error(outline->diags, place,
			           "indented by %zu space%s, but its siblings under ‘%.*s’ by %zu: "
			           "align them",
			           indent, indent == 1 ? "" : "s", SLICE_ARGS(parent->keyword),
			           sibling);
	}
}

static void add_line(struct outline *outline, uint32_t number, size_t indent, struct slice text)
{
	struct line *line = ARENA_NEW(outline->arena, struct line);
	struct open_line *parent;

	line->text = text;
	line->place = place_in(outline, number, text);
	line->rest = text;
	slice_word(&line->rest, &line->keyword);
	line->keyword = outline_keyword(line->keyword);
	line->rest = slice_trim(line->rest);
	line->after_blank = outline->after_blank;
	close_to(outline, indent, line->place);
	parent = &outline->stack[outline->depth];
	if (outline->depth == 0 && indent > 0 && !parent->line->child)
		diag_error(outline->diags, line->place,
		           "the first line is indented: begin it at the left edge");
	line->parent = parent->line;
	if (parent->last_child)
		parent->last_child->next = line;
	else
		parent->line->child = line;
	parent->last_child = line;
	if (outline->depth == LIMIT_OUTLINE_DEPTH) {
		diag_error(outline->diags, line->place,
		           "nested deeper than %u levels; move it further left",
		           LIMIT_OUTLINE_DEPTH);
		return;
	}
	outline->depth++;
	outline->stack[outline->depth] =
	        (struct open_line){.line = line,
	                           .indent = indent,
	                           .prose = parent->prose || opens_prose(outline, line)};
}

/* Cuts indentation off; false (and a diagnostic) when there is a tab in it. */
static bool cut_indent(struct outline *outline, uint32_t number, struct slice *text, size_t *indent)
{
	size_t i = 0;

	while (i < text->len && text->at[i] == ' ')
		i++;
	*indent = i;
	if (i < text->len && text->at[i] == '\t') {
		diag_error(outline->diags, place_in(outline, number, slice_sub(*text, i, i + 1)),
		           "tab in the indentation; use spaces");
		return false;
	}
	*text = slice_trim(slice_sub(*text, i, text->len));
	return true;
}

const struct line *outline_parse(const struct source *source, const struct outline_grammar *grammar,
                                 struct arena *arena, struct diags *diags)
{
	struct outline outline = {
	        .source = source, .grammar = grammar, .arena = arena, .diags = diags};
	struct line *root = ARENA_NEW(arena, struct line);
	struct slice rest = source->text;
	struct slice text;
	uint32_t number = 0;

	root->place.source = source;
	outline.stack[0].line = root;
	if (!is_text(&outline))
		return root;
	rest = slice_unmarked(rest);
	while (slice_cut(&rest, '\n', &text)) {
		size_t indent;

		if (++number > LIMIT_FILE_LINES) {
			diag_error(diags, place_in(&outline, number, text),
			           "more than %u lines; split the file", LIMIT_FILE_LINES);
			break;
		}
		if (slice_trim(text).len == 0) {
			outline.after_blank = true;
			continue;
		}
		if (text.len > LIMIT_LINE_BYTES) {
			diag_error(diags, place_in(&outline, number, slice_sub(text, 0, 1)),
			           "line is %zu bytes long; the limit is %u: break it up", text.len,
			           LIMIT_LINE_BYTES);
			continue;
		}
		if (is_comment(slice_trim(text)) || !cut_indent(&outline, number, &text, &indent))
			continue;
		add_line(&outline, number, indent, text);
		outline.after_blank = false;
	}
	return root;
}

struct slice outline_keyword(struct slice word)
{
	bool colon = word.len > 1 && slice_ends(word, SLICE(":"));

	return slice_sub(word, 0, word.len - colon);
}

struct place outline_rest_place(const struct line *line)
{
	if (line->rest.len == 0)
		return line->place;
	return outline_place(line, line->rest);
}

struct place outline_place(const struct line *line, struct slice part)
{
	return place_within(line->place, (size_t)(part.at - line->text.at), part.len);
}

bool outline_part(const struct line *line, struct outline_parts *parts, struct slice *part,
                  struct diags *diags)
{
	while (parts->more) {
		size_t comma = slice_find(parts->rest, SLICE(","));
		struct slice raw = slice_sub(parts->rest, 0, comma);
		size_t at = (size_t)(raw.at - line->text.at);

		parts->more = comma < parts->rest.len;
		parts->rest = slice_sub(parts->rest, comma + 1, parts->rest.len);
		*part = slice_trim(raw);
		if (part->len)
			return true;
		/* the caret stands under the comma behind it, else the one before */
		at = parts->more ? at + raw.len : at - 1;
		diag_error(
		        diags, place_within(line->place, at, 1),
		        "something is missing beside this comma; name it or take the comma away");
	}
	return false;
}

static void add_prose(const struct line *line, struct strbuf *out)
{
	for (; line; line = line->next) {
		if (out->len)
			strbuf_addz(out, line->after_blank ? "\n\n" : " ");
		strbuf_add(out, line->text);
		add_prose(line->child, out);
	}
}

struct slice outline_prose(const struct line *line, struct arena *arena)
{
	struct strbuf buf = {0};
	struct slice text;

	add_prose(line->child, &buf);
	text = slice_copy(arena, strbuf_slice(&buf));
	strbuf_release(&buf);
	return text;
}

struct slice outline_text(const struct line *line, struct arena *arena)
{
	struct slice below;

	if (!line->child)
		return line->rest;
	below = outline_prose(line, arena);
	if (line->rest.len == 0)
		return below;
	return slice_format(arena, "%.*s%s%.*s", SLICE_ARGS(line->rest),
	                    line->child->after_blank ? "\n\n" : " ", SLICE_ARGS(below));
}
