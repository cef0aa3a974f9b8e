/* opinion.c: see opinion.h. */
#include "engine/opinion.h"

#include <stdlib.h>

#include "base/limits.h"

/* Of each move: enough to tell it from its neighbours. */
#define EXAMPLES 2

void opinion_init(struct opinion *opinion, const struct session *session)
{
	*opinion = (struct opinion){.session = session,
	                            .moves = session_ruleset(session)->move_count,
	                            .turns = session_turns(session)};
	opinion->labelled = mem_alloc((opinion->turns + 1) * sizeof(*opinion->labelled));
	opinion->made = mem_alloc((opinion->turns * opinion->moves + 1) * sizeof(*opinion->made));
}

void opinion_release(struct opinion *opinion)
{
	free(opinion->labelled);
	free(opinion->made);
	*opinion = (struct opinion){0};
}

static const struct move *move_at(const struct opinion *opinion, size_t move)
{
	return session_ruleset(opinion->session)->moves[move];
}

static struct slice ect_before(const struct opinion *opinion, size_t turn)
{
	return session_line_before(opinion->session, (uint32_t)turn);
}

size_t opinion_chunk(const struct opinion *opinion, const struct prompt *prompt, size_t first)
{
	size_t bytes = 0;
	size_t count = 0;

	while (first + count <= opinion->turns && count < (size_t)prompt->turns) {
		bytes += session_turn(opinion->session, first + count)->utterance.len +
		         ect_before(opinion, first + count).len;
		if (count && bytes > LIMIT_OPINION_BYTES)
			break;
		count++;
	}
	return count;
}

/* "ECT => mentor", the last line the mentor's. */
static void put_example(struct strbuf *out, const struct rule_test *test)
{
	size_t i;

	strbuf_addz(out, "\n  for example");
	for (i = 0; i < test->line_count; i++) {
		bool mentor = (test->line_count - i) % 2 == 1;

		strbuf_addf(out, "%s%s: %.*s", i ? " / " : " ", mentor ? "mentor" : "ECT",
		            SLICE_ARGS(test->lines[i]));
	}
}

static void put_manual(const struct opinion *opinion, struct strbuf *out)
{
	size_t i, k;

	for (i = 0; i < opinion->moves; i++) {
		const struct move *move = move_at(opinion, i);
		unsigned shown = 0;

		if (move->quiet)
			continue;
		strbuf_addf(out, "%s%.*s: %.*s", out->len ? "\n" : "", SLICE_ARGS(move->id),
		            SLICE_ARGS(move->about));
		for (k = 0; k < move->test_count && shown < EXAMPLES; k++) {
			if (!move->tests[k].wanted)
				continue;
			put_example(out, &move->tests[k]);
			shown++;
		}
	}
}

/* Shown with a move that there is. */
static void put_form(const struct opinion *opinion, struct strbuf *out)
{
	size_t i = 0;

	while (i < opinion->moves && move_at(opinion, i)->quiet)
		i++;
	if (i < opinion->moves)
		strbuf_addf(out, "{\"turns\": [{\"turn\": 1, \"moves\": [\"%.*s\"]}]}",
		            SLICE_ARGS(move_at(opinion, i)->id));
}

static void fill(void *context, struct slice slot, struct strbuf *out)
{
	const struct opinion *opinion = *(const struct opinion *const *)context;

	if (slice_is(slot, "moves"))
		put_manual(opinion, out);
	else if (slice_is(slot, "form"))
		put_form(opinion, out);
}

static void add_masked(struct json *object, const char *name, struct slice text,
                       const struct voice_mask *mask)
{
	struct strbuf masked = {0};

	if (mask) {
		voice_mask_put(mask, text, &masked);
		text = strbuf_slice(&masked);
	}
	json_add_text(object, name, text);
	strbuf_release(&masked);
}

static void push(struct json *messages, const char *role, struct slice text)
{
	struct json *message = json_object();

	json_add_text(message, "role", slice_of(role));
	json_add_text(message, "content", text);
	json_push(messages, message);
}

/* As JSON, so that no utterance can pass for another turn. */
static void put_turns(const struct opinion *opinion, const struct voice_mask *mask, size_t first,
                      size_t count, struct strbuf *out)
{
	struct json *list = json_array();
	size_t i;

	for (i = first; i < first + count; i++) {
		struct slice said = session_turn(opinion->session, i)->utterance;
		struct json *turn = json_object();

		json_add_int(turn, "turn", (long)i);
		add_masked(turn, "ect", ect_before(opinion, i), mask);
		add_masked(turn, "mentor", slice_trim(said).len ? said : SLICE("(a pause)"), mask);
		json_push(list, turn);
	}
	json_print(list, out);
	json_free(list);
}

struct json *opinion_messages(const struct opinion *opinion, const struct prompt *prompt,
                              const struct voice_mask *mask, size_t first, size_t count)
{
	struct json *messages = json_array();
	struct strbuf text = {0};

	prompt_fill(prompt, fill, &opinion, &text);
	push(messages, "system", strbuf_slice(&text));
	strbuf_clear(&text);
	put_turns(opinion, mask, first, count, &text);
	push(messages, "user", strbuf_slice(&text));
	strbuf_release(&text);
	return messages;
}

/* What stands within ``` or ```json and ```; all of it where there are none. */
static struct slice unfenced(struct slice answer)
{
	const struct slice fence = SLICE("```");
	struct slice line;

	answer = slice_trim(answer);
	if (!slice_starts(answer, fence) || !slice_ends(answer, fence) || answer.len < 6)
		return answer;
	answer = slice_sub(answer, 0, answer.len - fence.len);
	slice_cut(&answer, '\n', &line);
	return slice_trim(answer);
}

/* The number of a turn that was asked about; 0 for anything else. */
static size_t turn_of(const struct json *value, size_t first, size_t count)
{
	double number = value && json_type(value) == JSON_NUMBER ? json_number(value) : 0;
	size_t i;

	for (i = first; i < first + count; i++)
		if ((double)i == number)
			return i;
	return 0;
}

static void take_move(struct opinion *opinion, size_t turn, const struct json *value)
{
	struct slice id = json_string(value);
	const struct move *move =
	        id.len ? ruleset_move(session_ruleset(opinion->session), id) : NULL;

	if (move && !move->quiet)
		opinion->made[(turn - 1) * opinion->moves + move->index] = true;
	else
		opinion->refused++;
}

static void take_turn(struct opinion *opinion, const struct json *entry, size_t first, size_t count)
{
	const struct json *object = json_type(entry) == JSON_OBJECT ? entry : NULL;
	const struct json *moves = object ? json_get(object, "moves") : NULL;
	size_t turn = object ? turn_of(json_get(object, "turn"), first, count) : 0;
	const struct json *value;

	/* Of a turn that comes twice, the first stands. */
	if (turn == 0 || !moves || json_type(moves) != JSON_ARRAY || opinion->labelled[turn - 1]) {
		opinion->refused++;
		return;
	}
	opinion->labelled[turn - 1] = true;
	for (value = json_first(moves); value; value = json_next(value))
		take_move(opinion, turn, value);
}

bool opinion_read(struct opinion *opinion, struct slice answer, size_t first, size_t count,
                  struct err *err)
{
	struct err broken;
	struct json *root = json_parse(unfenced(answer), &broken);
	const struct json *turns =
	        root && json_type(root) == JSON_OBJECT ? json_get(root, "turns") : NULL;
	bool good = turns && json_type(turns) == JSON_ARRAY;
	const struct json *entry;

	for (entry = good ? json_first(turns) : NULL; entry; entry = json_next(entry))
		take_turn(opinion, entry, first, count);
	json_free(root);
	if (!good)
		err_set(err, "the LLM did not answer in the form asked for");
	return good;
}

static bool heard(const struct opinion *opinion, size_t turn, const struct move *move)
{
	return detections_have(&session_turn(opinion->session, turn)->heard, move) &&
	       !session_struck(opinion->session, (uint32_t)turn, move);
}

enum opinion_side opinion_side(const struct opinion *opinion, size_t turn, size_t move)
{
	bool rules, model;

	if (move_at(opinion, move)->quiet)
		return OPINION_NEITHER;
	rules = heard(opinion, turn, move_at(opinion, move));
	model = opinion->made[(turn - 1) * opinion->moves + move];
	if (rules && model)
		return OPINION_BOTH;
	return rules ? OPINION_RULES : model ? OPINION_MODEL : OPINION_NEITHER;
}

size_t opinion_labelled(const struct opinion *opinion)
{
	size_t labelled = 0;
	size_t i;

	for (i = 0; i < opinion->turns; i++)
		labelled += opinion->labelled[i];
	return labelled;
}

static void count(const struct opinion *opinion, size_t move, struct evaluate_tally *tally)
{
	size_t turn;

	for (turn = 1; turn <= opinion->turns; turn++) {
		enum opinion_side side;

		if (!opinion->labelled[turn - 1])
			continue;
		side = opinion_side(opinion, turn, move);
		tally->hits += side == OPINION_BOTH;
		tally->misses += side == OPINION_RULES;
		tally->alarms += side == OPINION_MODEL;
		tally->all++;
	}
}

struct evaluate_figures opinion_agreement(const struct opinion *opinion, size_t move)
{
	struct evaluate_tally tally = {0};

	count(opinion, move, &tally);
	return evaluate_tally(&tally);
}

struct evaluate_figures opinion_pooled(const struct opinion *opinion)
{
	struct evaluate_tally tally = {0};
	size_t i;

	for (i = 0; i < opinion->moves; i++)
		if (!move_at(opinion, i)->quiet)
			count(opinion, i, &tally);
	return evaluate_tally(&tally);
}
