/* SPDX-License-Identifier: BSD-2-Clause */
/* enhanced_relocation_complete_confirm.c: Enhanced Relocation Complete Confirm (TS 25.413, procedure
 * enhancedRelocationCompleteConfirm). */
#include "ranap/values.h"

static const struct ie_row failed[] = RANAP_RAB_CAUSE(RAB_FailedItem, ranap_cause);
static const struct ie_list faileds = RANAP_LIST_OF(failed, RAB_FailedItemIEs, RAB_FailedItem, rab_cause);
static const struct ie_row confirm[] = {
	RANAP_HERE(EnhancedRelocationCompleteConfirm, protocolIEs.rAB_FailedList, enhanced_relocation_complete_confirm,
		   failed, ie_list, .of = &faileds),
	IE_END
};
const struct ranap_message ranap_enhanced_relocation_complete_confirm =
	RANAP_MESSAGE(InitiatingMessage, enhancedRelocationCompleteConfirm, enhanced_relocation_complete_confirm,
		      confirm);
