/* SPDX-License-Identifier: BSD-2-Clause */
/* srvcc_preparation.c: SRVCC Preparation (TS 25.413, procedure SRVCCPreparation). */
#include "ranap/values.h"

const struct ranap_message ranap_srvcc_cs_keys_request = RANAP_NO_IES(InitiatingMessage, sRVCC_CSKeysRequest);

static const struct ie_row srvcc_information[] = {
	RANAP_PART(SRVCC_Information, nonce, srvcc_cs_keys_response, nonce, ie_bit_array), IE_END
};

static const struct ie_row cs_keys[] = {
	RANAP_HERE(SRVCC_CSKeysResponse, protocolIEs.integrityProtectionKey, srvcc_cs_keys_response, ik, ie_bit_array),
	RANAP_HERE(SRVCC_CSKeysResponse, protocolIEs.encryptionKey, srvcc_cs_keys_response, ck, ie_bit_array),
	RANAP_SAME_HERE(SRVCC_CSKeysResponse, protocolIEs.sRVCC_Information, srvcc_information),
	RANAP_DIAGNOSTICS(SRVCC_CSKeysResponse, srvcc_cs_keys_response), IE_END
};
const struct ranap_message ranap_srvcc_cs_keys_response =
	RANAP_MESSAGE(Outcome, sRVCC_CSKeysResponse, srvcc_cs_keys_response, cs_keys);
