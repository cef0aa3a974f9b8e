/* mem.c: see mem.h. */
#include "base/mem.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>

#include "base/banned.h"

#define BLOCK_BYTES (32u * 1024)

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

_Noreturn void mem_bug(const char *file, int line, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "bug: %s:%d: ", file, line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	abort();
}

_Noreturn void mem_exhausted(void)
{
	fputs("rehearse: out of memory\n", stderr);
	abort();
}

void *mem_alloc(size_t size)
{
	void *memory = calloc(1, size ? size : 1);

	if (!memory)
		mem_exhausted();
	return memory;
}

/* Doubling keeps growth linear over all; the first step is small since most arrays are. */
static size_t grown(size_t cap, size_t needed, size_t item)
{
	size_t size = cap ? cap : 8;

	while (size < needed) {
		if (size > SIZE_MAX / 2)
			mem_exhausted();
		size *= 2;
	}
	if (item && size > SIZE_MAX / item)
		mem_exhausted();
	return size;
}

void *mem_grow(void *array, size_t *cap, size_t needed, size_t item)
{
	size_t size;

	if (needed <= *cap && array)
		return array;
	size = grown(*cap, needed, item);
	array = realloc(array, size * item);
	if (!array)
		mem_exhausted();
	*cap = size;
	return array;
}

void arena_init(struct arena *arena)
{
	arena->head = NULL;
}

void arena_release(struct arena *arena)
{
	while (arena->head) {
		struct arena_block *next = arena->head->next;

		free(arena->head);
		arena->head = next;
	}
}

void arena_clear(struct arena *arena)
{
	struct arena_block *keep = arena->head;

	if (!keep)
		return;
	arena->head = keep->next;
	arena_release(arena);
	keep->next = NULL;
	keep->used = 0;
	arena->head = keep;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct arena_block *block = arena->head;
	void *memory;

	if (size > SIZE_MAX / 2)
		mem_exhausted();
	size = (size + align - 1) / align * align;
	if (!block || block->size - block->used < size) {
		size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;

		block = malloc(sizeof(*block) + room);
		if (!block)
			mem_exhausted();
		block->used = 0;
		block->size = room;
		block->next = arena->head;
		arena->head = block;
	}
	memory = block->bytes + block->used;
	block->used += size;
	memset(memory, 0, size);
	return memory;
}

void *arena_grow(struct arena *arena, void *array, size_t *cap, size_t needed, size_t item)
{
	size_t size;
	void *larger;

	if (needed <= *cap && array)
		return array;
	size = grown(*cap, needed, item);
	larger = arena_alloc(arena, size * item);
	if (array)
		memcpy(larger, array, *cap * item);
	*cap = size;
	return larger;
}

void *table_add(struct arena *arena, struct table *table, size_t size)
{
	char *item;

	table->items = arena_grow(arena, table->items, &table->cap, table->count + 1, size);
	item = (char *)table->items + table->count++ * size;
	memset(item, 0, size);
	return item;
}
