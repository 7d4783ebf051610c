/* SPDX-License-Identifier: BSD-2-Clause */
/* parts.h: inside ranap/: the parts that tables of several messages share (see fields.h). */
#ifndef IUPLUS_RANAP_PARTS_H
#define IUPLUS_RANAP_PARTS_H

#include "ranap/fields.h"
#include "ranap/values.h"

extern const struct ranap_codec
	ranap_as_cause,		/* uint16_t */
	ranap_as_imsi,		/* PermanentNAS-UE-ID */
	ranap_as_diagnostics,
	ranap_as_extended_rnc;	/* Extended RNC-ID, which stands behind its Global RNC-ID: both to one neutral struct */

extern const struct ranap_field
	ranap_lai[], ranap_sai[], ranap_cn[], ranap_rnc[], ranap_bit_rate[], ranap_tunnel[], ranap_uesbi[],
	ranap_transport[], ranap_tmgi[];
extern const struct ranap_choice ranap_sgsn_group;

/* RAB-ID and Cause, which is the item of a list of struct iuplus_ranap_rab_cause. */
#define RANAP_RAB_CAUSE(Item) {									\
		RANAP_PART(Item, rAB_ID, rab_cause, id, bit_number, .bits = 8),				\
		RANAP_PART(Item, cause, rab_cause, cause, cause), RANAP_END }
/* A RAB-ID alone. */
#define RANAP_RAB_ID(Item) { RANAP_PART(Item, rAB_ID, rab_id, id, bit_number, .bits = 8), RANAP_END }
/* The item of a list of struct iuplus_ranap_rab: the RAB-ID is seen, the item stays encoded. */
#define RANAP_RAB(Item) {										\
		RANAP_PART(Item, rAB_ID, rab, id, seen_bits, .bits = 8),					\
		{ .as = &ranap_as_encoded, .of = IUPLUS_ASN1_RANAP_##Item, .size = sizeof(RANAP_##Item##_t),	\
		  .inside = true, RANAP_NEUTRAL(rab, item), .has = RANAP_ALWAYS }, RANAP_END }

/* What many messages have. */
#define RANAP_DIAGNOSTICS(Message, neutral) \
	RANAP_MAY(Message, protocolIEs.criticalityDiagnostics, neutral, diagnostics, has_diagnostics, diagnostics)
#define RANAP_DOMAIN(Message, neutral) RANAP_HERE(Message, protocolIEs.cN_DomainIndicator, neutral, domain, number)
/* Global RNC-ID, optional or mandatory, and what of it stands in the extension container. */
#define RANAP_MAY_RNC(Message, neutral)								\
	RANAP_MAY(Message, protocolIEs.globalRNC_ID, neutral, rnc, has_rnc, record, .of = ranap_rnc),	\
	RANAP_EXT(Message, extendedRNC_ID, neutral, rnc, has_rnc, extended_rnc)
#define RANAP_HAS_RNC(Message, neutral)								\
	RANAP_HERE(Message, protocolIEs.globalRNC_ID, neutral, rnc, record, .of = ranap_rnc),		\
	RANAP_EXT_HERE(Message, extendedRNC_ID, neutral, rnc, extended_rnc)
#define RANAP_MAY_CN(Message, neutral)									\
	RANAP_MAY(Message, protocolIEs.globalCN_ID, neutral, cn, has_cn, record, .of = ranap_cn)
#define RANAP_EXT_CN(Message, neutral)									\
	RANAP_EXT(Message, globalCN_ID, neutral, cn, has_cn, record, .of = ranap_cn)
#define RANAP_SIG_CON_ID(Message, member, neutral, to)							\
	RANAP_HERE(Message, protocolIEs.member, neutral, to, bit_number, .bits = 24)
/* Cause and Criticality Diagnostics of a failure. */
#define RANAP_FAILURE(Message, neutral)								\
	RANAP_HERE(Message, protocolIEs.cause, neutral, cause, cause), RANAP_DIAGNOSTICS(Message, neutral)

/* One message of a table: its alternative of RANAP_<Pdu>_Value, and its fields. */
#define RANAP_TABLE(KIND, Pdu, alternative, fields) \
	{ IUPLUS_RANAP_##KIND, RANAP_##Pdu##_Value_PR_##alternative, NULL, NULL, fields }
#define RANAP_TABLE_END { 0, 0, NULL, NULL, NULL }

#endif
