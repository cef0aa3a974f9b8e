/* evaluating.c: see evaluating.h. Here: turns are heard and counted; evaluating_report.c prints. */
#include "edge/evaluating.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "edge/measuring.h"
#include "edge/verdicts.h"
#include "engine/trial.h"

static const struct ruleset *rules_of(const struct evaluating *evaluating)
{
	return detector_ruleset(evaluating->detector);
}

static void order_add(struct evaluating *evaluating, const struct move *move)
{
	size_t i;

	for (i = 0; i < evaluating->order_count; i++) {
		if (evaluating->order[i] == move->index)
			return;
	}
	evaluating->order[evaluating->order_count++] = move->index;
}

static void order_framework(struct evaluating *evaluating, struct slice id)
{
	const struct framework *framework = ruleset_framework(rules_of(evaluating), id);
	size_t i;
	size_t j;

	for (i = 0; framework && i < framework->item_count; i++) {
		for (j = 0; j < framework->items[i].move_count; j++)
			order_add(evaluating, framework->items[i].moves[j]);
	}
}

/* Insertion sort of the rest by id; there are a few dozen moves. */
static void order_moves(struct evaluating *evaluating)
{
	const struct ruleset *ruleset = rules_of(evaluating);
	size_t *order = ARENA_ARRAY(&evaluating->arena, size_t, ruleset->move_count);
	size_t i;

	evaluating->order = order;
	order_framework(evaluating, SLICE("morepies"));
	order_framework(evaluating, SLICE("aid"));
	evaluating->leading = evaluating->order_count;
	for (i = 0; i < ruleset->move_count; i++) {
		size_t at;

		if (ruleset->moves[i]->quiet)
			continue;
		order_add(evaluating, ruleset->moves[i]);
		at = evaluating->order_count - 1;
		while (order[at] == i && at > evaluating->leading &&
		       slice_compare(ruleset->moves[order[at - 1]]->id, ruleset->moves[i]->id) >
		               0) {
			order[at] = order[at - 1];
			order[--at] = i;
		}
	}
}

static void mark_coded(struct evaluating *evaluating)
{
	const struct gold *gold = evaluating->gold;
	size_t i;
	size_t j;

	for (i = 0; i < gold->count; i++) {
		for (j = 0; j < gold->turns[i].move_count; j++) {
			const struct move *move =
			        ruleset_move(rules_of(evaluating), gold->turns[i].moves[j]);

			if (move && !move->quiet)
				evaluating->coded[move->index] = true;
		}
	}
}

void evaluating_init(struct evaluating *evaluating, struct detector *detector,
                     const struct gold *gold)
{
	size_t moves = detector_ruleset(detector)->move_count;

	*evaluating = (struct evaluating){.detector = detector, .gold = gold};
	evaluate_init(&evaluating->figures, moves);
	evaluating->history = history_new(moves);
	evaluating->wanted = ARENA_ARRAY(&evaluating->arena, bool, moves);
	evaluating->found = ARENA_ARRAY(&evaluating->arena, bool, moves);
	evaluating->coded = ARENA_ARRAY(&evaluating->arena, bool, moves);
	evaluating->groups =
	        ARENA_ARRAY(&evaluating->arena, struct evaluate_count, gold->conversations);
	evaluating->uncoded = ARENA_ARRAY(&evaluating->arena, uint32_t, moves);
	mark_coded(evaluating);
	order_moves(evaluating);
}

void evaluating_release(struct evaluating *evaluating)
{
	evaluate_release(&evaluating->figures);
	history_free(evaluating->history);
	arena_release(&evaluating->arena);
}

static void count_unknown(struct evaluating *evaluating, struct slice label)
{
	size_t i;

	for (i = 0; i < evaluating->unknown_count; i++) {
		if (slice_eq(evaluating->unknown[i].label, label)) {
			evaluating->unknown[i].turns++;
			return;
		}
	}
	evaluating->unknown =
	        arena_grow(&evaluating->arena, evaluating->unknown, &evaluating->unknown_cap,
	                   evaluating->unknown_count + 1, sizeof(*evaluating->unknown));
	evaluating->unknown[evaluating->unknown_count++] = (struct evaluating_label){label, 1};
}

static void mark_wanted(struct evaluating *evaluating, const struct gold_turn *turn)
{
	const struct ruleset *ruleset = rules_of(evaluating);
	size_t i;

	memset(evaluating->wanted, 0, ruleset->move_count * sizeof(*evaluating->wanted));
	for (i = 0; i < turn->move_count; i++) {
		const struct move *move = ruleset_move(ruleset, turn->moves[i]);

		if (!move)
			count_unknown(evaluating, turn->moves[i]);
		else if (!move->quiet)
			evaluating->wanted[move->index] = true;
	}
}

static void mark_found(struct evaluating *evaluating, const struct detections *heard)
{
	size_t moves = rules_of(evaluating)->move_count;
	size_t i;

	memset(evaluating->found, 0, moves * sizeof(*evaluating->found));
	for (i = 0; i < heard->count; i++) {
		if (!heard->items[i].move->quiet)
			evaluating->found[heard->items[i].move->index] = true;
	}
	for (i = 0; i < moves; i++) {
		if (evaluating->found[i] && !evaluating->coded[i]) {
			evaluating->found[i] = false;
			evaluating->uncoded[i]++;
		}
	}
}

/* Pools what was made of the moves of MOREPIES and AID in the conversation at hand. */
static void count_group(struct evaluating *evaluating)
{
	struct evaluate_count *group = &evaluating->groups[evaluating->group_count - 1];
	size_t i;

	for (i = 0; i < evaluating->leading; i++) {
		bool wanted = evaluating->wanted[evaluating->order[i]];
		bool found = evaluating->found[evaluating->order[i]];

		group->hits += wanted && found;
		group->misses += wanted && !found;
		group->alarms += !wanted && found;
	}
}

static void put_line(struct strbuf *out, const char *before, struct slice text, const char *after)
{
	strbuf_addz(out, before);
	utf8_clean(out, text, false);
	strbuf_addz(out, after);
}

/* A miss or a false alarm, with what is needed to judge it. */
static void put_error(struct evaluating *evaluating, const struct gold_turn *turn,
                      const struct move *move, const struct detections *heard, struct arena *arena,
                      struct strbuf *out)
{
	const struct detection *found = detections_of(heard, move);
	struct near_miss miss = {0};
	size_t i;

	put_line(out, found ? "false alarm  " : "missed  ", turn->conv, "");
	if (turn->conv.len)
		strbuf_addf(out, " turn %ld\n", turn->turn);
	else
		strbuf_addf(out, "line %" PRIu32 "\n", turn->line);
	if (turn->ect.len)
		put_line(out, "  ect     ", turn->ect, "\n");
	put_line(out, "  mentor  ", turn->mentor, "\n");
	if (found) {
		put_line(out, "  heard   ‘", slice_span(heard->folded.said, found->where),
		         "’ by match at ");
		trial_place(found->rule->match.place, out);
	} else {
		strbuf_addz(out, "  why     ");
		detect_why_not(evaluating->detector, turn->mentor, evaluating->history, move, arena,
		               &miss);
		trial_near_miss(&miss, out);
	}
	strbuf_addz(out, "\n  coded   ");
	for (i = 0; i < turn->move_count; i++)
		put_line(out, i ? ", " : "", turn->moves[i], "");
	strbuf_addz(out, turn->move_count ? "\n\n" : "nothing\n\n");
}

void evaluating_hear(struct evaluating *evaluating, const struct move *move, struct strbuf *errors)
{
	const struct gold *gold = evaluating->gold;
	struct arena arena = {0};
	size_t i;

	for (i = 0; i < gold->count; i++) {
		const struct gold_turn *turn = &gold->turns[i];
		struct detections heard;

		arena_clear(&arena);
		if (i == 0 || turn->group != gold->turns[i - 1].group) {
			history_clear(evaluating->history);
			evaluating->group_count++;
		}
		if (turn->ect.len)
			history_ect(evaluating->history, evaluating->detector, turn->ect);
		detect(evaluating->detector, turn->mentor, evaluating->history, &arena, &heard);
		mark_wanted(evaluating, turn);
		mark_found(evaluating, &heard);
		evaluate_turn(&evaluating->figures, evaluating->wanted, evaluating->found);
		count_group(evaluating);
		if (move && evaluating->wanted[move->index] != detections_have(&heard, move))
			put_error(evaluating, turn, move, &heard, &arena, errors);
		history_mentor(evaluating->history, &heard);
	}
	arena_release(&arena);
}

/* The move whose errors are asked for; NULL with words when there is none of that id. */
static const struct move *asked_move(const struct detector *detector, struct slice id,
                                     struct err *err)
{
	const struct ruleset *ruleset = detector_ruleset(detector);
	const struct move *move = ruleset_move(ruleset, id);
	struct arena arena = {0};
	struct nearest nearest;
	size_t i;

	if (move && !move->quiet)
		return move;
	nearest_init(&nearest, id);
	for (i = 0; i < ruleset->move_count; i++) {
		if (!ruleset->moves[i]->quiet)
			nearest_offer(&nearest, ruleset->moves[i]->id);
	}
	id = slice_sub(id, 0, 60);
	if (move)
		err_set(err, "‘%.*s’ is an act; acts are not evaluated", SLICE_ARGS(id));
	else
		err_set(err, "unknown move ‘%.*s’%s", SLICE_ARGS(id),
		        nearest_hint(&nearest, &arena));
	arena_release(&arena);
	return NULL;
}

static void evaluate_gold(struct detector *detector, const struct gold *gold,
                          const struct move *move, const struct evaluating_request *request)
{
	struct evaluating evaluating;
	struct strbuf out = {0};
	struct strbuf note = {0};

	evaluating_init(&evaluating, detector, gold);
	evaluating.interval = request->interval;
	evaluating_hear(&evaluating, move, &out);
	if (request->json)
		evaluating_json(&evaluating, &out);
	else if (!move)
		evaluating_table(&evaluating, &out);
	out_put(strbuf_slice(&out));
	evaluating_unknown(&evaluating, &note);
	if (note.len)
		out_note(strbuf_slice(&note));
	strbuf_clear(&note);
	evaluating_uncoded(&evaluating, &note);
	if (note.len)
		out_note(strbuf_slice(&note));
	strbuf_release(&out);
	strbuf_release(&note);
	evaluating_release(&evaluating);
}

static enum status evaluate_corpus(struct detector *detector, const struct corpus *corpus,
                                   const struct evaluating_request *request)
{
	const struct measuring_label *label = NULL;
	enum status status = STATUS_FINE;
	struct measuring measuring;
	struct strbuf out = {0};
	struct err err;

	measuring_init(&measuring, detector, corpus);
	if (request->move.len)
		label = measuring_find(&measuring, request->move, &err);
	if (request->move.len && !label) {
		out_err(&err);
		status = STATUS_USAGE;
	} else {
		measuring_hear(&measuring, label, &out);
		if (request->json)
			measuring_json(&measuring, &out);
		else if (!label)
			measuring_table(&measuring, &out);
		out_put(strbuf_slice(&out));
		if (measuring.unknown.len) {
			strbuf_clear(&out);
			strbuf_addf(&out, "rehearse: labels that no move makes, left out: %s",
			            measuring.unknown.at);
			out_note(strbuf_slice(&out));
		}
	}
	strbuf_release(&out);
	measuring_release(&measuring);
	return status;
}

static enum status run_corpus(struct detector *detector, const struct evaluating_request *request,
                              struct slice text)
{
	enum status status = STATUS_FINDINGS;
	struct diags diags = {0};
	struct corpus corpus;
	struct err err;

	corpus_parse(request->path, text, &corpus, &diags);
	out_diags(&diags);
	if (corpus.count == 0) {
		err_set(&err, "no labelled rows in ‘%.*s’", SLICE_ARGS(request->path));
		out_err(&err);
	} else {
		status = evaluate_corpus(detector, &corpus, request);
	}
	if (diags.errors && status == STATUS_FINE)
		status = STATUS_FINDINGS;
	diags_release(&diags);
	corpus_release(&corpus);
	return status;
}

static enum status run_gold(struct detector *detector, const struct evaluating_request *request,
                            struct slice text)
{
	const struct move *move = NULL;
	enum status status = STATUS_FINE;
	struct diags diags = {0};
	struct gold gold;
	struct err err;

	if (request->move.len) {
		move = asked_move(detector, request->move, &err);
		if (!move) {
			out_err(&err);
			return STATUS_USAGE;
		}
	}
	gold_parse(request->path, text, &gold, &diags);
	out_diags(&diags);
	if (gold.count == 0) {
		err_set(&err, "no coded turns in ‘%.*s’", SLICE_ARGS(request->path));
		out_err(&err);
		status = STATUS_FINDINGS;
	} else {
		evaluate_gold(detector, &gold, move, request);
	}
	if (diags.errors)
		status = STATUS_FINDINGS;
	diags_release(&diags);
	gold_release(&gold);
	return status;
}

enum status evaluating_run(struct detector *detector, const struct evaluating_request *request)
{
	struct strbuf text = {0};
	enum status status;
	struct err err;

	if (!gold_text(request->path, &text, &err)) {
		out_err(&err);
		status = STATUS_TROUBLE;
	} else if (request->verdicts.len) {
		status = verdicts_run(detector, request->path, strbuf_slice(&text),
		                      request->verdicts, request->json);
	} else if (corpus_is(strbuf_slice(&text))) {
		status = run_corpus(detector, request, strbuf_slice(&text));
	} else {
		status = run_gold(detector, request, strbuf_slice(&text));
	}
	strbuf_release(&text);
	return status;
}
