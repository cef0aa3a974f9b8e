/* llm_config.c: what the mentor set for an LLM; see llm.h. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "edge/config.h"
#include "edge/file.h"
#include "edge/llm.h"

/* Of a key file: keys have some hundred bytes. */
#define KEY_BYTES 4096u

enum setting {
	SET_URL,
	SET_MODEL,
	SET_KEY_FILE,
	SET_TIMEOUT,
	SET_TEMPERATURE,
	SET_TOKENS,
	SET_PLAIN_HTTP,
	SETTINGS
};

static const char *const variables[SETTINGS] = {
        "REHEARSE_LLM_URL",        "REHEARSE_LLM_MODEL",       "REHEARSE_LLM_KEY_FILE",
        "REHEARSE_LLM_TIMEOUT",    "REHEARSE_LLM_TEMPERATURE", "REHEARSE_LLM_TOKENS",
        "REHEARSE_LLM_PLAIN_HTTP",
};

/* The settings of the file, and over them those of the environment. */
static bool gather(struct arena *arena, struct slice *values, struct err *err)
{
	struct config_entry entries[] = {
	        {"url", {0}},         {"model", {0}},  {"key-file", {0}},   {"timeout", {0}},
	        {"temperature", {0}}, {"tokens", {0}}, {"plain-http", {0}}, {NULL, {0}}};
	struct diags diags = {0};
	struct strbuf words = {0};
	bool good = config_read("llm", entries, arena, &diags, err);
	size_t i;

	if (good && diags.errors) {
		struct slice first;
		struct slice rest;

		diags_print(&diags, &words);
		rest = strbuf_slice(&words);
		slice_cut(&rest, '\n', &first);
		err_set(err, "%.*s", SLICE_ARGS(slice_sub(first, 0, 500)));
		good = false;
	}
	for (i = 0; i < SETTINGS; i++) {
		const char *given = getenv(variables[i]);

		values[i] = given && *given ? slice_of(given) : entries[i].value;
	}
	strbuf_release(&words);
	diags_release(&diags);
	return good;
}

/* What the owner alone may read. */
static bool read_key(struct slice path, struct arena *arena, struct slice *key, struct err *err)
{
	struct strbuf text = {0};
	struct stat stat_of;
	struct slice name = slice_copy(arena, path);
	bool good = false;

	if (stat(name.at, &stat_of) == 0 && (stat_of.st_mode & (S_IRWXG | S_IRWXO)))
		err_set(err, "others may read the key in ‘%.*s’: say chmod 600 to that file first",
		        SLICE_ARGS(slice_sub(path, 0, 240)));
	else
		good = file_read(path, KEY_BYTES, &text, err);
	if (good)
		*key = slice_copy(arena, slice_trim(strbuf_slice(&text)));
	if (good && key->len == 0) {
		err_set(err, "there is no key in ‘%.*s’", SLICE_ARGS(slice_sub(path, 0, 240)));
		good = false;
	}
	strbuf_release(&text);
	return good;
}

static bool read_number(struct slice text, double least, double most, const char *name, double *out,
                        struct err *err)
{
	if (text.len == 0)
		return true;
	if (slice_decimal(text, out) && *out >= least && *out <= most)
		return true;
	err_set(err, "%s takes a number from %g to %g, and not ‘%.*s’", name, least, most,
	        SLICE_ARGS(slice_sub(text, 0, 40)));
	return false;
}

static bool read_yes(struct slice text, const char *name, bool *out, struct err *err)
{
	*out = slice_is(text, "yes");
	if (*out || text.len == 0 || slice_is(text, "no"))
		return true;
	err_set(err, "%s is ‘yes’ or ‘no’, and not ‘%.*s’", name,
	        SLICE_ARGS(slice_sub(text, 0, 40)));
	return false;
}

bool llm_configure(struct arena *arena, struct llm_config *out, struct err *err)
{
	struct slice values[SETTINGS];
	const char *key = getenv("REHEARSE_LLM_KEY");
	double tokens = 160;
	bool good = true;

	*out = (struct llm_config){.timeout = 30, .temperature = 0.7};
	if (!gather(arena, values, err))
		return false;
	out->url = values[SET_URL];
	out->model = values[SET_MODEL];
	if (out->url.len == 0) {
		out->unset = true;
		err_set(err, "no LLM is set: say where it is with REHEARSE_LLM_URL, or under "
		             "‘llm’ in the settings (see rehearse(1))");
		return false;
	}
	if (!read_number(values[SET_TIMEOUT], 1, 600, variables[SET_TIMEOUT], &out->timeout, err) ||
	    !read_number(values[SET_TEMPERATURE], 0, 2, variables[SET_TEMPERATURE],
	                 &out->temperature, err) ||
	    !read_number(values[SET_TOKENS], 1, 4000, variables[SET_TOKENS], &tokens, err) ||
	    !read_yes(values[SET_PLAIN_HTTP], variables[SET_PLAIN_HTTP], &out->plain_http, err))
		return false;
	out->tokens = (long)tokens;
	if (key && *key)
		out->key = slice_trim(slice_of(key));
	else if (values[SET_KEY_FILE].len)
		good = read_key(values[SET_KEY_FILE], arena, &out->key, err);
	out->key_from = key && *key ? SLICE("REHEARSE_LLM_KEY") : values[SET_KEY_FILE];
	return good;
}

struct slice llm_host(struct slice url, struct arena *arena)
{
	size_t scheme = slice_find(url, SLICE("://"));
	struct slice host;
	size_t end = 0;
	size_t at;

	if (scheme == url.len)
		return SLICE("");
	host = slice_sub(url, scheme + 3, url.len);
	while (end < host.len && host.at[end] != '/' && host.at[end] != '?' && host.at[end] != '#')
		end++;
	host = slice_sub(host, 0, end);
	/* Whoever writes a password there does not want it shown. */
	for (at = host.len; at > 0; at--)
		if (host.at[at - 1] == '@')
			break;
	return slice_copy(arena, slice_sub(host, at, host.len));
}
