/* SPDX-License-Identifier: BSD-2-Clause */
/* enhanced_relocation_information.c: the two RANAP messages that RNCs exchange inside RNSAP's Enhanced
 * Relocation (TS 25.423 8.3.28, TS 25.413 procedure RANAPenhancedRelocation). */
#include "ranap/values.h"

#define OWN_ENCODING(Type) .of = IUPLUS_ASN1_RANAP_##Type

/* ---- RANAP ENHANCED RELOCATION INFORMATION REQUEST ----------------------------------------------------------- */

/* CSG Membership Status as a bool: is the UE a member? */
static bool take_member(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	(void)ctx;
	(void)row;
	*(bool *)to = *(const long *)value == RANAP_CSG_Membership_Status_member;
	return true;
}

static void put_member(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	(void)ctx;
	(void)row;
	*(long *)value =
		*(const bool *)from ? RANAP_CSG_Membership_Status_member : RANAP_CSG_Membership_Status_non_member;
}

static const struct ie_codec member = { .take = take_member, .put = put_member };

static const struct ie_items wanted_list =
	RANAP_RABS(RAB_SetupItem_EnhRelocInfoReq_IEs, RAB_SetupItem_EnhRelocInfoReq, rab);

#define RANAP_Request_t RANAP_RANAP_EnhancedRelocationInformationRequest_t
#define RANAP_RequestExtensions_t RANAP_RANAP_EnhancedRelocationInformationRequestExtensions_t
#define iuplus_ranap_request iuplus_ranap_enhanced_relocation_information_request
static const struct ie_row request_extensions[] = {
	RANAP_EXT(Request, integrityProtectionInformation, request, integrity, has_integrity, ie_record,
		  .of = ranap_integrity),
	RANAP_EXT(Request, encryptionInformation, request, encryption, has_encryption, ie_record,
		  .of = ranap_encryption),
	RANAP_EXT_HERE(Request, uE_AggregateMaximumBitRate, request, ue_aggregate_maximum_bit_rate, ie_encoded,
		       OWN_ENCODING(UE_AggregateMaximumBitRate)),
	RANAP_EXT_HERE(Request, rABParametersList, request, rab_parameters_list, ie_encoded,
		       OWN_ENCODING(RABParametersList)),
	RANAP_EXT(Request, cSG_Id, request, csg_id, has_csg_id, ie_bit_number, .bits = 27),
	RANAP_EXT(Request, cSG_Membership_Status, request, csg_member, has_csg_membership, member),
	RANAP_EXT(Request, anchorPLMN_ID, request, anchor_plmn, has_anchor_plmn, ie_octet_array),
	IE_END
};
static const struct ie_row request[] = {
	RANAP_HERE(Request, protocolIEs.source_ToTarget_TransparentContainer, request, container, ranap_container,
		   .of = &ranap_source_to_target),
	RANAP_MAY(Request, protocolIEs.oldIuSigConIdCS, request, cs_iu_sig_con_id, has_cs_iu_sig_con_id, ie_bit_number,
		  .bits = 24),
	RANAP_MAY(Request, protocolIEs.globalCN_IDCS, request, cs_cn, has_cs_cn, ie_record, .of = ranap_cn),
	RANAP_MAY(Request, protocolIEs.oldIuSigConIdPS, request, ps_iu_sig_con_id, has_ps_iu_sig_con_id, ie_bit_number,
		  .bits = 24),
	RANAP_MAY(Request, protocolIEs.globalCN_IDPS, request, ps_cn, has_ps_cn, ie_record, .of = ranap_cn),
	RANAP_HERE(Request, protocolIEs.rAB_SetupList_EnhRelocInfoReq, request, rabs, ie_items, .of = &wanted_list),
	RANAP_HERE(Request, protocolIEs.sNA_Access_Information, request, sna_access_information, ie_encoded,
		   OWN_ENCODING(SNA_Access_Information)),
	RANAP_HERE(Request, protocolIEs.uESBI_Iu, request, uesbi_iu, ie_encoded, OWN_ENCODING(UESBI_Iu)),
	RANAP_MAY(Request, protocolIEs.selectedPLMN_ID, request, selected_plmn, has_selected_plmn, ie_octet_array),
	RANAP_HERE(Request, protocolIEs.cNMBMSLinkingInformation, request, cn_mbms_linking_information, ie_encoded,
		   OWN_ENCODING(CNMBMSLinkingInformation)),
	RANAP_EXTENSIONS(Request, request_extensions),
	IE_END
};
const struct ranap_message ranap_enhanced_relocation_information_request =
	RANAP_MESSAGE(InitiatingMessage, rANAP_EnhancedRelocationInformationRequest, request, request);

/* ---- RANAP ENHANCED RELOCATION INFORMATION RESPONSE ---------------------------------------------------------- */

static const struct ie_row seen[] = {
	RANAP_PART(RAB_SetupItem_EnhRelocInfoRes, cN_DomainIndicator, domain_rab, domain, ie_seen_number),
	RANAP_SEEN_ID(RAB_SetupItem_EnhRelocInfoRes, domain_rab), IE_END
};
static const struct ie_items setup_list = {
	seen, RANAP_ITEM_OF(RAB_SetupItem_EnhRelocInfoRes_IEs, RAB_SetupItem_EnhRelocInfoRes, domain_rab)
};
static const struct ie_row failed[] = {
	RANAP_PART(RAB_FailedItem_EnhRelocInfoRes, cN_DomainIndicator, domain_rab, domain, ie_number),
	RANAP_PART(RAB_FailedItem_EnhRelocInfoRes, rAB_ID, domain_rab, id, ie_bit_number, .bits = 8),
	RANAP_PART(RAB_FailedItem_EnhRelocInfoRes, cause, domain_rab, cause, ranap_any_cause), IE_END
};
static const struct ie_list failed_list =
	RANAP_LIST_OF(failed, RAB_FailedItem_EnhRelocInfoRes_IEs, RAB_FailedItem_EnhRelocInfoRes, domain_rab);

#define RANAP_Response_t RANAP_RANAP_EnhancedRelocationInformationResponse_t
#define iuplus_ranap_response iuplus_ranap_enhanced_relocation_information_response
static const struct ie_row response[] = {
	RANAP_MAY(Response, protocolIEs.target_ToSource_TransparentContainer, response, container, has_container,
		  ranap_container, .of = &ranap_target_to_source),
	RANAP_HERE(Response, protocolIEs.rAB_SetupList_EnhRelocInfoRes, response, rabs, ie_items, .of = &setup_list),
	RANAP_HERE(Response, protocolIEs.rAB_FailedList_EnhRelocInfoRes, response, failed, ie_list, .of = &failed_list),
	RANAP_DIAGNOSTICS(Response, response), IE_END
};
const struct ranap_message ranap_enhanced_relocation_information_response =
	RANAP_MESSAGE(SuccessfulOutcome, rANAP_EnhancedRelocationInformationResponse, response, response);
