/* ruleset_frame.c: a `framework` or `meter` of a rule pack, read into a draft. */
#include "load/ruleset_build.h"

static const char *const kinds[] = {
        [FRAMEWORK_CHECKLIST] = "checklist",
        [FRAMEWORK_SEQUENCE] = "sequence",
        [FRAMEWORK_GRID] = "grid",
        [FRAMEWORK_LADDER] = "ladder",
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* All that is read of one framework. */
struct frame {
	struct pack *pack;
	struct pack_framework *draft;
	struct pack_once once;
	struct table named; /* struct pack_name: moves, cells or levels that were there */
};

/* What stands below `item` and `cell`: a title, and for an item of a checklist `optional`.
 * `optional` may be NULL. */
static struct slice title_below(struct pack *pack, const struct line *line, bool *optional)
{
	enum pack_room room = optional ? PACK_ROOM_ITEM : PACK_ROOM_PART;
	struct pack_once once = {0};
	struct slice title = {0};
	const struct line *child;

	for (child = line->child; child; child = child->next) {
		enum pack_word word = pack_word(pack, child, room, &once);

		if (word == PACK_TITLE)
			title = child->rest;
		if (word == PACK_OPTIONAL && optional)
			*optional = true;
	}
	return title;
}

/* False and an error when the name was there. */
static bool only_once(struct frame *frame, struct pack_name name)
{
	const struct pack_name *items = frame->named.items;
	size_t i;

	for (i = 0; i < frame->named.count; i++) {
		if (!slice_eq(items[i].id, name.id))
			continue;
		diag_error(frame->pack->diags, name.place,
		           "‘%.*s’ stands in this framework twice (first in line %u); keep one",
		           SLICE_ARGS(name.id), items[i].place.line);
		return false;
	}
	*(struct pack_name *)table_add(frame->pack->arena, &frame->named, sizeof(name)) = name;
	return true;
}

static void read_item(struct frame *frame, const struct line *line)
{
	struct pack *pack = frame->pack;
	bool checklist = frame->draft->framework.kind == FRAMEWORK_CHECKLIST;
	struct pack_framework_item item = {0};
	const struct pack_name *names;
	size_t kept = 0;
	size_t i;

	item.title = title_below(pack, line, checklist ? &item.optional : NULL);
	pack_names(pack, line, &item.moves);
	names = item.moves.items;
	for (i = 0; i < item.moves.count; i++)
		kept += only_once(frame, names[i]);
	if (kept && kept == item.moves.count)
		*(struct pack_framework_item *)table_add(pack->arena, &frame->draft->items,
		                                         sizeof(item)) = item;
}

/* low, middle, high or any; false and an error. */
static bool height(struct pack *pack, const struct line *line, struct slice word, int *value)
{
	static const char *const names[] = {"any", "low", "middle", "high"};
	int i;

	for (i = 0; i < 4; i++) {
		if (slice_is(word, names[i])) {
			*value = i - 1;
			return true;
		}
	}
	if (word.len == 0)
		diag_error(pack->diags, outline_rest_place(line),
		           "a cell needs an id and two heights, across and up: ‘cell "
		           "radical_candour high high’");
	else
		diag_error(pack->diags, outline_place(line, word),
		           "‘%.*s’ is no height; write low, middle, high or any", SLICE_ARGS(word));
	return false;
}

/* An error when something stands behind what is needed. */
static bool no_more(struct pack *pack, const struct line *line, struct slice rest)
{
	rest = slice_trim(rest);
	if (rest.len)
		diag_error(pack->diags, outline_place(line, rest),
		           "too much on this line; take this away");
	return rest.len == 0;
}

static void read_cell(struct frame *frame, const struct line *line)
{
	struct pack *pack = frame->pack;
	const struct grid_cell *cells = frame->draft->cells.items;
	struct grid_cell cell = {.title = title_below(pack, line, NULL)};
	struct slice rest = line->rest;
	struct slice x;
	struct slice y;
	size_t i;

	slice_word(&rest, &cell.id);
	slice_word(&rest, &x);
	slice_word(&rest, &y);
	if (cell.id.len == 0 || !pack_id(pack, line, cell.id) || !height(pack, line, x, &cell.x) ||
	    !height(pack, line, y, &cell.y) || !no_more(pack, line, rest) ||
	    !only_once(frame, (struct pack_name){cell.id, outline_place(line, cell.id)}))
		return;
	for (i = 0; i < frame->draft->cells.count; i++) {
		if (cells[i].x == cell.x && cells[i].y == cell.y) {
			diag_error(pack->diags, outline_rest_place(line),
			           "cell ‘%.*s’ stands where ‘%.*s’ does; give it other heights",
			           SLICE_ARGS(cell.id), SLICE_ARGS(cells[i].id));
			return;
		}
	}
	if (cell.title.len == 0)
		cell.title = slice_id_words(pack->arena, cell.id);
	*(struct grid_cell *)table_add(pack->arena, &frame->draft->cells, sizeof(cell)) = cell;
}

/* What stands below `level`. */
static void read_level_lines(struct pack *pack, const struct line *line, struct pack_level *level)
{
	struct pack_once once = {0};
	const struct line *child;

	for (child = line->child; child; child = child->next) {
		switch (pack_word(pack, child, PACK_ROOM_LEVEL, &once)) {
		case PACK_TITLE:
			level->level.title = child->rest;
			break;
		case PACK_NEEDS:
			pack_names(pack, child, &level->needs);
			break;
		case PACK_ALSO:
			pack_names(pack, child, &level->also);
			break;
		case PACK_WITHOUT:
			pack_names(pack, child, &level->without);
			break;
		default:
			break;
		}
	}
	if (once.line[PACK_WITHOUT] && !once.line[PACK_ALSO])
		diag_error(pack->diags,
		           outline_place(once.line[PACK_WITHOUT], once.line[PACK_WITHOUT]->keyword),
		           "‘without’ says when ‘also’ does not hold; add a line such as ‘also "
		           "dismissal’");
}

static void read_level(struct frame *frame, const struct line *line)
{
	struct pack *pack = frame->pack;
	const struct pack_level *levels = frame->draft->levels.items;
	size_t count = frame->draft->levels.count;
	struct pack_level read = {0};
	struct ladder_level level;
	struct slice rest = line->rest;
	struct slice number;
	long from;

	read_level_lines(pack, line, &read);
	level = read.level;
	slice_word(&rest, &level.id);
	slice_word(&rest, &number);
	if (level.id.len == 0 || !pack_id(pack, line, level.id))
		return;
	if (!slice_int(number, METER_MIN, METER_MAX, &from)) {
		diag_error(pack->diags,
		           number.len ? outline_place(line, number) : outline_rest_place(line),
		           "a level needs the value it begins at, from %d to %d: ‘level %.*s 4’",
		           METER_MIN, METER_MAX, SLICE_ARGS(level.id));
		return;
	}
	if (!no_more(pack, line, rest) ||
	    !only_once(frame, (struct pack_name){level.id, outline_place(line, level.id)}))
		return;
	level.from = (int)from;
	if (count == 0 && from != METER_MIN)
		diag_error(pack->diags, outline_place(line, number),
		           "the first level begins at %d, or there is none for values below %ld",
		           METER_MIN, from);
	else if (count && from <= levels[count - 1].level.from)
		diag_error(pack->diags, outline_place(line, number),
		           "levels go up, but ‘%.*s’ before begins at %d; put them in order",
		           SLICE_ARGS(levels[count - 1].level.id), levels[count - 1].level.from);
	if (level.title.len == 0)
		level.title = slice_id_words(pack->arena, level.id);
	read.level = level;
	*(struct pack_level *)table_add(pack->arena, &frame->draft->levels, sizeof(read)) = read;
}

static void read_line(struct frame *frame, const struct line *line, enum pack_word word)
{
	struct pack *pack = frame->pack;
	struct framework *framework = &frame->draft->framework;

	switch (word) {
	case PACK_TITLE:
		framework->title = line->rest;
		break;
	case PACK_SOURCE:
		framework->source = outline_text(line, pack->arena);
		break;
	case PACK_ABOUT:
		framework->about = outline_text(line, pack->arena);
		break;
	case PACK_ITEM:
		read_item(frame, line);
		break;
	case PACK_X:
		if (pack_id(pack, line, line->rest))
			framework->axis_x = line->rest;
		break;
	case PACK_Y:
		if (pack_id(pack, line, line->rest))
			framework->axis_y = line->rest;
		break;
	case PACK_TURNS:
		framework->turns = true;
		break;
	case PACK_CELL:
		read_cell(frame, line);
		break;
	case PACK_METER:
		framework->meter =
		        meter_read(line->rest, outline_place(line, line->rest), pack->diags);
		if (framework->meter == METERS)
			framework->meter = METER_TENSION;
		break;
	case PACK_LEVEL:
		read_level(frame, line);
		break;
	default:
		break;
	}
}

/* What only shows once the whole block is read. */
static void check(struct frame *frame)
{
	struct framework *framework = &frame->draft->framework;
	const struct line *const *has = frame->once.line;
	const char *missing = NULL;

	switch (framework->kind) {
	case FRAMEWORK_CHECKLIST:
	case FRAMEWORK_SEQUENCE:
		missing = has[PACK_ITEM] ? NULL : "an item: ‘item open_question’";
		break;
	case FRAMEWORK_GRID:
		missing = !has[PACK_X]      ? "the axis across: ‘x challenge’"
		          : !has[PACK_Y]    ? "the axis up: ‘y care’"
		          : !has[PACK_CELL] ? "a cell: ‘cell radical_candour high high’"
		                            : NULL;
		break;
	case FRAMEWORK_LADDER:
		missing = !has[PACK_METER]   ? "the meter it names: ‘meter tension’"
		          : !has[PACK_LEVEL] ? "a level: ‘level win_win 0’"
		                             : NULL;
		break;
	}
	if (missing && !has[PACK_NONE])
		diag_error(frame->pack->diags, framework->place, "%s ‘%.*s’ lacks %s",
		           kinds[framework->kind], SLICE_ARGS(framework->id), missing);
	if (framework->axis_x.len && slice_eq(framework->axis_x, framework->axis_y))
		diag_error(frame->pack->diags, framework->place,
		           "both axes of ‘%.*s’ are ‘%.*s’; name two", SLICE_ARGS(framework->id),
		           SLICE_ARGS(framework->axis_x));
	if (!has[PACK_TITLE] && !has[PACK_NONE])
		diag_warn(frame->pack->diags, framework->place,
		          "framework ‘%.*s’ has no title to show; add a line such as ‘title AID "
		          "feedback’",
		          SLICE_ARGS(framework->id));
	if (framework->title.len == 0)
		framework->title = slice_id_words(frame->pack->arena, framework->id);
}

/* KINDS and an error when there is no such kind. */
static size_t kind_of(struct pack *pack, const struct line *line, struct slice id,
                      struct slice word)
{
	struct nearest nearest;
	size_t i;

	nearest_init(&nearest, word);
	for (i = 0; i < KINDS; i++) {
		if (slice_is(word, kinds[i]))
			return i;
		nearest_offer(&nearest, slice_of(kinds[i]));
	}
	if (word.len == 0)
		diag_error(pack->diags, outline_place(line, id),
		           "framework ‘%.*s’ has no kind; write ‘framework %.*s checklist’, or "
		           "sequence, grid, ladder",
		           SLICE_ARGS(id), SLICE_ARGS(id));
	else
		diag_error(pack->diags, outline_place(line, word),
		           "unknown kind of framework ‘%.*s’%s", SLICE_ARGS(word),
		           nearest.best.len ? nearest_hint(&nearest, &pack->diags->arena)
		                            : "; there are checklist, sequence, grid and ladder");
	return KINDS;
}

/* `ID KIND`. Several words before a kind are an id with blanks in it, which pack_id tells. */
static struct slice cut_id(struct slice *rest)
{
	struct slice text = *rest;
	struct slice last = {0};
	struct slice left;
	struct slice id;
	struct slice word;
	size_t i;

	slice_word(rest, &id);
	for (left = *rest; slice_word(&left, &word);)
		last = word;
	for (i = 0; i < KINDS; i++) {
		if (slice_is(last, kinds[i])) {
			*rest = last;
			return slice_trim(slice_sub(text, 0, (size_t)(last.at - text.at)));
		}
	}
	return id;
}

void pack_read_framework(struct pack *pack, const struct line *line)
{
	struct frame frame = {.pack = pack, .draft = ARENA_NEW(pack->arena, struct pack_framework)};
	struct framework *framework = &frame.draft->framework;
	struct slice rest = line->rest;
	struct slice id;
	struct slice word;
	const struct line *child;
	size_t kind;
	bool named;

	id = cut_id(&rest);
	slice_word(&rest, &word);
	if (id.len == 0) /* that was said; and without a kind nothing below can be judged */
		return;
	named = pack_id(pack, line, id);
	kind = kind_of(pack, line, id, word);
	if (kind == KINDS)
		return;
	no_more(pack, line, rest);
	framework->kind = (enum framework_kind)kind;
	framework->id = id;
	framework->place = outline_place(line, id);
	frame.draft->thing = (struct pack_thing){
	        .kind = PACK_FRAMEWORKS, .id = id, .place = framework->place, .root = pack->root};
	for (child = line->child; child; child = child->next)
		read_line(&frame, child,
		          pack_word(pack, child, (enum pack_room)(PACK_ROOM_CHECKLIST + (int)kind),
		                    &frame.once));
	if (named && pack_declare(pack, &frame.draft->thing))
		check(&frame);
}

void pack_read_meter(struct pack *pack, const struct line *line)
{
	struct pack_meter *draft = ARENA_NEW(pack->arena, struct pack_meter);
	struct pack_once once = {0};
	struct meter_words *words = &draft->words;
	const struct line *child;

	draft->meter = line->rest.len ? meter_read(line->rest, outline_place(line, line->rest),
	                                           pack->diags)
	                              : METERS;
	words->place = outline_rest_place(line);
	for (child = line->child; child; child = child->next) {
		switch (pack_word(pack, child, PACK_ROOM_METER, &once)) {
		case PACK_TITLE:
			words->title = child->rest;
			break;
		case PACK_ABOUT:
			words->about = outline_text(child, pack->arena);
			break;
		case PACK_LOW:
			words->low = child->rest;
			break;
		case PACK_MIDDLE:
			words->middle = child->rest;
			break;
		case PACK_HIGH:
			words->high = child->rest;
			break;
		default:
			break;
		}
	}
	draft->thing = (struct pack_thing){
	        .kind = PACK_METERS, .id = line->rest, .place = words->place, .root = pack->root};
	if (draft->meter == METERS || !pack_declare(pack, &draft->thing))
		return;
	if (!once.line[PACK_NONE] && !once.line[PACK_TITLE])
		diag_warn(pack->diags, words->place,
		          "meter ‘%.*s’ has no title to show; add a line such as ‘title Trust’",
		          SLICE_ARGS(line->rest));
	if (!once.line[PACK_NONE] &&
	    (!once.line[PACK_LOW] || !once.line[PACK_MIDDLE] || !once.line[PACK_HIGH]))
		diag_error(pack->diags, words->place,
		           "meter ‘%.*s’ needs words for low, middle and high: add ‘%s …’",
		           SLICE_ARGS(line->rest),
		           !once.line[PACK_LOW]      ? "low"
		           : !once.line[PACK_MIDDLE] ? "middle"
		                                     : "high");
}
