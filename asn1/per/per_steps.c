/* SPDX-License-Identifier: BSD-2-Clause */
/* per_steps.c: compiles a type's tables into its program, which the codec executes instead of walking the tables. All
 * that is known about a value without its bits is decided here. A value that a step cannot express is left to the
 * kind's function. */
#include <stdlib.h>
#include <string.h>

#include "asn1/per/per.h"

/* Longer SEQUENCEs remain separate programs, so that no type is expanded too often. */
#define MOST_SPLICED 24u
/* Bits that one fetch always has at any bit position. */
#define FETCH 56u

/* A program being compiled: steps has room for count_steps() of them. */
struct writer {
	struct per_step *steps;
	unsigned count;
};

static bool has_program(const struct per_type *t)
{
	return t->program && t->depth < PER_DEPTH;
}

/* True if a value of the type has no bits and needs no step. */
static bool is_nothing(const struct per_type *t)
{
	return t->kind == PER_NULL || (t->kind == PER_SEQUENCE && t->count == 0 && !t->extensible);
}

static bool can_splice(const struct per_type *t)
{
	return t->kind == PER_SEQUENCE && has_program(t) && t->steps <= MOST_SPLICED;
}

static bool is_int32(int64_t v)
{
	return v >= INT32_MIN && v <= INT32_MAX;
}

static bool small_bounds(const struct per_type *t)
{
	return is_int32(t->bounds.low) && t->bounds.span <= UINT32_MAX;
}

/* True for an OCTET STRING preceded by its size as a number. */
static bool is_sized(const struct per_type *t)
{
	const struct per_bounds *b = &t->bounds;

	return t->kind == PER_OCTETS && b->constrained && !b->semi && !b->extensible && !t->gaps && b->span != 0 &&
	       b->low >= 0;
}

static void set_both(uint8_t code[2], enum per_step_code c)
{
	code[0] = code[1] = (uint8_t)c;
}

/* The step code for a leaf; sets its numbers. */
static uint8_t leaf(struct per_step *s, const struct per_type *t, unsigned aligned)
{
	unsigned op = t->op[aligned], align = (op & PER_OP_ALIGN) != 0;

	if (t->kind == PER_BOOLEAN)
		return STEP_FLAG;
	if (is_sized(t) && !aligned && t->bounds.bits <= FETCH) {
		s->bits[0] = t->bounds.bits;
		s->low = (int32_t)t->bounds.low;
		s->span = (uint32_t)t->bounds.span;
		return STEP_SIZED_OCTETS;
	}
	switch (op & (PER_OP_ALIGN - 1)) {
	case PER_OP_FIELD:
		if (!small_bounds(t))
			return STEP_CALL;
		s->bits[aligned] = t->field[aligned];
		s->low = (int32_t)t->bounds.low;
		s->span = (uint32_t)t->bounds.span;
		return (uint8_t)(STEP_FIELD + align);
	case PER_OP_OCTETS:
		s->bits[aligned] = t->fixed;
		return (uint8_t)(STEP_OCTETS + align);
	case PER_OP_BITS:
		s->bits[aligned] = t->fixed;
		return (uint8_t)(STEP_BITS + align);
	default:
		return op == PER_OP_SHORT ? STEP_SHORT_OCTETS : STEP_CALL;
	}
}

/* The step of a value of type t at offset: a leaf, another program, a function. */
static struct per_step *value(struct writer *w, const struct per_type *t, size_t offset)
{
	struct per_step *s = &w->steps[w->count++];

	s->type = t;
	s->offset = (uint32_t)offset;
	s->room = t->room;
	if (is_nothing(t)) {
		set_both(s->code, STEP_NOTHING);
	} else if (has_program(t)) {
		set_both(s->code, STEP_ENTER);
	} else {
		s->code[0] = leaf(s, t, 0);
		s->code[1] = leaf(s, t, 1);
	}
	return s;
}

/* Turns the step of a value into that of a pointer to it: then becomes the step of the target. */
static void behind(struct per_step *s, enum per_step_code code)
{
	memcpy(s->then, s->code, sizeof(s->then));
	set_both(s->code, code);
}

static void end(struct writer *w)
{
	struct per_step *last = &w->steps[w->count];
	unsigned aligned;

	/* no step follows the last member: the end of its program ends this one too */
	for (aligned = 0; w->count && aligned < 2; aligned++) {
		if (last[-1].code[aligned] == STEP_ENTER)
			last[-1].code[aligned] = STEP_ENTER_LAST;
		if (last[-1].then[aligned] == STEP_ENTER)
			last[-1].then[aligned] = STEP_ENTER_LAST;
	}
	set_both(last->code, STEP_END);
	w->count++;
}

/* Inserts the steps of an embedded SEQUENCE instead of a step that enters its program. */
static void splice(struct writer *w, const struct per_type *t, size_t offset)
{
	const struct per_step *from = t->program;
	unsigned i, aligned;

	for (i = 0; i + 1 < t->steps; i++) {
		struct per_step *s = &w->steps[w->count++];

		*s = from[i];
		s->offset += (uint32_t)offset;
		for (aligned = 0; aligned < 2; aligned++) {
			if (s->code[aligned] == STEP_ENTER_LAST)
				s->code[aligned] = STEP_ENTER;
			if (s->then[aligned] == STEP_ENTER_LAST)
				s->then[aligned] = STEP_ENTER;
			if (s->code[aligned] == STEP_PREAMBLE)
				s->code[aligned] = STEP_INNER;
			if (s->code[aligned] == STEP_PREAMBLE_EXT)
				s->code[aligned] = STEP_INNER_EXT;
		}
	}
}

static void preamble(struct writer *w, const struct per_type *t)
{
	struct per_step *s = &w->steps[w->count++];

	s->type = t;
	s->bits[0] = s->bits[1] = (uint8_t)(t->optional + t->extensible);
	set_both(s->code, t->extensible ? STEP_PREAMBLE_EXT : STEP_PREAMBLE);
}

static void optional_member(struct writer *w, const struct per_member *m)
{
	struct per_step *s;

	if (m->has_default) {
		s = value(w, m->type, m->offset);
		s->low = (int32_t)m->default_value;
		set_both(s->code, STEP_DEFAULT);
	}
	if (m->own) {
		s = value(w, m->type, m->offset);
		set_both(s->code, STEP_OWN);
	}
	behind(value(w, m->type, m->offset), STEP_OPTIONAL);
}

/* bits_left: presence bits kept for the members after this one. Returns the maximum kept meanwhile. */
static unsigned mandatory_member(struct writer *w, const struct per_member *m, unsigned bits_left)
{
	if (m->unknown_branch)
		set_both(w->steps[w->count++].code, STEP_MARK);
	if (m->pointer) {
		behind(value(w, m->type, m->offset), STEP_POINTER);
	} else if (can_splice(m->type) && m->type->presence_bits + bits_left <= FETCH) {
		splice(w, m->type, m->offset);
		return m->type->presence_bits + bits_left;
	} else if (!is_nothing(m->type)) {
		value(w, m->type, m->offset);
	}
	return bits_left;
}

/* True if every optional member is a pointer, and each default fits into its step. */
static bool sequence_fits(const struct per_type *t)
{
	unsigned i;

	if (t->optional + t->extensible > (int)FETCH)
		return false;
	for (i = 0; i < t->root; i++) {
		const struct per_member *m = &t->members[i];

		if ((m->optional && !m->pointer) || (m->has_default && (!m->optional || !is_int32(m->default_value))))
			return false;
	}
	return true;
}

static bool write_pointers(struct per_type *t)
{
	uint32_t *offsets = per_keep(t->optional, sizeof(*offsets));
	unsigned i, n = 0;

	if (!offsets)
		return false;
	t->pointers = offsets;
	for (i = 0; i < t->root; i++) {
		if (!t->members[i].optional)
			continue;
		offsets[n++] = t->members[i].offset;
		t->defaults |= t->members[i].has_default;
	}
	return true;
}

static bool sequence(struct writer *w, struct per_type *t)
{
	unsigned i, bits_left = t->optional, most = bits_left;

	if (t->optional + t->extensible)
		preamble(w, t);
	for (i = 0; i < t->root; i++) {
		const struct per_member *m = &t->members[i];
		unsigned meanwhile;

		if (m->optional) {
			bits_left--;
			optional_member(w, m);
			continue;
		}
		meanwhile = mandatory_member(w, m, bits_left);
		if (most < meanwhile)
			most = meanwhile;
	}
	t->presence_bits = (uint8_t)most;
	if (t->optional + t->extensible)
		w->steps[0].skip = (uint16_t)w->count;
	end(w);
	return write_pointers(t);
}

/* The width of an alternative's index or a list's count, including an extension bit of 0; false if it is not a simple
 * bit field. */
static bool field_bits(const struct per_type *t, unsigned aligned, unsigned *bits)
{
	const struct per_bounds *b = &t->bounds;

	*bits = b->bits + (unsigned)(t->extensible | b->extensible);
	return b->constrained && !b->semi && !t->gaps && *bits <= FETCH && (!aligned || b->form == PER_FIELD);
}

/* The first step of a CHOICE or a list; if it cannot be expressed, the kind's function. */
static void first_step(struct writer *w, const struct per_type *t, enum per_step_code code, enum per_step_code no_bits)
{
	struct per_step *s = &w->steps[w->count++];
	unsigned aligned, bits;

	s->type = t;
	s->low = (int32_t)t->bounds.low;
	s->span = (uint32_t)t->bounds.span;
	for (aligned = 0; aligned < 2; aligned++) {
		if (field_bits(t, aligned, &bits))
			s->code[aligned] = (uint8_t)(bits ? code : no_bits);
		else
			s->code[aligned] = STEP_PLAIN;
		s->bits[aligned] = (uint8_t)bits;
	}
}

static void choice(struct writer *w, const struct per_type *t)
{
	unsigned i;

	first_step(w, t, STEP_SELECT, STEP_ONLY);
	for (i = 0; i < t->root; i++) {
		const struct per_member *m = &t->members[i];
		struct per_step *s = &w->steps[w->count];

		if (m->unknown_branch) {
			set_both(s[0].code, STEP_MARK);
			set_both(s[1].code, STEP_END);
		} else if (is_nothing(m->type) && !m->pointer) {
			set_both(s[0].code, STEP_END);
		} else {
			value(w, m->type, m->offset);
			if (m->pointer)
				behind(s, STEP_POINTER);
			end(w);
		}
		w->count = 1 + 2 * (i + 1);
	}
}

/* True if the item has IEs: their problems need the number of the item. */
static bool holds_ies(const struct per_type *t)
{
	unsigned i;

	if (t->kind == PER_SET)
		return true;
	for (i = 0; t->kind != PER_LIST && t->members && i < t->count; i++) {
		if (t->recursive || holds_ies(t->members[i].type))
			return true;
	}
	return false;
}

static void list(struct writer *w, const struct per_type *t)
{
	const struct per_type *item = t->members[0].type;
	struct per_step *s;

	first_step(w, t, STEP_COUNT, STEP_FIXED);
	s = &w->steps[w->count++];
	s->type = item;
	s->room = item->size;
	set_both(s->code, STEP_NEXT);
	value(w, item, 0);
	end(w);
}

/* An unknown branch is empty in all modules of the project. */
static bool choice_fits(const struct per_type *t)
{
	unsigned i;

	for (i = 0; i < t->root; i++) {
		const struct per_member *m = &t->members[i];

		if (m->unknown_branch && (m->pointer || !is_nothing(m->type)))
			return false;
	}
	return t->root > 0 && t->present_offset == 0;
}

static bool fits(const struct per_type *t)
{
	switch ((enum per_kind)t->kind) {
	case PER_SEQUENCE:
		return sequence_fits(t);
	case PER_CHOICE:
		return choice_fits(t);
	case PER_LIST:
		return small_bounds(t) && t->members[0].type->least_bits != 0 && !holds_ies(t->members[0].type);
	default:
		return false;
	}
}

/* An upper bound of the number of steps. */
static size_t count_steps(const struct per_type *t)
{
	size_t i, n = 3;

	for (i = 0; i < t->root; i++)
		n += can_splice(t->members[i].type) ? t->members[i].type->steps + 3u : 3;
	return n;
}

/* The maximum number of programs that wait for each other. */
static unsigned depth_of(const struct writer *w)
{
	unsigned i, most = 0;

	for (i = 0; i < w->count; i++) {
		const struct per_step *s = &w->steps[i];
		bool last = s->code[0] == STEP_ENTER_LAST || s->then[0] == STEP_ENTER_LAST;
		unsigned depth;

		if (!last && s->code[0] != STEP_ENTER && s->then[0] != STEP_ENTER)
			continue;
		depth = s->type->depth + !last;
		if (most < depth)
			most = depth;
	}
	return most;
}

/* Copies the program from the writer, unless it is too deep. */
static bool adopt(struct per_type *t, const struct writer *w)
{
	/* a list waits for its item too */
	unsigned depth = depth_of(w) + (t->kind == PER_LIST);
	struct per_step *steps;

	if (depth >= PER_DEPTH)
		return true;
	steps = per_keep(w->count, sizeof(*steps));
	if (!steps)
		return false;
	memcpy(steps, w->steps, w->count * sizeof(*steps));
	t->depth = (uint8_t)depth;
	t->steps = (uint16_t)w->count;
	t->program = steps;
	t->decode = per_decode_program;
	t->encode = per_encode_program;
	return true;
}

static bool write(struct per_type *t)
{
	struct writer w = { per_keep(count_steps(t), sizeof(*w.steps)), 0 };
	bool done = w.steps != NULL;

	if (done && t->kind == PER_CHOICE)
		choice(&w, t);
	else if (done && t->kind == PER_LIST)
		list(&w, t);
	else if (done)
		done = sequence(&w, t);
	done = done && adopt(t, &w);
	free(w.steps);
	return done;
}

bool per_write_program(struct per_type *t)
{
	unsigned i;

	if (t->depth != PER_UNWRITTEN)
		return true;
	t->depth = PER_DEPTH;
	if (t->kind == PER_NULL || t->recursive)
		return true;
	for (i = 0; t->members && i < t->count; i++) {
		if (!per_write_program((struct per_type *)(uintptr_t)t->members[i].type))
			return false;
	}
	return !fits(t) || write(t);
}
