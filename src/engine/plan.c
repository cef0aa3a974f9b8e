/* plan.c: see plan.h. The questions, what may be answered, and what a script contains. */
#include "engine/plan.h"

#include "base/limits.h"
#include "base/utf8.h"

const struct plan_question plan_questions[PLAN_PARTS] = {
        {"moment", "The moment",
         "Are you both ready for this? When will it be, and is there time enough?", PLAN_TEXT,
         NULL},
        {"place", "The place", "Where will it be? Who might overhear, or walk in?", PLAN_TEXT,
         NULL},
        {"yourself", "Yourself",
         "How are you about it? What might {name} do that would throw you, and what will you do "
         "then?",
         PLAN_TEXT, NULL},
        {"goal", "The goal", "What is the one thing this conversation is for?", PLAN_TEXT, NULL},
        {"ect", "Success for the ECT", "What would {name} say afterwards if it went well?",
         PLAN_TEXT, NULL},
        {"pupils", "Success for pupils", "What would be different for pupils, and by when?",
         PLAN_TEXT, NULL},
        {"mentor", "Success for you", "What do you want to have done well as a mentor?", PLAN_TEXT,
         NULL},
        {"candour", "Challenge and care", "Where on this grid do you mean to be?", PLAN_CELL,
         "candour"},
        {"mode", "Conflict mode", "If you want different things: which mode fits here?", PLAN_CELL,
         "tki"},
        {"influence", "Influence",
         "Which of these will you use, if any? With {name}, not on {name}: each only where it is "
         "true, where you would say aloud that you are using it, and where {name} can still say "
         "no.",
         PLAN_ITEMS, "cialdini"},
        {"script", "Your script",
         "Six to ten lines, in the words you would use. What will you open with, show, ask, and "
         "end on?",
         PLAN_LINES, NULL},
        {"check_in", "Checking in", "How and when will you look at it again, with {name}?",
         PLAN_TEXT, NULL},
        {"feedback", "Feedback to you",
         "How will you ask {name} what helped in your mentoring, and what did not?", PLAN_TEXT,
         NULL},
};

const struct framework *plan_framework(const struct ruleset *ruleset, enum plan_part part)
{
	const struct plan_question *question = &plan_questions[part];
	const struct framework *framework;

	if (!question->framework)
		return NULL;
	framework = ruleset_framework(ruleset, slice_of(question->framework));
	if (!framework)
		return NULL;
	if (question->kind == PLAN_CELL)
		return framework->kind == FRAMEWORK_GRID ? framework : NULL;
	return framework->kind == FRAMEWORK_CHECKLIST || framework->kind == FRAMEWORK_SEQUENCE
	               ? framework
	               : NULL;
}

/* “Collaborating: your point and the ECT's”: a name, and what it means. */
static void split_title(struct slice title, struct plan_choice *out)
{
	size_t colon = slice_find(title, SLICE(": "));

	out->name = slice_sub(title, 0, colon);
	out->about = slice_trim(slice_sub(title, colon + 1, title.len));
}

/* “Open question” is words, “Radical Candor” and “AID” are names. */
static bool is_words(struct slice name)
{
	size_t i;

	if (name.len < 2 || name.at[0] < 'A' || name.at[0] > 'Z' || name.at[1] < 'a' ||
	    name.at[1] > 'z')
		return false;
	for (i = 1; i < name.len; i++) {
		if (name.at[i] >= 'A' && name.at[i] <= 'Z')
			return false;
	}
	return true;
}

struct slice plan_name(struct slice title, struct arena *arena)
{
	struct slice name = slice_sub(title, 0, slice_find(title, SLICE(": ")));
	char *copy;

	if (!is_words(name))
		return name;
	copy = ARENA_ARRAY(arena, char, name.len);
	memcpy(copy, name.at, name.len);
	copy[0] = (char)(copy[0] - 'A' + 'a');
	return (struct slice){copy, name.len};
}

bool plan_choice(const struct framework *framework, size_t index, struct plan_choice *out)
{
	const struct framework_item *item;

	*out = (struct plan_choice){0};
	if (framework->kind == FRAMEWORK_GRID) {
		if (index >= framework->cell_count)
			return false;
		out->id = framework->cells[index].id;
		split_title(framework->cells[index].title, out);
	} else {
		if (index >= framework->item_count)
			return false;
		item = &framework->items[index];
		out->id = item->id;
		split_title(item->title, out);
		if (!out->about.len && item->move_count == 1)
			out->about = item->moves[0]->about;
	}
	if (!out->name.len)
		out->name = out->id;
	return true;
}

bool plan_chosen(const struct framework *framework, struct slice id, struct plan_choice *out)
{
	size_t i;

	*out = (struct plan_choice){0};
	for (i = 0; framework && plan_choice(framework, i, out); i++)
		if (slice_eq(out->id, id))
			return true;
	return false;
}

const struct grid_cell *plan_cell(const struct plan *plan, const struct ruleset *ruleset,
                                  enum plan_part part)
{
	const struct framework *framework = plan_framework(ruleset, part);
	size_t i;

	if (!framework || framework->kind != FRAMEWORK_GRID)
		return NULL;
	for (i = 0; i < framework->cell_count; i++) {
		if (slice_eq(framework->cells[i].id, plan->answers[part]))
			return &framework->cells[i];
	}
	return NULL;
}

bool plan_has_item(const struct plan *plan, enum plan_part part, struct slice id)
{
	struct slice rest = plan->answers[part];
	struct slice one;

	while (slice_cut(&rest, ',', &one)) {
		if (slice_eq(slice_trim(one), id))
			return true;
	}
	return false;
}

/* Upper and lower case, blanks, hyphens and underscores are one. */
static bool same_name(struct slice a, struct slice b)
{
	size_t i;

	if (a.len != b.len)
		return false;
	for (i = 0; i < a.len; i++) {
		char left = a.at[i];
		char right = b.at[i];

		if (left >= 'A' && left <= 'Z')
			left = (char)(left - 'A' + 'a');
		if (right >= 'A' && right <= 'Z')
			right = (char)(right - 'A' + 'a');
		if (left == '-' || left == '_')
			left = ' ';
		if (right == '-' || right == '_')
			right = ' ';
		if (left != right)
			return false;
	}
	return true;
}

static bool find_choice(const struct framework *framework, struct slice typed,
                        struct plan_choice *out, struct err *err)
{
	struct arena arena;
	struct nearest nearest;
	long number;
	size_t i;

	if (slice_int(typed, 1, 999, &number) && plan_choice(framework, (size_t)number - 1, out))
		return true;
	nearest_init(&nearest, typed);
	for (i = 0; plan_choice(framework, i, out); i++) {
		if (same_name(out->id, typed) || same_name(out->name, typed))
			return true;
		nearest_offer(&nearest, out->id);
		nearest_offer(&nearest, out->name);
	}
	arena_init(&arena);
	typed = slice_sub(typed, 0, 40);
	err_set(err, "‘%.*s’ is none of these%s number from 1 to %zu is enough", SLICE_ARGS(typed),
	        nearest.best.len ? slice_format(&arena, "%s A", nearest_hint(&nearest, &arena)).at
	                         : "; a",
	        i);
	arena_release(&arena);
	return false;
}

/* Adds the ids of what `typed` names to `ids`. Numbers need no comma between. */
static bool take_items(const struct framework *framework, struct slice typed, struct strbuf *ids,
                       struct err *err)
{
	struct plan chosen = {0};
	struct plan_choice choice;
	struct slice part;

	while (slice_cut(&typed, ',', &part)) {
		struct slice rest = slice_trim(part);
		struct slice word = slice_trim(part);
		bool by_number = word.len && word.at[0] >= '0' && word.at[0] <= '9';

		while (by_number ? slice_word(&rest, &word) : word.len > 0) {
			if (!find_choice(framework, word, &choice, err))
				return false;
			chosen.answers[PLAN_INFLUENCE] = strbuf_slice(ids);
			if (!plan_has_item(&chosen, PLAN_INFLUENCE, choice.id)) {
				strbuf_addz(ids, ids->len ? ", " : "");
				strbuf_add(ids, choice.id);
			}
			if (!by_number)
				break;
		}
	}
	return true;
}

static bool take_lines(struct slice typed, struct strbuf *lines, struct err *err)
{
	struct slice line;
	size_t count = 0;

	while (slice_cut(&typed, '\n', &line)) {
		line = slice_trim(line);
		if (!line.len)
			continue;
		if (++count > LIMIT_PLAN_LINES) {
			err_set(err,
			        "a script of more than %u lines is a speech; %u to %u lines are "
			        "enough",
			        LIMIT_PLAN_LINES, PLAN_LINES_FEW, PLAN_LINES_MANY);
			return false;
		}
		strbuf_addz(lines, count > 1 ? "\n" : "");
		strbuf_add(lines, line);
	}
	return true;
}

bool plan_answer(struct plan *plan, enum plan_part part, struct slice typed,
                 const struct ruleset *ruleset, struct arena *arena, struct err *err)
{
	const struct framework *framework = plan_framework(ruleset, part);
	struct strbuf answer = {0};
	struct plan_choice choice;
	bool fine = true;

	typed = slice_trim(typed);
	if (typed.len > LIMIT_PLAN_BYTES) {
		err_set(err, "an answer of over %u bytes is too long; a few sentences are enough",
		        LIMIT_PLAN_BYTES);
		return false;
	}
	if (utf8_invalid(typed) < typed.len) {
		err_set(err, "the answer is not UTF-8 text; please write it again");
		return false;
	}
	if (typed.len && plan_questions[part].framework && !framework) {
		err_set(err,
		        "no rule pack here has the framework ‘%s’, so there is nothing to choose",
		        plan_questions[part].framework);
		return false;
	}
	switch (plan_questions[part].kind) {
	case PLAN_TEXT:
		strbuf_add(&answer, typed);
		break;
	case PLAN_CELL:
		fine = !typed.len || find_choice(framework, typed, &choice, err);
		if (fine && typed.len)
			strbuf_add(&answer, choice.id);
		break;
	case PLAN_ITEMS:
		fine = !typed.len || take_items(framework, typed, &answer, err);
		break;
	case PLAN_LINES:
		fine = take_lines(typed, &answer, err);
		break;
	}
	if (fine)
		plan->answers[part] = slice_copy(arena, strbuf_slice(&answer));
	strbuf_release(&answer);
	return fine;
}

bool plan_is_empty(const struct plan *plan)
{
	int part;

	for (part = 0; part < PLAN_PARTS; part++) {
		if (plan->answers[part].len)
			return false;
	}
	return true;
}

bool plan_eq(const struct plan *a, const struct plan *b)
{
	int part;

	for (part = 0; part < PLAN_PARTS; part++) {
		if (!slice_eq(a->answers[part], b->answers[part]))
			return false;
	}
	return slice_eq(a->scenario, b->scenario);
}

size_t plan_line_count(const struct plan *plan)
{
	struct slice rest = plan->answers[PLAN_SCRIPT];
	struct slice line;
	size_t count = 0;

	while (slice_cut(&rest, '\n', &line))
		count++;
	return count;
}

struct slice plan_line(const struct plan *plan, size_t index)
{
	struct slice rest = plan->answers[PLAN_SCRIPT];
	struct slice line;

	while (slice_cut(&rest, '\n', &line)) {
		if (index-- == 0)
			return line;
	}
	return SLICE("");
}

static const struct framework_score *score_of(const struct score *score, const char *id)
{
	size_t i;

	for (i = 0; i < score->framework_count; i++) {
		if (slice_is(score->frameworks[i].framework->id, id))
			return &score->frameworks[i];
	}
	return NULL;
}

/* Only what has items to tick. */
static const struct framework_score *items_of(const struct score *score, const char *id)
{
	const struct framework_score *found = score_of(score, id);

	return found && found->item_count ? found : NULL;
}

void plan_script(const struct plan *plan, const struct ruleset *ruleset, struct detector *detector,
                 struct arena *arena, struct plan_script *out)
{
	const struct move *reflect = ruleset_move(ruleset, SLICE("invite_reflection"));
	struct history *history = history_new(ruleset->move_count);
	size_t count = plan_line_count(plan);
	struct score_turn *lines = ARENA_ARRAY(arena, struct score_turn, count);
	const struct framework_score *mode;
	size_t i;

	*out = (struct plan_script){.lines = lines, .count = count};
	for (i = 0; i < count; i++) {
		struct detections *heard = ARENA_NEW(arena, struct detections);

		lines[i].number = (uint32_t)i + 1;
		lines[i].mentor = plan_line(plan, i);
		detect(detector, lines[i].mentor, history, arena, heard);
		history_mentor(history, heard);
		lines[i].heard = heard;
		if (reflect && detections_have(heard, reflect))
			out->invites_reflection = true;
	}
	history_free(history);
	score_turns(ruleset, lines, count, 0, arena, &out->score);
	out->listening = items_of(&out->score, "morepies");
	out->feedback = items_of(&out->score, "aid");
	mode = score_of(&out->score, plan_questions[PLAN_MODE].framework);
	out->mode = mode ? mode->cell : NULL;
}
