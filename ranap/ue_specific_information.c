/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_specific_information.c: UE Specific Information (TS 25.413, procedure UESpecificInformation). */
#include "ranap/values.h"

static const struct ie_row specific[] = {
	RANAP_MAY(UESpecificInformationIndication, protocolIEs.uESBI_Iu, ue_specific_information, uesbi, has_uesbi,
		  ie_record, .of = ranap_uesbi),
	IE_END
};
const struct ranap_message ranap_ue_specific_information_indication =
	RANAP_MESSAGE(InitiatingMessage, uESpecificInformationIndication, ue_specific_information, specific);
