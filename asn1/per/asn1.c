/* SPDX-License-Identifier: BSD-2-Clause */
/* asn1.c: the engine's public calls (include/iuplus/asn1.h). */
#include <string.h>

#include "asn1/per/per_in.h"
#include "asn1/per/per_out.h"

const struct iuplus_asn1_type *iuplus_asn1_find(const char *protocol, const char *name)
{
	size_t low = 0, high = iuplus_asn1_type_count;

	if (!protocol || !name)
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct iuplus_asn1_type *t = &iuplus_asn1_types[middle];
		int order = strcmp(protocol, t->protocol);

		if (order == 0)
			order = strcmp(name, t->name);
		if (order == 0)
			return t;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

size_t iuplus_asn1_size(const struct iuplus_asn1_type *type)
{
	const struct per_type *t = per_type_of(type);

	return t ? t->size : 0;
}

static void fill_error(struct iuplus_asn1_error *e, const struct per_failure *f, const struct iuplus_asn1_type *type,
		       int rc)
{
	e->rc = rc;
	e->type = type ? type->name : "";
	e->what = NULL;
	e->bit_offset = 0;
	e->path[0] = '\0';
	if (unlikely(rc)) {
		e->what = f->what;
		e->bit_offset = f->at;
		strcpy(e->path, f->path + f->path_from);
	}
}

/* The return code for the problems found. */
static int verdict(const struct per_in *in)
{
	const struct iuplus_asn1_problem *p;

	for (p = in->first_problem; p; p = p->next) {
		switch (p->kind) {
		case IUPLUS_ASN1_UNKNOWN_IE:
		case IUPLUS_ASN1_UNKNOWN_EXTENSION:
		case IUPLUS_ASN1_UNKNOWN_VALUE:
			if (p->criticality == 0)
				return IUPLUS_ERR_NOT_COMPREHENDED;
			break;
		case IUPLUS_ASN1_MISSING_IE:
			if (p->criticality == 0)
				return IUPLUS_ERR_MISSING;
			break;
		case IUPLUS_ASN1_WRONG_ORDER:
		case IUPLUS_ASN1_REPEATED:
			return IUPLUS_ERR_ORDER;
		case IUPLUS_ASN1_OTHER_CRITICALITY:
			break;
		}
	}
	return in->unknown_branch ? IUPLUS_ERR_NOT_COMPREHENDED : IUPLUS_OK;
}

/* Decodes the value into the arena: by the fast path, or in careful mode, which is slower and finds the error. The copy
 * of the input is stored after the value. */
static inline __attribute__((always_inline)) int read_value(
	struct per_in *in, const struct per_type *t, const uint8_t *octets, size_t bits, bool careful, void **value)
{
	size_t length = (bits + 7) / 8;
	uint8_t *p = arena_take(in->arena, t->room + length + PER_IN_SLACK);

	in->at = 0;
	in->end = bits;
	in->origin = 0;
	in->careful = careful;
	in->unknown_branch = in->skipped_level = in->foreign_level = false;
	in->repetition = 0;
	in->frame = NULL;
	in->first_problem = in->last_problem = NULL;
	in->procedure = -1;
	*value = p;
	if (unlikely(!p))
		return in_fail(in, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	in->octets = p + t->room;
	if (length)
		memcpy(p + t->room, octets, length);
	return per_decode(in, t, p);
}

static __attribute__((noinline, cold)) int read_carefully(struct per_in *in, const struct per_type *t,
							  const uint8_t *octets, size_t bits, void **value)
{
	per_clear(&in->failure);
	return read_value(in, t, octets, bits, true, value);
}

static inline __attribute__((always_inline)) int decode(
	struct per_in *in, const struct per_type *t, const uint8_t *octets, size_t bits, unsigned flags, void **value)
{
	struct arena_mark mark = arena_mark(in->arena);
	int rc = read_value(in, t, octets, bits, false, value);

	if (unlikely(rc)) {
		arena_return(in->arena, mark);
		rc = read_carefully(in, t, octets, bits, value);
		if (rc)
			return rc;
	}
	if ((flags & IUPLUS_ASN1_EXACT) && (bits - in->at) / 8 != 0 && !(in->at == 0 && bits == 8))
		return in_fail(in, IUPLUS_ERR_SYNTAX, "octets after the value");
	return unlikely(in->first_problem != NULL || in->unknown_branch) ? verdict(in) : IUPLUS_OK;
}

int iuplus_asn1_decode(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const uint8_t *octets,
		       size_t bits, unsigned flags, struct iuplus_arena *arena, void **value,
		       struct iuplus_asn1_error *error)
{
	const struct per_type *t = per_type_of(type);
	struct per_in in;
	int rc;

	per_no_path(&in.failure);
	if (unlikely(!t || !value || (!octets && bits) || bits > SIZE_MAX / 16 || (unsigned)rules > IUPLUS_ASN1_UPER ||
		     (flags & ~(IUPLUS_ASN1_LEGACY | IUPLUS_ASN1_EXACT)))) {
		in.at = in.origin = 0;
		in.first_problem = NULL;
		in.procedure = -1;
		in.skipped_level = in.foreign_level = false;
		rc = in_fail(&in, IUPLUS_ERR_ARGUMENT, "no such type, rules, flags or octets");
	} else {
		in.aligned = rules == IUPLUS_ASN1_APER;
		in.legacy = (flags & IUPLUS_ASN1_LEGACY) != 0;
		in.stack = PER_FRAME;
		in.arena = arena;
		rc = decode(&in, t, octets, bits, flags, value);
	}
	if (unlikely(rc != IUPLUS_OK && rc != IUPLUS_ERR_NOT_COMPREHENDED && rc != IUPLUS_ERR_MISSING &&
		     rc != IUPLUS_ERR_ORDER && value))
		*value = NULL;
	if (error) {
		if (unlikely(rc && !in.failure.what))
			per_fail(&in.failure, rc,
				 rc == IUPLUS_ERR_NOT_COMPREHENDED ?
					 "an element of criticality reject is not comprehended" :
				 rc == IUPLUS_ERR_MISSING ? "an IE of criticality reject is missing" :
							    "IEs in wrong order or repeated",
				 0);
		fill_error(error, &in.failure, type, rc);
		error->bits = in.at;
		error->procedure = in.procedure;
		error->problems = in.first_problem;
		error->skipped_level = in.skipped_level;
		error->foreign_level = in.foreign_level;
	}
	return rc;
}

int iuplus_asn1_encode(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const void *value,
		       unsigned flags, struct iuplus_arena *arena, struct iuplus_octets *encoding, size_t *bits,
		       struct iuplus_asn1_error *error)
{
	const struct per_type *t = per_type_of(type);
	struct per_out out;
	int rc;

	out.octets = NULL;
	out.at = out.room = 0;
	out.aligned = rules == IUPLUS_ASN1_APER;
	out.legacy = (flags & IUPLUS_ASN1_LEGACY) != 0;
	out.careful = false;
	out.stack = PER_FRAME;
	out.arena = arena;
	per_no_path(&out.failure);
	if (unlikely(!t || !value || !encoding || (unsigned)rules > IUPLUS_ASN1_UPER || (flags & ~IUPLUS_ASN1_LEGACY)))
		rc = per_fail(&out.failure, IUPLUS_ERR_ARGUMENT, "no such type, rules, flags or value", 0);
	else
		rc = per_encode_whole(&out, t, value);
	if (encoding) {
		encoding->data = rc ? NULL : out.octets;
		encoding->len = rc ? 0 : out.at < 8 ? 1 : (out.at + 7) / 8;
	}
	if (bits)
		*bits = rc ? 0 : out.at;
	if (error) {
		fill_error(error, &out.failure, type, rc);
		error->bits = out.at;
		error->procedure = -1;
		error->problems = NULL;
	}
	return rc;
}
