/* regex.c: see regex.h. */
#include "load/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "load/factor.h"

/* A text from which on a search is bounded as a whole. PCRE2 counts steps anew at each byte where a
 * match might begin: that bounds a clause, but not an utterance. */
#define LONG_TEXT 1300u
/* Then steps are granted by length: this many bytes of text double them. */
#define STEPS_DOUBLE_AT 2500u

/* Searches of one pattern after which its machine code repays: making it takes as long. */
#define JIT_AFTER 200u
/* Searches of one pattern that machine code need answer, of those it is asked. */
#define JIT_WORTH 0.75

/* What comes of using a pattern: other forms of it, made when they are first needed. */
struct usage {
	pcre2_code *bounded; /* made to look for its own beginning within one match; NULL: no such
	                        form compiles */
	bool bounded_made;
	pcre2_code *counted; /* calls out at each part of the pattern */
	enum { JIT_UNTRIED, JIT_MADE, JIT_USELESS } jit;
	uint32_t jit_steps; /* of the interpreter's, for which there is memory */
	uint32_t searches;
	uint32_t asked; /* of the machine code … */
	uint32_t answered; /* … within its limit */
};

struct regex {
	pcre2_code *code;
	uint32_t pairs; /* groups and the whole match */
	uint32_t forks; /* places where a match may go on in several ways; at least so many */
	struct strbuf pattern; /* as compiled */
	struct usage *usage;
};

struct regex_scratch {
	pcre2_general_context *memory;
	pcre2_match_context *limits;
	pcre2_match_data *data;
	uint32_t pairs; /* that `data` has room for */
	uint32_t steps;
	uint32_t patience; /* searches that may still give up */
	uint32_t jit_after; /* searches of one pattern */
	uint64_t *counter; /* or NULL */
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

/* Groups without a name are never asked for, and each costs time, unless the pattern refers to them
 * by number. */
static uint32_t options_for(struct slice pattern)
{
	size_t i;

	for (i = 0; i + 1 < pattern.len; i++) {
		char byte = pattern.at[i];
		char next = pattern.at[i + 1];
		char third = i + 2 < pattern.len ? pattern.at[i + 2] : '\0';

		if (byte == '\\' && (ascii_is_digit(next) || next == 'g'))
			return COMPILE_OPTIONS;
		if (byte == '(' && next == '?' && !(third && strchr(":=!<>", third)))
			return COMPILE_OPTIONS;
		i += byte == '\\';
	}
	return COMPILE_OPTIONS | PCRE2_NO_AUTO_CAPTURE;
}

static pcre2_code *compile_with(struct slice pattern, uint32_t options, int *code, PCRE2_SIZE *at)
{
	pcre2_general_context *memory = pcre2_general_context_create(take, give, NULL);
	pcre2_compile_context *context = pcre2_compile_context_create(memory);
	pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)(pattern.at ? pattern.at : ""),
	                                     pattern.len, options, code, at, context);

	pcre2_compile_context_free(context);
	pcre2_general_context_free(memory);
	return compiled;
}

static pcre2_code *compile(struct slice pattern, int *code, PCRE2_SIZE *at)
{
	return compile_with(pattern, options_for(pattern), code, at);
}

static uint32_t count_forks(struct slice pattern)
{
	uint32_t count = 1;
	size_t i;

	for (i = 0; i < pattern.len; i++)
		count += strchr("|(?*+{", pattern.at[i]) != NULL;
	return count;
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
	regex->forks = count_forks(strbuf_slice(&text));
	regex->usage = mem_alloc(sizeof(*regex->usage));
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
	pcre2_code_free(regex->usage->bounded);
	pcre2_code_free(regex->usage->counted);
	free(regex->usage);
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
	regex_scratch_jit(scratch, JIT_AFTER);
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

void regex_scratch_jit(struct regex_scratch *scratch, uint32_t searches)
{
	scratch->jit_after = searches;
}

static int count_step(pcre2_callout_block *block, void *context)
{
	uint64_t *steps = context;

	(void)block;
	++*steps;
	return 0;
}

void regex_scratch_count(struct regex_scratch *scratch, uint64_t *steps)
{
	scratch->counter = steps;
	pcre2_set_callout(scratch->limits, steps ? count_step : NULL, steps);
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
	struct usage *usage = regex->usage;
	struct strbuf text = {0};
	PCRE2_SIZE at;
	int code;

	if (!usage->bounded_made && slice_find(pattern, SLICE("(?R")) == pattern.len &&
	    slice_find(pattern, SLICE("(?0")) == pattern.len &&
	    slice_find(pattern, SLICE("\\g")) == pattern.len) {
		strbuf_addz(&text, "(?s:.*?)\\K(?:");
		strbuf_add(&text, pattern);
		strbuf_addc(&text, ')');
		usage->bounded = compile(strbuf_slice(&text), &code, &at);
		strbuf_release(&text);
	}
	usage->bounded_made = true;
	return usage->bounded ? usage->bounded : regex->code;
}

static void make_jit(const struct regex *regex)
{
	struct usage *usage = regex->usage;
	size_t frame = 0;

	usage->jit = JIT_USELESS;
	if (pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE) != 0)
		return;
	usage->jit = JIT_MADE;
	pcre2_pattern_info(regex->code, PCRE2_INFO_FRAMESIZE, &frame);
	usage->jit_steps = (uint32_t)(LIMIT_MATCH_HEAP_KIB * 1024u / (frame + 1));
}

/* Is there machine code for the pattern, or has it come to be worth some? */
static bool has_jit(const struct regex *regex, const struct regex_scratch *scratch)
{
	struct usage *usage = regex->usage;

	if (scratch->counter)
		return false;
	if (usage->jit == JIT_UNTRIED && usage->searches++ >= scratch->jit_after)
		make_jit(regex);
	return usage->jit == JIT_MADE && scratch->jit_after != UINT32_MAX;
}

/* The verdict of the machine code, if the interpreter's must be the same. Machine code counts each
 * group and each repetition it goes on from; the interpreter takes more steps, but from one count
 * to the next at most as many as there are forks in the pattern and bytes in the text. So a search
 * that stays within that share of the limit cannot pass it. */
static bool jit_search(const struct regex *regex, struct regex_scratch *scratch, struct slice text,
                       size_t from, int *verdict)
{
	struct usage *usage = regex->usage;
	size_t steps;

	if (!has_jit(regex, scratch))
		return false;
	steps = usage->jit_steps < scratch->steps ? usage->jit_steps : scratch->steps;
	steps /= regex->forks + text.len;
	pcre2_set_match_limit(scratch->limits, (uint32_t)steps);
	*verdict = pcre2_jit_match(regex->code, (PCRE2_SPTR)(text.at ? text.at : ""), text.len,
	                           from, 0, scratch->data, scratch->limits);
	usage->asked++;
	if (*verdict >= 0 || *verdict == PCRE2_ERROR_NOMATCH) {
		usage->answered++;
		return true;
	}
	if (usage->asked >= 100 && usage->answered < JIT_WORTH * usage->asked)
		usage->jit = JIT_USELESS;
	return false;
}

static const pcre2_code *counted(const struct regex *regex)
{
	struct slice pattern = strbuf_slice(&regex->pattern);
	struct usage *usage = regex->usage;
	PCRE2_SIZE at;
	int code;

	if (!usage->counted)
		usage->counted = compile_with(pattern, options_for(pattern) | PCRE2_AUTO_CALLOUT,
		                              &code, &at);
	return usage->counted ? usage->counted : regex->code;
}

/* PCRE2's verdict: the number of groups set, or an error. */
static int search(const struct regex *regex, struct regex_scratch *scratch, struct slice text,
                  size_t from)
{
	uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT;
	uint32_t steps = scratch->steps;
	const pcre2_code *code = regex->code;
	int verdict;

	if (text.len >= LONG_TEXT && text.len <= UINT32_MAX / LIMIT_MATCH_STEPS)
		code = bounded(regex);
	else if (jit_search(regex, scratch, text, from, &verdict))
		return verdict;
	else if (scratch->counter)
		code = counted(regex);
	if (code == regex->usage->bounded) {
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
