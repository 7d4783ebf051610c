/* SPDX-License-Identifier: BSD-2-Clause */
/* enhanced_relocation.c: Enhanced Relocation (TS 25.423 8.3.28). */
#include "rnsap/values.h"

#define ID_PERMANENT_NAS_UE_IDENTITY 17

/* Permanent NAS UE Identity (9.2.1.73): struct iuplus_ranap_imsi. */
static bool take_identity(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const RNSAP_Permanent_NAS_UE_Identity_t *from = value;
	struct iuplus_ranap_imsi *imsi = to;

	(void)row;
	if (from->present != RNSAP_Permanent_NAS_UE_Identity_PR_imsi) {
		rnsap_take_unknown_value(rnsap_ctx(ctx), ID_PERMANENT_NAS_UE_IDENTITY);
		return false;
	}
	imsi->len = (uint8_t)from->choice.imsi.size;
	ie_take_fixed(from->choice.imsi.buf, from->choice.imsi.size, imsi->tbcd, sizeof(imsi->tbcd));
	return true;
}

static void put_identity(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct iuplus_ranap_imsi *imsi = from;
	RNSAP_Permanent_NAS_UE_Identity_t *to = value;

	(void)row;
	to->present = RNSAP_Permanent_NAS_UE_Identity_PR_imsi;
	if (!imsi->len || imsi->len > sizeof(imsi->tbcd))
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
	else
		ie_put_octets(ctx, imsi->tbcd, imsi->len, &to->choice.imsi);
}

static const struct ie_codec identity = { .take = take_identity, .put = put_identity };

#define RNSAP_Request_t RNSAP_EnhancedRelocationRequest_t
#define RNSAP_Request_Extensions_t RNSAP_EnhancedRelocationRequest_Extensions_t
#define iuplus_rnsap_request iuplus_rnsap_enhanced_relocation_request
static const struct ie_row request_extensions[] = {
	RNSAP_EXT(Request, extended_S_RNTI, request, extended_s_rnti, has_extended_s_rnti, rnsap_extended_rnti),
	IE_END
};
static const struct ie_row request[] = {
	RNSAP_CAUSE(Request, request),
	RNSAP_HERE(Request, protocolIEs.permanent_NAS_UE_Identity, request, imsi, identity),
	RNSAP_MAY(Request, protocolIEs.sRNC_ID, request, srnc_id, has_srnc_id, ie_number),
	RNSAP_MAY(Request, protocolIEs.extended_SRNC_ID, request, extended_srnc_id, has_extended_srnc_id, ie_number),
	RNSAP_HERE(Request, protocolIEs.s_RNTI, request, s_rnti, ie_number),
	RNSAP_HERE(Request, protocolIEs.rANAP_EnhancedRelocationInformationRequest, request, ranap, rnsap_bits),
	RNSAP_EXTENSIONS(Request, request_extensions),
	IE_END
};
const struct rnsap_message rnsap_enhanced_relocation_request =
	RNSAP_EXTENDED_MESSAGE(InitiatingMessage, enhancedRelocationRequest, Request, request, request);

#define RNSAP_Response_t RNSAP_EnhancedRelocationResponse_t
#define iuplus_rnsap_response iuplus_rnsap_enhanced_relocation_response
static const struct ie_row response[] = {
	RNSAP_HERE(Response, protocolIEs.rANAP_EnhancedRelocationInformationResponse, response, ranap, rnsap_bits),
	IE_END
};
const struct rnsap_message rnsap_enhanced_relocation_response =
	RNSAP_MESSAGE(SuccessfulOutcome, enhancedRelocationResponse, Response, response, response);

static const struct ie_row failure[] = { RNSAP_CAUSE(EnhancedRelocationFailure, enhanced_relocation_failure),
					 RNSAP_DIAGNOSTICS(EnhancedRelocationFailure, enhanced_relocation_failure),
					 IE_END };
const struct rnsap_message rnsap_enhanced_relocation_failure =
	RNSAP_MESSAGE(UnsuccessfulOutcome, enhancedRelocationFailure, EnhancedRelocationFailure,
		      enhanced_relocation_failure, failure);
