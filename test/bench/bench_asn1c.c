/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_asn1c.c: asn1c's own UPER code with the descriptors and structs that it generates from the same plain module,
 * as a codec to measure; decoding frees the value. A shared object for bench_rrc. */
#include <stdlib.h>
#include <string.h>

#include <asn_application.h>
#include <per_decoder.h>
#include <per_encoder.h>

#include "test/bench/bench.h"

extern asn_TYPE_descriptor_t asn_DEF_RRC_DL_DCCH_Message, asn_DEF_RRC_UL_DCCH_Message, asn_DEF_RRC_DL_CCCH_Message,
	asn_DEF_RRC_UL_CCCH_Message;

struct pdu {
	asn_TYPE_descriptor_t *type;
	const uint8_t *octets;
	size_t length;
	void *value;
	uint8_t encoding[64 * 1024];
	size_t encoded;
};

static void *decode_whole(struct pdu *p)
{
	void *value = NULL;
	asn_dec_rval_t rval = uper_decode_complete(NULL, p->type, &value, p->octets, p->length);

	if (rval.code == RC_OK)
		return value;
	ASN_STRUCT_FREE(*p->type, value);
	return NULL;
}

static int decode(void *pdu)
{
	struct pdu *p = pdu;
	void *value = decode_whole(p);

	if (!value)
		return -1;
	ASN_STRUCT_FREE(*p->type, value);
	return 0;
}

static int encode(void *pdu)
{
	struct pdu *p = pdu;
	asn_enc_rval_t rval = uper_encode_to_buffer(p->type, p->value, p->encoding, sizeof(p->encoding));

	if (rval.encoded < 0)
		return -1;
	p->encoded = (size_t)(rval.encoded + 7) / 8;
	return 0;
}

static void *prepare(const char *type, const uint8_t *octets, size_t length)
{
	static const struct {
		const char *name;
		asn_TYPE_descriptor_t *type;
	} types[] = { { "DL-DCCH-Message", &asn_DEF_RRC_DL_DCCH_Message },
		      { "UL-DCCH-Message", &asn_DEF_RRC_UL_DCCH_Message },
		      { "DL-CCCH-Message", &asn_DEF_RRC_DL_CCCH_Message },
		      { "UL-CCCH-Message", &asn_DEF_RRC_UL_CCCH_Message } };
	struct pdu *p = calloc(1, sizeof(*p));
	unsigned i;

	if (!p)
		return NULL;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(type, types[i].name) == 0)
			p->type = types[i].type;
	}
	p->octets = octets;
	p->length = length;
	p->value = p->type ? decode_whole(p) : NULL;
	return p->value ? p : NULL;
}

static size_t encoding(void *pdu, const uint8_t **octets)
{
	const struct pdu *p = pdu;

	*octets = p->encoding;
	return p->encoded;
}

extern const struct bench_codec bench_peer;
const struct bench_codec bench_peer = { "asn1c", prepare, decode, encode, encoding };
