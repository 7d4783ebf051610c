/* SPDX-License-Identifier: BSD-2-Clause */
/* mbms_session_start.c: MBMS Session Start (TS 25.413, procedure MBMSSessionStart). */
#include "ranap/values.h"

#define iuplus_ranap_start iuplus_ranap_mbms_session_start
static const struct ie_row start_extensions[] = {
	RANAP_EXT(MBMSSessionStart, mBMSCountingInformation, start, counting, has_counting, ie_number),
	RANAP_EXT_HERE(MBMSSessionStart, mBMSSynchronisationInformation, start, synchronisation, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_MBMSSynchronisationInformation),
	RANAP_EXT_HERE(MBMSSessionStart, pDP_TypeInformation_extension, start, pdp_type_extension, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_PDP_TypeInformation_extension),
	RANAP_EXT(MBMSSessionStart, session_Re_establishment_Indicator, start, reestablishment, has_reestablishment,
		  ie_number),
	IE_END
};
static const struct ie_row start[] = {
	RANAP_TMGI(MBMSSessionStart, start),
	RANAP_MAY(MBMSSessionStart, protocolIEs.mBMSSessionIdentity, start, session, has_session, ie_octet_number),
	RANAP_HERE(MBMSSessionStart, protocolIEs.mBMSBearerServiceType, start, service_type, ie_number),
	RANAP_SIG_CON_ID(MBMSSessionStart, iuSigConId, start, iu_sig_con_id),
	RANAP_HERE(MBMSSessionStart, protocolIEs.rAB_Parameters, start, rab_parameters, ie_encoded,
		   .of = IUPLUS_ASN1_RANAP_RAB_Parameters),
	RANAP_HERE(MBMSSessionStart, protocolIEs.pDP_TypeInformation, start, pdp_type, ie_encoded,
		   .of = IUPLUS_ASN1_RANAP_PDP_TypeInformation),
	RANAP_HERE(MBMSSessionStart, protocolIEs.mBMSSessionDuration, start, duration, ie_octet_array),
	RANAP_HERE(MBMSSessionStart, protocolIEs.mBMSServiceArea, start, service_area, ie_octets),
	RANAP_MAY(MBMSSessionStart, protocolIEs.frequenceLayerConvergenceFlag, start, no_convergence,
		  has_no_convergence, ie_number),
	RANAP_HERE(MBMSSessionStart, protocolIEs.rAListofIdleModeUEs, start, idle_areas, ie_encoded,
		   .of = IUPLUS_ASN1_RANAP_RAListofIdleModeUEs),
	RANAP_MAY_CN(MBMSSessionStart, start),
	RANAP_MAY(MBMSSessionStart, protocolIEs.mBMSSessionRepetitionNumber, start, repetition, has_repetition,
		  ie_octet_number),
	RANAP_HERE(MBMSSessionStart, protocolIEs.timeToMBMSDataTransfer, start, time_to_transfer, ie_octet_number),
	RANAP_EXTENSIONS(MBMSSessionStart, start_extensions),
	IE_END
};
const struct ranap_message ranap_mbms_session_start = RANAP_MESSAGE(InitiatingMessage, mBMSSessionStart, start, start);

static const struct ie_row start_response[] = {
	RANAP_TRANSPORT(MBMSSessionStartResponse, mbms_session_start_response),
	RANAP_MAY_CAUSE(MBMSSessionStartResponse, mbms_session_start_response),
	RANAP_DIAGNOSTICS(MBMSSessionStartResponse, mbms_session_start_response), IE_END
};
const struct ranap_message ranap_mbms_session_start_response =
	RANAP_MESSAGE(SuccessfulOutcome, mBMSSessionStartResponse, mbms_session_start_response, start_response);

static const struct ie_row start_failure[] = { RANAP_FAILURE(MBMSSessionStartFailure, failure), IE_END };
const struct ranap_message ranap_mbms_session_start_failure =
	RANAP_MESSAGE(UnsuccessfulOutcome, mBMSSessionStartFailure, failure, start_failure);
