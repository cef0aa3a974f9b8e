/* measuring.h: `rehearse eval` on corpora that other people labelled for other ends.
 *
 * A label of theirs is made by one or several of our moves: the table is in measuring.c, and is
 * printed with the figures. Two figures for each: by rows, as the file mixes them; by weight, at
 * the rate the source has them. */
#ifndef EDGE_MEASURING_H
#define EDGE_MEASURING_H

#include "edge/corpus.h"
#include "edge/out.h"
#include "engine/detect.h"
#include "engine/evaluate.h"

#define MEASURING_LABELS 32u

struct measuring_label {
	struct slice id;
	struct slice members[4]; /* labels that count as it: of a union */
	size_t member_count;
	struct slice written; /* the moves that make it, as the table has them */
	const struct move **moves; /* any of them makes it */
	size_t move_count;
	struct evaluate_tally rows, weight;
	uint32_t unsure; /* rows left out */
};

struct measuring {
	struct arena arena;
	struct detector *detector;
	const struct corpus *corpus;
	struct history *history;
	struct measuring_label labels[MEASURING_LABELS];
	size_t label_count;
	struct strbuf unknown; /* labels that no move of ours makes, commas between */
};

void measuring_init(struct measuring *measuring, struct detector *detector,
                    const struct corpus *corpus);
void measuring_release(struct measuring *measuring);
/* The label of that id among those of the corpus; NULL with words. */
const struct measuring_label *measuring_find(const struct measuring *measuring, struct slice id,
                                             struct err *err);
/* Hears all rows. With `label`, appends its misses and false alarms to `errors`. */
void measuring_hear(struct measuring *measuring, const struct measuring_label *label,
                    struct strbuf *errors);
void measuring_table(const struct measuring *measuring, struct strbuf *out);
void measuring_json(const struct measuring *measuring, struct strbuf *out);

#endif
