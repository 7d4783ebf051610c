/* SPDX-License-Identifier: BSD-2-Clause */
/* per_encode_ie.c: protocol IE containers and procedures (TS 25.413 9.3). Ids and criticalities come from the
 * tables. */
#include "asn1/per/per_out.h"

#define MANDATORY 2
#define AT_THE_END 65535

static inline const void *ie_value(const struct per_type *t, const uint8_t *base, unsigned index)
{
	return *(const void *const *)(const void *)(base + t->members[index].offset);
}

static inline int field(struct per_out *o, unsigned id, unsigned criticality)
{
	int rc = out_room(o, 32);

	if (unlikely(rc))
		return rc;
	if (o->aligned)
		o->at = (o->at + 7) & ~(size_t)7;
	out_put(o, 18, (uint64_t)id << 2 | criticality);
	return 0;
}

static int direct(struct per_out *o, const void *value)
{
	const OCTET_STRING_t *s = value;

	if (s->size < 1 || !s->buf)
		return out_fail(o, IUPLUS_ERR_CONSTRAINT, "string without octets");
	return out_counted(o, s->buf, (size_t)s->size, 8);
}

/* An open type's content that is such a string. */
static int content(struct per_out *o, const struct per_type *t, const void *value)
{
	const OCTET_STRING_t *s = value;

	(void)t;
	if (s->size < 1 || !s->buf)
		return out_fail(o, IUPLUS_ERR_CONSTRAINT, "string without octets");
	return out_string(o, s->buf, 8 * (size_t)s->size);
}

const struct per_type per_direct = { .encode = content };

/* Whether the IE's pointer was made by asn1_as_octets(). */
static inline bool is_octets(const void *value)
{
	return (uintptr_t)value & 1;
}

/* Such an IE, or of a pair its first or second value. */
static int as_octets(struct per_out *o, const void *value, unsigned index)
{
	const struct iuplus_octets *octets = (const struct iuplus_octets *)((uintptr_t)value & ~(uintptr_t)1) + index;

	if (!octets->len)
		return out_fail(o, IUPLUS_ERR_CONSTRAINT, "open type without octets");
	return out_counted(o, octets->data, octets->len, 8);
}

static int pair(struct per_out *o, const struct per_type *t, const struct per_ie *ie, const uint8_t *value)
{
	bool octets = is_octets(value);
	int rc = octets ? as_octets(o, value, 0) : per_encode_open(o, t->members[0].type, value + t->members[0].offset);

	if (rc)
		return per_fail_in(&o->failure, rc, "first", 0);
	rc = out_bits(o, 2, ie->second_criticality);
	if (!rc && octets)
		rc = as_octets(o, value, 1);
	else if (!rc)
		rc = per_encode_open(o, t->members[1].type, value + t->members[1].offset);
	return rc ? per_fail_in(&o->failure, rc, "second", 0) : 0;
}

/* second: the item is the second half of a pair, after its first. */
static int unknown(struct per_out *o, const struct per_unknown *u, bool second)
{
	const OCTET_STRING_t s = { .buf = u->octets, .size = u->length };
	int rc;

	if (u->id < 0 || u->id > 65535 || u->criticality < 0 || u->criticality > 2)
		return out_fail(o, IUPLUS_ERR_CONSTRAINT, "value outside its range");
	rc = second ? out_bits(o, 2, (uint64_t)u->criticality) : field(o, (unsigned)u->id, (unsigned)u->criticality);
	return rc ? rc : direct(o, &s);
}

/* The unknown IEs whose place is next; with last set, all that are left. */
static int unknowns(struct per_out *o, const struct per_list *l, bool pairs, int *done, unsigned *written, bool last)
{
	while (l && *done < l->count) {
		const struct per_unknown *u = l->array[*done];
		int rc;

		if (!u)
			return out_fail(o, IUPLUS_ERR_MISSING, "list item is missing");
		if (!last && (u->place == AT_THE_END || u->place > (long)*written))
			break;
		rc = unknown(o, u, false);
		if (!rc && pairs) {
			(*done)++;
			u = l->array[*done];
			rc = u ? unknown(o, u, true) : out_fail(o, IUPLUS_ERR_MISSING, "list item is missing");
		}
		if (rc)
			return rc;
		(*done)++;
		(*written)++;
	}
	return 0;
}

static int count(struct per_out *o, const struct per_type *t, const uint8_t *base, const struct per_list *l)
{
	const struct per_set *s = t->set;
	uint64_t n = l ? (uint64_t)l->count : 0;
	unsigned i;

	if (l && (l->count < 0 || (l->count && !l->array) || (s->kind == PER_SET_PAIR && (l->count & 1))))
		return out_fail(o, IUPLUS_ERR_CONSTRAINT, "list without items");
	if (s->kind == PER_SET_PAIR)
		n /= 2;
	for (i = 0; i < s->count; i++) {
		bool there = ie_value(t, base, i) != NULL;

		n += there;
		if (unlikely(!there && s->ies[i].presence == MANDATORY && !(s->ies[i].own && o->legacy)))
			return per_fail_in(&o->failure, out_fail(o, IUPLUS_ERR_MISSING, "mandatory IE is missing"),
					   t->members[i].name, 0);
		if (unlikely(there && s->ies[i].own && o->legacy))
			return per_fail_in(&o->failure,
					   out_fail(o, IUPLUS_ERR_CONSTRAINT,
						    "the extension's IE in a legacy encoding"),
					   t->members[i].name, 0);
	}
	if (n < (uint64_t)t->bounds.low || n > (uint64_t)t->bounds.high)
		return out_fail(o, IUPLUS_ERR_CONSTRAINT, "number of IEs outside its range");
	return s->single ? 0 : out_constrained(o, &t->bounds, n - (uint64_t)t->bounds.low);
}

/* IEs one by one, known and unknown ones in their places. */
static int any_set(struct per_out *o, const struct per_type *t, const void *value, const struct per_list *l)
{
	const struct per_set *s = t->set;
	unsigned i, written = 0;
	int done = 0, rc = count(o, t, value, l);

	for (i = 0; !rc && i < s->count; i++) {
		const struct per_member *m = &t->members[i];
		const void *p = ie_value(t, value, i);

		if (!p)
			continue;
		rc = unknowns(o, l, s->kind == PER_SET_PAIR, &done, &written, false);
		if (rc)
			break;
		rc = field(o, s->ies[i].id, s->ies[i].criticality);
		if (rc)
			break;
		if (unlikely(s->ies[i].direct))
			rc = direct(o, p);
		else if (s->kind == PER_SET_PAIR)
			rc = pair(o, m->type, &s->ies[i], p);
		else if (unlikely(is_octets(p)))
			rc = as_octets(o, p, 0);
		else
			rc = per_encode_open(o, m->type, p);
		if (unlikely(rc))
			return per_fail_in(&o->failure, rc, m->name, 0);
		written++;
	}
	if (!rc)
		rc = unknowns(o, l, s->kind == PER_SET_PAIR, &done, &written, true);
	return rc && l ? per_fail_in(&o->failure, rc, "unknown", 0) : rc;
}

static __attribute__((noinline, cold)) int absent(struct per_out *o, const struct per_type *t, const void *value)
{
	int rc = count(o, t, value, NULL);

	return rc ? rc : out_fail(o, IUPLUS_ERR_MISSING, "mandatory IE is missing");
}

int per_encode_set(struct per_out *o, const struct per_type *t, const void *value)
{
	const struct per_set *s = t->set;
	const void *const *values = value;
	const struct per_ie *ie = s->ies, *end = ie + s->count;
	size_t start = o->at, number;
	unsigned n = 0, found = 0;
	int rc;

	/* values[s->count] is the list of unknown IEs */
	if (unlikely(!o->aligned || o->legacy || !s->plain || values[s->count]))
		return any_set(o, t, value, values[s->count]);
	rc = out_room(o, 64);
	if (unlikely(rc))
		return rc;
	number = o->at = (o->at + 7) & ~(size_t)7;
	if (!s->single)
		o->at += 16;
	for (; ie < end; ie++) {
		const void *p = *values++;

		if (!p)
			continue;
		n++;
		found += ie->presence == MANDATORY;
		rc = out_room(o, 64);
		if (unlikely(rc))
			return rc;
		o->at = (o->at + 7) & ~(size_t)7;
		if (likely(!is_octets(p))) {
			rc = out_open(o, 32, ie->head << 14, ie->type, p);
		} else {
			out_put(o, 18, ie->head);
			rc = as_octets(o, p, 0);
		}
		if (unlikely(rc))
			return per_fail_in(&o->failure, rc, t->members[ie - s->ies].name, 0);
	}
	if (unlikely(found != s->mandatory || n < t->bounds.low || n > t->bounds.high)) {
		o->at = start;
		return absent(o, t, value);
	}
	if (!s->single)
		store16(o->octets + (number >> 3), n - (unsigned)t->bounds.low);
	return 0;
}

/* Encodes the member of the key with the key of the table instead of that in the struct. */
static int key(struct per_out *o, const struct per_type *t, uint16_t k)
{
	const struct per_procedures *r = t->procedures;
	const struct per_type *type = t->members[r->key_member].type;
	long code = k, both[16];

	if (r->key_parts == 1)
		return per_encode(o, type, &code);
	if (type->size > sizeof(both))
		return out_fail(o, IUPLUS_ERR_ARGUMENT, "procedure of unknown form");
	memset(both, 0, sizeof(both));
	both[r->code_offset / sizeof(long)] = k & 255;
	both[r->mode_offset / sizeof(long)] = k >> 8;
	return per_encode(o, type, both);
}

static int procedure_value(struct per_out *o, const struct per_type *c, const uint8_t *choice, unsigned alternative,
			   bool is_unknown)
{
	const struct per_member *m = &c->members[alternative];
	int rc = is_unknown ? direct(o, choice + m->offset) : per_encode_open(o, m->type, choice + m->offset);

	return rc ? per_fail_in(&o->failure, rc, m->name, 0) : 0;
}

int per_encode_procedure(struct per_out *o, const struct per_type *t, const void *value)
{
	const struct per_procedures *r = t->procedures;
	const struct per_type *c = t->members[r->value_member].type;
	const uint8_t *choice = (const uint8_t *)value + t->members[r->value_member].offset;
	unsigned i, chosen = *(const unsigned *)(const void *)(choice + c->present_offset);
	bool is_unknown;
	int rc = 0;

	if (chosen == 0 || chosen > c->count)
		return per_fail_in(&o->failure, out_fail(o, IUPLUS_ERR_CONSTRAINT, "no alternative is chosen"), "value",
				   0);
	is_unknown = chosen - 1 == r->count;
	if (likely(r->simple && o->aligned && !is_unknown)) {
		const struct per_table_procedure *k = &r->list[chosen - 1];
		const struct per_member *m = &c->members[chosen - 1];

		rc = out_room(o, 64);
		if (unlikely(rc))
			return rc;
		o->at = (o->at + 7) & ~(size_t)7;
		rc = out_open(o, 24, (uint32_t)k->key << 16 | (uint32_t)k->criticality << 14, m->type,
			      choice + m->offset);
		return unlikely(rc) ? per_fail_in(&o->failure, per_fail_in(&o->failure, rc, m->name, 0), "value", 0) :
				      0;
	}
	for (i = 0; !rc && i < t->count; i++) {
		const struct per_member *m = &t->members[i];

		if (i == r->value_member) {
			rc = procedure_value(o, c, choice, chosen - 1, is_unknown);
		} else if (i == r->key_member && !is_unknown) {
			rc = key(o, t, r->list[chosen - 1].key);
		} else if (i == r->criticality_member && !is_unknown) {
			long criticality = r->list[chosen - 1].criticality;

			rc = per_encode(o, m->type, &criticality);
		} else {
			rc = per_write(o, m->type, (const uint8_t *)value + m->offset);
		}
		if (rc)
			return per_fail_in(&o->failure, rc, m->name, 0);
	}
	return 0;
}
