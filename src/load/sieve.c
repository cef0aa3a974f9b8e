/* sieve.c: see sieve.h.
 *
 * While it is built, the automaton's nodes are a trie of children and siblings. Then they are
 * numbered breadth first, so that the children of a node lie together and a node needs but the
 * number of the first; the states just behind the root, where most steps end, are tables. */
#include "load/sieve.h"

#include "base/ascii.h"
#include "load/needle.h"

_Static_assert(NEEDLE_BYTES <= 15, "hash_needle reads two words");

#define NONE UINT32_MAX
/* A needle with an edge before it, behind it, both or none: four needles of the same bytes. */
#define KINDS 4u
#define EDGE_BEFORE 1u
#define EDGE_BEHIND 2u

struct twig {
	uint32_t child; /* the newest; NONE */
	uint32_t sibling;
	uint32_t ends[KINDS]; /* the needle that ends here; NONE */
	uint8_t byte;
};

/* A list of numbers for each of many, one after the other. */
struct lists {
	uint32_t *first; /* one more than there are lists */
	uint32_t *items;
};

struct node {
	uint32_t child; /* the first of `children` */
	uint32_t fail;
	uint32_t report; /* the nearest on the way of failing, itself included, where needles end;
	                    or 0 */
	uint16_t children;
	uint8_t byte;
	uint8_t depth; /* bytes from the root */
	bool flat; /* one of `tables` knows its steps */
	uint32_t ends[KINDS];
};

struct sieve {
	struct node *nodes; /* 0 is the root */
	uint32_t (*tables)[256]; /* where a byte leads from the root and its children; by node */
	uint32_t digit; /* the needle that any digit is; NONE */
	size_t needle_count;
	size_t set_count;
	struct lists sets_of; /* of each needle */
	struct lists ways_of; /* of each set: those of which it is the rarest */
	struct lists way_sets; /* the other sets of each way */
	uint32_t *way_pattern;
	size_t words;
	uint64_t *always;
};

struct sieve_scratch {
	uint64_t *needles; /* seen in this text */
	uint64_t *sets;
	uint32_t *found; /* those sets, one by one */
	uint32_t *seen; /* those needles */
	size_t found_count;
	size_t seen_count;
};

/* Pairs of numbers, to become lists. */
struct pairs {
	struct {
		uint32_t from;
		uint32_t to;
	} * items;
	size_t count;
	size_t cap;
};

/* A set that is known already. Packs put the same lists into many patterns: 128 bits of hash stand
 * for all that is in it. */
struct known_set {
	uint64_t hashes[2];
	uint32_t count;
	uint32_t next; /* with the same place in the table; NONE */
};

#define BUCKETS 4096u

struct building {
	struct twig *twigs;
	size_t twig_count, twig_cap;
	uint32_t first[256]; /* children of the root; 0 */
	uint32_t (*second)[256]; /* their children */
	uint32_t needle_count;
	uint32_t digit;
	struct known_set *sets;
	size_t set_count, set_cap;
	uint32_t buckets[BUCKETS];
	struct pairs sets_of;
	struct pairs ways_of;
	struct pairs way_sets;
	uint32_t *way_pattern;
	size_t way_count, way_cap;
};

static void add_pair(struct pairs *pairs, uint32_t from, uint32_t to)
{
	pairs->items = mem_grow(pairs->items, &pairs->cap, pairs->count + 1, sizeof(*pairs->items));
	pairs->items[pairs->count].from = from;
	pairs->items[pairs->count++].to = to;
}

static struct lists lists_of(const struct pairs *pairs, size_t count, struct arena *arena)
{
	struct lists lists = {ARENA_ARRAY(arena, uint32_t, count + 2),
	                      ARENA_ARRAY(arena, uint32_t, pairs->count)};
	size_t i;

	/* first[n + 2] counts the items of n, then becomes where the next one goes. */
	for (i = 0; i < pairs->count; i++)
		lists.first[pairs->items[i].from + 2]++;
	for (i = 2; i < count + 2; i++)
		lists.first[i] += lists.first[i - 1];
	for (i = 0; i < pairs->count; i++)
		lists.items[lists.first[pairs->items[i].from + 1]++] = pairs->items[i].to;
	return lists;
}

/* The trie. */

static uint32_t new_twig(struct building *b, uint8_t byte)
{
	struct twig *twig;
	size_t i;

	b->twigs = mem_grow(b->twigs, &b->twig_cap, b->twig_count + 1, sizeof(*b->twigs));
	twig = &b->twigs[b->twig_count];
	*twig = (struct twig){.child = NONE, .sibling = NONE, .byte = byte};
	for (i = 0; i < KINDS; i++)
		twig->ends[i] = NONE;
	return (uint32_t)b->twig_count++;
}

static uint32_t new_child(struct building *b, uint32_t parent, uint8_t byte)
{
	uint32_t child = new_twig(b, byte);

	b->twigs[child].sibling = b->twigs[parent].child;
	b->twigs[parent].child = child;
	return child;
}

static uint32_t twig_child(struct building *b, uint32_t parent, uint8_t byte)
{
	uint32_t child = b->twigs[parent].child;

	while (child != NONE && b->twigs[child].byte != byte)
		child = b->twigs[child].sibling;
	return child == NONE ? new_child(b, parent, byte) : child;
}

/* Many begin alike: the first two steps are by table. */
static uint32_t *first_twigs(struct building *b, uint8_t first, uint8_t second)
{
	uint32_t *one = &b->first[first];
	uint32_t *two;

	if (!*one)
		*one = new_child(b, 0, first);
	if (!second)
		return one;
	two = &b->second[first][second];
	if (!*two)
		*two = new_child(b, *one, second);
	return two;
}

static uint32_t needle_number(struct building *b, const struct needle *needle)
{
	const uint8_t *bytes = (const uint8_t *)needle->bytes.at;
	size_t len = needle->bytes.len;
	uint32_t *number;
	uint32_t twig;
	size_t i;

	if (len == 1 && needle->bytes.at[0] == NEEDLE_DIGIT) {
		number = &b->digit;
	} else {
		twig = *first_twigs(b, bytes[0], len > 1 ? bytes[1] : 0);
		for (i = 2; i < len; i++)
			twig = twig_child(b, twig, bytes[i]);
		number = &b->twigs[twig].ends[(needle->edge_before ? EDGE_BEFORE : 0) |
		                              (needle->edge_behind ? EDGE_BEHIND : 0)];
	}
	if (*number == NONE)
		*number = b->needle_count++;
	return *number;
}

/* Sets and ways. */

static uint64_t mix(uint64_t hash, uint64_t value, uint64_t factor)
{
	hash = (hash ^ value) * factor;
	return hash ^ hash >> 29;
}

static void hash_needle(const struct needle *needle, uint64_t *hashes)
{
	uint64_t halves[2] = {0};
	uint64_t shape =
	        needle->bytes.len << 2 | (uint64_t)needle->edge_before << 1 | needle->edge_behind;

	memcpy(halves, needle->bytes.at, needle->bytes.len);
	hashes[0] = mix(mix(hashes[0], halves[0], UINT64_C(0x9e3779b97f4a7c15)),
	                halves[1] << 8 | shape, UINT64_C(0xd6e8feb86659fd93));
	hashes[1] = mix(mix(hashes[1], halves[1] << 8 | shape, UINT64_C(0xc2b2ae3d27d4eb4f)),
	                halves[0], UINT64_C(0x165667b19e3779f9));
}

static uint32_t set_number(struct building *b, const struct needle_set *set)
{
	struct known_set known = {.count = (uint32_t)set->count};
	uint32_t *bucket;
	uint32_t at;
	size_t i;

	for (i = 0; i < set->count; i++)
		hash_needle(&set->items[i], known.hashes);
	bucket = &b->buckets[known.hashes[0] % BUCKETS];
	for (at = *bucket; at != NONE; at = b->sets[at].next) {
		if (memcmp(b->sets[at].hashes, known.hashes, sizeof(known.hashes)) == 0 &&
		    b->sets[at].count == known.count)
			return at;
	}
	b->sets = mem_grow(b->sets, &b->set_cap, b->set_count + 1, sizeof(*b->sets));
	at = (uint32_t)b->set_count++;
	known.next = *bucket;
	b->sets[at] = known;
	*bucket = at;
	for (i = 0; i < set->count; i++)
		add_pair(&b->sets_of, needle_number(b, &set->items[i]), at);
	return at;
}

static void add_way(struct building *b, const struct needle_way *way, uint32_t pattern)
{
	uint32_t number = (uint32_t)b->way_count++;
	size_t i;

	b->way_pattern =
	        mem_grow(b->way_pattern, &b->way_cap, b->way_count, sizeof(*b->way_pattern));
	b->way_pattern[number] = pattern;
	add_pair(&b->ways_of, set_number(b, way->sets[0]), number);
	for (i = 1; i < way->count; i++)
		add_pair(&b->way_sets, number, set_number(b, way->sets[i]));
}

/* The automaton. */

/* Numbers the twigs breadth first. */
static void number_nodes(struct sieve *sieve, const struct building *b, uint32_t *parents)
{
	uint32_t *twigs = mem_alloc(b->twig_count * sizeof(*twigs)); /* by node */
	uint32_t count = 1;
	uint32_t i;

	for (i = 0; i < count; i++) {
		const struct twig *twig = &b->twigs[twigs[i]];
		struct node *node = &sieve->nodes[i];
		uint32_t child;

		node->byte = twig->byte;
		node->child = count;
		memcpy(node->ends, twig->ends, sizeof(node->ends));
		for (child = twig->child; child != NONE; child = b->twigs[child].sibling) {
			parents[count] = i;
			sieve->nodes[count].depth = (uint8_t)(node->depth + 1);
			twigs[count++] = child;
			node->children++;
		}
	}
	free(twigs);
}

static uint32_t child_of(const struct sieve *sieve, const struct node *node, uint8_t byte)
{
	uint32_t end = node->child + node->children;
	uint32_t i;

	for (i = node->child; i < end; i++) {
		if (sieve->nodes[i].byte == byte)
			return i;
	}
	return 0;
}

static uint32_t step(const struct sieve *sieve, uint32_t at, uint8_t byte)
{
	const struct node *node = &sieve->nodes[at];
	uint32_t next;

	while (!node->flat) {
		next = child_of(sieve, node, byte);
		if (next)
			return next;
		at = node->fail;
		node = &sieve->nodes[at];
	}
	return sieve->tables[at][byte];
}

static bool ends_here(const struct node *node)
{
	size_t i;

	for (i = 0; i < KINDS; i++) {
		if (node->ends[i] != NONE)
			return true;
	}
	return false;
}

static void fill_table(struct sieve *sieve, uint32_t at)
{
	const struct node *node = &sieve->nodes[at];
	uint32_t *table = sieve->tables[at];
	uint32_t i;

	if (at)
		memcpy(table, sieve->tables[0], sizeof(sieve->tables[0]));
	for (i = node->child; i < node->child + node->children; i++)
		table[sieve->nodes[i].byte] = i;
}

/* Where to go on when no child fits: parents come before their children. */
static void link_nodes(struct sieve *sieve, size_t count, const uint32_t *parents)
{
	uint32_t flat = 1u + sieve->nodes[0].children;
	uint32_t i;

	for (i = 0; i < count; i++) {
		struct node *node = &sieve->nodes[i];

		node->flat = i < flat;
		if (i >= flat)
			node->fail = step(sieve, sieve->nodes[parents[i]].fail, node->byte);
		node->report = ends_here(node) ? i : sieve->nodes[node->fail].report;
		if (node->flat)
			fill_table(sieve, i);
	}
}

static void build_automaton(struct sieve *sieve, const struct building *b, struct arena *arena)
{
	uint32_t *parents = mem_alloc(b->twig_count * sizeof(*parents));

	sieve->nodes = ARENA_ARRAY(arena, struct node, b->twig_count);
	number_nodes(sieve, b, parents);
	sieve->tables =
	        arena_alloc(arena, (1u + sieve->nodes[0].children) * sizeof(sieve->tables[0]));
	link_nodes(sieve, b->twig_count, parents);
	free(parents);
}

static void release(struct building *b)
{
	free(b->twigs);
	free(b->second);
	free(b->sets);
	free(b->sets_of.items);
	free(b->ways_of.items);
	free(b->way_sets.items);
	free(b->way_pattern);
}

static void read_pattern(struct sieve *sieve, struct building *b, struct slice pattern,
                         size_t index, struct arena *arena)
{
	struct needles needles = needles_of(pattern, arena);
	size_t i;

	if (needles.count == 0)
		sieve->always[index / 64] |= UINT64_C(1) << (index % 64);
	for (i = 0; i < needles.count; i++)
		add_way(b, &needles.ways[i], (uint32_t)index);
}

const struct sieve *sieve_new(const struct slice *patterns, size_t count, struct arena *arena)
{
	struct sieve *sieve = ARENA_NEW(arena, struct sieve);
	struct building b = {.digit = NONE};
	struct arena reading;
	size_t i;

	arena_init(&reading);
	memset(b.buckets, 0xff, sizeof(b.buckets));
	b.second = mem_alloc(256 * sizeof(*b.second));
	new_twig(&b, 0);
	sieve->words = (count + 63) / 64;
	sieve->always = ARENA_ARRAY(arena, uint64_t, sieve->words);
	for (i = 0; i < count; i++) {
		if (!patterns[i].at)
			continue;
		read_pattern(sieve, &b, patterns[i], i, &reading);
		arena_clear(&reading);
	}
	arena_release(&reading);
	build_automaton(sieve, &b, arena);
	sieve->digit = b.digit;
	sieve->needle_count = b.needle_count;
	sieve->set_count = b.set_count;
	sieve->sets_of = lists_of(&b.sets_of, b.needle_count, arena);
	sieve->ways_of = lists_of(&b.ways_of, b.set_count, arena);
	sieve->way_sets = lists_of(&b.way_sets, b.way_count, arena);
	sieve->way_pattern = ARENA_ARRAY(arena, uint32_t, b.way_count);
	if (b.way_count)
		memcpy(sieve->way_pattern, b.way_pattern, b.way_count * sizeof(*b.way_pattern));
	release(&b);
	return sieve;
}

bool sieve_always(const struct sieve *sieve, size_t index)
{
	return (sieve->always[index / 64] >> (index % 64) & 1) != 0;
}

size_t sieve_words(const struct sieve *sieve)
{
	return sieve->words;
}

/* The pass. */

struct sieve_scratch *sieve_scratch_new(const struct sieve *sieve, struct arena *arena)
{
	struct sieve_scratch *scratch = ARENA_NEW(arena, struct sieve_scratch);

	scratch->needles = ARENA_ARRAY(arena, uint64_t, sieve->needle_count / 64 + 1);
	scratch->sets = ARENA_ARRAY(arena, uint64_t, sieve->set_count / 64 + 1);
	scratch->seen = ARENA_ARRAY(arena, uint32_t, sieve->needle_count);
	scratch->found = ARENA_ARRAY(arena, uint32_t, sieve->set_count);
	return scratch;
}

/* False when it was set before. */
static bool set_bit(uint64_t *bits, uint32_t bit)
{
	uint64_t mask = UINT64_C(1) << (bit % 64);
	bool set = (bits[bit / 64] & mask) == 0;

	bits[bit / 64] |= mask;
	return set;
}

static bool has_bit(const uint64_t *bits, uint32_t bit)
{
	return (bits[bit / 64] >> (bit % 64) & 1) != 0;
}

static void see(const struct sieve *sieve, struct sieve_scratch *scratch, uint32_t needle)
{
	uint32_t end = sieve->sets_of.first[needle + 1];
	uint32_t i;

	if (!set_bit(scratch->needles, needle))
		return;
	scratch->seen[scratch->seen_count++] = needle;
	for (i = sieve->sets_of.first[needle]; i < end; i++) {
		uint32_t set = sieve->sets_of.items[i];

		if (set_bit(scratch->sets, set))
			scratch->found[scratch->found_count++] = set;
	}
}

/* Might `\b` match before byte `at`? Of letters beyond ASCII that is not told. */
static bool may_be_edge(struct slice text, size_t at)
{
	unsigned char before = at ? (unsigned char)text.at[at - 1] : ' ';
	unsigned char behind = at < text.len ? (unsigned char)text.at[at] : ' ';

	return before >= 0x80 || behind >= 0x80 ||
	       ascii_is_word((char)before) != ascii_is_word((char)behind);
}

/* The needles that end before byte `end`, `at` being the longest. */
static void report(const struct sieve *sieve, struct sieve_scratch *scratch, struct slice text,
                   size_t end, uint32_t at)
{
	bool behind = may_be_edge(text, end);
	uint32_t kind;

	for (; at; at = sieve->nodes[sieve->nodes[at].fail].report) {
		const struct node *node = &sieve->nodes[at];
		uint32_t edges = behind ? EDGE_BEHIND : 0;

		if (may_be_edge(text, end - node->depth))
			edges |= EDGE_BEFORE;
		for (kind = 0; kind < KINDS; kind++) {
			if (node->ends[kind] != NONE && (kind & edges) == kind)
				see(sieve, scratch, node->ends[kind]);
		}
	}
}

static void search(const struct sieve *sieve, struct sieve_scratch *scratch, struct slice text)
{
	uint32_t at = 0;
	size_t i;

	for (i = 0; i < text.len; i++) {
		uint8_t byte = (uint8_t)text.at[i];

		/* Other scripts have digits of their own. */
		if (sieve->digit != NONE && (byte >= 0x80 || ascii_is_digit(text.at[i])))
			see(sieve, scratch, sieve->digit);
		at = step(sieve, at, byte);
		if (sieve->nodes[at].report)
			report(sieve, scratch, text, i + 1, sieve->nodes[at].report);
	}
}

static bool is_open(const struct sieve *sieve, const struct sieve_scratch *scratch, uint32_t way)
{
	uint32_t end = sieve->way_sets.first[way + 1];
	uint32_t i;

	for (i = sieve->way_sets.first[way]; i < end; i++) {
		if (!has_bit(scratch->sets, sieve->way_sets.items[i]))
			return false;
	}
	return true;
}

static void clear(struct sieve_scratch *scratch)
{
	size_t i;

	for (i = 0; i < scratch->seen_count; i++)
		scratch->needles[scratch->seen[i] / 64] = 0;
	for (i = 0; i < scratch->found_count; i++)
		scratch->sets[scratch->found[i] / 64] = 0;
	scratch->seen_count = 0;
	scratch->found_count = 0;
}

void sieve_pass(const struct sieve *sieve, struct sieve_scratch *scratch, struct slice text,
                uint64_t *pass)
{
	size_t i;
	uint32_t k;

	memcpy(pass, sieve->always, sieve->words * sizeof(*pass));
	search(sieve, scratch, text);
	for (i = 0; i < scratch->found_count; i++) {
		uint32_t set = scratch->found[i];

		for (k = sieve->ways_of.first[set]; k < sieve->ways_of.first[set + 1]; k++) {
			uint32_t way = sieve->ways_of.items[k];

			if (is_open(sieve, scratch, way))
				set_bit(pass, sieve->way_pattern[way]);
		}
	}
	clear(scratch);
}
