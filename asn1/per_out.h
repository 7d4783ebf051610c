/* SPDX-License-Identifier: BSD-2-Clause */
/* per_out.h: writing bits. The octets grow in the arena; everything from the last bit on is zero, eight octets at
 * least. */
#ifndef PER_OUT_H
#define PER_OUT_H

#include <string.h>

#include "per.h"

#define PER_OUT_SLACK 16u

struct per_out {
	uint8_t *octets;
	size_t at;			/* bits written */
	size_t room;			/* bits that may be written before the octets grow */
	bool aligned, legacy;
	uintptr_t stack;		/* where it was at the start */
	struct iuplus_arena *arena;
	struct per_failure failure;	/* last: not cleared */
};

#ifndef likely
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#endif

static inline int out_fail(struct per_out *o, int rc, const char *what)
{
	return per_fail(&o->failure, rc, what, o->at);
}

int out_grow(struct per_out *o, size_t bits);

static inline int out_room(struct per_out *o, size_t bits)
{
	return likely(o->room - o->at >= bits) ? 0 : out_grow(o, bits);
}

static inline void store64(uint8_t *p, uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	memcpy(p, &v, sizeof(v));
}

/* The low n bits of v, n from 0 to 57; v has no other bits. There must be room. */
static inline void out_put(struct per_out *o, unsigned n, uint64_t v)
{
	uint8_t *p = o->octets + (o->at >> 3);

	if (n)
		store64(p, (uint64_t)p[0] << 56 | v << (64 - (o->at & 7) - n));
	o->at += n;
}

static inline int out_bits(struct per_out *o, unsigned n, uint64_t v)
{
	int rc = out_room(o, n);

	if (unlikely(rc))
		return rc;
	if (unlikely(n > 57)) {
		out_put(o, n - 32, v >> 32);
		out_put(o, 32, v & 0xffffffffu);
	} else {
		out_put(o, n, v);
	}
	return 0;
}

static inline int out_align(struct per_out *o)
{
	unsigned n = (unsigned)(-o->at & 7);

	if (!o->aligned || n == 0)
		return 0;
	return out_bits(o, n, 0);
}

/* v, the distance from b->low, in b's range. */
int out_constrained_counted(struct per_out *o, const struct per_bounds *b, uint64_t v);
static inline int out_constrained(struct per_out *o, const struct per_bounds *b, uint64_t v)
{
	unsigned n = b->bits;

	if (unlikely(o->room - o->at < 128)) {
		int rc = out_grow(o, 128);

		if (rc)
			return rc;
	}
	if (o->aligned && b->form != PER_FIELD) {
		if (b->form == PER_COUNTED)
			return out_constrained_counted(o, b, v);
		o->at = (o->at + 7) & ~(size_t)7;
		n = b->form == PER_ONE_OCTET ? 8 : 16;
	}
	if (unlikely(n > 57))
		return out_bits(o, n, v);
	out_put(o, n, v);
	return 0;
}
/* units of unit bits each behind their length; the length has no upper bound and may take fragments. */
int out_counted(struct per_out *o, const uint8_t *octets, size_t units, unsigned unit);
/* A length below 16K. */
int out_length(struct per_out *o, size_t length);
int out_small(struct per_out *o, uint64_t v);
int out_string(struct per_out *o, const uint8_t *octets, size_t bits);

static inline bool out_too_deep(const struct per_out *o)
{
	return unlikely(o->stack - PER_FRAME > PER_MAX_STACK);
}

static inline int per_encode(struct per_out *o, const struct per_type *t, const void *value)
{
	return t->encode(o, t, value);
}

/* per_encode(), with numbers that are one field written in place. */
static inline int per_encode_fast(struct per_out *o, const struct per_type *t, const void *value)
{
	unsigned n = t->field[o->aligned];

	if (n) {
		uint64_t v = (uint64_t)*(const long *)value - (uint64_t)t->bounds.low;

		if (likely(v <= t->bounds.span && o->room - o->at >= n)) {
			out_put(o, n, v);
			return 0;
		}
	}
	return per_encode(o, t, value);
}

int per_encode_set(struct per_out *o, const struct per_type *t, const void *value);
int per_encode_procedure(struct per_out *o, const struct per_type *t, const void *value);
int per_encode_open(struct per_out *o, const struct per_type *t, const void *value);
/* A complete encoding from its first octet: o->octets, o->at bits. */
int per_encode_whole(struct per_out *o, const struct per_type *t, const void *value);

#endif
