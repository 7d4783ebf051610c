/* SPDX-License-Identifier: BSD-2-Clause */
/* enhanced_relocation_complete.c: Enhanced Relocation Complete (TS 25.413, procedure enhancedRelocationComplete): the
 * target RNC informs the core of a relocation that the RNCs executed between themselves. */
#include "ranap/values.h"

/* ---- ENHANCED RELOCATION COMPLETE REQUEST -------------------------------------------------------------------- */

static const struct ie_items set_ups =
	RANAP_RABS(RAB_SetupItem_EnhancedRelocCompleteReq_IEs, RAB_SetupItem_EnhancedRelocCompleteReq, rab);
/* A short alias: the message's name takes half a line. */
#define RANAP_Request_t RANAP_EnhancedRelocationCompleteRequest_t

#define RANAP_RequestExtensions_t RANAP_EnhancedRelocationCompleteRequestExtensions_t
#define iuplus_ranap_request iuplus_ranap_enhanced_relocation_complete_request
#define PLACE(global, extended) \
	.of = &(const struct ranap_rnc_place) \
	{ \
		offsetof(RANAP_Request_t, protocolIEs.global), offsetof(RANAP_Request_t, protocolIEs.extended), 0, 0, \
			true \
	}
#define RNC(to, global, extended) RANAP_RNC_ROW(Request, request, to, IE_ALWAYS, PLACE(global, extended))
static const struct ie_row request_extensions[] = {
	RANAP_EXT(Request, chosenIntegrityProtectionAlgorithm, request, integrity_algorithm, has_integrity_algorithm,
		  ranap_uia),
	RANAP_EXT(Request, chosenEncryptionAlgorithm, request, encryption_algorithm, has_encryption_algorithm,
		  ie_number),
	RANAP_EXT(Request, higherBitratesThan16MbpsFlag, request, higher_bitrates, has_higher_bitrates, ie_number),
	RANAP_EXT(Request, cSG_Id, request, csg_id, has_csg_id, ie_bit_number, .bits = 27),
	RANAP_EXT(Request, cell_Access_Mode, request, cell_access_mode, has_cell_access_mode, ie_number),
	RANAP_EXT(Request, tunnel_Information_for_BBF, request, tunnel, has_tunnel, ie_record, .of = ranap_tunnel),
	RANAP_EXT_HERE(Request, lHN_ID, request, lhn_id, ie_filled),
	RANAP_EXT_UE_CAPABILITY(Request, request),
	RANAP_EXT_KEY_IN_USE(Request, request),
	IE_END
};
static const struct ie_row request[] = {
	RANAP_SIG_CON_ID(Request, oldIuSigConId, request, old_iu_sig_con_id),
	RANAP_SIG_CON_ID(Request, iuSigConId, request, iu_sig_con_id),
	RNC(source, relocation_SourceRNC_ID, relocation_SourceExtendedRNC_ID),
	RNC(target, relocation_TargetRNC_ID, relocation_TargetExtendedRNC_ID),
	RANAP_HERE(Request, protocolIEs.rAB_SetupList_EnhancedRelocCompleteReq, request, rabs, ie_items,
		   .of = &set_ups),
	RANAP_EXTENSIONS(Request, request_extensions),
	IE_END
};
const struct ranap_message ranap_enhanced_relocation_complete_request =
	RANAP_MESSAGE(InitiatingMessage, enhancedRelocationCompleteRequest, request, request);

/* ---- ENHANCED RELOCATION COMPLETE RESPONSE, FAILURE ---------------------------------------------------------- */

static const struct ie_items taken_overs =
	RANAP_RABS(RAB_SetupItem_EnhancedRelocCompleteRes_IEs, RAB_SetupItem_EnhancedRelocCompleteRes, rab);
static const struct ie_row to_release[] = RANAP_RAB_CAUSE(RAB_ToBeReleasedItem_EnhancedRelocCompleteRes, ranap_cause);
static const struct ie_list to_releases = RANAP_LIST_OF(to_release, RAB_ToBeReleasedItem_EnhancedRelocCompleteRes_IEs,
							RAB_ToBeReleasedItem_EnhancedRelocCompleteRes, rab_cause);
#define RANAP_Response_t RANAP_EnhancedRelocationCompleteResponse_t
#define RANAP_ResponseExtensions_t RANAP_EnhancedRelocationCompleteResponseExtensions_t
#define iuplus_ranap_response iuplus_ranap_enhanced_relocation_complete_response
static const struct ie_row response_extensions[] = {
	RANAP_EXT(Response, uE_AggregateMaximumBitRate, response, bit_rate, has_bit_rate, ie_record,
		  .of = ranap_bit_rate),
	RANAP_EXT_HERE(Response, mSISDN, response, msisdn, ie_filled),
	RANAP_EXT(Response, cSG_Membership_Status, response, csg_membership, has_csg_membership, ie_number),
	RANAP_EXT(Response, nextKey, response, next_key, has_next_key, ie_record, .of = ranap_next_key, .ours = true),
	IE_END
};
static const struct ie_row response[] = {
	RANAP_HERE(Response, protocolIEs.rAB_SetupList_EnhancedRelocCompleteRes, response, rabs, ie_items,
		   .of = &taken_overs),
	RANAP_HERE(Response, protocolIEs.rAB_ToBeReleasedList_EnhancedRelocCompleteRes, response, released, ie_list,
		   .of = &to_releases),
	RANAP_DIAGNOSTICS(Response, response), RANAP_EXTENSIONS(Response, response_extensions), IE_END
};
const struct ranap_message ranap_enhanced_relocation_complete_response =
	RANAP_MESSAGE(SuccessfulOutcome, enhancedRelocationCompleteResponse, response, response);

static const struct ie_row failure[] = { RANAP_FAILURE(EnhancedRelocationCompleteFailure, failure), IE_END };
const struct ranap_message ranap_enhanced_relocation_complete_failure =
	RANAP_MESSAGE(UnsuccessfulOutcome, enhancedRelocationCompleteFailure, failure, failure);
