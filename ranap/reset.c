/* SPDX-License-Identifier: BSD-2-Clause */
/* reset.c: Reset (TS 25.413 8.26). */
#include "ranap/values.h"

static const struct ie_row reset_extensions[] = { RANAP_EXT_CN(Reset, reset), IE_END };
static const struct ie_row reset[] = { RANAP_CAUSE(Reset, reset), RANAP_DOMAIN(Reset, reset),
				       RANAP_MAY_RNC(Reset, reset), RANAP_EXTENSIONS(Reset, reset_extensions), IE_END };
const struct ranap_message ranap_reset = RANAP_MESSAGE(InitiatingMessage, reset, reset, reset);

static const struct ie_row acknowledge_extensions[] = { RANAP_EXT_CN(ResetAcknowledge, reset), IE_END };
static const struct ie_row acknowledge[] = {
	RANAP_DOMAIN(ResetAcknowledge, reset), RANAP_MAY_RNC(ResetAcknowledge, reset),
	RANAP_DIAGNOSTICS(ResetAcknowledge, reset), RANAP_EXTENSIONS(ResetAcknowledge, acknowledge_extensions), IE_END
};
const struct ranap_message ranap_reset_acknowledge =
	RANAP_MESSAGE(SuccessfulOutcome, resetAcknowledge, reset, acknowledge);
