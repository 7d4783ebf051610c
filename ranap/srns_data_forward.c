/* SPDX-License-Identifier: BSD-2-Clause */
/* srns_data_forward.c: SRNS Data Forwarding (TS 25.413 8.12). */
#include "ranap/values.h"

static const struct ie_items forwarding_list = RANAP_RABS(RAB_DataForwardingItemIEs, RAB_DataForwardingItem, rab);
static const struct ie_row forward_command[] = {
	RANAP_HERE(SRNS_DataForwardCommand, protocolIEs.rAB_DataForwardingList, srns_data_forward_command, forwarding,
		   ie_items, .of = &forwarding_list),
	IE_END
};
const struct ranap_message ranap_srns_data_forward_command =
	RANAP_MESSAGE(InitiatingMessage, sRNS_DataForwardCommand, srns_data_forward_command, forward_command);
