/* SPDX-License-Identifier: BSD-2-Clause */
/* relocated.c: Enhanced Relocation Complete, and its Confirm: a target RNC tells the core after a relocation that the
 * RNCs did between themselves. */
#include "ranap/parts.h"

static const struct ranap_field set_up[] = RANAP_RAB(RAB_SetupItem_EnhancedRelocCompleteReq);
static const struct ranap_list set_ups = RANAP_LIST_OF(set_up, RAB_SetupItem_EnhancedRelocCompleteReq_IEs,
	RAB_SetupItem_EnhancedRelocCompleteReq, struct iuplus_ranap_rab);

/* As a name of its own the message's takes half a line. */
#define RANAP_Request_t RANAP_EnhancedRelocationCompleteRequest_t
#define RANAP_RequestExtensions_t RANAP_EnhancedRelocationCompleteRequestExtensions_t
#define iuplus_ranap_request iuplus_ranap_enhanced_relocation_complete_request

static const struct ranap_field request[] = {
	RANAP_SIG_CON_ID(Request, oldIuSigConId, request, old_iu_sig_con_id),
	RANAP_SIG_CON_ID(Request, iuSigConId, request, iu_sig_con_id),
	RANAP_HERE(Request, protocolIEs.relocation_SourceRNC_ID, request, source, record, .of = ranap_rnc),
	RANAP_HERE(Request, protocolIEs.relocation_SourceExtendedRNC_ID, request, source, extended_rnc),
	RANAP_HERE(Request, protocolIEs.relocation_TargetRNC_ID, request, target, record, .of = ranap_rnc),
	RANAP_HERE(Request, protocolIEs.relocation_TargetExtendedRNC_ID, request, target, extended_rnc),
	RANAP_HERE(Request, protocolIEs.rAB_SetupList_EnhancedRelocCompleteReq, request, rabs, list, .of = &set_ups),
	RANAP_EXT(Request, chosenIntegrityProtectionAlgorithm, request, integrity_algorithm, has_integrity_algorithm,
		  number),
	RANAP_EXT(Request, chosenEncryptionAlgorithm, request, encryption_algorithm, has_encryption_algorithm, number),
	RANAP_EXT(Request, higherBitratesThan16MbpsFlag, request, higher_bitrates, has_higher_bitrates, number),
	RANAP_EXT(Request, cSG_Id, request, csg_id, has_csg_id, bit_number, .bits = 27),
	RANAP_EXT(Request, cell_Access_Mode, request, cell_access_mode, has_cell_access_mode, number),
	RANAP_EXT(Request, tunnel_Information_for_BBF, request, tunnel, has_tunnel, record, .of = ranap_tunnel),
	RANAP_EXT_HERE(Request, lHN_ID, request, lhn_id, filled),
	RANAP_EXT(Request, uE_EnhancedSecurityCapability, request, ue_capability, has_ue_capability, bit_number,
		  .bits = 8, .ours = true),
	RANAP_END
};

static const struct ranap_field taken_over[] = RANAP_RAB(RAB_SetupItem_EnhancedRelocCompleteRes);
static const struct ranap_list taken_overs = RANAP_LIST_OF(taken_over, RAB_SetupItem_EnhancedRelocCompleteRes_IEs,
	RAB_SetupItem_EnhancedRelocCompleteRes, struct iuplus_ranap_rab);
static const struct ranap_field to_release[] = RANAP_RAB_CAUSE(RAB_ToBeReleasedItem_EnhancedRelocCompleteRes);
static const struct ranap_list to_releases = RANAP_LIST_OF(to_release,
	RAB_ToBeReleasedItem_EnhancedRelocCompleteRes_IEs, RAB_ToBeReleasedItem_EnhancedRelocCompleteRes,
	struct iuplus_ranap_rab_cause);

#define RANAP_Response_t RANAP_EnhancedRelocationCompleteResponse_t
#define RANAP_ResponseExtensions_t RANAP_EnhancedRelocationCompleteResponseExtensions_t
#define iuplus_ranap_response iuplus_ranap_enhanced_relocation_complete_response

static const struct ranap_field response[] = {
	RANAP_HERE(Response, protocolIEs.rAB_SetupList_EnhancedRelocCompleteRes, response, rabs, list,
		   .of = &taken_overs),
	RANAP_HERE(Response, protocolIEs.rAB_ToBeReleasedList_EnhancedRelocCompleteRes, response, released, list,
		   .of = &to_releases),
	RANAP_DIAGNOSTICS(Response, response),
	RANAP_EXT(Response, uE_AggregateMaximumBitRate, response, bit_rate, has_bit_rate, record,
		  .of = ranap_bit_rate),
	RANAP_EXT_HERE(Response, mSISDN, response, msisdn, filled),
	RANAP_EXT(Response, cSG_Membership_Status, response, csg_membership, has_csg_membership, number),
	RANAP_END
};

static const struct ranap_field failure[] = { RANAP_FAILURE(EnhancedRelocationCompleteFailure, failure), RANAP_END };

static const struct ranap_field failed[] = RANAP_RAB_CAUSE(RAB_FailedItem);
static const struct ranap_list faileds = RANAP_LIST_OF(failed, RAB_FailedItemIEs, RAB_FailedItem,
	struct iuplus_ranap_rab_cause);

static const struct ranap_field confirm[] = {
	RANAP_HERE(EnhancedRelocationCompleteConfirm, protocolIEs.rAB_FailedList, enhanced_relocation_complete_confirm,
		   failed, list, .of = &faileds),
	RANAP_END
};

const struct ranap_message ranap_relocated_messages[] = {
	RANAP_TABLE(ENHANCED_RELOCATION_COMPLETE_REQUEST, InitiatingMessage, enhancedRelocationCompleteRequest,
		    request),
	RANAP_TABLE(ENHANCED_RELOCATION_COMPLETE_RESPONSE, SuccessfulOutcome, enhancedRelocationCompleteResponse,
		    response),
	RANAP_TABLE(ENHANCED_RELOCATION_COMPLETE_FAILURE, UnsuccessfulOutcome, enhancedRelocationCompleteFailure,
		    failure),
	RANAP_TABLE(ENHANCED_RELOCATION_COMPLETE_CONFIRM, InitiatingMessage, enhancedRelocationCompleteConfirm,
		    confirm),
	RANAP_TABLE_END
};
