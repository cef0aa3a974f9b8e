/* detect.c: see detect.h.
 *
 * Moves are heard in the order of the ruleset, in which a move comes after those it yields to or
 * needs; so what is kept of them is settled when it is asked for. */
#include "engine/detect_parts.h"

#include "base/limits.h"
#include "base/utf8.h"

/* Patterns that pass their limit in one utterance before the rest get a smaller one: text made to
 * hurt hurts many patterns alike. */
#define PATIENCE 6u
#define STEPS_IMPATIENT (LIMIT_MATCH_STEPS / 16)

/* Hearings after which it repays to know of vetoes too what they need. */
#define HEARINGS_BEFORE_VETOES 100u

/* The text up to at most `most` bytes, whole characters. */
static struct slice cut(struct slice text, size_t most)
{
	size_t i;

	if (text.len <= most)
		return text;
	for (i = 0; i < 3 && ((unsigned char)text.at[most] & 0xc0) == 0x80; i++)
		most--;
	return slice_sub(text, 0, most);
}

static const struct echo *echo_of_scope(struct hearing *hearing)
{
	const struct detections *out = hearing->out;
	bool whole = hearing->scope == SCOPE_WHOLE;
	size_t index = whole ? out->clauses.count : hearing->scope;

	if (!hearing->echo_known[index]) {
		struct slice text = out->folded.text;

		if (!whole)
			text = slice_span(text, out->clauses.items[index].where);
		hearing->echo_known[index] = true;
		if (hearing->before)
			hearing->echoes[index] = echo_measure(hearing->before->echo,
			                                      hearing->detector->stemmer, text);
	}
	return &hearing->echoes[index];
}

/* The clause's place among those that say something: “mm.” and “right, ok.” do not. */
static uint32_t place(const struct hearing *hearing)
{
	const struct detections *out = hearing->out;
	uint32_t count = 1;

	for (uint32_t i = 0; hearing->scope != SCOPE_WHOLE && i < hearing->scope; i++) {
		struct slice text = slice_span(out->folded.text, out->clauses.items[i].where);
		struct span word;
		size_t at = 0;
		bool says = false;

		while (!says && clause_word(text, &at, &word))
			says = clause_is_content(slice_span(text, word));
		count += says && out->clauses.items[i].kind == CLAUSE_SPEECH;
	}
	return count;
}

double detect_feature(void *context, int id, int arg)
{
	struct hearing *hearing = context;
	const struct clauses *clauses = &hearing->out->clauses;
	const struct clause *clause =
	        hearing->scope == SCOPE_WHOLE ? NULL : &clauses->items[hearing->scope];

	switch ((enum feature)id) {
	case FEATURE_WORDS:
		return clause ? clause->words : clauses->words;
	case FEATURE_QUESTIONS:
		return clauses->questions;
	case FEATURE_QUESTION:
		return clause ? clause->question : clauses->questions > 0;
	case FEATURE_ECHO:
		return echo_of_scope(hearing)->last;
	case FEATURE_ECHO_ALL:
		return echo_of_scope(hearing)->all;
	case FEATURE_ECHO_RUN:
		return echo_of_scope(hearing)->run;
	case FEATURE_ECHO_TURNS:
		return echo_of_scope(hearing)->turns;
	case FEATURE_ECHO_WORDS:
		return echo_of_scope(hearing)->words;
	case FEATURE_AFTER_QUESTION:
		return echo_of_scope(hearing)->asked;
	case FEATURE_PLACE:
		return place(hearing);
	case FEATURE_TURN:
		return hearing->before ? hearing->before->turns + 1 : 1;
	case FEATURE_COUNT:
		if (!hearing->before || arg < 0 || (size_t)arg >= hearing->before->move_count)
			return 0;
		return hearing->before->made[arg];
	case FEATURE_MAKES:
		return arg >= 0 && hearing->by_move[arg].count > 0;
	case FEATURES:
		break;
	}
	BUG("a rule asks for feature %d", id);
}

/* The clause, or the utterance. Of a clause that is long for want of words or because clauses ran
 * out, the beginning. */
static struct slice scope_text(const struct hearing *hearing, uint32_t scope)
{
	const struct detections *out = hearing->out;

	if (scope == SCOPE_WHOLE)
		return out->folded.text;
	return cut(slice_span(out->folded.text, out->clauses.items[scope].where),
	           2 * LIMIT_CLAUSE_BYTES);
}

static bool has_bit(const uint64_t *bits, size_t bit)
{
	return (bits[bit / 64] >> (bit % 64) & 1) != 0;
}

/* A pattern that passed its limit is not tried again in this utterance. */
static bool finds(struct hearing *hearing, struct watch *watch, uint32_t scope, struct span *where)
{
	struct detector *detector = hearing->detector;
	size_t index = scope == SCOPE_WHOLE ? hearing->out->clauses.count : scope;
	enum regex_result found;

	if (!has_bit(hearing->pass[index], (size_t)(watch - detector->watches)) ||
	    watch->gave_up == detector->hearings || !watch_ready(watch))
		return false;
	watch->tried++;
	detector->steps = 0;
	found = regex_find(watch->regex, detector->scratch, scope_text(hearing, scope), 0, where);
	watch->steps += detector->steps;
	if (found == REGEX_YES) {
		watch->matched++;
		return true;
	}
	if (found == REGEX_NO)
		return false;
	watch->gave_up = detector->hearings;
	if (++hearing->out->gave_up == PATIENCE)
		regex_scratch_steps(detector->scratch, STEPS_IMPATIENT);
	return false;
}

static bool is_vetoed(struct hearing *hearing, const struct rule *rule, struct watch *unless,
                      size_t count, struct span where)
{
	struct span ignored;
	size_t i;

	for (i = 0; i < count; i++) {
		uint32_t scope = unless[i].pattern->whole ? SCOPE_WHOLE : hearing->scope;

		if (!finds(hearing, &unless[i], scope, &ignored))
			continue;
		why_vetoed(hearing, rule, unless[i].pattern, where);
		return true;
	}
	return false;
}

static bool is_held(struct hearing *hearing, const struct rule *rule,
                    const struct expr *const *when, size_t count, struct span where)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (expr_holds(when[i], detect_feature, hearing))
			continue;
		why_failed(hearing, rule, when[i], where);
		return false;
	}
	return true;
}

struct span detect_typed(const struct hearing *hearing, struct span span)
{
	struct slice text = hearing->out->folded.text;

	while (span.start < span.end && strchr(" \n", text.at[span.start]))
		span.start++;
	while (span.end > span.start && strchr(" \n", text.at[span.end - 1]))
		span.end--;
	return fold_back(&hearing->out->folded, span);
}

/* What is quoted back stands within another sentence: no marks of its own around it. */
static struct slice unmarked(struct slice text)
{
	static const char *const marks[] = {".", ",", "!", "?",  ";",  ":",  "\"", "'",
	                                    " ", "-", "…", "”",  "’",  "—",  "–",  "“",
	                                    "‘", "(", ")", "\n", "\t", "\r", "»",  "«"};
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		struct slice mark = slice_of(marks[i]);

		if (text.len && slice_ends(text, mark))
			text.len -= mark.len;
		else if (text.len && slice_starts(text, mark))
			text = slice_sub(text, mark.len, text.len);
		else
			continue;
		i = (size_t)-1;
	}
	return text;
}

/* A named group of the match just made, in the folded utterance; false if it caught nothing. */
static bool caught(const struct hearing *hearing, const struct watch *watch, uint32_t offset,
                   const char *name, struct span *span)
{
	if (!regex_group(watch->regex, hearing->detector->scratch, name, span) ||
	    span->start >= span->end)
		return false;
	span->start += offset;
	span->end += offset;
	return true;
}

static uint32_t clause_at(const struct clauses *clauses, uint32_t offset)
{
	uint32_t index = 0;

	while (index + 1 < clauses->count && clauses->items[index + 1].where.start <= offset)
		index++;
	return index;
}

/* Searches the hearing's scope for the rule's match and fills `found`; says nothing yet of vetoes
 * and conditions. */
static bool is_matched(struct hearing *hearing, struct watched_rule *watched,
                       struct detection *found)
{
	const struct detections *out = hearing->out;
	const struct rule *rule = watched->rule;
	bool whole = hearing->scope == SCOPE_WHOLE;
	uint32_t offset = whole ? 0 : out->clauses.items[hearing->scope].where.start;
	struct span match;
	struct span said;

	if (!finds(hearing, watched->match, hearing->scope, &match))
		return false;
	*found = (struct detection){
	        .move = rule->move, .rule = rule, .confidence = rule->confidence};
	if (caught(hearing, watched->match, offset, "said", &said))
		found->said = unmarked(slice_span(out->folded.said, detect_typed(hearing, said)));
	if (!caught(hearing, watched->match, offset, "here", &match) && !whole)
		match = out->clauses.items[hearing->scope].where;
	found->where = detect_typed(hearing, match);
	found->clause = whole ? clause_at(&out->clauses, match.start) : hearing->scope;
	return true;
}

static bool is_found(struct hearing *hearing, struct watched_move *move,
                     struct watched_rule *watched, struct detection *found)
{
	const struct rule *rule = watched->rule;
	struct span nowhere = {0, 0};

	/* Where nobody asks why, what costs less comes first. */
	if (!hearing->miss && !watched->late &&
	    !is_held(hearing, rule, rule->when, rule->when_count, nowhere))
		return false;
	if (!is_matched(hearing, watched, found))
		return false;
	return is_held(hearing, rule, rule->when, rule->when_count, found->where) &&
	       is_held(hearing, rule, move->move->when, move->move->when_count, found->where) &&
	       !is_vetoed(hearing, rule, watched->unless, rule->unless_count, found->where) &&
	       !is_vetoed(hearing, rule, move->unless, move->move->unless_count, found->where);
}

/* The best detection of the move in each clause: rules come the most confident first. */
static void find_in_clauses(struct hearing *hearing, struct watched_move *move)
{
	const struct clauses *clauses = &hearing->out->clauses;
	struct detection *best = hearing->best;
	struct detection found;
	size_t i;
	uint32_t k;

	memset(best, 0, clauses->count * sizeof(*best));
	for (i = 0; i < move->move->rule_count; i++) {
		struct watched_rule *rule = &move->rules[i];

		if (!has_bit(hearing->passes, (size_t)(rule->match - hearing->detector->watches)))
			continue;
		if (rule->rule->match.whole) {
			hearing->scope = SCOPE_WHOLE;
			if (is_found(hearing, move, rule, &found) && !best[found.clause].move)
				best[found.clause] = found;
			continue;
		}
		for (k = 0; k < clauses->count; k++) {
			bool seen = clauses->items[k].kind == CLAUSE_SPEECH || rule->actions;

			hearing->scope = k;
			if (seen && !best[k].move && is_found(hearing, move, rule, &found))
				best[k] = found;
		}
	}
}

/* The move that `detection` gives way to, or NULL. */
static const struct move *stronger(const struct hearing *hearing, const struct detection *detection)
{
	const struct move *move = detection->move;
	size_t i;
	size_t k;

	for (i = 0; i < move->yield_count; i++) {
		const struct range *range = &hearing->by_move[move->yields[i]->index];

		for (k = range->start; k < range->start + range->count; k++) {
			if (span_overlaps(hearing->kept[k].where, detection->where))
				return move->yields[i];
		}
	}
	return NULL;
}

static bool needs_met(const struct hearing *hearing, const struct move *move)
{
	size_t i;

	for (i = 0; i < move->need_count; i++) {
		const struct move *needed = move->needs[i];

		if (hearing->by_move[needed->index].count > 0 ||
		    (hearing->before && history_count(hearing->before, needed) > 0))
			return true;
	}
	return move->need_count == 0;
}

static void keep(struct hearing *hearing, const struct detection *detection)
{
	struct range *range = &hearing->by_move[detection->move->index];

	hearing->kept = arena_grow(hearing->arena, hearing->kept, &hearing->kept_cap,
	                           hearing->kept_count + 1, sizeof(*hearing->kept));
	if (range->count++ == 0)
		range->start = hearing->kept_count;
	hearing->kept[hearing->kept_count++] = *detection;
}

static void hear_move(struct hearing *hearing, struct watched_move *watched)
{
	const struct detection *best = hearing->best;
	bool met = needs_met(hearing, watched->move);
	size_t i;

	if (!met && watched->move != hearing->asked)
		return;
	find_in_clauses(hearing, watched);
	for (i = 0; i < hearing->out->clauses.count; i++) {
		const struct move *other;

		if (!best[i].move)
			continue;
		other = stronger(hearing, &best[i]);
		if (other)
			why_dropped(hearing, MISS_YIELDS, &best[i], other);
		else if (!met)
			why_dropped(hearing, MISS_NEEDS, &best[i], watched->move->needs[0]);
		else
			keep(hearing, &best[i]);
	}
}

static int by_place(const void *left, const void *right)
{
	const struct detection *a = left;
	const struct detection *b = right;

	if (a->where.start != b->where.start)
		return a->where.start < b->where.start ? -1 : 1;
	if (a->move->index != b->move->index)
		return a->move->index < b->move->index ? -1 : 1;
	return (a->clause > b->clause) - (a->clause < b->clause);
}

/* Which patterns are worth trying, in which clause. */
static void sift(struct hearing *hearing)
{
	struct detector *detector = hearing->detector;
	size_t count = hearing->out->clauses.count + 1;
	size_t words = (detector->watch_count + 63) / 64;
	struct sieve_scratch *scratch;
	size_t i;
	size_t k;

	detector_sift(detector, detector->hearings > HEARINGS_BEFORE_VETOES);
	hearing->pass = ARENA_ARRAY(hearing->arena, uint64_t *, count);
	hearing->passes = ARENA_ARRAY(hearing->arena, uint64_t, words);
	scratch = sieve_scratch_new(detector->in_clause, hearing->arena);
	for (i = 0; i < count; i++) {
		hearing->pass[i] = ARENA_ARRAY(hearing->arena, uint64_t, words);
		if (detector->unsifted)
			memset(hearing->pass[i], 0xff, words * sizeof(uint64_t));
		else if (i + 1 < count)
			sieve_pass(detector->in_clause, scratch, scope_text(hearing, (uint32_t)i),
			           hearing->pass[i]);
		else
			sieve_pass(detector->in_whole,
			           sieve_scratch_new(detector->in_whole, hearing->arena),
			           hearing->out->folded.text, hearing->pass[i]);
		for (k = 0; k < words; k++)
			hearing->passes[k] |= hearing->pass[i][k];
	}
}

/* The moves one of whose rules passed, in their order. */
static void hear_moves(struct hearing *hearing)
{
	struct detector *detector = hearing->detector;
	size_t next = 0; /* moves before this one were heard */
	size_t i = 0;

	while (i < detector->rule_count) {
		uint64_t rest = hearing->passes[i / 64] >> (i % 64);
		size_t index;

		if (rest == 0) {
			i = (i / 64 + 1) * 64;
			continue;
		}
		i += (size_t)__builtin_ctzll(rest);
		if (i >= detector->rule_count)
			break;
		index = detector->rules[i++]->rule->move->index;
		if (index < next)
			continue;
		next = index + 1;
		hear_move(hearing, &detector->moves[index]);
	}
}

void detect_hear(struct hearing *hearing, struct slice said)
{
	const struct ruleset *ruleset = hearing->detector->ruleset;
	struct detections *out = hearing->out;

	said = cut(said, LIMIT_UTTERANCE_BYTES);
	*out = (struct detections){0};
	hearing->detector->hearings++;
	fold(said, hearing->arena, &out->folded);
	/* One character can fold to eleven times its bytes. */
	if (out->folded.text.len > LIMIT_UTTERANCE_BYTES)
		fold(slice_sub(said, 0, out->folded.from[LIMIT_UTTERANCE_BYTES]), hearing->arena,
		     &out->folded);
	clause_split(out->folded.text, hearing->arena, &out->clauses);
	sift(hearing);
	hearing->echoes = ARENA_ARRAY(hearing->arena, struct echo, out->clauses.count + 1);
	hearing->echo_known = ARENA_ARRAY(hearing->arena, bool, out->clauses.count + 1);
	hearing->best = ARENA_ARRAY(hearing->arena, struct detection, out->clauses.count);
	hearing->by_move = ARENA_ARRAY(hearing->arena, struct range, ruleset->move_count);
	hear_moves(hearing);
	if (out->gave_up >= PATIENCE)
		regex_scratch_steps(hearing->detector->scratch, LIMIT_MATCH_STEPS);
	if (hearing->kept_count)
		qsort(hearing->kept, hearing->kept_count, sizeof(*hearing->kept), by_place);
	out->items = hearing->kept;
	out->count =
	        hearing->kept_count < LIMIT_DETECTIONS ? hearing->kept_count : LIMIT_DETECTIONS;
}

void detect(struct detector *detector, struct slice said, const struct history *before,
            struct arena *arena, struct detections *out)
{
	struct hearing hearing = {
	        .detector = detector, .before = before, .arena = arena, .out = out};

	detect_hear(&hearing, said);
}

bool detections_have(const struct detections *detections, const struct move *move)
{
	return detections_of(detections, move) != NULL;
}

const struct detection *detections_of(const struct detections *detections, const struct move *move)
{
	const struct detection *best = NULL;
	size_t i;

	for (i = 0; i < detections->count; i++) {
		const struct detection *item = &detections->items[i];

		if (item->move == move && (!best || item->confidence > best->confidence))
			best = item;
	}
	return best;
}
