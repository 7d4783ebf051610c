/* SPDX-License-Identifier: BSD-2-Clause */
/* container.c: the transparent containers of a relocation (TS 25.413 9.2.1.28, 9.2.1.30).
 *
 * Source and target RNC decode and encode them; the core network forwards their octets unchanged. See
 * patches/25413-text.md, 9.2.1.28 and 9.2.1.30. */
#include "ranap/values.h"

#define SOURCE_TYPE IUPLUS_ASN1_RANAP_SourceRNC_ToTargetRNC_TransparentContainer
#define RANAP_Source_t RANAP_SourceRNC_ToTargetRNC_TransparentContainer_t
#define RANAP_Source_ExtIEs_t RANAP_SourceRNC_ToTargetRNC_TransparentContainer_ExtIEs_t
static const struct ie_row source_extensions[] = {
	RANAP_EXT_IE(Source, uE_EnhancedSecurityCapability, source_to_target, ue_capability, has_ue_capability,
		     ie_bit_number, .bits = 8, .ours = true),
	IE_END
};
static const struct ie_row source[] = {
	RANAP_PART(Source, rRC_Container, source_to_target, rrc_container, ie_octets),
	RANAP_PART(Source, numberOfIuInstances, source_to_target, iu_instances, ie_number),
	RANAP_PART(Source, relocationType, source_to_target, ue_involved, ie_flag),
	RANAP_MAY(Source, chosenIntegrityProtectionAlgorithm, source_to_target, integrity_algorithm,
		  has_integrity_algorithm, ranap_uia),
	RANAP_MAY(Source, integrityProtectionKey, source_to_target, ik, has_ik, ie_bit_array),
	RANAP_MAY(Source, chosenEncryptionAlgorithForSignalling, source_to_target, encryption_algorithm,
		  has_encryption_algorithm, ie_number),
	RANAP_MAY(Source, cipheringKey, source_to_target, ck, has_ck, ie_bit_array),
	RANAP_MAY(Source, chosenEncryptionAlgorithForCS, source_to_target, cs_algorithm, has_cs_algorithm, ie_number),
	RANAP_MAY(Source, chosenEncryptionAlgorithForPS, source_to_target, ps_algorithm, has_ps_algorithm, ie_number),
	RANAP_MAY(Source, d_RNTI, source_to_target, d_rnti, has_d_rnti, ie_number),
	RANAP_MAY(Source, targetCellId, source_to_target, target_cell, has_target_cell, ie_number),
	RANAP_EXTENSION_IES(Source, source_extensions),
	IE_END
};

#define TARGET_TYPE IUPLUS_ASN1_RANAP_TargetRNC_ToSourceRNC_TransparentContainer
#define RANAP_Target_t RANAP_TargetRNC_ToSourceRNC_TransparentContainer_t
#define RANAP_Target_ExtIEs_t RANAP_TargetRNC_ToSourceRNC_TransparentContainer_ExtIEs_t
static const struct ie_row target_extensions[] = {
	RANAP_EXT_IE(Target, network_EnhancedSecurityCapability, target_to_source, network_capability,
		     has_network_capability, ie_bit_number, .bits = 8, .ours = true),
	IE_END
};
static const struct ie_row target[] = { RANAP_PART(Target, rRC_Container, target_to_source, rrc_container, ie_octets),
					RANAP_MAY(Target, d_RNTI, target_to_source, d_rnti, has_d_rnti, ie_number),
					RANAP_EXTENSION_IES(Target, target_extensions), IE_END };

struct ranap_container {
	const struct iuplus_asn1_type *type;
	const struct ie_row *rows;
	size_t size; /* of the generated struct */
	unsigned id; /* of the IE */
};
const struct ranap_container ranap_source_to_target = { SOURCE_TYPE, source, sizeof(RANAP_Source_t), 61 };
const struct ranap_container ranap_target_to_source = { TARGET_TYPE, target, sizeof(RANAP_Target_t), 63 };

/* The first members of both neutral structs. */
struct neutral {
	struct iuplus_octets encoded;
	bool opened;
};
_Static_assert(offsetof(struct iuplus_ranap_source_to_target, encoded) == offsetof(struct neutral, encoded) &&
		       offsetof(struct iuplus_ranap_source_to_target, opened) == offsetof(struct neutral, opened) &&
		       offsetof(struct iuplus_ranap_target_to_source, encoded) == offsetof(struct neutral, encoded) &&
		       offsetof(struct iuplus_ranap_target_to_source, opened) == offsetof(struct neutral, opened),
	       "both containers begin alike");

static void take(struct ie_ctx *ctx, const struct ranap_container *c, const void *value, void *to)
{
	((struct neutral *)to)->opened = true;
	ie_take(ctx, c->rows, value, to);
}

static void *decode(struct ie_ctx *ctx, const struct ranap_container *c, struct iuplus_octets octets, int *rc)
{
	void *value = NULL;

	*rc = iuplus_asn1_decode(c->type, IUPLUS_ASN1_APER, octets.data, octets.len * 8, ctx->flags | IUPLUS_ASN1_EXACT,
				 ctx->arena, &value, NULL);
	return value;
}

/* ---- as an IE ------------------------------------------------------------------------------------------------ */

static bool take_ie(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const struct ranap_container *c = row->of;

	take(ctx, c, value, to);
	((struct neutral *)to)->encoded = ie_find(ctx, false, c->id);
	return true;
}

static void put_ie(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *place)
{
	const struct ranap_container *c = row->of;
	const struct neutral *neutral = from;
	void *value;

	if (neutral->encoded.len) {
		value = ie_new_encoded(ctx, c->type, neutral->encoded, neutral->opened || ctx->relay);
	} else {
		value = ie_new(ctx, c->size);
		if (value)
			ie_put(ctx, c->rows, from, value);
	}
	*(void **)place = value;
}

const struct ie_codec ranap_container = { take_ie, put_ie, IE_SOME_ALWAYS, true };

/* ---- as octets ----------------------------------------------------------------------------------------------- */

static struct iuplus_octets encode(struct ie_ctx *ctx, const struct ranap_container *c, const void *from)
{
	struct iuplus_octets octets = ((const struct neutral *)from)->encoded;
	void *value;

	if (octets.len)
		return octets;
	value = ie_new(ctx, c->size);
	if (value)
		ie_put(ctx, c->rows, from, value);
	if (ctx->rc == IUPLUS_OK)
		ctx->rc = iuplus_asn1_encode(c->type, IUPLUS_ASN1_APER, value, ctx->flags, ctx->arena, &octets, NULL,
					     NULL);
	return octets;
}

/* In a message that is only relayed, an undecodable container is left to its receiver. */
static bool take_octets(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const struct iuplus_octets octets = ie_take_octets(value);
	const void *decoded;
	int rc;

	((struct neutral *)to)->encoded = octets;
	if (ctx->relay)
		return true;
	decoded = decode(ctx, row->of, octets, &rc);
	if (rc == IUPLUS_OK)
		take(ctx, row->of, decoded, to);
	if (rc == IUPLUS_ERR_MEMORY)
		ie_fail(ctx, rc);
	return true;
}

static void put_octets(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct iuplus_octets octets = encode(ctx, row->of, from);

	ie_put_octets(ctx, octets.data, octets.len, value);
}

const struct ie_codec ranap_container_octets = { .take = take_octets, .put = put_octets };

/* ---- hidden from the decoder ---------------------------------------------------------------------------------- */

#define NO_ID 0xffff /* no protocol IE has it: the decoder takes it for one of a later release */

struct iuplus_octets ranap_hide_container(struct ie_ctx *ctx, struct iuplus_octets *hidden)
{
	const struct iuplus_octets none = { NULL, 0 };
	struct iuplus_octets found = ie_find(ctx, false, ranap_target_to_source.id);
	const uint8_t *pdu = ctx->pdu.data;
	size_t at, length;
	uint8_t *copy;

	*hidden = none;
	/* Fragments (from 16 384 octets on) are joined elsewhere: such a container is decoded. So is one whose length
	 * has more octets than it needs. */
	length = found.len < 128 ? 1 : 2;
	if (!found.len || found.data < pdu + length + 3 || found.data >= pdu + ctx->pdu.len)
		return ctx->pdu;
	at = (size_t)(found.data - pdu) - length - 3;
	if (pdu[at] || pdu[at + 1] != ranap_target_to_source.id)
		return ctx->pdu;
	copy = iuplus_arena_copy(ctx->arena, pdu, ctx->pdu.len);
	if (!copy) {
		ie_fail(ctx, IUPLUS_ERR_MEMORY);
		return none;
	}
	copy[at] = NO_ID >> 8;
	copy[at + 1] = NO_ID & 0xff;
	copy[at + 2] = IUPLUS_RANAP_IGNORE << 6;
	hidden->data = copy + (found.data - pdu);
	hidden->len = found.len;
	return (struct iuplus_octets){ copy, ctx->pdu.len };
}

static int decode_alone(const struct ranap_container *c, struct iuplus_octets octets, unsigned flags,
			struct iuplus_arena *arena, void *out)
{
	struct ie_ctx ctx = { .arena = arena, .flags = flags & IUPLUS_RANAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0 };
	struct neutral *to = out;
	const void *value;
	int rc;

	to->encoded.data = iuplus_arena_copy(arena, octets.len ? octets.data : (const uint8_t *)"", octets.len);
	if (!to->encoded.data)
		return IUPLUS_ERR_MEMORY;
	to->encoded.len = octets.len;
	value = decode(&ctx, c, to->encoded, &rc);
	if (value)
		take(&ctx, c, value, out);
	return rc;
}

static int encode_alone(const struct ranap_container *c, const void *in, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_octets *out)
{
	struct ie_ctx ctx = { .arena = arena, .flags = flags & IUPLUS_RANAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0 };

	*out = encode(&ctx, c, in);
	if (ctx.rc != IUPLUS_OK)
		*out = (struct iuplus_octets){ NULL, 0 };
	else if (((const struct neutral *)in)->encoded.len)
		out->data = iuplus_arena_copy(arena, out->data, out->len);
	return out->data || ctx.rc != IUPLUS_OK ? ctx.rc : IUPLUS_ERR_MEMORY;
}

int iuplus_ranap_source_to_target_decode(struct iuplus_octets octets, unsigned flags, struct iuplus_arena *arena,
					 struct iuplus_ranap_source_to_target *out)
{
	memset(out, 0, sizeof(*out));
	return decode_alone(&ranap_source_to_target, octets, flags, arena, out);
}

int iuplus_ranap_source_to_target_encode(const struct iuplus_ranap_source_to_target *in, unsigned flags,
					 struct iuplus_arena *arena, struct iuplus_octets *out)
{
	return encode_alone(&ranap_source_to_target, in, flags, arena, out);
}

int iuplus_ranap_target_to_source_decode(struct iuplus_octets octets, unsigned flags, struct iuplus_arena *arena,
					 struct iuplus_ranap_target_to_source *out)
{
	memset(out, 0, sizeof(*out));
	return decode_alone(&ranap_target_to_source, octets, flags, arena, out);
}

int iuplus_ranap_target_to_source_encode(const struct iuplus_ranap_target_to_source *in, unsigned flags,
					 struct iuplus_arena *arena, struct iuplus_octets *out)
{
	return encode_alone(&ranap_target_to_source, in, flags, arena, out);
}
