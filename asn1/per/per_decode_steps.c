/* SPDX-License-Identifier: BSD-2-Clause */
/* per_decode_steps.c: executes a type's program (per_steps.c): decodes the common case of a message without a call for
 * every value. The kind's function (per_decode.c) decodes a value that a step does not handle. On an error the run just
 * ends; the caller decodes the message again in careful mode to find the error. */
/*
 * Legend.
 *
 * Register variables:
 *   s            the present step
 *   base         the C struct that the program fills (in a list: the item); s->offset counts from here
 *   p            the present value: base + s->offset, or, at a label ..._at, the target of a pointer
 *   at, last     bit offsets in the input: of the next bit to read, of the end of the input or open type
 *   presence     unused presence bits, left-aligned, the first one first; in a list: the number of items left
 *   top          the frame above the innermost program that waits; stack[0] holds the step that ends the run
 *   v, n, length, word   scratch of one step: bits, their number, an octet count or a bit offset, a piece of arena
 *
 * "->" is the next step; without it, the following one. "else call", "else plain": a value that the step does not
 * handle is passed to STEP_CALL or STEP_PLAIN; "else ends": the run ends with a failure.
 *   STEP_END             reads nothing                   -> the step at which the innermost waiting program continues
 *   STEP_PLAIN           the value of s->type at base, by its kind's function          -> as STEP_END
 *   STEP_PREAMBLE        s->bits presence bits into presence; else ends
 *   STEP_PREAMBLE_EXT    s->bits bits, the first of which is the extension bit. 0: the others as above. 1: the SEQUENCE
 *                        by its kind's function                                        -> s + s->skip
 *   STEP_INNER, _EXT     the two above for an embedded SEQUENCE: its bits go before those that are left in presence
 *   STEP_DEFAULT         a presence bit. 0: stores the value low        -> s + 2. 1: leaves the bit for STEP_OPTIONAL
 *   STEP_OWN             a presence bit. 1 in a legacy codec or before other bits than the extension's: no member
 *                        -> s + 2. Otherwise left for STEP_OPTIONAL
 *   STEP_OPTIONAL        a presence bit. 0: no member. 1: as STEP_POINTER
 *   STEP_POINTER         reads nothing: takes s->room octets, points the member there  -> the step s->then, at ..._at
 *   STEP_MARK            reads nothing: notes the unknown branch
 *   STEP_SELECT          an index of s->bits; stores it + 1                          -> s + 1 + 2 * index; else plain
 *   STEP_ONLY            no bits; stores alternative 1
 *   STEP_COUNT           a count of s->bits; takes array and items; base is the first item  -> s + 2; else plain
 *   STEP_FIXED           no bits: the count is low, then the same
 *   STEP_NEXT            reads nothing: base moves to the next item; waits itself in a frame unless it is the last
 *   STEP_NOTHING         no bits
 *   STEP_FIELD           a number of s->bits, plus low; else call
 *   STEP_FLAG            one bit into an int; else ends
 *   STEP_BITS            s->bits bits into a word of the arena; else call
 *   STEP_OCTETS          s->bits octets: points into the input where they begin on an octet, otherwise copies up to 7;
 *                        else call
 *   STEP_..._ALIGNED     pads to an octet first, then as above
 *   STEP_SHORT_OCTETS    pads, one octet of length, that many octets (127 at most); else call
 *   STEP_SIZED_OCTETS    a size of s->bits bits, that many octets; else call
 *   STEP_ENTER           reads nothing: base = p, this program waits in a frame        -> s->type->program
 *   STEP_ENTER_LAST      the same without waiting                                      -> s->type->program
 *   STEP_CALL            the value of s->type at p, by its kind's function
 *   STEP_CODE_COUNT      (not in a program) ends the run */
#include "asn1/per/per_in.h"

/* The state of a program that waits for one that it entered. */
struct frame {
	const struct per_step *step;
	uint8_t *base;
	uint64_t presence; /* unused presence bits, left-aligned; or number of items left */
};

/* A larger number of items is checked against the input first. */
#define FEW_ITEMS 256u

static const struct per_step stop = { .code = { STEP_CODE_COUNT, STEP_CODE_COUNT } };

/* The next bits, left-aligned: at least 57. */
static inline uint64_t peek(const uint8_t *octets, size_t at)
{
	return load64(octets + (at >> 3)) << (at & 7);
}

static inline void *take(struct iuplus_arena *arena, size_t room)
{
	uint8_t *p = arena->at;

	if (unlikely(room > (size_t)(arena->end - p)))
		return arena_take_slowly(arena, room, ARENA_WORD);
	arena->at = p + room;
	return p;
}

static inline uint64_t swapped(uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

static int set_default(struct iuplus_arena *arena, const struct per_step *s, uint8_t *base)
{
	void *p = take(arena, s->room);

	if (!p)
		return -1;
	if (s->type->kind == PER_BOOLEAN)
		*(int *)p = (int)s->low;
	else
		*(long *)p = (long)s->low;
	*(void **)(void *)(base + s->offset) = p;
	return 0;
}

/* The list's array, followed by the items that it points to. NULL if memory is exhausted. */
static uint8_t *make_items(struct iuplus_arena *arena, struct per_list *list, size_t count, size_t size)
{
	void **array = arena_take(arena, count * (sizeof(*array) + size));
	uint8_t *items, *p;
	size_t i;

	if (unlikely(!array))
		return NULL;
	items = p = (uint8_t *)(array + count);
	for (i = 0; i < count; i++, p += size)
		array[i] = p;
	list->array = array;
	list->size = list->count = (int)count;
	return items;
}

int per_decode_program(struct per_in *in, const struct per_type *t, void *value)
{
	static const void *const here[STEP_CODE_COUNT + 1] = {
		STEP_LABELS, [STEP_INNER] = &&inner, [STEP_INNER_EXT] = &&inner_ext, [STEP_MARK] = &&mark
	};
	static const void *const behind[STEP_CODE_COUNT] = { STEP_LABELS_BEHIND };
	struct frame stack[PER_DEPTH + 2], *top = stack;
	struct iuplus_arena *const arena = in->arena;
	const struct per_step *s = t->program;
	const uint8_t *const from = in->octets;
	const bool aligned = in->aligned;
	size_t at = in->at;
	const size_t last = in->end;
	uint8_t *base = value, *p = base;
	uint64_t presence = 0, v, *word;
	size_t length;
	unsigned n;

	if (unlikely(in->careful))
		return per_decoder(t->kind)(in, t, value);
	top->step = &stop;
	top++;
#define GO goto *here[s->code[aligned]]
#define NEXT \
	do { \
		s++; \
		GO; \
	} while (0)
	GO;

end:
	top--;
	s = top->step;
	base = top->base;
	presence = top->presence;
	GO;

preamble:
	presence = peek(from, at);
	at += s->bits[0];
	if (unlikely(at > last))
		return IUPLUS_ERR_TRUNCATED;
	NEXT;

preamble_ext:
	presence = peek(from, at);
	if (unlikely((int64_t)presence < 0))
		goto sequence_function;
	at += s->bits[0];
	if (unlikely(at > last))
		return IUPLUS_ERR_TRUNCATED;
	presence <<= 1;
	NEXT;

inner_ext:
	v = peek(from, at);
	if (unlikely((int64_t)v < 0))
		goto sequence_function;
	at += s->bits[0];
	if (unlikely(at > last))
		return IUPLUS_ERR_TRUNCATED;
	v <<= 1;
	n = s->bits[0] - 1u;
	goto inner_presence;

inner:
	v = peek(from, at);
	n = s->bits[0];
	at += n;
	if (unlikely(at > last))
		return IUPLUS_ERR_TRUNCATED;
inner_presence:
	/* they precede the ones that are left */
	if (n)
		presence = presence >> n | v >> (64 - n) << (64 - n);
	NEXT;

sequence_function:
	in->at = at;
	if (per_decoder(PER_SEQUENCE)(in, s->type, base + s->offset))
		return IUPLUS_ERR_SYNTAX;
	at = in->at;
	s += s->skip;
	GO;

default_value:
	if (presence >> 63)
		NEXT;
	presence <<= 1;
	if (set_default(arena, s, base))
		return IUPLUS_ERR_MEMORY;
	s += 2;
	GO;

own:
	if (!(presence >> 63 && (in->legacy || in_is_foreign(in, at))))
		NEXT;
	/* the standard's decoder ignores the rest of the message */
	presence <<= 1;
	s += 2;
	GO;

optional:
	if (!(presence >> 63)) {
		presence <<= 1;
		NEXT;
	}
	presence <<= 1;
pointer:
	p = take(arena, s->room);
	if (unlikely(!p))
		return IUPLUS_ERR_MEMORY;
	*(void **)(void *)(base + s->offset) = p;
	goto *behind[s->then[aligned]];

mark:
	in->unknown_branch = true;
nothing:
	NEXT;

field_aligned:
	p = base + s->offset;
field_aligned_at:
	v = (at + 7) & ~(size_t)7;
	n = s->bits[1];
	length = v + n;
	v = load64(from + (v >> 3)) >> (-n & 63);
	goto field_check;
field:
	p = base + s->offset;
field_at:
	n = s->bits[aligned];
	v = peek(from, at) >> (-n & 63);
	length = at + n;
field_check:
	if (unlikely(length > last || v > s->span))
		goto call_at;
	at = length;
	*(long *)(void *)p = (long)v + s->low;
	NEXT;

flag:
	p = base + s->offset;
flag_at:
	if (unlikely(at >= last))
		return IUPLUS_ERR_TRUNCATED;
	*(int *)(void *)p = from[at >> 3] >> (~at & 7) & 1;
	at++;
	NEXT;

bits_aligned:
	p = base + s->offset;
bits_aligned_at:
	length = (at + 7) & ~(size_t)7;
	goto few_bits;
bits:
	p = base + s->offset;
bits_at:
	length = at;
few_bits:
	n = s->bits[aligned];
	if (unlikely(length + n > last))
		goto call_at;
	word = take(arena, ARENA_WORD);
	if (unlikely(!word))
		return IUPLUS_ERR_MEMORY;
	*word = swapped(peek(from, length) >> (-n & 63) << (-n & 63));
	((BIT_STRING_t *)(void *)p)->buf = (uint8_t *)word;
	((BIT_STRING_t *)(void *)p)->size = (int)((n + 7) >> 3);
	((BIT_STRING_t *)(void *)p)->bits_unused = (int)(-n & 7);
	at = length + n;
	NEXT;

octets_aligned:
	p = base + s->offset;
octets_aligned_at:
	length = (at + 7) & ~(size_t)7;
	n = s->bits[1];
	goto octets_there;
short_octets:
	p = base + s->offset;
short_octets_at:
	length = (at + 7) & ~(size_t)7;
	if (unlikely(length + 8 > last))
		goto call_at;
	n = from[length >> 3];
	length += 8;
	if (unlikely(n > 127))
		goto call_at;
octets_there:
	/* the copy of the input belongs to the arena: no other code writes there */
	if (unlikely(length + 8 * (size_t)n > last))
		goto call_at;
	((OCTET_STRING_t *)(void *)p)->buf = (uint8_t *)(uintptr_t)(from + (length >> 3));
	((OCTET_STRING_t *)(void *)p)->size = (int)n;
	at = length + 8 * (size_t)n;
	NEXT;

octets:
	p = base + s->offset;
octets_at:
	n = s->bits[aligned];
	length = at;
	if ((at & 7) == 0)
		goto octets_there;
	if (unlikely(n > 7 || at + 8 * n > last))
		goto call_at;
	word = take(arena, ARENA_WORD);
	if (unlikely(!word))
		return IUPLUS_ERR_MEMORY;
	*word = swapped(peek(from, at) >> (64 - 8 * n) << (64 - 8 * n));
	((OCTET_STRING_t *)(void *)p)->buf = (uint8_t *)word;
	((OCTET_STRING_t *)(void *)p)->size = (int)n;
	at += 8 * n;
	NEXT;

sized_octets:
	p = base + s->offset;
sized_octets_at:
	n = s->bits[0];
	v = peek(from, at) >> (64 - n);
	length = (size_t)(v + (uint64_t)(int64_t)s->low);
	if (unlikely(v > s->span || length == 0 || at + n + 8 * length > last))
		goto call_at;
	at += n;
	((OCTET_STRING_t *)(void *)p)->size = (int)length;
	if (at & 7) {
		word = arena_take(arena, length + 1);
		if (unlikely(!word))
			return IUPLUS_ERR_MEMORY;
		in_move((uint8_t *)word, from, at, 8 * length);
		((OCTET_STRING_t *)(void *)p)->buf = (uint8_t *)word;
	} else {
		((OCTET_STRING_t *)(void *)p)->buf = (uint8_t *)(uintptr_t)(from + (at >> 3));
	}
	at += 8 * length;
	NEXT;

enter:
	p = base + s->offset;
enter_at:
	top->step = s + 1;
	top->base = base;
	top->presence = presence;
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
	n = s->bits[aligned];
	v = peek(from, at) >> (64 - n);
	if (unlikely(at + n > last || v > s->span))
		goto plain;
	at += n;
	*(unsigned *)(void *)base = (unsigned)v + 1;
	s += 1 + 2 * v;
	GO;
only:
	*(unsigned *)(void *)base = 1;
	NEXT;

fixed:
	length = (size_t)s->low;
	goto items;
count:
	n = s->bits[aligned];
	v = peek(from, at) >> (64 - n);
	length = (size_t)(v + (uint64_t)(int64_t)s->low);
	if (unlikely(at + n > last || v > s->span))
		goto plain;
	at += n;
items:
	if (unlikely(length - 1 > FEW_ITEMS - 1)) {
		at -= s->bits[aligned];
		goto plain;
	}
	s++;
	base = make_items(arena, (struct per_list *)(void *)base, length, s->room);
	if (unlikely(!base))
		return IUPLUS_ERR_MEMORY;
	presence = length;
	goto item;
next:
	/* base is the last item decoded, presence the number of items left including it */
	base += s->room;
item:
	if (--presence) {
		top->step = s;
		top->base = base;
		top->presence = presence;
		top++;
	}
	NEXT;

plain:
	in->at = at;
	if (per_decoder(s->type->kind)(in, s->type, base))
		return IUPLUS_ERR_SYNTAX;
	at = in->at;
	goto end;

call:
	p = base + s->offset;
call_at:
	in->at = at;
	if (unlikely(s->type->decode(in, s->type, p)))
		return IUPLUS_ERR_SYNTAX;
	at = in->at;
	NEXT;

out:
	in->at = at;
	return 0;
#undef GO
#undef NEXT
}
