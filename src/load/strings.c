/* strings.c: see strings.h. */
#include "load/strings.h"

#include "load/scenario_build.h"

#define PATTERN                                                                                    \
	"A pattern (PCRE2) for what mentors type, lower case: write what they would type in the "  \
	"other language, not a translation."
#define DIRECTIONS "Stage directions, parted by |."

/* What stands behind a keyword, and whether prose may go on below it. */
static const struct kind {
	const char *keyword;
	const char *parent; /* of the line it must stand under; NULL for any */
	const char *note;
	bool prose;
} kinds[] = {
        {"scenario", "", "The scenario's title.", false},
        {"about", "scenario", NULL, true},
        {"about", "temperament", NULL, true},
        {"about", "evidence", "What the mentor saw; its first word is a topic, to be kept.", true},
        {"phase", "scenario", NULL, false},
        {"cycle", "scenario", NULL, false},
        {"who", "persona", NULL, true},
        {"voice", "persona", NULL, true},
        {"shows", "persona", DIRECTIONS, false},
        {"brief", "", NULL, true},
        {"goal", "", NULL, true},
        {"title", "topic", NULL, false},
        {"thinks", NULL, "What the ECT thinks, for the debrief.", true},
        {"step", NULL, "The step in the ECT's own words, as it goes into {step}.", false},
        {"verdict", "ending", NULL, true},
        {"agrees", NULL, PATTERN, false},
        {"denies", NULL, PATTERN, false},
};

/* Of a line, in the context of those below it. */
#define CONTEXT_BYTES 80

struct finding {
	const struct source *source;
	struct arena *arena;
	struct strings *out;
	struct slice speaker; /* the persona's name, or ECT */
};

static uint32_t offset(const struct finding *finding, const char *at)
{
	return (uint32_t)(at - finding->source->text.at);
}

/* "opening/on greeting": the lines it stands under, outermost first. */
static struct slice path_of(struct arena *arena, const struct line *line)
{
	struct slice outer;
	struct slice text;

	if (!line || !line->parent)
		return SLICE("");
	outer = path_of(arena, line->parent);
	text = slice_sub(line->text, 0, CONTEXT_BYTES);
	/* What is itself translated names nothing for good: a title, a pattern. */
	if (slice_is(line->keyword, "scenario") || slice_is(line->keyword, "agrees") ||
	    slice_is(line->keyword, "denies"))
		text = line->keyword;
	else if (slice_is(line->keyword, "topic"))
		text = slice_sub(text, 0,
		                 slice_find(text, SLICE(" ")) + 1 +
		                         slice_find(line->rest, SLICE(" ")));
	return slice_format(arena, "%.*s%s%.*s", SLICE_ARGS(outer), outer.len ? "/" : "",
	                    SLICE_ARGS(text));
}

static void add(struct finding *finding, const struct line *line, struct slice name,
                struct slice text, struct span where, const char *note)
{
	struct strings *out = finding->out;
	struct slice path = path_of(finding->arena, line->parent);
	struct string string = {
	        .text = text, .note = note, .line = line->place.line, .where = where};
	size_t twins = 0;
	size_t i;

	if (text.len == 0)
		return;
	string.context = slice_format(finding->arena, "%.*s%s%.*s", SLICE_ARGS(path),
	                              path.len ? "/" : "", SLICE_ARGS(name));
	for (i = 0; i < out->count; i++)
		twins += slice_eq(out->items[i].text, text) &&
		         slice_starts(out->items[i].context, string.context);
	if (twins)
		string.context = slice_format(finding->arena, "%.*s#%zu",
		                              SLICE_ARGS(string.context), twins + 1);
	out->items = arena_grow(finding->arena, out->items, &out->cap, out->count + 1,
	                        sizeof(*out->items));
	out->items[out->count++] = string;
}

/* Text that stands in one piece in the file. */
static void add_part(struct finding *finding, const struct line *line, struct slice name,
                     struct slice text, const char *note)
{
	uint32_t start = offset(finding, text.at);

	add(finding, line, name, text, (struct span){start, start + (uint32_t)text.len}, note);
}

/* A paragraph under way. */
struct paragraph {
	struct strbuf text;
	const struct line *first;
	struct span where;
};

static void end_paragraph(struct finding *finding, struct slice name, struct paragraph *paragraph,
                          const char *note)
{
	if (paragraph->text.len)
		add(finding, paragraph->first, name,
		    slice_copy(finding->arena, strbuf_slice(&paragraph->text)), paragraph->where,
		    note);
	strbuf_clear(&paragraph->text);
}

static void add_line(struct finding *finding, struct paragraph *paragraph, const struct line *line,
                     struct slice text)
{
	if (paragraph->text.len == 0) {
		paragraph->first = line;
		paragraph->where.start = offset(finding, text.at);
	} else {
		strbuf_addc(&paragraph->text, ' ');
	}
	strbuf_add(&paragraph->text, text);
	paragraph->where.end = offset(finding, text.at + text.len);
}

static void prose_below(struct finding *finding, const struct line *line, struct slice name,
                        struct paragraph *paragraph, const char *note)
{
	for (; line; line = line->next) {
		if (line->after_blank)
			end_paragraph(finding, name, paragraph, note);
		add_line(finding, paragraph, line, line->text);
		prose_below(finding, line->child, name, paragraph, note);
	}
}

/* The rest of the line and the prose below it, by paragraphs. */
static void add_prose(struct finding *finding, const struct line *line, struct slice rest,
                      struct slice name, const char *note)
{
	struct paragraph paragraph = {0};

	if (rest.len)
		add_line(finding, &paragraph, line, rest);
	prose_below(finding, line->child, name, &paragraph, note);
	end_paragraph(finding, name, &paragraph, note);
	strbuf_release(&paragraph.text);
}

/* “Sam: …”: what is said. False when the line is no speech. */
static bool add_speech(struct finding *finding, const struct line *line)
{
	const struct slice speakers[] = {finding->speaker, SLICE("Mentor"), SLICE("ECT")};
	size_t i;

	for (i = 0; i < 3; i++) {
		struct slice name = speakers[i];

		if (name.len == 0 || !slice_starts(line->text, name) ||
		    !slice_starts(slice_sub(line->text, name.len, line->text.len), SLICE(":")))
			continue;
		add_part(finding, line, name,
		         slice_trim(slice_sub(line->text, name.len + 1, line->text.len)), NULL);
		return true;
	}
	return false;
}

/* Behind the first `mark` of the rest. */
static struct slice behind(const struct line *line, struct slice mark)
{
	size_t at = slice_find(line->rest, mark);

	return slice_trim(slice_sub(line->rest, at + mark.len, line->rest.len));
}

/* Better words for the mentor: `instead MOVE words`, `instead MOVE [about TOPIC]: words`. */
static void add_instead(struct finding *finding, const struct line *line)
{
	struct slice text = behind(line, slice_find(line->rest, SLICE(": ")) < line->rest.len &&
	                                                 line->parent && !line->parent->parent
	                                         ? SLICE(": ")
	                                         : SLICE(" "));

	add_part(finding, line, line->keyword, text, "Better words for the mentor.");
}

static void find_below(struct finding *finding, const struct line *line);

/* `topic ID pattern` */
static void add_topic(struct finding *finding, const struct line *line)
{
	struct slice pattern = behind(line, SLICE(" "));

	add_part(finding, line, slice_trim(slice_sub(line->text, 0, line->text.len - pattern.len)),
	         pattern, PATTERN);
	find_below(finding, line->child);
}

static const struct kind *kind_of(const struct line *line)
{
	struct slice parent = line->parent ? line->parent->keyword : SLICE("");
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (slice_is(line->keyword, kinds[i].keyword) &&
		    (!kinds[i].parent || slice_is(parent, kinds[i].parent)))
			return &kinds[i];
	return NULL;
}

static void find(struct finding *finding, const struct line *line)
{
	const struct kind *kind = kind_of(line);

	if (add_speech(finding, line))
		find_below(finding, line->child);
	else if (slice_is(line->keyword, "instead"))
		add_instead(finding, line);
	else if (slice_is(line->keyword, "topic") && !line->parent->parent)
		add_topic(finding, line);
	else if (kind && slice_is(line->keyword, "shows"))
		add_part(finding, line, line->keyword, behind(line, SLICE(":")), kind->note);
	else if (kind && slice_is(line->parent->keyword, "evidence"))
		add_prose(finding, line, SLICE(""), SLICE("seen"), NULL);
	else if (kind && kind->prose)
		add_prose(finding, line, line->rest, line->keyword, kind->note);
	else if (kind) {
		add_part(finding, line, line->keyword, line->rest, kind->note);
		find_below(finding, line->child);
	} else
		find_below(finding, line->child);
}

static void find_below(struct finding *finding, const struct line *line)
{
	for (; line; line = line->next)
		find(finding, line);
}

void strings_find(const struct source *source, struct arena *arena, struct strings *out,
                  struct diags *diags)
{
	struct finding finding = {.source = source, .arena = arena, .out = out};
	const struct line *root = outline_parse(source, &scenario_grammar, arena, diags);
	const struct line *line;

	for (line = root->child; line; line = line->next)
		if (slice_is(line->keyword, "persona"))
			finding.speaker = line->rest;
	find_below(&finding, root->child);
}

static void put_translation(struct slice text, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		strbuf_addc(out, text.at[i] == '\n' || text.at[i] == '\r' ? ' ' : text.at[i]);
}

/* Where the line after the first `scenario …` or `temperament …` begins; 0 without one. */
static size_t head_end(struct slice text)
{
	struct slice rest = text;
	struct slice line;

	while (slice_cut(&rest, '\n', &line))
		if (slice_starts(line, SLICE("scenario ")) ||
		    slice_starts(line, SLICE("temperament ")))
			return text.len - rest.len;
	return 0;
}

void strings_put(const struct source *source, const struct strings *strings,
                 const struct slice *translations, struct slice language, struct strbuf *out)
{
	size_t head = head_end(source->text);
	size_t at = 0;
	size_t i;

	for (i = 0; i <= strings->count; i++) {
		bool last = i == strings->count;
		size_t next = last ? source->text.len : strings->items[i].where.start;

		if (!last && translations[i].len == 0)
			continue;
		if (at <= head && head <= next && head) {
			strbuf_add(out, slice_sub(source->text, at, head));
			strbuf_addf(out, "  language %.*s\n", SLICE_ARGS(language));
			at = head;
			head = 0;
		}
		strbuf_add(out, slice_sub(source->text, at, next));
		if (last)
			break;
		put_translation(translations[i], out);
		at = strings->items[i].where.end;
	}
}
