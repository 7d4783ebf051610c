/* SPDX-License-Identifier: BSD-2-Clause */
/* error_indication.c: Error Indication (TS 25.413 8.27). */
#include "ranap/values.h"

static const struct ie_row indication_extensions[] = { RANAP_EXT_CN(ErrorIndication, error_indication), IE_END };
static const struct ie_row indication[] = {
	/* at least one of Cause and Criticality Diagnostics is present (8.27.2) */
	IE_EITHER(struct iuplus_ranap_error_indication, has_cause, has_diagnostics),
	RANAP_MAY(ErrorIndication, protocolIEs.cause, error_indication, cause, has_cause, ranap_cause),
	RANAP_DIAGNOSTICS(ErrorIndication, error_indication),
	RANAP_MAY(ErrorIndication, protocolIEs.cN_DomainIndicator, error_indication, domain, has_domain, ie_number),
	RANAP_MAY_RNC(ErrorIndication, error_indication),
	RANAP_EXTENSIONS(ErrorIndication, indication_extensions),
	IE_END
};
const struct ranap_message ranap_error_indication =
	RANAP_MESSAGE(InitiatingMessage, errorIndication, error_indication, indication);
