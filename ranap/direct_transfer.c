/* SPDX-License-Identifier: BSD-2-Clause */
/* direct_transfer.c: Direct Transfer (TS 25.413 8.23). */
#include "ranap/values.h"

/* SAPI as RLC and NAS number it: 0 or 3. */
static bool take_sapi(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	(void)ctx;
	(void)row;
	*(uint8_t *)to = *(const long *)value == RANAP_SAPI_sapi_3 ? 3 : 0;
	return true;
}

static void put_sapi(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	uint8_t number = *(const uint8_t *)from;

	(void)row;
	if (number != 0 && number != 3)
		ie_fail(ctx, IUPLUS_ERR_CONSTRAINT);
	*(long *)value = number == 3 ? RANAP_SAPI_sapi_3 : RANAP_SAPI_sapi_0;
}

static const struct ie_codec sapi = { .take = take_sapi, .put = put_sapi };

static const struct ie_row transfer_extensions[] = {
	RANAP_EXT_HERE(DirectTransfer, redirectionIndication, direct_transfer, redirection, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_RedirectionIndication_IEs),
	RANAP_EXT(DirectTransfer, redirectionCompleted, direct_transfer, redirection_completed,
		  has_redirection_completed, ie_number),
	RANAP_EXT(DirectTransfer, subscriberProfileIDforRFP, direct_transfer, rfp, has_rfp, ie_number),
	RANAP_EXT_HERE(DirectTransfer, lGW_TransportLayerAddress, direct_transfer, lgw_address, ie_bits),
	RANAP_EXT_HERE(DirectTransfer, sIPTO_LGW_TransportLayerAddress, direct_transfer, sipto_lgw_address, ie_bits),
	RANAP_EXT_HERE(DirectTransfer, lHN_ID, direct_transfer, lhn_id, ie_filled),
	IE_END
};
static const struct ie_row transfer[] = {
	RANAP_HERE(DirectTransfer, protocolIEs.nAS_PDU, direct_transfer, nas_pdu, ie_octets),
	RANAP_MAY(DirectTransfer, protocolIEs.lAI, direct_transfer, lai, has_lai, ranap_lai),
	RANAP_MAY(DirectTransfer, protocolIEs.rAC, direct_transfer, rac, has_rac, ie_octet_number),
	RANAP_MAY(DirectTransfer, protocolIEs.sAI, direct_transfer, sai, has_sai, ranap_sai),
	RANAP_MAY(DirectTransfer, protocolIEs.sAPI, direct_transfer, sapi, has_sapi, sapi),
	RANAP_EXTENSIONS(DirectTransfer, transfer_extensions),
	IE_END
};
const struct ranap_message ranap_direct_transfer =
	RANAP_MESSAGE(InitiatingMessage, directTransfer, direct_transfer, transfer);
