/* prompt.c: see prompt.h. */
#include "load/prompt.h"

#include <stdlib.h>

#include "base/limits.h"
#include "load/keyword.h"

const char *const prompt_slots[] = {"name",   "who",    "voice", "brief", "knows", "told", "closed",
                                    "meters", "intent", "goal",  "moves", "form",  NULL};

struct prompt_file {
	struct arena arena;
	struct source source;
	struct prompt prompt;
	struct table never; /* struct regex * */
	struct diags *diags;
};

enum word { WORD_NONE, WORD_PROMPT, WORD_ABOUT, WORD_TURNS, WORD_WORDS, WORD_NEVER, WORD_SYSTEM };
enum room { ROOM_FILE, ROOM_PROMPT };
#define IN(room) (1u << ROOM_##room)

static const struct keyword entries[] = {
        {"prompt", WORD_PROMPT, IN(FILE), "at the top", "an id: ‘prompt ect’", BELOW_LINES},
        {"about", WORD_ABOUT, IN(PROMPT), "under ‘prompt’", "a sentence", BELOW_TEXT},
        {"turns", WORD_TURNS, IN(PROMPT), "under ‘prompt’", "a number: ‘turns 8’", BELOW_NOTHING},
        {"words", WORD_WORDS, IN(PROMPT), "under ‘prompt’", "a number: ‘words 60’", BELOW_NOTHING},
        {"never", WORD_NEVER, IN(PROMPT), "under ‘prompt’", "a pattern: ‘never \\bas an ai\\b’",
         BELOW_NOTHING},
        {"system", WORD_SYSTEM, IN(PROMPT), "under ‘prompt’", "", BELOW_TEXT},
};
static const struct keywords keywords = {entries, sizeof(entries) / sizeof(entries[0])};

static const struct keyword *word_of(const struct line *line, unsigned room, struct diags *diags)
{
	const struct keyword *keyword = keyword_find(&keywords, line->keyword, room);
	struct nearest nearest;

	if (keyword && keyword_stands(keyword, room))
		return keyword_shape(keyword, line, diags) ? keyword : NULL;
	nearest_init(&nearest, line->keyword);
	keyword_offer(&keywords, room, &nearest);
	diag_error(diags, line->place, "‘%.*s’ does not belong here%s",
	           SLICE_ARGS(slice_sub(line->keyword, 0, 40)),
	           nearest_hint(&nearest, &diags->arena));
	return NULL;
}

static void read_number(struct prompt_file *file, const struct line *line, long least, long most,
                        long *out)
{
	if (!slice_int(line->rest, least, most, out))
		diag_error(file->diags, outline_rest_place(line),
		           "‘%.*s’ takes a number from %ld to %ld", SLICE_ARGS(line->keyword),
		           least, most);
}

static void read_never(struct prompt_file *file, const struct line *line)
{
	struct regex_error error;
	struct regex *regex;

	if (file->never.count == LIMIT_PROMPT_NEVER) {
		diag_error(file->diags, line->place,
		           "more than %u ‘never’ lines; join some with ‘|’", LIMIT_PROMPT_NEVER);
		return;
	}
	regex = regex_new(line->rest, &error);
	if (!regex)
		diag_error(file->diags,
		           place_within(outline_rest_place(line),
		                        error.at < line->rest.len ? error.at : 0, 1),
		           "the pattern does not compile: %s", error.text);
	else
		*(struct regex **)table_add(&file->arena, &file->never, sizeof(regex)) = regex;
}

/* Every {slot} is one there is. */
static void check_slots(struct prompt_file *file, const struct line *line, struct slice text)
{
	while (slice_find(text, SLICE("{")) < text.len) {
		struct slice slot;
		struct nearest nearest;
		bool known = false;
		size_t i;

		text = slice_sub(text, slice_find(text, SLICE("{")) + 1, text.len);
		slot = slice_sub(text, 0, slice_find(text, SLICE("}")));
		nearest_init(&nearest, slot);
		for (i = 0; prompt_slots[i]; i++) {
			known = known || slice_is(slot, prompt_slots[i]);
			nearest_offer(&nearest, slice_of(prompt_slots[i]));
		}
		if (!known)
			diag_error(file->diags, line->place,
			           "‘{%.*s}’ is nothing that can be filled in%s",
			           SLICE_ARGS(slice_sub(slot, 0, 40)),
			           nearest_hint(&nearest, &file->diags->arena));
	}
}

static void read_below(struct prompt_file *file, const struct line *line)
{
	struct prompt *prompt = &file->prompt;

	for (; line; line = line->next) {
		const struct keyword *keyword = word_of(line, ROOM_PROMPT, file->diags);

		switch (keyword ? keyword->word : WORD_NONE) {
		case WORD_TURNS:
			read_number(file, line, 1, 40, &prompt->turns);
			break;
		case WORD_WORDS:
			read_number(file, line, 10, 200, &prompt->words);
			break;
		case WORD_NEVER:
			read_never(file, line);
			break;
		case WORD_SYSTEM:
			prompt->system = outline_text(line, &file->arena);
			check_slots(file, line, prompt->system);
			break;
		default: /* about: for readers */
			break;
		}
	}
}

struct prompt_file *prompt_load(struct slice path, struct slice text, struct diags *diags)
{
	static const char *const prose[] = {"about", "system", NULL};
	static const struct outline_grammar grammar = {.prose = prose};
	struct prompt_file *file = mem_alloc(sizeof(*file));
	const struct line *line;

	arena_init(&file->arena);
	file->diags = diags;
	file->source.path = slice_copy(&file->arena, path);
	file->source.text = slice_copy(&file->arena, text);
	file->prompt = (struct prompt){.turns = 8, .words = 60};
	line = outline_parse(&file->source, &grammar, &file->arena, diags)->child;
	for (; line; line = line->next)
		if (word_of(line, ROOM_FILE, diags))
			read_below(file, line->child);
	if (file->prompt.system.len == 0)
		diag_error(diags, (struct place){.source = &file->source},
		           "no ‘system’; say below it who the model is to be");
	file->prompt.never = file->never.items;
	file->prompt.never_count = file->never.count;
	return file;
}

const struct prompt *prompt_of(const struct prompt_file *file)
{
	return &file->prompt;
}

/* A paragraph with its slots filled; nothing when one of them is empty. */
static void put_paragraph(struct slice text, prompt_slot *slot, void *context, struct strbuf *out)
{
	struct strbuf words = {0};
	struct strbuf value = {0};
	bool whole = true;

	while (whole && text.len) {
		size_t open = slice_find(text, SLICE("{"));
		size_t close = slice_find(text, SLICE("}"));

		strbuf_add(&words, slice_sub(text, 0, open));
		if (open == text.len || close == text.len)
			break;
		strbuf_clear(&value);
		slot(context, slice_sub(text, open + 1, close), &value);
		whole = value.len > 0;
		strbuf_add(&words, strbuf_slice(&value));
		text = slice_sub(text, close + 1, text.len);
	}
	if (whole) {
		strbuf_addz(out, out->len ? "\n\n" : "");
		strbuf_add(out, strbuf_slice(&words));
	}
	strbuf_release(&words);
	strbuf_release(&value);
}

void prompt_fill(const struct prompt *prompt, prompt_slot *slot, void *context, struct strbuf *out)
{
	struct slice text = prompt->system;

	while (text.len) {
		size_t end = slice_find(text, SLICE("\n\n"));

		put_paragraph(slice_sub(text, 0, end), slot, context, out);
		text = slice_sub(text, end + 2, text.len);
	}
}

void prompt_free(struct prompt_file *file)
{
	size_t i;

	if (!file)
		return;
	for (i = 0; i < file->prompt.never_count; i++)
		regex_free(file->prompt.never[i]);
	arena_release(&file->arena);
	free(file);
}
