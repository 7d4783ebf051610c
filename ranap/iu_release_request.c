/* SPDX-License-Identifier: BSD-2-Clause */
/* iu_release_request.c: Iu Release Request (TS 25.413 8.4). */
#include "ranap/values.h"

static const struct ie_row request[] = { RANAP_CAUSE(Iu_ReleaseRequest, cause_only), IE_END };
const struct ranap_message ranap_iu_release_request =
	RANAP_MESSAGE(InitiatingMessage, iu_ReleaseRequest, cause_only, request);
