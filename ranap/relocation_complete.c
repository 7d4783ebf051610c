/* SPDX-License-Identifier: BSD-2-Clause */
/* relocation_complete.c: Relocation Complete (TS 25.413 8.9). */
#include "ranap/values.h"

static const struct ie_row complete_extensions[] = {
	RANAP_EXT_UE_CAPABILITY(RelocationComplete, relocation_complete),
	RANAP_EXT_KEY_IN_USE(RelocationComplete, relocation_complete),
	RANAP_EXT(RelocationComplete, higherBitratesThan16MbpsFlag, relocation_complete, higher_bitrates,
		  has_higher_bitrates, ie_number),
	RANAP_EXT(RelocationComplete, tunnel_Information_for_BBF, relocation_complete, tunnel, has_tunnel, ie_record,
		  .of = ranap_tunnel),
	RANAP_EXT_HERE(RelocationComplete, lHN_ID, relocation_complete, lhn_id, ie_filled), IE_END
};
static const struct ie_row complete[] = { RANAP_EXTENSIONS(RelocationComplete, complete_extensions), IE_END };
const struct ranap_message ranap_relocation_complete =
	RANAP_MESSAGE(InitiatingMessage, relocationComplete, relocation_complete, complete);
