/* SPDX-License-Identifier: BSD-2-Clause */
/* json.c: a value as JSON, with the names of the modules. */
#include "asn1/per/per.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <BIT_STRING.h>
#include <INTEGER.h>
#include <OBJECT_IDENTIFIER.h>
#include <OCTET_STRING.h>

struct json {
	struct iuplus_arena *arena;
	char *text;
	size_t length, room;
	const char *protocol;
	bool full; /* out of memory: the rest is not written */
};

static void put(struct json *j, const char *s, size_t n)
{
	if (j->full)
		return;
	if (n > j->room - j->length) {
		size_t room = 2 * j->room > j->length + n ? 2 * j->room : j->length + n + 1024;
		char *p = arena_take(j->arena, room);

		if (!p) {
			j->full = true;
			return;
		}
		if (j->length)
			memcpy(p, j->text, j->length);
		j->text = p;
		j->room = room;
	}
	memcpy(j->text + j->length, s, n);
	j->length += n;
}

static void puts_(struct json *j, const char *s)
{
	put(j, s, strlen(s));
}

__attribute__((format(printf, 2, 3))) static void format(struct json *j, const char *f, ...)
{
	char s[128];
	va_list args;

	va_start(args, f);
	vsnprintf(s, sizeof(s), f, args);
	va_end(args);
	puts_(j, s);
}

static void value_of(struct json *j, const struct per_type *t, const void *value);

static void octets(struct json *j, const uint8_t *p, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	puts_(j, "\"");
	for (i = 0; i < n; i++) {
		const char two[2] = { digits[p[i] >> 4], digits[p[i] & 15] };

		put(j, two, 2);
	}
	puts_(j, "\"");
}

static const char *name_of(const struct per_type *t, int64_t number)
{
	unsigned i;

	for (i = 0; i < t->name_count; i++) {
		if (t->names[i].number == number)
			return t->names[i].name;
	}
	return NULL;
}

static void integer(struct json *j, const struct per_type *t, const void *value)
{
	int64_t v = *(const long *)value;
	const char *name = name_of(t, v);

	if (name)
		format(j, "\"%s\"", name);
	else if (t->is_unsigned)
		format(j, "%" PRIu64, (uint64_t)v);
	else
		format(j, "%" PRId64, v);
}

static void big_integer(struct json *j, const void *value)
{
	const OCTET_STRING_t *s = value;
	int64_t v = s->size && s->buf[0] & 128 ? -1 : 0;
	int i;

	for (i = 0; i < s->size; i++)
		v = (int64_t)((uint64_t)v << 8 | s->buf[i]);
	format(j, "%" PRId64, v);
}

static void enumerated(struct json *j, const struct per_type *t, long v)
{
	int i;

	for (i = 0; i < t->enumeration->map_count; i++) {
		if (t->enumeration->value2enum[i].nat_value == v) {
			format(j, "\"%s\"", t->enumeration->value2enum[i].enum_name);
			return;
		}
	}
	format(j, "{\"asn1_enum\":%ld}", v - t->root);
}

static bool bit(const BIT_STRING_t *s, size_t i)
{
	return s->buf[i / 8] >> (7 - (i & 7)) & 1;
}

static void bit_string(struct json *j, const struct per_type *t, const void *value)
{
	const BIT_STRING_t *s = value;
	size_t bits = 8 * (size_t)s->size - (size_t)s->bits_unused, i;
	const char *comma = "";

	if (t->name_count) {
		puts_(j, "[");
		for (i = 0; i < bits; i++) {
			const char *name = name_of(t, (int64_t)i);

			if (!bit(s, i))
				continue;
			if (name)
				format(j, "%s\"%s\"", comma, name);
			else
				format(j, "%s{\"bit\":%zu}", comma, i);
			comma = ",";
		}
		puts_(j, "]");
	} else if (bits & 7) {
		puts_(j, "\"b'");
		for (i = 0; i < bits; i++)
			puts_(j, bit(s, i) ? "1" : "0");
		puts_(j, "\"");
	} else {
		octets(j, s->buf, (size_t)s->size);
	}
}

static void characters(struct json *j, const void *value)
{
	const OCTET_STRING_t *s = value;
	int i;

	puts_(j, "\"");
	for (i = 0; i < s->size; i++) {
		if (s->buf[i] == '"' || s->buf[i] == '\\')
			puts_(j, "\\");
		put(j, (const char *)&s->buf[i], 1);
	}
	puts_(j, "\"");
}

/* The arcs, as 1.3.6. */
static void object_identifier(struct json *j, const void *value)
{
	const OCTET_STRING_t *s = value;
	uint64_t arc = 0;
	bool first = true;
	int i;

	puts_(j, "\"");
	for (i = 0; i < s->size; i++) {
		arc = arc << 7 | (s->buf[i] & 127);
		if (s->buf[i] & 128)
			continue;
		if (first) {
			uint64_t top = arc < 80 ? arc / 40 : 2;

			format(j, "%" PRIu64 ".%" PRIu64, top, arc - 40 * top);
		} else {
			format(j, ".%" PRIu64, arc);
		}
		first = false;
		arc = 0;
	}
	puts_(j, "\"");
}

static const void *at(const struct per_member *m, const void *base)
{
	const void *p = (const uint8_t *)base + m->offset;

	return m->pointer ? *(const void *const *)p : p;
}

/* Members ordered by name, so that two texts of the same value are equal. */
static void sequence(struct json *j, const struct per_type *t, const void *base)
{
	const char *last = "", *comma = "";
	unsigned i;

	puts_(j, "{");
	for (;;) {
		const struct per_member *next = NULL;

		for (i = 0; i < t->count; i++) {
			const struct per_member *m = &t->members[i];

			if (at(m, base) && strcmp(m->name, last) > 0 && (!next || strcmp(m->name, next->name) < 0))
				next = m;
		}
		if (!next)
			break;
		format(j, "%s\"", comma);
		puts_(j, next->name);
		puts_(j, "\":");
		value_of(j, next->type, at(next, base));
		comma = ",";
		last = next->name;
	}
	puts_(j, "}");
}

static void choice(struct json *j, const struct per_type *t, const void *base)
{
	unsigned chosen = *(const unsigned *)((const void *)((const uint8_t *)base + t->present_offset));
	const struct per_member *m;

	if (chosen == 0 || chosen > t->count) {
		puts_(j, "null");
		return;
	}
	m = &t->members[chosen - 1];
	puts_(j, "{\"");
	puts_(j, m->name);
	puts_(j, "\":");
	value_of(j, m->type, at(m, base));
	puts_(j, "}");
}

static void list(struct json *j, const struct per_type *t, const void *value)
{
	const struct per_list *l = value;
	int i;

	puts_(j, "[");
	for (i = 0; i < l->count; i++) {
		if (i)
			puts_(j, ",");
		value_of(j, t->members[0].type, l->array[i]);
	}
	puts_(j, "]");
}

static const char *const criticalities[] = { "reject", "ignore", "notify" };

static void open_octets(struct json *j, const struct per_unknown *u)
{
	puts_(j, "{\"$open\":");
	octets(j, u->octets, (size_t)u->length);
	puts_(j, "}");
}

/* The contents of a transparent container: the value of a radio network's, or the octets of another system's. */
static void direct(struct json *j, const char *member, const void *value)
{
	const struct iuplus_asn1_type *type =
		iuplus_asn1_find(j->protocol, strncmp(member, "source", 6) == 0 ?
						      "SourceRNC-ToTargetRNC-TransparentContainer" :
						      "TargetRNC-ToSourceRNC-TransparentContainer");
	const OCTET_STRING_t *s = value;
	void *inner = NULL;

	if (type)
		iuplus_asn1_decode(type, IUPLUS_ASN1_APER, s->buf, 8 * (size_t)s->size, IUPLUS_ASN1_EXACT, j->arena,
				   &inner, NULL);
	if (inner)
		value_of(j, per_type_of(type), inner);
	else
		octets(j, s->buf, (size_t)s->size);
}

static void one_ie(struct json *j, const struct per_type *t, unsigned i, const void *value)
{
	const struct per_set *s = t->set;
	const struct per_member *m = &t->members[i];
	const struct per_ie *ie = &s->ies[i];

	if (s->kind == PER_SET_PAIR) {
		const struct per_member *f = m->type->members;

		format(j, "{\"firstCriticality\":\"%s\",\"firstValue\":", criticalities[ie->criticality]);
		value_of(j, f[0].type, at(&f[0], value));
		format(j, ",\"id\":%u,\"secondCriticality\":\"%s\",\"secondValue\":", ie->id,
		       criticalities[ie->second_criticality]);
		value_of(j, f[1].type, at(&f[1], value));
		puts_(j, "}");
		return;
	}
	format(j, "{\"criticality\":\"%s\",", criticalities[ie->criticality]);
	if (s->kind == PER_SET_IES)
		format(j, "\"id\":%u,", ie->id);
	puts_(j, s->kind == PER_SET_IES ? "\"value\":" : "\"extensionValue\":");
	if (ie->direct)
		direct(j, m->name, value);
	else
		value_of(j, m->type, value);
	if (s->kind == PER_SET_EXTENSIONS)
		format(j, ",\"id\":%u", ie->id);
	puts_(j, "}");
}

/* Unknown item i of the list; a pair takes two items. Returns their number. */
static int one_unknown(struct json *j, const struct per_set *s, const struct per_list *l, int i)
{
	const struct per_unknown *u = l->array[i];
	const char *c = u->criticality >= 0 && u->criticality <= 2 ? criticalities[u->criticality] : "";

	if (s->kind == PER_SET_PAIR && i + 1 < l->count) {
		const struct per_unknown *v = l->array[i + 1];

		format(j, "{\"firstCriticality\":\"%s\",\"firstValue\":", c);
		open_octets(j, u);
		format(j, ",\"id\":%ld,\"secondCriticality\":\"%s\",\"secondValue\":", u->id,
		       v->criticality >= 0 && v->criticality <= 2 ? criticalities[v->criticality] : "");
		open_octets(j, v);
		puts_(j, "}");
		return 2;
	}
	format(j, "{\"criticality\":\"%s\",", c);
	if (s->kind != PER_SET_EXTENSIONS)
		format(j, "\"id\":%ld,", u->id);
	puts_(j, s->kind == PER_SET_EXTENSIONS ? "\"extensionValue\":" : "\"value\":");
	open_octets(j, u);
	if (s->kind == PER_SET_EXTENSIONS)
		format(j, ",\"id\":%ld", u->id);
	puts_(j, "}");
	return 1;
}

/* The IEs in the order of the encoding. */
static void set(struct json *j, const struct per_type *t, const void *base)
{
	const struct per_set *s = t->set;
	const struct per_list *l = at(&t->members[s->count], base);
	const char *comma = "";
	long written = 0;
	int done = 0;
	unsigned i;

	if (!s->single)
		puts_(j, "[");
	for (i = 0; i <= s->count; i++) {
		const void *value = i < s->count ? at(&t->members[i], base) : NULL;

		if (!value && i < s->count)
			continue;
		while (l && done < l->count &&
		       (i == s->count || ((const struct per_unknown *)l->array[done])->place <= written)) {
			puts_(j, comma);
			done += one_unknown(j, s, l, done);
			written++;
			comma = ",";
		}
		if (!value)
			break;
		puts_(j, comma);
		one_ie(j, t, i, value);
		written++;
		comma = ",";
	}
	if (!s->single)
		puts_(j, "]");
}

static void procedure(struct json *j, const struct per_type *t, const void *base)
{
	const struct per_procedures *r = t->procedures;
	const struct per_member *value = &t->members[r->value_member];
	const uint8_t *c = at(value, base);
	unsigned chosen = *(const unsigned *)(const void *)(c + value->type->present_offset), i;

	puts_(j, "{");
	for (i = 0; i < t->count; i++) {
		const struct per_member *m = &t->members[i];

		if (i)
			puts_(j, ",");
		format(j, "\"%s\":", m->name);
		if (i != r->value_member) {
			value_of(j, m->type, at(m, base));
		} else if (chosen == 0 || chosen > value->type->count) {
			puts_(j, "null");
		} else if (chosen - 1 == r->count) {
			const OCTET_STRING_t *s = at(&value->type->members[chosen - 1], c);

			puts_(j, "{\"$open\":");
			octets(j, s->buf, (size_t)s->size);
			puts_(j, "}");
		} else {
			value_of(j, value->type->members[chosen - 1].type, at(&value->type->members[chosen - 1], c));
		}
	}
	puts_(j, "}");
}

static void value_of(struct json *j, const struct per_type *t, const void *value)
{
	const OCTET_STRING_t *s = value;

	if (!value) {
		puts_(j, "null");
		return;
	}
	switch ((enum per_kind)t->kind) {
	case PER_NULL:
		puts_(j, "null");
		break;
	case PER_BOOLEAN:
		puts_(j, *(const int *)value ? "true" : "false");
		break;
	case PER_INTEGER:
		integer(j, t, value);
		break;
	case PER_BIG_INTEGER:
		big_integer(j, value);
		break;
	case PER_ENUMERATED:
		enumerated(j, t, *(const long *)value);
		break;
	case PER_BITS:
		bit_string(j, t, value);
		break;
	case PER_OCTETS:
		octets(j, s->buf, (size_t)s->size);
		break;
	case PER_OID:
		object_identifier(j, value);
		break;
	case PER_CHARACTERS:
		characters(j, value);
		break;
	case PER_SEQUENCE:
		sequence(j, t, value);
		break;
	case PER_CHOICE:
		choice(j, t, value);
		break;
	case PER_LIST:
		list(j, t, value);
		break;
	case PER_SET:
		set(j, t, value);
		break;
	case PER_PROCEDURE:
		procedure(j, t, value);
		break;
	}
}

int iuplus_asn1_json(const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena,
		     struct iuplus_octets *text)
{
	const struct per_type *t = per_type_of(type);
	struct json j = { .arena = arena };

	if (!t || !value || !text)
		return IUPLUS_ERR_ARGUMENT;
	j.protocol = type->protocol;
	value_of(&j, t, value);
	put(&j, "", 1);
	if (j.full)
		return IUPLUS_ERR_MEMORY;
	text->data = (const uint8_t *)j.text;
	text->len = j.length - 1;
	return IUPLUS_OK;
}
