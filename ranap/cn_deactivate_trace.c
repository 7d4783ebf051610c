/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_deactivate_trace.c: CN Deactivate Trace (TS 25.413 8.28). */
#include "ranap/values.h"

static const struct ie_row deactivate_trace[] = {
	RANAP_HERE(CN_DeactivateTrace, protocolIEs.traceReference, cn_deactivate_trace, reference, ie_filled),
	RANAP_HERE(CN_DeactivateTrace, protocolIEs.triggerID, cn_deactivate_trace, trigger_id, ie_filled), IE_END
};
const struct ranap_message ranap_cn_deactivate_trace =
	RANAP_MESSAGE(InitiatingMessage, cN_DeactivateTrace, cn_deactivate_trace, deactivate_trace);
