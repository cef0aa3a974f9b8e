/* scenario_parts.c: the blocks that hold her lines: beats, what she knows and tells, endings, the
 * model. */
#include "load/scenario_build.h"

#include "base/limits.h"

static void keep_reply(struct build *b, struct table *list, const struct line *line)
{
	const struct reply *reply = reply_parse(b, line);

	*(const struct reply **)table_add(b->arena, list, sizeof(reply)) = reply;
}

void beat_replies(struct build *b, const struct line *line)
{
	struct beat *beats = b->beats.items;
	int beat = beat_named(b, line->rest);
	bool first = beat == 0 && beats[0].place.at == line->place.at;
	struct table replies = {0};
	struct reply *opening = NULL;
	struct body body = {0};
	const struct line *below;

	b->tier = TIER_BEAT;
	b->where = line->rest;
	b->beat = beat;
	if (first) {
		opening = reply_new(b, line);
		body_init(&body, b, opening, ROOM_FIRST_BEAT, SLICE("opening"));
	}
	for (below = line->child; below; below = below->next) {
		enum word word = line_word(b, below, first ? ROOM_FIRST_BEAT : ROOM_BEAT);

		if (word == WORD_ON || word == WORD_ASIDE || word == WORD_OTHERWISE)
			keep_reply(b, &replies, below);
		else if (word != WORD_NONE)
			body_line(&body, word, below);
		else if (first)
			body.once.line[WORD_NONE] = below;
	}
	if (first) {
		body_end(&body, line, "the first beat has no opening");
		b->scenario->opening = opening;
	}
	b->beat = -1;
	if (beat < 0 || beats[beat].place.at != line->place.at)
		return;
	beats[beat].replies = replies.items;
	beats[beat].reply_count = replies.count;
	if (replies.count == 0 && !first)
		diag_warn(b->diags, line->place,
		          "beat ‘%.*s’ holds no reply, so being there changes nothing",
		          SLICE_ARGS(line->rest));
}

void better_parse(struct build *b, const struct line *line)
{
	size_t colon = byte_find(line->rest, ':');
	struct slice head = slice_trim(slice_sub(line->rest, 0, colon));
	struct better better = {.about = -1, .place = line->place};
	struct slice id;
	struct slice topic;
	bool about;

	better.words = slice_trim(slice_sub(line->rest, colon + 1, line->rest.len));
	if (colon == line->rest.len || better.words.len == 0) {
		diag_error(b->diags, outline_rest_place(line),
		           "better words are missing; write them behind a colon: ‘instead "
		           "open_question: What happened?’");
		return;
	}
	slots_check(b, line, better.words, SLOTS_NONE);
	about = split_at(head, "about", &id, &topic);
	if (about && topic.len == 0)
		diag_error(b->diags, outline_rest_place(line), "a topic is missing behind ‘about’");
	else if (about)
		better.about = topic_parse(b, line, topic);
	if (id.len == 0) {
		diag_error(b->diags, outline_rest_place(line),
		           "a move is missing: ‘instead open_question: What happened?’");
		return;
	}
	better.move = instead_parse(b, line, id);
	if (better.move)
		*(struct better *)table_add(b->arena, &b->betters, sizeof(better)) = better;
}

/* `agrees PATTERN`, `denies PATTERN`, with her own words below or none. */
static const struct reply *answer_parse(struct build *b, const struct line *line, int about,
                                        struct slice topic, enum stance stance)
{
	struct reply *reply;
	struct body body;

	if (!line->child)
		return NULL;
	reply = reply_new(b, line);
	reply->about = about;
	reply->stances = 1u << stance;
	reply->conditions = about >= 0 ? 2 : 1;
	body_init(&body, b, reply, ROOM_ANSWER,
	          slice_format(b->arena, "%.*s.%s", SLICE_ARGS(topic), stance_name(stance)));
	body_lines(&body, line);
	body_end(&body, line, "this answer has no words");
	return reply;
}

static void fact_parse(struct build *b, const struct line *line)
{
	struct fact fact = {.about = topic_parse(b, line, line->rest), .place = line->place};
	struct reply *reply = reply_new(b, line);
	struct once once = {0};
	struct body body;
	const struct line *below;

	reply->about = fact.about;
	reply->conditions = fact.about >= 0;
	body_init(&body, b, reply, ROOM_FACT, line->rest);
	for (below = line->child; below; below = below->next) {
		enum word word = line_word(b, below, ROOM_FACT);
		bool agrees = word == WORD_AGREES;

		if (word == WORD_NONE) {
			body.once.line[WORD_NONE] = below;
		} else if (!agrees && word != WORD_DENIES) {
			body_line(&body, word, below);
		} else if (keyword_once(&once.line[word], below, b->diags) && below->rest.len) {
			enum stance stance = agrees ? STANCE_AGREE : STANCE_DENY;

			*(agrees ? &fact.agrees : &fact.denies) =
			        pattern_parse(b, below, below->rest);
			*(agrees ? &fact.agrees_written : &fact.denies_written) = below->rest;
			*(agrees ? &fact.agree : &fact.deny) =
			        answer_parse(b, below, fact.about, line->rest, stance);
		}
	}
	body_end(&body, line, "nothing is said when asked about it");
	fact.reply = reply;
	*(struct fact *)table_add(b->arena, &b->facts, sizeof(fact)) = fact;
}

void knows_parse(struct build *b, const struct line *line)
{
	const struct line *below;

	b->tier = TIER_KNOWS;
	b->where = SLICE("knows");
	for (below = line->child; below; below = below->next) {
		if (line_word(b, below, ROOM_KNOWS) == WORD_ABOUT)
			fact_parse(b, below);
	}
}

void tells_parse(struct build *b, const struct line *line)
{
	const struct line *below;

	b->tier = TIER_SCENARIO;
	b->where = SLICE("tells");
	for (below = line->child; below; below = below->next) {
		struct tell tell = {.place = below->place};
		struct reply *reply;
		struct body body;
		struct slice trigger;

		if (line_word(b, below, ROOM_TELLS) == WORD_NONE)
			continue;
		reply = reply_new(b, below);
		trigger = tell_parse(b, below, &tell);
		reply->about = tell.about;
		reply->when = tell.when;
		reply->conditions = (tell.about >= 0) + (tell.when ? expr_terms(tell.when) : 0);
		body_init(&body, b, reply, ROOM_TELL, trigger);
		body_lines(&body, below);
		body_end(&body, below, "this tell has no words");
		tell.reply = reply;
		tell.index = (uint32_t)b->tells.count;
		*(struct tell *)table_add(b->arena, &b->tells, sizeof(tell)) = tell;
	}
}

/* `ID [when EXPR]`. False when it is no ending. */
static bool ending_head(struct build *b, const struct line *line, struct ending *ending,
                        struct slice *condition)
{
	const struct ending *earlier = b->endings.items;
	const struct slice *conditions = b->conditions.items;
	struct slice head;
	size_t i;
	bool when = split_at(line->rest, "when", &head, condition);
	bool bell;

	if (!slice_word(&head, &ending->id)) {
		if (line->rest.len)
			diag_error(b->diags, outline_rest_place(line),
			           "an ending needs an id first: ‘ending plan when agreed’");
		return false;
	}
	if (!id_check(b, line, ending->id, "an ending"))
		return false;
	if (slice_trim(head).len)
		diag_error(b->diags, outline_place(line, slice_trim(head)),
		           "only ‘when …’ may follow an ending's id");
	bell = slice_is(ending->id, "bell");
	if (when && bell)
		diag_error(b->diags, outline_place(line, *condition),
		           "‘bell’ comes by itself when the minutes are up; take ‘when …’ away or "
		           "choose another id");
	else if (when)
		ending->when = when_parse(b, line, *condition);
	else if (!bell && !slice_trim(head).len)
		diag_error(b->diags, outline_rest_place(line),
		           "ending ‘%.*s’ needs a condition: ‘ending %.*s when agreed and trust >= "
		           "6’ (only ‘bell’ comes by itself)",
		           SLICE_ARGS(ending->id), SLICE_ARGS(ending->id));
	for (i = 0; i < b->endings.count; i++) {
		if (condition->len && slice_eq(conditions[i], compact(b, "", *condition)))
			diag_warn(b->diags, outline_place(line, *condition),
			          "‘%.*s’ never comes: ‘%.*s’ (line %u) has the same condition and "
			          "stands above it",
			          SLICE_ARGS(ending->id), SLICE_ARGS(earlier[i].id),
			          earlier[i].place.line);
		if (!slice_eq(earlier[i].id, ending->id))
			continue;
		diag_error(b->diags, outline_place(line, ending->id),
		           "ending ‘%.*s’ stands twice (first in line %u); give each its own id",
		           SLICE_ARGS(ending->id), earlier[i].place.line);
		return false;
	}
	return true;
}

void ending_parse(struct build *b, const struct line *line)
{
	struct ending ending = {.place = line->place};
	struct reply *reply = reply_new(b, line);
	struct once once = {0};
	struct slice condition = {0};
	struct body body;
	const struct line *below;
	bool keep = ending_head(b, line, &ending, &condition);

	b->tier = TIER_SCENARIO;
	b->where = SLICE("ending");
	body_init(&body, b, reply, ROOM_ENDING, ending.id);
	for (below = line->child; below; below = below->next) {
		enum word word = line_word(b, below, ROOM_ENDING);

		if (word == WORD_NONE)
			continue;
		if (word != WORD_VERDICT && word != WORD_GOOD)
			body_line(&body, word, below);
		else if (!keyword_once(&once.line[word], below, b->diags))
			continue;
		else if (word == WORD_VERDICT)
			ending.verdict = outline_text(below, b->arena);
		else
			ending.good = true;
	}
	body_end(&body, line, NULL);
	ending.reply = reply;
	if (!keep)
		return;
	if (b->endings.count == LIMIT_ENDINGS) {
		diag_error(b->diags, line->place, "more than %u endings; leave this one out",
		           LIMIT_ENDINGS);
		return;
	}
	if (!once.line[WORD_VERDICT])
		diag_warn(b->diags, outline_place(line, ending.id),
		          "ending ‘%.*s’ has no ‘verdict’; say below it in a sentence how it ended",
		          SLICE_ARGS(ending.id));
	*(struct ending *)table_add(b->arena, &b->endings, sizeof(ending)) = ending;
	*(struct slice *)table_add(b->arena, &b->conditions, sizeof(condition)) =
	        compact(b, "", condition);
}

/* The moves that a mentor's line of the model must make. */
static void moves_below(struct build *b, const struct line *line, struct model_line *model)
{
	struct table moves = {0};
	struct once once = {0};
	const struct line *below;

	for (below = line->child; below; below = below->next) {
		struct outline_parts parts = {below->rest, below->rest.len > 0};
		struct slice part;

		if (line_word(b, below, ROOM_MENTOR) != WORD_MOVES ||
		    !keyword_once(&once.line[WORD_MOVES], below, b->diags))
			continue;
		while (outline_part(below, &parts, &part, b->diags)) {
			const struct move *move = move_parse(b, below, part);

			if (move)
				*(const struct move **)table_add(b->arena, &moves, sizeof(move)) =
				        move;
		}
	}
	model->moves = moves.items;
	model->move_count = moves.count;
}

static void model_line(struct build *b, const struct line *line, enum word word)
{
	struct model_line *model = table_add(b->arena, &b->model, sizeof(*model));

	model->mentor = word == WORD_MENTOR;
	model->words = line_said(line);
	model->place = line->place;
	if (model->mentor)
		moves_below(b, line, model);
	else if (line->child && slice_is(line->child->keyword, "moves"))
		diag_error(
		        b->diags, line->child->place,
		        "‘moves’ says what the mentor's words do; put it under a ‘Mentor:’ line");
	else if (line->child)
		diag_error(b->diags, line->child->place,
		           "nothing may stand below the teacher's words in a model");
}

static void model_ending(struct build *b, const struct line *line)
{
	const struct ending *endings = b->endings.items;
	struct nearest nearest;
	size_t i;

	nearest_init(&nearest, line->rest);
	for (i = 0; i < b->endings.count; i++) {
		nearest_offer(&nearest, endings[i].id);
		if (slice_eq(endings[i].id, line->rest))
			b->scenario->model_ending = (int)i;
	}
	if (b->scenario->model_ending < 0)
		diag_error(b->diags, outline_rest_place(line), "unknown ending ‘%.*s’%s",
		           SLICE_ARGS(line->rest), nearest_hint(&nearest, b->arena));
}

void model_parse(struct build *b, const struct line *line)
{
	struct once once = {0};
	const struct line *below;
	bool mentor = false;

	for (below = line->child; below; below = below->next) {
		enum word word = line_word(b, below, ROOM_MODEL);

		if (word == WORD_NONE)
			continue;
		if (word == WORD_ENDING) {
			if (keyword_once(&once.line[word], below, b->diags))
				model_ending(b, below);
			continue;
		}
		if (once.line[WORD_ENDING])
			diag_error(
			        b->diags, below->place,
			        "the model goes on after its ‘ending’; move that line to the end");
		mentor = mentor || word == WORD_MENTOR;
		model_line(b, below, word);
	}
	if (!mentor)
		diag_error(b->diags, line->place,
		           "the model holds no line of the mentor's: write ‘Mentor: …’");
	else if (!once.line[WORD_ENDING])
		diag_warn(b->diags, line->place,
		          "the model does not say where it leads; close it with ‘ending ID’");
}
