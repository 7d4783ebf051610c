/* SPDX-License-Identifier: BSD-2-Clause */
/* forward_srns_context.c: SRNS Context Forwarding (TS 25.413 8.13, 8.14). */
#include "ranap/values.h"

static const struct ie_row context_item[] = RANAP_RAB_CONTEXT(RAB_ContextItem);
static const struct ie_list context_list =
	RANAP_LIST_OF(context_item, RAB_ContextItemIEs, RAB_ContextItem, rab_context);
static const struct ie_row forward_context_extensions[] = {
	RANAP_EXT(ForwardSRNS_Context, sourceRNC_PDCP_context_info, forward_srns_context, pdcp_context,
		  has_pdcp_context, ie_octets),
	IE_END
};
static const struct ie_row forward_context[] = {
	RANAP_HERE(ForwardSRNS_Context, protocolIEs.rAB_ContextList, forward_srns_context, contexts, ie_list,
		   .of = &context_list),
	RANAP_EXTENSIONS(ForwardSRNS_Context, forward_context_extensions), IE_END
};
const struct ranap_message ranap_forward_srns_context =
	RANAP_MESSAGE(InitiatingMessage, forwardSRNS_Context, forward_srns_context, forward_context);
