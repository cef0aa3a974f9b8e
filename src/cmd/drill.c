/* drill.c: `rehearse drill [MOVE…]`. */
#include "cmd/command.h"
#include "edge/clock.h"
#include "edge/decks.h"
#include "edge/drilling.h"
#include "edge/library.h"
#include "edge/report_drill.h"
#include "edge/term.h"
#include "repl_drill.h"

static const char *const formats[] = {"text", "jsonl", NULL};
static const char *const orders[] = {"mixed", "blocks", NULL};

#define COUNT 10 /* about five minutes */
#define COUNT_MOST 200
#define SECONDS 30 /* somebody is waiting for you to say something */
#define SECONDS_MOST 600

static bool read_request(const struct options *options, bool live, struct drilling_request *out,
                         struct err *err)
{
	int order = options_choice(options, "order", orders, err);
	long count = COUNT;
	long seconds = SECONDS;
	long seed = live ? (long)clock_now() : 1;

	if (order < 0 || !options_number(options, "count", 1, COUNT_MOST, &count, err) ||
	    !options_number(options, "timed", 1, SECONDS_MOST, &seconds, err) ||
	    !options_number(options, "seed", 0, OPTIONS_SEED_MOST, &seed, err))
		return false;
	*out = (struct drilling_request){.words = options->words,
	                                 .word_count = options->word_count,
	                                 .deck = options_value(options, "deck"),
	                                 .count = (size_t)count,
	                                 .blocks = order == 1,
	                                 .limit = options_have(options, "timed") ? (double)seconds
	                                                                         : 0,
	                                 .seed = (uint64_t)seed};
	return true;
}

static void put_list(const struct drilling *drilling, bool plain)
{
	struct term_look look = term_look(1);
	struct page page = {.width = look.width, .colour = look.colour && !plain, .plain = plain};

	report_drill_list(&page, drilling->decks.items, drilling->decks.count,
	                  drilling->library->ruleset);
	out_put(strbuf_slice(&page.out));
	page_release(&page);
}

static enum status go(struct drilling *drilling, const struct options *options, bool json,
                      struct term *term)
{
	struct repl_drill round = {.drill = drilling->drill,
	                           .store = drilling->store,
	                           .detector = drilling->library->detector,
	                           .limit = drilling->request.limit,
	                           .plain = options_have(options, "plain")};
	enum repl_result result;
	struct err err;

	if (drilling->library->hurried)
		round.late = &drilling->library->diags;
	term_complete(term, &(struct term_words){repl_drill_names, NULL, 0});
	result = json ? repl_drill_json(&round, term, &err) : repl_drill_run(&round, term, &err);
	switch (result) {
	case REPL_FINE:
		return STATUS_FINE;
	case REPL_FINDINGS:
		return STATUS_FINDINGS;
	case REPL_TROUBLE:
	case REPL_WRONG: /* nothing is named here */
		out_err(&err);
		return STATUS_TROUBLE;
	case REPL_KILLED:
		break;
	}
	return (enum status)(128 + term_signal(term));
}

static enum status drill(const struct options *options, struct term *term, bool json,
                         struct arena *arena)
{
	struct drilling drilling = {0};
	struct drilling_request request;
	enum status status;
	struct err err;

	if (!read_request(options, term_is_live(term), &request, &err)) {
		out_err(&err);
		return STATUS_USAGE;
	}
	request.log = !options_have(options, "no-log");
	request.hurried = term_is_live(term) && !json;
	status = drilling_open(&drilling, options, &request, arena);
	if (status == STATUS_FINE && options_have(options, "list"))
		put_list(&drilling, options_have(options, "plain"));
	else if (status == STATUS_FINE)
		status = go(&drilling, options, json, term);
	drilling_release(&drilling);
	return status;
}

static enum status run(const struct options *options, struct arena *arena)
{
	struct err err;
	int format = options_choice(options, "format", formats, &err);
	enum status status;
	struct term *term;

	if (format < 0) {
		out_err(&err);
		return STATUS_USAGE;
	}
	term = term_open(format == 1);
	status = drill(options, term, format == 1, arena);
	term_close(term);
	return status;
}

static const struct option own[] = {
        {"count", "N", "how many lines; 10 takes about five minutes", 0},
        {"timed", "[SECONDS]", "an answer counts as “at once” within so many; 30", 0},
        {"order", "HOW", "‘mixed’, or ‘blocks’: one move after another", 0},
        {"deck", "DECK", "prompts of this deck alone: its id, or a file", 0},
        {"list", NULL, "the decks, and the moves that can be drilled", 0},
        {"seed", "N", "which prompts come up; the same seed, the same prompts", 0},
        {"format", "FORMAT", "‘text’, or ‘jsonl’: one event a line, for programs", 0},
        {"no-log", NULL, "a private practice: nothing goes into your practice log", 0},
        {0},
};

const struct command cmd_drill = {
        .name = "drill",
        .summary = "practise single moves on short prompts, judged at once",
        .usage = "[MOVE…]",
        .help = "Shows a line that some ECT says and asks for one move: “Paraphrase this”. What\n"
                "you type is judged at once; after two misses a good version is shown. Moves are\n"
                "mixed, and those that you find hardest come first and most often. MOVE is an id\n"
                "(open_question), a title or a framework (aid); without any: all there are.\n"
                "Without a terminal each line of standard input is an answer.\n",
        .options = own,
        .words_max = SIZE_MAX,
        .run = run,
};
