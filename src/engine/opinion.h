/* opinion.h: a second opinion of a large language model on which moves a mentor made: what it is
 * asked, how its answer is read, how far it agrees with the rules.
 *
 * The model labels the utterances by the coding manual of the packs (what each move is about, with
 * the first examples). It is shown beside the rules' labels and changes nothing. What comes back is
 * untrusted: only ids that the rules know and turns that were asked about count, nothing is assumed
 * of turns left out. Nothing here reaches the network. */
#ifndef ENGINE_OPINION_H
#define ENGINE_OPINION_H

#include "base/json.h"
#include "engine/evaluate.h"
#include "engine/session.h"
#include "engine/voice.h"
#include "load/prompt.h"

struct opinion {
	const struct session *session; /* borrowed */
	size_t moves; /* of the rules, acts too, which are never asked for */
	size_t turns;
	bool *labelled; /* turn - 1: the model spoke of it */
	bool *made; /* (turn - 1) * moves + move: as the model sees it */
	uint32_t refused; /* labels that name no move or turn that was asked for */
};

/* Of all turns of a session so far; opinion_release it. */
void opinion_init(struct opinion *opinion, const struct session *session);
void opinion_release(struct opinion *opinion);

/* How many turns from `first` (1-based) on go into one request: what the prompt allows, fewer where
 * they are long; 0 after the last. */
size_t opinion_chunk(const struct opinion *opinion, const struct prompt *prompt, size_t first);
/* The messages for those turns: the system's from the prompt, with the manual in {moves} and how
 * to answer in {form}, and one of the user, a JSON array of {"turn", "ect", "mentor"}. `mask` may
 * be NULL: it covers what was said. json_free it. */
struct json *opinion_messages(const struct opinion *opinion, const struct prompt *prompt,
                              const struct voice_mask *mask, size_t first, size_t count);
/* Takes an answer about `count` turns from `first` on:
 *   {"turns": [{"turn": 1, "moves": ["open_question"]}, …]}
 * alone or within ``` marks. False, and nothing taken, when it is anything else. */
bool opinion_read(struct opinion *opinion, struct slice answer, size_t first, size_t count,
                  struct err *err);

/* Who says that a turn makes a move. */
enum opinion_side { OPINION_NEITHER, OPINION_BOTH, OPINION_RULES, OPINION_MODEL };
/* Never for acts; what the mentor disputes counts as not heard. */
enum opinion_side opinion_side(const struct opinion *opinion, size_t turn, size_t move);
size_t opinion_labelled(const struct opinion *opinion); /* turns */

/* Agreement over the turns the model spoke of: Cohen's kappa (1960), the rules as wanted, the model
 * as found. Of one move over turns; of all of them with every decision (turn and move) pooled. */
struct evaluate_figures opinion_agreement(const struct opinion *opinion, size_t move);
struct evaluate_figures opinion_pooled(const struct opinion *opinion);

#endif
