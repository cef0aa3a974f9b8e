/* trial.h: do packs and scenarios keep what they promise? Runs the `yes` and `no` lines of a pack,
 * a scenario's model exchange and its better words against the engine, and says what fails. */
#ifndef ENGINE_TRIAL_H
#define ENGINE_TRIAL_H

#include "engine/session.h"
#include "load/deck.h"

/* `morepies.rules:41`: the file's own name and the line. */
void trial_place(struct place place, struct strbuf *out);
/* Why a move was not found, as the end of a sentence: "nearest is match at morepies.rules:12,
 * stopped by unless at line 20". */
void trial_near_miss(const struct near_miss *miss, struct strbuf *out);

/* Runs the tests that stand in the pack of that path (as it was added to the ruleset). Returns how
 * many were tried; each that fails is an error at its place. */
size_t trial_pack(struct detector *detector, struct slice path, struct diags *diags);

/* Tries the `say` lines of that pack, with their slots filled: at the start, after some lines of
 * hers, and where its own tests have the move; each never heard as its move, and each move without
 * tests, is a warning. Returns how many were tried. The ruleset must be without errors. */
size_t trial_offers(struct detector *detector, struct slice path, struct diags *diags);

/* Plays the model: each mentor's line must make its `moves` at its place, and the conversation
 * reach the model's ending (errors). Evidence must be heard as the move whose `say` is the
 * evidence, and better words as theirs, at the start or after some line of hers (warnings). Returns
 * how many lines were tried. The scenario must be without errors. */
size_t trial_scenario(const struct scenario *scenario, struct detector *detector,
                      struct diags *diags);

/* Tries a deck: each `say` must be heard as its move after its prompt, each `no` must not (errors
 * at their place). Returns how many lines were tried. The deck must be without errors. */
size_t trial_deck(const struct deck *deck, struct detector *detector, struct diags *diags);

#endif
