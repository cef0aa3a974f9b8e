/* mentor.h: a style of mentoring, for simulated conversations. The file format is
 * rehearse-scenario(5), MENTORS.
 *
 * A style is a list of parts: when it fits what a mentor can see, one of its lines is said. Lines
 * have slots: words of the scenario, of the ECT, and of the packs' moves.
 *
 * Everything is const once loaded. Text points into the file's own copy. */
#ifndef LOAD_MENTOR_H
#define LOAD_MENTOR_H

#include "load/ruleset.h"

/* What conditions of a style know: what a mentor in the room can see (ids for expr_value). Hidden
 * meters are not among them. */
enum mentor_name {
	MENTOR_TURN, /* 1 for the first utterance */
	MENTOR_MINUTES, /* of conversation so far */
	MENTOR_WORDS, /* the ECT just said, without stage directions */
	MENTOR_ASKS, /* the ECT just asked something */
	MENTOR_CUE, /* the ECT just showed something that wants meeting */
	MENTOR_TOLD, /* the ECT has told something held back */
	MENTOR_REFUSES, /* the ECT just met a proposal with a no, or with what stands in the way */
	MENTOR_WAVERS, /* … with half a yes */
	MENTOR_AGREED, /* the ECT took a step */
	MENTOR_DONE, /* done(move or framework), in any utterance so far */
	MENTOR_COUNT, /* count(move): utterances so far that made it */
	MENTOR_LAST, /* last(move): the one before made it */
	MENTOR_CHANCE /* 0 to 99, drawn anew wherever it stands */
};

/* What a slot of a line stands for. */
enum mentor_slot {
	SLOT_TEXT, /* no slot: words as they stand */
	SLOT_NAME, /* the ECT's name */
	SLOT_TOPIC, /* what is being talked about, by its title */
	SLOT_EVIDENCE, /* one observation of the brief */
	SLOT_LAST, /* a few of the ECT's last words, to give back */
	SLOT_THEME, /* words by which the scenario knows one of its topics, drawn by chance */
	SLOT_CLAIM, /* words that are so, by what the ECT knows of the topic */
	SLOT_UNTRUTH, /* … that are not so */
	SLOT_MOVE /* something that makes a move */
};

struct mentor_piece {
	enum mentor_slot slot;
	struct slice text;
	const struct move *move;
};

/* One thing to say; without pieces a silence. */
struct mentor_line {
	const struct mentor_piece *pieces;
	size_t piece_count;
	uint32_t weight; /* against the part's other lines */
	struct place place;
};

struct mentor_part {
	const struct expr *when; /* or NULL: always */
	const struct mentor_line *lines;
	size_t line_count;
	struct place place;
};

struct mentor {
	struct slice id; /* file name without .mentor */
	struct slice title;
	struct slice about;
	long strays; /* of 100 lines drawn for a move, how many are a pack's test lines although
	                others fit: words meant for somebody else */
	bool expects; /* something of good endings … */
	bool at_least; /* … this share or more, else this share or less */
	long share; /* 0..100 */
	const struct mentor_part *parts; /* the first that fits is taken */
	size_t part_count;
	struct place place;
};

struct mentor_file;

/* Parses and links against a linked ruleset. Path and text are copied. Well-formed even with errors
 * in `diags`. mentor_free it. */
struct mentor_file *mentor_load(struct slice id, struct slice path, struct slice text,
                                const struct ruleset *ruleset, struct diags *diags);
const struct mentor *mentor_of(const struct mentor_file *file);
void mentor_free(struct mentor_file *file);

#endif
