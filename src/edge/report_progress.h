/* report_progress.h: what `rehearse progress` shows, on a page or as JSON. */
#ifndef EDGE_REPORT_PROGRESS_H
#define EDGE_REPORT_PROGRESS_H

#include "base/json.h"
#include "edge/page.h"
#include "edge/progress.h"

/* Figures as a line of blocks, the highest full; in plain mode in words: "rising: 1, 1, 3, 4". */
void report_trend(struct page *page, const double *values, size_t count);
/* What was practised and when, how it runs, and what comes next. False when the log could not be
 * read. Needs the rules. */
bool report_progress(struct page *page, struct store *store, const struct progress *progress,
                     struct err *err);
/* One move or framework, conversation by conversation. */
bool report_progress_move(struct page *page, struct store *store, const struct progress *progress,
                          const struct move *move, struct err *err);
bool report_progress_framework(struct page *page, struct store *store,
                               const struct progress *progress, const struct framework *framework,
                               struct err *err);
/* The last conversation, where it was left before its end, and how to go on with it; `gap`: a blank
 * line before it. False when there is none. */
bool report_progress_unfinished(struct page *page, struct store *store, bool gap);
/* What comes next and why, as a paragraph. `then`: what to add, or NULL. */
void report_progress_next(struct page *page, const struct progress *progress, const char *then);

/* report_progress_json.c: all of it as one object; NULL when the log could not be read. */
struct json *report_json_progress(struct store *store, const struct progress *progress,
                                  struct err *err);

/* The move practised or called for that stands at `index` in the order in which they are due; NULL
 * past the last. */
const struct practice_item *report_progress_item(const struct progress *progress,
                                                 enum practice_kind kind, size_t index);
/* The figures of the recent conversations, oldest first, in the progress's arena. */
const double *report_progress_values(const struct progress *progress, enum tally_kind kind,
                                     struct slice id);
/* “5 of 8”, or what its cell or level is called. */
void report_progress_value(struct page *page, const struct framework *framework,
                           const struct tally *tally);
/* What a cell or level of that number, from 1, is called, or its id; empty for none. */
struct slice report_progress_named(const struct framework *framework, double number, bool id);
/* A measure as people read it. */
struct report_measure {
	const char *id;
	const char *title;
	bool share; /* of all, in per cent; else value of all */
	bool rate; /* nothing to say where there were none */
};
extern const struct report_measure report_measures[];
extern const size_t report_measure_count;
/* Per cent, or the figure itself. */
double report_measure_value(const struct report_measure *measure, const struct tally *tally);

#endif
