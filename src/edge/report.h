/* report.h: what the mentor reads: the brief, her lines, what was heard, the debrief.
 *
 * Sets everything on a page (page.h); knows nothing of terminals. report_more.c has what lies
 * behind the debrief. */
#ifndef EDGE_REPORT_H
#define EDGE_REPORT_H

#include "edge/page.h"
#include "engine/debrief.h"

#define REPORT_MARGIN 2
#define REPORT_SPEECH 7 /* where words begin after "you> " and most names */

/* “text” cut after `most` columns or so, at a blank, with an ellipsis. */
void report_quote(struct page *page, enum style style, struct slice text, size_t most);
/* An id for people: `open_question` as “open question”. */
void report_id(struct page *page, enum style style, struct slice id);

/* “secondary · history”; with commas in plain mode. */
void report_list(struct page *page, struct slice text);

/* Title, brief, evidence, goal, who and how long. */
void report_brief(struct page *page, const struct scenario *scenario);
/* "Sam  (glances at the clock) Hi." */
void report_speech(struct page *page, struct slice name, struct slice text);
/* Of it, the beginning of the paragraph; and a stage direction with the words behind it. */
void report_speaker(struct page *page, struct slice name);
void report_said(struct page *page, struct slice words);

/* Whether the detection is the first of its move in the turn, and no act: those are numbered from
 * 1 for `/wrong`. */
bool report_is_numbered(const struct detections *heard, size_t index);
/* The moves of a turn in one dim line; nothing when there are none. */
void report_heard(struct page *page, const struct turn *turn);
/* The same with quotes, rules, and how her state moved. */
void report_heard_fully(struct page *page, const struct turn *turn);
/* "trust 7 · tension 2 · …" within the paragraph being set. */
void report_meters(struct page *page, enum style style, const int meters[METERS]);

/* What the mentor chose to practise: before the talk; after a turn that made it, how often so far;
 * and how it went, first in the debrief. Nothing when nothing was chosen. */
void report_focus_chosen(struct page *page, const struct focus *focus);
void report_focus_so_far(struct page *page, const struct session *session, const struct turn *turn);
void report_focus(struct page *page, const struct debrief *debrief);

/* The verdict, what helped, a question, one step. What to do next is the caller's to offer:
 * report_next sets it like the others. */
void report_debrief(struct page *page, const struct debrief *debrief);
/* Of it, only what helped, the question and the step. */
void report_findings(struct page *page, const struct debrief *debrief);
void report_next(struct page *page, const char *text);
/* Begins another part of it, “YOUR PLAN …”: the caller adds its words and ends it. */
void report_section(struct page *page, const char *label);
/* Everything behind it. */
void report_more(struct page *page, const struct debrief *debrief);
/* Of it, the frameworks: one line each, or with all their quotes. */
void report_frameworks(struct page *page, const struct score *score, bool fully);
/* Of it, who talked how much. */
void report_talk(struct page *page, const struct measures *measures, struct slice name);
/* One line a framework, and the meters as they stand: /score. */
void report_score(struct page *page, const struct session *session, const struct score *score);

#endif
