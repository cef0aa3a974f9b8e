/* needle.c: see needle.h.
 *
 * Reads as much of PCRE2's syntax as rules use; whatever it does not know makes it say "cannot
 * tell", which is always right. */
#include "load/needle_part.h"

#include "base/ascii.h"

/* Nesting of groups that is followed. */
#define DEPTH 40u
/* Members of a class that are told one by one. */
#define MEMBERS 8u

enum quantifier { ONCE, MAYBE, OFTEN, ANY };

/* Reads the quantifier that stands here, if any. */
static enum quantifier read_quantifier(struct reading *reading)
{
	char byte = peek(reading, 0);
	enum quantifier kind = byte == '?' ? MAYBE : byte == '*' ? ANY : OFTEN;

	if (byte == '?' || byte == '*' || byte == '+') {
		reading->at++;
	} else if (byte == '{' && ascii_is_digit(peek(reading, 1))) {
		size_t end = reading->at + 1;
		long least = 0;

		for (; end < reading->text.len && ascii_is_digit(reading->text.at[end]); end++)
			least = least < 10 ? least * 10 + (reading->text.at[end] - '0') : least;
		kind = least == 0 ? ANY : OFTEN;
		while (end < reading->text.len &&
		       (ascii_is_digit(reading->text.at[end]) || reading->text.at[end] == ','))
			end++;
		if (end == reading->text.len || reading->text.at[end] != '}') {
			reading->lost = true;
			return ONCE;
		}
		reading->at = end + 1;
	} else {
		/* "{,3}" means one thing or another by PCRE2's version. */
		if (byte == '{')
			reading->lost = true;
		return ONCE;
	}
	if (peek(reading, 0) == '?' || peek(reading, 0) == '+')
		reading->at++;
	return kind;
}

static void quantify(struct reading *reading, struct part *atom)
{
	enum quantifier kind = read_quantifier(reading);

	if (kind == ONCE)
		return;
	if (kind == MAYBE && atom->exact && atom->strings.count < PRODUCT) {
		part_add_string(reading, &atom->strings, SLICE(""));
	} else if (kind == OFTEN && atom->exact) {
		atom->repeats = true;
		atom->exact = false;
	} else if (kind != OFTEN || atom->looks) {
		*atom = (struct part){
		        .looks = atom->looks, .gap = atom->gap, .soft = part_is_soft(atom)};
	}
}

/* Behind a `[class]`. */
static void skip_class(struct reading *reading)
{
	reading->at++;
	if (peek(reading, 0) == '^')
		reading->at++;
	if (peek(reading, 0) == ']')
		reading->at++;
	while (reading->at < reading->text.len && peek(reading, 0) != ']') {
		if (peek(reading, 0) == '[' && strchr(":.=", peek(reading, 1))) {
			reading->lost = true;
			return;
		}
		if (peek(reading, 0) == '\\') {
			if (peek(reading, 1) == 'Q' || peek(reading, 1) == 'E')
				reading->lost = true;
			reading->at++;
		}
		reading->at++;
	}
	if (reading->at >= reading->text.len)
		reading->lost = true;
	reading->at++;
}

static size_t character(const struct reading *reading, size_t at)
{
	size_t end = at + 1;

	while (end < reading->text.len && ((unsigned char)reading->text.at[end] & 0xc0) == 0x80)
		end++;
	return end - at;
}

/* The members of a class of a few single characters. */
static struct part read_class(struct reading *reading)
{
	struct part part = {.exact = true};
	size_t at = reading->at + 1;
	size_t end;

	skip_class(reading);
	end = reading->at - 1;
	if (reading->lost || reading->text.at[at] == '^')
		return (struct part){0};
	while (at < end) {
		size_t len;

		if (reading->text.at[at] == '\\')
			at++;
		len = character(reading, at);
		if ((reading->text.at[at - 1] == '\\' &&
		     ascii_is_alphanumeric(reading->text.at[at])) ||
		    (at + len + 1 < end && reading->text.at[at + len] == '-') ||
		    part.strings.count == MEMBERS)
			return (struct part){0};
		part_add_string(reading, &part.strings, slice_sub(reading->text, at, at + len));
		at += len;
	}
	return part;
}

/* A backslash and what belongs to it: the mark itself, a digit, or nothing that can be told. */
static struct part read_escape(struct reading *reading)
{
	static const char digit[] = {NEEDLE_DIGIT};
	static const char edge[] = {EDGE};
	char byte = peek(reading, 1);
	struct part any = {0};

	reading->at += 2;
	if (byte == 'b')
		return part_of_string(reading, (struct slice){edge, 1});
	if (byte == 'W')
		return (struct part){.gap = true, .soft = true, .must = true};
	if (byte && strchr("BAzZGK", byte))
		return part_of_string(reading, SLICE(""));
	if (byte == 'd') {
		struct part part = part_of_string(reading, (struct slice){digit, 1});

		return (struct part){.ways = part_needs_string(reading, &part.strings)};
	}
	if (!ascii_is_alphanumeric(byte)) {
		if ((unsigned char)byte >= 0x80 || byte == '\0') {
			reading->lost = true;
			return any;
		}
		return part_of_string(reading,
		                      slice_sub(reading->text, reading->at - 1, reading->at));
	}
	if (byte == 'p' || byte == 'P') {
		if (peek(reading, 0) == '{') {
			while (peek(reading, 0) != '\0' && peek(reading, 0) != '}')
				reading->at++;
		}
		reading->at++;
	} else if (ascii_is_digit(byte)) {
		while (ascii_is_digit(peek(reading, 0)))
			reading->at++;
	} else if (!strchr("DwWsShHvVRXnrtfea", byte)) {
		reading->lost = true;
	}
	return any;
}

static struct part read_alternatives(struct reading *reading);

/* A group, from its bracket to behind its end. */
static struct part read_group(struct reading *reading)
{
	struct part inner;
	bool looks = false;
	bool denies = false;

	reading->at++;
	if (peek(reading, 0) == '*') {
		reading->lost = true;
	} else if (peek(reading, 0) == '?') {
		char kind = peek(reading, 1);
		char next = peek(reading, 2);

		reading->at += 2;
		if (kind == '<' && (next == '=' || next == '!')) {
			looks = true;
			denies = next == '!';
			reading->at++;
		} else if (kind == '<') {
			while (peek(reading, 0) != '\0' && peek(reading, 0) != '>')
				reading->at++;
			reading->at++;
		} else if (kind == '=' || kind == '!') {
			looks = true;
			denies = kind == '!';
		} else if (kind != ':' && kind != '>' && kind != '|') {
			reading->lost = true;
		}
	}
	inner = read_alternatives(reading);
	if (peek(reading, 0) != ')')
		reading->lost = true;
	reading->at++;
	if (denies)
		return (struct part){.looks = true};
	if (looks && !reading->lost)
		return (struct part){.looks = true, .ways = part_ways(reading, &inner)};
	return inner;
}

static bool is_quantifier(char byte)
{
	return byte == '?' || byte == '*' || byte == '+' || byte == '{';
}

static bool is_special(char byte)
{
	return !ascii_is_lower(byte) && byte != ' ' && strchr("()[]{}|\\.^$*+?", byte);
}

/* Characters that stand for themselves, up to one that is quantified. */
static struct part read_plain(struct reading *reading)
{
	size_t start = reading->at;
	size_t end = start;

	while (end < reading->text.len && !is_special(reading->text.at[end])) {
		size_t next = end + character(reading, end);

		if (next < reading->text.len && is_quantifier(reading->text.at[next])) {
			end = end == start ? next : end;
			break;
		}
		end = next;
	}
	/* A bracket that closes nothing is itself. */
	if (end == start)
		end += character(reading, start);
	reading->at = end;
	return part_of_string(reading, slice_sub(reading->text, start, end));
}

static struct part read_atom(struct reading *reading)
{
	switch (peek(reading, 0)) {
	case '(':
		return read_group(reading);
	case '[':
		return read_class(reading);
	case '\\':
		return read_escape(reading);
	case '.':
		reading->at++;
		return (struct part){0};
	case '^':
	case '$':
		reading->at++;
		return (struct part){.exact = true, .strings = part_just(reading, GAP)};
	case '*':
	case '+':
	case '?':
	case '{':
	case '\0':
		reading->lost = true;
		return (struct part){0};
	default:
		return read_plain(reading);
	}
}

/* One branch, up to `|`, `)` or the end. */
static struct part read_branch(struct reading *reading)
{
	struct part branch = part_of_string(reading, SLICE(""));

	while (!reading->lost && reading->at < reading->text.len && peek(reading, 0) != '|' &&
	       peek(reading, 0) != ')') {
		struct part atom = read_atom(reading);

		if (reading->lost)
			break;
		quantify(reading, &atom);
		part_append(reading, &branch, &atom);
	}
	/* What a lookaround asks for goes on top. */
	if (branch.ways.known)
		branch.exact = false;
	if (!branch.exact) {
		branch.soft = branch.must = part_strings_soft(&branch.strings);
		part_flush(reading, &branch, '\0');
	}
	return branch;
}

/* Most branches are words of a list: those are taken as they are. */
static bool read_words(struct reading *reading, struct part *either)
{
	const char *bytes = reading->text.at;
	size_t end = reading->at;
	char next;

	while (end < reading->text.len && (ascii_is_lower(bytes[end]) || bytes[end] == ' '))
		end++;
	next = end < reading->text.len ? bytes[end] : '|';
	if ((next != '|' && next != ')') || !either->exact || either->strings.count >= STRINGS)
		return false;
	part_add_string(reading, &either->strings, slice_sub(reading->text, reading->at, end));
	reading->at = end;
	return true;
}

static struct part read_alternatives(struct reading *reading)
{
	struct part all = {0};

	if (++reading->depth > DEPTH)
		reading->lost = true;
	else
		all = read_branch(reading);
	while (!reading->lost && peek(reading, 0) == '|') {
		struct part branch;

		reading->at++;
		if (read_words(reading, &all))
			continue;
		branch = read_branch(reading);
		part_alternate(reading, &all, &branch);
	}
	reading->depth--;
	return all;
}

struct needles needles_of(struct slice pattern, struct arena *arena)
{
	struct reading reading = {.text = pattern, .arena = arena};
	struct part part = read_alternatives(&reading);
	struct ways ways;

	if (reading.lost || reading.at != pattern.len)
		return (struct needles){0};
	ways = part_ways(&reading, &part);
	if (!ways.known)
		return (struct needles){0};
	return (struct needles){.ways = ways.items, .count = ways.count};
}
