/* drilling.c: see drilling.h. */
#include "edge/drilling.h"

#include "edge/journal.h"
#include "edge/store_drill.h"
#include "engine/focus.h"

static struct slice join(const struct slice *words, size_t count, char between, struct arena *arena)
{
	struct strbuf text = {0};
	struct slice copy;
	size_t i;

	for (i = 0; i < count; i++) {
		if (i)
			strbuf_addc(&text, between);
		strbuf_add(&text, words[i]);
	}
	copy = slice_copy(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return copy;
}

/* `drill open question` means one move, `drill pause paraphrase` two. */
static bool read_words(const struct drilling_request *request, const struct ruleset *ruleset,
                       struct arena *arena, struct focus *focus, struct err *err)
{
	struct err ignored;

	if (request->word_count > 1 &&
	    focus_read(ruleset, join(request->words, request->word_count, ' ', arena), arena, focus,
	               &ignored))
		return true;
	return focus_read(ruleset, join(request->words, request->word_count, ',', arena), arena,
	                  focus, err);
}

/* `--timed 20`: the value of that option stands behind a =, and 20 is left over. */
static bool has_number(const struct drilling_request *request, struct err *err)
{
	long number;
	size_t i;

	for (i = 0; i < request->word_count; i++) {
		if (!slice_int(request->words[i], 0, 999999, &number))
			continue;
		err_set(err,
		        "‘%ld’ is no move; for seconds write ‘--timed=%ld’, for how many lines "
		        "‘--count %ld’",
		        number, number, number);
		return true;
	}
	return false;
}

static bool is_offered(const struct decks *decks, const struct move *move)
{
	size_t i;
	size_t j;
	size_t k;

	for (i = 0; i < decks->count; i++) {
		const struct deck *deck = decks->items[i];

		if (decks->only && deck != decks->only)
			continue;
		for (j = 0; j < deck->prompt_count; j++) {
			for (k = 0; k < deck->prompts[j].ask_count; k++) {
				if (deck->prompts[j].asks[k].move == move)
					return true;
			}
		}
	}
	return false;
}

/* By move index; NULL for all. False, with words, when none of those named can be drilled. */
static bool choose_moves(const struct drilling *drilling, struct arena *arena, bool **wanted)
{
	const struct ruleset *ruleset = drilling->library->ruleset;
	struct focus focus;
	struct err err;
	bool any = false;
	size_t i;

	*wanted = NULL;
	if (drilling->request.word_count == 0)
		return true;
	if (has_number(&drilling->request, &err) ||
	    !read_words(&drilling->request, ruleset, arena, &focus, &err)) {
		out_err(&err);
		return false;
	}
	*wanted = ARENA_ARRAY(arena, bool, ruleset->move_count);
	for (i = 0; i < focus.count; i++) {
		bool offered = is_offered(&drilling->decks, focus.moves[i]);

		(*wanted)[focus.moves[i]->index] = true;
		any = any || offered;
	}
	if (any)
		return true;
	err_set(&err,
	        "no deck has a prompt for ‘%.*s’; ‘rehearse drill --list’ shows what there is",
	        SLICE_ARGS(slice_sub(focus.ids, 0, 80)));
	out_err(&err);
	return false;
}

static void open_log(struct drilling *drilling)
{
	struct strbuf words = {0};
	struct err err;

	drilling->store = store_open(STORE_WRITE, &err);
	if (drilling->store)
		return;
	strbuf_addf(&words, "rehearse: %s; this drill is not kept", err.text);
	out_note(strbuf_slice(&words));
	strbuf_release(&words);
}

/* How weak each move is, as far as the log knows. */
static const double *weakness(struct drilling *drilling, struct arena *arena)
{
	const struct ruleset *ruleset = drilling->library->ruleset;
	double *weak = ARENA_ARRAY(arena, double, ruleset->move_count);
	struct store_skill *skills;
	struct err err;
	size_t count;
	size_t i;

	for (i = 0; i < ruleset->move_count; i++)
		weak[i] = drill_weakness(0, 0);
	if (!drilling->store)
		return weak;
	if (!store_skills(drilling->store, arena, &skills, &count, &err)) {
		out_err(&err);
		return weak;
	}
	for (i = 0; i < count; i++) {
		const struct move *move = ruleset_move(ruleset, skills[i].move);

		if (move)
			weak[move->index] = drill_weakness(skills[i].tries, skills[i].hits);
	}
	return weak;
}

static int by_names(const void *a, const void *b)
{
	const struct store_practised *left = a;
	const struct store_practised *right = b;
	int order = slice_compare(left->deck, right->deck);

	if (order == 0)
		order = slice_compare(left->prompt, right->prompt);
	return order ? order : slice_compare(left->move, right->move);
}

/* Prompts not met for long come first. */
static void mark_practised(struct drilling *drilling, struct arena *arena)
{
	struct store_practised *rows;
	struct drill_item *items;
	struct err err;
	size_t count;
	size_t rows_count;
	size_t i;

	if (!drilling->store)
		return;
	if (!store_practised(drilling->store, arena, &rows, &rows_count, &err)) {
		out_err(&err);
		return;
	}
	if (rows_count)
		qsort(rows, rows_count, sizeof(*rows), by_names);
	items = drill_items(drilling->drill, &count);
	for (i = 0; i < count && rows_count; i++) {
		struct store_practised key = {.deck = items[i].deck->id,
		                              .prompt = items[i].prompt->id,
		                              .move = items[i].ask->move->id};
		const struct store_practised *row =
		        bsearch(&key, rows, rows_count, sizeof(*rows), by_names);

		items[i].practised = row ? row->order : 0;
	}
}

enum status drilling_open(struct drilling *drilling, const struct options *options,
                          const struct drilling_request *request, struct arena *arena)
{
	struct drill_setup setup = {.count = request->count,
	                            .blocks = request->blocks,
	                            .limit = request->limit,
	                            .seed = request->seed};
	enum library_state state;
	enum status status;
	struct err err;
	bool *wanted;
	size_t count;

	drilling->request = *request;
	drilling->library = library_open(options, &err);
	if (!drilling->library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	drilling->library->hurried = request->hurried;
	state = library_ready(drilling->library);
	if (state != LIBRARY_SOUND)
		return library_status(state);
	status = decks_open(drilling->library, request->deck, &drilling->decks);
	if (status != STATUS_FINE)
		return status;
	if (!choose_moves(drilling, arena, &wanted))
		return STATUS_USAGE;
	if (request->log)
		open_log(drilling);
	setup.detector = drilling->library->detector;
	setup.decks = drilling->decks.items;
	setup.deck_count = drilling->decks.count;
	setup.only = drilling->decks.only;
	setup.wanted = wanted;
	setup.weakness = weakness(drilling, arena);
	drilling->drill = drill_new(&setup);
	mark_practised(drilling, arena);
	drill_items(drilling->drill, &count);
	if (count > 0)
		return STATUS_FINE;
	err_set(&err, "no deck with a prompt was found; install again, or name one with ‘--deck "
	              "FILE’");
	out_err(&err);
	return STATUS_TROUBLE;
}

void drilling_release(struct drilling *drilling)
{
	drill_free(drilling->drill);
	store_close(drilling->store);
	decks_release(&drilling->decks);
	library_free(drilling->library);
}
