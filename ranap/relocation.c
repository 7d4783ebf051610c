/* SPDX-License-Identifier: BSD-2-Clause */
/* relocation.c: the messages of relocation (TS 25.413 8.6 to 8.10). */
#include "ranap/values.h"

/* ---- Relocation Preparation (8.6) ---------------------------------------------------------------------------- */

static void take_source_id(const RANAP_SourceID_t *from, struct iuplus_ranap_relocation_required *to)
{
	const RANAP_SourceRNC_ID_t *rnc;

	if (!from)
		return;
	if (from->present == RANAP_SourceID_PR_sAI) {
		to->source_is_sai = true;
		ranap_take_sai(&from->choice.sAI, &to->source_sai);
	} else if (from->present == RANAP_SourceID_PR_sourceRNC_ID) {
		rnc = &from->choice.sourceRNC_ID;
		ranap_take_fixed(rnc->pLMNidentity.buf, rnc->pLMNidentity.size, to->source_rnc.plmn, 3);
		to->source_rnc.rnc_id = (uint16_t)rnc->rNC_ID;
		if (rnc->iE_Extensions && rnc->iE_Extensions->extendedRNC_ID)
			to->source_rnc.rnc_id = (uint16_t)*rnc->iE_Extensions->extendedRNC_ID;
	}
}

static RANAP_SourceID_t *new_source_id(struct ranap_ctx *ctx, const struct iuplus_ranap_relocation_required *from)
{
	RANAP_SourceID_t *p = ranap_new(ctx, sizeof(*p));
	RANAP_SourceRNC_ID_t *rnc;

	if (!p)
		return NULL;
	if (from->source_is_sai) {
		p->present = RANAP_SourceID_PR_sAI;
		ranap_put_sai(ctx, &from->source_sai, &p->choice.sAI);
		return p;
	}
	p->present = RANAP_SourceID_PR_sourceRNC_ID;
	rnc = &p->choice.sourceRNC_ID;
	ranap_put_octets(ctx, from->source_rnc.plmn, 3, &rnc->pLMNidentity);
	rnc->rNC_ID = ranap_short_rnc_id(from->source_rnc.rnc_id);
	if (from->source_rnc.rnc_id > 4095) {
		rnc->iE_Extensions = ranap_new(ctx, sizeof(*rnc->iE_Extensions));
		if (rnc->iE_Extensions)
			rnc->iE_Extensions->extendedRNC_ID = ranap_put_long(ctx, from->source_rnc.rnc_id);
	}
	return p;
}

static void take_target_id(struct ranap_ctx *ctx, const RANAP_TargetID_t *from,
			   struct iuplus_ranap_relocation_required *to)
{
	const RANAP_TargetRNC_ID_t *rnc;

	if (from && from->present != RANAP_TargetID_PR_targetRNC_ID)
		to->other_target = ranap_take_item(ctx, IUPLUS_ASN1_RANAP_TargetID, from);
	if (!from || from->present != RANAP_TargetID_PR_targetRNC_ID)
		return;
	rnc = &from->choice.targetRNC_ID;
	to->target_is_rnc = true;
	ranap_take_lai(&rnc->lAI, &to->target.lai);
	to->target.has_rac = rnc->rAC != NULL;
	if (rnc->rAC)
		to->target.rac = (uint8_t)ranap_take_number(rnc->rAC->buf, rnc->rAC->size);
	to->target.rnc_id = (uint16_t)rnc->rNC_ID;
	if (rnc->iE_Extensions && rnc->iE_Extensions->extendedRNC_ID)
		to->target.rnc_id = (uint16_t)*rnc->iE_Extensions->extendedRNC_ID;
}

static RANAP_TargetID_t *new_target_id(struct ranap_ctx *ctx, const struct iuplus_ranap_relocation_required *from)
{
	RANAP_TargetID_t *p = ranap_new(ctx, sizeof(*p));
	RANAP_TargetRNC_ID_t *rnc;

	if (!p)
		return NULL;
	if (!from->target_is_rnc) {
		if (from->other_target.len)
			return ranap_put_item(ctx, IUPLUS_ASN1_RANAP_TargetID, from->other_target);
		ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return NULL;
	}
	p->present = RANAP_TargetID_PR_targetRNC_ID;
	rnc = &p->choice.targetRNC_ID;
	ranap_put_lai(ctx, &from->target.lai, &rnc->lAI);
	if (from->target.has_rac)
		rnc->rAC = ranap_new_octets(ctx, &from->target.rac, 1);
	rnc->rNC_ID = ranap_short_rnc_id(from->target.rnc_id);
	if (from->target.rnc_id > 4095) {
		rnc->iE_Extensions = ranap_new(ctx, sizeof(*rnc->iE_Extensions));
		if (rnc->iE_Extensions)
			rnc->iE_Extensions->extendedRNC_ID = ranap_put_long(ctx, from->target.rnc_id);
	}
	return p;
}

static void take_required(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RelocationRequiredIEs_t *ies = &((const RANAP_RelocationRequired_t *)value)->protocolIEs;
	struct iuplus_ranap_relocation_required *to = &msg->u.relocation_required;

	to->ue_involved = ies->relocationType && *ies->relocationType == RANAP_RelocationType_ue_involved;
	to->cause = ranap_take_cause(ies->cause);
	take_source_id(ies->sourceID, to);
	take_target_id(ctx, ies->targetID, to);
	to->has_container = ies->source_ToTarget_TransparentContainer != NULL;
	if (to->has_container)
		ranap_open_source_to_target(ctx, ranap_take_octets(ies->source_ToTarget_TransparentContainer),
					    &to->container);
}

static void put_required(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RelocationRequiredIEs_t *ies = &((RANAP_RelocationRequired_t *)value)->protocolIEs;
	const struct iuplus_ranap_relocation_required *from = &msg->u.relocation_required;

	ies->relocationType = ranap_put_long(ctx, from->ue_involved ? RANAP_RelocationType_ue_involved :
					     RANAP_RelocationType_ue_not_involved);
	ies->cause = ranap_new_cause(ctx, from->cause);
	ies->sourceID = new_source_id(ctx, from);
	ies->targetID = new_target_id(ctx, from);
	if (from->has_container)
		ies->source_ToTarget_TransparentContainer = ranap_close_source_to_target(ctx, &from->container);
	else if (from->target_is_rnc)
		ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
}

static void take_command(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RelocationCommandIEs_t *ies = &((const RANAP_RelocationCommand_t *)value)->protocolIEs;
	struct iuplus_ranap_relocation_command *to = &msg->u.relocation_command;

	to->has_container = ies->target_ToSource_TransparentContainer != NULL;
	if (to->has_container)
		ranap_open_target_to_source(ctx, ranap_take_octets(ies->target_ToSource_TransparentContainer),
					    &to->container);
	to->has_l3_information = ies->l3_Information != NULL;
	to->l3_information = ranap_take_octets(ies->l3_Information);
	ranap_take_rabs(ctx, ies->rAB_RelocationReleaseList, IUPLUS_ASN1_RANAP_RAB_RelocationReleaseItem,
			&to->released);
	ranap_take_rabs(ctx, ies->rAB_DataForwardingList, IUPLUS_ASN1_RANAP_RAB_DataForwardingItem, &to->forwarding);
	to->has_diagnostics = ranap_take_diagnostics(ctx, ies->criticalityDiagnostics, &to->diagnostics);
}

static void put_command(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RelocationCommandIEs_t *ies = &((RANAP_RelocationCommand_t *)value)->protocolIEs;
	const struct iuplus_ranap_relocation_command *from = &msg->u.relocation_command;

	if (from->has_container)
		ies->target_ToSource_TransparentContainer = ranap_close_target_to_source(ctx, &from->container);
	if (from->has_l3_information)
		ies->l3_Information = ranap_new_octets(ctx, from->l3_information.data, from->l3_information.len);
	ies->rAB_RelocationReleaseList =
		ranap_new_rabs(ctx, &from->released, IUPLUS_ASN1_RANAP_RAB_RelocationReleaseItem,
			       sizeof(RANAP_RAB_RelocationReleaseItemIEs_t), sizeof(RANAP_RAB_RelocationReleaseList_t));
	ies->rAB_DataForwardingList =
		ranap_new_rabs(ctx, &from->forwarding, IUPLUS_ASN1_RANAP_RAB_DataForwardingItem,
			       sizeof(RANAP_RAB_DataForwardingItemIEs_t), sizeof(RANAP_RAB_DataForwardingList_t));
	if (from->has_diagnostics)
		ies->criticalityDiagnostics = ranap_new_diagnostics(ctx, &from->diagnostics);
}

static void take_preparation_failure(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RelocationPreparationFailureIEs_t *ies =
		&((const RANAP_RelocationPreparationFailure_t *)value)->protocolIEs;
	struct iuplus_ranap_failure *to = &msg->u.relocation_preparation_failure;

	to->cause = ranap_take_cause(ies->cause);
	to->has_diagnostics = ranap_take_diagnostics(ctx, ies->criticalityDiagnostics, &to->diagnostics);
}

static void put_preparation_failure(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RelocationPreparationFailureIEs_t *ies = &((RANAP_RelocationPreparationFailure_t *)value)->protocolIEs;
	const struct iuplus_ranap_failure *from = &msg->u.relocation_preparation_failure;

	ies->cause = ranap_new_cause(ctx, from->cause);
	if (from->has_diagnostics)
		ies->criticalityDiagnostics = ranap_new_diagnostics(ctx, &from->diagnostics);
}

/* ---- Relocation Resource Allocation (8.7) -------------------------------------------------------------------- */

static void take_request(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RelocationRequestIEs_t *ies = &((const RANAP_RelocationRequest_t *)value)->protocolIEs;
	struct iuplus_ranap_relocation_request *to = &msg->u.relocation_request;

	to->has_imsi = ranap_take_imsi(ies->permanentNAS_UE_ID, &to->imsi);
	to->cause = ranap_take_cause(ies->cause);
	if (ies->cN_DomainIndicator)
		to->domain = (enum iuplus_domain)*ies->cN_DomainIndicator;
	if (ies->source_ToTarget_TransparentContainer)
		ranap_take_source_to_target_ie(ctx, ies->source_ToTarget_TransparentContainer, &to->container);
	ranap_take_rabs(ctx, ies->rAB_SetupList_RelocReq, IUPLUS_ASN1_RANAP_RAB_SetupItem_RelocReq, &to->rabs);
	to->has_integrity = ies->integrityProtectionInformation != NULL;
	ranap_take_integrity(ies->integrityProtectionInformation, &to->integrity);
	to->has_encryption = ies->encryptionInformation != NULL;
	ranap_take_encryption(ies->encryptionInformation, &to->encryption);
	to->iu_sig_con_id = ranap_take_iu_sig_con_id(ies->iuSigConId);
}

static void put_request(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RelocationRequestIEs_t *ies = &((RANAP_RelocationRequest_t *)value)->protocolIEs;
	const struct iuplus_ranap_relocation_request *from = &msg->u.relocation_request;

	if (from->has_imsi)
		ies->permanentNAS_UE_ID = ranap_new_imsi(ctx, &from->imsi);
	ies->cause = ranap_new_cause(ctx, from->cause);
	ies->cN_DomainIndicator = ranap_put_long(ctx, from->domain);
	ies->source_ToTarget_TransparentContainer = ranap_new_source_to_target(ctx, &from->container);
	ies->rAB_SetupList_RelocReq =
		ranap_new_rabs(ctx, &from->rabs, IUPLUS_ASN1_RANAP_RAB_SetupItem_RelocReq,
			       sizeof(RANAP_RAB_SetupItem_RelocReq_IEs_t), sizeof(RANAP_RAB_SetupList_RelocReq_t));
	if (from->has_integrity)
		ies->integrityProtectionInformation = ranap_new_integrity(ctx, &from->integrity);
	if (from->has_encryption)
		ies->encryptionInformation = ranap_new_encryption(ctx, &from->encryption);
	ies->iuSigConId = ranap_new_iu_sig_con_id(ctx, from->iu_sig_con_id);
}

static void take_acknowledge(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RelocationRequestAcknowledge_t *from = value;
	const RANAP_RelocationRequestAcknowledgeIEs_t *ies = &from->protocolIEs;
	struct iuplus_ranap_relocation_request_acknowledge *to = &msg->u.relocation_request_acknowledge;

	if (ies->target_ToSource_TransparentContainer) {
		to->has_container = true;
		ranap_take_target_to_source_ie(ctx, ies->target_ToSource_TransparentContainer, &to->container);
	}
	ranap_take_rabs(ctx, ies->rAB_SetupList_RelocReqAck, IUPLUS_ASN1_RANAP_RAB_SetupItem_RelocReqAck, &to->rabs);
	RANAP_TAKE_RAB_CAUSES(ctx, ies->rAB_FailedList, RANAP_RAB_FailedItem_t, &to->failed);
	if (ies->chosenIntegrityProtectionAlgorithm) {
		to->has_integrity_algorithm = true;
		to->integrity_algorithm = (uint8_t)*ies->chosenIntegrityProtectionAlgorithm;
	}
	if (ies->chosenEncryptionAlgorithm) {
		to->has_encryption_algorithm = true;
		to->encryption_algorithm = (uint8_t)*ies->chosenEncryptionAlgorithm;
	}
	to->has_diagnostics = ranap_take_diagnostics(ctx, ies->criticalityDiagnostics, &to->diagnostics);
	if (from->protocolExtensions && from->protocolExtensions->network_EnhancedSecurityCapability) {
		to->has_network_capability = true;
		to->network_capability =
			ranap_take_capability(from->protocolExtensions->network_EnhancedSecurityCapability);
	}
}

static void put_acknowledge(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RelocationRequestAcknowledge_t *to = value;
	RANAP_RelocationRequestAcknowledgeIEs_t *ies = &to->protocolIEs;
	const struct iuplus_ranap_relocation_request_acknowledge *from = &msg->u.relocation_request_acknowledge;

	if (from->has_container)
		ies->target_ToSource_TransparentContainer = ranap_new_target_to_source(ctx, &from->container);
	ies->rAB_SetupList_RelocReqAck =
		ranap_new_rabs(ctx, &from->rabs, IUPLUS_ASN1_RANAP_RAB_SetupItem_RelocReqAck,
			       sizeof(RANAP_RAB_SetupItem_RelocReqAck_IEs_t),
			       sizeof(RANAP_RAB_SetupList_RelocReqAck_t));
	ies->rAB_FailedList = RANAP_NEW_RAB_CAUSES(ctx, &from->failed, RANAP_RAB_FailedItem_t,
						   RANAP_RAB_FailedItemIEs_t, RANAP_RAB_FailedList_t);
	if (from->has_integrity_algorithm)
		ies->chosenIntegrityProtectionAlgorithm = ranap_put_long(ctx, from->integrity_algorithm);
	if (from->has_encryption_algorithm)
		ies->chosenEncryptionAlgorithm = ranap_put_long(ctx, from->encryption_algorithm);
	if (from->has_diagnostics)
		ies->criticalityDiagnostics = ranap_new_diagnostics(ctx, &from->diagnostics);
	if (from->has_network_capability && ranap_extension_allowed(ctx)) {
		to->protocolExtensions = ranap_new(ctx, sizeof(*to->protocolExtensions));
		if (to->protocolExtensions)
			to->protocolExtensions->network_EnhancedSecurityCapability =
				ranap_new_capability(ctx, from->network_capability);
	}
}

static void take_failure(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RelocationFailureIEs_t *ies = &((const RANAP_RelocationFailure_t *)value)->protocolIEs;
	struct iuplus_ranap_failure *to = &msg->u.relocation_failure;

	to->cause = ranap_take_cause(ies->cause);
	to->has_diagnostics = ranap_take_diagnostics(ctx, ies->criticalityDiagnostics, &to->diagnostics);
}

static void put_failure(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RelocationFailureIEs_t *ies = &((RANAP_RelocationFailure_t *)value)->protocolIEs;
	const struct iuplus_ranap_failure *from = &msg->u.relocation_failure;

	ies->cause = ranap_new_cause(ctx, from->cause);
	if (from->has_diagnostics)
		ies->criticalityDiagnostics = ranap_new_diagnostics(ctx, &from->diagnostics);
}

/* ---- Relocation Detect, Complete, Cancel (8.8 to 8.10) ------------------------------------------------------- */

static void take_complete(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RelocationComplete_t *from = value;

	(void)ctx;
	if (from->protocolExtensions && from->protocolExtensions->uE_EnhancedSecurityCapability) {
		msg->u.relocation_complete.has_ue_capability = true;
		msg->u.relocation_complete.ue_capability =
			ranap_take_capability(from->protocolExtensions->uE_EnhancedSecurityCapability);
	}
}

static void put_complete(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RelocationComplete_t *to = value;

	if (!msg->u.relocation_complete.has_ue_capability || !ranap_extension_allowed(ctx))
		return;
	to->protocolExtensions = ranap_new(ctx, sizeof(*to->protocolExtensions));
	if (to->protocolExtensions)
		to->protocolExtensions->uE_EnhancedSecurityCapability =
			ranap_new_capability(ctx, msg->u.relocation_complete.ue_capability);
}

static void take_cancel(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	(void)ctx;
	msg->u.relocation_cancel.cause = ranap_take_cause(((const RANAP_RelocationCancel_t *)value)->protocolIEs.cause);
}

static void put_cancel(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	((RANAP_RelocationCancel_t *)value)->protocolIEs.cause = ranap_new_cause(ctx, msg->u.relocation_cancel.cause);
}

static void take_cancel_acknowledge(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RelocationCancelAcknowledge_t *from = value;
	struct iuplus_ranap_acknowledge *to = &msg->u.relocation_cancel_acknowledge;

	to->has_diagnostics =
		ranap_take_diagnostics(ctx, from->protocolIEs.criticalityDiagnostics, &to->diagnostics);
}

static void put_cancel_acknowledge(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RelocationCancelAcknowledge_t *to = value;

	if (msg->u.relocation_cancel_acknowledge.has_diagnostics)
		to->protocolIEs.criticalityDiagnostics =
			ranap_new_diagnostics(ctx, &msg->u.relocation_cancel_acknowledge.diagnostics);
}

const struct ranap_message ranap_relocation_messages[] = {
	{ IUPLUS_RANAP_RELOCATION_REQUIRED, RANAP_InitiatingMessage_Value_PR_relocationRequired, take_required,
	  put_required, ranap_required_extensions },
	{ IUPLUS_RANAP_RELOCATION_COMMAND, RANAP_SuccessfulOutcome_Value_PR_relocationCommand, take_command,
	  put_command, ranap_command_extensions },
	{ IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE,
	  RANAP_UnsuccessfulOutcome_Value_PR_relocationPreparationFailure, take_preparation_failure,
	  put_preparation_failure, ranap_preparation_failure_extensions },
	{ IUPLUS_RANAP_RELOCATION_REQUEST, RANAP_InitiatingMessage_Value_PR_relocationRequest, take_request,
	  put_request, ranap_request_extensions },
	{ IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE, RANAP_SuccessfulOutcome_Value_PR_relocationRequestAcknowledge,
	  take_acknowledge, put_acknowledge, ranap_acknowledge_extensions },
	{ IUPLUS_RANAP_RELOCATION_FAILURE, RANAP_UnsuccessfulOutcome_Value_PR_relocationFailure, take_failure,
	  put_failure, ranap_failure_extensions },
	{ IUPLUS_RANAP_RELOCATION_DETECT, RANAP_InitiatingMessage_Value_PR_relocationDetect, NULL, NULL, NULL },
	{ IUPLUS_RANAP_RELOCATION_COMPLETE, RANAP_InitiatingMessage_Value_PR_relocationComplete, take_complete,
	  put_complete, ranap_complete_extensions },
	{ IUPLUS_RANAP_RELOCATION_CANCEL, RANAP_InitiatingMessage_Value_PR_relocationCancel, take_cancel,
	  put_cancel, NULL },
	{ IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE, RANAP_SuccessfulOutcome_Value_PR_relocationCancelAcknowledge,
	  take_cancel_acknowledge, put_cancel_acknowledge, NULL },
	{ 0, 0, NULL, NULL, NULL }
};
