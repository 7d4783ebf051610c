/* SPDX-License-Identifier: BSD-2-Clause */
/* typed.h: functions of the engine for the typed codecs (ranap/, rnsap/) that are not in <iuplus/asn1.h>: they return
 * the received octets of an IE, and send an IE as octets. */
#ifndef ASN1_TYPED_H
#define ASN1_TYPED_H

#include <iuplus/asn1.h>

#include "asn1/per/arena.h"

/* The octets from which iuplus_asn1_decode() decoded value, whose type has size octets: in the arena, as many as the
 * call received. */
static inline const uint8_t *asn1_input(const void *value, size_t size)
{
	/* read_value() in asn1.c puts them there */
	return (const uint8_t *)value + arena_round(size);
}

/* The id of an IE of a decoded or half-built PDU's message: the one whose pointer is at offset in the message's
 * struct, or, with extensions, in its extension container. type is the PDU's. Returns -1 if there is no such IE. */
int asn1_ie_id(const struct iuplus_asn1_type *type, const void *pdu, bool extensions, size_t offset);

/* A substitute for an IE's pointer, only for the encoder: the content of its open type, which is encoded unchanged. A
 * pair has octets[0] and octets[1]. */
static inline void *asn1_as_octets(const struct iuplus_octets *octets)
{
	return (void *)((uintptr_t)octets | 1);
}

#endif
