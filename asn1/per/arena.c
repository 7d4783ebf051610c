/* SPDX-License-Identifier: BSD-2-Clause */
/* arena.c: memory for one message, released as a whole. */
#include <stdlib.h>
#include <string.h>

#include "asn1/per/arena.h"

#define FIRST_CHUNK ((size_t)8 * 1024)
/* clear() may write up to 63 octets beyond a piece, and a decoder fetch up to 16 (per_in.h). */
#define SLACK 64u
#define LARGEST_GROWTH ((size_t)1024 * 1024)

struct iuplus_arena_chunk {
	struct iuplus_arena_chunk *next;
	size_t size;  /* octets of data */
	size_t taken; /* octets allocated when the next chunk became the current one */
	_Alignas(16) uint8_t data[];
};

const char *iuplus_strrc(int rc)
{
	switch (rc) {
#define NAME(id, value, name, what) \
	case IUPLUS_##id: \
		return name;
		IUPLUS_RCS(NAME)
#undef NAME
	default:
		return "unknown return code";
	}
}

void iuplus_arena_init(struct iuplus_arena *arena, size_t limit)
{
	memset(arena, 0, sizeof(*arena));
	arena->limit = limit ? limit : IUPLUS_ARENA_DEFAULT_LIMIT;
}

/* used is the number of octets allocated in the chunks before the current one, so that end alone reflects the limit. */
static void set_end(struct iuplus_arena *arena, struct iuplus_arena_chunk *chunk)
{
	size_t room = (arena->limit - arena->used) & ~(size_t)(ARENA_WORD - 1);

	arena->current = chunk;
	arena->end = chunk->data + (chunk->size < room ? chunk->size : room);
}

static void open_chunk(struct iuplus_arena *arena, struct iuplus_arena_chunk *chunk)
{
	if (arena->current) {
		arena->current->taken = (size_t)(arena->at - arena->current->data);
		arena->used += arena->current->taken;
	}
	set_end(arena, chunk);
	arena->at = chunk->data;
}

/* Makes the next chunk with room for size octets current, a kept one or a new one. */
static bool next_chunk(struct iuplus_arena *arena, size_t size)
{
	struct iuplus_arena_chunk *chunk = arena->current ? arena->current->next : arena->first;
	size_t wanted;

	if (chunk && chunk->size >= size) {
		open_chunk(arena, chunk);
		return true;
	}
	wanted = arena->current ? 2 * arena->current->size : FIRST_CHUNK;
	if (wanted > LARGEST_GROWTH)
		wanted = LARGEST_GROWTH;
	if (wanted < size)
		wanted = size;
	chunk = calloc(1, sizeof(*chunk) + wanted + SLACK);
	if (!chunk)
		return false;
	chunk->size = wanted;
	if (arena->current) {
		chunk->next = arena->current->next;
		arena->current->next = chunk;
	} else {
		chunk->next = arena->first;
		arena->first = chunk;
	}
	open_chunk(arena, chunk);
	return true;
}

void *arena_take_slowly(struct iuplus_arena *arena, size_t size, size_t align)
{
	size_t rounded = (size + (align - 1)) & ~(align - 1), pad = -(uintptr_t)arena->at & (align - 1);
	void *p;

	if (rounded < size)
		return NULL;
	if (rounded == 0)
		rounded = align;
	if (pad > (size_t)(arena->end - arena->at) || rounded > (size_t)(arena->end - arena->at) - pad) {
		size_t given = arena->used + (arena->current ? (size_t)(arena->at - arena->current->data) : 0);

		if (rounded > arena->limit - given || !next_chunk(arena, rounded))
			return NULL;
		pad = 0;
	}
	p = arena->at + pad;
	arena->at += pad + rounded;
	return p;
}

void *iuplus_arena_alloc(struct iuplus_arena *arena, size_t size)
{
	size_t pad = -(uintptr_t)arena->at & (ARENA_ALIGN - 1), room = (size_t)(arena->end - arena->at);
	uint8_t *p = arena->at + pad;

	/* compared before it is rounded, which may wrap */
	if (__builtin_expect(size - 1 < room && room - size >= pad + ARENA_ALIGN - 1, 1)) {
		arena->at = p + ((size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1));
		return p;
	}
	return arena_take_slowly(arena, size, ARENA_ALIGN);
}

void *iuplus_arena_copy(struct iuplus_arena *arena, const void *data, size_t size)
{
	void *p = iuplus_arena_alloc(arena, size);

	if (p && size)
		memcpy(p, data, size);
	return p;
}

#define CLEAR(p, octets) \
	do { \
		memset(p, 0, octets); \
		__asm__ volatile("" : : : "memory"); /* prevents the compiler from replacing the loop by memset() */ \
	} while (0)

/* Messages are short, and memset()'s choice of a method would take a large part of the time; hence these loops. They
 * clear 64 octets at a time: what is beyond the end is zero already, or slack. */
static inline void clear(uint8_t *p, uint8_t *end)
{
	if (end - p > 8192) {
		memset(p, 0, (size_t)(end - p));
		return;
	}
	for (; end - p > 192; p += 256) {
		CLEAR(p, 64);
		CLEAR(p + 64, 64);
		CLEAR(p + 128, 64);
		CLEAR(p + 192, 64);
	}
	for (; p < end; p += 64)
		CLEAR(p, 64);
}

/* Releases everything from from on, which is in chunk, and continues allocation there. */
static void go_back(struct iuplus_arena *arena, struct iuplus_arena_chunk *chunk, uint8_t *from)
{
	struct iuplus_arena_chunk *c = chunk;
	uint8_t *at = from;

	while (c != arena->current) {
		clear(at, c->data + c->taken);
		arena->used -= c->taken;
		c = c->next;
		at = c->data;
	}
	clear(at, arena->at);
	set_end(arena, chunk);
	arena->at = from;
}

/* Allocated memory is zeroed in any case, since the next message needs zeroed memory; so wiping costs nothing. */
void iuplus_arena_reset(struct iuplus_arena *arena, bool wipe)
{
	struct iuplus_arena_chunk *first = arena->first;

	(void)wipe;
	if (__builtin_expect(arena->current == first && first != NULL, 1)) {
		clear(first->data, arena->at);
		arena->at = first->data;
	} else if (arena->current) {
		go_back(arena, first, first->data);
	}
}

void arena_return(struct iuplus_arena *arena, struct arena_mark mark)
{
	if (mark.chunk)
		go_back(arena, mark.chunk, mark.at);
	else
		iuplus_arena_reset(arena, false);
}

void iuplus_arena_free(struct iuplus_arena *arena)
{
	struct iuplus_arena_chunk *chunk, *next;
	size_t limit = arena->limit;

	iuplus_arena_reset(arena, true);
	/* the compiler must not omit the wiping because the memory is freed next */
	__asm__ volatile("" : : "r"(arena->first) : "memory");
	for (chunk = arena->first; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	iuplus_arena_init(arena, limit);
}
