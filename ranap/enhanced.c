/* SPDX-License-Identifier: BSD-2-Clause */
/* enhanced.c: the extension's IEs with keys (asn1/iuplus/IUPLUS-RANAP-IEs.asn). See patches/25413-text.md, 9.2.1. */
#include "ranap/values.h"

/* ---- EnhancedSecurityKeys ------------------------------------------------------------------------------------ */

static const struct ie_row air_keys[] = {
	RANAP_PART(AirInterfaceKeys, iK_U, enhanced_keys, ik_u, ie_bit_array),
	RANAP_MAY(AirInterfaceKeys, cK_U, enhanced_keys, ck_u, has_ck_u, ie_bit_array), IE_END
};
static const struct ie_row hierarchy_key[] = {
	RANAP_PART(EnhancedSecurityKeys, choice.k_RNC, enhanced_keys, k_rnc, ie_bit_array), IE_END
};

/* An alternative of a later release has no keys that a receiver could use. */
static bool take_keys(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *neutral)
{
	const RANAP_EnhancedSecurityKeys_t *from = value;
	struct iuplus_ranap_enhanced_keys *to = neutral;

	(void)row;
	to->has_k_rnc = from->present == RANAP_EnhancedSecurityKeys_PR_k_RNC;
	if (to->has_k_rnc)
		return ie_take(ctx, hierarchy_key, from, to);
	return from->present == RANAP_EnhancedSecurityKeys_PR_airKeys &&
	       ie_take(ctx, air_keys, &from->choice.airKeys, to);
}

static void put_keys(struct ie_ctx *ctx, const struct ie_row *row, const void *neutral, void *value)
{
	const struct iuplus_ranap_enhanced_keys *from = neutral;
	RANAP_EnhancedSecurityKeys_t *to = value;

	(void)row;
	to->present = from->has_k_rnc ? RANAP_EnhancedSecurityKeys_PR_k_RNC : RANAP_EnhancedSecurityKeys_PR_airKeys;
	if (from->has_k_rnc)
		ie_put(ctx, hierarchy_key, from, to);
	else
		ie_put(ctx, air_keys, from, &to->choice.airKeys);
}

static const struct ie_codec keys = { .take = take_keys, .put = put_keys };

/* ---- KeyIndex, KeyInUse, NextKey ----------------------------------------------------------------------------- */

static const struct ie_row key_index[] = {
	IE_PART(RANAP_KeyIndex_t, counter, struct iuplus_security_key_index, counter, ie_number),
	IE_PART(RANAP_KeyIndex_t, nCC, struct iuplus_security_key_index, ncc, ie_number), IE_END
};
static const struct ie_row enhanced_in_use[] = {
	RANAP_PART(KeyInUse, choice.enhanced, key_in_use, index, ie_record, .of = key_index), IE_END
};

static bool take_key_in_use(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *neutral)
{
	const RANAP_KeyInUse_t *from = value;
	struct iuplus_ranap_key_in_use *to = neutral;

	(void)row;
	to->enhanced = from->present == RANAP_KeyInUse_PR_enhanced;
	if (to->enhanced)
		return ie_take(ctx, enhanced_in_use, from, to);
	return from->present == RANAP_KeyInUse_PR_container;
}

static void put_key_in_use(struct ie_ctx *ctx, const struct ie_row *row, const void *neutral, void *value)
{
	const struct iuplus_ranap_key_in_use *from = neutral;
	RANAP_KeyInUse_t *to = value;

	(void)row;
	to->present = from->enhanced ? RANAP_KeyInUse_PR_enhanced : RANAP_KeyInUse_PR_container;
	if (from->enhanced)
		ie_put(ctx, enhanced_in_use, from, to);
}

const struct ie_codec ranap_key_in_use = { .take = take_key_in_use, .put = put_key_in_use };

const struct ie_row ranap_next_key[] = { RANAP_PART(NextKey, keys, next_key, keys, keys),
					 RANAP_PART(NextKey, index, next_key, index, ie_record, .of = key_index),
					 IE_END };

/* ---- EnhancedSecurityInformation ----------------------------------------------------------------------------- */

/* An enumeration of which the neutral struct has the values up to *row->of; a later one has no meaning to a receiver. */
static bool take_enumerated(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const uint8_t *highest = row->of;
	long n;

	memcpy(&n, value, sizeof(n));
	return n <= *highest && ie_number.take(ctx, row, value, to);
}

static void put_enumerated(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const uint8_t *highest = row->of;
	long n;

	ie_number.put(ctx, row, from, value);
	memcpy(&n, value, sizeof(n));
	if (n > *highest)
		ie_fail(ctx, IUPLUS_ERR_CONSTRAINT);
}

static const struct ie_codec enumerated = { .take = take_enumerated, .put = put_enumerated };
#define HIGHEST(value) .of = &(const uint8_t){ (value) }

const struct ie_row ranap_enhanced_security[] = {
	RANAP_PART(EnhancedSecurityInformation, keys, enhanced_security, keys, keys),
	RANAP_PART(EnhancedSecurityInformation, index, enhanced_security, index, ie_record, .of = key_index),
	RANAP_PART(EnhancedSecurityInformation, derivation, enhanced_security, derivation, enumerated,
		   HIGHEST(IUPLUS_SECURITY_FROM_CK_IK)),
	RANAP_PART(EnhancedSecurityInformation, freshness, enhanced_security, freshness, enumerated,
		   HIGHEST(IUPLUS_SECURITY_FRESHNESS_RAND)),
	RANAP_PART(EnhancedSecurityInformation, vectorStatus, enhanced_security, vector_used, ie_flag),
	RANAP_PART(EnhancedSecurityInformation, legacyTargetKeys, enhanced_security, legacy_target_keys, enumerated,
		   HIGHEST(IUPLUS_SECURITY_TARGET_CK_IK)),
	RANAP_MAY(EnhancedSecurityInformation, nextKey, enhanced_security, next_key, has_next_key, ie_record,
		  .of = ranap_next_key),
	RANAP_MAY(EnhancedSecurityInformation, nonce, enhanced_security, nonce, has_nonce, ie_bit_array), IE_END
};
