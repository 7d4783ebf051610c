/* SPDX-License-Identifier: BSD-2-Clause */
/* walk.c: a value as a tree of nodes, for writers of text. */
#include <string.h>

#include <iuplus/asn1_text.h>

#include <BIT_STRING.h>
#include <INTEGER.h>
#include <OCTET_STRING.h>

#include "asn1/text/containing.h"
#include "asn1/per/per.h"

#define DEEPEST 200u

struct walk {
	struct iuplus_arena *arena;
	iuplus_asn1_visit *visit;
	void *user;
	const char *protocol;
	unsigned depth;
};

/* The place of a value. */
struct spot {
	const char *name, *owner; /* owner: the type that it is a member of */
	unsigned index;
};

static int value_of(struct walk *w, const struct per_type *t, const void *value, const struct spot *spot);

const char *iuplus_asn1_bit_name(const struct iuplus_asn1_node *node, size_t i)
{
	const struct per_type *t = (const struct per_type *)(const void *)node->bit_names;
	unsigned n;

	for (n = 0; t && n < t->name_count; n++) {
		if (t->names[n].number == (int64_t)i)
			return t->names[n].name;
	}
	return NULL;
}

const char *per_type_name(const struct per_type *t, const char *protocol)
{
	size_t n = strlen(protocol);

	if (t->kind == PER_SET)
		return t->set->name;
	return strncmp(t->name, protocol, n) == 0 && t->name[n] == '-' ? t->name + n + 1 : NULL;
}

static struct iuplus_asn1_node start(const struct walk *w, enum iuplus_asn1_shape shape, const char *type,
				     const struct spot *spot)
{
	struct iuplus_asn1_node n;

	memset(&n, 0, sizeof(n));
	n.shape = shape;
	n.name = spot->name;
	n.index = spot->index;
	n.protocol = w->protocol;
	n.type = type;
	return n;
}

static int begin(struct walk *w, const struct iuplus_asn1_node *n)
{
	if (++w->depth > DEEPEST)
		return IUPLUS_ERR_CONSTRAINT;
	return w->visit(w->user, n, false);
}

static int end(struct walk *w, const struct iuplus_asn1_node *n)
{
	w->depth--;
	return w->visit(w->user, n, true);
}

static const void *at(const struct per_member *m, const void *base)
{
	const void *p = (const uint8_t *)base + m->offset;

	return m->pointer ? *(const void *const *)p : p;
}

static void number(struct iuplus_asn1_node *n, const struct per_type *t, int64_t v)
{
	unsigned i;

	n->shape = IUPLUS_ASN1_INTEGER;
	n->number = v;
	n->is_unsigned = t->is_unsigned;
	for (i = 0; i < t->name_count && !n->label; i++) {
		if (t->names[i].number == v)
			n->label = t->names[i].name;
	}
}

static void enumerated(struct iuplus_asn1_node *n, const struct per_type *t, long v)
{
	int i;

	n->shape = IUPLUS_ASN1_ENUMERATED;
	n->number = v - t->root;
	for (i = 0; i < t->enumeration->map_count && !n->label; i++) {
		if (t->enumeration->value2enum[i].nat_value == v)
			n->label = t->enumeration->value2enum[i].enum_name;
	}
}

static int64_t big(const OCTET_STRING_t *s)
{
	int64_t v = s->size && s->buf[0] & 128 ? -1 : 0;
	int i;

	for (i = 0; i < s->size; i++)
		v = (int64_t)((uint64_t)v << 8 | s->buf[i]);
	return v;
}

static void bits(struct iuplus_asn1_node *n, const struct per_type *t, const BIT_STRING_t *s)
{
	n->shape = IUPLUS_ASN1_BITS;
	n->octets = s->buf;
	n->bits = 8 * (size_t)s->size - (size_t)s->bits_unused;
	n->bit_names = t->name_count ? (const struct iuplus_asn1_bit_names *)(const void *)t : NULL;
}

static void string(struct iuplus_asn1_node *n, enum iuplus_asn1_shape shape, const OCTET_STRING_t *s)
{
	n->shape = shape;
	n->octets = s->buf;
	n->bits = 8 * (size_t)s->size;
}

/* Decodes the octets as inner. *value is the value if it encodes to the same octets, otherwise NULL. IUPLUS_OK or
 * IUPLUS_ERR_MEMORY. */
static int opened(struct walk *w, const struct iuplus_asn1_type *inner, const uint8_t *octets, size_t size,
		  void **value)
{
	enum iuplus_asn1_rules rules = containing_rules(inner);
	struct iuplus_octets again;
	size_t whole = (size + 7) / 8;
	int rc;

	rc = iuplus_asn1_decode(inner, rules, octets, size, IUPLUS_ASN1_EXACT, w->arena, value, NULL);
	if (*value) {
		rc = iuplus_asn1_encode(inner, rules, *value, 0, w->arena, &again, NULL, NULL);
		if (rc || again.len != whole || memcmp(again.data, octets, whole) != 0)
			*value = NULL;
	}
	return rc == IUPLUS_ERR_MEMORY ? rc : IUPLUS_OK;
}

/* The node of a string that contains an encoding; *n is initially the node of a string. Returns 1 if it contains
 * one. */
static int inside(struct walk *w, struct iuplus_asn1_node *n, enum iuplus_asn1_open_kind kind,
		  const struct iuplus_asn1_type *inner)
{
	const struct spot top = { 0 };
	const char *outer = w->protocol;
	void *value = NULL;
	int rc = n->bits ? opened(w, inner, n->octets, n->bits, &value) : IUPLUS_OK;

	if (rc || !value)
		return rc;
	n->shape = IUPLUS_ASN1_OPEN;
	n->open = kind;
	n->container = n->type;
	n->protocol = inner->protocol;
	n->type = inner->name;
	n->holds_child = true;
	rc = begin(w, n);
	w->protocol = inner->protocol;
	if (!rc)
		rc = value_of(w, per_type_of(inner), value, &top);
	w->protocol = outer;
	if (!rc)
		rc = end(w, n);
	return rc ? rc : 1;
}

static int leaf(struct walk *w, const struct per_type *t, const void *value, const struct spot *spot)
{
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_NULL, per_type_name(t, w->protocol), spot);
	const struct iuplus_asn1_type *inner = NULL;
	int rc;

	switch ((enum per_kind)t->kind) {
	case PER_BOOLEAN:
		n.shape = IUPLUS_ASN1_BOOLEAN;
		n.number = *(const int *)value != 0;
		break;
	case PER_INTEGER:
		number(&n, t, *(const long *)value);
		break;
	case PER_BIG_INTEGER:
		number(&n, t, big(value));
		break;
	case PER_ENUMERATED:
		enumerated(&n, t, *(const long *)value);
		break;
	case PER_BITS:
		bits(&n, t, value);
		break;
	case PER_OCTETS:
		string(&n, IUPLUS_ASN1_OCTETS, value);
		break;
	case PER_OID:
		string(&n, IUPLUS_ASN1_OID, value);
		break;
	case PER_CHARACTERS:
		string(&n, IUPLUS_ASN1_CHARACTERS, value);
		break;
	default:
		break;
	}
	if (n.shape == IUPLUS_ASN1_BITS || n.shape == IUPLUS_ASN1_OCTETS)
		inner = containing_type(w->protocol, spot->owner, n.type, spot->name);
	if (inner && w->depth < DEEPEST / 2) {
		rc = inside(w, &n, IUPLUS_ASN1_OPEN_CONTAINING, inner);
		if (rc)
			return rc == 1 ? 0 : rc;
	}
	n.inner = containing_perhaps(w->protocol, spot->owner, n.type, spot->name) ? NULL : inner;
	return w->visit(w->user, &n, false);
}

static int sequence(struct walk *w, const struct per_type *t, const void *base, const struct spot *spot)
{
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_SEQUENCE, per_type_name(t, w->protocol), spot);
	unsigned i;
	int rc = begin(w, &n);

	for (i = 0; !rc && i < t->count; i++) {
		const void *value = at(&t->members[i], base);
		const struct spot member = { .name = t->members[i].name, .owner = n.type };

		if (value)
			rc = value_of(w, t->members[i].type, value, &member);
	}
	return rc ? rc : end(w, &n);
}

static int choice(struct walk *w, const struct per_type *t, const void *base, const struct spot *spot)
{
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_CHOICE, per_type_name(t, w->protocol), spot);
	unsigned chosen = *(const unsigned *)(const void *)((const uint8_t *)base + t->present_offset);
	int rc = begin(w, &n);

	if (!rc && chosen > 0 && chosen <= t->count) {
		const struct per_member *m = &t->members[chosen - 1];
		const struct spot member = { .name = m->name, .owner = n.type };

		if (at(m, base))
			rc = value_of(w, m->type, at(m, base), &member);
	}
	return rc ? rc : end(w, &n);
}

static int list(struct walk *w, const struct per_type *t, const void *value, const struct spot *spot)
{
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_LIST, per_type_name(t, w->protocol), spot);
	const struct per_list *l = value;
	int i, rc = begin(w, &n);

	for (i = 0; !rc && i < l->count; i++) {
		const struct spot item = { .index = (unsigned)i };

		rc = value_of(w, t->members[0].type, l->array[i], &item);
	}
	return rc ? rc : end(w, &n);
}

static int id_node(struct walk *w, long id, const char *label)
{
	const struct spot spot = { .name = "id" };
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_INTEGER, "ProtocolIE-ID", &spot);

	n.number = id;
	n.label = label;
	return w->visit(w->user, &n, false);
}

static int criticality_node(struct walk *w, const char *name, long criticality)
{
	static const char *const names[] = { "reject", "ignore", "notify" };
	const struct spot spot = { .name = name };
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_ENUMERATED, "Criticality", &spot);

	n.label = names[criticality >= 0 && criticality <= 2 ? criticality : 0];
	return w->visit(w->user, &n, false);
}

static int open_octets(struct walk *w, const char *name, const uint8_t *octets, size_t length)
{
	const struct spot spot = { .name = name };
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_OPEN, NULL, &spot);

	n.octets = octets;
	n.bits = 8 * length;
	return w->visit(w->user, &n, false);
}

static int open_value(struct walk *w, const char *name, const struct per_type *t, const void *value, const char *owner)
{
	const struct spot spot = { .name = name }, top = { .owner = owner };
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_OPEN, per_type_name(t, w->protocol), &spot);
	int rc;

	n.holds_child = true;
	rc = begin(w, &n);
	if (!rc)
		rc = value_of(w, t, value, &top);
	return rc ? rc : end(w, &n);
}

/* A transparent container: the walk enters a radio network's. */
static int direct(struct walk *w, const char *name, const struct per_member *m, const void *value)
{
	const struct iuplus_asn1_type *inner = containing_direct(w->protocol, m->name);
	const struct spot spot = { .name = name };
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_OPEN, NULL, &spot), plain;
	int rc = 0;

	string(&n, IUPLUS_ASN1_OCTETS, value);
	plain = n;
	if (inner)
		rc = inside(w, &n, IUPLUS_ASN1_OPEN_CONTAINER, inner);
	if (rc)
		return rc == 1 ? 0 : rc;
	return w->visit(w->user, &plain, false);
}

/* The order of an IE's parts in JSON, not that of the encoding: the id of an extension comes last. */
static int one_ie(struct walk *w, const struct per_type *t, unsigned i, const void *value, unsigned index)
{
	const struct per_ie *ie = &t->set->ies[i];
	const struct per_member *m = &t->members[i];
	const struct spot item = { .index = index };
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_SEQUENCE, NULL, &item);
	bool pair = t->set->kind == PER_SET_PAIR;
	const char *name = t->set->kind == PER_SET_EXTENSIONS ? "extensionValue" : pair ? "firstValue" : "value";
	int rc;

	n.type = t->set->kind == PER_SET_EXTENSIONS ? "ProtocolExtensionField" :
		 pair                               ? "ProtocolIE-FieldPair" :
						      "ProtocolIE-Field";
	n.label = m->name;
	rc = begin(w, &n);
	if (!rc)
		rc = id_node(w, ie->id, m->name);
	if (!rc)
		rc = criticality_node(w, pair ? "firstCriticality" : "criticality", ie->criticality);
	if (!rc && pair) {
		const struct per_member *f = m->type->members;

		rc = open_value(w, name, f[0].type, at(&f[0], value), t->set->name);
		if (!rc)
			rc = criticality_node(w, "secondCriticality", ie->second_criticality);
		if (!rc)
			rc = open_value(w, "secondValue", f[1].type, at(&f[1], value), t->set->name);
	} else if (!rc && ie->direct) {
		rc = direct(w, name, m, value);
	} else if (!rc) {
		rc = open_value(w, name, m->type, value, t->set->name);
	}
	return rc ? rc : end(w, &n);
}

/* Unknown item i of the list; a pair has two. */
static int one_unknown(struct walk *w, const struct per_set *s, const struct per_list *l, int i, unsigned index)
{
	const struct per_unknown *u = l->array[i],
				 *v = s->kind == PER_SET_PAIR && i + 1 < l->count ? l->array[i + 1] : NULL;
	const struct spot item = { .index = index };
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_SEQUENCE, NULL, &item);
	bool extension = s->kind == PER_SET_EXTENSIONS;
	int rc;

	n.type = extension ? "ProtocolExtensionField" : v ? "ProtocolIE-FieldPair" : "ProtocolIE-Field";
	rc = begin(w, &n);
	if (!rc)
		rc = id_node(w, u->id, NULL);
	if (!rc)
		rc = criticality_node(w, v ? "firstCriticality" : "criticality", u->criticality);
	if (!rc)
		rc = open_octets(w,
				 extension ? "extensionValue" :
				 v         ? "firstValue" :
					     "value",
				 u->octets, (size_t)u->length);
	if (!rc && v)
		rc = criticality_node(w, "secondCriticality", v->criticality);
	if (!rc && v)
		rc = open_octets(w, "secondValue", v->octets, (size_t)v->length);
	return rc ? rc : end(w, &n);
}

/* The IEs in the order of the encoding, with unknown ones in their places. */
static int set(struct walk *w, const struct per_type *t, const void *base, const struct spot *spot)
{
	const struct per_set *s = t->set;
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_LIST, s->name, spot);
	const struct per_list *l = at(&t->members[s->count], base);
	unsigned written = 0, i;
	int done = 0, rc = s->single ? 0 : begin(w, &n);

	for (i = 0; !rc && i <= s->count; i++) {
		const void *value = i < s->count ? at(&t->members[i], base) : NULL;

		if (!value && i < s->count)
			continue;
		while (!rc && l && done < l->count &&
		       (i == s->count || ((const struct per_unknown *)l->array[done])->place <= (long)written)) {
			rc = one_unknown(w, s, l, done, s->single ? spot->index : written);
			done += s->kind == PER_SET_PAIR ? 2 : 1;
			written++;
		}
		if (!rc && value)
			rc = one_ie(w, t, i, value, s->single ? spot->index : written++);
	}
	return rc || s->single ? rc : end(w, &n);
}

static int procedure(struct walk *w, const struct per_type *t, const void *base, const struct spot *spot)
{
	const struct per_procedures *r = t->procedures;
	const struct per_member *value = &t->members[r->value_member];
	struct iuplus_asn1_node n = start(w, IUPLUS_ASN1_SEQUENCE, per_type_name(t, w->protocol), spot);
	const uint8_t *c = at(value, base);
	unsigned chosen = *(const unsigned *)(const void *)(c + value->type->present_offset), i;
	int rc = begin(w, &n);

	for (i = 0; !rc && i < t->count; i++) {
		const struct per_member *m = &t->members[i];
		const struct spot member = { .name = m->name, .owner = n.type };

		if (i != r->value_member) {
			rc = value_of(w, m->type, at(m, base), &member);
		} else if (chosen - 1 == r->count) {
			const OCTET_STRING_t *s = at(&value->type->members[r->count], c);

			rc = open_octets(w, m->name, s->buf, (size_t)s->size);
		} else if (chosen > 0 && chosen <= r->count) {
			rc = open_value(w, m->name, value->type->members[chosen - 1].type,
					at(&value->type->members[chosen - 1], c), NULL);
		}
	}
	return rc ? rc : end(w, &n);
}

static int value_of(struct walk *w, const struct per_type *t, const void *value, const struct spot *spot)
{
	switch ((enum per_kind)t->kind) {
	case PER_SEQUENCE:
		return sequence(w, t, value, spot);
	case PER_CHOICE:
		return choice(w, t, value, spot);
	case PER_LIST:
		return list(w, t, value, spot);
	case PER_SET:
		return set(w, t, value, spot);
	case PER_PROCEDURE:
		return procedure(w, t, value, spot);
	default:
		return leaf(w, t, value, spot);
	}
}

int iuplus_asn1_walk(const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena,
		     iuplus_asn1_visit *visit, void *user)
{
	struct walk w = { .arena = arena, .visit = visit, .user = user };
	const struct per_type *t = per_type_of(type);
	const struct spot top = { 0 };

	if (!t || !value || !arena || !visit)
		return IUPLUS_ERR_ARGUMENT;
	w.protocol = type->protocol;
	return value_of(&w, t, value, &top);
}
