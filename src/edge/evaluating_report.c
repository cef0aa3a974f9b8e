/* evaluating_report.c: the figures of `rehearse eval`, as a table and as JSON. */
#include "edge/evaluating.h"

#include <inttypes.h>

#include "base/json.h"

#define CONFUSIONS_SHOWN 12
/* Labels with fewer positives say little. */
#define SUPPORT_ENOUGH 8

struct means {
	double leading, all, micro, micro_all;
	double low, high; /* of `micro` */
	size_t leading_used, all_used;
};

static struct means means_of(const struct evaluating *evaluating)
{
	struct means means;

	means.leading = evaluate_macro(&evaluating->figures, evaluating->order, evaluating->leading,
	                               0, &means.leading_used);
	means.all = evaluate_macro(&evaluating->figures, evaluating->order, evaluating->order_count,
	                           SUPPORT_ENOUGH, &means.all_used);
	means.micro = evaluate_pooled(&evaluating->figures, evaluating->order, evaluating->leading);
	means.micro_all = evaluate_micro(&evaluating->figures);
	means.low = means.high = means.micro;
	if (evaluating->interval && evaluating->group_count)
		evaluate_interval(evaluating->groups, evaluating->group_count, &means.low,
		                  &means.high);
	return means;
}

static struct slice id_of(const struct evaluating *evaluating, size_t move)
{
	return detector_ruleset(evaluating->detector)->moves[move]->id;
}

/* A figure in nine columns, or a dash where there is nothing to divide by. */
static void put_figure(struct strbuf *out, bool defined, double figure)
{
	if (defined)
		strbuf_addf(out, " %9.2f", figure);
	else
		strbuf_addf(out, " %9s", "-");
}

static void put_row(const struct evaluating *evaluating, size_t move, struct strbuf *out)
{
	struct evaluate_figures figures = evaluate_move(&evaluating->figures, move);
	struct slice id = id_of(evaluating, move);

	strbuf_addf(out, "%-24.*s", SLICE_ARGS(id));
	put_figure(out, figures.found > 0, figures.precision);
	put_figure(out, figures.support > 0, figures.recall);
	put_figure(out, figures.defined, figures.f1);
	strbuf_addf(out, " %7" PRIu32 " %7" PRIu32, figures.support, figures.found);
	put_figure(out, figures.defined, figures.kappa);
	strbuf_addc(out, '\n');
}

static void put_mean(struct strbuf *out, const char *name, double mean, size_t used)
{
	if (used)
		strbuf_addf(out, "%-30s  %.3f  over %zu moves\n", name, mean, used);
	else
		strbuf_addf(out, "%-30s  -\n", name);
}

static void put_means(const struct evaluating *evaluating, struct strbuf *out)
{
	struct means means = means_of(evaluating);

	strbuf_addc(out, '\n');
	put_mean(out, "macro-F1, MOREPIES and AID", means.leading, means.leading_used);
	put_mean(out, "macro-F1, 8 positives or more", means.all, means.all_used);
	if (means.leading_used)
		strbuf_addf(out, "%-30s  %.3f", "micro-F1, MOREPIES and AID", means.micro);
	if (means.leading_used && evaluating->interval)
		strbuf_addf(out, "  95%% interval %.3f to %.3f, by conversation", means.low,
		            means.high);
	strbuf_addz(out, means.leading_used ? "\n" : "");
	strbuf_addf(out, "%-30s  %.3f\n", "micro-F1, all", means.micro_all);
}

static void put_confusions(struct evaluating *evaluating, struct strbuf *out)
{
	struct evaluate_confusion *confusions;
	size_t count = evaluate_confusions(&evaluating->figures, CONFUSIONS_SHOWN,
	                                   &evaluating->arena, &confusions);
	size_t i;

	if (count)
		strbuf_addz(out, "\nworst confusions\n");
	for (i = 0; i < count; i++) {
		struct slice missed = id_of(evaluating, confusions[i].missed);
		struct slice found = id_of(evaluating, confusions[i].found);

		strbuf_addf(out, "%4" PRIu32 "  missed %.*s where %.*s was found\n",
		            confusions[i].turns, SLICE_ARGS(missed), SLICE_ARGS(found));
	}
}

void evaluating_table(struct evaluating *evaluating, struct strbuf *out)
{
	size_t conversations = evaluating->gold->conversations;
	size_t i;

	strbuf_addf(out, "%" PRIu32 " turn%s in %zu conversation%s\n\n", evaluating->figures.turns,
	            evaluating->figures.turns == 1 ? "" : "s", conversations,
	            conversations == 1 ? "" : "s");
	strbuf_addf(out, "%-24s %9s %9s %9s %7s %7s %9s\n", "move", "precision", "recall", "F1",
	            "support", "found", "kappa");
	for (i = 0; i < evaluating->order_count; i++) {
		size_t move = evaluating->order[i];

		if (evaluate_move(&evaluating->figures, move).defined)
			put_row(evaluating, move, out);
	}
	put_means(evaluating, out);
	put_confusions(evaluating, out);
}

static struct json *json_row(const struct evaluating *evaluating, size_t move)
{
	struct evaluate_figures figures = evaluate_move(&evaluating->figures, move);
	struct json *row = json_object();

	json_add_real(row, "precision", figures.precision);
	json_add_real(row, "recall", figures.recall);
	json_add_real(row, "f1", figures.f1);
	json_add_int(row, "support", (long)figures.support);
	json_add_int(row, "found", (long)figures.found);
	json_add_real(row, "kappa", figures.kappa);
	return row;
}

static struct json *json_confusions(struct evaluating *evaluating)
{
	struct evaluate_confusion *confusions;
	size_t count = evaluate_confusions(&evaluating->figures, CONFUSIONS_SHOWN,
	                                   &evaluating->arena, &confusions);
	struct json *list = json_array();
	size_t i;

	for (i = 0; i < count; i++) {
		struct json *pair = json_object();

		json_add_text(pair, "missed", id_of(evaluating, confusions[i].missed));
		json_add_text(pair, "found", id_of(evaluating, confusions[i].found));
		json_add_int(pair, "turns", (long)confusions[i].turns);
		json_push(list, pair);
	}
	return list;
}

static struct json *json_uncoded(const struct evaluating *evaluating)
{
	struct json *list = json_array();
	size_t i;

	for (i = 0; i < evaluating->order_count; i++) {
		size_t move = evaluating->order[i];
		struct json *row;

		if (evaluating->uncoded[move] == 0)
			continue;
		row = json_object();
		json_add_text(row, "move", id_of(evaluating, move));
		json_add_int(row, "turns", (long)evaluating->uncoded[move]);
		json_push(list, row);
	}
	return list;
}

static struct json *json_unknown(const struct evaluating *evaluating)
{
	struct json *list = json_array();
	size_t i;

	for (i = 0; i < evaluating->unknown_count; i++) {
		struct json *label = json_object();

		json_add_text(label, "label", evaluating->unknown[i].label);
		json_add_int(label, "turns", (long)evaluating->unknown[i].turns);
		json_push(list, label);
	}
	return list;
}

void evaluating_json(struct evaluating *evaluating, struct strbuf *out)
{
	struct means means = means_of(evaluating);
	struct json *object = json_object();
	struct json *moves = json_object();
	struct strbuf id = {0};
	size_t i;

	json_add_int(object, "turns", (long)evaluating->figures.turns);
	json_add_int(object, "conversations", (long)evaluating->gold->conversations);
	for (i = 0; i < evaluating->order_count; i++) {
		size_t move = evaluating->order[i];

		if (!evaluate_move(&evaluating->figures, move).defined)
			continue;
		strbuf_clear(&id);
		strbuf_add(&id, id_of(evaluating, move));
		json_add(moves, id.at, json_row(evaluating, move));
	}
	json_add(object, "moves", moves);
	json_add_real(object, "macro_f1", means.leading);
	json_add_real(object, "macro_f1_all", means.all);
	json_add_real(object, "micro_f1", means.micro);
	json_add_real(object, "micro_f1_all", means.micro_all);
	if (evaluating->interval) {
		struct json *interval = json_object();

		json_add_real(interval, "low", means.low);
		json_add_real(interval, "high", means.high);
		json_add(object, "micro_f1_interval", interval);
	}
	json_add(object, "confusions", json_confusions(evaluating));
	json_add(object, "unknown", json_unknown(evaluating));
	json_add(object, "uncoded", json_uncoded(evaluating));
	json_print(object, out);
	strbuf_addc(out, '\n');
	json_free(object);
	strbuf_release(&id);
}

void evaluating_unknown(const struct evaluating *evaluating, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < evaluating->unknown_count; i++) {
		strbuf_addz(out, i ? ", " : "rehearse: labels that are no moves here, left out: ");
		strbuf_add(out, evaluating->unknown[i].label);
		strbuf_addf(out, " (%" PRIu32 ")", evaluating->unknown[i].turns);
	}
}

void evaluating_uncoded(const struct evaluating *evaluating, struct strbuf *out)
{
	bool any = false;
	size_t i;

	for (i = 0; i < evaluating->order_count; i++) {
		size_t move = evaluating->order[i];
		struct slice id = id_of(evaluating, move);

		if (evaluating->uncoded[move] == 0)
			continue;
		strbuf_addf(out, "%s%.*s (%" PRIu32 ")",
		            any ? ", " : "rehearse: moves that nobody coded here, left out: ",
		            SLICE_ARGS(id), evaluating->uncoded[move]);
		any = true;
	}
}
