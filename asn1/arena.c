/* SPDX-License-Identifier: BSD-2-Clause */
/* arena.c: memory for one message, dropped whole. */
#include <stdlib.h>
#include <string.h>

#include "arena.h"

#define FIRST_CHUNK ((size_t)8 * 1024)
/* A decoder may fetch this many octets behind a piece (per_in.h). */
#define SLACK 16u
#define LARGEST_GROWTH ((size_t)1024 * 1024)

struct iuplus_arena_chunk {
	struct iuplus_arena_chunk *next;
	size_t size;			/* octets of data */
	size_t taken;			/* how many were given out when the next chunk became the current one */
	_Alignas(16) uint8_t data[];
};

const char *iuplus_strrc(int rc)
{
	static const char *const names[] = {
		"ok", "wrong argument", "out of memory", "truncated", "outside its constraint", "syntax error",
			"not comprehended", "missing element",
		"wrong order", "integrity failure", "replay", "counter exhausted", "wrong state", "no space",
			"input/output error"
	};

	if (rc > 0 || rc < -(int)(sizeof(names) / sizeof(names[0]) - 1))
		return "unknown return code";
	return names[-rc];
}

void iuplus_arena_init(struct iuplus_arena *arena, size_t limit)
{
	memset(arena, 0, sizeof(*arena));
	arena->limit = limit ? limit : IUPLUS_ARENA_DEFAULT_LIMIT;
}

static void open_chunk(struct iuplus_arena *arena, struct iuplus_arena_chunk *chunk)
{
	size_t room;

	if (arena->current) {
		arena->current->taken = (size_t)(arena->at - arena->current->data);
		arena->used += arena->current->taken;
	}
	/* used is what the chunks before the current one gave out, so that the end alone says where the limit is */
	room = (arena->limit - arena->used) & ~(size_t)(ARENA_WORD - 1);
	arena->current = chunk;
	arena->at = chunk->data;
	arena->end = chunk->data + (chunk->size < room ? chunk->size : room);
}

/* The next chunk that has room for size octets, a kept one or a new one. */
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
	return arena_take_slowly(arena, size, ARENA_ALIGN);
}

void *iuplus_arena_copy(struct iuplus_arena *arena, const void *data, size_t size)
{
	void *p = iuplus_arena_alloc(arena, size);

	if (p && size)
		memcpy(p, data, size);
	return p;
}

/* Messages are short, and the choice of a way to clear memory would be a good part of the work: so a loop of its own.
 * It may go up to 15 octets further, where the slack is. */
static void clear(uint8_t *p, size_t size)
{
	uint8_t *end = p + size;

	if (size > 8192) {
		memset(p, 0, size);
		return;
	}
	for (; end - p >= 64; p += 64) {
		memset(p, 0, 64);
		__asm__ volatile("" : : : "memory");	/* keeps it from becoming a call of memset() */
	}
	for (; p < end; p += 16) {
		memset(p, 0, 16);
		__asm__ volatile("" : : : "memory");
	}
}

/* What was given out is zeroed in any case, since the next message counts on zeroed memory; wipe is then for free. */
void iuplus_arena_reset(struct iuplus_arena *arena, bool wipe)
{
	struct iuplus_arena_chunk *chunk;

	(void)wipe;
	if (!arena->current)
		return;
	arena->current->taken = (size_t)(arena->at - arena->current->data);
	for (chunk = arena->first; chunk; chunk = chunk->next) {
		clear(chunk->data, chunk->taken);
		chunk->taken = 0;
		if (chunk == arena->current)
			break;
	}
	arena->current = NULL;
	arena->used = 0;
	arena->at = arena->end = NULL;
	open_chunk(arena, arena->first);
}

void iuplus_arena_free(struct iuplus_arena *arena)
{
	struct iuplus_arena_chunk *chunk, *next;
	size_t limit = arena->limit;

	iuplus_arena_reset(arena, true);
	/* the compiler must not drop the wiping because the memory is freed next */
	__asm__ volatile("" : : "r"(arena->first) : "memory");
	for (chunk = arena->first; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	iuplus_arena_init(arena, limit);
}
