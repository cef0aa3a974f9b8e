/* plan_compare.c: what came of a plan in a conversation (plan.h). */
#include "engine/debrief_parts.h"
#include "engine/plan.h"

#include "load/clause.h"

/* So much of a line's content, by word stems, in one turn: the line was said, in other words. */
#define SAID_SHARE 0.6
/* A line of fewer content words proves nothing by them. */
#define SAID_WORDS 2u

/* One question is no mode yet. */
#define TURNS_OF_A_MODE 3u

struct comparing {
	const struct plan *plan;
	const struct session *session;
	const struct ruleset *ruleset;
	struct arena *arena;
	const struct score_turn *turns;
	size_t turn_count;
	const struct score *score;
	const struct plan_script *script;
	struct table findings;
};

static struct plan_finding *add(struct comparing *c, enum plan_part part, struct slice id)
{
	struct plan_finding *finding = table_add(c->arena, &c->findings, sizeof(*finding));

	finding->part = part;
	finding->id = id;
	return finding;
}

static const struct framework_score *score_of(const struct score *score,
                                              const struct framework *framework)
{
	size_t i;

	for (i = 0; framework && i < score->framework_count; i++) {
		if (score->frameworks[i].framework == framework)
			return &score->frameworks[i];
	}
	return NULL;
}

/* How far a move pulls towards a cell, by both axes. */
static int pull_of(const struct move *move, const struct framework *framework,
                   const struct grid_cell *cell)
{
	int pull = 0;
	size_t i;

	for (i = 0; i < move->axis_count; i++) {
		const struct axis *axis = &move->axes[i];
		int at = slice_eq(axis->name, framework->axis_x)   ? cell->x
		         : slice_eq(axis->name, framework->axis_y) ? cell->y
		                                                   : -1;

		pull += at == 2 ? axis->change : at == 0 ? -axis->change : 0;
	}
	return pull;
}

/* The quote within turns `from` to `to` that shows the cell best; NULL when none does. `*sum` gets
 * all that pulls there. */
static const struct quote *best_quote(const struct framework_score *score,
                                      const struct grid_cell *cell, uint32_t from, uint32_t to,
                                      double *sum)
{
	const struct quote *best = NULL;
	double most = 0;
	size_t i;

	*sum = 0;
	for (i = 0; i < score->quote_count; i++) {
		const struct quote *quote = &score->quotes[i];
		double pull = pull_of(quote->detection->move, score->framework, cell) *
		              quote->detection->confidence;

		if (quote->turn < from || quote->turn > to || !quote->text.len || pull <= 0)
			continue;
		*sum += pull;
		if (pull > most || (pull >= most && best && quote->turn < best->turn)) {
			most = pull;
			best = quote;
		}
	}
	return best;
}

/* The cell that a turn alone reads as; NULL when it shows nothing. */
static const struct grid_cell *cell_of_turn(const struct comparing *c,
                                            const struct framework *framework, size_t index)
{
	const struct framework *one[1] = {framework};
	struct ruleset only = *c->ruleset;
	struct score score;

	only.frameworks = one;
	only.framework_count = 1;
	score_turns(&only, &c->turns[index], 1, 0, c->arena, &score);
	return score.frameworks[0].cell;
}

/* Turns one after the other that each read as the same cell. */
struct run {
	uint32_t from, to;
	const struct quote *quote;
	double sum;
};

static struct run strongest_run(const struct comparing *c, const struct framework_score *score)
{
	struct run best = {0};
	size_t i = 0;

	while (i < c->turn_count) {
		struct run run = {.from = (uint32_t)i + 1};

		while (i < c->turn_count && cell_of_turn(c, score->framework, i) == score->cell)
			i++;
		run.to = (uint32_t)i;
		if (run.to < run.from) {
			i++;
			continue;
		}
		run.quote = best_quote(score, score->cell, run.from, run.to, &run.sum);
		if (run.quote && run.sum > best.sum)
			best = run;
	}
	return best;
}

static struct slice turns_in_words(uint32_t from, uint32_t to, struct arena *arena)
{
	if (from == to)
		return slice_format(arena, "turn %u", from);
	return slice_format(arena, "turns %u %s %u", from, to == from + 1 ? "and" : "to", to);
}

static void compare_cell(struct comparing *c, enum plan_part part)
{
	const struct grid_cell *planned = plan_cell(c->plan, c->ruleset, part);
	const struct framework_score *score = score_of(c->score, plan_framework(c->ruleset, part));
	struct run run = {.to = (uint32_t)c->turn_count};
	struct plan_finding *finding;
	struct slice meant, words;

	if (c->turn_count < TURNS_OF_A_MODE || !planned || !score || !score->cell)
		return;
	if (score->cell != planned)
		run = strongest_run(c, score);
	if (!run.quote)
		run.quote = best_quote(score, score->cell, 0, (uint32_t)c->turn_count, &run.sum);
	if (!run.quote)
		return;
	meant = plan_name(planned->title, c->arena);
	words = debrief_short(run.quote->text, c->arena);
	finding = add(c, part, planned->id);
	finding->quote = run.quote->text;
	finding->as_planned = score->cell == planned;
	finding->turn = run.from ? run.from : run.quote->turn;
	finding->last = run.from ? run.to : run.quote->turn;
	if (finding->as_planned) {
		finding->text = slice_format(
		        c->arena, "You planned for %.*s, and it read so: turn %u, “%.*s”.",
		        SLICE_ARGS(meant), finding->turn, SLICE_ARGS(words));
		return;
	}
	finding->read_as = score->cell->id;
	finding->text = slice_format(
	        c->arena, "You planned for %.*s; %.*s read as %.*s: “%.*s”.", SLICE_ARGS(meant),
	        SLICE_ARGS(turns_in_words(finding->turn, finding->last, c->arena)),
	        SLICE_ARGS(plan_name(score->cell->title, c->arena)), SLICE_ARGS(words));
}

/* Where a move was first heard, and not struck; else NULL. */
static const struct detection *first_heard(const struct comparing *c, const struct move *move,
                                           uint32_t *turn)
{
	size_t i, j;

	for (i = 0; move && i < c->turn_count; i++) {
		for (j = 0; j < c->turns[i].heard->count; j++) {
			if (c->turns[i].heard->items[j].move == move && !c->turns[i].struck[j]) {
				*turn = c->turns[i].number;
				return &c->turns[i].heard->items[j];
			}
		}
	}
	return NULL;
}

static void heard_at(struct comparing *c, struct plan_finding *finding, uint32_t turn,
                     struct slice quote, const char *what)
{
	struct slice words = debrief_short(quote, c->arena);

	finding->as_planned = true;
	finding->turn = finding->last = turn;
	finding->quote = quote;
	finding->text = words.len ? slice_format(c->arena, "%s: heard at turn %u, “%.*s”.", what,
	                                         turn, SLICE_ARGS(words))
	                          : slice_format(c->arena, "%s: heard at turn %u.", what, turn);
}

static void not_heard(struct comparing *c, struct plan_finding *finding, struct slice planned,
                      const char *what)
{
	finding->quote = planned;
	finding->text = slice_format(c->arena, "%s; I did not hear it.", what);
}

/* An answer in free text that one move would carry out. */
static void compare_move(struct comparing *c, enum plan_part part, const char *id, const char *what)
{
	const struct move *move = ruleset_move(c->ruleset, slice_of(id));
	struct slice planned = c->plan->answers[part];
	const struct detection *found;
	struct plan_finding *finding;
	uint32_t turn;

	if (!move || !planned.len)
		return;
	found = first_heard(c, move, &turn);
	finding = add(c, part, move->id);
	if (found)
		heard_at(c, finding, turn,
		         slice_trim(slice_span(c->turns[turn - 1].mentor, found->where)), what);
	else
		not_heard(c, finding, planned, what);
}

static void compare_influence(struct comparing *c)
{
	const struct framework_score *score =
	        score_of(c->score, plan_framework(c->ruleset, PLAN_INFLUENCE));
	size_t i;

	for (i = 0; score && i < score->item_count; i++) {
		const struct item_score *item = &score->items[i];
		struct plan_finding *finding;
		const char *what;

		if (!plan_has_item(c->plan, PLAN_INFLUENCE, item->item->id))
			continue;
		what = slice_format(c->arena, "You planned to use %.*s",
		                    SLICE_ARGS(plan_name(item->item->title, c->arena)))
		               .at;
		finding = add(c, PLAN_INFLUENCE, item->item->id);
		if (item->quote_count)
			heard_at(c, finding, item->quotes[0].turn, item->quotes[0].text, what);
		else
			not_heard(c, finding, item->item->title, what);
	}
}

static const char *script_had(struct comparing *c, struct slice title, struct slice line)
{
	title = slice_sub(title, 0, slice_find(title, SLICE(": ")));
	return slice_format(c->arena, "%.*s stood in your script (“%.*s”)", SLICE_ARGS(title),
	                    SLICE_ARGS(debrief_short(line, c->arena)))
	        .at;
}

/* What of a framework stands in the script: was it said? */
static void compare_items(struct comparing *c, const struct framework_score *script)
{
	const struct framework_score *score;
	size_t i;

	if (!script)
		return;
	score = score_of(c->score, script->framework);
	for (i = 0; score && i < script->item_count; i++) {
		const struct item_score *planned = &script->items[i];
		const struct item_score *heard = &score->items[i];
		struct plan_finding *finding;
		const char *what;

		/* A pause in a script has no words to quote. */
		if (!planned->quote_count || !planned->quotes[0].text.len)
			continue;
		what = script_had(c, planned->item->title, planned->quotes[0].text);
		finding = add(c, PLAN_SCRIPT, planned->item->id);
		if (heard->quote_count)
			heard_at(c, finding, heard->quotes[0].turn, heard->quotes[0].text, what);
		else
			not_heard(c, finding, planned->quotes[0].text, what);
	}
}

static void compare_reflection(struct comparing *c)
{
	const struct move *move = ruleset_move(c->ruleset, SLICE("invite_reflection"));
	const struct detection *found = NULL;
	struct plan_finding *finding;
	struct slice line = {0};
	uint32_t turn;
	size_t i;

	for (i = 0; move && !found && i < c->script->count; i++) {
		line = c->script->lines[i].mentor;
		found = detections_of(c->script->lines[i].heard, move);
	}
	if (!found)
		return;
	line = slice_trim(slice_span(line, found->where));
	finding = add(c, PLAN_SCRIPT, move->id);
	found = first_heard(c, move, &turn);
	if (found)
		heard_at(c, finding, turn,
		         slice_trim(slice_span(c->turns[turn - 1].mentor, found->where)),
		         script_had(c, move->title, line));
	else
		not_heard(c, finding, line, script_had(c, move->title, line));
}

/* What the turns said, for one line of the script: a share of its content words. */
struct line_words {
	double *share; /* by turn */
	uint32_t content; /* words of content in the line */
};

static uint32_t content_words(struct slice folded)
{
	struct span word;
	size_t at = 0;
	uint32_t count = 0;

	while (clause_word(folded, &at, &word))
		count += clause_is_content(slice_span(folded, word));
	return count;
}

static struct line_words *measure_lines(const struct comparing *c)
{
	struct line_words *lines = ARENA_ARRAY(c->arena, struct line_words, c->script->count);
	struct stemmer *stemmer = detector_stemmer(session_detector(c->session));
	struct echo_memory *memory = echo_new();
	size_t i, k;

	for (i = 0; i < c->script->count; i++) {
		lines[i].share = ARENA_ARRAY(c->arena, double, c->turn_count);
		lines[i].content = content_words(c->script->lines[i].heard->folded.text);
	}
	for (k = 0; k < c->turn_count; k++) {
		echo_clear(memory);
		echo_add(memory, stemmer, c->turns[k].mentor);
		for (i = 0; i < c->script->count; i++)
			lines[i].share[k] = echo_measure(memory, stemmer,
			                                 c->script->lines[i].heard->folded.text)
			                            .last;
	}
	echo_free(memory);
	return lines;
}

/* All moves of the line are in the turn; there is one. */
static bool has_moves(const struct score_turn *line, const struct score_turn *turn)
{
	bool any = false;
	size_t i, k;

	for (i = 0; i < line->heard->count; i++) {
		const struct move *move = line->heard->items[i].move;

		if (move->quiet)
			continue;
		for (k = 0; k < turn->heard->count; k++) {
			if (turn->heard->items[k].move == move && !turn->struck[k])
				break;
		}
		if (k == turn->heard->count)
			return false;
		any = true;
	}
	return any;
}

static void tick_lines(const struct comparing *c, struct plan_outcome *out)
{
	const struct line_words *lines = measure_lines(c);
	size_t i, k;

	out->said = ARENA_ARRAY(c->arena, uint32_t, c->script->count);
	out->line_count = c->script->count;
	for (k = 0; k < c->turn_count; k++) {
		size_t best = c->script->count;
		bool by_words = false;

		for (i = 0; i < c->script->count; i++) {
			double share = lines[i].share[k];

			if (out->said[i])
				continue;
			if (lines[i].content >= SAID_WORDS && share >= SAID_SHARE) {
				out->said[i] = c->turns[k].number;
				by_words = true;
			} else if (has_moves(&c->script->lines[i], &c->turns[k]) &&
			           (best == c->script->count || share > lines[best].share[k])) {
				best = i;
			}
		}
		if (!by_words && best < c->script->count)
			out->said[best] = c->turns[k].number;
	}
	for (i = 0; i < out->line_count; i++)
		out->lines_said += out->said[i] != 0;
}

/* One that went otherwise, and one that went as planned; else two of a kind. */
static void choose_told(struct plan_outcome *out)
{
	size_t i;

	for (i = 0; i < out->count; i++) {
		const struct plan_finding *finding = &out->findings[i];

		if (!out->told[finding->as_planned])
			out->told[finding->as_planned] = finding;
	}
	for (i = 0; i < out->count && !(out->told[0] && out->told[1]); i++) {
		const struct plan_finding *finding = &out->findings[i];

		if (finding == out->told[0] || finding == out->told[1])
			continue;
		out->told[out->told[0] ? 1 : 0] = finding;
	}
	if (!out->told[0]) {
		out->told[0] = out->told[1];
		out->told[1] = NULL;
	}
}

void plan_compare(const struct plan *plan, const struct session *session, struct arena *arena,
                  struct plan_outcome *out)
{
	struct comparing c = {.plan = plan,
	                      .session = session,
	                      .ruleset = session_ruleset(session),
	                      .arena = arena};
	struct plan_script script;
	struct score score;

	*out = (struct plan_outcome){0};
	plan_script(plan, c.ruleset, session_detector(session), arena, &script);
	score_session(session, arena, &score, &c.turns, &c.turn_count);
	c.script = &script;
	c.score = &score;
	tick_lines(&c, out);
	if (!c.turn_count)
		return; /* nothing was said, and nothing is claimed */
	compare_cell(&c, PLAN_MODE);
	compare_cell(&c, PLAN_CANDOUR);
	compare_items(&c, script.feedback);
	compare_reflection(&c);
	compare_move(&c, PLAN_FEEDBACK, "asks_feedback",
	             "You planned to ask for feedback on your mentoring");
	compare_move(&c, PLAN_CHECK_IN, "follow_up", "You planned how to look at it again");
	compare_influence(&c);
	compare_items(&c, script.listening);
	out->findings = c.findings.items;
	out->count = c.findings.count;
	choose_told(out);
}
