/* SPDX-License-Identifier: BSD-2-Clause */
/* uplink_information_exchange.c: Uplink Information Exchange (TS 25.413, procedure UplinkInformationExchange). */
#include "ranap/values.h"

static const struct ie_row wishes[] = {
	RANAP_PART(InformationRequestType, choice.mBMSIPMulticastAddressandAPNRequest, information_request, services,
		   ie_encoded_part, .of = IUPLUS_ASN1_RANAP_MBMSIPMulticastAddressandAPNRequest,
		   .alternative = RANAP_InformationRequestType_PR_mBMSIPMulticastAddressandAPNRequest),
	RANAP_PART(InformationRequestType, choice.permanentNAS_UE_ID, information_request, imsi, ranap_imsi,
		   .alternative = RANAP_InformationRequestType_PR_permanentNAS_UE_ID),
	IE_END
};

static const struct ie_choice wish = RANAP_CHOICE(wishes, information_request);
#define iuplus_ranap_exchange_request iuplus_ranap_uplink_information_exchange_request
#define EXCHANGE_ID(Message, neutral) \
	RANAP_HERE(Message, protocolIEs.informationExchangeID, neutral, exchange_id, ie_number)
static const struct ie_row exchange_request[] = {
	EXCHANGE_ID(UplinkInformationExchangeRequest, exchange_request),
	RANAP_HERE(UplinkInformationExchangeRequest, protocolIEs.informationExchangeType, exchange_request, type,
		   ie_number),
	RANAP_HERE(UplinkInformationExchangeRequest, protocolIEs.informationTransferType, exchange_request, transfer,
		   ie_encoded, .of = IUPLUS_ASN1_RANAP_InformationTransferType),
	RANAP_MAY(UplinkInformationExchangeRequest, protocolIEs.informationRequestType, exchange_request, request,
		  has_request, ie_choice, .of = &wish),
	RANAP_DOMAIN(UplinkInformationExchangeRequest, exchange_request),
	RANAP_HAS_RNC(UplinkInformationExchangeRequest, exchange_request),
	IE_END
};
const struct ranap_message ranap_uplink_information_exchange_request =
	RANAP_MESSAGE(InitiatingMessage, uplinkInformationExchangeRequest, exchange_request, exchange_request);

#define iuplus_ranap_exchange_answer iuplus_ranap_uplink_information_exchange_answer
static const struct ie_row exchange_response[] = {
	EXCHANGE_ID(UplinkInformationExchangeResponse, exchange_answer),
	RANAP_HERE(UplinkInformationExchangeResponse, protocolIEs.informationRequested, exchange_answer, information,
		   ie_encoded, .of = IUPLUS_ASN1_RANAP_InformationRequested),
	RANAP_DOMAIN(UplinkInformationExchangeResponse, exchange_answer),
	RANAP_MAY_CN(UplinkInformationExchangeResponse, exchange_answer),
	RANAP_DIAGNOSTICS(UplinkInformationExchangeResponse, exchange_answer),
	IE_END
};
const struct ranap_message ranap_uplink_information_exchange_response =
	RANAP_MESSAGE(SuccessfulOutcome, uplinkInformationExchangeResponse, exchange_answer, exchange_response);

static const struct ie_row exchange_failure[] = {
	EXCHANGE_ID(UplinkInformationExchangeFailure, exchange_answer),
	RANAP_DOMAIN(UplinkInformationExchangeFailure, exchange_answer),
	RANAP_MAY_CN(UplinkInformationExchangeFailure, exchange_answer),
	RANAP_FAILURE(UplinkInformationExchangeFailure, exchange_answer), IE_END
};
const struct ranap_message ranap_uplink_information_exchange_failure =
	RANAP_MESSAGE(UnsuccessfulOutcome, uplinkInformationExchangeFailure, exchange_answer, exchange_failure);
