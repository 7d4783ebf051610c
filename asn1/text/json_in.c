/* SPDX-License-Identifier: BSD-2-Clause */
/* json_in.c: values from the JSON that json.c and the tools write. */
#include "asn1/text/json_in.h"

#include <stdlib.h>
#include <string.h>

#include <BIT_STRING.h>
#include <INTEGER.h>
#include <OCTET_STRING.h>

#include "asn1/text/containing.h"

#define AT_THE_END 65535
#define DEEPEST 200u

struct reader {
	struct iuplus_arena *arena;
	const char *protocol;
	struct per_failure failure;
	unsigned depth;
};

static int value_of(struct reader *r, const struct per_type *t, const json_t *j, void *value);

static int wrong(struct reader *r, const char *what)
{
	return per_fail(&r->failure, IUPLUS_ERR_CONSTRAINT, what, 0);
}

static int out_of_memory(struct reader *r)
{
	return per_fail(&r->failure, IUPLUS_ERR_MEMORY, "the arena is at its limit", 0);
}

static int nibble(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *p = c ? strchr(digits, c | 32) : NULL;

	return p ? (int)(p - digits) : -1;
}

static int hex(struct reader *r, const char *s, uint8_t **octets, int *size)
{
	size_t n = strlen(s), i;
	uint8_t *o = arena_take(r->arena, n / 2 + 1);

	if (!o)
		return out_of_memory(r);
	if (n % 2)
		return wrong(r, "an odd number of hexadecimal digits");
	for (i = 0; i < n / 2; i++) {
		int high = nibble(s[2 * i]), low = nibble(s[2 * i + 1]);

		if (high < 0 || low < 0)
			return wrong(r, "not a hexadecimal digit");
		o[i] = (uint8_t)(high << 4 | low);
	}
	*octets = o;
	*size = (int)(n / 2);
	return 0;
}

/* An open type of unknown type: {"$open": octets}. */
static int open_octets(struct reader *r, const json_t *j, uint8_t **octets, int *size)
{
	const char *s = json_string_value(json_object_get(j, "$open"));

	return s ? hex(r, s, octets, size) : wrong(r, "neither a type that is known here nor {\"$open\": octets}");
}

static int number_of(struct reader *r, const struct per_type *t, const json_t *j, int64_t *v)
{
	const char *s = json_string_value(j);
	unsigned i;

	if (json_is_integer(j)) {
		*v = json_integer_value(j);
		return 0;
	}
	if (!s)
		return wrong(r, "not a whole number");
	for (i = 0; i < t->name_count; i++) {
		if (strcmp(t->names[i].name, s) == 0) {
			*v = t->names[i].number;
			return 0;
		}
	}
	return wrong(r, "not the name of a number of this type");
}

static int big_integer(struct reader *r, const struct per_type *t, const json_t *j, void *value)
{
	OCTET_STRING_t *s = value;
	int64_t v;
	int i, rc = number_of(r, t, j, &v);

	if (rc)
		return rc;
	s->buf = arena_take(r->arena, 8);
	if (!s->buf)
		return out_of_memory(r);
	for (i = 0; i < 8; i++)
		s->buf[i] = (uint8_t)((uint64_t)v >> (56 - 8 * i));
	s->size = 8;
	while (s->size > 1 && ((s->buf[0] == 0 && s->buf[1] < 128) || (s->buf[0] == 255 && s->buf[1] >= 128))) {
		s->buf++;
		s->size--;
	}
	return 0;
}

static int enumerated(struct reader *r, const struct per_type *t, const json_t *j, long *value)
{
	const json_t *later = json_object_get(j, "asn1_enum");
	const char *s = json_string_value(j);
	int i;

	if (later && json_is_integer(later) && json_integer_value(later) >= 0 &&
	    json_integer_value(later) < INT32_MAX - 65536) {
		*value = (long)json_integer_value(later) + t->root;
		return 0;
	}
	for (i = 0; s && i < t->enumeration->map_count; i++) {
		if (strcmp(t->enumeration->value2enum[i].enum_name, s) == 0) {
			*value = t->enumeration->value2enum[i].nat_value;
			return 0;
		}
	}
	return wrong(r, "not a value of the enumeration");
}

/* The contents of a string given as a value: returns its encoding, of *bits bits. */
static int containing(struct reader *r, const json_t *j, uint8_t **octets, size_t *bits)
{
	const json_t *content = json_object_get(j, "containing"), *count = json_object_get(j, "bits");
	void *at = json_object_iter((json_t *)(uintptr_t)content), *value;
	const char *name = at ? json_object_iter_key(at) : NULL, *outer = r->protocol;
	const struct iuplus_asn1_type *type = name ? per_contained_type(name) : NULL;
	struct iuplus_asn1_error e;
	struct iuplus_octets encoding;
	int rc;

	if (!type || json_object_size(content) != 1)
		return wrong(r, "not {\"containing\": {\"Type\": value}}");
	value = arena_take(r->arena, iuplus_asn1_size(type));
	if (!value)
		return out_of_memory(r);
	r->protocol = type->protocol;
	rc = value_of(r, per_type_of(type), json_object_iter_value(at), value);
	r->protocol = outer;
	if (!rc) {
		rc = iuplus_asn1_encode(type, containing_rules(type), value, 0, r->arena, &encoding, NULL, &e);
		if (rc) {
			per_fail(&r->failure, rc, e.what, 0);
			if (e.path[0])
				per_fail_in(&r->failure, rc, e.path, 0);
		}
	}
	if (rc) {
		per_fail_in(&r->failure, rc, name, 0);
		return per_fail_in(&r->failure, rc, "containing", 0);
	}
	*octets = (uint8_t *)(uintptr_t)encoding.data;
	*bits = 8 * encoding.len;
	if (count) {
		json_int_t n = json_is_integer(count) ? json_integer_value(count) : -1;

		if (n < 0 || (uint64_t)n > *bits || (uint64_t)n + 8 <= *bits)
			return wrong(r, "bits is not the length of the contents");
		*bits = (size_t)n;
	}
	return 0;
}

static int octet_string(struct reader *r, const json_t *j, void *value)
{
	OCTET_STRING_t *s = value;
	const char *text = json_string_value(j);
	size_t bits;
	int rc;

	if (text)
		return hex(r, text, &s->buf, &s->size);
	if (!json_is_object(j))
		return wrong(r, "not hexadecimal octets");
	rc = containing(r, j, &s->buf, &bits);
	if (!rc)
		s->size = (int)(bits / 8);
	return rc;
}

/* Named bits: ["name", {"bit": 3}]. */
static int bit_names(struct reader *r, const struct per_type *t, const json_t *j, BIT_STRING_t *s)
{
	size_t bits = t->bounds.constrained && t->bounds.low > 0 && !t->named_bits ? (size_t)t->bounds.low : 0, i;
	unsigned pass, n;

	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i < json_array_size(j); i++) {
			const json_t *item = json_array_get(j, i), *at = json_object_get(item, "bit");
			const char *name = json_string_value(item);
			int64_t number = at && json_is_integer(at) ? json_integer_value(at) : -1;

			for (n = 0; name && n < t->name_count; n++) {
				if (strcmp(t->names[n].name, name) == 0)
					number = t->names[n].number;
			}
			if (number < 0 || number > 65535)
				return wrong(r, "not the name of a bit of this type");
			if (pass)
				s->buf[number / 8] |= (uint8_t)(128 >> (number & 7));
			else if ((size_t)number >= bits)
				bits = (size_t)number + 1;
		}
		if (pass)
			break;
		s->size = (int)((bits + 7) / 8);
		s->bits_unused = (int)(8 * (size_t)s->size - bits);
		s->buf = arena_take(r->arena, (size_t)s->size + 1);
		if (!s->buf)
			return out_of_memory(r);
	}
	return 0;
}

static int bit_string(struct reader *r, const struct per_type *t, const json_t *j, void *value)
{
	BIT_STRING_t *s = value;
	const char *text = json_string_value(j);
	size_t bits, i;
	int rc;

	if (json_is_array(j) && t->name_count)
		return bit_names(r, t, j, s);
	if (json_is_object(j)) {
		rc = containing(r, j, &s->buf, &bits);
		if (rc)
			return rc;
		s->size = (int)((bits + 7) / 8);
		s->bits_unused = (int)(8 * (size_t)s->size - bits);
		return 0;
	}
	if (!text)
		return wrong(r, "not bits");
	if (strncmp(text, "b'", 2) != 0)
		return hex(r, text, &s->buf, &s->size);
	bits = strlen(text += 2);
	s->buf = arena_take(r->arena, bits / 8 + 1);
	if (!s->buf)
		return out_of_memory(r);
	for (i = 0; i < bits; i++) {
		if (text[i] != '0' && text[i] != '1')
			return wrong(r, "neither 0 nor 1");
		if (text[i] == '1')
			s->buf[i / 8] |= (uint8_t)(128 >> (i & 7));
	}
	s->size = (int)((bits + 7) / 8);
	s->bits_unused = (int)(8 * (size_t)s->size - bits);
	return 0;
}

static int object_identifier(struct reader *r, const json_t *j, void *value)
{
	OCTET_STRING_t *s = value;
	const char *text = json_string_value(j);
	uint64_t arc, first = 0;
	unsigned n;
	char *after;

	if (!text)
		return wrong(r, "not an object identifier");
	s->buf = arena_take(r->arena, 2 * strlen(text) + 16);
	if (!s->buf)
		return out_of_memory(r);
	for (n = 0; *text; n++) {
		if (*text < '0' || *text > '9')
			return wrong(r, "not an object identifier");
		arc = strtoull(text, &after, 10);
		if (arc > UINT64_MAX / 2 || (n == 0 && arc > 2) || (n == 1 && first < 2 && arc > 39) ||
		    (*after && *after != '.'))
			return wrong(r, "not an object identifier");
		text = *after ? after + 1 : after;
		if (n == 0) {
			first = arc;
		} else {
			int shift = 63;

			arc += n == 1 ? 40 * first : 0;
			while (shift > 0 && !(arc >> shift))
				shift -= 7;
			for (; shift >= 0; shift -= 7)
				s->buf[s->size++] = (uint8_t)((arc >> shift & 127) | (shift ? 128 : 0));
		}
	}
	return n < 2 ? wrong(r, "not an object identifier") : 0;
}

static int characters(struct reader *r, const json_t *j, void *value)
{
	OCTET_STRING_t *s = value;
	const char *text = json_string_value(j);

	if (!text)
		return wrong(r, "not a string");
	s->size = (int)strlen(text);
	s->buf = iuplus_arena_copy(r->arena, text, (size_t)s->size);
	return s->buf ? 0 : out_of_memory(r);
}

static void *place(struct reader *r, const struct per_member *m, void *base)
{
	void **p = (void **)((uint8_t *)base + m->offset);

	if (!m->pointer)
		return p;
	*p = arena_take(r->arena, m->type->size ? m->type->size : 1);
	return *p;
}

static int member(struct reader *r, const struct per_member *m, const json_t *j, void *base)
{
	void *p = place(r, m, base);
	int rc = p ? value_of(r, m->type, j, p) : out_of_memory(r);

	return rc ? per_fail_in(&r->failure, rc, m->name, 0) : 0;
}

static int sequence(struct reader *r, const struct per_type *t, const json_t *j, void *base)
{
	size_t used = 0;
	unsigned i;
	int rc;

	if (!json_is_object(j))
		return wrong(r, "not an object");
	for (i = 0; i < t->count; i++) {
		const struct per_member *m = &t->members[i];
		const json_t *v = json_object_get(j, m->name);

		if (v) {
			rc = member(r, m, v, base);
			if (rc)
				return rc;
			used++;
		} else if (m->has_default) {
			void *p = place(r, m, base);

			if (!p)
				return out_of_memory(r);
			if (m->type->kind == PER_BOOLEAN)
				*(int *)p = (int)m->default_value;
			else
				*(long *)p = (long)m->default_value;
		} else if (!m->optional) {
			return per_fail_in(&r->failure,
					   per_fail(&r->failure, IUPLUS_ERR_MISSING, "mandatory member is missing", 0),
					   m->name, 0);
		}
	}
	return used == json_object_size(j) ? 0 : wrong(r, "a member that the type does not have");
}

static int choice(struct reader *r, const struct per_type *t, const json_t *j, void *base)
{
	void *first = json_object_iter((json_t *)(uintptr_t)j);
	const char *name = first ? json_object_iter_key(first) : NULL;
	unsigned i;

	if (json_is_null(j))
		return 0; /* an unknown alternative: the encoder rejects it */
	if (!name || json_object_size(j) != 1)
		return wrong(r, "not an object of one member");
	for (i = 0; i < t->count; i++) {
		if (strcmp(t->members[i].name, name) == 0) {
			*(unsigned *)(void *)((uint8_t *)base + t->present_offset) = i + 1;
			return member(r, &t->members[i], json_object_iter_value(first), base);
		}
	}
	return wrong(r, "not an alternative of the type");
}

static int list(struct reader *r, const struct per_type *t, const json_t *j, void *value)
{
	struct per_list *l = value;
	const struct per_type *item = t->members[0].type;
	size_t count = json_array_size(j), i;
	size_t step = arena_round(item->size ? item->size : 1);
	uint8_t *items;
	int rc;

	if (!json_is_array(j))
		return wrong(r, "not an array");
	l->array = arena_take(r->arena, count * sizeof(*l->array) + 1);
	items = arena_take(r->arena, count * step + 1);
	if (!l->array || !items)
		return out_of_memory(r);
	for (i = 0; i < count; i++) {
		rc = value_of(r, item, json_array_get(j, i), items + i * step);
		if (rc)
			return per_fail_in(&r->failure, rc, NULL, (unsigned)i);
		l->array[l->count++] = items + i * step;
	}
	l->size = l->count;
	return 0;
}

static int criticality(struct reader *r, const json_t *j, const char *name, long *value)
{
	static const char *const names[] = { "reject", "ignore", "notify" };
	const char *s = json_string_value(json_object_get(j, name));

	for (*value = 0; s && *value < 3; ++*value) {
		if (strcmp(s, names[*value]) == 0)
			return 0;
	}
	return wrong(r, "no criticality");
}

/* The octets of a container, given as octets or as a radio network's value. */
static int direct(struct reader *r, const char *member_name, const json_t *j, void *value)
{
	OCTET_STRING_t *s = value;
	const char *text = json_string_value(j);
	const struct iuplus_asn1_type *type = containing_direct(r->protocol, member_name);
	struct iuplus_octets encoding;
	struct iuplus_asn1_error e;
	void *inner;
	int rc;

	if (text)
		return hex(r, text, &s->buf, &s->size);
	inner = type ? arena_take(r->arena, iuplus_asn1_size(type)) : NULL;
	if (!inner)
		return type ? out_of_memory(r) : wrong(r, "not octets");
	rc = value_of(r, per_type_of(type), j, inner);
	if (rc)
		return rc;
	rc = iuplus_asn1_encode(type, IUPLUS_ASN1_APER, inner, 0, r->arena, &encoding, NULL, &e);
	if (rc) {
		per_fail(&r->failure, rc, e.what, 0);
		return e.path[0] ? per_fail_in(&r->failure, rc, e.path, 0) : rc;
	}
	s->buf = (uint8_t *)(uintptr_t)encoding.data;
	s->size = (int)encoding.len;
	return 0;
}

static int pair(struct reader *r, const struct per_type *t, const json_t *j, void *value)
{
	const json_t *first = json_object_get(j, "firstValue"), *second = json_object_get(j, "secondValue");
	int rc;

	if (!first || !second)
		return wrong(r, "not a pair of values");
	rc = member(r, &t->members[0], first, value);
	return rc ? rc : member(r, &t->members[1], second, value);
}

static int known_ie(struct reader *r, const struct per_type *t, unsigned i, const json_t *j, void *base)
{
	const struct per_member *m = &t->members[i];
	const json_t *v = json_object_get(j, t->set->kind == PER_SET_EXTENSIONS ? "extensionValue" : "value");
	void **p = (void **)((uint8_t *)base + m->offset);
	int rc;

	if (*p)
		return wrong(r, "a repeated IE");
	*p = arena_take(r->arena, m->type->size ? m->type->size : 1);
	if (!*p)
		return out_of_memory(r);
	if (t->set->kind == PER_SET_PAIR)
		rc = pair(r, m->type, j, *p);
	else if (!v)
		rc = wrong(r, "an IE without a value");
	else if (t->set->ies[i].direct)
		rc = direct(r, m->name, v, *p);
	else
		rc = value_of(r, m->type, v, *p);
	return rc ? per_fail_in(&r->failure, rc, m->name, 0) : 0;
}

static int keep(struct reader *r, const struct per_type *t, struct per_list *l, const json_t *value, long place_,
		long id, long crit)
{
	struct per_unknown *u = arena_take(r->arena, t->members[t->set->count].type->members[0].type->size);

	if (!u)
		return out_of_memory(r);
	u->place = place_;
	u->id = id;
	u->criticality = crit;
	l->array[l->count++] = u;
	return open_octets(r, value, &u->octets, &u->length);
}

static int unknown_ie(struct reader *r, const struct per_type *t, const json_t *j, void *base, size_t place_,
		      size_t left, long id)
{
	const struct per_member *m = &t->members[t->set->count];
	struct per_list **l = (struct per_list **)(void *)((uint8_t *)base + m->offset);
	bool two = t->set->kind == PER_SET_PAIR;
	const char *value = t->set->kind == PER_SET_EXTENSIONS ? "extensionValue" : two ? "firstValue" : "value";
	long crit;
	int rc = criticality(r, j, two ? "firstCriticality" : "criticality", &crit);

	if (rc)
		return rc;
	if (!*l) {
		*l = arena_take(r->arena, m->type->size);
		if (!*l)
			return out_of_memory(r);
		(*l)->size = (int)(2 * left);
		(*l)->array = arena_take(r->arena, 2 * left * sizeof(void *));
		if (!(*l)->array)
			return out_of_memory(r);
	}
	rc = keep(r, t, *l, json_object_get(j, value), (long)place_, id, crit);
	if (rc || !two)
		return rc;
	rc = criticality(r, j, "secondCriticality", &crit);
	return rc ? rc : keep(r, t, *l, json_object_get(j, "secondValue"), (long)place_, id, crit);
}

static int set(struct reader *r, const struct per_type *t, const json_t *j, void *base)
{
	const struct per_set *s = t->set;
	size_t count = s->single ? 1 : json_array_size(j), i;
	int rc = 0;

	if (!s->single && (!json_is_array(j) || count > AT_THE_END))
		return wrong(r, "not an array of IEs");
	for (i = 0; !rc && i < count; i++) {
		const json_t *ie = s->single ? j : json_array_get(j, i), *id = json_object_get(ie, "id");
		json_int_t number = json_is_integer(id) ? json_integer_value(id) : -1;
		unsigned n;

		if (number < 0 || number > 65535)
			return per_fail_in(&r->failure, wrong(r, "an IE without an id from 0 to 65535"), NULL,
					   (unsigned)i);
		for (n = 0; n < s->count && s->ies[n].id != number; n++)
			;
		if (n < s->count)
			rc = known_ie(r, t, n, ie, base);
		else
			rc = unknown_ie(r, t, ie, base, i, count - i, (long)number);
		if (rc && n == s->count)
			per_fail_in(&r->failure, rc, NULL, (unsigned)i);
	}
	return rc;
}

static long procedure_key(const struct per_type *t, const uint8_t *base)
{
	const struct per_procedures *p = t->procedures;
	const uint8_t *key = base + t->members[p->key_member].offset;

	if (p->key_parts == 1)
		return *(const long *)(const void *)key;
	return *(const long *)(const void *)(key + p->code_offset) |
	       *(const long *)(const void *)(key + p->mode_offset) << 8;
}

static int procedure(struct reader *r, const struct per_type *t, const json_t *j, void *base)
{
	const struct per_procedures *p = t->procedures;
	const struct per_member *value = &t->members[p->value_member], *m;
	const json_t *content = json_object_get(j, value->name);
	uint8_t *c = (uint8_t *)base + value->offset;
	unsigned i;
	long key;
	int rc;

	for (i = 0; i < t->count; i++) {
		const json_t *v = json_object_get(j, t->members[i].name);

		if (!v)
			return per_fail_in(&r->failure,
					   per_fail(&r->failure, IUPLUS_ERR_MISSING, "mandatory member is missing", 0),
					   t->members[i].name, 0);
		if (i == p->value_member)
			continue;
		rc = member(r, &t->members[i], v, base);
		if (rc)
			return rc;
	}
	key = procedure_key(t, base);
	i = key >= 0 && key < PER_KEYS && !json_object_get(content, "$open") ? p->by_key[key] : p->count;
	m = &value->type->members[i];
	*(unsigned *)(void *)(c + value->type->present_offset) = i + 1;
	if (i == p->count) {
		OCTET_STRING_t *s = place(r, m, c);

		rc = s ? open_octets(r, content, &s->buf, &s->size) : out_of_memory(r);
		return rc ? per_fail_in(&r->failure, rc, value->name, 0) : 0;
	}
	rc = member(r, m, content, c);
	return rc ? per_fail_in(&r->failure, rc, value->name, 0) : 0;
}

static int dispatch(struct reader *r, const struct per_type *t, const json_t *j, void *value)
{
	int64_t v = 0;
	int rc;

	switch ((enum per_kind)t->kind) {
	case PER_NULL:
		return json_is_null(j) ? 0 : wrong(r, "not null");
	case PER_BOOLEAN:
		*(int *)value = json_is_true(j);
		return json_is_boolean(j) ? 0 : wrong(r, "neither true nor false");
	case PER_INTEGER:
		rc = number_of(r, t, j, &v);
		*(long *)value = (long)v;
		return rc;
	case PER_BIG_INTEGER:
		return big_integer(r, t, j, value);
	case PER_ENUMERATED:
		return enumerated(r, t, j, value);
	case PER_BITS:
		return bit_string(r, t, j, value);
	case PER_OCTETS:
		return octet_string(r, j, value);
	case PER_OID:
		return object_identifier(r, j, value);
	case PER_CHARACTERS:
		return characters(r, j, value);
	case PER_SEQUENCE:
		return sequence(r, t, j, value);
	case PER_CHOICE:
		return choice(r, t, j, value);
	case PER_LIST:
		return list(r, t, j, value);
	case PER_SET:
		return set(r, t, j, value);
	case PER_PROCEDURE:
		return procedure(r, t, j, value);
	}
	return wrong(r, "type without a reader");
}

static int value_of(struct reader *r, const struct per_type *t, const json_t *j, void *value)
{
	int rc;

	if (r->depth == DEEPEST)
		return wrong(r, "nested too deep");
	r->depth++;
	rc = dispatch(r, t, j, value);
	r->depth--;
	return rc;
}

const struct iuplus_asn1_type *per_contained_type(const char *name)
{
	static const char *const protocols[] = { "RRC", "RANAP", "RNSAP" };
	const struct iuplus_asn1_type *type = NULL;
	unsigned i;

	for (i = 0; !type && i < sizeof(protocols) / sizeof(protocols[0]); i++)
		type = iuplus_asn1_find(protocols[i], name);
	return type;
}

void per_text_error(struct iuplus_asn1_error *error, const struct iuplus_asn1_type *type, int rc,
		    const struct per_failure *f)
{
	if (!error)
		return;
	memset(error, 0, sizeof(*error));
	error->rc = rc;
	error->type = type ? type->name : "";
	error->what = rc ? f->what : NULL;
	error->bit_offset = f->at;
	error->procedure = -1;
	strcpy(error->path, f->path + f->path_from);
}

int per_from_json(const struct iuplus_asn1_type *type, const json_t *root, struct iuplus_arena *arena, void **value,
		  struct iuplus_asn1_error *error)
{
	const struct per_type *t = per_type_of(type);
	struct reader r = { .arena = arena };
	int rc;

	per_fail(&r.failure, 0, NULL, 0);
	*value = NULL;
	if (!t) {
		rc = per_fail(&r.failure, IUPLUS_ERR_ARGUMENT, "no such type", 0);
	} else {
		void *v = arena_take(arena, t->size ? t->size : 1);

		r.protocol = type->protocol;
		rc = v ? value_of(&r, t, root, v) : out_of_memory(&r);
		if (!rc)
			*value = v;
	}
	per_text_error(error, type, rc, &r.failure);
	return rc;
}

int iuplus_asn1_from_json(const struct iuplus_asn1_type *type, const char *text, size_t len, struct iuplus_arena *arena,
			  void **value, struct iuplus_asn1_error *error)
{
	struct per_failure f;
	json_t *root;
	int rc;

	if (!text || !arena || !value) {
		per_text_error(error, type, IUPLUS_ERR_ARGUMENT, (per_fail(&f, 0, "no text, arena or value", 0), &f));
		return IUPLUS_ERR_ARGUMENT;
	}
	*value = NULL;
	rc = per_parse_json(text, len, arena, &root, &f);
	if (rc) {
		per_text_error(error, type, rc, &f);
		return rc;
	}
	rc = per_from_json(type, root, arena, value, error);
	json_decref(root);
	return rc;
}
