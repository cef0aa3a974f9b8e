/* ask.c: asks an LLM, for tests/llm: each line of the input is asked as it stands, and answered
 * with one line of the outcome's name, the sentence and the answer, so that no byte of it is lost:
 * as JSON. */
#include <stdlib.h>

#include "edge/clock.h"
#include "edge/file.h"
#include "edge/llm.h"

#define LINE_BYTES (1024u * 1024)
#define ANSWER_BYTES 65536u

struct asking {
	struct strbuf answer;
	bool begun; /* told on standard error, for whoever waits for the first piece */
};

static bool take(void *context, struct slice piece)
{
	struct asking *asking = context;

	if (!asking->begun)
		fputs("begun\n", stderr);
	asking->begun = true;
	strbuf_add(&asking->answer, piece);
	/* As a reader with a limit does. */
	return asking->answer.len < ANSWER_BYTES;
}

static void ask(struct llm *llm, const struct llm_config *config, struct slice line)
{
	struct asking asking = {0};
	struct json *messages = json_array();
	struct json *message = json_object();
	struct json *told = json_object();
	struct llm_request request = {.messages = messages,
	                              .temperature = config->temperature,
	                              .tokens = config->tokens,
	                              .take = take,
	                              .context = &asking};
	struct llm_result result;
	struct strbuf out = {0};

	json_add_text(message, "role", SLICE("user"));
	json_add_text(message, "content", line);
	json_push(messages, message);
	llm_ask(llm, &request, &result);
	json_add_text(told, "outcome", slice_of(llm_outcome_name(result.outcome)));
	if (result.message[0])
		json_add_text(told, "message", slice_of(result.message));
	if (result.retry_after)
		json_add_int(told, "retry_after", result.retry_after);
	if (asking.answer.len > 200)
		json_add_int(told, "bytes", (long)asking.answer.len);
	else if (asking.answer.len)
		json_add_text(told, "answer", strbuf_slice(&asking.answer));
	if (result.seconds > config->timeout + 1.5)
		json_add_real(told, "late", result.seconds);
	if (getenv("ASK_TIMES")) {
		json_add_real(told, "first", result.first);
		json_add_real(told, "seconds", result.seconds);
	}
	json_print(told, &out);
	puts(out.at);
	fflush(stdout);
	strbuf_release(&out);
	strbuf_release(&asking.answer);
	json_free(told);
	json_free(messages);
}

int main(void)
{
	struct arena arena;
	struct llm_config config;
	struct llm *llm;
	struct strbuf line = {0};
	struct err err;

	arena_init(&arena);
	if (!llm_configure(&arena, &config, &err)) {
		puts(err.text);
		arena_release(&arena);
		return 3;
	}
	llm = llm_new(&config);
	while (file_line(stdin, LINE_BYTES, &line) == FILE_LINE)
		ask(llm, &config, strbuf_slice(&line));
	llm_close(llm);
	strbuf_release(&line);
	arena_release(&arena);
	return 0;
}
