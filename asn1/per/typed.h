/* SPDX-License-Identifier: BSD-2-Clause */
/* typed.h: what the typed codecs (ranap/, rnsap/) need of the engine besides the calls of <iuplus/asn1.h>: the octets
 * of an IE as they were received, and a way to send an IE as octets. */
#ifndef ASN1_TYPED_H
#define ASN1_TYPED_H

#include <iuplus/asn1.h>

#include "asn1/per/arena.h"

/* The octets that value, of a type of size octets, was decoded from by iuplus_asn1_decode(): in the arena, as many as
 * that was given. */
static inline const uint8_t *asn1_input(const void *value, size_t size)
{
	/* read_value() in asn1.c puts them there */
	return (const uint8_t *)value + arena_round(size);
}

/* The id of an IE of a decoded or half-built PDU's message: the one whose pointer is at offset in the message's
 * struct, or, with extensions, in its extension container. type is the PDU's. Returns -1 when there is no such IE. */
int asn1_ie_id(const struct iuplus_asn1_type *type, const void *pdu, bool extensions, size_t offset);

/* In place of an IE's pointer, for the encoder alone: the content of its open type, which is encoded as it is. Of a
 * pair, octets[0] and octets[1]. */
static inline void *asn1_as_octets(const struct iuplus_octets *octets)
{
	return (void *)((uintptr_t)octets | 1);
}

#endif
