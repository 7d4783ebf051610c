/* SPDX-License-Identifier: BSD-2-Clause */
/* tables.c: the elementary procedures and their messages (TS 25.413 tables 3 to 5), the names of causes (9.2.1.4). */
#include "ranap/values.h"

#define REJECT IUPLUS_RANAP_REJECT
#define IGNORE IUPLUS_RANAP_IGNORE
/* Which node initiates it: from_cn, from_rnc. */
#define CN true, false
#define RNC false, true
#define BOTH true, true

/* By procedure code. Code 8 is not used. */
/* clang-format off */
const struct ranap_procedure ranap_procedures[RANAP_PROCEDURE_COUNT] = {
	[0] = { .is = { 0, 3, REJECT, CN, false, "RAB-Assignment",
		{ "RAB-AssignmentRequest", NULL, NULL, "RAB-AssignmentResponse" } },
		.messages = { &ranap_rab_assignment_request, NULL, NULL, &ranap_rab_assignment_response } },
	[1] = { .is = { 1, 1, REJECT, CN, false, "Iu-Release", { "Iu-ReleaseCommand", "Iu-ReleaseComplete" } },
		.messages = { &ranap_iu_release_command, &ranap_iu_release_complete } },
	[2] = { .is = { 2, 1, REJECT, RNC, false, "RelocationPreparation",
		{ "RelocationRequired", "RelocationCommand", "RelocationPreparationFailure" } },
		.messages = { &ranap_relocation_required, &ranap_relocation_command,
			      &ranap_relocation_preparation_failure }, .cause_refuses = true },
	[3] = { .is = { 3, 1, REJECT, CN, false, "RelocationResourceAllocation",
		{ "RelocationRequest", "RelocationRequestAcknowledge", "RelocationFailure" } },
		.messages = { &ranap_relocation_request, &ranap_relocation_request_acknowledge,
			      &ranap_relocation_failure }, .cause_refuses = true },
	[4] = { .is = { 4, 1, REJECT, RNC, false, "RelocationCancel",
		{ "RelocationCancel", "RelocationCancelAcknowledge" } },
		.messages = { &ranap_relocation_cancel, &ranap_relocation_cancel_acknowledge } },
	[5] = { .is = { 5, 1, REJECT, CN, false, "SRNS-ContextTransfer",
		{ "SRNS-ContextRequest", "SRNS-ContextResponse" } },
		.messages = { &ranap_srns_context_request, &ranap_srns_context_response } },
	[6] = { .is = { 6, 1, REJECT, CN, false, "SecurityModeControl",
		{ "SecurityModeCommand", "SecurityModeComplete", "SecurityModeReject" } },
		.messages = { &ranap_security_mode_command, &ranap_security_mode_complete,
			      &ranap_security_mode_reject }, .cause_refuses = true },
	[7] = { .is = { 7, 1, REJECT, CN, false, "DataVolumeReport",
		{ "DataVolumeReportRequest", "DataVolumeReport" } },
		.messages = { &ranap_data_volume_report_request, &ranap_data_volume_report } },
	[9] = { .is = { 9, 1, REJECT, BOTH, true, "Reset", { "Reset", "ResetAcknowledge" } },
		.messages = { &ranap_reset, &ranap_reset_acknowledge } },
	[10] = { .is = { 10, 2, IGNORE, RNC, false, "RAB-ReleaseRequest", { "RAB-ReleaseRequest" } },
		.messages = { &ranap_rab_release_request } },
	[11] = { .is = { 11, 2, IGNORE, RNC, false, "Iu-ReleaseRequest", { "Iu-ReleaseRequest" } },
		.messages = { &ranap_iu_release_request } },
	[12] = { .is = { 12, 2, IGNORE, RNC, false, "RelocationDetect", { "RelocationDetect" } },
		.messages = { &ranap_relocation_detect } },
	[13] = { .is = { 13, 2, IGNORE, RNC, false, "RelocationComplete", { "RelocationComplete" } },
		.messages = { &ranap_relocation_complete } },
	[14] = { .is = { 14, 2, IGNORE, CN, true, "Paging", { "Paging" } },
		.messages = { &ranap_paging } },
	[15] = { .is = { 15, 2, IGNORE, CN, false, "CommonID", { "CommonID" } },
		.messages = { &ranap_common_id } },
	[16] = { .is = { 16, 2, IGNORE, CN, false, "CN-InvokeTrace", { "CN-InvokeTrace" } },
		.messages = { &ranap_cn_invoke_trace } },
	[17] = { .is = { 17, 2, IGNORE, CN, false, "LocationReportingControl", { "LocationReportingControl" } },
		.messages = { &ranap_location_reporting_control } },
	[18] = { .is = { 18, 2, IGNORE, RNC, false, "LocationReport", { "LocationReport" } },
		.messages = { &ranap_location_report } },
	[19] = { .is = { 19, 2, IGNORE, RNC, false, "InitialUE-Message", { "InitialUE-Message" } },
		.messages = { &ranap_initial_ue_message } },
	[20] = { .is = { 20, 2, IGNORE, BOTH, false, "DirectTransfer", { "DirectTransfer" } },
		.messages = { &ranap_direct_transfer } },
	[21] = { .is = { 21, 2, IGNORE, BOTH, true, "OverloadControl", { "Overload" } },
		.messages = { &ranap_overload } },
	[22] = { .is = { 22, 2, IGNORE, BOTH, false, "ErrorIndication", { "ErrorIndication" } },
		.messages = { &ranap_error_indication } },
	[23] = { .is = { 23, 2, IGNORE, CN, false, "SRNS-DataForward", { "SRNS-DataForwardCommand" } },
		.messages = { &ranap_srns_data_forward_command } },
	[24] = { .is = { 24, 2, IGNORE, BOTH, false, "ForwardSRNS-Context", { "ForwardSRNS-Context" } },
		.messages = { &ranap_forward_srns_context } },
	[25] = { .is = { 25, 2, IGNORE, BOTH, false, "privateMessage", { "PrivateMessage" } } },
	[26] = { .is = { 26, 2, IGNORE, CN, false, "CN-DeactivateTrace", { "CN-DeactivateTrace" } },
		.messages = { &ranap_cn_deactivate_trace } },
	[27] = { .is = { 27, 1, REJECT, BOTH, true, "ResetResource",
		{ "ResetResource", "ResetResourceAcknowledge" } },
		.messages = { &ranap_reset_resource, &ranap_reset_resource_acknowledge } },
	[28] = { .is = { 28, 2, IGNORE, RNC, false, "RANAP-Relocation", { "RANAP-RelocationInformation" } },
		.messages = { &ranap_relocation_information } },
	[29] = { .is = { 29, 2, IGNORE, RNC, false, "RAB-ModifyRequest", { "RAB-ModifyRequest" } },
		.messages = { &ranap_rab_modify_request } },
	[30] = { .is = { 30, 1, REJECT, CN, false, "LocationRelatedData",
		{ "LocationRelatedDataRequest", "LocationRelatedDataResponse", "LocationRelatedDataFailure" } },
		.messages = { &ranap_location_related_data_request, &ranap_location_related_data_response,
			      &ranap_location_related_data_failure }, .cause_refuses = true },
	[31] = { .is = { 31, 1, REJECT, CN, true, "InformationTransfer",
		{ "InformationTransferIndication", "InformationTransferConfirmation",
		  "InformationTransferFailure" } },
		.messages = { &ranap_information_transfer_indication, &ranap_information_transfer_confirmation,
			      &ranap_information_transfer_failure } },
	[32] = { .is = { 32, 2, IGNORE, CN, false, "UESpecificInformation", { "UESpecificInformationIndication" } },
		.messages = { &ranap_ue_specific_information_indication } },
	[33] = { .is = { 33, 1, REJECT, RNC, true, "UplinkInformationExchange",
		{ "UplinkInformationExchangeRequest", "UplinkInformationExchangeResponse",
		  "UplinkInformationExchangeFailure" } },
		.messages = { &ranap_uplink_information_exchange_request, &ranap_uplink_information_exchange_response,
			      &ranap_uplink_information_exchange_failure } },
	[34] = { .is = { 34, 2, IGNORE, BOTH, true, "DirectInformationTransfer", { "DirectInformationTransfer" } },
		.messages = { &ranap_direct_information_transfer } },
	[35] = { .is = { 35, 1, REJECT, CN, false, "MBMSSessionStart",
		{ "MBMSSessionStart", "MBMSSessionStartResponse", "MBMSSessionStartFailure" } },
		.messages = { &ranap_mbms_session_start, &ranap_mbms_session_start_response,
			      &ranap_mbms_session_start_failure }, .cause_refuses = true },
	[36] = { .is = { 36, 1, REJECT, CN, false, "MBMSSessionUpdate",
		{ "MBMSSessionUpdate", "MBMSSessionUpdateResponse", "MBMSSessionUpdateFailure" } },
		.messages = { &ranap_mbms_session_update, &ranap_mbms_session_update_response,
			      &ranap_mbms_session_update_failure } },
	[37] = { .is = { 37, 1, REJECT, CN, false, "MBMSSessionStop",
		{ "MBMSSessionStop", "MBMSSessionStopResponse" } },
		.messages = { &ranap_mbms_session_stop, &ranap_mbms_session_stop_response } },
	[38] = { .is = { 38, 3, REJECT, CN, false, "MBMSUELinking",
		{ "MBMSUELinkingRequest", NULL, NULL, "MBMSUELinkingResponse" } },
		.messages = { &ranap_mbms_ue_linking_request, NULL, NULL, &ranap_mbms_ue_linking_response } },
	[39] = { .is = { 39, 1, REJECT, BOTH, true, "MBMSRegistration",
		{ "MBMSRegistrationRequest", "MBMSRegistrationResponse", "MBMSRegistrationFailure" } },
		.messages = { &ranap_mbms_registration_request, &ranap_mbms_registration_response,
			      &ranap_mbms_registration_failure }, .cause_refuses = true },
	[40] = { .is = { 40, 1, REJECT, CN, true, "MBMSCNDe-Registration-Procedure",
		{ "MBMSCNDe-RegistrationRequest", "MBMSCNDe-RegistrationResponse" } },
		.messages = { &ranap_mbms_cn_de_registration_request, &ranap_mbms_cn_de_registration_response } },
	[41] = { .is = { 41, 2, IGNORE, RNC, false, "MBMSRABEstablishmentIndication",
		{ "MBMSRABEstablishmentIndication" } },
		.messages = { &ranap_mbms_rab_establishment_indication } },
	[42] = { .is = { 42, 1, REJECT, RNC, false, "MBMSRABRelease",
		{ "MBMSRABReleaseRequest", "MBMSRABRelease", "MBMSRABReleaseFailure" } },
		.messages = { &ranap_mbms_rab_release_request, &ranap_mbms_rab_release,
			      &ranap_mbms_rab_release_failure }, .cause_refuses = true },
	[43] = { .is = { 43, 1, REJECT, RNC, false, "enhancedRelocationComplete",
		{ "EnhancedRelocationCompleteRequest", "EnhancedRelocationCompleteResponse",
		  "EnhancedRelocationCompleteFailure" } },
		.messages = { &ranap_enhanced_relocation_complete_request,
			      &ranap_enhanced_relocation_complete_response,
			      &ranap_enhanced_relocation_complete_failure }, .cause_refuses = true },
	[44] = { .is = { 44, 2, IGNORE, RNC, false, "enhancedRelocationCompleteConfirm",
		{ "EnhancedRelocationCompleteConfirm" } },
		.messages = { &ranap_enhanced_relocation_complete_confirm } },
	[45] = { .is = { 45, 1, REJECT, RNC, false, "RANAPenhancedRelocation",
		{ "RANAP-EnhancedRelocationInformationRequest", "RANAP-EnhancedRelocationInformationResponse" } },
		.messages = { &ranap_enhanced_relocation_information_request,
			      &ranap_enhanced_relocation_information_response } },
	[46] = { .is = { 46, 3, REJECT, RNC, false, "SRVCCPreparation",
		{ "SRVCC-CSKeysRequest", NULL, NULL, "SRVCC-CSKeysResponse" } },
		.messages = { &ranap_srvcc_cs_keys_request, NULL, NULL, &ranap_srvcc_cs_keys_response } },
	[47] = { .is = { 47, 3, IGNORE, CN, false, "UeRadioCapabilityMatch",
		{ "UeRadioCapabilityMatchRequest", NULL, NULL, "UeRadioCapabilityMatchResponse" } },
		.messages = { &ranap_ue_radio_capability_match_request, NULL, NULL,
			      &ranap_ue_radio_capability_match_response } },
	[48] = { .is = { 48, 3, IGNORE, RNC, true, "UeRegistrationQuery",
		{ "UeRegistrationQueryRequest", NULL, NULL, "UeRegistrationQueryResponse" } },
		.messages = { &ranap_ue_registration_query_request, NULL, NULL,
			      &ranap_ue_registration_query_response } },
	[49] = { .is = { 49, 2, REJECT, CN, false, "RerouteNASRequest", { "RerouteNASRequest" } },
		.messages = { &ranap_reroute_nas_request } },
};
/* clang-format on */

/* Ordered by value. */
static const struct {
	unsigned cause;
	const char *name;
} causes[] = {
	{ 1, "rab-pre-empted" },
	{ 2, "trelocoverall-expiry" },
	{ 3, "trelocprep-expiry" },
	{ 4, "treloccomplete-expiry" },
	{ 5, "tqueing-expiry" },
	{ 6, "relocation-triggered" },
	{ 7, "trellocalloc-expiry" },
	{ 8, "unable-to-establish-during-relocation" },
	{ 9, "unknown-target-rnc" },
	{ 10, "relocation-cancelled" },
	{ 11, "successful-relocation" },
	{ 12, "requested-ciphering-and-or-integrity-protection-algorithms-not-supported" },
	{ 13, "conflict-with-already-existing-integrity-protection-and-or-ciphering-information" },
	{ 14, "failure-in-the-radio-interface-procedure" },
	{ 15, "release-due-to-utran-generated-reason" },
	{ 16, "user-inactivity" },
	{ 17, "time-critical-relocation" },
	{ 18, "requested-traffic-class-not-available" },
	{ 19, "invalid-rab-parameters-value" },
	{ 20, "requested-maximum-bit-rate-not-available" },
	{ 21, "requested-guaranteed-bit-rate-not-available" },
	{ 22, "requested-transfer-delay-not-achievable" },
	{ 23, "invalid-rab-parameters-combination" },
	{ 24, "condition-violation-for-sdu-parameters" },
	{ 25, "condition-violation-for-traffic-handling-priority" },
	{ 26, "condition-violation-for-guaranteed-bit-rate" },
	{ 27, "user-plane-versions-not-supported" },
	{ 28, "iu-up-failure" },
	{ 29, "relocation-failure-in-target-CN-RNC-or-target-system" },
	{ 30, "invalid-RAB-ID" },
	{ 31, "no-remaining-rab" },
	{ 32, "interaction-with-other-procedure" },
	{ 33, "requested-maximum-bit-rate-for-dl-not-available" },
	{ 34, "requested-maximum-bit-rate-for-ul-not-available" },
	{ 35, "requested-guaranteed-bit-rate-for-dl-not-available" },
	{ 36, "requested-guaranteed-bit-rate-for-ul-not-available" },
	{ 37, "repeated-integrity-checking-failure" },
	{ 38, "requested-request-type-not-supported" },
	{ 39, "request-superseded" },
	{ 40, "release-due-to-UE-generated-signalling-connection-release" },
	{ 41, "resource-optimisation-relocation" },
	{ 42, "requested-information-not-available" },
	{ 43, "relocation-desirable-for-radio-reasons" },
	{ 44, "relocation-not-supported-in-target-RNC-or-target-system" },
	{ 45, "directed-retry" },
	{ 46, "radio-connection-with-UE-Lost" },
	{ 47, "rNC-unable-to-establish-all-RFCs" },
	{ 48, "deciphering-keys-not-available" },
	{ 49, "dedicated-assistance-data-not-available" },
	{ 50, "relocation-target-not-allowed" },
	{ 51, "location-reporting-congestion" },
	{ 52, "reduce-load-in-serving-cell" },
	{ 53, "no-radio-resources-available-in-target-cell" },
	{ 54, "gERAN-Iumode-failure" },
	{ 55, "access-restricted-due-to-shared-networks" },
	{ 56, "incoming-relocation-not-supported-due-to-PUESBINE-feature" },
	{ 57, "traffic-load-in-the-target-cell-higher-than-in-the-source-cell" },
	{ 58, "mBMS-no-multicast-service-for-this-UE" },
	{ 59, "mBMS-unknown-UE-ID" },
	{ 60, "successful-MBMS-session-start-no-data-bearer-necessary" },
	{ 61, "mBMS-superseded-due-to-NNSF" },
	{ 62, "mBMS-UE-linking-already-done" },
	{ 63, "mBMS-UE-de-linking-failure-no-existing-UE-linking" },
	{ 64, "tMGI-unknown" },
	{ 65, "signalling-transport-resource-failure" },
	{ 66, "iu-transport-connection-failed-to-establish" },
	{ 81, "user-restriction-start-indication" },
	{ 82, "user-restriction-end-indication" },
	{ 83, "normal-release" },
	{ 84, "csg-subscription-expiry" },
	{ 97, "transfer-syntax-error" },
	{ 98, "semantic-error" },
	{ 99, "message-not-compatible-with-receiver-state" },
	{ 100, "abstract-syntax-error-reject" },
	{ 101, "abstract-syntax-error-ignore-and-notify" },
	{ 102, "abstract-syntax-error-falsely-constructed-message" },
	{ 113, "om-intervention" },
	{ 114, "no-resource-available" },
	{ 115, "unspecified-failure" },
	{ 116, "network-optimisation" },
	{ 257, "iP-multicast-address-and-APN-not-valid" },
	{ 258, "mBMS-de-registration-rejected-due-to-implicit-registration" },
	{ 259, "mBMS-request-superseded" },
	{ 260, "mBMS-de-registration-during-session-not-allowed" },
	{ 261, "mBMS-no-data-bearer-necessary" },
	{ 262, "periodicLocationInformationNotAvailable" },
	{ 263, "gTP-Resources-Unavailable" },
	{ 264, "tMGI-inUse-overlapping-MBMS-service-area" },
	{ 265, "mBMS-no-cell-in-MBMS-service-area" },
	{ 266, "no-Iu-CS-UP-relocation" },
	{ 267, "successful-MBMS-Session-Start-IP-Multicast-Bearer-established" },
	{ 268, "cS-fallback-triggered" },
	{ 269, "invalid-CSG-Id" },
};

const struct iuplus_ranap_procedure *iuplus_ranap_procedure(unsigned code)
{
	const struct ranap_procedure *procedure = ranap_find_procedure(code);

	return procedure ? &procedure->is : NULL;
}

const char *iuplus_ranap_kind_name(unsigned kind)
{
	const struct iuplus_ranap_procedure *procedure = iuplus_ranap_procedure(IUPLUS_RANAP_KIND_CODE(kind));
	const char *name = procedure ? procedure->messages[IUPLUS_RANAP_KIND_PDU(kind)] : NULL;

	return name ? name : "unknown RANAP message";
}

const char *iuplus_ranap_name(const struct iuplus_ranap_msg *msg)
{
	return iuplus_ranap_kind_name(msg->kind);
}

const char *iuplus_ranap_cause_name(unsigned cause)
{
	size_t low = 0, high = sizeof(causes) / sizeof(causes[0]);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (causes[middle].cause == cause)
			return causes[middle].name;
		if (causes[middle].cause < cause)
			low = middle + 1;
		else
			high = middle;
	}
	return cause > 128 && cause <= 256 ? "non-standard" : "spare";
}
