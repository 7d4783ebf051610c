/* SPDX-License-Identifier: BSD-2-Clause */
/* values.c: single IEs between their neutral and their generated form: identities, causes, security information. */
#include <string.h>
#include "ranap/values.h"

/* ---- identities ---------------------------------------------------------------------------------------------- */

static void put_number(struct ranap_ctx *ctx, unsigned value, size_t len, OCTET_STRING_t *to)
{
	uint8_t octets[2] = { (uint8_t)(value >> 8), (uint8_t)value };

	ranap_put_octets(ctx, octets + 2 - len, len, to);
}

void ranap_take_lai(const RANAP_LAI_t *from, struct iuplus_ranap_lai *to)
{
	if (!from)
		return;
	ranap_take_fixed(from->pLMNidentity.buf, from->pLMNidentity.size, to->plmn, sizeof(to->plmn));
	to->lac = (uint16_t)ranap_take_number(from->lAC.buf, from->lAC.size);
}

void ranap_put_lai(struct ranap_ctx *ctx, const struct iuplus_ranap_lai *from, RANAP_LAI_t *to)
{
	ranap_put_octets(ctx, from->plmn, sizeof(from->plmn), &to->pLMNidentity);
	put_number(ctx, from->lac, 2, &to->lAC);
}

RANAP_LAI_t *ranap_new_lai(struct ranap_ctx *ctx, const struct iuplus_ranap_lai *from)
{
	RANAP_LAI_t *p = ranap_new(ctx, sizeof(*p));

	if (p)
		ranap_put_lai(ctx, from, p);
	return p;
}

void ranap_take_sai(const RANAP_SAI_t *from, struct iuplus_ranap_sai *to)
{
	if (!from)
		return;
	ranap_take_fixed(from->pLMNidentity.buf, from->pLMNidentity.size, to->plmn, sizeof(to->plmn));
	to->lac = (uint16_t)ranap_take_number(from->lAC.buf, from->lAC.size);
	to->sac = (uint16_t)ranap_take_number(from->sAC.buf, from->sAC.size);
}

void ranap_put_sai(struct ranap_ctx *ctx, const struct iuplus_ranap_sai *from, RANAP_SAI_t *to)
{
	ranap_put_octets(ctx, from->plmn, sizeof(from->plmn), &to->pLMNidentity);
	put_number(ctx, from->lac, 2, &to->lAC);
	put_number(ctx, from->sac, 2, &to->sAC);
}

RANAP_SAI_t *ranap_new_sai(struct ranap_ctx *ctx, const struct iuplus_ranap_sai *from)
{
	RANAP_SAI_t *p = ranap_new(ctx, sizeof(*p));

	if (p)
		ranap_put_sai(ctx, from, p);
	return p;
}

void ranap_take_rnc(const RANAP_GlobalRNC_ID_t *from, const long *extended, struct iuplus_ranap_rnc *to)
{
	if (!from)
		return;
	ranap_take_fixed(from->pLMNidentity.buf, from->pLMNidentity.size, to->plmn, sizeof(to->plmn));
	to->rnc_id = (uint16_t)(extended ? *extended : from->rNC_ID);
}

long ranap_short_rnc_id(uint16_t rnc_id)
{
	/* Beside an Extended RNC-ID the RNC-ID IE is not looked at; its highest value names no real RNC. */
	return rnc_id > 4095 ? 4095 : rnc_id;
}

RANAP_GlobalRNC_ID_t *ranap_new_rnc(struct ranap_ctx *ctx, const struct iuplus_ranap_rnc *from)
{
	RANAP_GlobalRNC_ID_t *p = ranap_new(ctx, sizeof(*p));

	if (!p)
		return NULL;
	ranap_put_octets(ctx, from->plmn, sizeof(from->plmn), &p->pLMNidentity);
	p->rNC_ID = ranap_short_rnc_id(from->rnc_id);
	return p;
}

bool ranap_take_imsi(const RANAP_PermanentNAS_UE_ID_t *from, struct iuplus_ranap_imsi *to)
{
	const OCTET_STRING_t *imsi;

	if (!from || from->present != RANAP_PermanentNAS_UE_ID_PR_iMSI)
		return false;
	imsi = &from->choice.iMSI;
	if (imsi->size < 3 || imsi->size > (int)sizeof(to->tbcd))
		return false;
	to->len = (uint8_t)imsi->size;
	memcpy(to->tbcd, imsi->buf, to->len);
	return true;
}

RANAP_PermanentNAS_UE_ID_t *ranap_new_imsi(struct ranap_ctx *ctx, const struct iuplus_ranap_imsi *from)
{
	RANAP_PermanentNAS_UE_ID_t *p;

	if (from->len < 3 || from->len > sizeof(from->tbcd)) {
		ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return NULL;
	}
	p = ranap_new(ctx, sizeof(*p));
	if (!p)
		return NULL;
	p->present = RANAP_PermanentNAS_UE_ID_PR_iMSI;
	ranap_put_octets(ctx, from->tbcd, from->len, &p->choice.iMSI);
	return p;
}

uint32_t ranap_take_iu_sig_con_id(const BIT_STRING_t *from)
{
	return from ? ranap_take_number(from->buf, from->size) : 0;
}

BIT_STRING_t *ranap_new_iu_sig_con_id(struct ranap_ctx *ctx, uint32_t id)
{
	uint8_t octets[3] = { (uint8_t)(id >> 16), (uint8_t)(id >> 8), (uint8_t)id };

	if (id > 0xffffff) {
		ranap_fail(ctx, IUPLUS_ERR_CONSTRAINT);
		return NULL;
	}
	return ranap_new_bits(ctx, octets, 24);
}

/* ---- cause --------------------------------------------------------------------------------------------------- */

uint16_t ranap_take_cause(const RANAP_Cause_t *from)
{
	if (!from)
		return 0;
	switch (from->present) {
	case RANAP_Cause_PR_radioNetwork: return (uint16_t)from->choice.radioNetwork;
	case RANAP_Cause_PR_transmissionNetwork: return (uint16_t)from->choice.transmissionNetwork;
	case RANAP_Cause_PR_nAS: return (uint16_t)from->choice.nAS;
	case RANAP_Cause_PR_protocol: return (uint16_t)from->choice.protocol;
	case RANAP_Cause_PR_misc: return (uint16_t)from->choice.misc;
	case RANAP_Cause_PR_non_Standard: return (uint16_t)from->choice.non_Standard;
	case RANAP_Cause_PR_radioNetworkExtension: return (uint16_t)from->choice.radioNetworkExtension;
	default: return 0;
	}
}

void ranap_put_cause(struct ranap_ctx *ctx, uint16_t cause, RANAP_Cause_t *to)
{
	if (cause == 0) {
		ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
	} else if (cause <= 64) {
		to->present = RANAP_Cause_PR_radioNetwork;
		to->choice.radioNetwork = cause;
	} else if (cause <= 80) {
		to->present = RANAP_Cause_PR_transmissionNetwork;
		to->choice.transmissionNetwork = cause;
	} else if (cause <= 96) {
		to->present = RANAP_Cause_PR_nAS;
		to->choice.nAS = cause;
	} else if (cause <= 112) {
		to->present = RANAP_Cause_PR_protocol;
		to->choice.protocol = cause;
	} else if (cause <= 128) {
		to->present = RANAP_Cause_PR_misc;
		to->choice.misc = cause;
	} else if (cause <= 256) {
		to->present = RANAP_Cause_PR_non_Standard;
		to->choice.non_Standard = cause;
	} else {
		/* Values above 512 fail in the encoder. */
		to->present = RANAP_Cause_PR_radioNetworkExtension;
		to->choice.radioNetworkExtension = cause;
	}
}

RANAP_Cause_t *ranap_new_cause(struct ranap_ctx *ctx, uint16_t cause)
{
	RANAP_Cause_t *p = ranap_new(ctx, sizeof(*p));

	if (p)
		ranap_put_cause(ctx, cause, p);
	return p;
}

/* ---- security ------------------------------------------------------------------------------------------------ */

/* Both lists of permitted algorithms are lists of INTEGER (0..15). */
static void take_algorithms(long *const *array, int count, struct iuplus_ranap_protection *to)
{
	int i;

	for (i = 0; i < count && i < (int)sizeof(to->algorithms); i++)
		to->algorithms[i] = (uint8_t)*array[i];
	to->count = (uint8_t)i;
}

static bool new_algorithms(struct ranap_ctx *ctx, const struct iuplus_ranap_protection *from, void *list)
{
	if (from->count == 0 || from->count > sizeof(from->algorithms)) {
		ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return false;
	}
	return ranap_new_list(ctx, list, from->count, sizeof(long));
}

void ranap_take_integrity(const RANAP_IntegrityProtectionInformation_t *from, struct iuplus_ranap_protection *to)
{
	if (!from)
		return;
	take_algorithms(from->permittedAlgorithms.list.array, from->permittedAlgorithms.list.count, to);
	ranap_take_fixed(from->key.buf, from->key.size, to->key, sizeof(to->key));
}

RANAP_IntegrityProtectionInformation_t *ranap_new_integrity(struct ranap_ctx *ctx,
							    const struct iuplus_ranap_protection *from)
{
	RANAP_IntegrityProtectionInformation_t *p = ranap_new(ctx, sizeof(*p));
	unsigned i;

	if (!p || !new_algorithms(ctx, from, &p->permittedAlgorithms.list))
		return NULL;
	for (i = 0; i < from->count; i++)
		*p->permittedAlgorithms.list.array[i] = from->algorithms[i];
	ranap_put_bits(ctx, from->key, 128, &p->key);
	return p;
}

void ranap_take_encryption(const RANAP_EncryptionInformation_t *from, struct iuplus_ranap_protection *to)
{
	if (!from)
		return;
	take_algorithms(from->permittedAlgorithms.list.array, from->permittedAlgorithms.list.count, to);
	ranap_take_fixed(from->key.buf, from->key.size, to->key, sizeof(to->key));
}

RANAP_EncryptionInformation_t *ranap_new_encryption(struct ranap_ctx *ctx, const struct iuplus_ranap_protection *from)
{
	RANAP_EncryptionInformation_t *p = ranap_new(ctx, sizeof(*p));
	unsigned i;

	if (!p || !new_algorithms(ctx, from, &p->permittedAlgorithms.list))
		return NULL;
	for (i = 0; i < from->count; i++)
		*p->permittedAlgorithms.list.array[i] = from->algorithms[i];
	ranap_put_bits(ctx, from->key, 128, &p->key);
	return p;
}

void ranap_take_enhanced(const RANAP_EnhancedSecurityInformation_t *from, struct iuplus_ranap_enhanced_security *to)
{
	const RANAP_AirInterfaceKeys_t *air;

	if (from->keys.present == RANAP_EnhancedSecurityKeys_PR_k_RNC) {
		to->has_k_rnc = true;
		ranap_take_fixed(from->keys.choice.k_RNC.buf, from->keys.choice.k_RNC.size, to->k_rnc,
				 sizeof(to->k_rnc));
	} else if (from->keys.present == RANAP_EnhancedSecurityKeys_PR_airKeys) {
		air = &from->keys.choice.airKeys;
		ranap_take_fixed(air->iK_U.buf, air->iK_U.size, to->ik_u, sizeof(to->ik_u));
		to->has_ck_u = air->cK_U != NULL;
		if (air->cK_U)
			ranap_take_fixed(air->cK_U->buf, air->cK_U->size, to->ck_u, sizeof(to->ck_u));
	}
	if (from->nextKey) {
		to->has_k_rnc_star = true;
		ranap_take_fixed(from->nextKey->k_RNC_Star.buf, from->nextKey->k_RNC_Star.size, to->k_rnc_star,
				 sizeof(to->k_rnc_star));
		to->ncc = (uint8_t)from->nextKey->nCC;
	}
	if (from->freshness && from->freshness->present == RANAP_KeyDerivationFreshness_PR_nonce) {
		to->has_nonce = true;
		ranap_take_fixed(from->freshness->choice.nonce.buf, from->freshness->choice.nonce.size, to->nonce,
				 sizeof(to->nonce));
	} else if (from->freshness && from->freshness->present == RANAP_KeyDerivationFreshness_PR_counter) {
		to->has_counter = true;
		to->counter = (uint32_t)from->freshness->choice.counter;
	}
}

RANAP_EnhancedSecurityInformation_t *ranap_new_enhanced(struct ranap_ctx *ctx,
							const struct iuplus_ranap_enhanced_security *from)
{
	RANAP_EnhancedSecurityInformation_t *p = ranap_new(ctx, sizeof(*p));

	if (!p)
		return NULL;
	if (from->has_nonce && from->has_counter) {
		ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return NULL;
	}
	if (from->has_k_rnc) {
		p->keys.present = RANAP_EnhancedSecurityKeys_PR_k_RNC;
		ranap_put_bits(ctx, from->k_rnc, 256, &p->keys.choice.k_RNC);
	} else {
		p->keys.present = RANAP_EnhancedSecurityKeys_PR_airKeys;
		ranap_put_bits(ctx, from->ik_u, 128, &p->keys.choice.airKeys.iK_U);
		if (from->has_ck_u)
			p->keys.choice.airKeys.cK_U = ranap_new_bits(ctx, from->ck_u, 128);
	}
	if (from->has_k_rnc_star) {
		p->nextKey = ranap_new(ctx, sizeof(*p->nextKey));
		if (!p->nextKey)
			return NULL;
		ranap_put_bits(ctx, from->k_rnc_star, 256, &p->nextKey->k_RNC_Star);
		p->nextKey->nCC = from->ncc;
	}
	if (from->has_nonce || from->has_counter) {
		p->freshness = ranap_new(ctx, sizeof(*p->freshness));
		if (!p->freshness)
			return NULL;
		if (from->has_nonce) {
			p->freshness->present = RANAP_KeyDerivationFreshness_PR_nonce;
			ranap_put_bits(ctx, from->nonce, 128, &p->freshness->choice.nonce);
		} else {
			p->freshness->present = RANAP_KeyDerivationFreshness_PR_counter;
			p->freshness->choice.counter = from->counter;
		}
	}
	return p;
}
