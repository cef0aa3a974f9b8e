/* reviewing.c: see reviewing.h. */
#include "edge/reviewing.h"

#include "edge/file.h"
#include "edge/opining.h"
#include "edge/report.h"
#include "edge/report_json.h"
#include "edge/report_opinion.h"
#include "edge/report_why.h"
#include "edge/term.h"
#include "edge/transcript.h"
#include "engine/debrief.h"
#include "engine/exchange.h"
#include "engine/trial.h"

#define QUOTE_COLUMNS 60

/* One file being reviewed. */
struct review {
	const struct reviewing_request *request;
	const struct move *move; /* to explain, or NULL */
	const struct transcript *transcript;
	struct detector *detector;
	struct session *session;
	struct arena arena;
	struct debrief debrief;
	struct opinion opinion; /* zeros where there is none */
};

/* The turn of the transcript that is the mentor's utterance `number`. */
static const struct transcript_turn *written(const struct review *review, uint32_t number)
{
	const struct transcript_turn *turn = review->transcript->turns;

	while (!turn->mentor || --number > 0)
		turn++;
	return turn;
}

static void near_miss(const struct review *review, const struct turn *turn, struct arena *arena,
                      struct near_miss *out)
{
	struct history *before = session_history(review->session, turn->number);

	*out = (struct near_miss){0};
	detect_why_not(review->detector, turn->utterance, before, review->move, arena, out);
	history_free(before);
}

/* Where the asked move was heard in a turn, or why it was not. */
static void explain_move(const struct review *review, const struct turn *turn, struct page *page)
{
	struct arena arena;
	struct near_miss miss;
	bool any = false;
	size_t i;

	arena_init(&arena);
	for (i = 0; i < turn->heard.count; i++) {
		const struct detection *found = &turn->heard.items[i];

		if (found->move != review->move)
			continue;
		page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
		page_addz(page, STYLE_PLAIN, any ? "Also heard in " : "Heard in ");
		report_quote(page, STYLE_PLAIN, slice_span(turn->utterance, found->where),
		             QUOTE_COLUMNS);
		page_addz(page, STYLE_PLAIN, " by ");
		page_add(page, STYLE_DIM, report_place(found->rule->match.place, &arena));
		page_addz(page, STYLE_PLAIN, ".");
		page_end(page);
		any = true;
	}
	if (!any) {
		near_miss(review, turn, &arena, &miss);
		report_near_miss(page, turn, review->move, &miss);
	}
	arena_release(&arena);
}

static void explain(const struct review *review, struct page *page)
{
	size_t turns = session_turns(review->session);
	size_t i;

	for (i = 1; i <= turns; i++) {
		const struct turn *turn = session_turn(review->session, i);

		page_begin(page, REPORT_MARGIN, REPORT_SPEECH);
		page_addf(page, STYLE_BOLD, "Turn %zu", i);
		page_addf(page, STYLE_DIM,
		          ", line %u: ", (unsigned)written(review, (uint32_t)i)->place.line);
		if (slice_trim(turn->utterance).len)
			report_quote(page, STYLE_PLAIN, turn->utterance, QUOTE_COLUMNS);
		else
			page_addz(page, STYLE_PLAIN, "(pause)");
		page_end(page);
		if (review->move)
			explain_move(review, turn, page);
		else
			report_why_heard(page, review->session, turn);
	}
}

static void heading(const struct review *review, struct page *page)
{
	size_t turns = session_turns(review->session);

	page_begin(page, REPORT_MARGIN, REPORT_MARGIN);
	page_add(page, STYLE_BOLD, file_name(review->transcript->source.path));
	page_addf(page, STYLE_PLAIN, ": %zu turn%s of yours with ", turns, turns == 1 ? "" : "s");
	page_add(page, STYLE_PLAIN, review->transcript->name);
	page_addz(page, STYLE_PLAIN, ".");
	page_end(page);
	page_gap(page);
}

static struct page page_for(const struct reviewing_request *request)
{
	struct term_look look = term_look(1);

	return (struct page){.width = look.width,
	                     .colour = look.colour && !request->plain,
	                     .plain = request->plain};
}

static void put_page(const struct review *review)
{
	const struct reviewing_request *request = review->request;
	struct page page = page_for(request);

	heading(review, &page);
	if (!review->move) {
		report_findings(&page, &review->debrief);
		if (!request->full)
			page_gap(&page);
		report_frameworks(&page, &review->debrief.score, request->full);
		report_talk(&page, &review->debrief.score.measures, review->transcript->name);
		if (request->explain)
			page_gap(&page);
	}
	if (request->explain)
		explain(review, &page);
	out_put(strbuf_slice(&page.out));
	page_release(&page);
}

static void add_explanation(const struct review *review, const struct turn *turn,
                            struct json *object)
{
	struct json *explanation = json_object();
	bool found = detections_have(&turn->heard, review->move);
	struct strbuf why = {0};
	struct arena arena;
	struct near_miss miss;

	arena_init(&arena);
	json_add_text(explanation, "move", review->move->id);
	json_add_bool(explanation, "found", found);
	if (!found) {
		near_miss(review, turn, &arena, &miss);
		trial_near_miss(&miss, &why);
		json_add_text(explanation, "why", strbuf_slice(&why));
	}
	json_add(object, "explain", explanation);
	strbuf_release(&why);
	arena_release(&arena);
}

static struct json *turns_json(const struct review *review)
{
	size_t turns = session_turns(review->session);
	struct json *list = json_array();
	size_t i;

	for (i = 1; i <= turns; i++) {
		const struct turn *turn = session_turn(review->session, i);
		struct json *object = json_object();

		json_add_int(object, "turn", (long)i);
		json_add_int(object, "line", (long)written(review, (uint32_t)i)->place.line);
		json_add_text(object, "mentor", turn->utterance);
		json_add(object, "moves", report_json_moves(&turn->heard));
		json_add(object, "acts", report_json_acts(&turn->heard));
		json_add_text(object, "ect", turn->said);
		if (review->move)
			add_explanation(review, turn, object);
		json_push(list, object);
	}
	return list;
}

static void put_json(const struct review *review)
{
	struct json *event = report_json_debrief(&review->debrief);
	struct strbuf out = {0};

	json_add_text(event, "file", review->transcript->source.path);
	json_add_text(event, "name", review->transcript->name);
	json_add_text(event, "opening", session_opening(review->session));
	json_add(event, "turns", turns_json(review));
	if (review->opinion.session)
		json_add(event, "second_opinion",
		         report_json_opinion(&review->opinion,
		                             opining_host_name(review->request->opining)));
	else if (review->request->opinion)
		json_add_null(event, "second_opinion");
	json_print(event, &out);
	strbuf_addc(&out, '\n');
	out_put(strbuf_slice(&out));
	json_free(event);
	strbuf_release(&out);
}

/* What somebody else is asked about the same words, when all that is ours is known. */
static bool ask(struct review *review)
{
	bool good = true;
	struct err err;

	if (review->request->opining && session_turns(review->session)) {
		opinion_init(&review->opinion, review->session);
		good = opining_host_ask(review->request->opining, review->transcript->source.text,
		                        &review->opinion, &err);
		if (!good) {
			out_err(&err);
			opinion_release(&review->opinion);
		}
	}
	return good;
}

static void put_opinion(const struct review *review)
{
	struct page page = page_for(review->request);

	if (review->opinion.session) {
		page_gap(&page);
		report_opinion(&page, &review->opinion,
		               opining_host_name(review->request->opining));
		out_put(strbuf_slice(&page.out));
	}
	page_release(&page);
}

/* False when a second opinion was asked for and there is none. */
static bool review_transcript(struct detector *detector, const struct reviewing_request *request,
                              const struct move *move, const struct transcript *transcript)
{
	struct review review = {
	        .request = request, .move = move, .transcript = transcript, .detector = detector};
	struct exchange *exchange = exchange_new(detector, transcript->name);
	bool good;
	size_t i;

	for (i = 0; i < transcript->count; i++) {
		const struct transcript_turn *turn = &transcript->turns[i];

		if (turn->mentor)
			exchange_mentor(exchange, turn->words);
		else
			exchange_ect(exchange, turn->words);
	}
	review.session = exchange_session(exchange);
	arena_init(&review.arena);
	debrief_make(review.session, &review.arena, &review.debrief);
	/* It may take a while: there is something to read meanwhile. */
	if (!request->json) {
		put_page(&review);
		out_flush();
	}
	good = ask(&review);
	if (request->json)
		put_json(&review);
	else
		put_opinion(&review);
	opinion_release(&review.opinion);
	arena_release(&review.arena);
	exchange_free(exchange);
	return good;
}

static enum status review_file(struct detector *detector, const struct reviewing_request *request,
                               const struct move *move, struct slice path, bool *any)
{
	enum status status = STATUS_FINE;
	struct transcript transcript;
	struct diags diags = {0};
	struct err err;

	if (!transcript_read(path, request->mentor, &transcript, &diags, &err)) {
		out_err(&err);
		status = STATUS_TROUBLE;
	} else {
		out_diags(&diags);
		if (diags.errors) {
			status = STATUS_FINDINGS;
		} else {
			if (*any && !request->json)
				out_putz("\n");
			*any = true;
			if (!review_transcript(detector, request, move, &transcript))
				status = STATUS_FINDINGS;
		}
	}
	diags_release(&diags);
	transcript_release(&transcript);
	return status;
}

static const struct move *find_move(const struct ruleset *ruleset, struct slice id, struct err *err)
{
	const struct move *move = ruleset_move(ruleset, id);
	struct arena arena;
	struct nearest nearest;

	if (move)
		return move;
	arena_init(&arena);
	nearest_init(&nearest, id);
	ruleset_resolve(ruleset, EXPR_ARG_MOVE, id, &nearest);
	id = slice_sub(id, 0, 60);
	err_set(err, "unknown move ‘%.*s’%s", SLICE_ARGS(id), nearest_hint(&nearest, &arena));
	arena_release(&arena);
	return NULL;
}

/* `--explain MOVE FILE` reads like `--explain FILE FILE`: a word that is a move and no file. */
static bool is_move(const struct ruleset *ruleset, const struct reviewing_request *request,
                    struct slice word)
{
	return request->explain && !request->move.len && ruleset_move(ruleset, word) &&
	       file_kind(word, NULL) == FILE_NONE;
}

enum status reviewing_run(struct detector *detector, const struct reviewing_request *request)
{
	const struct ruleset *ruleset = detector_ruleset(detector);
	const struct move *move = NULL;
	enum status status = STATUS_FINE;
	size_t files = request->path_count;
	bool any = false;
	struct err err;
	size_t i;

	if (request->move.len) {
		move = find_move(ruleset, request->move, &err);
		if (!move) {
			out_err(&err);
			return STATUS_USAGE;
		}
	}
	for (i = 0; i < request->path_count; i++) {
		if (!is_move(ruleset, request, request->paths[i]))
			continue;
		move = ruleset_move(ruleset, request->paths[i]);
		files--;
	}
	if (files == 0) {
		err_set(&err, "which conversation? name the file after the move");
		out_err(&err);
		return STATUS_USAGE;
	}
	for (i = 0; i < request->path_count; i++) {
		enum status one;

		if (is_move(ruleset, request, request->paths[i]))
			continue;
		one = review_file(detector, request, move, request->paths[i], &any);
		if (one > status)
			status = one;
	}
	return status;
}
