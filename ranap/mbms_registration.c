/* SPDX-License-Identifier: BSD-2-Clause */
/* mbms_registration.c: MBMS Registration (TS 25.413, procedure MBMSRegistration). */
#include "ranap/values.h"

#define MAY_TMGI(Message, neutral) \
	RANAP_MAY(Message, protocolIEs.tMGI, neutral, tmgi, has_tmgi, ie_record, .of = ranap_tmgi)
#define iuplus_ranap_registration_request iuplus_ranap_mbms_registration_request
static const struct ie_row registration_request[] = {
	RANAP_HERE(MBMSRegistrationRequest, protocolIEs.mBMSRegistrationRequestType, registration_request, type,
		   ie_number),
	RANAP_TMGI(MBMSRegistrationRequest, registration_request),
	RANAP_HERE(MBMSRegistrationRequest, protocolIEs.iPMulticastAddress, registration_request, multicast_address,
		   ie_filled),
	RANAP_HERE(MBMSRegistrationRequest, protocolIEs.aPN, registration_request, apn, ie_filled),
	RANAP_MAY_RNC(MBMSRegistrationRequest, registration_request),
	IE_END
};
const struct ranap_message ranap_mbms_registration_request =
	RANAP_MESSAGE(InitiatingMessage, mBMSRegistrationRequest, registration_request, registration_request);

static const struct ie_row registration_response[] = {
	MAY_TMGI(MBMSRegistrationResponse, mbms_registration_response),
	RANAP_MAY_CN(MBMSRegistrationResponse, mbms_registration_response),
	RANAP_DIAGNOSTICS(MBMSRegistrationResponse, mbms_registration_response), IE_END
};
const struct ranap_message ranap_mbms_registration_response =
	RANAP_MESSAGE(SuccessfulOutcome, mBMSRegistrationResponse, mbms_registration_response, registration_response);

static const struct ie_row registration_failure[] = {
	MAY_TMGI(MBMSRegistrationFailure, mbms_registration_failure),
	RANAP_MAY_CN(MBMSRegistrationFailure, mbms_registration_failure),
	RANAP_HERE(MBMSRegistrationFailure, protocolIEs.cause, mbms_registration_failure, failure.cause, ranap_cause),
	RANAP_MAY(MBMSRegistrationFailure, protocolIEs.criticalityDiagnostics, mbms_registration_failure,
		  failure.diagnostics, failure.has_diagnostics, ranap_diagnostics),
	IE_END
};
const struct ranap_message ranap_mbms_registration_failure =
	RANAP_MESSAGE(UnsuccessfulOutcome, mBMSRegistrationFailure, mbms_registration_failure, registration_failure);
