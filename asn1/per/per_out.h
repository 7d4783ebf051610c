/* SPDX-License-Identifier: BSD-2-Clause */
/* per_out.h: writing bits. The octets grow in the arena; at least eight octets after the last bit are zero. */
#ifndef PER_OUT_H
#define PER_OUT_H

#include "asn1/per/per.h"
#include "asn1/per/per_words.h"

#include <BIT_STRING.h>
#include <OCTET_STRING.h>

#define PER_OUT_SLACK 16u

struct per_out {
	uint8_t *octets;
	size_t at;   /* bits written */
	size_t room; /* bits that may be written before the octets grow */
	bool aligned, legacy;
	bool careful;    /* without programs, to find the error */
	uintptr_t stack; /* stack address at the start */
	struct iuplus_arena *arena;
	struct per_failure failure; /* last: not cleared */
};

static inline int out_fail(struct per_out *o, int rc, const char *what)
{
	return per_fail(&o->failure, rc, what, o->at);
}

int out_grow(struct per_out *o, size_t bits);

static inline int out_room(struct per_out *o, size_t bits)
{
	return likely(o->room - o->at >= bits) ? 0 : out_grow(o, bits);
}

/* Up to 8 octets, without a call. */
static inline void copy_few(uint8_t *to, const uint8_t *from, size_t length)
{
	uint32_t w;
	uint16_t h;

	/* two overlapping copies */
	if (length >= 4) {
		memcpy(&w, from + length - 4, 4);
		memcpy(to, from, 4);
		memcpy(to + length - 4, &w, 4);
	} else if (length >= 2) {
		memcpy(&h, from + length - 2, 2);
		memcpy(to, from, 2);
		memcpy(to + length - 2, &h, 2);
	} else if (length) {
		to[0] = from[0];
	}
}

static inline void copy_octets(uint8_t *to, const uint8_t *from, size_t length)
{
	if (length <= 8)
		copy_few(to, from, length);
	else
		memcpy(to, from, length);
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

/* Writes v, the distance from b->low, in the range of b. */
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
/* Writes a length and that number of units of unit bits each; the length has no upper bound and may need fragments. */
int out_counted(struct per_out *o, const uint8_t *octets, size_t units, unsigned unit);
/* A length below 16K. */
int out_length(struct per_out *o, size_t length);
int out_small(struct per_out *o, uint64_t v);
int out_string(struct per_out *o, const uint8_t *octets, size_t bits);

static inline int per_encode(struct per_out *o, const struct per_type *t, const void *value)
{
	return t->encode(o, t, value);
}

/* Writes the common case of a value at bit at, without a call. Returns the bit after its end, which is never 0; or 0
 * for any other value or an error: then the kind's function must write it. aligned is o->aligned. */
static inline __attribute__((always_inline)) size_t write_leaf(struct per_out *o, const struct per_type *t,
							       const void *value, size_t at, bool aligned)
{
	const OCTET_STRING_t *s = value;
	const BIT_STRING_t *b = value;
	unsigned op = t->op[aligned], n;
	size_t length;
	uint64_t v;
	uint8_t *p;

	if (op == PER_OP_FIELD) {
field:
		n = t->field[aligned];
		v = (uint64_t) * (const long *)value - (uint64_t)t->bounds.low;
		if (unlikely(v > t->bounds.span || at + n > o->room))
			return 0;
		p = o->octets + (at >> 3);
		store64(p, (uint64_t)p[0] << 56 | v << ((-n - (at & 7)) & 63));
		return at + n;
	}
	if (op == PER_OP_CALL)
		return 0;
	if (op & PER_OP_ALIGN)
		at = (at + 7) & ~(size_t)7;
	op &= PER_OP_ALIGN - 1;
	if (op == PER_OP_OCTETS) {
		length = t->fixed;
		if (unlikely((at & 7) || at + 8 * length > o->room || s->size != (int)length || !s->buf))
			return 0;
		copy_octets(o->octets + (at >> 3), s->buf, length);
		return at + 8 * length;
	}
	if (op == PER_OP_FIELD)
		goto field;
	if (op != PER_OP_BITS) {
		/* PER_OP_SHORT */
		length = (size_t)s->size;
		if (unlikely(length > 127 || at + 8 + 8 * length > o->room || (length && !s->buf)))
			return 0;
		p = o->octets + (at >> 3);
		*p++ = (uint8_t)length;
		copy_octets(p, s->buf, length);
		return at + 8 + 8 * length;
	}
	n = t->fixed;
	length = (n + 7) >> 3;
	if (unlikely(at + n > o->room || b->size != (int)length || b->bits_unused != (int)(-n & 7) || !b->buf))
		return 0;
	v = 0;
	copy_few((uint8_t *)&v, b->buf, length);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	p = o->octets + (at >> 3);
	store64(p, (uint64_t)p[0] << 56 | v >> (-n & 63) << ((-n - (at & 7)) & 63));
	return at + n;
}

/* per_encode(), with the common case written inline. */
static inline __attribute__((always_inline)) int per_write(struct per_out *o, const struct per_type *t,
							   const void *value)
{
	size_t next = write_leaf(o, t, value, o->at, o->aligned);

	if (likely(next)) {
		o->at = next;
		return 0;
	}
	return t->encode(o, t, value);
}

int out_close_long(struct per_out *o, size_t from, size_t length);

/* An open type on an octet boundary, preceded by a head of bits bits (8 to 32) that ends with its length. It is encoded
 * in place, and moved in the rare case that the length needs more than one octet. There must be room for the head. */
static inline __attribute__((always_inline)) int out_open(struct per_out *o, unsigned bits, uint32_t head,
							  const struct per_type *t, const void *value)
{
	size_t from = o->at + bits, length;
	int rc;

	o->at = from;
	rc = per_write(o, t, value);
	if (unlikely(rc))
		return rc;
	from >>= 3;
	length = ((o->at + 7) >> 3) - from;
	if (unlikely(length == 0)) {
		rc = out_room(o, 8);
		if (rc)
			return rc;
		length = 1;
	}
	o->at = 8 * (from + length);
	if (likely(length < 128))
		head |= (uint32_t)length;
	if (bits == 32)
		store32(o->octets + from - 4, head);
	else if (bits == 24)
		store24(o->octets + from - 3, head);
	else
		o->octets[from - 1] = (uint8_t)head;
	return likely(length < 128) ? 0 : out_close_long(o, from, length);
}

int per_encode_set(struct per_out *o, const struct per_type *t, const void *value);
int per_encode_procedure(struct per_out *o, const struct per_type *t, const void *value);
int per_encode_open(struct per_out *o, const struct per_type *t, const void *value);
/* A complete encoding from its first octet: o->octets, o->at bits. */
int per_encode_whole(struct per_out *o, const struct per_type *t, const void *value);

#endif
