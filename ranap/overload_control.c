/* SPDX-License-Identifier: BSD-2-Clause */
/* overload_control.c: Overload Control (TS 25.413 8.25). */
#include "ranap/values.h"

static const struct ie_row overload_extensions[] = {
	RANAP_EXT(Overload, cN_DomainIndicator, overload, domain, has_domain, ie_number),
	RANAP_EXT_CN(Overload, overload),
	RANAP_EXT(Overload, priority_Class_Indicator, overload, priority_class, has_priority_class, ie_bit_number,
		  .bits = 8),
	IE_END
};
static const struct ie_row overload[] = {
	RANAP_MAY(Overload, protocolIEs.numberOfSteps, overload, steps, has_steps, ie_number),
	RANAP_MAY_RNC(Overload, overload), RANAP_EXTENSIONS(Overload, overload_extensions), IE_END
};
const struct ranap_message ranap_overload = RANAP_MESSAGE(InitiatingMessage, overload, overload, overload);
