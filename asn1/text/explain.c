/* SPDX-License-Identifier: BSD-2-Clause */
/* explain.c: an encoding, field by field. An independent reader: it assigns every bit to a field, and builds no
 * value. */
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <INTEGER.h>

#include "asn1/text/containing.h"
#include "asn1/text/explain.h"

#define DEEPEST 200u

static int number(struct explain *x, const struct per_type *t, const char *what);
static int set(struct explain *x, const struct per_type *t);
static int procedure(struct explain *x, const struct per_type *t);

static int boolean(struct explain *x)
{
	size_t from = x->at;
	uint64_t v;
	int rc = explain_take(x, 1, &v);

	if (rc)
		return rc;
	explain_number(x, (int64_t)v, from, "value", v ? "true" : "false", IUPLUS_ASN1_PLAIN);
	return 0;
}

/* A number of up to 8 octets preceded by its length: two's complement, or the excess above low. */
static int counted(struct explain *x, const struct per_type *t, bool from_low, const char *what)
{
	size_t length, from;
	uint64_t v;
	int64_t n;
	bool more, spare;
	char text[32];
	int rc = explain_length(x, &length, &more);

	if (rc)
		return rc;
	if (more || length == 0)
		return explain_fail(x, IUPLUS_ERR_SYNTAX, "number with an invalid length");
	if (length > 8)
		return explain_fail(x, IUPLUS_ERR_CONSTRAINT, "number of more than 64 bits");
	from = x->at;
	rc = explain_take(x, (unsigned)(8 * length), &v);
	if (rc)
		return rc;
	if (from_low) {
		if (!t->is_unsigned && v > (uint64_t)INT64_MAX - (t->bounds.low > 0 ? (uint64_t)t->bounds.low : 0))
			return explain_fail(x, IUPLUS_ERR_CONSTRAINT, "number of more than 64 bits");
		n = (int64_t)(v + (uint64_t)t->bounds.low);
		spare = length > 1 && v >> (8 * length - 8) == 0;
	} else {
		n = (int64_t)(v << (64 - 8 * length)) >> (64 - 8 * length);
		spare = length > 1 && (n >> (8 * length - 9) == 0 || n >> (8 * length - 9) == -1);
	}
	snprintf(text, sizeof(text), t->is_unsigned ? "%" PRIu64 : "%" PRId64, n);
	explain_number(x, n, from, what, text, spare ? IUPLUS_ASN1_LONG_FORM : IUPLUS_ASN1_PLAIN);
	return 0;
}

/* Checks the number reported last. */
static int in_range(struct explain *x, const struct per_type *t, bool extended)
{
	if (t->gaps && !per_in_ranges(&t->gaps[extended], x->number))
		return explain_fail(x, IUPLUS_ERR_CONSTRAINT, "value outside its range");
	return 0;
}

static int number(struct explain *x, const struct per_type *t, const char *what)
{
	const struct per_bounds *b = &t->bounds;
	enum iuplus_asn1_remark remark;
	size_t from;
	uint64_t v = 0;
	unsigned i;
	int64_t n;
	char text[96];
	int rc;

	if (b->extensible) {
		rc = explain_bit(x, "extension bit", &v);
		if (rc)
			return rc;
	}
	if (v || !b->constrained) {
		rc = counted(x, t, !v && b->semi, what);
		return rc ? rc : in_range(x, t, v != 0);
	}
	rc = explain_constrained(x, b, &v, &from, &remark);
	if (rc)
		return rc;
	n = (int64_t)(v + (uint64_t)b->low);
	snprintf(text, sizeof(text), t->is_unsigned ? "%" PRIu64 : "%" PRId64, n);
	for (i = 0; i < t->name_count; i++) {
		if (t->names[i].number == n)
			snprintf(text, sizeof(text), "%" PRId64 " %s", n, t->names[i].name);
	}
	explain_number(x, n, from, what, text, remark);
	return in_range(x, t, false);
}

static int enumerated(struct explain *x, const struct per_type *t)
{
	enum iuplus_asn1_remark remark = IUPLUS_ASN1_PLAIN;
	char text[128];
	const char *name = NULL;
	size_t from;
	uint64_t v = 0;
	int i, rc;

	if (t->extensible) {
		rc = explain_bit(x, "extension bit", &v);
		if (rc)
			return rc;
	}
	if (v) {
		rc = explain_small(x, &v, &from, &remark);
		if (!rc && v > INT_MAX)
			return explain_fail(x, IUPLUS_ERR_CONSTRAINT, "enumeration value out of range");
		v += t->root;
	} else {
		rc = explain_constrained(x, &t->bounds, &v, &from, &remark);
	}
	if (rc)
		return rc;
	for (i = 0; i < t->enumeration->map_count && v < t->count; i++) {
		if (t->enumeration->value2enum[i].nat_value == t->values[v])
			name = t->enumeration->value2enum[i].enum_name;
	}
	snprintf(text, sizeof(text), "%s", name ? name : "a value that the modules do not have");
	explain_number(x, v < t->count ? t->values[v] : (int64_t)v, from, "value", text,
		       name ? remark : IUPLUS_ASN1_UNKNOWN_ADDITION);
	return 0;
}

/* The size of a string or list. */
static int size(struct explain *x, const struct per_type *t, size_t *units, bool *fixed, bool *more)
{
	const struct per_bounds *b = &t->bounds;
	enum iuplus_asn1_remark remark;
	size_t from;
	uint64_t v = 0;
	char text[24];
	int rc;

	*fixed = *more = false;
	if (b->extensible) {
		rc = explain_bit(x, "extension bit", &v);
		if (rc)
			return rc;
	}
	if (v || b->semi)
		return explain_length(x, units, more);
	if (b->span == 0) {
		*units = (size_t)b->low;
		*fixed = true;
		return 0;
	}
	rc = explain_constrained(x, b, &v, &from, &remark);
	if (rc)
		return rc;
	*units = (size_t)(v + (uint64_t)b->low);
	snprintf(text, sizeof(text), "%zu", *units);
	explain_tell(x, from, x->at - from, "size", text, remark);
	if (t->gaps && !per_in_ranges(&t->gaps[0], (int64_t)*units))
		return explain_fail(x, IUPLUS_ERR_CONSTRAINT, "size outside its range");
	return 0;
}

static int check_size(struct explain *x, const struct per_type *t, size_t units)
{
	const struct per_bounds *b = &t->bounds;

	if (!b->extensible && ((int64_t)units < b->low || (b->constrained && (int64_t)units > b->high)))
		return explain_fail(x, IUPLUS_ERR_CONSTRAINT, "size outside its range");
	return 0;
}

static void string_text(const struct explain *x, const struct per_type *t, size_t bits, char *text, size_t room)
{
	size_t i, n = 0;

	if (t->kind == PER_BITS && bits <= 64) {
		for (i = 0; i < bits && n + 2 < room; i++)
			text[n++] = x->octets[(x->at + i) >> 3] >> (7 - ((x->at + i) & 7)) & 1 ? '1' : '0';
		text[n] = '\0';
		return;
	}
	text[0] = '\0';
	for (i = 0; i + 8 <= bits && n + 8 < room; i += 8)
		n += (size_t)snprintf(text + n, room - n, "%02x", (unsigned)explain_peek(x, x->at + i, 8));
	if (i + 8 <= bits)
		snprintf(text + n, room - n, "...");
}

/* The contents of a string in place: the type that it contains, or its bits. */
static int content(struct explain *x, const struct per_type *t, size_t bits, const struct iuplus_asn1_type *inner)
{
	enum iuplus_asn1_remark remark = IUPLUS_ASN1_PLAIN;
	size_t from = x->at;
	char text[80];
	bool encoding = false;
	int rc;

	if (!explain_has(x, bits))
		return explain_truncated(x);
	rc = inner ? explain_decodes(x, inner, bits, &encoding) : 0;
	if (rc)
		return rc;
	if (encoding)
		return explain_inside(x, inner, bits);
	string_text(x, t, bits, text, sizeof(text));
	if (t->named_bits && bits > 0 && explain_peek(x, from + bits - 1, 1) == 0)
		remark = IUPLUS_ASN1_TRAILING_ZEROS;
	x->at += bits;
	explain_tell(x, from, bits, "value", text, remark);
	return 0;
}

/* Checks the characters reported last. */
static int alphabet(struct explain *x, size_t from, size_t units, unsigned unit)
{
	uint64_t v;

	for (; units > 0; units--, from += unit) {
		v = explain_peek(x, from, unit);
		if (v < 32 || v > 126) {
			x->at = from + unit;
			return explain_fail(x, IUPLUS_ERR_CONSTRAINT, "character outside its alphabet");
		}
	}
	return 0;
}

static int string(struct explain *x, const struct per_type *t, unsigned unit)
{
	const struct iuplus_asn1_type *inner =
		containing_type(x->protocol, x->owner, per_type_name(t, x->protocol), x->member);
	size_t units, total = 0, from;
	bool fixed, more;
	int rc = size(x, t, &units, &fixed, &more);

	if (rc)
		return rc;
	if (!more && units == 0 && !fixed) {
		explain_tell(x, x->at, 0, "value", "", IUPLUS_ASN1_PLAIN);
		goto check;
	}
	if (more && t->kind == PER_CHARACTERS)
		return explain_fail(x, IUPLUS_ERR_SYNTAX, "character string in fragments");
	if (!fixed || units * unit > 16)
		explain_align(x);
	for (;;) {
		from = x->at;
		rc = content(x, t, units * unit, more || total ? NULL : inner);
		if (!rc && t->kind == PER_CHARACTERS)
			rc = alphabet(x, from, units, unit);
		if (rc)
			return rc;
		total += units;
		if (!more)
			break;
		rc = explain_length(x, &units, &more);
		if (rc)
			return rc;
	}
	units = total;
check:
	return check_size(x, t, units);
}

static int object_identifier(struct explain *x, const struct per_type *t)
{
	size_t length, last = 0;
	bool more;
	int rc = explain_length(x, &length, &more);

	if (!rc && length == 0)
		return explain_fail(x, IUPLUS_ERR_SYNTAX, "open type without octets");
	while (!rc) {
		rc = content(x, t, 8 * length, NULL);
		if (length)
			last = x->at - 8;
		if (rc || !more)
			break;
		rc = explain_length(x, &length, &more);
	}
	/* the last arc must end */
	return !rc && explain_peek(x, last, 1) ? explain_fail(x, IUPLUS_ERR_SYNTAX, "not an object identifier") : rc;
}

static int member(struct explain *x, const struct per_member *m, const char *owner)
{
	const char *outer_owner = x->owner, *outer_member = x->member;
	size_t length = explain_enter(x, m->name, 0);
	int rc;

	x->owner = owner;
	x->member = m->name;
	x->defaulting = m->has_default ? m : NULL;
	rc = explain_value(x, m->type);
	x->defaulting = NULL;
	x->unknown_branch |= m->unknown_branch;
	x->later |= m->unknown_branch || (m->type->kind == PER_SEQUENCE && m->type->count == 0 && m->optional);
	x->owner = outer_owner;
	x->member = outer_member;
	if (!rc)
		explain_leave(x, length);
	return rc;
}

static int presence(struct explain *x, const char *name, uint64_t *v)
{
	size_t length = explain_enter(x, name, 0), from = x->at;
	int rc = explain_take(x, 1, v);

	if (rc)
		return rc;
	explain_tell(x, from, 1, "presence", *v ? "present" : "absent", IUPLUS_ASN1_PLAIN);
	explain_leave(x, length);
	return 0;
}

/* Whether the bits from at on are the extension's level: presence of nonCriticalExtensions, marker, version, length of
 * the body, body. Otherwise they are additions of a later release, or the standard's empty level and padding. */
static bool is_level(const struct explain *x, size_t at)
{
	const unsigned marker = 16, version = 4, length = 8, head = 1 + marker + version + length;

	return x->end - at >= head && explain_peek(x, at + 1, marker) == IUPLUS_ASN1_LEVEL_MARKER &&
	       explain_peek(x, at + 1 + marker, version) == IUPLUS_ASN1_LEVEL_VERSION - 1 &&
	       explain_peek(x, at + 1 + marker + version, length) + 1 <= (x->end - at - head) / 8;
}

/* The additions of a SEQUENCE: their number, their presence bits, then each in an open type. */
static int additions(struct explain *x, const struct per_type *t, const char *owner)
{
	enum iuplus_asn1_remark remark;
	size_t from, at;
	uint64_t count, v, i;
	char text[24];
	int rc = explain_small(x, &count, &from, &remark);

	if (rc)
		return rc;
	snprintf(text, sizeof(text), "%" PRIu64, ++count);
	explain_tell(x, from, x->at - from, "number of additions", text, remark);
	at = x->at;
	if (count == 0 || count > x->end - at)
		return explain_truncated(x);
	for (i = 0; i < count; i++) {
		rc = presence(x, t->root + i < t->count ? t->members[t->root + i].name : "addition", &v);
		if (rc)
			return rc;
	}
	for (i = 0; i < count; i++) {
		bool known = t->root + i < t->count;

		if (!explain_peek(x, at + i, 1))
			continue;
		from = explain_enter(x, known ? t->members[t->root + i].name : "addition", 0);
		x->owner = owner;
		x->member = known ? t->members[t->root + i].name : NULL;
		rc = explain_open(x, known ? t->members[t->root + i].type : NULL, NULL, IUPLUS_ASN1_UNKNOWN_ADDITION);
		if (rc)
			return rc;
		explain_leave(x, from);
	}
	return 0;
}

static int sequence(struct explain *x, const struct per_type *t)
{
	const char *owner = per_type_name(t, x->protocol);
	bool key = t == x->key_type;
	uint64_t extended = 0, v = 1;
	size_t at;
	unsigned i;
	int rc = t->extensible ? explain_bit(x, "extension bit", &extended) : 0;

	at = x->at;
	for (i = 0; !rc && i < t->root; i++) {
		if (t->members[i].optional)
			rc = presence(x, t->members[i].name, &v);
	}
	for (i = 0; !rc && i < t->root; i++) {
		if (t->members[i].optional && !explain_peek(x, at++, 1))
			continue;
		if (t->members[i].own && !is_level(x, x->at)) {
			x->later = true;
			continue;
		}
		rc = member(x, &t->members[i], owner);
		if (!rc && key)
			x->key |= (int64_t)((uint64_t)x->number << (i ? 8 : 0));
	}
	return rc || !extended ? rc : additions(x, t, owner);
}

static int choice(struct explain *x, const struct per_type *t)
{
	enum iuplus_asn1_remark remark;
	const char *owner = per_type_name(t, x->protocol);
	uint64_t later = 0, v;
	size_t from;
	int rc = t->extensible ? explain_bit(x, "extension bit", &later) : 0;

	if (rc)
		return rc;
	if (later) {
		const struct per_member *m = NULL;

		rc = explain_small(x, &v, &from, &remark);
		if (rc)
			return rc;
		if (v < (unsigned)(t->count - t->root))
			m = &t->members[t->root + v];
		explain_tell(x, from, x->at - from, "choice",
			     m ? m->name : "an alternative that the modules do not have", remark);
		from = explain_enter(x, m ? m->name : "alternative", 0);
		x->owner = owner;
		x->member = m ? m->name : NULL;
		rc = explain_open(x, m ? m->type : NULL, NULL, IUPLUS_ASN1_UNKNOWN_ADDITION);
		if (!rc)
			explain_leave(x, from);
		return rc;
	}
	rc = explain_constrained(x, &t->bounds, &v, &from, &remark);
	if (rc)
		return rc;
	explain_tell(x, from, x->at - from, "choice", t->members[v].name, remark);
	return member(x, &t->members[v], owner);
}

static int list(struct explain *x, const struct per_type *t)
{
	const struct per_type *item = t->members[0].type;
	size_t count, i, done = 0;
	bool fixed, more;
	int rc = size(x, t, &count, &fixed, &more);

	for (;;) {
		if (rc)
			return rc;
		/* items without bits may be very many: one line for all of them */
		for (i = 0; i < count && (item->least_bits || i == 0); i++) {
			size_t length = explain_enter(x, NULL, (unsigned)(done + i));

			x->owner = x->member = NULL;
			rc = explain_value(x, item);
			if (rc)
				return rc;
			explain_leave(x, length);
		}
		done += count;
		if (!more)
			break;
		rc = explain_length(x, &count, &more);
	}
	return check_size(x, t, done);
}

static int criticality(struct explain *x)
{
	static const char *const names[] = { "reject", "ignore", "notify", "no criticality" };
	size_t from = x->at;
	uint64_t v;
	int rc = explain_take(x, 2, &v);

	if (rc)
		return rc;
	explain_tell(x, from, 2, "criticality", names[v], IUPLUS_ASN1_PLAIN);
	return v > 2 ? explain_fail(x, IUPLUS_ERR_CONSTRAINT, "no criticality") : 0;
}

static int ie_value(struct explain *x, const struct per_type *t, unsigned i)
{
	const struct per_set *s = t->set;
	const struct per_member *m = i < s->count ? &t->members[i] : NULL;
	int rc;

	x->owner = s->name;
	x->member = NULL;
	if (!m) {
		rc = explain_open(x, NULL, NULL, IUPLUS_ASN1_PLAIN);
		if (!rc && s->kind == PER_SET_PAIR)
			rc = criticality(x);
		return rc || s->kind != PER_SET_PAIR ? rc : explain_open(x, NULL, NULL, IUPLUS_ASN1_PLAIN);
	}
	if (s->kind == PER_SET_PAIR) {
		rc = explain_open(x, m->type->members[0].type, NULL, IUPLUS_ASN1_PLAIN);
		if (!rc)
			rc = criticality(x);
		return rc ? rc : explain_open(x, m->type->members[1].type, NULL, IUPLUS_ASN1_PLAIN);
	}
	if (s->ies[i].direct)
		return explain_open(x, NULL, containing_direct(x->protocol, m->name), IUPLUS_ASN1_PLAIN);
	return explain_open(x, m->type, NULL, IUPLUS_ASN1_PLAIN);
}

static int set(struct explain *x, const struct per_type *t)
{
	const struct per_set *s = t->set;
	enum iuplus_asn1_remark remark;
	uint64_t count = 1, id, n, there[8] = { 0 };
	size_t from, length;
	unsigned i;
	char text[96], name[32];
	bool again;
	int rc;

	if (!s->single) {
		rc = explain_constrained(x, &t->bounds, &count, &from, &remark);
		if (rc)
			return rc;
		count += (uint64_t)t->bounds.low;
		snprintf(text, sizeof(text), "%" PRIu64, count);
		explain_tell(x, from, x->at - from, "number of IEs", text, remark);
	}
	for (n = 0; n < count; n++) {
		explain_align(x);
		from = x->at;
		rc = explain_take(x, 16, &id);
		if (rc)
			return rc;
		for (i = 0; i < s->count && s->ies[i].id != id; i++)
			;
		snprintf(name, sizeof(name), "ie-%" PRIu64, id);
		length = explain_enter(x, i < s->count ? t->members[i].name : name, 0);
		snprintf(text, sizeof(text), "%" PRIu64 " %s", id,
			 i < s->count ? t->members[i].name : "(not known in this set)");
		explain_tell(x, from, 16, "id", text, IUPLUS_ASN1_PLAIN);
		/* a repeated IE is not explained further: it is discarded */
		again = i < s->count && i < 512 && there[i / 64] >> (i % 64) & 1;
		if (i < s->count && i < 512)
			there[i / 64] |= UINT64_C(1) << (i % 64);
		rc = criticality(x);
		if (!rc)
			rc = ie_value(x, t, again ? s->count : i);
		if (rc)
			return rc;
		explain_leave(x, length);
	}
	return 0;
}

static int procedure(struct explain *x, const struct per_type *t)
{
	const struct per_procedures *p = t->procedures;
	const struct per_type *outer = x->key_type;
	unsigned i, n;
	int rc = 0;

	for (i = 0; !rc && i < t->count; i++) {
		const struct per_member *m = &t->members[i], *message;
		size_t length;

		if (i != p->value_member) {
			if (i == p->key_member) {
				x->key_type = p->key_parts == 2 ? m->type : NULL;
				x->key = 0;
			}
			rc = member(x, m, NULL);
			if (i == p->key_member && p->key_parts == 1)
				x->key = x->number;
			x->key_type = outer;
			continue;
		}
		n = x->key >= 0 && x->key < PER_KEYS ? p->by_key[x->key] : p->count;
		x->unknown_branch |= n == p->count;
		message = &m->type->members[n];
		length = explain_enter(x, m->name, 0);
		explain_enter(x, message->name, 0);
		x->owner = x->member = NULL;
		rc = explain_open(x, n < p->count ? message->type : NULL, NULL, IUPLUS_ASN1_PLAIN);
		if (!rc) {
			x->depth--;
			explain_leave(x, length);
		}
	}
	return rc;
}

int explain_value(struct explain *x, const struct per_type *t)
{
	int rc = 0;

	if (x->depth > DEEPEST)
		return explain_fail(x, IUPLUS_ERR_SYNTAX, "nested too deep");
	if (t->kind >= PER_SEQUENCE || t->kind <= PER_NULL)
		x->defaulting = NULL;
	switch ((enum per_kind)t->kind) {
	case PER_NULL:
		explain_tell(x, x->at, 0, "value", "null", IUPLUS_ASN1_PLAIN);
		break;
	case PER_BOOLEAN:
		rc = boolean(x);
		break;
	case PER_INTEGER:
	case PER_BIG_INTEGER:
		rc = number(x, t, "value");
		break;
	case PER_ENUMERATED:
		rc = enumerated(x, t);
		break;
	case PER_BITS:
		rc = string(x, t, 1);
		break;
	case PER_OCTETS:
		rc = string(x, t, 8);
		break;
	case PER_OID:
		rc = object_identifier(x, t);
		break;
	case PER_CHARACTERS:
		rc = string(x, t, x->aligned ? 8 : 7);
		break;
	case PER_SEQUENCE:
		rc = sequence(x, t);
		break;
	case PER_CHOICE:
		rc = choice(x, t);
		break;
	case PER_LIST:
		rc = list(x, t);
		break;
	case PER_SET:
		rc = set(x, t);
		break;
	case PER_PROCEDURE:
		rc = procedure(x, t);
		break;
	}
	return rc;
}
