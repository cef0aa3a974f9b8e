/* trial.c: see trial.h. */
#include "engine/trial.h"

#include <inttypes.h>

#include "base/limits.h"
#include "engine/stems.h"

/* Quoted words are cut here: the diagnostic shows the line itself. */
#define QUOTED_BYTES 120u

static void quote(struct slice words, struct strbuf *out)
{
	size_t len = words.len;

	if (len > QUOTED_BYTES) {
		len = QUOTED_BYTES;
		while (len > 0 && ((unsigned char)words.at[len] & 0xC0) == 0x80)
			len--;
	}
	strbuf_addz(out, "‘");
	strbuf_add(out, slice_sub(words, 0, len));
	strbuf_addz(out, len < words.len ? "…’" : "’");
}

static struct slice base_name(struct slice path)
{
	size_t i = path.len;

	while (i > 0 && path.at[i - 1] != '/')
		i--;
	return slice_sub(path, i, path.len);
}

void trial_place(struct place place, struct strbuf *out)
{
	if (place.source)
		strbuf_add(out, base_name(place.source->path));
	strbuf_addf(out, ":%" PRIu32, place.line);
}

/* "line 20", or "other.rules:20" when it is another file than that of the rule. */
static void place_beside(struct place place, struct place rule, struct strbuf *out)
{
	if (place.source == rule.source)
		strbuf_addf(out, "line %" PRIu32, place.line);
	else
		trial_place(place, out);
}

void trial_near_miss(const struct near_miss *miss, struct strbuf *out)
{
	if (!miss->rule) {
		strbuf_addz(out, miss->miss == MISS_FOUND ? "it is" : "no pattern comes near");
		return;
	}
	if (miss->miss == MISS_PATTERN)
		strbuf_addz(out, "no pattern matches; ");
	strbuf_addz(out, miss->miss == MISS_FOUND ? "it is, by match at " : "nearest is match at ");
	trial_place(miss->rule->match.place, out);
	switch (miss->miss) {
	case MISS_FOUND:
	case MISS_PATTERN:
		break;
	case MISS_UNLESS:
		strbuf_addz(out, ", stopped by unless at ");
		place_beside(miss->veto->place, miss->rule->match.place, out);
		break;
	case MISS_WHEN:
		strbuf_addf(out, ", stopped by when ‘%.*s’", SLICE_ARGS(miss->condition));
		break;
	case MISS_YIELDS:
		strbuf_addf(out, ", which yields to %.*s here", SLICE_ARGS(miss->other->id));
		break;
	case MISS_NEEDS:
		strbuf_addf(out, ", which needs %.*s here or before", SLICE_ARGS(miss->other->id));
		break;
	}
}

/* What is at hand while lines are tried. */
struct trial {
	struct detector *detector;
	struct history *history;
	struct arena arena; /* of one line */
	struct arena kept;
	const struct reply **replies; /* all that she may say in the scenario */
	struct stem_set *reply_stems; /* of each, all its wordings together */
	size_t reply_count, reply_cap;
	struct strbuf text;
	struct diags *diags;
	size_t tried;
	size_t hearings; /* of better words, wherever they were tried */
};

static void trial_init(struct trial *trial, struct detector *detector, struct diags *diags)
{
	*trial = (struct trial){.detector = detector, .diags = diags};
	trial->history = history_new(detector_ruleset(detector)->move_count);
}

static size_t trial_release(struct trial *trial)
{
	history_free(trial->history);
	arena_release(&trial->arena);
	arena_release(&trial->kept);
	strbuf_release(&trial->text);
	return trial->tried;
}

/* Lines stand by turns; the last is the mentor's. */
static void hear_lines(struct trial *trial, const struct slice *lines, size_t count)
{
	struct detections heard;
	size_t i;

	for (i = 0; i + 1 < count; i++) {
		if ((count - i) % 2 == 0) {
			history_ect(trial->history, trial->detector, lines[i]);
			continue;
		}
		detect(trial->detector, lines[i], trial->history, &trial->arena, &heard);
		history_mentor(trial->history, &heard);
	}
}

static void try_line(struct trial *trial, const struct move *move, const struct rule_test *test)
{
	struct slice said = test->line_count ? test->lines[test->line_count - 1] : SLICE("");
	struct detections heard;
	const struct detection *found;
	struct near_miss miss = {0};

	arena_clear(&trial->arena);
	history_clear(trial->history);
	strbuf_clear(&trial->text);
	hear_lines(trial, test->lines, test->line_count);
	detect(trial->detector, said, trial->history, &trial->arena, &heard);
	trial->tried++;
	found = detections_of(&heard, move);
	if ((found != NULL) == test->wanted)
		return;
	quote(said, &trial->text);
	if (found) {
		strbuf_addf(&trial->text, " is heard as %.*s by match at ", SLICE_ARGS(move->id));
		trial_place(found->rule->match.place, &trial->text);
	} else {
		strbuf_addf(&trial->text, " is not heard as %.*s: ", SLICE_ARGS(move->id));
		detect_why_not(trial->detector, said, trial->history, move, &trial->arena, &miss);
		trial_near_miss(&miss, &trial->text);
	}
	diag_error(trial->diags, test->place, "%s", trial->text.at);
}

size_t trial_pack(struct detector *detector, struct slice path, struct diags *diags)
{
	const struct ruleset *ruleset = detector_ruleset(detector);
	struct trial trial;
	size_t i;
	size_t j;

	trial_init(&trial, detector, diags);
	for (i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves[i];

		for (j = 0; j < move->test_count; j++) {
			const struct rule_test *test = &move->tests[j];

			if (test->place.source && slice_eq(test->place.source->path, path))
				try_line(&trial, move, test);
		}
	}
	return trial_release(&trial);
}

/* "; heard: closed_question, probe" */
static void add_heard(const struct detections *heard, struct strbuf *out)
{
	const struct move *last = NULL;
	bool any = false;
	size_t i;

	for (i = 0; i < heard->count; i++) {
		const struct move *move = heard->items[i].move;

		if (move == last)
			continue;
		last = move;
		strbuf_addf(out, "%s%.*s", any ? ", " : "; heard: ", SLICE_ARGS(move->id));
		any = true;
	}
	if (!any)
		strbuf_addz(out, "; nothing was heard");
}

static void model_moves(struct trial *trial, const struct session *session,
                        const struct model_line *line, const struct turn *turn)
{
	size_t i;

	for (i = 0; i < line->move_count; i++) {
		const struct move *move = line->moves[i];
		struct history *before;
		struct near_miss miss = {0};

		if (detections_have(&turn->heard, move))
			continue;
		before = session_history(session, turn->number);
		strbuf_clear(&trial->text);
		quote(line->words, &trial->text);
		strbuf_addf(&trial->text, " is not heard as %.*s: ", SLICE_ARGS(move->id));
		detect_why_not(trial->detector, line->words, before, move, &trial->arena, &miss);
		trial_near_miss(&miss, &trial->text);
		add_heard(&turn->heard, &trial->text);
		diag_error(trial->diags, line->place, "%s", trial->text.at);
		history_free(before);
	}
}

/* "; ‘agreed’ does not hold" */
static void add_stop(struct session *session, const struct ending *wanted, struct strbuf *out)
{
	struct slice unmet;

	switch (session_ending_stop(session, wanted, &unmet)) {
	case ENDING_WHEN:
		strbuf_addf(out, "; ‘%.*s’ does not hold", SLICE_ARGS(unmet));
		break;
	case ENDING_QUESTION:
		strbuf_addz(out,
		            "; its condition holds, but the line asks what was not answered: let "
		            "another line follow");
		break;
	case ENDING_OPENED:
		strbuf_addz(out,
		            "; its condition holds, but nobody leaves on what was just told or "
		            "shown: let another line follow");
		break;
	case ENDING_NOTHING:
		break;
	}
}

static void model_end(struct trial *trial, struct session *session, const struct model_line *last)
{
	const struct scenario *scenario = session_scenario(session);
	const struct ending *wanted = &scenario->endings[scenario->model_ending];
	const struct ending *reached = session_ending(session);
	int i;

	if (reached == wanted)
		return;
	strbuf_clear(&trial->text);
	strbuf_addf(&trial->text, "the model does not reach ending ‘%.*s’: after this line ",
	            SLICE_ARGS(wanted->id));
	if (reached)
		strbuf_addf(&trial->text, "it has ended as ‘%.*s’, with ", SLICE_ARGS(reached->id));
	else
		strbuf_addz(&trial->text, "it goes on, with ");
	for (i = 0; i < METERS; i++)
		strbuf_addf(&trial->text, "%s%s %d", i ? ", " : "", meter_name((enum meter)i),
		            session_meter(session, (enum meter)i));
	add_stop(session, wanted, &trial->text);
	diag_error(trial->diags, last->place, "%s", trial->text.at);
}

static void play_model(struct trial *trial, const struct scenario *scenario)
{
	struct session *session =
	        session_new(scenario, detector_ruleset(trial->detector), trial->detector, 0);
	const struct model_line *last = NULL;
	size_t i;

	session_opening(session);
	for (i = 0; i < scenario->model_count; i++) {
		const struct model_line *line = &scenario->model[i];
		const struct turn *turn;

		if (!line->mentor)
			continue;
		turn = session_hear(session, line->words, 0);
		if (!turn) {
			const struct ending *ending = session_ending(session);

			diag_error(trial->diags, line->place,
			           "the conversation has ended before this line%s%.*s%s",
			           ending ? ", as ‘" : "", ending ? (int)ending->id.len : 0,
			           ending ? ending->id.at : "", ending ? "’" : "");
			last = NULL;
			break;
		}
		trial->tried++;
		model_moves(trial, session, line, turn);
		last = line;
	}
	if (last && scenario->model_ending >= 0)
		model_end(trial, session, last);
	session_free(session);
}

/* Better words, tried after one line of hers after another. */
struct better_words {
	struct slice words;
	const struct move *move;
};

static bool is_heard(struct trial *trial, const struct better_words *better)
{
	struct detections heard;

	arena_clear(&trial->arena);
	trial->hearings++;
	detect(trial->detector, better->words, trial->history, &trial->arena, &heard);
	return detections_have(&heard, better->move);
}

/* No pattern matches: what was said before makes no difference. */
static bool is_hopeless(struct trial *trial, const struct better_words *better)
{
	struct near_miss miss = {0};

	arena_clear(&trial->arena);
	detect_why_not(trial->detector, better->words, trial->history, better->move, &trial->arena,
	               &miss);
	return miss.miss == MISS_PATTERN;
}

static bool heard_after(struct trial *trial, const struct better_words *better,
                        const struct reply *reply)
{
	size_t i;
	size_t j;

	for (i = 0; i < reply->alternative_count; i++) {
		const struct alternative *alternative = &reply->alternatives[i];

		strbuf_clear(&trial->text);
		for (j = 0; j < alternative->line_count; j++) {
			strbuf_add(&trial->text, alternative->lines[j].words);
			strbuf_addc(&trial->text, '\n');
		}
		history_ect(trial->history, trial->detector, strbuf_slice(&trial->text));
		if (is_heard(trial, better))
			return true;
	}
	return false;
}

/* After any of her lines; those that have words of it first, since what gives back her words is
 * heard after them, or the others. */
static bool heard_after_any(struct trial *trial, const struct better_words *better,
                            const struct stem_set *stems, bool near)
{
	size_t i;

	for (i = 0; i < trial->reply_count && trial->hearings < LIMIT_TRIALS; i++) {
		if ((stems_shared(&trial->reply_stems[i], stems) > 0) == near &&
		    heard_after(trial, better, trial->replies[i]))
			return true;
	}
	return false;
}

/* What was said in the model, as written: some moves need others before them. */
static void hear_model(struct trial *trial, const struct scenario *scenario)
{
	struct detections heard;
	size_t i;

	history_clear(trial->history);
	for (i = 0; i < scenario->model_count; i++) {
		const struct model_line *line = &scenario->model[i];

		if (!line->mentor) {
			history_ect(trial->history, trial->detector, line->words);
			continue;
		}
		detect(trial->detector, line->words, trial->history, &trial->arena, &heard);
		history_mentor(trial->history, &heard);
	}
}

/* Heard at the very start, so late in the talk, or after some line of hers? The cheap tries first.
 */
static bool heard_somewhere(struct trial *trial, const struct better_words *better,
                            const struct scenario *scenario)
{
	struct stem_set stems;
	int near;

	history_clear(trial->history);
	if (is_heard(trial, better))
		return true;
	if (is_hopeless(trial, better))
		return false;
	hear_model(trial, scenario);
	if (is_heard(trial, better))
		return true;
	stems = stems_in(detector_stemmer(trial->detector), better->words, &trial->kept);
	for (near = 1; near >= 0; near--) {
		history_clear(trial->history);
		if (heard_after_any(trial, better, &stems, near))
			return true;
		hear_model(trial, scenario);
		if (heard_after_any(trial, better, &stems, near))
			return true;
	}
	return false;
}

/* `so`: what comes of it. */
static void warn_unheard(struct trial *trial, struct place place, const struct better_words *better,
                         const char *so)
{
	struct near_miss miss = {0};

	arena_clear(&trial->arena);
	strbuf_clear(&trial->text);
	quote(better->words, &trial->text);
	strbuf_addf(&trial->text, " is not heard as %.*s%s: ", SLICE_ARGS(better->move->id), so);
	detect_why_not(trial->detector, better->words, trial->history, better->move, &trial->arena,
	               &miss);
	trial_near_miss(&miss, &trial->text);
	diag_warn(trial->diags, place, "%s", trial->text.at);
}

static void try_better(struct trial *trial, const struct scenario *scenario, struct slice words,
                       const struct move *move, struct place place)
{
	const struct better_words better = {words, move};

	if (words.len == 0 || !move)
		return;
	trial->tried++;
	if (!heard_somewhere(trial, &better, scenario))
		warn_unheard(trial, place, &better, ", so the debrief will not offer it");
}

/* What was seen is what this move says: its `say` is the evidence and nothing else. */
static bool says_evidence(const struct move *move)
{
	size_t i;

	for (i = 0; i < move->say_count; i++)
		if (slice_is(slice_trim(move->says[i].words), "{evidence}"))
			return true;
	return false;
}

/* Mentors type their notes nearly as they stand: one that is not heard for what it is earns them
 * nothing. */
static void try_evidence(struct trial *trial, const struct evidence *evidence)
{
	const struct ruleset *ruleset = detector_ruleset(trial->detector);
	struct better_words words = {.words = evidence->text};
	bool said = false;
	size_t i;

	history_clear(trial->history);
	for (i = 0; i < ruleset->move_count; i++) {
		if (!says_evidence(ruleset->moves[i]))
			continue;
		words.move = ruleset->moves[i];
		trial->tried += !said;
		said = true;
		if (is_heard(trial, &words))
			return;
	}
	if (said)
		warn_unheard(trial, evidence->place, &words,
		             " when a mentor types it; say who did what, as a camera would have "
		             "seen it");
}

static void collect(struct trial *trial, const struct reply *reply)
{
	size_t i;

	if (!reply)
		return;
	trial->replies = arena_grow(&trial->kept, trial->replies, &trial->reply_cap,
	                            trial->reply_count + 1, sizeof(const struct reply *));
	trial->replies[trial->reply_count++] = reply;
	for (i = 0; i < reply->then_count; i++)
		collect(trial, reply->then[i]);
}

static void collect_all(struct trial *trial, const struct scenario *scenario)
{
	size_t i;
	size_t j;

	collect(trial, scenario->opening);
	for (i = 0; i < scenario->beat_count; i++) {
		for (j = 0; j < scenario->beats[i].reply_count; j++)
			collect(trial, scenario->beats[i].replies[j]);
	}
	for (i = 0; i < scenario->reply_count; i++)
		collect(trial, scenario->replies[i]);
	for (i = 0; i < scenario->fact_count; i++) {
		collect(trial, scenario->facts[i].reply);
		collect(trial, scenario->facts[i].agree);
		collect(trial, scenario->facts[i].deny);
	}
	for (i = 0; i < scenario->tell_count; i++)
		collect(trial, scenario->tells[i].reply);
	for (i = 0; i < scenario->stock_count; i++)
		collect(trial, scenario->stock[i]);
}

static void collect_stems(struct trial *trial)
{
	size_t i, j, k;

	trial->reply_stems = ARENA_ARRAY(&trial->kept, struct stem_set, trial->reply_count + 1);
	for (i = 0; i < trial->reply_count; i++) {
		const struct reply *reply = trial->replies[i];

		strbuf_clear(&trial->text);
		for (j = 0; j < reply->alternative_count; j++) {
			for (k = 0; k < reply->alternatives[j].line_count; k++) {
				strbuf_add(&trial->text, reply->alternatives[j].lines[k].words);
				strbuf_addc(&trial->text, '\n');
			}
		}
		trial->reply_stems[i] = stems_in(detector_stemmer(trial->detector),
		                                 strbuf_slice(&trial->text), &trial->kept);
	}
}

size_t trial_scenario(const struct scenario *scenario, struct detector *detector,
                      struct diags *diags)
{
	struct trial trial;
	size_t i;

	trial_init(&trial, detector, diags);
	play_model(&trial, scenario);
	for (i = 0; i < scenario->evidence_count; i++)
		try_evidence(&trial, &scenario->evidence[i]);
	collect_all(&trial, scenario);
	collect_stems(&trial);
	for (i = 0; i < scenario->better_count; i++)
		try_better(&trial, scenario, scenario->betters[i].words, scenario->betters[i].move,
		           scenario->betters[i].place);
	for (i = 0; i < trial.reply_count; i++)
		try_better(&trial, scenario, trial.replies[i]->instead_words,
		           trial.replies[i]->instead, trial.replies[i]->place);
	return trial_release(&trial);
}
