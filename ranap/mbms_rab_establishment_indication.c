/* SPDX-License-Identifier: BSD-2-Clause */
/* mbms_rab_establishment_indication.c: MBMS RAB Establishment Indication (TS 25.413, procedure
 * MBMSRABEstablishmentIndication). */
#include "ranap/values.h"

static const struct ie_row established[] = {
	RANAP_HERE(MBMSRABEstablishmentIndication, protocolIEs.transportLayerInformation,
		   mbms_rab_establishment_indication, transport, ie_record, .of = ranap_transport),
	IE_END
};
const struct ranap_message ranap_mbms_rab_establishment_indication =
	RANAP_MESSAGE(InitiatingMessage, mBMSRABEstablishmentIndication, mbms_rab_establishment_indication,
		      established);
