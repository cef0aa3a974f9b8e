/* measuring.c: see measuring.h. */
#include "edge/measuring.h"

#include <inttypes.h>

#include "base/json.h"
#include "base/utf8.h"
#include "engine/trial.h"

/* Columns of the list of what makes a label. */
#define MEANING_AT 21
#define MEANING_MOST 88
/* A turn's number beyond this says no more than “late”. */
#define TURNS_MOST 1000

/* What makes a label of theirs. A star at the end stands for any ending. */
static const struct {
	const char *label;
	const char *moves; /* blanks between */
	const char *members; /* of a union: labels that count as it … */
	const char
	        *where; /* … where the corpus has all of these; without, where it has the label */
	const char *else_moves; /* where the packs have none of `moves` */
} known[] = {
        {"minimal_encourager", "minimal_encourager", "", "", ""},
        {"open_question", "open_question", "", "", ""},
        {"closed_question", "closed_question leading_question closed_form", "", "", ""},
        {"question",
         "open_question closed_question leading_question stacked_questions probe "
         "invite_reflection asks_*",
         "open_question closed_question", "open_question closed_question", ""},
        {"repetition", "same_words", "", "", "repetition"},
        {"paraphrase", "paraphrase", "", "", ""},
        {"emotional_label", "emotional_label", "", "", ""},
        {"summarise", "summarise", "", "", ""},
        {"reflection", "repetition same_words paraphrase summarise emotional_label about_them",
         "repetition paraphrase summarise emotional_label", "paraphrase", ""},
        {"affirmation", "specific_praise vague_praise affirms reassures", "", "", ""},
        {"self_disclosure", "unity shares_own shares_own_*", "", "", ""},
        {"suggestion", "desired_outcome unsolicited_solution proposal", "", "", ""},
        {"i_message", "i_message", "", "", ""},
};
#define KNOWN (sizeof(known) / sizeof(known[0]))

static bool fits(struct slice id, struct slice wanted)
{
	if (slice_ends(wanted, SLICE("*")))
		return slice_starts(id, slice_sub(wanted, 0, wanted.len - 1));
	return slice_eq(id, wanted);
}

static void find_moves(struct measuring *measuring, struct measuring_label *label,
                       struct slice wanted)
{
	const struct ruleset *ruleset = detector_ruleset(measuring->detector);
	struct slice word;

	label->moves = ARENA_ARRAY(&measuring->arena, const struct move *, ruleset->move_count + 1);
	while (slice_word(&wanted, &word)) {
		for (size_t i = 0; i < ruleset->move_count; i++)
			if (label->move_count < ruleset->move_count &&
			    fits(ruleset->moves[i]->id, word))
				label->moves[label->move_count++] = ruleset->moves[i];
	}
}

static bool used(const struct corpus *corpus, struct slice label)
{
	for (size_t i = 0; i < corpus->count; i++)
		if (corpus_has(corpus->rows[i].labels, label))
			return true;
	return false;
}

static bool all_used(const struct corpus *corpus, struct slice labels)
{
	struct slice label;
	bool all = labels.len > 0;

	while (all && slice_word(&labels, &label))
		all = used(corpus, label);
	return all;
}

static void add_label(struct measuring *measuring, struct slice id, struct slice moves,
                      struct slice else_moves, struct slice members)
{
	struct measuring_label *label = &measuring->labels[measuring->label_count];
	struct slice member;

	*label = (struct measuring_label){.id = id, .written = moves};
	while (label->member_count < 4 && slice_word(&members, &member))
		label->members[label->member_count++] = member;
	find_moves(measuring, label, moves);
	if (label->move_count == 0) {
		label->written = else_moves;
		find_moves(measuring, label, else_moves);
	}
	if (label->move_count) {
		measuring->label_count++;
		return;
	}
	if (measuring->unknown.len)
		strbuf_addz(&measuring->unknown, ", ");
	utf8_clean(&measuring->unknown, id, false);
}

static bool is_known(struct slice label)
{
	for (size_t i = 0; i < KNOWN; i++)
		if (slice_is(label, known[i].label))
			return true;
	return slice_is(label, "none") || label.len == 0;
}

static bool is_met(const struct measuring *measuring, const struct slice *met, size_t count,
                   struct slice label)
{
	for (size_t i = 0; i < count; i++)
		if (slice_eq(met[i], label))
			return true;
	for (size_t i = 0; i < measuring->label_count; i++)
		if (slice_eq(measuring->labels[i].id, label))
			return true;
	return false;
}

/* Labels that stand in no table of ours may still be called like a move. */
static void add_others(struct measuring *measuring)
{
	struct slice met[MEASURING_LABELS];
	size_t count = 0;

	for (size_t i = 0; i < measuring->corpus->count; i++) {
		struct slice rest = measuring->corpus->rows[i].labels;
		struct slice label;

		while (slice_cut(&rest, ',', &label) && count < MEASURING_LABELS &&
		       measuring->label_count < MEASURING_LABELS) {
			label = slice_trim(label);
			if (is_known(label) || is_met(measuring, met, count, label))
				continue;
			met[count++] = label;
			add_label(measuring, label, label, SLICE(""), SLICE(""));
		}
	}
}

void measuring_init(struct measuring *measuring, struct detector *detector,
                    const struct corpus *corpus)
{
	*measuring = (struct measuring){.detector = detector, .corpus = corpus};
	measuring->history = history_new(detector_ruleset(detector)->move_count);
	for (size_t i = 0; i < KNOWN; i++) {
		struct slice id = slice_of(known[i].label);

		if (used(corpus, id) || all_used(corpus, slice_of(known[i].where)))
			add_label(measuring, id, slice_of(known[i].moves),
			          slice_of(known[i].else_moves), slice_of(known[i].members));
	}
	add_others(measuring);
}

void measuring_release(struct measuring *measuring)
{
	history_free(measuring->history);
	strbuf_release(&measuring->unknown);
	arena_release(&measuring->arena);
}

const struct measuring_label *measuring_find(const struct measuring *measuring, struct slice id,
                                             struct err *err)
{
	struct nearest nearest;
	struct arena arena;

	nearest_init(&nearest, id);
	for (size_t i = 0; i < measuring->label_count; i++) {
		if (slice_eq(measuring->labels[i].id, id))
			return &measuring->labels[i];
		nearest_offer(&nearest, measuring->labels[i].id);
	}
	arena_init(&arena);
	id = slice_sub(id, 0, 60);
	err_set(err, "no label ‘%.*s’ here%s", SLICE_ARGS(id), nearest_hint(&nearest, &arena));
	arena_release(&arena);
	return NULL;
}

static bool is_wanted(const struct measuring_label *label, const struct corpus_row *row)
{
	if (corpus_has(row->labels, label->id))
		return true;
	for (size_t i = 0; i < label->member_count; i++)
		if (corpus_has(row->labels, label->members[i]))
			return true;
	return false;
}

static const struct detection *find(const struct measuring_label *label,
                                    const struct detections *heard)
{
	for (size_t i = 0; i < label->move_count; i++) {
		const struct detection *found = detections_of(heard, label->moves[i]);

		if (found)
			return found;
	}
	return NULL;
}

static void count(struct evaluate_tally *tally, bool wanted, bool found, double weight)
{
	tally->all += weight;
	if (wanted)
		*(found ? &tally->hits : &tally->misses) += weight;
	else if (found)
		tally->alarms += weight;
}

static void put_line(struct strbuf *out, const char *before, struct slice text, const char *after)
{
	strbuf_addz(out, before);
	utf8_clean(out, text, false);
	strbuf_addz(out, after);
}

/* The miss that came nearest of all the label's moves: one whose pattern matched, if any. */
static void put_near_miss(struct measuring *measuring, const struct measuring_label *label,
                          struct slice text, struct arena *arena, struct strbuf *out)
{
	struct near_miss best = {0};
	size_t which = 0;

	for (size_t i = 0; i < label->move_count; i++) {
		struct near_miss miss = {0};

		detect_why_not(measuring->detector, text, measuring->history, label->moves[i],
		               arena, &miss);
		if (i == 0 || (best.miss == MISS_PATTERN && miss.miss != MISS_PATTERN)) {
			best = miss;
			which = i;
		}
	}
	if (label->move_count > 1)
		put_line(out, "", label->moves[which]->id, ": ");
	trial_near_miss(&best, out);
}

static void put_error(struct measuring *measuring, const struct measuring_label *label,
                      const struct corpus_row *row, const struct detections *heard,
                      struct arena *arena, struct strbuf *out)
{
	const struct detection *found = find(label, heard);

	strbuf_addf(out, "%s  line %" PRIu32, found ? "false alarm" : "missed", row->line);
	if (row->dialogue.len)
		put_line(out, "  ", row->dialogue, "");
	if (row->turn.len)
		put_line(out, " turn ", row->turn, "");
	strbuf_addc(out, '\n');
	if (row->before.len)
		put_line(out, "  before  ", row->before, "\n");
	put_line(out, "  text    ", row->text, "\n");
	if (found) {
		put_line(out, "  heard   ", found->move->id, " ‘");
		put_line(out, "", slice_span(heard->folded.said, found->where), "’ by match at ");
		trial_place(found->rule->match.place, out);
	} else {
		strbuf_addz(out, "  why     ");
		put_near_miss(measuring, label, row->text, arena, out);
	}
	put_line(out, "\n  coded   ", row->labels, "\n\n");
}

static void measure_row(struct measuring *measuring, const struct corpus_row *row,
                        const struct detections *heard, const struct measuring_label *asked,
                        struct arena *arena, struct strbuf *errors)
{
	for (size_t i = 0; i < measuring->label_count; i++) {
		struct measuring_label *label = &measuring->labels[i];
		bool wanted = is_wanted(label, row);
		bool found = find(label, heard) != NULL;

		if (corpus_has(row->unsure, label->id)) {
			label->unsure++;
			continue;
		}
		count(&label->rows, wanted, found, 1);
		count(&label->weight, wanted, found, row->weight);
		if (label == asked && wanted != found)
			put_error(measuring, label, row, heard, arena, errors);
	}
}

/* The speaker's own turns before: half of those so far, the other's being among them. */
static uint32_t turns_before(struct slice turn)
{
	uint32_t number = 0;

	for (size_t i = 0; i < turn.len && number < TURNS_MOST; i++) {
		if (turn.at[i] < '0' || turn.at[i] > '9')
			return i && turn.at[i] == '.' ? number / 2 : 0;
		number = number * 10 + (uint32_t)(turn.at[i] - '0');
	}
	return number / 2;
}

void measuring_hear(struct measuring *measuring, const struct measuring_label *asked,
                    struct strbuf *errors)
{
	struct arena arena = {0};

	for (size_t i = 0; i < measuring->corpus->count; i++) {
		const struct corpus_row *row = &measuring->corpus->rows[i];
		struct detections heard;

		arena_clear(&arena);
		history_clear(measuring->history);
		history_skip(measuring->history, turns_before(row->turn));
		if (row->before.len)
			history_ect(measuring->history, measuring->detector, row->before);
		detect(measuring->detector, row->text, measuring->history, &arena, &heard);
		measure_row(measuring, row, &heard, asked, &arena, errors);
	}
	arena_release(&arena);
}

static void put_figure(struct strbuf *out, bool defined, double figure)
{
	if (defined)
		strbuf_addf(out, " %6.2f", figure);
	else
		strbuf_addf(out, " %6s", "-");
}

static void put_figures(struct strbuf *out, const struct evaluate_figures *figures)
{
	put_figure(out, figures->found > 0, figures->precision);
	put_figure(out, figures->support > 0, figures->recall);
	put_figure(out, figures->defined, figures->f1);
}

/* “question = open_question, …, or coded as open_question, closed_question”, as the table has it.
 */
static void put_meaning(const struct measuring_label *label, struct strbuf *out)
{
	struct slice rest = label->written;
	struct slice word;
	size_t column;
	bool any = false;

	strbuf_addf(out, "%-19.*s =", SLICE_ARGS(label->id));
	for (column = MEANING_AT; slice_word(&rest, &word); any = true) {
		strbuf_addz(out, any ? "," : "");
		if (any && column + word.len + 2 > MEANING_MOST) {
			strbuf_addf(out, "\n%*s", MEANING_AT, "");
			column = MEANING_AT;
		}
		strbuf_addf(out, " %.*s", SLICE_ARGS(word));
		column += word.len + 2;
	}
	if (label->member_count)
		strbuf_addf(out, "\n%*s coded: it", MEANING_AT, "");
	for (size_t i = 0; i < label->member_count; i++)
		strbuf_addf(out, ", %.*s", SLICE_ARGS(label->members[i]));
	strbuf_addc(out, '\n');
}

void measuring_table(const struct measuring *measuring, struct strbuf *out)
{
	size_t rows = measuring->corpus->count;

	strbuf_addf(out, "%zu row%s\n\n", rows, rows == 1 ? "" : "s");
	strbuf_addf(out, "%-19s %-41s %s\n", "", " by rows", "   by weight");
	strbuf_addf(out, "%-19s %6s %6s %6s %6s %6s %5s   %6s %6s %6s %6s\n", "label", "prec.",
	            "recall", "F1", "kappa", "coded", "found", "prec.", "recall", "F1", "unsure");
	for (size_t i = 0; i < measuring->label_count; i++) {
		const struct measuring_label *label = &measuring->labels[i];
		struct evaluate_figures figures = evaluate_tally(&label->rows);
		struct evaluate_figures weighted = evaluate_tally(&label->weight);

		strbuf_addf(out, "%-19.*s", SLICE_ARGS(label->id));
		put_figures(out, &figures);
		put_figure(out, figures.defined, figures.kappa);
		strbuf_addf(out, " %6" PRIu32 " %5" PRIu32 "  ", figures.support, figures.found);
		put_figures(out, &weighted);
		strbuf_addf(out, " %6" PRIu32 "\n", label->unsure);
	}
	if (measuring->label_count)
		strbuf_addz(out, "\nwhat makes a label here\n");
	for (size_t i = 0; i < measuring->label_count; i++)
		put_meaning(&measuring->labels[i], out);
}

static struct json *figures_json(const struct evaluate_tally *tally)
{
	struct evaluate_figures figures = evaluate_tally(tally);
	struct json *row = json_object();

	json_add_real(row, "precision", figures.precision);
	json_add_real(row, "recall", figures.recall);
	json_add_real(row, "f1", figures.f1);
	json_add_real(row, "kappa", figures.kappa);
	json_add_real(row, "support", tally->hits + tally->misses);
	json_add_real(row, "found", tally->hits + tally->alarms);
	return row;
}

void measuring_json(const struct measuring *measuring, struct strbuf *out)
{
	struct json *object = json_object();
	struct json *labels = json_object();
	struct strbuf id = {0};

	json_add_int(object, "rows", (long)measuring->corpus->count);
	for (size_t i = 0; i < measuring->label_count; i++) {
		const struct measuring_label *label = &measuring->labels[i];
		struct json *row = json_object();
		struct json *moves = json_array();

		for (size_t j = 0; j < label->move_count; j++)
			json_push_text(moves, label->moves[j]->id);
		json_add(row, "moves", moves);
		json_add(row, "rows", figures_json(&label->rows));
		json_add(row, "weighted", figures_json(&label->weight));
		json_add_int(row, "unsure", (long)label->unsure);
		strbuf_clear(&id);
		utf8_clean(&id, label->id, false);
		json_add(labels, id.at, row);
	}
	json_add(object, "labels", labels);
	json_add_text(object, "unknown", strbuf_slice(&measuring->unknown));
	json_print(object, out);
	strbuf_addc(out, '\n');
	json_free(object);
	strbuf_release(&id);
}
