/* SPDX-License-Identifier: BSD-2-Clause */
/* relocation.c: the messages of Enhanced Relocation and what goes with it, and ERROR INDICATION (TS 25.423 8.3.28). */
#include <string.h>
#include "rnsap/values.h"

#define ID_CAUSE 11
#define ID_PERMANENT_NAS_UE_IDENTITY 17
#define ID_RELEASED_CN_DOMAIN 755

/* The unknown IEs of any message: value is the generated struct. */
#define TAKE_UNKNOWN_IES(ctx, value) \
	rnsap_take_unknown(ctx, (value)->protocolIEs.unknown, IUPLUS_RNSAP_IN_MESSAGE, 0, 0)
#define PUT_UNKNOWN_IES(ctx, msg, value) \
	((value)->protocolIEs.unknown = rnsap_new_unknown(ctx, msg, IUPLUS_RNSAP_IN_MESSAGE, 0, 0))
/* The unknown extensions of a message that has known ones: where there are extensions at all. */
#define TAKE_UNKNOWN_EXTENSIONS(ctx, value) \
	rnsap_take_unknown(ctx, (value)->protocolExtensions->unknown, IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, 0, 0)
/* And those of a message that has none. */
#define TAKE_NO_EXTENSIONS(ctx, value) \
	rnsap_take_no_ies(ctx, (value)->protocolExtensions, IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, 0, 0)
#define PUT_NO_EXTENSIONS(ctx, msg, value) \
	((value)->protocolExtensions = rnsap_new_no_ies(ctx, msg, IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, 0, 0))

/* A number in an IE of its own, and a capability in an extension. */
static bool take_number(const long *from, uint32_t *to)
{
	if (from)
		*to = (uint32_t)*from;
	return from != NULL;
}

static bool take_short_number(const long *from, uint16_t *to)
{
	if (from)
		*to = (uint16_t)*from;
	return from != NULL;
}

static bool take_extended(const long *from, int64_t *to)
{
	if (from)
		*to = *from;
	return from != NULL;
}

static bool take_capability(const BIT_STRING_t *from, uint8_t *to)
{
	if (from)
		*to = ranap_take_capability(from);
	return from != NULL;
}

/* Cause, and what came in its place when it has no number here. */
static uint32_t take_cause(struct rnsap_ctx *ctx, const RNSAP_Cause_t *from)
{
	uint32_t cause = rnsap_take_cause(from);

	if (from && !cause)
		rnsap_take_unknown_value(ctx, ID_CAUSE);
	return cause;
}

/* ---- what Criticality Diagnostics hold that is not known ------------------------------------------------------ */

static bool take_diagnostics(struct rnsap_ctx *ctx, const RNSAP_CriticalityDiagnostics_t *from,
			     struct iuplus_rnsap_diagnostics *to)
{
	const RNSAP_CriticalityDiagnostics_IE_List_t *list;
	int i, k;

	if (!rnsap_take_diagnostics(ctx, from, to))
		return false;
	rnsap_take_no_ies(ctx, from->iE_Extensions, IUPLUS_RNSAP_IN_DIAGNOSTICS, 0, 0);
	list = from->iEsCriticalityDiagnostics;
	for (i = 0; list && i < list->list.count; i++) {
		const RNSAP_CriticalityDiagnostics_IE_List_ExtIEs_t *extensions = list->list.array[i]->iE_Extensions;
		const RNSAP_MessageStructure_t *levels = extensions ? extensions->messageStructure : NULL;

		if (extensions)
			rnsap_take_unknown(ctx, extensions->unknown, IUPLUS_RNSAP_IN_DIAGNOSTICS_IE, (unsigned)i, 0);
		for (k = 0; levels && k < levels->list.count; k++)
			rnsap_take_no_ies(ctx, levels->list.array[k]->iE_Extensions, IUPLUS_RNSAP_IN_DIAGNOSTICS_LEVEL,
					  (unsigned)i, (unsigned)k);
	}
	return true;
}

static RNSAP_CriticalityDiagnostics_t *new_diagnostics(struct rnsap_ctx *ctx, const struct iuplus_rnsap_msg *msg,
						       const struct iuplus_rnsap_diagnostics *from)
{
	RNSAP_CriticalityDiagnostics_t *p = rnsap_new_diagnostics(ctx, from);
	RNSAP_CriticalityDiagnostics_IE_List_t *list;
	int i, k;

	if (ctx->ap.rc != IUPLUS_OK || !msg->unknown_count)
		return p;
	p->iE_Extensions = rnsap_new_no_ies(ctx, msg, IUPLUS_RNSAP_IN_DIAGNOSTICS, 0, 0);
	list = p->iEsCriticalityDiagnostics;
	for (i = 0; list && i < list->list.count; i++) {
		RNSAP_CriticalityDiagnostics_IE_List_ExtIEs_t *extensions = list->list.array[i]->iE_Extensions;
		RNSAP_MessageStructure_t *levels = extensions->messageStructure;

		extensions->unknown = rnsap_new_unknown(ctx, msg, IUPLUS_RNSAP_IN_DIAGNOSTICS_IE, (unsigned)i, 0);
		for (k = 0; levels && k < levels->list.count; k++)
			levels->list.array[k]->iE_Extensions =
				rnsap_new_no_ies(ctx, msg, IUPLUS_RNSAP_IN_DIAGNOSTICS_LEVEL, (unsigned)i, (unsigned)k);
	}
	return p;
}

/* ---- Enhanced Relocation ------------------------------------------------------------------------------------- */

static void take_request(struct rnsap_ctx *ctx, const void *value, struct iuplus_rnsap_msg *msg)
{
	const RNSAP_EnhancedRelocationRequest_t *from = value;
	const RNSAP_EnhancedRelocationRequest_IEs_t *ies = &from->protocolIEs;
	struct iuplus_rnsap_enhanced_relocation_request *to = &msg->u.enhanced_relocation_request;
	const RNSAP_Permanent_NAS_UE_Identity_t *identity = ies->permanent_NAS_UE_Identity;

	to->cause = take_cause(ctx, ies->cause);
	if (identity && identity->present == RNSAP_Permanent_NAS_UE_Identity_PR_imsi) {
		to->imsi.len = (uint8_t)identity->choice.imsi.size;
		ranap_take_fixed(identity->choice.imsi.buf, identity->choice.imsi.size, to->imsi.tbcd,
				 sizeof(to->imsi.tbcd));
	} else if (identity) {
		rnsap_take_unknown_value(ctx, ID_PERMANENT_NAS_UE_IDENTITY);
	}
	to->has_srnc_id = take_short_number(ies->sRNC_ID, &to->srnc_id);
	to->has_extended_srnc_id = take_short_number(ies->extended_SRNC_ID, &to->extended_srnc_id);
	take_number(ies->s_RNTI, &to->s_rnti);
	to->ranap = rnsap_take_bits(ies->rANAP_EnhancedRelocationInformationRequest);
	TAKE_UNKNOWN_IES(ctx, from);
	if (!from->protocolExtensions)
		return;
	to->has_extended_s_rnti = take_extended(from->protocolExtensions->extended_S_RNTI, &to->extended_s_rnti);
	to->has_ue_capability =
		take_capability(from->protocolExtensions->uE_EnhancedSecurityCapability, &to->ue_capability);
	TAKE_UNKNOWN_EXTENSIONS(ctx, from);
}

static void put_request(struct rnsap_ctx *ctx, const struct iuplus_rnsap_msg *msg, void *value)
{
	RNSAP_EnhancedRelocationRequest_t *to = value;
	RNSAP_EnhancedRelocationRequest_IEs_t *ies = &to->protocolIEs;
	const struct iuplus_rnsap_enhanced_relocation_request *from = &msg->u.enhanced_relocation_request;
	RNSAP_Permanent_NAS_UE_Identity_t *identity = ranap_new(&ctx->ap, sizeof(*identity));
	RNSAP_EnhancedRelocationRequest_Extensions_t extensions = { .unknown = NULL };

	if (!identity)
		return;
	ies->cause = rnsap_new_cause(ctx, from->cause);
	if (!from->imsi.len || from->imsi.len > sizeof(from->imsi.tbcd))
		ranap_fail(&ctx->ap, IUPLUS_ERR_ARGUMENT);
	else
		ranap_put_octets(&ctx->ap, from->imsi.tbcd, from->imsi.len, &identity->choice.imsi);
	identity->present = RNSAP_Permanent_NAS_UE_Identity_PR_imsi;
	ies->permanent_NAS_UE_Identity = identity;
	if (from->has_srnc_id)
		ies->sRNC_ID = ranap_put_long(&ctx->ap, from->srnc_id);
	if (from->has_extended_srnc_id)
		ies->extended_SRNC_ID = ranap_put_long(&ctx->ap, from->extended_srnc_id);
	ies->s_RNTI = ranap_put_long(&ctx->ap, (long)from->s_rnti);
	ies->rANAP_EnhancedRelocationInformationRequest = rnsap_new_bits(ctx, &from->ranap);
	PUT_UNKNOWN_IES(ctx, msg, to);
	if (from->has_extended_s_rnti)
		extensions.extended_S_RNTI = ranap_put_long(&ctx->ap, (long)from->extended_s_rnti);
	if (from->has_ue_capability && ranap_extension_allowed(&ctx->ap))
		extensions.uE_EnhancedSecurityCapability = ranap_new_capability(&ctx->ap, from->ue_capability);
	extensions.unknown = rnsap_new_unknown(ctx, msg, IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, 0, 0);
	if (!extensions.extended_S_RNTI && !extensions.uE_EnhancedSecurityCapability && !extensions.unknown)
		return;
	to->protocolExtensions = iuplus_arena_copy(ctx->ap.arena, &extensions, sizeof(extensions));
	if (!to->protocolExtensions)
		ranap_fail(&ctx->ap, IUPLUS_ERR_MEMORY);
}

static void take_response(struct rnsap_ctx *ctx, const void *value, struct iuplus_rnsap_msg *msg)
{
	const RNSAP_EnhancedRelocationResponse_t *from = value;
	struct iuplus_rnsap_enhanced_relocation_response *to = &msg->u.enhanced_relocation_response;

	to->ranap = rnsap_take_bits(from->protocolIEs.rANAP_EnhancedRelocationInformationResponse);
	TAKE_UNKNOWN_IES(ctx, from);
	if (!from->protocolExtensions)
		return;
	to->has_network_capability =
		take_capability(from->protocolExtensions->network_EnhancedSecurityCapability, &to->network_capability);
	TAKE_UNKNOWN_EXTENSIONS(ctx, from);
}

static void put_response(struct rnsap_ctx *ctx, const struct iuplus_rnsap_msg *msg, void *value)
{
	RNSAP_EnhancedRelocationResponse_t *to = value;
	const struct iuplus_rnsap_enhanced_relocation_response *from = &msg->u.enhanced_relocation_response;
	RNSAP_EnhancedRelocationResponse_Extensions_t extensions = { .unknown = NULL };

	to->protocolIEs.rANAP_EnhancedRelocationInformationResponse = rnsap_new_bits(ctx, &from->ranap);
	PUT_UNKNOWN_IES(ctx, msg, to);
	if (from->has_network_capability && ranap_extension_allowed(&ctx->ap))
		extensions.network_EnhancedSecurityCapability =
			ranap_new_capability(&ctx->ap, from->network_capability);
	extensions.unknown = rnsap_new_unknown(ctx, msg, IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, 0, 0);
	if (!extensions.network_EnhancedSecurityCapability && !extensions.unknown)
		return;
	to->protocolExtensions = iuplus_arena_copy(ctx->ap.arena, &extensions, sizeof(extensions));
	if (!to->protocolExtensions)
		ranap_fail(&ctx->ap, IUPLUS_ERR_MEMORY);
}

static void take_failure(struct rnsap_ctx *ctx, const void *value, struct iuplus_rnsap_msg *msg)
{
	const RNSAP_EnhancedRelocationFailure_t *from = value;
	struct iuplus_rnsap_enhanced_relocation_failure *to = &msg->u.enhanced_relocation_failure;

	to->cause = take_cause(ctx, from->protocolIEs.cause);
	to->has_diagnostics = take_diagnostics(ctx, from->protocolIEs.criticalityDiagnostics, &to->diagnostics);
	TAKE_UNKNOWN_IES(ctx, from);
	TAKE_NO_EXTENSIONS(ctx, from);
}

static void put_failure(struct rnsap_ctx *ctx, const struct iuplus_rnsap_msg *msg, void *value)
{
	RNSAP_EnhancedRelocationFailure_t *to = value;
	const struct iuplus_rnsap_enhanced_relocation_failure *from = &msg->u.enhanced_relocation_failure;

	to->protocolIEs.cause = rnsap_new_cause(ctx, from->cause);
	if (from->has_diagnostics)
		to->protocolIEs.criticalityDiagnostics = new_diagnostics(ctx, msg, &from->diagnostics);
	PUT_UNKNOWN_IES(ctx, msg, to);
	PUT_NO_EXTENSIONS(ctx, msg, to);
}

/* ---- Enhanced Relocation Cancel, Signalling Transfer, Release ------------------------------------------------ */

static void take_cancel(struct rnsap_ctx *ctx, const void *value, struct iuplus_rnsap_msg *msg)
{
	const RNSAP_EnhancedRelocationCancel_t *from = value;

	msg->u.enhanced_relocation_cancel.cause = take_cause(ctx, from->protocolIEs.cause);
	TAKE_UNKNOWN_IES(ctx, from);
	TAKE_NO_EXTENSIONS(ctx, from);
}

static void put_cancel(struct rnsap_ctx *ctx, const struct iuplus_rnsap_msg *msg, void *value)
{
	RNSAP_EnhancedRelocationCancel_t *to = value;

	to->protocolIEs.cause = rnsap_new_cause(ctx, msg->u.enhanced_relocation_cancel.cause);
	PUT_UNKNOWN_IES(ctx, msg, to);
	PUT_NO_EXTENSIONS(ctx, msg, to);
}

static void take_signalling(struct rnsap_ctx *ctx, const void *value, struct iuplus_rnsap_msg *msg)
{
	const RNSAP_EnhancedRelocationSignallingTransfer_t *from = value;

	msg->u.enhanced_relocation_signalling_transfer.l3_information =
		rnsap_take_bits(from->protocolIEs.l3_Information);
	TAKE_UNKNOWN_IES(ctx, from);
	TAKE_NO_EXTENSIONS(ctx, from);
}

static void put_signalling(struct rnsap_ctx *ctx, const struct iuplus_rnsap_msg *msg, void *value)
{
	RNSAP_EnhancedRelocationSignallingTransfer_t *to = value;

	to->protocolIEs.l3_Information =
		rnsap_new_bits(ctx, &msg->u.enhanced_relocation_signalling_transfer.l3_information);
	PUT_UNKNOWN_IES(ctx, msg, to);
	PUT_NO_EXTENSIONS(ctx, msg, to);
}

static void take_release(struct rnsap_ctx *ctx, const void *value, struct iuplus_rnsap_msg *msg)
{
	const RNSAP_EnhancedRelocationRelease_t *from = value;
	const RNSAP_Released_CN_Domain_t *domain = from->protocolIEs.released_CN_Domain;

	/* Numbered as the alternatives, of which NOTHING is 0. */
	if (domain && domain->present != RNSAP_Released_CN_Domain_PR_NOTHING)
		msg->u.enhanced_relocation_release.released = (enum iuplus_rnsap_released)domain->present;
	else if (domain)
		rnsap_take_unknown_value(ctx, ID_RELEASED_CN_DOMAIN);
	TAKE_UNKNOWN_IES(ctx, from);
	TAKE_NO_EXTENSIONS(ctx, from);
}

static void put_release(struct rnsap_ctx *ctx, const struct iuplus_rnsap_msg *msg, void *value)
{
	RNSAP_EnhancedRelocationRelease_t *to = value;
	RNSAP_Released_CN_Domain_t *domain = ranap_new(&ctx->ap, sizeof(*domain));

	if (!domain)
		return;
	switch (msg->u.enhanced_relocation_release.released) {
	case IUPLUS_RNSAP_RELEASED_PS: domain->present = RNSAP_Released_CN_Domain_PR_pSDomain; break;
	case IUPLUS_RNSAP_RELEASED_CS: domain->present = RNSAP_Released_CN_Domain_PR_cSDomain; break;
	case IUPLUS_RNSAP_RELEASED_PS_AND_CS: domain->present = RNSAP_Released_CN_Domain_PR_pS_CSDomain; break;
	default: ranap_fail(&ctx->ap, IUPLUS_ERR_ARGUMENT);
	}
	to->protocolIEs.released_CN_Domain = domain;
	PUT_UNKNOWN_IES(ctx, msg, to);
	PUT_NO_EXTENSIONS(ctx, msg, to);
}

/* ---- Error Indication ---------------------------------------------------------------------------------------- */

static void take_error_indication(struct rnsap_ctx *ctx, const void *value, struct iuplus_rnsap_msg *msg)
{
	const RNSAP_ErrorIndication_t *from = value;
	struct iuplus_rnsap_error_indication *to = &msg->u.error_indication;

	to->cause = take_cause(ctx, from->protocolIEs.cause);
	to->has_cause = to->cause != 0;
	to->has_diagnostics = take_diagnostics(ctx, from->protocolIEs.criticalityDiagnostics, &to->diagnostics);
	TAKE_UNKNOWN_IES(ctx, from);
	if (!from->protocolExtensions)
		return;
	to->has_s_rnti = take_number(from->protocolExtensions->s_RNTI, &to->s_rnti);
	to->has_d_rnti = take_number(from->protocolExtensions->d_RNTI, &to->d_rnti);
	to->has_extended_s_rnti = take_extended(from->protocolExtensions->extended_S_RNTI, &to->extended_s_rnti);
	TAKE_UNKNOWN_EXTENSIONS(ctx, from);
}

static void put_error_indication(struct rnsap_ctx *ctx, const struct iuplus_rnsap_msg *msg, void *value)
{
	RNSAP_ErrorIndication_t *to = value;
	const struct iuplus_rnsap_error_indication *from = &msg->u.error_indication;
	RNSAP_ErrorIndication_Extensions_t extensions = { .unknown = NULL };

	if (!from->has_cause && !from->has_diagnostics)
		ranap_fail(&ctx->ap, IUPLUS_ERR_ARGUMENT);
	if (from->has_cause)
		to->protocolIEs.cause = rnsap_new_cause(ctx, from->cause);
	if (from->has_diagnostics)
		to->protocolIEs.criticalityDiagnostics = new_diagnostics(ctx, msg, &from->diagnostics);
	PUT_UNKNOWN_IES(ctx, msg, to);
	if (from->has_s_rnti)
		extensions.s_RNTI = ranap_put_long(&ctx->ap, (long)from->s_rnti);
	if (from->has_d_rnti)
		extensions.d_RNTI = ranap_put_long(&ctx->ap, (long)from->d_rnti);
	if (from->has_extended_s_rnti)
		extensions.extended_S_RNTI = ranap_put_long(&ctx->ap, (long)from->extended_s_rnti);
	extensions.unknown = rnsap_new_unknown(ctx, msg, IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, 0, 0);
	if (!extensions.s_RNTI && !extensions.d_RNTI && !extensions.extended_S_RNTI && !extensions.unknown)
		return;
	to->protocolExtensions = iuplus_arena_copy(ctx->ap.arena, &extensions, sizeof(extensions));
	if (!to->protocolExtensions)
		ranap_fail(&ctx->ap, IUPLUS_ERR_MEMORY);
}

static const struct rnsap_message messages[] = {
	{ IUPLUS_RNSAP_ENHANCED_RELOCATION_REQUEST, RNSAP_InitiatingMessage_Value_PR_enhancedRelocationRequest,
	  take_request, put_request },
	{ IUPLUS_RNSAP_ENHANCED_RELOCATION_RESPONSE, RNSAP_SuccessfulOutcome_Value_PR_enhancedRelocationResponse,
	  take_response, put_response },
	{ IUPLUS_RNSAP_ENHANCED_RELOCATION_FAILURE, RNSAP_UnsuccessfulOutcome_Value_PR_enhancedRelocationFailure,
	  take_failure, put_failure },
	{ IUPLUS_RNSAP_ENHANCED_RELOCATION_CANCEL, RNSAP_InitiatingMessage_Value_PR_enhancedRelocationCancel,
	  take_cancel, put_cancel },
	{ IUPLUS_RNSAP_ENHANCED_RELOCATION_SIGNALLING_TRANSFER,
	  RNSAP_InitiatingMessage_Value_PR_enhancedRelocationSignallingTransfer, take_signalling,
	  put_signalling },
	{ IUPLUS_RNSAP_ENHANCED_RELOCATION_RELEASE, RNSAP_InitiatingMessage_Value_PR_enhancedRelocationRelease,
	  take_release, put_release },
	{ IUPLUS_RNSAP_ERROR_INDICATION, RNSAP_InitiatingMessage_Value_PR_errorIndication, take_error_indication,
	  put_error_indication }
};

const struct rnsap_message *rnsap_find_message(unsigned kind)
{
	size_t i;

	for (i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		if (messages[i].kind == kind)
			return &messages[i];
	return NULL;
}
