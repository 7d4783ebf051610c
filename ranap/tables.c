/* SPDX-License-Identifier: BSD-2-Clause */
/* tables.c: the elementary procedures and their messages (TS 25.413 tables 3 to 5), the names of causes (9.2.1.4). */
#include <stddef.h>
#include <iuplus/ranap.h>

#define REJECT IUPLUS_RANAP_REJECT
#define IGNORE IUPLUS_RANAP_IGNORE
/* Who initiates it: from_cn, from_rnc. */
#define CN true, false
#define RNC false, true
#define BOTH true, true

/* By procedure code. Code 8 is not used. */
static const struct iuplus_ranap_procedure procedures[] = {
	[0] = { 0, 3, REJECT, CN, false, "RAB-Assignment",
		{ "RAB-AssignmentRequest", NULL, NULL, "RAB-AssignmentResponse" } },
	[1] = { 1, 1, REJECT, CN, false, "Iu-Release", { "Iu-ReleaseCommand", "Iu-ReleaseComplete" } },
	[2] = { 2, 1, REJECT, RNC, false, "RelocationPreparation",
		{ "RelocationRequired", "RelocationCommand", "RelocationPreparationFailure" } },
	[3] = { 3, 1, REJECT, CN, false, "RelocationResourceAllocation",
		{ "RelocationRequest", "RelocationRequestAcknowledge", "RelocationFailure" } },
	[4] = { 4, 1, REJECT, RNC, false, "RelocationCancel",
		{ "RelocationCancel", "RelocationCancelAcknowledge" } },
	[5] = { 5, 1, REJECT, CN, false, "SRNS-ContextTransfer",
		{ "SRNS-ContextRequest", "SRNS-ContextResponse" } },
	[6] = { 6, 1, REJECT, CN, false, "SecurityModeControl",
		{ "SecurityModeCommand", "SecurityModeComplete", "SecurityModeReject" } },
	[7] = { 7, 1, REJECT, CN, false, "DataVolumeReport", { "DataVolumeReportRequest", "DataVolumeReport" } },
	[9] = { 9, 1, REJECT, BOTH, true, "Reset", { "Reset", "ResetAcknowledge" } },
	[10] = { 10, 2, IGNORE, RNC, false, "RAB-ReleaseRequest", { "RAB-ReleaseRequest" } },
	[11] = { 11, 2, IGNORE, RNC, false, "Iu-ReleaseRequest", { "Iu-ReleaseRequest" } },
	[12] = { 12, 2, IGNORE, RNC, false, "RelocationDetect", { "RelocationDetect" } },
	[13] = { 13, 2, IGNORE, RNC, false, "RelocationComplete", { "RelocationComplete" } },
	[14] = { 14, 2, IGNORE, CN, true, "Paging", { "Paging" } },
	[15] = { 15, 2, IGNORE, CN, false, "CommonID", { "CommonID" } },
	[16] = { 16, 2, IGNORE, CN, false, "CN-InvokeTrace", { "CN-InvokeTrace" } },
	[17] = { 17, 2, IGNORE, CN, false, "LocationReportingControl", { "LocationReportingControl" } },
	[18] = { 18, 2, IGNORE, RNC, false, "LocationReport", { "LocationReport" } },
	[19] = { 19, 2, IGNORE, RNC, false, "InitialUE-Message", { "InitialUE-Message" } },
	[20] = { 20, 2, IGNORE, BOTH, false, "DirectTransfer", { "DirectTransfer" } },
	[21] = { 21, 2, IGNORE, BOTH, true, "OverloadControl", { "Overload" } },
	[22] = { 22, 2, IGNORE, BOTH, false, "ErrorIndication", { "ErrorIndication" } },
	[23] = { 23, 2, IGNORE, CN, false, "SRNS-DataForward", { "SRNS-DataForwardCommand" } },
	[24] = { 24, 2, IGNORE, BOTH, false, "ForwardSRNS-Context", { "ForwardSRNS-Context" } },
	[25] = { 25, 2, IGNORE, BOTH, false, "privateMessage", { "PrivateMessage" } },
	[26] = { 26, 2, IGNORE, CN, false, "CN-DeactivateTrace", { "CN-DeactivateTrace" } },
	[27] = { 27, 1, REJECT, BOTH, true, "ResetResource", { "ResetResource", "ResetResourceAcknowledge" } },
	[28] = { 28, 2, IGNORE, RNC, false, "RANAP-Relocation", { "RANAP-RelocationInformation" } },
	[29] = { 29, 2, IGNORE, RNC, false, "RAB-ModifyRequest", { "RAB-ModifyRequest" } },
	[30] = { 30, 1, REJECT, CN, false, "LocationRelatedData",
		{ "LocationRelatedDataRequest", "LocationRelatedDataResponse", "LocationRelatedDataFailure" } },
	[31] = { 31, 1, REJECT, CN, true, "InformationTransfer",
		{ "InformationTransferIndication",
		  "InformationTransferConfirmation",
		  "InformationTransferFailure" } },
	[32] = { 32, 2, IGNORE, CN, false, "UESpecificInformation", { "UESpecificInformationIndication" } },
	[33] = { 33, 1, REJECT, RNC, true, "UplinkInformationExchange",
		{ "UplinkInformationExchangeRequest",
		  "UplinkInformationExchangeResponse",
		  "UplinkInformationExchangeFailure" } },
	[34] = { 34, 2, IGNORE, BOTH, true, "DirectInformationTransfer", { "DirectInformationTransfer" } },
	[35] = { 35, 1, REJECT, CN, false, "MBMSSessionStart",
		{ "MBMSSessionStart", "MBMSSessionStartResponse", "MBMSSessionStartFailure" } },
	[36] = { 36, 1, REJECT, CN, false, "MBMSSessionUpdate",
		{ "MBMSSessionUpdate", "MBMSSessionUpdateResponse", "MBMSSessionUpdateFailure" } },
	[37] = { 37, 1, REJECT, CN, false, "MBMSSessionStop", { "MBMSSessionStop", "MBMSSessionStopResponse" } },
	[38] = { 38, 3, REJECT, CN, false, "MBMSUELinking",
		{ "MBMSUELinkingRequest", NULL, NULL, "MBMSUELinkingResponse" } },
	[39] = { 39, 1, REJECT, BOTH, true, "MBMSRegistration",
		{ "MBMSRegistrationRequest", "MBMSRegistrationResponse", "MBMSRegistrationFailure" } },
	[40] = { 40, 1, REJECT, CN, true, "MBMSCNDe-Registration-Procedure",
		{ "MBMSCNDe-RegistrationRequest", "MBMSCNDe-RegistrationResponse" } },
	[41] = { 41, 2, IGNORE, RNC, false, "MBMSRABEstablishmentIndication",
		{ "MBMSRABEstablishmentIndication" } },
	[42] = { 42, 1, REJECT, RNC, false, "MBMSRABRelease",
		{ "MBMSRABReleaseRequest", "MBMSRABRelease", "MBMSRABReleaseFailure" } },
	[43] = { 43, 1, REJECT, RNC, false, "enhancedRelocationComplete",
		{ "EnhancedRelocationCompleteRequest",
		  "EnhancedRelocationCompleteResponse",
		  "EnhancedRelocationCompleteFailure" } },
	[44] = { 44, 2, IGNORE, RNC, false, "enhancedRelocationCompleteConfirm",
		{ "EnhancedRelocationCompleteConfirm" } },
	[45] = { 45, 1, REJECT, RNC, false, "RANAPenhancedRelocation",
		{ "RANAP-EnhancedRelocationInformationRequest", "RANAP-EnhancedRelocationInformationResponse" } },
	[46] = { 46, 3, REJECT, RNC, false, "SRVCCPreparation",
		{ "SRVCC-CSKeysRequest", NULL, NULL, "SRVCC-CSKeysResponse" } },
	[47] = { 47, 3, IGNORE, CN, false, "UeRadioCapabilityMatch",
		{ "UeRadioCapabilityMatchRequest", NULL, NULL, "UeRadioCapabilityMatchResponse" } },
	[48] = { 48, 3, IGNORE, RNC, true, "UeRegistrationQuery",
		{ "UeRegistrationQueryRequest", NULL, NULL, "UeRegistrationQueryResponse" } },
	[49] = { 49, 2, REJECT, CN, false, "RerouteNASRequest", { "RerouteNASRequest" } },
};

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
	if (code >= sizeof(procedures) / sizeof(procedures[0]) || !procedures[code].name)
		return NULL;
	return &procedures[code];
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
