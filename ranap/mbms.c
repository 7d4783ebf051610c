/* SPDX-License-Identifier: BSD-2-Clause */
/* mbms.c: the messages of multimedia broadcast and multicast. */
#include "ranap/parts.h"

#define TRANSPORT(Message, neutral)									\
	RANAP_MAY(Message, protocolIEs.transportLayerInformation, neutral, transport, has_transport, record,	\
		  .of = ranap_transport)
#define MAY_CAUSE(Message, neutral) RANAP_MAY(Message, protocolIEs.cause, neutral, cause, has_cause, cause)
#define TMGI(Message, neutral) RANAP_HERE(Message, protocolIEs.tMGI, neutral, tmgi, record, .of = ranap_tmgi)
#define MAY_TMGI(Message, neutral) \
	RANAP_MAY(Message, protocolIEs.tMGI, neutral, tmgi, has_tmgi, record, .of = ranap_tmgi)

/* ---- sessions ------------------------------------------------------------------------------------------------ */

#define iuplus_ranap_start iuplus_ranap_mbms_session_start
static const struct ranap_field start[] = {
	TMGI(MBMSSessionStart, start),
	RANAP_MAY(MBMSSessionStart, protocolIEs.mBMSSessionIdentity, start, session, has_session, octet_number),
	RANAP_HERE(MBMSSessionStart, protocolIEs.mBMSBearerServiceType, start, service_type, number),
	RANAP_SIG_CON_ID(MBMSSessionStart, iuSigConId, start, iu_sig_con_id),
	RANAP_HERE(MBMSSessionStart, protocolIEs.rAB_Parameters, start, rab_parameters, encoded,
		   .of = IUPLUS_ASN1_RANAP_RAB_Parameters),
	RANAP_HERE(MBMSSessionStart, protocolIEs.pDP_TypeInformation, start, pdp_type, encoded,
		   .of = IUPLUS_ASN1_RANAP_PDP_TypeInformation),
	RANAP_HERE(MBMSSessionStart, protocolIEs.mBMSSessionDuration, start, duration, octet_array),
	RANAP_HERE(MBMSSessionStart, protocolIEs.mBMSServiceArea, start, service_area, octets),
	RANAP_MAY(MBMSSessionStart, protocolIEs.frequenceLayerConvergenceFlag, start, no_convergence,
		  has_no_convergence, number),
	RANAP_HERE(MBMSSessionStart, protocolIEs.rAListofIdleModeUEs, start, idle_areas, encoded,
		   .of = IUPLUS_ASN1_RANAP_RAListofIdleModeUEs),
	RANAP_MAY_CN(MBMSSessionStart, start),
	RANAP_MAY(MBMSSessionStart, protocolIEs.mBMSSessionRepetitionNumber, start, repetition, has_repetition,
		  octet_number),
	RANAP_HERE(MBMSSessionStart, protocolIEs.timeToMBMSDataTransfer, start, time_to_transfer, octet_number),
	RANAP_EXT(MBMSSessionStart, mBMSCountingInformation, start, counting, has_counting, number),
	RANAP_EXT_HERE(MBMSSessionStart, mBMSSynchronisationInformation, start, synchronisation, encoded,
		       .of = IUPLUS_ASN1_RANAP_MBMSSynchronisationInformation),
	RANAP_EXT_HERE(MBMSSessionStart, pDP_TypeInformation_extension, start, pdp_type_extension, encoded,
		       .of = IUPLUS_ASN1_RANAP_PDP_TypeInformation_extension),
	RANAP_EXT(MBMSSessionStart, session_Re_establishment_Indicator, start, reestablishment, has_reestablishment,
		  number),
	RANAP_END
};

static const struct ranap_field start_response[] = {
	TRANSPORT(MBMSSessionStartResponse, mbms_session_start_response),
	MAY_CAUSE(MBMSSessionStartResponse, mbms_session_start_response),
	RANAP_DIAGNOSTICS(MBMSSessionStartResponse, mbms_session_start_response),
	RANAP_END
};

static const struct ranap_field start_failure[] = { RANAP_FAILURE(MBMSSessionStartFailure, failure), RANAP_END };

static const struct ranap_field update[] = {
	RANAP_HERE(MBMSSessionUpdate, protocolIEs.sessionUpdateID, mbms_session_update, update_id, number),
	RANAP_HERE(MBMSSessionUpdate, protocolIEs.deltaRAListofIdleModeUEs, mbms_session_update, idle_areas, encoded,
		   .of = IUPLUS_ASN1_RANAP_DeltaRAListofIdleModeUEs),
	RANAP_END
};

#define iuplus_ranap_update_answer iuplus_ranap_mbms_session_update_answer
static const struct ranap_field update_response[] = {
	RANAP_HERE(MBMSSessionUpdateResponse, protocolIEs.sessionUpdateID, update_answer, update_id, number),
	TRANSPORT(MBMSSessionUpdateResponse, update_answer),
	MAY_CAUSE(MBMSSessionUpdateResponse, update_answer),
	RANAP_DIAGNOSTICS(MBMSSessionUpdateResponse, update_answer),
	RANAP_END
};

static const struct ranap_field update_failure[] = {
	RANAP_HERE(MBMSSessionUpdateFailure, protocolIEs.sessionUpdateID, update_answer, update_id, number),
	RANAP_FAILURE(MBMSSessionUpdateFailure, update_answer),
	RANAP_END
};

static const struct ranap_field stop[] = {
	RANAP_HERE(MBMSSessionStop, protocolIEs.mBMSCNDe_Registration, mbms_session_stop, deregistration, number),
	RANAP_END
};

static const struct ranap_field stop_response[] = {
	MAY_CAUSE(MBMSSessionStopResponse, mbms_session_stop_response),
	RANAP_DIAGNOSTICS(MBMSSessionStopResponse, mbms_session_stop_response),
	RANAP_END
};

/* ---- a UE's services ----------------------------------------------------------------------------------------- */

#define SERVICE(Item) RANAP_PART(Item, tMGI, mbms_service, tmgi, record, .of = ranap_tmgi)
#define SERVICES(fields, Item) RANAP_PLAIN_LIST(fields, Item, struct iuplus_ranap_mbms_service)

static const struct ranap_field joined_item[] = {
	SERVICE(JoinedMBMSBearerService_IEs_Item),
	RANAP_PART(JoinedMBMSBearerService_IEs_Item, mBMS_PTP_RAB_ID, mbms_service, rab_id, bit_number, .bits = 8),
	RANAP_END
};
static const struct ranap_list joined = SERVICES(joined_item, JoinedMBMSBearerService_IEs_Item);
static const struct ranap_field left_item[] = { SERVICE(LeftMBMSBearerService_IEs_Item), RANAP_END };
static const struct ranap_list left = SERVICES(left_item, LeftMBMSBearerService_IEs_Item);
static const struct ranap_field linking_request[] = {
	RANAP_HERE(MBMSUELinkingRequest, protocolIEs.joinedMBMSBearerServicesList, mbms_ue_linking_request, joined,
		   list, .of = &joined),
	RANAP_HERE(MBMSUELinkingRequest, protocolIEs.leftMBMSBearerServicesList, mbms_ue_linking_request, left, list,
		   .of = &left),
	RANAP_END
};

static const struct ranap_field failed_item[] = {
	SERVICE(UnsuccessfulLinking_IEs_Item),
	RANAP_PART(UnsuccessfulLinking_IEs_Item, cause, mbms_service, cause, cause),
	RANAP_END
};
static const struct ranap_list failed = SERVICES(failed_item, UnsuccessfulLinking_IEs_Item);
static const struct ranap_field linking_response[] = {
	RANAP_HERE(MBMSUELinkingResponse, protocolIEs.unsuccessfulLinkingList, mbms_ue_linking_response, failed, list,
		   .of = &failed),
	RANAP_DIAGNOSTICS(MBMSUELinkingResponse, mbms_ue_linking_response),
	RANAP_END
};

/* ---- registration -------------------------------------------------------------------------------------------- */

#define iuplus_ranap_registration_request iuplus_ranap_mbms_registration_request
static const struct ranap_field registration_request[] = {
	RANAP_HERE(MBMSRegistrationRequest, protocolIEs.mBMSRegistrationRequestType, registration_request, type,
		   number),
	TMGI(MBMSRegistrationRequest, registration_request),
	RANAP_HERE(MBMSRegistrationRequest, protocolIEs.iPMulticastAddress, registration_request, multicast_address,
		   filled),
	RANAP_HERE(MBMSRegistrationRequest, protocolIEs.aPN, registration_request, apn, filled),
	RANAP_MAY_RNC(MBMSRegistrationRequest, registration_request),
	RANAP_END
};

static const struct ranap_field registration_response[] = {
	MAY_TMGI(MBMSRegistrationResponse, mbms_registration_response),
	RANAP_MAY_CN(MBMSRegistrationResponse, mbms_registration_response),
	RANAP_DIAGNOSTICS(MBMSRegistrationResponse, mbms_registration_response),
	RANAP_END
};

static const struct ranap_field registration_failure[] = {
	MAY_TMGI(MBMSRegistrationFailure, mbms_registration_failure),
	RANAP_MAY_CN(MBMSRegistrationFailure, mbms_registration_failure),
	RANAP_HERE(MBMSRegistrationFailure, protocolIEs.cause, mbms_registration_failure, failure.cause, cause),
	RANAP_MAY(MBMSRegistrationFailure, protocolIEs.criticalityDiagnostics, mbms_registration_failure,
		  failure.diagnostics, failure.has_diagnostics, diagnostics),
	RANAP_END
};

static const struct ranap_field de_registration_request[] = {
	TMGI(MBMSCNDe_RegistrationRequest, mbms_cn_de_registration_request),
	RANAP_MAY_CN(MBMSCNDe_RegistrationRequest, mbms_cn_de_registration_request),
	RANAP_END
};

#define iuplus_ranap_de_registered iuplus_ranap_mbms_cn_de_registration_response
static const struct ranap_field de_registration_response[] = {
	TMGI(MBMSCNDe_RegistrationResponse, de_registered),
	RANAP_HAS_RNC(MBMSCNDe_RegistrationResponse, de_registered),
	MAY_CAUSE(MBMSCNDe_RegistrationResponse, de_registered),
	RANAP_DIAGNOSTICS(MBMSCNDe_RegistrationResponse, de_registered),
	RANAP_END
};

/* ---- RABs of a session --------------------------------------------------------------------------------------- */

static const struct ranap_field established[] = {
	RANAP_HERE(MBMSRABEstablishmentIndication, protocolIEs.transportLayerInformation,
		   mbms_rab_establishment_indication, transport, record, .of = ranap_transport),
	RANAP_END
};

static const struct ranap_field release_request[] = {
	RANAP_HERE(MBMSRABReleaseRequest, protocolIEs.cause, cause_only, cause, cause),
	RANAP_END
};

static const struct ranap_field release[] = { RANAP_FAILURE(MBMSRABRelease, failure), RANAP_END };
static const struct ranap_field release_failure[] = { RANAP_FAILURE(MBMSRABReleaseFailure, failure), RANAP_END };

const struct ranap_message ranap_mbms_messages[] = {
	RANAP_TABLE(MBMS_SESSION_START, InitiatingMessage, mBMSSessionStart, start),
	RANAP_TABLE(MBMS_SESSION_START_RESPONSE, SuccessfulOutcome, mBMSSessionStartResponse, start_response),
	RANAP_TABLE(MBMS_SESSION_START_FAILURE, UnsuccessfulOutcome, mBMSSessionStartFailure, start_failure),
	RANAP_TABLE(MBMS_SESSION_UPDATE, InitiatingMessage, mBMSSessionUpdate, update),
	RANAP_TABLE(MBMS_SESSION_UPDATE_RESPONSE, SuccessfulOutcome, mBMSSessionUpdateResponse, update_response),
	RANAP_TABLE(MBMS_SESSION_UPDATE_FAILURE, UnsuccessfulOutcome, mBMSSessionUpdateFailure, update_failure),
	RANAP_TABLE(MBMS_SESSION_STOP, InitiatingMessage, mBMSSessionStop, stop),
	RANAP_TABLE(MBMS_SESSION_STOP_RESPONSE, SuccessfulOutcome, mBMSSessionStopResponse, stop_response),
	RANAP_TABLE(MBMS_UE_LINKING_REQUEST, InitiatingMessage, mBMSUELinkingRequest, linking_request),
	RANAP_TABLE(MBMS_UE_LINKING_RESPONSE, Outcome, mBMSUELinkingResponse, linking_response),
	RANAP_TABLE(MBMS_REGISTRATION_REQUEST, InitiatingMessage, mBMSRegistrationRequest, registration_request),
	RANAP_TABLE(MBMS_REGISTRATION_RESPONSE, SuccessfulOutcome, mBMSRegistrationResponse, registration_response),
	RANAP_TABLE(MBMS_REGISTRATION_FAILURE, UnsuccessfulOutcome, mBMSRegistrationFailure, registration_failure),
	RANAP_TABLE(MBMS_CN_DE_REGISTRATION_REQUEST, InitiatingMessage, mBMSCNDe_RegistrationRequest,
		    de_registration_request),
	RANAP_TABLE(MBMS_CN_DE_REGISTRATION_RESPONSE, SuccessfulOutcome, mBMSCNDe_RegistrationResponse,
		    de_registration_response),
	RANAP_TABLE(MBMS_RAB_ESTABLISHMENT_INDICATION, InitiatingMessage, mBMSRABEstablishmentIndication, established),
	RANAP_TABLE(MBMS_RAB_RELEASE_REQUEST, InitiatingMessage, mBMSRABReleaseRequest, release_request),
	RANAP_TABLE(MBMS_RAB_RELEASE, SuccessfulOutcome, mBMSRABRelease, release),
	RANAP_TABLE(MBMS_RAB_RELEASE_FAILURE, UnsuccessfulOutcome, mBMSRABReleaseFailure, release_failure),
	RANAP_TABLE_END
};
