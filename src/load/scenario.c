/* scenario.c: see scenario.h. Reads the top level of scenarios and temperaments and owns what is
 * loaded; the blocks are read by scenario_head.c and scenario_parts.c. */
#include "load/scenario_build.h"

#include "base/limits.h"

struct scenario_file {
	struct arena arena;
	struct scenario scenario;
	struct source source;
	struct source stock; /* the temperament's */
	struct table regexes; /* struct regex * */
};

/* Below these lines stands prose. `evidence` parts it by `about`. */
const int scenario_start[METERS] = {5, 3, 3, 3};

static const char *const prose[] = {"brief",  "evidence", "goal",    "who",   "voice", "verdict",
                                    "thinks", "source",   "licence", "words", NULL};

const struct outline_grammar scenario_grammar = {.prose = prose};

static struct slice path_copy(struct arena *arena, struct slice path)
{
	return slice_copy(arena, path.len ? path : SLICE("(no file)"));
}

static void build_init(struct build *b, struct scenario_file *file, const struct ruleset *ruleset,
                       struct diags *diags)
{
	*b = (struct build){.scenario = &file->scenario,
	                    .arena = &file->arena,
	                    .ruleset = ruleset,
	                    .diags = diags,
	                    .source = &file->source,
	                    .beat = -1};
}

static struct scenario_file *file_new(struct slice id, const struct ruleset *ruleset,
                                      struct diags *diags, struct build *b)
{
	struct scenario_file *file = mem_alloc(sizeof(*file));
	struct scenario *scenario = &file->scenario;

	scenario->id = slice_copy(&file->arena, id);
	scenario->language = LANGUAGE_ENGLISH;
	scenario->minutes = SCENARIO_MINUTES;
	scenario->level = SCENARIO_LEVEL;
	memcpy(scenario->start, scenario_start, sizeof(scenario->start));
	scenario->model_ending = -1;
	scenario->source = &file->source;
	scenario->hash = SLICE_HASH_SEED;
	build_init(b, file, ruleset, diags);
	return file;
}

static void source_set(struct scenario_file *file, struct source *source, struct slice path,
                       struct slice text)
{
	source->path = path_copy(&file->arena, path);
	source->text = slice_copy(&file->arena, text);
	file->scenario.hash = slice_hash(file->scenario.hash, text);
}

/* A reply of the scenario's own tier, or of the temperament. */
static void tier_reply(struct build *b, const struct line *line, enum tier tier, struct slice where)
{
	const struct reply *reply;

	b->tier = tier;
	b->where = where;
	reply = reply_parse(b, line);
	*(const struct reply **)table_add(b->arena, &b->replies, sizeof(reply)) = reply;
}

static void prose_parse(struct build *b, const struct line *line, struct slice *text)
{
	*text = outline_text(line, b->arena);
	if (text->len == 0)
		diag_error(b->diags, line->place, "‘%.*s’ is empty; write it below, indented",
		           SLICE_ARGS(line->keyword));
}

static void top_line(struct build *b, const struct line *line, enum word word, struct once *once)
{
	bool repeated = word == WORD_TOPIC || word == WORD_BEAT || word == WORD_ENDING ||
	                word == WORD_ON || word == WORD_ASIDE || word == WORD_OTHERWISE ||
	                word == WORD_INSTEAD;

	if (repeated)
		once->line[word] = line;
	else if (!keyword_once(&once->line[word], line, b->diags))
		return;
	switch (word) {
	case WORD_SCENARIO:
		scenario_parse(b, line);
		break;
	case WORD_PERSONA:
		persona_parse(b, line);
		break;
	case WORD_BRIEF:
		prose_parse(b, line, &b->scenario->brief);
		break;
	case WORD_GOAL:
		prose_parse(b, line, &b->scenario->goal);
		break;
	case WORD_EVIDENCE:
		evidence_parse(b, line);
		break;
	case WORD_BEAT:
		beat_replies(b, line);
		break;
	case WORD_KNOWS:
		knows_parse(b, line);
		break;
	case WORD_TELLS:
		tells_parse(b, line);
		break;
	case WORD_ENDING:
		ending_parse(b, line);
		break;
	case WORD_INSTEAD:
		better_parse(b, line);
		break;
	case WORD_TOPIC: /* in the first pass */
	case WORD_MODEL: /* when all endings are known */
		break;
	default:
		tier_reply(b, line, TIER_SCENARIO, SLICE("scenario"));
	}
}

/* A reply that is always there when nothing else fits. */
static bool has_otherwise(const struct reply *const *replies, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (replies[i]->otherwise && !replies[i]->when)
			return true;
	}
	return false;
}

/* In some beat she may have nothing to say. `stock_read`: the temperament was read, if there is
 * one. */
static void otherwise_check(struct build *b, bool stock_read)
{
	const struct scenario *scenario = b->scenario;
	size_t i;

	if (!stock_read || has_otherwise(scenario->replies, scenario->reply_count) ||
	    has_otherwise(scenario->stock, scenario->stock_count))
		return;
	for (i = 0; i < scenario->beat_count; i++) {
		const struct beat *beat = &scenario->beats[i];

		if (has_otherwise(beat->replies, beat->reply_count))
			continue;
		diag_warn(b->diags, beat->place,
		          "beat ‘%.*s’ has nothing to say when nothing fits; write "
		          "‘otherwise’ here, at the left edge or in the temperament",
		          SLICE_ARGS(beat->id));
	}
}

static void missing(struct build *b, const struct once *once)
{
	static const struct {
		enum word word;
		bool must;
		const char *message;
	} parts[] = {
	        {WORD_SCENARIO, true,
	         "no ‘scenario’; begin the file with its title: ‘scenario The same three hands’"},
	        {WORD_PERSONA, true, "no ‘persona’; say who the teacher is: ‘persona Sam’"},
	        {WORD_BRIEF, true,
	         "no ‘brief’; tell the mentor below it what happened before they meet"},
	        {WORD_GOAL, true, "no ‘goal’; say below it what the mentor wants from this talk"},
	        {WORD_BEAT, true,
	         "no ‘beat’; write one with first words and replies: ‘beat opening’"},
	        {WORD_ENDING, true,
	         "no ‘ending’; write at least one with its condition: ‘ending plan when agreed’"},
	        {WORD_MODEL, false,
	         "no ‘model’; write an exchange that shows how it can be done well"},
	};
	bool bell = false;
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (once->line[parts[i].word] || b->meant.line[parts[i].word])
			continue;
		if (parts[i].must)
			diag_error(b->diags, file_place(b), "%s", parts[i].message);
		else
			diag_warn(b->diags, file_place(b), "%s", parts[i].message);
	}
	for (i = 0; i < b->scenario->ending_count; i++)
		bell = bell || slice_is(b->scenario->endings[i].id, "bell");
	if (!bell && b->scenario->ending_count)
		diag_warn(b->diags, file_place(b),
		          "no ending ‘bell’; write what is said when the minutes are up: ‘ending "
		          "bell’");
}

/* Nothing leads there, nothing can come true: what only shows once all is read. */
static void unreachable_check(struct build *b)
{
	const struct scenario *scenario = b->scenario;
	size_t i;
	size_t j;

	for (i = 1; i < scenario->beat_count; i++) {
		uint64_t reached = i < 64 ? b->reached >> i : b->reached_high >> (i - 64);

		if (!(reached & 1))
			diag_warn(b->diags, scenario->beats[i].place,
			          "no ‘go %.*s’ leads to this beat",
			          SLICE_ARGS(scenario->beats[i].id));
	}
	for (i = 0; i < scenario->topic_count; i++) {
		bool told = false;

		for (j = 0; j < scenario->tell_count; j++)
			told = told || scenario->tells[j].about == (int)i;
		if (b->told & (UINT64_C(1) << i) && !told)
			diag_warn(b->diags, b->told_place[i],
			          "‘told(%.*s)’ never comes true: ‘tells’ has nothing about it",
			          SLICE_ARGS(scenario->topics[i].id));
	}
}

static const struct sieve *topic_sieve(const struct build *b)
{
	const struct topic *topics = b->topics.items;
	struct slice patterns[LIMIT_TOPICS];
	size_t i;

	for (i = 0; i < b->topics.count; i++)
		patterns[i] = topics[i].text;
	return sieve_new(patterns, b->topics.count, b->arena);
}

static void publish(struct build *b)
{
	struct scenario *scenario = b->scenario;

	scenario->topics = b->topics.items;
	scenario->topic_count = b->topics.count;
	scenario->topic_sieve = topic_sieve(b);
	scenario->beats = b->beats.items;
	scenario->beat_count = b->beats.count;
	scenario->replies = b->replies.items;
	scenario->reply_count = b->replies.count;
	scenario->evidence = b->evidence.items;
	scenario->evidence_count = b->evidence.count;
	scenario->facts = b->facts.items;
	scenario->fact_count = b->facts.count;
	scenario->tells = b->tells.items;
	scenario->tell_count = b->tells.count;
	scenario->endings = b->endings.items;
	scenario->ending_count = b->endings.count;
	scenario->reactions = b->reactions.items;
	scenario->reaction_count = b->reactions.count;
	scenario->shows = b->shows.items;
	scenario->show_count = b->shows.count;
	scenario->betters = b->betters.items;
	scenario->better_count = b->betters.count;
	scenario->model = b->model.items;
	scenario->model_count = b->model.count;
}

/* Is it a file of ours, but of another kind? Says so once, not line by line. */
static bool wrong_kind(struct build *b, const struct line *first, const char *own)
{
	static const struct {
		const char *keyword;
		const char *kind;
		const char *ending;
	} kinds[] = {{"scenario", "scenario", "scenario"},
	             {"temperament", "temperament", "temperament"},
	             {"move", "rule pack", "rules"},
	             {"list", "rule pack", "rules"},
	             {"framework", "rule pack", "rules"}};
	size_t i;

	for (i = 0; first && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!slice_is(first->keyword, kinds[i].keyword) || !strcmp(kinds[i].keyword, own))
			continue;
		diag_error(b->diags, first->place,
		           "this is a %s, not a %s; let the file's name end in ‘.%s’",
		           kinds[i].kind, own, kinds[i].ending);
		return true;
	}
	return false;
}

/* The temperament's replies, behind the scenario's. */
static void stock_parse(struct scenario_file *file, struct build *b, struct slice id)
{
	const struct line *root;
	const struct line *line;
	const struct line *below;
	struct once once = {0};

	b->source = &file->stock;
	b->speaker = SLICE("ECT");
	b->stock = true;
	b->beat = -1;
	b->replies = (struct table){0};
	b->topics = (struct table){0};
	b->beats = (struct table){0};
	root = outline_parse(b->source, &scenario_grammar, b->arena, b->diags);
	if (wrong_kind(b, root->child, "temperament"))
		return;
	for (line = root->child; line; line = line->next) {
		enum word word = line_word(b, line, ROOM_STOCK);

		if (word == WORD_NONE)
			continue;
		if (word != WORD_TEMPERAMENT) {
			tier_reply(b, line, TIER_TEMPERAMENT, id);
			continue;
		}
		if (!keyword_once(&once.line[word], line, b->diags))
			continue;
		if (id_check(b, line, line->rest, "a temperament") && !slice_eq(line->rest, id))
			diag_error(b->diags, outline_rest_place(line),
			           "temperament ‘%.*s’ stands in the file of ‘%.*s’; call both "
			           "the same",
			           SLICE_ARGS(line->rest), SLICE_ARGS(id));
		for (below = line->child; below; below = below->next)
			line_word(b, below, ROOM_TEMPERAMENT);
	}
	if (!once.line[WORD_TEMPERAMENT])
		diag_error(b->diags, file_place(b),
		           "no ‘temperament’; begin the file with its id: ‘temperament %.*s’",
		           SLICE_ARGS(id));
	b->scenario->stock = b->replies.items;
	b->scenario->stock_count = b->replies.count;
}

static void finish(struct scenario_file *file, struct build *b)
{
	ids_settle(b);
	b->scenario->alternative_total = b->alternatives.count;
	file->regexes = b->regexes;
}

/* The scenario's own text. */
static void own_parse(struct build *b)
{
	struct once once = {0};
	size_t before = b->diags->errors;
	const struct line *root = outline_parse(b->source, &scenario_grammar, b->arena, b->diags);
	const struct line *line;

	if (wrong_kind(b, root->child, "scenario"))
		return;
	parts_names(b, root);
	for (line = root->child; line; line = line->next) {
		enum word word = line_word(b, line, ROOM_FILE);

		if (word != WORD_NONE)
			top_line(b, line, word, &once);
	}
	if (once.line[WORD_MODEL])
		model_parse(b, once.line[WORD_MODEL]);
	publish(b);
	if (root->child)
		missing(b, &once);
	else if (b->diags->errors == before) /* else it is no text, and that was said */
		diag_error(b->diags, file_place(b),
		           "nothing in this file; begin it with ‘scenario’ and a title");
	unreachable_check(b);
}

struct scenario_file *scenario_load(struct slice id, struct slice path, struct slice text,
                                    struct slice temperament_path, struct slice temperament_text,
                                    const struct ruleset *ruleset, struct diags *diags)
{
	struct build b;
	struct scenario_file *file = file_new(id, ruleset, diags, &b);

	source_set(file, &file->source, path, text);
	own_parse(&b);
	/* A file that is no text names none, whatever its header was taken for. */
	if (temperament_text.len && file->scenario.temperament.len) {
		source_set(file, &file->stock, temperament_path, temperament_text);
		stock_parse(file, &b, file->scenario.temperament);
	}
	b.source = &file->source;
	otherwise_check(&b, temperament_text.len || file->scenario.temperament.len == 0);
	finish(file, &b);
	return file;
}

struct scenario_file *temperament_load(struct slice id, struct slice path, struct slice text,
                                       const struct ruleset *ruleset, struct diags *diags)
{
	struct build b;
	struct scenario_file *file = file_new(id, ruleset, diags, &b);

	file->scenario.temperament = file->scenario.id;
	source_set(file, &file->stock, path, text);
	file->scenario.source = &file->stock;
	stock_parse(file, &b, file->scenario.id);
	finish(file, &b);
	return file;
}

const struct scenario *scenario_of(const struct scenario_file *file)
{
	return &file->scenario;
}

void scenario_free(struct scenario_file *file)
{
	struct regex *const *regexes;
	size_t i;

	if (!file)
		return;
	regexes = file->regexes.items;
	for (i = 0; i < file->regexes.count; i++)
		regex_free(regexes[i]);
	arena_release(&file->arena);
	free(file);
}
