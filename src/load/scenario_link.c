/* scenario_link.c: names in a scenario found in the rules and in itself; triggers, conditions and
 * line ids. */
#include "load/scenario_build.h"

#include <inttypes.h>

#include "base/limits.h"

static const char *const stance_names[STANCES] = {
        [STANCE_AGREE] = "agree",       [STANCE_DENY] = "deny",
        [STANCE_HEDGE] = "hedge",       [STANCE_RESIST] = "resist",
        [STANCE_OBSTACLE] = "obstacle", [STANCE_YES_BUT] = "yes_but",
        [STANCE_ACCEPT] = "accept",     [STANCE_OWN_VERSION] = "own_version",
        [STANCE_AGAIN] = "again",
};

const char *stance_name(enum stance stance)
{
	return stance_names[stance];
}

static enum stance stance_of(struct slice id)
{
	int i;

	for (i = 0; i < STANCES; i++) {
		if (slice_is(id, stance_names[i]))
			return (enum stance)i;
	}
	return STANCES;
}

int topic_named(const struct build *b, struct slice id)
{
	const struct topic *topics = b->topics.items;
	size_t i;

	for (i = 0; i < b->topics.count; i++) {
		if (slice_eq(topics[i].id, id))
			return (int)i;
	}
	return -1;
}

int beat_named(const struct build *b, struct slice id)
{
	const struct beat *beats = b->beats.items;
	size_t i;

	for (i = 0; i < b->beats.count; i++) {
		if (slice_eq(beats[i].id, id))
			return (int)i;
	}
	return -1;
}

static void offer_topics(const struct build *b, struct nearest *nearest)
{
	const struct topic *topics = b->topics.items;
	size_t i;

	for (i = 0; i < b->topics.count; i++)
		nearest_offer(nearest, topics[i].id);
}

int topic_parse(struct build *b, const struct line *line, struct slice id)
{
	struct nearest nearest;
	int topic = topic_named(b, id);

	if (topic >= 0)
		return topic;
	if (b->stock) {
		diag_error(b->diags, outline_place(line, id),
		           "‘%.*s’: a temperament knows no topics, for it serves any scenario",
		           SLICE_ARGS(id));
		return -1;
	}
	nearest_init(&nearest, id);
	offer_topics(b, &nearest);
	diag_error(b->diags, outline_place(line, id), "unknown topic ‘%.*s’%s", SLICE_ARGS(id),
	           nearest.best.len ? nearest_hint(&nearest, b->arena)
	                            : "; declare it: ‘topic ID PATTERN’");
	return -1;
}

int beat_parse(struct build *b, const struct line *line, struct slice id)
{
	const struct beat *beats = b->beats.items;
	struct nearest nearest;
	int beat = beat_named(b, id);
	size_t i;

	if (beat >= 0)
		return beat;
	if (b->stock) {
		diag_error(b->diags, outline_place(line, id),
		           "a temperament knows no beats, for it serves any scenario; take ‘go’ "
		           "away");
		return -1;
	}
	nearest_init(&nearest, id);
	for (i = 0; i < b->beats.count; i++)
		nearest_offer(&nearest, beats[i].id);
	diag_error(b->diags, outline_place(line, id), "unknown beat ‘%.*s’%s", SLICE_ARGS(id),
	           nearest.best.len ? nearest_hint(&nearest, b->arena) : "; write one: ‘beat ID’");
	return -1;
}

static void offer_moves(const struct build *b, struct nearest *nearest)
{
	size_t i;

	for (i = 0; i < b->ruleset->move_count; i++)
		nearest_offer(nearest, b->ruleset->moves[i]->id);
}

/* What somebody may have meant who wrote no move. `stances` may stand there too. */
static void unknown_move(struct build *b, const struct line *line, struct slice id, bool stances)
{
	struct place place = outline_place(line, id);
	struct nearest nearest;
	int i;

	if (ruleset_framework(b->ruleset, id)) {
		diag_error(b->diags, place, "‘%.*s’ is a framework; name one of its moves",
		           SLICE_ARGS(id));
		return;
	}
	if (topic_named(b, id) >= 0) {
		diag_error(b->diags, place, "‘%.*s’ is a topic, no move%s%.*s%s", SLICE_ARGS(id),
		           stances ? "; write ‘any about " : "", stances ? (int)id.len : 0, id.at,
		           stances ? "’" : "");
		return;
	}
	if (!stances && stance_of(id) != STANCES) {
		diag_error(b->diags, place,
		           "‘%.*s’ is how something is taken, no move of the mentor's",
		           SLICE_ARGS(id));
		return;
	}
	nearest_init(&nearest, id);
	offer_moves(b, &nearest);
	if (stances) {
		nearest_offer(&nearest, SLICE("any"));
		for (i = 0; i < STANCES; i++)
			nearest_offer(&nearest, slice_of(stance_names[i]));
	}
	diag_error(b->diags, place, "unknown move ‘%.*s’%s", SLICE_ARGS(id),
	           nearest.best.len ? nearest_hint(&nearest, b->arena)
	                            : "; rehearse-scenario(5) lists those there are, and one of "
	                              "your own pack needs ‘--rules PATH’ or the folder "
	                              "~/.local/share/rehearse/rules");
}

const struct move *move_parse(struct build *b, const struct line *line, struct slice id)
{
	const struct move *move = ruleset_move(b->ruleset, id);

	if (!move)
		unknown_move(b, line, id, false);
	return move;
}

const struct move *instead_parse(struct build *b, const struct line *line, struct slice id)
{
	const struct move *move = move_parse(b, line, id);

	if (!move)
		return NULL;
	if (move->quiet)
		diag_error(b->diags, outline_place(line, id),
		           "‘%.*s’ is heard but never recommended; name a move to practise",
		           SLICE_ARGS(id));
	else if (move->instead)
		diag_error(b->diags, outline_place(line, id),
		           "‘%.*s’ hurts; recommend a move that helps, such as ‘%.*s’",
		           SLICE_ARGS(id), SLICE_ARGS(move->instead->id));
	else
		return move;
	return NULL;
}

/* "; frameworks are a, b": the short list; moves are many */
static const char *known_frameworks(struct build *b)
{
	struct strbuf words = {0};
	struct slice copy;
	size_t i;

	for (i = 0; i < b->ruleset->framework_count; i++)
		strbuf_addf(&words, "%s%.*s", i ? ", " : "; frameworks are ",
		            SLICE_ARGS(b->ruleset->frameworks[i]->id));
	strbuf_addz(&words, words.len ? ", and rehearse-scenario(5) lists the moves" : "");
	copy = slice_copy(b->arena, strbuf_slice(&words));
	strbuf_release(&words);
	return copy.at;
}

void focus_parse(struct build *b, const struct line *line)
{
	struct scenario *scenario = b->scenario;
	struct outline_parts parts = {line->rest, line->rest.len > 0};
	struct table moves = {0};
	struct table frameworks = {0};
	struct strbuf shown = {0};
	struct slice part;

	while (outline_part(line, &parts, &part, b->diags)) {
		const struct move *move = ruleset_move(b->ruleset, part);
		const struct framework *framework = ruleset_framework(b->ruleset, part);
		struct nearest nearest;
		size_t i;

		if (!move && !framework) {
			nearest_init(&nearest, part);
			offer_moves(b, &nearest);
			for (i = 0; i < b->ruleset->framework_count; i++)
				nearest_offer(&nearest, b->ruleset->frameworks[i]->id);
			diag_error(b->diags, outline_place(line, part),
			           "unknown move or framework ‘%.*s’%s", SLICE_ARGS(part),
			           nearest.best.len ? nearest_hint(&nearest, b->arena)
			                            : known_frameworks(b));
			continue;
		}
		if (move)
			*(const struct move **)table_add(b->arena, &moves, sizeof(move)) = move;
		else
			*(const struct framework **)table_add(b->arena, &frameworks,
			                                      sizeof(framework)) = framework;
		strbuf_addf(&shown, "%s%.*s", shown.len ? ", " : "",
		            SLICE_ARGS(move ? move->title : framework->title));
	}
	scenario->focus_moves = moves.items;
	scenario->focus_move_count = moves.count;
	scenario->focus_frameworks = frameworks.items;
	scenario->focus_framework_count = frameworks.count;
	scenario->focus = slice_copy(b->arena, strbuf_slice(&shown));
	strbuf_release(&shown);
}

static int resolve(void *context, enum expr_arg arg, struct slice id, struct nearest *nearest)
{
	const struct build *b = context;

	if (arg != EXPR_ARG_TOPIC && arg != EXPR_ARG_OPTIONAL)
		return ruleset_resolve(b->ruleset, arg, id, nearest);
	if (nearest)
		offer_topics(b, nearest);
	return topic_named(b, id);
}

/* What conditions in scenarios may name. */
static const struct expr_name names[] = {
        {"words", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_WORDS},
        {"questions", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_QUESTIONS},
        {"question", EXPR_TRUTH, EXPR_ARG_NONE, FEATURE_QUESTION},
        {"echo", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_ECHO},
        {"echo_all", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_ECHO_ALL},
        {"echo_run", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_ECHO_RUN},
        {"echo_turns", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_ECHO_TURNS},
        {"echo_words", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_ECHO_WORDS},
        {"after_question", EXPR_TRUTH, EXPR_ARG_NONE, FEATURE_AFTER_QUESTION},
        {"place", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_PLACE},
        {"turn", EXPR_NUMBER, EXPR_ARG_NONE, FEATURE_TURN},
        {"count", EXPR_NUMBER, EXPR_ARG_MOVE, FEATURE_COUNT},
        {"makes", EXPR_TRUTH, EXPR_ARG_MOVE, FEATURE_MAKES},
        {"trust", EXPR_NUMBER, EXPR_ARG_NONE, NAME_TRUST},
        {"tension", EXPR_NUMBER, EXPR_ARG_NONE, NAME_TENSION},
        {"clarity", EXPR_NUMBER, EXPR_ARG_NONE, NAME_CLARITY},
        {"ownership", EXPR_NUMBER, EXPR_ARG_NONE, NAME_OWNERSHIP},
        {"minutes", EXPR_NUMBER, EXPR_ARG_NONE, NAME_MINUTES},
        {"done", EXPR_TRUTH, EXPR_ARG_DONE, NAME_DONE},
        {"in_order", EXPR_TRUTH, EXPR_ARG_SEQUENCE, NAME_IN_ORDER},
        {"asked", EXPR_TRUTH, EXPR_ARG_TOPIC, NAME_ASKED},
        {"agreed", EXPR_TRUTH, EXPR_ARG_OPTIONAL, NAME_AGREED},
        {"told", EXPR_TRUTH, EXPR_ARG_TOPIC, NAME_TOLD},
        {NULL, EXPR_NUMBER, EXPR_ARG_NONE, 0},
};

/* Remembers the topics that `told` is asked of. */
static void note_told(void *context, int id, int arg)
{
	struct build *b = context;

	if (id != NAME_TOLD || arg < 0 || b->told & (UINT64_C(1) << arg))
		return;
	b->told |= UINT64_C(1) << arg;
	b->told_place[arg] = b->condition;
}

const struct expr *when_parse(struct build *b, const struct line *line, struct slice text)
{
	struct expr_scope scope = {.names = names, .resolve = resolve, .context = b};
	const struct expr *expr;

	b->condition = outline_place(line, text);
	if (text.len == 0) {
		if (line->rest.len) /* else line_word said it */
			diag_error(b->diags, outline_place(line, line->keyword),
			           "a condition is missing behind ‘when’: ‘when trust >= 6’");
		return NULL;
	}
	expr = expr_parse(text, b->condition, &scope, b->arena, b->diags);
	if (expr)
		expr_visit(expr, note_told, b);
	return expr;
}

struct slice compact(struct build *b, const char *prefix, struct slice text)
{
	struct strbuf buf = {0};
	struct slice word;
	struct slice done;
	char last = 0;

	strbuf_addz(&buf, prefix);
	while (slice_word(&text, &word)) {
		if (last && !strchr(",<>=!", last) && !strchr(",<>=!", word.at[0]))
			strbuf_addc(&buf, '.');
		strbuf_add(&buf, word);
		last = word.at[word.len - 1];
	}
	done = slice_copy(b->arena, strbuf_slice(&buf));
	strbuf_release(&buf);
	return done;
}

/* `open question` for `open_question`, or NULL. */
static const struct move *joined_move(const struct build *b, struct slice words)
{
	struct strbuf id = {0};
	struct slice word;
	const struct move *move;

	while (slice_word(&words, &word))
		strbuf_addf(&id, "%s%.*s", id.len ? "_" : "", SLICE_ARGS(word));
	move = ruleset_move(b->ruleset, strbuf_slice(&id));
	strbuf_release(&id);
	return move;
}

/* One of the moves and stances behind `on`. */
static void add_trigger(struct build *b, const struct line *line, struct slice name,
                        struct reply *reply, struct table *moves, bool *any)
{
	enum stance stance = stance_of(name);
	const struct move *move;
	struct slice rest = name;
	struct slice word;

	slice_word(&rest, &word);
	if (slice_trim(rest).len && joined_move(b, name)) {
		diag_error(b->diags, outline_place(line, name),
		           "no blanks in a name; did you mean ‘%.*s’?",
		           SLICE_ARGS(joined_move(b, name)->id));
		return;
	}
	if (slice_trim(rest).len) {
		diag_error(b->diags, outline_place(line, slice_trim(rest)),
		           "put a comma between moves: ‘on open_question, pause’ (topics follow "
		           "‘about’, conditions ‘when’)");
		name = word;
	}
	if (slice_is(name, "any")) {
		*any = true;
		return;
	}
	if (stance != STANCES) {
		reply->stances |= 1u << stance;
		reply->conditions = 1;
		return;
	}
	move = ruleset_move(b->ruleset, name);
	if (!move) {
		unknown_move(b, line, name, true);
		return;
	}
	*(const struct move **)table_add(b->arena, moves, sizeof(move)) = move;
	if (!move->generic)
		reply->conditions = 1;
}

/* Which moves: what stands between `on` and `about` or `when`. */
static void moves_parse(struct build *b, const struct line *line, struct slice text,
                        struct reply *reply, bool bare)
{
	struct outline_parts parts = {text, text.len > 0};
	struct table moves = {0};
	struct slice part;
	bool any = false;

	if (text.len == 0 && line->rest.len)
		diag_error(b->diags, outline_rest_place(line),
		           "‘on’ needs a move, how it is taken, or ‘any’: ‘on any about seating’");
	while (outline_part(line, &parts, &part, b->diags))
		add_trigger(b, line, part, reply, &moves, &any);
	reply->on = moves.items;
	reply->on_count = moves.count;
	if (any && (reply->stances || reply->on_count))
		diag_error(b->diags, outline_place(line, text),
		           "‘any’ stands for whatever the mentor does; put no moves beside it");
	else if (any && bare)
		diag_error(b->diags, outline_place(line, text),
		           "‘on any’ alone fits everything; add ‘about TOPIC’ or ‘when …’, or "
		           "write ‘otherwise’");
}

/* `about` and `when` behind the moves; returns the moves. */
static struct slice conditions_parse(struct build *b, const struct line *line, struct slice rest,
                                     struct reply *reply, bool *bare)
{
	struct slice head;
	struct slice when;
	struct slice about;
	bool has_when = split_at(rest, "when", &head, &when);
	bool has_about = split_at(head, "about", &head, &about);
	struct slice topic;

	*bare = !has_when && !has_about;
	reply->about = -1;
	if (has_about) {
		if (!slice_word(&about, &topic))
			diag_error(b->diags, outline_place(line, line->keyword),
			           "a topic is missing behind ‘about’");
		else if (slice_trim(about).len)
			diag_error(b->diags, outline_place(line, slice_trim(about)),
			           "‘about’ takes one topic; a condition begins with ‘when’");
		else
			reply->about = topic_parse(b, line, topic);
	}
	if (has_when)
		reply->when = when_parse(b, line, when);
	return head;
}

struct slice trigger_parse(struct build *b, const struct line *line, struct reply *reply)
{
	struct slice rest = line->rest;
	struct slice word = line->keyword;
	struct slice whole;
	const char *prefix = "";
	bool then = false;
	bool bare;

	if (slice_is(word, "then")) {
		then = true;
		slice_word(&rest, &word);
	}
	if (slice_is(word, "aside")) {
		reply->kind = REPLY_ASIDE;
		slice_word(&rest, &word);
		prefix = then ? "then:aside:" : "aside:";
	} else if (then) {
		prefix = "then:";
	}
	rest = slice_trim(rest);
	whole = rest;
	if (slice_is(word, "otherwise") && reply->kind == REPLY_PROPER) {
		reply->otherwise = true;
		whole = slice_trim(
		        slice_sub(line->text, (size_t)(word.at - line->text.at), line->text.len));
		rest = conditions_parse(b, line, rest, reply, &bare);
		if (rest.len || reply->about >= 0)
			diag_error(
			        b->diags, outline_place(line, whole),
			        "‘otherwise’ takes only ‘when …’; for a topic write ‘on any about "
			        "TOPIC’");
	} else if (slice_is(word, "on")) {
		rest = conditions_parse(b, line, rest, reply, &bare);
		moves_parse(b, line, rest, reply, bare);
	} else {
		diag_error(b->diags, outline_place(line, word.len ? word : line->keyword),
		           "‘on’ is missing: write ‘%.*s on open_question’",
		           SLICE_ARGS(line->keyword));
		reply->about = -1;
	}
	reply->conditions += reply->about >= 0;
	reply->conditions += reply->when ? expr_terms(reply->when) : 0;
	return compact(b, prefix, whole);
}

struct slice tell_parse(struct build *b, const struct line *line, struct tell *tell)
{
	struct reply head = {.about = -1};
	bool bare;
	struct slice rest = conditions_parse(b, line, line->text, &head, &bare);

	if (rest.len)
		diag_error(b->diags, outline_place(line, rest),
		           "a tell begins with ‘about TOPIC’ or ‘when …’");
	tell->about = head.about;
	tell->when = head.when;
	return compact(b, "", line->text);
}

struct slice line_id(struct build *b, struct slice trigger, const struct speech *lines,
                     size_t count)
{
	uint64_t hash = SLICE_HASH_SEED;
	size_t i;

	for (i = 0; i < count; i++) {
		hash = slice_hash(hash, lines[i].direction);
		hash = slice_hash(hash, SLICE("\n"));
		hash = slice_hash(hash, lines[i].words);
		hash = slice_hash(hash, SLICE("\n"));
	}
	return slice_format(b->arena, "%.*s/%.*s/%08" PRIx32, SLICE_ARGS(b->where),
	                    SLICE_ARGS(trigger), (uint32_t)hash);
}

struct known_id {
	struct alternative *alternative;
	struct place given; /* line 0 when it was not */
};

static int by_id(const void *left, const void *right)
{
	const struct known_id *a = left;
	const struct known_id *b = right;
	int order = slice_compare(a->alternative->id, b->alternative->id);

	if (order)
		return order;
	return (a->alternative->index > b->alternative->index) -
	       (a->alternative->index < b->alternative->index);
}

static void id_taken(struct build *b, const struct known_id *now, const struct known_id *first)
{
	struct place place = first->given.line ? first->given : first->alternative->place;
	struct slice path = place.source->path;
	bool elsewhere = place.source != now->given.source;

	diag_error(b->diags, now->given, "the id ‘%.*s’ is taken (line %u%s%.*s); choose another",
	           SLICE_ARGS(now->alternative->id), place.line, elsewhere ? " of " : "",
	           elsewhere ? (int)path.len : 0, path.at);
}

void ids_settle(struct build *b)
{
	size_t count = b->alternatives.count;
	struct alternative *const *all = b->alternatives.items;
	const struct place *given = b->given.items;
	struct known_id *ids = mem_alloc(count * sizeof(*ids));
	size_t first = 0;
	size_t i;

	for (i = 0; i < count; i++)
		ids[i] = (struct known_id){all[i], given[i]};
	qsort(ids, count, sizeof(*ids), by_id);
	for (i = 1; i < count; i++) {
		struct alternative *now = ids[i].alternative;

		if (!slice_eq(now->id, ids[first].alternative->id)) {
			first = i;
		} else if (ids[i].given.line) {
			id_taken(b, &ids[i], &ids[first]);
		} else {
			struct slice id = now->id;

			now->id = slice_format(b->arena, "%.*s~%zu", SLICE_ARGS(id), i - first + 1);
		}
	}
	free(ids);
}
