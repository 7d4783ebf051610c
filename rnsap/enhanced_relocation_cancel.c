/* SPDX-License-Identifier: BSD-2-Clause */
/* enhanced_relocation_cancel.c: Enhanced Relocation Cancel (TS 25.423 8.3.28). */
#include "rnsap/values.h"

static const struct ie_row cancel[] = { RNSAP_CAUSE(EnhancedRelocationCancel, enhanced_relocation_cancel), IE_END };
const struct rnsap_message rnsap_enhanced_relocation_cancel =
	RNSAP_MESSAGE(InitiatingMessage, enhancedRelocationCancel, EnhancedRelocationCancel, enhanced_relocation_cancel,
		      cancel);
