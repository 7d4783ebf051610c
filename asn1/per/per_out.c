/* SPDX-License-Identifier: BSD-2-Clause */
/* per_out.c: growing, lengths, fragments, open types. */
#include "asn1/per/per_out.h"

#define FIRST_ROOM ((size_t)512)

int out_grow(struct per_out *o, size_t bits)
{
	size_t used = (o->at + 7) / 8, octets = 2 * (o->room / 8);
	uint8_t *p;

	if (octets < FIRST_ROOM)
		octets = FIRST_ROOM;
	if (octets < used + bits / 8 + 2)
		octets = used + bits / 8 + 2;
	p = arena_take(o->arena, octets + PER_OUT_SLACK);
	if (!p)
		return out_fail(o, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	if (used)
		memcpy(p, o->octets, used);
	o->octets = p;
	o->room = 8 * octets;
	return 0;
}

/* Returns the memory of the last growth that the encoding did not need. */
static void give_back(struct per_out *o)
{
	if (!o->octets || o->octets + arena_round(o->room / 8 + PER_OUT_SLACK) != o->arena->at)
		return;
	o->arena->at = o->octets + arena_round((o->at + 7) / 8 + 1);
	o->room = 0;
}

static inline __attribute__((always_inline)) int encode_from_start(struct per_out *o, const struct per_type *t,
								   const void *value)
{
	int rc;

	o->at = 0;
	o->octets = arena_take_rounded(o->arena, FIRST_ROOM + PER_OUT_SLACK);
	if (unlikely(!o->octets))
		return out_fail(o, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	o->room = 8 * FIRST_ROOM;
	rc = per_encode(o, t, value);
	if (!rc)
		give_back(o);
	return rc;
}

/* Fails as the first time, and finds the error. */
static __attribute__((noinline, cold)) int encode_carefully(struct per_out *o, const struct per_type *t,
							    const void *value)
{
	o->careful = true;
	per_clear(&o->failure);
	return encode_from_start(o, t, value);
}

int per_encode_whole(struct per_out *o, const struct per_type *t, const void *value)
{
	struct arena_mark mark = arena_mark(o->arena);
	int rc = encode_from_start(o, t, value);

	if (likely(!rc))
		return 0;
	arena_return(o->arena, mark);
	return encode_carefully(o, t, value);
}

/* The room has been checked. */
int out_constrained_counted(struct per_out *o, const struct per_bounds *b, uint64_t v)
{
	unsigned octets = v ? (64u - (unsigned)__builtin_clzll(v) + 7) / 8 : 1;

	out_put(o, b->count_bits, octets - 1);
	o->at = (o->at + 7) & ~(size_t)7;
	return out_bits(o, 8 * octets, v);
}

int out_length(struct per_out *o, size_t length)
{
	int rc = out_align(o);

	if (rc)
		return rc;
	return length < 128 ? out_bits(o, 8, length) : out_bits(o, 16, 0x8000u | length);
}

int out_small(struct per_out *o, uint64_t v)
{
	unsigned octets = 1;
	int rc;

	if (v < 64)
		return out_bits(o, 7, v);
	while (octets < 8 && v >> (8 * octets))
		octets++;
	rc = out_bits(o, 1, 1);
	if (!rc)
		rc = out_length(o, octets);
	return rc ? rc : out_bits(o, 8 * octets, v);
}

int out_string(struct per_out *o, const uint8_t *octets, size_t bits)
{
	size_t whole = bits / 8, i = 0;
	unsigned rest = (unsigned)(bits & 7);
	int rc = out_room(o, bits);

	if (rc)
		return rc;
	if ((o->at & 7) == 0) {
		if (whole)
			memcpy(o->octets + (o->at >> 3), octets, whole);
		o->at += 8 * whole;
	} else {
		for (; i + 4 <= whole; i += 4) {
			uint32_t v;

			memcpy(&v, octets + i, sizeof(v));
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
			v = __builtin_bswap32(v);
#endif
			out_put(o, 32, v);
		}
		for (; i < whole; i++)
			out_put(o, 8, octets[i]);
	}
	if (rest)
		out_put(o, rest, octets[whole] >> (8 - rest));
	return 0;
}

int out_counted(struct per_out *o, const uint8_t *octets, size_t units, unsigned unit)
{
	size_t done = 0;
	int rc;

	while (units - done >= PER_FRAGMENT) {
		size_t parts = (units - done) / PER_FRAGMENT;

		if (parts > 4)
			parts = 4;
		rc = out_align(o);
		if (!rc)
			rc = out_bits(o, 8, 0xc0u | parts);
		if (!rc)
			rc = out_string(o, octets + done * unit / 8, parts * PER_FRAGMENT * unit);
		if (rc)
			return rc;
		done += parts * PER_FRAGMENT;
	}
	/* the last length marks the end, so it is written even if it is 0 */
	rc = out_length(o, units - done);
	if (!rc && units > done) {
		rc = out_align(o);
		if (!rc)
			rc = out_string(o, octets + done * unit / 8, (units - done) * unit);
	}
	return rc;
}

static int open_apart(struct per_out *o, const struct per_type *t, const void *value)
{
	struct per_out inner;
	int rc;

	memset(&inner, 0, offsetof(struct per_out, failure));
	inner.aligned = o->aligned;
	inner.legacy = o->legacy;
	inner.careful = o->careful;
	inner.stack = o->stack;
	inner.arena = o->arena;
	per_clear(&inner.failure);
	rc = out_room(&inner, 8);
	if (!rc)
		rc = per_write(&inner, t, value);
	if (rc) {
		o->failure = inner.failure;
		o->failure.at += o->at;
		return rc;
	}
	return out_counted(o, inner.octets, inner.at ? (inner.at + 7) / 8 : 1, 8);
}

/* Writes the length before the contents of an open type, for which one aligned octet was reserved before from. */
int out_close_long(struct per_out *o, size_t from, size_t length)
{
	uint8_t *p = o->octets + from;

	if (length < PER_FRAGMENT) {
		int rc = out_room(o, 16);

		if (unlikely(rc))
			return rc;
		p = o->octets + from;
		memmove(p + 1, p, length);
		p[-1] = (uint8_t)(0x80 | length >> 8);
		p[0] = (uint8_t)length;
		o->at += 8;
		return 0;
	}
	p = iuplus_arena_copy(o->arena, p, length);
	if (!p)
		return out_fail(o, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	memset(o->octets + from - 1, 0, length + 1);
	o->at = 8 * (from - 1);
	return out_counted(o, p, length, 8);
}

int per_encode_open(struct per_out *o, const struct per_type *t, const void *value)
{
	int rc;

	if (!o->aligned)
		return open_apart(o, t, value);
	rc = out_room(o, 24);
	if (unlikely(rc))
		return rc;
	o->at = (o->at + 7) & ~(size_t)7;
	return out_open(o, 8, 0, t, value);
}
