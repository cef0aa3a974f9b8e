/* scenario_head.c: the blocks that say who and what: scenario, persona, evidence, and the names
 * that may be used before they stand. */
#include "load/scenario_build.h"

#include "base/limits.h"

/* `persona NAME`: needed before any line of hers is read. */
static void persona_name(struct build *b, const struct line *line, bool late)
{
	if (b->speaker.len || line->rest.len == 0)
		return;
	b->speaker = line->rest;
	b->scenario->name = line->rest;
	if (byte_find(line->rest, ':') < line->rest.len)
		diag_error(b->diags, outline_rest_place(line),
		           "a name holds no colon: write ‘persona Sam’, and below, speech as "
		           "‘Sam: …’");
	if (slice_is(line->rest, "Mentor"))
		diag_error(b->diags, outline_rest_place(line),
		           "‘Mentor’ is the one who practises; give the teacher another name");
	if (late)
		diag_error(b->diags, outline_place(line, line->keyword),
		           "‘persona’ stands too low; move it above ‘brief’ and the first ‘beat’, "
		           "for lists of scenarios read no further");
}

static void topic_parse_line(struct build *b, const struct line *line)
{
	struct slice rest = line->rest;
	struct topic topic = {.place = line->place};
	struct once once = {0};
	const struct line *below;
	int known;

	if (!slice_word(&rest, &topic.id) || !id_check(b, line, topic.id, "a topic"))
		return;
	rest = slice_trim(rest);
	known = topic_named(b, topic.id);
	if (known >= 0) {
		diag_error(b->diags, outline_place(line, topic.id),
		           "topic ‘%.*s’ stands twice (first in line %u); put both patterns in one "
		           "with ‘|’",
		           SLICE_ARGS(topic.id),
		           ((const struct topic *)b->topics.items)[known].place.line);
		return;
	}
	if (b->topics.count == LIMIT_TOPICS) {
		diag_error(b->diags, line->place, "more than %u topics; leave this one out",
		           LIMIT_TOPICS);
		return;
	}
	if (rest.len) {
		topic.pattern = pattern_parse(b, line, rest);
		topic.text = rest;
	} else {
		diag_error(b->diags, outline_place(line, topic.id),
		           "topic ‘%.*s’ needs a pattern that finds it: ‘topic %.*s  seats?|rows?’",
		           SLICE_ARGS(topic.id), SLICE_ARGS(topic.id));
	}
	topic.title = slice_id_words(b->arena, topic.id);
	for (below = line->child; below; below = below->next) {
		if (line_word(b, below, ROOM_TOPIC) == WORD_TITLE &&
		    keyword_once(&once.line[WORD_TITLE], below, b->diags))
			topic.title = below->rest;
	}
	*(struct topic *)table_add(b->arena, &b->topics, sizeof(topic)) = topic;
}

static void beat_name(struct build *b, const struct line *line)
{
	struct beat *beat;
	int known;

	if (!id_check(b, line, line->rest, "a beat"))
		return;
	known = beat_named(b, line->rest);
	if (known >= 0) {
		diag_error(b->diags, outline_rest_place(line),
		           "beat ‘%.*s’ stands twice (first in line %u); put its replies together",
		           SLICE_ARGS(line->rest),
		           ((const struct beat *)b->beats.items)[known].place.line);
		return;
	}
	if (b->beats.count == LIMIT_BEATS) {
		diag_error(b->diags, line->place, "more than %u beats; leave this one out",
		           LIMIT_BEATS);
		return;
	}
	beat = table_add(b->arena, &b->beats, sizeof(*beat));
	beat->id = line->rest;
	beat->place = line->place;
}

void parts_names(struct build *b, const struct line *root)
{
	const struct line *line;
	bool late = false;

	for (line = root->child; line; line = line->next) {
		if (slice_is(line->keyword, "persona"))
			persona_name(b, line, late);
		else if (slice_is(line->keyword, "topic"))
			topic_parse_line(b, line);
		else if (slice_is(line->keyword, "beat"))
			beat_name(b, line);
		late = late || slice_is(line->keyword, "brief") || slice_is(line->keyword, "beat");
	}
}

static void language_parse(struct build *b, const struct line *line)
{
	if (language_is_id(line->rest))
		b->scenario->language = line->rest;
	else
		diag_error(b->diags, outline_rest_place(line), LANGUAGE_WANTED);
}

static void interaction_parse(struct build *b, const struct line *line)
{
	const struct interaction *one;
	struct nearest nearest;

	if (scenario_interaction(line->rest)) {
		b->scenario->interaction = line->rest;
		return;
	}
	nearest_init(&nearest, line->rest);
	for (one = scenario_interactions; one->id; one++)
		nearest_offer(&nearest, slice_of(one->id));
	diag_error(b->diags, outline_rest_place(line),
	           "‘%.*s’ is no conversation of a cycle%s (diagnose, agree_step, "
	           "watch_expert, step_met, step_not_met, close_cycle or opportunity)",
	           SLICE_ARGS(slice_sub(line->rest, 0, 40)),
	           nearest_hint(&nearest, &b->diags->arena));
}

/* The cell of that id, of whichever grid. */
static const struct grid_cell *cell_find(const struct ruleset *ruleset, struct slice id,
                                         struct nearest *nearest)
{
	size_t i, j;

	for (i = 0; i < ruleset->framework_count; i++) {
		const struct framework *framework = ruleset->frameworks[i];

		for (j = 0; j < framework->cell_count; j++) {
			if (slice_eq(framework->cells[j].id, id))
				return &framework->cells[j];
			nearest_offer(nearest, framework->cells[j].id);
		}
	}
	return NULL;
}

static void fits_parse(struct build *b, const struct line *line)
{
	struct outline_parts parts = {line->rest, line->rest.len > 0};
	struct table cells = {0};
	struct slice id;

	while (outline_part(line, &parts, &id, b->diags)) {
		struct nearest nearest;
		const struct grid_cell *cell;

		nearest_init(&nearest, id);
		cell = cell_find(b->ruleset, id, &nearest);
		if (cell)
			*(const struct grid_cell **)table_add(b->arena, &cells, sizeof(cell)) =
			        cell;
		else
			diag_error(b->diags, outline_place(line, id), "no grid has a cell ‘%.*s’%s",
			           SLICE_ARGS(slice_sub(id, 0, 40)),
			           nearest_hint(&nearest, &b->diags->arena));
	}
	b->scenario->fits = cells.items;
	b->scenario->fit_count = cells.count;
}

void scenario_parse(struct build *b, const struct line *line)
{
	struct scenario *scenario = b->scenario;
	struct once once = {0};
	const struct line *below;

	scenario->title = line->rest;
	scenario->place = line->place;
	for (below = line->child; below; below = below->next) {
		enum word word = line_word(b, below, ROOM_SCENARIO);

		if (word == WORD_NONE || !keyword_once(&once.line[word], below, b->diags))
			continue;
		switch (word) {
		case WORD_ABOUT:
			scenario->about = outline_text(below, b->arena);
			break;
		case WORD_MINUTES:
			number_parse(b, below, 1, SCENARIO_MINUTES_MAX, &scenario->minutes);
			break;
		case WORD_LEVEL:
			number_parse(b, below, 1, SCENARIO_LEVEL_MAX, &scenario->level);
			break;
		case WORD_FOCUS:
			focus_parse(b, below);
			break;
		case WORD_FITS:
			fits_parse(b, below);
			break;
		case WORD_PHASE:
			scenario->phase = below->rest;
			break;
		case WORD_CYCLE:
			scenario->cycle = below->rest;
			break;
		case WORD_LANGUAGE:
			language_parse(b, below);
			break;
		case WORD_INTERACTION:
			interaction_parse(b, below);
			break;
		default: /* source, licence: for whoever reads the file */
			break;
		}
	}
}

static void reacts_parse(struct build *b, const struct line *line)
{
	struct slice rest = line->rest;
	struct slice id;
	struct reaction reaction = {0};
	const struct reaction *earlier = b->reactions.items;
	size_t i;

	slice_word(&rest, &id);
	rest = slice_trim(rest);
	if (slice_ends(id, SLICE(","))) {
		diag_error(b->diags, outline_place(line, id),
		           "one move a line: write another ‘reacts’ for the next");
		return;
	}
	reaction.move = move_parse(b, line, id);
	if (rest.len == 0)
		diag_error(b->diags, outline_place(line, id),
		           "what does ‘%.*s’ change? Write ‘reacts %.*s tension +1’",
		           SLICE_ARGS(id), SLICE_ARGS(id));
	effects_parse(b, line, rest, &reaction.effects);
	if (!reaction.move)
		return;
	for (i = 0; i < b->reactions.count; i++) {
		if (earlier[i].move != reaction.move)
			continue;
		diag_error(b->diags, outline_place(line, id),
		           "‘reacts %.*s’ stands here twice; put the changes in one line, a comma "
		           "between",
		           SLICE_ARGS(id));
		return;
	}
	*(struct reaction *)table_add(b->arena, &b->reactions, sizeof(reaction)) = reaction;
}

static void use_parse(struct build *b, const struct line *line)
{
	struct slice rest = line->rest;
	struct slice id;

	slice_word(&rest, &id);
	rest = slice_trim(rest);
	if (rest.len)
		diag_error(b->diags, outline_place(line, rest),
		           "a scenario uses one temperament; take this away");
	if (slice_ends(id, SLICE(".temperament")))
		diag_error(b->diags, outline_place(line, id),
		           "name the temperament without ‘.temperament’");
	else if (id_check(b, line, id, "a temperament"))
		b->scenario->temperament = id;
}

void persona_parse(struct build *b, const struct line *line)
{
	struct scenario *scenario = b->scenario;
	struct once once = {0};
	const struct line *below;

	for (below = line->child; below; below = below->next) {
		enum word word = line_word(b, below, ROOM_PERSONA);

		if (word == WORD_NONE || (word != WORD_REACTS && word != WORD_SHOWS &&
		                          !keyword_once(&once.line[word], below, b->diags)))
			continue;
		switch (word) {
		case WORD_WHO:
			scenario->who = outline_text(below, b->arena);
			break;
		case WORD_USE:
			use_parse(b, below);
			break;
		case WORD_VOICE:
			scenario->voice = outline_text(below, b->arena);
			break;
		case WORD_START:
			meters_parse(b, below, scenario->start);
			break;
		case WORD_REACTS:
			reacts_parse(b, below);
			break;
		default:
			shows_parse(b, below);
			break;
		}
	}
}

/* Evidence on a topic: `about TOPIC` with text below. Text that only begins with “about” is text.
 */
static bool is_about(const struct line *line)
{
	return slice_is(line->keyword, "about") && (line->child || slice_is_id(line->rest));
}

static void add_evidence(struct build *b, int about, struct slice text, struct place place)
{
	struct evidence *evidence = table_add(b->arena, &b->evidence, sizeof(*evidence));

	evidence->about = about;
	evidence->text = text;
	evidence->place = place;
}

void evidence_parse(struct build *b, const struct line *line)
{
	const struct line *below;
	struct place place = outline_place(line, line->rest);
	struct strbuf text = {0};

	if (line->rest.len)
		strbuf_add(&text, line->rest);
	for (below = line->child; below; below = below->next) {
		bool about = is_about(below);

		if (text.len && (about || below->after_blank)) {
			add_evidence(b, -1, slice_copy(b->arena, strbuf_slice(&text)), place);
			strbuf_clear(&text);
		}
		if (!about) {
			if (!text.len)
				place = outline_place(below, below->text);
			strbuf_addf(&text, "%s%.*s", text.len ? " " : "", SLICE_ARGS(below->text));
			if (below->child)
				strbuf_addf(&text, " %.*s",
				            SLICE_ARGS(outline_prose(below, b->arena)));
			continue;
		}
		if (!below->child) {
			diag_error(b->diags, outline_place(below, below->keyword),
			           "the evidence is missing: write it below, indented");
			continue;
		}
		add_evidence(b, topic_parse(b, below, below->rest), outline_prose(below, b->arena),
		             outline_place(below->child, below->child->text));
	}
	if (text.len)
		add_evidence(b, -1, slice_copy(b->arena, strbuf_slice(&text)), place);
	strbuf_release(&text);
}
