/* repl_voice.h: the ECT's words by an LLM, as they come (edge/voicing.h). */
#ifndef REPL_VOICE_H
#define REPL_VOICE_H

#include "repl_commands.h"

/* The answer to the turn just heard, which is in the log: each sentence is recorded, kept and shown
 * as it comes; the script's line where the model fails. */
void repl_voice(struct repl *repl);

/* After a debrief: what the model makes of what the mentor said, beside the rules. */
void repl_opinion(struct repl *repl);

#endif
