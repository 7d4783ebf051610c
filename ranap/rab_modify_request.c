/* SPDX-License-Identifier: BSD-2-Clause */
/* rab_modify_request.c: RAB Modification Request (TS 25.413 8.30). */
#include "ranap/values.h"

static const struct ie_row modify_item[] = RANAP_RAB(RAB_ModifyItem);
static const struct ie_list modify_list = RANAP_LIST_OF(modify_item, RAB_ModifyItemIEs, RAB_ModifyItem, rab);
static const struct ie_row modify_request[] = {
	RANAP_HERE(RAB_ModifyRequest, protocolIEs.rAB_ModifyList, rab_modify_request, rabs, ie_list,
		   .of = &modify_list),
	IE_END
};
const struct ranap_message ranap_rab_modify_request =
	RANAP_MESSAGE(InitiatingMessage, rAB_ModifyRequest, rab_modify_request, modify_request);
