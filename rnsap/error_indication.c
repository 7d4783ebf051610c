/* SPDX-License-Identifier: BSD-2-Clause */
/* error_indication.c: Error Indication (TS 25.423, procedure errorIndication). */
#include "rnsap/values.h"

static const struct ie_row indication_extensions[] = {
	RNSAP_EXT(ErrorIndication, s_RNTI, error_indication, s_rnti, has_s_rnti, ie_number),
	RNSAP_EXT(ErrorIndication, d_RNTI, error_indication, d_rnti, has_d_rnti, ie_number),
	RNSAP_EXT(ErrorIndication, extended_S_RNTI, error_indication, extended_s_rnti, has_extended_s_rnti,
		  rnsap_extended_rnti),
	IE_END
};
static const struct ie_row indication[] = {
	/* at least one of Cause and Criticality Diagnostics is present */
	IE_EITHER(struct iuplus_rnsap_error_indication, has_cause, has_diagnostics),
	RNSAP_MAY(ErrorIndication, protocolIEs.cause, error_indication, cause, has_cause, rnsap_cause),
	RNSAP_DIAGNOSTICS(ErrorIndication, error_indication), RNSAP_EXTENSIONS(ErrorIndication, indication_extensions),
	IE_END
};
const struct rnsap_message rnsap_error_indication =
	RNSAP_EXTENDED_MESSAGE(InitiatingMessage, errorIndication, ErrorIndication, error_indication, indication);
