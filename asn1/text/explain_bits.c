/* SPDX-License-Identifier: BSD-2-Clause */
/* explain_bits.c: the lower half of the field-by-field reader: bits, lengths, open types, and the public call. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "asn1/text/containing.h"
#include "asn1/text/explain.h"

static size_t where(const struct explain *x, size_t at)
{
	/* the position after the last octet is derived from that octet */
	if (x->origins && at / 8 * 8 == x->end && at > 0)
		return x->origins[at / 8 - 1] + 8;
	return x->origins ? x->origins[at / 8] + at % 8 : x->base + at;
}

int explain_fail(struct explain *x, int rc, const char *what)
{
	return per_fail(&x->failure, rc, what, where(x, x->at));
}

int explain_truncated(struct explain *x)
{
	return explain_fail(x, IUPLUS_ERR_TRUNCATED, "the input ends before the value does");
}

bool explain_has(const struct explain *x, size_t bits)
{
	return x->end - x->at >= bits;
}

uint64_t explain_peek(const struct explain *x, size_t at, unsigned n)
{
	uint64_t v = 0;

	for (; n > 0; n--, at++)
		v = v << 1 | (x->octets[at / 8] >> (7 - at % 8) & 1);
	return v;
}

int explain_take(struct explain *x, unsigned n, uint64_t *v)
{
	*v = 0;
	if (!explain_has(x, n))
		return explain_truncated(x);
	*v = explain_peek(x, x->at, n);
	x->at += n;
	return 0;
}

void explain_tell(struct explain *x, size_t from, size_t bits, const char *what, const char *text,
		  enum iuplus_asn1_remark remark)
{
	struct iuplus_asn1_field f = {
		.at = where(x, from),
		.bits = bits,
		.depth = x->depth,
		.path = x->path,
		.what = what,
		.text = text,
		.remark = remark
	};

	x->tell(x->user, &f);
}

void explain_number(struct explain *x, int64_t v, size_t from, const char *what, const char *text,
		    enum iuplus_asn1_remark remark)
{
	if (x->defaulting && v == x->defaulting->default_value)
		remark = IUPLUS_ASN1_DEFAULT_SENT;
	x->defaulting = NULL;
	x->number = v;
	explain_tell(x, from, x->at - from, what, text, remark);
}

int explain_bit(struct explain *x, const char *what, uint64_t *v)
{
	size_t from = x->at;
	int rc = explain_take(x, 1, v);

	if (!rc)
		explain_tell(x, from, 1, what, *v ? "1" : "0", IUPLUS_ASN1_PLAIN);
	return rc;
}

static void padding(struct explain *x, size_t bits)
{
	size_t from = x->at, i;
	bool set = false;
	char text[16];

	if (bits == 0)
		return;
	for (i = 0; i < bits; i++) {
		text[i] = (char)('0' + explain_peek(x, from + i, 1));
		set = set || text[i] == '1';
	}
	text[bits] = '\0';
	x->at += bits;
	explain_tell(x, from, bits, "padding", text, set ? IUPLUS_ASN1_PADDING_SET : IUPLUS_ASN1_PLAIN);
}

void explain_align(struct explain *x)
{
	size_t bits = (8 - x->at % 8) % 8;

	if (!x->aligned)
		return;
	padding(x, bits < x->end - x->at ? bits : x->end - x->at);
}

int explain_constrained(struct explain *x, const struct per_bounds *b, uint64_t *v, size_t *from,
			enum iuplus_asn1_remark *remark)
{
	unsigned n = b->bits;
	int rc;

	*remark = IUPLUS_ASN1_PLAIN;
	if (x->aligned && b->form == PER_COUNTED) {
		uint64_t octets;
		char text[8];

		*from = x->at;
		rc = explain_take(x, b->count_bits, &octets);
		if (rc)
			return rc;
		snprintf(text, sizeof(text), "%u", (unsigned)octets + 1);
		explain_tell(x, *from, b->count_bits, "length of number", text, IUPLUS_ASN1_PLAIN);
		if (octets + 1 > (b->bits + 7u) / 8)
			return explain_fail(x, IUPLUS_ERR_SYNTAX, "number longer than its range needs");
		n = 8 * ((unsigned)octets + 1);
	} else if (x->aligned && b->form != PER_FIELD) {
		n = b->form == PER_ONE_OCTET ? 8 : 16;
	}
	if (x->aligned && b->form != PER_FIELD)
		explain_align(x);
	*from = x->at;
	rc = explain_take(x, n, v);
	if (rc)
		return rc;
	if (x->aligned && b->form == PER_COUNTED && n > 8 && *v >> (n - 8) == 0)
		*remark = IUPLUS_ASN1_LONG_FORM;
	if (*v <= b->span)
		return 0;
	x->at = *from;
	return explain_fail(x, IUPLUS_ERR_CONSTRAINT, "value outside its range");
}

static int length_of(struct explain *x, const char *what, size_t *length, bool *more)
{
	size_t from;
	uint64_t v, low;
	char text[40];
	int rc;

	*more = false;
	explain_align(x);
	from = x->at;
	rc = explain_take(x, 8, &v);
	if (rc)
		return rc;
	*length = (size_t)v;
	if (v >= 128 && v < 192) {
		rc = explain_take(x, 8, &low);
		if (rc)
			return rc;
		*length = (size_t)((v & 63) << 8 | low);
	} else if (v >= 192) {
		if ((v & 63) < 1 || (v & 63) > 4)
			return explain_fail(x, IUPLUS_ERR_SYNTAX, "fragment with an invalid length");
		*length = (size_t)(v & 63) * PER_FRAGMENT;
		*more = true;
	}
	snprintf(text, sizeof(text), *more ? "%zu, more fragments follow" : "%zu", *length);
	explain_tell(x, from, x->at - from, what, text,
		     v >= 128 && v < 192 && *length < 128 ? IUPLUS_ASN1_LONG_FORM : IUPLUS_ASN1_PLAIN);
	return 0;
}

int explain_length(struct explain *x, size_t *length, bool *more)
{
	return length_of(x, "length", length, more);
}

int explain_small(struct explain *x, uint64_t *v, size_t *from, enum iuplus_asn1_remark *remark)
{
	uint64_t large;
	size_t length;
	bool more;
	int rc;

	*from = x->at;
	*remark = IUPLUS_ASN1_PLAIN;
	rc = explain_take(x, 1, &large);
	if (rc)
		return rc;
	if (!large)
		return explain_take(x, 6, v);
	explain_tell(x, *from, 1, "not a small number", "1", IUPLUS_ASN1_PLAIN);
	rc = explain_length(x, &length, &more);
	if (rc)
		return rc;
	if (more || length == 0 || length > 8)
		return explain_fail(x, IUPLUS_ERR_SYNTAX, "number with an invalid length");
	*from = x->at;
	rc = explain_take(x, (unsigned)(8 * length), v);
	if (!rc && (*v < 64 || (length > 1 && *v >> (8 * length - 8) == 0)))
		*remark = IUPLUS_ASN1_LONG_FORM;
	return rc;
}

size_t explain_enter(struct explain *x, const char *name, unsigned index)
{
	size_t was = x->path_length, room = sizeof(x->path) - was;
	int n = name ? snprintf(x->path + was, room, was ? ".%s" : "%s", name) :
		       snprintf(x->path + was, room, "[%u]", index);

	if (n > 0 && (size_t)n < room)
		x->path_length += (size_t)n;
	else
		x->path[was] = '\0'; /* too long for the path: keep its outer part */
	x->depth++;
	return was;
}

void explain_leave(struct explain *x, size_t length)
{
	x->path_length = length;
	x->path[length] = '\0';
	x->depth--;
}

/* The bits of an open type after its value. */
static void tail(struct explain *x)
{
	size_t left = x->end - x->at, from = x->at;
	char text[48];

	if (left == 0)
		return;
	if (left < 8 || (x->at == 0 && left == 8)) {
		padding(x, left);
		return;
	}
	snprintf(text, sizeof(text), "%zu bits after the value", left);
	x->at = x->end;
	explain_tell(x, from, left, x->later ? "a later release's fields" : "left over", text, IUPLUS_ASN1_LEFT_OVER);
}

/* Reads a window of bits as t or as type's encoding. */
static int window(struct explain *x, const uint8_t *octets, size_t at, size_t end, size_t base, const size_t *origins,
		  const struct per_type *t)
{
	struct explain outer = *x;
	int rc;

	x->octets = octets;
	x->at = at;
	x->end = end;
	x->base = base;
	x->origins = origins;
	rc = explain_value(x, t);
	/* as the decoder: additions of a later release are in a branch reserved for them */
	if (!rc && end - x->at >= 8 && !(x->at == at && end - at == 8) && !x->unknown_branch)
		rc = explain_fail(x, IUPLUS_ERR_SYNTAX, "superfluous octets in an open type");
	if (rc)
		return rc;
	tail(x);
	x->octets = outer.octets;
	x->at = outer.at;
	x->end = outer.end;
	x->base = outer.base;
	x->origins = outer.origins;
	return 0;
}

/* Copies bits to whole octets. */
static const uint8_t *copied(struct explain *x, size_t at, size_t bits, const size_t **origins)
{
	size_t n = (bits + 7) / 8, i;
	uint8_t *o = iuplus_arena_alloc(x->arena, n + 1);
	size_t *map = x->origins && o ? iuplus_arena_alloc(x->arena, (n + 1) * sizeof(*map)) : NULL;

	if (!o || (x->origins && !map))
		return NULL;
	for (i = 0; i < n; i++) {
		unsigned left = bits - 8 * i < 8 ? (unsigned)(bits - 8 * i) : 8;

		o[i] = (uint8_t)(explain_peek(x, at + 8 * i, left) << (8 - left));
		if (map)
			map[i] = where(x, at + 8 * i);
	}
	*origins = map;
	return o;
}

int explain_decodes(struct explain *x, const struct iuplus_asn1_type *type, size_t bits, bool *they_are)
{
	const size_t *origins;
	const uint8_t *o;
	void *value = NULL;
	int rc = IUPLUS_OK;

	if (bits > 0 && x->depth <= 100) {
		o = copied(x, x->at, bits, &origins);
		rc = o ? iuplus_asn1_decode(type, containing_rules(type), o, bits, IUPLUS_ASN1_EXACT, x->arena, &value,
					    NULL) :
			 IUPLUS_ERR_MEMORY;
	}
	*they_are = value != NULL;
	return rc == IUPLUS_ERR_MEMORY ? explain_fail(x, rc, "the arena is at its limit") : IUPLUS_OK;
}

int explain_inside(struct explain *x, const struct iuplus_asn1_type *type, size_t bits)
{
	const char *protocol = x->protocol, *owner = x->owner, *member = x->member;
	bool aligned = x->aligned, unknown_branch = x->unknown_branch;
	int64_t key = x->key;
	const size_t *origins;
	size_t from = x->at, length = explain_enter(x, type->name, 0);
	const uint8_t *o = copied(x, from, bits, &origins);
	int rc;

	if (!o)
		return explain_fail(x, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	x->protocol = type->protocol;
	x->owner = x->member = NULL;
	x->aligned = containing_rules(type) == IUPLUS_ASN1_APER;
	x->unknown_branch = false;
	rc = window(x, o, 0, bits, where(x, from), origins, per_type_of(type));
	if (rc)
		return rc;
	x->at = from + bits;
	x->protocol = protocol;
	x->owner = owner;
	x->member = member;
	x->aligned = aligned;
	x->unknown_branch = unknown_branch;
	x->key = key;
	explain_leave(x, length);
	return 0;
}

static int octets_of(struct explain *x, size_t length, enum iuplus_asn1_remark remark)
{
	size_t from = x->at, i, n = 0;
	char text[80];

	text[0] = '\0';
	for (i = 0; i < length && n + 8 < sizeof(text); i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%02x", (unsigned)explain_peek(x, from + 8 * i, 8));
	if (i < length)
		snprintf(text + n, sizeof(text) - n, "...");
	x->at += 8 * length;
	explain_tell(x, from, 8 * length, "content", text, remark);
	return 0;
}

/* Joins the fragments of an open type and reports each length. */
static const uint8_t *joined(struct explain *x, size_t first, size_t *total, const size_t **origins, int *rc)
{
	size_t most = (x->end - x->at) / 8 + 1, part = first, i;
	uint8_t *o = iuplus_arena_alloc(x->arena, most);
	size_t *map = o ? iuplus_arena_alloc(x->arena, most * sizeof(*map)) : NULL;
	bool more = true;

	*total = 0;
	if (!map) {
		*rc = explain_fail(x, IUPLUS_ERR_MEMORY, "the arena is at its limit");
		return NULL;
	}
	for (;;) {
		if (!explain_has(x, 8 * part)) {
			*rc = explain_truncated(x);
			return NULL;
		}
		for (i = 0; i < part; i++) {
			o[*total] = (uint8_t)explain_peek(x, x->at, 8);
			map[(*total)++] = where(x, x->at);
			x->at += 8;
		}
		if (!more)
			break;
		*rc = length_of(x, "length of open type", &part, &more);
		if (*rc)
			return NULL;
	}
	*origins = map;
	return o;
}

int explain_open(struct explain *x, const struct per_type *t, const struct iuplus_asn1_type *direct,
		 enum iuplus_asn1_remark remark)
{
	const size_t *origins;
	const uint8_t *o;
	size_t length, from;
	bool more, later = x->later, encoding = false;
	int rc = length_of(x, "length of open type", &length, &more);

	if (rc)
		return rc;
	x->later = false;
	if (more) {
		from = x->at;
		o = joined(x, length, &length, &origins, &rc);
		if (!o)
			return rc;
		if (t)
			return window(x, o, 0, 8 * length, 0, origins, t);
		explain_tell(x, from, x->at - from, "content", "in fragments", remark);
		return 0;
	}
	if (!explain_has(x, 8 * length))
		return explain_truncated(x);
	/* even a value without bits takes one octet (X.691 11.1.3) */
	if (length == 0)
		return explain_fail(x, IUPLUS_ERR_SYNTAX, "open type without octets");
	rc = direct ? explain_decodes(x, direct, 8 * length, &encoding) : 0;
	if (rc)
		return rc;
	if (encoding)
		return explain_inside(x, direct, 8 * length);
	if (!t)
		return octets_of(x, length, remark);
	from = x->at;
	o = copied(x, from, 8 * length, &origins);
	if (!o)
		return explain_fail(x, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	rc = window(x, o, 0, 8 * length, where(x, from), origins, t);
	if (rc)
		return rc;
	x->later = later;
	x->at = from + 8 * length;
	return 0;
}

const char *iuplus_asn1_remark_text(enum iuplus_asn1_remark remark)
{
	switch (remark) {
	case IUPLUS_ASN1_PLAIN:
		return "";
	case IUPLUS_ASN1_PADDING_SET:
		return "padding bits that are not zero";
	case IUPLUS_ASN1_DEFAULT_SENT:
		return "DEFAULT value encoded";
	case IUPLUS_ASN1_LONG_FORM:
		return "longer than it needs to be";
	case IUPLUS_ASN1_TRAILING_ZEROS:
		return "trailing zero bits of named bits";
	case IUPLUS_ASN1_UNKNOWN_ADDITION:
		return "an addition that the modules do not have";
	case IUPLUS_ASN1_LEFT_OVER:
		return "superfluous bits";
	}
	return "";
}

int iuplus_asn1_explain(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const uint8_t *octets,
			size_t bits, struct iuplus_arena *arena, iuplus_asn1_tell *tell, void *user,
			struct iuplus_asn1_error *error)
{
	const struct per_type *t = per_type_of(type);
	struct explain *x = arena && tell ? iuplus_arena_alloc(arena, sizeof(*x)) : NULL;
	static const uint8_t nothing[1];
	int rc;

	if (!x || !t || (!octets && bits) || (unsigned)rules > IUPLUS_ASN1_UPER) {
		rc = arena && tell && !x ? IUPLUS_ERR_MEMORY : IUPLUS_ERR_ARGUMENT;
		if (error) {
			memset(error, 0, sizeof(*error));
			error->rc = rc;
			error->type = type ? type->name : "";
			error->what = "no such type, rules or octets, or no memory";
			error->procedure = -1;
		}
		return rc;
	}
	x->octets = bits ? octets : nothing;
	x->end = bits;
	x->aligned = rules == IUPLUS_ASN1_APER;
	x->arena = arena;
	x->tell = tell;
	x->user = user;
	x->protocol = type->protocol;
	x->key = -1;
	per_fail(&x->failure, 0, NULL, 0);
	rc = explain_value(x, t);
	if (error) {
		memset(error, 0, sizeof(*error));
		error->rc = rc;
		error->type = type->name;
		error->what = rc ? x->failure.what : NULL;
		error->bit_offset = x->failure.at;
		error->bits = x->at;
		error->procedure = (long)x->key;
		if (rc)
			memcpy(error->path, x->path, sizeof(error->path) - 1);
	}
	if (!rc)
		tail(x);
	return rc;
}
