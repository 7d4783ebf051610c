/* SPDX-License-Identifier: BSD-2-Clause */
/* information.c: trace (TS 25.413 8.17, 8.28), and information that is about no UE: Information Transfer, Uplink
 * Information Exchange, Direct Information Transfer. */
#include "ranap/parts.h"

/* ---- trace --------------------------------------------------------------------------------------------------- */

static const struct ranap_field ue_ids[] = {
	RANAP_PART(UE_ID, choice.imsi, ue_id, id, octets, .alternative = RANAP_UE_ID_PR_imsi),
	RANAP_PART(UE_ID, choice.imei, ue_id, id, octets, .alternative = RANAP_UE_ID_PR_imei),
	RANAP_PART(UE_ID, choice.imeisv, ue_id, id, octets, .alternative = RANAP_UE_ID_PR_imeisv),
	RANAP_END
};
static const struct ranap_choice ue_id = RANAP_CHOICE(ue_ids, ue_id);

#define APPLICATION_LAYER IUPLUS_ASN1_RANAP_UE_Application_Layer_Measurement_Configuration
static const struct ranap_field invoke_trace[] = {
	RANAP_MAY(CN_InvokeTrace, protocolIEs.traceType, cn_invoke_trace, type, has_type, octet_number),
	RANAP_HERE(CN_InvokeTrace, protocolIEs.traceReference, cn_invoke_trace, reference, filled),
	RANAP_HERE(CN_InvokeTrace, protocolIEs.triggerID, cn_invoke_trace, trigger_id, filled),
	RANAP_MAY(CN_InvokeTrace, protocolIEs.uE_ID, cn_invoke_trace, ue_id, has_ue_id, choice, .of = &ue_id),
	RANAP_HERE(CN_InvokeTrace, protocolIEs.oMC_ID, cn_invoke_trace, omc_id, filled),
	RANAP_EXT_HERE(CN_InvokeTrace, tracePropagationParameters, cn_invoke_trace, propagation, encoded,
		       .of = IUPLUS_ASN1_RANAP_TracePropagationParameters),
	RANAP_EXT_HERE(CN_InvokeTrace, mDT_Configuration, cn_invoke_trace, mdt, encoded,
		       .of = IUPLUS_ASN1_RANAP_MDT_Configuration),
	RANAP_EXT_HERE(CN_InvokeTrace, trace_Collection_Entity_IP_Addess, cn_invoke_trace, collection_entity, bits),
	RANAP_EXT_HERE(CN_InvokeTrace, uE_Application_Layer_Measurement_Configuration, cn_invoke_trace,
		       application_layer, encoded, .of = APPLICATION_LAYER),
	RANAP_END
};

static const struct ranap_field deactivate_trace[] = {
	RANAP_HERE(CN_DeactivateTrace, protocolIEs.traceReference, cn_deactivate_trace, reference, filled),
	RANAP_HERE(CN_DeactivateTrace, protocolIEs.triggerID, cn_deactivate_trace, trigger_id, filled),
	RANAP_END
};

/* ---- Information Transfer ------------------------------------------------------------------------------------ */

#define iuplus_ranap_indication iuplus_ranap_information_transfer_indication
static const struct ranap_field indication[] = {
	RANAP_HERE(InformationTransferIndication, protocolIEs.informationTransferID, indication, transfer_id, number),
	RANAP_HERE(InformationTransferIndication, protocolIEs.providedData, indication, data, encoded,
		   .of = IUPLUS_ASN1_RANAP_ProvidedData),
	RANAP_DOMAIN(InformationTransferIndication, indication),
	RANAP_MAY_CN(InformationTransferIndication, indication),
	RANAP_END
};

#define iuplus_ranap_transfer_answer iuplus_ranap_information_transfer_answer
#define TRANSFER_ID(Message) \
	RANAP_HERE(Message, protocolIEs.informationTransferID, transfer_answer, transfer_id, number)
static const struct ranap_field confirmation[] = {
	TRANSFER_ID(InformationTransferConfirmation),
	RANAP_DOMAIN(InformationTransferConfirmation, transfer_answer),
	RANAP_DIAGNOSTICS(InformationTransferConfirmation, transfer_answer),
	RANAP_HAS_RNC(InformationTransferConfirmation, transfer_answer),
	RANAP_END
};

static const struct ranap_field transfer_failure[] = {
	TRANSFER_ID(InformationTransferFailure),
	RANAP_DOMAIN(InformationTransferFailure, transfer_answer),
	RANAP_FAILURE(InformationTransferFailure, transfer_answer),
	RANAP_HAS_RNC(InformationTransferFailure, transfer_answer),
	RANAP_END
};

/* ---- Uplink Information Exchange ----------------------------------------------------------------------------- */

static const struct ranap_field wishes[] = {
	RANAP_PART(InformationRequestType, choice.mBMSIPMulticastAddressandAPNRequest, information_request, services,
		   encoded, .of = IUPLUS_ASN1_RANAP_MBMSIPMulticastAddressandAPNRequest,
		   .alternative = RANAP_InformationRequestType_PR_mBMSIPMulticastAddressandAPNRequest),
	RANAP_PART(InformationRequestType, choice.permanentNAS_UE_ID, information_request, imsi, imsi,
		   .alternative = RANAP_InformationRequestType_PR_permanentNAS_UE_ID),
	RANAP_END
};
static const struct ranap_choice wish = RANAP_CHOICE(wishes, information_request);

#define iuplus_ranap_exchange_request iuplus_ranap_uplink_information_exchange_request
#define EXCHANGE_ID(Message, neutral) \
	RANAP_HERE(Message, protocolIEs.informationExchangeID, neutral, exchange_id, number)
static const struct ranap_field exchange_request[] = {
	EXCHANGE_ID(UplinkInformationExchangeRequest, exchange_request),
	RANAP_HERE(UplinkInformationExchangeRequest, protocolIEs.informationExchangeType, exchange_request, type,
		   number),
	RANAP_HERE(UplinkInformationExchangeRequest, protocolIEs.informationTransferType, exchange_request, transfer,
		   encoded, .of = IUPLUS_ASN1_RANAP_InformationTransferType),
	RANAP_MAY(UplinkInformationExchangeRequest, protocolIEs.informationRequestType, exchange_request, request,
		  has_request, choice, .of = &wish),
	RANAP_DOMAIN(UplinkInformationExchangeRequest, exchange_request),
	RANAP_HAS_RNC(UplinkInformationExchangeRequest, exchange_request),
	RANAP_END
};

#define iuplus_ranap_exchange_answer iuplus_ranap_uplink_information_exchange_answer
static const struct ranap_field exchange_response[] = {
	EXCHANGE_ID(UplinkInformationExchangeResponse, exchange_answer),
	RANAP_HERE(UplinkInformationExchangeResponse, protocolIEs.informationRequested, exchange_answer, information,
		   encoded, .of = IUPLUS_ASN1_RANAP_InformationRequested),
	RANAP_DOMAIN(UplinkInformationExchangeResponse, exchange_answer),
	RANAP_MAY_CN(UplinkInformationExchangeResponse, exchange_answer),
	RANAP_DIAGNOSTICS(UplinkInformationExchangeResponse, exchange_answer),
	RANAP_END
};

static const struct ranap_field exchange_failure[] = {
	EXCHANGE_ID(UplinkInformationExchangeFailure, exchange_answer),
	RANAP_DOMAIN(UplinkInformationExchangeFailure, exchange_answer),
	RANAP_MAY_CN(UplinkInformationExchangeFailure, exchange_answer),
	RANAP_FAILURE(UplinkInformationExchangeFailure, exchange_answer),
	RANAP_END
};

/* ---- Direct Information Transfer ----------------------------------------------------------------------------- */

#define iuplus_ranap_direct iuplus_ranap_direct_information_transfer
static const struct ranap_field direct[] = {
	RANAP_HERE(DirectInformationTransfer, protocolIEs.interSystemInformationTransferType, direct, information,
		   encoded, .of = IUPLUS_ASN1_RANAP_InterSystemInformationTransferType),
	RANAP_DOMAIN(DirectInformationTransfer, direct),
	RANAP_MAY_RNC(DirectInformationTransfer, direct),
	RANAP_MAY_CN(DirectInformationTransfer, direct),
	RANAP_END
};

const struct ranap_message ranap_information_messages[] = {
	RANAP_TABLE(CN_INVOKE_TRACE, InitiatingMessage, cN_InvokeTrace, invoke_trace),
	RANAP_TABLE(CN_DEACTIVATE_TRACE, InitiatingMessage, cN_DeactivateTrace, deactivate_trace),
	RANAP_TABLE(INFORMATION_TRANSFER_INDICATION, InitiatingMessage, informationTransferIndication, indication),
	RANAP_TABLE(INFORMATION_TRANSFER_CONFIRMATION, SuccessfulOutcome, informationTransferConfirmation,
		    confirmation),
	RANAP_TABLE(INFORMATION_TRANSFER_FAILURE, UnsuccessfulOutcome, informationTransferFailure, transfer_failure),
	RANAP_TABLE(UPLINK_INFORMATION_EXCHANGE_REQUEST, InitiatingMessage, uplinkInformationExchangeRequest,
		    exchange_request),
	RANAP_TABLE(UPLINK_INFORMATION_EXCHANGE_RESPONSE, SuccessfulOutcome, uplinkInformationExchangeResponse,
		    exchange_response),
	RANAP_TABLE(UPLINK_INFORMATION_EXCHANGE_FAILURE, UnsuccessfulOutcome, uplinkInformationExchangeFailure,
		    exchange_failure),
	RANAP_TABLE(DIRECT_INFORMATION_TRANSFER, InitiatingMessage, directInformationTransfer, direct),
	RANAP_TABLE_END
};
