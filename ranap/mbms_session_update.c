/* SPDX-License-Identifier: BSD-2-Clause */
/* mbms_session_update.c: MBMS Session Update (TS 25.413, procedure MBMSSessionUpdate). */
#include "ranap/values.h"

static const struct ie_row update[] = {
	RANAP_HERE(MBMSSessionUpdate, protocolIEs.sessionUpdateID, mbms_session_update, update_id, ie_number),
	RANAP_HERE(MBMSSessionUpdate, protocolIEs.deltaRAListofIdleModeUEs, mbms_session_update, idle_areas, ie_encoded,
		   .of = IUPLUS_ASN1_RANAP_DeltaRAListofIdleModeUEs),
	IE_END
};
const struct ranap_message ranap_mbms_session_update =
	RANAP_MESSAGE(InitiatingMessage, mBMSSessionUpdate, mbms_session_update, update);

#define iuplus_ranap_update_answer iuplus_ranap_mbms_session_update_answer
static const struct ie_row update_response[] = {
	RANAP_HERE(MBMSSessionUpdateResponse, protocolIEs.sessionUpdateID, update_answer, update_id, ie_number),
	RANAP_TRANSPORT(MBMSSessionUpdateResponse, update_answer),
	RANAP_MAY_CAUSE(MBMSSessionUpdateResponse, update_answer),
	RANAP_DIAGNOSTICS(MBMSSessionUpdateResponse, update_answer), IE_END
};
const struct ranap_message ranap_mbms_session_update_response =
	RANAP_MESSAGE(SuccessfulOutcome, mBMSSessionUpdateResponse, update_answer, update_response);

static const struct ie_row update_failure[] = {
	RANAP_HERE(MBMSSessionUpdateFailure, protocolIEs.sessionUpdateID, update_answer, update_id, ie_number),
	RANAP_FAILURE(MBMSSessionUpdateFailure, update_answer), IE_END
};
const struct ranap_message ranap_mbms_session_update_failure =
	RANAP_MESSAGE(UnsuccessfulOutcome, mBMSSessionUpdateFailure, update_answer, update_failure);
