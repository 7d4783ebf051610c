/* SPDX-License-Identifier: BSD-2-Clause */
/* relocation_cancel.c: Relocation Cancel (TS 25.413 8.10). */
#include "ranap/values.h"

static const struct ie_row cancel[] = { RANAP_CAUSE(RelocationCancel, cause_only), IE_END };
const struct ranap_message ranap_relocation_cancel =
	RANAP_MESSAGE(InitiatingMessage, relocationCancel, cause_only, cancel);

static const struct ie_row acknowledge[] = { RANAP_DIAGNOSTICS(RelocationCancelAcknowledge, acknowledge), IE_END };
const struct ranap_message ranap_relocation_cancel_acknowledge =
	RANAP_MESSAGE(SuccessfulOutcome, relocationCancelAcknowledge, acknowledge, acknowledge);
