/* main.c: `rehearse-llm`: the one program that opens a socket. Started by rehearse when the mentor
 * turned an LLM on; speaks JSON lines on its standard input and output (edge/llm.h). */
#include <signal.h>
#include <unistd.h>

#include "llm/client.h"

/* A prompt, its history and a coding manual: some tens of kilobytes. */
#define LINE_BYTES (4u * 1024 * 1024)

/* False when nobody reads any more. */
static bool put(struct json *object)
{
	struct strbuf line = {0};
	bool fine;

	json_print(object, &line);
	strbuf_addc(&line, '\n');
	fine = fwrite(line.at, 1, line.len, stdout) == line.len && fflush(stdout) == 0;
	strbuf_release(&line);
	json_free(object);
	return fine;
}

static bool put_piece(void *context, struct slice text)
{
	struct json *object = json_object();

	(void)context;
	json_add_text(object, "delta", text);
	return put(object);
}

static bool put_trouble(const struct trouble *trouble)
{
	struct json *object = json_object();

	json_add_text(object, "error", slice_of(trouble->kind));
	json_add_text(object, "message", slice_of(trouble->message));
	if (trouble->retry_after)
		json_add_int(object, "retry_after", trouble->retry_after);
	return put(object);
}

static bool put_done(const char *reason)
{
	struct json *object = json_object();

	json_add_text(object, "done", slice_of(reason[0] ? reason : "stop"));
	return put(object);
}

/* The next line as JSON. NULL at the end of the input, or when it is no line of ours. */
static struct json *next(char **line, size_t *size)
{
	ssize_t len = getline(line, size, stdin);
	struct err err;

	if (len <= 0 || (size_t)len > LINE_BYTES)
		return NULL;
	return json_parse(slice_trim((struct slice){*line, (size_t)len}), &err);
}

static bool answer(struct client *client, const struct json *request, const struct trouble *unfit)
{
	struct trouble trouble;
	char reason[32];

	if (!client)
		return put_trouble(unfit);
	client_ask(client, request, put_piece, NULL, reason, &trouble);
	return trouble.kind ? put_trouble(&trouble) : put_done(reason);
}

int main(void)
{
	struct trouble unfit = {0};
	struct client *client = NULL;
	struct json *settings;
	struct json *request;
	char *line = NULL;
	size_t size = 0;
	bool fine = true;

	/* A server that went away is told in words; so is a reader, by fflush. */
	signal(SIGPIPE, SIG_IGN);
	settings = next(&line, &size);
	if (settings)
		client = client_new(settings, &unfit);
	while (settings && fine && (request = next(&line, &size))) {
		fine = answer(client, request, &unfit);
		json_free(request);
	}
	json_free(settings);
	client_free(client);
	free(line);
	return 0;
}
