/* trial_deck.c: see trial.h. Here: a deck's good versions and its words that must not count. */
#include "engine/drill.h"
#include "engine/trial.h"

struct deck_trial {
	struct detector *detector;
	struct history *history;
	struct arena before;
	struct arena arena;
	struct strbuf text;
	struct diags *diags;
	size_t tried;
};

static void tell(struct deck_trial *trial, const struct move *move, const struct deck_say *say,
                 const struct detection *found)
{
	struct near_miss miss = {0};

	strbuf_clear(&trial->text);
	if (say->words.len)
		strbuf_addf(&trial->text, "‘%.*s’", SLICE_ARGS(slice_sub(say->words, 0, 120)));
	else
		strbuf_addz(&trial->text, "Enter alone");
	if (found) {
		strbuf_addf(&trial->text, " is heard as %.*s by match at ", SLICE_ARGS(move->id));
		trial_place(found->rule->match.place, &trial->text);
	} else {
		strbuf_addf(&trial->text, " is not heard as %.*s here: ", SLICE_ARGS(move->id));
		detect_why_not(trial->detector, say->words, trial->history, move, &trial->arena,
		               &miss);
		trial_near_miss(&miss, &trial->text);
	}
	diag_error(trial->diags, say->place, "%s", trial->text.at);
}

static void try_say(struct deck_trial *trial, const struct move *move, const struct deck_say *say,
                    bool wanted)
{
	struct detections heard;
	const struct detection *found;

	arena_clear(&trial->arena);
	found = drill_hears(trial->detector, say->words, trial->history, move, &trial->arena,
	                    &heard, NULL);
	trial->tried++;
	if ((found != NULL) != wanted)
		tell(trial, move, say, found);
}

static void try_prompt(struct deck_trial *trial, const struct deck_prompt *prompt)
{
	size_t i;
	size_t j;

	arena_clear(&trial->before);
	drill_context(trial->detector, prompt, &trial->before, trial->history);
	for (i = 0; i < prompt->ask_count; i++) {
		const struct deck_ask *ask = &prompt->asks[i];

		for (j = 0; j < ask->say_count; j++)
			try_say(trial, ask->move, &ask->says[j], true);
		for (j = 0; j < ask->no_count; j++)
			try_say(trial, ask->move, &ask->nos[j], false);
	}
}

size_t trial_deck(const struct deck *deck, struct detector *detector, struct diags *diags)
{
	struct deck_trial trial = {.detector = detector, .diags = diags};
	size_t i;

	trial.history = history_new(detector_ruleset(detector)->move_count);
	for (i = 0; i < deck->prompt_count; i++)
		try_prompt(&trial, &deck->prompts[i]);
	history_free(trial.history);
	arena_release(&trial.before);
	arena_release(&trial.arena);
	strbuf_release(&trial.text);
	return trial.tried;
}
