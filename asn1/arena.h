/* SPDX-License-Identifier: BSD-2-Clause */
/* arena.h: the fast way to take memory from an arena, for the codecs. */
#ifndef ASN1_ARENA_H
#define ASN1_ARENA_H

#include <iuplus/iuplus.h>

/* What every piece is aligned to. */
#define ARENA_ALIGN 16u

/* As iuplus_arena_alloc(). The octets between at and end are always zero. */
static inline void *arena_take(struct iuplus_arena *arena, size_t size)
{
	size_t rounded = (size + (ARENA_ALIGN - 1)) & ~(size_t)(ARENA_ALIGN - 1);

	if (rounded >= size && rounded != 0 && rounded <= (size_t)(arena->end - arena->at) && rounded <= arena->limit - arena->used) {
		void *p = arena->at;

		arena->at += rounded;
		arena->used += rounded;
		return p;
	}
	return iuplus_arena_alloc(arena, size);
}

#endif
