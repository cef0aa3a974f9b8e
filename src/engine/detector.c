/* detector.c: see detect.h. What is made once of a ruleset: its patterns, compiled when they are
 * first needed, and the sieves that tell which of them are. */
#include "engine/detect_parts.h"

static bool speaks_of_brackets(struct slice pattern)
{
	size_t i;

	for (i = 0; i + 1 < pattern.len; i++) {
		if (pattern.at[i] == '\\') {
			if (pattern.at[i + 1] == '(')
				return true;
			i++;
		} else if (pattern.at[i] == '[' && pattern.at[i + 1] == '(') {
			return true;
		}
	}
	return false;
}

static void compile(struct watch *watch, struct diags *diags)
{
	struct regex_error error;

	if (watch->regex || (watch->compiled && !diags))
		return;
	watch->compiled = true;
	watch->regex = regex_new(watch->pattern->text, &error);
	if (!watch->regex && diags)
		diag_error(diags, pattern_place(watch->pattern, error.at),
		           "the pattern does not compile: %s", error.text);
}

bool watch_ready(struct watch *watch)
{
	if (!watch->compiled)
		compile(watch, NULL);
	return watch->regex != NULL;
}

static struct watch *watch(struct detector *detector, const struct pattern *pattern, bool in_clause,
                           bool in_whole)
{
	struct watch *watch = &detector->watches[detector->watch_count++];

	watch->pattern = pattern;
	watch->in_clause = in_clause && !pattern->whole;
	watch->in_whole = in_whole || pattern->whole;
	return watch;
}

static struct watch *watch_all(struct detector *detector, const struct pattern *patterns,
                               size_t count, bool in_clause, bool in_whole)
{
	struct watch *first = &detector->watches[detector->watch_count];
	size_t i;

	for (i = 0; i < count; i++)
		watch(detector, &patterns[i], in_clause, in_whole);
	return first;
}

/* The rules of a move, the most confident first. */
static void watch_rules(struct detector *detector, const struct move *move,
                        struct watched_move *watched)
{
	size_t i;
	size_t k;

	watched->move = move;
	watched->rules = ARENA_ARRAY(&detector->arena, struct watched_rule, move->rule_count);
	for (i = 0; i < move->rule_count; i++) {
		const struct rule *rule = move->rules[i];

		for (k = i; k > 0 && watched->rules[k - 1].rule->confidence < rule->confidence; k--)
			watched->rules[k] = watched->rules[k - 1];
		watched->rules[k].rule = rule;
	}
	for (i = 0; i < move->rule_count; i++) {
		detector->rules[detector->watch_count] = &watched->rules[i];
		watched->rules[i].match =
		        watch(detector, &watched->rules[i].rule->match, true, false);
	}
}

static void watch_vetoes(struct detector *detector, struct watched_move *watched)
{
	const struct move *move = watched->move;
	bool in_clause = false;
	bool in_whole = false;
	size_t i;

	for (i = 0; i < move->rule_count; i++) {
		const struct rule *rule = watched->rules[i].rule;
		bool whole = rule->match.whole;

		in_clause = in_clause || !whole;
		in_whole = in_whole || whole;
		watched->rules[i].unless =
		        watch_all(detector, rule->unless, rule->unless_count, !whole, whole);
	}
	watched->unless =
	        watch_all(detector, move->unless, move->unless_count, in_clause, in_whole);
}

struct detector *detector_new(const struct ruleset *ruleset, struct diags *diags)
{
	struct detector *detector = mem_alloc(sizeof(*detector));
	size_t count = 0;
	size_t i;
	size_t k;

	detector->ruleset = ruleset;
	arena_init(&detector->arena);
	detector->scratch = regex_scratch_new();
	detector->stemmer = stemmer_new(ruleset->language);
	for (i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves[i];

		detector->rule_count += move->rule_count;
		count += move->unless_count + move->rule_count;
		for (k = 0; k < move->rule_count; k++)
			count += move->rules[k]->unless_count;
	}
	detector->watches = ARENA_ARRAY(&detector->arena, struct watch, count);
	detector->rules =
	        ARENA_ARRAY(&detector->arena, struct watched_rule *, detector->rule_count);
	detector->moves = ARENA_ARRAY(&detector->arena, struct watched_move, ruleset->move_count);
	for (i = 0; i < ruleset->move_count; i++)
		watch_rules(detector, ruleset->moves[i], &detector->moves[i]);
	for (i = 0; i < ruleset->move_count; i++)
		watch_vetoes(detector, &detector->moves[i]);
	if (diags)
		detector_compile(detector, diags);
	return detector;
}

static const struct sieve *sieve_of(struct detector *detector, bool in_whole, bool vetoes)
{
	struct slice *patterns = mem_alloc(detector->watch_count * sizeof(*patterns));
	size_t count = vetoes ? detector->watch_count : detector->rule_count;
	const struct sieve *sieve;
	size_t i;

	for (i = 0; i < detector->watch_count; i++) {
		const struct watch *watch = &detector->watches[i];

		if (!(in_whole ? watch->in_whole : watch->in_clause))
			continue;
		patterns[i] = i < count ? watch->pattern->text : SLICE("");
	}
	sieve = sieve_new(patterns, detector->watch_count, &detector->arena);
	free(patterns);
	return sieve;
}

static void note_echo(void *context, int id, int arg)
{
	bool *echo = context;

	(void)arg;
	if (id == FEATURE_ECHO || id == FEATURE_ECHO_ALL || id == FEATURE_ECHO_RUN ||
	    id == FEATURE_ECHO_TURNS)
		*echo = true;
}

static bool asks_for_echo(const struct expr *const *when, size_t count)
{
	bool echo = false;
	size_t i;

	for (i = 0; i < count; i++)
		expr_visit(when[i], note_echo, &echo);
	return echo;
}

static void survey(struct detector *detector)
{
	size_t i;

	for (i = 0; i < detector->rule_count; i++) {
		struct watched_rule *watched = detector->rules[i];
		const struct rule *rule = watched->rule;

		watched->actions = speaks_of_brackets(rule->match.text);
		watched->late =
		        asks_for_echo(rule->when, rule->when_count) &&
		        !sieve_always(rule->match.whole ? detector->in_whole : detector->in_clause,
		                      i);
	}
}

void detector_sift(struct detector *detector, bool vetoes)
{
	if (detector->in_clause && (detector->vetoes_sifted || !vetoes))
		return;
	detector->vetoes_sifted = vetoes;
	detector->in_clause = sieve_of(detector, false, vetoes);
	detector->in_whole = sieve_of(detector, true, vetoes);
	survey(detector);
}

void detector_compile_some(struct detector *detector,
                           bool (*wanted)(const void *context, const struct pattern *pattern),
                           const void *context, struct diags *diags)
{
	size_t i;

	for (i = 0; i < detector->watch_count; i++) {
		if (!wanted || wanted(context, detector->watches[i].pattern))
			compile(&detector->watches[i], diags);
	}
}

void detector_compile(struct detector *detector, struct diags *diags)
{
	detector_sift(detector, true);
	detector_compile_some(detector, NULL, NULL, diags);
}

void detector_report(struct detector *detector, struct diags *diags)
{
	size_t i;

	for (i = 0; i < detector->watch_count; i++) {
		if (detector->watches[i].compiled)
			compile(&detector->watches[i], diags);
	}
}

void detector_free(struct detector *detector)
{
	size_t i;

	if (!detector)
		return;
	for (i = 0; i < detector->watch_count; i++)
		regex_free(detector->watches[i].regex);
	regex_scratch_free(detector->scratch);
	stemmer_free(detector->stemmer);
	arena_release(&detector->arena);
	free(detector);
}

const struct ruleset *detector_ruleset(const struct detector *detector)
{
	return detector->ruleset;
}

struct stemmer *detector_stemmer(struct detector *detector)
{
	return detector->stemmer;
}

void detector_plain(struct detector *detector)
{
	detector->unsifted = true;
}

void detector_jit(struct detector *detector, uint32_t searches)
{
	regex_scratch_jit(detector->scratch, searches);
}
