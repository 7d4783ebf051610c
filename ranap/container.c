/* SPDX-License-Identifier: BSD-2-Clause */
/* container.c: the transparent containers of a relocation (TS 25.413 9.2.1.28, 9.2.1.30).
 *
 * Source and target RNC read and write them; the core network passes their octets on as they came. */
#include <string.h>
#include "ranap/values.h"

/* ---- source to target ---------------------------------------------------------------------------------------- */

static bool take_algorithm(const long *from, uint8_t *to)
{
	if (from)
		*to = (uint8_t)*from;
	return from != NULL;
}

static bool take_key(const BIT_STRING_t *from, uint8_t to[16])
{
	if (from)
		ranap_take_fixed(from->buf, from->size, to, 16);
	return from != NULL;
}

void ranap_take_source_to_target(const RANAP_SourceRNC_ToTargetRNC_TransparentContainer_t *from,
				 struct iuplus_ranap_source_to_target *to)
{
	to->opened = true;
	to->rrc_container = ranap_take_octets(&from->rRC_Container);
	to->iu_instances = (uint8_t)from->numberOfIuInstances;
	to->ue_involved = from->relocationType == RANAP_RelocationType_ue_involved;
	to->has_integrity_algorithm =
		take_algorithm(from->chosenIntegrityProtectionAlgorithm, &to->integrity_algorithm);
	to->has_ik = take_key(from->integrityProtectionKey, to->ik);
	to->has_encryption_algorithm =
		take_algorithm(from->chosenEncryptionAlgorithForSignalling, &to->encryption_algorithm);
	to->has_ck = take_key(from->cipheringKey, to->ck);
	to->has_cs_algorithm = take_algorithm(from->chosenEncryptionAlgorithForCS, &to->cs_algorithm);
	to->has_ps_algorithm = take_algorithm(from->chosenEncryptionAlgorithForPS, &to->ps_algorithm);
	if (from->d_RNTI) {
		to->has_d_rnti = true;
		to->d_rnti = (uint32_t)*from->d_RNTI;
	}
	if (from->targetCellId) {
		to->has_target_cell = true;
		to->target_cell = (uint32_t)*from->targetCellId;
	}
	if (from->iE_Extensions && from->iE_Extensions->uE_EnhancedSecurityCapability) {
		to->has_ue_capability = true;
		to->ue_capability = ranap_take_capability(from->iE_Extensions->uE_EnhancedSecurityCapability);
	}
}

RANAP_SourceRNC_ToTargetRNC_TransparentContainer_t *
ranap_new_source_to_target(struct ranap_ctx *ctx, const struct iuplus_ranap_source_to_target *from)
{
	RANAP_SourceRNC_ToTargetRNC_TransparentContainer_t *p;

	if (from->encoded.len)
		return ranap_put_item(ctx, IUPLUS_ASN1_RANAP_SourceRNC_ToTargetRNC_TransparentContainer, from->encoded);
	p = ranap_new(ctx, sizeof(*p));
	if (!p)
		return NULL;
	ranap_put_octets(ctx, from->rrc_container.data, from->rrc_container.len, &p->rRC_Container);
	p->numberOfIuInstances = from->iu_instances;
	p->relocationType = from->ue_involved ? RANAP_RelocationType_ue_involved : RANAP_RelocationType_ue_not_involved;
	if (from->has_integrity_algorithm)
		p->chosenIntegrityProtectionAlgorithm = ranap_put_long(ctx, from->integrity_algorithm);
	if (from->has_ik)
		p->integrityProtectionKey = ranap_new_bits(ctx, from->ik, 128);
	if (from->has_encryption_algorithm)
		p->chosenEncryptionAlgorithForSignalling = ranap_put_long(ctx, from->encryption_algorithm);
	if (from->has_ck)
		p->cipheringKey = ranap_new_bits(ctx, from->ck, 128);
	if (from->has_cs_algorithm)
		p->chosenEncryptionAlgorithForCS = ranap_put_long(ctx, from->cs_algorithm);
	if (from->has_ps_algorithm)
		p->chosenEncryptionAlgorithForPS = ranap_put_long(ctx, from->ps_algorithm);
	if (from->has_d_rnti)
		p->d_RNTI = ranap_put_long(ctx, (long)from->d_rnti);
	if (from->has_target_cell)
		p->targetCellId = ranap_put_long(ctx, (long)from->target_cell);
	if (from->has_ue_capability && ranap_extension_allowed(ctx)) {
		p->iE_Extensions = ranap_new(ctx, sizeof(*p->iE_Extensions));
		if (p->iE_Extensions)
			p->iE_Extensions->uE_EnhancedSecurityCapability =
				ranap_new_capability(ctx, from->ue_capability);
	}
	return p;
}

/* ---- target to source ---------------------------------------------------------------------------------------- */

void ranap_take_target_to_source(const RANAP_TargetRNC_ToSourceRNC_TransparentContainer_t *from,
				 struct iuplus_ranap_target_to_source *to)
{
	to->opened = true;
	to->rrc_container = ranap_take_octets(&from->rRC_Container);
	if (from->d_RNTI) {
		to->has_d_rnti = true;
		to->d_rnti = (uint32_t)*from->d_RNTI;
	}
	if (from->iE_Extensions && from->iE_Extensions->network_EnhancedSecurityCapability) {
		to->has_network_capability = true;
		to->network_capability = ranap_take_capability(from->iE_Extensions->network_EnhancedSecurityCapability);
	}
}

RANAP_TargetRNC_ToSourceRNC_TransparentContainer_t *
ranap_new_target_to_source(struct ranap_ctx *ctx, const struct iuplus_ranap_target_to_source *from)
{
	RANAP_TargetRNC_ToSourceRNC_TransparentContainer_t *p;

	if (from->encoded.len)
		return ranap_put_item(ctx, IUPLUS_ASN1_RANAP_TargetRNC_ToSourceRNC_TransparentContainer, from->encoded);
	p = ranap_new(ctx, sizeof(*p));
	if (!p)
		return NULL;
	ranap_put_octets(ctx, from->rrc_container.data, from->rrc_container.len, &p->rRC_Container);
	if (from->has_d_rnti)
		p->d_RNTI = ranap_put_long(ctx, (long)from->d_rnti);
	if (from->has_network_capability && ranap_extension_allowed(ctx)) {
		p->iE_Extensions = ranap_new(ctx, sizeof(*p->iE_Extensions));
		if (p->iE_Extensions)
			p->iE_Extensions->network_EnhancedSecurityCapability =
				ranap_new_capability(ctx, from->network_capability);
	}
	return p;
}

/* ---- as an IE ------------------------------------------------------------------------------------------------ */

#define ID_SOURCE_TO_TARGET 61	/* the same id for both types of the container */
#define ID_TARGET_TO_SOURCE 63
#define RANAP_HEAD 3u		/* alternative, procedure code, criticality */

/* The container's octets as they came. */
static struct iuplus_octets encoded_container(struct ranap_ctx *ctx, unsigned id)
{
	struct iuplus_octets octets = ranap_find_ie(ctx, ctx->pdu, RANAP_HEAD, id);

	if (!octets.len)
		return octets;
	octets.data = iuplus_arena_copy(ctx->arena, octets.data, octets.len);
	if (!octets.data)
		ranap_fail(ctx, IUPLUS_ERR_MEMORY);
	return octets;
}

void ranap_take_source_to_target_ie(struct ranap_ctx *ctx,
				    const RANAP_SourceRNC_ToTargetRNC_TransparentContainer_t *from,
				    struct iuplus_ranap_source_to_target *to)
{
	ranap_take_source_to_target(from, to);
	to->encoded = encoded_container(ctx, ID_SOURCE_TO_TARGET);
}

void ranap_take_target_to_source_ie(struct ranap_ctx *ctx,
				    const RANAP_TargetRNC_ToSourceRNC_TransparentContainer_t *from,
				    struct iuplus_ranap_target_to_source *to)
{
	ranap_take_target_to_source(from, to);
	to->encoded = encoded_container(ctx, ID_TARGET_TO_SOURCE);
}

/* ---- as octets ----------------------------------------------------------------------------------------------- */

static const void *open_octets(struct ranap_ctx *ctx, const struct iuplus_asn1_type *type, struct iuplus_octets octets,
			       struct iuplus_octets *encoded, int *rc)
{
	void *value = NULL;

	encoded->data = iuplus_arena_copy(ctx->arena, octets.len ? octets.data : (const uint8_t *)"", octets.len);
	if (!encoded->data) {
		*rc = IUPLUS_ERR_MEMORY;
		return NULL;
	}
	encoded->len = octets.len;
	*rc = iuplus_asn1_decode(type, IUPLUS_ASN1_APER, encoded->data, octets.len * 8, ctx->flags | IUPLUS_ASN1_EXACT,
				 ctx->arena, &value, NULL);
	return value;
}

/* In a message that is only relayed, a container that does not open is none of the relay's business. */
void ranap_open_source_to_target(struct ranap_ctx *ctx, struct iuplus_octets octets,
				 struct iuplus_ranap_source_to_target *to)
{
	int rc;
	const void *value = open_octets(ctx, IUPLUS_ASN1_RANAP_SourceRNC_ToTargetRNC_TransparentContainer, octets,
					&to->encoded, &rc);

	if (value && rc == IUPLUS_OK)
		ranap_take_source_to_target(value, to);
	if (rc == IUPLUS_ERR_MEMORY)
		ranap_fail(ctx, rc);
}

void ranap_open_target_to_source(struct ranap_ctx *ctx, struct iuplus_octets octets,
				 struct iuplus_ranap_target_to_source *to)
{
	int rc;
	const void *value = open_octets(ctx, IUPLUS_ASN1_RANAP_TargetRNC_ToSourceRNC_TransparentContainer, octets,
					&to->encoded, &rc);

	if (value && rc == IUPLUS_OK)
		ranap_take_target_to_source(value, to);
	if (rc == IUPLUS_ERR_MEMORY)
		ranap_fail(ctx, rc);
}

OCTET_STRING_t *ranap_close_source_to_target(struct ranap_ctx *ctx, const struct iuplus_ranap_source_to_target *from)
{
	struct iuplus_octets octets = from->encoded;

	if (!octets.len) {
		const void *value = ranap_new_source_to_target(ctx, from);

		if (ctx->rc != IUPLUS_OK)
			return NULL;
		octets = ranap_encode_item(ctx, IUPLUS_ASN1_RANAP_SourceRNC_ToTargetRNC_TransparentContainer, value);
	}
	return ranap_new_octets(ctx, octets.data, octets.len);
}

OCTET_STRING_t *ranap_close_target_to_source(struct ranap_ctx *ctx, const struct iuplus_ranap_target_to_source *from)
{
	struct iuplus_octets octets = from->encoded;

	if (!octets.len) {
		const void *value = ranap_new_target_to_source(ctx, from);

		if (ctx->rc != IUPLUS_OK)
			return NULL;
		octets = ranap_encode_item(ctx, IUPLUS_ASN1_RANAP_TargetRNC_ToSourceRNC_TransparentContainer, value);
	}
	return ranap_new_octets(ctx, octets.data, octets.len);
}

int iuplus_ranap_source_to_target_decode(struct iuplus_octets octets, unsigned flags, struct iuplus_arena *arena,
					 struct iuplus_ranap_source_to_target *out)
{
	struct ranap_ctx ctx = { .arena = arena, .flags = flags & IUPLUS_RANAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0 };
	const void *value;
	int rc;

	memset(out, 0, sizeof(*out));
	value = open_octets(&ctx, IUPLUS_ASN1_RANAP_SourceRNC_ToTargetRNC_TransparentContainer, octets, &out->encoded,
			    &rc);
	if (value)
		ranap_take_source_to_target(value, out);
	return rc;
}

int iuplus_ranap_source_to_target_encode(const struct iuplus_ranap_source_to_target *in, unsigned flags,
					 struct iuplus_arena *arena, struct iuplus_octets *out)
{
	struct ranap_ctx ctx = { .arena = arena, .flags = flags & IUPLUS_RANAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0 };

	*out = ranap_take_octets(ranap_close_source_to_target(&ctx, in));
	return ctx.rc;
}

int iuplus_ranap_target_to_source_decode(struct iuplus_octets octets, unsigned flags, struct iuplus_arena *arena,
					 struct iuplus_ranap_target_to_source *out)
{
	struct ranap_ctx ctx = { .arena = arena, .flags = flags & IUPLUS_RANAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0 };
	const void *value;
	int rc;

	memset(out, 0, sizeof(*out));
	value = open_octets(&ctx, IUPLUS_ASN1_RANAP_TargetRNC_ToSourceRNC_TransparentContainer, octets, &out->encoded,
			    &rc);
	if (value)
		ranap_take_target_to_source(value, out);
	return rc;
}

int iuplus_ranap_target_to_source_encode(const struct iuplus_ranap_target_to_source *in, unsigned flags,
					 struct iuplus_arena *arena, struct iuplus_octets *out)
{
	struct ranap_ctx ctx = { .arena = arena, .flags = flags & IUPLUS_RANAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0 };

	*out = ranap_take_octets(ranap_close_target_to_source(&ctx, in));
	return ctx.rc;
}
