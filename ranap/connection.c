/* SPDX-License-Identifier: BSD-2-Clause */
/* connection.c: the signalling connection: Initial UE Message, Direct Transfer, Iu Release, Reset, Error Indication
 * (TS 25.413 8.22, 8.23, 8.4, 8.5, 8.26, 8.27). */
#include "ranap/values.h"

/* ---- Initial UE Message and Direct Transfer ------------------------------------------------------------------ */

static bool take_rac(const RANAP_RAC_t *from, uint8_t *to)
{
	if (from)
		*to = (uint8_t)ranap_take_number(from->buf, from->size);
	return from != NULL;
}

static void take_initial_ue(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_InitialUE_Message_t *from = value;
	const RANAP_InitialUE_MessageIEs_t *ies = &from->protocolIEs;
	const RANAP_InitialUE_MessageExtensions_t *ext = from->protocolExtensions;
	struct iuplus_ranap_initial_ue_message *to = &msg->u.initial_ue_message;

	(void)ctx;
	if (ies->cN_DomainIndicator)
		to->domain = (enum iuplus_domain)*ies->cN_DomainIndicator;
	ranap_take_lai(ies->lAI, &to->lai);
	to->has_rac = take_rac(ies->rAC, &to->rac);
	ranap_take_sai(ies->sAI, &to->sai);
	to->nas_pdu = ranap_take_octets(ies->nAS_PDU);
	to->iu_sig_con_id = ranap_take_iu_sig_con_id(ies->iuSigConId);
	ranap_take_rnc(ies->globalRNC_ID, ext ? ext->extendedRNC_ID : NULL, &to->rnc);
	if (ext && ext->uE_EnhancedSecurityCapability) {
		to->has_ue_capability = true;
		to->ue_capability = ranap_take_capability(ext->uE_EnhancedSecurityCapability);
	}
}

static void put_initial_ue(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_InitialUE_Message_t *to = value;
	RANAP_InitialUE_MessageIEs_t *ies = &to->protocolIEs;
	RANAP_InitialUE_MessageExtensions_t *ext;
	const struct iuplus_ranap_initial_ue_message *from = &msg->u.initial_ue_message;

	ies->cN_DomainIndicator = ranap_put_long(ctx, from->domain);
	ies->lAI = ranap_new_lai(ctx, &from->lai);
	if (from->has_rac)
		ies->rAC = ranap_new_octets(ctx, &from->rac, 1);
	ies->sAI = ranap_new_sai(ctx, &from->sai);
	ies->nAS_PDU = ranap_new_octets(ctx, from->nas_pdu.data, from->nas_pdu.len);
	ies->iuSigConId = ranap_new_iu_sig_con_id(ctx, from->iu_sig_con_id);
	ies->globalRNC_ID = ranap_new_rnc(ctx, &from->rnc);
	if (from->rnc.rnc_id <= 4095 && !from->has_ue_capability)
		return;
	to->protocolExtensions = ext = ranap_new(ctx, sizeof(*ext));
	if (!ext)
		return;
	if (from->rnc.rnc_id > 4095)
		ext->extendedRNC_ID = ranap_put_long(ctx, from->rnc.rnc_id);
	if (from->has_ue_capability && ranap_extension_allowed(ctx))
		ext->uE_EnhancedSecurityCapability = ranap_new_capability(ctx, from->ue_capability);
}

static void take_direct_transfer(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_DirectTransferIEs_t *ies = &((const RANAP_DirectTransfer_t *)value)->protocolIEs;
	struct iuplus_ranap_direct_transfer *to = &msg->u.direct_transfer;

	(void)ctx;
	to->nas_pdu = ranap_take_octets(ies->nAS_PDU);
	to->has_lai = ies->lAI != NULL;
	ranap_take_lai(ies->lAI, &to->lai);
	to->has_rac = take_rac(ies->rAC, &to->rac);
	to->has_sai = ies->sAI != NULL;
	ranap_take_sai(ies->sAI, &to->sai);
	if (ies->sAPI) {
		to->has_sapi = true;
		to->sapi = *ies->sAPI == RANAP_SAPI_sapi_3 ? 3 : 0;
	}
}

static void put_direct_transfer(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_DirectTransferIEs_t *ies = &((RANAP_DirectTransfer_t *)value)->protocolIEs;
	const struct iuplus_ranap_direct_transfer *from = &msg->u.direct_transfer;

	ies->nAS_PDU = ranap_new_octets(ctx, from->nas_pdu.data, from->nas_pdu.len);
	if (from->has_lai)
		ies->lAI = ranap_new_lai(ctx, &from->lai);
	if (from->has_rac)
		ies->rAC = ranap_new_octets(ctx, &from->rac, 1);
	if (from->has_sai)
		ies->sAI = ranap_new_sai(ctx, &from->sai);
	if (!from->has_sapi)
		return;
	if (from->sapi != 0 && from->sapi != 3)
		ranap_fail(ctx, IUPLUS_ERR_CONSTRAINT);
	ies->sAPI = ranap_put_long(ctx, from->sapi == 3 ? RANAP_SAPI_sapi_3 : RANAP_SAPI_sapi_0);
}

/* ---- Iu Release ---------------------------------------------------------------------------------------------- */

static void take_release_request(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	(void)ctx;
	msg->u.iu_release_request.cause =
		ranap_take_cause(((const RANAP_Iu_ReleaseRequest_t *)value)->protocolIEs.cause);
}

static void put_release_request(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	((RANAP_Iu_ReleaseRequest_t *)value)->protocolIEs.cause = ranap_new_cause(ctx, msg->u.iu_release_request.cause);
}

static void take_release_command(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	(void)ctx;
	msg->u.iu_release_command.cause =
		ranap_take_cause(((const RANAP_Iu_ReleaseCommand_t *)value)->protocolIEs.cause);
}

static void put_release_command(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	((RANAP_Iu_ReleaseCommand_t *)value)->protocolIEs.cause = ranap_new_cause(ctx, msg->u.iu_release_command.cause);
}

static void take_release_complete(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_Iu_ReleaseCompleteIEs_t *ies = &((const RANAP_Iu_ReleaseComplete_t *)value)->protocolIEs;
	struct iuplus_ranap_acknowledge *to = &msg->u.iu_release_complete;

	to->has_diagnostics = ranap_take_diagnostics(ctx, ies->criticalityDiagnostics, &to->diagnostics);
}

static void put_release_complete(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_Iu_ReleaseCompleteIEs_t *ies = &((RANAP_Iu_ReleaseComplete_t *)value)->protocolIEs;

	if (msg->u.iu_release_complete.has_diagnostics)
		ies->criticalityDiagnostics = ranap_new_diagnostics(ctx, &msg->u.iu_release_complete.diagnostics);
}

/* ---- Reset --------------------------------------------------------------------------------------------------- */

/* Global RNC-ID and, in an extension, what of it exceeds 12 bits: alike in types that have no other thing in common. */
#define TAKE_RNC(from, to) do {											\
		(to)->has_rnc = (from)->protocolIEs.globalRNC_ID != NULL;					\
		ranap_take_rnc((from)->protocolIEs.globalRNC_ID, (from)->protocolExtensions ?			\
			       (from)->protocolExtensions->extendedRNC_ID : NULL, &(to)->rnc);			\
	} while (0)
#define PUT_RNC(ctx, to, rnc) do {										\
		(to)->protocolIEs.globalRNC_ID = ranap_new_rnc(ctx, rnc);					\
		if ((rnc)->rnc_id > 4095)									\
			(to)->protocolExtensions = ranap_new(ctx, sizeof(*(to)->protocolExtensions));		\
		if ((to)->protocolExtensions)									\
			(to)->protocolExtensions->extendedRNC_ID = ranap_put_long(ctx, (rnc)->rnc_id);		\
	} while (0)

static void take_reset(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_Reset_t *from = value;
	const RANAP_ResetIEs_t *ies = &from->protocolIEs;
	struct iuplus_ranap_reset *to = &msg->u.reset;

	(void)ctx;
	to->cause = ranap_take_cause(ies->cause);
	if (ies->cN_DomainIndicator)
		to->domain = (enum iuplus_domain)*ies->cN_DomainIndicator;
	TAKE_RNC(from, to);
}

static void put_reset(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_Reset_t *to = value;
	const struct iuplus_ranap_reset *from = &msg->u.reset;

	to->protocolIEs.cause = ranap_new_cause(ctx, from->cause);
	to->protocolIEs.cN_DomainIndicator = ranap_put_long(ctx, from->domain);
	if (from->has_rnc)
		PUT_RNC(ctx, to, &from->rnc);
}

static void take_reset_acknowledge(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_ResetAcknowledge_t *from = value;
	const RANAP_ResetAcknowledgeIEs_t *ies = &from->protocolIEs;
	struct iuplus_ranap_reset *to = &msg->u.reset_acknowledge;

	if (ies->cN_DomainIndicator)
		to->domain = (enum iuplus_domain)*ies->cN_DomainIndicator;
	TAKE_RNC(from, to);
	to->has_diagnostics = ranap_take_diagnostics(ctx, ies->criticalityDiagnostics, &to->diagnostics);
}

static void put_reset_acknowledge(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_ResetAcknowledge_t *to = value;
	const struct iuplus_ranap_reset *from = &msg->u.reset_acknowledge;

	to->protocolIEs.cN_DomainIndicator = ranap_put_long(ctx, from->domain);
	if (from->has_diagnostics)
		to->protocolIEs.criticalityDiagnostics = ranap_new_diagnostics(ctx, &from->diagnostics);
	if (from->has_rnc)
		PUT_RNC(ctx, to, &from->rnc);
}

/* ---- Error Indication ---------------------------------------------------------------------------------------- */

static void take_error(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_ErrorIndication_t *from = value;
	const RANAP_ErrorIndicationIEs_t *ies = &from->protocolIEs;
	struct iuplus_ranap_error_indication *to = &msg->u.error_indication;

	to->cause = ranap_take_cause(ies->cause);
	to->has_cause = to->cause != 0;
	to->has_diagnostics = ranap_take_diagnostics(ctx, ies->criticalityDiagnostics, &to->diagnostics);
	if (ies->cN_DomainIndicator) {
		to->has_domain = true;
		to->domain = (enum iuplus_domain)*ies->cN_DomainIndicator;
	}
	TAKE_RNC(from, to);
}

static void put_error(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_ErrorIndication_t *to = value;
	const struct iuplus_ranap_error_indication *from = &msg->u.error_indication;

	/* One of the two is always there (8.27.2). */
	if (!from->has_cause && !from->has_diagnostics)
		ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
	if (from->has_cause)
		to->protocolIEs.cause = ranap_new_cause(ctx, from->cause);
	if (from->has_diagnostics)
		to->protocolIEs.criticalityDiagnostics = ranap_new_diagnostics(ctx, &from->diagnostics);
	if (from->has_domain)
		to->protocolIEs.cN_DomainIndicator = ranap_put_long(ctx, from->domain);
	if (from->has_rnc)
		PUT_RNC(ctx, to, &from->rnc);
}

const struct ranap_message ranap_connection_messages[] = {
	{ IUPLUS_RANAP_INITIAL_UE_MESSAGE, RANAP_InitiatingMessage_Value_PR_initialUE_Message, take_initial_ue,
	  put_initial_ue, ranap_initial_extensions },
	{ IUPLUS_RANAP_DIRECT_TRANSFER, RANAP_InitiatingMessage_Value_PR_directTransfer, take_direct_transfer,
	  put_direct_transfer, ranap_transfer_extensions },
	{ IUPLUS_RANAP_IU_RELEASE_REQUEST, RANAP_InitiatingMessage_Value_PR_iu_ReleaseRequest, take_release_request,
	  put_release_request, NULL },
	{ IUPLUS_RANAP_IU_RELEASE_COMMAND, RANAP_InitiatingMessage_Value_PR_iu_ReleaseCommand, take_release_command,
	  put_release_command, ranap_release_extensions },
	{ IUPLUS_RANAP_IU_RELEASE_COMPLETE, RANAP_SuccessfulOutcome_Value_PR_iu_ReleaseComplete, take_release_complete,
	  put_release_complete, ranap_released_lists },
	{ IUPLUS_RANAP_RESET, RANAP_InitiatingMessage_Value_PR_reset, take_reset, put_reset, ranap_reset_extensions },
	{ IUPLUS_RANAP_RESET_ACKNOWLEDGE, RANAP_SuccessfulOutcome_Value_PR_resetAcknowledge, take_reset_acknowledge,
	  put_reset_acknowledge, ranap_reset_acknowledge_extensions },
	{ IUPLUS_RANAP_ERROR_INDICATION, RANAP_InitiatingMessage_Value_PR_errorIndication, take_error, put_error,
	  ranap_error_extensions },
	{ 0, 0, NULL, NULL, NULL }
};
