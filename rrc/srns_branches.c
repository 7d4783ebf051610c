/* SPDX-License-Identifier: BSD-2-Clause */
/* srns_branches.c: SRNS relocation info of a source of Rel-4 or later (TS 25.331 14.12.4.2): the branches r4 to r15.
 * The elements that r3 spreads over the levels of its chain are in one SEQUENCE there, with the same names in all
 * branches. */
#include "rrc/map.h"

#include <string.h>

static void get_ciphering_status(const RRC_CipheringStatusList_r4_t *in, struct iuplus_rrc_srns_info *out)
{
	unsigned i;

	for (i = 0; i < (unsigned)in->list.count && i < IUPLUS_RRC_MAX_DOMAINS; i++) {
		const RRC_CipheringStatusCNdomain_r4_t *item = in->list.array[i];

		out->start[i].domain = (enum iuplus_domain)item->cn_DomainIdentity;
		out->start[i].start = (uint32_t)rrc_get_bits(&item->start_Value);
		if (item->cipheringStatus == RRC_CipheringStatus_started)
			out->ciphering_started[item->cn_DomainIdentity & 1] = true;
	}
	out->starts = i;
}

static void get_ciphered(const RRC_CipheringInfoPerRB_List_r4_t *in, struct iuplus_rrc_srns_info *out)
{
	unsigned i;

	if (!in)
		return;
	for (i = 0; i < (unsigned)in->list.count && i < IUPLUS_RRC_MAX_RB; i++) {
		const RRC_CipheringInfoPerRB_r4_t *item = in->list.array[i];

		out->rb_hfn[i].rb = (uint8_t)item->rb_Identity;
		out->rb_hfn[i].dl_hfn = (uint32_t)rrc_get_bits(&item->dl_HFN);
		out->rb_hfn[i].ul_hfn = (uint32_t)rrc_get_bits(&item->ul_HFN);
		out->rb_hfn[i].bits = (uint8_t)rrc_bit_count(&item->dl_HFN);
		if (rrc_bit_count(&item->ul_HFN) > out->rb_hfn[i].bits)
			out->rb_hfn[i].bits = (uint8_t)rrc_bit_count(&item->ul_HFN);
		if (item->dl_UM_SN && item->rb_Identity == 1)
			out->dl_um_sn = (uint8_t)rrc_get_bits(item->dl_UM_SN);
	}
	out->ciphered_rbs = i;
}

void rrc_get_srns_counts(const RRC_SRB_SpecificIntegrityProtInfoList_t *in, struct iuplus_rrc_srns_info *out)
{
	unsigned rb;

	for (rb = 0; rb < IUPLUS_RRC_SRBS && rb < (unsigned)in->list.count; rb++) {
		const RRC_SRB_SpecificIntegrityProtInfo_t *item = in->list.array[rb];

		out->ul[rb] = (struct iuplus_rrc_count){ true, (uint32_t)rrc_get_bits(&item->ul_RRC_HFN),
							 (uint8_t)item->ul_RRC_SequenceNumber };
		out->dl[rb] = (struct iuplus_rrc_count){ true, (uint32_t)rrc_get_bits(&item->dl_RRC_HFN),
							 (uint8_t)item->dl_RRC_SequenceNumber };
	}
}

/* counts: the list of COUNT-I, mandatory in r4 and optional from r5 on; last: the extension's level, or NULL. */
#define GET(m, ies, counts, last, out) \
	do { \
		(out)->ho_rb = (ies)->rb_IdentityForHOMessage ? (uint8_t) * (ies)->rb_IdentityForHOMessage : 0; \
		(out)->state = (enum iuplus_rrc_state)(ies)->stateOfRRC; \
		(out)->procedure = (uint8_t)(ies)->stateOfRRC_Procedure; \
		get_ciphering_status(&(ies)->cipheringStatusList, out); \
		(out)->latest_domain = (enum iuplus_domain)(ies)->latestConfiguredCN_Domain; \
		get_ciphered((ies)->cipheringInfoPerRB_List, out); \
		(out)->integrity_started = (ies)->integrityProtectionStatus == RRC_IntegrityProtectionStatus_started; \
		if (counts) \
			rrc_get_srns_counts(counts, out); \
		rrc_get_u_rnti(&(ies)->u_RNTI, &(out)->u_rnti); \
		if ((ies)->c_RNTI) { \
			(out)->has_c_rnti = true; \
			(out)->c_rnti = (uint16_t)rrc_get_bits((ies)->c_RNTI); \
		} \
		rrc_get_security_capability(&(ies)->ue_RadioAccessCapability.securityCapability, &(out)->security); \
		if ((ies)->ura_Identity) { \
			(out)->has_ura = true; \
			(out)->ura = (uint16_t)rrc_get_bits((ies)->ura_Identity); \
		} \
		(out)->common_nas_info = rrc_get_octets(&(ies)->cn_CommonGSM_MAP_NAS_SysInfo); \
		(out)->domains = rrc_get_domains_full((ies)->cn_DomainInformationList, (out)->domain); \
		if (last) \
			rrc_get_srns_extension(m, &(last)->sRNC_RelocationInfo_vIuplusext, out); \
	} while (0)
#define GET_R5(m, ies, last, out) GET(m, ies, (ies)->srb_SpecificIntegrityProtInfo, last, out)

/* One level of a non-critical chain. */
#define LEVEL(level, member) __auto_type member = (level) ? (level)->member##NonCriticalExtensions : NULL
/* Alternative 1 is the release's branch. */
#define HERE(choice) ((int)(choice)->present == 1)

void rrc_get_srns_later(struct rrc_map *m, const RRC_SRNC_RelocationInfo_r3_t *in, struct iuplus_rrc_srns_info *out)
{
	__auto_type r4 = &in->choice.later_than_r3;
	__auto_type r5 = &r4->choice.criticalExtensions;
	__auto_type r6 = &r5->choice.criticalExtensions;
	__auto_type r7 = &r6->choice.criticalExtensions;
	__auto_type r8 = &r7->choice.criticalExtensions;
	__auto_type r9 = &r8->choice.criticalExtensions;
	__auto_type r10 = &r9->choice.criticalExtensions;
	__auto_type r11 = &r10->choice.criticalExtensions;
	__auto_type r12 = &r11->choice.criticalExtensions;
	__auto_type r13 = &r12->choice.criticalExtensions;
	__auto_type r14 = &r13->choice.criticalExtensions.criticalExtensions;
	__auto_type r15 = &r14->choice.sRNC_RelocationInfo_CriticalExtensions_r15_IEs.criticalExtensions;

	if (HERE(r4)) {
		__auto_type ies = &r4->choice.r4.sRNC_RelocationInfo_r4;
		LEVEL(&r4->choice.r4, v4d0);
		LEVEL(v4d0, v590);
		LEVEL(v590, v5a0);
		LEVEL(v5a0, v5b0);
		LEVEL(v5b0, v5c0);
		LEVEL(v5c0, v690);
		LEVEL(v690, v6b0);
		LEVEL(v6b0, v770);
		LEVEL(v770, v7e0);
		LEVEL(v7e0, v7f0);
		LEVEL(v7f0, vIuplus);
		const RRC_SRB_SpecificIntegrityProtInfoList_t *counts = &ies->srb_SpecificIntegrityProtInfo;

		GET(m, ies, counts, vIuplus, out);
	} else if (HERE(r5)) {
		LEVEL(&r5->choice.r5, v5a0);
		LEVEL(v5a0, v5b0);
		LEVEL(v5b0, v5c0);
		LEVEL(v5c0, v690);
		LEVEL(v690, v6b0);
		LEVEL(v6b0, v770);
		LEVEL(v770, v7e0);
		LEVEL(v7e0, v7f0);
		LEVEL(v7f0, vIuplus);

		GET_R5(m, &r5->choice.r5.sRNC_RelocationInfo_r5, vIuplus, out);
	} else if (HERE(r6)) {
		LEVEL(&r6->choice.r6, v6b0);
		LEVEL(v6b0, v770);
		LEVEL(v770, v820);
		LEVEL(v820, v860);
		LEVEL(v860, vIuplus);

		GET_R5(m, &r6->choice.r6.sRNC_RelocationInfo_r6, vIuplus, out);
	} else if (HERE(r7)) {
		LEVEL(&r7->choice.r7, v820);
		LEVEL(v820, v860);
		LEVEL(v860, vIuplus);

		GET_R5(m, &r7->choice.r7.sRNC_RelocationInfo_r7, vIuplus, out);
	} else if (HERE(r8)) {
		LEVEL(&r8->choice.r8, v7e0);
		LEVEL(v7e0, v7f0);
		LEVEL(v7f0, v8d0);
		LEVEL(v8d0, vIuplus);

		GET_R5(m, &r8->choice.r8.sRNC_RelocationInfo_r8, vIuplus, out);
	} else if (HERE(r9)) {
		LEVEL(&r9->choice.r9, v8d0);
		LEVEL(v8d0, v970);
		LEVEL(v970, v9c0);
		LEVEL(v9c0, vIuplus);

		GET_R5(m, &r9->choice.r9.sRNC_RelocationInfo_r9, vIuplus, out);
	} else if (HERE(r10)) {
		LEVEL(&r10->choice.r10, v9c0);
		LEVEL(v9c0, vab0);
		LEVEL(vab0, vIuplus);

		GET_R5(m, &r10->choice.r10.sRNC_RelocationInfo_r10, vIuplus, out);
	} else if (HERE(r11)) {
		GET_R5(m, &r11->choice.r11.sRNC_RelocationInfo_r11, r11->choice.r11.vIuplusNonCriticalExtensions, out);
	} else if (HERE(r12)) {
		GET_R5(m, &r12->choice.r12.sRNC_RelocationInfo_r12, r12->choice.r12.vIuplusNonCriticalExtensions, out);
	} else if (HERE(r13)) {
		GET_R5(m, &r13->choice.r13.sRNC_RelocationInfo_r13, r13->choice.r13.vIuplusNonCriticalExtensions, out);
	} else if (HERE(r14)) {
		GET_R5(m, &r14->choice.r14.sRNC_RelocationInfo_r14, r14->choice.r14.vIuplusNonCriticalExtensions, out);
	} else if (HERE(r15)) {
		GET_R5(m, &r15->choice.r15.sRNC_RelocationInfo_r15, r15->choice.r15.vIuplusNonCriticalExtensions, out);
	} else {
		rrc_fail(m, IUPLUS_ERR_NOT_COMPREHENDED, "later-than-r3.criticalExtensions");
	}
}
