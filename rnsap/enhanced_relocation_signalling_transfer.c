/* SPDX-License-Identifier: BSD-2-Clause */
/* enhanced_relocation_signalling_transfer.c: Enhanced Relocation Signalling Transfer (TS 25.423 8.3.28). */
#include "rnsap/values.h"

static const struct ie_row transfer[] = {
	RNSAP_HERE(EnhancedRelocationSignallingTransfer, protocolIEs.l3_Information,
		   enhanced_relocation_signalling_transfer, l3_information, rnsap_bits),
	IE_END
};
const struct rnsap_message rnsap_enhanced_relocation_signalling_transfer =
	RNSAP_MESSAGE(InitiatingMessage, enhancedRelocationSignallingTransfer, EnhancedRelocationSignallingTransfer,
		      enhanced_relocation_signalling_transfer, transfer);
