/* needle_part.c: see needle_part.h. From strings to what must be there: while a part of a pattern
 * can be but a few strings these are multiplied out ("how (did|was)" is "how did" or "how was");
 * where that ends, they become a set of which one must be there. */
#include "load/needle_part.h"

#include "base/ascii.h"

/* Ways that are kept apart. */
#define WAYS 24u

void part_add_string(struct reading *reading, struct strings *strings, struct slice string)
{
	strings->items = arena_grow(reading->arena, strings->items, &strings->cap,
	                            strings->count + 1, sizeof(*strings->items));
	strings->items[strings->count++] = string;
}

struct part part_of_string(struct reading *reading, struct slice string)
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
struct ways part_needs_string(struct reading *reading, const struct strings *strings)
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

struct ways part_ways(struct reading *reading, const struct part *part)
{
	return part->exact ? part_needs_string(reading, &part->strings) : part->ways;
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

struct ways part_both_ways(struct reading *reading, struct ways a, struct ways b)
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
bool part_strings_soft(const struct strings *strings)
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

bool part_is_soft(const struct part *part)
{
	return part->exact ? part_strings_soft(&part->strings) : part->soft;
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
			part_add_string(reading, &product,
			                joined(reading, a->items[i], b->items[j]));
	}
	return product;
}

struct strings part_just(struct reading *reading, char mark)
{
	static const char marks[] = {EDGE, GAP};
	struct slice string = {mark == EDGE ? marks : marks + 1, mark ? 1 : 0};

	return part_of_string(reading, string).strings;
}

/* What stood at the end of the branch must be there, with `mark` behind it. */
void part_flush(struct reading *reading, struct part *branch, char mark)
{
	struct strings behind = part_just(reading, mark);
	struct strings strings = multiply(reading, &branch->strings, &behind);

	branch->exact = false;
	branch->ways = part_both_ways(reading, branch->ways, part_needs_string(reading, &strings));
}

/* At least one of the strings: the first follows what is before, the last what is behind. */
static void append_repeated(struct reading *reading, struct part *branch, const struct part *atom)
{
	struct strings first = atom->strings;

	if (may_multiply(&branch->strings, &first))
		first = multiply(reading, &branch->strings, &first);
	else
		part_flush(reading, branch, '\0');
	branch->exact = false;
	branch->ways = part_both_ways(reading, branch->ways, part_needs_string(reading, &first));
	branch->strings = atom->strings;
}

/* A branch is exact until something in it is not; `strings` is the end of it as far as it is. */
void part_append(struct reading *reading, struct part *branch, const struct part *atom)
{
	bool soft;

	if (atom->looks) {
		branch->ways = part_both_ways(reading, branch->ways, atom->ways);
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
		part_flush(reading, branch, '\0');
		branch->strings = atom->strings;
		return;
	}
	soft = atom->soft && (atom->must || part_strings_soft(&branch->strings));
	part_flush(reading, branch,
	           atom->gap && (atom->must || peek(reading, 0) == '$') ? GAP : '\0');
	branch->ways = part_both_ways(reading, branch->ways, atom->ways);
	branch->strings = part_just(reading, soft ? GAP : '\0');
}

/* `either` or `branch`. */
void part_alternate(struct reading *reading, struct part *either, struct part *branch)
{
	bool soft = part_is_soft(either) && part_is_soft(branch);
	struct ways ways;
	size_t i;

	if (either->exact && branch->exact &&
	    either->strings.count + branch->strings.count <= STRINGS) {
		for (i = 0; i < branch->strings.count; i++)
			part_add_string(reading, &either->strings, branch->strings.items[i]);
		return;
	}
	either->ways = part_ways(reading, either);
	either->exact = false;
	either->soft = either->must = soft;
	ways = part_ways(reading, branch);
	if (!either->ways.known || !ways.known) {
		either->ways = (struct ways){0};
		return;
	}
	for (i = 0; i < ways.count; i++)
		add_way(reading, &either->ways, &ways.items[i]);
	if (reading->depth > 1 && either->ways.count > WAYS)
		either->ways = as_one(reading, &either->ways);
}
