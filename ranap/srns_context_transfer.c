/* SPDX-License-Identifier: BSD-2-Clause */
/* srns_context_transfer.c: SRNS Context Transfer (TS 25.413 8.11). */
#include "ranap/values.h"

static const struct ie_row wanted_item[] = RANAP_RAB_ID(RAB_DataForwardingItem_SRNS_CtxReq);
static const struct ie_list wanted_list =
	RANAP_LIST_OF(wanted_item, RAB_DataForwardingItem_SRNS_CtxReq_IEs, RAB_DataForwardingItem_SRNS_CtxReq, rab_id);
static const struct ie_row context_request_extensions[] = {
	RANAP_EXT(SRNS_ContextRequest, rAT_Type, srns_context_request, rat_type, has_rat_type, ie_number), IE_END
};
static const struct ie_row context_request[] = {
	RANAP_HERE(SRNS_ContextRequest, protocolIEs.rAB_DataForwardingList_SRNS_CtxReq, srns_context_request, rabs,
		   ie_list, .of = &wanted_list),
	RANAP_EXTENSIONS(SRNS_ContextRequest, context_request_extensions), IE_END
};
const struct ranap_message ranap_srns_context_request =
	RANAP_MESSAGE(InitiatingMessage, sRNS_ContextRequest, srns_context_request, context_request);

static const struct ie_row context_item[] = RANAP_RAB_CONTEXT(RAB_ContextItem);

static const struct ie_list context_list =
	RANAP_LIST_OF(context_item, RAB_ContextItemIEs, RAB_ContextItem, rab_context);
static const struct ie_row lost_item[] = RANAP_RAB_CAUSE(RABs_ContextFailedtoTransferItem, ranap_cause);
static const struct ie_list lost_list =
	RANAP_LIST_OF(lost_item, RABs_ContextFailedtoTransferItemIEs, RABs_ContextFailedtoTransferItem, rab_cause);
static const struct ie_row context_response[] = {
	RANAP_HERE(SRNS_ContextResponse, protocolIEs.rAB_ContextList, srns_context_response, contexts, ie_list,
		   .of = &context_list),
	RANAP_HERE(SRNS_ContextResponse, protocolIEs.rAB_ContextFailedtoTransferList, srns_context_response, failed,
		   ie_list, .of = &lost_list),
	RANAP_DIAGNOSTICS(SRNS_ContextResponse, srns_context_response), IE_END
};
const struct ranap_message ranap_srns_context_response =
	RANAP_MESSAGE(SuccessfulOutcome, sRNS_ContextResponse, srns_context_response, context_response);
