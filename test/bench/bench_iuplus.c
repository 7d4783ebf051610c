/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_iuplus.c: the library as a codec to measure. An arena is kept for decoding and one for encoding, as a user of
 * the library keeps them; each operation starts with a reset of the arena. */
#include <stdlib.h>

#include <iuplus/asn1.h>
#include <iuplus/ranap.h>

#include "test/bench/bench.h"

struct pdu {
	const struct iuplus_asn1_type *type;
	const uint8_t *octets;
	size_t length;
	struct iuplus_arena kept;
	void *value;
	struct iuplus_octets encoding;
};

static struct iuplus_arena arena;
static struct iuplus_asn1_error error; /* not on the stack: the measured call would include the check of the stack */

static int decode(struct pdu *p, enum iuplus_asn1_rules rules)
{
	void *value;

	iuplus_arena_reset(&arena, false);
	return iuplus_asn1_decode(p->type, rules, p->octets, 8 * p->length, 0, &arena, &value, &error) ? -1 : 0;
}

static int encode(struct pdu *p, enum iuplus_asn1_rules rules)
{

	iuplus_arena_reset(&arena, false);
	return iuplus_asn1_encode(p->type, rules, p->value, 0, &arena, &p->encoding, NULL, &error) ? -1 : 0;
}

static void *prepare(const char *protocol, enum iuplus_asn1_rules rules, const char *type, const uint8_t *octets,
		     size_t length)
{
	struct pdu *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	if (!arena.limit)
		iuplus_arena_init(&arena, 0);
	iuplus_arena_init(&p->kept, 0);
	p->type = iuplus_asn1_find(protocol, type);
	p->octets = octets;
	p->length = length;
	if (iuplus_asn1_decode(p->type, rules, octets, 8 * length, 0, &p->kept, &p->value, NULL))
		return NULL;
	return p;
}

static void *prepare_ranap(const char *type, const uint8_t *octets, size_t length)
{
	return prepare("RANAP", IUPLUS_ASN1_APER, type, octets, length);
}

static void *prepare_rrc(const char *type, const uint8_t *octets, size_t length)
{
	return prepare("RRC", IUPLUS_ASN1_UPER, type, octets, length);
}

static int decode_aper(void *pdu)
{
	return decode(pdu, IUPLUS_ASN1_APER);
}

static int encode_aper(void *pdu)
{
	return encode(pdu, IUPLUS_ASN1_APER);
}

static int decode_uper(void *pdu)
{
	return decode(pdu, IUPLUS_ASN1_UPER);
}

static int encode_uper(void *pdu)
{
	return encode(pdu, IUPLUS_ASN1_UPER);
}

static size_t encoding(void *pdu, const uint8_t **octets)
{
	const struct pdu *p = pdu;

	*octets = p->encoding.data;
	return p->encoding.len;
}

/* ---- typed calls --------------------------------------------------------------------------------------------- */

struct typed {
	struct iuplus_octets pdu;
	struct iuplus_arena kept;
	struct iuplus_ranap_msg msg;
	struct iuplus_octets encoding;
};

static void *prepare_typed(const char *type, const uint8_t *octets, size_t length)
{
	struct typed *p = calloc(1, sizeof(*p));
	struct iuplus_ranap_problem problem;

	(void)type;
	if (!p)
		return NULL;
	if (!arena.limit)
		iuplus_arena_init(&arena, 0);
	iuplus_arena_init(&p->kept, 0);
	p->pdu = (struct iuplus_octets){ octets, length };
	return iuplus_ranap_decode(p->pdu, 0, &p->kept, &p->msg, &problem) ? NULL : p;
}

static int decode_typed(void *pdu)
{
	const struct typed *p = pdu;
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg msg;

	iuplus_arena_reset(&arena, false);
	return iuplus_ranap_decode(p->pdu, 0, &arena, &msg, &problem) ? -1 : 0;
}

static int encode_typed(void *pdu)
{
	struct typed *p = pdu;

	iuplus_arena_reset(&arena, false);
	return iuplus_ranap_encode(&p->msg, 0, &arena, &p->encoding) ? -1 : 0;
}

static size_t encoding_typed(void *pdu, const uint8_t **octets)
{
	const struct typed *p = pdu;

	*octets = p->encoding.data;
	return p->encoding.len;
}

const struct bench_codec bench_typed_ranap = { "typed", prepare_typed, decode_typed, encode_typed, encoding_typed };
const struct bench_codec bench_iuplus_ranap = { "generic", prepare_ranap, decode_aper, encode_aper, encoding };
const struct bench_codec bench_iuplus_rrc = { "generic", prepare_rrc, decode_uper, encode_uper, encoding };
