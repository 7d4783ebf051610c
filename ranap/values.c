/* SPDX-License-Identifier: BSD-2-Clause */
/* values.c: the IEs that several messages of RANAP share: identities, causes, security information. */
#include "ranap/values.h"

const struct ie_row ranap_no_rows[] = { IE_END };

/* ---- areas (9.2.3.6, 9.2.3.9) -------------------------------------------------------------------------------- */

/* Both are strings of a fixed size. */
static void take_plmn(const OCTET_STRING_t *from, uint8_t plmn[3])
{
	memcpy(plmn, from->buf, 3);
}

static uint16_t take_16_bits(const OCTET_STRING_t *from)
{
	return (uint16_t)(from->buf[0] << 8 | from->buf[1]);
}

static bool take_lai(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const RANAP_LAI_t *from = value;
	struct iuplus_ranap_lai *lai = to;

	(void)ctx;
	(void)row;
	take_plmn(&from->pLMNidentity, lai->plmn);
	lai->lac = take_16_bits(&from->lAC);
	return true;
}

static void put_16_bits(struct ie_ctx *ctx, uint16_t n, OCTET_STRING_t *to)
{
	to->buf = ie_new_number(ctx, n, 2);
	to->size = 2;
}

static void put_plmn(const uint8_t plmn[3], OCTET_STRING_t *to)
{
	to->buf = (uint8_t *)(uintptr_t)plmn;
	to->size = 3;
}

static void put_lai(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct iuplus_ranap_lai *lai = from;
	RANAP_LAI_t *to = value;

	(void)row;
	put_plmn(lai->plmn, &to->pLMNidentity);
	put_16_bits(ctx, lai->lac, &to->lAC);
}

static bool take_sai(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const RANAP_SAI_t *from = value;
	struct iuplus_ranap_sai *sai = to;

	(void)ctx;
	(void)row;
	take_plmn(&from->pLMNidentity, sai->plmn);
	sai->lac = take_16_bits(&from->lAC);
	sai->sac = take_16_bits(&from->sAC);
	return true;
}

static void put_sai(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct iuplus_ranap_sai *sai = from;
	RANAP_SAI_t *to = value;

	(void)row;
	put_plmn(sai->plmn, &to->pLMNidentity);
	put_16_bits(ctx, sai->lac, &to->lAC);
	put_16_bits(ctx, sai->sac, &to->sAC);
}

const struct ie_codec ranap_lai = { .take = take_lai, .put = put_lai };
const struct ie_codec ranap_sai = { .take = take_sai, .put = put_sai };

/* Request Type (9.2.1.16). */
const struct ie_row ranap_request_type[] = {
	RANAP_PART(RequestType, event, request_type, event, ie_number),
	RANAP_PART(RequestType, reportArea, request_type, report_area, ie_number),
	RANAP_MAY(RequestType, accuracyCode, request_type, accuracy, has_accuracy, ie_number), IE_END
};

/* ---- RNC and CN (9.2.1.39, 9.2.1.39a, 9.2.1.46) -------------------------------------------------------------- */

#define MAX_RNC_ID 4095 /* of 12 bits */

static bool take_rnc_id(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	return ie_number.take(ctx, row, value, to);
}

/* The receiver ignores the RNC-ID IE if there is an Extended RNC-ID; its highest value is not the number of an RNC. */
static long short_rnc_id(uint16_t id)
{
	return id > MAX_RNC_ID ? MAX_RNC_ID : id;
}

static void put_rnc_id(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	(void)ctx;
	(void)row;
	*(long *)value = short_rnc_id(*(const uint16_t *)from);
}

static void put_extended_rnc_id(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	(void)ctx;
	(void)row;
	*(long *)value = *(const uint16_t *)from;
}

const struct ie_codec ranap_rnc_id = { .take = take_rnc_id, .put = put_rnc_id };
const struct ie_codec ranap_extended_rnc_id = { take_rnc_id, put_extended_rnc_id, IE_SOME_ABOVE_12_BITS, false };

/* The pointer at offset in a generated struct. */
static void **pointer_in(const void *base, size_t offset)
{
	return (void **)(uintptr_t)((const uint8_t *)base + offset);
}

static bool take_rnc(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const struct ranap_rnc_place *place = row->of;
	const RANAP_GlobalRNC_ID_t *global = *pointer_in(value, place->global);
	const void *container = place->extension_size ? *pointer_in(value, place->extension) : value;
	const long *extended = container ? *pointer_in(container, place->extended) : NULL;
	struct iuplus_ranap_rnc *rnc = to;

	(void)ctx;
	if (global) {
		take_plmn(&global->pLMNidentity, rnc->plmn);
		rnc->rnc_id = (uint16_t)(extended ? *extended : global->rNC_ID);
	} else if (extended && place->alone) {
		rnc->rnc_id = (uint16_t)*extended;
	}
	return global != NULL;
}

static void put_rnc(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct ranap_rnc_place *place = row->of;
	const struct iuplus_ranap_rnc *rnc = from;
	RANAP_GlobalRNC_ID_t *global = ie_new(ctx, sizeof(*global));
	void *container = value;

	if (!global)
		return;
	put_plmn(rnc->plmn, &global->pLMNidentity);
	global->rNC_ID = short_rnc_id(rnc->rnc_id);
	*pointer_in(value, place->global) = global;
	if (rnc->rnc_id <= MAX_RNC_ID)
		return;
	if (place->extension_size)
		*pointer_in(value, place->extension) = container = ie_new(ctx, place->extension_size);
	if (container)
		*pointer_in(container, place->extended) = ie_new_long(ctx, rnc->rnc_id);
}

const struct ie_codec ranap_rnc = { .take = take_rnc, .put = put_rnc };

const struct ie_row ranap_cn[] = { RANAP_PART(GlobalCN_ID, pLMNidentity, cn, plmn, ie_octet_array),
				   RANAP_PART(GlobalCN_ID, cN_ID, cn, cn_id, ie_number), IE_END };

static const struct ie_row groups[] = {
	RANAP_PART(SGSN_Group_Identity, choice.null_NRI, sgsn_group, nri, ie_bit_number, .bits = 10,
		   .alternative = RANAP_SGSN_Group_Identity_PR_null_NRI),
	RANAP_PART(SGSN_Group_Identity, choice.sGSN_Group_ID, sgsn_group, group_id, ie_octet_array,
		   .alternative = RANAP_SGSN_Group_Identity_PR_sGSN_Group_ID),
	IE_END
};
const struct ie_choice ranap_sgsn_group = RANAP_CHOICE(groups, sgsn_group);

/* ---- UE (9.2.3.1) -------------------------------------------------------------------------------------------- */

static bool take_imsi(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const RANAP_PermanentNAS_UE_ID_t *from = value;
	const OCTET_STRING_t *octets = &from->choice.iMSI;
	struct iuplus_ranap_imsi *imsi = to;

	(void)ctx;
	(void)row;
	if (from->present != RANAP_PermanentNAS_UE_ID_PR_iMSI || octets->size < 3 ||
	    octets->size > (int)sizeof(imsi->tbcd))
		return false;
	imsi->len = (uint8_t)octets->size;
	memcpy(imsi->tbcd, octets->buf, imsi->len);
	return true;
}

static void put_imsi(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct iuplus_ranap_imsi *imsi = from;
	RANAP_PermanentNAS_UE_ID_t *to = value;

	(void)row;
	if (imsi->len < 3 || imsi->len > sizeof(imsi->tbcd)) {
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return;
	}
	to->present = RANAP_PermanentNAS_UE_ID_PR_iMSI;
	ie_put_octets(ctx, imsi->tbcd, imsi->len, &to->choice.iMSI);
}

const struct ie_codec ranap_imsi = { .take = take_imsi, .put = put_imsi };

const struct ie_row ranap_bit_rate[] = {
	RANAP_MAY(UE_AggregateMaximumBitRate, uE_AggregateMaximumBitRateDownlink, bit_rate, downlink, has_downlink,
		  ie_number),
	RANAP_MAY(UE_AggregateMaximumBitRate, uE_AggregateMaximumBitRateUplink, bit_rate, uplink, has_uplink,
		  ie_number),
	IE_END
};

const struct ie_row ranap_uesbi[] = { RANAP_HERE(UESBI_Iu, uESBI_IuA, uesbi, a, ie_bits),
				      RANAP_HERE(UESBI_Iu, uESBI_IuB, uesbi, b, ie_bits), IE_END };

/* ---- user plane ---------------------------------------------------------------------------------------------- */

const struct ie_row ranap_tunnel[] = {
	RANAP_PART(TunnelInformation, transportLayerAddress, tunnel, address, ie_bits),
	RANAP_MAY(TunnelInformation, uDP_Port_Number, tunnel, port, has_port, ie_octet_number), IE_END
};

static const struct ie_row associations[] = {
	RANAP_PART(IuTransportAssociation, choice.gTP_TEI, association, id, ie_octet_array,
		   .alternative = RANAP_IuTransportAssociation_PR_gTP_TEI),
	RANAP_PART(IuTransportAssociation, choice.bindingID, association, id, ie_octet_array,
		   .alternative = RANAP_IuTransportAssociation_PR_bindingID),
	IE_END
};
static const struct ie_choice association = RANAP_CHOICE(associations, association);

const struct ie_row ranap_transport[] = {
	RANAP_PART(TransportLayerInformation, transportLayerAddress, transport, address, ie_bits),
	RANAP_PART(TransportLayerInformation, iuTransportAssociation, transport, association, ie_choice,
		   .of = &association),
	IE_END
};

const struct ie_row ranap_tmgi[] = { RANAP_PART(TMGI, pLMNidentity, tmgi, plmn, ie_octet_array),
				     RANAP_PART(TMGI, serviceID, tmgi, service, ie_octet_array), IE_END };

/* ---- cause (9.2.1.4) ----------------------------------------------------------------------------------------- */

static uint16_t cause_of(const RANAP_Cause_t *from)
{
	switch (from->present) {
	case RANAP_Cause_PR_radioNetwork:
		return (uint16_t)from->choice.radioNetwork;
	case RANAP_Cause_PR_transmissionNetwork:
		return (uint16_t)from->choice.transmissionNetwork;
	case RANAP_Cause_PR_nAS:
		return (uint16_t)from->choice.nAS;
	case RANAP_Cause_PR_protocol:
		return (uint16_t)from->choice.protocol;
	case RANAP_Cause_PR_misc:
		return (uint16_t)from->choice.misc;
	case RANAP_Cause_PR_non_Standard:
		return (uint16_t)from->choice.non_Standard;
	case RANAP_Cause_PR_radioNetworkExtension:
		return (uint16_t)from->choice.radioNetworkExtension;
	default:
		return 0;
	}
}

static bool take_any_cause(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	(void)ctx;
	(void)row;
	*(uint16_t *)to = cause_of(value);
	return true;
}

static bool take_cause(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	(void)ctx;
	(void)row;
	*(uint16_t *)to = cause_of(value);
	return *(uint16_t *)to != 0;
}

static void put_cause(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	uint16_t cause = *(const uint16_t *)from;
	RANAP_Cause_t *to = value;

	(void)row;
	if (cause == 0) {
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
	} else if (cause <= 64) {
		to->present = RANAP_Cause_PR_radioNetwork;
		to->choice.radioNetwork = cause;
	} else if (cause <= 80) {
		to->present = RANAP_Cause_PR_transmissionNetwork;
		to->choice.transmissionNetwork = cause;
	} else if (cause <= 96) {
		to->present = RANAP_Cause_PR_nAS;
		to->choice.nAS = cause;
	} else if (cause <= 112) {
		to->present = RANAP_Cause_PR_protocol;
		to->choice.protocol = cause;
	} else if (cause <= 128) {
		to->present = RANAP_Cause_PR_misc;
		to->choice.misc = cause;
	} else if (cause <= 256) {
		to->present = RANAP_Cause_PR_non_Standard;
		to->choice.non_Standard = cause;
	} else {
		/* Values above 512 fail in the encoder. */
		to->present = RANAP_Cause_PR_radioNetworkExtension;
		to->choice.radioNetworkExtension = cause;
	}
}

const struct ie_codec ranap_cause = { .take = take_cause, .put = put_cause };
const struct ie_codec ranap_any_cause = { .take = take_any_cause, .put = put_cause };

/* ---- security (9.2.1.11, 9.2.1.12) --------------------------------------------------------------------------- */

/* The number of UIA1 minus its number in RANAP. */
#define UIA_BASE 1

static bool take_uia(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	(void)ctx;
	(void)row;
	*(uint8_t *)to = (uint8_t)(*(const long *)value + UIA_BASE);
	return true;
}

static void put_uia(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	(void)ctx;
	(void)row;
	*(long *)value = *(const uint8_t *)from - UIA_BASE;
}

const struct ie_codec ranap_uia = { .take = take_uia, .put = put_uia };

/* Both lists of permitted algorithms are lists of INTEGER (0..15), first in struct iuplus_ranap_protection. */
static void take_algorithms(const void *value, void *to, int base)
{
	struct iuplus_ranap_protection *protection = to;
	struct ie_any_list list;
	int i;

	memcpy(&list, value, sizeof(list));
	for (i = 0; i < list.count && i < (int)sizeof(protection->algorithms); i++)
		protection->algorithms[i] = (uint8_t)(*(const long *)list.array[i] + base);
	protection->count = (uint8_t)i;
}

static void put_algorithms(struct ie_ctx *ctx, const void *from, void *value, int base)
{
	const struct iuplus_ranap_protection *protection = from;
	struct ie_any_list list;
	unsigned i;

	if (protection->count == 0 || protection->count > sizeof(protection->algorithms)) {
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return;
	}
	if (!ie_new_list(ctx, value, protection->count, sizeof(long)))
		return;
	memcpy(&list, value, sizeof(list));
	for (i = 0; i < protection->count; i++)
		*(long *)list.array[i] = protection->algorithms[i] - base;
}

static bool take_uias(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	(void)ctx;
	(void)row;
	take_algorithms(value, to, UIA_BASE);
	return true;
}

static void put_uias(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	(void)row;
	put_algorithms(ctx, from, value, UIA_BASE);
}

static bool take_ueas(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	(void)ctx;
	(void)row;
	take_algorithms(value, to, 0);
	return true;
}

static void put_ueas(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	(void)row;
	put_algorithms(ctx, from, value, 0);
}

static const struct ie_codec uias = { .take = take_uias, .put = put_uias },
			     ueas = { .take = take_ueas, .put = put_ueas };

const struct ie_row ranap_integrity[] = {
	RANAP_PART(IntegrityProtectionInformation, permittedAlgorithms, protection, count, uias),
	RANAP_PART(IntegrityProtectionInformation, key, protection, key, ie_bit_array), IE_END
};

const struct ie_row ranap_encryption[] = {
	RANAP_PART(EncryptionInformation, permittedAlgorithms, protection, count, ueas),
	RANAP_PART(EncryptionInformation, key, protection, key, ie_bit_array), IE_END
};
