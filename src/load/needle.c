/* needle.c: see needle.h.
 *
 * Reads as much of PCRE2's syntax as rules use; whatever it does not know makes it say "cannot
 * tell", which is always right. Of all the literals that a match must hold it keeps the two sets
 * that are the least likely to stand in a text by chance. */
#include "load/needle.h"

/* Nesting of groups that is followed. */
#define DEPTH 40u
/* Grams looked at for one literal. */
#define GRAMS 4u

struct needle {
	uint16_t grams[GRAMS];
};

/* One of each group must be there. */
struct needles {
	struct {
		struct needle *items;
		size_t count;
	} groups[2];
};

/* Stands for any digit; no folded text holds the byte itself. */
#define ANY_DIGIT "\0"

/* Literals of which any match holds one; `known` is false when that cannot be told. */
struct set {
	struct slice *items;
	size_t count;
	size_t cap;
	double chance; /* that some text holds one of them */
	bool known;
};

struct reading {
	struct slice text;
	struct arena *arena;
	size_t at;
	size_t depth;
	size_t branches; /* outermost ones */
	struct set *second; /* the second best of the outermost branch at hand */
	bool lost; /* met something it does not know: nothing can be told */
};

static uint16_t single_gram(unsigned char byte)
{
	return (uint16_t)(byte * 0x9e3779b1u >> (32 - GRAM_BITS));
}

static uint16_t pair_gram(unsigned char a, unsigned char b)
{
	uint32_t hash = (a * 0x9e3779b1u) ^ (b * 0x85ebca6bu);

	return (uint16_t)((hash ^ hash >> 15) * 0x2c1b3c6du >> (32 - GRAM_BITS));
}

static uint16_t triple_gram(unsigned char a, unsigned char b, unsigned char c)
{
	uint32_t hash = ((uint32_t)a << 16 | (uint32_t)b << 8 | c) * 0x9e3779b1u;

	return (uint16_t)((hash ^ hash >> 13) * 0x297a2d39u >> (32 - GRAM_BITS));
}

static void add_gram(struct grams *grams, uint16_t gram)
{
	grams->bits[gram / 64] |= UINT64_C(1) << (gram % 64);
}

void grams_add(struct grams *grams, struct slice text)
{
	const unsigned char *bytes = (const unsigned char *)text.at;
	size_t i;

	for (i = 0; i < text.len; i++) {
		add_gram(grams, single_gram(bytes[i]));
		/* Other scripts have digits of their own. */
		if ((bytes[i] >= '0' && bytes[i] <= '9') || bytes[i] >= 0x80)
			add_gram(grams, single_gram(ANY_DIGIT[0]));
		if (i >= 1)
			add_gram(grams, pair_gram(bytes[i - 1], bytes[i]));
		if (i >= 2)
			add_gram(grams, triple_gram(bytes[i - 2], bytes[i - 1], bytes[i]));
	}
}

static bool has_gram(const struct grams *grams, uint16_t gram)
{
	return (grams->bits[gram / 64] >> (gram % 64) & 1) != 0;
}

static bool any_present(const struct needle *items, size_t count, const struct grams *grams)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const uint16_t *gram = items[i].grams;

		if (has_gram(grams, gram[0]) && has_gram(grams, gram[1]) &&
		    has_gram(grams, gram[2]) && has_gram(grams, gram[3]))
			return true;
	}
	return count == 0;
}

bool needles_seem_present(const struct needles *needles, const struct grams *grams)
{
	return !needles ||
	       (any_present(needles->groups[0].items, needles->groups[0].count, grams) &&
	        any_present(needles->groups[1].items, needles->groups[1].count, grams));
}

/* How likely a literal of that length stands in a clause by chance; roughly. */
static double chance_of(size_t len)
{
	static const double chances[] = {1, 0.4, 0.3, 0.08, 0.03, 0.012};

	return len < sizeof(chances) / sizeof(chances[0]) ? chances[len] : 0.006;
}

static void add_literal(struct reading *reading, struct set *set, struct slice literal)
{
	set->items = arena_grow(reading->arena, set->items, &set->cap, set->count + 1,
	                        sizeof(*set->items));
	set->items[set->count++] = literal;
	set->chance += chance_of(literal.len);
}

static bool is_better(const struct set *a, const struct set *b)
{
	return a->known && (!b->known || a->chance < b->chance);
}

static void prefer(struct reading *reading, struct set *best, const struct set *other)
{
	bool outermost = reading->depth == 1;

	if (is_better(other, best)) {
		if (outermost && best->known)
			*reading->second = *best;
		*best = *other;
	} else if (outermost && is_better(other, reading->second)) {
		*reading->second = *other;
	}
}

/* A single letter, blank or stop stands in most texts. */
static bool says_something(struct slice literal)
{
	return literal.len > 1 ||
	       (literal.len == 1 && !(literal.at[0] >= 'a' && literal.at[0] <= 'z') &&
	        !strchr(" ',.", literal.at[0])) ||
	       (literal.len == 1 && literal.at[0] == ANY_DIGIT[0]);
}

static void prefer_literal(struct reading *reading, struct set *best, struct slice literal)
{
	struct set set = {.known = true};

	if (!says_something(literal))
		return;
	add_literal(reading, &set, literal);
	prefer(reading, best, &set);
}

static char peek(const struct reading *reading, size_t ahead)
{
	size_t at = reading->at + ahead;

	return at < reading->text.len ? reading->text.at[at] : '\0';
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_alphanumeric(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || is_digit(byte);
}

/* Reads the quantifier that stands here, if any. */
static bool read_quantifier(struct reading *reading, bool *optional)
{
	char byte = peek(reading, 0);

	*optional = byte == '?' || byte == '*';
	if (byte == '?' || byte == '*' || byte == '+') {
		reading->at++;
	} else if (byte == '{' && is_digit(peek(reading, 1))) {
		size_t end = reading->at + 1;
		long least = 0;

		for (; end < reading->text.len && is_digit(reading->text.at[end]); end++)
			least = least < 10 ? least * 10 + (reading->text.at[end] - '0') : least;
		*optional = least == 0;
		while (end < reading->text.len &&
		       (is_digit(reading->text.at[end]) || reading->text.at[end] == ','))
			end++;
		if (end == reading->text.len || reading->text.at[end] != '}') {
			reading->lost = true;
			return false;
		}
		reading->at = end + 1;
	} else {
		/* "{,3}" means one thing or another by PCRE2's version. */
		if (byte == '{')
			reading->lost = true;
		return false;
	}
	if (peek(reading, 0) == '?' || peek(reading, 0) == '+')
		reading->at++;
	return true;
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

/* A backslash and what belongs to it: the mark itself, a digit, or nothing that can be told. */
static struct set read_escape(struct reading *reading)
{
	char byte = peek(reading, 1);
	struct slice mark = slice_sub(reading->text, reading->at + 1, reading->at + 2);
	struct set set = {0};

	reading->at += 2;
	if (byte == 'd' || !is_alphanumeric(byte)) {
		if (byte == 'd')
			mark = SLICE(ANY_DIGIT);
		set.known = says_something(mark) && (unsigned char)byte < 0x80;
		if (set.known)
			add_literal(reading, &set, mark);
		return set;
	}
	if (byte == 'p' || byte == 'P') {
		if (peek(reading, 0) == '{') {
			while (peek(reading, 0) != '\0' && peek(reading, 0) != '}')
				reading->at++;
		}
		reading->at++;
	} else if (is_digit(byte)) {
		while (is_digit(peek(reading, 0)))
			reading->at++;
	} else if (!strchr("bBDwWsShHvVRXAzZGnrtfeaK", byte)) {
		reading->lost = true;
	}
	return set;
}

static struct set read_alternatives(struct reading *reading);

/* A group, from its bracket to behind its end. Lookarounds are read but say nothing. */
static struct set read_group(struct reading *reading)
{
	struct set inner;
	bool looks = false;

	reading->at++;
	if (peek(reading, 0) == '*') {
		reading->lost = true;
	} else if (peek(reading, 0) == '?') {
		char kind = peek(reading, 1);
		char next = peek(reading, 2);

		reading->at += 2;
		if (kind == '<' && (next == '=' || next == '!')) {
			looks = true;
			reading->at++;
		} else if (kind == '<') {
			while (peek(reading, 0) != '\0' && peek(reading, 0) != '>')
				reading->at++;
			reading->at++;
		} else if (kind == '=' || kind == '!') {
			looks = true;
		} else if (kind != ':' && kind != '>' && kind != '|') {
			reading->lost = true;
		}
	}
	inner = read_alternatives(reading);
	if (peek(reading, 0) != ')')
		reading->lost = true;
	reading->at++;
	if (looks)
		inner.known = false;
	return inner;
}

static size_t character(const struct reading *reading)
{
	size_t len = 1;

	while (((unsigned char)peek(reading, len) & 0xc0) == 0x80)
		len++;
	return len;
}

/* One branch, up to `|`, `)` or the end. */
static struct set read_branch(struct reading *reading)
{
	struct set best = {0};
	size_t start = reading->at; /* of the literal being read */
	bool optional;

	while (!reading->lost && reading->at < reading->text.len) {
		char byte = peek(reading, 0);
		size_t before = reading->at;
		struct set inner = {0};

		if (byte == '|' || byte == ')')
			break;
		if (byte == '*' || byte == '+' || byte == '?' || byte == '{') {
			reading->lost = true;
		} else if (!strchr("([\\.^$", byte)) {
			size_t len = character(reading);

			reading->at += len;
			if (read_quantifier(reading, &optional)) {
				prefer_literal(reading, &best,
				               slice_sub(reading->text, start,
				                         optional ? before : before + len));
				start = reading->at;
			}
			continue;
		}
		prefer_literal(reading, &best, slice_sub(reading->text, start, before));
		if (byte == '(')
			inner = read_group(reading);
		else if (byte == '[')
			skip_class(reading);
		else if (byte == '\\')
			inner = read_escape(reading);
		else
			reading->at++;
		if (read_quantifier(reading, &optional) && optional)
			inner.known = false;
		prefer(reading, &best, &inner);
		start = reading->at;
	}
	prefer_literal(reading, &best, slice_sub(reading->text, start, reading->at));
	return best;
}

static struct set read_alternatives(struct reading *reading)
{
	struct set all = {.known = true};
	size_t i;

	if (++reading->depth > DEPTH)
		reading->lost = true;
	while (!reading->lost) {
		struct set branch = read_branch(reading);

		reading->branches += reading->depth == 1 ? 1 : 0;
		all.known = all.known && branch.known;
		for (i = 0; all.known && i < branch.count; i++)
			add_literal(reading, &all, branch.items[i]);
		if (peek(reading, 0) != '|')
			break;
		reading->at++;
	}
	reading->depth--;
	return all;
}

static struct needle needle_of(struct slice literal)
{
	const unsigned char *bytes = (const unsigned char *)literal.at;
	struct needle needle;
	size_t i;

	for (i = 0; i < GRAMS; i++) {
		if (literal.len == 1) {
			needle.grams[i] = single_gram(bytes[0]);
		} else if (literal.len == 2) {
			needle.grams[i] = pair_gram(bytes[0], bytes[1]);
		} else {
			size_t at = i * (literal.len - 3) / (GRAMS - 1);

			needle.grams[i] = triple_gram(bytes[at], bytes[at + 1], bytes[at + 2]);
		}
	}
	return needle;
}

static void keep(struct needles *needles, size_t group, const struct set *set, struct arena *arena)
{
	size_t i;

	needles->groups[group].items = ARENA_ARRAY(arena, struct needle, set->count);
	needles->groups[group].count = set->count;
	for (i = 0; i < set->count; i++)
		needles->groups[group].items[i] = needle_of(set->items[i]);
}

const struct needles *needles_of(struct slice pattern, struct arena *arena)
{
	struct set second = {0};
	struct arena scratch;
	struct reading reading = {.text = pattern, .arena = &scratch, .second = &second};
	struct needles *needles = NULL;
	struct set set;

	arena_init(&scratch);
	set = read_alternatives(&reading);
	if (!reading.lost && reading.at == pattern.len && set.known) {
		needles = ARENA_NEW(arena, struct needles);
		keep(needles, 0, &set, arena);
		if (second.known && reading.branches == 1)
			keep(needles, 1, &second, arena);
	}
	arena_release(&scratch);
	return needles;
}
