/* SPDX-License-Identifier: BSD-2-Clause */
/* arena.h: the fast way to take memory from an arena, for the codecs. */
#ifndef ASN1_ARENA_H
#define ASN1_ARENA_H

#include <iuplus/iuplus.h>

/* What every piece is aligned to. */
#define ARENA_ALIGN 16u

/* As iuplus_arena_alloc(). The octets between at and end are always zero, and within the limit; size is a multiple of
 * ARENA_ALIGN. */
static inline void *arena_take_rounded(struct iuplus_arena *arena, size_t size)
{
	uint8_t *p = arena->at;

	if (__builtin_expect(size <= (size_t)(arena->end - p) && size != 0, 1)) {
		arena->at = p + size;
		return p;
	}
	return iuplus_arena_alloc(arena, size);
}

static inline size_t arena_round(size_t size)
{
	return (size + (ARENA_ALIGN - 1)) & ~(size_t)(ARENA_ALIGN - 1);
}

/* As iuplus_arena_alloc(); size is below SIZE_MAX - ARENA_ALIGN. */
static inline void *arena_take(struct iuplus_arena *arena, size_t size)
{
	return arena_take_rounded(arena, arena_round(size));
}

#endif
