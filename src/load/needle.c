/* needle.c: see needle.h.
 *
 * Reads as much of PCRE2's syntax as rules use; whatever it does not know makes it say "cannot
 * tell", which is always right. While a part of a pattern can be but a few strings these are
 * multiplied out ("how (did|was)" is "how did" or "how was"); where that ends, they become a set of
 * which one must be there. */
#include "load/needle.h"

#include "base/ascii.h"

/* Nesting of groups that is followed. */
#define DEPTH 40u
/* Strings that two parts are multiplied out to. */
#define PRODUCT 32u
/* Alternatives that are kept as strings. */
#define STRINGS 2000u
/* Ways that are kept apart. */
#define WAYS 24u
/* Members of a class that are told one by one. */
#define MEMBERS 8u

/* Within a string: a word boundary; and, first or last, no word character (but perhaps an end of
 * the text) just before or behind. */
#define EDGE '\1'
#define GAP '\2'

/* All that a part of the pattern can be. */
struct strings {
	struct slice *items;
	size_t count;
	size_t cap;
};

struct ways {
	struct needle_way *items;
	size_t count;
	size_t cap;
	bool known; /* else nothing is needed */
};

/* A part of a pattern. */
struct part {
	bool exact; /* it is one of `strings`; else it needs one of `ways` */
	bool looks; /* a lookaround: takes no place */
	bool repeats; /* one of `strings` once or more often */
	bool gap; /* holds no word character; not exact */
	bool soft; /* does not end in a word character, unless it is nothing; not exact */
	bool must; /* is not nothing; not exact */
	struct strings strings;
	struct ways ways;
};

struct reading {
	struct slice text;
	struct arena *arena;
	size_t at;
	size_t depth;
	bool lost; /* met something it does not know: nothing can be told */
};

static char peek(const struct reading *reading, size_t ahead)
{
	size_t at = reading->at + ahead;

	return at < reading->text.len ? reading->text.at[at] : '\0';
}

static void add_string(struct reading *reading, struct strings *strings, struct slice string)
{
	strings->items = arena_grow(reading->arena, strings->items, &strings->cap,
	                            strings->count + 1, sizeof(*strings->items));
	strings->items[strings->count++] = string;
}

static struct part one_string(struct reading *reading, struct slice string)
{
	struct part part = {.exact = true};

	/* Room for one: most strings stay alone. */
	part.strings.items = ARENA_NEW(reading->arena, struct slice);
	part.strings.items[0] = string;
	part.strings.count = part.strings.cap = 1;
	return part;
}

/* From strings to what must be there. */

/* A single letter, blank or stop stands in most texts. */
static bool says_nothing(const struct needle *needle)
{
	char first = needle->bytes.len ? needle->bytes.at[0] : ' ';

	if (needle->bytes.len > 1 || first == NEEDLE_DIGIT)
		return false;
	return strchr(" .", first) ||
	       (ascii_is_lower(first) && !(needle->edge_before && needle->edge_behind));
}

/* How likely a needle stands in a clause by chance; roughly. */
static double chance_of(const struct needle *needle)
{
	static const double chances[] = {1, 0.4, 0.3, 0.1, 0.05, 0.02, 0.01};
	size_t len = needle->bytes.len;

	len += (needle->edge_before && needle->edge_behind) + (len > 2);
	return len < sizeof(chances) / sizeof(chances[0]) ? chances[len] : 0.005;
}

static double either_chance(double a, double b)
{
	return a + b - a * b;
}

static bool is_mark(char byte)
{
	return byte == EDGE || byte == GAP;
}

static bool has_marks(struct slice string)
{
	return memchr(string.at, EDGE, string.len) || memchr(string.at, GAP, string.len);
}

/* False when there cannot be such a string: a word boundary where none can be. */
static bool make_needle(struct reading *reading, struct slice string, struct needle *needle)
{
	char *bytes;
	size_t len = 0;
	char mark = '\0'; /* before the byte at hand */
	size_t i;

	*needle = (struct needle){.bytes = string};
	if (string.len <= NEEDLE_BYTES && !has_marks(string))
		return true;
	bytes = arena_alloc(reading->arena, NEEDLE_BYTES);
	needle->bytes.at = bytes;
	for (i = 0; i < string.len; i++) {
		char byte = string.at[i];

		if (is_mark(byte)) {
			mark = mark == EDGE ? EDGE : byte;
			continue;
		}
		if (len == NEEDLE_BYTES)
			break;
		if (len == 0)
			needle->edge_before = mark == EDGE || (mark && ascii_is_word(byte));
		else if (mark == EDGE && !((unsigned char)(byte | bytes[len - 1]) & 0x80) &&
		         ascii_is_word(byte) == ascii_is_word(bytes[len - 1]))
			return false;
		mark = '\0';
		bytes[len++] = byte;
	}
	/* Cut off, it may still end at an edge. */
	needle->edge_behind = mark == EDGE || (mark && len && ascii_is_word(bytes[len - 1]));
	needle->bytes.len = len;
	return true;
}

static void add_way(struct reading *reading, struct ways *ways, const struct needle_way *way)
{
	ways->items = arena_grow(reading->arena, ways->items, &ways->cap, ways->count + 1,
	                         sizeof(*ways->items));
	ways->items[ways->count++] = *way;
}

static struct ways one_set(struct reading *reading, const struct needle_set *set)
{
	struct needle_way way = {.sets = {set}, .count = 1};
	struct ways ways = {.known = true};

	add_way(reading, &ways, &way);
	return ways;
}

/* One of the strings must be there. */
static struct ways of_strings(struct reading *reading, const struct strings *strings)
{
	struct needle_set *set;
	struct needle *items;
	double chance = 0;
	size_t count = 0;
	size_t i;

	items = ARENA_ARRAY(reading->arena, struct needle, strings->count);
	for (i = 0; i < strings->count; i++) {
		struct needle *needle = &items[count];

		if (!make_needle(reading, strings->items[i], needle))
			continue;
		if (says_nothing(needle))
			return (struct ways){0};
		chance = either_chance(chance, chance_of(needle));
		count++;
	}
	/* That none can be is likelier a mistake of ours. */
	if (count == 0)
		return (struct ways){0};
	set = ARENA_NEW(reading->arena, struct needle_set);
	*set = (struct needle_set){items, count, chance};
	return one_set(reading, set);
}

static struct ways ways_of(struct reading *reading, const struct part *part)
{
	return part->exact ? of_strings(reading, &part->strings) : part->ways;
}

/* One way for all of them: of each its rarest set, thrown together. */
static struct ways as_one(struct reading *reading, const struct ways *ways)
{
	struct needle_set *set = ARENA_NEW(reading->arena, struct needle_set);
	struct needle *items;
	size_t count = 0;
	size_t i;

	for (i = 0; i < ways->count; i++)
		count += ways->items[i].sets[0]->count;
	items = ARENA_ARRAY(reading->arena, struct needle, count);
	set->items = items;
	for (i = 0; i < ways->count; i++) {
		const struct needle_set *rarest = ways->items[i].sets[0];

		memcpy(items + set->count, rarest->items, rarest->count * sizeof(*items));
		set->count += rarest->count;
		set->chance = either_chance(set->chance, rarest->chance);
	}
	return one_set(reading, set);
}

static void add_set(struct needle_way *way, const struct needle_set *set)
{
	size_t at = way->count;

	while (at > 0 && way->sets[at - 1]->chance > set->chance)
		at--;
	if (at == NEEDLE_SETS)
		return;
	if (way->count < NEEDLE_SETS)
		way->count++;
	memmove(&way->sets[at + 1], &way->sets[at], (way->count - 1 - at) * sizeof(way->sets[0]));
	way->sets[at] = set;
}

static struct ways both(struct reading *reading, struct ways a, struct ways b)
{
	struct ways product = {.known = true};
	size_t i;
	size_t j;
	size_t k;

	if (a.known && b.known && a.count > 1 && b.count > 1 && a.count * b.count > WAYS) {
		if (a.count > b.count)
			a = as_one(reading, &a);
		else
			b = as_one(reading, &b);
	}
	if (!a.known)
		return b;
	if (!b.known)
		return a;
	for (i = 0; i < a.count; i++) {
		for (j = 0; j < b.count; j++) {
			struct needle_way way = a.items[i];

			for (k = 0; k < b.items[j].count; k++)
				add_set(&way, b.items[j].sets[k]);
			add_way(reading, &product, &way);
		}
	}
	return product;
}

/* Parts one after the other. */

static struct slice joined(struct reading *reading, struct slice a, struct slice b)
{
	char *bytes;

	if (a.len == 0)
		return b;
	if (b.len == 0)
		return a;
	/* As in "how" and " did" with nothing between them in the pattern. */
	if (a.at + a.len == b.at)
		return (struct slice){a.at, a.len + b.len};
	bytes = arena_alloc(reading->arena, a.len + b.len);
	memcpy(bytes, a.at, a.len);
	memcpy(bytes + a.len, b.at, b.len);
	return (struct slice){bytes, a.len + b.len};
}

static bool is_edge(const struct strings *strings)
{
	return strings->count == 1 && strings->items[0].len == 1 &&
	       is_mark(strings->items[0].at[0]);
}

/* None of them ends in a word character, nor can what is before them show. */
static bool are_soft(const struct strings *strings)
{
	size_t i;

	for (i = 0; i < strings->count; i++) {
		struct slice string = strings->items[i];
		char last = string.len ? string.at[string.len - 1] : 'a';

		if (last == EDGE || (unsigned char)last >= 0x80 || ascii_is_word(last))
			return false;
	}
	return true;
}

static bool is_soft(const struct part *part)
{
	return part->exact ? are_soft(&part->strings) : part->soft;
}

static bool is_nothing(const struct strings *strings)
{
	return strings->count == 1 && strings->items[0].len == 0;
}

static bool may_multiply(const struct strings *a, const struct strings *b)
{
	return a->count * b->count <= PRODUCT || is_edge(a) || is_edge(b) || is_nothing(a) ||
	       is_nothing(b);
}

static struct strings multiply(struct reading *reading, const struct strings *a,
                               const struct strings *b)
{
	struct strings product = {0};
	size_t i;
	size_t j;

	if (is_nothing(a))
		return *b;
	if (is_nothing(b))
		return *a;
	for (i = 0; i < a->count; i++) {
		for (j = 0; j < b->count; j++)
			add_string(reading, &product, joined(reading, a->items[i], b->items[j]));
	}
	return product;
}

static struct strings just(struct reading *reading, char mark)
{
	static const char marks[] = {EDGE, GAP};
	struct slice string = {mark == EDGE ? marks : marks + 1, mark ? 1 : 0};

	return one_string(reading, string).strings;
}

/* What stood at the end of the branch must be there, with `mark` behind it. */
static void flush(struct reading *reading, struct part *branch, char mark)
{
	struct strings behind = just(reading, mark);
	struct strings strings = multiply(reading, &branch->strings, &behind);

	branch->exact = false;
	branch->ways = both(reading, branch->ways, of_strings(reading, &strings));
}

/* At least one of the strings: the first follows what is before, the last what is behind. */
static void append_repeated(struct reading *reading, struct part *branch, const struct part *atom)
{
	struct strings first = atom->strings;

	if (may_multiply(&branch->strings, &first))
		first = multiply(reading, &branch->strings, &first);
	else
		flush(reading, branch, '\0');
	branch->exact = false;
	branch->ways = both(reading, branch->ways, of_strings(reading, &first));
	branch->strings = atom->strings;
}

/* A branch is exact until something in it is not; `strings` is the end of it as far as it is. */
static void append(struct reading *reading, struct part *branch, const struct part *atom)
{
	bool soft;

	if (atom->looks) {
		branch->ways = both(reading, branch->ways, atom->ways);
		return;
	}
	if (atom->repeats) {
		append_repeated(reading, branch, atom);
		return;
	}
	if (atom->exact && may_multiply(&branch->strings, &atom->strings)) {
		branch->strings = multiply(reading, &branch->strings, &atom->strings);
		return;
	}
	if (atom->exact) {
		flush(reading, branch, '\0');
		branch->strings = atom->strings;
		return;
	}
	soft = atom->soft && (atom->must || are_soft(&branch->strings));
	flush(reading, branch, atom->gap && (atom->must || peek(reading, 0) == '$') ? GAP : '\0');
	branch->ways = both(reading, branch->ways, atom->ways);
	branch->strings = just(reading, soft ? GAP : '\0');
}

/* Reading. */

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
		add_string(reading, &atom->strings, SLICE(""));
	} else if (kind == OFTEN && atom->exact) {
		atom->repeats = true;
		atom->exact = false;
	} else if (kind != OFTEN || atom->looks) {
		*atom = (struct part){
		        .looks = atom->looks, .gap = atom->gap, .soft = is_soft(atom)};
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
		add_string(reading, &part.strings, slice_sub(reading->text, at, at + len));
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
		return one_string(reading, (struct slice){edge, 1});
	if (byte == 'W')
		return (struct part){.gap = true, .soft = true, .must = true};
	if (byte && strchr("BAzZGK", byte))
		return one_string(reading, SLICE(""));
	if (byte == 'd') {
		struct part part = one_string(reading, (struct slice){digit, 1});

		return (struct part){.ways = of_strings(reading, &part.strings)};
	}
	if (!ascii_is_alphanumeric(byte)) {
		if ((unsigned char)byte >= 0x80 || byte == '\0') {
			reading->lost = true;
			return any;
		}
		return one_string(reading, slice_sub(reading->text, reading->at - 1, reading->at));
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
		return (struct part){.looks = true, .ways = ways_of(reading, &inner)};
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
	return one_string(reading, slice_sub(reading->text, start, end));
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
		return (struct part){.exact = true, .strings = just(reading, GAP)};
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
	struct part branch = one_string(reading, SLICE(""));

	while (!reading->lost && reading->at < reading->text.len && peek(reading, 0) != '|' &&
	       peek(reading, 0) != ')') {
		struct part atom = read_atom(reading);

		if (reading->lost)
			break;
		quantify(reading, &atom);
		append(reading, &branch, &atom);
	}
	/* What a lookaround asks for goes on top. */
	if (branch.ways.known)
		branch.exact = false;
	if (!branch.exact) {
		branch.soft = branch.must = are_soft(&branch.strings);
		flush(reading, &branch, '\0');
	}
	return branch;
}

/* `either` or `branch`. */
static void alternate(struct reading *reading, struct part *either, struct part *branch)
{
	bool soft = is_soft(either) && is_soft(branch);
	struct ways ways;
	size_t i;

	if (either->exact && branch->exact &&
	    either->strings.count + branch->strings.count <= STRINGS) {
		for (i = 0; i < branch->strings.count; i++)
			add_string(reading, &either->strings, branch->strings.items[i]);
		return;
	}
	either->ways = ways_of(reading, either);
	either->exact = false;
	either->soft = either->must = soft;
	ways = ways_of(reading, branch);
	if (!either->ways.known || !ways.known) {
		either->ways = (struct ways){0};
		return;
	}
	for (i = 0; i < ways.count; i++)
		add_way(reading, &either->ways, &ways.items[i]);
	if (reading->depth > 1 && either->ways.count > WAYS)
		either->ways = as_one(reading, &either->ways);
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
	add_string(reading, &either->strings, slice_sub(reading->text, reading->at, end));
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
		alternate(reading, &all, &branch);
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
	ways = ways_of(&reading, &part);
	if (!ways.known)
		return (struct needles){0};
	return (struct needles){.ways = ways.items, .count = ways.count};
}
