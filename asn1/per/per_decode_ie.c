/* SPDX-License-Identifier: BSD-2-Clause */
/* per_decode_ie.c: protocol IE containers, procedures and open types (TS 25.413 9.3), and problems of IEs (10.3). */
#include "asn1/per/per_in.h"

#define MANDATORY 2
/* id, criticality, the shortest open type */
#define LEAST_IE_BITS 26u

int per_add_problem(struct per_in *in, enum iuplus_asn1_problem_kind kind, const struct per_frame *ie)
{
	struct iuplus_asn1_problem *p = arena_take(in->arena, sizeof(*p));
	const struct per_frame *f;
	unsigned depth = 0;

	if (!p)
		return in_fail(in, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	p->kind = kind;
	if (ie) {
		p->criticality = ie->criticality;
		p->id = ie->id;
		p->repetition = ie->repetition;
		p->set = ie->set->name;
		for (f = ie->up; f; f = f->up)
			depth++;
		p->level_count = depth > IUPLUS_ASN1_MAX_LEVELS ? IUPLUS_ASN1_MAX_LEVELS : depth;
		for (f = ie->up; f; f = f->up) {
			if (--depth < IUPLUS_ASN1_MAX_LEVELS) {
				p->levels[depth].id = f->id;
				p->levels[depth].repetition = f->repetition;
			}
		}
	}
	p->top = p->level_count == 0;
	if (in->last_problem)
		in->last_problem->next = p;
	else
		in->first_problem = p;
	in->last_problem = p;
	return 0;
}

/* Decodes a value from other octets than the present input. */
static int within(struct per_in *in, const uint8_t *octets, size_t length, const struct per_type *t, void *value)
{
	const uint8_t *outer = in->octets;
	size_t at = in->at, end = in->end, origin = in->origin;
	int rc;

	in->origin = origin + at - 8 * length;
	in->octets = octets;
	in->at = 0;
	in->end = 8 * length;
	rc = per_read(in, t, value);
	if (likely(!rc) && unlikely(in->end - in->at >= 8) && !(in->at == 0 && length == 1) && !in->unknown_branch)
		rc = in_fail(in, IUPLUS_ERR_SYNTAX, "superfluous octets in an open type");
	in->octets = outer;
	in->at = at;
	in->end = end;
	in->origin = origin;
	return rc;
}

/* True if an open type of this length is allowed and has a length of one octet. */
static inline bool is_short(size_t length)
{
	return length - 1 < 127;
}

/* Decodes an open type that starts on an octet boundary in place, with another end of the input. */
static inline __attribute__((always_inline)) int in_place(struct per_in *in, size_t length, const struct per_type *t,
							  void *value)
{
	size_t end = in->end, last = in->at + 8 * length, left;
	int rc;

	in->end = last;
	rc = per_read(in, t, value);
	if (unlikely(rc))
		return rc;
	left = last - in->at;
	if (unlikely(left >= 8) && !(length == 1 && left == 8) && !in->unknown_branch)
		return in_fail(in, IUPLUS_ERR_SYNTAX, "superfluous octets in an open type");
	in->at = last;
	in->end = end;
	return 0;
}

int per_decode_open(struct per_in *in, const struct per_type *t, void *value)
{
	const uint8_t *octets;
	size_t length;
	int rc;

	in_align(in);
	if (likely(in->aligned && in_has(in, 8))) {
		length = in->octets[in->at >> 3];
		if (likely(is_short(length) && in_has(in, 8 + 8 * length))) {
			in->at += 8;
			return in_place(in, length, t, value);
		}
		if (length == 0) {
			/* the value is too short, or has no bits and should have taken one octet */
			in->at += 8;
			rc = in_place(in, length, t, value);
			return rc ? rc : in_fail(in, IUPLUS_ERR_SYNTAX, "open type without octets");
		}
	}
	rc = in_open(in, &octets, &length);
	return rc ? rc : within(in, octets, length, t, value);
}

static int direct(struct per_in *in, void *value)
{
	OCTET_STRING_t *s = value;
	const uint8_t *octets;
	size_t length;
	int rc = in_open(in, &octets, &length);

	if (rc)
		return rc;
	s->buf = (uint8_t *)(uintptr_t)octets;
	s->size = (int)length;
	return 0;
}

static int criticality(struct per_in *in, uint8_t *c)
{
	uint64_t v;
	int rc = in_bits(in, 2, &v);

	if (rc)
		return rc;
	if (v > 2)
		return in_fail(in, IUPLUS_ERR_CONSTRAINT, "no criticality");
	*c = (uint8_t)v;
	return 0;
}

/* Adds an item to a set's unknown list; its value is the open type at the present position. */
static int keep(struct per_in *in, const struct per_type *t, struct per_list *list, const struct per_frame *ie,
		uint64_t place, uint8_t sent)
{
	const struct per_type *item = t->members[t->set->count].type->members[0].type;
	const uint8_t *octets;
	struct per_unknown *u;
	size_t length;
	int rc;

	if (!list->array || list->count >= list->size)
		return in_fail(in, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	rc = in_open(in, &octets, &length);
	if (rc)
		return rc;
	u = arena_take(in->arena, item->size);
	if (!u)
		return in_fail(in, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	u->place = (long)place;
	u->id = ie->id;
	u->criticality = sent;
	u->octets = (uint8_t *)(uintptr_t)octets;
	u->length = (int)length;
	list->array[list->count++] = u;
	return 0;
}

/* Keeps an IE that the set does not know, a pair as two items; left is the number of IEs that the container still
 * announces, including this one. */
static int unknown(struct per_in *in, const struct per_type *t, uint8_t *base, const struct per_frame *ie,
		   uint64_t place, uint64_t left)
{
	const struct per_member *m = &t->members[t->set->count];
	struct per_list **list = (struct per_list **)(void *)(base + m->offset);
	unsigned items = t->set->kind == PER_SET_PAIR ? 2 : 1;
	uint8_t second = 0;
	int rc;

	if (!*list) {
		uint64_t most = (in->end - in->at) / LEAST_IE_BITS + 1;

		if (left > most)
			left = most;
		*list = arena_take(in->arena, m->type->size);
		if (!*list)
			return in_fail(in, IUPLUS_ERR_MEMORY, "the arena is at its limit");
		(*list)->array = arena_take(in->arena, items * left * sizeof(void *));
		(*list)->size = (int)(items * left);
	}
	rc = keep(in, t, *list, ie, place, ie->criticality);
	if (!rc && items == 2) {
		rc = criticality(in, &second);
		if (!rc)
			rc = keep(in, t, *list, ie, place, second);
	}
	return rc ? rc :
		    per_add_problem(in,
				    ie->set->kind == PER_SET_EXTENSIONS ? IUPLUS_ASN1_UNKNOWN_EXTENSION :
									  IUPLUS_ASN1_UNKNOWN_IE,
				    ie);
}

/* The first and the second value of a pair; their criticality is only compared. */
static int pair(struct per_in *in, const struct per_type *t, const struct per_ie *ie, struct per_frame *frame,
		uint8_t *value)
{
	uint8_t second;
	int rc = per_decode_open(in, t->members[0].type, value + t->members[0].offset);

	if (rc)
		return per_fail_in(&in->failure, rc, "first", 0);
	rc = criticality(in, &second);
	if (rc)
		return rc;
	if (second != ie->second_criticality) {
		rc = per_add_problem(in, IUPLUS_ASN1_OTHER_CRITICALITY, frame);
		if (rc)
			return rc;
	}
	rc = per_decode_open(in, t->members[1].type, value + t->members[1].offset);
	return rc ? per_fail_in(&in->failure, rc, "second", 0) : 0;
}

/* The IE's index in the set, searched from the first index that the order allows; count if there is none. */
static inline unsigned find(const struct per_set *s, unsigned next, unsigned id, bool legacy)
{
	unsigned i;

	if (likely(next < s->count && s->ies[next].id == id && !s->ies[next].own))
		return next;
	for (i = next; i < s->count; i++) {
		if (s->ies[i].id == id)
			return s->ies[i].own && legacy ? s->count : i;
	}
	for (i = 0; i < next; i++) {
		if (s->ies[i].id == id)
			return s->ies[i].own && legacy ? s->count : i;
	}
	return s->count;
}

static int skip(struct per_in *in, bool is_pair)
{
	const uint8_t *octets;
	size_t length;
	uint8_t c;
	int rc = in_open(in, &octets, &length);

	if (rc || !is_pair)
		return rc;
	rc = criticality(in, &c);
	return rc ? rc : in_open(in, &octets, &length);
}

/* A known IE after its id and criticality. */
static inline int known(struct per_in *in, const struct per_type *t, uint8_t *base, unsigned index,
			struct per_frame *frame, uint8_t sent)
{
	const struct per_ie *ie = &t->set->ies[index];
	const struct per_member *m = &t->members[index];
	void **p = (void **)(base + m->offset);
	int rc;

	frame->criticality = ie->criticality;
	if (unlikely(sent != ie->criticality)) {
		rc = per_add_problem(in, IUPLUS_ASN1_OTHER_CRITICALITY, frame);
		if (rc)
			return rc;
	}
	if (unlikely(*p)) {
		rc = per_add_problem(in, IUPLUS_ASN1_REPEATED, frame);
		return rc ? rc : skip(in, t->set->kind == PER_SET_PAIR);
	}
	*p = arena_take_rounded(in->arena, m->type->room);
	if (unlikely(!*p))
		return in_fail(in, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	if (unlikely(ie->direct))
		return direct(in, *p);
	if (t->set->kind == PER_SET_PAIR)
		return pair(in, m->type, ie, frame, *p);
	return per_decode_open(in, m->type, *p);
}

static int missing(struct per_in *in, const struct per_type *t, uint8_t *base, struct per_frame *frame)
{
	const struct per_set *s = t->set;
	unsigned i;
	int rc;

	for (i = 0; i < s->count; i++) {
		if (s->ies[i].presence != MANDATORY || *(void **)(base + t->members[i].offset) ||
		    (s->ies[i].own && in->legacy))
			continue;
		frame->id = s->ies[i].id;
		frame->criticality = s->ies[i].criticality;
		rc = per_add_problem(in, IUPLUS_ASN1_MISSING_IE, frame);
		if (rc)
			return rc;
	}
	return 0;
}

/* Any IE; *next is the lowest index that the order allows, and left the number of IEs that the container still
 * announces, including this one. */
static int any_ie(struct per_in *in, const struct per_type *t, uint8_t *base, struct per_frame *frame, unsigned *next,
		  unsigned *found, uint64_t place, uint64_t left)
{
	const struct per_set *s = t->set;
	uint64_t id;
	uint8_t sent;
	unsigned index;
	int rc = in_octets_number(in, 2, &id);

	if (!rc)
		rc = criticality(in, &sent);
	if (rc)
		return rc;
	frame->id = (uint16_t)id;
	index = find(s, *next, (unsigned)id, in->legacy);
	if (index == s->count) {
		frame->criticality = sent;
		return unknown(in, t, base, frame, place, left);
	}
	if (index < *next) {
		frame->criticality = s->ies[index].criticality;
		/* the last IE again is a repetition, not a wrong order */
		if (!*(void **)(base + t->members[index].offset))
			rc = per_add_problem(in, IUPLUS_ASN1_WRONG_ORDER, frame);
		if (rc)
			return rc;
	} else {
		*next = index + 1;
	}
	*found += s->ies[index].presence == MANDATORY;
	rc = known(in, t, base, index, frame, sent);
	return unlikely(rc) ? per_fail_in(&in->failure, rc, t->members[index].name, 0) : 0;
}

/* The common case of an IE: on an octet boundary, in order, of the specified criticality, and below 128 octets. Returns
 * 1 for any other IE; then nothing has been read. */
static inline int usual_ie(struct per_in *in, const struct per_set *s, void **values, struct per_frame *frame,
			   unsigned *next, unsigned *found)
{
	size_t at = (in->at + 7) & ~(size_t)7, length;
	unsigned i = *next;
	const struct per_ie *ie;
	uint32_t head;

	if (unlikely(at + 32 > in->end))
		return 1;
	head = load32(in->octets + (at >> 3));
	length = head & 255;
	if (unlikely(!is_short(length) || at + 32 + 8 * length > in->end))
		return 1;
	head >>= 14;
	for (ie = s->ies + i; i < s->count && ie->head != head; i++)
		ie++;
	if (unlikely(i == s->count || ie->direct || (ie->own && in->legacy)))
		return 1;
	*next = i + 1;
	values[i] = arena_take_rounded(in->arena, ie->type->room);
	if (unlikely(!values[i]))
		return in_fail(in, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	frame->id = ie->id;
	frame->criticality = ie->criticality;
	*found += ie->presence == MANDATORY;
	in->at = at + 32;
	return in_place(in, length, ie->type, values[i]);
}

int per_decode_set(struct per_in *in, const struct per_type *t, void *value)
{
	const struct per_set *s = t->set;
	struct per_frame frame;
	unsigned outer = in->repetition, next = 0, found = 0;
	uint64_t count = 1, i;
	int rc = 0;

	frame.up = in->frame;
	frame.set = s;
	frame.repetition = (uint16_t)(outer ? outer : 1);
	if (!s->single) {
		rc = in_constrained(in, &t->bounds, &count);
		if (rc)
			return rc;
		count += (uint64_t)t->bounds.low;
	}
	in->frame = &frame;
	in->repetition = 0;
	for (i = 0; i < count; i++) {
		rc = 1;
		if (likely(in->aligned)) {
			rc = usual_ie(in, s, value, &frame, &next, &found);
			if (unlikely(rc < 0))
				per_fail_in(&in->failure, rc, t->members[next - 1].name, 0);
		}
		if (rc > 0)
			rc = any_ie(in, t, value, &frame, &next, &found, i, count - i);
		if (unlikely(rc))
			goto out;
	}
	/* a repeated IE counts twice: in that case missing() must check too */
	rc = found == s->mandatory && !in->last_problem ? 0 : missing(in, t, value, &frame);
out:
	in->frame = frame.up;
	in->repetition = outer;
	return rc;
}

static long procedure_key(const struct per_type *t, const uint8_t *base)
{
	const struct per_procedures *r = t->procedures;
	const uint8_t *key = base + t->members[r->key_member].offset;

	if (r->key_parts == 1)
		return *(const long *)(const void *)key;
	return *(const long *)(const void *)(key + r->code_offset) |
	       *(const long *)(const void *)(key + r->mode_offset) << 8;
}

/* The message: the alternative with index i, or the last one, unknown. length is that of its open type if the value
 * follows directly, otherwise SIZE_MAX. */
static inline __attribute__((always_inline)) int message(struct per_in *in, const struct per_type *t, uint8_t *base,
							 unsigned i, size_t length)
{
	const struct per_member *value = &t->members[t->procedures->value_member];
	const struct per_type *c = value->type;
	const struct per_member *m = &c->members[i];
	uint8_t *choice = base + value->offset;
	int rc;

	*(unsigned *)(void *)(choice + c->present_offset) = i + 1;
	if (likely(length != SIZE_MAX)) {
		rc = in_place(in, length, m->type, choice + m->offset);
	} else if (i == t->procedures->count) {
		in->unknown_branch = true;
		rc = direct(in, choice + m->offset);
	} else {
		rc = per_decode_open(in, m->type, choice + m->offset);
	}
	return rc ? per_fail_in(&in->failure, per_fail_in(&in->failure, rc, m->name, 0), value->name, 0) : 0;
}

/* Code, criticality and the length of a short message in one fetch; false for any other message. */
static inline bool simple_head(struct per_in *in, const struct per_type *t, uint8_t *base, unsigned *i, size_t *length)
{
	size_t at = (in->at + 7) & ~(size_t)7;
	uint32_t head;

	if (unlikely(!t->procedures->simple || !in->aligned || at + 24 > in->end))
		return false;
	head = load32(in->octets + (at >> 3));
	*length = head >> 8 & 255;
	*i = t->procedures->by_key[head >> 24];
	if (unlikely(!is_short(*length) || at + 24 + 8 * *length > in->end || *i == t->procedures->count ||
		     (head >> 22 & 3) == 3))
		return false;
	in->at = at + 24;
	in->procedure = (long)(head >> 24);
	*(long *)(void *)(base + t->members[0].offset) = in->procedure;
	*(long *)(void *)(base + t->members[1].offset) = (long)(head >> 22 & 3);
	return true;
}

int per_decode_procedure(struct per_in *in, const struct per_type *t, void *value)
{
	const struct per_procedures *r = t->procedures;
	size_t length = SIZE_MAX;
	unsigned i;
	int rc;

	if (likely(simple_head(in, t, value, &i, &length)))
		return message(in, t, value, i, length);
	for (i = 0; i < t->count; i++) {
		const struct per_member *m = &t->members[i];

		if (i == r->value_member) {
			in->procedure = procedure_key(t, value);
			rc = message(in, t, value, in->procedure < PER_KEYS ? r->by_key[in->procedure] : r->count,
				     SIZE_MAX);
			if (rc)
				return rc;
			continue;
		}
		rc = per_read(in, m->type, (uint8_t *)value + m->offset);
		if (rc)
			return per_fail_in(&in->failure, rc, m->name, 0);
	}
	return 0;
}
