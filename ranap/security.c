/* SPDX-License-Identifier: BSD-2-Clause */
/* security.c: Common ID and Security Mode Control (TS 25.413 8.16, 8.18). */
#include "ranap/values.h"

static void take_common_id(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	(void)ctx;
	ranap_take_imsi(((const RANAP_CommonID_t *)value)->protocolIEs.permanentNAS_UE_ID, &msg->u.common_id.imsi);
}

static void put_common_id(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	((RANAP_CommonID_t *)value)->protocolIEs.permanentNAS_UE_ID = ranap_new_imsi(ctx, &msg->u.common_id.imsi);
}

static void take_command(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_SecurityModeCommand_t *from = value;
	struct iuplus_ranap_security_mode_command *to = &msg->u.security_mode_command;

	(void)ctx;
	ranap_take_integrity(from->protocolIEs.integrityProtectionInformation, &to->integrity);
	to->has_encryption = from->protocolIEs.encryptionInformation != NULL;
	ranap_take_encryption(from->protocolIEs.encryptionInformation, &to->encryption);
	to->key_new = from->protocolIEs.keyStatus && *from->protocolIEs.keyStatus == RANAP_KeyStatus_new;
	if (from->protocolExtensions && from->protocolExtensions->enhancedSecurityInformation) {
		to->has_enhanced = true;
		ranap_take_enhanced(from->protocolExtensions->enhancedSecurityInformation, &to->enhanced);
	}
}

static void put_command(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_SecurityModeCommand_t *to = value;
	const struct iuplus_ranap_security_mode_command *from = &msg->u.security_mode_command;

	to->protocolIEs.integrityProtectionInformation = ranap_new_integrity(ctx, &from->integrity);
	if (from->has_encryption)
		to->protocolIEs.encryptionInformation = ranap_new_encryption(ctx, &from->encryption);
	to->protocolIEs.keyStatus = ranap_put_long(ctx, from->key_new ? RANAP_KeyStatus_new : RANAP_KeyStatus_old);
	if (from->has_enhanced && ranap_extension_allowed(ctx)) {
		to->protocolExtensions = ranap_new(ctx, sizeof(*to->protocolExtensions));
		if (to->protocolExtensions)
			to->protocolExtensions->enhancedSecurityInformation = ranap_new_enhanced(ctx, &from->enhanced);
	}
}

static void take_complete(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_SecurityModeCompleteIEs_t *ies = &((const RANAP_SecurityModeComplete_t *)value)->protocolIEs;
	struct iuplus_ranap_security_mode_complete *to = &msg->u.security_mode_complete;

	if (ies->chosenIntegrityProtectionAlgorithm)
		to->integrity_algorithm = (uint8_t)*ies->chosenIntegrityProtectionAlgorithm;
	if (ies->chosenEncryptionAlgorithm) {
		to->has_encryption_algorithm = true;
		to->encryption_algorithm = (uint8_t)*ies->chosenEncryptionAlgorithm;
	}
	to->has_diagnostics = ranap_take_diagnostics(ctx, ies->criticalityDiagnostics, &to->diagnostics);
}

static void put_complete(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_SecurityModeCompleteIEs_t *ies = &((RANAP_SecurityModeComplete_t *)value)->protocolIEs;
	const struct iuplus_ranap_security_mode_complete *from = &msg->u.security_mode_complete;

	ies->chosenIntegrityProtectionAlgorithm = ranap_put_long(ctx, from->integrity_algorithm);
	if (from->has_encryption_algorithm)
		ies->chosenEncryptionAlgorithm = ranap_put_long(ctx, from->encryption_algorithm);
	if (from->has_diagnostics)
		ies->criticalityDiagnostics = ranap_new_diagnostics(ctx, &from->diagnostics);
}

static void take_reject(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_SecurityModeRejectIEs_t *ies = &((const RANAP_SecurityModeReject_t *)value)->protocolIEs;
	struct iuplus_ranap_failure *to = &msg->u.security_mode_reject;

	to->cause = ranap_take_cause(ies->cause);
	to->has_diagnostics = ranap_take_diagnostics(ctx, ies->criticalityDiagnostics, &to->diagnostics);
}

static void put_reject(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_SecurityModeRejectIEs_t *ies = &((RANAP_SecurityModeReject_t *)value)->protocolIEs;
	const struct iuplus_ranap_failure *from = &msg->u.security_mode_reject;

	ies->cause = ranap_new_cause(ctx, from->cause);
	if (from->has_diagnostics)
		ies->criticalityDiagnostics = ranap_new_diagnostics(ctx, &from->diagnostics);
}

const struct ranap_message ranap_security_messages[] = {
	{ IUPLUS_RANAP_COMMON_ID, RANAP_InitiatingMessage_Value_PR_commonID, take_common_id, put_common_id,
	  ranap_common_id_extensions },
	{ IUPLUS_RANAP_SECURITY_MODE_COMMAND, RANAP_InitiatingMessage_Value_PR_securityModeCommand, take_command,
	  put_command, NULL },
	{ IUPLUS_RANAP_SECURITY_MODE_COMPLETE, RANAP_SuccessfulOutcome_Value_PR_securityModeComplete, take_complete,
	  put_complete, NULL },
	{ IUPLUS_RANAP_SECURITY_MODE_REJECT, RANAP_UnsuccessfulOutcome_Value_PR_securityModeReject, take_reject,
	  put_reject, NULL },
	{ 0, 0, NULL, NULL, NULL }
};
