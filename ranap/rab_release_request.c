/* SPDX-License-Identifier: BSD-2-Clause */
/* rab_release_request.c: RAB Release Request (TS 25.413 8.3). */
#include "ranap/values.h"

static const struct ie_row release_item[] = RANAP_RAB_CAUSE(RAB_ReleaseItem, ranap_cause);
static const struct ie_list release_list = RANAP_LIST_OF(release_item, RAB_ReleaseItemIEs, RAB_ReleaseItem, rab_cause);
static const struct ie_row release_request[] = {
	RANAP_HERE(RAB_ReleaseRequest, protocolIEs.rAB_ReleaseList, rab_release_request, released, ie_list,
		   .of = &release_list),
	IE_END
};
const struct ranap_message ranap_rab_release_request =
	RANAP_MESSAGE(InitiatingMessage, rAB_ReleaseRequest, rab_release_request, release_request);
