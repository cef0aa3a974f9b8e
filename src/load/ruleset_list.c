/* ruleset_list.c: lists of a rule pack, and patterns with their lists put in. */
#include "load/ruleset_build.h"

#include "base/limits.h"

/* Items stand two or more blanks apart (or a tab); one blank belongs to the item. */
static size_t gap(struct slice text)
{
	size_t i;

	for (i = 0; i < text.len; i++) {
		if (text.at[i] == '\t' ||
		    (text.at[i] == ' ' && i + 1 < text.len && text.at[i + 1] == ' '))
			return i;
	}
	return text.len;
}

#define BUCKETS 512

/* A list being read. */
struct reading {
	struct pack *pack;
	struct pack_list *list;
	size_t bytes;
	bool too_long; /* was said */
	bool comma; /* was said */
	uint32_t buckets[BUCKETS]; /* the last item of each hash, from 1 */
};

static bool too_long(struct diags *diags, const struct pack_list *list)
{
	diag_error(diags, list->thing.place, "list ‘%.*s’ is over %u bytes long; split it",
	           SLICE_ARGS(list->thing.id), LIMIT_PATTERN_BYTES);
	return true;
}

static void add_item(struct reading *reading, struct slice text, struct place place)
{
	struct pack *pack = reading->pack;
	struct pack_list *list = reading->list;
	const struct pack_item *items = list->items.items;
	uint32_t *bucket = &reading->buckets[slice_hash(SLICE_HASH_SEED, text) % BUCKETS];
	struct pack_item *item;
	uint32_t i;

	reading->bytes += text.len + 1;
	if (reading->bytes > LIMIT_PATTERN_BYTES) {
		if (!reading->too_long)
			list->broken = reading->too_long = too_long(pack->diags, list);
		return;
	}
	for (i = *bucket; i; i = items[i - 1].bucket) {
		if (slice_eq(items[i - 1].text, text)) {
			diag_warn(pack->diags, place,
			          "‘%.*s’ stands in this list twice (first in line %u); keep one",
			          SLICE_ARGS(text), items[i - 1].place.line);
			return;
		}
	}
	item = table_add(pack->arena, &list->items, sizeof(*item));
	item->text = text;
	item->place = place;
	item->bucket = *bucket;
	*bucket = (uint32_t)list->items.count;
}

/* Words and commas only: no pattern. */
static bool is_plain(struct slice item)
{
	size_t i;

	for (i = 0; i < item.len; i++) {
		if (strchr("\\[](){}?*+|^$.", item.at[i]))
			return false;
	}
	return true;
}

/* “book, books, marking” is one item to us, three to whoever wrote it. Once a list. */
static void comma_check(struct reading *reading, const struct line *line, struct slice item)
{
	size_t comma = slice_find(item, SLICE(", "));

	if (comma == item.len && item.len > 1 && slice_ends(item, SLICE(",")))
		comma = item.len - 1;
	if (comma == item.len || reading->comma || !is_plain(item))
		return;
	reading->comma = true;
	diag_warn(reading->pack->diags, outline_place(line, slice_sub(item, comma, comma + 1)),
	          "the comma is part of what is looked for; items are parted by two blanks, with "
	          "no comma");
}

static void add_items(struct reading *reading, const struct line *line, struct slice text)
{
	while ((text = slice_trim(text)).len) {
		struct slice item = slice_sub(text, 0, gap(text));

		comma_check(reading, line, item);

		add_item(reading, item, outline_place(line, item));
		text = slice_sub(text, item.len, text.len);
	}
}

static void add_lines(struct reading *reading, const struct line *line)
{
	for (; line; line = line->next) {
		add_items(reading, line, line->text);
		add_lines(reading, line->child);
	}
}

void pack_read_list(struct pack *pack, const struct line *line)
{
	struct pack_list *list = ARENA_NEW(pack->arena, struct pack_list);
	struct reading reading = {.pack = pack, .list = list};
	struct slice rest = line->rest;
	struct slice id;

	slice_word(&rest, &id);
	if (!pack_id(pack, line, id))
		return;
	list->thing = (struct pack_thing){
	        .kind = PACK_LISTS, .id = id, .place = outline_place(line, id), .root = pack->root};
	add_items(&reading, line, rest);
	add_lines(&reading, line->child);
	if (!pack_declare(pack, &list->thing))
		return;
	if (list->items.count == 0) {
		list->broken = true;
		diag_error(
		        pack->diags, list->thing.place,
		        "list ‘%.*s’ is empty; put its words on the lines below, two blanks apart",
		        SLICE_ARGS(id));
	}
}

/* Lists on the way from one that is being put in. */
struct path {
	struct ruleset_builder *builder;
	struct diags *diags;
	struct pack_list *lists[LIMIT_LIST_DEPTH + 1];
	size_t depth;
};

static void put_in(struct path *path, struct pack_list *list);

/* Says so and gives NULL when there is none. */
static struct pack_list *list_named(struct ruleset_builder *builder, struct slice id,
                                    struct place place, struct diags *diags)
{
	struct pack_thing *thing = pack_find(builder, PACK_LISTS, id, NULL);
	struct nearest nearest;

	if (thing)
		return (struct pack_list *)thing;
	nearest_init(&nearest, id);
	pack_find(builder, PACK_LISTS, id, &nearest);
	if (nearest.best.len)
		diag_error(diags, place, "unknown list ‘%.*s’%s", SLICE_ARGS(id),
		           nearest_hint(&nearest, &diags->arena));
	else
		diag_error(diags, place,
		           "unknown list ‘%.*s’; add ‘list %.*s’ with its words, or write ‘\\{’ "
		           "for the bracket itself",
		           SLICE_ARGS(id), SLICE_ARGS(id));
	return NULL;
}

/* False and an error, once, when all packs together pass the limit. */
static bool count_bytes(struct ruleset_builder *builder, size_t bytes, struct place place,
                        struct diags *diags)
{
	builder->pattern_bytes += bytes;
	if (builder->pattern_bytes <= LIMIT_PATTERNS_BYTES)
		return true;
	if (!builder->patterns_full)
		diag_error(diags, place,
		           "all patterns together, with their lists put in, pass %u bytes; make "
		           "lists smaller",
		           LIMIT_PATTERNS_BYTES);
	builder->patterns_full = true;
	return false;
}

/* Copies `text` into `out` with the lists put in that were found in it, none of which is broken;
 * notes where in `parts` unless that is NULL. False and an error when it grows too long. */
static bool splice(struct ruleset_builder *builder, struct slice text, struct place place,
                   const struct pattern_lists *found, struct pattern_part *parts,
                   struct strbuf *out, struct diags *diags)
{
	uint32_t at = 0;
	size_t i;

	for (i = 0; i < found->count; i++) {
		const struct pattern_list *use = &found->items[i];
		const struct pack_list *list =
		        (struct pack_list *)pack_find(builder, PACK_LISTS, use->id, NULL);
		uint32_t start;

		strbuf_add(out, slice_sub(text, at, use->at));
		start = (uint32_t)out->len;
		strbuf_add(out, list->text);
		at = use->at + use->len;
		if (parts)
			parts[i] = (struct pattern_part){.text = {start, (uint32_t)out->len},
			                                 .written = {use->at, at}};
		if (out->len > LIMIT_PATTERN_BYTES) {
			diag_error(diags, place_within(place, use->at, use->len),
			           "over %u bytes long with its lists put in; use fewer or smaller "
			           "lists",
			           LIMIT_PATTERN_BYTES);
			return false;
		}
	}
	strbuf_add(out, slice_sub(text, at, text.len));
	return true;
}

/* Names the lists from `list` on the path back to itself. */
static void tell_ring(struct path *path, const struct pack_list *list, struct place place)
{
	struct strbuf names = {0};
	size_t i = 0;

	while (path->lists[i] != list)
		i++;
	for (; i < path->depth; i++)
		strbuf_addf(&names, "‘%.*s’ holds ", SLICE_ARGS(path->lists[i]->thing.id));
	diag_error(path->diags, place, "lists in a ring: %.*s‘%.*s’; take one out",
	           SLICE_ARGS(strbuf_slice(&names)), SLICE_ARGS(list->thing.id));
	strbuf_release(&names);
}

/* The list an item of `owner` names, put in; NULL when something is wrong, which was said. */
static struct pack_list *inner(struct path *path, struct pack_list *owner,
                               const struct pattern_list *use, struct place place)
{
	struct pack_list *list = list_named(path->builder, use->id, place, path->diags);

	if (!list)
		return NULL;
	if (list->mark == PACK_OPEN) {
		tell_ring(path, list, place);
		return NULL;
	}
	if (list->mark == PACK_NEW && path->depth < LIMIT_LIST_DEPTH)
		put_in(path, list);
	else if (list->mark == PACK_NEW)
		list->depth =
		        LIMIT_LIST_DEPTH; /* at least one more below: too deep whatever it is */
	if (list->broken)
		return NULL;
	if (list->depth >= LIMIT_LIST_DEPTH) {
		diag_error(path->diags, place,
		           "lists within lists more than %u deep; put the words of ‘%.*s’ in here",
		           LIMIT_LIST_DEPTH, SLICE_ARGS(use->id));
		return NULL;
	}
	if (list->depth >= owner->depth)
		owner->depth = list->depth + 1;
	return list;
}

/* Adds the item as it is to `all`, or, if it is nothing but `{list}`, that list's items. */
static void put_item_in(struct path *path, struct pack_list *list, const struct pack_item *item,
                        struct table *all)
{
	struct arena *arena = &path->builder->arena;
	struct pattern_lists found = {0};
	struct pack_item whole = *item;
	struct strbuf text = {0};
	size_t i;

	if (!pattern_check(item->text, item->place, arena, &found, path->diags)) {
		list->broken = true;
		return;
	}
	whole.weight = item->text.len;
	for (i = 0; i < found.count; i++) {
		const struct pattern_list *use = &found.items[i];
		struct pack_list *other =
		        inner(path, list, use, place_within(item->place, use->at, use->len));

		if (!other) {
			list->broken = true;
			return;
		}
		whole.weight += other->weight - use->len;
		if (use->len == item->text.len) {
			const struct pack_item *items = other->items.items;

			if (all->count + other->items.count > LIMIT_PATTERN_BYTES)
				list->broken = list->broken || too_long(path->diags, list);
			for (i = 0; !list->broken && i < other->items.count; i++)
				*(struct pack_item *)table_add(arena, all, sizeof(whole)) =
				        items[i];
			return;
		}
	}
	if (found.count == 0) {
		*(struct pack_item *)table_add(arena, all, sizeof(whole)) = whole;
		return;
	}
	list->broken |=
	        !splice(path->builder, item->text, item->place, &found, NULL, &text, path->diags);
	whole.text = slice_copy(arena, strbuf_slice(&text));
	strbuf_release(&text);
	if (!list->broken && count_bytes(path->builder, whole.text.len, item->place, path->diags))
		*(struct pack_item *)table_add(arena, all, sizeof(whole)) = whole;
	else
		list->broken = true;
}

/* Longest first, so that ‘really tired’ is tried before ‘really’; equals stay in order. */
static void sort_items(struct arena *arena, struct table *table)
{
	struct pack_item *from = table->items;
	struct pack_item *to = ARENA_ARRAY(arena, struct pack_item, table->count);
	size_t width;
	size_t at;

	for (width = 1; width < table->count; width *= 2) {
		struct pack_item *swap = from;

		for (at = 0; at < table->count; at += 2 * width) {
			size_t middle = at + width < table->count ? at + width : table->count;
			size_t end = middle + width < table->count ? middle + width : table->count;
			size_t left = at;
			size_t right = middle;
			size_t out;

			for (out = at; out < end; out++) {
				bool take_left =
				        left < middle &&
				        (right == end || from[left].weight >= from[right].weight);

				to[out] = take_left ? from[left++] : from[right++];
			}
		}
		from = to;
		to = swap;
	}
	table->items = from;
}

static void join(struct path *path, struct pack_list *list)
{
	const struct pack_item *items = list->items.items;
	struct strbuf text = {0};
	size_t i;

	strbuf_addz(&text, "(?:");
	for (i = 0; i < list->items.count && text.len <= LIMIT_PATTERN_BYTES; i++) {
		if (i)
			strbuf_addc(&text, '|');
		strbuf_add(&text, items[i].text);
	}
	strbuf_addc(&text, ')');
	if (text.len > LIMIT_PATTERN_BYTES) {
		list->broken = too_long(path->diags, list);
	} else if (count_bytes(path->builder, text.len, list->thing.place, path->diags)) {
		list->text = slice_copy(&path->builder->arena, strbuf_slice(&text));
	} else {
		list->broken = true;
	}
	strbuf_release(&text);
}

static void put_in(struct path *path, struct pack_list *list)
{
	const struct pack_item *items = list->items.items;
	struct table all = {0};
	size_t i;

	/* Past the limit nothing is compiled: copy no more. */
	list->broken |= path->builder->patterns_full;
	list->mark = PACK_OPEN;
	list->depth = 1;
	path->lists[path->depth++] = list;
	for (i = 0; !path->builder->patterns_full && i < list->items.count; i++)
		put_item_in(path, list, &items[i], &all);
	path->depth--;
	list->mark = PACK_DONE;
	if (list->broken)
		return;
	sort_items(&path->builder->arena, &all);
	list->items = all;
	items = all.items;
	list->weight = all.count ? items[0].weight : 0;
	join(path, list);
}

void pack_link_lists(struct ruleset_builder *builder, struct diags *diags)
{
	struct table *table = &builder->things[PACK_LISTS];
	struct pack_thing *const *things = table->items;
	struct path path = {.builder = builder, .diags = diags};
	size_t i;

	for (i = 0; i < table->count; i++) {
		struct pack_list *list = (struct pack_list *)things[i];

		if (!things[i]->replaced && list->mark == PACK_NEW && !list->broken)
			put_in(&path, list);
	}
}

bool pack_expand(struct ruleset_builder *builder, struct pattern *pattern, struct diags *diags)
{
	struct pattern_lists found = {0};
	struct pattern_part *parts;
	struct strbuf text = {0};
	bool good = pattern_check(pattern->written, pattern->place, &builder->arena, &found, diags);
	size_t i;

	for (i = 0; i < found.count; i++) {
		const struct pattern_list *use = &found.items[i];
		struct pack_list *list = list_named(
		        builder, use->id, place_within(pattern->place, use->at, use->len), diags);

		good &= list && !list->broken;
	}
	pattern->text = pattern->written;
	if (!good || found.count == 0)
		return good && count_bytes(builder, pattern->text.len, pattern->place, diags);
	parts = ARENA_ARRAY(&builder->arena, struct pattern_part, found.count);
	good = splice(builder, pattern->written, pattern->place, &found, parts, &text, diags) &&
	       count_bytes(builder, text.len, pattern->place, diags);
	pattern->text = slice_copy(&builder->arena, strbuf_slice(&text));
	strbuf_release(&text);
	pattern->parts = parts;
	pattern->part_count = found.count;
	return good;
}

struct place pattern_place(const struct pattern *pattern, size_t at)
{
	size_t put_in = 0; /* bytes by which the text is longer than what is written, so far */
	size_t i;

	for (i = 0; i < pattern->part_count; i++) {
		const struct pattern_part *part = &pattern->parts[i];
		size_t written = part->written.end - part->written.start;

		if (at < part->text.start)
			break;
		if (at < part->text.end)
			return place_within(pattern->place, part->written.start, written);
		put_in = part->text.end - part->written.end;
	}
	at -= put_in;
	return place_within(pattern->place, at, at < pattern->written.len);
}
