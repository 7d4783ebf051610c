/* SPDX-License-Identifier: BSD-2-Clause */
/* per_in.h: reading bits. The input is a copy followed by eight zero octets, so that a read may always fetch nine
 * octets. */
#ifndef PER_IN_H
#define PER_IN_H

#include "asn1/per/per.h"
#include "asn1/per/per_words.h"

#include <BIT_STRING.h>
#include <OCTET_STRING.h>

#define PER_IN_SLACK 16u

struct per_in {
	const uint8_t *octets;
	size_t at, end; /* bits; end is that of the innermost open type */
	size_t origin;  /* bit offset of octets[0] in the input */
	bool aligned, legacy;
	bool careful;        /* without programs, to find the error */
	bool unknown_branch; /* an empty criticalExtensions was decoded */
	bool skipped_level;  /* the place of the extension's level had none of it */
	bool foreign_level;  /* but bits that are not zero */
	uintptr_t stack;     /* stack address at the start */
	unsigned repetition; /* of the present list item */
	struct iuplus_arena *arena;
	const struct per_frame *frame;
	struct iuplus_asn1_problem *first_problem, *last_problem;
	struct per_failure failure;
	long procedure; /* of the PDU, once decoded */
};

static inline int in_fail(struct per_in *in, int rc, const char *what)
{
	return per_fail(&in->failure, rc, what, in->origin + in->at);
}

static inline int in_truncated(struct per_in *in)
{
	return in_fail(in, IUPLUS_ERR_TRUNCATED, "the input ends before the value does");
}

static inline bool in_has(const struct per_in *in, size_t bits)
{
	return likely(in->end - in->at >= bits);
}

/* n bits, 1 to 57, which must be present. */
static inline uint64_t in_take(struct per_in *in, unsigned n)
{
	uint64_t v = load64(in->octets + (in->at >> 3)) << (in->at & 7);

	in->at += n;
	return v >> (64 - n);
}

static inline int in_bits(struct per_in *in, unsigned n, uint64_t *v)
{
	*v = 0;
	if (n == 0)
		return 0;
	if (!in_has(in, n))
		return in_truncated(in);
	if (unlikely(n > 57)) {
		uint64_t high = in_take(in, n - 32);

		*v = high << 32 | in_take(in, 32);
		return 0;
	}
	*v = in_take(in, n);
	return 0;
}

/* Aligned PER only: advances to the next octet. An aligned encoding ends with a whole octet; otherwise the padding is
 * truncated. */
static inline void in_align(struct per_in *in)
{
	if (in->aligned) {
		in->at = (in->at + 7) & ~(size_t)7;
		if (unlikely(in->at > in->end))
			in->at = in->end;
	}
}

static inline int in_octets_number(struct per_in *in, unsigned octets, uint64_t *v)
{
	in_align(in);
	return in_bits(in, 8 * octets, v);
}

/* A number in the range of b (b->constrained), as its distance from b->low. */
int in_constrained_counted(struct per_in *in, const struct per_bounds *b, uint64_t *v);
static inline int in_constrained(struct per_in *in, const struct per_bounds *b, uint64_t *v)
{
	int rc;

	if (!in->aligned || b->form == PER_FIELD)
		rc = in_bits(in, b->bits, v);
	else if (b->form == PER_ONE_OCTET)
		rc = in_octets_number(in, 1, v);
	else if (b->form == PER_TWO_OCTETS)
		rc = in_octets_number(in, 2, v);
	else
		rc = in_constrained_counted(in, b, v);
	if (rc)
		return rc;
	if (unlikely(*v > b->span))
		return in_fail(in, IUPLUS_ERR_CONSTRAINT, "value outside its range");
	return 0;
}

/* A length without upper bound. *more is set if fragments follow (*length is then a multiple of 16K). */
int in_length(struct per_in *in, size_t *length, bool *more);
/* A normally small number (X.691 11.6). */
int in_small(struct per_in *in, uint64_t *v);
/* Copies bits bits from bit at on to whole octets at to, which has room for one more octet. */
void in_move(uint8_t *to, const uint8_t *octets, size_t at, size_t bits);
/* bits bits of the input as octets in the arena, or in place if they start on an octet boundary. */
int in_copy(struct per_in *in, size_t bits, uint8_t **octets);
/* The contents of an open type: length octets at octets. *in advances past them. */
int in_open(struct per_in *in, const uint8_t **octets, size_t *length);

static inline int per_decode(struct per_in *in, const struct per_type *t, void *value)
{
	return t->decode(in, t, value);
}

/* Reads the common case of a value at bit at, without a call. Returns the bit after its end, which is never 0; or 0 for
 * any other value or an error: then the kind's function must read it. aligned is in->aligned. */
static inline __attribute__((always_inline)) size_t read_leaf(struct per_in *in, const struct per_type *t, void *value,
							      size_t at, bool aligned)
{
	unsigned op = t->op[aligned], n;
	size_t next, length;
	uint64_t v, *bits;

	if (op == PER_OP_FIELD) {
field:
		n = t->field[aligned];
		v = load64(in->octets + (at >> 3)) << (at & 7) >> (-n & 63);
		at += n;
		if (unlikely(at > in->end || v > t->bounds.span))
			return 0;
		*(long *)value = (long)(v + (uint64_t)t->bounds.low);
		return at;
	}
	if (op == PER_OP_CALL)
		return 0;
	if (op & PER_OP_ALIGN)
		at = (at + 7) & ~(size_t)7;
	op &= PER_OP_ALIGN - 1;
	if (op == PER_OP_OCTETS) {
		length = t->fixed;
		if (unlikely(at & 7))
			return 0;
octets:
		next = at + 8 * length;
		if (unlikely(next > in->end))
			return 0;
		((OCTET_STRING_t *)value)->buf = (uint8_t *)(uintptr_t)(in->octets + (at >> 3));
		((OCTET_STRING_t *)value)->size = (int)length;
		return next;
	}
	if (op == PER_OP_FIELD)
		goto field;
	if (op != PER_OP_BITS) {
		/* PER_OP_SHORT */
		length = in->octets[at >> 3];
		at += 8;
		if (unlikely(length > 127))
			return 0;
		goto octets;
	}
	n = t->fixed;
	if (unlikely(at + n > in->end))
		return 0;
	bits = arena_take_rounded(in->arena, ARENA_WORD);
	if (unlikely(!bits))
		return 0;
	v = load64(in->octets + (at >> 3)) << (at & 7) >> (-n & 63) << (-n & 63);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	*bits = v;
	((BIT_STRING_t *)value)->buf = (uint8_t *)bits;
	((BIT_STRING_t *)value)->size = (int)((n + 7) >> 3);
	((BIT_STRING_t *)value)->bits_unused = (int)(-n & 7);
	return at + n;
}

/* per_decode(), with the common case read inline. */
static inline __attribute__((always_inline)) int per_read(struct per_in *in, const struct per_type *t, void *value)
{
	size_t next = read_leaf(in, t, value, in->at, in->aligned);

	if (likely(next)) {
		in->at = next;
		return 0;
	}
	return t->decode(in, t, value);
}

/* Whether the bits from at on are not the extension's level: another marker or version, or the body is cut off. Then
 * they are a later release's additions, which nobody can delimit: the rest of the message is skipped. */
bool in_is_foreign(struct per_in *in, size_t at);

int per_decode_set(struct per_in *in, const struct per_type *t, void *value);
int per_decode_procedure(struct per_in *in, const struct per_type *t, void *value);
/* The value of an open type. */
int per_decode_open(struct per_in *in, const struct per_type *t, void *value);
/* Adds a problem with an IE of the frame's level. */
int per_add_problem(struct per_in *in, enum iuplus_asn1_problem_kind kind, const struct per_frame *ie);

#endif
