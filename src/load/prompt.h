/* prompt.h: what an LLM is told before it speaks as the ECT, and what it must never say, or before
 * it labels a mentor's utterances: files that trainers may edit (scenarios/prompts/ect.prompt and
 * opinion.prompt, in the outline syntax).
 *
 *   prompt ect
 *     turns   8            of the conversation, so many are told (at once)
 *     words   60           more is not said
 *     never   \bas an ai\b folded text that must not be in an answer
 *     system
 *       You are {name}: {who}. …
 *
 * A paragraph under `system` with a slot that is empty is left out. */
#ifndef LOAD_PROMPT_H
#define LOAD_PROMPT_H

#include "base/diag.h"
#include "load/regex.h"

struct prompt {
	struct slice system; /* paragraphs parted by blank lines, with {slots} */
	long turns; /* 1 to 40 */
	long words; /* 10 to 200 */
	struct regex *const *never;
	size_t never_count;
};

/* Slots there are. NULL ends them. */
extern const char *const prompt_slots[];

struct prompt_file;
/* Parses a file; well-formed even with errors in `diags`. Path and text are copied. */
struct prompt_file *prompt_load(struct slice path, struct slice text, struct diags *diags);
const struct prompt *prompt_of(const struct prompt_file *file);
void prompt_free(struct prompt_file *file); /* NULL is fine */

/* Appends what a slot stands for; nothing when there is nothing. */
typedef void prompt_slot(void *context, struct slice slot, struct strbuf *out);
/* Appends `system` with its slots filled; paragraphs with an empty one are left out. */
void prompt_fill(const struct prompt *prompt, prompt_slot *slot, void *context, struct strbuf *out);

#endif
