/* SPDX-License-Identifier: BSD-2-Clause */
/* per_encode.c: X.691 clauses 12 to 24, from C structs to bits. Every value is checked before it is written. */
#include "asn1/per/per_out.h"

static int outside(struct per_out *o, const char *what)
{
	return out_fail(o, IUPLUS_ERR_CONSTRAINT, what);
}

static unsigned signed_octets(int64_t v)
{
	unsigned n = 1;

	while (n < 8 && v >> (8 * n - 1) != 0 && v >> (8 * n - 1) != -1)
		n++;
	return n;
}

static int counted_signed(struct per_out *o, int64_t v)
{
	unsigned n = signed_octets(v);
	int rc = out_length(o, n);

	return rc ? rc : out_bits(o, 8 * n, n == 8 ? (uint64_t)v : (uint64_t)v & ((UINT64_C(1) << 8 * n) - 1));
}

static int counted_unsigned(struct per_out *o, uint64_t v)
{
	unsigned n = 1;
	int rc;

	while (n < 8 && v >> (8 * n))
		n++;
	rc = out_length(o, n);
	return rc ? rc : out_bits(o, 8 * n, v);
}

static bool in_root(const struct per_type *t, int64_t v)
{
	const struct per_bounds *b = &t->bounds;

	if (b->constrained && (v < b->low || v > b->high))
		return false;
	if (b->semi && (t->is_unsigned ? (uint64_t)v < (uint64_t)b->low : v < b->low))
		return false;
	return !t->gaps || per_in_ranges(&t->gaps[0], v);
}

static int integer(struct per_out *o, const struct per_type *t, int64_t v)
{
	const struct per_bounds *b = &t->bounds;
	bool root = in_root(t, v);
	int rc;

	if (b->extensible) {
		rc = out_bits(o, 1, !root);
		if (rc)
			return rc;
		if (!root) {
			if (t->gaps && t->gaps[1].count && !per_in_ranges(&t->gaps[1], v))
				return outside(o, "value outside its range");
			return counted_signed(o, v);
		}
	} else if (unlikely(!root)) {
		return outside(o, "value outside its range");
	}
	if (likely(b->constrained))
		return out_constrained(o, b, (uint64_t)v - (uint64_t)b->low);
	return b->semi ? counted_unsigned(o, (uint64_t)v - (uint64_t)b->low) : counted_signed(o, v);
}

static int big_integer(struct per_out *o, const struct per_type *t, const void *value)
{
	const OCTET_STRING_t *s = value;
	int64_t v;
	int i;

	if (!s->buf || s->size < 1)
		return outside(o, "integer without octets");
	v = s->buf[0] & 128 ? -1 : 0;
	for (i = 0; i < s->size; i++) {
		if (s->size - i > 8 && s->buf[i] != (v & 255))
			return outside(o, "number of more than 64 bits");
		v = (int64_t)((uint64_t)v << 8 | s->buf[i]);
	}
	return integer(o, t, v);
}

static int enumerated(struct per_out *o, const struct per_type *t, const void *value)
{
	long v = *(const long *)value;
	unsigned i;
	int rc;

	if (t->plain_enum && v >= 0 && v < t->count) {
		i = (unsigned)v;
	} else {
		for (i = 0; i < t->count && t->values[i] != v; i++)
			;
		if (i == t->count) {
			/* a value of a later release, kept by the decoder */
			if (!t->extensible || v < t->count || v > INT32_MAX)
				return outside(o, "not a value of the enumeration");
			i = (unsigned)v;
		}
	}
	if (t->extensible) {
		rc = out_bits(o, 1, i >= t->root);
		if (rc)
			return rc;
		if (i >= t->root)
			return out_small(o, i - t->root);
	}
	return out_constrained(o, &t->bounds, i);
}

/* Writes the size. *counted: it has no upper bound, and must still be written with the units. */
static int size(struct per_out *o, const struct per_type *t, size_t units, bool *counted)
{
	const struct per_bounds *b = &t->bounds;
	bool root = (int64_t)units >= b->low && (!b->constrained || (int64_t)units <= b->high);
	int rc;

	if (root && t->gaps)
		root = per_in_ranges(&t->gaps[0], (int64_t)units);
	*counted = false;
	if (b->extensible) {
		rc = out_bits(o, 1, !root);
		if (rc)
			return rc;
		if (!root) {
			*counted = true;
			return 0;
		}
	} else if (unlikely(!root)) {
		return outside(o, "size outside its range");
	}
	if (b->semi) {
		*counted = true;
		return 0;
	}
	return b->span ? out_constrained(o, b, units - (uint64_t)b->low) : 0;
}

static int string(struct per_out *o, const struct per_type *t, const uint8_t *octets, size_t units, unsigned unit)
{
	const struct per_bounds *b = &t->bounds;
	bool counted;
	int rc;

	if (b->constrained && b->span == 0 && !b->extensible && !b->semi) {
		size_t bits = units * unit;

		if (unlikely((int64_t)units != b->low))
			return outside(o, "size outside its range");
		rc = bits > 16 ? out_align(o) : 0;
		if (likely(!rc && bits <= 8 && bits)) {
			rc = out_bits(o, (unsigned)bits, octets[0] >> (8 - bits));
			return rc;
		}
		return rc ? rc : out_string(o, octets, bits);
	}
	rc = size(o, t, units, &counted);
	if (rc)
		return rc;
	if (counted)
		return out_counted(o, octets, units, unit);
	if (units == 0)
		return 0;
	if (t->bounds.span || units * unit > 16) {
		rc = out_align(o);
		if (rc)
			return rc;
	}
	return out_string(o, octets, units * unit);
}

static int octet_string(struct per_out *o, const struct per_type *t, const void *value)
{
	const OCTET_STRING_t *s = value;

	if (s->size < 0 || (s->size && !s->buf))
		return outside(o, "string without octets");
	return string(o, t, s->buf, (size_t)s->size, 8);
}

static int bit_string(struct per_out *o, const struct per_type *t, const void *value)
{
	const BIT_STRING_t *s = value;
	size_t bits;

	if (s->size < 0 || (s->size && !s->buf) || s->bits_unused < 0 || s->bits_unused > (s->size ? 7 : 0))
		return outside(o, "string without octets");
	bits = 8 * (size_t)s->size - (size_t)s->bits_unused;
	if (t->named_bits) {
		while (bits > 0 && !(s->buf[(bits - 1) / 8] >> (7 - ((bits - 1) & 7)) & 1))
			bits--;
	}
	return string(o, t, s->buf, bits, 1);
}

static int characters(struct per_out *o, const struct per_type *t, const void *value)
{
	const OCTET_STRING_t *s = value;
	unsigned unit = o->aligned ? 8 : 7;
	bool counted;
	int i, rc;

	if (s->size < 0 || (s->size && !s->buf) || s->size >= (int)PER_FRAGMENT)
		return outside(o, "string without octets or too long");
	rc = size(o, t, (size_t)s->size, &counted);
	if (!rc && counted)
		rc = out_length(o, (size_t)s->size);
	/* nothing follows a size of 0, not even padding (X.691 11.9.3.3) */
	if (!rc && s->size && (t->bounds.span || counted || (unsigned)s->size * unit > 16))
		rc = out_align(o);
	for (i = 0; !rc && i < s->size; i++) {
		if (s->buf[i] < 32 || s->buf[i] > 126)
			return outside(o, "character outside its alphabet");
		rc = out_bits(o, unit, s->buf[i]);
	}
	return rc;
}

static int object_identifier(struct per_out *o, const struct per_type *t, const void *value)
{
	const OCTET_STRING_t *s = value;

	(void)t;
	if (!s->buf || s->size < 1 || (s->buf[s->size - 1] & 128))
		return outside(o, "not an object identifier");
	return out_counted(o, s->buf, (size_t)s->size, 8);
}

static inline const void *member_at(const struct per_member *m, const uint8_t *base)
{
	const void *p = base + m->offset;

	return m->pointer ? *(const void *const *)p : p;
}

static __attribute__((noinline, cold)) int member_failed(struct per_out *o, const struct per_member *m, int rc)
{
	return per_fail_in(&o->failure, rc, m->name, 0);
}

static int member(struct per_out *o, const struct per_member *m, const uint8_t *base)
{
	const void *p = member_at(m, base);
	int rc;

	if (unlikely(!p))
		return member_failed(o, m, out_fail(o, IUPLUS_ERR_MISSING, "mandatory member is missing"));
	rc = per_write(o, m->type, p);
	return unlikely(rc) ? member_failed(o, m, rc) : 0;
}

/* True if an OPTIONAL or DEFAULT member must be encoded. */
static inline bool present(const struct per_member *m, const uint8_t *base)
{
	const void *p = member_at(m, base);

	if (!p)
		return false;
	if (unlikely(m->has_default))
		return m->type->kind == PER_BOOLEAN ? *(const int *)p != (int)m->default_value :
						      *(const long *)p != (long)m->default_value;
	return true;
}

static int additions(struct per_out *o, const struct per_type *t, const uint8_t *base)
{
	unsigned i;
	int rc = out_small(o, (uint64_t)(t->count - t->root) - 1);

	for (i = t->root; !rc && i < t->count; i++)
		rc = out_bits(o, 1, member_at(&t->members[i], base) != NULL);
	for (i = t->root; !rc && i < t->count; i++) {
		const void *p = member_at(&t->members[i], base);

		if (p)
			rc = per_encode_open(o, t->members[i].type, p);
		if (rc)
			return per_fail_in(&o->failure, rc, t->members[i].name, 0);
	}
	return rc;
}

static int sequence(struct per_out *o, const struct per_type *t, const void *value)
{
	const uint8_t *base = value;
	const struct per_member *m, *end = t->members + t->root;
	bool extended = false;
	unsigned i;
	int rc;

	for (i = t->root; i < t->count; i++)
		extended = extended || member_at(&t->members[i], base) != NULL;
	rc = out_bits(o, t->extensible, extended);
	for (m = t->members; !rc && m < end; m++) {
		if (m->optional)
			rc = out_bits(o, 1, present(m, base));
	}
	for (m = t->members; !rc && m < end; m++) {
		if (m->optional && !present(m, base))
			continue;
		if (m->own && o->legacy && member_at(m, base))
			return member_failed(o, m, outside(o, "the extension's level in a legacy encoding"));
		rc = member(o, m, base);
	}
	return rc || !extended ? rc : additions(o, t, base);
}

static int choice(struct per_out *o, const struct per_type *t, const void *value)
{
	const uint8_t *base = value;
	unsigned chosen = *(const unsigned *)(const void *)(base + t->present_offset);
	const struct per_member *m;
	const void *p;
	int rc = 0;

	if (chosen == 0 || chosen > t->count)
		return outside(o, "no alternative is chosen");
	m = &t->members[chosen - 1];
	if (t->extensible)
		rc = out_bits(o, 1, chosen > t->root);
	if (!rc && chosen > t->root) {
		rc = out_small(o, chosen - 1 - t->root);
		if (rc)
			return rc;
		p = member_at(m, base);
		rc = p ? per_encode_open(o, m->type, p) : out_fail(o, IUPLUS_ERR_MISSING, "alternative is missing");
		return rc ? per_fail_in(&o->failure, rc, m->name, 0) : 0;
	}
	if (!rc)
		rc = out_constrained(o, &t->bounds, chosen - 1);
	return rc ? rc : member(o, m, base);
}

static int items(struct per_out *o, const struct per_type *item, const struct per_list *l, size_t from, size_t count)
{
	size_t i;
	int rc;

	for (i = from; i < from + count; i++) {
		rc = l->array[i] ? per_write(o, item, l->array[i]) :
				   out_fail(o, IUPLUS_ERR_MISSING, "list item is missing");
		if (unlikely(rc))
			return per_fail_in(&o->failure, rc, NULL, (unsigned)i);
	}
	return 0;
}

static int list(struct per_out *o, const struct per_type *t, const void *value)
{
	const struct per_list *l = value;
	const struct per_type *item = t->members[0].type;
	size_t done = 0, count = (size_t)l->count;
	bool counted;
	int rc;

	if (l->count < 0 || (l->count && !l->array))
		return outside(o, "list without items");
	rc = size(o, t, count, &counted);
	if (rc)
		return rc;
	if (!counted)
		return items(o, item, l, 0, count);
	while (count - done >= PER_FRAGMENT) {
		size_t parts = (count - done) / PER_FRAGMENT;

		if (parts > 4)
			parts = 4;
		rc = out_align(o);
		if (!rc)
			rc = out_bits(o, 8, 0xc0u | parts);
		if (!rc)
			rc = items(o, item, l, done, parts * PER_FRAGMENT);
		if (rc)
			return rc;
		done += parts * PER_FRAGMENT;
	}
	rc = out_length(o, count - done);
	return rc ? rc : items(o, item, l, done, count - done);
}

static int boolean(struct per_out *o, const struct per_type *t, const void *value)
{
	(void)t;
	return out_bits(o, 1, *(const int *)value != 0);
}

static int native_integer(struct per_out *o, const struct per_type *t, const void *value)
{
	return integer(o, t, *(const long *)value);
}

static int null(struct per_out *o, const struct per_type *t, const void *value)
{
	(void)o;
	(void)t;
	(void)value;
	return 0;
}

int per_encode_deep(struct per_out *o, const struct per_type *t, const void *value)
{
	if (o->stack - PER_FRAME > PER_MAX_STACK)
		return outside(o, "nested too deep");
	return per_encoder(t->kind)(o, t, value);
}

int (*per_encoder(enum per_kind kind))(struct per_out *, const struct per_type *, const void *)
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
		return per_encode_set;
	case PER_PROCEDURE:
		return per_encode_procedure;
	}
	return null;
}
