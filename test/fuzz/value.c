/* SPDX-License-Identifier: BSD-2-Clause */
/* value.c: random values of ASN.1 types, and changes to values, using the engine's own tables. */
#include "test/fuzz/fuzz.h"

#include <limits.h>
#include <string.h>

#include "asn1/per/per.h"

#include <BIT_STRING.h>
#include <OCTET_STRING.h>

#define FUZZ_ROOM 3000 /* approximate number of nodes in one random value */
#define FUZZ_DEEP 40u

struct maker {
	struct fuzz_random *r;
	struct iuplus_arena *arena;
	const char *protocol;
	unsigned room, depth;
	bool failed; /* out of memory */
};

static void fill(struct maker *m, const struct per_type *t, void *value);

static void *take(struct maker *m, size_t size)
{
	void *p = iuplus_arena_alloc(m->arena, size ? size : 1);

	if (!p)
		m->failed = true;
	return p;
}

static void *make(struct maker *m, const struct per_type *t)
{
	void *p = take(m, t->size);

	if (p)
		fill(m, t, p);
	return p;
}

/* A number in the range, often one of its ends. */
static int64_t between(struct maker *m, int64_t low, int64_t high)
{
	uint64_t span = (uint64_t)high - (uint64_t)low;

	switch (fuzz_below(m->r, 4)) {
	case 0:
		return low;
	case 1:
		return high;
	default:
		return (int64_t)((uint64_t)low + (span == UINT64_MAX ? fuzz_next(m->r) : fuzz_next(m->r) % (span + 1)));
	}
}

static int64_t number(struct maker *m, const struct per_type *t)
{
	const struct per_bounds *b = &t->bounds;

	if (b->extensible && fuzz_one_in(m->r, 8)) {
		if (t->gaps && t->gaps[1].count) {
			const struct per_table_range *range = &t->gaps[1].ranges[fuzz_below(m->r, t->gaps[1].count)];

			return between(m, range->low, range->high);
		}
		return (int32_t)fuzz_next(m->r);
	}
	if (t->gaps && t->gaps[0].count) {
		const struct per_table_range *range = &t->gaps[0].ranges[fuzz_below(m->r, t->gaps[0].count)];

		return between(m, range->low, range->high);
	}
	if (b->constrained)
		return between(m, b->low, b->high);
	return between(m, b->semi ? b->low : INT32_MIN, fuzz_one_in(m->r, 4) ? INT64_MAX : 1000000);
}

/* The number of units of a string, or of items of a list. */
static size_t size_of(struct maker *m, const struct per_type *t, size_t usual)
{
	const struct per_bounds *b = &t->bounds;
	int64_t low = b->constrained || b->semi ? b->low : 0, high = b->constrained ? b->high : low + (int64_t)usual;

	if (b->extensible && fuzz_one_in(m->r, 16))
		return (size_t)(high + 1 + (int64_t)fuzz_below(m->r, 4));
	if (t->gaps && t->gaps[0].count) {
		const struct per_table_range *range = &t->gaps[0].ranges[fuzz_below(m->r, t->gaps[0].count)];

		low = range->low;
		high = range->high;
	}
	if (low < 0)
		low = 0;
	if (high > low + (int64_t)usual && !fuzz_one_in(m->r, 64))
		high = low + (int64_t)usual;
	if (high > low + 600)
		high = low + 600;
	if (m->depth > FUZZ_DEEP || m->room == 0)
		return (size_t)low;
	return (size_t)(low + (int64_t)fuzz_below(m->r, (size_t)(high - low) + 1));
}

/* The encoding of a type contained in an octet string. */
static bool inside(struct maker *m, OCTET_STRING_t *s, const char *protocol, const char *name)
{
	const struct iuplus_asn1_type *type = iuplus_asn1_find(protocol, name);
	const struct per_type *t = type ? per_type_of(type) : NULL;
	const char *outer = m->protocol;
	struct iuplus_octets octets;
	void *value;
	int rc;

	if (!t || m->room < 200)
		return false;
	m->protocol = protocol;
	value = make(m, t);
	m->protocol = outer;
	rc = value ? iuplus_asn1_encode(type, strcmp(protocol, "RRC") == 0 ? IUPLUS_ASN1_UPER : IUPLUS_ASN1_APER, value,
					0, m->arena, &octets, NULL, NULL) :
		     IUPLUS_ERR_MEMORY;
	if (rc)
		return false;
	s->buf = (uint8_t *)(uintptr_t)octets.data;
	s->size = (int)octets.len;
	return true;
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), k = strlen(end);

	return n >= k && strcmp(text + n - k, end) == 0;
}

static void octet_string(struct maker *m, const struct per_type *t, OCTET_STRING_t *s)
{
	static const struct {
		const char *name, *protocol, *inner;
	} known[] = {
		{ "Source-ToTarget-TransparentContainer", "RANAP", "SourceRNC-ToTargetRNC-TransparentContainer" },
		{ "Target-ToSource-TransparentContainer", "RANAP", "TargetRNC-ToSourceRNC-TransparentContainer" },
		{ "RRC-Container", "RRC", "ToTargetRNC-Container" },
	};
	size_t i;

	for (i = 0; t->name && i < sizeof(known) / sizeof(*known); i++) {
		if (ends_with(t->name, known[i].name) && !fuzz_one_in(m->r, 8) &&
		    inside(m, s, known[i].protocol, known[i].inner))
			return;
	}
	i = size_of(m, t, 12);
	s->buf = take(m, i);
	if (!s->buf)
		return;
	s->size = (int)i;
	fuzz_octets(m->r, s->buf, i);
	if (t->kind == PER_CHARACTERS) {
		while (i--)
			s->buf[i] = (uint8_t)(32 + s->buf[i] % 95);
	}
}

static void bit_string(struct maker *m, const struct per_type *t, BIT_STRING_t *s)
{
	size_t bits = size_of(m, t, 40), octets = (bits + 7) / 8;

	s->buf = take(m, octets);
	if (!s->buf)
		return;
	s->size = (int)octets;
	s->bits_unused = (int)(8 * octets - bits);
	fuzz_octets(m->r, s->buf, octets);
	if (s->bits_unused)
		s->buf[octets - 1] = (uint8_t)(s->buf[octets - 1] & 0xff << s->bits_unused);
}

static void object_identifier(struct maker *m, OCTET_STRING_t *s)
{
	size_t i, n = 1 + fuzz_below(m->r, 5);

	s->buf = take(m, n);
	if (!s->buf)
		return;
	s->size = (int)n;
	for (i = 0; i < n; i++)
		s->buf[i] = (uint8_t)(1 + fuzz_below(m->r, 126));
}

static void big_integer(struct maker *m, const struct per_type *t, OCTET_STRING_t *s)
{
	int64_t v = number(m, t);
	unsigned i;

	s->buf = take(m, 9);
	if (!s->buf)
		return;
	s->size = 9;
	s->buf[0] = v < 0 && !t->is_unsigned ? 255 : 0;
	for (i = 0; i < 8; i++)
		s->buf[1 + i] = (uint8_t)((uint64_t)v >> (56 - 8 * i));
	if (!t->is_unsigned || (s->buf[1] & 128) == 0) {
		s->buf++;
		s->size--;
	}
}

static void *place(struct maker *m, const struct per_member *member, void *base)
{
	uint8_t *p = (uint8_t *)base + member->offset;

	if (!member->pointer)
		return p;
	*(void **)(void *)p = take(m, member->type->size);
	return *(void **)(void *)p;
}

static void member(struct maker *m, const struct per_member *mm, void *base)
{
	void *p = place(m, mm, base);

	if (p)
		fill(m, mm->type, p);
}

static bool wanted(struct maker *m, unsigned often)
{
	if (m->room == 0 || m->depth > FUZZ_DEEP)
		return false;
	return fuzz_below(m->r, 2 + m->depth / 4) < often;
}

static void sequence(struct maker *m, const struct per_type *t, void *base)
{
	unsigned i, rare = (unsigned)fuzz_below(m->r, 4);

	for (i = 0; i < t->count; i++) {
		const struct per_member *mm = &t->members[i];

		if (i >= t->root ? fuzz_one_in(m->r, 8) && wanted(m, 1) : !mm->optional || (rare && wanted(m, 1)))
			member(m, mm, base);
	}
}

static void choice(struct maker *m, const struct per_type *t, void *base)
{
	unsigned chosen = (unsigned)fuzz_below(m->r, fuzz_one_in(m->r, 8) || !t->root ? t->count : t->root);

	if (m->room == 0)
		chosen = (unsigned)fuzz_below(m->r, t->root ? t->root : t->count);
	if (t->members[chosen].unknown_branch && !fuzz_one_in(m->r, 8))
		chosen = 0;
	*(unsigned *)(void *)((uint8_t *)base + t->present_offset) = chosen + 1;
	member(m, &t->members[chosen], base);
}

static void list(struct maker *m, const struct per_type *t, struct per_list *l)
{
	size_t i, n = size_of(m, t, m->depth > 12 ? 1 : 3);

	l->array = take(m, (n + 1) * sizeof(*l->array));
	if (!l->array)
		return;
	for (i = 0; i < n && !m->failed; i++)
		l->array[i] = make(m, t->members[0].type);
	l->count = l->size = (int)n;
}

/* IEs that are in no set. */
static void unknown(struct maker *m, const struct per_type *t, void *base)
{
	unsigned items = t->set->kind == PER_SET_PAIR ? 2 : 1, i;
	struct per_list *l = take(m, t->members[t->set->count].type->size);
	long id = (long)(300 + fuzz_below(m->r, 60000));

	if (!l)
		return;
	l->array = take(m, items * sizeof(*l->array));
	for (i = 0; l->array && i < items; i++) {
		struct per_unknown *u = take(m, sizeof(*u) + 16);

		if (!u)
			return;
		u->place = fuzz_one_in(m->r, 2) ? 65535 : (long)fuzz_below(m->r, 4);
		u->id = id;
		u->criticality = (long)fuzz_below(m->r, 3);
		u->length = 1 + (int)fuzz_below(m->r, 8);
		u->octets = take(m, (size_t)u->length);
		if (!u->octets)
			return;
		fuzz_octets(m->r, u->octets, (size_t)u->length);
		l->array[i] = u;
		l->count = l->size = (int)(i + 1);
	}
	*(void **)(void *)((uint8_t *)base + t->members[t->set->count].offset) = l;
}

static void set(struct maker *m, const struct per_type *t, void *base)
{
	const struct per_set *s = t->set;
	unsigned i, there = 0, rare = (unsigned)fuzz_below(m->r, 4);

	for (i = 0; i < s->count; i++) {
		bool last = i + 1 == s->count && there < t->bounds.low;

		if (s->ies[i].presence != 2 && !last && !(rare && wanted(m, rare == 3 ? 2 : 1)))
			continue;
		if ((int64_t)there == t->bounds.high || (s->single && there))
			break;
		member(m, &t->members[i], base);
		there++;
	}
	if ((there < t->bounds.low || fuzz_one_in(m->r, 32)) && there < t->bounds.high)
		unknown(m, t, base);
}

static void procedure(struct maker *m, const struct per_type *t, void *base)
{
	const struct per_procedures *p = t->procedures;
	unsigned i;

	for (i = 0; i < t->count; i++) {
		const struct per_member *mm = &t->members[i];

		if (i == p->value_member) {
			uint8_t *c = (uint8_t *)base + mm->offset;
			unsigned chosen = (unsigned)fuzz_below(m->r, p->count);

			*(unsigned *)(void *)(c + mm->type->present_offset) = chosen + 1;
			member(m, &mm->type->members[chosen], c);
		} else {
			member(m, mm, base);
		}
	}
}

/* Fills zeroed room with a value. */
static void fill(struct maker *m, const struct per_type *t, void *value)
{
	if (m->failed)
		return;
	m->depth++;
	if (m->room)
		m->room--;
	switch ((enum per_kind)t->kind) {
	case PER_NULL:
		break;
	case PER_BOOLEAN:
		*(int *)value = (int)fuzz_below(m->r, 2);
		break;
	case PER_INTEGER:
		*(long *)value = (long)number(m, t);
		break;
	case PER_BIG_INTEGER:
		big_integer(m, t, value);
		break;
	case PER_ENUMERATED: {
		size_t i = fuzz_below(m->r, fuzz_one_in(m->r, 8) || !t->root ? t->count : t->root);

		*(long *)value = t->plain_enum ? (long)i : t->values[i];
		break;
	}
	case PER_BITS:
		bit_string(m, t, value);
		break;
	case PER_OCTETS:
	case PER_CHARACTERS:
		octet_string(m, t, value);
		break;
	case PER_OID:
		object_identifier(m, value);
		break;
	case PER_SEQUENCE:
		sequence(m, t, value);
		break;
	case PER_CHOICE:
		choice(m, t, value);
		break;
	case PER_LIST:
		list(m, t, value);
		break;
	case PER_SET:
		set(m, t, value);
		break;
	case PER_PROCEDURE:
		procedure(m, t, value);
		break;
	}
	m->depth--;
}

/* ---- changes ---- */

/* A place in a value: its contents, and how they can be removed. */
struct spot {
	const struct per_type *type;
	void *value;
	void **optional;       /* an OPTIONAL member's pointer, which may be NULL */
	struct per_list *list; /* or the list that it is an item of */
	int item;
};

struct search {
	struct fuzz_random *r;
	struct spot found;
	unsigned seen;
};

/* Each place seen is selected with the same probability. */
static void see(struct search *s, const struct per_type *t, void *value, void **optional, struct per_list *l, int item)
{
	if (fuzz_below(s->r, ++s->seen) == 0)
		s->found = (struct spot){ t, value, optional, l, item };
}

static void visit(struct search *s, const struct per_type *t, void *value, unsigned depth);

static void visit_member(struct search *s, const struct per_member *m, void *base, unsigned depth)
{
	uint8_t *p = (uint8_t *)base + m->offset;
	void *value = m->pointer ? *(void **)(void *)p : p;

	if (m->pointer && (m->optional || !value))
		see(s, m->type, value, (void **)(void *)p, NULL, 0);
	else
		see(s, m->type, value, NULL, NULL, 0);
	if (value)
		visit(s, m->type, value, depth);
}

static void visit(struct search *s, const struct per_type *t, void *value, unsigned depth)
{
	unsigned i;

	if (depth > 200)
		return;
	switch ((enum per_kind)t->kind) {
	case PER_SEQUENCE:
	case PER_PROCEDURE:
		for (i = 0; i < t->count; i++)
			visit_member(s, &t->members[i], value, depth + 1);
		break;
	case PER_SET:
		for (i = 0; i < t->set->count; i++) {
			void **p = (void **)(void *)((uint8_t *)value + t->members[i].offset);

			see(s, t->members[i].type, *p,
			    t->set->ies[i].presence == 2 && !fuzz_one_in(s->r, 16) && *p ? NULL : p, NULL, 0);
			if (*p)
				visit(s, t->members[i].type, *p, depth + 1);
		}
		break;
	case PER_CHOICE:
		i = *(const unsigned *)(const void *)((uint8_t *)value + t->present_offset);
		if (i >= 1 && i <= t->count)
			visit_member(s, &t->members[i - 1], value, depth + 1);
		break;
	case PER_LIST: {
		struct per_list *l = value;
		int n;

		for (n = 0; n < l->count; n++) {
			see(s, t->members[0].type, l->array[n], NULL, l, n);
			if (l->array[n])
				visit(s, t->members[0].type, l->array[n], depth + 1);
		}
		break;
	}
	default:
		break;
	}
}

static void change_list(struct maker *m, const struct spot *s)
{
	struct per_list *l = s->list;
	int other = (int)fuzz_below(m->r, (size_t)l->count);
	void *swap = l->array[s->item], **grown;

	switch (fuzz_below(m->r, 3)) {
	case 0:
		memmove(l->array + s->item, l->array + s->item + 1,
			(size_t)(l->count - s->item - 1) * sizeof(*l->array));
		l->count--;
		break;
	case 1:
		l->array[s->item] = l->array[other];
		l->array[other] = swap;
		break;
	default:
		grown = take(m, ((size_t)l->count + 1) * sizeof(*grown));
		if (!grown)
			return;
		memcpy(grown, l->array, (size_t)l->count * sizeof(*grown));
		grown[l->count] = fuzz_one_in(m->r, 2) ? l->array[other] : make(m, s->type);
		l->array = grown;
		l->count++;
	}
}

static void change(struct maker *m, const struct per_type *t, void *value)
{
	struct search search = { .r = m->r };
	struct spot *s = &search.found;

	visit(&search, t, value, 0);
	if (search.seen == 0)
		return;
	if (s->list && fuzz_one_in(m->r, 2)) {
		change_list(m, s);
	} else if (s->optional && s->value && fuzz_one_in(m->r, 2)) {
		*s->optional = NULL;
	} else if (s->optional && !s->value) {
		*s->optional = make(m, s->type);
	} else if (s->value) {
		memset(s->value, 0, s->type->size);
		fill(m, s->type, s->value);
	}
}

int fuzz_value_encode(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, struct fuzz_random *r,
		      struct iuplus_arena *arena, struct iuplus_octets *encoding)
{
	struct maker m = { .r = r, .arena = arena, .protocol = type->protocol, .room = FUZZ_ROOM };
	void *value;

	if (fuzz_one_in(r, 2))
		m.room = 1 + (unsigned)fuzz_below(r, 200);
	value = make(&m, per_type_of(type));
	if (!value || m.failed)
		return IUPLUS_ERR_MEMORY;
	return iuplus_asn1_encode(type, rules, value, 0, arena, encoding, NULL, NULL);
}

int fuzz_value_mutate(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const uint8_t *data,
		      size_t len, struct fuzz_random *r, struct iuplus_arena *arena, struct iuplus_octets *encoding)
{
	struct maker m = { .r = r, .arena = arena, .protocol = type->protocol, .room = 150, .depth = 4 };
	size_t times = 1 + fuzz_below(r, 3);
	void *value = NULL;
	int rc;

	rc = iuplus_asn1_decode(type, rules, data, 8 * len, 0, arena, &value, NULL);
	if (!value)
		return rc;
	while (times-- && !m.failed)
		change(&m, per_type_of(type), value);
	return m.failed ? IUPLUS_ERR_MEMORY : iuplus_asn1_encode(type, rules, value, 0, arena, encoding, NULL, NULL);
}

/* ---- invariants ---- */

static bool listed(const struct iuplus_asn1_error *e, enum iuplus_asn1_problem_kind kind)
{
	const struct iuplus_asn1_problem *p;

	for (p = e->problems; p; p = p->next) {
		if (p->kind == kind)
			return true;
	}
	return false;
}

static bool same(const struct iuplus_octets *a, const struct iuplus_octets *b)
{
	return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

/* The text without a message's own criticality, which the encoder takes from the procedure's table. */
static struct iuplus_octets comparable(const struct iuplus_asn1_type *type, struct iuplus_octets text)
{
	const char *start = (const char *)text.data,
		   *p = ends_with(type->name, "-PDU") ? strstr(start, "\"criticality\":\"") : NULL;

	if (p) {
		p += sizeof("\"criticality\":\"") - 1;
		while (*p && *p != '"')
			p++;
		text.len -= (size_t)(p - start);
		text.data += p - start;
	}
	return text;
}

void fuzz_value_check(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const uint8_t *data,
		      size_t bits, unsigned flags, struct iuplus_arena *arena)
{
	struct iuplus_asn1_error error, again;
	struct iuplus_octets first, second, text[2] = { { 0 } };
	bool as_text = fuzz_sampled(data, (bits + 7) / 8, 8); /* half of the work */
	void *value, *copy;
	int rc = iuplus_asn1_decode(type, rules, data, bits, flags, arena, &value, &error);

	fuzz_check(error.rc == rc, "%d, %d", rc, error.rc);
	fuzz_check(rc <= 0 && rc != IUPLUS_ERR_ARGUMENT, "decode says %d", rc);
	fuzz_check(error.bit_offset <= bits + 64 || rc == IUPLUS_ERR_TRUNCATED, "offset %zu of %zu", error.bit_offset,
		   bits);
	fuzz_check(memchr(error.path, 0, sizeof(error.path)), "the path ends");
	if (!value)
		return;
	fuzz_check(error.bits <= bits, "%zu bits taken of %zu", error.bits, bits);
	rc = iuplus_asn1_encode(type, rules, value, flags & IUPLUS_ASN1_LEGACY, arena, &first, NULL, &again);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	/* a value with a missing IE, or with an alternative of a later release, cannot be encoded */
	if (rc == IUPLUS_ERR_MISSING && listed(&error, IUPLUS_ASN1_MISSING_IE))
		return;
	if (rc == IUPLUS_ERR_CONSTRAINT && listed(&error, IUPLUS_ASN1_UNKNOWN_VALUE))
		return;
	fuzz_check(rc == IUPLUS_OK, "%s decodes with %d, encodes with %d: %s at %s", type->name, error.rc, rc,
		   again.what ? again.what : "", again.path);
	rc = as_text ? iuplus_asn1_json(type, value, arena, &text[0]) : IUPLUS_OK;
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "%s as JSON: %d", type->name, rc);
	rc = iuplus_asn1_decode(type, rules, first.data, 8 * first.len, flags, arena, &copy, &again);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(copy != NULL, "%s decodes with %d, its encoding with %d: %s at %s", type->name, error.rc, rc,
		   again.what ? again.what : "", again.path);
	rc = iuplus_asn1_encode(type, rules, copy, flags & IUPLUS_ASN1_LEGACY, arena, &second, NULL, NULL);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK && same(&first, &second), "%s: encodings differ (%d, %zu and %zu octets)",
		   type->name, rc, first.len, second.len);
	if (!as_text)
		return;
	rc = iuplus_asn1_json(type, copy, arena, &text[1]);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "%s as JSON: %d", type->name, rc);
	text[0] = comparable(type, text[0]);
	text[1] = comparable(type, text[1]);
	fuzz_check(same(&text[0], &text[1]), "%s: values differ:\n%.2000s\n%.2000s", type->name,
		   (const char *)text[0].data, (const char *)text[1].data);
}
