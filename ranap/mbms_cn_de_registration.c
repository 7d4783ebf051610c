/* SPDX-License-Identifier: BSD-2-Clause */
/* mbms_cn_de_registration.c: MBMS CN De-Registration (TS 25.413, procedure MBMSCNDe-Registration-Procedure). */
#include "ranap/values.h"

static const struct ie_row de_registration_request[] = {
	RANAP_TMGI(MBMSCNDe_RegistrationRequest, mbms_cn_de_registration_request),
	RANAP_MAY_CN(MBMSCNDe_RegistrationRequest, mbms_cn_de_registration_request), IE_END
};
const struct ranap_message ranap_mbms_cn_de_registration_request =
	RANAP_MESSAGE(InitiatingMessage, mBMSCNDe_RegistrationRequest, mbms_cn_de_registration_request,
		      de_registration_request);

#define iuplus_ranap_de_registered iuplus_ranap_mbms_cn_de_registration_response
static const struct ie_row de_registration_response[] = {
	RANAP_TMGI(MBMSCNDe_RegistrationResponse, de_registered),
	RANAP_HAS_RNC(MBMSCNDe_RegistrationResponse, de_registered),
	RANAP_MAY_CAUSE(MBMSCNDe_RegistrationResponse, de_registered),
	RANAP_DIAGNOSTICS(MBMSCNDe_RegistrationResponse, de_registered), IE_END
};
const struct ranap_message ranap_mbms_cn_de_registration_response =
	RANAP_MESSAGE(SuccessfulOutcome, mBMSCNDe_RegistrationResponse, de_registered, de_registration_response);
