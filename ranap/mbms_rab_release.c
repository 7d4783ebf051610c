/* SPDX-License-Identifier: BSD-2-Clause */
/* mbms_rab_release.c: MBMS RAB Release (TS 25.413, procedure MBMSRABRelease). */
#include "ranap/values.h"

static const struct ie_row release_request[] = {
	RANAP_HERE(MBMSRABReleaseRequest, protocolIEs.cause, cause_only, cause, ranap_cause), IE_END
};
const struct ranap_message ranap_mbms_rab_release_request =
	RANAP_MESSAGE(InitiatingMessage, mBMSRABReleaseRequest, cause_only, release_request);

static const struct ie_row release[] = { RANAP_FAILURE(MBMSRABRelease, failure), IE_END };
const struct ranap_message ranap_mbms_rab_release = RANAP_MESSAGE(SuccessfulOutcome, mBMSRABRelease, failure, release);

static const struct ie_row release_failure[] = { RANAP_FAILURE(MBMSRABReleaseFailure, failure), IE_END };
const struct ranap_message ranap_mbms_rab_release_failure =
	RANAP_MESSAGE(UnsuccessfulOutcome, mBMSRABReleaseFailure, failure, release_failure);
