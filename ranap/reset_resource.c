/* SPDX-License-Identifier: BSD-2-Clause */
/* reset_resource.c: Reset Resource (TS 25.413 8.29). */
#include "ranap/values.h"

#define RANGE_END(Item) \
	{ \
		RANAP_EXT_IE(Item, iuSigConIdRangeEnd, iu_sig_con, range_end, has_range_end, ie_bit_number, \
			     .bits = 24), \
			IE_END \
	}
#define CONNECTION(Item, extensions) \
	{ \
		RANAP_PART(Item, iuSigConId, iu_sig_con, id, ie_bit_number, .bits = 24), \
			RANAP_EXTENSION_IES(Item, extensions), IE_END \
	}

static const struct ie_row reset_range[] = RANGE_END(ResetResourceItem);
static const struct ie_row reset_item[] = CONNECTION(ResetResourceItem, reset_range);
static const struct ie_list reset_list = RANAP_LIST_OF(reset_item, ResetResourceItemIEs, ResetResourceItem, iu_sig_con);
static const struct ie_row reset_extensions[] = { RANAP_EXT_CN(ResetResource, reset_resource), IE_END };
static const struct ie_row reset[] = {
	RANAP_DOMAIN(ResetResource, reset_resource),
	RANAP_HERE(ResetResource, protocolIEs.cause, reset_resource, cause, ranap_cause),
	RANAP_HERE(ResetResource, protocolIEs.iuSigConIdList, reset_resource, connections, ie_list, .of = &reset_list),
	RANAP_MAY_RNC(ResetResource, reset_resource),
	RANAP_EXTENSIONS(ResetResource, reset_extensions),
	IE_END
};
const struct ranap_message ranap_reset_resource =
	RANAP_MESSAGE(InitiatingMessage, resetResource, reset_resource, reset);

static const struct ie_row acknowledge_range[] = RANGE_END(ResetResourceAckItem);
static const struct ie_row acknowledge_item[] = CONNECTION(ResetResourceAckItem, acknowledge_range);
static const struct ie_list acknowledge_list =
	RANAP_LIST_OF(acknowledge_item, ResetResourceAckItemIEs, ResetResourceAckItem, iu_sig_con);
static const struct ie_row acknowledge_extensions[] = { RANAP_EXT_CN(ResetResourceAcknowledge, reset_resource),
							IE_END };
static const struct ie_row acknowledge[] = {
	RANAP_DOMAIN(ResetResourceAcknowledge, reset_resource),
	RANAP_HERE(ResetResourceAcknowledge, protocolIEs.iuSigConIdList, reset_resource, connections, ie_list,
		   .of = &acknowledge_list),
	RANAP_MAY_RNC(ResetResourceAcknowledge, reset_resource),
	RANAP_DIAGNOSTICS(ResetResourceAcknowledge, reset_resource),
	RANAP_EXTENSIONS(ResetResourceAcknowledge, acknowledge_extensions),
	IE_END
};
const struct ranap_message ranap_reset_resource_acknowledge =
	RANAP_MESSAGE(SuccessfulOutcome, resetResourceAcknowledge, reset_resource, acknowledge);
