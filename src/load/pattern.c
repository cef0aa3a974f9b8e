/* pattern.c: see pattern.h. One pass over the bytes that knows escapes, classes and groups. */
#include "load/pattern.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "load/fold.h"

/* A round bracket that is open, or (the outermost) the pattern itself. */
struct group {
	size_t at;
	size_t bar; /* of its last `|` */
	bool bars; /* it has one */
};

struct scan {
	struct slice text;
	struct place place;
	struct arena *arena; /* for lists */
	struct arena scratch;
	struct pattern_lists *lists;
	struct diags *diags;
	size_t at;
	struct group groups[LIMIT_PATTERN_GROUPS + 1];
	size_t depth;
	bool empty; /* nothing yet in this alternative */
	bool failed;
	bool told_fold; /* one letter that never matches is enough */
	bool told_blank;
	bool in_class;
	struct slice name; /* of the first group whose name means nothing here */
	bool refers; /* names are used within the pattern */
};

static char byte_at(const struct scan *scan, size_t at)
{
	return at < scan->text.len ? scan->text.at[at] : '\0';
}

static struct place wrong(struct scan *scan, size_t at, size_t len)
{
	scan->failed = true;
	return place_within(scan->place, at, len);
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The offset of `byte` at or after `at`, or text.len. */
static size_t find_byte(const struct scan *scan, size_t at, char byte)
{
	while (at < scan->text.len && scan->text.at[at] != byte)
		at++;
	return at;
}

static void tell_upper(struct scan *scan)
{
	size_t end = scan->at;
	struct slice word;
	char *lower;
	size_t i;

	while (is_upper(byte_at(scan, end)) || is_lower(byte_at(scan, end)) ||
	       (scan->in_class && byte_at(scan, end) == '-' && is_upper(byte_at(scan, end + 1))))
		end++;
	word = slice_sub(scan->text, scan->at, end);
	lower = arena_alloc(&scan->scratch, word.len + 1);
	for (i = 0; i < word.len; i++)
		lower[i] = (char)(is_upper(word.at[i]) ? word.at[i] - 'A' + 'a' : word.at[i]);
	diag_error(scan->diags, wrong(scan, scan->at, word.len),
	           "‘%.*s’ never matches: patterns see text in lower case; write ‘%s’",
	           SLICE_ARGS(word), lower);
}

/* A character that stands for itself: the text patterns see must be able to hold it. */
static void literal(struct scan *scan)
{
	uint32_t code;
	size_t len = utf8_next(slice_sub(scan->text, scan->at, scan->text.len), &code);
	struct slice written = slice_sub(scan->text, scan->at, scan->at + len);
	struct slice folded;

	if (!scan->told_fold && code < 0x80 && is_upper((char)code)) {
		scan->told_fold = true;
		tell_upper(scan);
	} else if (!scan->told_fold && (code >= 0x80 || code == '\t')) {
		folded = fold_text(written, &scan->scratch);
		scan->told_fold = !slice_eq(folded, written);
		if (scan->told_fold && folded.len)
			diag_error(scan->diags, wrong(scan, scan->at, len),
			           "‘%.*s’ never matches: text is made plain before patterns see "
			           "it; write ‘%.*s’",
			           SLICE_ARGS(written), SLICE_ARGS(folded));
		else if (scan->told_fold)
			diag_error(scan->diags, wrong(scan, scan->at, len),
			           "U+%04X never matches: it is left out of what patterns see; "
			           "delete it",
			           (unsigned)code);
		arena_clear(&scan->scratch);
	}
	scan->at += len;
	scan->empty = false;
}

/* Most of a pattern: small letters that need no look. */
static void literals(struct scan *scan)
{
	literal(scan);
	while (is_lower(byte_at(scan, scan->at)))
		scan->at++;
}

static bool may_be_left_out(const struct scan *scan, size_t at)
{
	return byte_at(scan, at) == '?' || byte_at(scan, at) == '*' ||
	       (byte_at(scan, at) == '{' && byte_at(scan, at + 1) == '0');
}

static void blank(struct scan *scan)
{
	size_t end = scan->at + 1;

	if (byte_at(scan, end) == ' ' && !may_be_left_out(scan, end + 1) && !scan->told_blank) {
		scan->told_blank = true;
		while (byte_at(scan, end) == ' ')
			end++;
		diag_error(
		        scan->diags, wrong(scan, scan->at, end - scan->at),
		        "blanks in a row never match: patterns see one between words; leave one");
		scan->at = end;
		return;
	}
	scan->at++;
	scan->empty = false;
}

/* `\Q…\E`: everything between stands for itself. */
static void quoted(struct scan *scan)
{
	while (scan->at < scan->text.len) {
		if (slice_starts(slice_sub(scan->text, scan->at, scan->text.len), SLICE("\\E"))) {
			scan->at += 2;
			return;
		}
		literal(scan);
	}
}

/* Skips `{…}`, `<…>` or `'…'` behind an escape, if it is there and ends. */
static bool skip_bracketed(struct scan *scan, const char *open, const char *close)
{
	const char *found;
	size_t end;

	if (scan->at >= scan->text.len || !(found = strchr(open, byte_at(scan, scan->at))))
		return false;
	end = find_byte(scan, scan->at + 1, close[found - open]);
	if (end == scan->text.len)
		return false;
	scan->at = end + 1;
	return true;
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static void escape(struct scan *scan)
{
	char c = byte_at(scan, scan->at + 1);
	uint32_t code;
	int digits;

	scan->empty = false;
	if (scan->at + 1 == scan->text.len) {
		diag_error(scan->diags, wrong(scan, scan->at, 1),
		           "‘\\’ at the end stands before nothing; delete it, or write ‘\\\\’ for "
		           "the stroke itself");
		scan->at++;
		return;
	}
	scan->at++;
	scan->at += utf8_next(slice_sub(scan->text, scan->at, scan->text.len), &code);
	switch (c) {
	case 'Q':
		quoted(scan);
		break;
	case 'c':
		scan->at += scan->at < scan->text.len;
		break;
	case 'p':
	case 'P':
		if (!skip_bracketed(scan, "{", "}"))
			scan->at += scan->at < scan->text.len;
		break;
	case 'x':
		if (skip_bracketed(scan, "{", "}"))
			break;
		for (digits = 0; digits < 2 && is_hex(byte_at(scan, scan->at)); digits++)
			scan->at++;
		break;
	case 'k':
	case 'g':
		scan->refers = true;
		skip_bracketed(scan, "{<'", "}>'");
		break;
	case 'o':
	case 'N':
	case 'u':
		skip_bracketed(scan, "{", "}");
		break;
	default:
		break;
	}
}

/* `[…]`, with `]` first standing for itself and `[:names:]` inside. */
static void class(struct scan *scan)
{
	size_t start = scan->at++;

	scan->at += byte_at(scan, scan->at) == '^';
	scan->at += byte_at(scan, scan->at) == ']';
	scan->in_class = true;
	while (scan->at < scan->text.len && byte_at(scan, scan->at) != ']') {
		if (byte_at(scan, scan->at) == '\\') {
			escape(scan);
		} else if (byte_at(scan, scan->at) == '[' && byte_at(scan, scan->at + 1) == ':') {
			size_t end = find_byte(scan, scan->at + 2, ':');

			scan->at = byte_at(scan, end + 1) == ']' ? end + 2 : scan->at + 1;
		} else {
			literal(scan);
		}
	}
	scan->in_class = false;
	scan->empty = false;
	if (scan->at >= scan->text.len)
		diag_error(scan->diags, wrong(scan, start, 1),
		           "‘[’ is never closed; close it with ‘]’, or write ‘\\[’ for the bracket "
		           "itself");
	scan->at++;
}

/* The name of a group from `at` up to `end_byte`. */
static void group_name(struct scan *scan, char end_byte)
{
	size_t end = find_byte(scan, scan->at, end_byte);
	struct slice name = slice_sub(scan->text, scan->at, end);

	if (!slice_is(name, "here") && !slice_is(name, "said") && scan->name.len == 0)
		scan->name = name;
	scan->at = end + (end < scan->text.len);
}

/* What may stand behind `(?`. */
static void group_kind(struct scan *scan)
{
	char c = byte_at(scan, scan->at);
	char next = byte_at(scan, scan->at + 1);

	if (c == '<' && next != '=' && next != '!') {
		scan->at++;
		group_name(scan, '>');
	} else if (c == 'P' && next == '<') {
		scan->at += 2;
		group_name(scan, '>');
	} else if (c == '\'') {
		scan->at++;
		group_name(scan, '\'');
	} else if (c == '<') {
		scan->at += 2;
	} else if (c && strchr(":=!>|", c)) {
		scan->at++;
	} else if (c == '(' && next != '?' && next != '*') {
		scan->refers = true;
		scan->at = find_byte(scan, scan->at, ')');
		scan->at += scan->at < scan->text.len;
	} else if (c == 'P' || c == '&' || c == 'R' || c == '+' || is_digit(c)) {
		scan->refers = true;
		scan->empty = false;
		scan->at = find_byte(scan, scan->at, ')');
	} else if (c != '(') {
		while (is_lower(c) || is_upper(c) || is_digit(c) || c == '^' || c == '-')
			c = byte_at(scan, ++scan->at);
		scan->at += c == ':';
		scan->empty = c == ':';
	}
}

static void open_group(struct scan *scan)
{
	size_t start = scan->at;

	if (byte_at(scan, start + 1) == '?' && byte_at(scan, start + 2) == '#') {
		scan->at = find_byte(scan, start, ')') + 1;
		return;
	}
	if (scan->depth == LIMIT_PATTERN_GROUPS) {
		diag_error(scan->diags, wrong(scan, start, 1),
		           "brackets nest deeper than %u levels; split the pattern",
		           LIMIT_PATTERN_GROUPS);
		scan->at = scan->text.len;
		return;
	}
	scan->groups[++scan->depth] = (struct group){.at = start};
	scan->empty = true;
	scan->at++;
	if (byte_at(scan, scan->at) == '?') {
		scan->at++;
		group_kind(scan);
	} else if (byte_at(scan, scan->at) == '*') {
		while (scan->at < scan->text.len && !strchr(":)", byte_at(scan, scan->at)))
			scan->at++;
		scan->empty = byte_at(scan, scan->at) == ':';
		scan->at += scan->empty;
	}
}

static void end_alternative(struct scan *scan)
{
	const struct group *group = &scan->groups[scan->depth];
	size_t at = group->bars ? group->bar : scan->at;

	if (!scan->empty)
		return;
	if (scan->depth)
		diag_error(
		        scan->diags, wrong(scan, at, 1),
		        "an empty alternative beside this ‘|’; for what may be missing write (…)?");
	else
		diag_error(scan->diags, wrong(scan, at, 1),
		           "an empty alternative matches everywhere; delete this ‘|’");
}

static void bar(struct scan *scan)
{
	struct group *group = &scan->groups[scan->depth];

	end_alternative(scan);
	group->bars = true;
	group->bar = scan->at++;
	scan->empty = true;
}

static void close_group(struct scan *scan)
{
	if (scan->depth == 0) {
		diag_error(scan->diags, wrong(scan, scan->at, 1),
		           "‘)’ closes nothing; delete it, or write ‘\\)’ for the bracket itself");
	} else {
		if (scan->groups[scan->depth].bars)
			end_alternative(scan);
		scan->depth--;
	}
	scan->at++;
	scan->empty = false;
}

/* The length of `{2}`, `{2,}` or `{2,3}` at `at`, or 0. */
static size_t quantifier(const struct scan *scan, size_t at)
{
	size_t end = at + 1;

	if (!is_digit(byte_at(scan, end)))
		return 0;
	while (is_digit(byte_at(scan, end)))
		end++;
	if (byte_at(scan, end) == ',')
		end++;
	while (is_digit(byte_at(scan, end)))
		end++;
	return byte_at(scan, end) == '}' ? end + 1 - at : 0;
}

static void repeat(struct scan *scan, size_t len)
{
	if (scan->empty && byte_at(scan, scan->at) == '*')
		diag_error(scan->diags, wrong(scan, scan->at, len),
		           "nothing stands before ‘*’ to repeat; delete it (an action such as "
		           "*nods* is seen as ‘\\(nods\\)’)");
	else if (scan->empty)
		diag_error(scan->diags, wrong(scan, scan->at, len),
		           "nothing stands before ‘%.*s’ to repeat; delete it, or write ‘\\%c’ for "
		           "the character itself",
		           (int)len, scan->text.at + scan->at, scan->text.at[scan->at]);
	scan->at += len;
	scan->empty = false;
}

static void add_list(struct scan *scan, struct slice id, size_t len)
{
	struct pattern_lists *lists = scan->lists;

	lists->items = arena_grow(scan->arena, lists->items, &lists->cap, lists->count + 1,
	                          sizeof(*lists->items));
	lists->items[lists->count++] =
	        (struct pattern_list){.id = id, .at = (uint32_t)scan->at, .len = (uint32_t)len};
}

static void brace(struct scan *scan)
{
	size_t len = quantifier(scan, scan->at);
	size_t end = find_byte(scan, scan->at, '}');
	struct slice id = slice_sub(scan->text, scan->at + 1, end);

	if (len) {
		repeat(scan, len);
		return;
	}
	len = end + 1 - scan->at;
	if (end == scan->text.len) {
		len = 1;
		diag_error(scan->diags, wrong(scan, scan->at, 1),
		           "‘{’ is never closed; close the name of a list with ‘}’, or write ‘\\{’ "
		           "for the bracket itself");
	} else if (byte_at(scan, scan->at + 1) == ',') {
		diag_error(scan->diags, wrong(scan, scan->at, len),
		           "‘{%.*s}’ repeats nothing here; write ‘{0%.*s}’", SLICE_ARGS(id),
		           SLICE_ARGS(id));
	} else if (!slice_is_id(id)) {
		diag_error(scan->diags, wrong(scan, scan->at, len),
		           "‘{%.*s}’ names no list: ids are lower-case letters, digits, _ and -; "
		           "write ‘\\{’ for the bracket itself",
		           SLICE_ARGS(id));
	} else if (!scan->lists) {
		diag_error(scan->diags, wrong(scan, scan->at, len),
		           "‘{%.*s}’: lists are known in rule packs only; write its words out as "
		           "(…|…)",
		           SLICE_ARGS(id));
	} else {
		add_list(scan, id, len);
	}
	scan->at += len;
	scan->empty = false;
}

static void step(struct scan *scan)
{
	switch (byte_at(scan, scan->at)) {
	case '\\':
		escape(scan);
		break;
	case '[':
		class(scan);
		break;
	case '(':
		open_group(scan);
		break;
	case ')':
		close_group(scan);
		break;
	case '|':
		bar(scan);
		break;
	case '{':
		brace(scan);
		break;
	case '*':
	case '+':
	case '?':
		repeat(scan, 1);
		break;
	case ' ':
		blank(scan);
		break;
	default:
		literals(scan);
		break;
	}
}

static void end(struct scan *scan)
{
	struct nearest nearest;

	if (scan->depth)
		diag_error(scan->diags, wrong(scan, scan->groups[scan->depth].at, 1),
		           "‘(’ is never closed; close it with ‘)’, or write ‘\\(’ for the bracket "
		           "itself");
	else if (scan->groups[0].bars)
		end_alternative(scan);
	if (scan->name.len == 0 || scan->refers)
		return;
	nearest_init(&nearest, scan->name);
	nearest_offer(&nearest, SLICE("here"));
	nearest_offer(&nearest, SLICE("said"));
	diag_warn(
	        scan->diags,
	        place_within(scan->place, (size_t)(scan->name.at - scan->text.at), scan->name.len),
	        "a group named ‘%.*s’ means nothing; only ‘here’ and ‘said’ do%s",
	        SLICE_ARGS(scan->name), nearest_hint(&nearest, &scan->diags->arena));
}

bool pattern_check(struct slice text, struct place place, struct arena *arena,
                   struct pattern_lists *lists, struct diags *diags)
{
	struct scan scan = {.text = text,
	                    .place = place,
	                    .arena = arena,
	                    .lists = lists,
	                    .diags = diags,
	                    .empty = true};

	while (scan.at < text.len)
		step(&scan);
	end(&scan);
	arena_release(&scan.scratch);
	return !scan.failed;
}
