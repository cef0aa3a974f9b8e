/* simulate.h: conversations that nobody held: a mentor of a style (load/mentor.h) talks with a
 * scenario's ECT.
 *
 * Pure: chance is handed in as a seed; the same scenario, rules, style and seed give the same
 * conversation. A stage serves one conversation at a time. */
#ifndef ENGINE_SIMULATE_H
#define ENGINE_SIMULATE_H

#include "engine/session.h"
#include "load/mentor.h"

/* What there is to say in a scenario: the packs' `say` and `yes` lines, the scenario's better words
 * and model, its evidence, examples of its topics. */
struct stage;

/* Borrows all three; they and the styles belong to one ruleset. stage_free it. */
struct stage *stage_new(const struct scenario *scenario, const struct ruleset *ruleset,
                        struct detector *detector);
void stage_free(struct stage *stage);

/* Seeds that `rehearse play --seed` takes: 0 to 2147483647. */
#define SIMULATE_SEED_MOST 2147483647u
/* The seed of the `number`th conversation of a style. */
uint64_t simulate_seed(uint64_t seed, struct slice style, uint64_t number);

/* A whole conversation, up to an ending; after `turns` utterances the mentor just leaves
 * (session_end). session_free it. */
struct session *simulate_talk(struct stage *stage, const struct mentor *style, uint64_t seed,
                              uint32_t turns);

#endif
