/* deck.c: see deck.h. Reads the tree of lines; deck_words.c knows what a line is. */
#include "load/deck.h"

#include "base/limits.h"
#include "load/deck_build.h"

struct deck_file {
	struct arena arena;
	struct deck deck;
	struct source source;
};

static const char *const prose[] = {"about", "source",    "licence", "evidence", "task",
                                    "heard", "otherwise", "who",     "hint",     NULL};
static const struct outline_grammar grammar = {.prose = prose};

static const struct move *move_named(struct deck_build *b, const struct line *line, struct slice id)
{
	struct nearest nearest;
	int index;

	nearest_init(&nearest, id);
	index = ruleset_resolve(b->ruleset, EXPR_ARG_MOVE, id, &nearest);
	if (index >= 0)
		return b->ruleset->moves[index];
	diag_error(b->diags, outline_place(line, id), "no move ‘%.*s’%s%s", SLICE_ARGS(id),
	           nearest_hint(&nearest, b->arena),
	           nearest.best.len ? "" : "; rehearse-scenario(5) lists those there are");
	return NULL;
}

/* {name} is all there is to fill in. */
static void check_slots(struct deck_build *b, const struct line *line, struct slice words)
{
	size_t i;

	for (i = 0; i < words.len; i++) {
		if (words.at[i] != '{' ||
		    slice_starts(slice_sub(words, i, words.len), SLICE("{name}")))
			continue;
		diag_error(b->diags, line->place,
		           "only ‘{name}’ can be filled in here; take the other braces away");
		return;
	}
}

static struct slice coach_words(struct deck_build *b, const struct line *line)
{
	struct slice words = outline_text(line, b->arena);

	check_slots(b, line, words);
	return words;
}

static void heard_parse(struct deck_build *b, const struct line *line, struct table *heards)
{
	struct outline_parts parts = {line->rest, line->rest.len > 0};
	struct deck_heard heard = {.words = outline_prose(line, b->arena)};
	struct table moves = {0};
	struct slice id;

	check_slots(b, line, heard.words);
	if (heard.words.len == 0)
		diag_error(b->diags, line->place,
		           "nothing is said to whoever made this move; write it in the line below, "
		           "further in");
	while (outline_part(line, &parts, &id, b->diags)) {
		const struct move *move = move_named(b, line, id);

		if (move)
			*(const struct move **)table_add(b->arena, &moves, sizeof(move)) = move;
	}
	heard.moves = moves.items;
	heard.move_count = moves.count;
	if (moves.count && heard.words.len)
		*(struct deck_heard *)table_add(b->arena, heards, sizeof(heard)) = heard;
}

static bool coach_is_new(struct deck_build *b, const struct line *line, const struct move *move)
{
	const struct deck_coach *coaches = b->coaches.items;
	size_t i;

	for (i = 0; i < b->coaches.count; i++) {
		if (coaches[i].move != move)
			continue;
		diag_error(b->diags, outline_rest_place(line),
		           "‘coach %.*s’ stands twice (first in line %u); put both together",
		           SLICE_ARGS(move->id), coaches[i].place.line);
		return false;
	}
	return true;
}

static void coach_parse(struct deck_build *b, const struct line *line)
{
	struct deck_coach coach = {.place = line->place};
	const struct line *once[DECK_WORDS] = {0};
	struct table heards = {0};
	const struct line *below;

	coach.move = move_named(b, line, line->rest);
	for (below = line->child; below; below = below->next) {
		switch (deck_word(b, below, DECK_ROOM_COACH)) {
		case DECK_TASK:
			if (keyword_once(&once[DECK_TASK], below, b->diags))
				coach.task = coach_words(b, below);
			break;
		case DECK_OTHERWISE:
			if (keyword_once(&once[DECK_OTHERWISE], below, b->diags))
				coach.otherwise = coach_words(b, below);
			break;
		case DECK_HEARD:
			heard_parse(b, below, &heards);
			break;
		default:
			break;
		}
	}
	if (!once[DECK_TASK])
		diag_error(b->diags, line->place,
		           "no ‘task’: how is the mentor asked for this move? ‘task Paraphrase "
		           "this.’");
	coach.heards = heards.items;
	coach.heard_count = heards.count;
	if (coach.move && coach_is_new(b, line, coach.move))
		*(struct deck_coach *)table_add(b->arena, &b->coaches, sizeof(coach)) = coach;
}

static void say_parse(struct deck_build *b, const struct line *line, struct table *says)
{
	struct deck_say *say = table_add(b->arena, says, sizeof(*say));

	say->words = line->rest;
	say->place = line->place;
}

static void ask_parse(struct deck_build *b, const struct line *line, struct deck_prompt *prompt,
                      struct table *asks)
{
	struct deck_ask ask = {.place = line->place};
	const struct line *once[DECK_WORDS] = {0};
	const struct deck_ask *known = asks->items;
	struct table says = {0};
	struct table nos = {0};
	const struct line *below;
	size_t i;

	ask.move = move_named(b, line, line->rest);
	for (below = line->child; below; below = below->next) {
		switch (deck_word(b, below, DECK_ROOM_ASK)) {
		case DECK_SAY:
			say_parse(b, below, &says);
			break;
		case DECK_NO:
			say_parse(b, below, &nos);
			break;
		case DECK_HINT:
			if (keyword_once(&once[DECK_HINT], below, b->diags))
				ask.hint = coach_words(b, below);
			break;
		default:
			break;
		}
	}
	if (says.count == 0) {
		diag_error(
		        b->diags, line->place,
		        "no ‘say’: give at least one good version, to be shown after two misses");
		return;
	}
	ask.says = says.items;
	ask.say_count = says.count;
	ask.nos = nos.items;
	ask.no_count = nos.count;
	for (i = 0; ask.move && i < asks->count; i++) {
		if (known[i].move == ask.move) {
			diag_error(b->diags, outline_rest_place(line),
			           "prompt ‘%.*s’ asks for this twice (first in line %u); put both "
			           "together",
			           SLICE_ARGS(prompt->id), known[i].place.line);
			return;
		}
	}
	if (ask.move)
		*(struct deck_ask *)table_add(b->arena, asks, sizeof(ask)) = ask;
}

/* "Hana, Reception · phonics": the name is what stands before the comma. */
static void who_parse(struct deck_build *b, const struct line *line, struct deck_prompt *prompt)
{
	size_t comma;

	prompt->who = outline_text(line, b->arena);
	comma = slice_find(prompt->who, SLICE(","));
	prompt->name = slice_trim(slice_sub(prompt->who, 0, comma));
	if (slice_is(prompt->name, "Mentor")) {
		diag_error(b->diags, outline_rest_place(line),
		           "‘Mentor’ is the one who practises; give the teacher another name");
		prompt->name = SLICE("");
	} else if (slice_find(prompt->name, SLICE(":")) < prompt->name.len) {
		diag_error(b->diags, outline_rest_place(line),
		           "a name holds no colon: write ‘who Hana, Reception’, and below, "
		           "speech as ‘Hana: …’");
		prompt->name = SLICE("");
	}
}

static void line_parse(struct deck_build *b, const struct line *line, struct table *lines)
{
	struct deck_line *said;
	size_t colon = slice_find(line->text, SLICE(":"));
	struct slice words = slice_trim(slice_sub(line->text, colon + 1, line->text.len));
	bool mentor = slice_is(slice_trim(slice_sub(line->text, 0, colon)), "Mentor");

	if (line->child)
		diag_error(b->diags, line->child->place, "speech stays on one line, however long");
	if (words.len == 0 && !mentor) {
		diag_error(b->diags, line->place, "nothing is said here");
		return;
	}
	if (words.len > LIMIT_SPEECH_BYTES) {
		diag_error(b->diags, line->place, "%zu bytes in one line of speech; at most %u",
		           words.len, LIMIT_SPEECH_BYTES);
		return;
	}
	if (lines->count == LIMIT_PROMPT_LINES) {
		diag_error(b->diags, line->place,
		           "more than %u lines of talk in one prompt; leave the earliest out",
		           LIMIT_PROMPT_LINES);
		return;
	}
	said = table_add(b->arena, lines, sizeof(*said));
	said->mentor = mentor;
	said->words = words;
	said->place = line->place;
}

/* Says what the prompt lacks; true when it can be drilled. */
static bool prompt_is_whole(struct deck_build *b, const struct line *line,
                            const struct deck_prompt *prompt)
{
	const struct deck_prompt *prompts = b->prompts.items;
	size_t i;

	if (!slice_is_id(prompt->id)) {
		if (prompt->id.len) /* else its keyword said what is missing */
			diag_error(b->diags, outline_rest_place(line),
			           "‘%.*s’ is no id for a prompt; begin with a small letter, then "
			           "small letters, digits, ‘-’ and ‘_’",
			           SLICE_ARGS(prompt->id));
		return false;
	}
	for (i = 0; i < b->prompts.count; i++) {
		if (slice_eq(prompts[i].id, prompt->id)) {
			diag_error(b->diags, outline_rest_place(line),
			           "prompt ‘%.*s’ stands twice (first in line %u)",
			           SLICE_ARGS(prompt->id), prompts[i].place.line);
			return false;
		}
	}
	if (prompt->name.len == 0)
		return false;
	if (prompt->line_count == 0 || prompt->lines[prompt->line_count - 1].mentor) {
		diag_error(b->diags, line->place,
		           "no line to answer: the last line of talk must be ‘%.*s: …’",
		           SLICE_ARGS(prompt->name));
		return false;
	}
	if (prompt->ask_count == 0)
		diag_error(b->diags, line->place,
		           "no ‘ask’: which move is practised here? ‘ask paraphrase’");
	return prompt->ask_count > 0;
}

static void prompt_parse(struct deck_build *b, const struct line *line)
{
	struct deck_prompt prompt = {.id = line->rest, .place = line->place};
	const struct line *once[DECK_WORDS] = {0};
	struct table lines = {0};
	struct table asks = {0};
	const struct line *below;

	if (b->prompts.count == LIMIT_PROMPTS) {
		diag_error(b->diags, line->place, "more than %u prompts; split the deck",
		           LIMIT_PROMPTS);
		return;
	}
	b->speaker = SLICE("");
	for (below = line->child; below; below = below->next) {
		enum deck_word word = deck_word(b, below, DECK_ROOM_PROMPT);

		if (word == DECK_ASK)
			ask_parse(b, below, &prompt, &asks);
		else if (word == DECK_SPEECH)
			line_parse(b, below, &lines);
		else if (word != DECK_NONE && keyword_once(&once[word], below, b->diags)) {
			if (word == DECK_WHO)
				who_parse(b, below, &prompt);
			else if (word == DECK_EVIDENCE)
				prompt.evidence = outline_text(below, b->arena);
			else if (word == DECK_HINT)
				prompt.hint = coach_words(b, below);
		}
		b->speaker = prompt.name;
	}
	if (!once[DECK_WHO])
		diag_error(b->diags, line->place,
		           "no ‘who’: name the teacher first: ‘who Hana, Reception · phonics’");
	prompt.lines = lines.items;
	prompt.line_count = lines.count;
	prompt.asks = asks.items;
	prompt.ask_count = asks.count;
	if (prompt_is_whole(b, line, &prompt))
		*(struct deck_prompt *)table_add(b->arena, &b->prompts, sizeof(prompt)) = prompt;
}

static void head_parse(struct deck_build *b, const struct line *line)
{
	const struct line *once[DECK_WORDS] = {0};
	const struct line *below;

	b->deck->title = line->rest;
	b->deck->place = line->place;
	for (below = line->child; below; below = below->next) {
		enum deck_word word = deck_word(b, below, DECK_ROOM_DECK);

		if (word != DECK_NONE && keyword_once(&once[word], below, b->diags) &&
		    word == DECK_ABOUT)
			b->deck->about = outline_text(below, b->arena);
	}
}

static void file_parse(struct deck_build *b)
{
	const struct line *root = outline_parse(b->deck->source, &grammar, b->arena, b->diags);
	const struct line *head = NULL;
	const struct line *line;

	for (line = root->child; line; line = line->next) {
		switch (deck_word(b, line, DECK_ROOM_FILE)) {
		case DECK_DECK:
			if (keyword_once(&head, line, b->diags))
				head_parse(b, line);
			break;
		case DECK_COACH:
			coach_parse(b, line);
			break;
		case DECK_PROMPT:
			prompt_parse(b, line);
			break;
		default:
			break;
		}
	}
	if (!head)
		diag_error(b->diags, (struct place){.source = b->deck->source},
		           "no ‘deck’; begin the file with its title: ‘deck Listening’");
	else if (b->prompts.count == 0 && b->coaches.count == 0)
		diag_error(b->diags, b->deck->place, "no ‘prompt’ in this deck that can be used");
}

struct deck_file *deck_load(struct slice id, struct slice path, struct slice text,
                            const struct ruleset *ruleset, struct diags *diags)
{
	struct deck_file *file = mem_alloc(sizeof(*file));
	struct deck_build build = {
	        .deck = &file->deck, .arena = &file->arena, .ruleset = ruleset, .diags = diags};

	arena_init(&file->arena);
	file->source.path = slice_copy(&file->arena, path.len ? path : SLICE("(no file)"));
	file->source.text = slice_copy(&file->arena, text);
	file->deck.id = slice_copy(&file->arena, id);
	file->deck.source = &file->source;
	file_parse(&build);
	if (file->deck.title.len == 0)
		file->deck.title = file->deck.id;
	file->deck.coaches = build.coaches.items;
	file->deck.coach_count = build.coaches.count;
	file->deck.prompts = build.prompts.items;
	file->deck.prompt_count = build.prompts.count;
	return file;
}

const struct deck *deck_of(const struct deck_file *file)
{
	return &file->deck;
}

void deck_free(struct deck_file *file)
{
	if (!file)
		return;
	arena_release(&file->arena);
	free(file);
}

void deck_fill(struct slice words, struct slice name, struct strbuf *out)
{
	static const struct slice slot = {"{name}", 6};

	while (words.len) {
		size_t at = slice_find(words, slot);

		strbuf_add(out, slice_sub(words, 0, at));
		if (at < words.len)
			strbuf_add(out, name);
		words = slice_sub(words, at + slot.len, words.len);
	}
}
