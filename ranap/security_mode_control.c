/* SPDX-License-Identifier: BSD-2-Clause */
/* security_mode_control.c: Security Mode Control (TS 25.413 8.18). */
#include "ranap/values.h"

/* ---- EnhancedSecurityInformation (asn1/IUPLUS-RANAP-IEs.asn) ------------------------------------------------- */

static const struct ie_row air_keys[] = {
	RANAP_PART(AirInterfaceKeys, iK_U, enhanced_security, ik_u, ie_bit_array),
	RANAP_MAY(AirInterfaceKeys, cK_U, enhanced_security, ck_u, has_ck_u, ie_bit_array), IE_END
};
static const struct ie_row hierarchy_key[] = {
	RANAP_PART(EnhancedSecurityKeys, choice.k_RNC, enhanced_security, k_rnc, ie_bit_array), IE_END
};
static const struct ie_row next_key[] = {
	RANAP_PART(NextK_RNC, k_RNC_Star, enhanced_security, k_rnc_star, ie_bit_array),
	RANAP_PART(NextK_RNC, nCC, enhanced_security, ncc, ie_number), IE_END
};
static const struct ie_row nonce[] = {
	RANAP_PART(KeyDerivationFreshness, choice.nonce, enhanced_security, nonce, ie_bit_array), IE_END
};
static const struct ie_row counter[] = {
	RANAP_PART(KeyDerivationFreshness, choice.counter, enhanced_security, counter, ie_number), IE_END
};

static bool take_enhanced(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *neutral)
{
	const RANAP_EnhancedSecurityInformation_t *from = value;
	struct iuplus_ranap_enhanced_security *to = neutral;

	(void)row;
	to->has_k_rnc = from->keys.present == RANAP_EnhancedSecurityKeys_PR_k_RNC;
	if (to->has_k_rnc)
		ie_take(ctx, hierarchy_key, &from->keys, to);
	else if (from->keys.present == RANAP_EnhancedSecurityKeys_PR_airKeys)
		ie_take(ctx, air_keys, &from->keys.choice.airKeys, to);
	to->has_k_rnc_star = from->nextKey != NULL;
	if (from->nextKey)
		ie_take(ctx, next_key, from->nextKey, to);
	to->has_nonce = from->freshness && from->freshness->present == RANAP_KeyDerivationFreshness_PR_nonce;
	to->has_counter = from->freshness && from->freshness->present == RANAP_KeyDerivationFreshness_PR_counter;
	if (to->has_nonce)
		ie_take(ctx, nonce, from->freshness, to);
	if (to->has_counter)
		ie_take(ctx, counter, from->freshness, to);
	return true;
}

static void put_freshness(struct ie_ctx *ctx, const struct iuplus_ranap_enhanced_security *from,
			  RANAP_EnhancedSecurityInformation_t *to)
{
	if (from->has_nonce && from->has_counter)
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
	if (!from->has_nonce && !from->has_counter)
		return;
	to->freshness = ie_new(ctx, sizeof(*to->freshness));
	if (!to->freshness)
		return;
	to->freshness->present =
		from->has_nonce ? RANAP_KeyDerivationFreshness_PR_nonce : RANAP_KeyDerivationFreshness_PR_counter;
	ie_put(ctx, from->has_nonce ? nonce : counter, from, to->freshness);
}

static void put_enhanced(struct ie_ctx *ctx, const struct ie_row *row, const void *neutral, void *value)
{
	const struct iuplus_ranap_enhanced_security *from = neutral;
	RANAP_EnhancedSecurityInformation_t *to = value;

	(void)row;
	to->keys.present =
		from->has_k_rnc ? RANAP_EnhancedSecurityKeys_PR_k_RNC : RANAP_EnhancedSecurityKeys_PR_airKeys;
	if (from->has_k_rnc)
		ie_put(ctx, hierarchy_key, from, &to->keys);
	else
		ie_put(ctx, air_keys, from, &to->keys.choice.airKeys);
	if (from->has_k_rnc_star) {
		to->nextKey = ie_new(ctx, sizeof(*to->nextKey));
		if (to->nextKey)
			ie_put(ctx, next_key, from, to->nextKey);
	}
	put_freshness(ctx, from, to);
}

static const struct ie_codec enhanced_security = { .take = take_enhanced, .put = put_enhanced };

/* ---- messages ------------------------------------------------------------------------------------------------ */

static const struct ie_row command_extensions[] = {
	RANAP_EXT(SecurityModeCommand, enhancedSecurityInformation, security_mode_command, enhanced, has_enhanced,
		  enhanced_security, .ours = true),
	IE_END
};
static const struct ie_row command[] = {
	RANAP_HERE(SecurityModeCommand, protocolIEs.integrityProtectionInformation, security_mode_command, integrity,
		   ie_record, .of = ranap_integrity),
	RANAP_MAY(SecurityModeCommand, protocolIEs.encryptionInformation, security_mode_command, encryption,
		  has_encryption, ie_record, .of = ranap_encryption),
	RANAP_HERE(SecurityModeCommand, protocolIEs.keyStatus, security_mode_command, key_new, ie_flag),
	RANAP_EXTENSIONS(SecurityModeCommand, command_extensions), IE_END
};
const struct ranap_message ranap_security_mode_command =
	RANAP_MESSAGE(InitiatingMessage, securityModeCommand, security_mode_command, command);

static const struct ie_row complete[] = {
	RANAP_HERE(SecurityModeComplete, protocolIEs.chosenIntegrityProtectionAlgorithm, security_mode_complete,
		   integrity_algorithm, ranap_uia),
	RANAP_MAY(SecurityModeComplete, protocolIEs.chosenEncryptionAlgorithm, security_mode_complete,
		  encryption_algorithm, has_encryption_algorithm, ie_number),
	RANAP_DIAGNOSTICS(SecurityModeComplete, security_mode_complete), IE_END
};
const struct ranap_message ranap_security_mode_complete =
	RANAP_MESSAGE(SuccessfulOutcome, securityModeComplete, security_mode_complete, complete);

static const struct ie_row reject[] = { RANAP_FAILURE(SecurityModeReject, failure), IE_END };
const struct ranap_message ranap_security_mode_reject =
	RANAP_MESSAGE(UnsuccessfulOutcome, securityModeReject, failure, reject);
