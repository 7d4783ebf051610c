/* SPDX-License-Identifier: BSD-2-Clause */
/* resource.c: Overload Control and Reset Resource (TS 25.413 8.25, 8.29). */
#include "ranap/parts.h"

static const struct ranap_field overload[] = {
	RANAP_MAY(Overload, protocolIEs.numberOfSteps, overload, steps, has_steps, number),
	RANAP_MAY_RNC(Overload, overload),
	RANAP_EXT(Overload, cN_DomainIndicator, overload, domain, has_domain, number),
	RANAP_EXT_CN(Overload, overload),
	RANAP_EXT(Overload, priority_Class_Indicator, overload, priority_class, has_priority_class, bit_number,
		  .bits = 8),
	RANAP_END
};

#define CONNECTION(Item) {										\
		RANAP_PART(Item, iuSigConId, iu_sig_con, id, bit_number, .bits = 24),			\
		RANAP_EXT_OF(Item, iE_Extensions, Item##_ExtIEs, iuSigConIdRangeEnd, iu_sig_con, range_end,	\
			     offsetof(struct iuplus_ranap_iu_sig_con, has_range_end), bit_number, .bits = 24),	\
		RANAP_END }
static const struct ranap_field reset_item[] = CONNECTION(ResetResourceItem);
static const struct ranap_list reset_list = RANAP_LIST_OF(reset_item, ResetResourceItemIEs, ResetResourceItem,
	struct iuplus_ranap_iu_sig_con);
static const struct ranap_field reset[] = {
	RANAP_DOMAIN(ResetResource, reset_resource),
	RANAP_HERE(ResetResource, protocolIEs.cause, reset_resource, cause, cause),
	RANAP_HERE(ResetResource, protocolIEs.iuSigConIdList, reset_resource, connections, list, .of = &reset_list),
	RANAP_MAY_RNC(ResetResource, reset_resource),
	RANAP_EXT_CN(ResetResource, reset_resource),
	RANAP_END
};

static const struct ranap_field acknowledge_item[] = CONNECTION(ResetResourceAckItem);
static const struct ranap_list acknowledge_list = RANAP_LIST_OF(acknowledge_item, ResetResourceAckItemIEs,
	ResetResourceAckItem, struct iuplus_ranap_iu_sig_con);
static const struct ranap_field acknowledge[] = {
	RANAP_DOMAIN(ResetResourceAcknowledge, reset_resource),
	RANAP_HERE(ResetResourceAcknowledge, protocolIEs.iuSigConIdList, reset_resource, connections, list,
		   .of = &acknowledge_list),
	RANAP_MAY_RNC(ResetResourceAcknowledge, reset_resource),
	RANAP_DIAGNOSTICS(ResetResourceAcknowledge, reset_resource),
	RANAP_EXT_CN(ResetResourceAcknowledge, reset_resource),
	RANAP_END
};

const struct ranap_message ranap_resource_messages[] = {
	RANAP_TABLE(OVERLOAD, InitiatingMessage, overload, overload),
	RANAP_TABLE(RESET_RESOURCE, InitiatingMessage, resetResource, reset),
	RANAP_TABLE(RESET_RESOURCE_ACKNOWLEDGE, SuccessfulOutcome, resetResourceAcknowledge, acknowledge),
	RANAP_TABLE_END
};
