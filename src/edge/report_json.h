/* report_json.h: turns, scores and the debrief as JSON, for programs.
 *
 * Shapes as in rehearse(1), "Output for programs". Members keep their order, so that the same
 * conversation gives the same bytes. */
#ifndef EDGE_REPORT_JSON_H
#define EDGE_REPORT_JSON_H

#include "base/json.h"
#include "engine/debrief.h"

/* `morepies.rules:41`: the file's own name and the line. */
struct slice report_place(struct place place, struct arena *arena);

/* A member's name from an id, which is short ASCII; in the buffer. */
const char *report_json_name(struct slice id, char buffer[static 128]);
/* The moves found, acts left out: [{"move", "start", "end", "text", "rule", "confidence"}]. */
struct json *report_json_moves(const struct detections *heard);
/* The acts found: their ids, each once. */
struct json *report_json_acts(const struct detections *heard);
/* {"trust": 5, …} */
struct json *report_json_meters(const int meters[METERS]);
/* Frameworks by id, and measures: of a session or a written exchange. */
struct json *report_json_frameworks(const struct score *score);
struct json *report_json_measures(const struct measures *measures);

/* The events of `play --format jsonl`. json_free each. */
struct json *report_json_start(struct session *session);
/* With `trace` the replies weighed, in their order. */
struct json *report_json_turn(const struct turn *turn, bool trace);
struct json *report_json_rewind(const struct session *session);
struct json *report_json_end(const struct session *session);
struct json *report_json_debrief(const struct debrief *debrief);
struct json *report_json_error(size_t line, const char *message);

#endif
