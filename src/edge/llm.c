/* llm.c: see llm.h. Here: `rehearse-llm` is started, spoken with and ended. */
#include "edge/llm.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "edge/clock.h"
#include "edge/file.h"

extern char **environ;

/* A line from the program: a piece of an answer, in JSON's clothes. */
#define LINE_BYTES (2u * 1024 * 1024)
/* Beyond the time limit, for the program to say so itself. */
#define GRACE_SECONDS 1.0

struct llm {
	const struct llm_config *config;
	pid_t pid; /* 0: not running */
	int to, from; /* pipes */
	struct strbuf in; /* bytes of a line not yet whole */
	bool early; /* the rest of an answer is not wanted */
};

static const char *const names[LLM_OUTCOMES] = {
        [LLM_DONE] = "done",         [LLM_REFUSED] = "refused",
        [LLM_DNS] = "dns",           [LLM_TLS] = "tls",
        [LLM_AUTH] = "auth",         [LLM_NOT_FOUND] = "not_found",
        [LLM_RATE] = "rate",         [LLM_LOADING] = "loading",
        [LLM_SERVER] = "server",     [LLM_TIMEOUT] = "timeout",
        [LLM_CUT] = "cut",           [LLM_PROTOCOL] = "protocol",
        [LLM_TOO_LONG] = "too_long", [LLM_CONFIG] = "config",
        [LLM_DIED] = "died",         [LLM_CANCELLED] = "cancelled",
};

const char *llm_outcome_name(enum llm_outcome outcome)
{
	return names[outcome];
}

struct llm *llm_new(const struct llm_config *config)
{
	struct llm *llm = mem_alloc(sizeof(*llm));

	llm->config = config;
	llm->to = llm->from = -1;
	return llm;
}

/* Ends the program, whatever it does, and clears up after it. */
static void stop(struct llm *llm)
{
	if (llm->to >= 0)
		close(llm->to);
	if (llm->from >= 0)
		close(llm->from);
	llm->to = llm->from = -1;
	if (llm->pid > 0) {
		kill(llm->pid, SIGKILL);
		while (waitpid(llm->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	llm->pid = 0;
	strbuf_clear(&llm->in);
}

void llm_close(struct llm *llm)
{
	if (!llm)
		return;
	stop(llm);
	strbuf_release(&llm->in);
	free(llm);
}

/* Beside the program, as in a checkout; else where it is installed. */
static struct slice find_program(struct arena *arena)
{
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path));
	struct slice here;

	if (len > 0 && (size_t)len < sizeof(path)) {
		here = slice_format(arena, "%.*s-llm", (int)len, path);
		if (file_kind(here, NULL) == FILE_REGULAR)
			return here;
	}
	return SLICE(REHEARSE_LIBEXECDIR "/rehearse-llm");
}

/* Its own group, so that Ctrl-C at the terminal is ours to answer; no signal blocked. */
static int spawn(const char *path, int input, int output, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	char name[] = "rehearse-llm";
	char *args[] = {name, NULL};
	sigset_t none, usual;
	int failed;

	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGINT);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &usual);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
	                                              POSIX_SPAWN_SETPGROUP);
	failed = posix_spawn(pid, path, &actions, &attributes, args, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

static bool keep_private(int fd)
{
	return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

/* False when it cannot be started. */
static bool start(struct llm *llm)
{
	struct arena arena;
	int to[2], from[2];
	int failed;

	if (pipe(to) != 0)
		return false;
	if (pipe(from) != 0) {
		close(to[0]);
		close(to[1]);
		return false;
	}
	arena_init(&arena);
	keep_private(to[1]);
	keep_private(from[0]);
	keep_private(to[0]);
	keep_private(from[1]);
	/* One who does not read must not hold us up. */
	fcntl(to[1], F_SETFL, O_NONBLOCK);
	failed = spawn(find_program(&arena).at, to[0], from[1], &llm->pid);
	arena_release(&arena);
	close(to[0]);
	close(from[1]);
	llm->to = to[1];
	llm->from = from[0];
	if (failed) {
		llm->pid = 0;
		stop(llm);
	}
	return !failed;
}

/* False when nobody reads any more, or not by `last`; a broken pipe must not end us. */
static bool put_line(struct llm *llm, struct strbuf *line, double last)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	struct sigaction before;
	size_t at = 0;

	sigemptyset(&ignore.sa_mask);
	strbuf_addc(line, '\n');
	sigaction(SIGPIPE, &ignore, &before);
	while (at < line->len) {
		ssize_t written = write(llm->to, line->at + at, line->len - at);
		struct pollfd output = {.fd = llm->to, .events = POLLOUT};

		if (written < 0 && errno == EAGAIN && clock_elapsed() < last)
			poll(&output, 1, (int)((last - clock_elapsed()) * 1000) + 1);
		else if (written < 0 && errno != EINTR)
			break;
		at += written > 0 ? (size_t)written : 0;
	}
	sigaction(SIGPIPE, &before, NULL);
	return at == line->len;
}

static bool put_json(struct llm *llm, struct json *object, double last)
{
	struct strbuf line = {0};
	bool sent;

	json_print(object, &line);
	json_free(object);
	sent = put_line(llm, &line, last);
	if (line.at)
		memset(line.at, 0, line.len);
	strbuf_release(&line);
	return sent;
}

static bool send_settings(struct llm *llm, double last)
{
	const struct llm_config *config = llm->config;
	struct json *object = json_object();

	json_add_text(object, "url", config->url);
	json_add_text(object, "model", config->model);
	json_add_text(object, "key", config->key);
	json_add_real(object, "timeout", config->timeout);
	json_add_bool(object, "plain_http", config->plain_http);
	return put_json(llm, object, last);
}

static bool send_request(struct llm *llm, const struct llm_request *request, double last)
{
	struct json *object = json_object();

	json_add_real(object, "temperature", request->temperature);
	json_add_int(object, "max_tokens", request->tokens);
	json_add_copy(object, "messages", request->messages);
	return put_json(llm, object, last);
}

static void end(struct llm_result *result, enum llm_outcome outcome, const char *message)
{
	result->outcome = outcome;
	snprintf(result->message, sizeof(result->message), "%s", message);
}

static void read_error(const struct json *object, struct llm_result *result)
{
	struct slice kind = json_string(json_get(object, "error"));
	struct slice message = json_string(json_get(object, "message"));
	enum llm_outcome outcome = LLM_PROTOCOL;
	size_t i;

	for (i = 0; i < LLM_OUTCOMES; i++)
		if (slice_is(kind, names[i]))
			outcome = (enum llm_outcome)i;
	result->outcome = outcome;
	snprintf(result->message, sizeof(result->message), "%.*s",
	         SLICE_ARGS(slice_sub(message, 0, sizeof(result->message) - 1)));
	result->retry_after = (long)json_number(json_get(object, "retry_after"));
}

/* One line of the program. True while the answer goes on. */
static bool take_line(struct llm *llm, struct slice line, const struct llm_request *request,
                      struct llm_result *result, double began)
{
	struct err err;
	struct json *object = json_parse(line, &err);
	const struct json *piece = object ? json_get(object, "delta") : NULL;
	bool more = false;

	if (!object) {
		end(result, LLM_PROTOCOL, "rehearse-llm sent what is no line of its own");
	} else if (piece) {
		if (result->first <= 0)
			result->first = clock_elapsed() - began;
		more = request->take(request->context, json_string(piece));
		llm->early = !more;
		if (!more)
			end(result, LLM_DONE, "");
	} else if (json_get(object, "done")) {
		end(result, LLM_DONE, "");
	} else {
		read_error(object, result);
	}
	json_free(object);
	return more;
}

/* The whole lines among the bytes read. */
static bool take_lines(struct llm *llm, const struct llm_request *request,
                       struct llm_result *result, double began)
{
	struct slice rest = strbuf_slice(&llm->in);
	bool more = true;

	while (more && slice_find(rest, SLICE("\n")) < rest.len) {
		struct slice line;

		slice_cut(&rest, '\n', &line);
		more = take_line(llm, line, request, result, began);
	}
	memmove(llm->in.at, rest.at, rest.len);
	llm->in.len = rest.len;
	if (more && llm->in.len > LINE_BYTES) {
		end(result, LLM_TOO_LONG, "the LLM's answer has no end");
		more = false;
	}
	return more;
}

static bool wait_plain(void *context, int fd, long milliseconds, bool *stopped)
{
	struct pollfd input = {.fd = fd, .events = POLLIN};

	(void)context;
	*stopped = false;
	return poll(&input, 1, (int)milliseconds) > 0;
}

/* Reads until the answer is over. True when the program may go on living: it has nothing more to
 * say to this request. */
static bool listen_to(struct llm *llm, const struct llm_request *request, struct llm_result *result,
                      double began)
{
	double last = began + llm->config->timeout + GRACE_SECONDS;
	llm_wait *wait = request->wait ? request->wait : wait_plain;
	bool more = true;

	while (more) {
		double left = last - clock_elapsed();
		bool stopped = false;
		char bytes[4096];
		ssize_t count;

		if (left <= 0 ||
		    !wait(request->wait_context, llm->from, (long)(left * 1000) + 1, &stopped)) {
			if (stopped)
				end(result, LLM_CANCELLED, "stopped");
			else if (clock_elapsed() < last)
				continue; /* a signal that meant something else */
			else
				end(result, LLM_TIMEOUT, "the LLM did not answer in time");
			return false;
		}
		count = read(llm->from, bytes, sizeof(bytes));
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0) {
			end(result, LLM_DIED, "rehearse-llm ended in the middle of an answer");
			return false;
		}
		strbuf_add(&llm->in, (struct slice){bytes, (size_t)count});
		more = take_lines(llm, request, result, began);
	}
	/* Stopped in the middle, it would go on talking. */
	return !llm->early && llm->in.len == 0;
}

/* Sends the request to a program that is there or started. */
static bool reach(struct llm *llm, const struct llm_request *request, double last)
{
	bool sent = false;
	int tries;

	for (tries = 0; tries < 2 && !sent && clock_elapsed() < last; tries++) {
		/* One that was there may have died since: then once more. */
		if (llm->pid == 0 && (!start(llm) || !send_settings(llm, last)))
			stop(llm);
		sent = llm->pid && send_request(llm, request, last);
		if (!sent)
			stop(llm);
	}
	return sent;
}

void llm_ask(struct llm *llm, const struct llm_request *request, struct llm_result *result)
{
	double began = clock_elapsed();
	double last = began + llm->config->timeout + GRACE_SECONDS;
	bool old = llm->pid != 0;
	bool sent;

	*result = (struct llm_result){0};
	llm->early = false;
	sent = reach(llm, request, last);
	if (sent && !listen_to(llm, request, result, began)) {
		stop(llm);
		/* One that was there may have been dying, and not have read the request. */
		if (result->outcome == LLM_DIED && old && result->first <= 0) {
			*result = (struct llm_result){0};
			sent = reach(llm, request, last);
			if (sent && !listen_to(llm, request, result, began))
				stop(llm);
		}
	}
	if (!sent && clock_elapsed() >= last)
		end(result, LLM_TIMEOUT, "rehearse-llm does not listen");
	else if (!sent)
		end(result, LLM_DIED,
		    "rehearse-llm, which knows the network, cannot be started; is it installed?");
	result->seconds = clock_elapsed() - began;
}
