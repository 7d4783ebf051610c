/* SPDX-License-Identifier: BSD-2-Clause */
/* rab_modify_request.c: RAB Modification Request (TS 25.413 8.30). */
#include "ranap/values.h"

static const struct ie_items modify_list = RANAP_RABS(RAB_ModifyItemIEs, RAB_ModifyItem, rab);
static const struct ie_row modify_request[] = { RANAP_HERE(RAB_ModifyRequest, protocolIEs.rAB_ModifyList,
							   rab_modify_request, rabs, ie_items, .of = &modify_list),
						IE_END };
const struct ranap_message ranap_rab_modify_request =
	RANAP_MESSAGE(InitiatingMessage, rAB_ModifyRequest, rab_modify_request, modify_request);
