/* mentor.c: see mentor.h. */
#include "load/mentor.h"

#include "base/limits.h"
#include "load/keyword.h"
#include "load/language.h"

enum word {
	WORD_NONE,
	WORD_MENTOR,
	WORD_TITLE,
	WORD_ABOUT,
	WORD_STRAYS,
	WORD_GOOD,
	WORD_LICENCE,
	WORD_LANGUAGE,
	WORD_WHEN,
	WORD_OTHERWISE,
	WORD_OFTEN,
	WORD_SAY,
	WORD_SELDOM,
	WORDS
};
enum room { ROOM_FILE, ROOM_MENTOR, ROOM_PART };

#define IN(room) (1u << ROOM_##room)
#define WEIGHT_OFTEN 9u
#define WEIGHT_SAY 3u
#define WEIGHT_SELDOM 1u

static const struct keyword entries[] = {
        {"mentor", WORD_MENTOR, IN(FILE), "at the top of a ‘.mentor’ file",
         "an id: ‘mentor skilled’", BELOW_LINES},
        {"title", WORD_TITLE, IN(MENTOR), "under ‘mentor’", "words for people", BELOW_NOTHING},
        {"about", WORD_ABOUT, IN(MENTOR), "under ‘mentor’", "a sentence", BELOW_TEXT},
        {"licence", WORD_LICENCE, IN(MENTOR), "under ‘mentor’", "a licence: ‘licence CC BY-SA 4.0’",
         BELOW_TEXT},
        {"language", WORD_LANGUAGE, IN(MENTOR), "under ‘mentor’", "a language: ‘language fr’",
         BELOW_NOTHING},
        {"strays", WORD_STRAYS, IN(MENTOR), "under ‘mentor’", "a number: ‘strays 10’",
         BELOW_NOTHING},
        {"good", WORD_GOOD, IN(MENTOR), "under ‘mentor’",
         "how many of 100 end well: ‘good at least 60’", BELOW_NOTHING},
        {"when", WORD_WHEN, IN(FILE), "at the left edge", "a condition: ‘when turn = 1’",
         BELOW_LINES},
        {"otherwise", WORD_OTHERWISE, IN(FILE), "at the left edge", NULL, BELOW_LINES},
        {"often", WORD_OFTEN, IN(PART), "under ‘when’ or ‘otherwise’",
         "words: ‘often {open_question}’", BELOW_NOTHING},
        {"say", WORD_SAY, IN(PART), "under ‘when’ or ‘otherwise’", "words: ‘say {paraphrase}’",
         BELOW_NOTHING},
        {"seldom", WORD_SELDOM, IN(PART), "under ‘when’ or ‘otherwise’", "words: ‘seldom ...’",
         BELOW_NOTHING},
};
static const struct keywords keywords = {entries, sizeof(entries) / sizeof(entries[0])};

static const char *const prose[] = {"about", "licence", NULL};
static const struct outline_grammar grammar = {.prose = prose};

static const struct expr_name names[] = {
        {"turn", EXPR_NUMBER, EXPR_ARG_NONE, MENTOR_TURN},
        {"minutes", EXPR_NUMBER, EXPR_ARG_NONE, MENTOR_MINUTES},
        {"words", EXPR_NUMBER, EXPR_ARG_NONE, MENTOR_WORDS},
        {"asks", EXPR_TRUTH, EXPR_ARG_NONE, MENTOR_ASKS},
        {"cue", EXPR_TRUTH, EXPR_ARG_NONE, MENTOR_CUE},
        {"told", EXPR_TRUTH, EXPR_ARG_NONE, MENTOR_TOLD},
        {"refuses", EXPR_TRUTH, EXPR_ARG_NONE, MENTOR_REFUSES},
        {"wavers", EXPR_TRUTH, EXPR_ARG_NONE, MENTOR_WAVERS},
        {"agreed", EXPR_TRUTH, EXPR_ARG_NONE, MENTOR_AGREED},
        {"done", EXPR_TRUTH, EXPR_ARG_DONE, MENTOR_DONE},
        {"count", EXPR_NUMBER, EXPR_ARG_MOVE, MENTOR_COUNT},
        {"last", EXPR_TRUTH, EXPR_ARG_MOVE, MENTOR_LAST},
        {"chance", EXPR_NUMBER, EXPR_ARG_NONE, MENTOR_CHANCE},
        {NULL, EXPR_NUMBER, EXPR_ARG_NONE, 0},
};

static const struct {
	const char *name;
	enum mentor_slot slot;
} slots[] = {
        {"name", SLOT_NAME},       {"topic", SLOT_TOPIC}, {"evidence", SLOT_EVIDENCE},
        {"last", SLOT_LAST},       {"theme", SLOT_THEME}, {"claim", SLOT_CLAIM},
        {"untruth", SLOT_UNTRUTH},
};
#define SLOTS (sizeof(slots) / sizeof(slots[0]))

struct mentor_file {
	struct arena arena;
	struct source source;
	struct mentor mentor;
};

struct build {
	struct mentor *mentor;
	struct arena *arena;
	const struct ruleset *ruleset;
	struct diags *diags;
	struct table parts; /* struct mentor_part */
};

static enum word word_of(struct build *b, const struct line *line, enum room room)
{
	const struct keyword *keyword = keyword_find(&keywords, line->keyword, room);
	struct strbuf known = {0};
	struct nearest nearest;

	if (keyword && keyword_stands(keyword, room))
		return keyword_shape(keyword, line, b->diags) ? (enum word)keyword->word
		                                              : WORD_NONE;
	if (keyword) {
		diag_error(b->diags, outline_place(line, line->keyword),
		           "‘%s’ does not belong here; it stands %s", keyword->name, keyword->home);
		return WORD_NONE;
	}
	nearest_init(&nearest, line->keyword);
	keyword_offer(&keywords, room, &nearest);
	keyword_names(&keywords, room, &known);
	diag_error(b->diags, outline_place(line, line->keyword), "unknown keyword ‘%.*s’%s%s",
	           SLICE_ARGS(line->keyword), nearest_hint(&nearest, &b->diags->arena),
	           nearest.best.len ? ""
	                            : "; a style of mentoring has ‘mentor’, ‘when’ and "
	                              "‘otherwise’, and under these ‘say’");
	strbuf_release(&known);
	return WORD_NONE;
}

/* What stands between curly brackets. */
static bool slot_parse(struct build *b, const struct line *line, struct slice name,
                       struct mentor_piece *piece)
{
	struct nearest nearest;
	size_t i;

	nearest_init(&nearest, name);
	for (i = 0; i < SLOTS; i++) {
		nearest_offer(&nearest, slice_of(slots[i].name));
		if (slice_is(name, slots[i].name)) {
			piece->slot = slots[i].slot;
			return true;
		}
	}
	piece->slot = SLOT_MOVE;
	piece->move = ruleset_move(b->ruleset, name);
	if (piece->move)
		return true;
	for (i = 0; i < b->ruleset->move_count; i++)
		nearest_offer(&nearest, b->ruleset->moves[i]->id);
	diag_error(b->diags, outline_place(line, name), "nothing fills ‘{%.*s}’%s%s",
	           SLICE_ARGS(name), nearest_hint(&nearest, &b->diags->arena),
	           nearest.best.len ? ""
	                            : "; write a move's id, or name, topic, evidence, last, "
	                              "theme, claim or untruth");
	return false;
}

static bool pieces_parse(struct build *b, const struct line *line, struct table *pieces)
{
	struct slice rest = line->rest;

	while (rest.len) {
		size_t open = slice_find(rest, SLICE("{"));
		size_t close = open + slice_find(slice_sub(rest, open, rest.len), SLICE("}"));
		struct mentor_piece piece = {.slot = SLOT_TEXT, .text = slice_sub(rest, 0, open)};

		if (open)
			*(struct mentor_piece *)table_add(b->arena, pieces, sizeof(piece)) = piece;
		if (open == rest.len)
			return true;
		if (close == rest.len) {
			diag_error(b->diags, outline_place(line, slice_sub(rest, open, open + 1)),
			           "‘}’ is missing behind this");
			return false;
		}
		if (!slot_parse(b, line, slice_trim(slice_sub(rest, open + 1, close)), &piece))
			return false;
		*(struct mentor_piece *)table_add(b->arena, pieces, sizeof(piece)) = piece;
		rest = slice_sub(rest, close + 1, rest.len);
	}
	return true;
}

static void part_line(struct build *b, const struct line *line, struct table *lines)
{
	static const uint32_t weights[WORDS] = {[WORD_OFTEN] = WEIGHT_OFTEN,
	                                        [WORD_SAY] = WEIGHT_SAY,
	                                        [WORD_SELDOM] = WEIGHT_SELDOM};
	enum word word = word_of(b, line, ROOM_PART);
	struct mentor_line said = {.weight = weights[word], .place = line->place};
	struct table pieces = {0};
	bool silence = slice_is(line->rest, "...") || slice_is(line->rest, "…");

	if (word == WORD_NONE || (!silence && !pieces_parse(b, line, &pieces)))
		return;
	said.pieces = pieces.items;
	said.piece_count = pieces.count;
	*(struct mentor_line *)table_add(b->arena, lines, sizeof(said)) = said;
}

static int resolve(void *context, enum expr_arg arg, struct slice id, struct nearest *nearest)
{
	const struct build *b = context;

	return ruleset_resolve(b->ruleset, arg, id, nearest);
}

static void part_parse(struct build *b, const struct line *line, enum word word)
{
	struct expr_scope scope = {.names = names, .resolve = resolve, .context = b};
	struct mentor_part part = {.place = line->place};
	struct table lines = {0};
	const struct line *below;

	if (word == WORD_WHEN) {
		part.when = expr_parse(line->rest, outline_rest_place(line), &scope, b->arena,
		                       b->diags);
		if (!part.when)
			return;
	}
	for (below = line->child; below; below = below->next)
		part_line(b, below, &lines);
	if (!line->child)
		diag_error(b->diags, line->place,
		           "nothing is said here; write ‘say …’ below, indented");
	part.lines = lines.items;
	part.line_count = lines.count;
	*(struct mentor_part *)table_add(b->arena, &b->parts, sizeof(part)) = part;
}

/* `at least 60`, `at most 25` */
static void good_parse(struct build *b, const struct line *line)
{
	struct mentor *mentor = b->mentor;
	struct slice rest = line->rest;

	mentor->at_least = slice_starts(rest, SLICE("at least "));
	mentor->expects = (mentor->at_least || slice_starts(rest, SLICE("at most "))) &&
	                  slice_int(slice_trim(slice_sub(rest, mentor->at_least ? 9 : 8, rest.len)),
	                            0, 100, &mentor->share);
	if (!mentor->expects)
		diag_error(
		        b->diags, outline_rest_place(line),
		        "‘good’ takes ‘at least’ or ‘at most’ and a number from 0 to 100: ‘good at "
		        "least 60’");
}

static void head_parse(struct build *b, const struct line *line)
{
	struct mentor *mentor = b->mentor;
	const struct line *first[WORDS] = {NULL};
	const struct line *below;

	mentor->place = line->place;
	if (!slice_eq(line->rest, mentor->id))
		diag_error(b->diags, outline_rest_place(line),
		           "the file is called ‘%.*s.mentor’; write ‘mentor %.*s’ here",
		           SLICE_ARGS(mentor->id), SLICE_ARGS(mentor->id));
	for (below = line->child; below; below = below->next) {
		enum word word = word_of(b, below, ROOM_MENTOR);

		if (word == WORD_NONE || !keyword_once(&first[word], below, b->diags))
			continue;
		if (word == WORD_TITLE)
			mentor->title = below->rest;
		else if (word == WORD_ABOUT)
			mentor->about = outline_text(below, b->arena);
		else if (word == WORD_GOOD)
			good_parse(b, below);
		else if (word == WORD_LANGUAGE && !language_is_id(below->rest))
			diag_error(b->diags, outline_rest_place(below), LANGUAGE_WANTED);
		else if (word == WORD_STRAYS && !slice_int(below->rest, 0, 100, &mentor->strays))
			diag_error(b->diags, outline_rest_place(below),
			           "‘strays’ takes a number from 0 to 100");
	}
}

static void file_parse(struct build *b, const struct line *root, const struct source *source)
{
	const struct line *head = NULL;
	const struct line *rest = NULL; /* the first `otherwise` */
	const struct line *line;
	const struct mentor_part *last;

	for (line = root->child; line; line = line->next) {
		enum word word = word_of(b, line, ROOM_FILE);

		if (word == WORD_MENTOR && keyword_once(&head, line, b->diags))
			head_parse(b, line);
		else if (word == WORD_WHEN || word == WORD_OTHERWISE)
			part_parse(b, line, word);
		if (word == WORD_OTHERWISE && !rest)
			rest = line;
	}
	if (rest && rest->next)
		diag_error(b->diags, rest->place,
		           "what stands below this never has a turn; move it above ‘otherwise’");
	b->mentor->parts = b->parts.items;
	b->mentor->part_count = b->parts.count;
	last = b->parts.count ? &b->mentor->parts[b->parts.count - 1] : NULL;
	if (!head)
		diag_error(b->diags, (struct place){.source = source},
		           "no ‘mentor’ line; begin with ‘mentor %.*s’", SLICE_ARGS(b->mentor->id));
	if (!last || last->when)
		diag_error(
		        b->diags, last ? last->place : (struct place){.source = source},
		        "nothing is said when nothing fits; close with ‘otherwise’ and lines below "
		        "it");
}

struct mentor_file *mentor_load(struct slice id, struct slice path, struct slice text,
                                const struct ruleset *ruleset, struct diags *diags)
{
	struct mentor_file *file = mem_alloc(sizeof(*file));
	struct build b = {
	        .mentor = &file->mentor, .arena = &file->arena, .ruleset = ruleset, .diags = diags};

	file->source.path = slice_copy(&file->arena, path);
	file->source.text = slice_copy(&file->arena, text);
	file->mentor.id = slice_copy(&file->arena, id);
	file->mentor.title = file->mentor.id;
	file_parse(&b, outline_parse(&file->source, &grammar, &file->arena, diags), &file->source);
	return file;
}

const struct mentor *mentor_of(const struct mentor_file *file)
{
	return &file->mentor;
}

void mentor_free(struct mentor_file *file)
{
	if (!file)
		return;
	arena_release(&file->arena);
	free(file);
}
