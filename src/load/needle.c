/* needle.c: see needle.h.
 *
 * Reads as much of PCRE2's syntax as rules use; whatever it does not know makes it say "cannot
 * tell", which is always right. Of all the literals that a match must hold it keeps the set that is
 * the least likely to stand in a text by chance. */
#include "load/needle.h"

/* Nesting of groups that is followed. */
#define DEPTH 40u
/* Grams looked at for one literal. */
#define GRAMS 4u

struct needle {
	uint16_t grams[GRAMS];
};

struct needles {
	struct needle *items;
	size_t count;
};

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
	bool lost; /* met something it does not know: nothing can be told */
};

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

void grams_add(struct grams *grams, struct slice text)
{
	const unsigned char *bytes = (const unsigned char *)text.at;
	size_t i;

	for (i = 1; i < text.len; i++) {
		uint16_t pair = pair_gram(bytes[i - 1], bytes[i]);

		grams->bits[pair / 64] |= UINT64_C(1) << (pair % 64);
		if (i >= 2) {
			uint16_t triple = triple_gram(bytes[i - 2], bytes[i - 1], bytes[i]);

			grams->bits[triple / 64] |= UINT64_C(1) << (triple % 64);
		}
	}
}

static bool has_gram(const struct grams *grams, uint16_t gram)
{
	return (grams->bits[gram / 64] >> (gram % 64) & 1) != 0;
}

bool needles_seem_present(const struct needles *needles, const struct grams *grams)
{
	size_t i;

	if (!needles)
		return true;
	for (i = 0; i < needles->count; i++) {
		const uint16_t *gram = needles->items[i].grams;

		if (has_gram(grams, gram[0]) && has_gram(grams, gram[1]) &&
		    has_gram(grams, gram[2]) && has_gram(grams, gram[3]))
			return true;
	}
	return false;
}

/* How likely a literal of that length stands in a clause by chance; roughly. */
static double chance_of(size_t len)
{
	static const double chances[] = {1, 1, 0.3, 0.08, 0.03, 0.012};

	return len < sizeof(chances) / sizeof(chances[0]) ? chances[len] : 0.006;
}

static void add_literal(struct reading *reading, struct set *set, struct slice literal)
{
	set->items = arena_grow(reading->arena, set->items, &set->cap, set->count + 1,
	                        sizeof(*set->items));
	set->items[set->count++] = literal;
	set->chance += chance_of(literal.len);
}

static void prefer(struct set *best, const struct set *other)
{
	if (other->known && (!best->known || other->chance < best->chance))
		*best = *other;
}

/* The literal from `start` to `end`, if it says anything. */
static void prefer_literal(struct reading *reading, struct set *best, size_t start, size_t end)
{
	struct slice literal = slice_sub(reading->text, start, end);
	struct set set = {.known = true};

	if (end < start + 2 || (best->known && best->chance <= chance_of(literal.len)))
		return;
	add_literal(reading, &set, literal);
	*best = set;
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

/* Behind a backslash and what belongs to it. */
static void skip_escape(struct reading *reading)
{
	char byte = peek(reading, 1);

	reading->at += 2;
	if (byte == 'p' || byte == 'P') {
		if (peek(reading, 0) == '{') {
			while (peek(reading, 0) != '\0' && peek(reading, 0) != '}')
				reading->at++;
		}
		reading->at++;
		return;
	}
	if (is_digit(byte)) {
		while (is_digit(peek(reading, 0)))
			reading->at++;
		return;
	}
	if (byte == '\0' || (((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) &&
	                     !strchr("bBdDwWsShHvVRXAzZGnrtfeaK", byte)))
		reading->lost = true;
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
				prefer_literal(reading, &best, start,
				               optional ? before : before + len);
				start = reading->at;
			}
			continue;
		}
		prefer_literal(reading, &best, start, before);
		if (byte == '(')
			inner = read_group(reading);
		else if (byte == '[')
			skip_class(reading);
		else if (byte == '\\')
			skip_escape(reading);
		else
			reading->at++;
		if (read_quantifier(reading, &optional) && optional)
			inner.known = false;
		prefer(&best, &inner);
		start = reading->at;
	}
	prefer_literal(reading, &best, start, reading->at);
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
	size_t triples = literal.len - 2;
	size_t i;

	for (i = 0; i < GRAMS; i++) {
		size_t at = triples > 1 ? i * (triples - 1) / (GRAMS - 1) : 0;

		needle.grams[i] = triples ? triple_gram(bytes[at], bytes[at + 1], bytes[at + 2])
		                          : pair_gram(bytes[0], bytes[1]);
	}
	return needle;
}

const struct needles *needles_of(struct slice pattern, struct arena *arena)
{
	struct arena scratch;
	struct reading reading = {.text = pattern, .arena = &scratch};
	struct needles *needles = NULL;
	struct set set;
	size_t i;

	arena_init(&scratch);
	set = read_alternatives(&reading);
	if (!reading.lost && reading.at == pattern.len && set.known) {
		needles = ARENA_NEW(arena, struct needles);
		needles->items = ARENA_ARRAY(arena, struct needle, set.count);
		needles->count = set.count;
		for (i = 0; i < set.count; i++)
			needles->items[i] = needle_of(set.items[i]);
	}
	arena_release(&scratch);
	return needles;
}
