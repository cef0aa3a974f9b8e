/* regex.c: see regex.h. */
#include "load/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/limits.h"
#include "load/factor.h"

/* A text from which on a search is bounded as a whole. PCRE2 counts steps anew at each byte where a
 * match might begin: that bounds a clause, but not an utterance. */
#define LONG_TEXT 1300u
/* Then steps are granted by length: this many bytes of text double them. */
#define STEPS_DOUBLE_AT 2500u

/* The same pattern, made to look for its own beginning within one match. */
struct bounded {
	pcre2_code *code; /* NULL: no such form compiles */
	bool compiled;
};

struct regex {
	pcre2_code *code;
	uint32_t pairs; /* groups and the whole match */
	struct strbuf pattern; /* as compiled */
	struct bounded *bounded; /* compiled when first needed */
};

struct regex_scratch {
	pcre2_general_context *memory;
	pcre2_match_context *limits;
	pcre2_match_data *data;
	uint32_t pairs; /* that `data` has room for */
	uint32_t steps;
	uint32_t patience; /* searches that may still give up */
};

/* \C could stop within a character; groups of one name may stand in several alternatives. */
#define COMPILE_OPTIONS (PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DUPNAMES)

/* PCRE2 calls these, so that it never meets the end of memory itself. */
static void *take(PCRE2_SIZE size, void *context)
{
	(void)context;
	return mem_alloc(size);
}

static void give(void *memory, void *context)
{
	(void)context;
	free(memory);
}

static pcre2_code *compile(struct slice pattern, int *code, PCRE2_SIZE *at)
{
	pcre2_general_context *memory = pcre2_general_context_create(take, give, NULL);
	pcre2_compile_context *context = pcre2_compile_context_create(memory);
	pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)(pattern.at ? pattern.at : ""),
	                                     pattern.len, COMPILE_OPTIONS, code, at, context);

	pcre2_compile_context_free(context);
	pcre2_general_context_free(memory);
	return compiled;
}

/* The pattern in the form that is the fastest to search by. */
static struct regex *compile_factored(struct slice pattern)
{
	struct regex *regex = mem_alloc(sizeof(*regex));
	struct strbuf text = {0};
	uint32_t groups = 0;
	PCRE2_SIZE at;
	int code;

	if (factor(pattern, &text))
		regex->code = compile(strbuf_slice(&text), &code, &at);
	if (!regex->code) {
		strbuf_clear(&text);
		strbuf_add(&text, pattern);
		regex->code = compile(pattern, &code, &at);
	}
	if (regex->code)
		pcre2_pattern_info(regex->code, PCRE2_INFO_CAPTURECOUNT, &groups);
	regex->pairs = groups + 1;
	regex->pattern = text;
	regex->bounded = mem_alloc(sizeof(*regex->bounded));
	return regex;
}

struct regex *regex_new(struct slice pattern, struct regex_error *error)
{
	struct regex *regex;
	PCRE2_SIZE at = 0;
	int code = 0;

	if (pattern.len > LIMIT_PATTERN_BYTES) {
		error->at = 0;
		snprintf(error->text, sizeof(error->text),
		         "pattern of %zu bytes with its lists put in; at most %u are allowed",
		         pattern.len, LIMIT_PATTERN_BYTES);
		return NULL;
	}
	regex = compile_factored(pattern);
	if (regex->code)
		return regex;
	regex_free(regex);
	/* Once more, for the reason. */
	pcre2_code_free(compile(pattern, &code, &at));
	error->at = at > pattern.len ? pattern.len : at;
	if (pcre2_get_error_message(code, (PCRE2_UCHAR *)error->text, sizeof(error->text)) < 0)
		error->text[0] = '\0';
	return NULL;
}

void regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_code_free(regex->code);
	pcre2_code_free(regex->bounded->code);
	free(regex->bounded);
	strbuf_release(&regex->pattern);
	free(regex);
}

struct regex_scratch *regex_scratch_new(void)
{
	struct regex_scratch *scratch = mem_alloc(sizeof(*scratch));

	scratch->pairs = 16;
	scratch->memory = pcre2_general_context_create(take, give, NULL);
	scratch->limits = pcre2_match_context_create(scratch->memory);
	scratch->data = pcre2_match_data_create(scratch->pairs, scratch->memory);
	regex_scratch_steps(scratch, LIMIT_MATCH_STEPS);
	regex_scratch_patience(scratch, UINT32_MAX);
	pcre2_set_heap_limit(scratch->limits, LIMIT_MATCH_HEAP_KIB);
	return scratch;
}

void regex_scratch_free(struct regex_scratch *scratch)
{
	if (!scratch)
		return;
	pcre2_match_context_free(scratch->limits);
	pcre2_match_data_free(scratch->data);
	pcre2_general_context_free(scratch->memory);
	free(scratch);
}

void regex_scratch_steps(struct regex_scratch *scratch, uint32_t steps)
{
	scratch->steps = steps;
}

void regex_scratch_patience(struct regex_scratch *scratch, uint32_t searches)
{
	scratch->patience = searches;
}

static void make_room(struct regex_scratch *scratch, uint32_t pairs)
{
	if (pairs <= scratch->pairs)
		return;
	pcre2_match_data_free(scratch->data);
	scratch->data = pcre2_match_data_create(pairs, scratch->memory);
	scratch->pairs = pairs;
}

/* What to search a long text by. A pattern that calls itself is left as it is: it would call the
 * search too. */
static const pcre2_code *bounded(const struct regex *regex)
{
	struct slice pattern = strbuf_slice(&regex->pattern);
	struct bounded *form = regex->bounded;
	struct strbuf text = {0};
	PCRE2_SIZE at;
	int code;

	if (!form->compiled && slice_find(pattern, SLICE("(?R")) == pattern.len &&
	    slice_find(pattern, SLICE("(?0")) == pattern.len &&
	    slice_find(pattern, SLICE("\\g")) == pattern.len) {
		strbuf_addz(&text, "(?s:.*?)\\K(?:");
		strbuf_add(&text, pattern);
		strbuf_addc(&text, ')');
		form->code = compile(strbuf_slice(&text), &code, &at);
		strbuf_release(&text);
	}
	form->compiled = true;
	return form->code ? form->code : regex->code;
}

/* PCRE2's verdict: the number of groups set, or an error. */
static int search(const struct regex *regex, struct regex_scratch *scratch, struct slice text,
                  size_t from)
{
	uint32_t options = PCRE2_NO_UTF_CHECK;
	uint32_t steps = scratch->steps;
	const pcre2_code *code = regex->code;

	if (text.len >= LONG_TEXT && text.len <= UINT32_MAX / LIMIT_MATCH_STEPS)
		code = bounded(regex);
	if (code != regex->code) {
		options |= PCRE2_ANCHORED;
		steps += (uint32_t)(text.len * steps / STEPS_DOUBLE_AT);
	}
	pcre2_set_match_limit(scratch->limits, steps);
	return pcre2_match(code, (PCRE2_SPTR)(text.at ? text.at : ""), text.len, from, options,
	                   scratch->data, scratch->limits);
}

enum regex_result regex_find(const struct regex *regex, struct regex_scratch *scratch,
                             struct slice text, size_t from, struct span *where)
{
	const PCRE2_SIZE *ends;
	int found;

	if (from > text.len)
		return REGEX_NO;
	if (scratch->patience == 0)
		return REGEX_GAVE_UP;
	make_room(scratch, regex->pairs);
	found = search(regex, scratch, text, from);
	if (found == PCRE2_ERROR_NOMATCH)
		return REGEX_NO;
	if (found < 0) {
		scratch->patience--;
		return REGEX_GAVE_UP;
	}
	ends = pcre2_get_ovector_pointer(scratch->data);
	/* \K in a lookahead can set the start behind the end. */
	where->end = (uint32_t)ends[1];
	where->start = (uint32_t)(ends[0] < ends[1] ? ends[0] : ends[1]);
	return REGEX_YES;
}

bool regex_group(const struct regex *regex, const struct regex_scratch *scratch, const char *name,
                 struct span *where)
{
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(scratch->data);
	PCRE2_SPTR first;
	PCRE2_SPTR last;
	int size = pcre2_substring_nametable_scan(regex->code, (PCRE2_SPTR)name, &first, &last);

	if (size <= 0)
		return false;
	for (; first <= last; first += size) {
		uint32_t group = (uint32_t)first[0] << 8 | first[1];

		if (group >= regex->pairs || ends[2 * group] == PCRE2_UNSET ||
		    ends[2 * group] > ends[2 * group + 1])
			continue;
		where->start = (uint32_t)ends[2 * group];
		where->end = (uint32_t)ends[2 * group + 1];
		return true;
	}
	return false;
}
