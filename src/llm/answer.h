/* answer.h: what an OpenAI-compatible server says: its chunks, its whole answers, its errors. */
#ifndef LLM_ANSWER_H
#define LLM_ANSWER_H

#include "base/diag.h"

struct answer_part {
	struct strbuf text; /* of the first choice; may be empty */
	bool finished; /* it gives a reason to have ended */
	char reason[32]; /* "stop", "length" … */
	bool failed; /* the server says that it could not; `message` has its words */
	char message[160];
};

void answer_release(struct answer_part *part);
/* A chunk of a stream (`delta`) or a whole answer (`message`). False with words when it is not JSON
 * of that shape. Words of an error that hold `secret` (empty: none) are left out whole. */
bool answer_read(struct slice json, struct slice secret, struct answer_part *out, struct err *err);
/* The words of an error's body, shortened and without control characters; empty when there are
 * none, or `secret` is in them. */
void answer_complaint(struct slice body, struct slice secret, char *out, size_t size);

#endif
