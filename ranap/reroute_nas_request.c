/* SPDX-License-Identifier: BSD-2-Clause */
/* reroute_nas_request.c: Reroute NAS Request (TS 25.413, procedure RerouteNASRequest). */
#include "ranap/values.h"

static const struct ie_row reroute[] = {
	RANAP_HERE(RerouteNASRequest, protocolIEs.rANAP_Message, reroute_nas_request, ranap_message, ie_octets),
	RANAP_HERE(RerouteNASRequest, protocolIEs.sGSN_Group_Identity, reroute_nas_request, group, ie_choice,
		   .of = &ranap_sgsn_group),
	RANAP_MAY(RerouteNASRequest, protocolIEs.p_TMSI, reroute_nas_request, p_tmsi, has_p_tmsi, ie_octet_array),
	RANAP_MAY(RerouteNASRequest, protocolIEs.uE_Usage_Type, reroute_nas_request, usage_type, has_usage_type,
		  ie_number),
	IE_END
};
const struct ranap_message ranap_reroute_nas_request =
	RANAP_MESSAGE(InitiatingMessage, rerouteNASRequest, reroute_nas_request, reroute);
