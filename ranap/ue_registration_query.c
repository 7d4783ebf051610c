/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_registration_query.c: UE Registration Query (TS 25.413, procedure UeRegistrationQuery). */
#include "ranap/values.h"

static const struct ie_row query[] = {
	RANAP_SIG_CON_ID(UeRegistrationQueryRequest, iuSigConId, ue_registration_query_request, iu_sig_con_id),
	RANAP_HERE(UeRegistrationQueryRequest, protocolIEs.permanentNAS_UE_ID, ue_registration_query_request, imsi,
		   ranap_imsi),
	IE_END
};
const struct ranap_message ranap_ue_registration_query_request =
	RANAP_MESSAGE(InitiatingMessage, ueRegistrationQueryRequest, ue_registration_query_request, query);

static const struct ie_row served[] = {
	RANAP_PART(UE_IsServed, permanentNAS_UE_ID, registration_result, imsi, ranap_imsi),
	RANAP_PART(UE_IsServed, pLMNidentity, registration_result, plmn, ie_octet_array), IE_END
};

static const struct ie_row not_served[] = {
	RANAP_PART(UE_IsNotServed, permanentNAS_UE_ID, registration_result, imsi, ranap_imsi), IE_END
};

static const struct ie_row results[] = {
	RANAP_SAME_PART(UERegistrationQueryResult, choice.uE_IsServed, served,
			.alternative = RANAP_UERegistrationQueryResult_PR_uE_IsServed),
	RANAP_SAME_PART(UERegistrationQueryResult, choice.uE_IsNotServed, not_served,
			.alternative = RANAP_UERegistrationQueryResult_PR_uE_IsNotServed),
	IE_END
};

static const struct ie_choice result = RANAP_CHOICE(results, registration_result);
static const struct ie_row query_response[] = {
	RANAP_HERE(UeRegistrationQueryResponse, protocolIEs.uERegistrationQueryResult, ue_registration_query_response,
		   result, ie_choice, .of = &result),
	IE_END
};
const struct ranap_message ranap_ue_registration_query_response =
	RANAP_MESSAGE(Outcome, ueRegistrationQueryResponse, ue_registration_query_response, query_response);
