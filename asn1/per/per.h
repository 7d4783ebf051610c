/* SPDX-License-Identifier: BSD-2-Clause */
/* per.h: the entry points of the engine's parts: the table of a type, its functions and its program, failures. */
#ifndef PER_H
#define PER_H

#include <stdlib.h>

#include "asn1/per/arena.h"
#include "asn1/per/per_types.h"

/* The tables of all types, by number; NULL before the first call of per_build(), or if memory is exhausted. */
extern const struct per_type *const *per_built __attribute__((visibility("hidden")));
void per_build(void);

/* The table of a handle. NULL if type is not a handle or memory is exhausted. */
static inline const struct per_type *per_type_of(const struct iuplus_asn1_type *type)
{
	const struct per_type *const *types = __atomic_load_n(&per_built, __ATOMIC_ACQUIRE);

	if (unlikely(!types)) {
		per_build();
		types = __atomic_load_n(&per_built, __ATOMIC_ACQUIRE);
	}
	if (unlikely(!types || !type || type->number >= iuplus_asn1_type_count ||
		     type != &iuplus_asn1_types[type->number]))
		return NULL;
	return types[type->number];
}

/* The functions that decode and encode the values of a kind, member by member. */
int (*per_decoder(enum per_kind kind))(struct per_in *, const struct per_type *, void *);
int (*per_encoder(enum per_kind kind))(struct per_out *, const struct per_type *, const void *);
/* Fast path: handles the common case of a type with a program. Anything else, and every value in careful mode, falls
 * back to the function of the type's kind. Errors carry no detail; the caller decodes or encodes again in careful
 * mode. */
int per_decode_program(struct per_in *in, const struct per_type *t, void *value);
int per_encode_program(struct per_out *o, const struct per_type *t, const void *value);
/* The same for a recursive type, with bounded depth. */
int per_decode_deep(struct per_in *in, const struct per_type *t, void *value);
int per_encode_deep(struct per_out *o, const struct per_type *t, const void *value);

/* The type that encodes an IE whose octet string is the content of the open type. */
extern const struct per_type per_direct;

/* Compiles a type's program, if it can have one, and the programs that it enters. False if memory is exhausted. */
bool per_write_program(struct per_type *t);
/* Zeroed memory for the tables, which exist as long as the process. NULL if memory is exhausted. */
static inline void *per_keep(size_t count, size_t size)
{
	return calloc(count ? count : 1, size);
}

/* For the fast path, whose failures need no path. */
static inline void per_no_path(struct per_failure *f)
{
	f->what = NULL;
	f->path_from = 0;
}

static inline void per_clear(struct per_failure *f)
{
	f->what = NULL;
	f->at = 0;
	f->path_from = sizeof(f->path) - 1;
	f->path[sizeof(f->path) - 1] = '\0';
}

__attribute__((cold)) int per_fail(struct per_failure *f, int rc, const char *what, size_t at);
/* Prepends name, or [index] if name is NULL, to the path. Returns rc. */
__attribute__((cold)) int per_fail_in(struct per_failure *f, int rc, const char *name, unsigned index);

bool per_in_ranges(const struct per_ranges *r, int64_t v);

#endif
