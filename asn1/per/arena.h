/* SPDX-License-Identifier: BSD-2-Clause */
/* arena.h: fast allocation from an arena, for the codecs. */
#ifndef ASN1_ARENA_H
#define ASN1_ARENA_H

#include <iuplus/iuplus.h>

/* The alignment of iuplus_arena_alloc(), and the one that suffices for the codecs. */
#define ARENA_ALIGN 16u
#define ARENA_WORD 8u

void *arena_take_slowly(struct iuplus_arena *arena, size_t size, size_t align);

/* As iuplus_arena_alloc(), aligned to ARENA_WORD. The octets between at and end are always zero, and within the limit;
 * size is a multiple of ARENA_WORD. */
static inline void *arena_take_rounded(struct iuplus_arena *arena, size_t size)
{
	uint8_t *p = arena->at;

	if (__builtin_expect(size <= (size_t)(arena->end - p) && size != 0, 1)) {
		arena->at = p + size;
		return p;
	}
	return arena_take_slowly(arena, size, ARENA_WORD);
}

static inline size_t arena_round(size_t size)
{
	return (size + (ARENA_WORD - 1)) & ~(size_t)(ARENA_WORD - 1);
}

/* As arena_take_rounded(), any size below SIZE_MAX - ARENA_WORD. */
static inline void *arena_take(struct iuplus_arena *arena, size_t size)
{
	return arena_take_rounded(arena, arena_round(size));
}

/* Returns the end of a piece, from p to end, unless another piece was taken after it. Nothing was written there; p is
 * aligned to ARENA_WORD. */
static inline void arena_give_back(struct iuplus_arena *arena, uint8_t *p, const uint8_t *end)
{
	if (arena->at == end)
		arena->at = p;
}

/* A position that arena_return() restores. */
struct arena_mark {
	struct iuplus_arena_chunk *chunk;
	uint8_t *at;
};

static inline struct arena_mark arena_mark(const struct iuplus_arena *arena)
{
	return (struct arena_mark){ arena->current, arena->at };
}

/* Releases the memory allocated since the mark. */
void arena_return(struct iuplus_arena *arena, struct arena_mark mark);

#endif
