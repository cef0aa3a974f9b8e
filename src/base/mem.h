/* mem.h: memory that is never NULL, and arenas.
 *
 * Out of memory prints one line on stderr and aborts: nothing below the edges can do better. An
 * arena holds all that lives as long as one loaded file or one turn, and is released at once. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *head; /* the block being filled, newest first */
};

/* Says `bug: file:line: message` on stderr and aborts. For our own mistakes, never for input. */
#define BUG(...) mem_bug(__FILE__, __LINE__, __VA_ARGS__)
_Noreturn void mem_bug(const char *file, int line, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* Says so in one line and aborts: for libraries that report it in their own way. */
_Noreturn void mem_exhausted(void);

/* Zeroed memory of `size` bytes (at least 1); the caller frees it with free(). */
void *mem_alloc(size_t size);

/* Grows a malloc'd array so that `needed` items of `item` bytes fit; updates `*cap`. Returns the
 * array, perhaps moved. */
void *mem_grow(void *array, size_t *cap, size_t needed, size_t item);

void arena_init(struct arena *arena);
/* Frees all; the arena may be used again. */
void arena_release(struct arena *arena);
/* Forgets all but keeps one block, for the next turn. */
void arena_clear(struct arena *arena);

/* Zeroed, aligned for any type; lives until release or clear. */
void *arena_alloc(struct arena *arena, size_t size);

/* Like mem_grow, but in the arena (the old array is left behind). */
void *arena_grow(struct arena *arena, void *array, size_t *cap, size_t needed, size_t item);

/* A table that grows in an arena; zero-initialise. */
struct table {
	void *items;
	size_t count;
	size_t cap;
};

/* A zeroed new item of `size` bytes at the end; its address holds until the next one. */
void *table_add(struct arena *arena, struct table *table, size_t size);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (count)))

#endif
