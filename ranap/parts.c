/* SPDX-License-Identifier: BSD-2-Clause */
/* parts.c: the parts that tables of several messages share. */
#include <string.h>
#include "ranap/parts.h"

/* ---- values with rules of their own -------------------------------------------------------------------------- */

static bool take_cause(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	uint16_t cause = ranap_take_cause(value);

	(void)ctx;
	(void)f;
	memcpy(to, &cause, sizeof(cause));
	return cause != 0;
}

static void put_cause(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	uint16_t cause;

	(void)f;
	memcpy(&cause, from, sizeof(cause));
	ranap_put_cause(ctx, cause, value);
}

static bool take_imsi(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	(void)ctx;
	(void)f;
	return ranap_take_imsi(value, to);
}

static void put_imsi(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	RANAP_PermanentNAS_UE_ID_t *p = ranap_new_imsi(ctx, from);

	if (p)
		memcpy(value, p, f->size);
}

static bool take_diagnostics(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	(void)f;
	return ranap_take_diagnostics(ctx, value, to);
}

static void put_diagnostics(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	RANAP_CriticalityDiagnostics_t *p = ranap_new_diagnostics(ctx, from);

	if (p)
		memcpy(value, p, f->size);
}

/* An RNC-ID of 12 bits needs no extension. Whether there is an RNC at all, its Global RNC-ID has said. */
static bool take_extended_rnc(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	struct iuplus_ranap_rnc *rnc = to;
	long id;

	(void)ctx;
	memcpy(&id, value, sizeof(id));
	rnc->rnc_id = (uint16_t)id;
	return f->has == RANAP_ALWAYS;
}

static void put_extended_rnc(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	long id = ((const struct iuplus_ranap_rnc *)from)->rnc_id;

	(void)ctx;
	(void)f;
	memcpy(value, &id, sizeof(id));
}

static bool is_extended_rnc(const struct ranap_field *f, const void *from)
{
	(void)f;
	return ((const struct iuplus_ranap_rnc *)from)->rnc_id > 4095;
}

/* The RNC-ID IE itself, in a Global RNC-ID. */
static bool take_rnc_id(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	return ranap_as_number.take(ctx, f, value, to);
}

static void put_rnc_id(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	uint16_t id;
	long number;

	(void)ctx;
	(void)f;
	memcpy(&id, from, sizeof(id));
	number = ranap_short_rnc_id(id);
	memcpy(value, &number, sizeof(number));
}

const struct ranap_codec ranap_as_cause = { take_cause, put_cause, NULL };
const struct ranap_codec ranap_as_imsi = { take_imsi, put_imsi, NULL };
const struct ranap_codec ranap_as_diagnostics = { take_diagnostics, put_diagnostics, NULL };
static const struct ranap_codec ranap_as_rnc_id = { take_rnc_id, put_rnc_id, NULL };
const struct ranap_codec ranap_as_extended_rnc = { take_extended_rnc, put_extended_rnc, is_extended_rnc };

/* ---- records ------------------------------------------------------------------------------------------------- */

const struct ranap_field ranap_lai[] = {
	RANAP_PART(LAI, pLMNidentity, lai, plmn, octet_array),
	RANAP_PART(LAI, lAC, lai, lac, octet_number),
	RANAP_END
};

const struct ranap_field ranap_sai[] = {
	RANAP_PART(SAI, pLMNidentity, sai, plmn, octet_array),
	RANAP_PART(SAI, lAC, sai, lac, octet_number),
	RANAP_PART(SAI, sAC, sai, sac, octet_number),
	RANAP_END
};

const struct ranap_field ranap_cn[] = {
	RANAP_PART(GlobalCN_ID, pLMNidentity, cn, plmn, octet_array),
	RANAP_PART(GlobalCN_ID, cN_ID, cn, cn_id, number),
	RANAP_END
};

const struct ranap_field ranap_rnc[] = {
	RANAP_PART(GlobalRNC_ID, pLMNidentity, rnc, plmn, octet_array),
	RANAP_PART(GlobalRNC_ID, rNC_ID, rnc, rnc_id, rnc_id),
	RANAP_END
};

const struct ranap_field ranap_bit_rate[] = {
	RANAP_MAY(UE_AggregateMaximumBitRate, uE_AggregateMaximumBitRateDownlink, bit_rate, downlink, has_downlink,
		  number),
	RANAP_MAY(UE_AggregateMaximumBitRate, uE_AggregateMaximumBitRateUplink, bit_rate, uplink, has_uplink, number),
	RANAP_END
};

const struct ranap_field ranap_tunnel[] = {
	RANAP_PART(TunnelInformation, transportLayerAddress, tunnel, address, bits),
	RANAP_MAY(TunnelInformation, uDP_Port_Number, tunnel, port, has_port, octet_number),
	RANAP_END
};

const struct ranap_field ranap_uesbi[] = {
	RANAP_HERE(UESBI_Iu, uESBI_IuA, uesbi, a, bits),
	RANAP_HERE(UESBI_Iu, uESBI_IuB, uesbi, b, bits),
	RANAP_END
};

static const struct ranap_field associations[] = {
	RANAP_PART(IuTransportAssociation, choice.gTP_TEI, association, id, octet_array,
		   .alternative = RANAP_IuTransportAssociation_PR_gTP_TEI),
	RANAP_PART(IuTransportAssociation, choice.bindingID, association, id, octet_array,
		   .alternative = RANAP_IuTransportAssociation_PR_bindingID),
	RANAP_END
};
static const struct ranap_choice association = RANAP_CHOICE(associations, association);

const struct ranap_field ranap_transport[] = {
	RANAP_PART(TransportLayerInformation, transportLayerAddress, transport, address, bits),
	RANAP_PART(TransportLayerInformation, iuTransportAssociation, transport, association, choice,
		   .of = &association),
	RANAP_END
};

const struct ranap_field ranap_tmgi[] = {
	RANAP_PART(TMGI, pLMNidentity, tmgi, plmn, octet_array),
	RANAP_PART(TMGI, serviceID, tmgi, service, octet_array),
	RANAP_END
};

static const struct ranap_field groups[] = {
	RANAP_PART(SGSN_Group_Identity, choice.null_NRI, sgsn_group, nri, bit_number, .bits = 10,
		   .alternative = RANAP_SGSN_Group_Identity_PR_null_NRI),
	RANAP_PART(SGSN_Group_Identity, choice.sGSN_Group_ID, sgsn_group, group_id, octet_array,
		   .alternative = RANAP_SGSN_Group_Identity_PR_sGSN_Group_ID),
	RANAP_END
};
const struct ranap_choice ranap_sgsn_group = RANAP_CHOICE(groups, sgsn_group);
