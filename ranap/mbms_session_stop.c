/* SPDX-License-Identifier: BSD-2-Clause */
/* mbms_session_stop.c: MBMS Session Stop (TS 25.413, procedure MBMSSessionStop). */
#include "ranap/values.h"

static const struct ie_row stop[] = {
	RANAP_HERE(MBMSSessionStop, protocolIEs.mBMSCNDe_Registration, mbms_session_stop, deregistration, ie_number),
	IE_END
};
const struct ranap_message ranap_mbms_session_stop =
	RANAP_MESSAGE(InitiatingMessage, mBMSSessionStop, mbms_session_stop, stop);

static const struct ie_row stop_response[] = {
	RANAP_MAY_CAUSE(MBMSSessionStopResponse, mbms_session_stop_response),
	RANAP_DIAGNOSTICS(MBMSSessionStopResponse, mbms_session_stop_response), IE_END
};
const struct ranap_message ranap_mbms_session_stop_response =
	RANAP_MESSAGE(SuccessfulOutcome, mBMSSessionStopResponse, mbms_session_stop_response, stop_response);
