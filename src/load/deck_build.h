/* deck_build.h: what the files of the deck loader share; nobody else includes it. */
#ifndef LOAD_DECK_BUILD_H
#define LOAD_DECK_BUILD_H

#include "load/deck.h"
#include "load/keyword.h"

enum deck_word {
	DECK_NONE,
	DECK_DECK,
	DECK_ABOUT,
	DECK_SOURCE,
	DECK_LICENCE,
	DECK_COACH,
	DECK_TASK,
	DECK_HEARD,
	DECK_OTHERWISE,
	DECK_PROMPT,
	DECK_WHO,
	DECK_EVIDENCE,
	DECK_HINT,
	DECK_ASK,
	DECK_SAY,
	DECK_NO,
	DECK_SPEECH, /* `Hana: …` or `Mentor: …` */
	DECK_WORDS
};

enum deck_room {
	DECK_ROOM_FILE,
	DECK_ROOM_DECK,
	DECK_ROOM_COACH,
	DECK_ROOM_PROMPT,
	DECK_ROOM_ASK,
	DECK_ROOMS
};

struct deck_build {
	struct deck *deck;
	struct arena *arena;
	const struct ruleset *ruleset;
	struct diags *diags;
	struct slice speaker; /* of the prompt at hand, once known */
	struct table coaches; /* struct deck_coach */
	struct table prompts; /* struct deck_prompt */
};

/* What the line is, in that room; DECK_NONE when it was told to be of no use. */
enum deck_word deck_word(struct deck_build *b, const struct line *line, enum deck_room room);

#endif
