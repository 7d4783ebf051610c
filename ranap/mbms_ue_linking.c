/* SPDX-License-Identifier: BSD-2-Clause */
/* mbms_ue_linking.c: MBMS UE Linking (TS 25.413, procedure MBMSUELinking). */
#include "ranap/values.h"

#define SERVICE(Item) RANAP_PART(Item, tMGI, mbms_service, tmgi, ie_record, .of = ranap_tmgi)
#define SERVICES(fields, Item) RANAP_PLAIN_LIST(fields, Item, mbms_service)
static const struct ie_row joined_item[] = {
	SERVICE(JoinedMBMSBearerService_IEs_Item),
	RANAP_PART(JoinedMBMSBearerService_IEs_Item, mBMS_PTP_RAB_ID, mbms_service, rab_id, ie_bit_number, .bits = 8),
	IE_END
};

static const struct ie_list joined = SERVICES(joined_item, JoinedMBMSBearerService_IEs_Item);
static const struct ie_row left_item[] = { SERVICE(LeftMBMSBearerService_IEs_Item), IE_END };

static const struct ie_list left = SERVICES(left_item, LeftMBMSBearerService_IEs_Item);
static const struct ie_row linking_request[] = {
	RANAP_HERE(MBMSUELinkingRequest, protocolIEs.joinedMBMSBearerServicesList, mbms_ue_linking_request, joined,
		   ie_list, .of = &joined),
	RANAP_HERE(MBMSUELinkingRequest, protocolIEs.leftMBMSBearerServicesList, mbms_ue_linking_request, left, ie_list,
		   .of = &left),
	IE_END
};
const struct ranap_message ranap_mbms_ue_linking_request =
	RANAP_MESSAGE(InitiatingMessage, mBMSUELinkingRequest, mbms_ue_linking_request, linking_request);

static const struct ie_row failed_item[] = {
	SERVICE(UnsuccessfulLinking_IEs_Item),
	RANAP_PART(UnsuccessfulLinking_IEs_Item, cause, mbms_service, cause, ranap_cause), IE_END
};

static const struct ie_list failed = SERVICES(failed_item, UnsuccessfulLinking_IEs_Item);
static const struct ie_row linking_response[] = {
	RANAP_HERE(MBMSUELinkingResponse, protocolIEs.unsuccessfulLinkingList, mbms_ue_linking_response, failed,
		   ie_list, .of = &failed),
	RANAP_DIAGNOSTICS(MBMSUELinkingResponse, mbms_ue_linking_response), IE_END
};
const struct ranap_message ranap_mbms_ue_linking_response =
	RANAP_MESSAGE(Outcome, mBMSUELinkingResponse, mbms_ue_linking_response, linking_response);
