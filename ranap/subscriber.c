/* SPDX-License-Identifier: BSD-2-Clause */
/* subscriber.c: messages about one UE: Paging (TS 25.413 8.15), UE Specific Information, SRVCC Preparation, UE Radio
 * Capability Match, UE Registration Query, Reroute NAS Request. */
#include "ranap/parts.h"

/* ---- Paging -------------------------------------------------------------------------------------------------- */

static const struct ranap_field temporary_ids[] = {
	RANAP_PART(TemporaryUE_ID, choice.tMSI, temporary_ue_id, tmsi, octet_array,
		   .alternative = RANAP_TemporaryUE_ID_PR_tMSI),
	RANAP_PART(TemporaryUE_ID, choice.p_TMSI, temporary_ue_id, tmsi, octet_array,
		   .alternative = RANAP_TemporaryUE_ID_PR_p_TMSI),
	RANAP_END
};
static const struct ranap_choice temporary_id = RANAP_CHOICE(temporary_ids, temporary_ue_id);

static const struct ranap_field rai[] = {
	RANAP_PART(RAI, lAI, paging_area, lai, record, .of = ranap_lai),
	RANAP_PART(RAI, rAC, paging_area, rac, octet_number),
	RANAP_END
};
static const struct ranap_field areas[] = {
	RANAP_PART(PagingAreaID, choice.lAI, paging_area, lai, record, .of = ranap_lai,
		   .alternative = RANAP_PagingAreaID_PR_lAI),
	RANAP_SAME_PART(PagingAreaID, choice.rAI, rai, .alternative = RANAP_PagingAreaID_PR_rAI),
	RANAP_END
};
static const struct ranap_choice area = RANAP_CHOICE(areas, paging_area);

static const struct ranap_field csg[] = {
	{ .as = &ranap_as_bit_number, .size = sizeof(RANAP_CSG_Id_t), .inside = true, RANAP_NEUTRAL(csg_id, id),
	  .has = RANAP_ALWAYS, .bits = 27 },
	RANAP_END
};
static const struct ranap_list csgs = RANAP_PLAIN_LIST(csg, CSG_Id, struct iuplus_ranap_csg_id);

static const struct ranap_field paging[] = {
	RANAP_DOMAIN(Paging, paging),
	RANAP_HERE(Paging, protocolIEs.permanentNAS_UE_ID, paging, imsi, imsi),
	RANAP_MAY(Paging, protocolIEs.temporaryUE_ID, paging, temporary_id, has_temporary_id, choice,
		  .of = &temporary_id),
	RANAP_MAY(Paging, protocolIEs.pagingAreaID, paging, area, has_area, choice, .of = &area),
	RANAP_MAY(Paging, protocolIEs.pagingCause, paging, cause, has_cause, number),
	RANAP_MAY(Paging, protocolIEs.nonSearchingIndication, paging, searching, has_searching, flag),
	RANAP_MAY(Paging, protocolIEs.dRX_CycleLengthCoefficient, paging, drx_coefficient, has_drx_coefficient, number),
	RANAP_EXT_CN(Paging, paging),
	RANAP_EXT_HERE(Paging, cSG_Id_List, paging, csgs, list, .of = &csgs),
	RANAP_END
};

/* ---- the others ---------------------------------------------------------------------------------------------- */

static const struct ranap_field specific[] = {
	RANAP_MAY(UESpecificInformationIndication, protocolIEs.uESBI_Iu, ue_specific_information, uesbi, has_uesbi,
		  record, .of = ranap_uesbi),
	RANAP_END
};

static const struct ranap_field srvcc_information[] = {
	RANAP_PART(SRVCC_Information, nonce, srvcc_cs_keys_response, nonce, bit_array),
	RANAP_END
};
static const struct ranap_field cs_keys[] = {
	RANAP_HERE(SRVCC_CSKeysResponse, protocolIEs.integrityProtectionKey, srvcc_cs_keys_response, ik, bit_array),
	RANAP_HERE(SRVCC_CSKeysResponse, protocolIEs.encryptionKey, srvcc_cs_keys_response, ck, bit_array),
	RANAP_SAME_HERE(SRVCC_CSKeysResponse, protocolIEs.sRVCC_Information, srvcc_information),
	RANAP_DIAGNOSTICS(SRVCC_CSKeysResponse, srvcc_cs_keys_response),
	RANAP_END
};

static const struct ranap_field match[] = {
	RANAP_HERE(UeRadioCapabilityMatchResponse, protocolIEs.voiceSupportMatchIndicator,
		   ue_radio_capability_match_response, voice_support, number),
	RANAP_END
};

static const struct ranap_field query[] = {
	RANAP_SIG_CON_ID(UeRegistrationQueryRequest, iuSigConId, ue_registration_query_request, iu_sig_con_id),
	RANAP_HERE(UeRegistrationQueryRequest, protocolIEs.permanentNAS_UE_ID, ue_registration_query_request, imsi,
		   imsi),
	RANAP_END
};

static const struct ranap_field served[] = {
	RANAP_PART(UE_IsServed, permanentNAS_UE_ID, registration_result, imsi, imsi),
	RANAP_PART(UE_IsServed, pLMNidentity, registration_result, plmn, octet_array),
	RANAP_END
};
static const struct ranap_field not_served[] = {
	RANAP_PART(UE_IsNotServed, permanentNAS_UE_ID, registration_result, imsi, imsi),
	RANAP_END
};
static const struct ranap_field results[] = {
	RANAP_SAME_PART(UERegistrationQueryResult, choice.uE_IsServed, served,
			.alternative = RANAP_UERegistrationQueryResult_PR_uE_IsServed),
	RANAP_SAME_PART(UERegistrationQueryResult, choice.uE_IsNotServed, not_served,
			.alternative = RANAP_UERegistrationQueryResult_PR_uE_IsNotServed),
	RANAP_END
};
static const struct ranap_choice result = RANAP_CHOICE(results, registration_result);
static const struct ranap_field query_response[] = {
	RANAP_HERE(UeRegistrationQueryResponse, protocolIEs.uERegistrationQueryResult, ue_registration_query_response,
		   result, choice, .of = &result),
	RANAP_END
};

static const struct ranap_field reroute[] = {
	RANAP_HERE(RerouteNASRequest, protocolIEs.rANAP_Message, reroute_nas_request, ranap_message, octets),
	RANAP_HERE(RerouteNASRequest, protocolIEs.sGSN_Group_Identity, reroute_nas_request, group, choice,
		   .of = &ranap_sgsn_group),
	RANAP_MAY(RerouteNASRequest, protocolIEs.p_TMSI, reroute_nas_request, p_tmsi, has_p_tmsi, octet_array),
	RANAP_MAY(RerouteNASRequest, protocolIEs.uE_Usage_Type, reroute_nas_request, usage_type, has_usage_type,
		  number),
	RANAP_END
};

const struct ranap_message ranap_subscriber_messages[] = {
	RANAP_TABLE(PAGING, InitiatingMessage, paging, paging),
	RANAP_TABLE(UE_SPECIFIC_INFORMATION_INDICATION, InitiatingMessage, uESpecificInformationIndication, specific),
	RANAP_TABLE(SRVCC_CS_KEYS_REQUEST, InitiatingMessage, sRVCC_CSKeysRequest, NULL),
	RANAP_TABLE(SRVCC_CS_KEYS_RESPONSE, Outcome, sRVCC_CSKeysResponse, cs_keys),
	RANAP_TABLE(UE_RADIO_CAPABILITY_MATCH_REQUEST, InitiatingMessage, ueRadioCapabilityMatchRequest, NULL),
	RANAP_TABLE(UE_RADIO_CAPABILITY_MATCH_RESPONSE, Outcome, ueRadioCapabilityMatchResponse, match),
	RANAP_TABLE(UE_REGISTRATION_QUERY_REQUEST, InitiatingMessage, ueRegistrationQueryRequest, query),
	RANAP_TABLE(UE_REGISTRATION_QUERY_RESPONSE, Outcome, ueRegistrationQueryResponse, query_response),
	RANAP_TABLE(REROUTE_NAS_REQUEST, InitiatingMessage, rerouteNASRequest, reroute),
	RANAP_TABLE_END
};
