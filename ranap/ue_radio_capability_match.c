/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_radio_capability_match.c: UE Radio Capability Match (TS 25.413, procedure UeRadioCapabilityMatch). */
#include "ranap/values.h"

const struct ranap_message ranap_ue_radio_capability_match_request =
	RANAP_NO_IES(InitiatingMessage, ueRadioCapabilityMatchRequest);

static const struct ie_row match[] = {
	RANAP_HERE(UeRadioCapabilityMatchResponse, protocolIEs.voiceSupportMatchIndicator,
		   ue_radio_capability_match_response, voice_support, ie_number),
	IE_END
};
const struct ranap_message ranap_ue_radio_capability_match_response =
	RANAP_MESSAGE(Outcome, ueRadioCapabilityMatchResponse, ue_radio_capability_match_response, match);
