/* ruleset_move.c: a `move` of a rule pack, read into a draft. */
#include "load/ruleset_build.h"

#include "base/limits.h"

static struct pattern pattern_of(const struct line *line)
{
	return (struct pattern){.written = line->rest, .place = outline_rest_place(line)};
}

/* `whole` is all that may stand below. */
static void read_unless(struct pack *pack, const struct line *line, struct table *unless)
{
	struct pattern pattern = pattern_of(line);
	struct pack_once once = {0};
	const struct line *child;

	for (child = line->child; child; child = child->next)
		pattern.whole |= pack_word(pack, child, PACK_ROOM_UNLESS, &once) == PACK_WHOLE;
	if (line->rest.len)
		*(struct pattern *)table_add(pack->arena, unless, sizeof(pattern)) = pattern;
}

static void keep_line(struct pack *pack, const struct line *line, struct table *lines)
{
	const struct line **kept = table_add(pack->arena, lines, sizeof(const struct line *));

	*kept = line;
}

static void read_match(struct pack *pack, const struct line *line, struct pack_move *draft)
{
	struct pack_rule rule = {.match = pattern_of(line)};
	struct pack_once once = {0};
	const struct line *child;

	for (child = line->child; child; child = child->next) {
		switch (pack_word(pack, child, PACK_ROOM_MATCH, &once)) {
		case PACK_UNLESS:
			read_unless(pack, child, &rule.unless);
			break;
		case PACK_WHEN:
			keep_line(pack, child, &rule.when);
			break;
		case PACK_WHOLE:
			rule.match.whole = true;
			break;
		case PACK_CONFIDENCE:
			rule.confidence = pack_confidence(pack, child);
			break;
		default:
			break;
		}
	}
	if (line->rest.len)
		*(struct pack_rule *)table_add(pack->arena, &draft->rules, sizeof(rule)) = rule;
}

/* Words for people, with slots. */
static struct slice words(struct pack *pack, const struct line *line, const char *const *slots)
{
	struct slice text = outline_text(line, pack->arena);

	pack_slots(pack, line, text, slots);
	return text;
}

static void read_words(struct pack *pack, const struct line *line, enum pack_word word,
                       struct pack_move *draft)
{
	static const char *const say_slots[] = {"topic", "evidence", "last", "name", NULL};
	static const char *const page_slots[] = {"quote", "name", "topic", "turn", NULL};
	static const char *const advice_slots[] = {"name", NULL};
	struct move *move = &draft->move;
	struct say *say;

	switch (word) {
	case PACK_SAY:
		say = table_add(pack->arena, &draft->says, sizeof(*say));
		say->words = words(pack, line, say_slots);
		say->place = outline_rest_place(line);
		break;
	case PACK_HELPED:
		move->helped = words(pack, line, page_slots);
		break;
	case PACK_WONDER:
		move->wonder = words(pack, line, page_slots);
		break;
	case PACK_ADVICE:
		move->advice = words(pack, line, advice_slots);
		break;
	case PACK_TITLE:
		move->title = line->rest;
		break;
	case PACK_ABOUT:
		move->about = outline_text(line, pack->arena);
		break;
	case PACK_SOURCE:
		move->source = outline_text(line, pack->arena);
		break;
	default:
		BUG("keyword %d holds no words", (int)word);
	}
}

static void read_instead(struct pack *pack, const struct line *line, struct pack_name *instead)
{
	if (!pack_id(pack, line, line->rest))
		return;
	instead->id = line->rest;
	instead->place = outline_rest_place(line);
}

/* `axis care +1, challenge -2` */
static void read_axis(struct pack *pack, const struct line *line, struct pack_move *draft)
{
	struct outline_parts parts = {line->rest, line->rest.len > 0};
	struct axis axis = {0};
	struct slice part;
	struct place *place;
	size_t i;

	while (outline_part(line, &parts, &part, pack->diags)) {
		const struct axis *items = draft->axes.items;

		if (!pack_axis(pack, line, part, &axis))
			continue;
		for (i = 0; i < draft->axes.count && !slice_eq(items[i].name, axis.name); i++)
			;
		if (i < draft->axes.count) {
			diag_error(pack->diags, outline_place(line, part),
			           "axis ‘%.*s’ stands in this move twice; keep one",
			           SLICE_ARGS(axis.name));
			continue;
		}
		*(struct axis *)table_add(pack->arena, &draft->axes, sizeof(axis)) = axis;
		place = table_add(pack->arena, &draft->axis_places, sizeof(*place));
		*place = outline_place(line, axis.name);
	}
}

static void read_test(struct pack *pack, const struct line *line, bool wanted,
                      struct pack_move *draft)
{
	struct rule_test test;

	if (pack_test(pack, line, wanted, &test))
		*(struct rule_test *)table_add(pack->arena, &draft->tests, sizeof(test)) = test;
}

static void read_line(struct pack *pack, const struct line *line, enum pack_word word,
                      struct pack_move *draft)
{
	struct move *move = &draft->move;

	switch (word) {
	case PACK_NONE:
		break;
	case PACK_MATCH:
		read_match(pack, line, draft);
		break;
	case PACK_UNLESS:
		read_unless(pack, line, &draft->unless);
		break;
	case PACK_WHEN:
		keep_line(pack, line, &draft->when);
		break;
	case PACK_WHOLE:
		draft->whole = true;
		break;
	case PACK_CONFIDENCE:
		draft->confidence = pack_confidence(pack, line);
		break;
	case PACK_QUIET:
		move->quiet = true;
		break;
	case PACK_ROOM:
		move->room = true;
		break;
	case PACK_CHECKS:
		move->checks = true;
		break;
	case PACK_GENERIC:
		move->generic = true;
		break;
	case PACK_MENDS:
		move->mends = true;
		break;
	case PACK_INSTEAD:
		read_instead(pack, line, &draft->instead);
		break;
	case PACK_ANSWERS:
		move->answers = pack_answers(pack, line);
		break;
	case PACK_YIELDS:
		pack_names(pack, line, &draft->yields);
		break;
	case PACK_NEEDS:
		pack_names(pack, line, &draft->needs);
		break;
	case PACK_EFFECT:
		pack_effects(pack, line, &move->effects);
		break;
	case PACK_AXIS:
		read_axis(pack, line, draft);
		break;
	case PACK_YES:
	case PACK_NO:
		read_test(pack, line, word == PACK_YES, draft);
		break;
	default:
		read_words(pack, line, word, draft);
		break;
	}
}

/* What only shows once the whole block is read. */
static void check(struct pack *pack, struct pack_move *draft, const struct pack_once *once)
{
	struct move *move = &draft->move;
	struct slice id = move->id;
	bool sure = !once->line[PACK_NONE];

	if (sure && !once->line[PACK_MATCH])
		diag_error(pack->diags, move->place,
		           "move ‘%.*s’ has no match, so nothing can find it; add a line such as "
		           "‘match \\bwhat about\\b’",
		           SLICE_ARGS(id));
	if (sure && !once->line[PACK_TITLE] && !move->quiet)
		diag_warn(pack->diags, move->place,
		          "move ‘%.*s’ has no title to show; add a line such as ‘title Open "
		          "question’",
		          SLICE_ARGS(id));
	if (move->title.len == 0)
		move->title = slice_id_words(pack->arena, id);
}

void pack_read_move(struct pack *pack, const struct line *line)
{
	struct pack_move *draft = ARENA_NEW(pack->arena, struct pack_move);
	struct pack_once once = {0};
	const struct line *child;
	bool named = line->rest.len && pack_id(pack, line, line->rest);

	draft->thing = (struct pack_thing){.kind = PACK_MOVES,
	                                   .id = line->rest,
	                                   .place = outline_rest_place(line),
	                                   .root = pack->root};
	draft->move.id = line->rest;
	draft->move.place = draft->thing.place;
	for (child = line->child; child; child = child->next)
		read_line(pack, child, pack_word(pack, child, PACK_ROOM_MOVE, &once), draft);
	if (named && pack_declare(pack, &draft->thing))
		check(pack, draft, &once);
}
