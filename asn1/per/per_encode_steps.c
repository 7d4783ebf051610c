/* SPDX-License-Identifier: BSD-2-Clause */
/* per_encode_steps.c: executes a type's program (per_steps.c) on a C struct: encodes the common case of a message
 * without a call for every value, and collects the bits in a word. The kind's function (per_encode.c) encodes a value
 * that a step does not handle. On an error the run just ends; the caller encodes the value again in careful mode to
 * find the error. */
/*
 * Legend.
 *
 * Register variables:
 *   s            the present step
 *   base         the C struct that the program encodes (in a list: the list, then the item); s->offset counts from here
 *   p            the present value: base + s->offset, or, at a label ..._at, the target of a pointer
 *   pen          the bits: to is the octet being written, followed by the low used bits of word; limit ends the room
 *   items        of a list: the next item
 *   length       number of items left, and within one step a number of octets
 *   top          the frame above the innermost program that waits; stack[0] holds the step that ends the run
 *   v, n         scratch of one step: its bits and their number
 *
 * "->" is the next step; without it, the following one. "else call", "else plain": a value that the step does not
 * handle is passed to STEP_CALL or STEP_PLAIN; "else ends": the run ends with a failure. A step reads from the C struct
 * and writes to pen.
 *   STEP_END             reads and writes nothing        -> the step at which the innermost waiting program continues
 *   STEP_PLAIN           the value of s->type at base, by its kind's function          -> as STEP_END
 *   STEP_PREAMBLE        the pointers of the OPTIONAL members; writes their presence bits
 *   STEP_PREAMBLE_EXT    with members after the extension marker: the SEQUENCE by its kind's function -> s + s->skip;
 *                        without: writes an extension bit 0, then the same
 *   STEP_INNER, _EXT     as the two above
 *   STEP_DEFAULT         a pointer. NULL, or the value is low: nothing is written      -> s + 2
 *   STEP_OWN             a pointer: not NULL in a legacy codec ends the run
 *   STEP_OPTIONAL        a pointer. NULL: nothing is written. Otherwise                -> the step s->then, at ..._at
 *   STEP_POINTER         the same; NULL ends the run
 *   STEP_MARK            nothing
 *   STEP_SELECT          the alternative; writes its index in s->bits                -> s + 1 + 2 * index; else plain
 *   STEP_ONLY            the alternative, which must be the first; else plain
 *   STEP_COUNT, _FIXED   the list's count; writes it in s->bits (none for _FIXED); base is the first item
 *                                                     -> s + 2; else plain
 *   STEP_NEXT            the next item is base; waits itself in a frame unless it is the last
 *   STEP_NOTHING         nothing
 *   STEP_FIELD           a long; writes it less low in s->bits; else call
 *   STEP_FLAG            an int; writes one bit
 *   STEP_BITS            a BIT STRING of s->bits bits; else call
 *   STEP_OCTETS          an OCTET STRING of s->bits octets (7 at most where they do not begin on an octet); else call
 *   STEP_..._ALIGNED     pads to an octet first, then as above
 *   STEP_SHORT_OCTETS    an OCTET STRING of 127 octets at most; pads, writes an octet of length, then them; else call
 *   STEP_SIZED_OCTETS    as STEP_CALL
 *   STEP_ENTER           base = p, this program waits in a frame                       -> s->type->program
 *   STEP_ENTER_LAST      the same without waiting                                      -> s->type->program
 *   STEP_CALL            the value of s->type at p, by its kind's function
 *   STEP_CODE_COUNT      (not in a program) ends the run */
#include "asn1/per/per_out.h"

/* The state of a program that waits for one that it entered. */
struct frame {
	const struct per_step *step;
	const uint8_t *base;
	void *const *items; /* of a list: the next one, and the number left including it */
	size_t left;
};

/* The bits after to: the low used bits of word, at most 64. There is always room for them. */
struct pen {
	uint8_t *to, *limit;
	uint64_t word;
	unsigned used;
};

#define WORD 8

static const struct per_step stop = { .code = { STEP_CODE_COUNT, STEP_CODE_COUNT } };

/* The presence bits of the OPTIONAL members, that of the last one lowest. */
static inline uint64_t presence_bits(const struct per_type *t, const uint8_t *base)
{
	const uint32_t *offset = t->pointers, *end = offset + t->optional;
	uint64_t bits = 0;

	for (; offset < end; offset++)
		bits = 2 * bits + (*(void *const *)(const void *)(base + *offset) != NULL);
	return bits;
}

static bool is_default(const struct per_type *t, const void *value, long v)
{
	return t->kind == PER_BOOLEAN ? *(const int *)value == (int)v : *(const long *)value == v;
}

/* The same, but a member with its DEFAULT value counts as absent. */
static uint64_t presence_with_defaults(const struct per_type *t, const uint8_t *base)
{
	uint64_t bits = 0;
	unsigned i;

	for (i = 0; i < t->root; i++) {
		const struct per_member *m = &t->members[i];
		const void *p;

		if (!m->optional)
			continue;
		p = *(void *const *)(const void *)(base + m->offset);
		bits = 2 * bits + (p && !(m->has_default && is_default(m->type, p, (long)m->default_value)));
	}
	return bits;
}

static bool has_later_members(const struct per_type *t, const uint8_t *base)
{
	unsigned i;

	for (i = t->root; i < t->count; i++) {
		if (!t->members[i].pointer || *(void *const *)(const void *)(base + t->members[i].offset))
			return true;
	}
	return false;
}

/* The size octets (at most 8) of a short string as a number, the first one most significant. */
static inline uint64_t gather(const uint8_t *octets, size_t size)
{
	uint64_t v = 0;

	copy_few((uint8_t *)&v, octets, size);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

#define INLINE static inline __attribute__((always_inline))

/* Writes all bits to memory, for the kind's function to continue. */
INLINE void put_down(const struct pen *pen, struct per_out *o)
{
	if (pen->used)
		store64(pen->to, pen->word << (64 - pen->used));
	o->at = 8 * (size_t)(pen->to - o->octets) + pen->used;
}

/* Continues at the position of o, with room for that many octets. False if memory is exhausted, also in the next
 * functions. */
INLINE bool take_up(struct pen *pen, struct per_out *o, size_t octets)
{
	if (unlikely(o->room - o->at < 8 * octets) && out_grow(o, 8 * octets))
		return false;
	pen->to = o->octets + (o->at >> 3);
	pen->limit = o->octets + (o->room >> 3) - WORD;
	pen->used = (unsigned)(o->at & 7);
	pen->word = (unsigned)*pen->to >> (8 - pen->used);
	return true;
}

/* Makes room for that many octets and a word. */
INLINE bool make_room(struct pen *pen, struct per_out *o, size_t octets)
{
	if (likely(pen->limit - pen->to >= (ptrdiff_t)octets))
		return true;
	put_down(pen, o);
	return take_up(pen, o, octets + 2 * WORD);
}

/* Writes the low n bits of v, whose other bits are 0; n from 1 to 57. */
INLINE bool put(struct pen *pen, struct per_out *o, unsigned n, uint64_t v)
{
	if (unlikely(pen->used + n > 64)) {
		store64(pen->to, pen->word << (64 - pen->used));
		pen->to += pen->used >> 3;
		pen->used &= 7;
		if (unlikely(!make_room(pen, o, 0)))
			return false;
	}
	pen->word = pen->word << n | v;
	pen->used += n;
	return true;
}

/* Pads to the next octet, which always fits into the word. */
INLINE void align(struct pen *pen)
{
	unsigned n = -pen->used & 7;

	pen->word <<= n;
	pen->used += n;
}

/* Writes octets from an octet boundary on. */
INLINE bool put_octets(struct pen *pen, struct per_out *o, const uint8_t *octets, size_t size)
{
	if (pen->used)
		store64(pen->to, pen->word << (64 - pen->used));
	pen->to += pen->used >> 3;
	pen->used = 0;
	if (unlikely(!make_room(pen, o, size)))
		return false;
	copy_octets(pen->to, octets, size);
	pen->to += size;
	return true;
}

int per_encode_program(struct per_out *o, const struct per_type *t, const void *value)
{
	static const void *const here[STEP_CODE_COUNT + 1] = {
		STEP_LABELS, [STEP_INNER] = &&preamble, [STEP_INNER_EXT] = &&preamble_ext, [STEP_MARK] = &&nothing
	};
	static const void *const behind[STEP_CODE_COUNT] = { STEP_LABELS_BEHIND };
	struct frame stack[PER_DEPTH + 2], *top = stack;
	const struct per_step *s = t->program;
	const bool aligned = o->aligned;
	const uint8_t *base = value, *p = base;
	struct pen pen;
	uint64_t v;
	unsigned n;
	size_t length;
	void *const *items;

	if (unlikely(o->careful))
		return per_encoder(t->kind)(o, t, value);
	if (unlikely(!take_up(&pen, o, 2 * WORD)))
		return IUPLUS_ERR_MEMORY;
	top->step = &stop;
	top++;
#define GO goto *here[s->code[aligned]]
#define NEXT \
	do { \
		s++; \
		GO; \
	} while (0)
#define PUT(n, v) \
	do { \
		if (unlikely(!put(&pen, o, n, v))) \
			return IUPLUS_ERR_MEMORY; \
	} while (0)
	GO;

end:
	top--;
	s = top->step;
	base = top->base;
	GO;

preamble_ext:
	if (unlikely(s->type->later_members) && has_later_members(s->type, base + s->offset))
		goto sequence_function;
	/* the extension bit is 0 */
preamble:
	v = likely(!s->type->defaults) ? presence_bits(s->type, base + s->offset) :
					 presence_with_defaults(s->type, base + s->offset);
	PUT(s->bits[0], v);
	NEXT;

sequence_function:
	put_down(&pen, o);
	if (per_encoder(PER_SEQUENCE)(o, s->type, base + s->offset) || !take_up(&pen, o, 2 * WORD))
		return IUPLUS_ERR_CONSTRAINT;
	s += s->skip;
	GO;

default_value:
	p = *(const void *const *)(const void *)(base + s->offset);
	if (p && !is_default(s->type, p, s->low))
		NEXT;
	s += 2;
	GO;

own:
	if (unlikely(o->legacy) && *(const void *const *)(const void *)(base + s->offset))
		return IUPLUS_ERR_CONSTRAINT;
	NEXT;

optional:
	p = *(const void *const *)(const void *)(base + s->offset);
	if (!p)
		NEXT;
	goto *behind[s->then[aligned]];

pointer:
	p = *(const void *const *)(const void *)(base + s->offset);
	if (unlikely(!p))
		return IUPLUS_ERR_MISSING;
	goto *behind[s->then[aligned]];

nothing:
	NEXT;

field_aligned:
	p = base + s->offset;
field_aligned_at:
	align(&pen);
	goto field_at;
field:
	p = base + s->offset;
field_at:
	n = s->bits[aligned];
	v = (uint64_t) * (const long *)(const void *)p - (uint64_t)(int64_t)s->low;
	if (unlikely(v > s->span))
		goto call_at;
	PUT(n, v);
	NEXT;

flag:
	p = base + s->offset;
flag_at:
	PUT(1u, *(const int *)(const void *)p != 0);
	NEXT;

bits_aligned:
	p = base + s->offset;
bits_aligned_at:
	align(&pen);
	goto bits_at;
bits:
	p = base + s->offset;
bits_at:
	n = s->bits[aligned];
	length = (n + 7) >> 3;
	if (unlikely(((const BIT_STRING_t *)(const void *)p)->size != (int)length ||
		     ((const BIT_STRING_t *)(const void *)p)->bits_unused != (int)(-n & 7) ||
		     !((const BIT_STRING_t *)(const void *)p)->buf))
		goto call_at;
	v = gather(((const BIT_STRING_t *)(const void *)p)->buf, length) >> (-n & 63);
	PUT(n, v);
	NEXT;

octets_aligned:
	p = base + s->offset;
octets_aligned_at:
	align(&pen);
	goto octets_at;
octets:
	p = base + s->offset;
octets_at:
	n = s->bits[aligned];
	if (unlikely(((const OCTET_STRING_t *)(const void *)p)->size != (int)n ||
		     !((const OCTET_STRING_t *)(const void *)p)->buf))
		goto call_at;
	if ((pen.used & 7) == 0) {
		if (unlikely(!put_octets(&pen, o, ((const OCTET_STRING_t *)(const void *)p)->buf, n)))
			return IUPLUS_ERR_MEMORY;
		NEXT;
	}
	if (n > 7)
		goto call_at;
	v = gather(((const OCTET_STRING_t *)(const void *)p)->buf, n) >> (64 - 8 * n);
	PUT(8 * n, v);
	NEXT;

short_octets:
	p = base + s->offset;
short_octets_at:
	length = (size_t)((const OCTET_STRING_t *)(const void *)p)->size;
	if (unlikely(length > 127 || (length && !((const OCTET_STRING_t *)(const void *)p)->buf)))
		goto call_at;
	align(&pen);
	PUT(8u, length);
	if (unlikely(!put_octets(&pen, o, ((const OCTET_STRING_t *)(const void *)p)->buf, length)))
		return IUPLUS_ERR_MEMORY;
	NEXT;

enter:
	p = base + s->offset;
enter_at:
	top->step = s + 1;
	top->base = base;
	top++;
	base = p;
	s = s->type->program;
	GO;
enter_last:
	p = base + s->offset;
enter_last_at:
	base = p;
	s = s->type->program;
	GO;

select:
	v = (uint64_t) * (const unsigned *)(const void *)base - 1;
	if (unlikely(v > s->span))
		goto plain;
	PUT(s->bits[aligned], v);
	s += 1 + 2 * v;
	GO;
only:
	if (unlikely(*(const unsigned *)(const void *)base != 1))
		goto plain;
	NEXT;

fixed:
count:
	items = ((const struct per_list *)(const void *)base)->array;
	length = (size_t)((const struct per_list *)(const void *)base)->count;
	v = length - (uint64_t)(int64_t)s->low;
	if (unlikely(v > s->span || length - 1 > INT32_MAX || !items))
		goto plain;
	n = s->bits[aligned];
	if (n)
		PUT(n, v);
	s++;
	goto item;
next:
	items = top->items;
	length = top->left;
item:
	base = *items++;
	if (unlikely(!base))
		return IUPLUS_ERR_MISSING;
	if (--length) {
		top->step = s;
		top->items = items;
		top->left = length;
		top++;
	}
	NEXT;

plain:
	put_down(&pen, o);
	if (per_encoder(s->type->kind)(o, s->type, base) || !take_up(&pen, o, 2 * WORD))
		return IUPLUS_ERR_CONSTRAINT;
	goto end;

sized_octets:
call:
	p = base + s->offset;
sized_octets_at:
call_at:
	put_down(&pen, o);
	if (s->type->encode(o, s->type, p) || !take_up(&pen, o, 2 * WORD))
		return IUPLUS_ERR_CONSTRAINT;
	NEXT;

out:
	put_down(&pen, o);
	return 0;
#undef GO
#undef NEXT
#undef PUT
}
