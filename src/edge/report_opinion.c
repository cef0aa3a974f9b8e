/* report_opinion.c: see report_opinion.h. */
#include "edge/report_opinion.h"

#include <inttypes.h>

#include "edge/report.h"

#define QUOTE_COLUMNS 60
/* Fewer turns in which somebody saw a move, and its kappa says nothing for people to read. */
#define SUPPORT_ENOUGH 3

static const struct move *move_at(const struct opinion *opinion, size_t move)
{
	return session_ruleset(opinion->session)->moves[move];
}

/* "both: open question, summary"; nothing when there are none. True when there are some. */
static bool put_side(struct page *page, const struct opinion *opinion, size_t turn,
                     enum opinion_side side, const char *label)
{
	bool any = false;
	size_t i;

	for (i = 0; i < opinion->moves; i++) {
		if (opinion_side(opinion, turn, i) != side)
			continue;
		if (!any) {
			page_begin(page, REPORT_SPEECH, REPORT_SPEECH + 2);
			page_addf(page, STYLE_PLAIN, "%s: ", label);
		} else {
			page_addz(page, STYLE_PLAIN, ", ");
		}
		report_id(page, STYLE_PLAIN, move_at(opinion, i)->id);
		any = true;
	}
	if (any)
		page_end(page);
	return any;
}

static void put_turn(struct page *page, const struct opinion *opinion, size_t turn)
{
	struct slice said = session_turn(opinion->session, turn)->utterance;
	bool any;

	page_begin(page, REPORT_MARGIN, REPORT_SPEECH);
	page_addf(page, STYLE_BOLD, "Turn %zu", turn);
	page_addz(page, STYLE_DIM, ": ");
	if (slice_trim(said).len)
		report_quote(page, STYLE_PLAIN, said, QUOTE_COLUMNS);
	else
		page_addz(page, STYLE_PLAIN, "(pause)");
	page_end(page);
	if (!opinion->labelled[turn - 1]) {
		page_textz(page, REPORT_SPEECH, STYLE_DIM, "The model says nothing of this turn.");
		return;
	}
	any = put_side(page, opinion, turn, OPINION_BOTH, "both");
	any = put_side(page, opinion, turn, OPINION_RULES, "only the rules") || any;
	any = put_side(page, opinion, turn, OPINION_MODEL, "only the model") || any;
	if (!any)
		page_textz(page, REPORT_SPEECH, STYLE_DIM, "No move, both say.");
}

static uint32_t either(const struct opinion *opinion, size_t move)
{
	uint32_t turns = 0;
	size_t i;

	for (i = 1; i <= opinion->turns; i++)
		turns += opinion->labelled[i - 1] &&
		         opinion_side(opinion, i, move) != OPINION_NEITHER;
	return turns;
}

static void put_agreement(struct page *page, const struct opinion *opinion)
{
	size_t labelled = opinion_labelled(opinion);
	bool any = false;
	size_t i;

	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(page, STYLE_PLAIN,
	          "Agreement with the rules over %zu turn%s, beyond chance (Cohen's kappa: 1 is "
	          "all, 0 is none): %.2f.",
	          labelled, labelled == 1 ? "" : "s", opinion_pooled(opinion).kappa);
	for (i = 0; i < opinion->moves; i++) {
		if (move_at(opinion, i)->quiet || either(opinion, i) < SUPPORT_ENOUGH)
			continue;
		page_addz(page, STYLE_PLAIN, any ? ", " : " By move: ");
		report_id(page, STYLE_PLAIN, move_at(opinion, i)->id);
		page_addf(page, STYLE_PLAIN, " %.2f", opinion_agreement(opinion, i).kappa);
		any = true;
	}
	page_addz(page, STYLE_PLAIN, any ? "." : "");
	page_end(page);
}

void report_opinion(struct page *page, const struct opinion *opinion, struct slice host)
{
	size_t i;

	report_section(page, "A SECOND OPINION");
	page_addz(page, STYLE_PLAIN, "A machine's, the LLM at ");
	page_add(page, STYLE_PLAIN, host);
	page_addz(page, STYLE_PLAIN,
	          ": it labelled what you said by the same manual. It can be wrong, as the rules "
	          "can, and changes no score.");
	page_end(page);
	for (i = 1; i <= opinion->turns; i++)
		put_turn(page, opinion, i);
	put_agreement(page, opinion);
	if (opinion->refused) {
		page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
		page_addf(page, STYLE_DIM,
		          "Left out of its answer, since no such move or turn was asked for: "
		          "%" PRIu32 ".",
		          opinion->refused);
		page_end(page);
	}
}

static void add_side(struct json *object, const char *name, const struct opinion *opinion,
                     size_t turn, enum opinion_side side)
{
	struct json *list = json_array();
	size_t i;

	for (i = 0; i < opinion->moves; i++)
		if (opinion_side(opinion, turn, i) == side)
			json_push_text(list, move_at(opinion, i)->id);
	json_add(object, name, list);
}

static struct json *moves_json(const struct opinion *opinion)
{
	struct json *list = json_array();
	size_t i;

	for (i = 0; i < opinion->moves; i++) {
		struct evaluate_figures figures;
		struct json *object;

		if (move_at(opinion, i)->quiet || either(opinion, i) == 0)
			continue;
		figures = opinion_agreement(opinion, i);
		object = json_object();
		json_add_text(object, "move", move_at(opinion, i)->id);
		json_add_int(object, "rules", (long)figures.support);
		json_add_int(object, "model", (long)figures.found);
		json_add_int(object, "both",
		             (long)(figures.support + figures.found - either(opinion, i)));
		json_add_real(object, "kappa", figures.kappa);
		json_push(list, object);
	}
	return list;
}

struct json *report_json_opinion(const struct opinion *opinion, struct slice host)
{
	struct json *object = json_object();
	struct json *turns = json_array();
	struct json *unlabelled = json_array();
	size_t i;

	for (i = 1; i <= opinion->turns; i++) {
		struct json *turn;

		if (!opinion->labelled[i - 1]) {
			json_push_int(unlabelled, (long)i);
			continue;
		}
		turn = json_object();
		json_add_int(turn, "turn", (long)i);
		add_side(turn, "both", opinion, i, OPINION_BOTH);
		add_side(turn, "rules_only", opinion, i, OPINION_RULES);
		add_side(turn, "model_only", opinion, i, OPINION_MODEL);
		json_push(turns, turn);
	}
	json_add_text(object, "host", host);
	json_add(object, "turns", turns);
	json_add(object, "unlabelled", unlabelled);
	json_add_int(object, "refused", (long)opinion->refused);
	json_add_real(object, "kappa", opinion_pooled(opinion).kappa);
	json_add(object, "moves", moves_json(opinion));
	return object;
}
