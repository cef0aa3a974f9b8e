/* scenario_reply.c: what she says: speech, alternatives and what hangs on them. */
#include "load/scenario_build.h"

#include "base/limits.h"

/* Three sentences; longer lines are read, not heard. */
#define SPEECH_WORDS 60u

/* Does any rule of the move catch words for `{said MOVE}`? */
static bool has_said(const struct move *move)
{
	size_t i;

	for (i = 0; i < move->rule_count; i++) {
		struct slice pattern = move->rules[i]->match.text;

		if (slice_find(pattern, SLICE("(?<said>")) < pattern.len ||
		    slice_find(pattern, SLICE("(?P<said>")) < pattern.len)
			return true;
	}
	return false;
}

static void said_check(struct build *b, const struct line *line, struct slice slot, struct slice id)
{
	const struct move *move;

	if (id.len == 0) {
		diag_error(b->diags, outline_place(line, slot),
		           "‘{said}’ needs a move: ‘{said judgement}’ gives the mentor's words "
		           "back");
		return;
	}
	move = move_parse(b, line, id);
	if (move && !has_said(move))
		diag_warn(
		        b->diags, outline_place(line, id),
		        "no rule of ‘%.*s’ catches words with ‘(?<said>…)’, so this line is never "
		        "said",
		        SLICE_ARGS(id));
}

/* One slot, without its braces. */
static void slot_check(struct build *b, const struct line *line, struct slice slot,
                       enum slots slots)
{
	static const char *const known[] = {"said MOVE", "step", "topic", "name"};
	struct place place = outline_place(line, slot);
	struct slice rest = slot;
	struct slice word;
	struct nearest nearest;
	size_t i;

	slice_word(&rest, &word);
	if (slots == SLOTS_NONE) {
		diag_error(b->diags, place, "slots in {braces} are for speech only; write it out");
		return;
	}
	if (slice_is(word, "name") && slice_trim(rest).len == 0)
		return;
	if (slots == SLOTS_OPENING) {
		diag_error(b->diags, place,
		           "nothing is there to fill ‘{%.*s}’ before the mentor spoke; write it "
		           "out",
		           SLICE_ARGS(slot));
		return;
	}
	if (slice_is(word, "said")) {
		said_check(b, line, slot, slice_trim(rest));
		return;
	}
	nearest_init(&nearest, word);
	nearest_offer(&nearest, SLICE("said"));
	for (i = 1; i < sizeof(known) / sizeof(known[0]); i++) {
		if (slice_is(slot, known[i]))
			return;
		nearest_offer(&nearest, slice_of(known[i]));
	}
	diag_error(b->diags, place, "unknown slot ‘{%.*s}’%s", SLICE_ARGS(slot),
	           nearest.best.len ? nearest_hint(&nearest, b->arena)
	                            : "; there are {said MOVE}, {step}, {topic} and {name}");
}

void slots_check(struct build *b, const struct line *line, struct slice words, enum slots slots)
{
	while (words.len) {
		size_t open = byte_find(words, '{');
		size_t close = byte_find(words, '}');

		if (open == words.len && close == words.len)
			return;
		if (open >= close || close == words.len) {
			size_t at = open < close ? open : close;

			diag_error(b->diags, outline_place(line, slice_sub(words, at, at + 1)),
			           "‘%c’ without its partner; a slot is written ‘{step}’",
			           words.at[at]);
			return;
		}
		slot_check(b, line, slice_sub(words, open + 1, close), slots);
		words = slice_sub(words, close + 1, words.len);
	}
}

/* Cuts “(direction)” off the front. False when it has no end. */
static bool cut_direction(struct build *b, const struct line *line, struct slice *words,
                          struct slice *direction)
{
	size_t close;

	*direction = slice_sub(*words, 0, 0);
	if (!slice_starts(*words, SLICE("(")))
		return true;
	close = byte_find(*words, ')');
	if (close == words->len) {
		diag_error(b->diags, outline_place(line, slice_sub(*words, 0, 1)),
		           "the stage direction does not end; close it with ‘)’");
		return false;
	}
	*direction = slice_trim(slice_sub(*words, 1, close));
	if (direction->len == 0)
		diag_error(b->diags, outline_place(line, slice_sub(*words, 0, close + 1)),
		           "an empty stage direction; write what is seen: ‘(nods)’");
	*words = slice_trim(slice_sub(*words, close + 1, words->len));
	return true;
}

void speech_parse(struct build *b, const struct line *line, struct speech *speech)
{
	struct slice said = line_said(line);
	struct slice words = said;
	struct slice rest;
	struct slice word;
	size_t bracket;
	size_t count = 0;

	speech->place = line->place;
	if (said.len == 0) {
		diag_error(b->diags, line->place,
		           "nothing is said here; write words behind "
		           "the colon, or an action: ‘(nods)’");
		return;
	}
	if (said.len > LIMIT_SPEECH_BYTES)
		diag_error(b->diags, outline_place(line, slice_sub(said, 0, 1)),
		           "this line is %zu bytes long; the limit is %u: stop for breath",
		           said.len, LIMIT_SPEECH_BYTES);
	if (!cut_direction(b, line, &words, &speech->direction))
		return;
	speech->words = words;
	bracket = byte_find(words, '(');
	if (bracket < words.len)
		diag_error(b->diags, outline_place(line, slice_sub(words, bracket, words.len)),
		           "a stage direction stands at the start only; move it there, or begin a "
		           "new ‘%.*s:’ line with it",
		           SLICE_ARGS(b->speaker));
	for (rest = words; slice_word(&rest, &word);)
		count++;
	if (count > SPEECH_WORDS && said.len <= LIMIT_SPEECH_BYTES)
		diag_warn(b->diags, outline_place(line, slice_sub(words, 0, 1)),
		          "%zu words at one go; nobody talks so long: keep it under %u", count,
		          SPEECH_WORDS);
}

void body_init(struct body *body, struct build *b, struct reply *reply, enum room room,
               struct slice trigger)
{
	*body = (struct body){.build = b, .reply = reply, .room = room, .trigger = trigger};
}

/* The words of two alternatives are the same: the second adds nothing. */
static bool same_words(const struct alternative *a, const struct alternative *b)
{
	size_t i;

	if (a->line_count != b->line_count)
		return false;
	for (i = 0; i < a->line_count; i++) {
		if (!slice_eq(a->lines[i].words, b->lines[i].words) ||
		    !slice_eq(a->lines[i].direction, b->lines[i].direction))
			return false;
	}
	return true;
}

/* Ends the alternative being read. */
static void close_alternative(struct body *body)
{
	struct build *b = body->build;
	struct alternative *alternative;
	const struct speech *lines = body->lines.items;
	size_t i;

	if (body->lines.count == 0) {
		if (body->last_or)
			diag_error(b->diags, body->last_or->place,
			           "nothing follows this ‘or’; write other speech below it");
		return;
	}
	alternative = table_add(b->arena, &body->alternatives, sizeof(*alternative));
	alternative->lines = lines;
	alternative->line_count = body->lines.count;
	alternative->place = lines[0].place;
	alternative->id = body->id;
	*(struct place *)table_add(b->arena, &body->given, sizeof(struct place)) = body->id_place;
	if (body->id.len == 0)
		alternative->id = line_id(b, body->trigger, lines, body->lines.count);
	for (i = 0; i + 1 < body->alternatives.count; i++) {
		const struct alternative *earlier = body->alternatives.items;

		if (!same_words(&earlier[i], alternative))
			continue;
		diag_warn(b->diags, alternative->place,
		          "the same words stand in line %u; change one or take it away",
		          earlier[i].place.line);
		break;
	}
	body->lines = (struct table){0};
	body->id = (struct slice){0};
	body->id_place = (struct place){0};
	body->parted = false;
}

/* What may stand below speech, indented or not. */
static bool is_detail(enum word word)
{
	return word == WORD_ID || word == WORD_THINKS || word == WORD_EFFECT || word == WORD_GO ||
	       word == WORD_CUE || word == WORD_STEP || word == WORD_INSTEAD || word == WORD_THEN;
}

static void speech_line(struct body *body, const struct line *line)
{
	struct build *b = body->build;
	struct speech *speech;
	const struct line *below;

	if (body->parted) {
		diag_error(b->diags, outline_place(line, line->keyword),
		           "speech goes on after something else; put it all together, or write "
		           "‘or’ between this and the other");
		return;
	}
	speech = table_add(b->arena, &body->lines, sizeof(*speech));
	speech_parse(b, line, speech);
	slots_check(b, line, speech->words,
	            body->room == ROOM_FIRST_BEAT ? SLOTS_OPENING : SLOTS_SPEECH);
	slots_check(b, line, speech->direction, SLOTS_NONE);
	for (below = line->child; below; below = below->next) {
		enum word word;

		if (!line_fits(b, below, body->room)) {
			diag_error(b->diags, below->place,
			           "speech does not go on below; write it on one line, or begin "
			           "another ‘%.*s:’ line",
			           SLICE_ARGS(b->speaker));
			continue;
		}
		word = line_word(b, below, body->room);
		if (word != WORD_NONE && !is_detail(word))
			diag_error(b->diags, below->place,
			           "indented too far; align it with the line above");
		else if (word != WORD_NONE)
			body_line(body, word, below);
	}
}

static void give_id(struct body *body, const struct line *line)
{
	body->id = line->rest;
	body->id_place = outline_rest_place(line);
}

static void or_line(struct body *body, const struct line *line)
{
	struct build *b = body->build;

	if (body->lines.count == 0 && !body->last_or)
		diag_error(b->diags, line->place,
		           "‘or’ stands between two lines of speech; nothing stands before it");
	else
		close_alternative(body);
	body->last_or = line;
	body->once.line[WORD_ID] = NULL;
	if (line->rest.len == 0)
		return;
	if (slice_is_id(line->rest)) {
		give_id(body, line);
		return;
	}
	body->last_or = NULL;
	body->once.line[WORD_NONE] = line; /* was meant to be speech */
	diag_error(b->diags, outline_rest_place(line),
	           "‘or’ stands alone on its line; put the speech on the next");
}

static void go_line(struct body *body, const struct line *line)
{
	struct build *b = body->build;
	int beat = beat_parse(b, line, line->rest);

	body->reply->go = beat;
	if (beat < 0)
		return;
	if (beat == b->beat)
		diag_warn(b->diags, outline_rest_place(line),
		          "the conversation is at this beat already, so this does nothing; name "
		          "another or take it away");
	else if (beat < 64)
		b->reached |= UINT64_C(1) << beat;
	else
		b->reached_high |= UINT64_C(1) << (beat - 64);
}

static void instead_line(struct body *body, const struct line *line)
{
	struct build *b = body->build;
	struct slice rest = line->rest;
	struct slice id;

	slice_word(&rest, &id);
	if (slice_ends(id, SLICE(":")))
		id.len--;
	body->reply->instead = instead_parse(b, line, id);
	body->reply->instead_words = slice_trim(rest);
	if (body->reply->instead_words.len == 0)
		diag_error(b->diags, outline_place(line, id),
		           "words are missing: ‘instead %.*s What happened then?’", SLICE_ARGS(id));
	slots_check(b, line, body->reply->instead_words, SLOTS_NONE);
}

static void thinks_line(struct body *body, const struct line *line)
{
	struct slice thought = outline_text(line, body->build->arena);

	body->reply->thinks = thought;
	if (!line->child)
		slots_check(body->build, line, thought, SLOTS_NONE);
}

/* What may stand below speech, once a reply. */
static void detail_line(struct body *body, enum word word, const struct line *line)
{
	struct build *b = body->build;
	struct reply *reply = body->reply;

	if (body->last_or && body->once.line[word]) {
		diag_error(b->diags, outline_place(line, line->keyword),
		           "alternatives share one ‘%.*s’ (line %u); for one of its own begin "
		           "another reply with the same ‘on …’ in place of ‘or’",
		           SLICE_ARGS(line->keyword), body->once.line[word]->place.line);
		return;
	}
	if (!keyword_once(&body->once.line[word], line, b->diags))
		return;
	switch (word) {
	case WORD_ID:
		if (id_check(b, line, line->rest, "a line"))
			give_id(body, line);
		break;
	case WORD_THINKS:
		thinks_line(body, line);
		break;
	case WORD_EFFECT:
		effects_parse(b, line, line->rest, &reply->effects);
		break;
	case WORD_GO:
		go_line(body, line);
		break;
	case WORD_CUE:
		reply->cue = true;
		break;
	case WORD_STEP:
		reply->step = line->rest;
		slots_check(b, line, line->rest, SLOTS_NONE);
		break;
	case WORD_INSTEAD:
		instead_line(body, line);
		break;
	default:
		BUG("no detail of a reply: %d", (int)word);
	}
}

void body_line(struct body *body, enum word word, const struct line *line)
{
	struct build *b = body->build;

	switch (word) {
	case WORD_SPEECH:
		speech_line(body, line);
		break;
	case WORD_OR:
		or_line(body, line);
		break;
	case WORD_THEN:
		*(const struct reply **)table_add(b->arena, &body->then, sizeof(struct reply *)) =
		        reply_parse(b, line);
		body->parted = body->lines.count > 0;
		break;
	default:
		detail_line(body, word, line);
		body->parted = body->lines.count > 0;
	}
}

void body_lines(struct body *body, const struct line *line)
{
	const struct line *below;

	for (below = line->child; below; below = below->next) {
		enum word word = line_word(body->build, below, body->room);

		if (word != WORD_NONE)
			body_line(body, word, below);
		else /* what was meant may have been her words */
			body->once.line[WORD_NONE] = below;
	}
}

void body_end(struct body *body, const struct line *line, const char *needed)
{
	struct build *b = body->build;
	struct reply *reply = body->reply;
	struct alternative *alternatives;
	const struct place *given;
	size_t i;

	close_alternative(body);
	alternatives = body->alternatives.items;
	given = body->given.items;
	if (body->alternatives.count == 0 && needed && !body->once.line[WORD_NONE] &&
	    !body->last_or)
		diag_error(b->diags, outline_place(line, line->keyword),
		           "%s; write speech below it: ‘%.*s: …’", needed,
		           SLICE_ARGS(b->speaker.len ? b->speaker : SLICE("Sam")));
	for (i = 0; i < body->alternatives.count; i++) {
		alternatives[i].index = (uint32_t)b->alternatives.count;
		*(struct alternative **)table_add(b->arena, &b->alternatives,
		                                  sizeof(struct alternative *)) = &alternatives[i];
		*(struct place *)table_add(b->arena, &b->given, sizeof(struct place)) = given[i];
	}
	reply->alternatives = alternatives;
	reply->alternative_count = body->alternatives.count;
	reply->then = body->then.items;
	reply->then_count = body->then.count;
}

struct reply *reply_new(struct build *b, const struct line *line)
{
	struct reply *reply = ARENA_NEW(b->arena, struct reply);

	reply->tier = b->tier;
	reply->about = -1;
	reply->go = -1;
	reply->place = line->place;
	reply->index = (uint32_t)b->scenario->reply_total++;
	if (reply->index == LIMIT_REPLIES)
		diag_error(b->diags, line->place,
		           "more than %u replies in scenario and temperament; leave some out",
		           LIMIT_REPLIES);
	return reply;
}

const struct reply *reply_parse(struct build *b, const struct line *line)
{
	struct reply *reply = reply_new(b, line);
	struct body body;
	struct slice trigger;

	if (slice_is(line->keyword, "then"))
		reply->tier = TIER_THEN;
	trigger = trigger_parse(b, line, reply);
	body_init(&body, b, reply, reply->kind == REPLY_ASIDE ? ROOM_ASIDE : ROOM_REPLY, trigger);
	body_lines(&body, line);
	body_end(&body, line, "this reply says nothing");
	return reply;
}
