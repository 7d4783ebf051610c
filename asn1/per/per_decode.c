/* SPDX-License-Identifier: BSD-2-Clause */
/* per_decode.c: X.691 clauses 12 to 24, from bits to C structs. */
#include <limits.h>

#include "asn1/per/per_in.h"

static int out_of_memory(struct per_in *in)
{
	return in_fail(in, IUPLUS_ERR_MEMORY, "the arena is at its limit");
}

/* An integer of 1 to 8 octets preceded by their number (semi-constrained and unconstrained, X.691 11.7, 11.8). */
static int counted_integer(struct per_in *in, const struct per_bounds *b, bool is_unsigned, int64_t *value)
{
	size_t length;
	uint64_t v;
	bool more;
	int rc = in_length(in, &length, &more);

	if (rc)
		return rc;
	if (more || length == 0)
		return in_fail(in, IUPLUS_ERR_SYNTAX, "number with an invalid length");
	if (length > 8)
		return in_fail(in, IUPLUS_ERR_CONSTRAINT, "number of more than 64 bits");
	rc = in_bits(in, (unsigned)(8 * length), &v);
	if (rc)
		return rc;
	if (b && b->semi) {
		if (v > (uint64_t)INT64_MAX - (b->low > 0 ? (uint64_t)b->low : 0) && !is_unsigned)
			return in_fail(in, IUPLUS_ERR_CONSTRAINT, "number of more than 64 bits");
		*value = (int64_t)(v + (uint64_t)b->low);
		return 0;
	}
	*value = (int64_t)(v << (64 - 8 * length)) >> (64 - 8 * length);
	return 0;
}

static int integer(struct per_in *in, const struct per_type *t, int64_t *value)
{
	const struct per_bounds *b = &t->bounds;
	uint64_t v;
	int rc;

	if (b->extensible) {
		rc = in_bits(in, 1, &v);
		if (rc)
			return rc;
		if (v) {
			rc = counted_integer(in, NULL, false, value);
			if (rc)
				return rc;
			if (t->gaps && t->gaps[1].count && !per_in_ranges(&t->gaps[1], *value))
				return in_fail(in, IUPLUS_ERR_CONSTRAINT, "value outside its range");
			return 0;
		}
	}
	if (likely(b->constrained)) {
		rc = in_constrained(in, b, &v);
		if (rc)
			return rc;
		*value = (int64_t)(v + (uint64_t)b->low);
	} else {
		rc = counted_integer(in, b, t->is_unsigned, value);
		if (rc)
			return rc;
	}
	if (unlikely(t->gaps != NULL) && !per_in_ranges(&t->gaps[0], *value))
		return in_fail(in, IUPLUS_ERR_CONSTRAINT, "value outside its range");
	return 0;
}

static int boolean(struct per_in *in, const struct per_type *t, void *value)
{
	uint64_t v;
	int rc = in_bits(in, 1, &v);

	(void)t;
	*(int *)value = (int)v;
	return rc;
}

static int native_integer(struct per_in *in, const struct per_type *t, void *value)
{
	int64_t v;
	int rc = integer(in, t, &v);

	if (likely(!rc))
		*(long *)value = (long)v;
	return rc;
}

static int big_integer(struct per_in *in, const struct per_type *t, void *value)
{
	OCTET_STRING_t *s = value;
	int64_t v;
	uint8_t *o;
	int i, skip = 0, rc = integer(in, t, &v);

	if (rc)
		return rc;
	o = arena_take(in->arena, 9);
	if (!o)
		return out_of_memory(in);
	for (i = 0; i < 8; i++)
		o[i] = (uint8_t)((uint64_t)v >> (56 - 8 * i));
	while (skip < 7 && ((o[skip] == 0 && o[skip + 1] < 128) || (o[skip] == 255 && o[skip + 1] >= 128)))
		skip++;
	s->buf = o + skip;
	s->size = 8 - skip;
	return 0;
}

static int enumerated(struct per_in *in, const struct per_type *t, void *to)
{
	long *value = to;
	uint64_t v;
	int rc;

	if (t->extensible) {
		rc = in_bits(in, 1, &v);
		if (rc)
			return rc;
		if (v) {
			rc = in_small(in, &v);
			if (rc)
				return rc;
			if (v >= (unsigned)(t->count - t->root)) {
				if (v > INT_MAX)
					return in_fail(in, IUPLUS_ERR_CONSTRAINT, "enumeration value out of range");
				*value = (long)(t->root + v);
				return per_add_problem(in, IUPLUS_ASN1_UNKNOWN_VALUE, in->frame);
			}
			*value = t->values[t->root + v];
			return 0;
		}
	}
	rc = in_constrained(in, &t->bounds, &v);
	if (rc)
		return rc;
	*value = t->plain_enum ? (long)v : t->values[v];
	return 0;
}

/* The size of a string or list. *fixed: it is not encoded. *more: fragments follow. */
static int size(struct per_in *in, const struct per_type *t, size_t *units, bool *fixed, bool *more)
{
	const struct per_bounds *b = &t->bounds;
	uint64_t v;
	int rc;

	*fixed = false;
	*more = false;
	if (b->extensible) {
		rc = in_bits(in, 1, &v);
		if (rc)
			return rc;
		if (v)
			return in_length(in, units, more);
	}
	if (b->semi)
		return in_length(in, units, more);
	if (b->span == 0) {
		*units = (size_t)b->low;
		*fixed = true;
		return 0;
	}
	rc = in_constrained(in, b, &v);
	*units = (size_t)(v + (uint64_t)b->low);
	if (likely(rc == 0) && unlikely(t->gaps != NULL) && !per_in_ranges(&t->gaps[0], (int64_t)*units))
		return in_fail(in, IUPLUS_ERR_CONSTRAINT, "size outside its range");
	return rc;
}

static int check_size(struct per_in *in, const struct per_type *t, size_t units)
{
	const struct per_bounds *b = &t->bounds;

	if ((int64_t)units < b->low && !b->extensible)
		return in_fail(in, IUPLUS_ERR_CONSTRAINT, "size below its range");
	if (b->constrained && !b->extensible && (int64_t)units > b->high)
		return in_fail(in, IUPLUS_ERR_CONSTRAINT, "size above its range");
	return 0;
}

/* Joins the units of a string in fragments, unit bits each. */
static int fragments(struct per_in *in, size_t first, unsigned unit, uint8_t **octets, size_t *units)
{
	size_t from = in->at, length = first, total = 0, done = 0;
	bool more = true;
	uint8_t *whole, *part;
	int rc;

	for (;;) {
		if (!in_has(in, unit * length))
			return in_truncated(in);
		in->at += unit * length;
		total += length;
		if (!more)
			break;
		rc = in_length(in, &length, &more);
		if (rc)
			return rc;
	}
	whole = arena_take(in->arena, (total * unit + 7) / 8 + 1);
	if (!whole)
		return out_of_memory(in);
	in->at = from;
	length = first;
	more = true;
	for (;;) {
		rc = in_copy(in, unit * length, &part);
		if (rc)
			return rc;
		if (length)
			memcpy(whole + done, part, (unit * length + 7) / 8);
		done += unit * length / 8;
		if (!more)
			break;
		rc = in_length(in, &length, &more);
		if (rc)
			return rc;
	}
	*octets = whole;
	*units = total;
	return 0;
}

/* The bits of a short string, left-aligned in the octets. */
static int few_bits(struct per_in *in, unsigned bits, uint8_t **octets)
{
	uint64_t v;

	if (!in_has(in, bits))
		return in_truncated(in);
	*octets = arena_take_rounded(in->arena, ARENA_WORD);
	if (unlikely(!*octets))
		return out_of_memory(in);
	v = in_take(in, bits) << (64 - bits);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	memcpy(*octets, &v, sizeof(v));
	return 0;
}

static int string(struct per_in *in, const struct per_type *t, unsigned unit, uint8_t **octets, size_t *units)
{
	const struct per_bounds *b = &t->bounds;
	bool fixed, more;
	int rc;

	if (b->constrained && b->span == 0 && !b->extensible && !b->semi) {
		size_t bits = (size_t)b->low * unit;

		*units = (size_t)b->low;
		if (bits > 16)
			in_align(in);
		if (bits <= 57 && bits != 0 && (in->at | bits) & 7)
			return few_bits(in, (unsigned)bits, octets);
		return in_copy(in, bits, octets);
	}
	rc = size(in, t, units, &fixed, &more);

	if (rc)
		return rc;
	if (more) {
		rc = fragments(in, *units, unit, octets, units);
	} else {
		/* nothing follows a size of 0, not even padding (X.691 11.9.3.3) */
		if (*units && (!fixed || *units * unit > 16))
			in_align(in);
		rc = in_copy(in, *units * unit, octets);
	}
	return rc ? rc : check_size(in, t, *units);
}

static int octet_string(struct per_in *in, const struct per_type *t, void *value)
{
	OCTET_STRING_t *s = value;
	size_t length;
	int rc = string(in, t, 8, &s->buf, &length);

	s->size = rc ? 0 : (int)length;
	return rc;
}

static int bit_string(struct per_in *in, const struct per_type *t, void *value)
{
	BIT_STRING_t *s = value;
	size_t bits;
	int rc = string(in, t, 1, &s->buf, &bits);

	if (unlikely(rc))
		return rc;
	s->size = (int)((bits + 7) / 8);
	s->bits_unused = (int)(8 * (size_t)s->size - bits);
	return 0;
}

/* Characters of seven bits, eight in aligned PER (X.691 30.5: the whole alphabet of the type). */
static int characters(struct per_in *in, const struct per_type *t, void *value)
{
	OCTET_STRING_t *s = value;
	unsigned unit = in->aligned ? 8 : 7;
	bool fixed, more;
	uint64_t v;
	size_t units, i;
	int rc = size(in, t, &units, &fixed, &more);

	if (rc)
		return rc;
	if (more)
		return in_fail(in, IUPLUS_ERR_SYNTAX, "character string in fragments");
	if (units && (!fixed || units * unit > 16))
		in_align(in);
	if (!in_has(in, units * unit))
		return in_truncated(in);
	s->buf = arena_take(in->arena, units + 1);
	if (!s->buf)
		return out_of_memory(in);
	for (i = 0; i < units; i++) {
		v = in_take(in, unit);
		if (v < 32 || v > 126)
			return in_fail(in, IUPLUS_ERR_CONSTRAINT, "character outside its alphabet");
		s->buf[i] = (uint8_t)v;
	}
	s->size = (int)units;
	return check_size(in, t, units);
}

static int object_identifier(struct per_in *in, const struct per_type *t, void *value)
{
	OCTET_STRING_t *s = value;
	const uint8_t *octets;
	size_t length;
	int rc = in_open(in, &octets, &length);

	(void)t;
	if (rc)
		return rc;
	if (length == 0 || (octets[length - 1] & 128))
		return in_fail(in, IUPLUS_ERR_SYNTAX, "not an object identifier");
	s->buf = (uint8_t *)(uintptr_t)octets;
	s->size = (int)length;
	return 0;
}

/* The struct of a member, which its parent points to or contains. */
static inline void *place(struct per_in *in, const struct per_member *m, uint8_t *base)
{
	void **p = (void **)(base + m->offset);

	if (!m->pointer)
		return p;
	*p = arena_take_rounded(in->arena, m->type->room);
	return *p;
}

static __attribute__((noinline, cold)) int member_failed(struct per_in *in, const struct per_member *m, int rc)
{
	return per_fail_in(&in->failure, rc, m->name, 0);
}

static int member(struct per_in *in, const struct per_member *m, uint8_t *base)
{
	void *p = place(in, m, base);
	int rc;

	if (unlikely(!p))
		return out_of_memory(in);
	rc = per_read(in, m->type, p);
	return unlikely(rc) ? member_failed(in, m, rc) : 0;
}

static int default_value(struct per_in *in, const struct per_member *m, uint8_t *base)
{
	void *p = place(in, m, base);

	if (!p)
		return out_of_memory(in);
	if (m->type->kind == PER_BOOLEAN)
		*(int *)p = (int)m->default_value;
	else
		*(long *)p = (long)m->default_value;
	return 0;
}

/* The additions of a SEQUENCE: known ones in open types, unknown ones skipped (X.691 19.7 to 19.9). */
static int additions(struct per_in *in, const struct per_type *t, uint8_t *base)
{
	uint64_t count, v;
	size_t presence, i;
	int rc = in_small(in, &count);

	if (rc)
		return rc;
	presence = in->at;
	/* the encoded number is the number of additions minus 1 */
	if (!in_has(in, count) || !in_has(in, ++count))
		return in_truncated(in);
	in->at += count;
	for (i = 0; i < count; i++) {
		const uint8_t *octets;
		size_t length;

		v = in->octets[(presence + i) >> 3] >> (7 - ((presence + i) & 7)) & 1;
		if (!v)
			continue;
		if (t->root + i < t->count) {
			const struct per_member *m = &t->members[t->root + i];
			void *p = place(in, m, base);

			if (!p)
				return out_of_memory(in);
			rc = per_decode_open(in, m->type, p);
			if (rc)
				return per_fail_in(&in->failure, rc, m->name, 0);
		} else {
			rc = in_open(in, &octets, &length);
			if (rc)
				return rc;
		}
	}
	return 0;
}

bool in_is_foreign(struct per_in *in, size_t at)
{
	/* presence of nonCriticalExtensions, marker, version, length of the body */
	const unsigned marker = 16, version = 4, length = 8, head = 1 + marker + version + length;
	uint64_t bits;

	if (in->end - at >= head) {
		bits = load64(in->octets + (at >> 3)) << (at & 7) << 1;
		if (bits >> (64 - marker) == IUPLUS_ASN1_LEVEL_MARKER &&
		    bits << marker >> (64 - version) == IUPLUS_ASN1_LEVEL_VERSION - 1 &&
		    (bits << (marker + version) >> (64 - length)) + 1 <= (in->end - at - head) / 8)
			return false;
	}
	in->skipped_level = true;
	for (; at < in->end && !in->foreign_level; at++)
		in->foreign_level = in->octets[at >> 3] >> (7 - (at & 7)) & 1;
	return true;
}

static int sequence(struct per_in *in, const struct per_type *t, void *value)
{
	const struct per_member *m = t->members, *end = m + t->root;
	uint8_t *base = value;
	uint64_t extended;
	size_t presence;
	int rc;

	if (!in_has(in, (size_t)t->extensible + t->optional))
		return in_truncated(in);
	in_bits(in, t->extensible, &extended);
	presence = in->at;
	in->at += t->optional;
	for (; m < end; m++) {
		bool there = true;

		rc = 0;
		if (m->optional) {
			there = in->octets[presence >> 3] >> (7 - (presence & 7)) & 1;
			presence++;
		}
		/* the standard's decoder ignores the rest of the message */
		if (there && m->own && (in->legacy || in_is_foreign(in, in->at)))
			continue;
		if (there)
			rc = member(in, m, base);
		else if (m->has_default)
			rc = default_value(in, m, base);
		if (rc)
			return rc;
		in->unknown_branch |= there && m->unknown_branch;
	}
	return extended ? additions(in, t, base) : 0;
}

static int added_alternative(struct per_in *in, const struct per_type *t, uint8_t *base)
{
	const struct per_member *m;
	const uint8_t *octets;
	size_t length;
	uint64_t v;
	void *p;
	int rc = in_small(in, &v);

	if (rc)
		return rc;
	if (v >= (unsigned)(t->count - t->root)) {
		rc = per_add_problem(in, IUPLUS_ASN1_UNKNOWN_VALUE, in->frame);
		return rc ? rc : in_open(in, &octets, &length);
	}
	m = &t->members[t->root + v];
	*(unsigned *)(base + t->present_offset) = (unsigned)(t->root + v + 1);
	p = place(in, m, base);
	if (!p)
		return out_of_memory(in);
	rc = per_decode_open(in, m->type, p);
	return rc ? per_fail_in(&in->failure, rc, m->name, 0) : 0;
}

static int choice(struct per_in *in, const struct per_type *t, void *value)
{
	uint8_t *base = value;
	const struct per_member *m;
	uint64_t v;
	void *p;
	int rc;

	if (t->extensible) {
		rc = in_bits(in, 1, &v);
		if (unlikely(rc))
			return rc;
		if (v)
			return added_alternative(in, t, base);
	}
	rc = in_constrained(in, &t->bounds, &v);
	if (rc)
		return rc;
	m = &t->members[v];
	*(unsigned *)(base + t->present_offset) = (unsigned)(v + 1);
	in->unknown_branch |= m->unknown_branch;
	p = base + m->offset;
	if (m->pointer) {
		p = place(in, m, base);
		if (unlikely(!p))
			return out_of_memory(in);
	}
	rc = per_read(in, m->type, p);
	return unlikely(rc) ? member_failed(in, m, rc) : 0;
}

/* Makes room for count more items after the first done ones. */
static int grow_list(struct per_in *in, struct per_list *list, const struct per_type *item, size_t count,
		     uint8_t **items)
{
	size_t done = (size_t)list->count;
	void **array;
	/* an item without bits has only one value: the items may share it */
	size_t kinds = item->least_bits || count == 0 ? count : 1;

	*items = NULL;
	/* allocate only for items that can be present; a few may be missing, and the last one is then reported */
	if (count > 256 && item->least_bits && count > (in->end - in->at) / item->least_bits)
		return in_truncated(in);
	array = arena_take(in->arena, (done + count) * sizeof(*array) + kinds * item->size);
	if (!array)
		return out_of_memory(in);
	*items = (uint8_t *)(array + done + count);
	if (done)
		memcpy(array, list->array, done * sizeof(*array));
	list->array = array;
	list->size = (int)(done + count);
	return 0;
}

static int list(struct per_in *in, const struct per_type *t, void *value)
{
	struct per_list *l = value;
	const struct per_type *item = t->members[0].type;
	unsigned outer = in->repetition;
	uint8_t *items;
	size_t count, i;
	bool fixed, more;
	int rc = size(in, t, &count, &fixed, &more);

	if (rc)
		return rc;
	for (;;) {
		rc = grow_list(in, l, item, count, &items);
		if (rc)
			return rc;
		for (i = 0; i < count; i++) {
			in->repetition = (unsigned)l->count + 1;
			rc = per_read(in, item, items);
			if (unlikely(rc))
				return per_fail_in(&in->failure, rc, NULL, (unsigned)l->count);
			l->array[l->count++] = items;
			if (item->least_bits)
				items += item->size;
		}
		if (!more)
			break;
		rc = in_length(in, &count, &more);
		if (rc)
			return rc;
	}
	in->repetition = outer;
	return check_size(in, t, (size_t)l->count);
}

static int null(struct per_in *in, const struct per_type *t, void *value)
{
	(void)in;
	(void)t;
	(void)value;
	return 0;
}

int per_decode_deep(struct per_in *in, const struct per_type *t, void *value)
{
	if (in->stack - PER_FRAME > PER_MAX_STACK)
		return in_fail(in, IUPLUS_ERR_SYNTAX, "nested too deep");
	return per_decoder(t->kind)(in, t, value);
}

int (*per_decoder(enum per_kind kind))(struct per_in *, const struct per_type *, void *)
{
	switch (kind) {
	case PER_NULL:
		break;
	case PER_BOOLEAN:
		return boolean;
	case PER_INTEGER:
		return native_integer;
	case PER_BIG_INTEGER:
		return big_integer;
	case PER_ENUMERATED:
		return enumerated;
	case PER_BITS:
		return bit_string;
	case PER_OCTETS:
		return octet_string;
	case PER_OID:
		return object_identifier;
	case PER_CHARACTERS:
		return characters;
	case PER_SEQUENCE:
		return sequence;
	case PER_CHOICE:
		return choice;
	case PER_LIST:
		return list;
	case PER_SET:
		return per_decode_set;
	case PER_PROCEDURE:
		return per_decode_procedure;
	}
	return null;
}
