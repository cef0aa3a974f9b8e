/* verdicts.c: see verdicts.h. */
#include "edge/verdicts.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "edge/file.h"
#include "edge/gold.h"
#include "engine/evaluate.h"
#include "engine/exchange.h"
#include "engine/score.h"

#define CLASSES_MAX 12u
#define QUOTES_SHOWN 6u
#define QUOTE_BYTES 70u

/* How a verdict is read off a framework. */
enum reading {
	READ_COMPLETE, /* every item */
	READ_CLOSED, /* a step, and a look at it again */
	READ_CELL, /* a cell's id */
	READ_LEVEL, /* the level it ends at, counted from 1 at the bottom */
};

static const struct verdict {
	const char *name; /* in the file */
	const char *framework;
	enum reading reading;
} table[] = {
        {"aid_complete", "aid", READ_COMPLETE}, {"closed_loop", "loop", READ_CLOSED},
        {"candour", "candour", READ_CELL},      {"tki", "tki", READ_CELL},
        {"glasl_end", "glasl", READ_LEVEL},
};
#define VERDICTS (sizeof(table) / sizeof(table[0]))

/* A conversation with what people said of it; a verdict they did not give is empty. */
struct judged {
	struct slice conv;
	struct slice coded[VERDICTS];
	size_t first, count; /* its turns in the gold */
};

struct wrong {
	struct slice conv, coded, found, why;
};

/* One verdict over all conversations. */
struct tally {
	const struct framework *framework; /* NULL: no pack has it */
	struct slice classes[CLASSES_MAX];
	size_t class_count;
	uint32_t counts[CLASSES_MAX * CLASSES_MAX];
	struct wrong *wrongs;
	size_t wrong_count, wrong_cap;
};

struct judging {
	struct arena arena;
	struct source source; /* of the verdicts */
	struct detector *detector;
	const struct gold *gold;
	struct judged *judged;
	size_t count, cap;
	size_t without; /* verdicts on conversations that have no turns */
	struct tally tallies[VERDICTS];
};

static struct slice value_of(const struct json *value, struct arena *arena)
{
	double number = json_number(value);

	switch (value ? json_type(value) : JSON_NULL) {
	case JSON_BOOL:
		return json_true(value) ? SLICE("true") : SLICE("false");
	case JSON_NUMBER:
		return number >= 0 && number <= 1e6 ? slice_format(arena, "%ld", (long)number)
		                                    : SLICE("");
	case JSON_STRING:
		return slice_copy(arena, json_string(value));
	default:
		return SLICE("");
	}
}

static bool find_turns(const struct gold *gold, struct judged *out)
{
	for (size_t i = 0; i < gold->count; i++) {
		if (!slice_eq(gold->turns[i].conv, out->conv))
			continue;
		if (out->count++ == 0)
			out->first = i;
	}
	return out->count > 0;
}

static bool read_verdicts(struct judging *judging, struct slice line, struct err *err)
{
	struct json *object = json_parse(line, err);
	struct judged judged = {0};

	if (!object)
		return false;
	judged.conv = slice_copy(&judging->arena, json_string(json_get(object, "conv")));
	for (size_t i = 0; i < VERDICTS; i++)
		judged.coded[i] = value_of(json_get(object, table[i].name), &judging->arena);
	json_free(object);
	if (!judged.conv.len) {
		err_set(err, "‘conv’ is missing: which conversation is it about?");
		return false;
	}
	if (!find_turns(judging->gold, &judged)) {
		judging->without++;
		return true;
	}
	judging->judged = arena_grow(&judging->arena, judging->judged, &judging->cap,
	                             judging->count + 1, sizeof(*judging->judged));
	judging->judged[judging->count++] = judged;
	return true;
}

static bool read_file(struct judging *judging, struct slice path, struct diags *diags,
                      struct err *err)
{
	struct place place = {.source = &judging->source};
	struct strbuf text = {0};
	struct slice rest;
	struct slice line;
	bool good = gold_text(path, &text, err);

	judging->source.path = slice_copy(&judging->arena, path);
	judging->source.text = slice_copy(&judging->arena, strbuf_slice(&text));
	strbuf_release(&text);
	rest = slice_unmarked(judging->source.text);
	while (good && slice_cut(&rest, '\n', &line)) {
		struct err trouble;

		place.line++;
		place.at = (uint32_t)(line.at - judging->source.text.at);
		line = slice_trim(line);
		if (line.len && !read_verdicts(judging, line, &trouble))
			diag_error(diags, place, "%s", trouble.text);
	}
	return good;
}

/* Which item has a move of this id? */
static const struct item_score *item_with(const struct framework_score *score, const char *id)
{
	for (size_t i = 0; i < score->item_count; i++)
		for (size_t j = 0; j < score->items[i].item->move_count; j++)
			if (slice_is(score->items[i].item->moves[j]->id, id))
				return &score->items[i];
	return NULL;
}

static bool is_closed(const struct framework_score *score)
{
	const struct item_score *step = item_with(score, "action_step");
	const struct item_score *again = item_with(score, "follow_up");

	if (!step || !again)
		return score->complete;
	return step->quote_count && again->quote_count;
}

static struct slice found_of(const struct verdict *verdict, const struct framework_score *score,
                             struct arena *arena)
{
	bool yes = verdict->reading == READ_CLOSED ? is_closed(score) : score->complete;

	switch (verdict->reading) {
	case READ_COMPLETE:
	case READ_CLOSED:
		return yes ? SLICE("true") : SLICE("false");
	case READ_CELL:
		return score->cell ? score->cell->id : SLICE("nothing");
	case READ_LEVEL:
		return score->end
		               ? slice_format(arena, "%zu",
		                              (size_t)(score->end - score->framework->levels) + 1)
		               : SLICE("nothing");
	}
	return SLICE("nothing");
}

static void add_quotes(const struct quote *quotes, size_t count, struct strbuf *out)
{
	for (size_t i = 0; i < count && i < QUOTES_SHOWN; i++) {
		struct slice text = quotes[i].text;
		size_t cut = text.len < QUOTE_BYTES ? text.len : QUOTE_BYTES;

		while (cut > 0 && cut < text.len && ((unsigned char)text.at[cut] & 0xC0) == 0x80)
			cut--;
		strbuf_addf(out, "%s turn %u %.*s “", i ? "," : "", (unsigned)quotes[i].turn,
		            SLICE_ARGS(quotes[i].detection->move->id));
		utf8_clean(out, slice_sub(text, 0, cut), false);
		strbuf_addz(out, cut < text.len ? "…”" : "”");
	}
}

static void add_items(const struct framework_score *score, struct strbuf *out)
{
	for (size_t i = 0; i < score->item_count; i++) {
		const struct item_score *item = &score->items[i];

		strbuf_addf(out, "%s%.*s%s", i ? "; " : "", SLICE_ARGS(item->item->id),
		            item->quote_count ? ":" : " not heard");
		/* The first is the one that counts. */
		add_quotes(item->quotes, item->quote_count ? 1 : 0, out);
	}
	if (score->item_count && score->filled == score->item_count && !score->complete)
		strbuf_addz(out, "; not about one issue");
}

/* Every move that moved the meter. */
static void add_changes(const struct session *session, enum meter meter, struct strbuf *out)
{
	strbuf_addf(out, "%s %d at the end", meter_name(meter), session_meter(session, meter));
	for (size_t i = 1; i <= session_turns(session); i++) {
		const struct turn *turn = session_turn(session, i);

		for (size_t j = 0; j < turn->change_count; j++) {
			const struct change *change = &turn->changes[j];

			if (change->move && change->effects.change[meter])
				strbuf_addf(out, ", turn %zu %.*s %+d", i,
				            SLICE_ARGS(change->move->id),
				            change->effects.change[meter]);
		}
	}
}

static struct slice why_of(const struct framework_score *score, const struct session *session,
                           struct arena *arena)
{
	const struct framework *framework = score->framework;
	struct strbuf why = {0};
	struct slice copy;

	switch (framework->kind) {
	case FRAMEWORK_CHECKLIST:
	case FRAMEWORK_SEQUENCE:
		add_items(score, &why);
		break;
	case FRAMEWORK_GRID:
		if (!score->quote_count) {
			strbuf_addz(&why, "nothing heard that moves either axis");
			break;
		}
		strbuf_addf(&why, "%.*s %+.2f, %.*s %+.2f a turn:", SLICE_ARGS(framework->axis_x),
		            score->x, SLICE_ARGS(framework->axis_y), score->y);
		add_quotes(score->quotes, score->quote_count, &why);
		break;
	case FRAMEWORK_LADDER:
		add_changes(session, framework->meter, &why);
		break;
	}
	copy = slice_copy(arena, strbuf_slice(&why));
	strbuf_release(&why);
	return copy;
}

/* The class of a verdict, a new one if need be; CLASSES_MAX when there are too many. */
static size_t class_of(struct tally *tally, struct slice value)
{
	size_t i = 0;

	while (i < tally->class_count && !slice_eq(tally->classes[i], value))
		i++;
	if (i == tally->class_count && i < CLASSES_MAX)
		tally->classes[tally->class_count++] = value;
	return i;
}

static void compare(struct judging *judging, const struct judged *judged, size_t which,
                    const struct score *score, const struct session *session)
{
	struct tally *tally = &judging->tallies[which];
	struct arena *arena = &judging->arena;
	const struct framework_score *framework;
	struct slice found;
	size_t coded;
	size_t heard;

	if (!tally->framework || !judged->coded[which].len)
		return;
	framework = &score->frameworks[tally->framework->index];
	found = found_of(&table[which], framework, arena);
	coded = class_of(tally, judged->coded[which]);
	heard = class_of(tally, found);
	if (coded == CLASSES_MAX || heard == CLASSES_MAX)
		return;
	tally->counts[coded * CLASSES_MAX + heard]++;
	if (coded == heard)
		return;
	tally->wrongs = arena_grow(arena, tally->wrongs, &tally->wrong_cap, tally->wrong_count + 1,
	                           sizeof(*tally->wrongs));
	tally->wrongs[tally->wrong_count++] = (struct wrong){
	        judged->conv, judged->coded[which], found, why_of(framework, session, arena)};
}

static void judge(struct judging *judging, const struct judged *judged)
{
	struct exchange *exchange = exchange_new(judging->detector, SLICE("ECT"));
	struct session *session = exchange_session(exchange);
	struct score score;
	struct arena arena;

	for (size_t i = judged->first; i < judged->first + judged->count; i++) {
		const struct gold_turn *turn = &judging->gold->turns[i];

		if (turn->ect.len)
			exchange_ect(exchange, turn->ect);
		if (!exchange_mentor(exchange, turn->mentor))
			break;
	}
	arena_init(&arena);
	score_session(session, &arena, &score, NULL, NULL);
	for (size_t i = 0; i < VERDICTS; i++)
		compare(judging, judged, i, &score, session);
	arena_release(&arena);
	exchange_free(exchange);
}

static struct evaluate_agreement agreement_of(const struct tally *tally)
{
	return evaluate_verdicts(tally->counts, CLASSES_MAX);
}

static void put_table(const struct judging *judging, struct strbuf *out)
{
	strbuf_addf(out, "%zu conversation%s\n\n", judging->count, judging->count == 1 ? "" : "s");
	strbuf_addf(out, "%-14s %6s %7s %9s %7s %9s %9s\n", "verdict", "coded", "agreed",
	            "constant", "kappa", "balanced", "constant");
	for (size_t i = 0; i < VERDICTS; i++) {
		struct evaluate_agreement figures = agreement_of(&judging->tallies[i]);

		if (figures.all == 0)
			continue;
		strbuf_addf(out, "%-14s %6u %7u %9u %7.2f %9.2f %9.2f\n", table[i].name,
		            (unsigned)figures.all, (unsigned)figures.agreed,
		            (unsigned)figures.majority, figures.kappa, figures.balanced,
		            figures.constant);
	}
	for (size_t i = 0; i < VERDICTS; i++) {
		const struct tally *tally = &judging->tallies[i];

		for (size_t j = 0; j < tally->wrong_count; j++) {
			const struct wrong *wrong = &tally->wrongs[j];

			strbuf_addf(out, "%s%.*s %s: coded %.*s, found %.*s\n  %.*s\n",
			            j ? "" : "\n", SLICE_ARGS(wrong->conv), table[i].name,
			            SLICE_ARGS(wrong->coded), SLICE_ARGS(wrong->found),
			            SLICE_ARGS(wrong->why));
		}
	}
}

static struct json *tally_json(const struct tally *tally)
{
	struct evaluate_agreement figures = agreement_of(tally);
	struct json *object = json_object();
	struct json *wrongs = json_array();

	json_add_int(object, "conversations", (long)figures.all);
	json_add_int(object, "agreed", (long)figures.agreed);
	json_add_int(object, "constant_agreed", (long)figures.majority);
	json_add_real(object, "kappa", figures.kappa);
	json_add_real(object, "balanced", figures.balanced);
	json_add_real(object, "constant_balanced", figures.constant);
	for (size_t i = 0; i < tally->wrong_count; i++) {
		struct json *wrong = json_object();

		json_add_text(wrong, "conv", tally->wrongs[i].conv);
		json_add_text(wrong, "coded", tally->wrongs[i].coded);
		json_add_text(wrong, "found", tally->wrongs[i].found);
		json_add_text(wrong, "why", tally->wrongs[i].why);
		json_push(wrongs, wrong);
	}
	json_add(object, "wrong", wrongs);
	return object;
}

static void put_json(const struct judging *judging, struct strbuf *out)
{
	struct json *object = json_object();
	struct json *verdicts = json_object();
	struct json *missing = json_array();

	json_add_int(object, "conversations", (long)judging->count);
	for (size_t i = 0; i < VERDICTS; i++) {
		if (judging->tallies[i].framework)
			json_add(verdicts, table[i].name, tally_json(&judging->tallies[i]));
		else
			json_push_text(missing, slice_of(table[i].framework));
	}
	json_add(object, "verdicts", verdicts);
	json_add(object, "missing", missing);
	json_print(object, out);
	strbuf_addc(out, '\n');
	json_free(object);
}

static void note_missing(const struct judging *judging)
{
	struct strbuf note = {0};

	for (size_t i = 0; i < VERDICTS; i++)
		if (!judging->tallies[i].framework)
			strbuf_addf(&note, "%s%s",
			            note.len ? ", "
			                     : "rehearse: frameworks that no pack has, left out: ",
			            table[i].framework);
	if (note.len)
		out_note(strbuf_slice(&note));
	strbuf_clear(&note);
	if (judging->without)
		strbuf_addf(&note, "rehearse: verdicts on conversations without coded turns: %zu",
		            judging->without);
	if (note.len)
		out_note(strbuf_slice(&note));
	strbuf_release(&note);
}

static enum status judge_all(struct judging *judging, struct slice verdicts, bool json)
{
	enum status status = STATUS_FINE;
	struct diags diags = {0};
	struct strbuf out = {0};
	struct err err;

	if (!read_file(judging, verdicts, &diags, &err)) {
		out_err(&err);
		status = STATUS_TROUBLE;
	} else if (judging->count == 0) {
		out_diags(&diags);
		err_set(&err, "no conversation of ‘%.*s’ has a verdict in ‘%.*s’",
		        SLICE_ARGS(judging->gold->source.path), SLICE_ARGS(verdicts));
		out_err(&err);
		status = STATUS_FINDINGS;
	} else {
		out_diags(&diags);
		for (size_t i = 0; i < judging->count; i++)
			judge(judging, &judging->judged[i]);
		if (json)
			put_json(judging, &out);
		else
			put_table(judging, &out);
		out_put(strbuf_slice(&out));
		note_missing(judging);
		if (diags.errors)
			status = STATUS_FINDINGS;
	}
	strbuf_release(&out);
	diags_release(&diags);
	return status;
}

enum status verdicts_run(struct detector *detector, struct slice path, struct slice text,
                         struct slice verdicts, bool json)
{
	struct judging judging = {.detector = detector};
	struct diags diags = {0};
	struct gold gold;
	enum status status;

	gold_parse(path, text, &gold, &diags);
	out_diags(&diags);
	judging.gold = &gold;
	for (size_t i = 0; i < VERDICTS; i++)
		judging.tallies[i].framework =
		        ruleset_framework(detector_ruleset(detector), slice_of(table[i].framework));
	status = judge_all(&judging, verdicts, json);
	if (diags.errors && status == STATUS_FINE)
		status = STATUS_FINDINGS;
	diags_release(&diags);
	gold_release(&gold);
	arena_release(&judging.arena);
	return status;
}
