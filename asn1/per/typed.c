/* SPDX-License-Identifier: BSD-2-Clause */
/* typed.c: functions of the engine for the typed codecs (typed.h). */
#include "asn1/per/per.h"
#include "asn1/per/typed.h"

/* The chosen alternative's member, which is in the struct; NULL if none is chosen. */
static const struct per_member *chosen(const struct per_type *t, const uint8_t *choice)
{
	unsigned alternative = *(const unsigned *)(const void *)(choice + t->present_offset);

	return alternative && alternative <= t->count ? &t->members[alternative - 1] : NULL;
}

int asn1_ie_id(const struct iuplus_asn1_type *type, const void *pdu, bool extensions, size_t offset)
{
	const uint8_t *p = pdu;
	const struct per_member *m = chosen(per_type_of(type), p);
	const struct per_set *set;

	/* the alternatives of the PDU, their values, the messages, their containers of IEs and extensions */
	if (!m || m->type->kind != PER_PROCEDURE)
		return -1;
	p += m->offset;
	m = &m->type->members[m->type->procedures->value_member];
	m = chosen(m->type, p + m->offset);
	if (!m || m->type->kind != PER_SEQUENCE || m->type->count <= extensions)
		return -1;
	m = &m->type->members[extensions];
	set = m->type->set;
	if (!set || offset % sizeof(void *) || offset / sizeof(void *) >= set->count || (!extensions && m->offset))
		return -1;
	return set->ies[offset / sizeof(void *)].id;
}
