/* client.c: see client.h. */
#include "llm/client.h"

#include <curl/curl.h>
#include <poll.h>
#include <stdarg.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "llm/answer.h"
#include "llm/sse.h"

/* A whole answer, thought and talk: nobody listens to more. */
#define ANSWER_BYTES (1024u * 1024)
/* Of an error's body, which may be a page of HTML. */
#define COMPLAINT_BYTES (16u * 1024)
/* Nobody waits longer for a connection, whatever the time limit. */
#define CONNECT_MS 10000L
/* After its last word, for the server to end what it sends. */
#define LINGER_SECONDS 1

struct client {
	CURL *curl;
	struct curl_slist *headers;
	struct strbuf url;
	struct strbuf model;
	struct strbuf key;
	char host[256]; /* without brackets */
	char said[CURL_ERROR_SIZE]; /* by libcurl, of the last request */
	double timeout; /* seconds */
	bool local; /* this machine */
};

/* One answer as it comes in. */
struct reading {
	struct client *client;
	struct sse sse;
	struct strbuf body; /* of an error, or of an answer in one piece */
	client_piece *piece;
	void *context;
	size_t bytes;
	char reason[32];
	struct trouble *trouble;
	bool told; /* the status and the type were looked at */
	bool stream; /* events, and not one JSON text */
	bool fine; /* status 200 */
	bool done; /* [DONE], or a reason to have ended */
	time_t done_at;
};

static void fail(struct trouble *trouble, const char *kind, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

static void fail(struct trouble *trouble, const char *kind, const char *format, ...)
{
	va_list args;

	if (trouble->kind)
		return;
	trouble->kind = kind;
	va_start(args, format);
	vsnprintf(trouble->message, sizeof(trouble->message), format, args);
	va_end(args);
}

static bool is_loopback(const char *host)
{
	unsigned parts[4];
	char rest;

	/* libcurl has written numbers out as four, and looks up localhost itself. */
	return strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
	       (sscanf(host, "%3u.%3u.%3u.%3u%c", &parts[0], &parts[1], &parts[2], &parts[3],
	               &rest) == 4 &&
	        parts[0] == 127 && strspn(host, "0123456789.") == strlen(host));
}

/* A URL we would send to; notes its host. */
static bool check_url(struct client *client, bool plain_http, struct trouble *trouble)
{
	CURLU *url = curl_url();
	char *scheme = NULL;
	char *host = NULL;
	/* libcurl would read ‘https:///host’ too, of which nobody else sees the host. */
	const char *slashes = strstr(client->url.at, "://");
	bool good = slashes && slashes[3] != '/' &&
	            curl_url_set(url, CURLUPART_URL, client->url.at, 0) == CURLUE_OK &&
	            curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	            curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK;

	if (!good || (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0)) {
		fail(trouble, "config",
		     "the address of the LLM is no http or https URL: write for instance "
		     "http://127.0.0.1:8080");
		good = false;
	} else if (strcmp(scheme, "http") == 0 && !plain_http && !is_loopback(host)) {
		fail(trouble, "config",
		     "plain http to another machine would let others read along; use https, or "
		     "say REHEARSE_LLM_PLAIN_HTTP=yes");
		good = false;
	}
	if (good) {
		size_t bracket = host[0] == '[' ? 1 : 0;

		client->local = is_loopback(host);
		snprintf(client->host, sizeof(client->host), "%.*s",
		         (int)(strlen(host) - 2 * bracket), host + bracket);
	}
	curl_free(scheme);
	curl_free(host);
	curl_url_cleanup(url);
	return good;
}

/* ".../v1/chat/completions" of what people write. */
static void put_url(struct slice url, struct strbuf *out)
{
	while (slice_ends(url, SLICE("/")))
		url = slice_sub(url, 0, url.len - 1);
	strbuf_add(out, url);
	if (slice_ends(url, SLICE("/chat/completions")))
		return;
	strbuf_addz(out,
	            slice_ends(url, SLICE("/v1")) ? "/chat/completions" : "/v1/chat/completions");
}

static time_t seconds(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* Called by libcurl about once a second, and whenever something comes; not 0 ends the request. */
static int watch(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct reading *reading = context;
	/* Whoever started us is gone: so is anybody to answer to. */
	struct pollfd input = {.fd = STDIN_FILENO};

	(void)a;
	(void)b;
	(void)c;
	(void)d;
	if (reading->done && seconds() > reading->done_at + LINGER_SECONDS)
		return 1;
	return poll(&input, 1, 0) > 0 && (input.revents & (POLLHUP | POLLERR)) != 0;
}

/* Where certificates are found, beside where the system has them: libcurl does not look. */
static void set_certificates(CURL *curl)
{
	const char *file = getenv("SSL_CERT_FILE");
	const char *folder = getenv("SSL_CERT_DIR");

	if (!file || !*file)
		file = getenv("CURL_CA_BUNDLE");
	if (file && *file)
		curl_easy_setopt(curl, CURLOPT_CAINFO, file);
	if (folder && *folder)
		curl_easy_setopt(curl, CURLOPT_CAPATH, folder);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
}

static void set_up(struct client *client)
{
	CURL *curl = client->curl;
	struct strbuf header = {0};
	long milliseconds = (long)(client->timeout * 1000);

	client->headers = curl_slist_append(client->headers, "Content-Type: application/json");
	client->headers = curl_slist_append(client->headers, "Accept: text/event-stream");
	client->headers = curl_slist_append(client->headers, "Expect:");
	if (client->key.len) {
		strbuf_addf(&header, "Authorization: Bearer %s", client->key.at);
		client->headers = curl_slist_append(client->headers, header.at);
	}
	strbuf_release(&header);
	curl_easy_setopt(curl, CURLOPT_URL, client->url.at);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, client->headers);
	/* A proxy is not told the key. */
	curl_easy_setopt(curl, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
	/* What stays here goes by no proxy, which may be another machine. */
	if (client->local)
		curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, milliseconds);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
	                 milliseconds < CONNECT_MS ? milliseconds : CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "rehearse");
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, client->said);
	set_certificates(curl);
}

static bool has_line_end(struct slice text)
{
	return slice_find(text, SLICE("\n")) < text.len || slice_find(text, SLICE("\r")) < text.len;
}

struct client *client_new(const struct json *settings, struct trouble *trouble)
{
	struct client *client;
	struct slice url = json_string(json_get(settings, "url"));
	double timeout = json_number(json_get(settings, "timeout"));

	*trouble = (struct trouble){0};
	curl_global_init(CURL_GLOBAL_DEFAULT);
	client = mem_alloc(sizeof(*client));
	put_url(url, &client->url);
	strbuf_add(&client->model, json_string(json_get(settings, "model")));
	strbuf_add(&client->key, json_string(json_get(settings, "key")));
	client->timeout = timeout >= 1 && timeout <= 3600 ? timeout : 30;
	if (has_line_end(strbuf_slice(&client->key)))
		fail(trouble, "config", "the key of the LLM has a line end in it");
	else if (check_url(client, json_true(json_get(settings, "plain_http")), trouble)) {
		client->curl = curl_easy_init();
		if (!client->curl)
			mem_exhausted();
		set_up(client);
		return client;
	}
	client_free(client);
	return NULL;
}

void client_free(struct client *client)
{
	if (!client)
		return;
	if (client->curl)
		curl_easy_cleanup(client->curl);
	curl_slist_free_all(client->headers);
	strbuf_release(&client->url);
	strbuf_release(&client->model);
	/* What is freed may be read by others. */
	if (client->key.at)
		memset(client->key.at, 0, client->key.len);
	strbuf_release(&client->key);
	free(client);
	curl_global_cleanup();
}

/* The last word was said; what still comes is of no interest. */
static void end_reading(struct reading *reading)
{
	if (!reading->done)
		reading->done_at = seconds();
	reading->done = true;
}

static bool take(struct reading *reading, struct slice json)
{
	struct answer_part part;
	struct err err;
	bool more = true;

	if (!answer_read(json, strbuf_slice(&reading->client->key), &part, &err)) {
		fail(reading->trouble, "protocol", "the LLM's server sent what is no answer: %s",
		     err.text);
		more = false;
	} else if (part.failed) {
		fail(reading->trouble, "server", "the LLM's server gave up: %s",
		     part.message[0] ? part.message : "it does not say why");
		more = false;
	} else {
		if (part.text.len)
			more = reading->piece(reading->context, strbuf_slice(&part.text));
		if (!more)
			fail(reading->trouble, "cancelled", "nobody reads the answer");
		if (part.finished) {
			end_reading(reading);
			memcpy(reading->reason, part.reason, sizeof(reading->reason));
		}
	}
	answer_release(&part);
	return more;
}

static bool on_event(void *context, struct slice data)
{
	struct reading *reading = context;

	if (slice_is(slice_trim(data), "[DONE]")) {
		end_reading(reading);
		return true;
	}
	return take(reading, data);
}

/* What kind of answer it is, once its first bytes are here. */
static void look(struct reading *reading)
{
	long status = 0;
	char *type = NULL;

	if (reading->told)
		return;
	reading->told = true;
	curl_easy_getinfo(reading->client->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(reading->client->curl, CURLINFO_CONTENT_TYPE, &type);
	reading->fine = status == 200;
	reading->stream = type && strncasecmp(type, "text/event-stream", 17) == 0;
}

static size_t on_bytes(char *bytes, size_t size, size_t count, void *context)
{
	struct reading *reading = context;
	struct slice text = {bytes, size * count};

	look(reading);
	reading->bytes += text.len;
	if (!reading->fine) {
		strbuf_add(&reading->body, text);
		/* It may have no end. */
		return reading->body.len < COMPLAINT_BYTES ? text.len : 0;
	}
	if (reading->bytes > ANSWER_BYTES) {
		fail(reading->trouble, "too_long", "the LLM's answer has no end");
		return 0;
	}
	if (!reading->stream) {
		strbuf_add(&reading->body, text);
		return text.len;
	}
	if (sse_feed(&reading->sse, text, on_event, reading))
		return text.len;
	if (reading->sse.too_long)
		fail(reading->trouble, "too_long", "the LLM's answer has no end");
	return 0;
}

static void judge_status(struct reading *reading)
{
	struct trouble *trouble = reading->trouble;
	curl_off_t after = 0;
	char words[120];
	const char *said = words;
	const char *colon;
	long status = 0;

	answer_complaint(strbuf_slice(&reading->body), strbuf_slice(&reading->client->key), words,
	                 sizeof(words));
	colon = said[0] ? ": " : "";

	curl_easy_getinfo(reading->client->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(reading->client->curl, CURLINFO_RETRY_AFTER, &after);
	if (status == 401 || status == 403)
		fail(trouble, "auth", "the LLM's server does not accept the key%s%s", colon, said);
	else if (status == 404)
		fail(trouble, "not_found", "the LLM's server knows no such address or model%s%s",
		     colon, said);
	else if (status == 429) {
		trouble->retry_after = after > 0 && after < 86400 ? (long)after : 0;
		fail(trouble, "rate", "the LLM's server has had too many requests%s%s", colon,
		     said);
	} else if (status == 503)
		fail(trouble, "loading", "the LLM's server is not ready yet%s%s", colon, said);
	else if (status >= 500)
		fail(trouble, "server", "the LLM's server failed (%ld)%s%s", status, colon, said);
	else if (status >= 300 && status < 400)
		fail(trouble, "protocol",
		     "the LLM's server sends us elsewhere (%ld), which is not followed", status);
	else
		fail(trouble, "protocol", "the LLM's server refused the request (%ld)%s%s", status,
		     colon, said);
}

/* A host that is not the LLM's did not answer. libcurl 7.88 has no other way to tell than its
 * words. */
static bool is_of_proxy(const struct client *client)
{
	static const char begin[] = "Failed to connect to ";
	size_t len = strlen(client->host);
	const char *host;

	if (strncmp(client->said, begin, sizeof(begin) - 1) != 0)
		return false;
	host = client->said + sizeof(begin) - 1;
	return strncasecmp(host, client->host, len) != 0 || host[len] != ' ';
}

static bool judge_proxy(struct reading *reading, CURLcode code)
{
	long status = 0;

	curl_easy_getinfo(reading->client->curl, CURLINFO_HTTP_CONNECTCODE, &status);
	if (code == CURLE_COULDNT_CONNECT && is_of_proxy(reading->client))
		fail(reading->trouble, "refused", "nobody answers at the proxy that is set");
	else if (code == CURLE_COULDNT_RESOLVE_PROXY)
		fail(reading->trouble, "dns", "there is no such host as the proxy that is set");
	else if (status >= 300 && code != CURLE_OPERATION_TIMEDOUT)
		fail(reading->trouble, "refused", "the proxy that is set lets nobody through (%ld)",
		     status);
	return reading->trouble->kind != NULL;
}

/* What libcurl says, for people. */
static void judge_transfer(struct reading *reading, CURLcode code)
{
	struct trouble *trouble = reading->trouble;

	if (judge_proxy(reading, code))
		return;
	switch (code) {
	case CURLE_COULDNT_CONNECT:
		fail(trouble, "refused", "nobody answers at the LLM's address");
		break;
	case CURLE_COULDNT_RESOLVE_HOST:
		fail(trouble, "dns", "there is no such host as the LLM's address names");
		break;
	case CURLE_SSL_CACERT_BADFILE:
		fail(trouble, "tls", "the file of certificates that is set cannot be read");
		break;
	case CURLE_SSL_CONNECT_ERROR:
		fail(trouble, "tls",
		     "no safe connection to the LLM's server can be made; does it speak https?");
		break;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
		fail(trouble, "tls", "the LLM's server cannot prove who it is (%s)",
		     curl_easy_strerror(code));
		break;
	case CURLE_OPERATION_TIMEDOUT:
		fail(trouble, "timeout", "the LLM took longer than %g second%s",
		     reading->client->timeout, reading->client->timeout > 1 ? "s" : "");
		break;
	case CURLE_ABORTED_BY_CALLBACK:
		fail(trouble, "cancelled", "nobody waits for the answer");
		break;
	case CURLE_PARTIAL_FILE:
	case CURLE_GOT_NOTHING:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
	case CURLE_HTTP2_STREAM:
		fail(trouble, "cut", "the LLM's server broke off in the middle");
		break;
	default:
		fail(trouble, "protocol", "the LLM's server cannot be understood (%s)",
		     curl_easy_strerror(code));
		break;
	}
}

static void judge(struct reading *reading, CURLcode code)
{
	look(reading);
	/* What was said was said, however the rest went. */
	if (reading->fine && reading->stream && reading->done && !reading->trouble->kind)
		return;
	if (reading->trouble->kind)
		return;
	/* A status that says what is wrong does so however the rest of it went. */
	if (!reading->fine && (code == CURLE_OK || reading->body.len)) {
		judge_status(reading);
		return;
	}
	if (code != CURLE_OK) {
		judge_transfer(reading, code);
		return;
	}
	if (!reading->stream && reading->body.len && take(reading, strbuf_slice(&reading->body)))
		reading->done = true;
	if (!reading->done)
		fail(reading->trouble, "cut", "the LLM's server broke off in the middle");
}

static void put_request(const struct client *client, const struct json *request, struct strbuf *out)
{
	struct json *body = json_object();

	if (client->model.len)
		json_add_text(body, "model", strbuf_slice(&client->model));
	json_add_bool(body, "stream", true);
	json_add_real(body, "temperature", json_number(json_get(request, "temperature")));
	json_add_int(body, "max_tokens", (long)json_number(json_get(request, "max_tokens")));
	json_add_copy(body, "messages", json_get(request, "messages"));
	json_print(body, out);
	json_free(body);
}

void client_ask(struct client *client, const struct json *request, client_piece *piece,
                void *context, char reason[static 32], struct trouble *trouble)
{
	struct reading reading = {
	        .client = client, .piece = piece, .context = context, .trouble = trouble};
	struct strbuf body = {0};
	const struct json *messages = json_get(request, "messages");

	*trouble = (struct trouble){0};
	client->said[0] = '\0';
	reason[0] = '\0';
	if (!messages || json_type(messages) != JSON_ARRAY) {
		fail(trouble, "protocol", "a request without messages");
		return;
	}
	put_request(client, request, &body);
	curl_easy_setopt(client->curl, CURLOPT_POSTFIELDS, body.at);
	curl_easy_setopt(client->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.len);
	curl_easy_setopt(client->curl, CURLOPT_WRITEFUNCTION, on_bytes);
	curl_easy_setopt(client->curl, CURLOPT_WRITEDATA, &reading);
	curl_easy_setopt(client->curl, CURLOPT_XFERINFODATA, &reading);
	judge(&reading, curl_easy_perform(client->curl));
	memcpy(reason, reading.reason, sizeof(reading.reason));
	sse_release(&reading.sse);
	strbuf_release(&reading.body);
	strbuf_release(&body);
}
