/* SPDX-License-Identifier: BSD-2-Clause */
/* tables.c: the elementary procedures of RNSAP and their messages (TS 25.423 clause 8.1), the names of causes. */
#include "rnsap/values.h"

#define REJECT IUPLUS_RANAP_REJECT
#define IGNORE IUPLUS_RANAP_IGNORE
#define TDD IUPLUS_RNSAP_TDD
#define FDD IUPLUS_RNSAP_FDD
#define COMMON IUPLUS_RNSAP_COMMON

/* By code and mode. A class 1 procedure has a successful outcome. */
/* clang-format off */
static const struct rnsap_procedure procedures[][IUPLUS_RNSAP_COMMON + 1] = {
	[0][TDD] = { .is = { 0, TDD, 1, REJECT, "commonTransportChannelResourcesInitialisationTDD",
		{ "CommonTransportChannelResourcesRequest", "CommonTransportChannelResourcesResponseTDD",
		  "CommonTransportChannelResourcesFailure" } } },
	[0][FDD] = { .is = { 0, FDD, 1, REJECT, "commonTransportChannelResourcesInitialisationFDD",
		{ "CommonTransportChannelResourcesRequest", "CommonTransportChannelResourcesResponseFDD",
		  "CommonTransportChannelResourcesFailure" } } },
	[1][COMMON] = { .is = { 1, COMMON, 2, IGNORE, "commonTransportChannelResourcesRelease",
		{ "CommonTransportChannelResourcesReleaseRequest" } } },
	[2][FDD] = { .is = { 2, FDD, 2, IGNORE, "compressedModeCommandFDD", { "CompressedModeCommand" } } },
	[3][FDD] = { .is = { 3, FDD, 2, IGNORE, "downlinkPowerControlFDD", { "DL-PowerControlRequest" } } },
	[4][TDD] = { .is = { 4, TDD, 2, IGNORE, "downlinkPowerTimeslotControl",
		{ "DL-PowerTimeslotControlRequest" } } },
	[5][COMMON] = { .is = { 5, COMMON, 2, IGNORE, "downlinkSignallingTransfer",
		{ "DownlinkSignallingTransferRequest" } } },
	[6][COMMON] = { .is = { 6, COMMON, 2, IGNORE, "errorIndication", { "ErrorIndication" } },
		.messages = { &rnsap_error_indication } },
	[7][COMMON] = { .is = { 7, COMMON, 2, IGNORE, "dedicatedMeasurementFailure",
		{ "DedicatedMeasurementFailureIndication" } } },
	[8][COMMON] = { .is = { 8, COMMON, 1, REJECT, "dedicatedMeasurementInitiation",
		{ "DedicatedMeasurementInitiationRequest", "DedicatedMeasurementInitiationResponse",
		  "DedicatedMeasurementInitiationFailure" } } },
	[9][COMMON] = { .is = { 9, COMMON, 2, IGNORE, "dedicatedMeasurementReporting",
		{ "DedicatedMeasurementReport" } } },
	[10][COMMON] = { .is = { 10, COMMON, 2, IGNORE, "dedicatedMeasurementTermination",
		{ "DedicatedMeasurementTerminationRequest" } } },
	[11][COMMON] = { .is = { 11, COMMON, 2, IGNORE, "paging", { "PagingRequest" } } },
	[12][TDD] = { .is = { 12, TDD, 1, REJECT, "physicalChannelReconfigurationTDD",
		{ "PhysicalChannelReconfigurationRequestTDD", "PhysicalChannelReconfigurationCommand",
		  "PhysicalChannelReconfigurationFailure" } } },
	[12][FDD] = { .is = { 12, FDD, 1, REJECT, "physicalChannelReconfigurationFDD",
		{ "PhysicalChannelReconfigurationRequestFDD", "PhysicalChannelReconfigurationCommand",
		  "PhysicalChannelReconfigurationFailure" } } },
	[13][COMMON] = { .is = { 13, COMMON, 2, IGNORE, "privateMessage", { "PrivateMessage" } } },
	[14][TDD] = { .is = { 14, TDD, 1, REJECT, "radioLinkAdditionTDD",
		{ "RadioLinkAdditionRequestTDD", "RadioLinkAdditionResponseTDD", "RadioLinkAdditionFailureTDD" } } },
	[14][FDD] = { .is = { 14, FDD, 1, REJECT, "radioLinkAdditionFDD",
		{ "RadioLinkAdditionRequestFDD", "RadioLinkAdditionResponseFDD", "RadioLinkAdditionFailureFDD" } } },
	[15][COMMON] = { .is = { 15, COMMON, 1, REJECT, "radioLinkDeletion",
		{ "RadioLinkDeletionRequest", "RadioLinkDeletionResponse" } } },
	[16][COMMON] = { .is = { 16, COMMON, 2, IGNORE, "radioLinkFailure", { "RadioLinkFailureIndication" } } },
	[17][COMMON] = { .is = { 17, COMMON, 2, IGNORE, "radioLinkPreemption",
		{ "RadioLinkPreemptionRequiredIndication" } } },
	[18][COMMON] = { .is = { 18, COMMON, 2, IGNORE, "radioLinkRestoration", { "RadioLinkRestoreIndication" } } },
	[19][TDD] = { .is = { 19, TDD, 1, REJECT, "radioLinkSetupTDD",
		{ "RadioLinkSetupRequestTDD", "RadioLinkSetupResponseTDD", "RadioLinkSetupFailureTDD" } } },
	[19][FDD] = { .is = { 19, FDD, 1, REJECT, "radioLinkSetupFDD",
		{ "RadioLinkSetupRequestFDD", "RadioLinkSetupResponseFDD", "RadioLinkSetupFailureFDD" } } },
	[20][COMMON] = { .is = { 20, COMMON, 2, IGNORE, "relocationCommit", { "RelocationCommit" } } },
	[21][COMMON] = { .is = { 21, COMMON, 2, IGNORE, "synchronisedRadioLinkReconfigurationCancellation",
		{ "RadioLinkReconfigurationCancel" } } },
	[22][COMMON] = { .is = { 22, COMMON, 2, IGNORE, "synchronisedRadioLinkReconfigurationCommit",
		{ "RadioLinkReconfigurationCommit" } } },
	[23][TDD] = { .is = { 23, TDD, 1, REJECT, "synchronisedRadioLinkReconfigurationPreparationTDD",
		{ "RadioLinkReconfigurationPrepareTDD", "RadioLinkReconfigurationReadyTDD",
		  "RadioLinkReconfigurationFailure" } } },
	[23][FDD] = { .is = { 23, FDD, 1, REJECT, "synchronisedRadioLinkReconfigurationPreparationFDD",
		{ "RadioLinkReconfigurationPrepareFDD", "RadioLinkReconfigurationReadyFDD",
		  "RadioLinkReconfigurationFailure" } } },
	[24][TDD] = { .is = { 24, TDD, 1, REJECT, "unSynchronisedRadioLinkReconfigurationTDD",
		{ "RadioLinkReconfigurationRequestTDD", "RadioLinkReconfigurationResponseTDD",
		  "RadioLinkReconfigurationFailure" } } },
	[24][FDD] = { .is = { 24, FDD, 1, REJECT, "unSynchronisedRadioLinkReconfigurationFDD",
		{ "RadioLinkReconfigurationRequestFDD", "RadioLinkReconfigurationResponseFDD",
		  "RadioLinkReconfigurationFailure" } } },
	[25][TDD] = { .is = { 25, TDD, 2, IGNORE, "uplinkSignallingTransferTDD",
		{ "UplinkSignallingTransferIndicationTDD" } } },
	[25][FDD] = { .is = { 25, FDD, 2, IGNORE, "uplinkSignallingTransferFDD",
		{ "UplinkSignallingTransferIndicationFDD" } } },
	[26][COMMON] = { .is = { 26, COMMON, 2, IGNORE, "commonMeasurementFailure",
		{ "CommonMeasurementFailureIndication" } } },
	[27][COMMON] = { .is = { 27, COMMON, 1, REJECT, "commonMeasurementInitiation",
		{ "CommonMeasurementInitiationRequest", "CommonMeasurementInitiationResponse",
		  "CommonMeasurementInitiationFailure" } } },
	[28][COMMON] = { .is = { 28, COMMON, 2, IGNORE, "commonMeasurementReporting", { "CommonMeasurementReport" } } },
	[29][COMMON] = { .is = { 29, COMMON, 2, IGNORE, "commonMeasurementTermination",
		{ "CommonMeasurementTerminationRequest" } } },
	[30][COMMON] = { .is = { 30, COMMON, 2, IGNORE, "informationExchangeFailure",
		{ "InformationExchangeFailureIndication" } } },
	[31][COMMON] = { .is = { 31, COMMON, 1, REJECT, "informationExchangeInitiation",
		{ "InformationExchangeInitiationRequest", "InformationExchangeInitiationResponse",
		  "InformationExchangeInitiationFailure" } } },
	[32][COMMON] = { .is = { 32, COMMON, 2, IGNORE, "informationReporting", { "InformationReport" } } },
	[33][COMMON] = { .is = { 33, COMMON, 2, IGNORE, "informationExchangeTermination",
		{ "InformationExchangeTerminationRequest" } } },
	[34][COMMON] = { .is = { 34, COMMON, 2, IGNORE, "radioLinkCongestion", { "RadioLinkCongestionIndication" } } },
	[35][COMMON] = { .is = { 35, COMMON, 1, REJECT, "reset", { "ResetRequest", "ResetResponse" } } },
	[36][TDD] = { .is = { 36, TDD, 2, IGNORE, "radioLinkActivationTDD", { "RadioLinkActivationCommandTDD" } } },
	[36][FDD] = { .is = { 36, FDD, 2, IGNORE, "radioLinkActivationFDD", { "RadioLinkActivationCommandFDD" } } },
	[37][COMMON] = { .is = { 37, COMMON, 2, IGNORE, "gERANuplinkSignallingTransfer",
		{ "GERANUplinkSignallingTransferIndication" } } },
	[38][TDD] = { .is = { 38, TDD, 2, IGNORE, "radioLinkParameterUpdateTDD",
		{ "RadioLinkParameterUpdateIndicationTDD" } } },
	[38][FDD] = { .is = { 38, FDD, 2, IGNORE, "radioLinkParameterUpdateFDD",
		{ "RadioLinkParameterUpdateIndicationFDD" } } },
	[39][TDD] = { .is = { 39, TDD, 2, IGNORE, "uEMeasurementFailure", { "UEMeasurementFailureIndication" } } },
	[40][TDD] = { .is = { 40, TDD, 1, REJECT, "uEMeasurementInitiation",
		{ "UEMeasurementInitiationRequest", "UEMeasurementInitiationResponse",
		  "UEMeasurementInitiationFailure" } } },
	[41][TDD] = { .is = { 41, TDD, 2, IGNORE, "uEMeasurementReporting", { "UEMeasurementReport" } } },
	[42][TDD] = { .is = { 42, TDD, 2, IGNORE, "uEMeasurementTermination", { "UEMeasurementTerminationRequest" } } },
	[43][COMMON] = { .is = { 43, COMMON, 2, IGNORE, "iurDeactivateTrace", { "IurDeactivateTrace" } } },
	[44][COMMON] = { .is = { 44, COMMON, 2, IGNORE, "iurInvokeTrace", { "IurInvokeTrace" } } },
	[45][COMMON] = { .is = { 45, COMMON, 2, IGNORE, "mBMSAttach", { "MBMSAttachCommand" } } },
	[46][COMMON] = { .is = { 46, COMMON, 2, IGNORE, "mBMSDetach", { "MBMSDetachCommand" } } },
	[48][COMMON] = { .is = { 48, COMMON, 2, IGNORE, "directInformationTransfer",
		{ "DirectInformationTransfer" } } },
	[49][COMMON] = { .is = { 49, COMMON, 1, REJECT, "enhancedRelocation",
		{ "EnhancedRelocationRequest", "EnhancedRelocationResponse", "EnhancedRelocationFailure" } },
		.messages = { &rnsap_enhanced_relocation_request, &rnsap_enhanced_relocation_response,
			      &rnsap_enhanced_relocation_failure }, .cause_refuses = true, .silent = true },
	[50][COMMON] = { .is = { 50, COMMON, 2, IGNORE, "enhancedRelocationCancel", { "EnhancedRelocationCancel" } },
		.messages = { &rnsap_enhanced_relocation_cancel } },
	[51][COMMON] = { .is = { 51, COMMON, 2, IGNORE, "enhancedRelocationSignallingTransfer",
		{ "EnhancedRelocationSignallingTransfer" } },
		.messages = { &rnsap_enhanced_relocation_signalling_transfer } },
	[52][COMMON] = { .is = { 52, COMMON, 2, IGNORE, "enhancedRelocationRelease", { "EnhancedRelocationRelease" } },
		.messages = { &rnsap_enhanced_relocation_release } },
	[53][COMMON] = { .is = { 53, COMMON, 2, REJECT, "mBSFNMCCHInformation", { "MBSFNMCCHInformation" } } },
	[54][FDD] = { .is = { 54, FDD, 2, IGNORE, "secondaryULFrequencyReportingFDD",
		{ "SecondaryULFrequencyReport" } } },
	[55][FDD] = { .is = { 55, FDD, 2, IGNORE, "secondaryULFrequencyUpdateFDD",
		{ "SecondaryULFrequencyUpdateIndication" } } },
	[56][COMMON] = { .is = { 56, COMMON, 2, IGNORE, "informationTransferControl",
		{ "InformationTransferControlRequest" } } },
	[60][TDD] = { .is = { 60, TDD, 1, REJECT, "enhancedRelocationResourceAllocation",
		{ "EnhancedRelocationResourceRequest", "EnhancedRelocationResourceResponse",
		  "EnhancedRelocationResourceFailure" } } },
	[61][TDD] = { .is = { 61, TDD, 1, REJECT, "enhancedRelocationResourceRelease",
		{ "EnhancedRelocationResourceReleaseCommand", "EnhancedRelocationResourceReleaseComplete" } } },
};
/* clang-format on */

const struct rnsap_procedure *rnsap_find_procedure(unsigned code, enum iuplus_rnsap_mode mode)
{
	return code < sizeof(procedures) / sizeof(procedures[0]) && mode <= IUPLUS_RNSAP_COMMON &&
			       procedures[code][mode].is.name ?
		       &procedures[code][mode] :
		       NULL;
}

const struct rnsap_message *rnsap_find_message(unsigned kind)
{
	const struct rnsap_procedure *procedure =
		kind == IUPLUS_RNSAP_KIND(IUPLUS_RNSAP_KIND_CODE(kind), IUPLUS_RNSAP_KIND_MODE(kind),
					  IUPLUS_RNSAP_KIND_PDU(kind)) ?
			rnsap_find_procedure(IUPLUS_RNSAP_KIND_CODE(kind), IUPLUS_RNSAP_KIND_MODE(kind)) :
			NULL;

	return procedure && IUPLUS_RNSAP_KIND_PDU(kind) != IUPLUS_RANAP_OUTCOME ?
		       procedure->messages[IUPLUS_RNSAP_KIND_PDU(kind)] :
		       NULL;
}

const struct iuplus_rnsap_procedure *iuplus_rnsap_procedure(unsigned code, enum iuplus_rnsap_mode mode)
{
	const struct rnsap_procedure *procedure = rnsap_find_procedure(code, mode);

	return procedure ? &procedure->is : NULL;
}

const char *iuplus_rnsap_kind_name(unsigned kind)
{
	const struct iuplus_rnsap_procedure *procedure =
		kind == IUPLUS_RNSAP_KIND(IUPLUS_RNSAP_KIND_CODE(kind), IUPLUS_RNSAP_KIND_MODE(kind),
					  IUPLUS_RNSAP_KIND_PDU(kind)) ?
			iuplus_rnsap_procedure(IUPLUS_RNSAP_KIND_CODE(kind), IUPLUS_RNSAP_KIND_MODE(kind)) :
			NULL;
	const char *name = NULL;

	if (procedure && IUPLUS_RNSAP_KIND_PDU(kind) != IUPLUS_RANAP_OUTCOME)
		name = procedure->messages[IUPLUS_RNSAP_KIND_PDU(kind)];
	return name ? name : "unknown RNSAP message";
}

const char *iuplus_rnsap_name(const struct iuplus_rnsap_msg *msg)
{
	return iuplus_rnsap_kind_name(msg->kind);
}

const char *iuplus_rnsap_cause_name(uint32_t cause)
{
	static const asn_TYPE_descriptor_t *const groups[] = {
		[IUPLUS_RNSAP_RADIO_NETWORK] = &asn_DEF_RNSAP_CauseRadioNetwork,
		[IUPLUS_RNSAP_TRANSPORT] = &asn_DEF_RNSAP_CauseTransport,
		[IUPLUS_RNSAP_PROTOCOL] = &asn_DEF_RNSAP_CauseProtocol,
		[IUPLUS_RNSAP_MISC] = &asn_DEF_RNSAP_CauseMisc
	};
	unsigned group = IUPLUS_RNSAP_CAUSE_GROUP(cause);
	const asn_INTEGER_specifics_t *names;
	int i;

	if (group < sizeof(groups) / sizeof(groups[0]) && groups[group]) {
		names = groups[group]->specifics;
		for (i = 0; i < names->map_count; i++)
			if (names->value2enum[i].nat_value == (long)IUPLUS_RNSAP_CAUSE_VALUE(cause))
				return names->value2enum[i].enum_name;
	}
	return "unknown RNSAP cause";
}
