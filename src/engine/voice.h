/* voice.h: what an LLM is told so that it finds the ECT's words for a turn, and whether what it
 * found may be said.
 *
 * The script has decided by then what the ECT feels, knows, holds back and does; the words meant
 * (turn->line) are the intent. Nothing here reaches the network. */
#ifndef ENGINE_VOICE_H
#define ENGINE_VOICE_H

#include "base/json.h"
#include "engine/session.h"
#include "load/prompt.h"

/* Names that are not to leave the machine, and what stands for them: Name1, Name2 … */
struct voice_mask;
/* Masks the persona's names, and every capitalised word of the scenario and of `extra` (the plan,
 * say; may be empty) that stands in mid-sentence, but for days, months and titles: that may mask
 * more than names, never fewer of those known from there. voice_mask_free it. */
struct voice_mask *voice_mask_new(const struct scenario *scenario, struct slice extra);
void voice_mask_free(struct voice_mask *mask); /* NULL is fine */
/* Appends `text` with names masked, or an answer with names put back. */
void voice_mask_put(const struct voice_mask *mask, struct slice text, struct strbuf *out);
void voice_mask_undo(const struct voice_mask *mask, struct slice text, struct strbuf *out);

/* The messages for the turn just heard: the system's from the prompt, then the last turns, the
 * mentor as user and the ECT as assistant. `mask` may be NULL. json_free it. */
struct json *voice_messages(const struct session *session, const struct prompt *prompt,
                            const struct voice_mask *mask);

/* An answer as it comes in, cut into sentences. */
struct voice_stream {
	struct strbuf text; /* what came and was not yet taken */
	bool begun; /* a sentence was taken */
};
void voice_stream_release(struct voice_stream *stream);
void voice_stream_add(struct voice_stream *stream, struct slice piece);
/* The next whole sentence, trimmed, into `out` (cleared first); at the `end` also what is left.
 * False when there is none yet. */
bool voice_stream_next(struct voice_stream *stream, bool end, struct strbuf *out);

enum guard {
	GUARD_FINE,
	GUARD_EMPTY, /* no words in it */
	GUARD_TOO_LONG, /* with what was said before, more words than the prompt allows; or a word
	                   without end */
	GUARD_CHARACTER, /* a `never` of the prompt: out of character, for the mentor, a list … */
	GUARD_TELL, /* tells what the ECT still holds back */
	GUARD_BYTES, /* control characters, invalid UTF-8 */
	GUARDS
};
/* "tell": as in the practice log. */
const char *guard_name(enum guard guard);
/* Whether `sentence` may be said behind `said`, the words of this turn so far. A closed tell counts
 * as told where half of its content words, and three at least, are in what was said. */
enum guard voice_guard(const struct session *session, const struct prompt *prompt,
                       struct slice said, struct slice sentence);

#endif
